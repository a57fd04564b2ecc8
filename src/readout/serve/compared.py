"""Where the accounts of a story differ, and what only one of them has."""

from collections.abc import Iterator

from readout.records import (
    Difference,
    Event,
    Statement,
)
from readout.serve.lines import (
    Group,
    Line,
    Section,
    Segment,
    Style,
    Telling,
    beginning,
    ending,
    flat,
    shorten,
)
from readout.serve.short import is_told_already, plain_sentence, short_line

DIFFERENCE_ORDER = ("number", "date", "place", "attribution", "substance", "wording")


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
