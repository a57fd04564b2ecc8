"""Make a parsed Doc with the mentions and statements that a case names, so that events are tested alone."""

import re
from functools import cache
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from readout import weights
from readout.annotations import annotate, article_of, make_doc, mentions_of, plain_article
from readout.provenance import TextSpan
from readout.records import Actor, ActorKind, Mention, MentionKind, Party, Statement, StatementKind


@cache
def language() -> Language:
    """Return the language model, without Readout's own steps."""
    return weights.load()


def doc_with(case: dict[str, Any]) -> Doc:
    """Return the Doc of a case."""
    nlp = language()
    doc = make_doc(nlp, plain_article(case["text"]))
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    found = [one for name in case.get("actors", []) for one in mentions_named(doc, name)]
    actors = [Actor(name, name, ActorKind.GROUP) for name in case.get("actors", [])]
    annotate(doc, mentions=sorted(found, key=lambda one: one.span), actors=actors)
    annotate(doc, statements=[statement(doc, number, one) for number, one in enumerate(case.get("statements", []))])
    return doc


def mentions_named(doc: Doc, name: str) -> list[Mention]:
    """Return a mention per occurrence of an actor's words."""
    found = []
    for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", doc.text):
        words = doc.char_span(*match.span(), alignment_mode="expand")
        assert words is not None, name
        span = TextSpan.within(article_of(doc), *match.span())
        found.append(Mention(f"m-{match.start()}", span, words.root.idx, MentionKind.NAME, "ORG", name, name))
    assert found, f"{name!r} does not occur"
    return found


def statement(doc: Doc, number: int, given: dict[str, Any]) -> Statement:
    """Return a statement of a case."""
    return Statement(
        id=f"s-{number}",
        kind=StatementKind.DIRECT,
        content=(span_of(doc, given["content"]),),
        source=party_named(doc, given["source"]),
        targets=tuple(party_named(doc, name) for name in given.get("targets", [])),
        cue=span_of(doc, given["cue"]),
    )


def span_of(doc: Doc, words: str) -> TextSpan:
    """Return where words stand."""
    start = doc.text.index(words)
    return TextSpan.within(article_of(doc), start, start + len(words))


def party_named(doc: Doc, name: str) -> Party:
    """Return the party of an actor's first mention."""
    mention = next(one for one in mentions_of(doc) if one.actor == name)
    return Party(mention.span, mention.id, mention.actor, name)
