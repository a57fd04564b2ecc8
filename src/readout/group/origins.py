"""Where the words of a claim come from: a ministry's statement, an agency, an outlet's own reporting."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePath

from readout.group.identities import Relation
from readout.group.material import Material, sentence_at
from readout.group.wordings import bare
from readout.group.words import is_content, keys_of
from readout.provenance import TextSpan
from readout.records import Article, Event, Origin, Party, Passage, Report, Statement, StatementKind, Wording

DOCUMENTS = frozenset(
    {"statement", "post", "report", "letter", "release", "readout", "document", "message", "tweet", "email", "filing"}
)
# Who "was briefed on the call" is somebody whom the outlet asked: its own reporting, and no origin that two outlets
# have in common. A spokeswoman or a ministry without a name speaks for a body, and is one.
UNNAMED = frozenset(
    {"a", "an", "one", "two", "three", "four", "five", "some", "several", "many", "multiple", "various", "other",
     "another", "unnamed", "anonymous", "unidentified", "numerous"}
)  # fmt: skip
INFORMANTS = frozenset(
    {"official", "source", "person", "people", "diplomat", "aide", "insider", "individual", "someone", "somebody",
     "witness", "analyst", "expert", "observer", "report", "critic", "resident", "relative", "those", "who"}
)  # fmt: skip
OWN_WORDS = 8  # words that a reused passage has beyond the quotation in it; two reporters can share the quotation alone


class Closeness(IntEnum):
    """How close an origin is to the words: who issued them, an agency that was there, or the outlet."""

    OUTLET = 0
    AGENCY = 1
    ISSUER = 2


@dataclass(frozen=True, slots=True)
class Traced:
    """The origin of one report."""

    origin: Origin
    closeness: Closeness
    party: Party | None = None


class Origins:
    """Traces the reports of one story; `copied_from` leads from an article to the one whose text it carries."""

    def __init__(self, material: Material, passages: Iterable[Passage], copied_from: Mapping[str, str]) -> None:
        self.material = material
        self._copied_from = copied_from
        self._passages: dict[str, list[Passage]] = {}
        for passage in passages:
            self._passages.setdefault(passage.article, []).append(passage)

    def of(self, reports: Sequence[Report]) -> tuple[Origin, ...]:
        """Return the independent origins of a claim, the closest to the words first."""
        traced = [self.trace(report) for report in reports]
        same_words = all(report.wording is not Wording.PARAPHRASE for report in reports)
        return tuple(item.origin for item in self._independent(traced, same_words=same_words))

    def corroborating(self, reports: Sequence[Report]) -> int:
        """Count the independent origins that assert the claim as a fact; hedged and denied reports do not count."""
        return len(self.of([report for report in reports if self._asserted(report)]))

    def _asserted(self, report: Report) -> bool:
        record = self._record(report)
        return record.factuality == "CT+" and not record.hedges

    def _record(self, report: Report) -> Statement | Event:
        return self.material.statements.get(report.record) or self.material.events[report.record]

    def trace(self, report: Report) -> Traced:
        """Return where one report has its words from."""
        record = self._record(report)
        statement = self._asserting(record)
        if statement is not None and (issuer := self._issuer(statement)) is not None:
            return self._issued_by(issuer)
        if (relayer := _first_known(record.via)) is not None:
            return self._issued_by(relayer)
        return self._by_outlet(self.material.articles[report.article], record)

    def _asserting(self, record: Statement | Event) -> Statement | None:
        """Return the statement that a record is, or is told in: the outermost one, whose words are those issued."""
        statement = (
            record if isinstance(record, Statement) else self.material.statements.get(record.attributed_to or "")
        )
        seen: set[str] = set()
        while statement is not None and statement.inside and statement.id not in seen and not statement.via:
            seen.add(statement.id)
            statement = self.material.statements.get(statement.inside, statement)
        return statement

    def _issuer(self, statement: Statement) -> Party | None:
        """Return who issued the words: the innermost relayer, else a source that is an institution or wrote them."""
        if (relayer := _first_known(statement.via)) is not None:
            return relayer
        source = statement.source
        if source is None or not (self.material.identities.is_institution(source) or _in_writing(statement)):
            return None
        return source

    def _issued_by(self, party: Party) -> Traced:
        identities = self.material.identities
        actor = identities.actor(party)
        name = actor.name if actor else party.name or party.span.text
        closeness = Closeness.AGENCY if party.sector == "JRN" else Closeness.ISSUER
        return Traced(Origin(name, actor.id if actor else party.actor), closeness, party)

    def _by_outlet(self, article: Article, record: Statement | Event) -> Traced:
        """Return the agency credited or the outlet, of the article that a reused passage comes from if it is one."""
        article = self._first_with(article, record)
        if article.credit is not None:
            return Traced(Origin(article.credit.text), Closeness.AGENCY)
        return Traced(Origin(article.outlet or PurePath(article.path or article.id).name), Closeness.OUTLET)

    def _first_with(self, article: Article, record: Statement | Event) -> Article:
        """Return the earliest article that has these words, told in the same words around them."""
        seen = {article.id}
        while (earlier := self._taken_from(article, record)) is not None and earlier not in seen:
            seen.add(earlier)
            article = self.material.articles[earlier]
        return article

    def _taken_from(self, article: Article, record: Statement | Event) -> str | None:
        """Return the article that this one, or its sentence with the record, was taken from."""
        if article.id in self._copied_from:
            return self._copied_from[article.id]
        if article.id not in self._passages or article.id != self.material.article_of.get(record.id):
            return None
        quoted = record.content if isinstance(record, Statement) and record.kind is StatementKind.DIRECT else ()
        start = record.content[0] if isinstance(record, Statement) else record.trigger[0]
        sentence = sentence_at(self.material.reading_of[article.id], start)
        own = len(keys_of(sentence.text)) - sum(len(keys_of(bare(span.text))) for span in quoted)
        return self._lender(article.id, sentence) if own >= OWN_WORDS else None

    def _lender(self, article: str, sentence: TextSpan) -> str | None:
        """Return the article that a whole sentence was taken from."""
        for passage in self._passages.get(article, ()):
            covered = min(passage.span.stop, sentence.stop) - max(passage.span.start, sentence.start)
            if covered >= 0.9 * len(sentence) and passage.wording is not Wording.PARAPHRASE:
                return passage.other
        return None

    def _independent(self, traced: Sequence[Traced], *, same_words: bool) -> list[Traced]:
        """Return the origins that are not one with a closer one: for the same words, who issued them wins."""
        ordered = sorted(traced, key=lambda item: -item.closeness)
        if same_words and ordered:
            ordered = [item for item in ordered if item.closeness == ordered[0].closeness]
        kept: list[Traced] = []
        for item in ordered:
            n = next((n for n, other in enumerate(kept) if self._one(item, other)), None)
            if n is None:
                kept.append(item)
            elif same_words and self._narrower(item, kept[n]):
                kept[n] = item
        return kept

    def _one(self, first: Traced, second: Traced) -> bool:
        """Are two origins one: the same, or a ministry and its government with the same words?"""
        if first.origin.name.casefold() == second.origin.name.casefold():
            return True
        if first.party is None or second.party is None:
            return False
        return self.material.identities.relation(first.party, second.party) >= Relation.AFFILIATED

    def _narrower(self, first: Traced, second: Traced) -> bool:
        """Does the first name the ministry where the second names the government?"""
        return second.origin.name.startswith("Government of") and not first.origin.name.startswith("Government of")


def _first_known(relayers: Sequence[Party]) -> Party | None:
    """Return the first relayer; "the statement" names nobody, nor does "a person briefed on it"; the next one does."""
    for party in relayers:
        words = [key for key in keys_of(party.span.text) if is_content(key)]
        if party.actor is not None or not (set(words) <= DOCUMENTS or _is_anonymous(party)):
            return party
    return None


def _is_anonymous(party: Party) -> bool:
    """Is the relayer somebody whom the article does not name: "two diplomats", "officials who know of the talks"?"""
    keys = keys_of(party.span.text)
    words = [key if key in INFORMANTS else key.removesuffix("s") for key in keys]
    return bool(INFORMANTS & set(words)) and (keys[0] in UNNAMED or _unnamed(party, words))


def _unnamed(party: Party, words: Sequence[str]) -> bool:
    """Does a description without an article begin with the informants, and hold no name before them?"""
    first = next((n for n, key in enumerate(words) if key in INFORMANTS), len(words))
    before = party.span.text.split()[1 : first + 1]
    return not any(word[:1].isupper() for word in before)


def _in_writing(statement: Statement) -> bool:
    """Did a known source give the words in a document, which all outlets have alike?"""
    words = keys_of((statement.channel or "").replace("_", " "))
    known = statement.source is not None and statement.source.actor is not None
    return known and bool(DOCUMENTS & set(words))
