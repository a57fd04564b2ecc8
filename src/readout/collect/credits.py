"""Find the agency that an article names as its origin, and the lines that say who made the report."""

import re
from functools import cache

from readout.collect.rules import LineRule, knowledge, line_rules
from readout.provenance import TextSpan
from readout.records import Article, Name

WORD = re.compile(r"[^\W\d_][\w.'’-]*")


@cache
def agencies() -> dict[str, str]:
    """Return the ways to write an agency's name, each with the agency."""
    rows: dict[str, list[str]] = knowledge("credits.yaml")["agencies"]
    return {str(form): name for name, forms in rows.items() for form in [name, *forms]}


@cache
def credit_rules() -> tuple[LineRule, ...]:
    """Return the rules for lines that name reporters, editors and agencies."""
    return line_rules(knowledge("credits.yaml")["lines"])


@cache
def _credit_words() -> frozenset[str]:
    return frozenset(str(word) for word in knowledge("credits.yaml")["words"])


@cache
def _capitals() -> dict[str, str]:
    return {form.upper(): name for form, name in agencies().items() if len(form) > 4}


@cache
def agency_pattern() -> re.Pattern[str]:
    """Return the pattern that finds the name of an agency."""
    forms = sorted(agencies(), key=len, reverse=True)
    return re.compile(r"(?<![\w@])(?:the )?(" + "|".join(map(re.escape, forms)) + r")(?!\w)")


def is_credit(line: str) -> bool:
    """Does the line only name people and what they did, as "Reporting by Ann Lee in Bonn; editing by Bo Ek" does?"""
    words = WORD.findall(line)
    return all(word[0].isupper() or word.lower() in _credit_words() for word in words)


def agency(name: str) -> str | None:
    """Return the agency of this name, however it is written; None for anything else."""
    forms = agencies()
    bare = name.strip(" .")
    return forms.get(name) or forms.get(bare) or (_capitals().get(bare.upper()) if len(bare) > 4 else None)


def agency_in(article: Article, start: int, stop: int) -> Name | None:
    """Return the first agency named between these characters."""
    match = agency_pattern().search(article.text, start, stop)
    if match is None:
        return None
    span = TextSpan.within(article, *match.span(1))
    return Name(span.text, span)
