"""The rules of data/hedges.yaml: which words leave a predicate less than certain, negative or open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from spacy.tokens import Doc, Span, Token

from readout.annotations import article_of
from readout.provenance import TextSpan

RANK = {"CT": 0, "PR": 1, "PS": 2, "Uu": 3}


@dataclass(frozen=True, slots=True)
class HedgeRule:
    """Words of one kind, and what they do to certainty and sign; `form` is the shape of clause they govern."""

    id: str
    words: frozenset[str]
    value: str = "CT"
    negative: bool = False
    hedge: bool = False
    form: str = "any"
    soft: bool = False
    negated: "HedgeRule | None" = None


@dataclass(frozen=True, slots=True)
class Cause:
    """One word that bears on factuality, and the rule that it falls under."""

    rule: HedgeRule
    span: TextSpan


def combine(found: Iterable[HedgeRule]) -> str:
    """Return the value that these rules leave: the weakest certainty, and a sign that every negation turns."""
    value, negative = "CT", False
    for rule in found:
        value = max(value, rule.value, key=RANK.__getitem__)
        negative ^= rule.negative
    return value if value == "Uu" else f"{value}{'-' if negative else '+'}"


def cause(doc: Doc, rule: HedgeRule, token: Token) -> Cause:
    """Return a word as a cause under a rule."""
    return Cause(rule, TextSpan.of(article_of(doc), doc[token.i : token.i + 1]))


def rule_of(section: str, word: str) -> HedgeRule | None:
    """Return the first rule of a section that has the word."""
    return _word_index(section).get(word)


def matching(doc: Doc, section: str, word: str, token: Token) -> Iterator[Cause]:
    """Yield the token as a cause if the section has the word."""
    rule = rule_of(section, word)
    if rule is not None:
        yield cause(doc, rule, token)


def governing(section: str, lemma: str, form: str) -> HedgeRule | None:
    """Return the first rule of a section that has the lemma and governs clauses of this form."""
    fitting = _rules_by_word(section).get(lemma, ())
    return next((rule for rule in fitting if rule.form in {"any", form}), None)


def phrases(window: Span, section: str) -> Iterator[tuple[HedgeRule, int, int]]:
    """Yield the token ranges of the window whose words are a phrase of the section, with its rule."""
    words = [token.lower_ for token in window]
    index = _phrase_index(section)
    for position, word in enumerate(words):
        for parts, rule in index.get(word, ()):
            if words[position : position + len(parts)] == parts:
                yield rule, window.start + position, window.start + position + len(parts)


@cache
def rules() -> dict[str, tuple[HedgeRule, ...]]:
    """Return the rules of data/hedges.yaml by section."""
    text = files("readout.extract").joinpath("data/hedges.yaml").read_text(encoding="utf-8")
    return {section: tuple(_rule(entry) for entry in entries) for section, entries in yaml.safe_load(text).items()}


def _rule(entry: dict[str, Any]) -> HedgeRule:
    words = frozenset(str(word) for word in entry["words"])
    negated = entry.get("negated")
    return HedgeRule(
        id=f"hedge.{entry['id']}",
        words=words,
        value=entry.get("value", "CT"),
        negative=entry.get("polarity") == "negative",
        hedge=bool(entry.get("hedge", False)),
        form=entry.get("form", "any"),
        soft=bool(entry.get("soft", False)),
        negated=_rule({"id": f"{entry['id']}.negated", "words": [], **negated}) if negated else None,
    )


@cache
def _rules_by_word(section: str) -> dict[str, tuple[HedgeRule, ...]]:
    found: dict[str, tuple[HedgeRule, ...]] = {}
    for rule in rules()[section]:
        for word in rule.words:
            found[word] = (*found.get(word, ()), rule)
    return found


@cache
def _word_index(section: str) -> dict[str, HedgeRule]:
    return {word: found[0] for word, found in _rules_by_word(section).items()}


@cache
def _phrase_index(section: str) -> dict[str, list[tuple[list[str], HedgeRule]]]:
    """Return the phrases of a section by their first word."""
    index: dict[str, list[tuple[list[str], HedgeRule]]] = {}
    for rule in rules()[section]:
        for phrase in sorted(rule.words):
            parts = phrase.split()
            index.setdefault(parts[0], []).append((parts, rule))
    return index
