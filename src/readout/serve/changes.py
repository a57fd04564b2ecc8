"""What a report changed of some words, short enough to read: a few changes in full, the rest counted."""

from collections.abc import Iterator, Sequence

from readout.group.words import is_content, keys_of
from readout.serve.lines import Segment, Style
from readout.serve.phrases import and_list, plural

CHANGES_SHOWN = 3
CHANGE_WORDS = 8  # a longer piece that one side lacks is counted in words; of a longer replacement the ends are shown
SIDE_WORDS = 4
MANY = 6  # short changes; more of them say no more than that the words are others

Change = tuple[str, str]


def change_segments(letter: str, changes: Sequence[Change]) -> Iterator[Segment]:
    """Yield what another article has in the place of some words: replaced content first, long omissions counted."""
    if sum(not _is_long(change) for change in changes) > MANY:
        yield Segment(f"{letter} has it in other words", Style.NOTE)
        return
    short = sorted((change for change in changes if not _is_long(change)), key=lambda change: not _replaces(change))
    pieces = [list(_change(*change)) for change in short[:CHANGES_SHOWN]]
    if rest := list(_counted(changes, len(short) - CHANGES_SHOWN)):
        pieces.append([Segment(and_list(rest), Style.NOTE)])
    yield Segment(f"{letter} ", Style.NOTE)
    for index, piece in enumerate(pieces):
        if index:
            yield Segment(", ", Style.NOTE)
        yield from piece


def _is_long(change: Change) -> bool:
    """Does one side alone have a long piece, the other no more than a function word?"""
    shorter, longer = sorted(change, key=len)
    return len(longer.split()) > CHANGE_WORDS and not any(map(is_content, keys_of(shorter)))


def _replaces(change: Change) -> bool:
    """Does the change put other words with a meaning of their own for some?"""
    return all(any(map(is_content, keys_of(side))) for side in change)


def _change(ours: str, theirs: str) -> Iterator[Segment]:
    if theirs and ours:
        yield from (Segment("has ", Style.NOTE), _words(theirs), Segment(" for ", Style.NOTE))
    else:
        yield Segment("adds " if theirs else "leaves out ", Style.NOTE)
    yield _words(ours or theirs)


def _words(text: str) -> Segment:
    """Return changed words, of many the first and the last."""
    words = text.split()
    if len(words) > CHANGE_WORDS:
        words = [*words[:SIDE_WORDS], "…", *words[-SIDE_WORDS:]]
    return Segment(f"“{' '.join(words)}”", Style.MARK)


def _counted(changes: Sequence[Change], more: int) -> Iterator[str]:
    """Yield what is not shown in full: words left out or added, and the number of further changes."""
    for side, verb in enumerate(("leaves out", "adds")):
        words = sum(
            len(change[side].split()) for change in changes if _is_long(change) and max(change, key=len) is change[side]
        )
        if words:
            yield f"{verb} {plural(words, 'word')}"
    if more > 0:
        yield f"{plural(more, 'further change')}"
