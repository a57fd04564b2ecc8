"""Check the record against itself, in SQL: every quoted stretch of text, every pointer, every count."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from readout.record.schema import TABLES
from readout.record.store import Store

COUNTED = ("sentences", "mentions", "statements", "events")
POSITIONED = ("blocks", "sentences", "skipped")  # positions without a copy of the characters


@dataclass(frozen=True, slots=True)
class Bad:
    """Something in the record that cannot be true."""

    found_in: str
    record: str
    why: str
    article: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """How many stretches of text were compared with their article, and what is wrong."""

    checked: int
    bad: tuple[Bad, ...]

    @property
    def good(self) -> bool:
        """Is nothing wrong?"""
        return not self.bad


# substr() counts from the start of the text each time, which takes milliseconds in a book: from this length on, a
# function that keeps the text in memory does the same.
LONG = 65_536
WORDS = f"""CASE WHEN a.length < {LONG} THEN substr(a.text, s.start + 1, s.stop - s.start)
                 ELSE characters(a.id, s.start, s.stop) END"""
WRONG_SPANS = f"""
SELECT s.found_in, s.record,
       CASE WHEN a.id IS NULL THEN 'the article of these characters is not in the record'
            WHEN s.start < 0 OR s.stop <= s.start OR s.stop > a.length
            THEN 'characters ' || s.start || '-' || s.stop || ' do not exist: the text has ' || a.length
            ELSE 'characters ' || s.start || '-' || s.stop || ' are ' || {WORDS} || ', not ' || s.text
       END, s.article, s.field
FROM spans s LEFT JOIN articles a ON a.id = s.article
WHERE a.id IS NULL OR s.start < 0 OR s.stop <= s.start OR s.stop > a.length OR {WORDS} IS NOT s.text
"""
WRONG_LENGTHS = """
SELECT 'articles', id, 'its text has ' || length(text) || ' characters, not ' || length, id, 'length'
FROM articles WHERE length <> length(text)
"""
WRONG_POSITIONS = """
SELECT '{table}', {record},
       'characters ' || t.start || '-' || t.stop || ' do not exist: the text has ' || a.length, t.article, NULL
FROM {table} t JOIN articles a ON a.id = t.article
WHERE (t.start IS NULL) <> (t.stop IS NULL) OR t.start < 0 OR t.stop <= t.start OR t.stop > a.length
"""
OVERLAPPING_BLOCKS = """
SELECT 'blocks', article || ' ' || n, 'it overlaps the block before it, which ends at ' || before, article, NULL
FROM (SELECT article, n, start, lag(stop) OVER (PARTITION BY article ORDER BY start, stop) AS before FROM blocks)
WHERE start < before
"""
HEADS_OUTSIDE = """
SELECT 'mentions', id, 'its head at ' || head || ' is not one of its characters', article, 'head'
FROM mentions WHERE head < start OR head >= stop
"""
WRONG_COUNTS = """
SELECT 'articles', a.id, 'it should have ' || a.{one}_count || ' {table}', a.id, NULL
FROM articles a LEFT JOIN (SELECT article, count(*) AS n FROM {table} GROUP BY article) t ON t.article = a.id
WHERE a.{one}_count <> coalesce(t.n, 0)
"""
WRONG_SUMMARY = """
SELECT 'summary', '{table}', 'it counts ' || s.count || ' rows and the table has ' || t.n, NULL, NULL
FROM (SELECT coalesce(sum(count), 0) AS count FROM summary WHERE record = '{table}' AND field = 'all') s,
     (SELECT count(*) AS n FROM {table}) t
WHERE s.count <> t.n
"""
WRONG_SEARCH = """
SELECT '{table}_fts', '{table}', 'the search knows ' || f.n || ' rows and the table has ' || t.n, NULL, NULL
FROM (SELECT count(*) AS n FROM {table}_fts_docsize) f, (SELECT count(*) AS n FROM {table}) t WHERE f.n <> t.n
"""
DANGLING = """
SELECT '{table}', t.{record}, 'it points to ' || t.{column} || ', which is not in the record', {article}, '{column}'
FROM {table} t WHERE t.{column} NOT IN ({ids})
"""
# Pointers whose table depends on the row, so that no foreign key can hold them: table, column, the row, its article.
POINTERS = (
    ("evidence", "record", "record", "t.article"),
    ("zoned_values", "record", "record", "NULL"),
    ("claims", "canonical", "id", "NULL"),
    ("reports", "record", "claim", "t.article"),
    ("timeline", "claim", "story", "NULL"),
    ("unresolved", "record", "story", "NULL"),
)


def verify(store: Store) -> Verification:
    """Compare everything that the record quotes, points to or counts with what is there; first, is the file whole?"""
    damage = tuple(_damage(store))
    if damage:
        return Verification(0, damage)
    store.connection.create_function("characters", 3, characters(store))
    checked = store.connection.execute("SELECT count(*) FROM spans").fetchone()[0]
    bad = [Bad(*row) for query in queries() for row in store.connection.execute(query)]
    return Verification(checked, (*bad, *_dangling_keys(store)))


def characters(store: Store) -> Callable[[str, int, int], str]:
    """Return the SQL function that gives characters of an article; it keeps the texts that it read last."""

    @lru_cache(maxsize=8)
    def text(article: str) -> str:
        row = store.connection.execute("SELECT text FROM articles WHERE id = ?", (article,)).fetchone()
        return str(row[0])

    def quoted(article: str, start: int, stop: int) -> str:
        return text(article)[start:stop]

    return quoted


def queries() -> Iterator[str]:
    """Yield the queries that give a row for each thing that is wrong."""
    yield WRONG_LENGTHS
    yield WRONG_SPANS
    for table in POSITIONED:
        record = "t.article || ' ' || t.n" if table == "blocks" else "t.id"
        yield WRONG_POSITIONS.format(table=table, record=record)
    yield OVERLAPPING_BLOCKS
    yield HEADS_OUTSIDE
    for table in COUNTED:
        yield WRONG_COUNTS.format(table=table, one=table.removesuffix("s"))
    for table in ("articles", "mentions", "statements", "events", "skipped"):
        yield WRONG_SUMMARY.format(table=table)
    for definition in TABLES:
        if definition.search:
            yield WRONG_SEARCH.format(table=definition.name)
    ids = ids_query()
    for table, column, record, article in POINTERS:
        yield DANGLING.format(table=table, column=column, record=record, article=article, ids=ids)


def ids_query() -> str:
    """Return the query for the ids of everything that can be pointed to."""
    found = [f"SELECT id FROM {table.name}" for table in TABLES if table.key == ("id",)]
    for table in TABLES:
        nested = [name for name in table.names if name in ("when_id", "where_id")]
        nested += ["id"] if table.name == "background_times" else []
        found += [f"SELECT {name} FROM {table.name} WHERE {name} IS NOT NULL" for name in nested]
    return " UNION ALL ".join(found)


def _dangling_keys(store: Store) -> Iterator[Bad]:
    """Yield the foreign keys that lead nowhere."""
    for table, row, parent, key in store.connection.execute("PRAGMA foreign_key_check").fetchall():
        keys = store.connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        column = next(one[3] for one in keys if one[0] == key)
        yield Bad(table, f"row {row}" if row else "a row", f"it points to no row of {parent}", field=column)


def _damage(store: Store) -> Iterator[Bad]:
    """Yield what SQLite finds damaged in the file."""
    try:
        for (found,) in store.connection.execute("PRAGMA integrity_check").fetchall():
            if found != "ok":
                yield Bad("file", store.path, found)
    except sqlite3.DatabaseError as error:
        yield Bad("file", store.path, str(error))
