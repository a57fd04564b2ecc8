"""Open files and streams, compressed or not, and read no more of them than a limit."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

GZIP = b"\x1f\x8b"
LARGEST_STREAM = 20_000_000_000  # bytes unpacked from one compressed file of lines; a bomb is larger
CHUNK = 1 << 20


class TooLarge(Exception):
    """More bytes than the limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"it is larger than {limit:,} bytes")


@contextmanager
def opened(source: Path | BinaryIO) -> Iterator[io.BufferedReader]:
    """Open a file, or take a stream, and unpack it if it is compressed."""
    raw = source.open("rb") if isinstance(source, Path) else _buffered(source)
    try:
        yield io.BufferedReader(gzip.GzipFile(fileobj=raw)) if raw.peek(2)[:2] == GZIP else raw
    except (gzip.BadGzipFile, zlib.error) as error:
        raise OSError(f"the compression is damaged ({error})") from error
    finally:
        if isinstance(source, Path):
            raw.close()


def whole(stream: BinaryIO, limit: int) -> bytes:
    """Return all bytes of a stream; raise TooLarge at the first one over the limit."""
    chunks: list[bytes] = []
    size = 0
    while chunk := stream.read(min(CHUNK, limit + 1 - size)):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            raise TooLarge(limit)
    return b"".join(chunks)


def lines_of(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """Yield the lines of a stream; None for one that is longer than the limit."""
    total = 0
    while line := stream.readline(limit + 1):
        total += len(line)
        if total > LARGEST_STREAM:
            raise TooLarge(LARGEST_STREAM)
        if len(line) <= limit:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(CHUNK)
            total += len(line)
        yield None


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[arg-type]
