"""A record of an older version is moved on, all at once."""

import sqlite3
from pathlib import Path

import pytest

from readout.record.migrations import MIGRATIONS, bring_up_to_date
from readout.record.schema import VERSION
from readout.record.store import Store
from record_examples import harbour_reading

STEPS = {
    VERSION + 1: ["ALTER TABLE articles ADD COLUMN section TEXT"],
    VERSION + 2: ["CREATE INDEX articles_section ON articles(section)"],
}


@pytest.fixture
def old(tmp_path: Path) -> sqlite3.Connection:
    with Store(tmp_path / "record.db") as store:
        store.add(harbour_reading())
    return sqlite3.connect(tmp_path / "record.db", isolation_level=None)


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_a_step_for_every_version_after_the_first() -> None:
    assert set(MIGRATIONS) == set(range(2, VERSION + 1))


def test_an_older_record_is_moved_on_step_by_step(old: sqlite3.Connection) -> None:
    bring_up_to_date(old, "record.db", version=VERSION + 2, migrations=STEPS)
    assert version(old) == VERSION + 2
    assert old.execute("SELECT section FROM articles").fetchall() == [(None,)]


def test_a_record_of_version_1_gets_the_columns_of_a_new_one(old: sqlite3.Connection) -> None:
    columns = old.execute("PRAGMA table_info(events)").fetchall()
    old.execute("DROP VIEW who_did_what_to_whom")
    old.execute("ALTER TABLE events DROP COLUMN cameo")
    view = "CREATE VIEW who_did_what_to_whom AS SELECT id FROM events"
    old.execute(view)
    old.execute("PRAGMA user_version = 1")
    bring_up_to_date(old, "record.db")
    assert old.execute("PRAGMA table_info(events)").fetchall() == columns
    assert "cameo" in [row[1] for row in old.execute("PRAGMA table_info(who_did_what_to_whom)")]


def test_a_step_that_fails_leaves_the_record_as_it_was(old: sqlite3.Connection) -> None:
    broken = {**STEPS, VERSION + 2: ["CREATE INDEX broken ON nowhere(section)"]}
    with pytest.raises(sqlite3.OperationalError):
        bring_up_to_date(old, "record.db", version=VERSION + 2, migrations=broken)
    assert version(old) == VERSION
    assert "section" not in [row[1] for row in old.execute("PRAGMA table_info(articles)")]
