"""Questions to the record: filters that readers need, and rows as CSV and JSON lines."""

import csv
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from readout.errors import UsageError
from readout.provenance import Skipped
from readout.record.queries import QUESTIONS, Filters, columns, rows, search_expression, write_csv, write_jsonl
from readout.record.store import Store
from record_examples import border_reading, harbour_reading, story_of


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    first, second = harbour_reading(), border_reading()
    path: Path = tmp_path_factory.mktemp("record") / "record.db"
    with Store(path) as store:
        store.add(first)
        store.add(second)
        store.replace_stories([story_of(first, second)])
        store.note_skipped(Skipped("scan.pdf", "collect@1", "it is not text"), "scan.pdf")
        yield store


def found(store: Store, table: str, column: str, **filters: object) -> list[object]:
    """Return one column of the answer."""
    return [getattr(row, column) for row in rows(store, table, Filters(**filters))]  # type: ignore[arg-type]


def test_statements_show_who_said_what_to_whom(store: Store) -> None:
    row = next(row for row in rows(store, "statements") if row.targets)  # type: ignore[union-attr]
    assert (row.date, row.outlet, row.source, row.cue, row.content, row.targets, row.via) == (  # type: ignore[union-attr]
        "2021-03-02",
        "The Alde Courier",
        "Ada Renn",
        "told",
        "We cannot wait any longer,",
        ("Estmark's ambassador",),
        ("Foreign Ministry of Norvia",),
    )


def test_events_show_who_did_what_to_whom(store: Store) -> None:
    (row,) = rows(store, "events", Filters(type="request"))
    assert (row.sources, row.mode, row.targets, row.trigger) == (  # type: ignore[union-attr]
        ("Ada Renn", "Norvia"),
        "change-policy",
        ("Estmark",),
        "asked",
    )
    assert row.sentence.startswith("PORT ALDE")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("filters", "sources"),
    [
        ({"actor": "renn"}, {"Ada Renn"}),
        ({"actor": "actor:marr"}, {"Ilo Marr"}),
        ({"actor": "foreign ministry"}, {"Ada Renn"}),  # relayed the words
        ({"country": "est"}, {"Ilo Marr"}),
        ({"type": "indirect"}, {"Ilo Marr"}),
        ({"outlet": "courier"}, {"Ada Renn"}),
        ({"text": "closed"}, {"Ilo Marr"}),
        ({"text": '"stay closed" harbour'}, {"Ilo Marr"}),
        ({"text": '"closed stay"'}, set()),
        ({"since": "2021-03-05"}, {"Ilo Marr", "Ada Renn"}),
        ({"until": "2021-03-02"}, {"Ada Renn"}),
        ({"since": "2022"}, set()),
        ({"since": "2021-03", "until": "2021-03", "type": "indirect"}, {"Ilo Marr"}),
        ({"actor": "nobody"}, set()),
    ],
)
def test_statements_are_filtered(store: Store, filters: dict[str, str], sources: set[str]) -> None:
    assert set(found(store, "statements", "source", **filters)) == sources


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        ({"actor": "Estmark"}, ["REQUEST", "MOBILIZE"]),
        ({"country": "NOV"}, ["REQUEST"]),
        ({"type": "mobilize"}, ["MOBILIZE"]),
        ({"text": "soldier"}, ["MOBILIZE"]),
        ({"text": "reject"}, ["REJECT"]),
        ({"limit": 1}, ["REQUEST"]),
    ],
)
def test_events_are_filtered(store: Store, filters: dict[str, str], types: list[str]) -> None:
    assert found(store, "events", "type", **filters) == types


def test_actors_show_their_roles_and_conflicts(store: Store) -> None:
    (row,) = rows(store, "actors", Filters(actor="renn"))
    assert (row.roles, row.conflicts, row.mentions) == (("foreign minister", "mayor"), ("country",), 3)  # type: ignore[union-attr]


def test_actors_are_found_by_title(store: Store) -> None:
    assert found(store, "actors", "name", text="foreign minister") == ["Ada Renn"]
    assert found(store, "actors", "name", text="Marr") == ["Ilo Marr"]


@pytest.mark.parametrize("filters", [{"actor": "Marr"}, {"country": "EST"}, {"outlet": "post"}, {"text": "canal"}])
def test_a_story_is_found_through_its_articles(store: Store, filters: dict[str, str]) -> None:
    assert found(store, "stories", "title", **filters) == ["Norvia asks Estmark to reopen harbour"]
    assert found(store, "stories", "articles") == [2]
    assert found(store, "stories", "title", since="2022") == []


def test_articles_are_filtered(store: Store) -> None:
    assert found(store, "articles", "outlet", actor="Marr") == ["Estmark Post"]
    assert found(store, "articles", "outlet", text="newsletter") == ["The Alde Courier"]
    assert found(store, "articles", "outlet", until="2021-03-04") == ["The Alde Courier"]


def test_skipped_lists_inputs_before_parts_of_articles(store: Store) -> None:
    assert found(store, "skipped", "what") == ["scan.pdf", "Sign up for our newsletter", "a picture"]
    assert found(store, "skipped", "path", text="residue") == ["news/courier.txt"]


@pytest.mark.parametrize("words", ["peace-plan", 'a "b', "NEAR(", "*", "'", '"', "", "col:umn", "AND", "\N{SNOWMAN}"])
def test_no_search_text_is_a_syntax_error(store: Store, words: str) -> None:
    assert found(store, "statements", "id", text=words) == []


def test_search_words_are_quoted() -> None:
    assert search_expression('peace-plan "cease fire" now') == '"peace-plan" "cease fire" "now"'


@pytest.mark.parametrize(
    "words", ['"' + "a " * 50_000, '" ' * 50_000, '"' * 100_000, 'a"' * 50_000, " " * 100_000], ids=range(5)
)
def test_reading_search_words_takes_no_time_on_hostile_text(words: str) -> None:
    def seconds() -> float:
        started = time.process_time()
        search_expression(words)
        return time.process_time() - started

    assert min(seconds() for _ in range(5)) < 0.05


def test_many_search_words_are_searched(store: Store) -> None:
    assert len(found(store, "statements", "id", text="wait " * 1000)) == 3


def test_a_filter_that_a_table_lacks_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="skipped cannot be filtered by actor"):
        rows(store, "skipped", Filters(actor="x"))
    with pytest.raises(UsageError, match="no table 'people'"):
        rows(store, "people")


@pytest.mark.parametrize("day", ["yesterday", "27.01.2022", "2022-1-7", ""])
def test_a_date_that_is_none_is_refused(store: Store, day: str) -> None:
    with pytest.raises(UsageError, match="is not a date"):
        rows(store, "events", Filters(since=day))


@pytest.mark.parametrize("table", QUESTIONS)
def test_every_table_is_written_as_csv_and_json_lines(store: Store, table: str) -> None:
    text, lines = io.StringIO(), io.StringIO()
    write_csv(rows(store, table), text, table=table)
    write_jsonl(rows(store, table), lines)
    from_csv = list(csv.DictReader(io.StringIO(text.getvalue())))
    from_json = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert tuple(from_csv[0]) == tuple(from_json[0]) == columns(table)
    assert len(from_csv) == len(from_json) == len(list(rows(store, table)))


def test_an_empty_answer_still_names_its_columns(store: Store) -> None:
    text = io.StringIO()
    write_csv(rows(store, "events", Filters(type="NONE")), text, table="events")
    assert text.getvalue().startswith("date,outlet,sources,type,")


def test_lists_are_one_cell_in_a_table_and_a_list_in_json(store: Store) -> None:
    lines = io.StringIO()
    write_jsonl(rows(store, "events", Filters(type="REQUEST")), lines)
    assert json.loads(lines.getvalue())["sources"] == ["Ada Renn", "Norvia"]
    text = io.StringIO()
    write_csv(rows(store, "events", Filters(type="REQUEST")), text, table="events")
    (row,) = csv.DictReader(io.StringIO(text.getvalue()))
    assert row["sources"] == "Ada Renn; Norvia"
