"""How many: troops, dead, injured, arrested, money, with the qualifier that stands before the number."""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from event_docs import doc_with
from readout.extract.magnitudes import PLAIN_NUMBER, magnitudes_in

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases/extract/magnitudes.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_magnitude(case: dict[str, Any]) -> None:
    doc = doc_with(case)
    found = [[one.value, one.unit, one.span.text] for one in magnitudes_in(doc, doc[:])]
    assert found == case["found"]


@pytest.mark.parametrize("text", ["9" * 100_000, "1,111" * 20_000, "1.1" * 33_000])
def test_number_pattern_is_fast_on_hostile_text(text: str) -> None:
    started = time.perf_counter()
    PLAIN_NUMBER.fullmatch(text)
    assert time.perf_counter() - started < 0.05
