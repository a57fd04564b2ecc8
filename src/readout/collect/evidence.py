"""Say where the fields of an article come from: a block of its text with its rule, or what its input stated."""

from collections.abc import Iterator

from readout.provenance import Evidence, TextSpan
from readout.records import Article, BlockKind

STEP = "collect.blocks"
STATED = "metadata.stated"  # by the input, its sidecar, the table of the run or its settings
REASONS = {
    "headline": "the text begins without a headline, and none was stated",
    "dateline": "no place, date or agency stands before the first sentence",
    "authors": "the text has no byline, and no authors were stated",
    "credit": "no agency is named as the origin of the report",
    "outlet": "no outlet was stated",
    "published": "no publication date was stated",
}


def article_evidence(article: Article) -> Iterator[Evidence]:
    """Yield the evidence of an article's fields; an empty field gives the reason."""
    headline, credit = article.headline, article.credit
    yield _row(article, "headline", headline.text if headline else None, headline.span if headline else None)
    yield _row(article, "dateline", article.dateline.text if article.dateline else None, article.dateline)
    yield _row(article, "credit", credit.text if credit else None, credit.span if credit else None)
    yield _row(article, "authors", ", ".join(article.authors) or None, _byline(article))
    yield _row(article, "outlet", article.outlet, None)
    yield _row(article, "published", article.published, None)


def _row(article: Article, field: str, value: str | None, span: TextSpan | None) -> Evidence:
    if value is None:
        return Evidence(article.id, field, None, None, STEP, reason=REASONS[field])
    return Evidence(article.id, field, value, span, STEP, rule=_rule(article, span) or STATED)


def _rule(article: Article, span: TextSpan | None) -> str | None:
    """Return the rule of the block that a span stands in."""
    return next((block.rule for block in article.blocks if span and block.span.contains(span)), None)


def _byline(article: Article) -> TextSpan | None:
    """Return the byline of the text, if it names the article's first author."""
    bylines = (block.span for block in article.blocks if block.kind is BlockKind.BYLINE)
    return next((span for span in bylines if article.authors and article.authors[0] in span.text), None)
