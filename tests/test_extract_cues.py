"""The lexicon of cues: its form, its size, and how it is found in a text."""

import pytest

from case_docs import parsed
from readout.extract.contents import FINDERS
from readout.extract.cues import cue_matches, lexicon

CLASSES = {"speech", "belief", "intention", "demand"}
PLOVER = {
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
}


def cues(text: str) -> list[str]:
    """Return the ids of the first cue of every match."""
    return [match.cues[0].id for match in cue_matches(parsed(text))]


def test_lexicon_has_several_hundred_cues() -> None:
    assert sum(len(entries) for table in lexicon().values() for entries in table.values()) > 700


def test_every_cue_is_of_a_known_class_frame_and_consequence() -> None:
    known = {*FINDERS, "quote", "clause"}
    for table in lexicon().values():
        for cue in (cue for entries in table.values() for cue in entries):
            assert cue.cls in CLASSES and cue.frames and set(cue.frames) <= known, cue.id
            assert cue.plover is None or cue.plover in PLOVER, cue.id
            assert "prep" not in cue.frames or cue.preps, cue.id


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("He said nothing.", "cue.say.say"),
        ("They called for calm.", "cue.order.call_for"),
        ("They called again for calm.", "cue.order.call_for"),
        ("She pointed out that it rained.", "cue.assert.point_out"),
        ("A warning that it would rain came late.", "cue.statement.warning"),
        ("They are confident that it will rain.", "cue.certain.confident"),
        ("It rained, according to the mayor.", "cue.according.according_to"),
    ],
)
def test_cues_are_found(text: str, cue: str) -> None:
    assert cue in cues(text)


@pytest.mark.parametrize(
    "text", ["The alleged thief ran.", "The following day it rained.", "The said area was closed."]
)
def test_modifiers_are_no_cues(text: str) -> None:
    assert not [cue for cue in cues(text) if cue.startswith(("cue.say", "cue.claim"))]
