"""Show characters in their surroundings, with the article and paragraph that they stand in."""

import re
from dataclasses import dataclass
from functools import cached_property

from readout.provenance import TextSpan
from readout.record.store import Store

AROUND = 60
BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters of an article, with what stands before and after them."""

    article: str
    outlet: str | None
    headline: str | None
    published: str | None
    paragraph: int | None
    before: str
    span: TextSpan
    after: str

    @property
    def where(self) -> str:
        """The outlet and the paragraph, as people cite them."""
        source = self.outlet or self.headline or self.article
        return source if self.paragraph is None else f"{source}, paragraph {self.paragraph}"


@dataclass(frozen=True)
class Source:
    """What is needed of an article to quote it."""

    text: str
    outlet: str | None
    headline: str | None
    published: str | None
    paragraphs: tuple[tuple[int, int, int | None], ...]

    @cached_property
    def name(self) -> str:
        """The outlet, the date and the headline, as far as known."""
        return ", ".join(one for one in (self.outlet, self.published, self.headline) if one) or "an unnamed outlet"

    def paragraph(self, span: TextSpan) -> int | None:
        """Return the number of the paragraph in which a span starts."""
        return next((number for start, stop, number in self.paragraphs if start <= span.start < stop), None)


class Quotes:
    """Quotes articles of a record; each is looked up once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: dict[str, Source] = {}

    def quote(self, article: str, span: TextSpan) -> Quote:
        """Return a span with what stands around it, up to whole words and to the ends of its paragraph."""
        source = self._source(article)
        before = _tail(source.text[max(0, span.start - AROUND) : span.start], cut=span.start > AROUND)
        after = _head(source.text[span.stop : span.stop + AROUND], cut=span.stop + AROUND < len(source.text))
        paragraph = source.paragraph(span)
        return Quote(article, source.outlet, source.headline, source.published, paragraph, before, span, after)

    def source(self, article: str) -> str:
        """Return outlet, date and headline of an article."""
        return self._source(article).name

    def _source(self, article: str) -> Source:
        if article not in self.known:
            self.known[article] = self._look_up(article)
        return self.known[article]

    def _look_up(self, article: str) -> Source:
        query = "SELECT text, outlet, headline_text, published FROM articles WHERE id = ?"
        text, outlet, headline, published = self.store.connection.execute(query, (article,)).fetchone()
        query = "SELECT start, stop, paragraph FROM blocks WHERE article = ? ORDER BY n"
        paragraphs = tuple(self.store.connection.execute(query, (article,)).fetchall())
        return Source(text, outlet, headline, published, paragraphs)


def _tail(text: str, *, cut: bool) -> str:
    """Return the end of a text, from after the last empty line and from a whole word."""
    last = BREAK.split(text)[-1]
    return last.split(" ", 1)[-1] if cut and last == text and " " in text else last


def _head(text: str, *, cut: bool) -> str:
    """Return the beginning of a text, up to the first empty line and to a whole word."""
    first = BREAK.split(text)[0]
    return first.rsplit(" ", 1)[0] if cut and first == text and " " in text else first
