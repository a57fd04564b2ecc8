"""The sections of a brief, each a function from the telling of a story to lines."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from readout.provenance import TextSpan
from readout.records import (
    Background,
    Claim,
    Difference,
    Event,
    Mention,
    Reading,
    Statement,
    StatementKind,
    When,
    Where,
    Wording,
)
from readout.serve.lines import (
    Group,
    Line,
    Note,
    Section,
    Segment,
    Style,
    Telling,
    anchor,
    beginning,
    ending,
    flat,
    ordered,
    shorten,
)
from readout.serve.phrases import (
    and_list,
    channel_phrase,
    coded,
    date_phrase,
    event_sentence,
    party_name,
    plural,
    weekday,
)

UNKNOWN_SPEAKER = "Speaker not identified"
TELLING_CUES = frozenset({"told", "telling", "tell", "tells"})
DIFFERENCE_ORDER = ("number", "date", "place", "attribution", "substance", "wording")


# --- what happened


def what_happened(telling: Telling) -> Section:
    """What the articles assert in their own voice, most reported first: the sentence, and how it is coded."""
    by_sentence: dict[object, list[Claim]] = defaultdict(list)
    for claim in telling.story.claims:
        event = telling.canonical(claim)
        if isinstance(event, Event) and event.attributed_to is None:
            sentence = telling.sentence(event)
            by_sentence[sentence.id if sentence else event.id].append(claim)
    groups = sorted(
        by_sentence.values(),
        key=lambda claims: (-max(len(telling.articles_of(claim)) for claim in claims), telling.position(claims[0])),
    )
    lines = tuple(event_line(telling, claims) for claims in groups)
    return Section("happened", "What happened", (Group("", lines),) if lines else ())


def event_line(telling: Telling, claims: Sequence[Claim]) -> Line:
    """Return a sentence with the triggers of its events marked; below it what is coded, and other reports' words."""
    events = [event for claim in claims if isinstance(event := telling.canonical(claim), Event)]
    triggers = [span for event in events for span in event.trigger]
    sentence = telling.sentence(events[0])
    span = sentence.span if sentence else anchor(events[0])
    notes = [coding_note(event) for event in events]
    for claim in claims:
        notes.extend(other_words(telling, claim))
    cites = ordered(cite for claim in claims for cite in telling.cites(claim))
    return Line(tuple(marked(span, triggers)), cites, events[0].id, tuple(notes))


def marked(sentence: TextSpan, triggers: Iterable[TextSpan]) -> Iterator[Segment]:
    """Yield a sentence with some of its words marked."""
    position = 0
    for trigger in sorted(set(triggers)):
        start, stop = trigger.start - sentence.start, trigger.stop - sentence.start
        if position <= start < stop <= len(sentence.text):
            yield Segment(_one_line(sentence.text[position:start]))
            yield Segment(_one_line(sentence.text[start:stop]), Style.MARK)
            position = stop
    yield Segment(_one_line(sentence.text[position:]))


def _one_line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


def coding_note(event: Event) -> Note:
    """Return who did what to whom, when and where, as it is coded."""
    arrow = " ↔ " if event.reciprocal else " → "
    sources = and_list([party_name(party) for party in event.sources])
    targets = and_list([party_name(party) for party in event.targets])
    segments = [Segment(arrow.join(filter(None, (sources, targets))) or "no party named", Style.ACTOR)]
    segments.append(Segment(f"  {coded(event)}", Style.NOTE))
    hedges = ", ".join(dict.fromkeys(flat(span.text) for span in event.hedges))
    if event.factuality != "CT+":
        segments.append(Segment(f"  {event.factuality}{f' ({hedges})' if hedges else ''}", Style.HEDGE))
    segments.extend(Segment(f"  {flat(one.span.text)}", Style.NOTE) for one in event.magnitude)
    return (*segments, *_when_and_where(event))


def _when_and_where(event: Event) -> Iterator[Segment]:
    if event.when is not None:
        value = event.when.value or ""
        readable = (
            f"{weekday(value)} {date_phrase(value)}".strip() if value[:1].isdigit() else flat(event.when.span.text)
        )
        yield Segment(f"  {readable}", Style.NOTE)
    if event.where is not None:
        yield Segment(f"  {flat(event.where.span.text)}", Style.NOTE)


def other_words(telling: Telling, claim: Claim) -> Iterator[Note]:
    """Yield how other articles word the same event."""
    articles = {report.article for report, _ in telling.reports(claim) if report.record == claim.canonical}
    for report, record in telling.reports(claim):
        if report.article in articles:
            continue
        articles.add(report.article)
        sentence = telling.sentence(record)
        text = shorten(sentence.span.text if sentence else anchor(record).text, 150)
        yield (Segment(f"{telling.letters[report.article]}: ", Style.NOTE), Segment(text, Style.QUOTE))


# --- who said what


def who_said_what(telling: Telling) -> Section:
    """The statements, grouped by speaker; the speaker with most statements first, the unknown last."""
    by_speaker: dict[str, list[Claim]] = defaultdict(list)
    names: dict[str, str] = {}
    for claim in telling.story.claims:
        statement = telling.canonical(claim)
        if isinstance(statement, Statement):
            key = speaker_key(statement)
            by_speaker[key].append(claim)
            names.setdefault(key, flat(party_name(statement.source)) if statement.source else UNKNOWN_SPEAKER)
    groups = [
        Group(names[key], tuple(statement_lines(telling, claims)), speaker_aside(telling, key))
        for key, claims in by_speaker.items()
    ]
    groups.sort(key=lambda group: (group.heading == UNKNOWN_SPEAKER, -len(group.lines)))
    return Section("said", "Who said what", tuple(group for group in groups if group.lines))


def speaker_key(statement: Statement) -> str:
    """Return what tells speakers apart: the actor, else the words that name them."""
    if statement.source is None:
        return ""
    return statement.source.actor or flat(statement.source.span.text).casefold()


def speaker_aside(telling: Telling, key: str) -> str:
    """Return the roles in which the articles name a speaker."""
    found = (actor for reading in telling.readings.values() for actor in reading.actors if actor.id == key)
    titles = [flat(role.title) for actor in found for role in actor.roles]
    unique: dict[str, str] = {}
    for title in titles:
        unique.setdefault(title.casefold(), title)
    return ", ".join(unique.values())


def statement_lines(telling: Telling, claims: Iterable[Claim]) -> Iterator[Line]:
    """Yield the statements of one speaker, most reported first; what stands inside another statement is left to it."""
    for claim in sorted(claims, key=lambda one: (-len(telling.articles_of(one)), telling.position(one))):
        statement = telling.canonical(claim)
        if isinstance(statement, Statement):
            notes = tuple(statement_notes(telling, claim, statement))
            yield Line(tuple(statement_segments(statement)), telling.cites(claim), statement.id, notes)


def statement_segments(statement: Statement) -> Iterator[Segment]:
    """Yield what was said: exact words in quotation marks; else the article's own wording after its cue."""
    hedge = ", ".join(dict.fromkeys(flat(span.text) for span in statement.hedges))
    if hedge and statement.factuality != "CT+":
        yield Segment(f"({hedge}) ", Style.HEDGE)
    content = " … ".join(flat(span.text) for span in statement.content)
    if statement.kind is StatementKind.DIRECT:
        yield Segment(f"“{content.rstrip(',')}”", Style.QUOTE)
        return
    cue = flat(statement.cue.text) if statement.cue else "said"
    addressees = and_list([flat(party_name(target)) for target in statement.targets])
    if addressees and cue.lower() in TELLING_CUES:
        cue = f"{cue} {addressees}"
    yield Segment(f"{cue} ", Style.NOTE)
    yield Segment(content)


def statement_notes(telling: Telling, claim: Claim, statement: Statement) -> Iterator[Note]:
    """Yield how it was said, what other articles changed, and how many origins stand behind several articles."""
    how = "; ".join(how_it_was_said(telling, statement))
    if how:
        yield (Segment(how, Style.NOTE),)
    for report, _ in telling.reports(claim):
        if report.wording in {Wording.REWORDED, Wording.PARAPHRASE} and report.changes:
            yield tuple(change_segments(telling.letters[report.article], report.changes))
    articles = telling.articles_of(claim)
    if len(articles) > 1 and claim.origins:
        names = and_list([origin.name for origin in claim.origins])
        count = plural(len(claim.origins), "origin")
        yield (Segment(f"{plural(len(articles), 'article')}, {count}: {names}", Style.NOTE),)


def how_it_was_said(telling: Telling, statement: Statement) -> Iterator[str]:
    """Yield the addressees, the channel, the chain outwards, the day, and the statement that this one stands in."""
    told = statement.cue is not None and flat(statement.cue.text).lower() in TELLING_CUES
    if statement.targets and (statement.kind is StatementKind.DIRECT or not told):
        yield f"to {and_list([flat(party_name(target)) for target in statement.targets])}"
    if statement.channel:
        yield channel_phrase(statement.channel)
    if statement.via:
        links = [
            flat(party_name(link)) + (f" ({channel_phrase(link.channel)})" if link.channel else "")
            for link in statement.via
        ]
        yield "according to " + ", as reported by ".join(links)
    if statement.when is not None:
        yield flat(statement.when.span.text)
    outer = telling.records.get(statement.inside or "")
    if outer and isinstance(outer[0], Statement) and outer[0].source:
        yield f"as told by {flat(party_name(outer[0].source))}"


def change_segments(letter: str, changes: Sequence[tuple[str, str]]) -> Iterator[Segment]:
    """Yield what another article has in the place of some words."""
    yield Segment(f"{letter} ", Style.NOTE)
    for index, (ours, theirs) in enumerate(changes):
        if index:
            yield Segment(", ", Style.NOTE)
        if theirs and ours:
            yield from (Segment("has ", Style.NOTE), Segment(f"“{theirs}”", Style.MARK), Segment(" for ", Style.NOTE))
        else:
            yield Segment("adds " if theirs else "leaves out ", Style.NOTE)
        yield Segment(f"“{ours or theirs}”", Style.MARK)


# --- where the accounts differ


def where_accounts_differ(telling: Telling) -> Section:
    """The differences, one group each, the articles side by side with the differing words marked."""
    differences = sorted(telling.story.differences, key=lambda one: DIFFERENCE_ORDER.index(one.kind))
    groups = tuple(Group(about(telling, one), tuple(values(telling, one)), one.kind) for one in differences)
    return Section("differ", "Where the accounts differ", groups)


def about(telling: Telling, difference: Difference) -> str:
    """Return what a difference is about: a claim in short, or a term."""
    claim = next((claim for claim in telling.story.claims if claim.id == difference.about), None)
    record = telling.canonical(claim) if claim else None
    if isinstance(record, Event):
        return event_sentence(record)
    if isinstance(record, Statement):
        speaker = flat(party_name(record.source)) if record.source else "Someone"
        return f"{speaker}: {shorten(' '.join(span.text for span in record.content), 80)}"
    return difference.about


def values(telling: Telling, difference: Difference) -> Iterator[Line]:
    """Yield each article's words, the differing ones marked within their sentence."""
    for value in difference.values:
        text = telling.readings[value.article].article.text
        before = text[max(0, value.span.start - 90) : value.span.start].rsplit("\n", 1)[-1]
        after = text[value.span.stop :][:90].split("\n", 1)[0]
        segments = (
            Segment(ending(before, 60), Style.QUOTE),
            Segment(flat(value.span.text), Style.MARK),
            Segment(beginning(after, 60), Style.QUOTE),
        )
        yield Line(segments, (telling.cite(value.article, value.span),))


# --- only in one article


def only_in_one(telling: Telling) -> Section:
    """What a single article has; said of stories with several articles only."""
    groups: list[Group] = []
    claims = {claim.id: claim for claim in telling.story.claims}
    for article, ids in telling.story.only_in.items():
        if article not in telling.letters or len(telling.readings) == 1:
            continue
        lines = tuple(line for id_ in ids if id_ in claims and (line := short_line(telling, claims[id_])))
        outlet = telling.readings[article].article.outlet or telling.readings[article].article.path or ""
        if lines:
            groups.append(Group(f"{telling.letters[article]}  {outlet}", lines))
    return Section("only", "Only in one article", tuple(groups))


def short_line(telling: Telling, claim: Claim) -> Line | None:
    """Return a claim in one short line: who said what in a few words, or what happened."""
    record = telling.canonical(claim)
    if isinstance(record, Event):
        return Line(tuple(short_event(telling, record)), telling.cites(claim), record.id)
    if isinstance(record, Statement):
        speaker = flat(party_name(record.source)) if record.source else UNKNOWN_SPEAKER
        content = shorten(" … ".join(span.text for span in record.content), 110)
        quoted = f"“{content.rstrip(',')}”" if record.kind is StatementKind.DIRECT else content
        return Line((Segment(f"{speaker}: ", Style.ACTOR), Segment(quoted)), telling.cites(claim), record.id)
    return None


def short_event(telling: Telling, event: Event) -> Iterator[Segment]:
    """Yield an event as a short sentence when all its parties are known, else the words around its trigger."""
    parties = (*event.sources, *event.targets)
    if event.sources and all(party.name for party in parties):
        yield Segment(event_sentence(event))
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


# --- background, timeline, unresolved


def background(telling: Telling) -> Section:
    """The facts that explain a term, one group per term."""
    by_term: dict[str, list[tuple[str, Background]]] = defaultdict(list)
    for article, reading in telling.readings.items():
        for fact in reading.background:
            by_term[flat(fact.term.text)].append((article, fact))
    groups = tuple(background_group(telling, term, facts) for term, facts in by_term.items())
    return Section("background", "Background", groups)


def background_group(telling: Telling, term: str, facts: Sequence[tuple[str, Background]]) -> Group:
    """Return what the articles say of a term, and its other names."""
    also = dict.fromkeys(flat(span.text) for _, fact in facts for span in fact.also)
    lines = []
    for article, fact in facts:
        via = f" — according to {and_list([flat(party_name(link)) for link in fact.via])}" if fact.via else ""
        segments = (Segment(flat(fact.span.text)), Segment(via, Style.NOTE))
        lines.append(Line(segments, (telling.cite(article, fact.span),), fact.id))
    return Group(term, tuple(lines), f"also {and_list(list(also))}" if also else "")


def timeline(telling: Telling) -> Section:
    """The dated claims, earliest first."""
    claims = {claim.id: claim for claim in telling.story.claims}
    by_day: dict[str, list[Line]] = defaultdict(list)
    for moment in telling.story.timeline:
        line = short_line(telling, claims[moment.claim]) if moment.claim in claims else None
        if line:
            by_day[moment.when].append(line)
    groups = (Group(f"{weekday(day)[:3]} {date_phrase(day)}".strip(), tuple(by_day[day])) for day in sorted(by_day))
    return Section("timeline", "Timeline", tuple(groups))


def unresolved(telling: Telling) -> Section:
    """What a reader would want to know and the articles do not give, with the reason."""
    by_reason: dict[str, list[Line]] = defaultdict(list)
    for item in telling.story.unresolved:
        found = locate(telling, item.record)
        if found is not None:
            article, span = found
            line = Line((Segment(f"“{shorten(span.text, 80)}”"),), (telling.cite(article, span),), item.record)
            by_reason[f"{item.field.capitalize()}: {item.reason}"].append(line)
    groups = tuple(Group(reason, tuple(lines)) for reason, lines in by_reason.items())
    return Section("unresolved", "Unresolved", groups)


def locate(telling: Telling, record: str) -> tuple[str, TextSpan] | None:
    """Return the article and the span of any record of the story."""
    if record in telling.records:
        found, article = telling.records[record]
        return article.id, anchor(found)
    for article_id, reading in telling.readings.items():
        span = spans(reading).get(record)
        if span is not None:
            return article_id, span
    return None


def spans(reading: Reading) -> dict[str, TextSpan]:
    """Return the spans of the smaller records of a reading, by id."""
    rows: tuple[Mention | When | Where | Background, ...]
    rows = (*reading.mentions, *reading.times, *reading.places, *reading.background)
    return {row.id: row.span for row in rows}
