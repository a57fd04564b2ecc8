"""Word forms: lemma, part of speech and morphology from a word, its tag and relation, by tables from treebanks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_AS_WRITTEN = frozenset({"NNP", "NNPS", "FW", "ADD", "GW", "SYM", "XX", "CD", "LS"})
_STRAIGHT = str.maketrans({"’": "'", "‘": "'"})


@dataclass(frozen=True, slots=True)
class Forms:
    """The tables: lemma rules by tag and word ending, exceptions by tag and word, parts of speech and morphology."""

    endings: dict[str, dict[str, list[Any]]] = field(default_factory=dict)
    lemmas: dict[str, dict[str, str]] = field(default_factory=dict)
    pos: dict[str, str] = field(default_factory=dict)  # "TAG" or "TAG relation"
    morphology: dict[str, str] = field(default_factory=dict)  # "TAG POS" or "TAG POS word"

    def lemma(self, word: str, tag: str) -> str:
        """Return the lemma: an exception, else the rule of the longest known ending, else the word."""
        low = word.translate(_STRAIGHT) if tag in _AS_WRITTEN else word.translate(_STRAIGHT).lower()
        known = self.lemmas.get(tag, {}).get(low)
        if known is not None:
            return known
        rules = self.endings.get(tag, {})
        for size in range(min(5, len(low) - 1), -1, -1):
            rule = rules.get(low[len(low) - size :])
            if rule is not None and len(low) > rule[0]:
                return low[: len(low) - rule[0]] + str(rule[1])
        return low

    def part_of_speech(self, tag: str, relation: str) -> str:
        """Return the universal part of speech ("to" is PART before a verb, ADP before a noun)."""
        return self.pos.get(f"{tag} {relation}") or self.pos.get(tag, "X")

    def features(self, word: str, tag: str, pos: str) -> str:
        """Return morphology such as `Tense=Past|VerbForm=Fin`."""
        found = self.morphology.get(f"{tag} {pos} {word.lower()}")
        return self.morphology.get(f"{tag} {pos}", "") if found is None else found
