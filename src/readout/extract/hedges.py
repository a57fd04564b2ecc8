"""Find how certain a predicate is, and which words say so: FactBank's CT PR PS with + or -, and Uu.

The value is relative to the one who asserts: the walk from a predicate to what governs it ends at a verb of saying.
Where no word decides, the trained score of `factuality.py` does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from readout.annotations import article_of
from readout.extract.factuality import happening
from readout.extract.governors import (
    NEGATIONS,
    Link,
    effect_of,
    is_arranged,
    is_generic,
    is_infinitive,
    is_noun,
    is_order,
    is_performed,
    negation_of,
)
from readout.extract.hedgerules import RANK, Cause, HedgeRule, cause, combine, matching, phrases, rule_of, rules
from readout.provenance import TextSpan

__all__ = ["RANK", "Cause", "Factuality", "HedgeRule", "combine", "factuality_of", "rules"]

STEP = "extract.hedges"
MAX_CLIMB = 6  # governors above a predicate that can bear on it; deeper nesting is a parser's error
PRESUPPOSING = frozenset({"who", "why", "when", "where", "how", "what", "which"})
IDLE_CONDITIONS = frozenset({"any", "anything", "compared", "necessary", "needed", "possible"})
APPROXIMATIONS = frozenset({"nearly", "almost"})
POLITE = frozenset({"would", "'d", "’d", "will", "must", "can"})
SHARING = frozenset({"or", "nor"})
VERBAL = ("VB", "MD")


@dataclass(frozen=True, slots=True)
class Factuality:
    """A FactBank value, the hedges that say so, all causes (with rule ids) as evidence, and the model's score."""

    value: str
    hedges: tuple[TextSpan, ...] = ()
    evidence: tuple[Cause, ...] = ()
    score: float | None = None


def factuality_of(doc: Doc, token: Token, *, relative_to: Token | None = None) -> Factuality:
    """Return how certain the predicate is to the one who asserts it; `relative_to` ends the walk at that governor."""
    causes = causes_of(doc, token, relative_to=relative_to)
    value = combine(found.rule for found in causes)
    score = happening(doc, token, [found.rule.id for found in causes], value)
    causes = tuple(_weighed(doc, token, causes, score))
    hedges = tuple(sorted({found.span for found in causes if found.rule.hedge}))
    return Factuality(combine(found.rule for found in causes), hedges, causes, score)


def causes_of(doc: Doc, token: Token, *, relative_to: Token | None = None) -> tuple[Cause, ...]:
    """Return the words that bear on the predicate, by the rules alone."""
    return tuple(_unique(_causes(doc, token, relative_to)))


def quantity_hedges(doc: Doc, words: Span) -> tuple[TextSpan, ...]:
    """Return the words that make a number in these words a guess: "an estimated", "as many as"."""
    found = []
    for _, start, stop in phrases(words, "quantities"):
        if any(token.like_num for token in doc[stop : min(stop + 3, len(doc))]):
            found.append(TextSpan.of(article_of(doc), doc[start:stop]))
    return _outermost(found)


def hedges_on(doc: Doc, token: Token) -> tuple[Cause, ...]:
    """Return what hedges this word itself, without what governs it: "reportedly called for"."""
    return tuple(found for found in _unique(_own_causes(doc, token)) if found.rule.hedge)


def unsaid(doc: Doc, cue: Token) -> tuple[Cause, ...]:
    """Return the negation of a word of saying: what someone "did not say" is open, neither said nor denied."""
    negations = (child for child in cue.children if child.i < cue.i and child.lower_ in NEGATIONS)
    return tuple(cause(doc, _UNSAID, child) for child in negations)


def _weighed(doc: Doc, token: Token, causes: tuple[Cause, ...], score: float | None) -> Iterator[Cause]:
    """Yield the causes as the score leaves them: it decides where the rules know only a default."""
    if score is not None and causes and all(found.rule.soft for found in causes) and score > HAPPENED:
        yield cause(doc, _HAPPENED, token)
        return
    yield from causes
    least = OPEN_INFINITIVE if is_infinitive(token) else OPEN
    if score is not None and not causes and score < least and token.tag_.startswith(VERBAL):
        yield cause(doc, _OPEN, token)


def _causes(doc: Doc, token: Token, relative_to: Token | None) -> Iterator[Cause]:
    own = list(_own_causes(doc, token))
    yield from own
    if _is_question(token):
        yield cause(doc, _QUESTION, token)
    named = is_noun(token) and any(found.rule.value != "CT" for found in own)
    link, reaches = Link(token, token), True
    for _ in range(MAX_CLIMB):
        if link.governor in (link.clause, relative_to) or (named and link.clause == token):
            return
        yield from _clause_causes(doc, link.clause, token)
        if link.clause.dep_ == "conj":
            yield from _shared_causes(doc, link)
        else:
            effect = effect_of(link)
            yield from (cause(doc, rule, word) for rule, word in effect.causes)
            if effect.ends:
                return
            reaches = reaches and effect.negation
            yield from _governor_causes(doc, link, reaches=reaches)
        link = Link(token, link.governor)


def _own_causes(doc: Doc, token: Token) -> Iterator[Cause]:
    negative = negation_of(token)
    for child in _dependents(token):
        lower = child.lower_
        if child.dep_ in {"advmod", "neg"} or child.tag_ == "RB":
            if lower in APPROXIMATIONS and not _precedes_verb(child):
                continue
            if lower not in NEGATIONS or child in negative or child.head != token:
                yield from matching(doc, "adverbs", lower, child)
        elif child.dep_ in {"aux", "aux:pass"} or child.tag_ == "MD":
            yield from _modal(doc, token, child, negated=bool(negative))
        elif child.dep_ == "amod":
            yield from matching(doc, "adjectives", lower, child)
        elif child.dep_ == "mark" or (child.dep_ == "case" and lower in {"without", "instead"}):
            yield from _marker(doc, child)
    yield from (cause(doc, _NEGATION, word) for word in negative)
    if is_arranged(token):
        yield cause(doc, _ARRANGED, token)
    if is_generic(token):
        yield cause(doc, _GENERIC, token)
    if is_order(token):
        yield cause(doc, _ORDER, token)
    yield from _phrase_causes(doc, token)


def _modal(doc: Doc, token: Token, modal: Token, *, negated: bool) -> Iterator[Cause]:
    """Yield what a modal does: with a negation, what one "could not do" or "would not say" did not happen."""
    lower = modal.lower_
    if negated and (lower in {"can", "ca", "could"} or (lower == "would" and rule_of("answers", token.lemma_.lower()))):
        yield cause(doc, _INABILITY, modal)
        return
    if lower in POLITE and is_performed(token):
        return
    yield from matching(doc, "modals", lower, modal)


def _precedes_verb(adverb: Token) -> bool:
    """Does an adverb stand before its verb: "nearly took", but not "nearly entirely destroyed"?"""
    following = adverb.doc[adverb.i + 1 : adverb.i + 2]
    return any(word.tag_.startswith("VB") for word in following)


def _marker(doc: Doc, marker: Token) -> Iterator[Cause]:
    if not (marker.lower_ == "if" and marker.head.lower_ in IDLE_CONDITIONS):
        yield from matching(doc, "markers", marker.lower_, marker)


def _dependents(token: Token) -> Iterator[Token]:
    """Yield the children, and the adverb just before the verb group when the parser hung it elsewhere."""
    yield from token.children
    before = token.i - 1
    while before >= token.sent.start and token.doc[before].tag_ in {"MD", "RB", "VBD", "VBZ", "VBP", "VB", "VBN"}:
        word = token.doc[before]
        if word.head != token and word.tag_ == "RB":
            yield word
        if word.pos_ not in {"AUX", "ADV", "PART"}:
            return
        before -= 1


def _phrase_causes(doc: Doc, token: Token) -> Iterator[Cause]:
    start, stop = _clause_window(token)
    for rule, left, right in phrases(doc[start:stop], "phrases"):
        if _bears(doc[left:right], token):
            yield Cause(rule, TextSpan.of(article_of(doc), doc[left:right]))


def _bears(words: Span, token: Token) -> bool:
    """Does a phrase bear on a predicate: it governs it, or hangs on it?"""
    root = words.root
    above = [token, *token.ancestors][:4]
    if words[-1].lower_ == "to":
        return token.i >= words.end and (root in above or token.i - words.end < 2)
    return root in above or root.head == token or (root.head.head == token and root.i < token.i + 8)


def _clause_window(token: Token) -> tuple[int, int]:
    """Return the few words around a predicate in which a phrase can bear on it."""
    sentence = token.sent
    return max(sentence.start, token.i - 6), min(sentence.end, token.i + 8)


def _clause_causes(doc: Doc, head: Token, token: Token) -> Iterator[Cause]:
    """Yield the markers of a clause above the predicate: "if talks fail and the truce ends"."""
    if head != token:
        for child in head.children:
            if child.dep_ == "mark":
                yield from _marker(doc, child)


def _shared_causes(doc: Doc, link: Link) -> Iterator[Cause]:
    """Yield what a conjunct takes over from the first verb: "could attack and seize", "did not eat or drink"."""
    if any(child.dep_ in {"aux", "nsubj", "nsubj:pass"} for child in link.clause.children):
        return
    negative = negation_of(link.governor)
    for child in link.governor.children:
        if child.dep_ == "aux" or child.tag_ == "MD":
            yield from _modal(doc, link.governor, child, negated=bool(negative))
    if any(child.lower_ in SHARING for child in link.clause.children if child.dep_ == "cc"):
        yield from (cause(doc, _NEGATION, word) for word in negative if word.dep_ != "cc:preconj")


def _governor_causes(doc: Doc, link: Link, *, reaches: bool) -> Iterator[Cause]:
    """Yield what bears on the governor itself; its negation only where it reaches down into the clause."""
    for found in _own_causes(doc, link.governor):
        if reaches or not found.rule.negative or found.rule.value != "CT":
            yield found


def _is_question(token: Token) -> bool:
    """Does the predicate head a sentence that asks whether? "Why did they attack?" takes the attack for granted."""
    sentence = token.sent
    if token.dep_.lower() != "root" or sentence[-1].text != "?":
        return False
    return not any(word.lower_ in PRESUPPOSING and word.tag_.startswith("W") for word in sentence[:3])


def _outermost(spans: list[TextSpan]) -> tuple[TextSpan, ...]:
    return tuple(sorted({span for span in spans if not any(other != span and other.contains(span) for other in spans)}))


def _unique(causes: Iterable[Cause]) -> Iterator[Cause]:
    """Yield each word's first cause only, so that no negation counts twice."""
    seen: set[int] = set()
    for found in causes:
        if found.span.start not in seen:
            seen.update(range(found.span.start, found.span.stop))
            yield found


# On UDS-IH2 dev 95 % of the bare verbs scored below -0.8 did not happen, and all of what is scored above 0.7 did.
OPEN = -0.8  # below this a bare verb is open
OPEN_INFINITIVE = -0.45  # the same for an infinitive; -0.3 costs 0.7 points of MEANTIME's not-certain
HAPPENED = 0.7  # above this is done what the rules leave open by default
_UNSAID = HedgeRule("hedge.unsaid", NEGATIONS, "Uu", hedge=True)
_NEGATION = HedgeRule("hedge.negation", NEGATIONS, "CT", negative=True)
_INABILITY = HedgeRule("hedge.inability", frozenset({"can", "could", "would"}), "CT")
_QUESTION = HedgeRule("hedge.question_mark", frozenset("?"), "Uu")
_ARRANGED = HedgeRule("hedge.arranged", frozenset({"to"}), "Uu")
_ORDER = HedgeRule("hedge.imperative", frozenset(), "Uu")
_GENERIC = HedgeRule("hedge.generic", frozenset({"when", "whenever"}), "Uu")
_HAPPENED = HedgeRule("model.happened", frozenset(), "CT")
_OPEN = HedgeRule("model.open", frozenset(), "Uu")
