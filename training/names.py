"""Bring the named-entity corpora to one set of labels and one idea of where a name begins and ends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.gazetteers import cities, countries, norps, regions, words

LABELS = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC")

_KINDS = {
    "PERSON": "PER person Person politician",
    "ORG": "ORG organization Organisation organisation politicalparty",
    "PLACE": "LOC place Location location country",
    "EVENT": "event election",
    "NORP": "Nationality",
    "MISC": "MISC misc abstract object PRO Weapon MilitaryPlatform",
}
_KIND = {name: kind for kind, names in _KINDS.items() for name in names.split()}

_LAND = words("land")
_BUILT = words("built")
_TITLES = words("titles")
_PRONOUNS = words("pronouns")
_OPENERS = frozenset(["the", "The", "a", "an", "A", "An", "this", "that", "its", "their", "his", "her", "our"])


@dataclass(frozen=True, slots=True)
class NamedText:
    """Tokens with names as (first token, token after the last, label)."""

    id: str
    corpus: str
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    names: tuple[tuple[int, int, str], ...]
    titled: tuple[tuple[int, int, str], ...] = ()


def place_label(text: str) -> str:
    """Tell a place with a government from land and from buildings."""
    last = text.rsplit(maxsplit=1)[-1]
    if text in regions():
        return "LOC"
    if text in countries() or text in cities():
        return "GPE"
    if last in _BUILT or text.split(maxsplit=1)[0] == "Camp":
        return "FAC"
    return "LOC" if last in _LAND or text.split(maxsplit=1)[0] in {"Mount", "Lake", "Cape", "Gulf", "Mt."} else "GPE"


def label_of(label: str, text: str) -> str | None:
    """Return our label for a corpus's label, None when it is no name to us."""
    kind = _KIND.get(label)
    if kind is None:
        return None
    if (text in norps() and kind != "PERSON") or (kind == "PERSON" and text in norps() and text not in cities()):
        return "NORP"
    if kind in {"ORG", "PLACE"} and (text in countries() or text in regions()):
        return place_label(text)
    return place_label(text) if kind == "PLACE" else kind


def _is_name(words: list[str]) -> bool:
    """Tell whether any word carries a capital or digit beyond an opening article."""
    return any(re.match(r"[A-Z0-9#@À-Þ]|al-|el-", word) for word in words)


def trim(words: list[str], start: int, stop: int, label: str) -> tuple[int, int]:
    """Leave out articles, and titles before a person's name."""
    while start < stop and words[start] in _OPENERS and not (words[start] == "The" and label == "MISC"):
        start += 1
    if label == "PERSON":
        while start < stop and words[start] in _TITLES:
            start += 1
        while (
            start < stop and words[start].islower() and not words[start].startswith(("al", "bin", "de", "van", "von"))
        ):
            start += 1
    if start + 1 == stop and words[start].lower() in _PRONOUNS:
        return start, start
    return start, stop


def tokens_of(entry: dict, tokenizer) -> list[tuple[int, int]]:
    """Return the token offsets a corpus gives, or make our own."""
    if "tokens" in entry:
        return [tuple(pair) for pair in entry["tokens"] if pair[1] > pair[0]]
    return [(token.idx, token.idx + len(token)) for token in tokenizer(entry["text"]) if not token.is_space]


def read_names(path: Path, corpus: str, tokenizer) -> Iterator[NamedText]:
    """Yield a corpus in our labels; spans that cut through a token are left out."""
    for line in path.open(encoding="utf-8"):
        entry = json.loads(line)
        text = entry["text"]
        if text.startswith("-DOCSTART-"):
            continue
        offsets = tokens_of(entry, tokenizer)
        words = [text[start:stop] for start, stop in offsets]
        following = [start for start, _ in offsets[1:]] + [len(text) + 1]
        spaces = [after > stop for (_, stop), after in zip(offsets, following, strict=True)]
        bare, titled = _names(entry, offsets, words)
        yield NamedText(entry["id"], corpus, tuple(words), tuple(spaces), bare, titled)


def _names(entry: dict, offsets: list[tuple[int, int]], words: list[str]):
    first = {start: index for index, (start, _) in enumerate(offsets)}
    after = {stop: index + 1 for index, (_, stop) in enumerate(offsets)}
    found: dict[tuple[int, int], str] = {}
    whole: dict[tuple[int, int], str] = {}
    for entity in entry["ents"]:
        if entity["start"] not in first or entity["end"] not in after:
            continue
        start, stop = first[entity["start"]], after[entity["end"]]
        given = (start, stop)
        kind = _KIND.get(entity["label"], "")
        start, stop = trim(words, start, stop, kind)
        if start >= stop or not _is_name(words[start:stop]) or _nominal(words[start:stop], entity["label"]):
            continue
        text = entry["text"][offsets[start][0] : offsets[stop - 1][1]]
        label = label_of(entity["label"], text)
        if label:
            found[start, stop] = label
            whole[given] = label
    return _outermost(found), _outermost(whole)


def _nominal(words: list[str], label: str) -> bool:
    """Tell a description ("ISIL tactical units") from a name, in the corpus that marks both."""
    if label not in {"Organisation", "Person", "Location"}:
        return False
    small = {"of", "the", "and", "for", "in", "on", "to", "al", "bin", "ibn", "de", "-", "'s", "’s", "&", "."}
    return any(
        word[:1].islower() and word not in small and not word.startswith(("al-", "el-", "ar-", "as-")) for word in words
    )


def _outermost(found: dict[tuple[int, int], str]) -> tuple[tuple[int, int, str], ...]:
    kept: list[tuple[int, int, str]] = []
    for (start, stop), label in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, stop, label))
    return tuple(kept)


def training_names(corpora: Path, tokenizer) -> Iterator[NamedText]:
    """Yield every corpus of names that may train (UNER's text is the dev part of EWT: it stays a dev set)."""
    folder = corpora / "ner"
    yield from read_names(folder / "ner_gum_free_train.jsonl", "gum", tokenizer)
    yield from read_names(folder / "ner_wikigold.jsonl", "wikigold", tokenizer)
    for part in ("train", "dev", "test"):
        yield from read_names(folder / f"ner_crossner_politics_{part}.jsonl", "crossner", tokenizer)
    yield from read_names(folder / "ner_re3d_free.jsonl", "re3d", tokenizer)
