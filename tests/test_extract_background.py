"""Background facts."""

from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from spacy.language import Language

from readout.annotations import article_of, background_of
from readout.extract.background import add_background
from readout.extract.dates import add_times

CASES = yaml.load((Path(__file__).parent / "cases/extract/background.yml").read_text("utf-8"), Loader=yaml.BaseLoader)[
    "cases"
]


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
