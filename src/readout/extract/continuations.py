"""Give a quotation without a cue the speaker of the turn that it goes on with, or say why nobody has said it."""

from collections.abc import Iterator

from readout.extract.drafts import Draft
from readout.extract.layout import SENTENCE_ENDS, Layout
from readout.extract.nominals import FINITE_TAGS, Range, trimmed
from readout.extract.turns import ENDS_SENTENCE, INNER_MARKS

LONG_QUOTATION = 6  # words of a quotation that can be a clause of its own
LONGEST_REST = 15  # words after it that end its sentence
SCARE_WORDS = 3  # shorter quotations need a cue of their own


def continued(drafts: list[Draft], layout: Layout) -> Iterator[tuple[int, Draft | None, str]]:
    """Yield each outermost quotation that no draft covers, the draft whose turn it continues if any, and the reason."""
    by_quotation = {
        layout.outer[i]: draft
        for draft in drafts
        for i in _content_tokens(draft)
        if layout.outer[i] >= 0 and layout.outer[i] != layout.outer[draft.head]
    }
    for index, quotation in enumerate(layout.quotations):
        if quotation.depth or index in by_quotation:
            continue
        start, _ = layout.tokens(quotation, marks=True)
        if not _stands_alone(index, layout):
            yield (
                index,
                None,
                "words in quotation marks that nobody is said to have said: a title, a name or a scare quote",
            )
            continue
        before = _turn_before(index, start, drafts, layout, by_quotation)
        if before is None:
            yield index, None, "a quotation without a cue, after no statement whose turn it could continue"
            continue
        by_quotation[index] = before
        yield index, before, "a quotation without a cue continues the turn of the statement before it"


def _content_tokens(draft: Draft) -> Iterator[int]:
    for start, stop in draft.ranges:
        yield from range(start, stop)


def _stands_alone(index: int, layout: Layout) -> bool:
    """Is the quotation a sentence of its own: opened where a sentence starts, closed where one ends?"""
    doc, quotation = layout.doc, layout.quotations[index]
    start, stop = layout.tokens(quotation, marks=True)
    words = quotation.inner.text.split()
    opens = _starts_unit(start, layout)
    ends = (
        quotation.inner.text.rstrip(INNER_MARKS).endswith(ENDS_SENTENCE)
        or not quotation.closed
        or stop >= len(doc)
        or doc[stop].text in SENTENCE_ENDS
    )
    return opens and len(words) >= SCARE_WORDS and (ends or _rest_of_clause(index, layout) > stop)


def _rest_of_clause(index: int, layout: Layout) -> int:
    """Return where the sentence of a quotation ends that goes on in plain words: "“They are not ready” to go"."""
    start, stop = layout.tokens(layout.quotations[index], marks=True)
    doc, limit = layout.doc, layout.sentence[max(start, stop - 1)][1]
    clausal = stop - start > LONG_QUOTATION and any(doc[i].tag_ in FINITE_TAGS for i in range(start, stop))
    if not clausal or stop >= limit or doc[stop].is_punct or doc[stop - 2].text in (*ENDS_SENTENCE, ","):
        return stop
    rest = range(stop, limit)
    plain = not any(doc[i].tag_ in FINITE_TAGS or layout.quoted(i) or doc[i].text == "," for i in rest)
    return limit if plain and len(rest) <= LONGEST_REST else stop


def _starts_unit(start: int, layout: Layout) -> bool:
    doc = layout.doc
    before = start - 1
    while before >= 0 and doc[before].is_space and layout.paragraph[before] == layout.paragraph[start]:
        before -= 1
    if before < 0 or layout.paragraph[before] != layout.paragraph[start]:
        return True
    return doc[before].text in SENTENCE_ENDS | {":", ","} | {"”", '"', "''", "’"} or start == layout.sentence[start][0]


def _turn_before(
    index: int, start: int, drafts: list[Draft], layout: Layout, by_quotation: dict[int, Draft]
) -> Draft | None:
    """Return the statement that ends right before a quotation: in the sentence or paragraph before it."""
    sentence_before = _sentence_before(start, layout)
    if sentence_before is None:
        return None
    first, stop = sentence_before
    previous = by_quotation.get(layout.outer[_last_word(first, stop, layout)])
    if previous is not None:
        return previous
    same_paragraph = layout.paragraph[first] == layout.paragraph[start]
    candidates = [draft for draft in drafts if first <= draft.head < stop and not layout.quoted(draft.head)]
    spoken = [draft for draft in candidates if draft.cue is not None and draft.cue.cls in {"speech", "demand"}]
    if not same_paragraph:
        spoken = [draft for draft in spoken if draft.rule in {"quotation_then_cue", "cue_then_quotation"}]
    return spoken[0] if spoken else None


def _sentence_before(start: int, layout: Layout) -> Range | None:
    first = layout.sentence[start][0]
    before = (first if first < start else start) - 1
    if first < start:
        return first, start
    while before >= 0 and layout.doc[before].is_space:
        before -= 1
    return layout.sentence[before] if before >= 0 else None


def _last_word(first: int, stop: int, layout: Layout) -> int:
    return next((i for i in range(stop - 1, first, -1) if not layout.doc[i].is_space), first)


def quotation_ranges(index: int, layout: Layout) -> tuple[Range, ...]:
    """Return the tokens of a quotation as content."""
    start, _ = layout.tokens(layout.quotations[index], marks=True)
    return trimmed(((start, _rest_of_clause(index, layout)),), layout)
