"""Readings made by hand for the tests of the group stage, from quoted words; invented people, places and outlets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from readout.annotations import plain_article
from readout.provenance import Evidence, TextSpan, article_id, positions, record_id
from readout.records import (
    Actor,
    ActorKind,
    Article,
    Background,
    BlockKind,
    Event,
    Magnitude,
    Name,
    Party,
    Reading,
    Sentence,
    Statement,
    StatementKind,
    When,
    Where,
)

ACTORS = {
    "Ilse Varga": ("person", "DLV", "GOV"),
    "Tomas Brandt": ("person", "NRL", "GOV"),
    "Ministry of Foreign Affairs of Delvia": ("organization", "DLV", "GOV"),
    "Government of Delvia": ("organization", "DLV", "GOV"),
    "Government of Norland": ("organization", "NRL", "GOV"),
    "Ministry of Defense of Norland": ("organization", "NRL", "MIL"),
    "Delvia": ("country", "DLV", None),
    "Norland": ("country", "NRL", None),
    "Varga": ("person", None, None),
    "Coast Wire": ("organization", None, "JRN"),
}
RECIPROCAL = frozenset({"CONSULT", "AGREE"})


def actor(name: str) -> Actor:
    """Return one of the invented actors."""
    kind, country, sector = ACTORS[name]
    return Actor(record_id("k", name), name, ActorKind(kind), country, (sector,) if sector else ())


def article(text: str, **fields: Any) -> Article:
    """Return an article of this text; `headline` and `credit` are quoted from it, or stand apart."""
    published, outlet = fields.get("published"), fields.get("outlet")
    bare = plain_article(text)
    headline, credit = (Name(fields[key]) if fields.get(key) else None for key in ("headline", "credit"))
    id_ = article_id(url=None, outlet=outlet, published=published, text=text)
    blocks = bare.blocks
    if headline and text.startswith(f"{headline.text}\n"):
        blocks = (replace(blocks[0], kind=BlockKind.HEADLINE), *blocks[1:])
    return Article(id_, text, outlet=outlet, published=published, headline=headline, credit=credit, blocks=blocks)


def quoted(one: Article, words: str, after: str = "") -> TextSpan:
    """Return where words stand, behind some other words when these are given."""
    start = one.text.index(words, one.text.index(after) if after else 0)
    return one.span(start, start + len(words))


def party(one: Article, given: str) -> Party:
    """Return a party: "words in the text = Name of the actor", or one of the two; unknown words are nobody known."""
    words, _, name = (part.strip() for part in given.partition("="))
    name = name or words
    span = quoted(one, words) if words in one.text else one.span(0, 1)
    if name not in ACTORS:
        return Party(span)
    known = actor(name)
    return Party(span, None, known.id, known.name, known.country, known.sectors[0] if known.sectors else None)


def when(one: Article, given: Mapping[str, Any] | None) -> When | None:
    """Return a time expression: {text, value}."""
    if given is None:
        return None
    span = quoted(one, given["text"])
    value = str(given["value"]) if given.get("value") else None
    return When(
        record_id("t", one.id, span.start), span, "DATE", value, reason=None if value else "no date to count from"
    )


def where(one: Article, given: str | None) -> Where | None:
    """Return a place by its name."""
    if given is None:
        return None
    span = quoted(one, given)
    return Where(record_id("p", one.id, span.start), span, given, geonames=sum(map(ord, given)), lat=1.0, lon=1.0)


def statement(one: Article, given: Mapping[str, Any]) -> Statement:
    """Return a statement: {source, content, kind, via, channel, inside, when, hedges}."""
    content = given["content"] if isinstance(given["content"], list) else [given["content"]]
    spans = tuple(quoted(one, words) for words in content)
    inside = given.get("inside")
    return Statement(
        record_id("s", one.id, positions(spans)),
        StatementKind(given.get("kind", "direct")),
        spans,
        party(one, given["source"]) if given.get("source") else None,
        inside=record_id("s", one.id, positions([quoted(one, inside)])) if inside else None,
        via=tuple(party(one, relay) for relay in given.get("via", ())),
        channel=given.get("channel"),
        hedges=tuple(quoted(one, hedge) for hedge in given.get("hedges", ())),
        when=when(one, given.get("when")),
        factuality=given.get("factuality", "CT+"),
    )


def event(one: Article, given: Mapping[str, Any], statements: Sequence[Statement]) -> Event:
    """Return an event: {type, trigger, mode, sources, targets, when, where, number: [value, unit, text], said: n}."""
    trigger = quoted(one, given["trigger"])
    number = given.get("number")
    return Event(
        record_id("e", one.id, trigger.start, given["type"]),
        given["type"],
        (trigger,),
        given.get("mode"),
        sources=tuple(party(one, name) for name in given.get("sources", ())),
        targets=tuple(party(one, name) for name in given.get("targets", ())),
        factuality=given.get("factuality", "CT+"),
        reciprocal=given["type"] in RECIPROCAL,
        hedges=tuple(quoted(one, hedge) for hedge in given.get("hedges", ())),
        when=when(one, given.get("when")),
        where=where(one, given.get("where")),
        magnitude=(Magnitude(number[0], number[1], quoted(one, number[2])),) if number else (),
        attributed_to=statements[given["said"]].id if "said" in given else None,
    )


def background(one: Article, given: Mapping[str, Any]) -> Background:
    """Return a fact in explanation: {term, text, also}."""
    span = quoted(one, given["text"])
    also = tuple(quoted(one, name) for name in given.get("also", ()))
    return Background(record_id("b", one.id, span.start), quoted(one, given["term"]), span, also)


def reading(given: Mapping[str, Any]) -> Reading:
    """Return the reading of an article: {text, outlet, published, headline, credit, statements, events, background}."""
    one = article(**{k: v for k, v in given.items() if k not in {"statements", "events", "background", "times"}})
    statements = tuple(statement(one, row) for row in given.get("statements", ()))
    return Reading(
        one,
        sentences=tuple(_sentences(one)),
        actors=tuple(actor(name) for name in ACTORS),
        statements=statements,
        times=tuple(time for row in given.get("times", ()) if (time := when(one, row)) is not None),
        events=tuple(event(one, row, statements) for row in given.get("events", ())),
        background=tuple(background(one, row) for row in given.get("background", ())),
        evidence=tuple(
            Evidence(said.id, "source", None, None, "test", reason="nobody is named")
            for said in statements
            if not said.source
        ),
    )


def _sentences(one: Article) -> list[Sentence]:
    """Cut at full stops and line ends: enough for texts that are written for it."""
    found, start = [], 0
    for n, char in enumerate(one.text):
        if char in ".\n" or n + 1 == len(one.text):
            span = TextSpan.trimmed(one, start, n + 1)
            if span is not None and len(span) > 1:
                found.append(Sentence(record_id("n", one.id, span.start), span, 1))
                start = n + 1
    return found
