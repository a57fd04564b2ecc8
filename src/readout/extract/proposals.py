"""Let the trained model have its say: acts in words that the lexicon does not have, and how likely each act is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp, log

import yaml
from spacy.language import Language
from spacy.tokens import Doc, Token

from readout.annotations import statements_of
from readout.extract.actmodel import CLASSES, NONE, act_model, chances_of, features
from readout.extract.acts import Act
from readout.extract.appraisals import is_free
from readout.extract.partymentions import FIRST_PERSON
from readout.extract.predicates import Entry, Hit, Kind, Predicate
from readout.extract.roles import surface_subject
from readout.extract.wordmodels import Floats, word_vectors

LEAST = 0.7  # chance of one type from which words without an entry are an act
KINDS = {"VERB": Kind.VERB, "NOUN": Kind.NOUN, "ADJ": Kind.ADJECTIVE}
SOURCES = {Kind.VERB: ("subj",), Kind.NOUN: ("by", "poss", "people"), Kind.ADJECTIVE: ("subj",)}
TARGETS = {
    Kind.VERB: ("obj", "against", "with", "to", "on", "at", "from"),
    Kind.NOUN: ("against", "on", "with", "of", "at", "to"),
    Kind.ADJECTIVE: ("of", "against", "to", "with"),
}
SAID_OF = {Kind.VERB: ("subj", "subj-poss"), Kind.NOUN: ("said-of",), Kind.ADJECTIVE: ("said-of",)}
APPRAISING = frozenset({"ACCUSE", "SUPPORT"})
ALONE = frozenset({"PROTEST", "MOBILIZE"})  # types that need no one as target
EXTREME = 0.002  # chances nearer to 0 or 1 count as this
RULE = "model.acts-1"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model says of the words of one document; without it, nothing is proposed and nothing left out."""

    chances: Floats | None

    def told(self, act: Act) -> float | None:
        """Return how likely it is that the words of an act tell one."""
        if self.chances is None:
            return None
        words = [token.i for token in act.tokens]
        return float(1 - self.chances[words, CLASSES.index(NONE)].min())

    def weighed(self, found: Iterable[Act]) -> Iterator[Act]:
        """Yield acts with their chance as score."""
        for act in found:
            chance = self.told(act)
            yield act if chance is None else replace(act, score=chance, chance=chance)


def opinion(nlp: Language | None, doc: Doc, hits: Iterable[Hit]) -> Opinion:
    """Return what the model says of a document."""
    words = word_vectors(nlp) if nlp is not None else None
    rows = features(doc, words, hits) if words is not None and len(doc) else None
    return Opinion(None if rows is None else chances_of(act_model(), rows))


def likelihood(act: Act) -> float:
    """Return the score of an act's event: calibrated where the model has had its say, else that of its entry."""
    return act.score if act.chance is None else calibrated(act.chance, act.hit.predicate.score)


def calibrated(chance: float, entry: float) -> float:
    """Return how likely an event is right, given the model's chance and the score of its entry."""
    known = calibration()
    total = known["chance"] * odds(chance) + known["entry"] * odds(entry) + known["constant"]
    return 1 / (1 + exp(-total))


def odds(chance: float) -> float:
    """Return the logarithm of the odds of a chance, kept from the extremes."""
    kept = min(max(chance, EXTREME), 1 - EXTREME)
    return log(kept / (1 - kept))


@cache
def calibration() -> dict[str, float]:
    """Return the weights of what makes a score (data/calibration.yaml)."""
    text = files("readout.extract").joinpath("data/calibration.yaml").read_text(encoding="utf-8")
    known: dict[str, float] = yaml.safe_load(text)
    return known


def proposals(doc: Doc, said: Opinion, taken: Iterable[int]) -> Iterator[Act]:
    """Yield acts of words that no entry has."""
    if said.chances is None:
        return
    passed = set(taken)
    best = said.chances[:, 1:].argmax(-1) + 1
    likely = said.chances[:, 1:].max(-1) >= LEAST
    for index in likely.nonzero()[0].tolist():
        token = doc[index]
        if index not in passed and token.pos_ in KINDS:
            yield proposal(token, CLASSES[int(best[index])], float(said.chances[index, best[index]]))


def proposal(token: Token, type_: str, chance: float) -> Act:
    """Return the act of one word."""
    appraises = type_ in APPRAISING and is_said(token) and not is_own(token)
    predicate = proposed(type_, KINDS[token.pos_], appraises)
    hit = Hit(Entry(predicate, token.lower_), token, (token,))
    return Act(hit, type_, predicate.mode, chance, rules=(f"{RULE}/{type_.lower()} {token.lower_}",), chance=chance)


@cache
def proposed(type_: str, kind: Kind, appraises: bool) -> Predicate:
    """Return the predicate of a type for which there is no entry."""
    needs = "mention-source" if type_ in ALONE else "both"
    return Predicate(
        id=f"appraisal.model.{type_.lower()}" if appraises else f"model.{type_.lower()}",
        kind=kind,
        type=type_,
        mode="disapprove" if type_ == "ACCUSE" else None,
        source=("speaker",) if appraises else SOURCES[kind],
        target=SAID_OF[kind] if appraises else TARGETS[kind],
        score=LEAST,
        needs=frozenset() if appraises else frozenset({needs}),
    )


def is_said(token: Token) -> bool:
    """Does a word stand in what someone says, asserted there?"""
    spans = (span for one in statements_of(token.doc) for span in one.content)
    return any(span.start <= token.idx < span.stop for span in spans) and is_free(token)


def is_own(token: Token) -> bool:
    """Is it what the speaker does: "we condemn", "I admire"?"""
    found = surface_subject(token)
    return found is not None and found.token.lower_ in FIRST_PERSON
