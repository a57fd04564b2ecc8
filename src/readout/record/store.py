"""Keep readings and stories in one SQLite file: one transaction per article, and nothing twice."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from readout.errors import BadRecord, NoSuchStore, StoreError, StoreLocked, StoreOfAnotherVersion
from readout.provenance import Skipped
from readout.record.checks import check_reading
from readout.record.migrations import bring_up_to_date, is_current
from readout.record.readings import read_reading
from readout.record.rows import Rows, reading_rows, skipped_row
from readout.record.schema import BY_NAME
from readout.record.stories import read_stories, story_rows
from readout.record.story_tables import STORY_TABLES
from readout.record.totals import add_actors, add_counts, add_skipped_input
from readout.records import Reading, Story

OLDEST_SQLITE = (3, 37)  # STRICT tables
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
COUNTED = ("articles", "mentions", "statements", "events", "skipped")
SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",  # a killed process loses nothing; a power cut at most the last articles
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -65536",  # 64 MiB
    "PRAGMA wal_autocheckpoint = 8192",  # 32 MiB: pages that many articles touch are copied back once
)


class Store:
    """A record file. Use it as a context manager; several can read while one writes."""

    def __init__(self, path: str | Path, *, create: bool = True, wait: float = 5.0) -> None:
        """Open the record, or make it; `wait` is how many seconds to wait for another process that writes."""
        self.path = str(path)
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise StoreError(f"SQLite 3.37 or newer is needed; this Python has {sqlite3.sqlite_version}.")
        if not create and not Path(path).is_file():
            raise NoSuchStore(self.path)
        self.connection = self._open(wait)

    def __enter__(self) -> "Store":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def has(self, article_id: str) -> bool:
        """Is this article in the record?"""
        query = "SELECT 1 FROM articles WHERE id = ?"
        return self.connection.execute(query, (article_id,)).fetchone() is not None

    def article_ids(self) -> list[str]:
        """Return the ids of all articles, in the order in which they came in."""
        return [row[0] for row in self.connection.execute("SELECT id FROM articles ORDER BY rowid")]

    def add(self, reading: Reading) -> bool:
        """Put a reading into the record, all of it or nothing; False when its article is there already."""
        if self.has(reading.article.id):
            return False
        rows = reading_rows(reading)
        check_reading(reading, rows)
        with self._transaction(f"The reading of article {reading.article.id}"):
            if self.has(reading.article.id):  # another process added it since
                return False
            self._insert(rows)
            add_actors(self.connection, reading)
            add_counts(self.connection, reading)
        return True

    def reading(self, article_id: str) -> Reading | None:
        """Return the reading of one article, as it was added."""
        return read_reading(self.connection, article_id)

    def readings(self, ids: Iterable[str] | None = None) -> Iterator[Reading]:
        """Yield readings as they were added: of all articles, or of these (those that the record has)."""
        for article_id in self.article_ids() if ids is None else ids:
            reading = self.reading(article_id)
            if reading is not None:
                yield reading

    def counts(self) -> dict[str, int]:
        """Return how many rows the tables that people ask for hold."""
        query = "SELECT record, count FROM summary WHERE field = 'all'"
        kept = dict.fromkeys(COUNTED, 0) | dict(self.connection.execute(query).fetchall())
        for table in ("actors", "stories", "claims"):
            kept[table] = self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return kept

    def note_skipped(self, skipped: Skipped, path: str | None = None) -> None:
        """Note an input that gave no article (its path, if not `what`); the same again changes nothing."""
        path = skipped.what if path is None else path
        with self._transaction(f"The note on {path}"):
            row = skipped_row(skipped, 0, path=path)
            insert = BY_NAME["skipped"].insert().replace("INSERT", "INSERT OR IGNORE", 1)
            if self.connection.execute(insert, row).rowcount:
                add_skipped_input(self.connection)

    def stories(self) -> Iterator[Story]:
        """Yield the stories of the record, in their order."""
        return read_stories(self.connection)

    def replace_stories(self, stories: Iterable[Story]) -> None:
        """Put these stories in the place of those that the record has, all of them or none."""
        with self._transaction("The stories"):
            self._drop_stories()
            for n, story in enumerate(stories):
                rows: Rows = {}
                for table, row in story_rows(story, n, outlets=self._outlets(story), when_article=self._when_at(story)):
                    rows.setdefault(table, []).append(row)
                self._insert(rows)

    def _open(self, wait: float) -> sqlite3.Connection:
        """Return a connection to a record of our version; none is left open when that fails."""
        with ExitStack() as opened:
            try:
                connection = sqlite3.connect(self.path, timeout=wait, isolation_level=None)
                opened.callback(connection.close)
                is_current(connection, self.path)  # before a setting is written into a file that is not ours
                for setting in SETTINGS:
                    connection.execute(setting)
                bring_up_to_date(connection, self.path)
            except sqlite3.DatabaseError as error:
                raise self._explain(error) from error
            opened.pop_all()
        return connection

    def _explain(self, error: sqlite3.DatabaseError) -> Exception:
        """Return the error that says in our words what SQLite reports; the same error when it says nothing else."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in BUSY:
            return StoreLocked(self.path)
        if code == sqlite3.SQLITE_NOTADB:
            return StoreOfAnotherVersion(self.path, "it is not an SQLite file")
        if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL):
            return StoreError(f"The record {self.path} cannot be written: {error}.")
        if code == sqlite3.SQLITE_CORRUPT:
            return StoreError(f"The record {self.path} is damaged: {error}. Read the articles into a new one.")
        return error

    @contextmanager
    def _transaction(self, what: str) -> Iterator[None]:
        """Do all that happens inside, or nothing."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            raise BadRecord(what, str(error)) from error
        except sqlite3.DatabaseError as error:
            raise self._explain(error) from error
        finally:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def _insert(self, rows: Rows) -> None:
        for table, values in rows.items():
            self.connection.executemany(BY_NAME[table].insert(), values)

    def _drop_stories(self) -> None:
        self.connection.execute("DELETE FROM zoned_values WHERE record IN (SELECT id FROM stories)")
        for table in reversed(STORY_TABLES):
            self.connection.execute(f"DELETE FROM {table.name}")

    def _outlets(self, story: Story) -> int:
        query = "SELECT outlet FROM articles WHERE id = ?"
        found = (self.connection.execute(query, (member.article,)).fetchone() for member in story.members)
        return len({row[0] for row in found if row and row[0]})

    def _when_at(self, story: Story) -> str | None:
        """Return the article of the story in which its time expression stands."""
        if story.when is None:
            return None
        span = story.when.span
        query = "SELECT 1 FROM articles WHERE id = ? AND substr(text, ? + 1, ? - ?) = ?"
        for member in story.members:
            values = (member.article, span.start, span.stop, span.start, span.text)
            if self.connection.execute(query, values).fetchone():
                return member.article
        raise BadRecord(
            f"The story {story.id}", f"its date {span.text!r} stands in none of its articles at {span.start}"
        )
