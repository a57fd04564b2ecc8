"""Find time expressions: the rules of data/times.yaml, tried where a text has the words that they need."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

REACH = 70  # characters around a word of time that rules may look at: the longest expression of the cases has 44
WORD = re.compile(r"\w+")
MACRO = re.compile(r"\{([A-Za-z]+)(\d?)\}")
NUMBER = (
    r"\d{1,4}(?:,\d{3})?(?:\.\d{1,2})?|(?:{number})"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine)\b)?(?: and a half)?"
)
DAY = r"(?P<day%s>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:]\d|%%)"
YEAR = r"(?P<year%s>1\d{3}|20\d\d)(?!\d|,\d{3})"


@dataclass(frozen=True, slots=True)
class TimeRule:
    """A rule of times.yaml: what it looks for, and the way from there to a value (`make`, with its settings)."""

    id: str
    anchor: str
    make: str
    pattern: re.Pattern[str]
    order: int
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """An expression in the text, with the words that filled the rule's groups."""

    rule: TimeRule
    start: int
    stop: int
    groups: dict[str, str]


@cache
def knowledge() -> dict[str, Any]:
    """Return what data/times.yaml says, read once."""
    text = files("readout.extract").joinpath("data/times.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


@cache
def rules() -> dict[str, tuple[TimeRule, ...]]:
    """Return the compiled rules by the sort of word that they need."""
    by_anchor: dict[str, list[TimeRule]] = {}
    for order, entry in enumerate(knowledge()["rules"]):
        settings = {key: value for key, value in entry.items() if key not in {"id", "anchor", "make", "pattern"}}
        rule = TimeRule(entry["id"], entry["anchor"], entry["make"], compiled(entry["pattern"]), order, settings)
        by_anchor.setdefault(rule.anchor, []).append(rule)
    return {anchor: tuple(of_anchor) for anchor, of_anchor in by_anchor.items()}


def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern with the words put in for its classes."""
    blanks = expanded(pattern).replace("[- ]", "(?:-| )").replace(" ?", r"\s{0,3}").replace(" ", r"\s{1,3}")
    return re.compile(f"(?<!\\w)(?:{blanks})", re.IGNORECASE)


def expanded(pattern: str) -> str:
    """Return a pattern with {MONTH} as a named group of the words for months, {month} as the words alone."""

    def replacement(match: re.Match[str]) -> str:
        name, number = match.groups()
        if name == "NUM":
            return f"(?<![\\d$£€])(?=[\\da-z])(?P<n{number}>{expanded(NUMBER)})"
        if name in {"DAY", "YEAR"}:
            return (DAY if name == "DAY" else YEAR) % number
        group = alternatives(name.lower())
        return f"(?P<{name.lower()}{number}>{group})" if name.isupper() else group

    return MACRO.sub(replacement, pattern)


@cache
def alternatives(name: str) -> str:
    """Return a class of words as a group, the longest first; names keep their capitals (or are all in capitals)."""
    words = sorted(knowledge()["words"][name], key=len, reverse=True)
    if name in knowledge()["proper"]:
        return "(?-i:" + "|".join(f"{word}|{word.upper()}" for word in words) + ")"
    escaped = (re.escape(word).replace("\\ ", " ").replace("'", "['’]") for word in words)
    return "(?:" + "|".join(escaped) + ")"


def word_value(name: str, word: str) -> Any:
    """Return what times.yaml gives for a word of a class."""
    plain = " ".join(word.replace("’", "'").split())
    return _folded(name).get(plain.lower())


@cache
def _folded(name: str) -> dict[str, Any]:
    return {word.lower(): value for word, value in knowledge()["words"][name].items()}


@cache
def anchors() -> dict[str, tuple[str, ...]]:
    """Return the sorts of time word that a lower-cased word is, for the first look at a text."""
    words = knowledge()["words"]
    sorts = {
        "month": [*words["month"]],
        "weekday": [*words["weekday"], *(f"{day}s" for day in words["weekdayname"])],
        "unit": [*words["unit"], *words["units"], *words["calendarunit"], *words["decadename"], "aged", "age", "old"],
        "season": [*words["season"]],
        "frequency": [*words["frequency"]],
        **knowledge()["anchors"],
    }
    found: dict[str, list[str]] = {}
    for sort, members in sorts.items():
        for member in members:
            found.setdefault(member.lower(), []).append(sort)
    return {word: tuple(kinds) for word, kinds in found.items()}


def sorts_of(word: str) -> tuple[str, ...]:
    """Return the sorts of time word that a word of the text is."""
    if word[0].isdigit():
        return digit_sorts(word)
    return anchors().get(word.lower(), ())


def digit_sorts(word: str) -> tuple[str, ...]:
    """Return the sorts of a word that begins with a digit: a year, part of a date, part of a time of day."""
    if word.isdigit():
        return ("year", "digits", "clock") if len(word) == 4 else ("digits", "clock")
    if word.endswith("0s"):
        return ("decade",)
    return ("clock",) if word[-1] in "mM" else ()


def windows(text: str, start: int, stop: int) -> dict[str, list[tuple[int, int]]]:
    """Return, for each sort of time word, the stretches of text around its words."""
    found: dict[str, list[tuple[int, int]]] = {}
    for match in WORD.finditer(text, start, stop):
        for sort in sorts_of(match[0]):
            left, right = max(start, match.start() - REACH), min(stop, match.end() + REACH)
            stretches = found.setdefault(sort, [])
            if stretches and left <= stretches[-1][1]:
                stretches[-1] = (stretches[-1][0], right)
            else:
                stretches.append((left, right))
    return found


def find(text: str, start: int = 0, stop: int | None = None) -> list[Found]:
    """Return the time expressions in a stretch of text, in order, none overlapping."""
    stop = len(text) if stop is None else stop
    return longest(matches(text, windows(text, start, stop)))


def matches(text: str, stretches: dict[str, list[tuple[int, int]]]) -> Iterator[Found]:
    """Yield every match of every rule that the words of time call for."""
    for sort, places in stretches.items():
        for rule in rules().get(sort, ()):
            for left, right in places:
                for match in rule.pattern.finditer(text, left, right):
                    yield found(rule, match)


def found(rule: TimeRule, match: re.Match[str]) -> Found:
    """Return a match as an expression: its group `span` if the rule narrows it, without blanks at its end."""
    groups = {name: words for name, words in match.groupdict().items() if words}
    start, stop = match.span("span") if "span" in groups else match.span()
    return Found(rule, start, stop, groups)


def longest(candidates: Iterable[Found]) -> list[Found]:
    """Return the expressions left when the longest, then the first rule, wins wherever two overlap."""
    chosen: list[Found] = []
    taken: set[int] = set()
    for one in sorted(candidates, key=lambda one: (one.start - one.stop, one.rule.order, one.start)):
        if taken.isdisjoint(range(one.start, one.stop)):
            taken.update(range(one.start, one.stop))
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.start)
