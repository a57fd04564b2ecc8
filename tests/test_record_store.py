"""The store gives back what it was given, once, whole, and refuses what contradicts itself."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from readout.errors import BadRecord, NoSuchStore, StoreError, StoreLocked, StoreOfAnotherVersion
from readout.provenance import Skipped
from readout.record.schema import APPLICATION_ID, VERSION
from readout.record.store import Store
from readout.records import Name, Reading
from record_examples import border_reading, harbour_reading, story_of


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


def dump(path: Path) -> list[str]:
    """Return everything the file holds, as SQL."""
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("reading", [harbour_reading(), border_reading()], ids=["every field", "few fields"])
def test_a_reading_comes_back_exactly(path: Path, reading: Reading) -> None:
    with Store(path) as store:
        store.add(reading)
    with Store(path) as store:
        assert store.reading(reading.article.id) == reading


def test_readings_come_back_in_the_order_in_which_they_came(path: Path) -> None:
    readings = [border_reading(), harbour_reading()]
    with Store(path) as store:
        for reading in readings:
            store.add(reading)
        assert list(store.readings()) == readings
        assert list(store.readings([readings[1].article.id, "a-unknown"])) == [readings[1]]


def test_reading_twice_changes_nothing(path: Path) -> None:
    with Store(path) as store:
        assert store.add(harbour_reading())
        store.note_skipped(Skipped("x.pdf", "collect@1", "it is not text"), "x.pdf")
    before = dump(path)
    with Store(path) as store:
        assert not store.add(harbour_reading())
        store.note_skipped(Skipped("x.pdf", "collect@1", "it is not text"), "x.pdf")
    assert dump(path) == before


def test_stories_come_back_exactly_and_replace_each_other(path: Path) -> None:
    first, second = harbour_reading(), border_reading()
    story = story_of(first, second)
    with Store(path) as store:
        store.add(first)
        store.add(second)
        store.replace_stories([replace(story, title="An older grouping")])
        store.replace_stories([story])
        assert list(store.stories()) == [story]
        store.replace_stories([])
        assert list(store.stories()) == []


def test_stories_that_cannot_be_stored_leave_the_old_ones(path: Path) -> None:
    first, second = harbour_reading(), border_reading()
    story = story_of(first, second)
    with Store(path) as store:
        store.add(first)
        store.add(second)
        store.replace_stories([story])
        with pytest.raises(BadRecord):
            store.replace_stories([story, story])
        assert list(store.stories()) == [story]


def test_an_actor_adds_up_over_articles_and_its_conflicts_are_kept(path: Path) -> None:
    with Store(path) as store:
        store.add(harbour_reading())
        store.add(border_reading())
        query = "SELECT country, articles, mentions, statements, events, conflicts FROM actors WHERE id = 'actor:renn'"
        assert store.connection.execute(query).fetchone() == ("NOV", 2, 3, 3, 1, '["country"]')
        query = (
            "SELECT value, articles FROM actor_conflicts WHERE actor = 'actor:renn' AND field = 'country' ORDER BY 1"
        )
        assert store.connection.execute(query).fetchall() == [("NOV", 1), ("NVA", 1)]
        query = "SELECT count(*) FROM roles WHERE actor = 'actor:renn' AND title = 'foreign minister'"
        assert store.connection.execute(query).fetchone() == (2,)


def test_a_value_that_an_earlier_article_lacked_is_filled_in(path: Path) -> None:
    bare = border_reading()
    marr, ada = bare.actors
    bare = replace(bare, actors=(marr, replace(ada, country=None, sectors=())))
    with Store(path) as store:
        store.add(bare)
        store.add(harbour_reading())
        query = "SELECT country, sectors, conflicts FROM actors WHERE id = 'actor:renn'"
        assert store.connection.execute(query).fetchone() == ("NOV", '["GOV"]', "[]")


def test_sectors_add_up_and_contradict_only_when_each_side_has_its_own(path: Path) -> None:
    sectors = [("GOV",), ("GOV", "PTY"), ("MIL",)]
    found = []
    with Store(path) as store:
        for place, given in enumerate(sectors):
            reading = border_reading(outlet=f"Post {place}")
            marr, ada = reading.actors
            store.add(replace(reading, actors=(marr, replace(ada, country="NOV", sectors=given))))
            query = "SELECT sectors, conflicts FROM actors WHERE id = 'actor:renn'"
            found.append(store.connection.execute(query).fetchone())
    assert found == [('["GOV"]', "[]"), ('["GOV", "PTY"]', "[]"), ('["GOV", "PTY", "MIL"]', '["sectors"]')]


def test_summary_counts_what_the_tables_hold(path: Path) -> None:
    with Store(path) as store:
        store.add(harbour_reading())
        store.add(border_reading())
        rows = store.connection.execute("SELECT record, field, value, count FROM summary").fetchall()
        counts = {(record, field, value): count for record, field, value, count in rows}
        assert counts["articles", "all", ""] == 2
        assert counts["events", "type", "REQUEST"] == 1
        assert counts["statements", "kind", "direct"] == 2
        for table in ("articles", "statements", "events", "mentions", "skipped"):
            held = store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            assert counts[table, "all", ""] == held


def test_a_failure_in_the_middle_leaves_nothing_of_the_article(path: Path) -> None:
    reading = harbour_reading()
    with Store(path) as store:
        store.connection.execute(
            "CREATE TEMP TRIGGER fail BEFORE INSERT ON evidence BEGIN SELECT raise(ABORT, 'disk on fire'); END"
        )
        with pytest.raises(BadRecord, match="disk on fire"):
            store.add(reading)
        assert store.article_ids() == []
        store.connection.execute("DROP TRIGGER temp.fail")
        assert store.add(reading)


def test_two_records_with_one_id_are_refused(path: Path) -> None:
    reading = harbour_reading()
    twice = replace(reading, statements=(*reading.statements, reading.statements[0]))
    with Store(path) as store, pytest.raises(BadRecord, match="two rows of statements have the id"):
        store.add(twice)


def test_a_pointer_to_nothing_is_refused(path: Path) -> None:
    reading = harbour_reading()
    with Store(path) as store:
        store.add(border_reading())
        with pytest.raises(BadRecord, match="holds 'actor:renn', which the reading does not have"):
            store.add(replace(reading, actors=reading.actors[:-1]))


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"], ids=["NUL", "lone surrogate"])
def test_a_text_that_sqlite_counts_differently_is_refused(path: Path, text: str) -> None:
    reading = harbour_reading()
    with Store(path) as store, pytest.raises(BadRecord, match="NUL"):
        store.add(Reading(replace(reading.article, text=text, blocks=(), headline=None, dateline=None, credit=None)))


def test_a_headline_from_metadata_has_no_position(path: Path) -> None:
    reading = border_reading()
    reading = replace(reading, article=replace(reading.article, headline=Name("Elsewhere")))
    with Store(path) as store:
        store.add(reading)
        assert store.reading(reading.article.id) == reading


def test_a_file_name_that_is_not_utf8_is_stored_legibly(path: Path) -> None:
    reading = border_reading()
    odd = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    with Store(path) as store:
        store.add(replace(reading, article=replace(reading.article, path=odd)))
        store.note_skipped(Skipped(odd, "collect@1", "empty"), odd)
        assert store.connection.execute("SELECT path FROM articles").fetchone() == ("caf\\udce9.txt",)


def test_another_process_can_read_while_one_writes(path: Path) -> None:
    with Store(path) as writer, Store(path) as reader:
        writer.add(harbour_reading())
        writer.connection.execute("BEGIN IMMEDIATE")
        assert len(reader.article_ids()) == 1


def test_a_locked_record_is_said_to_be_locked(path: Path) -> None:
    with Store(path) as first, Store(path, wait=0.05) as second:
        first.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match="locked by another process"):
            second.add(harbour_reading())
        first.connection.execute("ROLLBACK")
        assert second.add(harbour_reading())


def test_a_file_of_another_program_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (title TEXT)")
    before = path.read_bytes()
    with pytest.raises(StoreOfAnotherVersion, match="another program"):
        Store(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.write_text("Dear diary, " * 100)
    with pytest.raises(StoreOfAnotherVersion, match="not an SQLite file"):
        Store(path)
    assert path.read_text().startswith("Dear diary")


def test_a_record_of_a_newer_version_is_refused(path: Path) -> None:
    Store(path).close()
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(StoreOfAnotherVersion, match="install a newer Readout"):
        Store(path)


def test_a_record_that_is_only_read_must_be_there(path: Path) -> None:
    with pytest.raises(NoSuchStore, match="There is no record"):
        Store(path, create=False)
    assert not path.exists()


def test_a_folder_that_is_not_there_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written: unable to open database file"):
        Store(tmp_path / "no" / "such" / "folder" / "record.db")


def test_the_file_says_that_it_is_a_record(path: Path) -> None:
    with Store(path) as store:
        assert store.connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert store.connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert store.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
