"""Where the sentences, paragraphs and quotations of a text lie, by token."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from readout.annotations import article_of
from readout.extract.quotations import Quotation
from readout.records import Article

SENTENCE_ENDS = frozenset({".", "!", "?", "…"})
CLOSERS = frozenset({'"', "”", "''", "’", "'", "»", ")", "]", "“"})


@dataclass(frozen=True, slots=True)
class Layout:
    """Token-indexed views of a Doc. A quotation is given by its index in `quotations`; -1 stands for none."""

    doc: Doc
    article: Article
    quotations: tuple[Quotation, ...]
    outer: tuple[int, ...]  # outermost quotation that a token (or its mark) stands in
    inner: tuple[int, ...]  # innermost one
    sentence: tuple[tuple[int, int], ...]
    paragraph: tuple[int, ...]
    words: tuple[str, ...]  # in lower case: a look here is much cheaper than at a token

    @classmethod
    def of(cls, doc: Doc, quotations: tuple[Quotation, ...]) -> "Layout":
        """Lay out a parsed text."""
        outer, inner = _quotation_of_tokens(doc, quotations)
        paragraph = _paragraph_of_tokens(doc)
        sentence = _sentence_of_tokens(doc, paragraph, outer)
        words = tuple(token.lower_ for token in doc)
        return cls(doc, article_of(doc), quotations, outer, inner, sentence, paragraph, words)

    def tokens(self, quotation: Quotation, *, marks: bool = False) -> tuple[int, int]:
        """Return the tokens that a quotation covers, with or without its marks."""
        span = quotation.span if marks else quotation.inner
        return self.range(span.start, span.stop)

    def range(self, start: int, stop: int) -> tuple[int, int]:
        """Return the tokens that touch these characters."""
        span = self.doc.char_span(start, stop, alignment_mode="expand")
        return (span.start, span.end) if span is not None else (0, 0)

    def quoted(self, index: int) -> bool:
        """Does a token stand in quotation marks?"""
        return self.outer[index] >= 0

    def paragraph_bounds(self, index: int) -> tuple[int, int]:
        """Return the tokens of the paragraph around a token."""
        number = self.paragraph[index]
        start = index
        while start > 0 and self.paragraph[start - 1] == number:
            start -= 1
        stop = index + 1
        while stop < len(self.doc) and self.paragraph[stop] == number:
            stop += 1
        return start, stop


def _quotation_of_tokens(doc: Doc, quotations: tuple[Quotation, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    outer, inner = [-1] * len(doc), [-1] * len(doc)
    for index, quotation in enumerate(quotations):
        span = doc.char_span(quotation.span.start, quotation.span.stop, alignment_mode="expand")
        if span is None:
            continue
        for position in range(span.start, span.end):
            outer[position] = index if outer[position] < 0 else outer[position]
            inner[position] = index
    return tuple(outer), tuple(inner)


def _paragraph_of_tokens(doc: Doc) -> tuple[int, ...]:
    starts = [block.span.start for block in article_of(doc).blocks]
    return tuple(bisect_right(starts, token.idx) for token in doc)


def _sentence_of_tokens(doc: Doc, paragraph: tuple[int, ...], outer: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Return each token's sentence: the parser's, cut at paragraph ends, joined where a quotation's end broke it."""
    starts = [
        token.i
        for token in doc
        if token.i == 0
        or paragraph[token.i] != paragraph[token.i - 1]
        or (token.is_sent_start and not _goes_on(doc, token, outer))
        or ((outer[token.i] >= 0) != (outer[token.i - 1] >= 0) and _certainly_starts(doc, token, outer))
    ]
    starts.append(len(doc))
    bounds: list[tuple[int, int]] = []
    for start, stop in pairwise(starts):
        bounds += [(start, stop)] * (stop - start)
    return tuple(bounds)


def _goes_on(doc: Doc, token: Token, outer: tuple[int, ...]) -> bool:
    """Does what the parser took for a new sentence go on in lower case, or with the speaker of a quotation?"""
    before = _word_before(doc, token.i)
    if before is None:
        return False
    if token.is_punct and outer[token.i] < 0:
        return True
    if token.text[:1].islower():
        return True
    return before.text not in SENTENCE_ENDS | CLOSERS | {":"} and not before.text.endswith(".")


def _certainly_starts(doc: Doc, token: Token, outer: tuple[int, ...]) -> bool:
    """Does a sentence start here that the parser has joined to the one before, after a closed quotation?"""
    if token.i < 2 or not (token.text[:1].isupper() or outer[token.i] >= 0) or token.is_space:
        return False
    before = doc[token.i - 1]
    if outer[token.i] >= 0:
        return before.text == "." and outer[before.i] < 0
    return before.text in CLOSERS and outer[before.i] >= 0 and doc[token.i - 2].text == "."


def _word_before(doc: Doc, index: int) -> Token | None:
    return next((doc[i] for i in range(index - 1, max(-1, index - 4), -1) if not doc[i].is_space), None)
