"""What is known before an article is read: countries, organizations, people with dated offices, titles.

The facts live in data/actors/*.yaml and are read by facts.py. Everything is indexed once: no scan per token.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from readout.detect.folding import fold
from readout.records import ActorKind

FIRST_WORD = re.compile(r"[\w&]+")


class Sense(StrEnum):
    """How a word stands for an actor: by its name, or by a word that belongs to a country."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class Office:
    """A title held by someone for a period; `kind` is the class of titles it belongs to."""

    title: str
    kind: str | None
    country: str | None = None
    organization: str | None = None
    since: str | None = None
    until: str | None = None

    def held(self, first: str | None, last: str | None) -> bool:
        """Was it held at some time between the two dates? Partial dates count as a whole."""
        after = first is None or self.until is None or self.until >= first[: len(self.until)]
        before = last is None or self.since is None or self.since <= last[: len(self.since)]
        return after and before


@dataclass(frozen=True, slots=True)
class Known:
    """An actor that is known before any article is read."""

    key: str
    name: str
    kind: ActorKind
    type: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    gender: str | None = None
    surname: str | None = None
    surnames: tuple[str, ...] = ()
    definite: bool = False
    adjective: str | None = None
    regions: tuple[str, ...] = ()
    origin: str = ""

    @property
    def full(self) -> str:
        """The name as it stands after "of": "the United States", "China"."""
        return f"the {self.name}" if self.definite else self.name


@dataclass(frozen=True, slots=True)
class Part:
    """A part of any state or body that is named by a noun: a ministry, an army, officials, citizens."""

    id: str
    name: str
    kind: ActorKind
    type: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The words of an office."""

    words: str
    kind: str
    sectors: tuple[str, ...]
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name at a place of a text."""

    start: int
    stop: int
    senses: tuple[tuple[Known, Sense], ...]


@dataclass(slots=True)
class Knowledge:
    """The indexes; made by `load`, changed by nobody afterwards."""

    actors: dict[str, Known] = field(default_factory=dict)
    names: dict[str, dict[str, list[tuple[str, Sense]]]] = field(default_factory=dict)
    surnames: dict[str, list[str]] = field(default_factory=dict)
    offices: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    named_parts: dict[tuple[str, str], str] = field(default_factory=dict)
    titles: dict[str, Title] = field(default_factory=dict)
    title_starts: dict[str, int] = field(default_factory=dict)
    calls: dict[str, tuple[str, ...]] = field(default_factory=dict)
    called: dict[str, list[str]] = field(default_factory=dict)
    gender_words: dict[str, frozenset[str]] = field(default_factory=dict)
    first_names: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, frozenset[str]] = field(default_factory=dict)

    def hits(self, folded: str, starts: Iterable[int]) -> Iterator[Hit]:
        """Yield the longest known name at each of these places of a folded text, left to right, without overlap."""
        reached = 0
        for start in starts:
            if start < reached:
                continue
            hit = self._hit(folded, start)
            if hit:
                reached = hit.stop
                yield hit

    def _hit(self, folded: str, start: int) -> Hit | None:
        first = FIRST_WORD.match(folded, start)
        bucket = self.names.get(first.group()) if first else None
        for name in bucket or ():
            stop = start + len(name)
            if folded.startswith(name, start) and not folded[stop : stop + 1].isalnum():
                senses = tuple((self.actors[key], sense) for key, sense in (bucket or {})[name])
                return Hit(start, stop, senses)
        return None

    def government(self, country: str) -> Known | None:
        """Return the government of a country, given by its code."""
        return self.actors.get(f"{country}/government")

    def part_of(self, country: str, part: Part) -> str | None:
        """Return the key of a country's own body of this kind, if it has a name of its own."""
        return self.named_parts.get((country, part.id))

    def holders(self, kind: str, country: str, *, first: str | None, last: str | None) -> list[Known]:
        """Return who held an office of this class in a country at some time between two dates."""
        found = (self.actors[key] for key in self.offices.get((kind, country), ()))
        return [
            known
            for known in found
            if any(o.kind == kind and o.country == country and o.held(first, last) for o in known.offices)
        ]

    def named(self, surname: str) -> list[Known]:
        """Return the people with this surname."""
        return [self.actors[key] for key in self.surnames.get(fold(surname), ())]
