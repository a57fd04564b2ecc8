"""Background facts."""

import time
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc

from readout.annotations import article_of, background_of, evidence_of
from readout.extract.background import add_background
from readout.extract.backgroundterms import knowledge
from readout.extract.dates import add_times

CASES = yaml.load((Path(__file__).parent / "cases/extract/background.yml").read_text("utf-8"), Loader=yaml.BaseLoader)[
    "cases"
]


SIZE = 100_000
SECONDS = 3.0  # for 30,000 words and more; 0.3 on an idle machine


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.mark.parametrize("name", CASES)
def test_background_of_case(blank: Language, name: str) -> None:
    case: dict[str, Any] = CASES[name]
    doc = blank(case["text"])
    article_of(doc)
    add_background(add_times(doc))
    given = [
        {
            "term": fact.term.text,
            "also": [span.text for span in fact.also],
            "text": fact.span.text,
            "when": [when.span.text for when in fact.when],
            "via": [link.span.text for link in fact.via],
        }
        for fact in background_of(doc)
    ]
    expected = [{"also": [], "when": [], "via": [], **fact} for fact in case["background"]]
    assert given == expected


def test_evidence_names_rule_term_and_origin(blank: Language) -> None:
    text = "They read the Tarn Agreement - a deal brokered in 2006 that ended a war, according to Halvard Wire."
    doc = blank(text)
    article_of(doc)
    add_background(add_times(doc))
    (fact,) = background_of(doc)
    given = {(piece.field, piece.rule) for piece in evidence_of(doc) if piece.record_id == fact.id}
    assert given == {
        ("span", "background.dash"),
        ("term", "background.dash"),
        ("via", "background.according-to"),
    }


def test_an_explanation_without_origin_says_so(blank: Language) -> None:
    doc = blank("The Oryx Treaty, a pact signed in 1987, has lapsed.")
    article_of(doc)
    add_background(add_times(doc))
    (fact,) = background_of(doc)
    reasons = {piece.reason for piece in evidence_of(doc) if piece.record_id == fact.id and piece.field == "via"}
    assert reasons == {"no origin is given for the explanation"}


def test_every_rule_is_described() -> None:
    assert set(knowledge()["rules"]) >= {"background.dash", "background.copula", "background.description"}


@pytest.mark.parametrize("piece", ["The accord, ", "a - ", "The Oryx Treaty is a pact ", '" ', "of the "])
def test_long_runs_of_the_same_end_soon(blank: Language, piece: str) -> None:
    plain = blank.make_doc((piece * SIZE)[:SIZE])
    starts: list[bool | int | None] = [token.i % 40 == 0 for token in plain]
    words, spaces = [token.text for token in plain], [bool(token.whitespace_) for token in plain]
    doc = Doc(plain.vocab, words=words, spaces=spaces, sent_starts=starts)
    article_of(doc)
    start = time.perf_counter()
    add_background(doc)
    assert time.perf_counter() - start < SECONDS
