"""A small trained model of what nouns stand for: a person, an organization, a place, or something else.

`training/nouns.py` makes the weights. It tells parties from things where no list of nouns does ("the cartoonist", "the
youth wing"); a pipeline without our language network has no states for it, and then the lists stand alone.
"""

from functools import cache

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from readout.extract.wordmodels import (
    Floats,
    Perceptron,
    WordVectors,
    heads_of,
    perceptron,
    states_of,
    vectors_of,
    word_vectors,
)

CLASSES = ("person", "organization", "place", "other")
LIKELY = 0.6  # chance of "person" or "organization" from which a common noun can be a party, of some acts
NOUNS = frozenset({"NOUN", "PROPN"})


@cache
def noun_model() -> Perceptron:
    """Return the model that ships with the package."""
    return perceptron("nouns")


def noun_features(doc: Doc, words: WordVectors) -> Floats | None:
    """Return one row of features a word: its state, its vector and that of its head; none without states."""
    states = states_of(doc)
    if states is None:
        return None
    own = vectors_of(doc, words)
    return np.concatenate([states, own, own[heads_of(doc)]], axis=1)


def likely_parties(nlp: Language | None, doc: Doc) -> dict[int, float]:
    """Return the words that are likely to stand for a person or an organization, and how likely that is.

    There are none without our network.
    """
    words = word_vectors(nlp) if nlp is not None and len(doc) else None
    chances = party_chances(doc, words) if words is not None else None
    return {} if chances is None else {i: float(chances[i]) for i in np.flatnonzero(chances >= LIKELY).tolist()}


def party_chances(doc: Doc, words: WordVectors) -> Floats | None:
    """Return how likely each word stands for a person or an organization; none without states."""
    rows = noun_features(doc, words)
    return None if rows is None else noun_model().chances(rows)[:, :2].sum(-1)
