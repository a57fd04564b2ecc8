"""What is known before an article is read: countries, organizations, people with dated offices, titles.

The facts live in data/actors/*.yaml; a user's own files have the same shape, under the name of the shipped file
(`countries:`, `organizations:`, `people:` ...), and win over them. Everything is indexed once: no scan per token.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from readout.detect.folding import fold
from readout.errors import BadActorsFile
from readout.records import ActorKind

SHIPPED = ("countries", "governments", "organizations", "armed_groups", "media", "people")
FAMILY_NAME_FIRST = frozenset({"CHN", "TWN", "KOR", "PRK", "KHM", "HKG", "MAC"})
ROMAN = frozenset({"I", "II", "III", "IV", "V", "VI", "VIII", "XIV", "XVI"})
FIRST_WORD = re.compile(r"[\w&]+")
YEARS = re.compile(r"(?:^| )(\d{4}[-\d]{0,6})?\.\.(\d{4}[-\d]{0,6})?$")
LONGEST_TERM = 500


class Sense(StrEnum):
    """How a word stands for an actor: by its name, or by a word that belongs to a country."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class Office:
    """A title held by someone for a period; `kind` is the class of titles it belongs to."""

    title: str
    kind: str | None
    country: str | None = None
    organization: str | None = None
    since: str | None = None
    until: str | None = None

    def held(self, first: str | None, last: str | None) -> bool:
        """Was it held at some time between the two dates? Partial dates count as a whole."""
        after = first is None or self.until is None or self.until >= first[: len(self.until)]
        before = last is None or self.since is None or self.since <= last[: len(self.since)]
        return after and before


@dataclass(frozen=True, slots=True)
class Known:
    """An actor that is known before any article is read."""

    key: str
    name: str
    kind: ActorKind
    type: str
    country: str | None = None
    sectors: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    gender: str | None = None
    surname: str | None = None
    surnames: tuple[str, ...] = ()
    definite: bool = False
    adjective: str | None = None
    regions: tuple[str, ...] = ()
    origin: str = ""

    @property
    def full(self) -> str:
        """The name as it stands after "of": "the United States", "China"."""
        return f"the {self.name}" if self.definite else self.name


@dataclass(frozen=True, slots=True)
class Part:
    """A part of any state or body that is named by a noun: a ministry, an army, officials, citizens."""

    id: str
    name: str
    kind: ActorKind
    type: str
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The words of an office."""

    words: str
    kind: str
    sectors: tuple[str, ...]
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name at a place of a text."""

    start: int
    stop: int
    senses: tuple[tuple[Known, Sense], ...]


@dataclass(slots=True)
class Knowledge:
    """The indexes; made by `load`, changed by nobody afterwards."""

    actors: dict[str, Known] = field(default_factory=dict)
    names: dict[str, dict[str, list[tuple[str, Sense]]]] = field(default_factory=dict)
    surnames: dict[str, list[str]] = field(default_factory=dict)
    offices: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    named_parts: dict[tuple[str, str], str] = field(default_factory=dict)
    titles: dict[str, Title] = field(default_factory=dict)
    title_starts: dict[str, int] = field(default_factory=dict)
    calls: dict[str, tuple[str, ...]] = field(default_factory=dict)
    called: dict[str, list[str]] = field(default_factory=dict)
    gender_words: dict[str, frozenset[str]] = field(default_factory=dict)
    first_names: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, frozenset[str]] = field(default_factory=dict)

    def hits(self, folded: str, starts: Iterable[int]) -> Iterator[Hit]:
        """Yield the longest known name at each of these places of a folded text, left to right, without overlap."""
        reached = 0
        for start in starts:
            if start < reached:
                continue
            hit = self._hit(folded, start)
            if hit:
                reached = hit.stop
                yield hit

    def _hit(self, folded: str, start: int) -> Hit | None:
        first = FIRST_WORD.match(folded, start)
        bucket = self.names.get(first.group()) if first else None
        for name in bucket or ():
            stop = start + len(name)
            if folded.startswith(name, start) and not folded[stop : stop + 1].isalnum():
                senses = tuple((self.actors[key], sense) for key, sense in (bucket or {})[name])
                return Hit(start, stop, senses)
        return None

    def government(self, country: str) -> Known | None:
        """Return the government of a country, given by its code."""
        return self.actors.get(f"{country}/government")

    def part_of(self, country: str, part: Part) -> str | None:
        """Return the key of a country's own body of this kind, if it has a name of its own."""
        return self.named_parts.get((country, part.id))

    def holders(self, kind: str, country: str, *, first: str | None, last: str | None) -> list[Known]:
        """Return who held an office of this class in a country at some time between two dates."""
        found = (self.actors[key] for key in self.offices.get((kind, country), ()))
        return [
            known
            for known in found
            if any(o.kind == kind and o.country == country and o.held(first, last) for o in known.offices)
        ]

    def named(self, surname: str) -> list[Known]:
        """Return the people with this surname."""
        return [self.actors[key] for key in self.surnames.get(fold(surname), ())]


def load(paths: Iterable[str] = ()) -> Knowledge:
    """Return the shipped knowledge with the user's files laid over it; read once for the same files."""
    return _load(tuple(paths))


@cache
def _load(paths: tuple[str, ...]) -> Knowledge:
    knowledge = Knowledge()
    _add_words(knowledge)
    for name in SHIPPED:
        _add_section(knowledge, name, _shipped(name), origin=f"{name}.yaml")
    for path in paths:
        _add_file(knowledge, path)
    for bucket in knowledge.names.values():
        ordered = sorted(bucket.items(), key=lambda item: -len(item[0]))
        bucket.clear()
        bucket.update(ordered)
    return knowledge


def _shipped(name: str) -> Any:
    data = files("readout.detect") / "data" / "actors" / f"{name}.yaml"
    return yaml.load(data.read_text(encoding="utf-8"), Loader=_loader()) if data.is_file() else {}  # noqa: S506


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _add_file(knowledge: Knowledge, path: str) -> None:
    """Add a user's file, or raise BadActorsFile."""
    try:
        content = yaml.load(Path(path).read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadActorsFile(path, str(error)) from error
    if not isinstance(content, dict) or not content:
        raise BadActorsFile(path, f"it must be a mapping with one or more of: {', '.join(SHIPPED)}")
    for name, section in content.items():
        if name not in SHIPPED:
            raise BadActorsFile(path, f"{name!r} is none of: {', '.join(SHIPPED)}")
        try:
            _add_section(knowledge, name, section, origin=path)
        except (TypeError, KeyError, ValueError, AttributeError) as error:
            raise BadActorsFile(path, f"under {name!r}: {error}") from error


def _add_section(knowledge: Knowledge, name: str, section: Any, *, origin: str) -> None:
    if not isinstance(section, dict):
        raise TypeError(f"a mapping is expected, not {type(section).__name__}")
    if name == "governments":
        _add_parts(knowledge, section, origin)
    elif name == "people":
        _add_people(knowledge, section, origin)
    else:
        add = _add_country if name == "countries" else _add_organization
        for key, entry in section.items():
            if not isinstance(entry, dict):
                raise TypeError(f"{key!r} must be a mapping with at least a name")
            add(knowledge, str(key) if name == "countries" else f"{name}/{key}", entry, origin)


def listed(value: object) -> tuple[str, ...]:
    """Return a list of strings, which may be written as one string with | between."""
    if value is None or value == "":
        return ()
    items = value if isinstance(value, list) else str(value).split("|")
    return tuple(str(item).strip() for item in items)


def _add_country(knowledge: Knowledge, code: str, entry: Mapping[str, Any], origin: str) -> None:
    adjectives = listed(entry.get("adjectives"))
    country = Known(
        key=code,
        name=str(entry["name"]),
        kind=ActorKind.COUNTRY,
        type="GPE",
        country=code,
        calls=listed(entry.get("calls")),
        definite=bool(entry.get("the", False)),
        adjective=str(entry["group"]) if "group" in entry else next(iter(adjectives), None),
        regions=listed(entry.get("regions")),
        origin=origin,
    )
    state = Known(
        f"{code}/government", f"Government of {country.full}", ActorKind.ORGANIZATION, "ORG", code, ("GOV",), origin=origin
    )
    _put(knowledge, country, (country.name, *listed(entry.get("names"))))
    _put(knowledge, state, (state.name,))
    for words, sense, known in (
        (adjectives, Sense.ADJECTIVE, country),
        (listed(entry.get("people")), Sense.PEOPLE, country),
        (listed(entry.get("capital")), Sense.CAPITAL, state),
        (listed(entry.get("seats")), Sense.SEAT, state),
    ):
        for word in words:
            _name(knowledge, word, known.key, sense)


def _add_organization(knowledge: Knowledge, key: str, entry: Mapping[str, Any], origin: str) -> None:
    known = Known(
        key=key,
        name=str(entry["name"]),
        kind=ActorKind(str(entry.get("kind", "organization"))),
        type=str(entry.get("type", "ORG")),
        country=str(entry["country"]) if entry.get("country") else None,
        sectors=listed(entry.get("sectors")),
        calls=listed(entry.get("calls")),
        origin=origin,
    )
    _put(knowledge, known, (known.name, *listed(entry.get("names"))))
    for seat in listed(entry.get("seats")):
        _name(knowledge, seat, key, Sense.SEAT)
    if entry.get("part"):
        knowledge.named_parts[(str(known.country), str(entry["part"]))] = key


def _put(knowledge: Knowledge, known: Known, names: Iterable[str]) -> None:
    knowledge.actors[known.key] = known
    for call in known.calls:
        keys = knowledge.called.setdefault(fold(call).lower(), [])
        if known.key not in keys:
            keys.append(known.key)
    for name in names:
        _name(knowledge, name, known.key, Sense.NAME)


def _name(knowledge: Knowledge, name: str, key: str, sense: Sense) -> None:
    folded = fold(name)
    first = FIRST_WORD.match(folded)
    if first is None:
        raise ValueError(f"{name!r} is not a name")
    senses = knowledge.names.setdefault(first.group(), {}).setdefault(folded, [])
    if (key, sense) not in senses:
        senses.insert(0, (key, sense)) if key in knowledge.actors and sense is Sense.NAME else senses.append((key, sense))


def _add_parts(knowledge: Knowledge, section: Mapping[str, Any], origin: str) -> None:
    for key, entry in (section.get("parts") or {}).items():
        part = Part(
            id=str(key),
            name=str(entry["name"]),
            kind=ActorKind(str(entry.get("kind", "organization"))),
            type=str(entry.get("type", "ORG")),
            sectors=listed(entry.get("sectors")),
        )
        for noun in listed(entry["nouns"]):
            knowledge.parts[fold(noun).lower()] = part
    for key, entry in (section.get("bodies") or {}).items():
        _add_organization(knowledge, f"bodies/{key}", entry, origin)


def _add_people(knowledge: Knowledge, section: Mapping[str, Any], origin: str) -> None:
    for country, offices in section.items():
        for title, terms in offices.items():
            for term in listed(terms):
                _add_term(knowledge, str(country), str(title), term, origin)


def _add_term(knowledge: Knowledge, country: str, title: str, term: str, origin: str) -> None:
    parsed = parse_term(term)
    kind = _kind_of(knowledge, title.partition(" @ ")[0], country)
    title, _, organization = title.partition(" @ ")
    office = Office(title, kind, country, organization or None, parsed.since, parsed.until)
    name, *others = map(plain_name, parsed.names)
    key = f"person/{name}"
    before = knowledge.actors.get(key)
    sectors = tuple(dict.fromkeys((*(before.sectors if before else ()), *_sectors_of(knowledge, title))))
    known = Known(
        key=key,
        name=name,
        kind=ActorKind.PERSON,
        type="PERSON",
        country=before.country if before else country,
        sectors=sectors,
        offices=(*(before.offices if before else ()), office),
        gender=parsed.gender or (before.gender if before else None),
        surname=before.surname if before else surname_of(_marked(parsed.names), country),
        surnames=before.surnames if before else _surnames(parsed.names, country),
        origin=origin,
    )
    _put(knowledge, known, (name, *others))
    for surname in known.surnames:
        if " " in surname:
            _name(knowledge, surname, key, Sense.NAME)
            _name(knowledge, surname[0].upper() + surname[1:], key, Sense.NAME)
    _index_person(knowledge, known, office)


def _index_person(knowledge: Knowledge, known: Known, office: Office) -> None:
    for surname in known.surnames:
        keys = knowledge.surnames.setdefault(fold(surname), [])
        if known.key not in keys:
            keys.append(known.key)
    if office.kind and office.country:
        holders = knowledge.offices.setdefault((office.kind, office.country), [])
        if known.key not in holders:
            holders.append(known.key)


def surname_of(name: str, country: str | None) -> str:
    """Return the part of a name by which someone is called after the first mention; [brackets] mark it if need be."""
    marked = re.search(r"\[([^\]]+)\]", name)
    if marked:
        return marked.group(1)
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


def _marked(names: tuple[str, ...]) -> str:
    """Return the name, or the other name that has a [surname] marked."""
    return next((name for name in names if "[" in name), names[0])


def plain_name(marked: str) -> str:
    """Return a name without the [brackets] that mark its surname."""
    before, _, rest = marked.partition("[")
    surname, _, after = rest.partition("]")
    return " ".join(before.split()) if surname and surname in before else f"{before}{surname}{after}".strip()


def _surnames(names: tuple[str, ...], country: str) -> tuple[str, ...]:
    """Return every surname that the spellings of a name give, with and without the Arabic article."""
    marked = _marked(names)
    found = [surname_of(marked, country)]
    if "[" not in marked:
        found.extend(surname_of(other, country) for other in names[1:] if " " in other)
    return tuple(dict.fromkeys(form for surname in found for form in (surname, without_article(surname))))


def without_article(surname: str) -> str:
    """Return "Burhan" for "al-Burhan"."""
    start, separator, rest = fold(surname).partition(" ")
    return rest if separator and start.lower() in {"al", "el"} else surname


def _kind_of(knowledge: Knowledge, title: str, country: str) -> str | None:
    found = knowledge.titles.get(fold(title).lower())
    return found.kind if found and (not found.countries or country in found.countries) else None


def _sectors_of(knowledge: Knowledge, title: str) -> tuple[str, ...]:
    found = knowledge.titles.get(fold(title).lower())
    return found.sectors if found else ()


def _add_words(knowledge: Knowledge) -> None:
    """Read titles, honorifics, first names and nouns."""
    for kind, entry in _shipped("titles").items():
        sectors = listed(entry.get("sector"))
        knowledge.calls[kind] = tuple(fold(call).lower() for call in listed(entry.get("calls")))
        for words in listed(entry["titles"]):
            plain, *countries = words.split("@")
            _add_title(knowledge, Title(fold(plain).lower(), kind, sectors, tuple(countries)))
    for key, words in _shipped("honorifics").items():
        knowledge.gender_words[key] = frozenset(fold(word).lower() for word in listed(words))
    for gender, names in _shipped("first_names").items():
        knowledge.first_names.update((fold(name), str(gender)) for name in str(names).split())
    for key, words in _shipped("nouns").items():
        knowledge.nouns[key] = frozenset(listed(words))


def _add_title(knowledge: Knowledge, title: Title) -> None:
    known = knowledge.titles.get(title.words)
    if known is None:
        knowledge.titles[title.words] = title
    elif title.countries and known.kind == title.kind:
        merged = Title(title.words, title.kind, title.sectors, (*known.countries, *title.countries))
        knowledge.titles[title.words] = merged
    first = title.words.split()[0]
    knowledge.title_starts[first] = max(knowledge.title_starts.get(first, 0), len(title.words.split()))
