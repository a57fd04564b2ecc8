"""Find what a cue reports: the clause, infinitive, object or phrase that its frame allows, as ranges of tokens."""

from collections.abc import Callable

from spacy.tokens import Token

from readout.extract.attribution import channel_at
from readout.extract.clauses import Content, clause
from readout.extract.cues import Cue, CueMatch
from readout.extract.extents import limits, right_end, run_on
from readout.extract.infinitives import SIDE_CLAUSE_MARKS, asked_infinitive, gerund, infinitive
from readout.extract.layout import Layout
from readout.extract.nominals import (
    EMPTY_OBJECTS,
    FINITE_TAGS,
    SUBJECTS,
    Range,
    agent_of,
    is_empty_object,
    is_passive,
    names_time,
    noun_phrase,
    object_at,
)
from readout.extract.wordclasses import word_class

LONGEST_TERMS = 4  # words
LONGEST_OBJECT = 26  # words between "called" and the name


def content_of(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Return what the cue reports, by the first of its frames that the words around it fill."""
    first = ("as",) if "as" in cue.frames else ()
    for frame in (*first, *cue.frames):
        finder = FINDERS.get(frame)
        found = finder(match, cue, layout) if finder else None
        if found is not None and not _is_terms(found, layout):
            return found
    return None


def _is_terms(content: Content, layout: Layout) -> bool:
    """Are these only the terms of speaking, "on condition of anonymity"?"""
    start, stop = content.ranges[0]
    return stop - start <= LONGEST_TERMS and layout.doc[stop - 1].lower_ == "anonymity"


def noun_object(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find an object: "rejected the offer"; of a passive with its agent, the subject."""
    _, limit = limits(match, layout)
    verb = match.head
    if is_passive(verb):
        return _passive_subject(match, cue, layout) if len(cue.words) == 1 else None
    clausal = _clausal_object(match, cue, limit, layout)
    if clausal is not None:
        return clausal
    head = _object_child(match, limit) or (object_at(match, layout, limit) if len(cue.words) > 1 else None)
    if head is None or head.tag_ in {"WP", "WDT", "EX"} or is_empty_object(head):
        return None
    if (cue.np_about and head.lemma_.lower() not in cue.np_about) or _leaves_quotation(head, verb, layout):
        return None
    left = noun_phrase(head, layout)[0]
    if all(word_class(layout.doc[i]) in {"DET", "ADJ", "NOUN", "PROPN", "PUNCT"} for i in range(match.stop, left)):
        left = match.stop
    stop = _before_new_clause(head.i, right_end(head, left, limit, layout), layout)
    return Content(((max(left, match.stop), max(stop, head.i + 1)),), "np", None, "object")


def _clausal_object(match: CueMatch, cue: Cue, limit: int, layout: Layout) -> Content | None:
    """Find an object that is a clause: "called for opening the port", "condemned what she called a breach"."""
    if match.stop >= limit:
        return None
    opening = layout.doc[match.stop]
    following = layout.doc[match.stop + 1] if opening.tag_ == "RB" and match.stop + 1 < limit else opening
    if following.tag_ == "VBG" and len(cue.words) > 1:
        return gerund(match, cue, layout)
    if opening.lower_ != "what":
        return None
    head = opening.head if opening.head.i > opening.i else opening
    return Content(((opening.i, right_end(head, opening.i, limit, layout, match.head)),), "np", None, "object")


def _leaves_quotation(head: Token, verb: Token, layout: Layout) -> bool:
    return layout.outer[head.i] != layout.outer[verb.i] and layout.outer[verb.i] >= 0


def _before_new_clause(start: int, stop: int, layout: Layout) -> int:
    """Return where a clause starts after a comma that the parser has drawn into a noun phrase."""
    doc = layout.doc
    opened: int | None = None
    for index in range(start, stop):
        token = doc[index]
        if layout.quoted(index):
            continue
        if token.text == ",":
            opened = index
        elif token.tag_ in {"WDT", "WP", "WRB", "VBG", "VBN"} or token.lower_ == "that":
            opened = None
        elif opened is not None and token.tag_ in FINITE_TAGS:
            return opened
    return stop


def _object_child(match: CueMatch, limit: int) -> Token | None:
    for child in match.head.children:
        if child.i >= match.stop and child.i < limit and child.dep_ in {"obj", "dobj"}:
            return child
    if match.stop - match.head.i > 1:
        for child in match.head.children:
            if match.stop <= child.i < limit and child.dep_ in {"obl", "ccomp", "xcomp", "advcl", "nmod"}:
                return child if word_class(child) in {"NOUN", "PROPN", "PRON", "NUM"} else None
    return None


def _passive_subject(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    subject = next((child for child in match.head.children if child.dep_ in SUBJECTS), None)
    if subject is None or agent_of(match.head) is None or subject.lower_ in EMPTY_OBJECTS:
        return None
    if cue.np_about and subject.lemma_.lower() not in cue.np_about:
        return None
    return Content((noun_phrase(subject, layout),), "np", None, "passive_subject")


def prepositional(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find a phrase with one of the cue's prepositions: "warned about risks"; the preposition belongs to it."""
    _, limit = limits(match, layout)
    doc = layout.doc
    start = None
    for index in range(match.stop, min(match.stop + 7, limit)):
        if doc[index].lower_ in cue.preps and doc[index].tag_ in {"IN", "TO", "RP"}:
            start = index
            break
        if doc[index].is_punct or doc[index].tag_ in FINITE_TAGS:
            break
    start = _attached_preposition(match, cue, limit) if start is None else start
    if start is None or start + 1 >= limit or (doc[start + 1].is_punct and not doc[start + 1].is_quote):
        return None
    head = doc[start].head
    while (
        head.i > start
        and head.head.i > start
        and head.head.i < limit
        and head.head != head
        and head.i - start < 4
        and head.dep_ in {"nmod", "compound", "amod"}
    ):
        head = head.head
    stop = right_end(head, start, limit, layout) if head.i > start else run_on(start + 1, limit, layout)
    asked = object_at(match, layout, start) if start > match.stop else None
    return Content(((start, max(stop, start + 2)),), "prep", asked, "phrase")


def _attached_preposition(match: CueMatch, cue: Cue, limit: int) -> int | None:
    """Find the cue's preposition by the tree, after an insertion: "accused the leader, Ito, of fraud"."""
    for child in match.head.children:
        for case in child.children:
            if match.stop <= case.i < child.i < limit and case.dep_ in {"case", "mark"} and case.lower_ in cue.preps:
                return case.i
    return None


def seen_as(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find an object and what it is seen as: "described the raid as a crime"."""
    _, limit = limits(match, layout)
    index = _as_after(match, limit, layout)
    if index is None:
        return None
    doc = layout.doc
    within = min(max(t.i for t in doc[index].head.subtree) + 1, limit) if doc[index].head.i > index else index + 2
    if index == match.stop and layout.quoted(index + 1):
        within = layout.tokens(layout.quotations[layout.outer[index + 1]], marks=True)[1]
        return Content(((index, within),), "as", None, "seen_as")
    stop = _before_side_clause(index + 1, run_on(max(within, index + 2), limit, layout, index), layout)
    start = index if _is_pronoun_only(layout, match.stop, index) else match.stop
    ranges: tuple[Range, ...] = ((start, stop),)
    if is_passive(match.head):
        subject = next((child for child in match.head.children if child.dep_ in SUBJECTS), None)
        ranges = (noun_phrase(subject, layout), (index, stop)) if subject is not None else ranges
    return Content(ranges, "as", None, "seen_as")


def _as_after(match: CueMatch, limit: int, layout: Layout) -> int | None:
    """Find the "as" that opens what something is seen as, not a side clause ("as talks went on") nor "as well"."""
    doc = layout.doc
    for index in range(match.stop, min(match.stop + 16, limit - 1)):
        token = doc[index]
        if token.lower_ == "as" and not layout.quoted(index):
            plain = doc[index + 1].lower_ not in {"well", "of", "if", "long", "soon", "many", "much", "part"}
            return (
                index
                if plain and doc[index - 1].lower_ != "such" and not _opens_clause(index + 1, limit, layout)
                else None
            )
        if (token.text in {";", ":", "."} and not layout.quoted(index)) or token.tag_ in FINITE_TAGS:
            return None
    return None


def _opens_clause(start: int, limit: int, layout: Layout) -> bool:
    """Do a subject and its finite verb follow?"""
    for index in range(start, min(start + 8, limit)):
        token = layout.doc[index]
        if token.tag_ in FINITE_TAGS:
            return index > start
        if layout.quoted(index) or token.is_punct or token.tag_ in {"WDT", "WP", "IN", "VBG", "VBN"}:
            return False
    return False


def named(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find an object and its name: "called the raid a crime", "calling it “the best way”"."""
    _, limit = limits(match, layout)
    if match.stop >= limit or (layout.doc[match.stop].is_punct and not layout.doc[match.stop].is_quote):
        return None
    if is_passive(match.head):
        return _named_passive(match, limit, layout)
    after = _name_after(match, limit, layout)
    if after is None:
        return None
    start = after if _is_pronoun_only(layout, match.stop, after) else match.stop
    return Content(((start, _end_of_name(after, limit, layout)),), "names", None, "named")


def _name_after(match: CueMatch, limit: int, layout: Layout) -> int | None:
    """Find the second phrase after "called": it starts right after a noun, in marks, with "a", or as an adjective."""
    doc = layout.doc
    relative = False
    for index in range(match.stop + 1, min(match.stop + LONGEST_OBJECT, limit)):
        token, before = doc[index], doc[index - 1]
        relative = relative or token.tag_ in {"WDT", "WP"} or token.lower_ == "that"
        if token.tag_ in FINITE_TAGS and not relative and not layout.quoted(index):
            return None
        if token.text in {";", ":", "."}:
            return None
        noun = word_class(before) in {"NOUN", "PROPN", "PRON", "NUM"} and before.tag_ != "POS"
        if noun and not layout.quoted(index - 1) and _opens_name(index, limit, layout):
            return index
    return None


def _opens_name(index: int, limit: int, layout: Layout) -> bool:
    """Does a name or a judgment start at this word, which stands right after a noun?"""
    doc, token = layout.doc, layout.doc[index]
    if layout.quoted(index):
        return True
    if token.lower_ in {"a", "an"} or (token.lower_ in {"the", "one"} and doc[index - 1].head.i < index):
        return True
    last = index + 1 >= limit or word_class(doc[index + 1]) not in {"NOUN", "PROPN", "NUM"}
    return word_class(token) == "ADJ" and last and doc[index - 1].lower_ != "of"


def _end_of_name(start: int, limit: int, layout: Layout) -> int:
    """Return where a name ends: its quotation or phrase, and what goes on from it up to when and where."""
    stop = start + 1
    if layout.quoted(start):
        quotation = layout.quotations[layout.outer[start]]
        stop = layout.tokens(quotation, marks=True)[1]
        if quotation.inner.text.endswith((",", ".")):
            return stop
    return _before_side_clause(stop, run_on(stop, max(limit, stop), layout, start), layout)


def _before_side_clause(start: int, stop: int, layout: Layout) -> int:
    """Return where words about the saying start in what was named: "a crime [when he spoke]", "[on Monday]"."""
    doc = layout.doc
    for index in range(start, stop):
        if layout.quoted(index):
            continue
        token = doc[index]
        if token.lower_ in SIDE_CLAUSE_MARKS | {"when", "during"}:
            return index
        if token.lower_ in {"in", "on", "at"} and any(
            _tells_when(i, layout) for i in range(index + 1, min(index + 5, stop))
        ):
            return index
    return stop


def _tells_when(index: int, layout: Layout) -> bool:
    return names_time(layout.doc[index]) or channel_at(index, layout) is not None


def _named_passive(match: CueMatch, limit: int, layout: Layout) -> Content | None:
    """Find what a passive names: "has been called a charlatan by doctors"; in marks also without an agent."""
    doc, start = layout.doc, match.stop
    subject = next((child for child in match.head.children if child.dep_ in SUBJECTS), None)
    quoted = layout.quoted(start) and not layout.quoted(match.head.i)
    if subject is None or not (quoted or (agent_of(match.head) is not None and _opens_name(start, limit, layout))):
        return None
    stop = _end_of_name(start, limit, layout)
    by = next((i for i in range(start, stop) if doc[i].lower_ == "by" and not layout.quoted(i)), stop)
    return Content((noun_phrase(subject, layout), (start, by)), "names", None, "named")


def _is_pronoun_only(layout: Layout, start: int, stop: int) -> bool:
    return stop - start == 1 and word_class(layout.doc[start]) == "PRON"


FINDERS: dict[str, Callable[[CueMatch, Cue, Layout], Content | None]] = {
    "that": clause,
    "to": infinitive,
    "asks": asked_infinitive,
    "ing": gerund,
    "np": noun_object,
    "prep": prepositional,
    "as": seen_as,
    "names": named,
}
