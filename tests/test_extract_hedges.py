"""Factuality and hedges; the cases stand in cases/extract/hedges.yml."""

from typing import Any

import numpy as np
import pytest
from spacy.tokens import Doc

from case_docs import cases, parsed
from readout.extract.factuality import happening, model
from readout.extract.hedges import RANK, factuality_of, quantity_hedges, rules
from readout.extract.statements import read_statements


@pytest.mark.parametrize("case", cases("extract/hedges.yml"))
def test_factuality_is_read(case: dict[str, Any]) -> None:
    doc = parsed(case["text"])
    if case.get("statement"):
        statement = read_statements(doc).statements[0]
        value, hedges = statement.factuality, statement.hedges
    else:
        found = factuality_of(doc, next(token for token in doc if token.text == case["of"]))
        value, hedges = found.value, found.hedges
    assert (value, [hedge.text for hedge in hedges]) == (case["value"], case["hedges"])


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("They placed an estimated 100,000 troops there.", "an estimated"),
        ("They placed about 5,000 troops there.", "about"),
        ("They placed as many as 5,000 troops there.", "as many as"),
        ("They placed more than 5,000 troops there.", "more than"),
    ],
)
def test_words_that_make_a_number_a_guess_are_hedges(text: str, hedge: str) -> None:
    doc = parsed(text)
    assert [found.text for found in quantity_hedges(doc, doc[:])] == [hedge]


def test_every_cause_has_a_rule_and_a_span() -> None:
    doc = parsed("The army may not attack the port.")
    causes = factuality_of(doc, doc[4]).evidence
    assert {cause.rule.id for cause in causes} == {"hedge.possibility", "hedge.negation"}
    assert {cause.span.text for cause in causes} == {"may", "not"}


def test_rules_have_known_values() -> None:
    assert all(rule.value in RANK for section in rules().values() for rule in section)


def test_the_score_says_what_happened() -> None:
    done, meant = parsed("The army placed troops along the border."), parsed("The army will place troops there.")
    scores = [factuality_of(done, done[2]).score, factuality_of(meant, meant[3]).score]
    assert None not in scores
    assert scores[0] > 0.5 > -0.5 > scores[1]  # type: ignore[operator]


@pytest.mark.parametrize("states", [np.zeros((0,), dtype=np.float32), np.zeros((8, 96), dtype=np.float32)])
def test_without_our_states_the_rules_alone_decide(states: Any) -> None:
    doc = parsed("The army may not attack the port.")
    doc.tensor = states
    found = factuality_of(doc, doc[4])
    assert (found.value, found.score) == ("PS-", None)


def test_what_the_score_decided_names_the_model_as_its_rule() -> None:
    doc = parsed("Police used tear gas to disperse the crowd.")
    found = factuality_of(doc, doc[5])
    assert [(cause.rule.id, cause.span.text) for cause in found.evidence] == [("model.happened", "disperse")]


def test_the_score_needs_no_rule_that_it_knows() -> None:
    doc = parsed("The army placed troops along the border.")
    assert happening(doc, doc[2], ["hedge.of_tomorrow"], "CT+") is not None


def test_the_weights_are_small_and_fit_the_network() -> None:
    loaded = model()
    assert loaded.width == parsed("Rain fell.").tensor.shape[1]
    assert len(loaded.names) == len(loaded.rows) < 10_000


def test_a_long_sentence_and_a_cycle_free_walk_end() -> None:
    doc = parsed("He said " + "that she said " * 60 + "it may rain.")
    assert factuality_of(doc, doc[len(doc) - 2]).value == "PS+"


def test_a_doc_without_a_parse_is_taken_as_told() -> None:
    doc = Doc(parsed("Rain fell.").vocab, ["Rain", "fell", "."], sent_starts=[True, False, False])
    assert factuality_of(doc, doc[1]).value == "CT+"
