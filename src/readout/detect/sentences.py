"""Sentences: none crosses the end of a paragraph, and white space belongs to none."""

from bisect import bisect_right
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from readout.annotations import READ_BLOCKS, article_of
from readout.provenance import TextSpan, record_id
from readout.records import Article, Sentence

OPENING, CLOSING, STRAIGHT = frozenset("“‘«"), frozenset("”»"), '"'
_MARKS = OPENING | CLOSING | {STRAIGHT}
FULL_STOPS = frozenset(".?!")


@Language.factory("readout_paragraphs", assigns=["token.is_sent_start"])
def make_paragraphs(nlp: Language, name: str) -> "Paragraphs":
    """Make the component that starts a sentence at each paragraph, before the parser finds the others."""
    return Paragraphs()


class Paragraphs:
    """Tell the parser what it must know before it looks for sentences: paragraphs, white space, quotation marks."""

    def __call__(self, doc: Doc) -> Doc:
        """Set `token.is_sent_start` at the paragraphs of the article (True) and where no sentence may start (False)."""
        for place, text in enumerate([token.text for token in doc]):
            if text in _MARKS:
                self._place_mark(doc, place)
            elif text.isspace():
                doc[place].is_sent_start = False
        starts = [start for start, _, _ in paragraphs(article_of(doc))]
        for start in starts:
            word = first_word(doc, start)
            if word is not None:
                word.is_sent_start = True
        return doc

    def _place_mark(self, doc: Doc, place: int) -> None:
        """Keep a quotation mark with the words it encloses."""
        token = doc[place]
        if is_closing(token):
            token.is_sent_start = False
        elif opens_sentence(token):
            token.is_sent_start = True
        if is_opening(token) and place + 1 < len(doc):
            doc[place + 1].is_sent_start = False


def opens_sentence(token: Token) -> bool:
    """Is this an opening quotation mark after the end of a sentence? The mark goes with the words that follow it."""
    if token.i == 0 or not is_opening(token):
        return False
    before = token.nbor(-1)
    if is_closing(before) and before.i > 0:
        before = before.nbor(-1)
    return before.text in FULL_STOPS


def is_opening(token: Token) -> bool:
    """Is this a quotation mark that opens? A straight one opens when a space stands before it and none after it."""
    if token.text in OPENING:
        return True
    return token.text == STRAIGHT and not token.whitespace_ and (token.i == 0 or _ends_in_space(token.nbor(-1)))


def is_closing(token: Token) -> bool:
    """Is this a quotation mark that closes? A straight one closes when no space stands before it."""
    if token.text in CLOSING:
        return True
    return token.text == STRAIGHT and token.i > 0 and not _ends_in_space(token.nbor(-1))


def _ends_in_space(token: Token) -> bool:
    return bool(token.whitespace_) or token.is_space


def first_word(doc: Doc, start: int) -> Token | None:
    """Return the first token from a character on that is more than white space."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    if span is None:
        return None
    return next((token for token in doc[span.start :] if not token.is_space), None)


def paragraphs(article: Article) -> list[tuple[int, int, int]]:
    """Return (start, stop, number) of each paragraph that is read."""
    return [
        (block.span.start, block.span.stop, block.paragraph)
        for block in article.blocks
        if block.kind in READ_BLOCKS and block.paragraph is not None
    ]


def sentence_records(doc: Doc) -> Iterator[Sentence]:
    """Yield the sentences of a parsed Doc as records, without the white space around them."""
    article = article_of(doc)
    places = paragraphs(article)
    begins = [start for start, _, _ in places]
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        place = bisect_right(begins, words[0].idx) - 1 if words else -1
        if place >= 0:
            span = TextSpan.within(article, words[0].idx, words[-1].idx + len(words[-1]))
            yield Sentence(record_id("n", article.id, span.start, span.stop), span, places[place][2])
