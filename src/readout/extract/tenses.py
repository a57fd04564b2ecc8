"""Tell whether the clause around some words speaks of the past, the present or the future."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from readout.extract.timex import knowledge

CLAUSE = frozenset({"ROOT", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "xcomp", "conj"})
AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
AROUND = 25  # words to each side that are looked at when there is no parse


class Tense(StrEnum):
    """When a clause says that something is."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    WISHED = "wished"  # of an infinitive: "urged them to return on Friday"


def tense_at(doc: Doc, start: int, stop: int) -> Tense | None:
    """Return the tense of the clause around these characters; from its verb, else from the words nearby."""
    words = doc.char_span(start, stop, alignment_mode="expand")
    if words is None:
        return None
    if doc.has_annotation("DEP") and doc.has_annotation("TAG"):
        return clause_tense(words)
    return surface_tense(words)


def clause_tense(words: Span) -> Tense | None:
    """Return the tense of the nearest clause above some words that has one."""
    participle = False
    for predicate in predicates(words.root):
        tense = predicate_tense(predicate)
        if tense is not None and not (participle and is_infinitive(predicate, [])):
            return tense
        participle = participle or predicate.tag_ == "VBG"
    return None


def predicates(token: Token) -> Iterator[Token]:
    """Yield the heads of the clauses around a word, the nearest first."""
    for _ in range(50):  # a cycle in a hand-made tree must not hang a run
        if is_predicate(token):
            yield token
        if token.head.i == token.i:
            return
        token = token.head


def clause_head(token: Token) -> Token:
    """Return the head of the clause that a word stands in: "made" for the call of "made the comments during a call"."""
    return next(predicates(token), token)


def is_predicate(token: Token) -> bool:
    """Does the word carry a clause: a verb, or a noun or adjective with a copula?"""
    return is_verb(token) or any(child.dep_ in AUXILIARY for child in token.children)


def is_verb(token: Token) -> bool:
    """Is the word a verb, by its tag (a model without parts of speech still tags)?"""
    return token.tag_.startswith("VB") or token.pos_ in {"VERB", "AUX"}


def predicate_tense(predicate: Token) -> Tense | None:
    """Return the tense of one clause, None when it depends on the clause above ("to meet", "meeting")."""
    parts = [child for child in predicate.children if child.dep_ in AUXILIARY]
    finite = [*parts, predicate]
    if any(part.lower_ in futures() for part in finite):
        return Tense.FUTURE
    if is_infinitive(predicate, parts):
        return infinitive_tense(predicate)
    if is_intent(predicate):
        return Tense.FUTURE
    return finite_tense(predicate, parts)


def futures() -> frozenset[str]:
    """Return the auxiliaries of the future."""
    return frozenset(knowledge()["tense"]["future"])


def is_infinitive(predicate: Token, parts: list[Token]) -> bool:
    """Is it "to meet"?"""
    marked = any(child.lower_ == "to" and child.dep_ == "mark" for child in predicate.children)
    return marked and not any(part.tag_ in {"VBD", "VBP", "VBZ", "MD"} for part in parts)


def infinitive_tense(predicate: Token) -> Tense | None:
    """Return the future for "set to meet", a wish for "urged to meet", nothing for "forced to meet" (as past)."""
    if any(child.lower_ == "have" for child in predicate.children):
        return Tense.PAST
    above = predicate.head
    if above.i != predicate.i and above.lemma_.lower() in set(knowledge()["tense"]["outcome"]):
        return None
    intent = knowledge()["tense"]["intent"]
    return Tense.FUTURE if above.lower_ in intent or above.lemma_.lower() in intent else Tense.WISHED


def is_intent(predicate: Token) -> bool:
    """Is it "is due", "is scheduled for"? Then what it speaks of is still to come."""
    if predicate.lower_ not in {"due", "scheduled", "slated", "planned", "expected", "set"}:
        return False
    be = [child for child in predicate.children if child.dep_ in AUXILIARY]
    return any(child.lower_ in {"is", "are", "'s", "’s", "'re", "’re", "be"} for child in be)


def finite_tense(predicate: Token, parts: list[Token]) -> Tense | None:
    """Return the tense that the tags of a verb and its auxiliaries give."""
    tags = {part.tag_ for part in parts} | {predicate.tag_}
    if tags & {"VBD"} or any(part.lemma_ == "have" for part in parts):
        return Tense.PAST
    if "MD" in tags:
        return Tense.PRESENT
    if predicate.tag_ == "VBN" and not parts:
        return Tense.PAST
    if parts or predicate.tag_ in {"VBZ", "VBP"}:
        return present_tense(predicate, parts)
    return None


def present_tense(predicate: Token, parts: list[Token]) -> Tense:
    """Return the future for a present of the timetable ("begins on Sunday", "is meeting on Sunday")."""
    if predicate.lemma_.lower() in set(knowledge()["tense"]["timetable"]):
        return Tense.FUTURE
    return Tense.FUTURE if parts and predicate.tag_ == "VBG" else Tense.PRESENT


def surface_tense(words: Span) -> Tense | None:
    """Return the tense that the words of a sentence show without a parse: the future wins over the past."""
    left = [token.lower_ for token in words.doc[max(0, words.start - AROUND) : words.start]]
    right = [token.lower_ for token in words.doc[words.end : words.end + AROUND]]
    nearby = within_sentence(left[::-1])[::-1] + within_sentence(right)
    if futures() & set(nearby) or promised(nearby):
        return Tense.FUTURE
    if any(looks_past(word) for word in nearby):
        return Tense.PAST
    if {"is", "are"} & set(nearby):
        return Tense.FUTURE
    stems = {word.removesuffix("s") for word in nearby}
    return Tense.FUTURE if stems & set(knowledge()["tense"]["timetable"]) - {"be"} else None


def within_sentence(words: list[str]) -> list[str]:
    """Return the words up to the end of the sentence."""
    for index, word in enumerate(words):
        if word in {".", "!", "?", "\n", "\n\n"}:
            return words[:index]
    return words


def promised(words: list[str]) -> bool:
    """Do the words say "is due" or "is set to"?"""
    intent = {"set", "due", "expected", "scheduled", "slated", "planned", "likely", "poised", "feared"}
    return any(word in {"is", "are", "be"} and after in intent for word, after in pairwise(words))


def looks_past(word: str) -> bool:
    """Is this the past of a verb, as far as spelling tells?"""
    return word.endswith("ed") or word in frozenset(knowledge()["tense"]["past"])
