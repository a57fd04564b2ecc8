"""Find what stands in quotation marks: straight, curly, single, doubled and guillemets; nested, re-opened, unclosed.

Marks are paired within a paragraph, in one pass. A quotation that is open at the end of a paragraph goes on in the
next one when that re-opens it. Apostrophes are told from single quotation marks by what stands on both sides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from readout.provenance import Skipped, TextSpan
from readout.records import Article

STEP = "extract.quotations"
MARK = re.compile(r"''|``|[\"“”„‟«»‘’‚‹›'`]")
FAMILIES = {"double": '"“”„‟', "angle": "«»", "single": "'‘’‚‹›`"}
OPENING = frozenset("“„‟«‘‚‹")
CLOSING = frozenset("”»›")
BEFORE_OPENING = frozenset("([{-–—―/:\"“„«‘'`")
ELISIONS = re.compile(r"(?:\d0s|\d\ds?|em|til|tis|twas|cause|bout|n)\b", re.IGNORECASE)
MAX_DEPTH = 4  # quotations in quotations; deeper ones are broken text


class Shape(StrEnum):
    """What a mark can be, judged by its form and its neighbours."""

    OPEN = "open"
    CLOSE = "close"
    EITHER = "either"
    APOSTROPHE = "apostrophe"


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark: where it stands, which marks it pairs with, which way it looks."""

    start: int
    stop: int
    family: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks. `inner` leaves the marks out; `depth` 0 is outermost."""

    span: TextSpan
    inner: TextSpan
    depth: int
    closed: bool
    continues: bool = False  # goes on from the quotation before it, re-opened at the start of this paragraph
    single: bool = False


def quotations(article: Article) -> tuple[tuple[Quotation, ...], tuple[Skipped, ...]]:
    """Return the quotations of an article in text order, and the marks that could not be paired."""
    found: list[Quotation] = []
    skipped: list[Skipped] = []
    carried: str | None = None  # the family of a quotation still open at the end of the paragraph before
    for start, stop in _paragraphs(article):
        pairs, strays, open_family = _pair(article.text, start, stop, carried)
        found += _quotations_of(article, pairs, carried=carried is not None, start=start)
        skipped += [_stray(article, mark) for mark in strays]
        carried = open_family
    return tuple(found), tuple(skipped)


def _paragraphs(article: Article) -> Iterator[tuple[int, int]]:
    blocks = [block for block in article.blocks if block.paragraph is not None]
    if blocks:
        yield from ((block.span.start, block.span.stop) for block in blocks)
    else:
        yield from (match.span() for match in re.finditer(r"[^\n]+", article.text))


@dataclass(frozen=True, slots=True)
class Pair:
    """An opening mark and its closing one; `close` is None when the paragraph ends first, `open` when carried over."""

    open: Mark | None
    close: Mark | None
    depth: int
    stop: int


def _pair(text: str, start: int, stop: int, carried: str | None) -> tuple[list[Pair], list[Mark], str | None]:
    """Pair the marks of one paragraph; also return those left over, and the family that is still open at its end."""
    marks = list(_marks(text, start, stop))
    closers_after = _counts_after(marks, Shape.CLOSE)
    openers_after = _counts_after(marks, Shape.OPEN)
    stack: list[Mark] = []
    pairs: list[Pair] = []
    strays: list[Mark] = []
    for index, mark in enumerate(marks):
        depth_open = sum(other.family == mark.family for other in stack)
        if _closes(mark, stack):
            opener = _pop(stack, mark, strays)
            pairs.append(Pair(opener, mark, len(stack), mark.stop))
        elif mark.shape is Shape.CLOSE and not pairs and not stack and carried == mark.family:
            pairs.append(Pair(None, mark, 0, mark.stop))
        elif mark.shape is Shape.CLOSE:
            strays += [] if mark.family == "single" else [mark]
        elif mark.family == "single" and not closers_after[index][mark.family]:
            continue  # an apostrophe at the start of a word
        elif len(stack) == MAX_DEPTH or (
            depth_open and closers_after[index][mark.family] <= openers_after[index][mark.family] + 1
        ):
            pairs += _abandon(stack, mark, text)
            stack.append(mark)
        else:
            stack.append(mark)
    left_open = [mark for mark in stack if mark.family != "single"]
    pairs += [Pair(mark, None, depth, stop) for depth, mark in enumerate(left_open)]
    return pairs, strays, left_open[0].family if left_open else None


def _closes(mark: Mark, stack: list[Mark]) -> bool:
    return mark.shape in {Shape.CLOSE, Shape.EITHER} and any(other.family == mark.family for other in stack)


def _pop(stack: list[Mark], mark: Mark, strays: list[Mark]) -> Mark:
    """Take the opening mark that this one closes; marks opened after it and never closed are dropped."""
    while stack[-1].family != mark.family:
        dropped = stack.pop()
        strays += [] if dropped.family == "single" else [dropped]
    return stack.pop()


def _abandon(stack: list[Mark], mark: Mark, text: str) -> list[Pair]:
    """End the quotations that were never closed, at the end of the sentence before the next opening mark."""
    pairs = []
    for depth, opener in enumerate(stack):
        if opener.family != "single":
            ends = [text.rfind(end, opener.stop, mark.start) for end in (". ", "! ", "? ", ", ")]
            stop = max(ends) + 1 if max(ends) > 0 else mark.start
            pairs.append(Pair(opener, None, depth, stop))
    stack.clear()
    return pairs


def _counts_after(marks: list[Mark], shape: Shape) -> list[dict[str, int]]:
    """Return, for each mark, how many of each family after it have the shape."""
    counts = {"double": 0, "angle": 0, "single": 0}
    after: list[dict[str, int]] = []
    for mark in reversed(marks):
        after.append(dict(counts))
        if mark.shape in {shape, Shape.EITHER}:
            counts[mark.family] += 1
    after.reverse()
    return after


def _marks(text: str, start: int, stop: int) -> Iterator[Mark]:
    for match in MARK.finditer(text, start, stop):
        mark = match.group()
        family = "double" if len(mark) == 2 else next(name for name, chars in FAMILIES.items() if mark in chars)
        before = text[match.start() - 1] if match.start() > start else ""
        after = text[match.end()] if match.end() < stop else ""
        shape = _single_shape(text, match, before, after) if family == "single" else _shape(mark, before, after)
        if shape is not Shape.APOSTROPHE:
            yield Mark(match.start(), match.end(), family, shape)


def _shape(mark: str, before: str, after: str) -> Shape:
    if mark == "``" or (mark in OPENING and (after.isalnum() or _opens_at(before) or mark in "„‟‚")):
        return Shape.OPEN
    if mark in CLOSING and not (_opens_at(before) and after.isalnum()):
        return Shape.CLOSE
    opens = _opens_at(before) and bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace() and not after.isalnum()
    if opens != closes:
        return Shape.OPEN if opens else Shape.CLOSE
    return Shape.EITHER


def _opens_at(before: str) -> bool:
    return not before or before.isspace() or before in BEFORE_OPENING


def _single_shape(text: str, match: re.Match[str], before: str, after: str) -> Shape:
    """Tell apostrophes ("ministers' words", "'90s") from single quotation marks."""
    mark = match.group()
    opens = _opens_at(before) and (after.isalnum() or (after in '“"$(' and after != ""))
    if mark in "‘‚‹`" and opens:
        return Shape.OPEN
    if opens and mark == "'" and not ELISIONS.match(text, match.end()):
        return Shape.OPEN
    closes = bool(before) and not before.isspace() and not after.isalnum()
    if not closes or mark in "‘‚‹`":
        return Shape.APOSTROPHE
    if before in "sS" and after == " " and text[match.end() + 1 : match.end() + 2].islower():
        return Shape.APOSTROPHE  # "the workers' rights"
    return Shape.CLOSE


def _quotations_of(article: Article, pairs: list[Pair], *, carried: bool, start: int) -> list[Quotation]:
    found = []
    for pair in pairs:
        inner_start = pair.open.stop if pair.open else start
        inner_stop = pair.close.start if pair.close else pair.stop
        inner = TextSpan.trimmed(article, inner_start, inner_stop)
        if inner is None:
            continue
        opened = pair.open.start if pair.open else start
        found.append(
            Quotation(
                span=article.span(opened, pair.close.stop if pair.close else inner.stop),
                inner=inner,
                depth=pair.depth,
                closed=pair.close is not None,
                continues=carried and opened == start,
                single=pair.open is not None and pair.open.family == "single",
            )
        )
    return sorted(found, key=lambda quotation: (quotation.span.start, -quotation.span.stop))


def _stray(article: Article, mark: Mark) -> Skipped:
    what = article.text[max(0, mark.start - 20) : mark.stop + 20]
    return Skipped(what, STEP, "a quotation mark without its counterpart", mark.start, mark.stop)
