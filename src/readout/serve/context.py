"""What stands around a story: background, timeline, and what is unresolved."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from readout.group.days import days_of_value
from readout.provenance import TextSpan
from readout.records import (
    Background,
    Mention,
    Reading,
    When,
    Where,
)
from readout.serve.lines import (
    Cite,
    Group,
    Line,
    Section,
    Segment,
    Style,
    Telling,
    anchor,
    flat,
    ordered,
    shorten,
)
from readout.serve.phrases import and_list, date_phrase, weekday
from readout.serve.short import is_told_already, short_line

QUESTIONS = {
    "source": "Who said it",
    "sources": "Who did it",
    "targets": "To whom",
    "actor": "Who is meant",
    "value": "When",
    "when": "When",
}
# Seldom a person or a body, or resolved by the sentence that they stand in: nobody asks who "whose" is.
EMPTY_WORDS = frozenset(
    {"it", "its", "itself", "this", "that", "these", "those", "there", "who", "whom", "whose", "which", "what"}
    | {"i", "we", "us", "me", "you", "my", "our", "your", "their", "his", "her"}
    | {"themselves", "himself", "herself", "each other", "one another"}
)
QUESTIONS_SHOWN = 8  # of one reason; the others are counted
QUOTED_REASON = re.compile(r"“([^”]{1,300})”: (.+)", re.DOTALL)


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
    """The dated claims, earliest first, what happened before what was said; the times of a day stand together."""
    claims = {claim.id: claim for claim in telling.story.claims}
    by_day: dict[str, list[Line]] = defaultdict(list)
    moments = sorted(telling.story.timeline, key=lambda one: one.claim in claims and claims[one.claim].kind != "event")
    for moment in moments:
        claim = claims.get(moment.claim)
        line = short_line(telling, claim) if claim and not is_told_already(telling, claim) else None
        if line:
            by_day[moment.when[: len("2022-01-26")]].append(line)
    groups = (
        Group(f"{weekday(day)[:3]} {date_phrase(day)}".strip(), tuple(by_day[day]))
        for day in sorted(by_day, key=_first_day)
    )
    return Section("timeline", "Timeline", tuple(groups))


def _first_day(value: str) -> tuple[str, str]:
    """Return what sorts a day, a week, a month or a year: where it begins, the longer time first."""
    days = days_of_value(value)
    return (days.first.isoformat(), str(days.first - days.last)) if days else (value, "")


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
    return (shorten(quoted[1], 60), quoted[2]) if quoted else (shorten(span.text, 60), reason)


def unresolved_line(reason: str, places: Mapping[str, Sequence[Cite]]) -> Line:
    """Return a reason with the words that it is about, each with its places."""
    segments = [Segment(reason, Style.ACTOR)]
    for index, (words, cites) in enumerate(list(places.items())[:QUESTIONS_SHOWN]):
        segments.append(Segment("  " if index else " — ", Style.NOTE))
        segments.append(Segment(f"“{words}” "))
        segments.append(Segment(" ".join(map(str, ordered(cites))), Style.NOTE))
    if len(places) > QUESTIONS_SHOWN:
        segments.append(Segment(f"  and {len(places) - QUESTIONS_SHOWN} more", Style.NOTE))
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
