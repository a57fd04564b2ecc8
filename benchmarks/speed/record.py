"""How fast the record takes readings in, gives them back, verifies and answers; on readings made up for it.

    python benchmarks/speed/record.py [--articles 2000] [--record FILE]

One reading is about as rich as a news article of 800 words: 35 sentences, 60 mentions, 20 statements, 25 events,
260 rows of evidence. Prints rows, seconds and rates; --floor is checked against the rows taken in per second of CPU.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from readout.provenance import Evidence, TextSpan, article_id, positions, record_id
from readout.record.queries import Filters, rows
from readout.record.schema import TABLES
from readout.record.store import Store
from readout.record.verify import verify
from readout.records import (
    Actor,
    ActorKind,
    Article,
    Block,
    BlockKind,
    Event,
    Mention,
    MentionKind,
    Name,
    Party,
    Reading,
    Role,
    Sentence,
    Statement,
    StatementKind,
    When,
)

SENTENCES = 35
ACTORS = 12
TYPES = ("CONSULT", "REQUEST", "COERCE", "AGREE", "AID", "ACCUSE", "THREATEN", "MOBILIZE")


def synthetic_readings(count: int) -> Iterator[Reading]:
    """Yield readings of different texts, with actors that many of them share."""
    for number in range(count):
        yield synthetic_reading(number)


def synthetic_reading(number: int) -> Reading:
    """Return one reading; the same number gives the same reading."""
    people = [(number * 7 + place) % 400 for place in range(ACTORS)]
    lines = [sentence_text(number, place, people) for place in range(SENTENCES)]
    text = f"Report {number} from the conference\n\n" + "\n\n".join(lines)
    url = f"https://outlet{number % 50}.example/{number}"
    article = Article(article_id(url=url, outlet=None, published=None, text=text), text, url=url)
    article = replace(
        article, outlet=f"Outlet {number % 50}", published=f"2022-{number % 12 + 1:02}-{number % 28 + 1:02}"
    )
    spans = list(line_spans(article, lines))
    blocks = tuple(Block(BlockKind.BODY, span, place + 2) for place, span in enumerate(spans))
    headline = article.span(0, text.index("\n"))
    title = Block(BlockKind.HEADLINE, headline, 1)
    article = replace(article, headline=Name(headline.text, headline), blocks=(title, *blocks))
    return fill(Reading(article), spans, people)


def sentence_text(number: int, place: int, people: list[int]) -> str:
    """Return a sentence in which one actor tells another something."""
    one, other = people[place % ACTORS], people[(place + 1) % ACTORS]
    return (
        f"Minister {one} told Minister {other} on March {place % 28 + 1} that the talks about point {place} of the "
        f"treaty {number} would continue in spite of the “grave concerns” of the delegations."
    )


def line_spans(article: Article, lines: list[str]) -> Iterator[TextSpan]:
    """Yield the spans of the lines, in order."""
    start = 0
    for line in lines:
        start = article.text.index(line, start)
        yield article.span(start, start + len(line))
        start += len(line)


def fill(reading: Reading, spans: list[TextSpan], people: list[int]) -> Reading:
    """Return the reading with records in every sentence."""
    article = reading.article
    sentences = tuple(
        Sentence(record_id("n", article.id, span.start), span, place + 2) for place, span in enumerate(spans)
    )
    actors = tuple(actor_of(person) for person in people)
    mentions: list[Mention] = []
    statements: list[Statement] = []
    events: list[Event] = []
    times: list[When] = []
    evidence: list[Evidence] = []
    for place, span in enumerate(spans):
        speaker = mention_of(article, span, "Minister", 1, actors[place % ACTORS])
        hearer = mention_of(article, span, "Minister", 2, actors[(place + 1) % ACTORS])
        mentions += [speaker, hearer]
        when = time_of(article, inner(article, span, "on March"))
        times.append(when)
        said = statement_of(article, span, speaker, hearer, when)
        if place % 2:
            statements.append(said)
            evidence += evidence_of(said.id, ("source", "targets", "cue", "content", "when", "kind"), span)
        if place % 3:
            event = event_of(article, span, speaker, hearer, when)
            events.append(event)
            evidence += evidence_of(event.id, ("type", "mode", "sources", "targets", "when", "where"), span)
    return replace(
        reading,
        sentences=sentences,
        mentions=tuple(mentions),
        actors=actors,
        statements=tuple(statements),
        events=tuple(events),
        times=tuple(times),
        evidence=tuple(evidence),
    )


def actor_of(person: int) -> Actor:
    """Return an actor of whom many articles speak."""
    role = Role("minister", f"Government {person % 40}", f"C{person % 40:02}")
    return Actor(f"person:{person}", f"Minister {person}", ActorKind.PERSON, f"C{person % 40:02}", ("GOV",), (role,))


def inner(article: Article, span: TextSpan, words: str, nth: int = 1) -> TextSpan:
    """Return the span of the nth occurrence of words within another span."""
    start = span.start - 1
    for _ in range(nth):
        start = article.text.index(words, start + 1)
    return article.span(start, start + len(words))


def mention_of(article: Article, span: TextSpan, words: str, nth: int, actor: Actor) -> Mention:
    """Return a mention of an actor."""
    found = inner(article, span, words, nth)
    identity = record_id("m", article.id, found.start, found.stop)
    return Mention(identity, found, found.start, MentionKind.NAME, "PERSON", actor.id, actor.id)


def time_of(article: Article, span: TextSpan) -> When:
    """Return a time expression."""
    return When(record_id("t", article.id, span.start), span, "DATE", "2022-03-01")


def party_of(mention: Mention) -> Party:
    """Return the party that a mention stands for."""
    return Party(
        mention.span, mention.id, mention.actor, mention.actor and mention.actor.replace("person:", "Minister ")
    )


def statement_of(article: Article, span: TextSpan, speaker: Mention, hearer: Mention, when: When) -> Statement:
    """Return what a sentence reports."""
    start = article.text.index("that the talks", span.start)
    content = (article.span(start, span.stop),)
    identity = record_id("s", article.id, positions(content))
    cue = inner(article, span, "told")
    source, targets = party_of(speaker), (party_of(hearer),)
    return Statement(identity, StatementKind.MIXED, content, source, targets, cue, when=when, channel="meeting")


def event_of(article: Article, span: TextSpan, speaker: Mention, hearer: Mention, when: When) -> Event:
    """Return what a sentence says was done."""
    trigger = (inner(article, span, "told"),)
    type_ = TYPES[span.start % len(TYPES)]
    identity = record_id("e", article.id, positions(trigger), type_)
    sources, targets = (party_of(speaker),), (party_of(hearer),)
    return Event(identity, type_, trigger, quad=1, sources=sources, targets=targets, when=when)


def evidence_of(identity: str, names: tuple[str, ...], span: TextSpan) -> list[Evidence]:
    """Return a line of evidence per field."""
    return [Evidence(identity, name, name, span, "synthetic@1", f"rule.{name}", 0.5) for name in names]


class Watch:
    """Measures from its making on: seconds on the clock and of the processor, which other programs do not disturb."""

    def __init__(self) -> None:
        self.clock, self.processor = time.perf_counter(), time.process_time()

    def show(self, label: str, count: int, unit: str) -> float:
        """Print how long something took; return its rate per second of the processor."""
        clock, seconds = time.perf_counter() - self.clock, time.process_time() - self.processor
        rate = count / seconds
        print(f"{label:36}{count:>10,} {unit:9}{clock:8.2f} s {seconds:8.2f} s CPU {rate:>10,.0f} {unit}/s CPU")
        return rate


def main() -> int:
    """Measure; return 1 when a floor is missed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=2000)
    options.add_argument("--record", type=Path, help="where to put the record (default: a temporary folder)")
    options.add_argument("--floor", type=float, default=0.0, help="rows per second of CPU that taking in must reach")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return measure(given.record or Path(folder) / "record.db", given.articles, floor=given.floor)


def measure(path: Path, articles: int, *, floor: float) -> int:
    """Fill a record and ask it."""
    readings = list(synthetic_readings(articles))
    with Store(path) as store:
        watch = Watch()
        for reading in readings:
            store.add(reading)
        held = sum(store.connection.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0] for table in TABLES)
        rate = watch.show("take in", held, "rows")
        watch.show("the same", articles, "articles")
        watch = Watch()
        watch.show("take in again (nothing new)", sum(not store.add(one) for one in readings), "articles")
        watch = Watch()
        same = sum(one == two for one, two in zip(store.readings(), readings, strict=True))
        watch.show("give back as they were", same, "articles")
        watch = Watch()
        found = verify(store)
        watch.show("verify", found.checked, "spans")
        for name, filters in QUESTIONS.items():
            watch = Watch()
            watch.show(f"statements {name}", len(list(rows(store, "statements", filters))), "rows")
        size = path.stat().st_size
        print(f"{size / 1e6:,.0f} MB, {size / held:,.0f} bytes a row, {len(found.bad)} bad")
    return int(rate < floor or bool(found.bad) or same < articles)


QUESTIONS = {
    "of an actor (id)": Filters(actor="person:7"),
    "of an actor (part of name)": Filters(actor="minister 39"),
    "with words, first 20": Filters(text="point 7", limit=20),
    "of a month": Filters(since="2022-03", until="2022-03"),
}

if __name__ == "__main__":
    sys.exit(main())
