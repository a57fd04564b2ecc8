"""Rules that know a line by its words: read from YAML, each with the id that stands in the evidence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

BULLETS = "•·●▪►▶‣◦*|>[ \t"
ENDING = 200  # characters at the end of a line in which `ends` is looked for
LONGEST = 300  # characters of a line that a rule may claim, when it does not say otherwise
EDGES = " \t\u00a0•·●▪►▶‣◦*>|»«\"'“”‘’.,:;!?…-–—"


@dataclass(frozen=True, slots=True)
class LineRule:
    """What a whole line is, by its words, by its beginning, or by something in it."""

    id: str
    words: frozenset[str]
    starts: re.Pattern[str] | None
    ends: re.Pattern[str] | None
    where: str = "any"
    longest: int = LONGEST
    words_at_least: int = 0
    follows: str | None = None
    unmentioned: bool = False
    names_only: bool = False
    not_after_quote: bool = False

    def claims(self, line: str, plain: str) -> bool:
        """Is this line what the rule knows? `plain` is `plain_words(line)`."""
        if plain in self.words:
            return True
        if len(line) > self.longest or (self.words_at_least and line.count(" ") + 1 < self.words_at_least):
            return False
        if self.starts is not None and self.starts.match(line.lstrip(BULLETS)):
            return True
        return self.ends is not None and self.ends.search(line[-ENDING:]) is not None


def plain_words(line: str) -> str:
    """Return the line in lower case, without bullets and punctuation at its ends, with single spaces."""
    return " ".join(line.split()).strip(EDGES).lower().replace("’", "'")


def knowledge(name: str) -> Any:
    """Return the content of one of the stage's YAML files."""
    text = resources.files("readout.collect").joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def line_rules(rows: Iterable[Mapping[str, Any]]) -> tuple[LineRule, ...]:
    """Return the rules that these rows of YAML describe."""
    return tuple(_line_rule(row) for row in rows)


@cache
def residue_rules() -> tuple[LineRule, ...]:
    """Return the rules for lines that are no part of an article, in the order in which they are tried."""
    return line_rules(knowledge("residue.yaml"))


def _line_rule(row: Mapping[str, Any]) -> LineRule:
    flags = re.NOFLAG if row.get("case") else re.IGNORECASE
    return LineRule(
        id=row["id"],
        words=frozenset(plain_words(str(word)) for word in row.get("words", ())),
        starts=_either(row.get("patterns", ()), flags, r"\A"),
        ends=_either(row.get("ends", ()), flags),
        where=row.get("where", "any"),
        longest=row.get("longest", LONGEST),
        words_at_least=row.get("words_at_least", 0),
        follows=row.get("follows"),
        unmentioned=row.get("unmentioned", False),
        names_only=row.get("names_only", False),
        not_after_quote=row.get("not_after_quote", False),
    )


def _either(patterns: Iterable[str], flags: re.RegexFlag, before: str = "") -> re.Pattern[str] | None:
    alternatives = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(f"{before}(?:{alternatives})", flags) if alternatives else None
