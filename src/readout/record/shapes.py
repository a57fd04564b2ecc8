"""The shapes of the JSON that leaves the record (docs/record.md): one typed dictionary per object.

`from` and `to` are words of Python, so the shapes that have them are written as calls.
"""

from typing import TypedDict


class SpanJson(TypedDict):
    """Characters of the article."""

    start: int
    stop: int
    text: str


class TextJson(TypedDict):
    """A text that does not stand in the article."""

    text: str


class ArticleJson(TypedDict):
    """An article, without its blocks."""

    id: str
    path: str | None
    url: str | None
    outlet: str | None
    headline: SpanJson | TextJson | None
    dateline: SpanJson | None
    authors: list[str]
    published: str | None
    modified: str | None
    retrieved: str | None
    credit: SpanJson | TextJson | None
    language: str
    sha256: str
    repaired: bool
    text: str


class SentenceJson(TypedDict):
    """A sentence; its text is that of the article."""

    id: str
    start: int
    stop: int
    paragraph: int


class MentionJson(SpanJson):
    """A mention of an actor."""

    id: str
    kind: str
    type: str
    actor: str | None
    chain: str


RoleJson = TypedDict(
    "RoleJson",
    {
        "title": str,
        "organization": str | None,
        "country": str | None,
        "from": str | None,
        "to": str | None,
        "mention": str | None,
    },
)


class ActorJson(TypedDict):
    """An actor, with the roles that this article or the dated knowledge gives."""

    id: str
    name: str
    kind: str
    country: str | None
    sectors: list[str]
    roles: list[RoleJson]


class PartyJson(SpanJson):
    """An actor in a place of a statement or event."""

    mention: str | None
    actor: str | None
    name: str | None
    country: str | None
    sector: str | None


class LinkJson(PartyJson):
    """A link of a statement's `via`: a party, and how it relayed the words."""

    channel: str | None


class ZonedValueJson(TypedDict):
    """A second value of a time expression."""

    value: str
    zone: str


WhenJson = TypedDict(
    "WhenJson",
    {
        "start": int,
        "stop": int,
        "text": str,
        "type": str,
        "value": str | None,
        "from": str | None,
        "to": str | None,
        "zone": str | None,
        "also": list[ZonedValueJson],
        "reason": str | None,
    },
)


class TimeJson(WhenJson):
    """A time expression of the article."""

    id: str


class WhereJson(SpanJson):
    """A place named in the text."""

    name: str
    geonames: int | None
    country: str | None
    lat: float | None
    lon: float | None
    reason: str | None


class PlaceJson(WhereJson):
    """A place of the article."""

    id: str


class StatementJson(TypedDict):
    """Reported speech or writing."""

    id: str
    kind: str
    source: PartyJson | None
    targets: list[PartyJson]
    cue: SpanJson | None
    content: list[SpanJson]
    inside: str | None
    via: list[LinkJson]
    channel: str | None
    hedges: list[SpanJson]
    when: WhenJson | None
    where: WhereJson | None
    factuality: str


class MagnitudeJson(SpanJson):
    """A number of an event."""

    value: float
    unit: str


class EventJson(TypedDict):
    """A PLOVER-coded act."""

    id: str
    type: str
    mode: str | None
    contexts: list[str]
    quad: int
    sources: list[PartyJson]
    targets: list[PartyJson]
    trigger: list[SpanJson]
    factuality: str
    aspect: str
    reciprocal: bool
    hedges: list[SpanJson]
    when: WhenJson | None
    where: WhereJson | None
    magnitude: list[MagnitudeJson]
    attributed_to: str | None
    via: list[PartyJson]
    score: float
    cameo: str | None


class BackgroundJson(SpanJson):
    """A fact that explains a term and is not news."""

    id: str
    term: SpanJson
    also: list[SpanJson]
    when: list[WhenJson]
    via: list[PartyJson]


class SkippedJson(TypedDict):
    """What a step left out of an article, and why."""

    what: str
    start: int | None
    stop: int | None
    step: str
    reason: str


class ReadingJson(TypedDict):
    """One article and all that was read out of it: one line of `readout read --format jsonl`."""

    article: ArticleJson
    sentences: list[SentenceJson]
    mentions: list[MentionJson]
    actors: list[ActorJson]
    statements: list[StatementJson]
    events: list[EventJson]
    times: list[TimeJson]
    places: list[PlaceJson]
    background: list[BackgroundJson]
    skipped: list[SkippedJson]


class RefusedJson(TypedDict):
    """An input that gave no article."""

    path: str
    step: str
    reason: str


class RefusedLine(TypedDict):
    """The line of `readout read --format jsonl` for an input that gave no article."""

    skipped: RefusedJson


class StoryHeadJson(TypedDict):
    """What identifies a story."""

    id: str
    title: str
    first_reported: str | None
    when: WhenJson | None


class MemberJson(TypedDict):
    """An article of a story."""

    id: str
    path: str | None
    outlet: str | None
    headline: str | None
    published: str | None
    role: str


class ReportJson(TypedDict):
    """One article's version of a claim."""

    article: str
    record: str
    wording: str
    changes: list[list[str]]


class OriginJson(TypedDict):
    """Where the words of a claim come from."""

    name: str
    actor: str | None


class ClaimJson(TypedDict):
    """The same statement or event, over articles."""

    id: str
    kind: str
    canonical: str
    reports: list[ReportJson]
    outlets: int
    origins: list[OriginJson]
    factuality: str


class DifferingValueJson(SpanJson):
    """One article's value of a difference."""

    article: str


class DifferenceJson(TypedDict):
    """Where accounts differ."""

    about: str
    kind: str
    values: list[DifferingValueJson]


class StoryBackgroundJson(BackgroundJson):
    """A background fact, with the article that gives it."""

    article: str


class MomentJson(TypedDict):
    """A line of the timeline."""

    when: str
    claim: str


class UnresolvedJson(TypedDict):
    """A field that a reader would want and the text does not give."""

    record: str
    field: str
    reason: str


class StoryJson(TypedDict):
    """One story: one object of the array of `readout brief --format json`."""

    story: StoryHeadJson
    articles: list[MemberJson]
    claims: list[ClaimJson]
    differences: list[DifferenceJson]
    only_in: dict[str, list[str]]
    background: list[StoryBackgroundJson]
    timeline: list[MomentJson]
    unresolved: list[UnresolvedJson]
