"""Tell a capital or a seat that stands for its government from the place, by its part in the sentence."""

from spacy.tokens import Doc, Token

from readout.detect.knowledge import Sense
from readout.detect.lexicon import word_list
from readout.detect.phrases import Phrase


def stands_for_government(doc: Doc, phrase: Phrase, sense: Sense) -> str | None:
    """Return the rule by which the name of a place means the government there, or None if it means the place."""
    start, stop = phrase.core or (phrase.start, phrase.stop)
    token = doc[start:stop].root
    case = next((c.lower_ for c in token.lefts if c.dep_ == "case"), None)
    before = doc[phrase.start - 1].lower_ if phrase.start else ""
    case = case or (before if before in word_list("place prepositions") | word_list("side prepositions") else None)
    if case in word_list("place prepositions"):
        return None
    if case is not None:
        return _by_preposition(doc, token, case, sense)
    if stop < len(doc) and doc[stop].tag_ == "POS":
        return _by_possession(token, sense)
    return _by_dependency(token, sense)


def _by_preposition(doc: Doc, token: Token, case: str, sense: Sense) -> str | None:
    if case in {"between", "with", "by", "against", "among"}:
        return f"metonym.{case}"
    head = token.head
    governed = head.lemma_.lower()
    if governed in word_list("travel"):
        return None
    before = doc[token.left_edge.i - 1] if token.left_edge.i else token
    if (
        governed in word_list("act nouns")
        or before.lower_ in word_list("act nouns")
        or head.lower_ in word_list("act nouns")
        or governed in word_list("speech and acts")
    ):
        return "metonym.of-act"
    if case in {"from", "to", "of", "on", "for"} and sense is Sense.SEAT and case != "to":
        return "metonym.seat"
    return None


def _by_possession(token: Token, sense: Sense) -> str | None:
    owned = token.head
    if token.dep_ != "nmod:poss":
        owned = next((t for t in token.doc[token.i + 2 : token.i + 6] if t.tag_ in {"NN", "NNS"}), token.head)
    if owned.lemma_.lower() in word_list("act nouns") or owned.lower_ in word_list("act nouns") or sense is Sense.SEAT:
        return "metonym.possessor"
    return None


def _by_dependency(token: Token, sense: Sense) -> str | None:
    head = token.head
    if token.dep_ in {"nsubj", "nsubj:outer"} and (sense is Sense.SEAT or not head.tag_.startswith("NN")):
        return None if _is_located(head) else "metonym.subject"
    if token.dep_ in {"obj", "iobj", "nsubj:pass"}:
        acts = head.lemma_.lower() in word_list("speech and acts")
        return "metonym.object" if acts else None
    if token.dep_ in {"conj", "appos"} and head.i != token.i and head.ent_type_ != "LOC":
        return _by_first_conjunct(token, sense)
    if token.dep_ == "compound" and head.lower_ in word_list("rulers"):
        return "metonym.compound"
    return "metonym.seat" if sense is Sense.SEAT else None


def _by_first_conjunct(token: Token, sense: Sense) -> str | None:
    head = token.head
    case = next((c.lower_ for c in head.lefts if c.dep_ == "case"), None)
    if case in word_list("place prepositions"):
        return None
    if case is not None:
        return _by_preposition(token.doc, head, case, sense)
    if head.dep_ in {"nsubj", "obj", "iobj"}:
        return _by_dependency(head, sense)
    return "metonym.seat" if sense is Sense.SEAT else None


def _is_located(verb: Token) -> bool:
    """Is the subject a place: "Paris is a city", "Berlin lies on the Spree"?"""
    return verb.lemma_.lower() in {"be", "lie", "locate", "situate", "host"}
