"""Find the text that articles share: whole copies and reused passages, with the characters of both sides.

Candidates come from winnowed fingerprints of eight words (Schleimer, Wilkerson and Aiken 2003); the passages of a
pair from runs of four equal words, chained over small changes and told apart sentence by sentence.
"""

import hashlib
import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from readout.group.wordings import compare
from readout.group.words import keys_of, places_of
from readout.provenance import TextSpan
from readout.records import Article, Passage

SHINGLE = 8  # words of a fingerprint
WINDOW = 8  # of so many neighbouring fingerprints the smallest is kept: 15 equal words in a row always meet
CROWD = 30  # a fingerprint in more articles than this is boilerplate, or one text in very many outlets
CROWD_SHARE = 0.3  # of an article's fingerprints: with so many in one other article, the crowd carries one text
FURNITURE = 3  # days on which an outlet has printed the same words: then they are no news
SEED = 4  # equal words in a row from which a passage grows
COMMON_SEED = 6  # a run of four that stands more often than this in one article starts no passage
GAP = 10  # words that may be changed between two equal runs of one passage
PASSAGE = 8  # words that a passage has at least; a whole sentence may be shorter
SHORT_SENTENCE = 5
WHOLE = 0.6  # of a sentence's words shared: then the sentence as a whole is the passage
MOST = 0.5  # of a text's characters shared with an earlier one: then it is a copy
CLOSING = frozenset('.!?,;:"”’)')
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]{0,3}\s+|\n+")

Hashes = NDArray[np.uint64]


class Match(NamedTuple):
    """A passage of one text, and the passage of another that it repeats, in characters."""

    first: tuple[int, int]
    second: tuple[int, int]


@dataclass(frozen=True)
class Side:
    """A text made ready for comparison; the places of its words are looked up when a pair needs them."""

    text: str
    keys: Sequence[str]

    @classmethod
    def of(cls, text: str) -> "Side":
        """Make a text ready."""
        return cls(text, keys_of(text))

    @cached_property
    def places(self) -> "tuple[array[int], array[int]]":
        """Return where each word starts and stops."""
        return places_of(self.text)

    @cached_property
    def sentence_of(self) -> "array[int]":
        """Return for each word the number of its sentence; a rough split does, for it only cuts passages."""
        ends = [match.start() for match in SENTENCE_END.finditer(self.text)]
        return array("i", (bisect_right(ends, start) for start in self.places[0]))

    def characters(self, words: range) -> tuple[int, int]:
        """Return where a range of words stands, with the marks that close it."""
        start, stop = self.places[0][words.start], self.places[1][words.stop - 1]
        while stop < len(self.text) and self.text[stop] in CLOSING:
            stop += 1
        return start, stop


class Run(NamedTuple):
    """Equal words in a row: where they begin in each text, and how many."""

    first: int
    second: int
    size: int


def candidates(prints: Sequence[Hashes], *, crowd: int = CROWD) -> dict[tuple[int, int], int]:
    """Return the pairs of texts that share fingerprints, and how many; linear in texts and pairs."""
    if not any(len(own) for own in prints):
        return {}
    owners = np.repeat(np.arange(len(prints)), [len(own) for own in prints])
    hashes = np.concatenate(prints)
    order = np.lexsort((owners, hashes))
    return _paired(hashes[order], owners[order], sizes=[len(own) for own in prints], crowd=crowd)


def without_furniture(prints: Sequence[Hashes], articles: Sequence[Article]) -> list[Hashes]:
    """Leave out what an outlet prints on one day and the other: link lists, terms of use, "sign up for our letter"."""
    days_with: dict[tuple[str, int], set[str]] = defaultdict(set)
    for own, article in zip(prints, articles, strict=True):
        if article.outlet and article.published:
            for print_ in own.tolist():
                days_with[article.outlet, print_].add(article.published)
    return [
        np.array([p for p in own.tolist() if len(days_with.get((article.outlet or "", p), ())) < FURNITURE], np.uint64)
        for own, article in zip(prints, articles, strict=True)
    ]


def fingerprints(keys: Sequence[str]) -> Hashes:
    """Return the winnowed fingerprints of a text."""
    if len(keys) < SHINGLE:
        return np.empty(0, dtype=np.uint64)
    shingles = _shingles(keys, SHINGLE)
    if len(shingles) <= WINDOW:
        return shingles[[shingles.argmin()]]
    smallest: Hashes = np.unique(sliding_window_view(shingles, WINDOW).min(axis=1))
    return smallest


def _shingles(keys: Sequence[str], size: int) -> Hashes:
    """Hash every run of so many words."""
    words = np.fromiter((_word_hash(key) for key in keys), dtype=np.uint64, count=len(keys))
    total = np.zeros(len(words) - size + 1, dtype=np.uint64)
    for n in range(size):
        total = (total + words[n : n + len(total)]) * np.uint64(0x9E3779B97F4A7C15)
    return total ^ (total >> np.uint64(31))


@cache
def _word_hash(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _paired(
    hashes: Hashes, owners: NDArray[np.int64], *, sizes: Sequence[int], crowd: int
) -> dict[tuple[int, int], int]:
    """Count the fingerprints that pairs share; those of a crowd count between its first article and each."""
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    group_sizes = np.diff(np.r_[starts, len(hashes)])
    start_of = np.repeat(starts, group_sizes)
    crowded = np.repeat(group_sizes > crowd, group_sizes)
    pairs: Counter[tuple[int, int]] = Counter()
    for step in range(1, crowd):
        met = np.flatnonzero((hashes[step:] == hashes[:-step]) & ~crowded[step:])
        if not len(met):
            break
        pairs.update(zip(owners[met].tolist(), owners[met + step].tolist(), strict=True))
    member = np.flatnonzero(crowded & (start_of != np.arange(len(hashes))))
    starred = Counter(zip(owners[start_of[member]].tolist(), owners[member].tolist(), strict=True))
    pairs.update({pair: n for pair, n in starred.items() if n >= CROWD_SHARE * min(sizes[pair[0]], sizes[pair[1]])})
    return dict(pairs)


def matches(first: Side, second: Side) -> list[Match]:
    """Return the passages of the second text that stand in the first, sentence by sentence."""
    found: list[Match] = []
    for chain in _chains(_runs(first.keys, second.keys)):
        for runs in _by_sentence(chain, second.sentence_of):
            match = _match(runs, first, second)
            if match is not None:
                found.append(match)
    return _without_overlap(found)


def _runs(first: Sequence[str], second: Sequence[str]) -> list[Run]:
    """Return the runs of equal words of two texts, as long as they go, in the order of the second."""
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n in range(len(first) - SEED + 1):
        places[tuple(first[n : n + SEED])].append(n)
    runs: list[Run] = []
    reached: dict[int, int] = {}  # by diagonal: where in the second text its last run stops
    for n in range(len(second) - SEED + 1):
        for place in _few(places.get(tuple(second[n : n + SEED]), ())):
            if reached.get(n - place, -1) <= n:
                size = SEED
                while place + size < len(first) and n + size < len(second) and first[place + size] == second[n + size]:
                    size += 1
                runs.append(Run(place, n, size))
                reached[n - place] = n + size
    return runs


def _few(places: Sequence[int]) -> Sequence[int]:
    return places if len(places) <= COMMON_SEED else ()


def _chains(runs: Sequence[Run]) -> list[list[Run]]:
    """Join runs that follow each other in both texts with no more than a few words between."""
    chains: list[list[Run]] = []
    open_chains: list[list[Run]] = []
    for run in runs:
        open_chains = [c for c in open_chains if run.second - (c[-1].second + c[-1].size) <= GAP]
        fitting = [c for c in open_chains if _follows(c[-1], run)]
        if fitting:
            max(fitting, key=lambda c: sum(r.size for r in c)).append(run)
        else:
            chain = [run]
            chains.append(chain)
            open_chains.append(chain)
    return chains


def _follows(before: Run, after: Run) -> bool:
    first = after.first - (before.first + before.size)
    second = after.second - (before.second + before.size)
    return 0 <= first <= GAP and 0 <= second <= GAP


def _by_sentence(chain: Sequence[Run], sentence_of: Sequence[int]) -> Iterator[list[Run]]:
    """Cut a chain where sentences of the second text end."""
    parts: dict[int, list[Run]] = {}
    for run in chain:
        start = 0
        for n in range(1, run.size + 1):
            if n == run.size or sentence_of[run.second + n] != sentence_of[run.second + start]:
                part = Run(run.first + start, run.second + start, n - start)
                parts.setdefault(sentence_of[part.second], []).append(part)
                start = n
    yield from parts.values()


def _sentence_range(word: int, sentence_of: Sequence[int]) -> range:
    """Return the words of the sentence that a word belongs to."""
    return range(bisect_left(sentence_of, sentence_of[word]), bisect_right(sentence_of, sentence_of[word]))


def _match(runs: Sequence[Run], first: Side, second: Side) -> Match | None:
    """Return the passage that the runs of one sentence make, or None when they are too little."""
    sentence = _sentence_range(runs[0].second, second.sentence_of)
    shared = sum(run.size for run in runs)
    whole = shared >= WHOLE * len(sentence)
    if shared < (min(PASSAGE, max(SHORT_SENTENCE, len(sentence))) if whole else PASSAGE):
        return None
    left = range(runs[0].first, runs[-1].first + runs[-1].size)
    right = range(runs[0].second, runs[-1].second + runs[-1].size)
    if whole:
        left, right = _widened(left, first.sentence_of, shared), sentence
    return Match(first.characters(left), second.characters(right))


def _widened(words: range, sentence_of: Sequence[int], shared: int) -> range:
    """Return the whole sentences around some words, when these are most of them."""
    start = _sentence_range(words.start, sentence_of).start
    around = range(start, _sentence_range(words.stop - 1, sentence_of).stop)
    return around if shared >= WHOLE * len(around) else words


def _without_overlap(found: list[Match]) -> list[Match]:
    """Keep the longer of two matches of the same words."""
    kept: list[Match] = []
    for match in sorted(found, key=lambda m: (m.second[0] - m.second[1], m)):
        if all(match.second[1] <= other.second[0] or other.second[1] <= match.second[0] for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda m: m.second)


def passages(articles: Sequence[Article], sides: Sequence[Side]) -> Iterator[Passage]:
    """Yield the passages that articles share; `article` is the one that published later, `other` the earlier one."""
    prints = without_furniture([fingerprints(side.keys) for side in sides], articles)
    for i, j in sorted(candidates(prints)):
        earlier, later = sorted((i, j), key=lambda n: precedence(articles[n]))
        for match in matches(sides[earlier], sides[later]):
            yield _passage(articles[later], match.second, articles[earlier], match.first)


def _passage(article: Article, where: tuple[int, int], other: Article, other_where: tuple[int, int]) -> Passage:
    span = TextSpan.within(article, *where)
    other_span = TextSpan.within(other, *other_where)
    wording, _ = compare(other_span.text, span.text)
    return Passage(article.id, span, other.id, other_span, wording)


def precedence(article: Article) -> tuple[str, bool, int, str]:
    """Sort key for who published first: by date; without one, a text without a credit and a longer text come first."""
    return (article.published or "9999", article.credit is not None, -len(article.text), article.id)


def reused_share(article: Article, found: Sequence[Passage]) -> float:
    """Return how much of an article stands in others: characters of its passages, of all but blanks and residue."""
    covered: set[int] = set()
    for passage in found:
        covered.update(range(passage.span.start, passage.span.stop))
    return len(covered) / max(1, len(article.text))


def copies(articles: Sequence[Article], found: Sequence[Passage]) -> dict[str, str]:
    """Return for each article that is mostly a copy the article that it has most from."""
    by_pair: dict[str, dict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for passage in found:
        by_pair[passage.article][passage.other].append(passage)
    origin: dict[str, str] = {}
    for article in articles:
        shares = {other: reused_share(article, own) for other, own in by_pair[article.id].items()}
        best = max(sorted(shares), key=lambda other: shares[other], default=None)
        if best is not None and shares[best] >= MOST:
            origin[article.id] = best
    return origin
