"""What happened: the events of a story, each with the sentence that carries it and its coding."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from readout.group.days import days_of, days_of_value
from readout.records import Claim, Event, Statement
from readout.serve.lines import (
    Group,
    Line,
    Note,
    Section,
    Segment,
    Style,
    Telling,
    anchor,
    flat,
    marked,
    ordered,
    shorten,
)
from readout.serve.phrases import coded, date_phrase, factuality_phrase, weekday

DOUBTFUL = "Less certain: coded with a low score, or nobody known takes part"
EARLIER = "Before"
SURE = 0.3  # of the events with a lower score that were read in stories of the dev part, most were wrong
LONG_BEFORE = 30  # days before the first report: what is as old is told to explain the news
DEEDS = frozenset({"CONSULT", "COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})


def what_happened(telling: Telling) -> Section:
    """What was done, most reported first; then what is doubtful, and what happened long before the first report.

    Each with its sentence and its coding; acts of speech stand with the speaker.
    """
    by_sentence: dict[object, list[Claim]] = defaultdict(list)
    for claim in telling.story.claims:
        event = telling.canonical(claim)
        if isinstance(event, Event) and is_news(telling, event):
            sentence = telling.sentence(event)
            by_sentence[sentence.id if sentence else event.id].append(claim)
    ranked: dict[str, list[list[Claim]]] = defaultdict(list)
    for claims in sorted(by_sentence.values(), key=lambda claims: _rank(telling, claims)):
        ranked[standing(telling, claims)].append(claims)
    groups = (
        Group(heading, tuple(event_line(telling, claims) for claims in ranked[heading]))
        for heading in ("", DOUBTFUL, EARLIER)
        if ranked[heading]
    )
    return Section("happened", "What happened", tuple(groups))


def _rank(telling: Telling, claims: Sequence[Claim]) -> tuple[int, bool, tuple[str, int]]:
    """Return what sorts sentences: most reported, then those that name who did it, then in the articles' order."""
    reported = max(len(telling.articles_of(claim)) for claim in claims)
    events = (telling.canonical(claim) for claim in claims)
    named = any(isinstance(event, Event) and (event.sources or event.reciprocal) for event in events)
    return -reported, not named, telling.position(claims[0])


def standing(telling: Telling, claims: Sequence[Claim]) -> str:
    """Return under which heading a sentence stands: nothing for the news, doubtful, or of another time."""
    events = [event for claim in claims if isinstance(event := telling.canonical(claim), Event)]
    if events and all(is_earlier(telling, event) for event in events):
        return EARLIER
    several = any(len(telling.articles_of(claim)) > 1 for claim in claims)
    return "" if several or not all(map(is_doubtful, events)) else DOUBTFUL


def is_doubtful(event: Event) -> bool:
    """Is the coding unsure, or is neither named who did it nor known to whom?

    Of an act in the passive ("the envoy was detained") the score says little: it is low for want of a source.
    """
    if not event.sources:
        return not any(party.actor for party in event.targets)
    return event.score is not None and event.score < SURE


def is_earlier(telling: Telling, event: Event) -> bool:
    """Did it happen long before the story was first reported?"""
    days = days_of(event.when)
    reported = days_of_value(telling.story.first_reported)
    return days is not None and reported is not None and (reported.first - days.last).days > LONG_BEFORE


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
        segments.append(
            Segment(f"  {factuality_phrase(event.factuality)}{f' ({hedges})' if hedges else ''}", Style.HEDGE)
        )
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
