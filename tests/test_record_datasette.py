"""A record opens in Datasette, with descriptions, facets and search."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette  # type: ignore[import-untyped]

from readout.record.datasette import LABELS, ORDER, QUERIES, datasette_metadata, write_metadata
from readout.record.schema import BY_NAME
from readout.record.store import Store
from record_examples import border_reading, harbour_reading, story_of


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("record") / "news.db"
    first, second = harbour_reading(), border_reading()
    with Store(path) as store:
        store.add(first)
        store.add(second)
        store.replace_stories([story_of(first, second)])
    return path


def get(record: Path, url: str, *, described: bool = True) -> Any:
    """Return what Datasette answers to a request for JSON."""
    metadata = datasette_metadata("news") if described else None

    async def ask() -> Any:
        return await Datasette([str(record)], metadata=metadata).client.get(url)

    response = asyncio.run(ask())
    assert response.status_code == 200, response.text
    return response.json() if ".json" in url else response.text


def test_tables_are_listed_and_search_tables_are_hidden(record: Path) -> None:
    tables = {table["name"]: table for table in get(record, "/news.json")["tables"]}
    assert tables["statements"]["count"] == 4
    assert not tables["statements"]["hidden"]
    assert tables["statements_fts"]["hidden"]


@pytest.mark.parametrize("described", [True, False], ids=["with metadata", "the file alone"])
@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("articles.json?_search=newsletter", ("outlet", "The Alde Courier")),
        ("statements.json?_search=closing", ("source_name", "Ilo Marr")),
        ("events.json?_search=soldiers", ("type", "MOBILIZE")),
        ("actors.json?_search=marr", ("name", "Ilo Marr")),
        ("stories.json?_search=reopening", ("outlets", 2)),
    ],
)
def test_search_finds_the_row(record: Path, search: str, found: tuple[str, object], described: bool) -> None:
    column, value = found
    rows = get(record, f"/news/{search}&_shape=array", described=described)
    assert [row[column] for row in rows] == [value]


@pytest.mark.parametrize(
    ("table", "facet", "counts"),
    [
        ("articles", "outlet", {"The Alde Courier": 1, "Estmark Post": 1}),
        ("events", "type", {"REQUEST": 1, "MOBILIZE": 1, "REJECT": 1}),
        ("events", "factuality", {"CT+": 2, "PR+": 1}),
        ("events", "outlet", {"The Alde Courier": 2, "Estmark Post": 1}),
        ("statements", "outlet", {"The Alde Courier": 2, "Estmark Post": 2}),
        ("statements", "source_country", {"NOV": 2, "EST": 1, "NVA": 1}),
        ("who_said_what", "country", {"NOV": 2, "EST": 1, "NVA": 1}),
        ("who_did_what_to_whom", "type", {"REQUEST": 1, "MOBILIZE": 1, "REJECT": 1}),
        ("actors", "country", {"NOV": 3, "EST": 2}),
    ],
)
def test_facets_count_the_rows(record: Path, table: str, facet: str, counts: dict[str, int]) -> None:
    facets = get(record, f"/news/{table}.json")["facet_results"]
    assert {one["value"]: one["count"] for one in facets[facet]["results"]} == counts


@pytest.mark.parametrize(
    ("search", "content"),
    [
        ("who_said_what.json?_search=closing", "the harbour of Port Alde will stay closed"),
        ("who_did_what_to_whom.json?_search=reject", None),
    ],
)
def test_the_views_to_read_are_searched(record: Path, search: str, content: str | None) -> None:
    (row,) = get(record, f"/news/{search}&_shape=array")
    assert row.get("content") == content


def test_a_statement_leads_to_its_article_and_its_source(record: Path) -> None:
    page = get(record, "/news/statements")
    assert f'<a href="/news/articles/{border_reading().article.id}">Estmark rejects Norvian appeal</a>' in page
    assert '<a href="/news/actors/actor~3Arenn">Ada Renn</a>' in page


@pytest.mark.parametrize("name", QUERIES)
def test_questions_to_start_from_are_answered(record: Path, name: str) -> None:
    evidence = harbour_reading().statements[0].id
    values = f"name=Renn&one=Renn&other=Estmark&record={evidence}"
    assert get(record, f"/news/{name}.json?_shape=array&{values}")


def test_metadata_names_only_what_the_record_has() -> None:
    for table, column in [*LABELS.items(), *((table, next(iter(order.values()))) for table, order in ORDER.items())]:
        assert column in BY_NAME[table].names
    for definition in BY_NAME.values():
        assert {*definition.facets, *definition.search} <= set(definition.names)


def test_metadata_is_written_for_the_name_of_the_file(tmp_path: Path) -> None:
    write_metadata("some/where/march.db", tmp_path / "metadata.json")
    assert list(json.loads((tmp_path / "metadata.json").read_text())["databases"]) == ["march"]
