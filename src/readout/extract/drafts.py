"""A statement in the making: a cue, what it reports and who speaks, as tokens; and how drafts come from single cues."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from readout.extract.clauses import TOLD, Content
from readout.extract.contents import content_of
from readout.extract.cues import Cue, CueMatch
from readout.extract.extents import limits
from readout.extract.layout import SENTENCE_ENDS, Layout
from readout.extract.nominals import FINITE_TAGS, Range, iterate, names_time, noun_phrase, trimmed
from readout.extract.sources import NOMINAL, Found, distant_subject, inverted_subject, source_of
from readout.extract.wordclasses import word_class

SUBORDINATORS = frozenset(
    {
        "if",
        "when",
        "while",
        "as",
        "after",
        "because",
        "although",
        "though",
        "since",
        "unless",
        "until",
        "before",
        "but",
        "and",
        "so",
    }
)
INSERTED_ADJUNCTS = 8  # words after the verb of an inserted cue: "said on Friday in Geneva"
GOES_ON = frozenset(
    {
        "until",
        "because",
        "unless",
        "including",
        "for",
        "with",
        "without",
        "despite",
        "so",
        "than",
        "but",
        "to",
        "that",
        "particularly",
        "especially",
    }
)
OBJECT_PRONOUNS = frozenset({"me", "him", "them", "us", "himself", "herself", "itself", "themselves"})
ANYBODY = frozenset({"you", "anyone", "anybody", "someone", "somebody", "everyone", "everybody", "one", "nobody"})
RELATIVE_TAGS = frozenset({"WP", "WDT"})
MAX_ADJUNCTS = 14  # words after the verb of a cue that ends its sentence
DASHES = frozenset({"-", "–", "—", "―", "--"})


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the way on which words reached the reader: who relayed them, at which cue."""

    match: CueMatch
    source: Found


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it has an id. `clause` is where its cue, speaker and channel stand."""

    ranges: tuple[Range, ...]
    source: Found
    rule: str
    match: CueMatch | None = None
    cue: Cue | None = None
    asked: Token | None = None
    links: tuple[Link, ...] = ()
    clause: Range = (0, 0)
    inherited: bool = False
    label: int | None = None  # the colon or dash that stands for a cue
    cut: tuple[tuple[str, int, int], ...] = ()

    @property
    def head(self) -> int:
        """The token of the cue, or the first of the content."""
        if self.match is None:
            return self.ranges[0][0] if self.label is None else self.label
        return self.match.head.i

    def covers(self, index: int) -> bool:
        """Does a token belong to the content?"""
        if len(self.ranges) == 1:
            start, stop = self.ranges[0]
            return start <= index < stop
        return any(start <= index < stop for start, stop in self.ranges)


def drafts_of(match: CueMatch, layout: Layout) -> Iterator[Draft]:
    """Yield what one cue reports: what follows it, else the clause that it is put into or after."""
    source = source_of(match, layout)
    inserted = _inserted(match, source, layout)
    if inserted is not None:
        yield inserted
        return
    for cue in match.cues:
        content = content_of(match, cue, layout)
        if content is None or not _may_say(cue, content, source):
            continue
        draft = _draft(match, cue, content, _outside(content, source, match, layout), layout)
        if draft is not None and is_plausible(draft, layout):
            yield draft
            return
    draft = _as_reported(match, source, layout) or _parenthetical_of(match, source, layout)
    if draft is not None:
        yield draft


def _as_reported(match: CueMatch, source: Found, layout: Layout) -> Draft | None:
    """Find the clause beside "as (first) reported by X," that opens or ends its sentence."""
    doc, head = layout.doc, match.head
    first, last = layout.sentence[head.i]
    left = next((i for i in (head.i - 1, head.i - 2) if i >= first and doc[i].lower_ == "as"), None)
    if left is None or head.tag_ != "VBN" or source.rule != "agent" or source.token is None or layout.quoted(head.i):
        return None
    right = next((i for i in range(source.token.i, last) if doc[i].text == ","), last)
    around = (right + 1, last) if left == first else (first, left) if doc[left - 1].text == "," else None
    ranges = trimmed((around,), layout) if around is not None and around[0] < around[1] else ()
    cue = match.cues[0]
    fits = cue.kind == "verbs" and cue.cls == "speech" and any(_has_finite_verb(one, layout) for one in ranges)
    return Draft(ranges, source, "parenthetical", match, cue, clause=(left, right)) if fits else None


def _parenthetical_of(match: CueMatch, source: Found, layout: Layout) -> Draft | None:
    if match.head.tag_ == "VBN" and match.head.dep_ in {"acl", "amod", "advcl"}:
        return None  # "also known as"
    if source.rule == "instead_of_thing" and match.head.tag_ not in FINITE_TAGS:
        return None  # "you have no way of knowing"
    for cue in match.cues:
        if cue.kind == "verbs" and cue.cls in {"speech", "belief"} and "that" in cue.frames:
            apt = source.token is not None and not _has_object(match, cue)
            return parenthetical(match, cue, source, layout) if apt else None
    return None


def _is_beside(subject: int, match: CueMatch, right: int) -> bool:
    """Does the subject stand before its verb, or inverted right after it?"""
    return subject < match.head.i or subject < right


def _has_object(match: CueMatch, cue: Cue) -> bool:
    """Has the verb an object that is no addressee: "held rallies"? Then it reports no clause."""
    objects = [child for child in match.head.children if child.dep_ == "obj" and child.i >= match.stop]
    return bool(objects) and cue.words[0] not in TOLD and not any(names_time(child) for child in objects)


def _inserted(match: CueMatch, source: Found, layout: Layout) -> Draft | None:
    """Return the clause that a cue between commas is put into: "If it rains, she said, we stay"."""
    if match.cues[0].kind != "verbs" or match.head.tag_ not in FINITE_TAGS or source.token is None:
        return None
    left, right = _cue_clause(match, source, layout)
    first, last = limits(match, layout)
    doc = layout.doc
    between = first < left and doc[left - 1].text == "," and right + 1 < last and doc[right].text == ","
    plain = between and right - match.stop <= INSERTED_ADJUNCTS and doc[left].tag_ not in {"WP", "WDT", "CC"}
    plain = plain and doc[right + 1].lower_ != "that" and _is_beside(source.token.i, match, right)
    return _parenthetical_of(match, source, layout) if plain else None


def _may_say(cue: Cue, content: Content, source: Found) -> bool:
    """Can this source say such content with this cue? Polls "show" an object, people do not."""
    if not cue.said_by or content.rule == "that_clause":
        return True
    return source.token is not None and source.token.lemma_.lower() in cue.said_by


def _outside(content: Content, source: Found, match: CueMatch, layout: Layout) -> Found:
    """Return the source; when the parser has put it into the content, the nominal that stands before the cue."""
    token = source.token
    if token is None or content.frame == "to" or not any(start <= token.i < stop for start, stop in content.ranges):
        return source
    found = distant_subject(match.head, layout)
    return Found(found, "distant_subject") if found is not None else source


def _draft(match: CueMatch, cue: Cue, content: Content, source: Found, layout: Layout) -> Draft | None:
    ranges = trimmed(content.ranges, layout, layout.inner[match.head.i])
    if not ranges:
        return None
    return Draft(ranges, source, content.rule, match, cue, content.asked, clause=clause_of(match, ranges, layout))


def clause_of(match: CueMatch, ranges: tuple[Range, ...], layout: Layout) -> Range:
    """Return the tokens of the sentence in which the cue's own adjuncts can stand."""
    return layout.sentence[match.head.i]


def is_plausible(draft: Draft, layout: Layout) -> bool:
    """Is this attributed to somebody at all? Nobody's beliefs, wants and objects are not."""
    cue, match = draft.cue, draft.match
    if cue is None or match is None:
        return True
    if draft.source.token is None:
        impersonal = draft.source.reason is not None and draft.source.rule in {"agent", "subject"}
        reported = (
            cue.kind == "verbs"
            and draft.rule in {"that_clause", "infinitive", "asked_passive"}
            and (match.head.tag_ == "VBN" or cue.raising)
        )
        judged = draft.rule in {"named", "seen_as"} and any(layout.quoted(i) for i in iterate(draft.ranges))
        return impersonal and (reported or (judged and not layout.quoted(match.head.i)))
    if draft.covers(draft.source.token.i) and draft.rule not in {"infinitive"}:
        return False
    if cue.cls in {"belief", "intention"} and draft.source.token.lower_ in ANYBODY:
        return False
    return not (cue.possessed and draft.source.rule not in {"possessive", "giver", "subject_of_light_verb"})


def parenthetical(match: CueMatch, cue: Cue, source: Found, layout: Layout) -> Draft | None:
    """Find a clause that the cue follows or interrupts: "Talks, he said, have failed"."""
    doc = layout.doc
    first, last = limits(match, layout)
    left, right = _cue_clause(match, source, layout)
    if left == first and doc[left].lower_ == "as" and right + 2 < last and doc[right].text == ",":
        ranges = trimmed(((right + 1, last),), layout)
        return Draft(ranges, source, "parenthetical", match, cue, clause=(left, right)) if ranges else None
    asks = doc[left].tag_ == "WRB"  # "The park, where protesters have gathered, is near the stadium"
    if left <= first or asks or not _is_boundary(left - 1, layout) or right - match.stop > MAX_ADJUNCTS:
        return None
    if any(doc[index].tag_ in FINITE_TAGS for index in range(match.stop, right)):
        return None
    opening = _opening_of_aside(left, first, layout)
    aside = opening > first and right + 1 < last
    before = (opening, left - 1) if aside else (first, left)
    after = (right + 1, _end_of_aside(right + 1, last, layout)) if aside else _continuation(before, right, last, layout)
    if not _has_finite_verb(before, layout) and after is None:
        return None
    ranges = trimmed((before, after) if after else (before,), layout, layout.inner[match.head.i])
    if not ranges or (ranges[0][1] - ranges[0][0] < 2 and not aside):
        return None
    told = _told(match, doc[right - 1])
    told = None if told == source.token else told
    return Draft(ranges, source, "parenthetical", match, cue, told, clause=(left, right))


def _opening_of_aside(left: int, first: int, layout: Layout) -> int:
    """Return where the relative clause opens that a cue is put into: ", [whom], she said,", ", [all of which], …"."""
    start = left - 2
    if start <= first or layout.doc[start].tag_ not in RELATIVE_TAGS:
        return first
    while start > first and layout.doc[start - 1].text != ",":
        start -= 1
    return start


def _end_of_aside(start: int, last: int, layout: Layout) -> int:
    """Return where a relative clause ends: at its next comma or the end of the sentence."""
    ends = {",", ";"} | SENTENCE_ENDS | DASHES
    return next((i for i in range(start + 1, last) if layout.doc[i].text in ends and not layout.quoted(i)), last)


def _cue_clause(match: CueMatch, source: Found, layout: Layout) -> Range:
    """Return the tokens of an inserted cue: subject, verb, adjuncts up to the next comma or end."""
    doc = layout.doc
    first, last = layout.sentence[match.head.i]
    left = match.head.i
    if source.token is not None and source.token.i < left:
        left = noun_phrase(source.token, layout)[0]
    for child in match.head.children:
        if (
            child.dep_ in {"aux", "advmod", "aux:pass"}
            and left > child.i >= first
            and not any(doc[i].is_punct for i in range(child.i, left))
        ):
            left = child.i
    if left - 1 >= first and doc[left - 1].lower_ in {"as", "so"}:
        left -= 1
    right = match.stop
    while (
        right < last
        and not (doc[right].text in {",", ";", ":"} | SENTENCE_ENDS | DASHES and not _abbreviates(right, layout))
        and (layout.outer[right] == layout.outer[match.head.i])
    ):
        right += 1
    return left, right


def _abbreviates(index: int, layout: Layout) -> bool:
    return layout.doc[index].text == "." and index + 1 < len(layout.doc) and not layout.doc[index].whitespace_


def _is_boundary(index: int, layout: Layout) -> bool:
    doc = layout.doc
    return doc[index].text in {","} | DASHES or (layout.outer[index] >= 0 and doc[index].is_punct)


def _continuation(before: Range, right: int, last: int, layout: Layout) -> Range | None:
    """Return the rest of an interrupted clause; None when what follows is something else."""
    doc = layout.doc
    if right >= last or doc[right].text not in {","} | DASHES or right + 2 >= last:
        return None
    opening = doc[right + 1]
    finite = any(doc[index].tag_ in FINITE_TAGS for index in range(*before))
    broken_off = not finite or doc[before[0]].lower_ in SUBORDINATORS or doc[before[1] - 2].tag_ == "WRB"
    if opening.lower_ in GOES_ON or (broken_off and opening.tag_ == "VBG"):
        return right + 1, last
    if opening.tag_ in {"VBG", "WDT", "WP", "VBN"} or opening.lower_ in {"according", "who", "which", "citing"}:
        return None
    return (right + 1, last) if broken_off or opening.dep_ == "cc" else None


def _has_finite_verb(span: Range, layout: Layout) -> bool:
    return any(layout.doc[index].tag_ in FINITE_TAGS or layout.doc[index].tag_ == "VB" for index in range(*span))


def _told(match: CueMatch, last: Token) -> Token | None:
    """Return the object of "told" when the content stands before it."""
    for child in match.head.children:
        if child.dep_ in {"obj", "iobj", "dobj"} and match.head.i < child.i <= last.i and word_class(child) in NOMINAL:
            return child
    return None


def direct(match: CueMatch, ranges: tuple[Range, ...], rule: str, layout: Layout) -> Draft:
    """Return the draft of a quotation beside its cue."""
    cue = next((cue for cue in match.cues if "quote" in cue.frames), match.cues[0])
    source = source_of(match, layout)
    if source.token is None or any(start <= source.token.i < stop for start, stop in ranges):
        source = _speaker_beside(match, ranges, layout)
    stop = layout.sentence[match.head.i][1]
    left, right = _cue_clause(match, source, layout)
    asked = _told(match, layout.doc[stop - 1])
    if asked is not None and (asked == source.token or any(s <= asked.i < e for s, e in ranges)):
        asked = None
    return Draft(ranges, source, rule, match, cue, asked, clause=(left, right))


def _speaker_beside(match: CueMatch, ranges: tuple[Range, ...], layout: Layout) -> Found:
    """Find the speaker by position: the nominal before the verb, or the phrase after it."""
    doc = layout.doc
    covered = set(iterate(ranges))
    first, last = layout.sentence[match.head.i]
    if match.head.i and not (match.head.i - 1 in covered or doc[match.head.i - 1].is_quote):
        before = distant_subject(match.head, layout)
        if before is not None and before.i not in covered:
            return Found(before, "distant_subject")
    after = inverted_subject(match.head, layout, last)
    if after is not None and after.i not in covered and after.lower_ not in OBJECT_PRONOUNS:
        return Found(after, "inverted_subject")
    for index in range(match.head.i - 1, max(first, match.head.i - 12) - 1, -1):
        if index in covered or layout.outer[index] != layout.outer[match.head.i]:
            break
        if word_class(doc[index]) in NOMINAL and doc[index].ent_type_ not in {"DATE", "TIME"}:
            return Found(doc[index], "nominal_before")
    return Found(None, "nominal_before", "nobody is named beside the cue")


def without(draft: Draft, ranges: tuple[Range, ...], cut: tuple[str, int, int]) -> Draft:
    """Return the draft with other content, and a note of what was left out and why."""
    return replace(draft, ranges=ranges, cut=(*draft.cut, cut))
