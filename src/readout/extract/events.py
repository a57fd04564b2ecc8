"""Find who did what to whom, coded in PLOVER: type, mode, sources, targets, and the statement that tells it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from readout.annotations import annotate, article_of, mentions_of, register
from readout.extract.acts import Act, absorbed, acts, alternatives, auxiliaries
from readout.extract.appraisals import appraisals, is_appraisal
from readout.extract.cameo import cameo_of
from readout.extract.conditions import ONE_PERSON, avoided, names_measure, unmet
from readout.extract.contexts import contexts_of, domain_of, is_figure
from readout.extract.dates import time_of
from readout.extract.eventevidence import STEP, evidence_for
from readout.extract.hedges import Factuality, factuality_of, quantity_hedges
from readout.extract.magnitudes import magnitudes_in
from readout.extract.nounmodel import LIKELY, likely_parties
from readout.extract.partymentions import (
    identities,
    points,
    same,
)
from readout.extract.places import place_of
from readout.extract.predicates import Kind, Lexicon, lexicon, wordlist
from readout.extract.proposals import likelihood, opinion, proposals
from readout.extract.reality import is_infinitive, is_supposed, is_topic, is_unsure
from readout.extract.said import said_acts
from readout.extract.tenses import Tense, clause_tense
from readout.extract.told import Teller, Told
from readout.provenance import Evidence, Skipped, TextSpan, positions, record_id
from readout.records import Event, Party, Statement

TRUSTED = 0.5  # chance of an act from which a noun that may stand for people can be a party
SURE = 0.8  # chance of an act from which no known actor need take part
HARSH_LIKELY, NEVER = 0.9, 2.0  # chance from which a common noun can be a party of an act of conflict, of others
WORTH_NOTING = 0.8  # score from which an act that is left out becomes a Skipped row
ATTACKS = frozenset({"assault.attack", "assault.fight", "assault.noun", "assault.launch-attack"})
DOINGS = frozenset({"operator.stop", "operator.announce", "operator.allow", "operator.force"})
NOMINAL_ATTACKS = frozenset({"assault.noun", "assault.launch-attack"})
REVERSED = frozenset({"act.will-not", "act.turned", "act.not-ruled-out"})  # rules by which "not" is part of the act
SPOKEN = frozenset({"request.should", "request.needed"})  # demands by modal words, which the model does not know
OF_NO_ONE = frozenset({"request.needed", "request.against", "request.proposes"})  # demands that can be of no one named
UNLIKELY, HARDLY = 0.2, 0.02  # chance below which words are no act; and words of praise or reproach
BREACHES = frozenset({"reject.defy", "reject.violate"})
ASPECTS = {Tense.PAST: "past", Tense.PRESENT: "present", Tense.FUTURE: "future"}


@Language.factory(
    "readout_events",
    requires=["doc._.readout_mentions", "doc._.readout_statements", "token.dep", "token.tag"],
    assigns=["doc._.readout_events"],
)
def make_events(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component that writes the events of a Doc."""
    register()
    return EventFinder(lexicon(), nlp).__call__


@dataclass(frozen=True, slots=True)
class EventFinder:
    """Finds events with one lexicon, and what the model of a pipeline says of its findings."""

    lexicon: Lexicon
    nlp: Language | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Write events, their evidence, and what was left out."""
        hits = self.lexicon.hits(doc)
        said = opinion(self.nlp, doc, hits)
        known = [*appraisals(doc), *acts(hits), *said_acts(doc)]
        taken = {token.i for act in known for token in act.tokens}
        page = Page(doc, likely_parties(self.nlp, doc))
        for act in in_order([*proposals(doc, said, taken), *said.weighed(known)]):
            page.add(act)
        annotate(doc, events=page.events, evidence=page.evidence, skipped=page.skipped)
        return doc


def clear(act: Act, told: Told) -> bool:
    """Is the model sure of the words of an act whose parties no one knows: "detectives raided a union's offices"?"""
    return act.score >= SURE and bool(told.sources) and is_harsh(act)


def is_harsh(act: Act) -> bool:
    """Is an act of conflict, which anyone can do: those who praise, agree or refuse must be known to be parties."""
    return act.quad in {3, 4} and act.type != "REJECT"


def least_party(act: Act) -> float:
    """Return how likely a common noun of no list must be a party, to be one of this act."""
    if act.quad not in {3, 4}:
        return NEVER  # those who praise, agree or meet must be known to be parties
    trusted = act.chance is not None and act.chance >= TRUSTED
    return LIKELY if trusted else HARSH_LIKELY if is_harsh(act) else NEVER


def in_order(found: Iterable[Act]) -> list[Act]:
    """Return acts in text order, one per head word; what was said outranks the plain lexicon."""
    best: dict[int, Act] = {}
    for act in found:
        best[act.head.i] = act
    return sorted(best.values(), key=lambda act: act.head.i)


class Page:
    """The events of one article while they are being found: an event can refer to one told before."""

    def __init__(self, doc: Doc, likely: Mapping[int, float] | None = None) -> None:
        self.doc = doc
        self.article = article_of(doc)
        self.teller = Teller(doc, likely)
        self.types = {mention.id: mention.type for mention in mentions_of(doc)}
        self.events: list[Event] = []
        self.evidence: list[Evidence] = []
        self.skipped: list[Skipped] = []
        self.kept: list[Act] = []

    def add(self, act: Act, *, noted: bool = True) -> bool:
        """Keep an act as an event, else what else its words can be, else the reason why it is none: was one kept?

        What a kept act asks or alleges is part of it.
        """
        if absorbed(act, self.kept) or self.teller.in_name(act.head):
            return False
        told = self.teller.told(act, self.events)
        told = self.teller.without_guesses(told, least_party(act))
        act, told = self.reproach(self.verbal(act, told), told)
        if not any(one.mention in self.teller.known for one in (*told.sources, *told.targets)) and not clear(act, told):
            return False  # words of the lexicon with no actor near them are no candidate
        if not noted and not told.sources:
            return False
        sense = self.sense_reason(act, told)
        unfit = None if sense else self.reason(act, told)
        reason = sense or unfit or self.unreal(act, told)
        if reason is None:
            self.keep(self.event(act, told), act, told)
        elif unfit and not avoided(act) and any(self.add(other, noted=False) for other in alternatives(act)):
            return True
        elif noted and act.hit.predicate.score >= WORTH_NOTING:
            span = TextSpan.of(self.article, self.doc[act.tokens[0].i : act.tokens[0].i + 1])
            self.skipped.append(Skipped(span.text, STEP, reason, span.start, span.stop))
        return reason is None

    def verbal(self, act: Act, told: Told) -> Act:
        """Turn one person's attack into criticism, unless the sentence speaks of violence."""
        if act.inner is not None or act.hit.predicate.id not in ATTACKS or not told.sources:
            return act
        noun = act.hit.noun or act.head
        if act.hit.predicate.id in NOMINAL_ATTACKS and noun.lower_ not in wordlist("onslaughts"):
            return act
        persons = [one for one in told.sources if self.is_person(one)]
        reproach = any(token.lower_ in {"for", "over"} for token in act.head.doc[act.head.i + 1 : act.head.i + 7])
        own = {token.i for token in act.tokens}
        words = {token.lower_ for token in act.head.sent if token.i not in own}
        violent = bool(words & wordlist("violence")) and not (persons and words & wordlist("verbal"))
        if act.hit.entry.head == "target" and not reproach:
            reproach = any(self.types.get(one.mention or "") == "PERSON" for one in told.targets)
        elif act.hit.entry.head == "target":
            return act
        if violent or (len(persons) < len(told.sources) and not reproach):
            return act
        return replace(act, type="ACCUSE", mode="disapprove", rules=(*act.rules, "act.verbal-attack"))

    def is_contest(self, act: Act, told: Told) -> bool:
        """Is a "battle between" two persons a race, since nothing speaks of violence?"""
        if act.hit.predicate.id != "assault.clash.noun" or not all(self.is_person(one) for one in told.sources):
            return False
        own = {token.i for token in act.tokens}
        return not any(token.lower_ in wordlist("violence") and token.i not in own for token in act.head.sent)

    def is_person(self, party: Party) -> bool:
        """Is a party one person, by name or by "he" and "she"?"""
        named = self.types.get(party.mention or "") == "PERSON" and party.actor is not None
        return named or party.span.text.lower() in ONE_PERSON

    def reproach(self, act: Act, told: Told) -> tuple[Act, Told]:
        """Turn a breach of law that someone says another committed into ACCUSE by the one who says it."""
        statement = told.statement
        if act.hit.predicate.id not in BREACHES or statement is None or self.teller.is_cue(act, statement):
            return act, told
        speaker = self.teller.speaker(statement)
        if not speaker or not told.sources or same(speaker[0], told.sources):
            return act, told
        accused = replace(told, sources=speaker, targets=told.sources)
        return replace(act, type="ACCUSE", mode="allege", rules=(*act.rules, "act.reproach")), accused

    def sense_reason(self, act: Act, told: Told) -> str | None:
        """Return why the words of an act mean no political act here."""
        if is_unlikely(act):
            return "the words hardly tell an act here"
        if is_figure(act) or self.is_contest(act, told):
            return "a figure of speech"
        domain = domain_of(passage(act.head)) if act.quad in {2, 4} or is_appraisal(act) else None
        if domain is not None:
            return f"the passage is about something else ({domain})"
        return None

    def reason(self, act: Act, told: Told) -> str | None:
        """Return why an act with these parties is no event."""
        measure = bool(told.sources) and names_measure(act)
        measure = measure or act.hit.predicate.id in OF_NO_ONE
        if act.type == "REQUEST" and not told.targets and not measure and not self.is_asked(act, told):
            return "asked of no one"
        if act.hit.predicate.id == "support.approve" and says_more(act):
            return "what is approved says what is done"
        if is_appraisal(act):
            return self.appraised(act, told)
        if "accused" in act.hit.predicate.needs and act.type == "ACCUSE" and self.is_denied(act, told):
            return "not said to be so"
        return unmet(act, sources=told.sources, targets=told.targets) or self.repeated(act, told)

    def appraised(self, act: Act, told: Told) -> str | None:
        """Return why words of praise or reproach are no event: no one speaks, or of no one, or it was said before."""
        if avoided(act):
            return "another sense of the words, by their object"
        if not told.sources or not any(one.actor or points(one) for one in told.targets):
            return "no named actor stands as target"
        speaker = self.teller.speaker(told.statement) if told.statement is not None else ()
        if not any(same(one, speaker) for one in told.sources):
            return "someone else's feelings"
        return "told before, by the same parties" if self.told_near(act, told) else None

    def told_near(self, act: Act, told: Told) -> bool:
        """Has the sentence told an act of this type with these parties?"""
        start = act.head.sent.start_char
        near = [one for one in self.events if one.type == act.type and one.trigger[0].start >= start]
        return any(same(one, event.targets) for event in near for one in told.targets)

    def unreal(self, act: Act, told: Told) -> str | None:
        """Return why an act that no one says to happen is no event: a purpose, a wish, one case among others."""
        if act.inner is not None and act.hit.predicate.id in DOINGS and is_infinitive(act.head):
            return "not told as done"
        if "act.will" in act.rules and self.is_guess(act, told):
            return "foretold of others, not promised"
        if self.is_open(act, told):
            return "asked or only possible"
        spoken = act.hit.predicate.source == ("speaker",) or is_appraisal(act)
        return None if act.inner is not None or act.modal or spoken else self.undone(act, told)

    def undone(self, act: Act, told: Told) -> str | None:
        """Return why a plain act is not told as done."""
        value = self.factuality(act, told.statement).value
        if not told.sources and value not in {"CT+", "PR+"}:
            return "not told as done"
        if value.endswith("-") and (not told.sources or (act.quad in {1, 3} and "act.will-not" not in act.rules)):
            return "told as not done"
        supposed = is_infinitive(act.head) or is_topic(act.head) or is_supposed(act)
        return "not told as done" if supposed or (value == "Uu" and is_unsure(act.head)) else None

    def is_asked(self, act: Act, told: Told) -> bool:
        """Is a demand what introduces a statement, so that it asks for what the statement holds?"""
        return told.statement is not None and self.teller.is_cue(act, told.statement)

    def is_open(self, act: Act, told: Told) -> bool:
        """Is an act only asked about ("did they refuse?") or possible ("could sue")?"""
        if any(one.text == "?" for one in act.head.sent[-2:]) and self.factuality(act, told.statement).value == "Uu":
            return True
        modal = {one.lower_ for one in act.head.children if one.dep_ == "aux" and one.i < act.head.i}
        return bool(modal & {"could", "might", "may"}) and "have" not in modal

    def is_guess(self, act: Act, told: Told) -> bool:
        """Does someone only say what others would do: "Americans would support this"?"""
        weak = not any(one.actor for one in told.sources)
        would = any(one.lower_ in {"would", "'d", "’d"} for one in act.modal)
        speaker = self.teller.speaker(told.statement) if told.statement is not None else ()
        outside = told.statement is not None and not any(same(one, speaker) for one in told.sources)
        return outside and (would or weak)

    def is_denied(self, act: Act, told: Told) -> bool:
        """Is what would be an accusation not asserted: "it would never violate the truce"?"""
        value = self.factuality(act, told.statement).value
        return value == "Uu" or value.endswith("-")

    def repeated(self, act: Act, told: Told) -> str | None:
        """Return why a nominal event adds nothing: the same happening has been told before."""
        if act.hit.predicate.kind is not Kind.NOUN:
            return None
        parties = identities((*told.sources, *told.targets))
        for event in self.events:
            if event.type == act.type and parties <= identities((*event.sources, *event.targets)):
                return "told before, by the same parties"
        return None

    def event(self, act: Act, told: Told) -> Event:
        """Return the record of an act."""
        trigger = tuple(TextSpan.of(self.article, words) for words in runs(act.tokens))
        statement = told.statement
        certainty = self.factuality(act, statement)
        clause = clause_of(act)
        amounts = magnitudes_in(self.doc, clause) if act.quad in {2, 4} else ()
        return Event(
            id=record_id("e", self.article.id, positions(trigger), act.type),
            type=act.type,
            trigger=trigger,
            mode=act.mode,
            contexts=contexts_of(act.head.sent),
            quad=act.quad,
            sources=told.sources,
            targets=told.targets,
            factuality=certainty.value,
            aspect=aspect_of(act, certainty),
            reciprocal=act.hit.predicate.reciprocal,
            hedges=tuple(sorted({*certainty.hedges, *(quantity_hedges(self.doc, clause) if amounts else ())})),
            when=time_of(self.doc, act.head),
            where=place_of(self.doc, act.head),
            magnitude=amounts,
            attributed_to=statement.id if statement is not None else None,
            via=statement.via if statement is not None else (),
            score=round(likelihood(act), 3),
            cameo=cameo_of(act.type, act.mode, act.group),
        )

    def factuality(self, act: Act, statement: Statement | None) -> Factuality:
        """Return how certain the act is to the one who asserts it."""
        cue = self.cue_token(statement) if statement is not None else None
        inside = cue is not None and cue.i not in {token.i for token in act.tokens}
        found = factuality_of(self.doc, act.head, relative_to=cue if inside else None)
        if REVERSED & set(act.rules):
            return replace(found, value=found.value.replace("-", "+"))  # the refusal itself is told
        return found

    def cue_token(self, statement: Statement) -> Token | None:
        """Return the first word of a statement's cue."""
        if statement.cue is None:
            return None
        words = self.doc.char_span(statement.cue.start, statement.cue.stop, alignment_mode="expand")
        return None if words is None else words.root

    def keep(self, event: Event, act: Act, told: Told) -> None:
        """Write an event and its evidence."""
        if any(one.id == event.id for one in self.events):
            return
        self.events.append(event)
        self.kept.append(act)
        self.evidence.extend(evidence_for(event, act, told.found))


def says_more(act: Act) -> bool:
    """Does a participle say what an approved document does: "adopted a resolution condemning the coup"?"""
    noun = act.hit.noun
    return noun is not None and any(one.dep_ == "acl" and one.tag_ == "VBG" for one in noun.children)


def is_unlikely(act: Act) -> bool:
    """Does the model hold words for no act here: "she is counting on the delegates", "he embraces the rule"?"""
    if act.chance is None or act.modal or act.hit.predicate.id in SPOKEN:
        return False
    reproach = is_appraisal(act) or act.hit.predicate.source == ("speaker",)
    return act.chance < (HARDLY if reproach else UNLIKELY)


def runs(tokens: Iterable[Token]) -> Iterator[Span]:
    """Yield the unbroken stretches of these words."""
    ordered = sorted(set(tokens), key=lambda token: token.i)
    start = ordered[0].i
    for one, other in pairwise(ordered):
        if other.i != one.i + 1:
            yield one.doc[start : one.i + 1]
            start = other.i
    yield ordered[-1].doc[start : ordered[-1].i + 1]


def passage(token: Token) -> Span:
    """Return the sentence of a word and its neighbours."""
    sentence = token.sent
    start = token.doc[sentence.start - 1].sent.start if sentence.start else 0
    stop = token.doc[sentence.end].sent.end if sentence.end < len(token.doc) else sentence.end
    return token.doc[start:stop]


def clause_of(act: Act) -> Span:
    """Return the words of an act's clause: its subtree, cut at clauses that are further acts' own."""
    head = act.head
    edges = [token.i for token in head.subtree]
    return head.doc[min(edges) : max(edges) + 1]


def aspect_of(act: Act, certainty: Factuality) -> str:
    """Return when the act is told to be: past, present, future, or only thought of."""
    words = {one.lower_ for one in auxiliaries(act.head)}
    if words & {"will", "'ll", "’ll", "shall"} or "wo" in words:
        return "future"
    if certainty.value == "Uu":
        return "hypothetical"
    tense = clause_tense(act.head.doc[act.head.i : act.head.i + 1])
    if tense is None:
        return "past"
    return ASPECTS.get(tense, "hypothetical")
