"""Write the part of docs/record.md that follows from the code: every table with its columns.

`python -m readout.record.reference docs/record.md` brings the page up to date.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from readout.record.columns import Column, Table
from readout.record.schema import TABLES

BEGIN, END = "<!-- tables: generated -->", "<!-- tables: end -->"


def tables_markdown() -> str:
    """Return every table of the record with what its columns mean."""
    return "\n\n".join("\n".join(_table(table)) for table in TABLES)


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.name}"
    yield ""
    yield f"{table.doc}."
    if table.search:
        yield f"Full-text search in `{table.name}_fts` over {_names(table.search)}."
    yield ""
    yield "| column | type | meaning |"
    yield "| --- | --- | --- |"
    for column in table.columns:
        yield f"| `{column.name}` | {_type(column, table)} | {_meaning(column)} |"


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _type(column: Column, table: Table) -> str:
    kind = column.type.lower()
    if column.name in table.key:
        return f"{kind}, key"
    return kind if column.required else f"{kind}?"


def _meaning(column: Column) -> str:
    return f"{column.doc} → [{column.points_to}](#{column.points_to})" if column.points_to else column.doc


def with_tables(page: str) -> str:
    """Return the page with its list of tables brought up to date."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables_markdown()}\n\n{END}{after}"


def main(path: str) -> None:
    """Bring a page up to date."""
    page = Path(path)
    page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
