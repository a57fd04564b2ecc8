"""Rows of the tables that people ask for: the columns that they read first in front."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from readout.record.cells import SEPARATOR


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement: who said what, to whom, through whom."""

    date: str | None
    outlet: str | None
    source: str | None
    cue: str | None
    content: str
    targets: tuple[str, ...]
    via: tuple[str, ...]
    channel: str | None
    kind: str
    factuality: str
    hedges: tuple[str, ...]
    when: str | None
    where: str | None
    published: str | None
    article: str
    id: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event: who did what to whom."""

    date: str | None
    outlet: str | None
    sources: tuple[str, ...]
    type: str
    mode: str | None
    targets: tuple[str, ...]
    trigger: str
    sentence: str
    factuality: str
    aspect: str
    hedges: tuple[str, ...]
    where: str | None
    magnitude: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: int
    score: float
    when: str | None
    published: str | None
    attributed_to: str | None
    article: str
    id: str


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor, over all articles."""

    name: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    roles: tuple[str, ...]
    articles: int
    mentions: int
    statements: int
    events: int
    conflicts: tuple[str, ...]
    id: str


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story: the articles about one happening."""

    first_reported: str | None
    title: str
    articles: int
    outlets: int
    claims: int
    when: str | None
    id: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article."""

    published: str | None
    outlet: str | None
    headline: str | None
    credit: str | None
    statements: int
    events: int
    language: str
    url: str | None
    path: str | None
    id: str


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """What was left out, and why."""

    path: str | None
    what: str
    step: str
    reason: str
    start: int | None
    stop: int | None
    article: str | None


Row = StatementRow | EventRow | ActorRow | StoryRow | ArticleRow | SkippedRow
RowType = type[StatementRow] | type[EventRow] | type[ActorRow] | type[StoryRow] | type[ArticleRow] | type[SkippedRow]


def read_row(type_: RowType, cells: Sequence[Any]) -> Row:
    """Return the row that these cells hold; lists come as JSON."""
    found: list[Any] = [
        tuple(json.loads(cell)) if str(field.type).startswith("tuple") else cell
        for field, cell in zip(fields(type_), cells, strict=True)
    ]
    return type_(*found)


def cell_text(value: object) -> str:
    """Return a value as people read it in a table."""
    if value is None:
        return ""
    return SEPARATOR.join(value) if isinstance(value, tuple) else str(value)
