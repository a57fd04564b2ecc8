"""Whom pronouns mean: by the network over the words' states, by rule without them, and open where two tie."""

import time

import numpy as np
import pytest
from spacy.tokens import Doc

from readout.annotations import evidence_of, mentions_of
from readout.detect.ranking import NONE, RULE, TIE, network, verdict
from test_detect_actors import mention_of, pipeline, read

TEXT = "Angela Merkel met Emmanuel Macron. She praised the plan."


def rules_of(doc: Doc, words: str) -> list[str | None]:
    """Return the rules and reasons for the actor of the mention with these words."""
    mention = mention_of(doc, words)
    assert mention is not None
    return [row.rule or row.reason for row in evidence_of(doc) if row.record_id == mention.id and row.field == "actor"]


def without_states(text: str, states: np.ndarray) -> Doc:
    """Return a text read with other states of its words."""
    doc = read(text)
    bare = Doc(doc.vocab).from_bytes(doc.to_bytes(exclude=["user_data"]))
    bare.tensor = states
    for name in ("readout_mentions", "readout_actors", "readout_coreference"):
        bare = pipeline().get_pipe(name)(bare)
    return bare


def test_a_pronoun_is_resolved_by_the_network_with_its_share_as_score() -> None:
    doc = read(TEXT)
    assert rules_of(doc, "She")[-1] == RULE
    mention = mention_of(doc, "She")
    scores = [row.score for row in evidence_of(doc) if mention and row.record_id == mention.id and row.rule == RULE]
    assert all(score is not None and 0 < score < 1 for score in scores)


@pytest.mark.parametrize("width", [0, 64])
def test_without_the_states_that_it_knows_rules_decide(width: int) -> None:
    doc = without_states(TEXT, np.zeros((11, width) if width else 0, dtype=np.float32))
    assert rules_of(doc, "She")[-1] == "coreference.pronoun"


def test_a_lone_this_is_left_alone_without_states() -> None:
    doc = without_states("Turkey signed a treaty. This pleased Russia.", np.zeros(0, dtype=np.float32))
    assert "This" not in {mention.span.text for mention in mentions_of(doc)}


def test_two_as_likely_stay_open() -> None:
    assert verdict({3: 0.4, 7: 0.41}, 0.1) == (7, 3)
    assert verdict({3: 0.4, 7: 0.4 * TIE + 0.01}, 0.1) == (7,)


def test_nothing_is_meant_when_that_is_far_likelier() -> None:
    assert verdict({3: 0.05, 7: 0.01}, 0.94) == ()
    assert verdict({3: 0.2, 7: 0.1}, 0.2 / NONE - 0.01) == (3,)


def test_an_unresolved_this_is_no_mention() -> None:
    assert "This" not in {mention.span.text for mention in mentions_of(read("This is Berlin."))}


def test_the_network_is_small() -> None:
    assert sum(part.size for part in (network().states, network().columns, network().pairs)) * 2 < 2_000_000


def test_long_texts_take_time_in_proportion() -> None:
    text = "Angela Merkel praised the plan. She said it was good for them. "
    pipeline()
    started = time.perf_counter()
    read(text * 200)
    assert time.perf_counter() - started < 20
