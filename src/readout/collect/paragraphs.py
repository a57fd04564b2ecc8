"""Split a text into paragraphs: lines, or blocks between blank lines where the lines are wrapped by hand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from readout.provenance import TextSpan
from readout.records import Article

BULLET = re.compile(r"\A\s?[•·●▪►▶‣◦*-]\s")
ENDS = (".", "!", "?", ":", '"', "”", "'", "’", ")", "…", ";")
WRAP_WIDTH = 110  # characters; hand-wrapped text is set in 60-100 columns


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its offsets without white space at the ends, its indent, and the lines around it."""

    start: int
    stop: int
    indent: int
    text: str
    block: int  # lines without a blank line between them share a number


def paragraphs(article: Article) -> list[TextSpan]:
    """Return the paragraphs of an article's text, in order."""
    lines = list(_lines(article.text))
    wrapped = _is_wrapped(lines)
    groups: list[tuple[int, int]] = []
    before: Line | None = None
    for line in lines:
        if (
            before is not None
            and groups
            and _continues(before, line, wrapped=wrapped, first=groups[-1][0], article=article)
        ):
            groups[-1] = (groups[-1][0], line.stop)
        else:
            groups.append((line.start, line.stop))
        before = line
    return [TextSpan.within(article, start, stop) for start, stop in groups]


def _lines(text: str) -> Iterator[Line]:
    position, block = 0, 0
    for raw in text.splitlines(keepends=True):
        bare = raw.strip()
        if bare:
            indent = len(raw) - len(raw.lstrip())
            yield Line(position + indent, position + indent + len(bare), indent, bare, block)
        else:
            block += 1
        position += len(raw)


def _is_wrapped(lines: list[Line]) -> bool:
    """Are the sentences of this text broken over lines?"""
    pairs = [(a, b) for a, b in pairwise(lines) if a.block == b.block]
    if len(pairs) < 3 or median(len(line.text) for line in lines) > WRAP_WIDTH:
        return False
    broken = sum(not a.text.endswith(ENDS) and len(a.text) > 40 for a, _ in pairs)
    lowered = sum(b.text[:1].islower() for _, b in pairs)
    return broken > 0.5 * len(pairs) and lowered > 0.25 * len(pairs)


def _continues(before: Line, line: Line, *, wrapped: bool, first: int, article: Article) -> bool:
    if before.block != line.block or BULLET.match(line.text):
        return False
    if wrapped:
        return True
    return line.indent >= 2 and article.text[first : first + 2].startswith(("• ", "· ", "* ", "- "))
