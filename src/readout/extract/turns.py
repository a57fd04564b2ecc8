"""Give every quotation its speaker: from the cue beside it, or from the turn that it goes on with."""

from dataclasses import dataclass, replace

from readout.extract.attribution import channel_at
from readout.extract.clauses import clause
from readout.extract.cues import CueMatch
from readout.extract.drafts import Draft, direct
from readout.extract.extents import run_on
from readout.extract.layout import Layout
from readout.extract.nominals import FINITE_TAGS, Range, names_time, trimmed
from readout.extract.wordclasses import opens_infinitive, word_class

REACH_AFTER = 30  # words after a quotation in which its cue stands: ", the deputy minister of finance, Ana Ruiz, said"
REACH_BEFORE = 14  # words between a cue and its quotation: "said in a statement on Friday:"
ENDS_OPEN = (",", "?", "!", "—", "–", "-", "…", "...")
ENDS_SENTENCE = (".", "?", "!", "…", "...", "—")
INNER_MARKS = "'’”\"»)]"
SUBORDINATORS = frozenset(
    {"though", "although", "while", "because", "when", "if", "who", "which", "as", "since", "after", "before", "so"}
)
SHORT_QUOTATION = 60  # characters of a quotation within a clause


@dataclass(frozen=True, slots=True)
class Beside:
    """A quotation and the cue beside it."""

    quotation: int
    match: CueMatch
    rule: str


def direct_drafts(matches: list[CueMatch], layout: Layout) -> list[Draft]:
    """Return the drafts of all quotations with a cue beside them, interrupted ones joined, in text order."""
    by_head = {match.head.i: match for match in matches if _can_quote(match)}
    drafts: dict[int, Draft] = {}
    for index, quotation in enumerate(layout.quotations):
        if quotation.depth:
            continue
        beside = _beside(index, by_head, layout)
        if beside is None:
            continue
        if _names_programme(index, beside, layout) or _is_asked_about(index, beside, by_head, layout):
            continue  # "On “The Hour,” Ona said the talks had failed": the name of a programme
        content = content_range(index, beside.match, layout)
        ranges: tuple[Range, ...] = (content,)
        if beside.rule == "cue_then_quotation":
            content = _run_out(content, beside.match, index, layout)
            content = content[0], _listed(content[1], by_head, layout)
            lead = _clause_to_colon(beside.match, content[0], layout)
            ranges = (lead, content) if lead is not None else (content,)
        head = beside.match.head.i
        if head in drafts:
            drafts[head] = replace(drafts[head], ranges=(*drafts[head].ranges, *ranges))
        else:
            drafts[head] = direct(beside.match, ranges, beside.rule, layout)
    return [_with_rest(draft, layout) for draft in drafts.values()]


def _run_out(content: Range, match: CueMatch, index: int, layout: Layout) -> Range:
    """Return a quotation with the words that go on from it: "said “budget cuts” and new taxes would pay for it"."""
    start, stop = content
    doc, quotation = layout.doc, layout.quotations[index]
    limit = layout.sentence[start][1]
    goes_on = stop < limit and not doc[stop].is_punct and not doc[stop].is_space
    if not (quotation.closed and goes_on) or quotation.inner.text.endswith((*ENDS_SENTENCE, ",")):
        return content
    found = (clause(match, cue, layout) for cue in match.cues if "that" in cue.frames)
    whole = next((one.ranges[0] for one in found if one is not None), None)
    if whole is not None and whole[0] <= start and whole[1] > stop:
        return min(whole[0], start), whole[1]
    if doc[stop].lower_ in SUBORDINATORS | {"to", "while"} or _is_adjunct(stop, limit, layout):
        return content
    return start, run_on(stop, limit, layout, start, match.head)


def _listed(stop: int, by_head: dict[int, CueMatch], layout: Layout) -> int:
    """Return where a list of quotations ends: "repeated “law and order,” “peace” and “strength”"."""
    doc = layout.doc
    limit = layout.sentence[stop - 1][1]
    while stop < limit and doc[stop - 1].is_quote and doc[stop - 2].text not in ENDS_SENTENCE:
        opening = next((i for i in range(stop, min(stop + 3, limit)) if layout.quoted(i)), None)
        if opening is None or any(doc[i].lower_ not in {",", "and", "or"} for i in range(stop, opening)):
            break
        if _cue_after(layout.outer[opening], by_head, layout) is not None:
            break
        stop = layout.tokens(layout.quotations[layout.outer[opening]], marks=True)[1]
    return stop


def _clause_to_colon(match: CueMatch, start: int, layout: Layout) -> Range | None:
    """Return the clause between a cue and the colon before a quotation: "said it was simple: “We lost.”"."""
    colon = start - 1
    while colon > match.stop and layout.doc[colon].is_space:
        colon -= 1
    if layout.doc[colon].text != ":" or not _verb_between(match.stop, colon, layout):
        return None
    if layout.doc[match.stop].text == ",":
        return match.stop + 1, colon
    found = (clause(match, cue, layout) for cue in match.cues if "that" in cue.frames)
    own = next((one.ranges[0] for one in found if one is not None), None)
    return (own[0], colon) if own is not None and match.stop <= own[0] < colon else None


def _is_adjunct(start: int, limit: int, layout: Layout) -> bool:
    """Is this when, where or through what somebody spoke: "on Monday", "in an interview", "Friday"?"""
    for index in range(start, min(start + 4, limit)):
        if index > start and layout.doc[index].tag_ == "IN":
            return False
        if names_time(layout.doc[index]) or channel_at(index, layout) is not None:
            return True
        if layout.doc[index].is_punct:
            return False
    return False


def _with_rest(draft: Draft, layout: Layout) -> Draft:
    """Add what goes on after the cue, from a joining word into a quotation: "“We tried,” he said, and “we lost.”"."""
    if draft.rule != "quotation_then_cue" or draft.match is None:
        return draft
    doc, (_, right) = layout.doc, draft.clause
    limit = layout.sentence[draft.head][1]
    if right + 2 >= limit or doc[right].text != "," or draft.covers(right + 1):
        return draft
    if _goes_on_after(draft, right + 1, limit, layout):
        kept = tuple(one for one in draft.ranges if one[1] <= right)
        return replace(draft, ranges=(*kept, *trimmed(((right + 1, limit),), layout))) if kept else draft
    if doc[right + 1].tag_ != "CC":
        return draft
    opening = next((i for i in range(right + 2, min(right + 6, limit)) if layout.quoted(i)), None)
    if opening is None or any(doc[i].tag_ in FINITE_TAGS for i in range(right + 1, opening)):
        return draft
    stop = layout.tokens(layout.quotations[layout.outer[opening]], marks=True)[1]
    kept = tuple(one for one in draft.ranges if one[1] <= right)
    return replace(draft, ranges=(*kept, (right + 1, stop))) if kept else draft


def _goes_on_after(draft: Draft, start: int, limit: int, layout: Layout) -> bool:
    """Does a clause go on here that its quotation has opened: "“We are concerned,” she wrote, [that it “is late.”]"?"""
    doc, opening = layout.doc, layout.doc[start]
    if layout.quoted(start) or not any(layout.quoted(i) for i in range(start, limit)):
        return False
    if opening.lower_ == "that" or opens_infinitive(opening):
        return True
    finite = opening.tag_ in FINITE_TAGS
    return finite and not any(doc[i].tag_ in FINITE_TAGS for a, b in draft.ranges for i in range(a, b))


def _names_programme(index: int, beside: Beside, layout: Layout) -> bool:
    """Do these marks hold a name in a sentence whose cue has a clause of its own: "On “The Hour,” Ona said …"?"""
    _, stop = layout.tokens(layout.quotations[index], marks=True)
    if beside.rule != "quotation_then_cue" or not _lead(index, layout):
        return False
    found = (clause(beside.match, cue, layout) for cue in beside.match.cues if "that" in cue.frames)
    own = next((one for one in found if one is not None), None)
    inverted = beside.match.head.i == stop and beside.match.head.tag_ != "VBG"
    return own is not None and not (inverted and layout.doc[own.ranges[0][0]].lower_ != "that")


def _is_asked_about(index: int, beside: Beside, by_head: dict[int, CueMatch], layout: Layout) -> bool:
    """Do these marks stand in what somebody was asked: "Asked whether it was “safe,” Ona said"?"""
    lead = _lead(index, layout)[:2] if beside.rule == "quotation_then_cue" else []
    return any(i in by_head and layout.doc[i].tag_ == "VBN" and layout.doc[i].lower_ == "asked" for i in lead)


def _can_quote(match: CueMatch) -> bool:
    return any({"quote", "clause"} & set(cue.frames) for cue in match.cues)


def content_range(index: int, match: CueMatch, layout: Layout) -> Range:
    """Return a quotation with the words of its sentence that run into it: "The deal is “dead,” she said"."""
    start, stop = layout.tokens(layout.quotations[index], marks=True)
    lead = _lead(index, layout)
    runs_in = (
        match.head.i > start
        and lead
        and layout.outer[lead[0]] < 0
        and (layout.outer[lead[-1]] < 0 or layout.doc[lead[-1] + 1].tag_ == "CC")
        and _is_one_clause(lead, layout)
        and not _is_cue_clause(lead, layout)
    )
    return (lead[0], stop) if runs_in else (start, stop)


def _lead(index: int, layout: Layout) -> list[int]:
    """Return the words of the sentence before a quotation."""
    start, _ = layout.tokens(layout.quotations[index], marks=True)
    first, _ = layout.sentence[start]
    return [i for i in range(first, start) if not (layout.doc[i].is_punct or layout.doc[i].is_space)]


def _is_one_clause(lead: list[int], layout: Layout) -> bool:
    """Do the words before a quotation hold at most a short one: "It is “dead” and “buried,” he said"?"""
    if layout.doc[lead[-1] + 1].text in {"(", "["}:
        return False
    return all(
        layout.outer[i] < 0 or len(layout.quotations[layout.outer[i]].inner.text) < SHORT_QUOTATION for i in lead
    )


def _is_cue_clause(lead: list[int], layout: Layout) -> bool:
    """Do the words before a quotation introduce it ("He was blunt:") rather than run into it?"""
    doc = layout.doc
    mark = doc[lead[-1] + 1].text
    if mark == ":":
        return True
    goes_on = mark == "," and _starts_small(lead[-1] + 2, layout) and word_class(doc[lead[0]]) != "ADP"
    return mark == "," and not goes_on and not any(doc[i].tag_ in FINITE_TAGS for i in lead[1:])


def _starts_small(start: int, layout: Layout) -> bool:
    """Does a quotation go on a sentence: does it start in lower case?"""
    word = next((layout.doc[i] for i in range(start, min(start + 3, len(layout.doc))) if layout.doc[i].is_alpha), None)
    return word is not None and word.text[0].islower()


def _beside(index: int, by_head: dict[int, CueMatch], layout: Layout) -> Beside | None:
    after = _cue_after(index, by_head, layout)
    if after is not None:
        return Beside(index, after, "quotation_then_cue")
    before = _cue_before(index, by_head, layout)
    return Beside(index, before, "cue_then_quotation") if before is not None else None


def _cue_after(index: int, by_head: dict[int, CueMatch], layout: Layout) -> CueMatch | None:
    """Find the cue that follows a quotation: "…,” said X", "…,” X said"."""
    doc, quotation = layout.doc, layout.quotations[index]
    _, stop = layout.tokens(quotation, marks=True)
    if stop >= len(doc) or not quotation.closed:
        return None
    start = stop + (doc[stop].text == ",")
    ends_open = quotation.inner.text.rstrip(INNER_MARKS).endswith(ENDS_OPEN)
    if not (ends_open or start > stop or (stop in by_head and not _lead(index, layout))):
        return _closing_cue(stop, by_head, layout) if quotation.inner.text.endswith(".") else None
    if start < len(doc) and _joins_on(start, stop, layout) and start not in by_head:
        return None
    for position in range(start, min(stop + REACH_AFTER, len(doc))):
        if position in by_head and layout.paragraph[position] == layout.paragraph[stop - 1]:
            return None if layout.quoted(position) else by_head[position]
        if _ends_speaker(position, stop, layout):
            return None
    return None


def _joins_on(start: int, stop: int, layout: Layout) -> bool:
    """Does the sentence go on after a quotation: "cries of “Shame!” at the gate", "“No,” though the union said"?"""
    token = layout.doc[start]
    return token.lower_ in SUBORDINATORS | {"that", "and", "but"} or (start == stop and token.tag_ == "IN")


def _ends_speaker(position: int, stop: int, layout: Layout) -> bool:
    """Is this a word that cannot stand between a quotation and the cue after it?"""
    doc, token = layout.doc, layout.doc[position]
    if layout.paragraph[position] != layout.paragraph[stop - 1]:
        return True
    if layout.quoted(position):
        return not _is_nickname(layout.outer[position], layout)
    if token.text in {"!", "?", ";", ":"}:
        return True
    if token.text == "." and token.whitespace_ and position + 1 < len(doc) and doc[position + 1].is_sent_start:
        return True
    finite = token.tag_ in FINITE_TAGS and word_class(token) != "AUX"
    return finite and not _in_relative_clause(position, stop, layout)


def _is_nickname(quotation: int, layout: Layout) -> bool:
    """Is this a word in quotation marks within a name: "Marta “Birdie” Lund"?"""
    text = layout.quotations[quotation].inner.text
    return text.isalpha() and text[0].isupper()


def _closing_cue(stop: int, by_head: dict[int, CueMatch], layout: Layout) -> CueMatch | None:
    """Find the cue of a quotation that was closed with a period: "“… are missing.” Ona said."."""
    doc = layout.doc
    last = next((i for i in range(stop, min(stop + 6, len(doc))) if doc[i].text == "."), None)
    if last is None or layout.paragraph[last] != layout.paragraph[stop - 1]:
        return None
    heads = [by_head[i] for i in range(stop, last) if i in by_head]
    return heads[0] if heads and heads[0].stop == last and len(heads) == 1 else None


def _in_relative_clause(position: int, start: int, layout: Layout) -> bool:
    return any(layout.doc[i].tag_ in {"WP", "WDT", "WRB"} for i in range(start, position))


def _cue_before(index: int, by_head: dict[int, CueMatch], layout: Layout) -> CueMatch | None:
    """Find the cue that leads to a quotation: "X said, “…”", "X said: “…”", also from the paragraph before."""
    doc, quotation = layout.doc, layout.quotations[index]
    start, _ = layout.tokens(quotation, marks=True)
    last = start - 1
    while last >= 0 and doc[last].is_space:
        last -= 1
    if last < 0 or layout.quoted(last):
        return None
    colon = doc[last].text == ":"
    if layout.paragraph[last] != layout.paragraph[start] and not colon:
        return None
    if not (colon or doc[last].text == ","):
        return next((m for m in by_head.values() if m.stop == last + 1 and _is_said(m)), None)
    first = layout.sentence[last][0]
    for position in range(last - 1, max(first, last - REACH_BEFORE) - 1, -1):
        if layout.quoted(position):
            return None
        if position in by_head and (colon or not _verb_between(by_head[position].stop, last, layout)):
            return by_head[position]
    return None


def _is_said(match: CueMatch) -> bool:
    return match.cues[0].kind == "verbs" and any("quote" in cue.frames for cue in match.cues)


def _verb_between(start: int, stop: int, layout: Layout) -> bool:
    return any(layout.doc[i].tag_ in FINITE_TAGS for i in range(start, stop))
