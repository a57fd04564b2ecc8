"""CAMEO codes are given where they are certain, the most specific one, and else none."""

import re

import pytest

from readout.extract.cameo import cameo_of, table
from readout.extract.predicates import TYPES, lexicon


@pytest.mark.parametrize(
    ("type_", "mode", "group", "code"),
    [
        ("COERCE", "arrest", None, "173"),
        ("COERCE", "restrict", None, None),
        ("COERCE", "restrict", "coerce.sanctions", "163"),
        ("ASSAULT", None, None, None),
        ("ASSAULT", "aerial", "assault.air.noun", "195"),
        ("ACCUSE", None, None, None),
        ("ACCUSE", "investigate", "accuse.investigate", "090"),
        ("SANCTION", "expel", "sanction.expel.noun", "166"),
        ("SANCTION", "expel", "sanction.fire", None),
        ("CONSULT", "phone", None, "041"),
        ("CONSULT", "visit", None, "040"),
        ("REQUEST", "meet", None, "100"),
    ],
)
def test_the_surest_code_or_none(type_: str, mode: str | None, group: str | None, code: str | None) -> None:
    assert cameo_of(type_, mode, group) == code


def test_codes_are_strings_of_digits_and_groups_exist() -> None:
    known = table()
    codes = [*known["groups"].values(), *known["types"].values()]
    codes += [code for modes in known["modes"].values() for code in modes.values()]
    assert all(code is None or re.fullmatch(r"\d{3,4}", code) for code in codes)
    words = lexicon()
    ids = {
        one.predicate.id
        for part in (words.verbs, words.nouns, words.adjectives)
        for row in part.values()
        for one in row
    }
    assert set(known["groups"]) <= ids
    assert {*known["types"], *known["modes"]} <= set(TYPES)
