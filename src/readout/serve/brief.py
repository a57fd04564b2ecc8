"""The brief of a story: what happened, who said what, where the accounts differ, and where the words come from.

`brief` turns a Story and its Readings into sections of lines; terminal.py, markdown.py and pages.py only lay them out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from readout.provenance import TextSpan
from readout.records import (
    Article,
    ArticleRole,
    Background,
    Claim,
    Difference,
    Event,
    Party,
    Reading,
    Report,
    Statement,
    StatementKind,
    Story,
    Wording,
)
from readout.serve.phrases import (
    FACTUALITY,
    and_list,
    channel_phrase,
    date_phrase,
    event_sentence,
    party_name,
    plural,
    weekday,
)

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Style(StrEnum):
    """How a stretch of a line is shown."""

    PLAIN = "plain"
    ACTOR = "actor"
    QUOTE = "quote"
    HEDGE = "hedge"
    MARK = "mark"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line with one style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Cite:
    """Where a line stands: the article's letter, its paragraph, and the article itself for a link."""

    letter: str
    paragraph: int | None
    article: str

    def __str__(self) -> str:
        return self.letter if self.paragraph is None else f"{self.letter}¶{self.paragraph}"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the brief says, with its places in the articles and the id that `readout why` takes."""

    segments: tuple[Segment, ...]
    cites: tuple[Cite, ...] = ()
    record: str | None = None
    notes: tuple[tuple[Segment, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading: a speaker, a difference, an article."""

    heading: str
    lines: tuple[Line, ...]
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief; `key` tells the layouts which part it is."""

    key: str
    title: str
    groups: tuple[Group, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """One article of the story in the list of reports."""

    letter: str
    id: str
    outlet: str
    headline: str
    published: str
    role: ArticleRole
    credit: str
    url: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A story as a page: the same content for every layout."""

    story: str
    title: str
    summary: tuple[str, ...]
    articles: tuple[ArticleLine, ...]
    sections: tuple[Section, ...]
    readings: Mapping[str, Reading] = field(default_factory=dict, repr=False)


Record = Statement | Event


@dataclass(frozen=True, slots=True)
class _Story:
    """A story with its records by id, for the functions below."""

    story: Story
    readings: Mapping[str, Reading]
    letters: Mapping[str, str]
    records: Mapping[str, tuple[Record, Article]]

    def cite(self, article: str, span: TextSpan) -> Cite:
        return Cite(self.letters[article], paragraph_of(self.readings[article].article, span), article)

    def reports(self, claim: Claim) -> list[tuple[Report, Record]]:
        return [(report, self.records[report.record][0]) for report in claim.reports if report.record in self.records]

    def canonical(self, claim: Claim) -> Record | None:
        found = self.records.get(claim.canonical)
        return found[0] if found else None

    def cites(self, claim: Claim) -> tuple[Cite, ...]:
        places = [self.cite(report.article, anchor(record)) for report, record in self.reports(claim)]
        return tuple(sorted(set(places), key=lambda cite: (cite.letter, cite.paragraph or 0)))


def brief(story: Story, readings: Mapping[str, Reading]) -> Brief:
    """Return the brief of a story; `readings` holds at least those of its articles, by article id."""
    members = [member for member in story.members if member.article in readings]
    letters = {member.article: letter(index) for index, member in enumerate(members)}
    own = {article: readings[article] for article in letters}
    records: dict[str, tuple[Record, Article]] = {}
    for reading in own.values():
        records |= {one.id: (one, reading.article) for one in reading.statements}
        records |= {one.id: (one, reading.article) for one in reading.events}
    context = _Story(story, own, letters, records)
    sections = (
        what_happened(context),
        who_said_what(context),
        where_accounts_differ(context),
        only_in_one(context),
        background(context),
        timeline(context),
        unresolved(context),
    )
    filled = tuple(section for section in sections if section.groups)
    articles = tuple(article_line(own[m.article].article, letters[m.article], m.role) for m in members)
    return Brief(story.id, story.title, tuple(summary(context)), articles, filled, own)


def letter(index: int) -> str:
    """Return A, B, ... Z, AA, AB, ... for the n-th article."""
    head, last = divmod(index, len(LETTERS))
    return (letter(head - 1) if head else "") + LETTERS[last]


def anchor(record: Record) -> TextSpan:
    """Return the span by which a record is cited."""
    return record.content[0] if isinstance(record, Statement) else record.trigger[0]


def paragraph_of(article: Article, span: TextSpan) -> int | None:
    """Return the paragraph in which a span starts."""
    for block in article.blocks:
        if block.paragraph is not None and block.span.start <= span.start < block.span.stop:
            return block.paragraph
    return None


def article_line(article: Article, letter_: str, role: ArticleRole) -> ArticleLine:
    """Return what the list of reports shows of an article."""
    headline = article.headline.text if article.headline else _opening(article)
    published = date_phrase(article.published) if article.published else "no date"
    credit = article.credit.text if article.credit else ""
    outlet = article.outlet or article.path or "outlet not known"
    return ArticleLine(letter_, article.id, outlet, headline, published, role, credit, article.url or "")


def _opening(article: Article) -> str:
    body = next((block.span.text for block in article.blocks if block.paragraph is not None), "")
    return _shorten(body, 90)


def _shorten(text: str, width: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[:width].rsplit(" ", 1)[0].rstrip(",;:") + " …"


# --- the head of the page


def summary(context: _Story) -> Iterator[str]:
    """Yield the sentences at the top: how many reports, from how many outlets and origins, how far they agree."""
    story = context.story
    articles = [reading.article for reading in context.readings.values()]
    outlets = {article.outlet or article.id for article in articles}
    independent = sum(member.role is not ArticleRole.COPY for member in story.members)
    yield f"{plural(len(articles), 'article')} from {plural(len(outlets), 'outlet')}" + (
        f", {plural(independent, 'independent report')}." if independent < len(articles) else "."
    )
    statements = [claim for claim in story.claims if claim.kind == "statement"]
    speakers = {source.actor or source.span.text for claim in statements if (source := _source(context, claim))}
    shared = [claim for claim in story.claims if len({report.article for report in claim.reports}) > 1]
    if statements:
        yield f"{plural(len(statements), 'statement')} by {plural(len(speakers), 'speaker')}; " + (
            f"{plural(len(shared), 'claim')} in more than one article, "
            f"{plural(len(story.differences), 'difference')} between them."
            if len(articles) > 1
            else "no second report to compare with."
        )
    origins = list(dict.fromkeys(origin.name for claim in statements for origin in claim.origins))
    if origins:
        more = f" and {len(origins) - 4} more" if len(origins) > 4 else ""
        yield f"Words come from {and_list(origins[:4]) if not more else ', '.join(origins[:4])}{more}."


def _source(context: _Story, claim: Claim) -> Party | None:
    record = context.canonical(claim)
    return record.source if isinstance(record, Statement) else None


# --- what happened


def what_happened(context: _Story) -> Section:
    """The events that the articles assert themselves, most reported first; what is only said is with its speaker."""
    claims = [claim for claim in context.story.claims if claim.kind == "event" and _is_news(context, claim)]
    claims.sort(key=lambda claim: (-len({report.article for report in claim.reports}), _position(context, claim)))
    lines = tuple(line for claim in claims if (line := event_line(context, claim)))
    return Section("happened", "What happened", (Group("", lines),) if lines else ())


def _is_news(context: _Story, claim: Claim) -> bool:
    event = context.canonical(claim)
    return isinstance(event, Event) and event.attributed_to is None


def _position(context: _Story, claim: Claim) -> tuple[str, int]:
    cites = context.cites(claim)
    return (cites[0].letter, cites[0].paragraph or 0) if cites else ("~", 0)


def event_line(context: _Story, claim: Claim) -> Line | None:
    """Return an event as a sentence in plain words, followed by the words of the articles."""
    event = context.canonical(claim)
    if not isinstance(event, Event):
        return None
    segments = [Segment(event_sentence(event), Style.ACTOR)]
    hedge = ", ".join(dict.fromkeys(span.text for span in event.hedges)) or FACTUALITY.get(event.factuality, "")
    if hedge and event.factuality != "CT+":
        segments.append(Segment(f" ({hedge})", Style.HEDGE))
    segments.extend(_when_where(event))
    notes = [_words_of(context, report, record) for report, record in context.reports(claim)[:3]]
    return Line(tuple(segments), context.cites(claim), event.id, tuple(notes))


def _when_where(event: Event) -> Iterator[Segment]:
    if event.when is not None:
        value = event.when.value
        said = event.when.span.text
        readable = f"{weekday(value)} {date_phrase(value)}".strip() if value and value[:1].isdigit() else said
        yield Segment(f" — {readable}", Style.PLAIN)
    if event.where is not None:
        yield Segment(f" — {event.where.span.text}", Style.PLAIN)


def _words_of(context: _Story, report: Report, record: Record) -> tuple[Segment, ...]:
    reading = context.readings[report.article]
    span = anchor(record)
    sentence = next((s.span for s in reading.sentences if s.span.contains(span)), span)
    before = reading.article.text[sentence.start : span.start]
    after = reading.article.text[span.stop : sentence.stop]
    return (
        Segment(f"{context.letters[report.article]}: ", Style.NOTE),
        Segment(_tail(before, 110), Style.QUOTE),
        Segment(span.text, Style.MARK),
        Segment(_head(after, 130), Style.QUOTE),
    )


def _head(text: str, width: int) -> str:
    flat = re.sub(r"\s+", " ", text)
    return flat if len(flat) <= width else flat[:width].rsplit(" ", 1)[0] + " …"


def _tail(text: str, width: int) -> str:
    flat = re.sub(r"\s+", " ", text)
    return flat if len(flat) <= width else "… " + flat[-width:].split(" ", 1)[-1]


# --- who said what


def who_said_what(context: _Story) -> Section:
    """The statements, grouped by speaker; the speaker with most reports first."""
    by_speaker: dict[str, list[Claim]] = defaultdict(list)
    names: dict[str, str] = {}
    for claim in context.story.claims:
        record = context.canonical(claim)
        if not isinstance(record, Statement):
            continue
        key = speaker_key(record)
        by_speaker[key].append(claim)
        names.setdefault(key, party_name(record.source) if record.source else "Speaker not identified")
    groups = [
        Group(names[key], tuple(_statement_lines(context, claims)), speaker_aside(context, key))
        for key, claims in by_speaker.items()
    ]
    groups.sort(key=lambda group: (group.heading == "Speaker not identified", -len(group.lines)))
    return Section("said", "Who said what", tuple(group for group in groups if group.lines))


def speaker_key(statement: Statement) -> str:
    """Return what tells speakers apart: the actor, else the words that name them."""
    if statement.source is None:
        return ""
    return statement.source.actor or statement.source.span.text.casefold()


def speaker_aside(context: _Story, key: str) -> str:
    """Return the roles in which the articles name a speaker."""
    titles: list[str] = []
    for reading in context.readings.values():
        for actor in reading.actors:
            if actor.id == key:
                titles.extend(role.title for role in actor.roles)
    return ", ".join(dict.fromkeys(titles))


def _statement_lines(context: _Story, claims: Sequence[Claim]) -> Iterator[Line]:
    for claim in sorted(claims, key=lambda one: (-len(context.cites(one)), _position(context, one))):
        statement = context.canonical(claim)
        if isinstance(statement, Statement):
            notes = tuple(_statement_notes(context, claim, statement))
            yield Line(tuple(statement_segments(statement)), context.cites(claim), statement.id, notes)


def statement_segments(statement: Statement) -> Iterator[Segment]:
    """Yield what was said: exact words in quotation marks; else the article's own wording after its cue."""
    hedge = ", ".join(dict.fromkeys(span.text for span in statement.hedges))
    if hedge and statement.factuality != "CT+":
        yield Segment(f"({hedge}) ", Style.HEDGE)
    content = " … ".join(_flat(span.text) for span in statement.content)
    if statement.kind is StatementKind.DIRECT:
        yield Segment(f"“{content.rstrip(',')}”", Style.QUOTE)
        return
    cue = _flat(statement.cue.text) if statement.cue else "said"
    addressee = and_list([party_name(target) for target in statement.targets])
    if addressee and cue.lower() in {"told", "telling", "tell", "tells"}:
        cue = f"{cue} {addressee}"
    yield Segment(f"{cue} ", Style.NOTE)
    yield Segment(content, Style.PLAIN)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _statement_notes(context: _Story, claim: Claim, statement: Statement) -> Iterator[tuple[Segment, ...]]:
    how = list(_how_it_was_said(statement))
    if how:
        yield (Segment("; ".join(how), Style.NOTE),)
    for report, _ in context.reports(claim):
        if report.wording in {Wording.REWORDED, Wording.PARAPHRASE} and report.changes:
            yield tuple(_changes(context.letters[report.article], report))
    articles = {report.article for report in claim.reports}
    if len(articles) > 1 and claim.origins:
        names = and_list([origin.name for origin in claim.origins])
        yield (
            Segment(f"{plural(len(articles), 'article')}, {plural(len(claim.origins), 'origin')}: {names}", Style.NOTE),
        )


def _how_it_was_said(statement: Statement) -> Iterator[str]:
    told = statement.cue is not None and statement.cue.text.lower() in {"told", "telling", "tell", "tells"}
    if statement.targets and (statement.kind is StatementKind.DIRECT or not told):
        yield f"to {and_list([party_name(target) for target in statement.targets])}"
    if statement.channel:
        yield channel_phrase(statement.channel)
    if statement.via:
        links = [
            party_name(link) + (f" ({channel_phrase(link.channel)})" if link.channel else "") for link in statement.via
        ]
        yield "according to " + ", as reported by ".join(links)
    if statement.when is not None:
        yield statement.when.span.text


def _changes(letter_: str, report: Report) -> Iterator[Segment]:
    yield Segment(f"{letter_} has ", Style.NOTE)
    for index, (ours, theirs) in enumerate(report.changes):
        if index:
            yield Segment(", ", Style.NOTE)
        yield Segment(f"“{theirs}”" if theirs else "nothing", Style.MARK)
        yield Segment(" for " if ours else " added", Style.NOTE)
        if ours:
            yield Segment(f"“{ours}”", Style.MARK)


# --- where the accounts differ


def where_accounts_differ(context: _Story) -> Section:
    """The differences, one group each, the articles side by side with the differing words marked."""
    order = ["number", "date", "place", "attribution", "substance", "wording"]
    differences = sorted(context.story.differences, key=lambda one: order.index(one.kind))
    groups = tuple(Group(_about(context, one), tuple(_values(context, one)), one.kind) for one in differences)
    return Section("differ", "Where the accounts differ", groups)


def _about(context: _Story, difference: Difference) -> str:
    claim = next((claim for claim in context.story.claims if claim.id == difference.about), None)
    if claim is None:
        return difference.about
    record = context.canonical(claim)
    if isinstance(record, Event):
        return event_sentence(record)
    if isinstance(record, Statement):
        speaker = party_name(record.source) if record.source else "Someone"
        return f"{speaker}: {_shorten(' '.join(span.text for span in record.content), 80)}"
    return difference.about


def _values(context: _Story, difference: Difference) -> Iterator[Line]:
    for value in difference.values:
        text = context.readings[value.article].article.text
        before, after = text[max(0, value.span.start - 70) : value.span.start], text[value.span.stop :][:70]
        segments = (
            Segment(_tail(before.rsplit("\n", 1)[-1], 60), Style.QUOTE),
            Segment(_flat(value.span.text), Style.MARK),
            Segment(_head(after.split("\n", 1)[0], 60), Style.QUOTE),
        )
        yield Line(segments, (context.cite(value.article, value.span),))


# --- only in one article


def only_in_one(context: _Story) -> Section:
    """What a single article has; said of stories with several articles only."""
    if len(context.readings) < 2:
        return Section("only", "Only in one article", ())
    claims = {claim.id: claim for claim in context.story.claims}
    groups = []
    for article, ids in context.story.only_in.items():
        lines = tuple(line for id_ in ids if id_ in claims and (line := short_line(context, claims[id_])))
        if lines and article in context.letters:
            row = article_line(context.readings[article].article, context.letters[article], ArticleRole.INDEPENDENT)
            groups.append(Group(f"{row.letter}  {row.outlet}", lines))
    return Section("only", "Only in one article", tuple(groups))


def short_line(context: _Story, claim: Claim) -> Line | None:
    """Return a claim in one short line: who said what in a few words, or what happened."""
    record = context.canonical(claim)
    if record is None:
        return None
    if isinstance(record, Event):
        words = _shorten(" … ".join(span.text for span in record.trigger), 40)
        segments = [Segment(event_sentence(record)), Segment(f" (“{words}”)", Style.NOTE)]
    else:
        speaker = party_name(record.source) if record.source else "Speaker not identified"
        segments = [
            Segment(f"{speaker}: ", Style.ACTOR),
            Segment(_shorten(" … ".join(s.text for s in record.content), 100)),
        ]
    return Line(tuple(segments), context.cites(claim), record.id)


# --- background, timeline, unresolved


def background(context: _Story) -> Section:
    """The facts that explain a term, one group per term."""
    by_term: dict[str, list[tuple[str, Background]]] = defaultdict(list)
    for article, reading in context.readings.items():
        for fact in reading.background:
            by_term[_flat(fact.term.text)].append((article, fact))
    groups = []
    for term, facts in by_term.items():
        also = list(dict.fromkeys(_flat(span.text) for _, fact in facts for span in fact.also))
        lines = tuple(
            Line((Segment(_flat(fact.span.text)), *_via(fact)), (context.cite(article, fact.span),), fact.id)
            for article, fact in facts
        )
        groups.append(Group(term, lines, f"also {and_list(also)}" if also else ""))
    return Section("background", "Background", tuple(groups))


def _via(fact: Background) -> Iterator[Segment]:
    if fact.via:
        yield Segment(f" — according to {and_list([party_name(link) for link in fact.via])}", Style.NOTE)


def timeline(context: _Story) -> Section:
    """The dated claims, earliest first."""
    claims = {claim.id: claim for claim in context.story.claims}
    by_day: dict[str, list[Line]] = defaultdict(list)
    for moment in context.story.timeline:
        claim = claims.get(moment.claim)
        line = short_line(context, claim) if claim else None
        if line:
            by_day[moment.when].append(line)
    groups = tuple(
        Group(f"{weekday(day)[:3]} {date_phrase(day)}".strip(), tuple(by_day[day])) for day in sorted(by_day)
    )
    return Section("timeline", "Timeline", groups)


def unresolved(context: _Story) -> Section:
    """What a reader would want to know and the articles do not give, with the reason."""
    by_reason: dict[str, list[Line]] = defaultdict(list)
    for item in context.story.unresolved:
        found = _find(context, item.record)
        if found is not None:
            article, span = found
            line = Line((Segment(f"“{_shorten(span.text, 80)}”"),), (context.cite(article, span),), item.record)
            by_reason[f"{item.field.capitalize()}: {item.reason}"].append(line)
    return Section(
        "unresolved", "Unresolved", tuple(Group(reason, tuple(lines)) for reason, lines in by_reason.items())
    )


def _find(context: _Story, record: str) -> tuple[str, TextSpan] | None:
    if record in context.records:
        found, article = context.records[record]
        return article.id, anchor(found)
    for article_id, reading in context.readings.items():
        rows: Iterable[object] = (*reading.mentions, *reading.times, *reading.places, *reading.background)
        for row in rows:
            if getattr(row, "id", None) == record:
                span: TextSpan = row.span  # type: ignore[attr-defined]
                return article_id, span
    return None
