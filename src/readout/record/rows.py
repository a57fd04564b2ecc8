"""Turn a reading into the rows of its tables."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from readout.provenance import Evidence, Skipped, TextSpan, record_id
from readout.record.cells import (
    SEPARATOR,
    Row,
    list_cell,
    name_cells,
    names_cell,
    party_cells,
    span_cells,
    storable,
    when_cells,
    where_cells,
    words_cell,
)
from readout.record.days import listed_day
from readout.records import Actor, Article, Background, Event, Party, Reading, Sentence, Statement, When

Rows = dict[str, list[Row]]
TableRow = tuple[str, Row]


def reading_rows(reading: Reading) -> Rows:
    """Return the rows of a reading by table; those of `actors` and `summary` are the store's, which adds them up."""
    rows: Rows = defaultdict(list)
    for table, row in _table_rows(reading):
        rows[table].append(row)
    return rows


def _table_rows(reading: Reading) -> Iterator[TableRow]:
    article = reading.article
    yield "articles", storable(article_row(reading))
    for n, block in enumerate(article.blocks):
        span = block.span
        yield "blocks", (article.id, n, block.kind.value, span.start, span.stop, block.paragraph, block.rule)
    for n, sentence in enumerate(reading.sentences):
        span = sentence.span
        yield "sentences", (sentence.id, article.id, n, span.start, span.stop, sentence.paragraph)
    for n, mention in enumerate(reading.mentions):
        rest = (mention.head, mention.kind.value, mention.type, mention.chain, mention.actor)
        yield "mentions", (mention.id, article.id, n, *span_cells(mention.span), *rest)
    for n, actor in enumerate(reading.actors):
        yield from actor_rows(article, actor, n)
    for n, statement in enumerate(reading.statements):
        yield from statement_rows(article, statement, n)
    sentence_of = SentenceFinder(reading.sentences)
    for n, event in enumerate(reading.events):
        yield from event_rows(article, event, n, sentence_of)
    for n, when in enumerate(reading.times):
        identity, *cells = when_cells(when)
        yield "times", (identity, article.id, n, *cells)
        yield from zoned_rows(when.id, "also", when)
    for n, where in enumerate(reading.places):
        identity, *cells = where_cells(where)
        yield "places", (identity, article.id, n, *cells)
    for n, fact in enumerate(reading.background):
        yield from background_rows(article, fact, n)
    for n, skipped in enumerate(reading.skipped):
        yield "skipped", skipped_row(skipped, n, article=article.id)
    for n, why in enumerate(reading.evidence):
        yield "evidence", evidence_row(article, why, n)


def article_row(reading: Reading) -> Row:
    """Return the row of an article."""
    article = reading.article
    return (
        article.id,
        article.path,
        article.url,
        article.outlet,
        *name_cells(article.headline),
        *span_cells(article.dateline),
        list_cell(article.authors),
        article.published,
        article.modified,
        article.retrieved,
        *name_cells(article.credit),
        article.language,
        article.sha256,
        int(article.repaired),
        len(article.text),
        len(reading.sentences),
        len(reading.mentions),
        len(reading.statements),
        len(reading.events),
        article.text,  # last, so that SQLite need not walk over it to reach another column
    )


def actor_rows(article: Article, actor: Actor, n: int) -> Iterator[TableRow]:
    """Yield what an article gives for an actor."""
    sectors = list_cell(actor.sectors)
    yield "article_actors", (article.id, n, actor.id, actor.name, actor.kind.value, actor.country, sectors)
    for place, role in enumerate(actor.roles):
        cells = (role.title, role.organization, role.country, role.since, role.until, role.mention)
        yield "roles", (article.id, actor.id, place, *cells)


def statement_rows(article: Article, statement: Statement, n: int) -> Iterator[TableRow]:
    """Yield the rows of a statement."""
    yield (
        "statements",
        (
            statement.id,
            article.id,
            n,
            listed_day(statement.when, article.published),
            article.outlet,
            statement.kind.value,
            *party_cells(statement.source),
            *span_cells(statement.cue),
            words_cell(statement.content),
            names_cell(statement.targets),
            names_cell(statement.via),
            statement.inside,
            statement.channel,
            words_cell(statement.hedges, between=SEPARATOR),
            *when_cells(statement.when),
            *where_cells(statement.where),
            statement.factuality,
        ),
    )
    yield from span_rows("statement_spans", statement.id, content=statement.content, hedges=statement.hedges)
    yield from party_rows("statement_parties", statement.id, targets=statement.targets, via=statement.via)
    yield from zoned_rows(statement.id, "when", statement.when)


def event_rows(article: Article, event: Event, n: int, sentence_of: "SentenceFinder") -> Iterator[TableRow]:
    """Yield the rows of an event."""
    yield (
        "events",
        (
            event.id,
            article.id,
            n,
            listed_day(event.when, article.published),
            article.outlet,
            event.type,
            event.mode,
            list_cell(event.contexts),
            event.quad,
            names_cell(event.sources),
            names_cell(event.targets),
            words_cell(event.trigger),
            event.factuality,
            event.aspect,
            int(event.reciprocal),
            words_cell(event.hedges, between=SEPARATOR),
            *when_cells(event.when),
            *where_cells(event.where),
            words_cell((magnitude.span for magnitude in event.magnitude), between=SEPARATOR),
            event.attributed_to,
            names_cell(event.via),
            event.score,
            sentence_of.text(event.trigger),
            event.cameo,
        ),
    )
    yield from span_rows("event_spans", event.id, trigger=event.trigger, hedges=event.hedges)
    yield from party_rows("event_parties", event.id, sources=event.sources, targets=event.targets, via=event.via)
    for place, magnitude in enumerate(event.magnitude):
        cells = (magnitude.value, magnitude.unit, *span_cells(magnitude.span))
        yield "event_magnitudes", (event.id, place, *cells)
    yield from zoned_rows(event.id, "when", event.when)


def background_rows(article: Article, fact: Background, n: int) -> Iterator[TableRow]:
    """Yield the rows of a background fact."""
    yield "background", (fact.id, article.id, n, *span_cells(fact.term), *span_cells(fact.span))
    yield from span_rows("background_spans", fact.id, also=fact.also)
    yield from party_rows("background_parties", fact.id, via=fact.via)
    for place, when in enumerate(fact.when):
        yield "background_times", (fact.id, place, *when_cells(when))
        yield from zoned_rows(fact.id, background_field(place), when)


def background_field(place: int) -> str:
    """Return the name of one of the times of a background fact in the table of values in other zones."""
    return f"when {place}"


def span_rows(table: str, owner: str, **lists: Sequence[TextSpan]) -> Iterator[TableRow]:
    """Yield the rows of lists of spans."""
    for name, spans in lists.items():
        for n, span in enumerate(spans):
            yield table, (owner, name, n, *span_cells(span))


def party_rows(table: str, owner: str, **lists: Sequence[Party]) -> Iterator[TableRow]:
    """Yield the rows of lists of parties."""
    for name, parties in lists.items():
        for n, party in enumerate(parties):
            yield table, (owner, name, n, *party_cells(party))


def zoned_rows(record: str, name: str, when: When | None) -> Iterator[TableRow]:
    """Yield the values of a time expression in other zones."""
    if when is not None:
        for n, other in enumerate(when.also):
            yield "zoned_values", (record, name, n, other.value, other.zone)


def evidence_row(article: Article, why: Evidence, n: int) -> Row:
    """Return the row that says why a field has its value."""
    place = (article.id, n, why.record_id, why.field)
    return (*place, why.value, *span_cells(why.span), why.step, why.rule, why.score, why.reason)


def skipped_row(skipped: Skipped, n: int, *, article: str | None = None, path: str | None = None) -> Row:
    """Return the row of something left out of an article, or of an input that gave none."""
    identity = (article, path, n, skipped.what, skipped.start, skipped.stop, skipped.step, skipped.reason)
    place = (record_id("k", *identity), article, n, path)
    return storable((*place, skipped.what, skipped.start, skipped.stop, skipped.step, skipped.reason))


class SentenceFinder:
    """Finds the sentence of an event."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self.spans = sorted(sentence.span for sentence in sentences)
        self.starts = [span.start for span in self.spans]

    def text(self, trigger: Sequence[TextSpan]) -> str:
        """Return the sentence in which the trigger starts; the trigger alone where there is none."""
        if not trigger:
            return ""
        place = bisect_right(self.starts, trigger[0].start) - 1
        found = place >= 0 and self.spans[place].overlaps(trigger[0])
        return self.spans[place].text if found else trigger[0].text
