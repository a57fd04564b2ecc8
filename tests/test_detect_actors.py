"""Who is meant by names, descriptions and pronouns, on sentences of our own."""

import dataclasses
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.language import Language
from spacy.tokens import Doc

from case_docs import known
from readout import weights
from readout.annotations import actors_of, evidence_of, make_doc, mentions_of, plain_article
from readout.errors import NoSuchModel
from readout.records import Mention

CASES = Path(__file__).parent / "cases" / "detect"
FILES = ("names", "groups", "metonyms", "descriptions", "pronouns", "roles")


@cache
def cases() -> dict[str, dict[str, Any]]:
    """Return the cases of all files, by name."""
    found: dict[str, dict[str, Any]] = {}
    for name in FILES:
        found.update(yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8")))
    return found


@cache
def pipeline() -> Language:
    """Return the language model with the three steps of this stage."""
    try:
        nlp = weights.load(None)
    except NoSuchModel as error:
        pytest.skip(str(error))
    for step in ("readout_mentions", "readout_actors", "readout_coreference"):
        nlp.add_pipe(step)
    return nlp


def read(text: str, published: str | None = None) -> Doc:
    """Return a text that the steps have read."""
    article = dataclasses.replace(plain_article(text), published=published)
    return pipeline()(make_doc(pipeline(), article))


def mention_of(doc: Doc, quoted: str) -> Mention | None:
    """Return the mention with these words; "words @ context" starts to look at the context."""
    words, _, context = quoted.partition(" @ ")
    found_at = re.compile(rf"(?<!\w){re.escape(words)}").search(doc.text, doc.text.index(context) if context else 0)
    assert found_at is not None, quoted
    start = found_at.start()
    stop = start + len(words)
    found = [m for m in mentions_of(doc) if m.span.start < stop and m.span.stop > start]
    exact = [m for m in found if (m.span.start, m.span.stop) == (start, stop)]
    near = [m for m in found if (m.span.start <= start and m.span.stop >= stop) or m.span.stop == stop]
    return next(iter(exact), None) or min(near, key=lambda m: abs(len(m.span) - len(words)), default=None)


def actor_name(doc: Doc, quoted: str) -> str | None:
    """Return the name of the actor that these words mean."""
    mention = mention_of(doc, quoted)
    return next((actor.name for actor in actors_of(doc) if mention and actor.id == mention.actor), None)


@pytest.mark.parametrize("name", [pytest.param(name, marks=known(case)) for name, case in cases().items()])
def test_who_is_meant(name: str) -> None:
    case = cases()[name]
    doc = read(case["text"], case.get("published"))
    assert {quoted: actor_name(doc, quoted) for quoted in case["means"]} == case["means"]


def test_every_mention_says_why_it_has_its_actor_or_none() -> None:
    doc = read("Lavrov met his Turkish counterpart. He was late.", "2019-05-10")
    told = {one.record_id for one in evidence_of(doc) if one.field == "actor" and (one.rule or one.reason)}
    assert {mention.id for mention in mentions_of(doc)} <= told


def test_one_chain_has_one_actor() -> None:
    doc = read("German Chancellor Angela Merkel arrived late. Merkel apologized. She left early.")
    chains = {mention.chain for mention in mentions_of(doc) if mention.actor and mention.type == "PERSON"}
    assert len(chains) == 1
