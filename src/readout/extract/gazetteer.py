"""Look up places by name: countries, regions and populated places with their positions and GeoNames ids.

The index (data/places.npz) is built by training/placenames.py from GeoNames (CC BY 4.0) and the tables beside it.
"""

import json
import math
import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np

KINDS = ("country", "area", "region", "city")
MARKS = re.compile(r"[\u0300-\u036f'’‘ʼ`.]")
BLANKS = re.compile(r"[\s-]+")
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ħ": "h", "ð": "d", "þ": "th"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. `alias`: found by another name than its first; `country` is ISO 3166-1 alpha-3."""

    name: str
    kind: str
    lat: float
    lon: float
    country: str | None
    admin: str
    geonames: int | None
    people: int
    zone: str | None
    alias: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """The arrays of the index: sorted names, and for each the places that bear it."""

    keys: list[str]
    names: list[str]
    countries: list[str]
    zones: list[str]
    admins: list[str]
    arrays: dict[str, Any]

    def row(self, name: str) -> int | None:
        """Return the number of a folded name, None if no place bears it."""
        position = bisect_left(self.keys, name)
        return position if position < len(self.keys) and self.keys[position] == name else None

    def place(self, entry: int) -> Place:
        """Return the place of an entry; its lowest bit says whether it is found by another name."""
        index, alias = entry >> 1, bool(entry & 1)
        arrays = self.arrays
        return Place(
            name=self.names[index],
            kind=KINDS[arrays["kind"][index]],
            lat=float(arrays["lat"][index]) / 1000,
            lon=float(arrays["lon"][index]) / 1000,
            country=self.countries[arrays["country"][index]] or None,
            admin=self.admins[arrays["admin"][index]],
            geonames=int(arrays["ids"][index]) or None,
            people=int(arrays["people"][index]),
            zone=self.zones[arrays["zone"][index]] or None,
            alias=alias,
        )


def folded(name: str) -> str:
    """Return a name without case, accents, apostrophes, full stops; hyphens as blanks."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(PLAIN))
    return BLANKS.sub(" ", MARKS.sub("", plain)).strip()


@cache
def index() -> Index:
    """Return the index, read once (about 0.1 s)."""
    with as_file(files("readout.extract").joinpath("data/places.npz")) as path, np.load(path) as file:
        arrays = {name: file[name] for name in file.files}
    lists = json.loads(arrays.pop("lists").tobytes().decode())
    keys = arrays.pop("keys").tobytes().decode().split("\n")
    names = arrays.pop("names").tobytes().decode().split("\n")
    return Index(keys, names, lists["countries"], lists["zones"], lists["admins"], arrays)


@cache
def places_named(name: str) -> tuple[Place, ...]:
    """Return the places that bear a name, in the order of the index: countries, areas, regions, populated places."""
    table = index()
    row = table.row(folded(name))
    if row is None:
        return ()
    starts = table.arrays["starts"]
    return tuple(table.place(int(entry)) for entry in table.arrays["entries"][starts[row] : starts[row + 1]])


def zone_of(name: str) -> str | None:
    """Return the IANA time zone of the largest populated place of a name."""
    zoned = [place for place in places_named(name) if place.zone]
    return max(zoned, key=lambda place: (not place.alias, place.people)).zone if zoned else None


def kilometres(place: Place, point: tuple[float, float]) -> float:
    """Return the distance of a place from a point, on a sphere."""
    lat, other = math.radians(place.lat), math.radians(point[0])
    half = math.sin((other - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other) * math.sin(math.radians(point[1] - place.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
