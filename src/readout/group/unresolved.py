"""What a reader would want to know and the articles do not give, with the reason."""

from collections.abc import Iterator

from readout.group.coverage import Coverage
from readout.records import Event, Mention, MentionKind, Party, Reading, Statement, Unresolved, When

NO_VALUE = ("", "PAST_REF", "PRESENT_REF", "FUTURE_REF")


def unresolved_in(coverage: Coverage) -> Iterator[Unresolved]:
    """Yield the open fields of the articles' statements and events, and the pronouns that stand for nobody known."""
    for reading in coverage.readings:
        for statement in reading.statements:
            yield from _of_statement(statement, coverage)
        for event in reading.events:
            yield from _of_event(event, coverage)
        for when in reading.times:
            yield from _of_time(when, when.id, coverage)
        yield from _pronouns(reading, coverage)


def _of_statement(statement: Statement, coverage: Coverage) -> Iterator[Unresolved]:
    if statement.source is None:
        reason = coverage.reasons.get((statement.id, "source"), "nobody is named as the one who said it")
        yield Unresolved(statement.id, "source", reason)
    else:
        yield from _of_party(statement.source, statement.id, "source", coverage)


def _of_event(event: Event, coverage: Coverage) -> Iterator[Unresolved]:
    if not event.sources:
        reason = coverage.reasons.get((event.id, "sources"), "nobody is named as the one who did it")
        yield Unresolved(event.id, "sources", reason)
    for party in event.sources:
        yield from _of_party(party, event.id, "sources", coverage)
    for party in event.targets:
        yield from _of_party(party, event.id, "targets", coverage)


def _of_party(party: Party, record: str, field: str, coverage: Coverage) -> Iterator[Unresolved]:
    if party.actor is None:
        known = (coverage.reasons.get((key, name)) for key, name in ((record, field), (party.mention or "", "actor")))
        reason = next((reason for reason in known if reason), None)
        yield Unresolved(record, field, reason or f"who is meant by “{party.span.text}” is not known")


def _of_time(when: When, record: str, coverage: Coverage) -> Iterator[Unresolved]:
    if when.value in NO_VALUE or when.value is None:
        reason = when.reason or coverage.reasons.get((record, "value")) or "it names no day"
        yield Unresolved(record, "when", f"“{when.span.text}”: {reason}")


def _pronouns(reading: Reading, coverage: Coverage) -> Iterator[Unresolved]:
    for mention in reading.mentions:
        if mention.kind is MentionKind.PRONOUN and mention.actor is None:
            yield Unresolved(mention.id, "actor", coverage.reasons.get((mention.id, "actor")) or _unknown(mention))


def _unknown(mention: Mention) -> str:
    return f"who is meant by “{mention.span.text}” is not known"
