"""Say what each paragraph of an article is: headline, dateline, byline, credit, page residue, or body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from readout.collect.bylines import byline_authors, is_desk_line, is_person_line
from readout.collect.credits import agency, agency_in, credit_rules
from readout.collect.datelines import dateline_stop
from readout.collect.headlines import is_title, looks_like_headline
from readout.collect.paragraphs import paragraphs
from readout.collect.rules import LineRule, plain_words, residue_rules
from readout.provenance import TextSpan
from readout.records import Article, Block, BlockKind, Name

HEAD = 8  # paragraphs in which headline, byline and dateline are looked for
TAIL = 6  # paragraphs in which sign-offs and authors' notes are looked for
CAPTION_WORDS = 8
REPEATED = 80  # characters; a shorter line may well stand twice in a report
SIGN_OFF_REACH = 420  # characters at the end of a paragraph in which a sign-off may begin
SIGN_OFF = re.compile(
    r"(?<=[.!?”\"’')])\s+[(\[]?(?:Additional reporting|Reporting|Writing|Editing|Compiled|Our Standards)"
    r"(?: by| in| and|:)[^\n]{2,400}$"
)
ENDS = (".", "!", "?", "”", '"', "’", "'", ")", "…")


@dataclass(frozen=True, slots=True)
class Label:
    """What a paragraph is, and the rule that says so."""

    kind: BlockKind
    rule: str


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


def label(lines: Sequence[str], *, title: str | None = None, outlet: str | None = None) -> list[Label]:
    """Say what each paragraph is."""
    labels = _lines_by_rule(lines)
    _links_after_header(lines, labels)
    _repeated(lines, labels)
    _head(lines, labels, title, outlet)
    return [one or Label(BlockKind.BODY, "body") for one in labels]


def _lines_by_rule(lines: Sequence[str]) -> list[Label | None]:
    names = _Names(lines)
    return [_rule_label(line, index, len(lines), names) for index, line in enumerate(lines)]


class _Names:
    """The words of a text up to a paragraph, to tell whether a name has been named before."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    def seen(self, name: str, before: int) -> bool:
        return any(name in line for line in self.lines[:before] if byline_authors(line) is None)


def _rule_label(line: str, index: int, count: int, names: _Names) -> Label | None:
    line = " ".join(line.split())
    plain = plain_words(line)
    for kind, rules in ((BlockKind.RESIDUE, residue_rules()), (BlockKind.CREDIT, credit_rules())):
        for rule in rules:
            if _is_where(rule, index, count) and rule.claims(line, plain) and not _is_story(rule, line, index, names):
                return Label(kind, rule.id)
    return None


def _is_where(rule: LineRule, index: int, count: int) -> bool:
    if rule.where == "tail":
        return index >= max(2, count - TAIL)
    return index < HEAD if rule.where == "head" else True


def _is_story(rule: LineRule, line: str, index: int, names: _Names) -> bool:
    """Does the line speak of somebody whom the report has named, where the rule is for authors' notes?"""
    if not rule.unmentioned:
        return False
    leading = re.match(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)+", line)
    return leading is not None and names.seen(leading[0].split()[-1].removesuffix("'s").removesuffix("’s"), index)


def _links_after_header(lines: Sequence[str], labels: list[Label | None]) -> None:
    """Mark the lines under "Related" or "Read more" that have no full stop, and the sentences about each in between."""
    headers = {rule.id for rule in residue_rules() if rule.follows == "links"}
    inside = False
    for index, line in enumerate(lines):
        known = labels[index]
        if known is not None:
            inside = inside or known.rule in headers
        elif inside and (_is_link(line) or _is_teaser(lines, index)):
            labels[index] = Label(BlockKind.RESIDUE, "residue.links")
        else:
            inside = False


def _is_teaser(lines: Sequence[str], index: int) -> bool:
    """Does the line stand between two links, or after the last one, near the end of the text?"""
    after = index + 1 == len(lines) or _is_link(lines[index + 1])
    return 2 * index >= len(lines) and after and _is_link(lines[index - 1])


def _is_link(line: str) -> bool:
    half = len(line) // 2
    if line[:half].strip() == line[-half:].strip():
        return True  # a link whose text stands twice: once for the picture, once for the title
    return not line.endswith((".", "!", ":", "”", '"')) and len(line.split()) <= 22


def _repeated(lines: Sequence[str], labels: list[Label | None]) -> None:
    """Mark paragraphs that stand in the text a second time."""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if len(line) >= REPEATED and line in seen and labels[index] is None:
            labels[index] = Label(BlockKind.RESIDUE, "residue.repeated")
        seen.add(line)


def _head(lines: Sequence[str], labels: list[Label | None], title: str | None, outlet: str | None) -> None:
    """Mark headline and bylines, and captions before a dateline, among the first paragraphs."""
    _mark_headline(lines, labels, title)
    _mark_bylines(lines, labels, outlet)
    free = [index for index in range(min(HEAD, len(lines))) if labels[index] is None]
    dated = next((index for index in free if dateline_stop(lines[index])), None)
    if dated is None:
        return
    for index in free:
        if index < dated and len(lines[index].split()) >= CAPTION_WORDS:
            labels[index] = Label(BlockKind.RESIDUE, "residue.before-dateline")


def _mark_headline(lines: Sequence[str], labels: list[Label | None], title: str | None) -> None:
    first = next((index for index, one in enumerate(labels[:HEAD]) if one is None), None)
    if title:
        for index, line in enumerate(lines[:3]):
            if is_title(line, title):
                labels[index] = Label(BlockKind.HEADLINE, "headline.title")
                return
    if first is None or dateline_stop(lines[first]) or byline_authors(lines[first]) is not None:
        return
    following = next((lines[i] for i in range(first + 1, len(lines)) if labels[i] is None), None)
    person = is_person_line(lines[first]) and first + 1 < len(lines) and is_desk_line(lines[first + 1], None)
    if not person and looks_like_headline(lines[first], following):
        labels[first] = Label(BlockKind.HEADLINE, "headline.first-line")


def _mark_bylines(lines: Sequence[str], labels: list[Label | None], outlet: str | None) -> None:
    for index in range(min(HEAD, len(lines))):
        line = lines[index]
        if labels[index] is None and byline_authors(line) is not None:
            labels[index] = Label(BlockKind.BYLINE, "byline.by")
        elif labels[index] is None and agency(line):
            labels[index] = Label(BlockKind.CREDIT, "credit.line")
        elif (
            labels[index] is None
            and is_person_line(line)
            and index + 1 < len(lines)
            and is_desk_line(lines[index + 1], outlet)
        ):
            labels[index] = Label(BlockKind.BYLINE, "byline.name")
            labels[index + 1] = Label(BlockKind.BYLINE, "byline.desk")


def _split(article: Article, spans: Sequence[TextSpan], labels: Sequence[Label]) -> list[Block]:
    """Make a block of each paragraph; a dateline before, or a sign-off after, the paragraph becomes its own."""
    blocks: list[Block] = []
    dated = False
    for index, (span, one) in enumerate(zip(spans, labels, strict=True)):
        start, stop = span.start, span.stop
        found = dateline_stop(span.text) if one.kind is BlockKind.BODY and not dated and index < HEAD else None
        if found is not None:
            dated = True
            blocks.append(Block(BlockKind.DATELINE, TextSpan.within(article, start, start + found[0]), rule=found[1]))
            start += found[0]
        signed = SIGN_OFF.search(span.text, len(span.text) - SIGN_OFF_REACH) if one.kind is BlockKind.BODY else None
        if signed is not None:
            stop = span.start + signed.start()
        rest = TextSpan.trimmed(article, start, stop) if start < stop else None
        if rest is not None:
            blocks.append(Block(one.kind, rest, rule=one.rule))
        if signed is not None:
            sign_off = TextSpan.trimmed(article, stop, span.stop)
            if sign_off is not None:
                blocks.append(Block(BlockKind.CREDIT, sign_off, rule="credit.sign-off-in-line"))
    return blocks


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
            found = (block.span.text,) if block.rule == "byline.name" else byline_authors(block.span.text) or ()
            names += [name for name in found if name not in names]
    return tuple(names)


def _credit(article: Article, blocks: Sequence[Block]) -> Name | None:
    """Return the agency of the dateline, else of the byline, else of a line of its own."""
    for kind in (BlockKind.DATELINE, BlockKind.BYLINE):
        for block in blocks:
            found = agency_in(article, block.span.start, block.span.stop) if block.kind is kind else None
            if found is not None:
                return found
    lines = (block for block in blocks if block.kind is BlockKind.CREDIT and block.rule == "credit.line")
    return next((agency_in(article, line.span.start, line.span.stop) for line in lines), None)
