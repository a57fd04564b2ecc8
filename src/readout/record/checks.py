"""Refuse a reading that contradicts itself, whatever articles came before it, and say where."""

from collections import Counter
from collections.abc import Iterator, Sequence

from readout.errors import BadRecord
from readout.record.cells import Row
from readout.record.columns import Table
from readout.record.rows import Rows
from readout.record.schema import BY_NAME
from readout.records import Reading

Ids = set[object]


def check_reading(reading: Reading, rows: Rows) -> None:
    """Raise BadRecord when two rows have one id, a pointer leads to no row, or positions cannot be counted."""
    what = f"The reading of article {reading.article.id}"
    if not _countable(reading.article.text):
        raise BadRecord(what, "its text has NUL characters or lone surrogates")
    ids: dict[str, Ids] = {"actors": {actor.id for actor in reading.actors}}
    for name, values in rows.items():
        keys = _keys(BY_NAME[name], values)
        if len(keys) < len(values):
            raise BadRecord(what, f"two rows of {name} have the id {keys.most_common(1)[0][0]}")
        ids.setdefault(name, set(keys))
    for name, column, value in _dangling(rows, ids):
        raise BadRecord(what, f"{name}.{column} holds {value!r}, which the reading does not have")


def _countable(text: str) -> bool:
    """Does SQLite count the same characters in the text as Python?"""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _keys(table: Table, values: Sequence[Row]) -> Counter[object]:
    """Return how often each key stands in the rows of a table."""
    places = [table.names.index(name) for name in table.key]
    if len(places) == 1:
        return Counter(row[places[0]] for row in values)
    return Counter(tuple(row[place] for place in places) for row in values)


def _dangling(rows: Rows, ids: dict[str, Ids]) -> Iterator[tuple[str, str, object]]:
    """Yield the pointers of the rows that lead nowhere."""
    for name, values in rows.items():
        for place, column in enumerate(BY_NAME[name].columns):
            if column.points_to:
                held = ids.get(column.points_to, set()) | {None}
                yield from ((name, column.name, row[place]) for row in values if row[place] not in held)
