"""What Readout's components read from and write on a spaCy Doc: one extension per record type, with typed access.

A component declares these names in `requires` and `assigns` ("doc._.readout_mentions"); spaCy reports what is unmet.
A Doc that was not made from an Article (a user's own `nlp("...")`) gets one from its plain text.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from readout.provenance import Evidence, Skipped, TextSpan, article_id
from readout.records import (
    Actor,
    Article,
    Background,
    Block,
    BlockKind,
    Event,
    Mention,
    Sentence,
    Statement,
    When,
    Where,
)

EXTENSIONS = (
    "article",
    "sentences",
    "mentions",
    "actors",
    "times",
    "places",
    "statements",
    "events",
    "background",
    "evidence",
    "skipped",
)
READ_BLOCKS = frozenset({BlockKind.HEADLINE, BlockKind.BODY})


def register() -> None:
    """Make the `doc._.readout_*` extensions known to spaCy; every factory calls this, twice does no harm."""
    for name in EXTENSIONS:
        if not Doc.has_extension(f"readout_{name}"):
            Doc.set_extension(f"readout_{name}", default=None)


def make_doc(nlp: Language, article: Article) -> Doc:
    """Return the Doc of an article before any component has run: as long as the text, all that is not read blanked."""
    register()
    doc = nlp.make_doc(masked_text(article))
    doc._.readout_article = article
    return doc


def masked_text(article: Article) -> str:
    """Return the text with every character outside headline and body replaced by a space; line breaks stay."""
    if not article.blocks:
        return article.text
    pieces: list[str] = []
    position = 0
    for block in article.blocks:
        if block.kind in READ_BLOCKS:
            continue
        pieces.append(article.text[position : block.span.start])
        pieces.append("".join(char if char in "\n\r" else " " for char in block.span.text))
        position = block.span.stop
    pieces.append(article.text[position:])
    return "".join(pieces)


def article_of(doc: Doc) -> Article:
    """Return the article that the Doc was made from; a bare Doc gets one, without metadata."""
    register()
    if doc._.readout_article is None:
        doc._.readout_article = plain_article(doc.text)
    article: Article = doc._.readout_article
    return article


def plain_article(text: str) -> Article:
    """Return an article that has a text and nothing else; each non-blank line is a paragraph."""
    article = Article(
        id=article_id(url=None, outlet=None, published=None, text=text),
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
    )
    blocks: list[Block] = []
    position = 0
    for line in text.splitlines(keepends=True):
        span = TextSpan.trimmed(article, position, position + len(line))
        if span is not None:
            blocks.append(Block(BlockKind.BODY, span, paragraph=len(blocks) + 1))
        position += len(line)
    return Article(id=article.id, text=text, sha256=article.sha256, blocks=tuple(blocks))


def sentences_of(doc: Doc) -> tuple[Sentence, ...]:
    """Return the sentences found so far."""
    return _get(doc, "sentences")


def mentions_of(doc: Doc) -> tuple[Mention, ...]:
    """Return the mentions found so far, in text order."""
    return _get(doc, "mentions")


def actors_of(doc: Doc) -> tuple[Actor, ...]:
    """Return the actors found so far."""
    return _get(doc, "actors")


def times_of(doc: Doc) -> tuple[When, ...]:
    """Return the time expressions found so far."""
    return _get(doc, "times")


def places_of(doc: Doc) -> tuple[Where, ...]:
    """Return the places found so far."""
    return _get(doc, "places")


def statements_of(doc: Doc) -> tuple[Statement, ...]:
    """Return the statements found so far."""
    return _get(doc, "statements")


def events_of(doc: Doc) -> tuple[Event, ...]:
    """Return the events found so far."""
    return _get(doc, "events")


def background_of(doc: Doc) -> tuple[Background, ...]:
    """Return the background facts found so far."""
    return _get(doc, "background")


def evidence_of(doc: Doc) -> tuple[Evidence, ...]:
    """Return the evidence that all components have given so far."""
    return _get(doc, "evidence")


def skipped_of(doc: Doc) -> tuple[Skipped, ...]:
    """Return what the components have left out so far."""
    return _get(doc, "skipped")


def annotate(doc: Doc, **values: Iterable[Any]) -> None:
    """Write records on the Doc; `evidence` and `skipped` are added to what is there, all others replace it."""
    register()
    for name, value in values.items():
        before = _get(doc, name) if name in {"evidence", "skipped"} else ()
        doc._.set(f"readout_{name}", (*before, *value))


def _get(doc: Doc, name: str) -> tuple[Any, ...]:
    register()
    return doc._.get(f"readout_{name}") or ()
