"""Inflect English verbs and nouns, so that a lexicon is found by written form and no lemmatizer is needed."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml

VOWELS = frozenset("aeiou")
SIBILANTS = ("s", "x", "z", "ch", "sh")


@cache
def irregular(kind: str) -> dict[str, tuple[str, ...]]:
    """Return the irregular forms of verbs or nouns, by base form."""
    text = files("readout.extract").joinpath("data/plover/inflections.yaml").read_text(encoding="utf-8")
    table = yaml.safe_load(text)[kind]
    return {base: tuple(forms.split()) for base, forms in table.items()}


def verb_forms(base: str) -> Iterator[str]:
    """Yield every written form of a verb; a hyphenated or unusual doubling may come out twice, both spelled."""
    yield base
    yield add_s(base)
    yield from add_suffix(base, "ing")
    prefix, stem = irregular_stem(base)
    if stem is None:
        yield from add_suffix(base, "ed")
    else:
        yield from (prefix + form for form in irregular("verbs")[stem])


def irregular_stem(base: str) -> tuple[str, str | None]:
    """Return prefix and irregular stem of a verb ("re", "take"); no stem when it is regular."""
    verbs = irregular("verbs")
    if base in verbs:
        return "", base
    for prefix in ("re", "over", "with", "out", "under", "mis"):
        if base.startswith(prefix) and base.removeprefix(prefix) in verbs:
            return prefix, base.removeprefix(prefix)
    return "", None


def noun_forms(base: str) -> Iterator[str]:
    """Yield singular and plural of a noun; a plural given as base yields itself alone."""
    yield base
    if base in irregular("nouns"):
        yield from irregular("nouns")[base]
    elif base.endswith("man"):
        yield base.removesuffix("man") + "men"
    elif not base.endswith("s") or base.endswith("ss"):
        yield add_s(base)
        if base.endswith("o"):
            yield base + "s"


def add_s(base: str) -> str:
    """Return the form in -s."""
    if base.endswith("y") and base[-2:-1] not in VOWELS:
        return base[:-1] + "ies"
    return base + "es" if base.endswith(SIBILANTS) or base.endswith("o") else base + "s"


def add_suffix(base: str, suffix: str) -> Iterator[str]:
    """Yield the forms in -ed or -ing; after a short vowel with and without the doubled consonant."""
    if base.endswith("ie") and suffix == "ing":
        yield base[:-2] + "ying"
    elif base.endswith("e") and not (suffix == "ing" and base.endswith(("ee", "oe", "ye"))):
        yield base[:-1] + suffix
    elif base.endswith("y") and base[-2:-1] not in VOWELS and suffix == "ed":
        yield base[:-1] + "ied"
    else:
        yield base + suffix
        if doubles(base):
            yield base + base[-1] + suffix


def doubles(base: str) -> bool:
    """May the last consonant be doubled before a suffix? Over-generates: a form that no one writes does no harm."""
    return len(base) > 2 and base[-1] not in VOWELS | {"w", "x", "y"} and base[-2] in VOWELS and base[-3] not in VOWELS
