"""Where the accounts of a story differ, and what only one of them has."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from readout.provenance import TextSpan
from readout.records import Claim, Difference, Event, Statement
from readout.serve.happened import is_doubtful
from readout.serve.lines import (
    Group,
    Line,
    Section,
    Segment,
    Style,
    Telling,
    beginning,
    ending,
    marked,
    outlet_of,
    shorten,
)
from readout.serve.short import is_told_already, plain_sentence, short_line

DIFFERENCE_ORDER = ("number", "date", "place", "attribution", "substance", "wording")
ONLY_SHOWN = 8  # claims of one article that are listed once more
SIDE = 110  # characters of a sentence that are shown on each side of what differs


def where_accounts_differ(telling: Telling) -> Section:
    """The differences, one group per claim and kind, the articles side by side with the differing words marked."""
    together: dict[tuple[str, str], list[Difference]] = defaultdict(list)
    for one in telling.story.differences:
        together[one.about, one.kind].append(one)
    ranked = sorted(together.values(), key=lambda ones: DIFFERENCE_ORDER.index(ones[0].kind))
    groups = tuple(Group(about(telling, ones[0]), tuple(values(telling, ones)), ones[0].kind) for ones in ranked)
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


def values(telling: Telling, differences: Iterable[Difference]) -> Iterator[Line]:
    """Yield each article's sentences with the differing words marked, the articles in their order."""
    by_sentence: dict[tuple[str, TextSpan], list[TextSpan]] = defaultdict(list)
    for value in (value for one in differences for value in one.values):
        by_sentence[value.article, surrounding(telling, value.article, value.span)].append(value.span)
    ordered_sentences = sorted(by_sentence.items(), key=lambda one: (telling.letters[one[0][0]], one[0][1]))
    for (article, sentence), spans in ordered_sentences:
        yield Line(tuple(around(marked(sentence, spans))), (telling.cite(article, spans[0]),))


def surrounding(telling: Telling, article: str, span: TextSpan) -> TextSpan:
    """Return the sentence around a span; the span itself where it crosses sentences."""
    sentences = telling.readings[article].sentences
    return next((one.span for one in sentences if one.span.contains(span)), span)


def around(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Yield the marked words and some words on their sides."""
    parts = list(segments)
    for index, part in enumerate(parts):
        if part.style is Style.MARK:
            yield part
        elif index == 0:
            yield Segment(ending(part.text, SIDE), Style.QUOTE)
        elif index == len(parts) - 1:
            yield Segment(beginning(part.text, SIDE), Style.QUOTE)
        else:
            yield Segment(part.text, Style.QUOTE)


def _shown_only(telling: Telling, claims: Sequence[Claim]) -> Iterator[Line]:
    """Yield the claims of known parties first, in the order of the article; when there are many, how many more."""
    ranked = sorted(claims, key=lambda claim: (not _is_sure(telling, claim), telling.position(claim)))
    shown = ranked if len(ranked) <= ONLY_SHOWN + 1 else ranked[:ONLY_SHOWN]
    yield from (line for claim in shown if (line := short_line(telling, claim)))
    if len(ranked) > len(shown):
        yield Line((Segment(f"and {len(ranked) - len(shown)} more, each above with its place", Style.NOTE),))


def _is_sure(telling: Telling, claim: Claim) -> bool:
    """Does a known party say or do it, and is the coding of an event no doubtful one?"""
    record = telling.canonical(claim)
    if isinstance(record, Event):
        return not is_doubtful(record) and any(party.actor for party in record.sources)
    return record is not None and record.source is not None and record.source.actor is not None


def only_in_one(telling: Telling) -> Section:
    """What a single article has; said of stories with several articles only."""
    groups: list[Group] = []
    claims = {claim.id: claim for claim in telling.story.claims}
    for article, ids in telling.story.only_in.items():
        if article not in telling.letters or len(telling.readings) == 1:
            continue
        listed = [claims[id_] for id_ in ids if id_ in claims and not is_told_already(telling, claims[id_])]
        lines = tuple(_shown_only(telling, listed))
        if lines:
            outlet = outlet_of(telling.readings[article].article)
            groups.append(Group(f"{telling.letters[article]}  {outlet}", lines))
    return Section("only", "Only in one article", tuple(groups))
