"""What a brief is made of: segments in lines, lines in groups, groups in sections; and a story's records, by id."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath

from readout.group.identities import Identities, Relation
from readout.provenance import TextSpan
from readout.records import Article, ArticleRole, Claim, Event, Party, Reading, Report, Sentence, Statement, Story
from readout.serve.phrases import and_list

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST_PARTY = 70  # characters of a description; a name is never so long
Record = Statement | Event


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


Note = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the brief says, with its places in the articles and the id that `readout why` takes."""

    segments: tuple[Segment, ...]
    cites: tuple[Cite, ...] = ()
    record: str | None = None
    notes: tuple[Note, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Telling:
    """A story with its readings and their records by id: what the sections are written from."""

    story: Story
    readings: Mapping[str, Reading]
    letters: Mapping[str, str]
    records: Mapping[str, tuple[Record, Article]]
    identities: Identities

    @classmethod
    def of(cls, story: Story, readings: Mapping[str, Reading]) -> "Telling":
        """Return the telling of a story; its articles get letters in their order."""
        members = [member.article for member in story.members if member.article in readings]
        records: dict[str, tuple[Record, Article]] = {}
        for article in members:
            reading = readings[article]
            records |= {one.id: (one, reading.article) for one in reading.statements}
            records |= {one.id: (one, reading.article) for one in reading.events}
        letters = {article: letter(index) for index, article in enumerate(members)}
        own = {article: readings[article] for article in members}
        return cls(story, own, letters, records, Identities(own.values()))

    def name(self, party: Party) -> str:
        """Return the actor's name, the fullest that the articles have; else the words of the text, cut when many."""
        actor = self.identities.actor(party)
        return actor.name if actor else shorten(party.name or party.span.text, LONGEST_PARTY)

    def names(self, parties: Iterable[Party]) -> str:
        """Return the names of parties as a list in English."""
        return and_list([self.name(party) for party in parties])

    def cite(self, article: str, span: TextSpan) -> Cite:
        """Return the citation of a span."""
        return Cite(self.letters[article], paragraph_of(self.readings[article].article, span), article)

    def reports(self, claim: Claim) -> list[tuple[Report, Record]]:
        """Return the reports of a claim with their records."""
        return [(report, self.records[report.record][0]) for report in claim.reports if report.record in self.records]

    def canonical(self, claim: Claim) -> Record | None:
        """Return the record by which a claim is shown."""
        found = self.records.get(claim.canonical)
        return found[0] if found else None

    def cites(self, claim: Claim) -> tuple[Cite, ...]:
        """Return the citations of all reports of a claim."""
        return ordered(self.cite(report.article, anchor(record)) for report, record in self.reports(claim))

    def position(self, claim: Claim) -> tuple[str, int]:
        """Return where a claim first stands, for an order."""
        cites = self.cites(claim)
        return (cites[0].letter, cites[0].paragraph or 0) if cites else ("~", 0)

    def articles_of(self, claim: Claim) -> set[str]:
        """Return the articles that report a claim."""
        return {report.article for report in claim.reports if report.article in self.readings}

    def is_part(self, statement: Statement) -> bool:
        """Does the statement stand inside another of the same speaker, or of one nobody knows? That one shows it."""
        found = self.records.get(statement.inside or "")
        outer = found[0] if found else None
        if not isinstance(outer, Statement) or not all(_inside(span, outer) for span in statement.content):
            return False
        unknown = statement.source is None or statement.source.actor is None
        return unknown or self.identities.relation(statement.source, outer.source) is Relation.SAME

    def sentence(self, record: Record) -> Sentence | None:
        """Return the sentence in which a record stands."""
        _, article = self.records[record.id]
        span = anchor(record)
        return next((one for one in self.readings[article.id].sentences if one.span.overlaps(span)), None)


def _inside(span: TextSpan, statement: Statement) -> bool:
    return any(own.contains(span) for own in statement.content)


def ordered(cites: Iterable[Cite]) -> tuple[Cite, ...]:
    """Return citations once each, by article and paragraph."""
    return tuple(sorted(set(cites), key=lambda cite: (len(cite.letter), cite.letter, cite.paragraph or 0)))


def outlet_of(article: Article) -> str:
    """Return who published an article, else the name of its file."""
    return article.outlet or PurePath(article.path or "outlet not known").name


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


# --- fitting text into lines


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def shorten(text: str, width: int) -> str:
    """Return the beginning of a text, cut between words."""
    one_line = flat(text)
    return one_line if len(one_line) <= width else one_line[:width].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def beginning(text: str, width: int) -> str:
    """Return the first words of what follows a mark; a space at its start stays."""
    one_line = re.sub(r"\s+", " ", text)
    return one_line if len(one_line) <= width else one_line[:width].rsplit(" ", 1)[0] + " …"


def ending(text: str, width: int) -> str:
    """Return the last words of what precedes a mark; a space at its end stays."""
    one_line = re.sub(r"\s+", " ", text)
    return one_line if len(one_line) <= width else "… " + one_line[-width:].split(" ", 1)[-1]


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
