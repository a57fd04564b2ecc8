"""The brief as one self-contained HTML page: no script, no request; each citation leads to the words in the article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from readout.records import Article, BlockKind, Reading
from readout.serve.lines import Brief


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: `what` is statement, event or both when records stand on it, else empty."""

    text: str
    what: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article as the page shows it."""

    number: int
    kind: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One brief on the page; `prefix` keeps the anchors of several briefs apart."""

    brief: Brief
    prefix: str
    paragraphs: dict[str, tuple[Paragraph, ...]]


def render(briefs: Sequence[Brief]) -> str:
    """Return the page of one or several briefs; everything that comes from articles is escaped."""
    pages = [
        Page(
            brief,
            f"s{number}-" if len(briefs) > 1 else "",
            {id_: tuple(article_paragraphs(reading)) for id_, reading in brief.readings.items()},
        )
        for number, brief in enumerate(briefs, start=1)
    ]
    return _environment().get_template("brief.html").render(pages=pages)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("readout.serve"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def article_paragraphs(reading: Reading) -> Iterator[Paragraph]:
    """Yield headline and body paragraphs, cut where statements and events begin and end."""
    marks = _marks(reading)
    for block in reading.article.blocks:
        if block.paragraph is not None:
            kind = "headline" if block.kind is BlockKind.HEADLINE else "body"
            pieces = _pieces(reading.article, block.span.start, block.span.stop, marks)
            yield Paragraph(block.paragraph, kind, tuple(pieces))


def _marks(reading: Reading) -> list[tuple[int, int, str]]:
    said = [(span.start, span.stop, "statement") for one in reading.statements for span in one.content]
    done = [(span.start, span.stop, "event") for one in reading.events for span in one.trigger]
    return said + done


def _pieces(article: Article, start: int, stop: int, marks: list[tuple[int, int, str]]) -> Iterator[Piece]:
    inside = [(max(a, start), min(b, stop), what) for a, b, what in marks if a < stop and b > start]
    cuts = sorted({start, stop, *(a for a, _, _ in inside), *(b for _, b, _ in inside)})
    for left, right in pairwise(cuts):
        what = " ".join(sorted({w for a, b, w in inside if a <= left and right <= b}))
        yield Piece(article.text[left:right], what)
