"""What brings articles nearer than their words do, or parts them: shared text, and who did what with whom, when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from readout.group.copies import MOST
from readout.group.days import Days, days_of
from readout.group.happenings import WITHIN_DAYS, Pair, days_apart
from readout.group.material import when_of
from readout.records import Passage, Reading

SHARED_LIKENESS = 1.5  # added to the likeness of two articles that share all of the shorter text; less in proportion
REPRINTED_WITHIN = 7  # days in which a copy of an article is still a report of its happening
SAME_EVENT = 0.1  # added when the same two parties do the same in both, on days that may be one
OTHER_EVENT = -0.25  # added when they do it on other days: two calls of the same ministers are two happenings
SLACK = 1  # days by which outlets and time zones may differ
COMMON_EVENT = 40  # an event in more articles than this tells no happening from another

Deed = tuple[str, frozenset[str]]


def affinities(readings: Sequence[Reading], passages: Iterable[Passage]) -> dict[Pair, float]:
    """Return what is to be added to the likeness of pairs of articles (by number)."""
    added = dict(_by_events(readings))
    for pair, more in _by_shared_text(readings, passages):
        if added.get(pair, 0.0) != OTHER_EVENT:
            added[pair] = added.get(pair, 0.0) + more
    return added


def _by_shared_text(readings: Sequence[Reading], passages: Iterable[Passage]) -> Iterator[tuple[Pair, float]]:
    """Yield how much nearer shared text brings two articles; days apart, only a copy does."""
    number = {reading.article.id: n for n, reading in enumerate(readings)}
    characters: dict[Pair, int] = defaultdict(int)
    for passage in passages:
        i, j = sorted((number[passage.article], number[passage.other]))
        characters[i, j] += len(passage.span)
    for (i, j), shared in characters.items():
        one, other = readings[i].article, readings[j].article
        share = shared / max(1, min(len(one.text), len(other.text)))
        apart = days_apart(one.published, other.published)
        if apart <= WITHIN_DAYS or (apart <= REPRINTED_WITHIN and share >= MOST):
            yield (i, j), SHARED_LIKENESS * share


def _by_events(readings: Sequence[Reading]) -> Iterator[tuple[Pair, float]]:
    """Yield what the events say that two articles have in common."""
    reporters: dict[Deed, dict[int, list[Days | None]]] = defaultdict(lambda: defaultdict(list))
    for n, reading in enumerate(readings):
        for deed, days in _deeds(reading):
            reporters[deed][n].append(days)
    best: dict[Pair, float] = {}
    for by_article in reporters.values():
        if len(by_article) <= COMMON_EVENT:
            for i, j in combinations(sorted(by_article), 2):
                value = SAME_EVENT if _may_meet(by_article[i], by_article[j]) else OTHER_EVENT
                best[i, j] = max(value, best.get((i, j), value))
    for (i, j), value in best.items():
        apart = days_apart(readings[i].article.published, readings[j].article.published)
        if apart <= (WITHIN_DAYS if value > 0 else REPRINTED_WITHIN):
            yield (i, j), value


def _deeds(reading: Reading) -> Iterator[tuple[Deed, Days | None]]:
    """Yield what known parties did with each other, and when."""
    for event in reading.events:
        parties = frozenset(party.actor for party in (*event.sources, *event.targets) if party.actor)
        if len(parties) > 1:
            yield (event.type, parties), days_of(when_of(reading, event))


def _may_meet(first: Iterable[Days | None], second: Iterable[Days | None]) -> bool:
    """Could one of these days be one of those? A day that is not known could."""
    others = list(second)
    return any(a is None or b is None or a.meets(b, slack=SLACK) for a in first for b in others)
