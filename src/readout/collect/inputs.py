"""List what is to be read: files, folders, globs and standard input, each with its format."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from readout.provenance import Skipped

STEP = "collect.inputs"
STDIN = "-"
MARKUP = re.compile(rb"<(?:html|head|body|title|article|meta|div)\b")
GLOB = re.compile(r"[*?\[]")


class Format(StrEnum):
    """How an input is written."""

    TEXT = "text"
    PAGE = "page"
    LINES = "lines"  # JSONL: an article a line
    JSON = "json"
    UNKNOWN = "unknown"  # its first bytes decide


FORMATS = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.TEXT,
    ".html": Format.PAGE,
    ".htm": Format.PAGE,
    ".xhtml": Format.PAGE,
    ".jsonl": Format.LINES,
    ".ndjson": Format.LINES,
    ".json": Format.JSON,
}
BESIDE = frozenset(
    {".json", ".yaml", ".yml", ".csv", ".tsv"}
)  # files with metadata of others; no articles by themselves


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: its path as given, and its format as far as the name tells."""

    path: str
    format: Format


def list_inputs(paths: Iterable[str]) -> Iterator[Input | Skipped]:
    """Yield every input behind these paths once, in order; folders and globs sorted; what cannot be read as Skipped."""
    seen: set[str] = set()
    for path in paths:
        for one in _expand(path):
            key = one.what if isinstance(one, Skipped) else str(Path(one.path).resolve())
            if key not in seen or one == Input(STDIN, Format.UNKNOWN):
                seen.add(key)
                yield one


def count_inputs(paths: Iterable[str]) -> int | None:
    """Return how many articles there are at most to come, for a progress bar; None when only reading would tell."""
    count = 0
    for one in list_inputs(paths):
        if isinstance(one, Input) and one.format in {Format.TEXT, Format.PAGE}:
            count += 1
        elif isinstance(one, Input) and one.format is Format.LINES and not one.path.endswith(".gz"):
            count += _lines(Path(one.path))
        elif isinstance(one, Input):
            return None
    return count


def format_of(path: Path) -> Format:
    """Return the format that a file's name promises."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    return FORMATS.get(suffixes[-1], Format.UNKNOWN) if suffixes else Format.UNKNOWN


def sniff(head: bytes) -> Format:
    """Return the format that the first bytes of an input show."""
    start = head[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return Format.LINES
    lowered = start.lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")) or (
        lowered.startswith(b"<") and MARKUP.search(lowered)
    ):
        return Format.PAGE
    return Format.TEXT


def _expand(path: str) -> Iterator[Input | Skipped]:
    if path == STDIN:
        yield Input(STDIN, Format.UNKNOWN)
        return
    place = Path(path)
    if place.is_dir():
        yield from _folder(place)
    elif place.exists():
        yield Input(path, format_of(place))
    elif GLOB.search(path):
        yield from _glob(path)
    else:
        yield Skipped(path, STEP, "there is no such file or folder")


def _glob(pattern: str) -> Iterator[Input | Skipped]:
    place = Path(pattern)
    root = Path(place.anchor) if place.anchor else Path()
    relative = str(place.relative_to(root)) if place.anchor else pattern
    found = sorted(path for path in root.glob(relative) if not path.name.startswith("."))
    if not found:
        yield Skipped(pattern, STEP, "no file matches this pattern")
    for path in found:
        yield from _folder(path) if path.is_dir() else [Input(str(path), format_of(path))]


def _folder(folder: Path) -> Iterator[Input | Skipped]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path, folder))
    if not files:
        yield Skipped(str(folder), STEP, "the folder contains no file")
    articles = {name for path in files if format_of(path) in {Format.TEXT, Format.PAGE} for name in (path, _stem(path))}
    for path in files:
        format_ = format_of(path)
        if path.suffix.lower() in BESIDE and (format_ is not Format.JSON or _stem(path) in articles):
            continue
        if format_ is Format.UNKNOWN:
            yield Skipped(str(path), STEP, f"files of the kind {path.suffix or path.name!r} are not read")
        else:
            yield Input(str(path), format_)


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _stem(path: Path) -> Path:
    """Return the path without its format and compression: `a/b.html.gz` -> `a/b`."""
    bare = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    return bare.with_suffix("")


def _lines(path: Path) -> int:
    try:
        with path.open("rb") as file:
            return sum(1 for line in file if line.strip())
    except OSError:
        return 0
