"""The brief in the terminal."""

from collections.abc import Iterator

from rich.console import Group as Stack
from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from readout.serve.lines import ArticleLine, Brief, Group, Line, Section, Segment, Style

STYLES = {
    Style.PLAIN: "",
    Style.ACTOR: "bold",
    Style.QUOTE: "",
    Style.HEDGE: "italic yellow",
    Style.MARK: "bold yellow",
    Style.NOTE: "dim",
}


def render(brief: Brief) -> RenderableType:
    """Return the brief as something that a Rich console prints."""
    return Stack(*_parts(brief))


def _parts(brief: Brief) -> Iterator[RenderableType]:
    yield Text(brief.title, style="bold")
    yield Text(" ".join(brief.summary))
    yield Text("")
    yield _articles(brief.articles)
    for section in brief.sections:
        yield Text("")
        yield Rule(Text(section.title, style="bold cyan"), align="left", style="cyan")
        yield from _groups(section)


def _articles(articles: tuple[ArticleLine, ...]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for _ in range(4):
        table.add_column(overflow="fold")
    for article in articles:
        credit = f", {article.credit}" if article.credit else ""
        table.add_row(
            Text(article.letter, style="bold cyan"),
            Text(article.outlet + credit),
            Text(article.headline, style="italic"),
            Text(f"{article.published}{', copy' if article.role == 'copy' else ''}", style="dim"),
        )
    return table


def _groups(section: Section) -> Iterator[RenderableType]:
    for index, group in enumerate(section.groups):
        if index and group.heading:
            yield Text("")
        if group.heading:
            yield _heading(group)
        for line in group.lines:
            yield Padding(_line(line, gap=section.key == "happened"), (0, 0, 0, 2 if group.heading else 0))


def _heading(group: Group) -> Text:
    text = Text(group.heading, style="bold")
    if group.aside:
        text.append(f"  {group.aside}", style="dim")
    return text


def _line(line: Line, *, gap: bool) -> RenderableType:
    body = _segments(line.segments)
    if line.cites:
        body.append(" [" + " ".join(map(str, line.cites)) + "]", style="cyan")
    notes = [Padding(_segments(note), (0, 0, 0, 4)) for note in line.notes]
    return Stack(Text("• ") + body, *notes, *([Text("")] if gap else []))


def _segments(segments: tuple[Segment, ...]) -> Text:
    text = Text()
    for segment in segments:
        text.append(segment.text, style=STYLES[segment.style])
    return text
