"""Places, their namesakes, and the place of a verb."""

from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc

from readout.annotations import article_of, places_of
from readout.extract.places import add_places

CASES = yaml.load((Path(__file__).parent / "cases/extract/places.yml").read_text("utf-8"), Loader=yaml.BaseLoader)[
    "cases"
]


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def read(nlp: Language, text: str) -> Doc:
    doc = nlp(text)
    article_of(doc)
    return add_places(doc)


@pytest.mark.parametrize("name", CASES)
def test_places_of_case(blank: Language, name: str) -> None:
    case: dict[str, Any] = CASES[name]
    doc = read(blank, case["text"])
    given = [[where.span.text, where.name, where.country or "none"] for where in places_of(doc)]
    assert given == case["places"]
