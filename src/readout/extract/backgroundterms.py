"""Which names of a text could be explained, and what kind of thing a noun defines."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from spacy.tokens import Doc, Span, Token

LINKS = frozenset({"of", "the", "on", "for", "de", "'s", "’s", "'", "’"})


@cache
def knowledge() -> dict[str, Any]:
    """Return what data/background.yaml says, read once."""
    text = files("readout.extract").joinpath("data/background.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


@cache
def kind_of(noun: str) -> str | None:
    """Return the kind of thing that a noun defines."""
    return next((kind for kind, nouns in knowledge()["kinds"].items() if noun.lower() in nouns), None)


@cache
def listed(name: str) -> frozenset[str]:
    """Return a list of data/background.yaml."""
    return frozenset(knowledge()[name])


def terms(sentence: Span) -> Iterator[Span]:
    """Yield the names in a sentence that could be explained: runs of capitalised words."""
    doc, position = sentence.doc, sentence.start
    while position < sentence.end:
        if not begins_name(doc[position], sentence):
            position += 1
            continue
        end = name_end(doc, position, sentence.end)
        yield without_holder(doc[position:end])
        position = end


def without_holder(name: Span) -> Span:
    """Return a name without whom it is of: the Coral League of "Leaders of the Coral League", but all of a treaty's."""
    for token in name[1:-2]:
        if token.lower_ == "of" and name.doc[token.i + 1].lower_ == "the" and kind_of(name[0].text) is None:
            return name.doc[token.i + 2 : name.end]
    return name


def begins_name(token: Token, sentence: Span) -> bool:
    """Is the token the first word of a name?"""
    if not token.text[0].isupper() or token.is_punct:
        return False
    return token.i > sentence.start or not token.is_stop


def name_end(doc: Doc, start: int, stop: int) -> int:
    """Return the end of a name: its last capitalised word, across "of" and "the"."""
    end = start + 1
    position = end
    while position < stop and (doc[position].text[0].isupper() or doc[position].lower_ in LINKS):
        if doc[position].text[0].isupper():
            end = position + 1
        position += 1
    return end


def is_person_name(term: Span) -> bool:
    """Does the model take the name for one of a person?"""
    return any(token.ent_type_ in {"PERSON", "PER"} for token in term)


def last_named(doc: Doc, before: int, kind: str) -> Span | None:
    """Return the last name of a kind before a place in the text: "Minsk Agreement" for an agreement."""
    last = None
    for sentence in doc.sents:
        if sentence.start >= before:
            break
        for term in terms(sentence):
            if any(kind_of(token.text) == kind for token in (term[0], term[-1])) and len(term) > 1:
                last = term
    return last
