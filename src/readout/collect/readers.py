"""Read inputs of every format into articles; what gives none becomes a Skipped row, and the run goes on."""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from readout.collect.blocks import with_blocks
from readout.collect.dates import iso_date
from readout.collect.html import PageProcess
from readout.collect.inputs import STDIN, Format, Input, list_inputs, sniff
from readout.collect.openers import TooLarge, lines_of, opened, whole
from readout.collect.sidecars import Metadata, Table, metadata_of, sidecar, table
from readout.collect.texts import checked, decode, language_reason
from readout.errors import UnreadableInput, UsageError
from readout.provenance import Skipped, article_id
from readout.records import Article, Name
from readout.settings import Settings

STEP = "collect.readers"


@dataclass(frozen=True, slots=True)
class Raw:
    """A text with what is known about it, before it becomes an article."""

    path: str
    text: str
    metadata: Metadata
    sha256: str
    repaired: bool = False
    agency: str | None = None


def read_inputs(
    paths: Iterable[str], *, settings: Settings, stdin: BinaryIO | None = None
) -> Iterator[Article | Skipped]:
    """Yield the articles of files, folders, globs and standard input ("-"), in order; what gives none as Skipped."""
    with PageProcess(settings) as pages:
        reader = Reader(settings, pages, stdin)
        for one in list_inputs(paths):
            if isinstance(one, Skipped):
                yield one
            else:
                yield from reader.read(one)


class Reader:
    """Reads inputs one after the other, with the defaults of a run."""

    def __init__(self, settings: Settings, pages: PageProcess, stdin: BinaryIO | None = None) -> None:
        self.settings = settings
        self.pages = pages
        self.stdin = stdin
        self.table: Table = table(settings.meta)
        self.defaults = _defaults(settings)

    def read(self, one: Input) -> Iterator[Article | Skipped]:
        """Yield the articles of one input; an input that cannot be read is a Skipped row."""
        try:
            with ExitStack() as stack:
                yield from self._read(one, stack)
        except UnreadableInput as error:
            yield Skipped(error.path, error.step, error.reason)
        except TooLarge as error:
            yield Skipped(one.path, STEP, str(error))
        except (OSError, EOFError) as error:
            yield Skipped(one.path, STEP, f"it cannot be read: {error}")

    def _read(self, one: Input, stack: ExitStack) -> Iterator[Article | Skipped]:
        if one.path == STDIN:
            stream = stack.enter_context(opened(self.stdin or sys.stdin.buffer))
        else:
            stream = stack.enter_context(opened(Path(one.path)))
        format_ = one.format if one.format is not Format.UNKNOWN else sniff(stream.peek(4096))
        known = self._beside(one.path)
        yield from known.refused
        known = replace(known, refused=())
        if format_ is Format.LINES:
            yield from self._lines(one.path, stream, known)
        elif format_ is Format.PAGE:
            yield from self._page(one.path, whole(stream, self.settings.page_limit), known)
        elif format_ is Format.JSON:
            yield from self._json(one.path, whole(stream, self.settings.text_limit), known)
        else:
            yield from self._text(one.path, whole(stream, self.settings.text_limit), known)

    def _beside(self, path: str) -> Metadata:
        """Return what a sidecar, else the table of the run says about a path."""
        if path == STDIN:
            return Metadata()
        return sidecar(Path(path)).over(self.table.of(path))

    def _text(self, path: str, data: bytes, known: Metadata) -> Iterator[Article | Skipped]:
        decoded = decode(data)
        if decoded.reason:
            raise UnreadableInput(path, STEP, decoded.reason)
        yield from self._article(Raw(path, decoded.text, known, _sha256(data), decoded.repaired))

    def _page(self, path: str, data: bytes, known: Metadata) -> Iterator[Article | Skipped]:
        """Yield the article of a page: its headline, a blank line, its lines without page residue."""
        if not data.strip():
            raise UnreadableInput(path, STEP, "the file is empty")
        page = self.pages.read(path, data)
        body = "\n".join(page.lines)
        metadata = known.over(page.metadata)
        decoded = checked(f"{metadata.title}\n\n{body}" if metadata.title else body)
        if decoded.reason:
            raise UnreadableInput(path, STEP, decoded.reason)
        yield from self._article(Raw(path, decoded.text, metadata, _sha256(data), decoded.repaired, page.agency))

    def _json(self, path: str, data: bytes, known: Metadata) -> Iterator[Article | Skipped]:
        """Yield the articles of a JSON file: one object, or a list of them."""
        decoded = decode(data)
        if decoded.reason:
            raise UnreadableInput(path, STEP, decoded.reason)
        try:
            content = json.loads(decoded.text)
        except (ValueError, RecursionError) as error:
            raise UnreadableInput(path, STEP, f"this is no JSON: {error}") from error
        for number, row in enumerate(content if isinstance(content, list) else [content], 1):
            where = f"{path}, item {number}" if isinstance(content, list) else path
            yield from self._row(path, where, row, known, _sha256(data))

    def _lines(self, path: str, stream: BinaryIO, known: Metadata) -> Iterator[Article | Skipped]:
        """Yield the articles of a JSONL stream, one object a line."""
        empty = True
        for number, line in enumerate(lines_of(stream, self.settings.text_limit), 1):
            where = f"{path}, line {number}"
            if line is None:
                yield Skipped(where, STEP, f"the line is longer than {self.settings.text_limit:,} bytes")
            elif line.strip():
                yield from self._line(path, where, line, known)
            empty = empty and line is not None and not line.strip()
        if empty:
            yield Skipped(path, STEP, "the file is empty")

    def _line(self, path: str, where: str, line: bytes, known: Metadata) -> Iterator[Article | Skipped]:
        try:
            row = json.loads(line.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            yield Skipped(where, STEP, f"wrongly encoded: not UTF-8 at byte {error.start}")
        except (ValueError, RecursionError) as error:
            yield Skipped(where, STEP, f"this is no JSON: {error}")
        else:
            yield from self._row(path, where, row, known, _sha256(line))

    def _row(self, path: str, where: str, row: Any, known: Metadata, sha256: str) -> Iterator[Article | Skipped]:
        if not isinstance(row, Mapping) or not isinstance(row.get("text"), str):
            yield Skipped(where, STEP, "it has no field `text` with the text of an article")
            return
        decoded = checked(row["text"])
        if decoded.reason:
            yield Skipped(where, STEP, decoded.reason)
            return
        raw = Raw(path, decoded.text, metadata_of(row).over(known), sha256, decoded.repaired)
        yield from self._article(raw, where)

    def _article(self, raw: Raw, where: str | None = None) -> Iterator[Article | Skipped]:
        reason = language_reason(raw.text)
        if reason:
            yield Skipped(where or raw.path, STEP, reason)
            return
        yield article_of(replace(raw, metadata=raw.metadata.over(self.defaults)))
        yield from raw.metadata.refused


def article_of(raw: Raw) -> Article:
    """Make the article of a text and its metadata, with its blocks."""
    known = raw.metadata
    article = Article(
        id=article_id(url=known.url, outlet=known.outlet, published=known.published, text=raw.text),
        text=raw.text,
        path=raw.path,
        url=known.url,
        outlet=known.outlet,
        authors=known.authors,
        published=known.published,
        modified=known.modified,
        language=known.language or "en",
        sha256=raw.sha256,
        repaired=raw.repaired,
        credit=Name(raw.agency) if raw.agency else None,
    )
    return with_blocks(article, title=known.title)


def _defaults(settings: Settings) -> Metadata:
    published = iso_date(settings.published) if settings.published else None
    if settings.published and published is None:
        raise UsageError(f"The publication date {settings.published!r} is not a full date: write it as 2022-01-27.")
    return Metadata(outlet=settings.outlet, published=published)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
