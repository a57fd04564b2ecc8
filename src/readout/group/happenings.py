"""Put articles together that are about one happening: rare words they share, inside a window of days.

Articles on one happening are each other's nearest: a likeness counts relative to the nearest others of both sides. So
the next day's development of a storyline, which shares most of its words, stays apart from the first day's, and a
lone article needs no such contrast.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from readout.group.words import Rarity, is_content, keys_of, stem

# Swept on the dev part of the stories (1,519 articles with dates) and held against ECB+ (425 without): the whole text
# counts half, headline and lead a quarter each. Other weights between 0 and 1 cost up to 3 points of pairwise F1.
VIEWS = {"text": 0.5, "lead": 0.25, "title": 0.25}
LEAD_WORDS = 70
TITLE_WORDS = 12  # of the lead, where there is no headline
WITHIN_DAYS = 1
NEXT_DAY = 0.9  # an article of the next day is a little farther
NEAREST = 3  # of so many nearest others the mean is the scale of an article ...
NEAR_ENOUGH = 0.3  # ... in which copies count no more than this: they would push the independent reports away
SCALE_FLOOR = 0.07  # added to it: the likeness of two articles that have nothing but their trade in common
LEAST = 0.08  # a weaker likeness counts as none
# Swept together on the dev part (LINK 0.65-0.68, FAR 0.35-1): with FAR 1 and LINK 0.65 pairwise F1 is 0.7 lower, and
# what happens on the third day of a story starts one of its own. Without dates 0.666 costs 1.6 points on ECB+.
FAR = 0.45  # weight of a pair outside the window in the average of two groups: it was never compared
LINK = 0.666
LINK_UNDATED = 0.65  # when no article has a date
ROWS = 500  # rows of a product at a time: bounds its memory

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared of an article."""

    id: str
    title: str
    text: str
    published: str | None


def cluster(
    subjects: Sequence[Subject],
    *,
    closer: Mapping[Pair, float] | None = None,
    rarity: Rarity | None = None,
    together: Iterable[Sequence[int]] = (),
) -> list[list[int]]:
    """Return groups of articles (by number) about one happening each.

    `closer` adds to the likeness of pairs; the articles of a group in `together` are not parted.
    """
    if not subjects:
        return []
    texts = [keys_of(subject.text) for subject in subjects]
    titles = [keys_of(subject.title) or keys[:TITLE_WORDS] for subject, keys in zip(subjects, texts, strict=True)]
    table = _table(titles, texts, rarity or Rarity(t + k for t, k in zip(titles, texts, strict=True)))
    days = [_day(subject.published) for subject in subjects]
    likeness = dict(_pairs(table, days))
    for pair, more in (closer or {}).items():
        likeness[pair] = min(1.0, likeness.get(pair, 0.0) + more)
    link = LINK_UNDATED if all(day is None for day in days) else LINK
    return average_linkage(_relative(likeness, len(subjects)), days, link=link, together=together)


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def days_apart(first: str | None, second: str | None) -> int:
    """Return how many days lie between two publications; none when one of them has no date."""
    one, other = _day(first), _day(second)
    return 0 if one is None or other is None else abs(one - other)


def _table(titles: Sequence[Sequence[str]], texts: Sequence[Sequence[str]], rarity: Rarity) -> csr_matrix:
    """Return a row for each article: its views beside each other, so that one product weighs them all."""
    columns: dict[tuple[str, str], int] = {}
    indices: list[int] = []
    values: list[float] = []
    starts = [0]
    for title, text in zip(titles, texts, strict=True):
        views: dict[str, Sequence[str]] = {
            "text": [*title, *title, *title, *text],
            "lead": [*title, *title, *text[:LEAD_WORDS]],
            "title": title,
        }
        for view, keys in views.items():
            weights = _weights(keys, rarity)
            share = math.sqrt(VIEWS[view]) / (math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0)
            indices += [columns.setdefault((view, word), len(columns)) for word in weights]
            values += [weight * share for weight in weights.values()]
        starts.append(len(indices))
    return csr_matrix((np.array(values), np.array(indices), starts), shape=(len(texts), max(1, len(columns))))


def _weights(keys: Sequence[str], rarity: Rarity) -> dict[str, float]:
    """Return the weight of each stem: the root of its number of times, by its rarity."""
    counts = Counter(key for key in keys if is_content(key))
    weights: dict[str, float] = defaultdict(float)
    for key, number in counts.items():
        weights[stem(key)] += number
    return {word: math.sqrt(number) * max(0.0, rarity.of_stem(word)) for word, number in weights.items()}


def _pairs(table: csr_matrix, days: Sequence[int | None]) -> Iterator[tuple[Pair, float]]:
    """Yield the pairs inside the window of days that are alike; what has no date is compared with everything."""
    rows_of: dict[int | None, list[int]] = defaultdict(list)
    for n, day in enumerate(days):
        rows_of[day].append(n)
    for day, rows in rows_of.items():
        if day is None:
            yield from _product(table, rows, range(len(days)))
            continue
        for later in range(WITHIN_DAYS + 1):
            factor = NEXT_DAY if later else 1.0
            for pair, value in _product(table, rows, rows_of.get(day + later, ())):
                yield pair, value * factor


def _product(table: csr_matrix, rows: Sequence[int], others: Sequence[int]) -> Iterator[tuple[Pair, float]]:
    """Yield the likeness of each row with each other, where there is enough."""
    if not others:
        return
    right = table[list(others)].T.tocsr()
    columns = np.asarray(others)
    for start in range(0, len(rows), ROWS):
        part = np.asarray(rows[start : start + ROWS])
        found = (table[part] @ right).tocoo()
        near = found.data >= LEAST
        yield from _listed(part[found.row[near]], columns[found.col[near]], found.data[near])


def _listed(
    rows: NDArray[np.int64], others: NDArray[np.int64], values: NDArray[np.float64]
) -> Iterator[tuple[Pair, float]]:
    for i, j, value in zip(rows.tolist(), others.tolist(), values.tolist(), strict=True):
        if i != j:
            yield (min(i, j), max(i, j)), value


def _relative(likeness: Mapping[Pair, float], size: int) -> dict[Pair, float]:
    """Return each likeness in proportion to the nearest others that both sides have."""
    nearest: list[list[float]] = [[] for _ in range(size)]
    for (i, j), value in likeness.items():
        for n in (i, j):
            nearest[n].append(min(value, NEAR_ENOUGH))
    scale = [sum(heapq.nlargest(NEAREST, values)) / NEAREST + SCALE_FLOOR for values in nearest]
    return {(i, j): value / math.sqrt(scale[i] * scale[j]) for (i, j), value in likeness.items()}


def average_linkage(
    likeness: Mapping[Pair, float],
    days: Sequence[int | None],
    *,
    link: float,
    together: Iterable[Sequence[int]] = (),
) -> list[list[int]]:
    """Join the two groups with the highest average likeness until none reaches `link`; a pair not listed counts 0.

    Two articles that are too many days apart to be compared count less than one that was compared and is unlike.
    """
    linkage = _Linkage(likeness, days, link)
    for group in together:
        linkage.join_all(group)
    linkage.run()
    return sorted(sorted(group) for group in linkage.members.values())


class _Linkage:
    """The groups made so far, how many articles each has of each day, and the sums of the likenesses between them."""

    def __init__(self, likeness: Mapping[Pair, float], days: Sequence[int | None], link: float) -> None:
        size = len(days)
        self.members = {n: [n] for n in range(size)}
        self._days = {n: Counter([day]) for n, day in enumerate(days)}
        self._sums: dict[int, dict[int, float]] = defaultdict(dict)
        for (i, j), value in likeness.items():
            self._sums[i][j] = self._sums[j][i] = value
        self._link = link
        self._newest = size
        self._heap = [(-value, i, j) for (i, j), value in likeness.items() if value >= link]
        heapq.heapify(self._heap)

    def join_all(self, group: Sequence[int]) -> None:
        """Make one group of some articles, whatever their likeness."""
        joined = group[0]
        for other in group[1:]:
            self._join(joined, other)
            joined = self._newest - 1

    def run(self) -> None:
        """Join what reaches the link, the nearest first."""
        while self._heap:
            _, i, j = heapq.heappop(self._heap)
            if i in self.members and j in self.members:
                self._join(i, j)

    def _join(self, i: int, j: int) -> None:
        """Make a new group of two; what it has in common with each other group is the sum of both."""
        new = self._newest
        self._newest += 1
        self.members[new] = self.members.pop(i) + self.members.pop(j)
        self._days[new] = self._days.pop(i) + self._days.pop(j)
        totals: dict[int, float] = defaultdict(float)
        for old in (i, j):
            for other, total in self._sums.pop(old, {}).items():
                if other in self.members:
                    totals[other] += total
                    del self._sums[other][old]
        self._sums[new] = totals
        for other, total in totals.items():
            self._sums[other][new] = total
            average = total / self._weight(new, other)
            if average >= self._link:
                heapq.heappush(self._heap, (-average, other, new))

    def _weight(self, one: int, other: int) -> float:
        """Return the number of pairs between two groups, those outside the window of days at their smaller weight."""
        far = sum(
            n * m
            for day, n in self._days[one].items()
            for later, m in self._days[other].items()
            if day is not None and later is not None and abs(day - later) > WITHIN_DAYS
        )
        return len(self.members[one]) * len(self.members[other]) - (1 - FAR) * far
