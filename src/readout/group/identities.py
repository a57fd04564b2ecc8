"""Who is the same party over articles: "Wang" here and "Wang Yi" there, "Beijing" and China's foreign ministry."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum

from rapidfuzz.distance import Levenshtein

from readout.group.words import is_content, keys_of, stem
from readout.records import Actor, ActorKind, Party, Reading


class Relation(IntEnum):
    """How two parties stand to each other, the closest last."""

    DIFFERENT = 0
    UNKNOWN = 1  # one of them is not known
    AFFILIATED = 2  # a minister and the ministry, a ministry and its government
    SAME = 3


class Identities:
    """The actors of some articles, one key each."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._actors: dict[str, Actor] = {}
        in_articles: dict[str, set[str]] = defaultdict(set)
        for reading in readings:
            self._actors.update({actor.id: actor for actor in reading.actors})
            for actor in reading.actors:
                in_articles[actor.id].add(reading.article.id)
        spelled = _other_spellings(self._actors.values(), in_articles)
        short = _short_names(actor for actor in self._actors.values() if actor.id not in spelled)
        self._same = spelled | short

    def key(self, party: Party) -> str | None:
        """Return what a party is known by over articles: its actor, else its description; None for a pronoun."""
        if party.actor is not None:
            return self._same.get(party.actor, party.actor)
        words = [stem(key) for key in keys_of(party.span.text) if is_content(key) and not key[0].isdigit()]
        return f"described:{' '.join(word for word in words if word not in QUALIFIERS)}" if words else None

    def actor(self, party: Party) -> Actor | None:
        """Return the actor of a party, under the fullest name that the articles have."""
        return self._actors.get(self._same.get(party.actor, party.actor)) if party.actor else None

    def kind(self, party: Party) -> ActorKind | None:
        """Return what a party is."""
        actor = self.actor(party)
        return actor.kind if actor else None

    def is_institution(self, party: Party) -> bool:
        """Does the party speak through documents: a ministry, a government, a country, a company?"""
        return self.kind(party) in {ActorKind.ORGANIZATION, ActorKind.COUNTRY} and party.sector != "JRN"

    def relation(self, first: Party | None, second: Party | None) -> Relation:
        """Return how two parties stand to each other."""
        if first is None or second is None:
            return Relation.UNKNOWN
        left, right = self.key(first), self.key(second)
        if left is None or right is None:
            return Relation.UNKNOWN
        if left == right:
            return Relation.SAME
        if first.actor is None or second.actor is None:
            return Relation.UNKNOWN
        return Relation.AFFILIATED if self._affiliated(first, second) else Relation.DIFFERENT

    def _affiliated(self, first: Party, second: Party) -> bool:
        """Do both belong to one government, not as one person or ministry beside another?"""
        if not first.country or first.country != second.country:
            return False
        kinds = {self.kind(first), self.kind(second)}
        if kinds == {ActorKind.PERSON, ActorKind.ORGANIZATION}:
            return first.sector == second.sector
        return any(self._is_whole(party) for party in (first, second)) and ActorKind.GROUP not in kinds

    def _is_whole(self, party: Party) -> bool:
        """Is the party a country, or its government as a whole?"""
        actor = self.actor(party)
        return actor is not None and (actor.kind is ActorKind.COUNTRY or actor.name.startswith("Government of"))


LONG_NAME = 6  # letters of a name that may be spelled otherwise; Lopes and Lopez may be two
QUALIFIERS = frozenset({"least", "estimat", "around", "almost", "near", "nearly", "rough", "many", "several"})


def _other_spellings(actors: Iterable[Actor], in_articles: Mapping[str, set[str]]) -> dict[str, str]:
    """Map each person to the one whose name outlets spell otherwise: Danylov, Danilov. No article has both."""
    people = sorted((a for a in actors if a.kind is ActorKind.PERSON), key=lambda a: (-len(in_articles[a.id]), a.id))
    same: dict[str, str] = {}
    by_word: dict[str, list[tuple[Actor, list[str]]]] = defaultdict(list)
    for actor in people:
        name = keys_of(actor.name)
        near = (other for word in name for other, spelled in by_word[word] if _is_spelled_otherwise(name, spelled))
        other = next((other for other in near if _may_be_one(actor, other, in_articles)), None)
        if other is not None:
            same[actor.id] = other.id
            continue
        for word in name:
            by_word[word].append((actor, name))
    return same


def _may_be_one(first: Actor, second: Actor, in_articles: Mapping[str, set[str]]) -> bool:
    """Does nothing part two people: a country, or an article that has both?"""
    elsewhere = bool(first.country and second.country and first.country != second.country)
    return not elsewhere and not in_articles[first.id] & in_articles[second.id]


def _is_spelled_otherwise(first: Sequence[str], second: Sequence[str]) -> bool:
    """Are two full names the same but for one letter of a long word?"""
    changed = [(a, b) for a, b in zip(first, second, strict=False) if a != b]
    if len(first) != len(second) or len(changed) != 1:
        return False
    a, b = changed[0]
    return a[0] == b[0] and min(len(a), len(b)) >= LONG_NAME and Levenshtein.distance(a, b, score_cutoff=1) == 1


def _short_names(actors: Iterable[Actor]) -> dict[str, str]:
    """Map each person known by a short name to the only one with that name in full: Wang, Wang Yi."""
    people = {actor.id: tuple(keys_of(actor.name)) for actor in actors if actor.kind is ActorKind.PERSON}
    by_word: dict[str, set[str]] = defaultdict(set)
    for id_, name in people.items():
        for word in {name[0], name[-1]} if len(name) > 1 else ():
            by_word[word].add(id_)
    same: dict[str, str] = {}
    for id_, name in people.items():
        fuller = by_word.get(name[-1], set()) if len(name) == 1 else set()
        if len({people[other] for other in fuller}) == 1:
            same[id_] = min(fuller)
    return same
