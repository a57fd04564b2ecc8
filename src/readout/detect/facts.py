"""Read the shipped facts about actors, and a user's own, into the indexes of `Knowledge`.

A user's files have the shape of the shipped ones, under their names (`countries:`, `organizations:`, `people:` ...),
and win over them.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from readout.detect.folding import fold
from readout.detect.knowledge import FIRST_WORD, Knowledge, Known, Office, Part, Sense, Title
from readout.detect.terms import marked, parse_term, plain_name, surname_of, surnames_of
from readout.errors import BadActorsFile
from readout.records import ActorKind

SHIPPED = ("countries", "governments", "organizations", "armed_groups", "media", "people")


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
    return yaml.load(data.read_text(encoding="utf-8"), Loader=_loader()) if data.is_file() else {}


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _add_file(knowledge: Knowledge, path: str) -> None:
    """Add a user's file, or raise BadActorsFile."""
    try:
        content = yaml.load(Path(path).read_text(encoding="utf-8"), Loader=_loader())
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
        f"{code}/government",
        f"Government of {country.full}",
        ActorKind.ORGANIZATION,
        "ORG",
        code,
        ("GOV",),
        origin=origin,
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
        senses.insert(0, (key, sense)) if key in knowledge.actors and sense is Sense.NAME else senses.append(
            (key, sense)
        )


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
        surname=before.surname if before else surname_of(marked(parsed.names), country),
        surnames=before.surnames if before else surnames_of(parsed.names, country),
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
