"""Words of a text with their places, folded so that house styles do not count, and how rare each is in the news."""

import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

from readout.provenance import TextSpan

WORD = re.compile(r"\d[\d.,]*|[^\W\d_]+|\d")
NEGATIONS = frozenset({"not", "no", "never", "nor", "without", "neither", "none", "nothing", "t"})


class Word(NamedTuple):
    """A word as printed, its folded form, and its characters in the text that it was taken from."""

    text: str
    key: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Spelling:
    """House styles that are no change of words."""

    suffixes: tuple[tuple[str, str, int], ...]
    words: Mapping[str, str]


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order; a number with its separators is one word."""
    found: list[Word] = []
    for match in WORD.finditer(text):
        printed = match.group().rstrip(".,")
        found.append(Word(printed, fold(printed), match.start(), match.start() + len(printed)))
    return found


def words_in(spans: Iterable[TextSpan]) -> list[Word]:
    """Return the words of several spans, with their offsets in the article."""
    found: list[Word] = []
    for span in spans:
        found += [Word(w.text, w.key, w.start + span.start, w.stop + span.start) for w in words_of(span.text)]
    return found


def keys_of(text: str) -> list[str]:
    """Return the folded words of a text."""
    return [fold(printed) for printed in WORD.findall(text)]


def places_of(text: str) -> "tuple[array[int], array[int]]":
    """Return where the words of a text start and stop: `keys_of`, word by word."""
    starts, stops = array("i"), array("i")
    for match in WORD.finditer(text):
        starts.append(match.start())
        stops.append(match.start() + len(match.group().rstrip(".,")))
    return starts, stops


@cache
def fold(printed: str) -> str:
    """Return a word without case and house style: "Recognised" and "recognized" are the same."""
    word = printed.casefold()
    if word[0].isdigit():
        return word.rstrip(".,").replace(",", "")
    spelling = spellings()
    if word in spelling.words:
        return spelling.words[word]
    for before, after, stem_length in spelling.suffixes:
        if word.endswith(before) and len(word) - len(before) >= stem_length:
            return word[: -len(before)] + after
    return word


@cache
def stem(key: str) -> str:
    """Return a folded word without the endings of number and tense, so that tension and tensions meet."""
    if len(key) < 5 or key.endswith("ss"):
        return key[:-1] if len(key) == 4 and key.endswith("s") and not key.endswith(("ss", "us", "is")) else key
    for ending in ("ingly", "edly", "ing", "ed", "ies", "ly", "s"):
        if key.endswith(ending) and len(key) - len(ending) >= 3 and not key.endswith(("us", "is")):
            return _tidied(key[: -len(ending)] + ("y" if ending == "ies" else ""))
    return _tidied(key)


def _tidied(base: str) -> str:
    """Undouble the last consonant and drop a last e: stopp-ed, agitat-e."""
    if len(base) > 4 and base[-1] == base[-2] and base[-1] not in "aeiouls":
        return base[:-1]
    return base[:-1] if len(base) > 4 and base.endswith("e") else base


def is_content(key: str) -> bool:
    """Does the word carry meaning of its own?"""
    return key not in function_words()


@cache
def function_words() -> frozenset[str]:
    """Return the shipped list of words without content of their own."""
    lines = (files("readout.group") / "data/function_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


class Rarity:
    """How much a shared word says: the logarithm of how few articles have it.

    Counts of the articles at hand are added to those of a shipped list, so that two articles can be judged alone.
    """

    def __init__(self, texts: Iterable[Iterable[str]] = ()) -> None:
        self._counts = Counter(shipped_frequencies().counts)
        self._articles = shipped_frequencies().articles
        self._known: dict[str, float] = {}
        self._of_key: dict[str, float] = {}
        for keys in texts:
            self._counts.update({stem(key) for key in keys})
            self._articles += 1

    def of(self, key: str) -> float:
        """Return the weight of a folded word: 0 for function words, about 7 for a name that hardly occurs."""
        weight = self._of_key.get(key)
        if weight is None:
            weight = self.of_stem(stem(key)) if is_content(key) else 0.0
            self._of_key[key] = weight
        return weight

    def of_stem(self, word: str) -> float:
        """Return the weight of a stem."""
        weight = self._known.get(word)
        if weight is None:
            weight = math.log((self._articles + 1) / (self._counts[word] + 1))
            self._known[word] = weight
        return weight

    def sum(self, keys: Iterable[str]) -> float:
        """Return the weight of several words together."""
        return sum(map(self.of, keys))


class Frequencies(NamedTuple):
    """In how many of so many articles each stem occurs."""

    articles: int
    counts: Mapping[str, int]


@cache
def shipped_frequencies() -> Frequencies:
    """Return the shipped list; training/frequencies.py says how it was made."""
    lines = (files("readout.group") / "data/frequencies.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    counts = {word: int(count) for word, count in rows}
    return Frequencies(counts.pop(""), counts)


@cache
def spellings() -> Spelling:
    """Return the shipped table of spelling variants."""
    table = yaml.safe_load((files("readout.group") / "data/spelling.yaml").read_text(encoding="utf-8"))
    suffixes = tuple((row["from"], row["to"], row["stem"]) for row in table["suffixes"])
    return Spelling(suffixes, table["words"])
