"""Find through what somebody speaks: the channel or occasion of a statement, and of each link of its chain."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from spacy.tokens import Token

from readout.annotations import actors_of
from readout.extract.layout import Layout
from readout.extract.nominals import FINITE_TAGS
from readout.provenance import TextSpan
from readout.records import Party

REACH = 6  # words between a preposition and its channel noun: "in a brief and angry written statement"
POINTING = frozenset({"the", "his", "her", "their", "its", "that", "this", "our"})


@dataclass(frozen=True, slots=True)
class Channel:
    """An entry of data/channels.yaml."""

    id: str
    words: frozenset[tuple[str, ...]]
    preps: frozenset[str]
    generic: bool = False
    conversation: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """A channel in the text: which, by which words (from the preposition on), and is it one that points back."""

    channel: Channel
    start: int
    stop: int
    points_back: bool = False

    def span(self, layout: Layout) -> TextSpan:
        """Return its characters."""
        return TextSpan.of(layout.article, layout.doc[self.start : self.stop])


@cache
def channels() -> tuple[Channel, ...]:
    """Return the channels of data/channels.yaml."""
    return tuple(
        Channel(
            id=entry["id"],
            words=frozenset(tuple(str(words).split()) for words in entry["words"]),
            preps=frozenset(entry["preps"]),
            generic=bool(entry.get("generic", False)),
            conversation=bool(entry.get("conversation", False)),
        )
        for entry in _data()["channels"]
    )


@cache
def _data() -> dict[str, list[dict[str, str]]]:
    text = files("readout.extract").joinpath("data/channels.yaml").read_text(encoding="utf-8")
    data: dict[str, list[dict[str, str]]] = yaml.safe_load(text)
    return data


@cache
def _by_last_word() -> dict[str, tuple[tuple[tuple[str, ...], Channel], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], Channel]]] = {}
    for channel in channels():
        for words in channel.words:
            table.setdefault(words[-1].lower(), []).append((words, channel))
    return {last: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for last, entries in table.items()}


def channels_in(indices: Iterable[int], layout: Layout) -> Iterator[Spoken]:
    """Yield the channels that these tokens name after a preposition, in text order."""
    allowed = set(indices)
    for index in sorted(allowed):
        found = channel_at(index, layout)
        if found is not None and found.start in allowed:
            yield found


def channel_at(index: int, layout: Layout) -> Spoken | None:
    """Return the channel whose last word is here, with the preposition that opens it."""
    word, table = layout.words[index].removesuffix("."), _by_last_word()
    if word not in table and not (word.endswith("s") and word[:-1] in table):
        return None
    doc = layout.doc
    for words, channel in table.get(_form(doc[index]), ()):
        first = index - len(words) + 1
        if first < 1 or not _spells(words, first, layout):
            continue
        opening = _preposition(first, channel, layout)
        if opening is not None and _is_whole_phrase(index, layout):
            inside = {doc[i].lower_ for i in range(opening, first)}
            return Spoken(channel, opening, index + 1, channel.generic and bool(inside & POINTING))
    return None


def _form(token: Token) -> str:
    lower = token.lower_.removesuffix(".")
    if token.tag_ in {"NNS", "NNPS"} and lower.endswith("s") and lower not in _by_last_word():
        return lower[:-1]
    return lower


def _spells(words: tuple[str, ...], first: int, layout: Layout) -> bool:
    for offset, word in enumerate(words):
        token = layout.doc[first + offset]
        if word[0].isupper():
            if token.text.removesuffix(".") != word:  # "on X." is one token at the end of a sentence
                return False
        elif _form(token) != word and token.lower_ != word:
            return False
    return True


def _preposition(first: int, channel: Channel, layout: Layout) -> int | None:
    """Find the preposition that opens the phrase of a channel noun."""
    doc = layout.doc
    for index in range(first - 1, max(-1, first - 1 - REACH), -1):
        token = doc[index]
        if token.lower_ in channel.preps and token.tag_ in {"IN", "TO", "RP"}:
            return index
        if token.tag_ in {"IN", "TO"} or token.tag_ in FINITE_TAGS or token.text in {",", ";", ":", ".", "“", "”", '"'}:
            return None
    return None


def _is_whole_phrase(index: int, layout: Layout) -> bool:
    """Is this the last noun of its phrase ("a statement", not "a statement writer")?"""
    doc = layout.doc
    if index + 1 >= len(doc):
        return True
    follows = doc[index + 1]
    return follows.tag_ not in {"NN", "NNS", "POS"} or follows.ent_type_ in {"DATE", "TIME"} or doc[index].tag_ == "NNP"


def is_outlet(party: Party, layout: Layout) -> bool:
    """Is this party a news outlet, by its sector?"""
    if party.sector == "JRN":
        return True
    actor = next((actor for actor in actors_of(layout.doc) if actor.id == party.actor), None)
    return actor is not None and "JRN" in actor.sectors
