"""Find what a cue reports in an infinitive or a gerund: of the source, or of whoever is asked."""

from spacy.tokens import Token

from readout.extract.attribution import channel_at
from readout.extract.clauses import Content, before_main_verb
from readout.extract.cues import VERB_TAGS, Cue, CueMatch
from readout.extract.extents import limits, right_end, run_on
from readout.extract.layout import Layout
from readout.extract.nominals import SUBJECTS, Range, is_passive, names_time, noun_phrase, object_at
from readout.extract.wordclasses import opens_infinitive, word_class

TO_VERB = 8  # words from "to" to its verb: "to “quickly and decisively close” the road"
SIDE_CLAUSE_MARKS = frozenset({"as", "while", "after", "amid", "following"})


def infinitive(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find an infinitive of the source: "vowed to respond"; of a passive, with its subject: "is expected to resign"."""
    _, limit = limits(match, layout)
    doc = layout.doc
    start = _to_after(match, layout, limit, gap=5)
    if start is None:
        return None
    head = next((doc[i] for i in range(start, min(start + TO_VERB, limit)) if doc[i].tag_ == "VB"), None)
    if head is None:
        return None
    stop = _end_of_infinitive(head, start, limit, layout)
    if cue.kind == "nouns":
        stop = before_main_verb(match, head.i + 1, stop, layout, own=0)
    ranges: tuple[Range, ...] = ((start, stop),)
    if cue.kind == "verbs" and (cue.raising or is_passive(match.head)):
        subject = next((child for child in match.head.children if child.dep_ in SUBJECTS), None)
        if subject is not None and subject.i < match.head.i:
            ranges = (noun_phrase(subject, layout), *ranges)
    return Content(ranges, "to", None, "infinitive")


def _to_after(match: CueMatch, layout: Layout, limit: int, *, gap: int) -> int | None:
    """Find "to", or "not to", at most `gap` words after the cue, over when or through what: "hope one day to"."""
    doc = layout.doc
    for index in range(match.stop, min(match.stop + gap, limit)):
        token = doc[index]
        if opens_infinitive(token) and token.head.tag_ in {"VB", "TO"} | VERB_TAGS | {"JJ", "NN"}:
            return index - 1 if index > match.stop and doc[index - 1].lower_ in {"not", "never"} else index
        if names_time(token) or channel_at(index, layout) is not None or _counts_time(index, limit, layout):
            continue
        if token.is_punct or word_class(token) in {"NOUN", "PROPN", "PRON", "VERB"}:
            return None
    return None


def _counts_time(index: int, limit: int, layout: Layout) -> bool:
    """Is this the "one" of "one day"?"""
    return layout.doc[index].tag_ == "CD" and index + 1 < limit and names_time(layout.doc[index + 1])


def _end_of_infinitive(head: Token, start: int, limit: int, layout: Layout) -> int:
    """Return where an infinitive ends; a side clause after it ("as tensions rise") is not what was said."""
    stop = right_end(head, start, limit, layout)
    for child in head.children:
        if child.dep_ == "advcl" and child.i > head.i:
            opening = min(token.i for token in child.subtree)
            if layout.doc[opening].lower_ in SIDE_CLAUSE_MARKS and not layout.quoted(opening):
                stop = min(stop, opening)
    return stop


def asked_infinitive(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find an addressee and what is asked: "urged Iran to return"; of a passive: "was told to leave"."""
    _, limit = limits(match, layout)
    if is_passive(match.head):
        start = _to_after(match, layout, limit, gap=3)
        subject = next((child for child in match.head.children if child.dep_ in SUBJECTS), None)
        if start is None:
            return None
        return Content(((start, _infinitive_end_at(start, limit, layout)),), "asks", subject, "asked_passive")
    asked = object_at(match, layout, limit)
    if asked is None:
        return None
    start = _to_of(asked, match, layout, limit)
    if start is None:
        return None
    stop = _infinitive_end_at(start, limit, layout)
    if "for" in cue.words or cue.words in {("want",), ("expect",)}:  # who should act is part of what is wanted
        return Content(((noun_phrase(asked, layout)[0], stop),), "asks", asked, "asked_infinitive")
    return Content(((start, stop),), "asks", asked, "asked_infinitive")


def _infinitive_end_at(start: int, limit: int, layout: Layout) -> int:
    doc = layout.doc
    verbs = (doc[i] for i in range(start, min(start + TO_VERB, limit)) if doc[i].tag_ in {"VB", "VBP"})
    head = next(verbs, doc[start].head)
    return _end_of_infinitive(head, start, limit, layout) if head.i >= start else run_on(start + 1, limit, layout)


def _to_of(asked: Token, match: CueMatch, layout: Layout, limit: int) -> int | None:
    """Find the "to" that opens what the addressee is asked to do."""
    doc = layout.doc
    _, stop = noun_phrase(asked, layout)
    for index in range(max(stop, match.stop), min(max(stop, match.stop) + 8, limit)):
        token = doc[index]
        verbal = {*VERB_TAGS, "NN"}  # taggers take "to exchange" for a noun
        words = [i for i in range(index + 1, min(index + 5, limit)) if not doc[i].is_quote and doc[i].tag_ != "RB"]
        if opens_infinitive(token) and any(doc[i].tag_ in verbal for i in words[:2]):
            return index - 1 if doc[index - 1].lower_ in {"not", "never"} else index
        if token.is_punct or word_class(token) in {"VERB", "SCONJ"}:
            return None
    return None


def gerund(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find a gerund: "suggested returning to the table"."""
    _, limit = limits(match, layout)
    start = match.stop
    if start < limit and (layout.doc[start].lower_ == "not" or layout.doc[start].tag_ == "RB"):
        start += 1
    if start >= limit or layout.doc[start].tag_ != "VBG":
        return None
    return Content(((match.stop, right_end(layout.doc[start], start, limit, layout)),), "ing", None, "gerund")
