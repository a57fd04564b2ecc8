"""Read YAML cases, and parse their texts with the language model that Readout uses."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language
from spacy.tokens import Doc

from readout import weights
from readout.annotations import make_doc, plain_article

CASES = Path(__file__).parent / "cases"


def cases(path: str) -> list[Any]:
    """Return the cases of a file as pytest parameters, named; `known` gives the reason of one that still fails."""
    table = yaml.safe_load((CASES / path).read_text(encoding="utf-8"))
    return [pytest.param(case, id=name, marks=known(case)) for name, case in table.items()]


def known(case: dict[str, Any]) -> list[pytest.MarkDecorator]:
    """Return the mark of a known failure: strict, so that the mark goes when the case starts to pass."""
    return [pytest.mark.xfail(reason=case["known"], strict=True)] if "known" in case else []


@cache
def language() -> Language:
    """Return the language model, without Readout's own steps."""
    return weights.load()


def parsed(text: str) -> Doc:
    """Return the parsed Doc of a text."""
    nlp = language()
    doc = make_doc(nlp, plain_article(text))
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    return doc
