"""Say who the parties of an act are, and which statement tells it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from readout.annotations import article_of, statements_of
from readout.detect.parties import party_of
from readout.extract.acts import Act
from readout.extract.casting import Cast, cast, people
from readout.extract.partymentions import (
    FIRST_PERSON,
    PARTY_NOUNS,
    covers,
    known_mentions,
    noun_phrase,
    party_mentions,
    same,
    tokens_of,
    without_clause,
)
from readout.extract.predicates import wordlist
from readout.extract.roles import Filler
from readout.provenance import TextSpan
from readout.records import Event, MentionKind, Party, Statement

DEMONSTRATIVE = frozenset({"that", "this", "those", "these", "the", "such"})
TITLE_WORD = 3  # letters of the small words that are not capitalised in a headline
PLAIN_WORDS = 3  # longer words in small letters from which a sentence is no headline
DEMONSTRATIVES = frozenset({"this", "that", "these", "those"})
ANSWERED = frozenset({"REQUEST", "AGREE", "ACCUSE", "THREATEN", "SUPPORT"})


@dataclass(frozen=True, slots=True)
class Told:
    """An act with its parties, and the statement that tells it."""

    statement: Statement | None = None
    sources: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    found: Cast = field(default_factory=Cast)


class Teller:
    """Knows who can be a party in one article, and what its statements hold."""

    def __init__(self, doc: Doc, likely: Mapping[int, float] | None = None) -> None:
        self.doc = doc
        self.likely = likely or {}
        self.article = article_of(doc)
        self.mentions = party_mentions(doc)
        self.able = {mention.id for mention in self.mentions.values()}
        self.known = known_mentions(doc, self.mentions)
        self.statements = statements_of(doc)
        self.cues = {token.i: one for one in self.statements for token in tokens_of(doc, one.cue)}

    def told(self, act: Act, before: Sequence[Event]) -> Told:
        """Return who the parties are, and who tells it."""
        statement = self.statement_of(act)
        found = self.without_parts_of_names(cast(act, self.is_party, self.is_same_actor))
        told = Told(
            statement=statement,
            sources=self.parties(found.sources, statement),
            targets=self.parties((one for one in found.targets if not self.is_own(one.token)), statement),
            found=found,
        )
        told = self.with_statement(act, self.with_speaker(act, told))
        told = replace(told, targets=tuple(one for one in told.targets if not same(one, told.sources)))
        if not told.targets:
            told = replace(told, targets=self.answered(act, told, before))
        return told

    def without_parts_of_names(self, found: Cast) -> Cast:
        """Leave out the noun of a phrase where it only stands inside a longer description."""
        kept = tuple(one for one in found.targets if one.rule != "role.noun" or self.heads_mention(one.token))
        return Cast(found.sources, kept)

    def is_own(self, token: Token) -> bool:
        """Is a word "his" or "their", of no one that is known: as target most often the source itself?"""
        mention = self.mentions.get(token.i)
        return token.tag_ == "PRP$" and mention is not None and mention.actor is None

    def in_name(self, token: Token) -> bool:
        """Is a word part of a name in running text: "Keep the Promise PAC"?"""
        mention = self.mentions.get(token.i)
        if mention is None or mention.kind is not MentionKind.NAME or not token.text[0].isupper():
            return False
        plain = sum(one.is_lower and len(one) > TITLE_WORD for one in token.sent)
        return mention.span.stop > token.idx + len(token) and plain >= PLAIN_WORDS

    def heads_mention(self, token: Token) -> bool:
        """Is a word the head of a mention, or a common noun for people?"""
        mention = self.mentions.get(token.i)
        return mention is None or mention.head == token.idx

    def with_speaker(self, act: Act, told: Told) -> Told:
        """Let the speaker stand as the source of what can only be done by saying it."""
        statement = told.statement
        if "speaker" not in act.hit.predicate.source:
            return told
        return replace(told, sources=self.speaker(statement) if statement is not None else ())

    def speaker(self, statement: Statement) -> tuple[Party, ...]:
        """Return who makes a statement, if that is someone who can act: not "the plan"."""
        source = statement.source
        acts_itself = source is not None and (source.mention in self.able or source.actor is not None)
        return (without_clause(self.doc, source),) if source is not None and acts_itself else ()

    def with_statement(self, act: Act, told: Told) -> Told:
        """Let the statement that an act is give what its clause does not: who says it, and whom it is said to."""
        statement = told.statement
        if statement is None or not self.is_cue(act, statement):
            return told
        sources = told.sources or self.speaker(statement)
        asks = act.type == "REQUEST" and not told.targets
        return replace(told, sources=sources, targets=statement.targets if asks else told.targets)

    def is_cue(self, act: Act, statement: Statement) -> bool:
        """Is an act told by the words that introduce a statement?"""
        return any(self.cues.get(token.i) is statement for token in act.tokens[:2])

    def is_party(self, token: Token) -> bool:
        """Does a word stand for someone who can act?"""
        if token.lower_ in DEMONSTRATIVES:
            return token.lower_ == "those" and is_described(token)
        if token.i in self.mentions:
            return True
        if token.lower_ in FIRST_PERSON:
            return self.statement_at(token) is not None
        if people("indefinite").at(token):
            return False
        listed = token.i in self.likely or any(people(kind).at(token) for kind in PARTY_NOUNS)
        return token.pos_ == "NOUN" and listed

    def without_guesses(self, told: Told, least: float) -> Told:
        """Return an act's parties without those that only the model takes for some, with less than this chance."""
        sides = (told.sources, told.targets)
        kept = [tuple(one for one in side if not self.is_guess(one, least)) for side in sides]
        return replace(told, sources=kept[0], targets=kept[1])

    def is_guess(self, party: Party, least: float) -> bool:
        """Is a party a common noun that no list holds, and that hardly stands for someone who acts?"""
        words = self.doc.char_span(party.span.start, party.span.stop, alignment_mode="expand")
        if party.mention is not None or words is None:
            return False
        root = words.root
        return self.likely.get(root.i, 1) < least and not any(people(kind).at(root) for kind in PARTY_NOUNS)

    def is_same_actor(self, one: Token, other: Token) -> bool:
        """Do two words stand for one actor?"""
        first, second = self.mentions.get(one.i), self.mentions.get(other.i)
        if first is None or second is None:
            return False
        return first is second or (first.actor is not None and first.actor == second.actor)

    def parties(self, fillers: Iterable[Filler], statement: Statement | None) -> tuple[Party, ...]:
        """Return the parties of these words, each actor once; "we" is who speaks."""
        found: list[Party] = []
        for filler in fillers:
            party = self.party(filler.token, statement)
            if party is not None and not same(party, found):
                found.append(party)
        return tuple(found)

    def party(self, token: Token, statement: Statement | None) -> Party | None:
        """Return the party that a word stands for."""
        if token.lower_ in FIRST_PERSON:
            speaker = self.statement_at(token) or statement
            if speaker is not None and speaker.source is not None:
                return speaker.source
        mention = self.mentions.get(token.i)
        if mention is not None:
            return without_clause(self.doc, party_of(self.doc, mention))
        return (
            None
            if token.pos_ == "PRON" and not is_described(token)
            else Party(TextSpan.of(self.article, noun_phrase(token)))
        )

    def answered(self, act: Act, told: Told, before: Sequence[Event]) -> tuple[Party, ...]:
        """Return whom an answer is to: "that stipulation" is the demand of the clause before, so its source."""
        if act.type != "REJECT" or not names_demand(act):
            return ()
        for event in reversed(before[-4:]):
            if event.type in ANSWERED and not any(same(one, told.sources) for one in event.sources):
                return event.sources
        return ()

    def statement_of(self, act: Act) -> Statement | None:
        """Return the statement that an act is, by its cue, or stands in."""
        cued = (self.cues.get(token.i) for token in act.tokens[:2])
        return next((one for one in cued if one is not None), None) or self.statement_at(act.head)

    def statement_at(self, token: Token) -> Statement | None:
        """Return the innermost statement whose content holds a word."""
        around = [one for one in self.statements if any(covers(span, token) for span in one.content)]
        return min(around, key=lambda one: sum(len(span) for span in one.content), default=None)


def is_described(token: Token) -> bool:
    """Does a clause say who is meant: "those who voted against it"?"""
    return any(one.dep_ == "acl:relcl" and one.i > token.i for one in token.children)


def names_demand(act: Act) -> bool:
    """Is what is rejected "that demand", "the offer": words for what someone said before?"""
    nouns = [act.hit.noun] if act.hit.noun is not None else [one for one in act.head.children if one.dep_ == "obj"]
    return any(
        noun.lower_ in wordlist("demands") and any(one.lower_ in DEMONSTRATIVE for one in noun.children)
        for noun in nouns
        if noun is not None
    )
