"""docs/record.md says what the code does."""

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from readout.record import shapes
from readout.record.queries import Filters
from readout.record.reference import with_tables
from readout.record.schema import TABLES, create_statements
from readout.record.store import Store
from record_examples import border_reading, harbour_reading, story_of

PAGE = (Path(__file__).parent.parent / "docs" / "record.md").read_text(encoding="utf-8")
FENCED = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


def section(title: str) -> str:
    """Return the text of a section of the page."""
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_the_list_of_tables_is_up_to_date() -> None:
    assert with_tables(PAGE) == PAGE, "run: python -m readout.record.reference docs/record.md"


def test_every_table_and_column_is_explained() -> None:
    for table in TABLES:
        assert table.doc
        assert all(column.doc for column in table.columns)


def test_the_columns_are_those_that_sqlite_has() -> None:
    connection = sqlite3.connect(":memory:")
    for statement in create_statements():
        connection.execute(statement)
    for table in TABLES:
        found = connection.execute(f"SELECT name, type FROM pragma_table_info('{table.name}')").fetchall()
        assert found == [(column.name, column.type) for column in table.columns]


@pytest.mark.parametrize(
    ("title", "shape"), [("JSON of a reading", shapes.ReadingJson), ("JSON of a story", shapes.StoryJson)]
)
def test_the_keys_of_the_json_are_those_of_the_contract(title: str, shape: Any) -> None:
    block = FENCED.search(section(title))
    assert block is not None
    written = set(re.findall(r'"(\w+)"(?=[:,?}\])]|\s|$)', re.sub(r': "[^"]*"', "", block[2]))) - {"skipped"}
    inherited = keys_of(shapes.ReadingJson) | {"when", "article"} if title == "JSON of a story" else set()
    assert written - {"GOV"} <= keys_of(shape) | inherited
    assert keys_of(shape) - inherited <= written | {"skipped"}


def keys_of(shape: Any) -> set[str]:
    """Return the keys of a typed dictionary and of all that it holds."""
    found: set[str] = set()
    for name, kind in getattr(shape, "__annotations__", {}).items():
        found.add(name)
        for inner in re.findall(r"\w+Json", repr(kind)):
            found |= keys_of(getattr(shapes, inner))
    return found


def test_every_filter_is_listed() -> None:
    listed = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", section("Questions"), re.MULTILINE))))
    assert listed == set(Filters.__dataclass_fields__)


@pytest.mark.parametrize("title", ["Why a field has its value", "Verifying a record"])
def test_the_sql_of_the_page_runs(title: str, tmp_path: Path) -> None:
    first, second = harbour_reading(), border_reading()
    block = next(text for language, text in FENCED.findall(section(title)) if language == "sql")
    with Store(tmp_path / "news.db") as store:
        store.add(first)
        store.add(second)
        store.replace_stories([story_of(first, second)])
        rows = store.connection.execute(block.replace("s-...", first.statements[0].id)).fetchall()
    assert rows
    if title == "Verifying a record":
        assert rows[0][1] == 0


def test_the_python_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Store("news.db") as store:
        store.add(harbour_reading())
    block = next(text for language, text in FENCED.findall(section("The file")) if language == "python")
    exec(block, {})
