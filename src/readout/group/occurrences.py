"""Find the events that are the same happening: type, parties, time and place allow it, and enough speaks for it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from readout.group.days import Days, days_of
from readout.group.gatherings import Gathering
from readout.group.identities import Identities, Relation
from readout.group.material import Material, in_headline, keys_at, when_of
from readout.group.wordings import likeness
from readout.group.words import Rarity, keys_of, stem
from readout.records import Event, Party, Reading, Where

SAME_DAYS = 1  # reports of one event may be a day apart: time zones, and outlets that disagree
ENOUGH = 3.5  # points: see `_points`
ENOUGH_WITHIN = 5.0  # two events told apart by one article are seldom one
SAME_SENTENCE = 0.5  # rare words in common of two sentences that tell the same, though without day, place or count
NEIGHBOURS = 60  # compared at most with so many others of the same type and party, the nearest in time
SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})


@dataclass(frozen=True)
class Occurrence:
    """An event with its article; `said_in` is the group of statements that asserts it."""

    article: int
    reading: Reading
    event: Event
    said_in: int | None = None

    @cached_property
    def days(self) -> Days | None:
        """Return the days that it may have taken place."""
        return days_of(when_of(self.reading, self.event))

    @cached_property
    def in_headline(self) -> bool:
        """Return whether the headline tells it."""
        return in_headline(self.reading.article, self.event.trigger[0])

    @cached_property
    def keys(self) -> list[str]:
        """Return the words of its sentence."""
        return keys_at(self.reading, self.event)

    @cached_property
    def triggers(self) -> set[str]:
        """Return the stems of its trigger words."""
        return {stem(key) for span in self.event.trigger for key in keys_of(span.text)}


def occurrences_of(material: Material, said_in: dict[str, int]) -> list[Occurrence]:
    """Return the events of some articles; `said_in` numbers the groups of statements."""
    return [
        Occurrence(n, reading, event, said_in.get(event.attributed_to or ""))
        for n, reading in enumerate(material.readings)
        for event in reading.events
    ]


def same_occurrences(occurrences: Sequence[Occurrence], *, identities: Identities, rarity: Rarity) -> list[list[int]]:
    """Return groups of events (by number) that are one happening."""
    judged: dict[tuple[int, int], float] = {}
    for i, j in _candidates(occurrences, identities=identities):
        score = sameness(occurrences[i], occurrences[j], identities=identities, rarity=rarity)
        if score > 0:
            judged[i, j] = score
    gathering = Gathering(len(occurrences))
    pairs = [(score, i, j) for (i, j), score in judged.items()]
    gathering.gather(pairs, apart=lambda a, b: _apart(occurrences, judged, a, b, identities))
    return gathering.groups()


def _apart(
    occurrences: Sequence[Occurrence], judged: dict[tuple[int, int], float], a: int, b: int, identities: Identities
) -> bool:
    """May two events not meet, though others link them: told apart by one article, or in conflict?"""
    if occurrences[a].article == occurrences[b].article:
        return (min(a, b), max(a, b)) not in judged
    return not _may_be_one(occurrences[a], occurrences[b], identities)


def _candidates(occurrences: Sequence[Occurrence], *, identities: Identities) -> Iterator[tuple[int, int]]:
    """Yield pairs with the same type and a party in common; each with its neighbours in time only."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, occurrence in enumerate(occurrences):
        event = occurrence.event
        keys = {identities.key(party) for party in (*event.sources, *event.targets)} - {None}
        for key in keys | ({f"said:{occurrence.said_in}"} if occurrence.said_in is not None else set()):
            blocks[event.type, str(key)].append(n)
    pairs: set[tuple[int, int]] = set()
    for members in blocks.values():
        members.sort(key=lambda n: _time_order(occurrences[n]))
        for place, n in enumerate(members):
            pairs.update((min(n, m), max(n, m)) for m in members[place + 1 : place + 1 + NEIGHBOURS])
    yield from sorted(pairs)


def _time_order(occurrence: Occurrence) -> tuple[str, str]:
    days = occurrence.days
    return (days.first.isoformat() if days else occurrence.reading.article.published or "", occurrence.event.id)


def sameness(first: Occurrence, second: Occurrence, *, identities: Identities, rarity: Rarity) -> float:
    """Return how surely two events are one happening; 0 for not."""
    if not _may_be_one(first, second, identities):
        return 0.0
    if first.said_in is not None and first.said_in == second.said_in:
        return 10.0
    if first.event.type in SPOKEN and first.said_in is not None and second.said_in is not None:
        return 0.0  # said in different statements: two demands, though by the same to the same
    if _met(first.event, second.event, identities) or _met_for_each_other(first, second, identities):
        return 8.0
    if _is_headline_of(first, second, identities) or _is_headline_of(second, first, identities):
        return 6.0
    points = _points(first, second, identities=identities, rarity=rarity)
    return points if points >= (ENOUGH_WITHIN if first.article == second.article else ENOUGH) else 0.0


def _met_for_each_other(first: Occurrence, second: Occurrence, identities: Identities) -> bool:
    """Did they meet on one day, where one report names the country and the other its minister?"""
    one, other = first.event, second.event
    if not (one.reciprocal and other.reciprocal and first.days and second.days and first.days.meets(second.days)):
        return False
    enough = min(len(_circle(one, identities)), len(_circle(other, identities))) > 1
    return enough and _stand_in(one, other, identities) and _stand_in(other, one, identities)


def _is_headline_of(first: Occurrence, second: Occurrence, identities: Identities) -> bool:
    """Does a headline tell in short what the body below it tells: the same kind of act by, or to, the same party?"""
    if first.article != second.article or not first.in_headline or second.in_headline:
        return False
    one, other = first.event, second.event
    parties = _party_points(one, other, identities)
    return parties > 0 and bool(first.triggers & second.triggers or (one.mode is not None and one.mode == other.mode))


def _may_be_one(first: Occurrence, second: Occurrence, identities: Identities) -> bool:
    """Does nothing speak against it: type, mode, parties, days, place?"""
    one, other = first.event, second.event
    if one.type != other.type or (one.mode and other.mode and one.mode != other.mode):
        return False
    if first.days and second.days and not first.days.meets(second.days, slack=SAME_DAYS):
        return False
    if _met(one, other, identities):
        return _circles_agree(one, other, identities)  # wherever: a call has two places, and "on Ukraine" is a topic
    if not places_agree(one.where, other.where):
        return False
    if one.reciprocal and other.reciprocal:
        return _circles_agree(one, other, identities, alike=_days_apart(first, second))
    return _sides_agree(one.sources, other.sources, identities) and _sides_agree(one.targets, other.targets, identities)


def _sides_agree(first: Sequence[Party], second: Sequence[Party], identities: Identities) -> bool:
    """Is each side open, or does it have a party that may be one of the other's?"""
    if not first or not second:
        return True
    return any(identities.relation(a, b) is not Relation.DIFFERENT for a in first for b in second)


def _days_apart(first: Occurrence, second: Occurrence) -> bool:
    """Are both dated, and not to one day?"""
    return bool(first.days and second.days and not first.days.meets(second.days, slack=0))


def _circles_agree(first: Event, second: Event, identities: Identities, *, alike: bool = False) -> bool:
    """Do two meetings have the same known parties (`alike`), or one only some of the other's?"""
    one, other = _circle(first, identities), _circle(second, identities)
    if alike or one <= other or other <= one:
        return not alike or one == other
    return _stand_in(first, second, identities) or _stand_in(second, first, identities)


def _stand_in(first: Event, second: Event, identities: Identities) -> bool:
    """Is each party of one meeting a party of the other, or one's country or government for its minister?"""
    others = (*second.sources, *second.targets)
    known = [party for party in (*first.sources, *first.targets) if party.actor]
    return all(any(identities.relation(party, o) >= Relation.AFFILIATED for o in others) for party in known)


def _circle(event: Event, identities: Identities) -> set[str]:
    return {identities.key(party) or "" for party in (*event.sources, *event.targets) if party.actor} - {""}


def _met(first: Event, second: Event, identities: Identities) -> bool:
    """Did the same two or more known parties meet?"""
    both = first.reciprocal and second.reciprocal
    return both and len(_circle(first, identities) & _circle(second, identities)) > 1


def places_agree(first: Where | None, second: Where | None) -> bool:
    """May two places be one, or one lie in the other, as far as is known?"""
    if first is None or second is None or (first.geonames is not None and first.geonames == second.geonames):
        return True
    if first.country and second.country and first.country != second.country:
        return False
    names = set(keys_of(first.name)), set(keys_of(second.name))
    whole = first.lat is None or second.lat is None
    return names[0] <= names[1] or names[1] <= names[0] or whole


def _is_one_place(first: Where | None, second: Where | None) -> bool:
    """Are both at known places, or at one told in the same words? "Across the country" is no place in common."""
    if first is None or second is None:
        return False
    return first.name == second.name or (first.lat is not None and second.lat is not None)


def _points(first: Occurrence, second: Occurrence, *, identities: Identities, rarity: Rarity) -> float:
    """Count what speaks for one happening: shared parties, and a day, a place, a count or a sentence in common."""
    parties = _party_points(first.event, second.event, identities)
    like = likeness(sorted(set(first.keys)), sorted(set(second.keys)), rarity=rarity)
    anchors = (
        bool(first.days and second.days),
        _is_one_place(first.event.where, second.event.where),
        bool({m.unit for m in first.event.magnitude} & {m.unit for m in second.event.magnitude}),
    )
    if not parties or not (any(anchors) or like.both >= SAME_SENTENCE):
        return 0.0
    return parties + sum(anchors) + bool(first.triggers & second.triggers) + 4.0 * like.both


def _party_points(first: Event, second: Event, identities: Identities) -> float:
    """Return what the parties of both sides speak for one happening; those who meet have no sides."""
    if first.reciprocal and second.reciprocal:
        others = (*second.sources, *second.targets)
        each = [_side_points((party,), others, identities) for party in (*first.sources, *first.targets)]
        return sum(sorted(each)[-2:])
    return _side_points(first.sources, second.sources, identities) + _side_points(
        first.targets, second.targets, identities
    )


def _side_points(first: Sequence[Party], second: Sequence[Party], identities: Identities) -> float:
    """Return the points of the closest pair of parties on one side."""
    closest = max((identities.relation(a, b) for a in first for b in second), default=Relation.UNKNOWN)
    return {Relation.SAME: 1.25, Relation.AFFILIATED: 0.75}.get(closest, 0.0)
