"""Who can be a speaker: several at once, no thing, no caption; the cases stand in cases/extract/speakers.yml."""

import time
from typing import Any

import pytest

from case_docs import cases, parsed
from readout.extract.statements import read_statements
from readout.extract.things import things
from test_extract_statements import check

LIMIT = 2.0  # seconds for all patterns on 100 KB


@pytest.mark.parametrize("case", cases("extract/speakers.yml"))
def test_speakers_are_told_from_the_rest(case: dict[str, Any]) -> None:
    check(case)


def test_what_nobody_says_is_skipped_with_a_reason() -> None:
    found = read_statements(parsed("The attack warned that more was to come.\nPhoto: Okoro says the port is closed."))
    reasons = [one.reason for one in found.skipped]
    assert reasons == ["“attack” cannot say anything", "a caption, a credit or a link (caption.label)"]


def test_nobody_of_several_is_the_one_speaker() -> None:
    found = read_statements(parsed("France and Germany said the port was closed."))
    source = found.statements[0].source
    assert source is not None
    assert (source.span.text, source.actor, source.name) == ("France and Germany", None, None)


@pytest.mark.parametrize("piece", ["Play Video ", "A | B ", "| Lena Brandt ", "(photo ", "Photo: ", "B/AP ", "( ( "])
def test_long_paragraphs_are_looked_at_in_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    started = time.perf_counter()
    for _, pattern in things().captions:
        pattern.search(text)
    assert time.perf_counter() - started < LIMIT
