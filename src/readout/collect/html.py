"""Get the article of a page from a process that may be killed: hostile pages cost minutes and gigabytes."""

import json
import re
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from readout.collect.sidecars import Metadata
from readout.errors import UnreadableInput
from readout.settings import Settings

STEP = "collect.html"
MOST_TAGS = 50_000
MEMORY = 2_000_000_000  # bytes that the process may ask for
MOST_ATTRIBUTES = 5_000  # of one tag
TAG = re.compile(rb"<[a-zA-Z]")
LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{20000,}")
ATTRIBUTE = re.compile(rb"\s[\w:-]+=")
PATIENCE = 0.95  # share of the time allowed after which a page is given up; to end the process takes the rest
LENGTH = struct.Struct(">Q")
READY = b"R"  # what the process says when it can take pages
START_SECONDS = 120.0  # loading takes one second, more on a busy machine


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page gave: its lines, what it says about itself, and an agency among its authors."""

    lines: tuple[str, ...]
    metadata: Metadata
    agency: str | None = None


class PageProcess:
    """The process that takes articles out of pages; started when first needed, and again when it had to be killed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "PageProcess":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: str, data: bytes) -> PageText:
        """Return the article of a page; raise UnreadableInput with the reason when it gives none in time."""
        _check(path, data, self.settings)
        answer = self._ask(path, data)
        if answer.get("reason"):
            raise UnreadableInput(path, STEP, str(answer["reason"]))
        if not answer["lines"]:
            raise UnreadableInput(path, STEP, "no article was found in this page")
        stated = {**answer["metadata"], "authors": tuple(answer["metadata"]["authors"]), "refused": ()}
        return PageText(tuple(answer["lines"]), Metadata(**stated), answer["agency"])

    def close(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def _ask(self, path: str, data: bytes) -> Mapping[str, Any]:
        process = self.process = self.process or _started()
        started, patience = time.monotonic(), PATIENCE * self.settings.page_seconds
        timer = threading.Timer(patience, process.kill)
        timer.start()
        try:
            answer = _exchange(process, data)
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            late = time.monotonic() - started >= patience
            raise UnreadableInput(path, STEP, self._failure(late=late))
        return answer

    def _failure(self, *, late: bool) -> str:
        if late:
            return f"the page was given up after {self.settings.page_seconds:g} seconds"
        return f"the page could not be read within {MEMORY // 1_000_000_000} GB of memory, or its markup is broken"


def _check(path: str, data: bytes, settings: Settings) -> None:
    if len(data) > settings.page_limit:
        raise UnreadableInput(path, STEP, f"the page is larger than {settings.page_limit:,} bytes")
    tags = sum(1 for _ in TAG.finditer(data))
    if tags > MOST_TAGS:
        raise UnreadableInput(path, STEP, f"the page has {tags:,} tags, more than {MOST_TAGS:,}")
    attributes = max((sum(1 for _ in ATTRIBUTE.finditer(tag[0])) for tag in LONG_TAG.finditer(data)), default=0)
    if attributes > MOST_ATTRIBUTES:
        reason = f"the page has a tag with {attributes:,} attributes, more than {MOST_ATTRIBUTES:,}"
        raise UnreadableInput(path, STEP, reason)


def _started() -> subprocess.Popen[bytes]:
    """Start the process and wait until it has loaded what it needs: that is not the page's time."""
    command = [sys.executable, "-P", "-m", "readout.collect.page_worker", str(MEMORY)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    timer = threading.Timer(START_SECONDS, process.kill)
    timer.start()
    if process.stdout is not None:
        process.stdout.read(len(READY))
    timer.cancel()
    return process


def _exchange(process: subprocess.Popen[bytes], data: bytes) -> Mapping[str, Any] | None:
    """Send a page and wait for its article; None when the process has ended instead."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(LENGTH.pack(len(data)) + data)
        process.stdin.flush()
    except OSError:
        return None
    head = process.stdout.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    body = process.stdout.read(LENGTH.unpack(head)[0])
    return json.loads(body) if len(body) == LENGTH.unpack(head)[0] else None
