"""What the small trained models over words share: states, vectors and heads of words, and a perceptron."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from spacy.attrs import HEAD, ORTH  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc

Floats = npt.NDArray[np.float32]
STATES = 256


class WordVectors(Protocol):
    """What gives vectors to words: the language network."""

    def vectors(self, words: Sequence[str]) -> Floats:
        """Return one row a word; zeros for a word without a vector."""


@dataclass(frozen=True, slots=True)
class Perceptron:
    """One hidden layer; `direct` leads some columns straight to the classes."""

    hidden: Floats  # features by hidden units
    hidden_bias: Floats
    out: Floats  # hidden units by classes
    out_bias: Floats
    direct: Floats | None = None  # those columns by classes

    def chances(self, features: Floats, direct: Floats | None = None) -> Floats:
        """Return the probability of each class, one row a word."""
        scores = np.maximum(features @ self.hidden + self.hidden_bias, 0) @ self.out + self.out_bias
        if self.direct is not None and direct is not None:
            scores += direct @ self.direct
        scores -= scores.max(-1, keepdims=True)
        np.exp(scores, out=scores)
        found: Floats = scores / scores.sum(-1, keepdims=True)
        return found


def perceptron(name: str) -> Perceptron:
    """Return the weights that ship with the package under a name."""
    with files("readout.extract").joinpath(f"data/{name}.npz").open("rb") as file, np.load(file) as stored:
        return Perceptron(**{field: stored[field].astype(np.float32) for field in stored.files})


def states_of(doc: Doc) -> Floats | None:
    """Return the state of each word in our language network; none when another pipeline read the document."""
    states = np.asarray(doc.tensor, dtype=np.float32)
    return states if states.shape == (len(doc), STATES) else None


def word_vectors(nlp: Language) -> WordVectors | None:
    """Return what gives vectors to words in a pipeline; none when it is not our language network."""
    for _, component in nlp.pipeline:
        network: Any = getattr(component, "network", None)
        if network is not None and hasattr(network, "vectors"):
            known: WordVectors = network
            return known
    return None


def vectors_of(doc: Doc, words: WordVectors) -> Floats:
    """Return the vectors of the words of a document; each form is looked up once."""
    forms, places = np.unique(doc.to_array([ORTH]).reshape(-1), return_inverse=True)
    found: Floats = words.vectors([doc.vocab.strings[int(form)] for form in forms])[places]
    return found


def heads_of(doc: Doc) -> npt.NDArray[np.int64]:
    """Return the position of each word's head."""
    offsets = doc.to_array([HEAD]).reshape(-1).astype(np.uint64).view(np.int64)
    return np.arange(len(doc)) + offsets
