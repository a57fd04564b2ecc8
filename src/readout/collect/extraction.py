"""Take the article out of a page: its lines without page residue, and what the page says about it.

Runs in a process of its own (page_worker.py): hostile pages cost time and memory here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import trafilatura
from htmldate import find_date
from lxml import html
from lxml.html import HtmlElement

from readout.collect.headlines import is_title
from readout.collect.labels import label
from readout.collect.metadata import PageData, page_data
from readout.collect.sidecars import Metadata
from readout.records import BlockKind

EMBEDDED = ("//blockquote[contains(@class,'twitter-') or contains(@class,'instagram-') or contains(@class,'tiktok-')]",)
PARAGRAPHS = frozenset({"p", "li", "h2", "h3", "h4", "blockquote", "pre"})
AGREES = 0.75  # share of the extracted characters that JSON-LD must repeat before it may overrule the rest
MISSING = 1.4  # JSON-LD is this many times longer than what was extracted of it: paragraphs were missed
SHORT = 4  # words; a shorter line is kept on the say of the extraction alone
FEWEST_WORDS = 12  # of an article; fewer are the words of a menu or a button
RECALL = 3.0  # a page of which careful extraction leaves a third is extracted less carefully
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})", re.IGNORECASE)
DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
ENTITIES = re.compile(r"\A\s*<!DOCTYPE[^>\[]{0,200}\[[^\]]*\]\s*>", re.IGNORECASE)  # an XML grammar; HTML has none
BETWEEN_WORDS = re.compile(r"\W+")
UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page."""

    lines: tuple[str, ...]
    metadata: Metadata
    agency: str | None = None


def extract_page(data: bytes) -> Page:
    """Return the article of a page; without lines when there is none."""
    source = decode_page(data)
    tree = html.fromstring(source) if source.strip() else None
    if tree is None:
        return Page((), Metadata())
    found = page_data(tree)
    lines = _without_title(_lines(source, tree, found), found.metadata.title)
    kept = without_residue(lines, found.metadata.title)
    if sum(len(line.split()) for line in kept) < FEWEST_WORDS:
        kept = []
    return Page(tuple(kept), _completed(found.metadata, tree), found.agency)


def decode_page(data: bytes) -> str:
    """Return the text of a page. What is UTF-8 is read as UTF-8, whatever the page claims to be."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(encoding, "replace"))
    if (unmarked := _unmarked_utf16(data[:400])) is not None:
        return _clean(data.decode(unmarked, "replace"))
    try:
        return _clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _clean(_decoded_as_claimed(data))


def without_residue(lines: Sequence[str], title: str | None) -> list[str]:
    """Return the lines that are no page residue."""
    labels = label(lines, title=title)
    return [line for line, one in zip(lines, labels, strict=True) if one.kind is not BlockKind.RESIDUE]


def _unmarked_utf16(sample: bytes) -> str | None:
    """Return the encoding when every second byte is NUL, as in Western text in UTF-16."""
    half = max(1, len(sample) // 2)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if min(even, odd) < 0.1 and max(even, odd) > 0.7:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _decoded_as_claimed(data: bytes) -> str:
    match = CHARSET.search(data[:4096])
    claimed = match[1].decode("ascii").lower() if match else "windows-1252"
    if claimed.startswith("utf"):
        return data.decode("utf-8", "replace")
    try:
        return data.decode(claimed, "replace")
    except LookupError:
        return data.decode("windows-1252", "replace")


def _clean(source: str) -> str:
    source = DECLARATION.sub("", source)
    grammar = ENTITIES.match(source)
    return UNWANTED.sub("", source[grammar.end() :] if grammar else source)


def _lines(source: str, tree: HtmlElement, found: PageData) -> list[str]:
    """Return the article's lines: what trafilatura finds, checked against the text that JSON-LD repeats."""
    lines = _extracted(source, precise=True)
    stated = _squeezed(" ".join(found.bodies))
    if not stated:
        recalled = _extracted(source, precise=False)
        return recalled if _size(recalled) > RECALL * _size(lines) else lines
    if len(stated) > MISSING * _size(lines):
        lines = _guided(tree, stated, lines)
    repeated = [line for line in lines if _squeezed(line) in stated]
    if _size(repeated) < AGREES * _size(lines) or found.live:
        return lines
    return [line for line in lines if len(line.split()) < SHORT or _squeezed(line) in stated]


def _extracted(source: str, *, precise: bool) -> list[str]:
    text = trafilatura.extract(
        source,
        favor_precision=precise,
        include_comments=False,
        include_tables=False,
        prune_xpath=list(EMBEDDED),
    )
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def _guided(tree: HtmlElement, stated: str, lines: Iterable[str]) -> list[str]:
    """Return the page's paragraphs that JSON-LD or the extraction has, in the order of the page."""
    known = {_squeezed(line) for line in lines}
    guided: list[str] = []
    for text in _paragraphs(tree):
        squeezed = _squeezed(text)
        if squeezed and (squeezed in known or (len(squeezed) > 12 and squeezed in stated)) and text not in guided:
            guided.append(text)
    return guided if _size(guided) >= sum(map(len, known)) else list(lines)


def _paragraphs(tree: HtmlElement) -> Iterator[str]:
    for element in tree.iter(*PARAGRAPHS):
        if not any(child.tag in PARAGRAPHS for child in element.iterdescendants()):
            text = " ".join(element.text_content().split())
            if text:
                yield text


def _without_title(lines: Sequence[str], title: str | None) -> list[str]:
    """Leave out the headline where the extraction has put it among the first lines."""
    return [line for index, line in enumerate(lines) if index > 2 or not title or not is_title(line, title)]


def _completed(metadata: Metadata, tree: HtmlElement) -> Metadata:
    """Fill what the page's own markup left empty. Never the authors: what is guessed of them is wrong too often."""
    if metadata.title and metadata.published and metadata.outlet:
        return metadata
    guessed = trafilatura.extract_metadata(tree, extensive=False)
    return replace(
        metadata,
        title=metadata.title or guessed.title,
        outlet=metadata.outlet or guessed.sitename,
        published=metadata.published or find_date(tree, extensive_search=False, original_date=True),
    )


def _squeezed(text: str) -> str:
    return BETWEEN_WORDS.sub("", text.lower())


def _size(lines: Iterable[str]) -> int:
    return sum(len(_squeezed(line)) for line in lines)
