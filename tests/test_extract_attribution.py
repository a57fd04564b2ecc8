"""Chains, channels and what a relayer adds; the cases stand in cases/extract/attribution.yml."""

from typing import Any

import pytest

from case_docs import cases, parsed
from readout.extract.attribution import channels
from readout.extract.statements import read_statements
from test_extract_statements import check


@pytest.mark.parametrize("case", cases("extract/attribution.yml"))
def test_attribution_is_read(case: dict[str, Any]) -> None:
    check(case)


def test_words_left_out_are_in_the_evidence() -> None:
    found = read_statements(parsed("Okoro urged all sides not to close the road during his talk with Brandt."))
    rows = [one for one in found.evidence if one.field == "content" and one.value is None]
    assert [one.rule for one in rows] == ["content.occasion"]
    assert rows[0].span is not None and "during his talk" in rows[0].span.text


def test_channels_have_an_id_and_words() -> None:
    for channel in channels():
        assert channel.id and channel.words and channel.preps
