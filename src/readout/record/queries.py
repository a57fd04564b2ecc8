"""The named questions that the record answers as tables, with the filters that readers need first."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TextIO

from readout.errors import UsageError
from readout.record.export import write_json_line
from readout.record.listings import (
    ActorRow,
    ArticleRow,
    EventRow,
    Row,
    RowType,
    SkippedRow,
    StatementRow,
    StoryRow,
    cell_text,
    read_row,
)
from readout.record.store import Store

DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Filters:
    """What to ask for; None asks for all. Dates may be partial: until "2022-01" takes the whole month."""

    actor: str | None = None
    """Part of the name of an actor, or its id, in any role."""

    country: str | None = None
    """Country of an actor in any role: ISO 3166-1 alpha-3 or PLOVER's non-state code."""

    type: str | None = None
    """PLOVER type of events; kind of statements (direct, indirect, mixed) and actors."""

    since: str | None = None
    """First day: of the date in the text if it has one, else of publication."""

    until: str | None = None
    """Last day, likewise."""

    outlet: str | None = None
    """Part of the name of the outlet."""

    text: str | None = None
    """Words that must stand in the text, in any order and inflection; "words in quotes" as a phrase."""

    limit: int | None = None
    """At most so many rows."""


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Question:
    """A table that can be asked for: its SELECT, how each filter narrows it, and the order of its rows."""

    row: RowType
    select: str
    order: str
    conditions: Mapping[str, str]


def _list(inner: str) -> str:
    """Return the expression for a JSON list of the first column of a query."""
    return f"(SELECT json_group_array(value) FROM ({inner}))"


def _parties(table: str, name: str) -> str:
    owner = table.removesuffix("s")
    return _list(
        f"SELECT coalesce(p.name, p.text) AS value FROM {owner}_parties p"
        f" WHERE p.{owner} = t.id AND p.field = '{name}' ORDER BY p.n"
    )


def _spans(table: str, name: str) -> str:
    owner = table.removesuffix("s")
    return _list(
        f"SELECT s.text AS value FROM {owner}_spans s WHERE s.{owner} = t.id AND s.field = '{name}' ORDER BY s.n"
    )


def _any_party(table: str, condition: str) -> str:
    """Return the condition that a party in any place of a row fulfils another one."""
    owner = table.removesuffix("s")
    return f"EXISTS (SELECT 1 FROM {owner}_parties p WHERE p.{owner} = t.id AND {condition})"


def _is_actor(name: str, actor: str) -> str:
    return f"(has({name}, :actor) OR {actor} = :actor)"


def _search(table: str) -> str:
    return f"t.rowid IN (SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH :text)"


def _between(day: str) -> dict[str, str]:
    """Return the conditions on a day; partial dates are compared as far as both go."""
    return {
        "since": f"substr({day}, 1, length(:since)) >= substr(:since, 1, length({day}))",
        "until": f"substr({day}, 1, length(:until)) <= substr(:until, 1, length({day}))",
    }


def _of_article(article: str, condition: str) -> str:
    """Return the condition that an actor whom an article mentions fulfils another one."""
    mentioned = f"article_actors x JOIN actors w ON w.id = x.actor WHERE x.article = {article}"
    return f"EXISTS (SELECT 1 FROM {mentioned} AND {condition})"


def _of_member(condition: str) -> str:
    """Return the condition that an article of a story fulfils another one."""
    return f"EXISTS (SELECT 1 FROM members m JOIN articles a ON a.id = m.article WHERE m.story = t.id AND {condition})"


OUTLET = "has(a.outlet, :outlet)"
ACTOR, COUNTRY = _is_actor("w.name", "w.id"), "w.country = :country"
HAS_TITLE = "EXISTS (SELECT 1 FROM roles r WHERE r.actor = t.id AND has(r.title, :words))"
PARTY, PARTY_COUNTRY = _is_actor("p.name", "p.actor"), "p.country = :country"

QUESTIONS: Mapping[str, Question] = {
    "statements": Question(
        StatementRow,
        f"""SELECT t.date, a.outlet, coalesce(t.source_name, t.source_text), t.cue_text, t.content,
            {_parties("statements", "targets")}, {_parties("statements", "via")}, t.channel, t.kind, t.factuality,
            {_spans("statements", "hedges")}, t.when_value, t.where_name, a.published, t.article, t.id
            FROM statements t JOIN articles a ON a.id = t.article""",
        "t.date, t.article, t.n",
        {
            "actor": f"({_is_actor('t.source_name', 't.source_actor')} OR {_any_party('statements', PARTY)})",
            "country": f"(t.source_country = :country OR {_any_party('statements', PARTY_COUNTRY)})",
            "type": "t.kind = lower(:type)",
            **_between("t.date"),
            "outlet": OUTLET,
            "text": _search("statements"),
        },
    ),
    "events": Question(
        EventRow,
        f"""SELECT t.date, a.outlet, {_parties("events", "sources")}, t.type, t.mode,
            {_parties("events", "targets")}, t."trigger", t.sentence, t.factuality, t.aspect,
            {_spans("events", "hedges")}, t.where_name,
            {_list("SELECT g.text AS value FROM event_magnitudes g WHERE g.event = t.id ORDER BY g.n")},
            t.contexts, t.quad, t.score, t.when_value, a.published, t.attributed_to, t.article, t.id
            FROM events t JOIN articles a ON a.id = t.article""",
        "t.date, t.article, t.n",
        {
            "actor": _any_party("events", PARTY),
            "country": _any_party("events", PARTY_COUNTRY),
            "type": "t.type = upper(:type)",
            **_between("t.date"),
            "outlet": OUTLET,
            "text": _search("events"),
        },
    ),
    "actors": Question(
        ActorRow,
        f"""SELECT t.name, t.kind, t.country, t.sectors,
            {_list("SELECT DISTINCT r.title AS value FROM roles r WHERE r.actor = t.id ORDER BY r.title")},
            t.articles, t.mentions, t.statements, t.events, t.conflicts, t.id FROM actors t""",
        "t.mentions DESC, t.name, t.id",
        {
            "actor": _is_actor("t.name", "t.id"),
            "country": "t.country = :country",
            "type": "t.kind = lower(:type)",
            "text": f"({_search('actors')} OR {HAS_TITLE})",
        },
    ),
    "stories": Question(
        StoryRow,
        """SELECT t.first_reported, t.title, t.articles, t.outlets, t.claims, t.when_value, t.id FROM stories t""",
        "t.articles DESC, t.first_reported, t.n",
        {
            "actor": _of_member(_of_article("a.id", ACTOR)),
            "country": _of_member(_of_article("a.id", COUNTRY)),
            **{name: _of_member(condition) for name, condition in _between("a.published").items()},
            "outlet": _of_member(OUTLET),
            "text": _of_member("a.rowid IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :text)"),
        },
    ),
    "articles": Question(
        ArticleRow,
        """SELECT a.published, a.outlet, a.headline_text, a.credit_text, a.statement_count, a.event_count, a.language,
            a.url, a.path, a.id FROM articles a""",
        "a.published, a.outlet, a.id",
        {
            "actor": _of_article("a.id", ACTOR),
            "country": _of_article("a.id", COUNTRY),
            **_between("a.published"),
            "outlet": OUTLET,
            "text": _search("articles").replace("t.rowid", "a.rowid"),
        },
    ),
    "skipped": Question(
        SkippedRow,
        """SELECT coalesce(t.path, a.path), t.what, t.step, t.reason, t.start, t.stop, t.article
            FROM skipped t LEFT JOIN articles a ON a.id = t.article""",
        "t.article IS NOT NULL, coalesce(t.path, a.path), t.article, t.n",
        {"outlet": OUTLET, "text": "(has(t.what, :words) OR has(t.reason, :words))"},
    ),
}


def question(table: str) -> Question:
    """Return how a table is asked for."""
    if table not in QUESTIONS:
        raise UsageError(f"There is no table {table!r}; there are {', '.join(QUESTIONS)}.")
    return QUESTIONS[table]


def columns(table: str) -> tuple[str, ...]:
    """Return the names of the columns of a table, those that people read first in front."""
    return tuple(field.name for field in fields(question(table).row))


def rows(store: Store, table: str, filters: Filters = NO_FILTERS) -> Iterator[Row]:
    """Return the rows of a table that pass the filters, in the order in which people read them."""
    asked = question(table)
    given = [field.name for field in fields(filters) if getattr(filters, field.name) is not None]
    check(table, filters, unknown=set(given) - set(asked.conditions) - {"limit"})
    conditions = " AND ".join(asked.conditions[name] for name in given if name != "limit")
    where = f"WHERE {conditions}" if conditions else ""
    sql = f"{asked.select} {where} ORDER BY {asked.order} LIMIT coalesce(:limit, -1)"
    store.connection.create_function("has", 2, has, deterministic=True)
    return (read_row(asked.row, cells) for cells in store.connection.execute(sql, values(filters)))


def write_csv(found: Iterable[Row], stream: TextIO, *, table: str) -> None:
    """Write rows of a table as CSV, with a line of column names; lists in one cell."""
    names = columns(table)
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([cell_text(getattr(row, name)) for name in names] for row in found)


def write_jsonl(found: Iterable[Row], stream: TextIO) -> None:
    """Write rows as JSON lines; lists stay lists."""
    for row in found:
        write_json_line({field.name: getattr(row, field.name) for field in fields(row)}, stream)


def check(table: str, filters: Filters, *, unknown: set[str]) -> None:
    """Raise UsageError for a filter that the table does not have, or a date that is none."""
    if unknown:
        known = ", ".join(question(table).conditions)
        raise UsageError(f"{table} cannot be filtered by {', '.join(sorted(unknown))}; it can by {known}.")
    for name, day in (("since", filters.since), ("until", filters.until)):
        if day is not None and not DAY.fullmatch(day):
            raise UsageError(f"{name} {day!r} is not a date; write 2022-01-27, 2022-01 or 2022.")


def values(filters: Filters) -> dict[str, object]:
    """Return the values that the conditions name."""
    return {
        "actor": filters.actor,
        "country": filters.country and filters.country.upper(),
        "type": filters.type,
        "since": filters.since,
        "until": filters.until,
        "outlet": filters.outlet,
        "text": search_expression(filters.text),
        "words": filters.text,
        "limit": filters.limit,
    }


def search_expression(words: str | None) -> str | None:
    """Return what people type as a full-text query: every word or quoted phrase must be there; no other syntax."""
    if words is None:
        return None
    found = [match[1] or match[2] for match in PHRASE_OR_WORD.finditer(words)]
    return " ".join(f'"{one}"' for one in found if one) or '""'


def has(text: str | None, part: str) -> bool:
    """Does a text have this part, whatever its case?"""
    return text is not None and part.casefold() in text.casefold()
