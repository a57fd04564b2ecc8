"""Derive the CAMEO code of an event, for readers whose series are in CAMEO (ICEWS, GDELT): the surest, or none."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


def cameo_of(type_: str, mode: str | None, group: str | None = None) -> str | None:
    """Return the code of a PLOVER type and mode; `group` is the id of the lexicon group, where one alone decides."""
    known = table()
    for name in _outwards(group):
        if name in known["groups"]:
            return _text(known["groups"][name])
    modes: Mapping[str, str | None] = known["modes"].get(type_, {})
    return _text(modes[mode] if mode is not None and mode in modes else known["types"].get(type_))


def _outwards(group: str | None) -> list[str]:
    """Return a group's id and those of the wider groups: "assault.air.noun", "assault.air"."""
    parts = group.split(".") if group else []
    return [".".join(parts[:size]) for size in range(len(parts), 1, -1)]


def _text(code: object) -> str | None:
    return None if code is None else str(code)


@cache
def table() -> dict[str, dict[str, Any]]:
    """Return the codes by lexicon group, by type and mode, and by type (data/cameo.yaml)."""
    text = files("readout.extract").joinpath("data/cameo.yaml").read_text(encoding="utf-8")
    known: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return known
