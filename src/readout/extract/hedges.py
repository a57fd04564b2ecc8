"""Find how certain a predicate is, and which words say so: FactBank's CT PR PS with + or -, and Uu.

The value is relative to the one who asserts: the walk from a predicate to what governs it ends at a verb of saying.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from spacy.tokens import Doc, Span, Token

from readout.annotations import article_of
from readout.provenance import TextSpan

STEP = "extract.hedges"
RANK = {"CT": 0, "PR": 1, "PS": 2, "Uu": 3}
CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "acl:relcl", "ROOT", "root", "parataxis", "conj"})
NEGATIVE_DETERMINERS = frozenset({"no", "neither", "nobody", "none"})
MANDATIVE = frozenset(
    {"demand", "insist", "suggest", "recommend", "propose", "require", "order", "hope", "wonder", "ask"}
)
MAX_CLIMB = 6  # governors above a predicate that can bear on it; deeper nesting is a parser's error


@dataclass(frozen=True, slots=True)
class HedgeRule:
    """Words of one kind, and what they do to certainty and sign."""

    id: str
    words: frozenset[str]
    value: str = "CT"
    negative: bool = False
    hedge: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """One word that bears on factuality, and the rule that it falls under."""

    rule: HedgeRule
    span: TextSpan


@dataclass(frozen=True, slots=True)
class Factuality:
    """A FactBank value, the hedges that say so, and all causes (with rule ids) as evidence."""

    value: str
    hedges: tuple[TextSpan, ...] = ()
    evidence: tuple[Cause, ...] = ()


def factuality_of(doc: Doc, token: Token, *, relative_to: Token | None = None) -> Factuality:
    """Return how certain the predicate is to the one who asserts it; `relative_to` ends the walk at that governor."""
    causes = tuple(_unique(_causes(doc, token, relative_to)))
    hedges = tuple(sorted({cause.span for cause in causes if cause.rule.hedge}))
    return Factuality(combine(cause.rule for cause in causes), hedges, causes)


def combine(rules: Iterable[HedgeRule]) -> str:
    """Return the value that these rules leave: the weakest certainty, and a sign that every negation turns."""
    value, negative = "CT", False
    for rule in rules:
        value = max(value, rule.value, key=RANK.__getitem__)
        negative ^= rule.negative
    return value if value == "Uu" else f"{value}{'-' if negative else '+'}"


def quantity_hedges(doc: Doc, words: Span) -> tuple[TextSpan, ...]:
    """Return the words that make a number in these words a guess: "an estimated", "as many as"."""
    found = []
    for _, start, stop in _phrases(words, "quantities"):
        if any(token.like_num for token in doc[stop : min(stop + 3, len(doc))]):
            found.append(TextSpan.of(article_of(doc), doc[start:stop]))
    return _outermost(found)


def hedges_on(doc: Doc, token: Token) -> tuple[Cause, ...]:
    """Return what hedges this word itself, without what governs it: "reportedly called for"."""
    return tuple(cause for cause in _unique(_own_causes(doc, token)) if cause.rule.hedge)


def unsaid(doc: Doc, cue: Token) -> tuple[Cause, ...]:
    """Return the negation of a word of saying: what someone "did not say" is open, neither said nor denied."""
    negations = (child for child in cue.children if child.i < cue.i and child.lower_ in NEGATIONS)
    return tuple(_cause(doc, _UNSAID, child) for child in negations)


def _causes(doc: Doc, token: Token, relative_to: Token | None) -> Iterator[Cause]:
    yield from _own_causes(doc, token)
    if _is_question(token):
        yield _cause(doc, _QUESTION, token)
    current = token
    for _ in range(MAX_CLIMB):
        governor = current.head
        if governor in (current, relative_to) or current.dep_ not in CLAUSAL:
            return
        yield from _clause_causes(doc, current, token)
        if current.dep_ == "conj":
            if current == token:
                yield from _shared_causes(doc, governor, current)
            current = governor
            continue
        if current.dep_ in {"acl:relcl", "parataxis"} or _reports(governor):
            return
        if current.dep_ not in {"ccomp", "xcomp", "csubj"} and not (
            current.dep_ == "advcl" and _is_infinitive(current)
        ):
            return
        yield from _governor_causes(doc, governor, current)
        current = governor


def _own_causes(doc: Doc, token: Token) -> Iterator[Cause]:
    for child in _dependents(token):
        lower = child.lower_
        if child.dep_ in {"advmod", "neg"} or child.tag_ == "RB":
            yield from _matching(doc, "adverbs", lower, child)
        if child.dep_ in {"aux", "aux:pass"} or child.tag_ == "MD":
            yield from _matching(doc, "modals", lower, child)
        if child.dep_ == "amod":
            yield from _matching(doc, "adjectives", lower, child)
        if child.dep_ == "det" and lower in NEGATIVE_DETERMINERS:
            yield _cause(doc, _NEGATION, child)
        if child.dep_ in {"nsubj", "nsubj:pass", "obj"} and _negative_phrase(child):
            yield _cause(doc, _NEGATION, child)
        if child.dep_ == "mark":
            yield from _matching(doc, "markers", lower, child)
    yield from _phrase_causes(doc, token)


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


def _negative_phrase(noun: Token) -> bool:
    return noun.lower_ in NEGATIVE_DETERMINERS or any(
        child.dep_ == "det" and child.lower_ in NEGATIVE_DETERMINERS for child in noun.children
    )


def _phrase_causes(doc: Doc, token: Token) -> Iterator[Cause]:
    start, stop = _clause_window(token)
    window = doc[start:stop]
    for rule, left, right in _phrases(window, "phrases"):
        yield Cause(rule, TextSpan.of(article_of(doc), doc[left:right]))


def _clause_window(token: Token) -> tuple[int, int]:
    """Return the few words around a predicate in which a phrase can bear on it."""
    sentence = token.sent
    return max(sentence.start, token.i - 6), min(sentence.end, token.i + 8)


def _clause_causes(doc: Doc, head: Token, token: Token) -> Iterator[Cause]:
    """Yield the markers of a clause above the predicate: "if talks fail and the truce ends"."""
    if head != token:
        for child in head.children:
            if child.dep_ == "mark":
                yield from _matching(doc, "markers", child.lower_, child)
    elif head.dep_ == "advcl" and _is_infinitive(head):
        yield _cause(doc, _PURPOSE, head)


def _shared_causes(doc: Doc, governor: Token, conjunct: Token) -> Iterator[Cause]:
    """Yield the modals that a conjunct takes over from the first verb: "could attack and seize"."""
    if any(child.dep_ in {"aux", "nsubj", "nsubj:pass"} for child in conjunct.children):
        return
    for child in governor.children:
        if child.dep_ == "aux" or child.tag_ == "MD":
            yield from _matching(doc, "modals", child.lower_, child)


def _governor_causes(doc: Doc, governor: Token, clause: Token) -> Iterator[Cause]:
    lemma = governor.lemma_.lower()
    infinitive = _is_infinitive(clause)
    for rule in rules()["governors"]:
        fits = rule.value != "Uu" or infinitive or lemma in MANDATIVE
        if lemma in rule.words and fits:
            yield _cause(doc, rule, governor)
            break
    yield from _own_causes(doc, governor)


def _reports(governor: Token) -> bool:
    lemma = governor.lemma_.lower()
    return any(lemma in rule.words for rule in rules()["report_governors"])


def _is_infinitive(token: Token) -> bool:
    return any(child.dep_ in {"mark", "aux"} and child.tag_ == "TO" for child in token.children)


def _is_question(token: Token) -> bool:
    """Does the predicate head a sentence that asks?"""
    last = token.sent[-1]
    return token.dep_.lower() == "root" and last.text == "?"


def _matching(doc: Doc, section: str, word: str, token: Token) -> Iterator[Cause]:
    for rule in rules()[section]:
        if word in rule.words:
            yield _cause(doc, rule, token)
            return


def _cause(doc: Doc, rule: HedgeRule, token: Token) -> Cause:
    return Cause(rule, TextSpan.of(article_of(doc), doc[token.i : token.i + 1]))


def _phrases(window: Span, section: str) -> Iterator[tuple[HedgeRule, int, int]]:
    """Yield the token ranges of the window whose words are a phrase of the section, with its rule."""
    words = [token.lower_ for token in window]
    index = _phrase_index(section)
    for position, word in enumerate(words):
        for parts, rule in index.get(word, ()):
            if words[position : position + len(parts)] == parts:
                yield rule, window.start + position, window.start + position + len(parts)


@cache
def _phrase_index(section: str) -> dict[str, list[tuple[list[str], HedgeRule]]]:
    """Return the phrases of a section by their first word."""
    index: dict[str, list[tuple[list[str], HedgeRule]]] = {}
    for rule in rules()[section]:
        for phrase in sorted(rule.words):
            parts = phrase.split()
            index.setdefault(parts[0], []).append((parts, rule))
    return index


def _outermost(spans: list[TextSpan]) -> tuple[TextSpan, ...]:
    return tuple(sorted({span for span in spans if not any(other != span and other.contains(span) for other in spans)}))


def _unique(causes: Iterable[Cause]) -> Iterator[Cause]:
    """Yield each word's first cause only, so that no negation counts twice."""
    seen: set[int] = set()
    for cause in causes:
        if cause.span.start not in seen:
            seen.update(range(cause.span.start, cause.span.stop))
            yield cause


NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
_UNSAID = HedgeRule("hedge.unsaid", NEGATIONS, "Uu", hedge=True)
_NEGATION = HedgeRule("hedge.negation", NEGATIVE_DETERMINERS, "CT", negative=True)
_QUESTION = HedgeRule("hedge.question_mark", frozenset("?"), "Uu")
_PURPOSE = HedgeRule("hedge.purpose", frozenset({"to"}), "Uu")


@cache
def rules() -> dict[str, tuple[HedgeRule, ...]]:
    """Return the rules of data/hedges.yaml by section."""
    text = files("readout.extract").joinpath("data/hedges.yaml").read_text(encoding="utf-8")
    return {section: tuple(_rule(entry) for entry in entries) for section, entries in yaml.safe_load(text).items()}


def _rule(entry: dict[str, object]) -> HedgeRule:
    words = entry["words"]
    return HedgeRule(
        id=f"hedge.{entry['id']}",
        words=frozenset(str(word) for word in words) if isinstance(words, list) else frozenset(),
        value=str(entry.get("value", "CT")),
        negative=entry.get("polarity") == "negative",
        hedge=bool(entry.get("hedge", False)),
    )
