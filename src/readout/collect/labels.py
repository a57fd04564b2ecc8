"""Say what each line of an article is, by its words, its place and its neighbours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from readout.collect.bylines import byline_authors, is_desk_line, is_people_line, is_person_line
from readout.collect.credits import agency, credit_rules, is_credit
from readout.collect.datelines import dateline_stop
from readout.collect.headlines import is_title, looks_like_headline
from readout.collect.rules import LineRule, plain_words, residue_rules
from readout.records import BlockKind

NAME = re.compile(r"\A[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)+")
HEAD = 8  # paragraphs in which headline, byline and dateline are looked for
TAIL = 6  # paragraphs in which sign-offs and authors' notes are looked for
CAPTION_WORDS = 8
LINK_WORDS = 22
REPEATED = 80  # characters; a shorter line may well stand twice in a report


@dataclass(frozen=True, slots=True)
class Label:
    """What a paragraph is, and the rule that says so."""

    kind: BlockKind
    rule: str


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
    """Is the line a sentence of the report after all: it says more than names, or speaks of somebody named before?"""
    if rule.names_only:
        return not is_credit(line)
    if rule.not_after_quote:
        return index > 0 and names.lines[index - 1].endswith(("”", '"', "’", "'"))
    if not rule.unmentioned:
        return False
    leading = NAME.match(line)
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
    """Does the line stand between two links near the end of the text, or after the last of several such pairs?"""
    if 2 * index < len(lines) or not _is_link(lines[index - 1]):
        return False
    if index + 1 < len(lines):
        return _is_link(lines[index + 1])
    return index >= 3 and _is_link(lines[index - 3]) and not _is_link(lines[index - 2])


def _is_link(line: str) -> bool:
    half = len(line) // 2
    if line[:half].strip() == line[-half:].strip():
        return True  # a link whose text stands twice: once for the picture, once for the title
    return not line.endswith((".", "!", ":", "”", '"')) and len(line.split()) <= LINK_WORDS


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
    before = [index for index in free if index < dated and len(lines[index].split()) >= CAPTION_WORDS]
    if len(before) == 1:  # two or more are a report with its own beginning, before that of an agency
        labels[before[0]] = Label(BlockKind.RESIDUE, "residue.before-dateline")


def _mark_headline(lines: Sequence[str], labels: list[Label | None], title: str | None) -> None:
    first = next((index for index, one in enumerate(labels[:HEAD]) if one is None), None)
    if title:
        for index, line in enumerate(lines[:3]):
            if is_title(line, title):
                labels[index] = Label(BlockKind.HEADLINE, "headline.title")
                return
    if first is None or dateline_stop(lines[first]) or byline_authors(lines[first]) is not None:
        return
    rest = (lines[index] for index in range(first + 1, len(lines)) if labels[index] is None)
    following = next((line for line in rest if byline_authors(line) is None), None)
    person = is_person_line(lines[first]) and first + 1 < len(lines) and is_desk_line(lines[first + 1], None)
    if not person and looks_like_headline(lines[first], following):
        labels[first] = Label(BlockKind.HEADLINE, "headline.first-line")


def _mark_bylines(lines: Sequence[str], labels: list[Label | None], outlet: str | None) -> None:
    for index in range(min(HEAD, len(lines))):
        line = lines[index]
        if labels[index] is None and byline_authors(line) is not None:
            labels[index] = Label(BlockKind.BYLINE, "byline.by")
        elif labels[index] is None and is_people_line(line) and index + 1 < len(lines):
            labels[index] = Label(BlockKind.BYLINE, "byline.names")
        elif labels[index] is None and agency(line):
            labels[index] = Label(BlockKind.CREDIT, "credit.line")
        elif labels[index] is None and line == outlet:
            labels[index] = Label(BlockKind.BYLINE, "byline.desk")
        elif (
            labels[index] is None
            and is_person_line(line)
            and index + 1 < len(lines)
            and is_desk_line(lines[index + 1], outlet)
        ):
            labels[index] = Label(BlockKind.BYLINE, "byline.name")
            labels[index + 1] = Label(BlockKind.BYLINE, "byline.desk")
