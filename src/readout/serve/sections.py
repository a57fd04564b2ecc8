"""The sections of a brief, each a function from the telling of a story to lines."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    Cite,
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
    plural,
    weekday,
)

DEEDS = frozenset({"CONSULT", "COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
UNKNOWN_SPEAKER = "Speaker not identified"
TELLING_CUES = frozenset({"told", "telling", "tell", "tells"})
QUESTIONS = {
    "source": "Who said it",
    "sources": "Who did it",
    "targets": "To whom",
    "actor": "Who is meant",
    "value": "When",
    "when": "When",
}
EMPTY_WORDS = frozenset({"it", "its", "itself", "this", "that", "these", "those", "there"})  # seldom a person or a body
QUOTED_REASON = re.compile(r"“([^”]{1,300})”: (.+)", re.DOTALL)
DIFFERENCE_ORDER = ("number", "date", "place", "attribution", "substance", "wording")


# --- what happened


def what_happened(telling: Telling) -> Section:
    """What was done, most reported first: the sentence, and how it is coded; acts of speech stand with the speaker."""
    by_sentence: dict[object, list[Claim]] = defaultdict(list)
    for claim in telling.story.claims:
        event = telling.canonical(claim)
        if isinstance(event, Event) and is_news(telling, event):
            sentence = telling.sentence(event)
            by_sentence[sentence.id if sentence else event.id].append(claim)
    groups = sorted(
        by_sentence.values(),
        key=lambda claims: (-max(len(telling.articles_of(claim)) for claim in claims), telling.position(claims[0])),
    )
    lines = tuple(event_line(telling, claims) for claims in groups)
    return Section("happened", "What happened", (Group("", lines),) if lines else ())


def is_news(telling: Telling, event: Event) -> bool:
    """Is this asserted by the outlet, or a deed that someone reports, rather than the speech act of a statement?"""
    if event.attributed_to is None:
        return True
    deed = event.type in DEEDS and event.factuality != "Uu" and event.aspect in {"past", "present"}
    return deed and not is_speech_act(telling, event)


def is_speech_act(telling: Telling, event: Event) -> bool:
    """Is the event what its own statement does: "urged" is both a cue and a request?"""
    found = telling.records.get(event.attributed_to or "")
    statement = found[0] if found else None
    if not isinstance(statement, Statement):
        return False
    cue = statement.cue
    return event.type not in DEEDS or (cue is not None and any(cue.overlaps(span) for span in event.trigger))


def event_line(telling: Telling, claims: Sequence[Claim]) -> Line:
    """Return a sentence with the triggers of its events marked; below it what is coded, and other reports' words."""
    events = [event for claim in claims if isinstance(event := telling.canonical(claim), Event)]
    triggers = [span for event in events for span in event.trigger]
    sentence = telling.sentence(events[0])
    span = sentence.span if sentence else anchor(events[0])
    notes = [coding_note(telling, event) for event in events]
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


def coding_note(telling: Telling, event: Event) -> Note:
    """Return who did what to whom, when and where, as it is coded, and who says so if not the outlet."""
    arrow = " ↔ " if event.reciprocal else " → "
    parties = [telling.names(event.sources), telling.names(event.targets)]
    if not parties[0] and not event.reciprocal:
        parties[0] = "someone not named"
    segments = [Segment(arrow.join(filter(None, parties)), Style.ACTOR)]
    segments.append(Segment(f"  {coded(event)}", Style.NOTE))
    hedges = ", ".join(dict.fromkeys(flat(span.text) for span in event.hedges))
    if event.factuality != "CT+":
        segments.append(Segment(f"  {event.factuality}{f' ({hedges})' if hedges else ''}", Style.HEDGE))
    segments.extend(Segment(f"  {flat(one.span.text)}", Style.NOTE) for one in event.magnitude)
    return (*segments, *_when_and_where(event), *_said_by(telling, event))


def _said_by(telling: Telling, event: Event) -> Iterator[Segment]:
    found = telling.records.get(event.attributed_to or "")
    if found and isinstance(found[0], Statement):
        source = found[0].source
        yield Segment(f"  according to {telling.name(source) if source else 'someone not named'}", Style.NOTE)


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
            key = speaker_key(telling, statement)
            by_speaker[key].append(claim)
            names.setdefault(key, telling.name(statement.source) if statement.source and key else UNKNOWN_SPEAKER)
    groups = [
        Group(names[key], tuple(statement_lines(telling, claims)), speaker_aside(telling, key))
        for key, claims in by_speaker.items()
    ]
    groups.sort(key=lambda group: (group.heading == UNKNOWN_SPEAKER, -len(group.lines)))
    return Section("said", "Who said what", tuple(group for group in groups if group.lines))


def speaker_key(telling: Telling, statement: Statement) -> str:
    """Return what tells speakers apart over articles; nothing for a pronoun that stands for nobody known."""
    return (telling.identities.key(statement.source) or "") if statement.source else ""


def speaker_aside(telling: Telling, key: str) -> str:
    """Return the roles in which the articles name a speaker, the fullest of each."""
    found = (actor for reading in telling.readings.values() for actor in reading.actors if actor.id == key)
    titles = list(dict.fromkeys(flat(role.title).casefold() for actor in found for role in actor.roles))
    fullest = [one for one in titles if not any(one != other and one in other for other in titles)]
    return ", ".join(fullest)


def statement_lines(telling: Telling, claims: Iterable[Claim]) -> Iterator[Line]:
    """Yield the statements of one speaker, most reported first; what stands inside another statement is left to it."""
    for claim in sorted(claims, key=lambda one: (-len(telling.articles_of(one)), telling.position(one))):
        statement = telling.canonical(claim)
        if isinstance(statement, Statement):
            notes = tuple(statement_notes(telling, claim, statement))
            yield Line(tuple(statement_segments(telling, statement)), telling.cites(claim), statement.id, notes)


def statement_segments(telling: Telling, statement: Statement) -> Iterator[Segment]:
    """Yield what was said: exact words in quotation marks; else the article's own wording after its cue."""
    hedge = ", ".join(dict.fromkeys(flat(span.text) for span in statement.hedges))
    if hedge and statement.factuality != "CT+":
        yield Segment(f"({hedge}) ", Style.HEDGE)
    content = " … ".join(flat(span.text) for span in statement.content)
    if statement.kind is StatementKind.DIRECT:
        yield Segment(f"“{content.rstrip(',')}”", Style.QUOTE)
        return
    cue = flat(statement.cue.text) if statement.cue else "said"
    if statement.targets and cue.lower() in TELLING_CUES:
        cue = f"{cue} {telling.names(statement.targets)}"
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
        yield f"to {telling.names(statement.targets)}"
    if statement.channel:
        yield channel_phrase(statement.channel)
    if statement.via:
        links = [
            telling.name(link) + (f" ({channel_phrase(link.channel)})" if link.channel else "")
            for link in statement.via
        ]
        yield "according to " + ", as reported by ".join(links)
    if statement.when is not None:
        yield flat(statement.when.span.text)
    outer = telling.records.get(statement.inside or "")
    if outer and isinstance(outer[0], Statement) and outer[0].source:
        yield f"as told by {telling.name(outer[0].source)}"


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
        return plain_sentence(telling, record)
    if isinstance(record, Statement):
        speaker = telling.name(record.source) if record.source else "Someone"
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
        listed = [claims[id_] for id_ in ids if id_ in claims and not is_told_already(telling, claims[id_])]
        lines = tuple(line for claim in listed if (line := short_line(telling, claim)))
        outlet = telling.readings[article].article.outlet or telling.readings[article].article.path or ""
        if lines:
            groups.append(Group(f"{telling.letters[article]}  {outlet}", lines))
    return Section("only", "Only in one article", tuple(groups))


def is_told_already(telling: Telling, claim: Claim) -> bool:
    """Is the claim the speech act of a statement, which has a line of its own?"""
    record = telling.canonical(claim)
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
    content = shorten(" … ".join(span.text for span in statement.content), 110)
    if statement.kind is StatementKind.DIRECT:
        yield Segment(f": “{content.rstrip(',')}”")
        return
    cue = flat(statement.cue.text) if statement.cue else "said"
    yield Segment(f" {cue}", Style.NOTE)
    yield Segment(f" {content}")


def plain_sentence(telling: Telling, event: Event) -> str:
    """Return an event in plain words."""
    return event_sentence(event, sources=telling.names(event.sources), targets=telling.names(event.targets))


def short_event(telling: Telling, event: Event) -> Iterator[Segment]:
    """Yield an event as a short sentence when all its parties are known, else the words around its trigger."""
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
        via = f" — according to {telling.names(fact.via)}" if fact.via else ""
        segments = (Segment(flat(fact.span.text)), Segment(via, Style.NOTE))
        lines.append(Line(segments, (telling.cite(article, fact.span),), fact.id))
    return Group(term, tuple(lines), f"also {and_list(list(also))}" if also else "")


def timeline(telling: Telling) -> Section:
    """The dated claims, earliest first; the times of a day stand together."""
    claims = {claim.id: claim for claim in telling.story.claims}
    by_day: dict[str, list[Line]] = defaultdict(list)
    for moment in telling.story.timeline:
        claim = claims.get(moment.claim)
        line = short_line(telling, claim) if claim and not is_told_already(telling, claim) else None
        if line:
            by_day[moment.when[: len("2022-01-26")]].append(line)
    groups = (Group(f"{weekday(day)[:3]} {date_phrase(day)}".strip(), tuple(by_day[day])) for day in sorted(by_day))
    return Section("timeline", "Timeline", tuple(groups))


def unresolved(telling: Telling) -> Section:
    """What a reader would want to know and the articles do not give: one line per reason, with its words."""
    by_reason: dict[str, dict[str, list[Cite]]] = defaultdict(lambda: defaultdict(list))
    for item in telling.story.unresolved:
        found = locate(telling, item.record)
        if found is not None:
            words, reason = split_reason(item.reason, found[1])
            if words.casefold() not in EMPTY_WORDS:
                by_reason[f"{QUESTIONS.get(item.field, item.field)}: {reason}"][words].append(telling.cite(*found))
    lines = tuple(unresolved_line(reason, places) for reason, places in by_reason.items())
    return Section("unresolved", "Unresolved", (Group("", lines),) if lines else ())


def split_reason(reason: str, span: TextSpan) -> tuple[str, str]:
    """Return the words that a reason is about, and the rest of the reason."""
    quoted = QUOTED_REASON.match(reason)
    return (flat(quoted[1]), quoted[2]) if quoted else (shorten(span.text, 60), reason)


def unresolved_line(reason: str, places: Mapping[str, Sequence[Cite]]) -> Line:
    """Return a reason with the words that it is about, each with its places."""
    segments = [Segment(reason, Style.ACTOR)]
    for index, (words, cites) in enumerate(places.items()):
        segments.append(Segment("  " if index else " — ", Style.NOTE))
        segments.append(Segment(f"“{words}” "))
        segments.append(Segment(" ".join(map(str, ordered(cites))), Style.NOTE))
    return Line(tuple(segments))


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
