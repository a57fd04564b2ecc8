"""Compose what the lexicon finds into acts: an operator with its complement, and nothing that another act has absorbed.

"Agreed to stop shelling" is one act, AGREE, over another (RETREAT), over a third (ASSAULT); the outermost is the event.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from readout.extract.predicates import CLASSES, QUADS, Hit, Kind

INNER_REACH = 14  # tokens between an operator and the head of its complement
NEAR = 5  # tokens within which an act counts as the complement although the tree says otherwise
SURFACE_BREAKS = frozenset({";", ":", ".", ",", "—", "–"})
CIRCUMSTANCES = frozenset(
    {"while", "as", "after", "before", "because", "when", "although", "though", "since", "but", "if"}
)
CIRCUMSTANTIAL = frozenset({"during", "after", "before", "amid", "following", "since", "despite"})
REFUSING = frozenset({"not", "n't", "n’t", "never"})
PROMISING = frozenset({"will", "'ll", "’ll", "shall", "wo", "would"})
MODALS = PROMISING | REFUSING
REFUSED = {"AID": "assist", "COOPERATE": "assist", "CONCEDE": "yield", "RETREAT": "yield", "CONSULT": "meet"}


@dataclass(frozen=True, slots=True)
class Act:
    """A predicate with its PLOVER type, the act that it was made of, and the rules that made it."""

    hit: Hit
    type: str
    mode: str | None
    score: float
    inner: "Act | None" = None
    rules: tuple[str, ...] = ()
    modal: tuple[Token, ...] = ()
    chance: float | None = None  # what the trained model gives it

    @property
    def head(self) -> Token:
        """The word that carries tense, negation and subject."""
        return self.hit.head

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words of the trigger: those of the operator and those of its complement."""
        inner = self.inner.tokens if self.inner else ()
        return tuple(sorted({*self.modal, *self.hit.tokens, *inner}, key=lambda token: token.i))

    @property
    def quad(self) -> int:
        """PLOVER's quad class."""
        return QUADS[self.type]

    @property
    def group(self) -> str | None:
        """The lexicon group that gave the type; none when another act or the sentence around changed it."""
        plain = self.inner is None and self.type == self.hit.predicate.type
        return self.hit.predicate.id if plain else None


def acts(hits: Sequence[Hit]) -> list[Act]:
    """Return the acts of a text, outermost only, in text order."""
    composed: list[Act] = []
    for hit in reversed(hits):
        act = compose(hit, composed)
        if act is not None:
            if act.inner is not None:
                composed = [one for one in composed if one is not act.inner]
            composed.insert(0, peacekeeping(refused(act)))
    return composed


def compose(hit: Hit, later: Sequence[Act]) -> Act | None:
    """Return the act of a hit: as operator over a later act if it has one, else by itself if it has a type."""
    operator = hit if hit.predicate.operates else hit.operator
    if operator is not None and (operator is hit or hit.predicate.kind is not Kind.PHRASE):
        act = operated(operator, later)
        if act is not None:
            return act
    predicate = hit.predicate
    if predicate.operates or predicate.type is None:
        return None
    return Act(hit, predicate.type, predicate.mode, predicate.score, rules=(hit.rule,))


def alternatives(act: Act) -> Iterator[Act]:
    """Yield the other types that the words of an act can have, the likeliest first, up to words that are no act."""
    for hit in act.hit.others if act.inner is None else ():
        if hit.predicate.type is None:
            return
        if hit.predicate.type == act.hit.predicate.type and hit.head.i == act.head.i:
            continue
        other = Act(hit, hit.predicate.type, hit.predicate.mode, act.score, rules=(hit.rule,))
        yield peacekeeping(refused(other))


def operated(hit: Hit, later: Sequence[Act]) -> Act | None:
    """Return the act that an operator makes of the nearest act in its complement."""
    for inner in later:
        if inner.head.i > hit.head.i + INNER_REACH:
            return None
        if is_complement(inner, hit):
            made = hit.predicate.compose(inner.type)
            if made is None:
                return None
            type_, mode = made
            kept = inner.mode if type_ == inner.type and mode is None else mode
            score = min(hit.predicate.score, inner.score + 0.1)
            return Act(hit, type_, kept, score, inner, (hit.rule, *inner.rules))
    return None


def is_complement(inner: Act, hit: Hit) -> bool:
    """Does an act stand in the complement of an operator?"""
    apart = stands_aside(inner, hit) or another_does(inner, hit) or describes_thing(inner)
    if inner.hit.predicate.needs & {"accused"} or apart:
        return False
    last = hit.tokens[-1]
    if hit.predicate.kind is Kind.NOUN:
        follows = last.i + 1 < len(last.doc) and last.nbor(1).lower_ == "to"
        return follows and starts_at(inner, last.nbor(1))
    if last.lower_ == "to" and last.i + 1 < len(last.doc):
        return starts_at(inner, last)
    if governed(inner.head, hit.head) or (inner.hit.noun is not None and governed(inner.hit.noun, hit.head)):
        return True
    if inner.hit.predicate.kind is not Kind.NOUN and inner.head.dep_ == "conj" and inner.head.head.i == hit.head.i:
        return False  # "threatened the reporter and arrested her driver"
    between = hit.head.doc[last.i + 1 : inner.head.i]
    return len(between) <= NEAR and not any(one.text in SURFACE_BREAKS or one.tag_ in FINITE for one in between)


FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def starts_at(inner: Act, link: Token) -> bool:
    """Does an act begin right after "to", at most an adverb, or a noun phrase's first words, away?"""
    between = link.doc[link.i + 1 : inner.tokens[0].i]
    nominal = link.nbor(1).tag_ != "VB"
    return len(between) <= (NEAR if nominal else 1) and not any(one.tag_ in FINITE or one.is_punct for one in between)


def another_does(inner: Act, hit: Hit) -> bool:
    """Is what is announced something that another than the announcer has done: "confirmed that Kenya recalled"?"""
    if "inner-source" not in hit.predicate.source or inner.hit.predicate.kind is Kind.NOUN:
        return False
    own = next((one for one in inner.head.children if one.dep_ in {"nsubj", "nsubj:pass"}), None)
    clause = inner.head.dep_ == "ccomp" and inner.head.head.i == hit.head.i
    return clause and own is not None and own.pos_ in {"NOUN", "PROPN"}


def describes_thing(inner: Act) -> bool:
    """Does a participle only tell a thing from others: "helped identify the nerve agent used against him"?"""
    return inner.hit.predicate.kind is not Kind.NOUN and inner.head.tag_ == "VBN" and inner.head.dep_ == "acl"


def stands_aside(inner: Act, hit: Hit) -> bool:
    """Is a nominal act only what the object of an operator is about: "ended exemptions to tariffs"?"""
    if inner.hit.predicate.kind is not Kind.NOUN:
        return False
    found = next((one for one in hit.head.children if one.dep_ == "obj"), None)
    if found is None or not hit.tokens[-1].i < found.i < inner.head.i:
        return False
    between = found.doc[found.i + 1 : inner.head.i]
    return any(one.lower_ in {"to", "from", "for"} and one.tag_ in {"IN", "TO"} for one in between)


def governed(token: Token, head: Token) -> bool:
    """Does a word stand in the complement of another, and not in a clause of circumstance or beside it?"""
    current = token
    for _ in range(8):
        if current.i == head.i:
            return True
        if current.head == current or beside(current, head):
            return False
        current = current.head
    return False


def beside(token: Token, head: Token) -> bool:
    """Does this word begin something that is not part of a complement?"""
    if token.dep_ in {"parataxis", "nsubj", "csubj"} and token.head.i == head.i:
        return True
    if token.dep_ == "conj" and (
        token.head.i == head.i or any(one.dep_ in {"nsubj", "nsubj:pass"} for one in token.children)
    ):
        return True
    if token.dep_ == "advcl":
        return any(one.dep_ == "mark" and one.lower_ in CIRCUMSTANCES for one in token.children)
    if token.dep_ in {"obl", "nmod"}:
        return any(one.dep_ == "case" and one.lower_ in CIRCUMSTANTIAL for one in token.children)
    return False


def has_subject(token: Token) -> bool:
    """Has a verb a subject of its own?"""
    return any(one.dep_ in {"nsubj", "nsubj:pass"} for one in token.children)


def absorbed(act: Act, others: Iterable[Act]) -> bool:
    """Is an act what another one asks, refuses, promises or alleges?"""
    return any(
        other is not act
        and other.hit.predicate.absorbs
        and other.hit.predicate.kind is not Kind.NOUN
        and other.head.i < act.head.i
        and governed(act.head, other.head)
        and not any(token.lower_ == "but" for token in act.head.doc[other.head.i : act.head.i])
        for other in others
    )


def refused(act: Act) -> Act:
    """Turn an act of cooperation that its subject "will not" do into a REJECT, and one that it "will" do into AGREE."""
    if act.type == "REJECT" and act.hit.entry.head == "rule" and is_refused(act.head):
        open_ = tuple(sorted({one for one in auxiliaries(act.head) if one.lower_ in MODALS}, key=lambda one: one.i))
        return replace(act, type="AGREE", mode=None, rules=(*act.rules, "act.not-ruled-out"), modal=open_)
    if act.hit.predicate.kind is Kind.NOUN or CLASSES[act.quad] != "cooperation":
        return act
    modal = tuple(sorted({one for one in auxiliaries(act.head) if one.lower_ in MODALS}, key=lambda token: token.i))
    words = {one.lower_ for one in modal}
    if act.type == "AGREE" and words & REFUSING:
        return replace(act, type="REJECT", mode="change", rules=(*act.rules, "act.will-not"), modal=modal)
    idle = not words & PROMISING or (act.type == "AGREE" and not words & REFUSING)
    if idle or ("would" in words and act.head.dep_ != "ccomp"):
        return act
    if words & REFUSING:
        mode = REFUSED.get(act.type, "change")
        return replace(act, type="REJECT", mode=mode, rules=(*act.rules, "act.will-not"), modal=modal)
    return replace(act, type="AGREE", mode=None, rules=(*act.rules, "act.will"), modal=modal)


def is_refused(verb: Token) -> bool:
    """Does a verb have "not" among its auxiliaries?"""
    return any(one.lower_ in REFUSING for one in auxiliaries(verb))


def peacekeeping(act: Act) -> Act:
    """Turn troops that are sent to keep a peace into AID (CAMEO 074)."""
    if act.type != "MOBILIZE" or not any(token.lower_.startswith("peacekeep") for token in act.head.sent):
        return act
    return replace(act, type="AID", mode=None, rules=(*act.rules, "act.peacekeeping"))


def auxiliaries(verb: Token) -> Iterator[Token]:
    """Yield auxiliaries and negations of a verb, its own or by position before it."""
    yield from (one for one in verb.children if one.dep_ in {"aux", "advmod", "neg"} and one.i < verb.i)
    position = verb.i - 1
    while position >= 0 and verb.doc[position].pos_ in {"AUX", "ADV", "PART"}:
        yield verb.doc[position]
        position -= 1
