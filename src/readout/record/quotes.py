"""Show characters in their surroundings, with the article and paragraph that they stand in."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from readout.provenance import TextSpan
from readout.record.store import Store

AROUND = 60
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters of an article, with what stands before and after them."""

    article: str
    outlet: str | None
    file: str | None
    headline: str | None
    published: str | None
    paragraph: int | None
    before: str
    span: TextSpan
    after: str

    @property
    def where(self) -> str:
        """The outlet and the paragraph, as people cite them."""
        source = self.outlet or self.file or self.article
        return source if self.paragraph is None else f"{source}, paragraph {self.paragraph}"


@dataclass(frozen=True, slots=True)
class Source:
    """What is needed of an article to quote it."""

    text: str
    outlet: str | None
    file: str | None
    headline: str | None
    published: str | None
    blocks: tuple[tuple[int, int, int | None], ...]

    @property
    def name(self) -> str:
        """The outlet (or the file), the date and the headline, as far as known."""
        return ", ".join(one for one in (self.outlet or self.file, self.published, self.headline) if one)

    def block(self, span: TextSpan) -> tuple[int, int, int | None]:
        """Return where the part of the text around a span starts and stops, and the number of its paragraph."""
        for start, stop, number in self.blocks:
            if start <= span.start < stop:
                return start, max(stop, span.stop), number
        return 0, len(self.text), None


class Quotes:
    """Quotes articles of a record; each is looked up once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: dict[str, Source] = {}

    def quote(self, article: str, span: TextSpan) -> Quote:
        """Return a span with what stands around it, in whole words and within its paragraph."""
        source = self._source(article)
        first, last, paragraph = source.block(span)
        start, stop = max(first, span.start - AROUND), min(last, span.stop + AROUND)
        before = _tail(source.text[start : span.start], cut=start > first)
        after = _head(source.text[span.stop : stop], cut=stop < last)
        place = (source.outlet, source.file, source.headline, source.published, paragraph)
        return Quote(article, *place, before, span, after)

    def source(self, article: str) -> str:
        """Return outlet, date and headline of an article."""
        return self._source(article).name

    def _source(self, article: str) -> Source:
        if article not in self.known:
            self.known[article] = self._look_up(article)
        return self.known[article]

    def _look_up(self, article: str) -> Source:
        query = "SELECT outlet, path, headline_text, published, text FROM articles WHERE id = ?"
        outlet, path, headline, published, text = self.store.connection.execute(query, (article,)).fetchone()
        query = "SELECT start, stop, paragraph FROM blocks WHERE article = ? ORDER BY n"
        blocks = tuple(self.store.connection.execute(query, (article,)).fetchall())
        return Source(text, outlet, path and PurePath(path).name, headline, published, blocks)


def _tail(text: str, *, cut: bool) -> str:
    """Return the end of a text on one line, from a whole word if something was cut off before it."""
    line = SPACES.sub(" ", text)
    return line.partition(" ")[2] if cut and " " in line.rstrip() else line


def _head(text: str, *, cut: bool) -> str:
    """Return the beginning of a text on one line, up to a whole word if something was cut off after it."""
    line = SPACES.sub(" ", text)
    return line.rpartition(" ")[0] if cut and " " in line.lstrip() else line
