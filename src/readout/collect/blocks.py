"""Cut an article into blocks: headline, dateline, byline, credit, page residue, body."""

import re
from collections.abc import Sequence
from dataclasses import replace

from readout.collect.bylines import byline_authors, people
from readout.collect.credits import agency_in, is_credit
from readout.collect.datelines import dateline_agency, dateline_stop
from readout.collect.labels import HEAD, Label, label
from readout.collect.paragraphs import paragraphs
from readout.provenance import TextSpan
from readout.records import Article, Block, BlockKind, Name

SIGN_OFF_REACH = 420  # characters at the end of a paragraph in which a sign-off may begin
SIGN_OFF = re.compile(
    r"(?<=[.!?”\"’')])\s+[(\[]?(?:Additional reporting|Reporting|Writing|Editing|Compiled|Our Standards)"
    r"(?: by| in| and|:)[^\n]{2,400}$"
)


def with_blocks(article: Article, *, title: str | None = None) -> Article:
    """Return the article with its blocks, and with headline, dateline, authors and credit where the text has them."""
    spans = paragraphs(article)
    labels = label([span.text for span in spans], title=title, outlet=article.outlet)
    blocks = _numbered(_split(article, spans, labels))
    dateline = next((block.span for block in blocks if block.kind is BlockKind.DATELINE), None)
    return replace(
        article,
        blocks=blocks,
        headline=_headline(blocks, title),
        dateline=dateline,
        authors=article.authors or _authors(blocks),
        credit=_credit(article, blocks) or article.credit,
    )


def _split(article: Article, spans: Sequence[TextSpan], labels: Sequence[Label]) -> list[Block]:
    """Make a block of each paragraph; a dateline before, or a sign-off after, a paragraph becomes its own."""
    blocks: list[Block] = []
    for index, (span, one) in enumerate(zip(spans, labels, strict=True)):
        if one.kind is not BlockKind.BODY:
            blocks.append(Block(one.kind, span, rule=one.rule))
            continue
        dated = index >= HEAD or any(block.kind is BlockKind.DATELINE for block in blocks)
        blocks += _body(article, span, one, dated=dated)
    return blocks


def _body(article: Article, span: TextSpan, one: Label, *, dated: bool) -> list[Block]:
    """Return the blocks of a paragraph of the report; `dated` when the report has a dateline already."""
    found = None if dated else dateline_stop(span.text)
    start = span.start + (found[0] if found else 0)
    stop = span.start + _sign_off(span.text)
    parts = (
        (BlockKind.DATELINE, span.start, start, found[1] if found else None),
        (one.kind, start, stop, one.rule),
        (BlockKind.CREDIT, stop, span.stop, "credit.sign-off-in-line"),
    )
    cut = [(kind, TextSpan.trimmed(article, a, b), rule) for kind, a, b, rule in parts if a < b]
    return [Block(kind, part, rule=rule) for kind, part, rule in cut if part is not None]


def _sign_off(paragraph: str) -> int:
    """Return where the names of reporters and editors begin at a paragraph's end; its length when they do not."""
    match = SIGN_OFF.search(paragraph, max(0, len(paragraph) - SIGN_OFF_REACH))
    return match.start() if match is not None and is_credit(match[0]) else len(paragraph)


def _numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    read = (BlockKind.HEADLINE, BlockKind.BODY)
    numbers = iter(range(1, len(blocks) + 1))
    return tuple(replace(block, paragraph=next(numbers)) if block.kind in read else block for block in blocks)


def _headline(blocks: Sequence[Block], title: str | None) -> Name | None:
    found = next((block for block in blocks if block.kind is BlockKind.HEADLINE), None)
    if found is not None and (title is None or found.rule == "headline.title"):
        return Name(found.span.text, found.span)
    return Name(title) if title else None


def _authors(blocks: Sequence[Block]) -> tuple[str, ...]:
    names: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.BYLINE:
            names += [name for name in _people(block) if name not in names]
    return tuple(names)


def _people(block: Block) -> tuple[str, ...]:
    if block.rule == "byline.by":
        return byline_authors(block.span.text) or ()
    return () if block.rule == "byline.desk" else people(block.span.text)


def _credit(article: Article, blocks: Sequence[Block]) -> Name | None:
    """Return the agency of the dateline, else of the byline, else of a line of its own."""
    for kind in (BlockKind.DATELINE, BlockKind.BYLINE):
        for block in blocks:
            found = agency_in(article, block.span.start, block.span.stop) if block.kind is kind else None
            if found is not None:
                return found
    for block in blocks:
        place = dateline_agency(block.span.text) if block.kind is BlockKind.DATELINE else None
        if place is not None:
            span = TextSpan.within(article, block.span.start + place[0], block.span.start + place[1])
            return Name(span.text, span)
    lines = (block for block in blocks if block.kind is BlockKind.CREDIT and block.rule == "credit.line")
    return next((agency_in(article, line.span.start, line.span.stop) for line in lines), None)
