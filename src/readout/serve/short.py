"""A claim in one short line, for lists."""

from collections.abc import Iterator

from readout.records import (
    Claim,
    Event,
    Statement,
    StatementKind,
)
from readout.serve.happened import is_speech_act
from readout.serve.lines import (
    Line,
    Segment,
    Style,
    Telling,
    anchor,
    beginning,
    ending,
    flat,
    shorten,
)
from readout.serve.phrases import event_sentence, factuality_phrase
from readout.serve.said import UNKNOWN_SPEAKER, cue_follows, outer_hedges, spoken_cue


def is_told_already(telling: Telling, claim: Claim) -> bool:
    """Is the claim the speech act of a statement, or a part of one, which has a line of its own?"""
    record = telling.canonical(claim)
    if isinstance(record, Statement):
        return telling.is_part(record)
    return isinstance(record, Event) and is_speech_act(telling, record)


def short_line(telling: Telling, claim: Claim) -> Line | None:
    """Return a claim in one short line: who said what in a few words, or what happened."""
    record = telling.canonical(claim)
    if isinstance(record, Event):
        return Line(tuple(short_event(telling, record)), telling.cites(claim), record.id)
    if isinstance(record, Statement):
        return Line(tuple(short_statement(telling, record)), telling.cites(claim), record.id)
    return None


def short_statement(telling: Telling, statement: Statement) -> Iterator[Segment]:
    """Yield the speaker and the first words."""
    yield Segment(telling.name(statement.source) if statement.source else UNKNOWN_SPEAKER, Style.ACTOR)
    if hedge := outer_hedges(statement):
        yield Segment(f" ({hedge})", Style.HEDGE)
    content = shorten(" … ".join(span.text for span in statement.content), 110)
    if statement.kind is StatementKind.DIRECT:
        yield Segment(f": “{content.rstrip(',')}”")
        return
    if cue_follows(statement):
        yield from (Segment(f": {content.rstrip(',')}"), Segment(f" — {spoken_cue(telling, statement)}", Style.NOTE))
        return
    yield from (Segment(f" {spoken_cue(telling, statement)}", Style.NOTE), Segment(f" {content}"))


def plain_sentence(telling: Telling, event: Event) -> str:
    """Return an event in plain words."""
    return event_sentence(event, sources=telling.names(event.sources), targets=telling.names(event.targets))


def short_event(telling: Telling, event: Event) -> Iterator[Segment]:
    """Yield an event as a short sentence when all its parties are known, else the words around its trigger."""
    if event.factuality != "CT+":
        yield Segment(f"({factuality_phrase(event.factuality)}) ", Style.HEDGE)
    parties = (*event.sources, *event.targets)
    if event.sources and all(party.actor for party in parties) and (len(parties) > 1 or not event.reciprocal):
        yield Segment(plain_sentence(telling, event))
        yield Segment(f" (“{shorten(' … '.join(span.text for span in event.trigger), 40)}”)", Style.NOTE)
        return
    sentence = telling.sentence(event)
    trigger = anchor(event)
    if sentence is None:
        yield Segment(flat(trigger.text), Style.MARK)
        return
    text, start, stop = sentence.span.text, trigger.start - sentence.span.start, trigger.stop - sentence.span.start
    yield Segment(ending(text[:start], 50))
    yield Segment(flat(text[start:stop]), Style.MARK)
    yield Segment(beginning(text[stop:], 60))
