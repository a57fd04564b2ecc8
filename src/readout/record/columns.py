"""What tables are made of: columns, and the groups of columns that spans, parties, times and places take."""

from collections.abc import Iterator
from dataclasses import dataclass

LIST = "as a JSON list"
FOR_READING = "for reading; exactly in"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `points_to` names the table whose `id` it holds."""

    name: str
    doc: str
    type: str = "TEXT"
    required: bool = False
    points_to: str | None = None

    def sql(self) -> str:
        """Return the definition; references are checked when the transaction ends, so rows can come in any order."""
        parts = [f'"{self.name}"', self.type]
        if self.required:
            parts.append("NOT NULL")
        if self.points_to:
            parts.append(f"REFERENCES {self.points_to}(id) DEFERRABLE INITIALLY DEFERRED")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `owner` is the column that leads to the row it belongs to; `search` the columns with full-text search;
    `spans` the field that its characters are, where the columns `start`, `stop` and `text` have no prefix.
    """

    name: str
    doc: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    owner: str | None = None
    indexes: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    spans: str = "text"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return the column with this name."""
        return next(column for column in self.columns if column.name == name)

    def insert(self) -> str:
        """Return the statement that adds a row."""
        return f"INSERT INTO {self.name} ({self.selection()}) VALUES ({', '.join('?' * len(self.columns))})"

    def selection(self, alias: str = "") -> str:
        """Return the columns as a list for SELECT."""
        prefix = f"{alias}." if alias else ""
        return ", ".join(f'{prefix}"{name}"' for name in self.names)

    def create(self) -> Iterator[str]:
        """Yield the statements that make the table, its indexes and its full-text search."""
        key = ", ".join(f'"{name}"' for name in self.key)
        kind = "STRICT" if self.key == ("id",) else "STRICT, WITHOUT ROWID"
        body = ",\n  ".join([*(column.sql() for column in self.columns), f"PRIMARY KEY ({key})"])
        yield f"CREATE TABLE {self.name} (\n  {body}\n) {kind}"
        for name in self.indexes:
            yield f'CREATE INDEX {self.name}_{name} ON {self.name}("{name}")'
        if self.search:
            yield from _search(self)


def _search(table: Table) -> Iterator[str]:
    """Yield the full-text index of a table and the triggers that keep it in step."""
    columns = ", ".join(f'"{name}"' for name in table.search)
    new = ", ".join(f'new."{name}"' for name in table.search)
    old = ", ".join(f'old."{name}"' for name in table.search)
    index = f"{table.name}_fts"
    # Datasette finds the index of a table by content="..." in double quotes.
    yield (
        f'CREATE VIRTUAL TABLE {index} USING fts5({columns}, content="{table.name}",'
        ' tokenize="porter unicode61 remove_diacritics 2")'
    )
    changed = f"UPDATE OF {columns}"
    add = f"INSERT INTO {index}(rowid, {columns}) VALUES (new.rowid, {new});"
    drop = f"INSERT INTO {index}({index}, rowid, {columns}) VALUES ('delete', old.rowid, {old});"
    yield f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table.name} BEGIN {add} END"
    yield f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table.name} BEGIN {drop} END"
    yield f"CREATE TRIGGER {index}_update AFTER {changed} ON {table.name} BEGIN {drop} {add} END"


def id_column(doc: str) -> Column:
    return Column("id", doc, required=True)


def reference(name: str, table: str, doc: str, *, required: bool = False) -> Column:
    return Column(name, doc, required=required, points_to=table)


def article_column(doc: str = "the article it was read out of") -> Column:
    return reference("article", "articles", doc, required=True)


def number(name: str, doc: str, *, required: bool = False, kind: str = "INTEGER") -> Column:
    return Column(name, doc, kind, required)


N = number("n", "its place in the list, from 0", required=True)
FIELD = Column("field", "the list it stands in", required=True)


def span_columns(prefix: str = "", of: str = "it", *, required: bool = False) -> tuple[Column, ...]:
    """Return the columns of characters: where they start and stop in the article, and what they are."""
    return (
        number(f"{prefix}start", f"first character of {of}, counted from 0", required=required),
        number(f"{prefix}stop", f"the character after the last of {of}", required=required),
        Column(f"{prefix}text", f"the characters of {of}", required=required),
    )


def party_columns(prefix: str = "", of: str = "the party", *, required: bool = False) -> tuple[Column, ...]:
    """Return the columns of a party: its words, its mention, and who is meant."""
    return (
        *span_columns(prefix, of, required=required),
        reference(f"{prefix}mention", "mentions", f"the mention of {of}"),
        reference(f"{prefix}actor", "actors", f"who {of} is"),
        Column(f"{prefix}name", f"the name of {of}"),
        Column(f"{prefix}country", f"the country of {of}: ISO 3166-1 alpha-3 or PLOVER's non-state code"),
        Column(f"{prefix}sector", f"the PLOVER sector of {of}"),
        Column(f"{prefix}channel", f"how {of} relayed the words"),
    )


def when_columns(prefix: str = "", *, required: bool = False) -> tuple[Column, ...]:
    """Return the columns of a time expression, without those of its values in other zones (table `zoned_values`)."""
    return (
        *span_columns(prefix, "the time expression", required=required),
        Column(f"{prefix}type", "DATE, TIME, DURATION or SET"),
        Column(f"{prefix}value", "its TIMEX3 value"),
        Column(f"{prefix}from", "where the stretch of time begins"),
        Column(f"{prefix}to", "where the stretch of time ends"),
        Column(f"{prefix}zone", "the time zone it is given in"),
        Column(f"{prefix}reason", "why it has no value"),
    )


def where_columns(prefix: str = "", *, required: bool = False) -> tuple[Column, ...]:
    """Return the columns of a place."""
    return (
        *span_columns(prefix, "the place", required=required),
        Column(f"{prefix}name", "the name of the place"),
        number(f"{prefix}geonames", "its GeoNames id"),
        Column(f"{prefix}country", "its country, ISO 3166-1 alpha-3"),
        number(f"{prefix}lat", "its latitude in degrees (WGS 84)", kind="REAL"),
        number(f"{prefix}lon", "its longitude in degrees (WGS 84)", kind="REAL"),
        Column(f"{prefix}reason", "why its position is not known"),
    )


def nested_when() -> tuple[Column, ...]:
    return (Column("when_id", "the id of the time expression"), *when_columns("when_"))


def nested_where() -> tuple[Column, ...]:
    return (Column("where_id", "the id of the place"), *where_columns("where_"))


def spans_of(owner: str, table: str, lists: str) -> Table:
    return Table(
        f"{owner}_spans",
        f"{lists} of {table}: each stretch of text",
        (reference(owner, table, "whose it is", required=True), FIELD, N, *span_columns(required=True)),
        key=(owner, "field", "n"),
        owner=owner,
    )


def parties_of(owner: str, table: str, lists: str) -> Table:
    return Table(
        f"{owner}_parties",
        f"{lists} of {table}",
        (reference(owner, table, "whose it is", required=True), FIELD, N, *party_columns(required=True)),
        key=(owner, "field", "n"),
        owner=owner,
        indexes=("actor",),
    )
