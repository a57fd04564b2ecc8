"""Turn stories into the rows of their tables, and rows back into stories."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from readout.record.cells import Cells, list_cell, read_list, read_when, required_span, span_cells, when_cells
from readout.record.rows import TableRow, zoned_rows
from readout.record.story_tables import STORY_TABLES
from readout.records import (
    ArticleRole,
    Claim,
    Difference,
    DifferenceKind,
    DifferingValue,
    Member,
    Moment,
    Origin,
    Passage,
    Report,
    Story,
    Unresolved,
    When,
    Wording,
    ZonedValue,
)

TABLES = {table.name: table for table in STORY_TABLES}
OwnedRows = Mapping[str, list[list[Any]]]  # of one table, by the story or claim they belong to


def story_rows(story: Story, n: int, *, outlets: int, when_article: str | None) -> Iterator[TableRow]:
    """Yield the rows of a story; the article in which its `when` stands is found by the store."""
    counts = (len(story.members), outlets, len(story.claims))
    head = (story.id, n, story.title, story.first_reported)
    yield "stories", (*head, *when_cells(story.when), when_article, *counts)
    yield from zoned_rows(story.id, "when", story.when)
    for place, member in enumerate(story.members):
        claims = story.only_in.get(member.article)
        only = None if claims is None else list_cell(claims)
        yield "members", (story.id, place, member.article, member.role.value, only)
    for place, claim in enumerate(story.claims):
        yield from _claim_rows(story, claim, place)
    for place, difference in enumerate(story.differences):
        yield from _difference_rows(story, difference, place)
    for place, passage in enumerate(story.passages):
        yield "passages", (story.id, place, *_passage_cells(passage))
    for place, moment in enumerate(story.timeline):
        yield "timeline", (story.id, place, moment.when, moment.claim)
    for place, gap in enumerate(story.unresolved):
        yield "unresolved", (story.id, place, gap.record, gap.field, gap.reason)


def _claim_rows(story: Story, claim: Claim, n: int) -> Iterator[TableRow]:
    yield "claims", (claim.id, story.id, n, claim.kind, claim.canonical, claim.outlets, claim.factuality)
    for place, report in enumerate(claim.reports):
        changes = list_cell(report.changes)
        yield "reports", (claim.id, place, report.article, report.record, report.wording.value, changes)
    for place, origin in enumerate(claim.origins):
        yield "origins", (claim.id, place, origin.name, origin.actor)


def _difference_rows(story: Story, difference: Difference, n: int) -> Iterator[TableRow]:
    yield "differences", (story.id, n, difference.about, difference.kind.value)
    for place, value in enumerate(difference.values):
        yield "difference_values", (story.id, n, place, value.article, *span_cells(value.span))


def _passage_cells(passage: Passage) -> tuple[Any, ...]:
    here, there = span_cells(passage.span), span_cells(passage.other_span)
    return (passage.article, *here, passage.other, *there, passage.wording.value)


def read_stories(connection: sqlite3.Connection) -> Iterator[Story]:
    """Yield the stories of the record in their order, exactly as they were put in."""
    owned = {name: _owned_rows(connection, name) for name in TABLES if name != "stories"}
    claims = _claims(owned)
    for cells in connection.execute(f"SELECT {TABLES['stories'].selection()} FROM stories ORDER BY n"):
        yield _story(iter(cells), connection, owned, claims)


def _owned_rows(connection: sqlite3.Connection, name: str) -> OwnedRows:
    table = TABLES[name]
    owner = str(table.owner or "story")
    order = ", ".join(f'"{column}"' for column in (table.key if table.key != ("id",) else (owner, "n")))
    found: dict[str, list[list[Any]]] = defaultdict(list)
    for row in connection.execute(f"SELECT {table.selection()} FROM {name} ORDER BY {order}"):
        found[row[table.names.index(owner)]].append(list(row))
    return found


def _story(cells: Cells, connection: sqlite3.Connection, owned: Mapping[str, OwnedRows], claims: Any) -> Story:
    identity, _, title, first_reported = (next(cells) for _ in range(4))
    members = owned["members"][identity]
    return Story(
        id=identity,
        title=title,
        members=tuple(Member(article, ArticleRole(role)) for _, _, article, role, _ in members),
        first_reported=first_reported,
        when=_when(cells, connection, identity),
        claims=tuple(claims[identity]),
        differences=_differences(identity, owned),
        only_in={article: read_list(only) for _, _, article, _, only in members if only is not None},
        passages=tuple(_passage(iter(row)) for row in owned["passages"][identity]),
        timeline=tuple(Moment(when, claim) for _, _, when, claim in owned["timeline"][identity]),
        unresolved=tuple(Unresolved(*row[2:]) for row in owned["unresolved"][identity]),
    )


def _when(cells: Cells, connection: sqlite3.Connection, story: str) -> When | None:
    query = "SELECT value, zone FROM zoned_values WHERE record = ? AND field = 'when' ORDER BY n"
    return read_when(cells, [ZonedValue(*row) for row in connection.execute(query, (story,))])


def _claims(owned: Mapping[str, OwnedRows]) -> Mapping[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    for story, rows in owned["claims"].items():
        for identity, _, _, kind, canonical, outlets, factuality in rows:
            reports = tuple(_report(row) for row in owned["reports"][identity])
            origins = tuple(Origin(name, actor) for _, _, name, actor in owned["origins"][identity])
            found[story].append(Claim(identity, kind, canonical, reports, outlets, origins, factuality))
    return found


def _report(row: list[Any]) -> Report:
    _, _, article, record, wording, changes = row
    return Report(article, record, Wording(wording), tuple((before, after) for before, after in read_list(changes)))


def _differences(story: str, owned: Mapping[str, OwnedRows]) -> tuple[Difference, ...]:
    values: dict[int, list[DifferingValue]] = defaultdict(list)
    for _, difference, _, article, *span in owned["difference_values"][story]:
        values[difference].append(DifferingValue(article, required_span(iter(span))))
    return tuple(
        Difference(about, DifferenceKind(kind), tuple(values[n])) for _, n, about, kind in owned["differences"][story]
    )


def _passage(cells: Cells) -> Passage:
    _, _, article = next(cells), next(cells), next(cells)
    span, other, other_span = required_span(cells), next(cells), required_span(cells)
    return Passage(article, span, other, other_span, Wording(next(cells)))
