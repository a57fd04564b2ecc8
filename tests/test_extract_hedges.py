"""Factuality and hedges; the cases stand in cases/extract/hedges.yml."""

from typing import Any

import pytest

from case_docs import cases, parsed
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
