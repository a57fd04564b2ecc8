"""Turn spans, parties, times and places into the cells of a row, and cells back into them.

The order is that of the column groups in columns.py: what is written in one order is read in the same.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from readout.provenance import TextSpan
from readout.record.export import json_text
from readout.records import Name, Party, When, Where, ZonedValue

Cell = str | int | float | None
Row = tuple[Cell, ...]
Cells = Iterator[Any]  # what is left of a row while it is read

ELLIPSIS = " … "
SEPARATOR = "; "


def span_cells(span: TextSpan | None) -> Row:
    """Return the cells of a span."""
    return (None, None, None) if span is None else (span.start, span.stop, span.text)


def read_span(cells: Cells) -> TextSpan | None:
    """Return the span that the next cells hold."""
    start, stop, text = next(cells), next(cells), next(cells)
    return None if start is None else TextSpan.stored(start, stop, text)


def required_span(cells: Cells) -> TextSpan:
    """Return the span that the next cells hold, where the table allows no empty one."""
    return TextSpan.stored(next(cells), next(cells), next(cells))


def name_cells(name: Name | None) -> Row:
    """Return the cells of a name; without a position when it does not stand in the text."""
    if name is None:
        return (None, None, None)
    return (None, None, name.text) if name.span is None else (name.span.start, name.span.stop, name.text)


def read_name(cells: Cells) -> Name | None:
    """Return the name that the next cells hold."""
    start, stop, text = next(cells), next(cells), next(cells)
    if text is None:
        return None
    return Name(text) if start is None else Name(text, TextSpan.stored(start, stop, text))


def party_cells(party: Party | None) -> Row:
    """Return the cells of a party."""
    if party is None:
        return (None,) * 9
    return (
        *span_cells(party.span),
        party.mention,
        party.actor,
        party.name,
        party.country,
        party.sector,
        party.channel,
    )


def read_party(cells: Cells) -> Party | None:
    """Return the party that the next cells hold."""
    span = read_span(cells)
    rest = [next(cells) for _ in range(6)]
    return None if span is None else Party(span, *rest)


def required_party(cells: Cells) -> Party:
    """Return the party that the next cells hold, where the table allows no empty one."""
    return Party(required_span(cells), *(next(cells) for _ in range(6)))


def when_cells(when: When | None) -> Row:
    """Return the cells of a time expression, its id first; its values in other zones have their own table."""
    if when is None:
        return (None,) * 10
    return (
        when.id,
        *span_cells(when.span),
        when.type,
        when.value,
        when.since,
        when.until,
        when.zone,
        when.reason,
    )


def read_when(cells: Cells, also: Iterable[ZonedValue]) -> When | None:
    """Return the time expression that the next cells hold."""
    identity, span = next(cells), read_span(cells)
    type_, value, since, until, zone, reason = (next(cells) for _ in range(6))
    return None if span is None else When(identity, span, type_, value, since, until, zone, tuple(also), reason)


def where_cells(where: Where | None) -> Row:
    """Return the cells of a place, its id first."""
    if where is None:
        return (None,) * 10
    return (
        where.id,
        *span_cells(where.span),
        where.name,
        where.geonames,
        where.country,
        where.lat,
        where.lon,
        where.reason,
    )


def read_where(cells: Cells) -> Where | None:
    """Return the place that the next cells hold."""
    identity, span = next(cells), read_span(cells)
    rest = [next(cells) for _ in range(6)]
    return None if span is None else Where(identity, span, *rest)


def list_cell(values: Iterable[object]) -> str:
    """Return values as a JSON list."""
    return json_text(list(values))


def read_list(cell: str) -> tuple[Any, ...]:
    """Return the values of a JSON list."""
    return tuple(json.loads(cell))


def words_cell(spans: Iterable[TextSpan], *, between: str = ELLIPSIS) -> str:
    """Return the words of several spans in one cell, for reading."""
    return between.join(span.text for span in spans)


def names_cell(parties: Iterable[Party]) -> str:
    """Return the names of several parties in one cell, for reading; the words where no name is known."""
    return SEPARATOR.join(party.name or party.span.text for party in parties)


def storable(row: Row) -> Row:
    """Return the row with lone surrogates (of file names, of broken metadata) written as \\udcxx."""
    return tuple(
        cell.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(cell, str) else cell for cell in row
    )
