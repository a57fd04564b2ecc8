"""Score whether a predicate happened, by a small trained model over the network's states, the tree and the rules.

The score runs from about -1.6 (did not happen) to 1.6 (did). The weights (data/factuality/happening.npz) come from
training/factuality.py; UDS-IH2, CC BY-SA 4.0. A Doc without the states of our own network has no score.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from spacy.tokens import Doc, Token

AUXILIARY = frozenset({"aux", "aux:pass", "cop", "advmod", "neg", "det", "expl"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
MAX_DEPTH = 6  # governors looked at above a predicate
PARTS = 4  # the predicate, its governor, its auxiliaries and other small words, its arguments


@dataclass(frozen=True, slots=True)
class Model:
    """The arrays of the network: one row per named feature, a dense layer over states, and what follows."""

    names: dict[str, int]
    rows: Any
    dense: Any
    bias: Any
    out: Any
    shift: float
    width: int

    def score(self, states: Any, found: Iterable[str]) -> float:
        """Return the score of one predicate."""
        known = list({self.names[name] for name in found if name in self.names})
        hidden = self.bias + states @ self.dense + self.rows[known].sum(axis=0)
        return float(np.maximum(hidden, 0.0) @ self.out) + self.shift


def happening(doc: Doc, token: Token, rules: Sequence[str], value: str) -> float | None:
    """Return how sure it is that the predicate happened, given what the rules found; None without our states."""
    loaded = model()
    if doc.tensor.ndim != 2 or doc.tensor.shape != (len(doc), loaded.width):
        return None
    return loaded.score(states_of(doc, token), named_features(token, rules, value))


@cache
def model() -> Model:
    """Return the weights, read once."""
    source = files("readout.extract").joinpath("data/factuality/happening.npz")
    with as_file(source) as path, np.load(path) as arrays:
        wide = {key: arrays[key].astype(np.float32) for key in ("rows", "dense", "bias", "out")}
        names = {str(name): index for index, name in enumerate(arrays["names"])}
        return Model(names, **wide, shift=float(arrays["shift"]), width=wide["dense"].shape[0] // PARTS)


def states_of(doc: Doc, token: Token) -> Any:
    """Return the states of the predicate, its governor, its small words and its arguments, side by side."""
    small = [child.i for child in token.children if child.dep_ in AUXILIARY or child.dep_ == "mark"]
    large = [child.i for child in token.children if child.dep_ not in AUXILIARY and child.dep_ != "punct"]
    blank = np.zeros(doc.tensor.shape[1], dtype=np.float32)
    parts = (
        doc.tensor[token.i],
        doc.tensor[token.head.i] if token.head != token else blank,
        doc.tensor[small].mean(axis=0) if small else blank,
        doc.tensor[large].mean(axis=0) if large else blank,
    )
    return np.concatenate(parts)


def named_features(token: Token, rules: Sequence[str], value: str) -> Iterator[str]:
    """Yield the features with names: what the rules say, the word, its clause, and the clauses above."""
    yield f"value={value}"
    yield from (f"rule={rule}" for rule in rules)
    yield f"rules={min(len(rules), 3)}"
    yield from _of_word(token, "")
    yield from _of_sentence(token)
    yield from _of_governors(token)


def _of_word(token: Token, prefix: str) -> Iterator[str]:
    children = list(token.children)
    helpers = [child.lower_ for child in children if child.dep_ in {"aux", "aux:pass", "cop"}]
    yield f"{prefix}tag={token.tag_}"
    yield f"{prefix}dep={token.dep_}"
    yield f"{prefix}tag+dep={token.tag_}+{token.dep_}"
    yield f"{prefix}lemma={token.lemma_.lower()}"
    yield f"{prefix}tag+helpers={token.tag_}+{'+'.join(helpers)}"
    yield f"{prefix}finite={token.tag_ in FINITE or any(child.tag_ in FINITE for child in children)}"
    for child in children:
        if child.dep_ in AUXILIARY or child.dep_ in {"mark", "case", "nmod:poss", "amod", "cc"}:
            yield f"{prefix}{child.dep_}={child.lower_}"
        elif child.dep_ in SUBJECTS:
            yield f"{prefix}subject={child.lower_ if child.pos_ == 'PRON' else child.tag_}"
        elif child.dep_ != "punct":
            yield f"{prefix}has={child.dep_}"
    if not any(child.dep_ in SUBJECTS for child in children):
        yield f"{prefix}subject=none+{token.tag_}"


def _of_sentence(token: Token) -> Iterator[str]:
    sentence = token.sent
    yield f"ends={sentence[-1].text}"
    yield f"first={token.i == sentence.start}"
    yield f"opens={sentence[0].lower_}"
    yield f"length={min(len(sentence) // 8, 5)}"


def _of_governors(token: Token) -> Iterator[str]:
    current, path = token, [token.dep_]
    for depth in range(1, MAX_DEPTH):
        if current.head == current:
            break
        current = current.head
        if depth == 1:
            yield from _of_word(current, "head:")
            yield f"dep+head={token.dep_}+{current.lemma_.lower()}"
        elif depth == 2:
            yield f"head2={current.lemma_.lower()}"
        for child in current.children:
            if child.dep_ in {"mark", "aux"} or child.lower_ in {"not", "n't", "never"}:
                yield f"above={child.lower_}"
        path.append(current.dep_)
    yield f"depth={len(path)}"
    yield f"path={'+'.join(path[:3])}"
