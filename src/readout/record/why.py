"""Explain a record: each of its fields with the characters that carry it, who decided, or why it is empty."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from readout.errors import NoSuchRecord, UsageError
from readout.provenance import Evidence, TextSpan
from readout.record.parts import Part, parts
from readout.record.quotes import Quote, Quotes
from readout.record.schema import BY_NAME
from readout.record.store import Store
from readout.record.titles import shortened, title_of
from readout.records import Claim, Event, Reading, Report, Statement, Story

KINDS = {
    "statements": "statement",
    "events": "event",
    "actors": "actor",
    "mentions": "mention",
    "times": "time",
    "places": "place",
    "background": "background",
    "articles": "article",
    "claims": "claim",
    "stories": "story",
}
# Fields that say nothing to a reader, and those of which nobody asks why they are empty.
UNSHOWN = frozenset({"id", "chain", "head", "blocks", "text", "sha256", "reason"})
NAMES = {"span": "text", "since": "from", "until": "to"}  # of the contract, where Python has others
FIRST = ("type", "mode", "source", "sources", "cue", "trigger", "content", "targets", "via", "when", "where")
DECIDING = ("value", "geonames", "actor")  # the field of a time, a place or a mention that a reader asks about
OFTEN_EMPTY = frozenset(
    {"also", "channel", "contexts", "hedges", "inside", "magnitude", "mode", "since", "until", "via", "zone"}
    | {"modified", "retrieved", "roles", "dateline", "credit", "url", "path", "authors", "attributed_to"}
)
NO_REASON = "no reason was noted"
MENTIONS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class FieldWhy:
    """A value of a field, and why it is that; `reason` says why there is none."""

    name: str
    value: str | None
    quote: Quote | None = None
    step: str | None = None
    version: str | None = None
    rule: str | None = None
    score: float | None = None
    reason: str | None = None

    @property
    def context(self) -> tuple[str, str, str] | None:
        """What stands before the words, the words, and what stands after them."""
        return None if self.quote is None else (self.quote.before, self.quote.span.text, self.quote.after)

    @property
    def where(self) -> str | None:
        """The outlet and the paragraph in which the words stand."""
        return None if self.quote is None else self.quote.where


@dataclass(frozen=True, slots=True)
class Explanation:
    """A record with the evidence of each of its fields."""

    kind: str
    id: str
    title: str
    fields: tuple[FieldWhy, ...]


def why(store: Store, record_id: str) -> Explanation:
    """Return why each field of a record has its value; the beginning of an id is enough when only one begins so."""
    table, identity, article = find(store, record_id)
    quotes = Quotes(store)
    if table == "actors":
        return _why_actor(store, identity, quotes)
    if table in ("stories", "claims"):
        return _why_story_or_claim(store, table, identity, quotes)
    reading = store.reading(article)
    if reading is None:
        raise NoSuchRecord(record_id)
    return _why_record(reading, table, identity, quotes)


def find(store: Store, record_id: str) -> tuple[str, str, str]:
    """Return the table, the whole id and the article ("" for none) of the record whose id is or begins so."""
    exact = list(_candidates(store, "= ?", record_id))
    found = exact or list(_candidates(store, "LIKE ? || '%' ESCAPE '!'", _escaped(record_id)))
    if not record_id or not found:
        raise NoSuchRecord(record_id)
    if len(found) > 1:
        names = ", ".join(identity for _, identity, _ in found[:5])
        raise UsageError(f"Several ids begin with {record_id!r}: {names}{' ...' if len(found) > 5 else ''}")
    return found[0]


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _candidates(store: Store, condition: str, record_id: str) -> Iterator[tuple[str, str, str]]:
    for table in KINDS:
        article = "article" if "article" in BY_NAME[table].names else "id" if table == "articles" else "''"
        query = f"SELECT id, {article} FROM {table} WHERE id {condition} LIMIT 6"
        for identity, where in store.connection.execute(query, (record_id,)):
            yield table, identity, where


def _why_record(reading: Reading, table: str, identity: str, quotes: Quotes) -> Explanation:
    """Explain a record that was read out of one article."""
    records = (reading.article,) if table == "articles" else getattr(reading, table)
    record = next(one for one in records if one.id == identity)
    lines = _record_lines(record, identity, reading, quotes)
    return Explanation(KINDS[table], identity, title_of(record, reading), tuple(lines))


def _record_lines(record: Any, identity: str, reading: Reading, quotes: Quotes) -> Iterator[FieldWhy]:
    """Yield the fields of a record with their evidence in one article."""
    evidence = _Evidence(reading.article.id, reading.evidence, quotes)
    empty = getattr(record, "reason", None) or NO_REASON
    for name in shown_fields(record):
        values = parts(getattr(record, name), reading)
        yield from evidence.of_field(identity, NAMES.get(name, name), values, empty=empty)
    yield from evidence.rest(identity)


def shown_fields(record: Any) -> list[str]:
    """Return the fields of a record that are shown, those that people read first in front."""
    names = [field.name for field in fields(record) if field.name not in UNSHOWN]
    return sorted(names, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))


class _Evidence:
    """The evidence of an article, drawn field by field; what no field drew comes last."""

    def __init__(self, article: str, evidence: tuple[Evidence, ...], quotes: Quotes) -> None:
        self.article = article
        self.quotes = quotes
        self.rows: dict[str, list[Evidence]] = {}
        self.drawn: set[int] = set()
        for row in evidence:
            self.rows.setdefault(row.record_id, []).append(row)

    def of_field(self, identity: str, name: str, values: list[Part], *, empty: str) -> Iterator[FieldWhy]:
        """Yield the values of a field, each with its evidence and that of what it holds; then other evidence."""
        rows = [row for row in self.rows.get(identity, ()) if _belongs(row.field, name)]
        self.drawn |= {id(row) for row in rows}
        for value in values:
            nested = list(self.rows.get(value.held or "", ())) if value.held != identity else []
            row = _evidence_for(value, rows, alone=len(values) == 1)
            held = rows if row else nested
            row = row or next((one for one in nested if one.field in DECIDING), None)
            if row is None:
                yield FieldWhy(name, value.value, self._quote(value.span), reason=value.reason)
            else:
                held.remove(row)
                yield self._line(row, name, value)
            yield from (self._held(one, name, value) for one in nested if one.field in DECIDING and one.value)
        yield from (self._line(row, row.field) for row in rows)
        if not values and not rows and name not in OFTEN_EMPTY:
            yield FieldWhy(name, None, reason=empty)

    def rest(self, identity: str) -> Iterator[FieldWhy]:
        """Yield the evidence that belongs to no field of the record."""
        rows = (row for row in self.rows.get(identity, ()) if id(row) not in self.drawn)
        yield from (self._line(row, row.field) for row in rows)

    def _line(self, row: Evidence, name: str, value: Part | None = None) -> FieldWhy:
        step, _, version = row.step.partition("@")
        span = row.span or (value.span if value else None)
        text = value.value if value else row.value
        reason = row.reason or (value.reason if value else None)
        return FieldWhy(name, text, self._quote(span), step, version or None, row.rule, row.score, reason)

    def _held(self, row: Evidence, name: str, value: Part) -> FieldWhy:
        """Return the evidence of the time, place or mention that a value is; the words only when they are others."""
        line = self._line(row, f"{name}.{row.field}", Part(value.value))
        return replace(line, quote=None) if row.span == value.span else line

    def _quote(self, span: TextSpan | None) -> Quote | None:
        return None if span is None else self.quotes.quote(self.article, span)


def _belongs(evidence_field: str, name: str) -> bool:
    """Is this evidence of the field, or of a part of it (`source.actor`, `targets[0]`)?"""
    rest = evidence_field.removeprefix(name)
    return rest != evidence_field and (not rest or rest[0] in "._[ ")


def _evidence_for(value: Part, rows: list[Evidence], *, alone: bool) -> Evidence | None:
    """Return the evidence of a value: with the same characters, or the same value, or the only one of an only value."""
    for row in rows:
        if value.span is not None and row.span == value.span and row.value is not None:
            return row
    for row in rows:
        if row.value is not None and row.value in (value.value, *value.names):
            return row
    given = [row for row in rows if row.value is not None]
    return given[0] if alone and len(given) == 1 else None


def _why_actor(store: Store, identity: str, quotes: Quotes) -> Explanation:
    """Explain an actor over all articles that mention it: what each says, and where."""
    query = "SELECT name, kind, country, sectors, conflicts, mentions FROM actors WHERE id = ?"
    name, kind, country, sectors, conflicts, mentions = store.connection.execute(query, (identity,)).fetchone()
    query = "SELECT article FROM article_actors WHERE actor = ? ORDER BY article"
    articles = [row[0] for row in store.connection.execute(query, (identity,))]
    found: list[FieldWhy] = []
    for reading in store.readings(articles):
        actor = next(one for one in reading.actors if one.id == identity)
        found.extend(_record_lines(actor, identity, reading, quotes))
    if conflicts != "[]":
        found.append(FieldWhy("conflicts", conflicts, reason="articles differ; the first value given is the one shown"))
    found.extend(_mentions(store, identity, quotes))
    title = f"{name} ({', '.join(str(one) for one in (kind, country, sectors) if one and one != '[]')})"
    return Explanation("actor", identity, f"{title}: {counted(mentions, 'mention')}", tuple(dict.fromkeys(found)))


def _mentions(store: Store, actor: str, quotes: Quotes) -> Iterator[FieldWhy]:
    """Yield the first mentions of an actor, names before descriptions and pronouns."""
    query = (
        "SELECT article, start, stop, text, kind FROM mentions WHERE actor = ?"
        " ORDER BY kind = 'pronoun', kind = 'description', article, n LIMIT ?"
    )
    for article, start, stop, text, kind in store.connection.execute(query, (actor, MENTIONS_SHOWN)):
        yield FieldWhy("mention", f"{text} ({kind})", quotes.quote(article, TextSpan.stored(start, stop, text)))


def _why_story_or_claim(store: Store, table: str, identity: str, quotes: Quotes) -> Explanation:
    for story in store.stories():
        if table == "stories" and story.id == identity:
            return Explanation("story", identity, story.title, tuple(_story_fields(store, story, quotes)))
        for claim in story.claims:
            if claim.id == identity:
                lines = tuple(_claim_fields(store, claim, quotes))
                return Explanation("claim", identity, _record_title(store, claim), lines)
    raise NoSuchRecord(identity)


def _record_title(store: Store, claim: Claim) -> str:
    """Return the title of the record that stands for a claim."""
    for reading in store.readings(report.article for report in claim.reports if report.record == claim.canonical):
        records: tuple[Statement | Event, ...] = (*reading.statements, *reading.events)
        for record in records:
            if record.id == claim.canonical:
                return title_of(record, reading)
    return claim.id


def _claim_fields(store: Store, claim: Claim, quotes: Quotes) -> Iterator[FieldWhy]:
    """Yield what a claim says of itself, and the words of each report."""
    yield FieldWhy("kind", claim.kind)
    yield FieldWhy("factuality", claim.factuality)
    for report in claim.reports:
        yield FieldWhy("report", _report_text(report, claim), _words_of(store, report, quotes))
    yield FieldWhy("outlets", str(claim.outlets))
    for origin in claim.origins:
        yield FieldWhy("origin", origin.name + (f" ({origin.actor})" if origin.actor else ""))
    if not claim.origins:
        yield FieldWhy("origin", None, reason="no report says where its words come from")


def counted(number: int, thing: str) -> str:
    """Return "1 report", "2 reports"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _report_text(report: Report, claim: Claim) -> str:
    role = ", stands for the claim" if report.record == claim.canonical else ""
    changes = "; ".join(f"{before or '∅'} → {after or '∅'}" for before, after in report.changes)
    return f"{report.record}: {report.wording.value}{role}{' (' + changes + ')' if changes else ''}"


def _words_of(store: Store, report: Report, quotes: Quotes) -> Quote | None:
    """Return the first words of a report: its content or its trigger."""
    query = (
        "SELECT start, stop, text FROM spans WHERE record = ? AND field IN ('content', 'trigger')"
        " AND found_in IN ('statement_spans', 'event_spans') ORDER BY field = 'trigger' LIMIT 1"
    )
    row = store.connection.execute(query, (report.record,)).fetchone()
    return quotes.quote(report.article, TextSpan.stored(*row)) if row else None


def _story_fields(store: Store, story: Story, quotes: Quotes) -> Iterator[FieldWhy]:
    """Yield what a story is made of, with the words behind its date and its differences."""
    yield FieldWhy(
        "first_reported", story.first_reported, reason=None if story.first_reported else "no article is dated"
    )
    when_article = store.connection.execute("SELECT when_article FROM stories WHERE id = ?", (story.id,)).fetchone()[0]
    if story.when is None:
        yield FieldWhy("when", None, reason="no date stands with what happened")
    else:
        yield FieldWhy("when", story.when.value, quotes.quote(when_article, story.when.span), reason=story.when.reason)
    for member in story.members:
        yield FieldWhy("article", f"{member.article}: {quotes.source(member.article)} ({member.role.value})")
    for claim in story.claims:
        yield FieldWhy(
            "claim", f"{claim.id}: {shortened(_record_title(store, claim))} ({counted(len(claim.reports), 'report')})"
        )
    for difference in story.differences:
        for value in difference.values:
            named = f"{difference.kind.value} of {difference.about}"
            yield FieldWhy("difference", named, quotes.quote(value.article, value.span))
    for gap in story.unresolved:
        yield FieldWhy("unresolved", None, reason=f"{gap.field} of {gap.record}: {gap.reason}")
