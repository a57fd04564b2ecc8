"""Find words whose speaker is named by layout alone: "OKORO: We agree.", and “We agree.” — Ada Okoro."""

from collections.abc import Iterator

from readout.extract.drafts import Draft
from readout.extract.layout import Layout
from readout.extract.nominals import Range, trimmed
from readout.extract.sources import Found

SIGNATURES = frozenset({"―", "—", "–", "--", "-"})
MAX_NAME = 6  # words of a name in a label or signature
MIN_WORDS = 3
REACH = 2 * MAX_NAME  # tokens from a paragraph's end in which its signature starts
NO_SPEAKERS = frozenset(
    {"update", "updates", "note", "photo", "photos", "video", "read", "watch", "related", "more",
     "correction", "editor", "source", "sources", "advertisement", "question", "answer", "warning",
     "breaking", "analysis", "opinion", "exclusive", "live", "listen", "fact", "verdict", "headline",
     "caption", "summary", "topic", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
     "sunday"}
)  # fmt: skip


KINDS_OF_SPEAKERS = frozenset(
    {"poll", "polls", "report", "reports", "study", "survey", "police", "officials", "experts", "prosecutors",
     "lawyer", "court", "ministry", "minister", "president", "governor", "mayor", "judge"}
)  # fmt: skip


def labelled_drafts(layout: Layout) -> list[Draft]:
    """Return the statements whose speaker stands as a label before them or as a signature after them."""
    found = []
    for start, stop in _paragraphs(layout):
        found += [draft for draft in (_with_label(start, stop, layout), _with_signature(start, stop, layout)) if draft]
    return found


def _paragraphs(layout: Layout) -> Iterator[Range]:
    start = 0
    for index in range(1, len(layout.doc) + 1):
        if index == len(layout.doc) or layout.paragraph[index] != layout.paragraph[start]:
            yield start, index
            start = index


def _with_label(start: int, stop: int, layout: Layout) -> Draft | None:
    """Find "OKORO: ..." at the start of a paragraph; a label in mixed case needs a first and a last name."""
    doc = layout.doc
    first = start
    while first < stop and (doc[first].is_space or doc[first].is_quote):
        first += 1
    colon = next((i for i in range(first, min(first + MAX_NAME, stop)) if doc[i].text == ":"), None)
    if colon is None or colon == first or not _is_name(first, colon, layout):
        return None
    ranges = trimmed(((colon + 1, stop),), layout, layout.outer[colon])
    if not ranges or ranges[0][1] - ranges[0][0] < MIN_WORDS:
        return None
    return Draft(ranges, Found(doc[colon - 1], "label", words=(first, colon)), "label", label=colon)


def _is_name(start: int, stop: int, layout: Layout) -> bool:
    words = [layout.doc[i] for i in range(start, stop) if not layout.doc[i].is_punct]
    if not words or any(word.lower_ in NO_SPEAKERS or not word.text[0].isupper() for word in words):
        return False
    if len(words) == 1 and words[0].lower_ in KINDS_OF_SPEAKERS:
        return True
    shouted = all(word.is_upper for word in words)
    return (shouted and len(words[-1]) > 1) or (len(words) > 1 and all(word.tag_ in {"NNP", "NNPS"} for word in words))


def _is_signature(index: int, layout: Layout) -> bool:
    """Is this a dash after a quotation, also one that is written together with its closing mark?"""
    token = layout.doc[index]
    if layout.quoted(index):
        return len(token) > 1 and token.text[-1] in SIGNATURES and not token.text[0].isalnum()
    return token.text in SIGNATURES


def _with_signature(start: int, stop: int, layout: Layout) -> Draft | None:
    """Find a quotation that fills a paragraph up to a dash and a name."""
    doc = layout.doc
    dash = next((i for i in range(stop - 1, max(start, stop - REACH), -1) if _is_signature(i, layout)), None)
    if dash is None:
        return None
    last = dash if layout.quoted(dash) else dash - 1
    while last > start and doc[last].is_space:
        last -= 1
    name = [i for i in range(dash + 1, stop) if not doc[i].is_space and not doc[i].is_punct]
    if not layout.quoted(last) or not 1 <= len(name) <= MAX_NAME or not all(doc[i].text[0].isupper() for i in name):
        return None
    ranges = trimmed((layout.tokens(layout.quotations[layout.outer[last]], marks=True),), layout)
    return (
        Draft(ranges, Found(doc[name[-1]], "signature", words=(name[0], name[-1] + 1)), "signature", label=dash)
        if ranges
        else None
    )
