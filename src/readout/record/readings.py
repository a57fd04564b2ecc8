"""Rebuild readings from the rows of the record, exactly as they were added."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

from readout.provenance import Evidence, Skipped, TextSpan
from readout.record.article_tables import ARTICLE_TABLES
from readout.record.cells import (
    Cells,
    read_list,
    read_name,
    read_party,
    read_span,
    read_when,
    read_where,
    required_party,
    required_span,
)
from readout.record.columns import Table
from readout.record.rows import background_field
from readout.records import (
    Actor,
    ActorKind,
    Article,
    Background,
    Block,
    BlockKind,
    Event,
    Magnitude,
    Mention,
    MentionKind,
    Party,
    Reading,
    Role,
    Sentence,
    Statement,
    StatementKind,
    When,
    Where,
    ZonedValue,
)

Value = TypeVar("Value")
Lists = dict[tuple[str, str], list[Value]]  # by owner and field
TABLES = {table.name: table for table in ARTICLE_TABLES}


def read_reading(connection: sqlite3.Connection, article_id: str) -> Reading | None:
    """Return the reading of an article; None when the record does not have it."""
    row = connection.execute(f"SELECT {TABLES['articles'].selection()} FROM articles WHERE id = ?", (article_id,))
    cells = row.fetchone()
    if cells is None:
        return None
    rows = ArticleRows(connection, article_id)
    article = _article(iter(cells), rows)
    return Reading(
        article=article,
        sentences=tuple(_sentence(cells, article) for cells in rows.of("sentences")),
        mentions=tuple(_mention(cells) for cells in rows.of("mentions")),
        actors=_actors(rows),
        statements=_statements(rows),
        events=_events(rows),
        times=_times(rows),
        places=tuple(_place(cells) for cells in rows.of("places")),
        background=_background(rows),
        skipped=tuple(_skipped(cells) for cells in rows.of("skipped")),
        evidence=tuple(_evidence(cells) for cells in rows.of("evidence")),
    )


class ArticleRows:
    """The rows of one article, table by table, in their order."""

    def __init__(self, connection: sqlite3.Connection, article_id: str) -> None:
        self.connection = connection
        self.article_id = article_id
        self.zoned = self._zoned_values()

    def of(self, table: str) -> Iterator[Cells]:
        """Yield the cells of each row."""
        for row in self.connection.execute(rows_query(table), (self.article_id,)):
            yield iter(row)

    def lists(self, table: str, read: Callable[[Cells], Value]) -> "Lists[Value]":
        """Return the values of a child table by owner and field."""
        found: Lists[Value] = defaultdict(list)
        for cells in self.of(table):
            owner, name, _ = next(cells), next(cells), next(cells)
            found[owner, name].append(read(cells))
        return found

    def _zoned_values(self) -> "Lists[ZonedValue]":
        found: Lists[ZonedValue] = defaultdict(list)
        for record, name, value, zone in self.connection.execute(ZONED_QUERY, (self.article_id,) * 4):
            found[record, name].append(ZonedValue(value, zone))
        return found


ZONED_QUERY = (
    "SELECT record, field, value, zone FROM zoned_values WHERE record IN ("
    + " UNION ALL ".join(
        f"SELECT id FROM {table} WHERE article = ?" for table in ("statements", "events", "times", "background")
    )
    + ") ORDER BY record, field, n"
)


@cache
def rows_query(table: str) -> str:
    """Return the query for the rows of a table that belong to an article, in order."""
    definition = TABLES[table]
    columns = definition.selection("t")
    if "article" in definition.names:
        order = _order(definition, "t")
        return f"SELECT {columns} FROM {table} t WHERE t.article = ? ORDER BY {order}"
    owner = definition.column(str(definition.owner))
    join = f"{table} t JOIN {owner.points_to} o ON o.id = t.{owner.name}"
    return f"SELECT {columns} FROM {join} WHERE o.article = ? ORDER BY o.n, {_order(definition, 't')}"


def _order(table: Table, alias: str) -> str:
    names = table.key if table.key != ("id",) else ("n",)
    return ", ".join(f'{alias}."{name}"' for name in names)


def _article(cells: Cells, rows: ArticleRows) -> Article:
    identity, path, url, outlet = (next(cells) for _ in range(4))
    headline, dateline = read_name(cells), read_span(cells)
    authors, published, modified, retrieved = (next(cells) for _ in range(4))
    credit = read_name(cells)
    language, sha256, repaired, *_, text = cells
    bare = Article(identity, text)
    return Article(
        id=identity,
        text=text,
        path=path,
        url=url,
        outlet=outlet,
        headline=headline,
        dateline=dateline,
        authors=read_list(authors),
        published=published,
        modified=modified,
        retrieved=retrieved,
        credit=credit,
        language=language,
        sha256=sha256,
        repaired=bool(repaired),
        blocks=tuple(_block(cells, bare) for cells in rows.of("blocks")),
    )


def _block(cells: Cells, article: Article) -> Block:
    _, _, kind, start, stop, paragraph, rule = cells
    return Block(BlockKind(kind), article.span(start, stop), paragraph, rule)


def _sentence(cells: Cells, article: Article) -> Sentence:
    identity, _, _, start, stop, paragraph = cells
    return Sentence(identity, article.span(start, stop), paragraph)


def _mention(cells: Cells) -> Mention:
    identity, _, _ = next(cells), next(cells), next(cells)
    span = required_span(cells)
    head, kind, type_, chain, actor = cells
    return Mention(identity, span, head, MentionKind(kind), type_, chain, actor)


def _actors(rows: ArticleRows) -> tuple[Actor, ...]:
    roles: dict[str, list[Role]] = defaultdict(list)
    for cells in rows.of("roles"):
        _, actor, _, *rest = cells
        roles[actor].append(Role(*rest))
    return tuple(
        Actor(identity, name, ActorKind(kind), country, read_list(sectors), tuple(roles[identity]))
        for _, _, identity, name, kind, country, sectors in rows.of("article_actors")
    )


def _statements(rows: ArticleRows) -> tuple[Statement, ...]:
    spans = rows.lists("statement_spans", required_span)
    parties = rows.lists("statement_parties", required_party)
    return tuple(_statement(cells, rows, spans, parties) for cells in rows.of("statements"))


def _statement(cells: Cells, rows: ArticleRows, spans: "Lists[TextSpan]", parties: "Lists[Party]") -> Statement:
    identity, _, _, _, _, kind = (next(cells) for _ in range(6))
    source, cue = read_party(cells), read_span(cells)
    _, _, _, inside, channel, _ = (next(cells) for _ in range(6))
    return Statement(
        id=identity,
        kind=StatementKind(kind),
        content=tuple(spans[identity, "content"]),
        source=source,
        targets=tuple(parties[identity, "targets"]),
        cue=cue,
        inside=inside,
        via=tuple(parties[identity, "via"]),
        channel=channel,
        hedges=tuple(spans[identity, "hedges"]),
        when=read_when(cells, rows.zoned[identity, "when"]),
        where=read_where(cells),
        factuality=next(cells),
    )


def _events(rows: ArticleRows) -> tuple[Event, ...]:
    spans = rows.lists("event_spans", required_span)
    parties = rows.lists("event_parties", required_party)
    magnitudes: dict[str, list[Magnitude]] = defaultdict(list)
    for cells in rows.of("event_magnitudes"):
        event, _, value, unit = (next(cells) for _ in range(4))
        magnitudes[event].append(Magnitude(value, unit, required_span(cells)))
    return tuple(_event(cells, rows, spans, parties, magnitudes) for cells in rows.of("events"))


def _event(
    cells: Cells,
    rows: ArticleRows,
    spans: "Lists[TextSpan]",
    parties: "Lists[Party]",
    magnitudes: dict[str, list[Magnitude]],
) -> Event:
    identity, _, _, _, _, type_, mode, contexts, quad = (next(cells) for _ in range(9))
    _, _, _, factuality, aspect, reciprocal, _ = (next(cells) for _ in range(7))
    when, where = read_when(cells, rows.zoned[identity, "when"]), read_where(cells)
    _, attributed_to, _, score, _, cameo = cells
    return Event(
        id=identity,
        type=type_,
        trigger=tuple(spans[identity, "trigger"]),
        mode=mode,
        contexts=read_list(contexts),
        quad=quad,
        sources=tuple(parties[identity, "sources"]),
        targets=tuple(parties[identity, "targets"]),
        factuality=factuality,
        aspect=aspect,
        reciprocal=bool(reciprocal),
        hedges=tuple(spans[identity, "hedges"]),
        when=when,
        where=where,
        magnitude=tuple(magnitudes[identity]),
        attributed_to=attributed_to,
        via=tuple(parties[identity, "via"]),
        score=score,
        cameo=cameo,
    )


def _times(rows: ArticleRows) -> tuple[When, ...]:
    return tuple(_time(cells, rows.zoned) for cells in rows.of("times"))


def _time(cells: Cells, zoned: "Lists[ZonedValue]") -> When:
    identity, _, _ = next(cells), next(cells), next(cells)
    span = required_span(cells)
    type_, value, since, until, zone, reason = cells
    return When(identity, span, type_, value, since, until, zone, tuple(zoned[identity, "also"]), reason)


def _place(cells: Cells) -> Where:
    identity, _, _ = next(cells), next(cells), next(cells)
    return Where(identity, required_span(cells), *cells)


def _background(rows: ArticleRows) -> tuple[Background, ...]:
    also = rows.lists("background_spans", required_span)
    via = rows.lists("background_parties", required_party)
    times: dict[str, list[When]] = defaultdict(list)
    for cells in rows.of("background_times"):
        fact, place = next(cells), next(cells)
        when = read_when(cells, rows.zoned[fact, background_field(place)])
        times[fact].extend([when] if when else [])
    found = []
    for cells in rows.of("background"):
        identity, _, _ = next(cells), next(cells), next(cells)
        term, span = required_span(cells), required_span(cells)
        lists = tuple(also[identity, "also"]), tuple(times[identity]), tuple(via[identity, "via"])
        found.append(Background(identity, term, span, *lists))
    return tuple(found)


def _skipped(cells: Cells) -> Skipped:
    _, _, _, _, what, start, stop, step, reason = cells
    return Skipped(what, step, reason, start, stop)


def _evidence(cells: Cells) -> Evidence:
    _, _, record, name, value = (next(cells) for _ in range(5))
    span = read_span(cells)
    step, rule, score, reason = cells
    return Evidence(record, name, value, span, step, rule, score, reason)
