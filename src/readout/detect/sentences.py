"""Sentences: none crosses the end of a paragraph, and white space belongs to none."""

from bisect import bisect_right
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from readout.annotations import READ_BLOCKS, article_of
from readout.provenance import TextSpan, record_id
from readout.records import Article, Sentence


@Language.factory("readout_paragraphs", assigns=["token.is_sent_start"])
def make_paragraphs(nlp: Language, name: str) -> "Paragraphs":
    """Make the component that starts a sentence at each paragraph, before the parser finds the others."""
    return Paragraphs()


class Paragraphs:
    """Mark the first word of every paragraph as the start of a sentence."""

    def __call__(self, doc: Doc) -> Doc:
        """Set `token.is_sent_start` at the paragraphs of the article, or at the lines of a plain text."""
        starts = {start for start, _, _ in paragraphs(article_of(doc))}
        pending = False
        for token in doc:
            pending = pending or bool(starts & set(range(token.idx, token.idx + len(token)))) or token.i == 0
            if pending and not token.is_space:
                token.is_sent_start = True
                pending = False
            elif token.is_space:
                token.is_sent_start = False
        return doc


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
        span = TextSpan.trimmed(article, sent.start_char, sent.end_char)
        place = bisect_right(begins, span.start) - 1 if span else -1
        if span is not None and place >= 0 and not all(token.is_space for token in sent):
            yield Sentence(record_id("n", article.id, span.start, span.stop), span, places[place][2])
