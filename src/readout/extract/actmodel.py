"""A small trained model of which words tell a PLOVER act: it decides where the lexicon is silent, or finds too much.

A perceptron with one hidden layer over the language network's state of a word, the vectors of the word, of its head and
of its sentence, and what the lexicon says of it. `training/acts.py` makes the weights. A pipeline without our language
network has no such states; then the lexicon stands alone.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, ORTH, POS  # type: ignore[import-not-found]
from spacy.parts_of_speech import IDS as POS_IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc

from readout.extract.predicates import TYPES, Hit
from readout.extract.wordmodels import (
    STATES,
    Floats,
    Perceptron,
    WordVectors,
    heads_of,
    perceptron,
    states_of,
    vectors_of,
)

NONE = "none"
CLASSES = (NONE, *TYPES)
KINDS = ("VERB", "NOUN", "ADJ", "PROPN", "AUX", "ADV", "PRON", "other")
QUOTES = {'"': 1, "“": 1, "«": 1, "»": 1, "”": 2}
LEXICAL = slice(STATES + 3 * 96, STATES + 3 * 96 + len(TYPES) + 2)  # columns of `lexical` among the features


@cache
def act_model() -> Perceptron:
    """Return the model that ships with the package."""
    return perceptron("acts")


def features(doc: Doc, words: WordVectors, hits: Iterable[Hit]) -> Floats | None:
    """Return one row of features a word; none when the words of the document have no states."""
    states = states_of(doc)
    if states is None:
        return None
    own = vectors_of(doc, words)
    heads = own[heads_of(doc)]
    return np.concatenate([states, own, heads, topics(doc, own), lexical(doc, hits), marks(doc)], axis=1)


def chances_of(model: Perceptron, rows: Floats) -> Floats:
    """Return the chance of each class for words with these features."""
    return model.chances(rows, rows[:, LEXICAL])


def topics(doc: Doc, own: Floats) -> Floats:
    """Return the mean vector of a word's sentence, one row a word."""
    out = np.zeros_like(own)
    for sentence in doc.sents:
        part = slice(sentence.start, sentence.end)
        out[part] = own[part].mean(0)
    return out


def lexical(doc: Doc, hits: Iterable[Hit]) -> Floats:
    """Return what the lexicon says of a word: its type, whether it is an operator, how sure the entry is."""
    out = np.zeros((len(doc), len(TYPES) + 2), dtype=np.float32)
    for hit in hits:
        word = (hit.noun or hit.head).i
        kind = hit.predicate.type
        if kind is not None:
            out[word, TYPES.index(kind)] = out[hit.head.i, TYPES.index(kind)] = 1
        out[hit.head.i, -2] = hit.predicate.operates
        out[word, -1] = hit.predicate.score
    return out


def marks(doc: Doc) -> Floats:
    """Return a word's part of speech; whether it stands in quotation marks, is in title case, heads its sentence."""
    size = len(doc)
    known = doc.to_array([ORTH, POS, DEP]).reshape(size, 3)
    out = np.zeros((size, len(KINDS) + 3), dtype=np.float32)
    number = {POS_IDS[name]: place for place, name in enumerate(KINDS[:-1])}
    out[np.arange(size), [number.get(part, len(KINDS) - 1) for part in known[:, 1].tolist()]] = 1
    words, places = np.unique(known[:, 0], return_inverse=True)
    lexemes = [doc.vocab[int(word)] for word in words]
    out[:, -3] = quoted(np.array([QUOTES.get(one.text, 0) for one in lexemes])[places])
    out[:, -2] = np.array([one.is_title for one in lexemes])[places]
    out[:, -1] = known[:, 2] == doc.vocab.strings["ROOT"]
    return out


def quoted(kinds: npt.NDArray[np.int64]) -> Floats:
    """Return which words stand in quotation marks, the opening mark among them; 2 is a mark that can only close."""
    out = np.zeros(len(kinds), dtype=np.float32)
    opened, start = False, 0
    for place in np.flatnonzero(kinds).tolist():
        out[start:place] = opened
        opened, start = kinds[place] == 1 and not opened, place
    out[start:] = opened
    return out
