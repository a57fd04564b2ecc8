"""Where a value comes from: positions in the text, evidence, and the ids of records.

The only module that makes or checks character positions. Positions are half-open [start, stop) offsets in Unicode
code points into `Article.text`.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from readout.errors import SpanOutsideText

ID_LENGTH = 16  # 64 bits: one expected collision in about five billion rows of one kind


class HasText(Protocol):
    """An article, or anything else that has an id and a text."""

    @property
    def id(self) -> str: ...

    @property
    def text(self) -> str: ...


class HasOffsets(Protocol):
    """A spaCy Span, or anything else that knows its characters."""

    @property
    def start_char(self) -> int: ...

    @property
    def end_char(self) -> int: ...


@dataclass(frozen=True, slots=True, order=True)
class TextSpan:
    """A stretch of an article's text; `text` is always exactly `article.text[start:stop]`."""

    start: int
    stop: int
    text: str

    @classmethod
    def within(cls, article: HasText, start: int, stop: int) -> "TextSpan":
        """Return the span of these characters, or raise SpanOutsideText."""
        if not 0 <= start < stop <= len(article.text):
            raise SpanOutsideText(start, stop, article.id, len(article.text))
        return cls(start, stop, article.text[start:stop])

    @classmethod
    def trimmed(cls, article: HasText, start: int, stop: int) -> "TextSpan | None":
        """Return the span without the white space at its ends; None when nothing else is there."""
        slice_ = article.text[start:stop]
        left = len(slice_) - len(slice_.lstrip())
        right = len(slice_.rstrip())
        return cls.within(article, start + left, start + right) if right > left else None

    @classmethod
    def of(cls, article: HasText, tokens: HasOffsets) -> "TextSpan":
        """Return the span of a spaCy slice (`doc[i:j]`)."""
        return cls.within(article, tokens.start_char, tokens.end_char)

    @classmethod
    def stored(cls, start: int, stop: int, text: str) -> "TextSpan":
        """Return a span as it was kept, without its article at hand; `readout verify` compares the two."""
        return cls(start, stop, text)

    def __len__(self) -> int:
        return self.stop - self.start

    def overlaps(self, other: "TextSpan") -> bool:
        """Do the two share a character?"""
        return self.start < other.stop and other.start < self.stop

    def contains(self, other: "TextSpan") -> bool:
        """Does the other lie inside this one?"""
        return self.start <= other.start and other.stop <= self.stop


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field of a record has its value, or why it is empty (value None, and a reason)."""

    record_id: str
    field: str
    value: str | None
    span: TextSpan | None
    step: str
    rule: str | None = None
    score: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a step left out, and why. `what` names an input path or quotes a text."""

    what: str
    step: str
    reason: str
    start: int | None = None
    stop: int | None = None


def record_id(kind: str, *parts: object) -> str:
    """Return the id of a record: a hash of what identifies it, prefixed by its kind (`s-3f...`)."""
    identity = json.dumps([kind, *parts], ensure_ascii=False, separators=(",", ":"), default=str)
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}-{digest[:ID_LENGTH]}"


def article_id(*, url: str | None, outlet: str | None, published: str | None, text: str) -> str:
    """Return the id of an article: of its URL if it has one, else of outlet and publication date, and of its text."""
    return record_id("a", url or [outlet, published], text)


def positions(spans: Iterable[TextSpan]) -> list[tuple[int, int]]:
    """Return the offsets of spans, for an id."""
    return [(span.start, span.stop) for span in spans]
