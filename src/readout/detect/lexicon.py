"""The small word lists of this stage, by name (data/actors/words.yaml)."""

from functools import cache
from importlib.resources import files

import yaml


def word_list(name: str) -> frozenset[str]:
    """Return a word list."""
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    data = files("readout.detect") / "data" / "actors" / "words.yaml"
    content = yaml.safe_load(data.read_text(encoding="utf-8"))
    return {name: frozenset(str(text).split()) for name, text in content.items()}
