"""Read the names and terms of office of people.yaml: "Name = Other Name (f) 2001-02..2005-06"."""

import re
from dataclasses import dataclass

from readout.detect.folding import fold

FAMILY_NAME_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "KHM", "HKG", "MAC"})
ROMAN = frozenset({"I", "II", "III", "IV", "V", "VI", "VIII", "XIV", "XVI"})
YEARS = re.compile(r"(?:^| )(\d{4}[-\d]{0,6})?\.\.(\d{4}[-\d]{0,6})?$")
LONGEST_TERM = 500


def surname_of(name: str, country: str | None) -> str:
    """Return the part of a name by which someone is called after the first mention; [brackets] mark it if need be."""
    bracketed = re.search(r"\[([^\]]+)\]", name)
    if bracketed:
        return bracketed.group(1)
    words = name.split()
    if words[-1] in ROMAN:
        return name
    return words[0] if country in FAMILY_NAME_FIRST else words[-1]


@dataclass(frozen=True, slots=True)
class Term:
    """What a line of people.yaml says: "Name = Other Name (f) 2001-02..2005-06"."""

    names: tuple[str, ...]
    gender: str | None
    since: str | None
    until: str | None


def parse_term(term: str) -> Term:
    """Read one term of office, or raise ValueError."""
    years = YEARS.search(term, max(0, len(term) - 30))
    rest = term[: years.start()] if years else term
    gender = rest[-2] if rest.endswith((" (f)", " (m)")) else None
    names = tuple(name.strip() for name in (rest[:-4] if gender else rest).split(" = "))
    if len(term) > LONGEST_TERM or not all(names) or any(char in name for name in names for char in "(){}"):
        raise ValueError(f"{term[:80]!r} is not of the form: Name = Other Name (f) 2001-02..2005-06")
    return Term(names, gender, years[1] if years else None, years[2] if years else None)


def marked(names: tuple[str, ...]) -> str:
    """Return the name, or the other name that has a [surname] marked."""
    return next((name for name in names if "[" in name), names[0])


def plain_name(name: str) -> str:
    """Return a name without the [brackets] that mark its surname."""
    before, _, rest = name.partition("[")
    surname, _, after = rest.partition("]")
    return " ".join(before.split()) if surname and surname in before else f"{before}{surname}{after}".strip()


def surnames_of(names: tuple[str, ...], country: str) -> tuple[str, ...]:
    """Return every surname that the spellings of a name give, with and without the Arabic article."""
    name = marked(names)
    found = [surname_of(name, country)]
    if "[" not in name:
        found.extend(surname_of(other, country) for other in names[1:] if " " in other)
    return tuple(dict.fromkeys(form for surname in found for form in (surname, without_article(surname))))


def without_article(surname: str) -> str:
    """Return "Burhan" for "al-Burhan"."""
    start, separator, rest = fold(surname).partition(" ")
    return rest if separator and start.lower() in {"al", "el"} else surname
