"""The process behind html.py: pages in on standard input, articles out on standard output, until the input ends."""

import json
import os
import struct
import sys
from dataclasses import asdict
from typing import BinaryIO

LENGTH = struct.Struct(">Q")
READY = b"R"  # as in html.py, which this process does not import


def main() -> None:
    """Answer one page after the other; what third-party code prints goes nowhere."""
    limit_memory(int(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    import readout.collect.extraction  # noqa: F401, PLC0415  # after the memory limit is set, before the clock runs

    answers.write(READY)
    answers.flush()
    while (data := _page(sys.stdin.buffer)) is not None:
        body = json.dumps(answer(data)).encode()
        answers.write(LENGTH.pack(len(body)) + body)
        answers.flush()


def limit_memory(size: int) -> None:
    """Let the system refuse more memory than this, where it can."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def answer(data: bytes) -> dict[str, object]:
    """Return the article of a page as plain data, or the reason why there is none. Other errors end the process."""
    from lxml.etree import LxmlError  # noqa: PLC0415  # after the memory limit is set

    from readout.collect.extraction import extract_page  # noqa: PLC0415

    try:
        return asdict(extract_page(data))
    except (RecursionError, MemoryError):
        return {"reason": "the page is nested too deeply, or too large, to be read"}
    except (LxmlError, ValueError) as error:
        return {"reason": f"the page could not be parsed: {error}"}


def _page(stream: BinaryIO) -> bytes | None:
    head = stream.read(LENGTH.size)
    return stream.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


if __name__ == "__main__":
    main()
