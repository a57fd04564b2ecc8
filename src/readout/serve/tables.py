"""Rows of the record, and the evidence of one record, as the terminal shows them."""

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from readout.record.why import Explanation, FieldWhy

COLUMNS = {
    "statements": ("date", "outlet", "source", "said", "targets", "via", "id"),
    "events": ("date", "outlet", "sources", "code", "targets", "trigger", "id"),
    "actors": ("name", "kind", "country", "sectors", "roles", "statements", "events", "id"),
    "stories": ("first_reported", "title", "articles", "outlets", "claims", "id"),
    "articles": ("published", "outlet", "headline", "statements", "events", "id"),
    "skipped": ("path", "what", "step", "reason"),
}
"""What a terminal has room for; csv and jsonl give every column."""
HEADINGS = {"first_reported": "reported", "statements": "said", "events": "did"}
WHOLE = frozenset(
    {"id", "date", "published", "first_reported", "country", "articles", "outlets", "claims", "statements", "events"}
)
WIDE = {"said": 4, "headline": 4, "title": 4, "name": 2, "reason": 2, "trigger": 2, "roles": 2}
LONGEST_CELL = 160
INDENT = 15


def as_table(table: str, rows: Iterable[object]) -> tuple[Table, int]:
    """Return rows as a table of the columns that fit, and how many rows there are."""
    grid = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    for name in COLUMNS[table]:
        whole = name in WHOLE
        grid.add_column(HEADINGS.get(name, name), no_wrap=whole, ratio=None if whole else WIDE.get(name, 1))
    for row in rows:
        grid.add_row(*(Text(cell_text(cell(row, name))) for name in COLUMNS[table]))
    return grid, grid.row_count


def cell(row: object, name: str) -> object:
    """Return what stands in a column; some columns of the terminal put two fields of the record together."""
    if name == "code":
        factuality = getattr(row, "factuality", "CT+")
        words = (getattr(row, "type", ""), getattr(row, "mode", None), factuality if factuality != "CT+" else None)
        return " ".join(filter(None, words))
    if name == "said":
        return ": ".join(filter(None, (getattr(row, "cue", None), getattr(row, "content", None))))
    if name in {"date", "published", "first_reported"}:
        return str(getattr(row, name) or "")[:10]
    return getattr(row, name)


def cell_text(value: object) -> str:
    """Return a cell as text: lists with commas, nothing for None, long texts cut."""
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_CELL else flat[: LONGEST_CELL - 3] + "..."


def singular(table: str) -> str:
    """Return the name of one row of a table."""
    return "story" if table == "stories" else table.removesuffix("s")


def as_explanation(explanation: Explanation) -> RenderableType:
    """Return the evidence of a record, one field after the other."""
    title = Text(f"{explanation.kind}  {explanation.title}", style="bold")
    return Group(
        title, Text(explanation.id, style="dim"), *(part for one in explanation.fields for part in _field(one))
    )


def _field(field: FieldWhy) -> Iterator[RenderableType]:
    head = Text(f"{field.name:{INDENT}}", style="cyan")
    if field.value is None:
        yield head + Text("empty: ", style="dim") + Text(field.reason or "nothing in the text gives it", style="yellow")
    else:
        yield head + Text(field.value, style="bold")
    if field.context is not None:
        before, words, after = field.context
        where = Text(f"{field.where}  ", style="dim")
        yield _indented(where + Text(before, style="") + Text(words, style="bold yellow") + Text(after, style=""))
    decided = ", ".join(_decision(field))
    if decided:
        yield _indented(Text(decided, style="dim"))


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, INDENT))


def _decision(field: FieldWhy) -> Iterator[str]:
    if field.step:
        yield f"step {field.step}" + (f" {field.version}" if field.version else "")
    if field.rule:
        yield f"rule {field.rule}"
    if field.score is not None:
        yield f"score {field.score:.2f}"
