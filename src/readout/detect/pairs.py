"""What can be seen of a phrase, and of a phrase and what it may refer back to: columns of small numbers.

Every column has a fixed number of values; the columns stand side by side, so that each value is a row of one table of
weights. `training/ranking.py` learns that table, `readout.detect.ranking` reads it: a change here means training again.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from spacy.tokens import Token

from readout.detect.descriptions import POINTERS, PRONOUNS
from readout.detect.discourse import Discourse
from readout.detect.phrases import Phrase
from readout.records import MentionKind

Ints: TypeAlias = npt.NDArray[np.int64]

WORDS = (*PRONOUNS, *POINTERS)
TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC", "THING", "PRONOUN")
PLACES = (
    *("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "obl:unmarked", "nmod", "nmod:poss", "ROOT"),
    *("xcomp", "ccomp", "compound", "amod", "advcl", "parataxis", "nsubj:outer", "vocative", "acl:relcl", "dep"),
)
PREPOSITIONS = ("of", "in", "to", "for", "on", "with", "at", "from", "by", "about", "as", "like", "into")
FORMS = ("the", "a", "an", "this", "that", "these", "those", "some", "no", "every", "all")
TAGS = ("NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "DT", "WP")
ROLES = {"nsubj": 1, "nsubj:pass": 1, "nsubj:outer": 1, "csubj": 1, "obj": 2, "iobj": 2, "nmod:poss": 3, "obl": 4}
NUMBERS = {None: 0, "": 0, "s": 1, "p": 2}
GENDERS = {None: 0, "m": 1, "f": 2, "n": 3}
PHRASE_COLUMNS = {
    "word": len(WORDS) + 3,
    "type": len(TYPES) + 1,
    "number and gender": 12,
    "form": len(FORMS) + 3,
    "place": len(PLACES) + 1,
    "preposition": len(PREPOSITIONS) + 2,
    "quoted": 2,
    "first in sentence": 2,
    "length": 5,
    "actor": 2,
    "tag": len(TAGS) + 1,
    "inside": 2,
}
PAIR_COLUMNS = {
    "sentences": 7,
    "phrases": 10,
    "tokens": 9,
    "lines": 5,
    "quotations": 4,
    "roles": 25,
    "commands": 11,
    "agreement": 48,
    "same word": 3,
    "mentioned": 7,
    "seen": 32,
    "named": 12,
    "latest": 2,
    "verb": 2,
    "governor": 3,
    "subjects": 6,
}
STEPS = {  # where a distance begins to count as the next one
    "sentences": (1, 2, 3, 4, 6, 9),
    "phrases": (2, 3, 4, 5, 6, 8, 11, 16, 26),
    "tokens": (2, 4, 7, 12, 20, 35, 60, 100),
    "lines": (1, 2, 3, 6),
    "mentioned": (2, 3, 4, 6, 9, 15),
    "subjects": (1, 2, 3, 5, 8),
}


def starts_of(columns: dict[str, int]) -> Ints:
    """Return the row at which each column's values begin."""
    return np.array([0, *accumulate(columns.values())][:-1], dtype=np.int64)


class Phrasebook:
    """The phrases of one article as arrays, made once; the chains are read as they grow."""

    def __init__(self, discourse: Discourse) -> None:
        doc, phrases = discourse.doc, discourse.phrases
        self.discourse = discourse
        seats = [seat(doc[phrase.root]) for phrase in phrases]
        lines = np.cumsum(["\n" in token.text for token in doc])
        self.root = _array(phrase.root for phrase in phrases)
        self.start = _array(phrase.start for phrase in phrases)
        self.stop = _array(phrase.stop for phrase in phrases)
        self.sentence = _array(discourse.sentence_of[phrase.root] for phrase in phrases)
        self.quote = _array(discourse.quote_of[phrase.root] for phrase in phrases)
        self.line = _array(lines[phrase.root] for phrase in phrases)
        self.governor = _array(token.head.i for token in seats)
        self.role = _array(ROLES.get(token.dep_, 0) for token in seats)
        self.number = _array(NUMBERS[phrase.number] for phrase in phrases)
        self.gender = _array(GENDERS[discourse.gender(phrase)] for phrase in phrases)
        self.word = _array(_word(phrase, doc[phrase.root]) for phrase in phrases)
        self.type = _array(_at(TYPES, phrase.type) for phrase in phrases)
        self.subjects = np.cumsum(self.role == 1)
        verbs: dict[str, int] = {}
        self.verb = _array(verbs.setdefault(token.head.lemma_.lower(), len(verbs)) for token in seats)
        self.columns = self._phrase_columns(seats) + starts_of(PHRASE_COLUMNS)

    def _phrase_columns(self, seats: Sequence[Token]) -> Ints:
        doc, phrases = self.discourse.doc, self.discourse.phrases
        columns = (
            self.word,
            self.type,
            4 * self.number + self.gender,
            _array(_form(phrase, doc[phrase.start]) for phrase in phrases),
            _array(_at(PLACES, token.dep_) for token in seats),
            _array(_preposition(token) for token in seats),
            (self.quote > 0).astype(np.int64),
            _array(bool(doc[phrase.start].is_sent_start) for phrase in phrases),
            np.minimum(self.stop - self.start, 5) - 1,
            _array(phrase.actor is not None for phrase in phrases),
            _array(_at(TAGS, doc[phrase.root].tag_) for phrase in phrases),
            self._inside(),
        )
        return np.stack(columns, axis=1)

    def _inside(self) -> Ints:
        """Does a phrase stand inside an earlier, longer one?"""
        reach = np.maximum.accumulate(np.concatenate([[0], self.stop]))[:-1]
        return (reach >= self.stop).astype(np.int64)

    def pairs(self, index: int, others: Sequence[int]) -> Ints:
        """Return the columns of a phrase with each of its candidates."""
        near = np.array(others, dtype=np.int64)
        sentences = self.sentence[index] - self.sentence[near]
        above = np.isin(self.governor[near], ancestors(self.discourse.doc[int(self.root[index])]))
        role, own = self.role[near], self.role[index]
        columns = (
            _step("sentences", sentences),
            _step("phrases", index - near),
            _step("tokens", self.start[index] - self.stop[near]),
            _step("lines", self.line[index] - self.line[near]),
            self._quotations(index, near),
            5 * own + role,
            np.where(sentences == 0, 1 + 5 * above + role, 0),
            12 * min(3, int(self.gender[index])) + 4 * self.number[near] + self.gender[near],
            np.where(self.word[near] < len(WORDS), 1 + (self.word[near] == self.word[index]), 0),
            *self._chains(index, others),
            (self.verb[near] == self.verb[index]).astype(np.int64),
            np.where(self.governor[near] == self.governor[index], 1 + (role == 1), 0),
            _step("subjects", self.subjects[index - 1] - self.subjects[near]),
        )
        return np.stack(columns, axis=1) + starts_of(PAIR_COLUMNS)

    def _quotations(self, index: int, near: Ints) -> Ints:
        """Are both outside quotations or in the same, only the phrase in one, only the candidate, each in its own?"""
        own, others = self.quote[index], self.quote[near]
        return np.where(own == others, 0, np.where(others == 0, 1, 2 if own == 0 else 3))

    def _chains(self, index: int, others: Sequence[int]) -> tuple[Ints, Ints, Ints, Ints]:
        """Return how often each candidate's chain was mentioned, by which pronouns, as what, and if here last."""
        phrases = self.discourse.phrases
        told: dict[int, tuple[int, int, int, int]] = {}
        rows = []
        for other in others:
            chain = phrases[other].chain
            if chain < 0:
                rows.append((1, 0, int(self.type[other]), 1))
                continue
            if chain not in told:
                told[chain] = self._chain(index, self.discourse.members[chain])
            size, seen, named, latest = told[chain]
            rows.append((size, seen, named, int(latest == other)))
        size, seen, named, latest = np.array(rows, dtype=np.int64).T
        return _step("mentioned", size), seen, named, latest

    def _chain(self, index: int, members: Sequence[int]) -> tuple[int, int, int, int]:
        """Return size, pronouns (he, she, it, they, another), type and last member of a chain so far."""
        before = [member for member in members if member < index]
        seen, named, none = 0, len(TYPES) + 1, len(TYPES) + 1
        for member in before:
            word = int(self.word[member])
            if word < len(WORDS):
                seen |= 1 << (word // 4 if word < 8 else 2 if word < 11 else 3 if word < 16 else 4)
            elif named == none:
                named = int(self.type[member])
        return len(before), seen, named, max(before, default=-1)


def _array(values: object) -> Ints:
    return np.fromiter(values, dtype=np.int64)  # type: ignore[call-overload,no-any-return]


def _at(names: Sequence[str], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _step(name: str, distances: Ints) -> Ints:
    return np.searchsorted(STEPS[name], distances, side="right")


def _word(phrase: Phrase, token: Token) -> int:
    """Return which pronoun a phrase is, or that it is a name, a description, or several."""
    if phrase.kind is MentionKind.PRONOUN:
        return _at(WORDS, token.lower_)
    return len(WORDS) + (0 if phrase.kind is MentionKind.NAME else 2 if phrase.parts else 1)


def _form(phrase: Phrase, first: Token) -> int:
    if first.lower_ in FORMS:
        return FORMS.index(first.lower_)
    return len(FORMS) + (0 if first.tag_ == "PRP$" else 1 if phrase.definite else 2)


def _preposition(token: Token) -> int:
    case = next((child.lower_ for child in token.lefts if child.dep_ == "case"), None)
    return len(PREPOSITIONS) + 1 if case is None else _at(PREPOSITIONS, case)


def seat(token: Token) -> Token:
    """Return the token whose grammatical place a phrase takes: a conjunct has that of the first."""
    for _ in range(5):
        if token.dep_ not in {"conj", "appos", "flat", "cc"} or token.head.i == token.i:
            break
        token = token.head
    return token


def ancestors(token: Token) -> list[int]:
    """Return the places of the words that govern a word, up to the root."""
    above: list[int] = []
    while token.head.i != token.i and len(above) < 30:
        token = token.head
        above.append(token.i)
    return above
