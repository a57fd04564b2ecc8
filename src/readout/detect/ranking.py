"""Choose whom a pronoun refers to by a small network over the states of the words; no guess on a tie.

What cannot be meant is left out by rule. The others, and "none of them", are scored by the network that
`training/ranking.py` trains: from the states of both heads, of their verbs and of the whole phrases, and from what
`pairs.py` sees. The odds of the mentions of one chain add up.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from readout.detect.antecedents import is_bound
from readout.detect.discourse import Discourse
from readout.detect.pairs import Phrasebook
from readout.detect.phrases import Phrase, text_of
from readout.records import MentionKind

Floats: TypeAlias = npt.NDArray[np.float32]

SENTENCES = 12  # back
MOST = 60  # candidates
TIE = 1.05  # times as likely as the next, or it is a guess; 1.1 leaves 1 pronoun in 100 more open on MEANTIME, 1.0 none
# "None of them" must be ten times as likely as the best: it is overrated, as gold has clauses that are no candidates.
NONE = 0.1  # 0.03-1 tried on GUM dev: 1 loses 9 points of accuracy, below 0.1 nothing is won and chains get worse
RULE = "coreference.pronoun.network"
OPEN = "stands for nothing that is named or described before, as far as can be told"


@dataclass(frozen=True, slots=True)
class Network:
    """The weights: what a phrase's states and columns give in each part of the network, what pairs add, and the rest.

    The parts are, side by side: as the pronoun, as the candidate, both again for the product of the two, for "none of
    them", and what the candidate is worth by itself.
    """

    states: Floats
    columns: Floats
    pairs: Floats
    bias: Floats
    hidden: Floats
    none: Floats
    ends: tuple[int, ...]


@cache
def network() -> Network:
    """Return the weights, read once."""
    data = files("readout.detect") / "data" / "actors" / "antecedents.npz"
    with data.open("rb") as file, np.load(file) as stored:
        table = {name: np.ascontiguousarray(stored[name], dtype=np.float32) for name in stored.files}
    ends = tuple(int(end) for end in np.cumsum(table.pop("widths")))
    return Network(**table, ends=ends)


def is_readable(discourse: Discourse) -> bool:
    """Do the words have states of the kind that the network was trained on?"""
    tensor = np.asarray(discourse.doc.tensor)
    return tensor.ndim == 2 and len(tensor) == len(discourse.doc) > 0 and 3 * tensor.shape[1] == len(network().states)


class Ranking:
    """Finds what the pronouns of one article refer to; what is known of each phrase is computed once."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.book = Phrasebook(discourse)
        self.network = network()
        seen = phrase_states(discourse, self.book) @ self.network.states
        for column in self.book.columns.T:
            seen += self.network.columns[column]
        seen += self.network.bias
        parts = np.split(seen, self.network.ends[:-1], axis=1)
        self.own, self.other, self.left, self.right, self.none, self.worth = parts

    def refer(self, index: int) -> None:
        """Link a pronoun to the likeliest chain before it, or leave it open with the reason."""
        discourse, phrase = self.discourse, self.discourse.phrases[index]
        near = candidates(discourse, index)
        if not near:
            phrase.reason = "nothing before it agrees in number and gender"
            return
        shares, none = self._shares(index, near)
        chosen = verdict(shares, none)
        if len(chosen) == 1:
            discourse.join(index, chosen[0], RULE, round(min(0.99, shares[chosen[0]]), 2))
        elif chosen:
            named = [text_of(discourse.doc, discourse.phrases[i]) for i in chosen]
            phrase.reason = f"two candidates tie: {named[0]!r} and {named[1]!r}"
        else:
            phrase.reason = OPEN

    def _shares(self, index: int, near: list[int]) -> tuple[dict[int, float], float]:
        """Return how likely each chain, by its likeliest mention, and "none of them" are."""
        scores = np.append(self.scores(index, near), self.none_score(index))
        likely = np.exp(scores - scores.max())
        *each, none = (likely / likely.sum()).tolist()
        chains: dict[int, dict[int, float]] = {}
        for other, share in zip(near, each, strict=True):
            chain = self.discourse.phrases[other].chain
            chains.setdefault(chain if chain >= 0 else -other - 2, {})[other] = share
        return {max(of, key=lambda other: of[other]): sum(of.values()) for of in chains.values()}, none

    def none_score(self, index: int) -> float:
        """Return the score of there being nothing in the text that a phrase refers back to."""
        weights = self.network.none
        return float(np.maximum(self.none[index], 0) @ weights[:-1] + weights[-1])

    def scores(self, index: int, near: list[int]) -> Floats:
        """Return the score of each candidate."""
        added = self.network.pairs[self.book.pairs(index, near)].sum(axis=1)
        hidden = np.maximum(self.own[index] + self.other[near] + added[:, :-1], 0)
        alike = self.right[near] @ self.left[index]
        scores: Floats = hidden @ self.network.hidden + alike + added[:, -1] + self.worth[near, 0]
        return scores


def verdict(shares: dict[int, float], none: float) -> tuple[int, ...]:
    """Return the one that is meant, or the two between which it stays open, or nothing."""
    ranked = sorted(shares.items(), key=lambda one: (-one[1], -one[0]))
    if ranked[0][1] < none * NONE:
        return ()
    if len(ranked) > 1 and ranked[0][1] < ranked[1][1] * TIE:
        return ranked[0][0], ranked[1][0]
    return (ranked[0][0],)


def phrase_states(discourse: Discourse, book: Phrasebook) -> Floats:
    """Return for each phrase the states of its head and of the word that governs it, and the mean over its words."""
    states = np.asarray(discourse.doc.tensor, dtype=np.float32)
    total = np.concatenate([np.zeros((1, states.shape[1])), states.cumsum(axis=0, dtype=np.float64)])
    mean = (total[book.stop] - total[book.start]) / (book.stop - book.start)[:, None]
    return np.concatenate([states[book.root], states[book.governor], mean.astype(np.float32)], axis=1)


def candidates(discourse: Discourse, index: int) -> list[int]:
    """Return the phrases that a pronoun may refer back to, nearest first."""
    pronoun, phrases = discourse.phrases[index], discourse.phrases
    found: list[int] = []
    bound: set[int] = set()
    for other in discourse.before(index, SENTENCES):
        if not may_mean(discourse, pronoun, phrases[other]):
            continue
        if is_bound(discourse, pronoun, phrases[other]):
            bound.add(phrases[other].chain)
            continue
        found.append(other)
        if len(found) == MOST:
            break
    return [other for other in found if phrases[other].chain < 0 or phrases[other].chain not in bound]


def may_mean(discourse: Discourse, pronoun: Phrase, other: Phrase) -> bool:
    """May a pronoun stand for this, by number, gender and kind?"""
    if other.kind is MentionKind.PRONOUN and other.type == "PRONOUN":
        same = other.number in {None, pronoun.number} and other.gender in {None, pronoun.gender}
        return same and other.person == 3
    if pronoun.gender in {"m", "f"}:
        return _may_be_person(discourse, pronoun, other)
    if pronoun.number == "p":
        return pronoun.type == "PRONOUN" or other.number == "p"
    return other.type in {"ORG", "GPE"} if other.number == "p" else other.type != "PERSON"


def _may_be_person(discourse: Discourse, pronoun: Phrase, other: Phrase) -> bool:
    """May "he" or "she" stand for this? Names that the model takes for places and bodies may be people's."""
    if other.number == "p" or other.kind is MentionKind.PRONOUN:
        return False
    gender = discourse.gender(other)
    return other.actor is None or other.type == "THING" if gender == "n" else gender in {None, pronoun.gender}
