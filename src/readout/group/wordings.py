"""Compare two wordings of one thing: identical, other typography, reworded, or a paraphrase."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from readout.group.words import Rarity, Word, is_content, stem, words_of
from readout.records import Wording

# Words in common, of the longer aligned part. An edited quotation is still the speaker's words; an outlet's own words
# must share more before we call them the same.
REWORDED_QUOTED = 0.5
REWORDED_INDIRECT = 0.7
REWORDED_CONTENT = 0.5  # of the words with a meaning of their own, whoever's words they are
ALIGNED = 0.3  # below this share the alignment shows nothing, and `changes` stays empty
ISLAND = 2  # function words in a row between two changes: they belong to the change, whatever the alignment says
BLANKS = re.compile(r"\s+")
EDGES = " \t\n\r\u00a0\"“”„«»‘’'.,;:!?-–—…()[]"


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the first text that stand as other words in the second; either side may be empty, not both."""

    first: tuple[Word, ...]
    second: tuple[Word, ...]
    at: tuple[int, int]  # the number of the word, in each text, that the change begins with or stands before


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts word by word: what is the same, in order; what was changed between; what only looks otherwise."""

    first: tuple[Word, ...]
    second: tuple[Word, ...]
    same: tuple[tuple[int, int], ...]
    changes: tuple[Change, ...]
    reprints: tuple[Change, ...]

    @property
    def share(self) -> float:
        """Words in common, of the longer aligned part; what one side lacks at an edge was cut, not changed."""
        if not self.same:
            return 0.0
        cut = [0, 0]
        for change in self.changes:
            if self.is_cut(change):
                cut[0] += len(change.first)
                cut[1] += len(change.second)
        shorter = min(len(self.first), len(self.second))
        return len(self.same) / max(len(self.first) - cut[0], len(self.second) - cut[1], shorter)

    @property
    def content_share(self) -> float:
        """The same of words with a meaning of their own: what two texts have in common by grammar alone is nothing."""
        lost = [0, 0]
        for change in self.changes:
            if not self.is_cut(change):
                lost[0] += _content(change.first)
                lost[1] += _content(change.second)
        same = sum(is_content(self.first[i].key) for i, _ in self.same)
        return same / max(1, same + max(lost))

    def is_cut(self, change: Change) -> bool:
        """Does the change stand at the beginning or the end, with words on one side only?"""
        ends = change.at[0] + len(change.first), change.at[1] + len(change.second)
        at_edge = change.at == (0, 0) or ends == (len(self.first), len(self.second))
        return at_edge and not (change.first and change.second)


def _content(words: Sequence[Word]) -> int:
    return sum(is_content(word.key) for word in words)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much two texts have in common. `weight`: rarity of the words aligned in order; `share`: of the lighter text;
    `both`: of the two together (Dice); `aligned`: words in common, of the longer aligned part; `run`: most in a row."""

    weight: float
    share: float
    both: float
    aligned: float
    run: int


def compare(first: str, second: str, *, quoted: bool = True) -> tuple[Wording, tuple[tuple[str, str], ...]]:
    """Return how the second wording relates to the first, and the changed words (of the first, of the second)."""
    first, second = bare(first), bare(second)
    if first == second:
        return Wording.IDENTICAL, ()
    aligned = align(words_of(first), words_of(second))
    if letters(aligned.first) == letters(aligned.second):
        return Wording.TYPOGRAPHY, tuple(printed(change, first, second) for change in aligned.reprints)
    changes = tuple(printed(change, first, second) for change in aligned.changes)
    reworded = aligned.share >= (REWORDED_QUOTED if quoted else REWORDED_INDIRECT)
    if reworded and aligned.content_share >= REWORDED_CONTENT:
        return Wording.REWORDED, changes
    return Wording.PARAPHRASE, changes if aligned.share >= ALIGNED else ()


def bare(text: str) -> str:
    """Return a content without what its sentence adds to it: outer quotation marks and stops, "that", line breaks."""
    text = BLANKS.sub(" ", text).strip(EDGES)
    return text[5:].strip(EDGES) if text.startswith("that ") else text


def letters(words: Sequence[Word]) -> str:
    """Return the folded words run together: "cease-fire" and "ceasefire", "U.S." and "US" are the same letters."""
    return "".join(word.key for word in words)


def align(first: Sequence[Word], second: Sequence[Word]) -> Alignment:
    """Align two texts word by word."""
    same: list[tuple[int, int]] = []
    changes: list[Change] = []
    reprints: list[Change] = []
    i = j = 0
    for left, right, size in _equal_runs([w.key for w in first], [w.key for w in second]):
        change = Change(tuple(first[i:left]), tuple(second[j:right]), (i, j))
        if letters(change.first) != letters(change.second):
            changes.append(change)
        elif change.first:
            same += zip(range(i, left), range(j, right), strict=False)
            reprints.append(change)
        run = [(left + n, right + n) for n in range(size)]
        same += run
        reprints += (Change((first[a],), (second[b],), (a, b)) for a, b in run if first[a].text != second[b].text)
        i, j = left + size, right + size
    changes = _without_islands(changes, first, second)
    return Alignment(tuple(first), tuple(second), tuple(same), tuple(changes), tuple(reprints))


def _without_islands(changes: Sequence[Change], first: Sequence[Word], second: Sequence[Word]) -> list[Change]:
    """Make one change of two that have no more than an article or a preposition in common between them."""
    joined: list[Change] = []
    for change in changes:
        before = joined[-1] if joined else None
        if before is not None and _is_island(first[before.at[0] + len(before.first) : change.at[0]]):
            (i, j), i_stop, j_stop = before.at, change.at[0] + len(change.first), change.at[1] + len(change.second)
            joined[-1] = Change(tuple(first[i:i_stop]), tuple(second[j:j_stop]), before.at)
        else:
            joined.append(change)
    return joined


def _is_island(between: Sequence[Word]) -> bool:
    return len(between) <= ISLAND and not any(is_content(word.key) for word in between)


def _equal_runs(first: list[str], second: list[str]) -> Iterator[tuple[int, int, int]]:
    """Yield (start in first, start in second, length) of the runs of equal words, and an empty run at the end."""
    for op in Indel.opcodes(first, second):
        if op.tag == "equal":
            yield op.src_start, op.dest_start, op.src_end - op.src_start
    yield len(first), len(second), 0


def printed(change: Change, first: str, second: str) -> tuple[str, str]:
    """Return both sides of a change as they are printed."""
    return _slice(change.first, first), _slice(change.second, second)


def _slice(words: Sequence[Word], text: str) -> str:
    return text[words[0].start : words[-1].stop] if words else ""


def likeness(first: Sequence[str], second: Sequence[str], *, rarity: Rarity) -> Likeness:
    """Return how much two texts, given as folded words, have in common; endings do not count."""
    left, right = [stem(key) for key in first], [stem(key) for key in second]
    runs = list(_equal_runs(left, right))
    common = [first[start + n] for start, _, size in runs for n in range(size)]
    weights = rarity.sum(first), rarity.sum(second)
    weight = rarity.sum(common)
    lighter, total = min(weights), sum(weights)
    return Likeness(
        weight,
        min(1.0, weight / lighter) if lighter else 0.0,
        min(1.0, 2 * weight / total) if total else 0.0,
        _aligned_share(runs, len(left), len(right)),
        max(size for _, _, size in runs),
    )


def _aligned_share(runs: list[tuple[int, int, int]], first: int, second: int) -> float:
    """Words in common, of the longer side between the first and the last common word."""
    filled = [run for run in runs if run[2]]
    if not filled or not first or not second:
        return 0.0
    head, last = filled[0], filled[-1]
    start = min(head[0], head[1])
    rest = min(first - last[0] - last[2], second - last[1] - last[2])
    length = max(last[0] + last[2] - head[0], last[1] + last[2] - head[1]) + start + rest
    return sum(run[2] for run in filled) / length


def changed_content(change: Change) -> bool:
    """Do both sides of a change hold words with a meaning of their own, and other ones?"""
    first, second = content_stems(change.first), content_stems(change.second)
    return bool(first - second and second - first)


def content_stems(words: Sequence[Word]) -> set[str]:
    """Return the stems of the words that have a meaning of their own."""
    return {stem(word.key) for word in words if is_content(word.key)}
