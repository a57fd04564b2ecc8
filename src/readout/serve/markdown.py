"""The brief as Markdown."""

import re
from collections.abc import Iterator

from readout.serve.lines import Brief, Group, Line, Section, Segment, Style

SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def render(brief: Brief) -> str:
    """Return the brief as a Markdown document; everything that comes from articles is escaped."""
    return "\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {escape(brief.title)}"
    yield ""
    yield escape(" ".join(brief.summary))
    yield ""
    yield "| | outlet | headline | published |"
    yield "| --- | --- | --- | --- |"
    for article in brief.articles:
        outlet = escape(article.outlet + (f", {article.credit}" if article.credit else ""))
        headline = (
            f"[{escape(article.headline)}](<{article.url}>)" if _is_link(article.url) else escape(article.headline)
        )
        yield f"| {article.letter} | {outlet} | {headline} | {escape(article.published)} |"
    for section in brief.sections:
        yield from _section(section)


def _is_link(url: str) -> bool:
    return url.startswith(("https://", "http://")) and not set(url) & set("<> \n")


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"## {section.title}"
    for group in section.groups:
        yield ""
        yield from _group(group)


def _group(group: Group) -> Iterator[str]:
    if group.heading:
        aside = f" ({escape(group.aside)})" if group.aside else ""
        yield f"### {escape(group.heading)}{aside}"
        yield ""
    for line in group.lines:
        yield from _line(line)


def _line(line: Line) -> Iterator[str]:
    cites = " [" + " ".join(map(str, line.cites)) + "]" if line.cites else ""
    yield f"- {_segments(line.segments)}{escape(cites)}"
    for note in line.notes:
        yield f"  - {_segments(note)}"


def _segments(segments: tuple[Segment, ...]) -> str:
    return "".join(_styled(segment) for segment in segments)


def _styled(segment: Segment) -> str:
    marks = {Style.ACTOR: "**", Style.MARK: "**", Style.HEDGE: "*"}
    text = escape(segment.text)
    mark = marks.get(segment.style)
    core = text.strip()
    if not mark or not core:
        return text
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}{mark}{core}{mark}{trail}"


def escape(text: str) -> str:
    """Escape what Markdown and its HTML would read as markup; line breaks become spaces."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split("\n")))
