"""The record types, in the order in which the pipeline makes them; fields as in the JSON contract (docs/record.md)."""

from dataclasses import dataclass, field
from enum import StrEnum

from readout.provenance import Evidence, Skipped, TextSpan


class BlockKind(StrEnum):
    """What a line or paragraph of an article is; only headline and body are read for statements and events."""

    HEADLINE = "headline"
    BODY = "body"
    DATELINE = "dateline"
    BYLINE = "byline"
    CREDIT = "credit"
    RESIDUE = "residue"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text with one function. `paragraph` counts from 1 and is None outside headline and body."""

    kind: BlockKind
    span: TextSpan
    paragraph: int | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A text that need not stand in the article, such as a title from metadata; `span` when it does."""

    text: str
    span: TextSpan | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One published text. `blocks` cover every non-blank character of `text`, in order, without overlap."""

    id: str
    text: str
    path: str | None = None
    url: str | None = None
    outlet: str | None = None
    headline: Name | None = None
    dateline: TextSpan | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    retrieved: str | None = None
    credit: Name | None = None
    language: str = "en"
    sha256: str = ""
    repaired: bool = False
    blocks: tuple[Block, ...] = ()

    def span(self, start: int, stop: int) -> TextSpan:
        """Return the span of these characters, or raise SpanOutsideText."""
        return TextSpan.within(self, start, stop)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with the paragraph that it stands in (from 1)."""

    id: str
    span: TextSpan
    paragraph: int


class MentionKind(StrEnum):
    """How a mention refers to its actor."""

    NAME = "name"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that refers to an actor. `head` is the offset of its head word; one `chain`, one actor."""

    id: str
    span: TextSpan
    head: int
    kind: MentionKind
    type: str
    chain: str
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A title that an actor holds, as of the mention that says so or the dated knowledge that does."""

    title: str
    organization: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    mention: str | None = None


class ActorKind(StrEnum):
    """What an actor is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is meant. `country` is ISO 3166-1 alpha-3 or PLOVER's non-state code; `sectors` are PLOVER's."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a place of a statement or event: the words, the mention, and who is meant by it if known."""

    span: TextSpan
    mention: str | None = None
    actor: str | None = None
    name: str | None = None
    country: str | None = None
    sector: str | None = None
    channel: str | None = None  # of a link of `via`: how it relayed the words


@dataclass(frozen=True, slots=True)
class ZonedValue:
    """A second value of a time expression, in another zone."""

    value: str
    zone: str


@dataclass(frozen=True, slots=True)
class When:
    """A time expression. `value` is a TIMEX3 value; None with a reason when it cannot be known."""

    id: str
    span: TextSpan
    type: str
    value: str | None = None
    since: str | None = None
    until: str | None = None
    zone: str | None = None
    also: tuple[ZonedValue, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place named in the text. Latitude and longitude in degrees (WGS 84)."""

    id: str
    span: TextSpan
    name: str
    geonames: int | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    reason: str | None = None


class StatementKind(StrEnum):
    """Is the content inside quotation marks: all of it, a part, nothing?"""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Statement:
    """Reported speech or writing. `via` runs outwards, from the one who relayed the words first."""

    id: str
    kind: StatementKind
    content: tuple[TextSpan, ...]
    source: Party | None = None
    targets: tuple[Party, ...] = ()
    cue: TextSpan | None = None
    inside: str | None = None
    via: tuple[Party, ...] = ()
    channel: str | None = None
    hedges: tuple[TextSpan, ...] = ()
    when: When | None = None
    where: Where | None = None
    factuality: str = "CT+"


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A number that belongs to an event, with its unit and its qualifier in the text."""

    value: float
    unit: str
    span: TextSpan


@dataclass(frozen=True, slots=True)
class Event:
    """A PLOVER-coded act. `factuality` is relative to the source of `attributed_to`, else to the outlet."""

    id: str
    type: str
    trigger: tuple[TextSpan, ...]
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    quad: int = 0
    sources: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    factuality: str = "CT+"
    aspect: str = "past"
    reciprocal: bool = False
    hedges: tuple[TextSpan, ...] = ()
    when: When | None = None
    where: Where | None = None
    magnitude: tuple[Magnitude, ...] = ()
    attributed_to: str | None = None
    via: tuple[Party, ...] = ()
    score: float = 1.0
    cameo: str | None = None


@dataclass(frozen=True, slots=True)
class Background:
    """A fact that explains a term and is not news: "a peace plan signed in 2014 and 2015"."""

    id: str
    term: TextSpan
    span: TextSpan
    also: tuple[TextSpan, ...] = ()
    when: tuple[When, ...] = ()
    via: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one article."""

    article: Article
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    times: tuple[When, ...] = ()
    places: tuple[Where, ...] = ()
    background: tuple[Background, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Wording(StrEnum):
    """How a report's words relate to those of the claim's canonical report."""

    IDENTICAL = "identical"
    TYPOGRAPHY = "typography"
    REWORDED = "reworded"
    PARAPHRASE = "paraphrase"


@dataclass(frozen=True, slots=True)
class Report:
    """One article's version of a claim. `changes` are (words of the canonical report, words of this one)."""

    article: str
    record: str
    wording: Wording
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the words of a claim come from."""

    name: str
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """The same statement or event, over articles."""

    id: str
    kind: str
    canonical: str
    reports: tuple[Report, ...]
    outlets: int
    origins: tuple[Origin, ...] = ()
    factuality: str = "CT+"


class DifferenceKind(StrEnum):
    """In what two accounts differ."""

    WORDING = "wording"
    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    ATTRIBUTION = "attribution"
    SUBSTANCE = "substance"


@dataclass(frozen=True, slots=True)
class DifferingValue:
    """One article's value of a difference."""

    article: str
    span: TextSpan


@dataclass(frozen=True, slots=True)
class Difference:
    """Where accounts differ about a claim, or about a term of background."""

    about: str
    kind: DifferenceKind
    values: tuple[DifferingValue, ...]


class ArticleRole(StrEnum):
    """What an article is within its story."""

    ORIGINAL = "original"
    COPY = "copy"
    INDEPENDENT = "independent"


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story."""

    article: str
    role: ArticleRole


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one article that stands, as it was or reworded, in another."""

    article: str
    span: TextSpan
    other: str
    other_span: TextSpan
    wording: Wording


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of a story's timeline."""

    when: str
    claim: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A field that a reader would want and the text does not give."""

    record: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """The articles about one happening, and what they claim."""

    id: str
    title: str
    members: tuple[Member, ...]
    first_reported: str | None = None
    when: When | None = None
    claims: tuple[Claim, ...] = ()
    differences: tuple[Difference, ...] = ()
    only_in: dict[str, tuple[str, ...]] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
    timeline: tuple[Moment, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
