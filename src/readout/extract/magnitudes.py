"""Find the numbers of an event: troops, dead, injured, arrested, money, each with its qualifier ("at least")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span, Token

from readout.annotations import article_of
from readout.extract.predicates import Words, knowledge, listed, read_yaml
from readout.provenance import TextSpan
from readout.records import Magnitude

PLAIN_NUMBER = re.compile(r"\d{1,15}(?:,\d{3})*(?:\.\d{1,6})?")
QUALIFIER_REACH = 4  # words before a number in which its qualifier stands: "an estimated", "as many as"
UNIT_REACH = 5  # words between a number and the noun that it counts: "12 Russian-backed separatist fighters"
STEP = "extract.magnitudes"


@dataclass(frozen=True, slots=True)
class MagnitudeRules:
    """The words of data/plover/magnitudes.yaml."""

    numbers: dict[str, float]
    scales: dict[str, float]
    currencies: dict[str, str]
    qualifiers: tuple[tuple[str, ...], ...]
    people: Words
    verbs: dict[str, str]
    units: tuple[tuple[str, Words], ...]


@cache
def magnitude_rules() -> MagnitudeRules:
    """Read the words that the numbers of events are told in."""
    data = read_yaml(knowledge("magnitudes.yaml"))
    return MagnitudeRules(
        numbers={str(word): float(value) for word, value in data["numbers"].items()},
        scales={str(word): float(value) for word, value in data["scales"].items()},
        currencies={str(word): str(code) for word, code in data["currencies"].items()},
        qualifiers=tuple(sorted((tuple(one.split()) for one in listed(data["qualifiers"])), key=len, reverse=True)),
        people=Words.of(listed(data["people"])),
        verbs={form: unit for unit, forms in data["verbs"].items() for form in listed(forms)},
        units=tuple((unit, Words.of(listed(words))) for unit, words in data["units"].items()),
    )


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text, with its words."""

    value: float
    words: Span
    currency: str | None = None


def magnitudes_in(doc: Doc, words: Span) -> tuple[Magnitude, ...]:
    """Return the magnitudes that these words (the clause of an event) tell, in text order."""
    found = []
    for number in numbers_in(words):
        unit, stop = unit_of(number, words)
        if unit is not None:
            start = qualifier_start(number.words, words.start)
            span = TextSpan.of(article_of(doc), doc[start:stop])
            found.append(Magnitude(number.value, unit, span))
    return tuple(found)


def numbers_in(words: Span) -> Iterator[Number]:
    """Yield the numbers of a stretch, each with scale and currency: "$1.2 million", "two dozen"."""
    position = words.start
    while position < words.end:
        number = number_at(words.doc, position, words.end)
        if number is None:
            position += 1
            continue
        yield number
        position = number.words.end


def number_at(doc: Doc, position: int, stop: int) -> Number | None:
    """Return the number that begins at a token."""
    rules = magnitude_rules()
    start, currency = position, rules.currencies.get(doc[position].lower_)
    if currency is not None and len(doc[position]) <= 3 and position + 1 < stop:
        position += 1
    value = value_of(doc[position])
    if value is None:
        return None
    position += 1
    while position < stop and doc[position].lower_ in rules.scales:
        value *= rules.scales[doc[position].lower_]
        position += 1
    if position < stop and doc[position].lower_ in rules.currencies:
        currency = rules.currencies[doc[position].lower_]
        position += 1
    return Number(value, doc[start:position], currency)


def value_of(token: Token) -> float | None:
    """Return the value of a number word, None for years, ordinals and the rest."""
    match = PLAIN_NUMBER.fullmatch(token.text)
    if match is not None:
        return float(token.text.replace(",", ""))
    return magnitude_rules().numbers.get(token.lower_)


def unit_of(number: Number, clause: Span) -> tuple[str | None, int]:
    """Return what a number counts, and where the words for it end; None when it counts nothing that we keep."""
    if number.currency is not None:
        return f"money/{number.currency}", number.words.end
    noun = counted_noun(number.words)
    if noun is None:
        return verb_unit(number.words.start, number.words.end, clause, near=3), number.words.end
    for unit, words in magnitude_rules().units:
        if words.at(noun):
            hurt = verb_unit(number.words.start, noun.i + 1, clause, near=4) if unit == "troops" else None
            return hurt or unit, noun.i + 1
    if magnitude_rules().people.at(noun):
        unit_ = verb_unit(number.words.start, noun.i + 1, clause, near=8)
        return unit_, noun.i + 1
    return None, number.words.end


def counted_noun(number: Span) -> Token | None:
    """Return the noun that a number counts, the last of its noun phrase."""
    found = None
    for token in number.doc[number.end : number.end + UNIT_REACH]:
        if token.pos_ in {"NOUN", "PROPN"}:
            found = token
        elif token.pos_ not in {"ADJ", "ADP"} or (token.pos_ == "ADP" and token.lower_ != "of") or found is not None:
            break
    return found


def verb_unit(start: int, stop: int, clause: Span, *, near: int) -> str | None:
    """Return dead, injured or arrested by the nearest verb of the clause; one before the number is the likelier."""
    verbs = magnitude_rules().verbs
    beside = [(words_between(token, start, stop), token.i) for token in clause if token.lower_ in verbs]
    distance, position = min(beside, default=(near + 1, -1))
    return verbs[clause.doc[position].lower_] if distance <= near else None


def words_between(token: Token, start: int, stop: int) -> int:
    """Return how far a verb is from a counted noun; after it, two words further."""
    return start - token.i if token.i < start else token.i - stop + 2


def qualifier_start(number: Span, start: int) -> int:
    """Return where the qualifier of a number begins, or the number itself."""
    doc = number.doc
    before = [token.lower_ for token in doc[max(start, number.start - QUALIFIER_REACH) : number.start]]
    for words in magnitude_rules().qualifiers:
        if len(words) <= len(before) and tuple(before[-len(words) :]) == words:
            return number.start - len(words)
    return number.start
