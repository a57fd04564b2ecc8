"""The readings of one story, with what is looked up in them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from readout.group.identities import Identities
from readout.group.words import Rarity, keys_of
from readout.provenance import TextSpan
from readout.records import Article, Background, BlockKind, Event, Reading, Statement, When


@dataclass(frozen=True)
class Material:
    """Some articles, read; the order of the readings does not matter."""

    readings: Sequence[Reading]
    rarity: Rarity

    @cached_property
    def identities(self) -> Identities:
        """Return who is the same over these articles."""
        return Identities(self.readings)

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Return the articles by id."""
        return {reading.article.id: reading.article for reading in self.readings}

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """Return all statements by id."""
        return {statement.id: statement for reading in self.readings for statement in reading.statements}

    @cached_property
    def events(self) -> dict[str, Event]:
        """Return all events by id."""
        return {event.id: event for reading in self.readings for event in reading.events}

    @cached_property
    def reading_of(self) -> dict[str, Reading]:
        """Return the reading by article id."""
        return {reading.article.id: reading for reading in self.readings}

    @cached_property
    def article_of(self) -> dict[str, str]:
        """Return the article id of each statement, event and background fact."""
        return {record.id: reading.article.id for reading in self.readings for record in _records(reading)}

    @cached_property
    def reasons(self) -> dict[tuple[str, str], str]:
        """Return why a field of a record is empty, where the evidence says so."""
        return {
            (evidence.record_id, evidence.field): evidence.reason
            for reading in self.readings
            for evidence in reading.evidence
            if evidence.value is None and evidence.reason
        }


def _records(reading: Reading) -> tuple[Statement | Event | Background, ...]:
    return (*reading.statements, *reading.events, *reading.background)


def sentence_at(reading: Reading, span: TextSpan) -> TextSpan:
    """Return the sentence that a span begins in; the span itself when there is none."""
    starts = [sentence.span.start for sentence in reading.sentences]
    n = bisect_right(starts, span.start) - 1
    found = reading.sentences[n].span if n >= 0 else None
    return found if found is not None and found.stop > span.start else span


def in_headline(article: Article, span: TextSpan) -> bool:
    """Does the span stand in the headline?"""
    return any(block.kind is BlockKind.HEADLINE and block.span.contains(span) for block in article.blocks)


def keys_at(reading: Reading, event: Event) -> list[str]:
    """Return the folded words of the sentence that an event stands in."""
    return keys_of(sentence_at(reading, event.trigger[0]).text)


def when_of(reading: Reading, event: Event) -> When | None:
    """Return when an event took place; a meeting without a date has that of its sentence, or of what was said at it."""
    if event.when is not None or not event.reciprocal:
        return event.when
    return _only_date_of_sentence(reading, event) or _date_of_words_at(reading, event)


def _only_date_of_sentence(reading: Reading, event: Event) -> When | None:
    sentence = sentence_at(reading, event.trigger[0])
    dates = [when for when in reading.times if sentence.contains(when.span) and names_a_day(when)]
    return dates[0] if len(dates) == 1 else None


def _date_of_words_at(reading: Reading, event: Event) -> When | None:
    parties = {party.actor for party in (*event.sources, *event.targets)} - {None}
    for statement in reading.statements:
        present = {party.actor for party in (statement.source, *statement.targets) if party is not None} - {None}
        if statement.when is not None and len(present) > 1 and present <= parties:
            return statement.when
    return None


def names_a_day(when: When) -> bool:
    """Does it name a day at all, known or not: not "now", "in recent months", "for three days", "every week"?"""
    return when.type in {"DATE", "TIME"} and not (when.value or "").endswith("_REF")
