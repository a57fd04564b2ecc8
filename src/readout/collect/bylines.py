"""Find the line that says who wrote an article."""

import re

from readout.collect.credits import agency

WORD = r"[A-ZÀ-Þ][\w.'’-]{0,30}"
NAME = rf"{WORD}(?: (?:de|del|der|den|van|von|al|bin|ibn|el|la|le|da|dos|{WORD})){{0,4}}"
BYLINE = re.compile(
    r"\A(?:(?i:by|story by|written by|reported by|words by|by:|from))\s+"
    rf"(?P<names>{NAME}(?:(?:,? and |,? & |, | with ){NAME}){{0,7}})"
    r"(?P<rest>(?:\s?[,|/·•–—-]\s?|\s(?=\()|\s(?:in|for|at)\s|\s(?=\d|[A-Z]{2,}))[^\n]{1,90})?$"
)
PERSON = re.compile(rf"\A{NAME}$")
DESK = re.compile(
    r"\A(?i:.{0,60}\b(?:staff|writer|writers|correspondent|reporter|contributor|columnist|editor|network|news|times|post|today|press|"
    r"tribune|journal|bureau|agencies|reuters|magazine|service|republic|star|herald|gazette)\b.{0,40})$"
)
BETWEEN = re.compile(r",? and |,? & |, | with ")
LONGEST = 200


def byline_authors(line: str) -> tuple[str, ...] | None:
    """Return the authors of a "By Jane Doe and John Roe, Outlet" line; None when the line is no byline."""
    match = BYLINE.match(line) if len(line) <= LONGEST else None
    if match is None or _is_sentence(line, match["rest"] or ""):
        return None
    found = tuple(name for name in people(match["names"]) if _is_person(name))
    return found if found or agency(match["names"]) else None


def is_person_line(line: str) -> bool:
    """Is the line a personal name and nothing else?"""
    return len(line) <= 60 and 2 <= len(line.split()) <= 4 and PERSON.match(line) is not None and not line.isupper()


def is_people_line(line: str) -> bool:
    """Is the line a list of personal names and nothing else?"""
    names = people(line)
    return (
        len(line) <= LONGEST
        and len(names) >= 2
        and all(2 <= len(name.split()) <= 4 for name in names)
        and (all(PERSON.match(name) is not None and not name.isupper() for name in names))
    )


def people(line: str) -> tuple[str, ...]:
    """Return the names of a list of people."""
    return tuple(name for name in BETWEEN.split(line.strip()) if name)


def is_desk_line(line: str, outlet: str | None) -> bool:
    """Is the line an outlet, an agency or a function at one ("Staff Writer")?"""
    plain = line.strip()
    if not plain or len(plain) > 60 or plain[-1] in ".?!:":
        return False
    return plain == outlet or agency(plain) is not None or (len(plain.split()) <= 6 and DESK.match(plain) is not None)


def _is_person(name: str) -> bool:
    return agency(name) is None and len(name.split()) >= 2 and DESK.match(name) is None


def _is_sentence(line: str, rest: str) -> bool:
    words = rest.split()
    lower = sum(word[:1].islower() for word in words)
    return lower > 4 or (line.endswith((".", "!", "?")) and len(words) > 3)
