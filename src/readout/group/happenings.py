"""Put articles together that are about one happening: rare words they share, inside a window of days."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.sparse import csr_matrix

from readout.group.words import Rarity, is_content, keys_of, stem

LEAD_WORDS = 300
TITLE_WEIGHT = 2
WITHIN_DAYS = 1
LINK = 0.14
FAINT = 0.03  # a weaker likeness counts as none: keeps the table sparse
ROWS = 500  # rows of a product at a time: bounds its memory


@dataclass(frozen=True, slots=True)
class Subject:
    """What is compared of an article."""

    id: str
    title: str
    text: str
    published: str | None


def cluster(
    subjects: Sequence[Subject], *, closer: Mapping[tuple[int, int], float] | None = None, rarity: Rarity | None = None
) -> list[list[int]]:
    """Return groups of articles (by number) about one happening each; `closer` adds to the likeness of pairs."""
    texts = [_keys(subject) for subject in subjects]
    table = _table(texts, rarity or Rarity(texts))
    likeness = dict(_pairs(table, [_day(subject.published) for subject in subjects]))
    for (i, j), more in (closer or {}).items():
        likeness[i, j] = likeness.get((i, j), 0.0) + more
    return average_linkage(len(subjects), likeness, link=LINK)


def _keys(subject: Subject) -> list[str]:
    return keys_of(subject.title) * TITLE_WEIGHT + keys_of(subject.text)[:LEAD_WORDS]


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def _table(texts: Sequence[Sequence[str]], rarity: Rarity) -> csr_matrix:
    """Return a row of weights for each text, of length one."""
    columns: dict[str, int] = {}
    indices: list[int] = []
    values: list[float] = []
    starts = [0]
    for keys in texts:
        weights: Counter[str] = Counter()
        for key in keys:
            if is_content(key):
                weights[stem(key)] += max(0.0, rarity.of(key))  # type: ignore[assignment]
        norm = sum(weight**2 for weight in weights.values()) ** 0.5 or 1.0
        indices += [columns.setdefault(word, len(columns)) for word in weights]
        values += [weight / norm for weight in weights.values()]
        starts.append(len(indices))
    return csr_matrix((values, indices, starts), shape=(len(texts), max(1, len(columns))))


def _pairs(table: csr_matrix, days: Sequence[int | None]) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield the pairs inside the window of days that are alike at all; what has no date is compared with everything."""
    rows_of: dict[int | None, list[int]] = defaultdict(list)
    for n, day in enumerate(days):
        rows_of[day].append(n)
    for day, rows in rows_of.items():
        if day is None:
            others = list(range(len(days)))
        else:
            others = [n for other in range(day, day + WITHIN_DAYS + 1) for n in rows_of.get(other, ())]
        yield from _product(table, rows, others)


def _product(table: csr_matrix, rows: Sequence[int], others: Sequence[int]) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield the likeness of each row with each other, where there is any."""
    right = table[others].T.tocsr()
    columns = np.asarray(others)
    for start in range(0, len(rows), ROWS):
        part = np.asarray(rows[start : start + ROWS])
        found = (table[part] @ right).tocoo()
        near = found.data >= FAINT
        left, other = part[found.row[near]], columns[found.col[near]]
        for i, j, value in zip(left.tolist(), other.tolist(), found.data[near].tolist(), strict=True):
            if i != j:
                yield (min(i, j), max(i, j)), value


def average_linkage(size: int, likeness: Mapping[tuple[int, int], float], *, link: float) -> list[list[int]]:
    """Join the two groups with the highest average likeness until none reaches `link`; a pair not listed counts 0."""
    members = {n: [n] for n in range(size)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for (i, j), value in likeness.items():
        sums[i][j] = sums[j][i] = value
    heap = [(-value, i, j) for (i, j), value in likeness.items() if value >= link]
    heapq.heapify(heap)
    newest = size
    while heap:
        _, i, j = heapq.heappop(heap)
        if i in members and j in members:
            _join(i, j, newest, members, sums)
            for other, total in sums[newest].items():
                average = total / (len(members[newest]) * len(members[other]))
                if average >= link:
                    heapq.heappush(heap, (-average, other, newest))
            newest += 1
    return sorted(sorted(group) for group in members.values())


def _join(i: int, j: int, newest: int, members: dict[int, list[int]], sums: dict[int, dict[int, float]]) -> None:
    """Make a new group of two; what it has in common with each other group is the sum of both."""
    members[newest] = members.pop(i) + members.pop(j)
    totals: Counter[int] = Counter()
    for old in (i, j):
        for other, total in sums.pop(old).items():
            if other in members:
                totals[other] += total  # type: ignore[assignment]
                sums[other].pop(old, None)
    sums[newest] = dict(totals)
    for other, total in totals.items():
        sums[other][newest] = total
