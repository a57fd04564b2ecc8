"""Time expressions and their values."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc

from readout.annotations import article_of, evidence_of, make_doc, plain_article, times_of
from readout.extract.dates import add_times

CASES = yaml.load((Path(__file__).parent / "cases/extract/dates.yml").read_text("utf-8"), Loader=yaml.BaseLoader)


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def read(nlp: Language, text: str, published: str | None = None) -> Doc:
    doc = nlp.make_doc(text)
    make_doc(nlp, plain_article(text))
    doc._.readout_article = replace(plain_article(text), published=published)
    return add_times(doc)


@pytest.mark.parametrize("name", CASES["cases"])
def test_times_of_case(blank: Language, name: str) -> None:
    case: dict[str, Any] = CASES["cases"][name]
    published = case.get("published", CASES["published"])
    doc = read(blank, case["text"], None if published == "none" else published)
    given = [[when.span.text, when.type, when.value or "none"] for when in times_of(doc)]
    assert given == [[text, kind, value] for text, kind, value in case["times"]]
