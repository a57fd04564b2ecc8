"""Find where the content of a statement ends: its subtree, and the words after it that belong to it."""

from spacy.tokens import Token

from readout.extract.cues import CueMatch
from readout.extract.layout import Layout
from readout.extract.nominals import FINITE_TAGS, Range

NOMINAL_TAGS = frozenset({"PRP", "NNP", "NNPS", "DT", "NN", "NNS", "PRP$", "EX", "JJ", "CD", "POS", "RB", "HYPH"})


def limits(match: CueMatch, layout: Layout) -> Range:
    """Return the tokens that content can lie in: the cue's sentence, or its quotation when it stands in one."""
    start, stop = layout.sentence[match.head.i]
    quotation = layout.inner[match.head.i]
    if quotation >= 0:
        first, last = layout.tokens(layout.quotations[quotation])
        start, stop = max(start, first), min(stop, last)
    return start, stop


def right_end(head: Token, start: int, limit: int, layout: Layout, cue: Token | None = None) -> int:
    """Return where a clause ends: its subtree, and words after it that the parser left without a comma between."""
    stop = min(max(token.i for token in head.subtree) + 1, limit)
    return run_on(max(stop, start + 1), limit, layout, start, cue)


def run_on(stop: int, limit: int, layout: Layout, start: int | None = None, cue: Token | None = None) -> int:
    """Return where words end that follow without a comma; over "and" when what it joins belongs to the content."""
    doc = layout.doc
    while stop < limit:
        token = doc[stop]
        if layout.quoted(stop) and not layout.quoted(stop - 1):
            stop = max(stop + 1, layout.tokens(layout.quotations[layout.outer[stop]], marks=True)[1])
            continue
        joins = token.dep_ == "cc" or token.tag_ == "CC"
        if joins and stop + 1 < limit and doc[stop + 1].lower_ == "that":
            stop += 1
            continue
        if joins and _joins_quotations(stop, limit, layout):
            stop += 1
            continue
        if joins and start is not None and stop + 1 < limit and _belongs(doc[stop + 1], start, stop, cue):
            stop += 1
            continue
        if joins and cue is not None and _is_bare_verb(cue) and opens_main_clause(stop + 1, limit, layout):
            stop += 1
            continue
        if (
            token.text == ","
            and cue is not None
            and start is not None
            and _goes_on_after(stop, limit, start, layout, cue)
        ):
            stop += 1
            continue
        if joins and start is not None and _repeats_preposition(stop + 1, start, limit, layout):
            stop += 1
            continue
        if token.text == "," and start is not None and stop + 1 < limit and _lists_on(doc[stop + 1], start, stop):
            stop += 1
            continue
        if joins or (token.is_punct and not _is_hyphen(token) and not _parts_adjectives(stop, limit, layout)):
            break
        stop += 1
    return stop


def _joins_quotations(index: int, limit: int, layout: Layout) -> bool:
    """Does this "and" stand between two quotations?"""
    if index + 2 >= limit or layout.quoted(index) or not layout.quoted(index - 1):
        return False
    return layout.quoted(index + 1) or (layout.doc[index + 1].tag_ == "DT" and layout.quoted(index + 2))


def _lists_on(token: Token, start: int, stop: int) -> bool:
    """Does a list go on after its comma: "schools, housing and courts", ", including"?"""
    listed = token.dep_ == "conj" and token.tag_ in {"NN", "NNS", "NNP", "NNPS"} and start <= token.head.i < stop
    return listed or token.lower_ == "including"


def _repeats_preposition(index: int, start: int, limit: int, layout: Layout) -> bool:
    """Does a preposition come again after "and": "for his tone and for “mocking” them"?"""
    doc = layout.doc
    if index >= limit or doc[index].tag_ not in {"IN", "TO"} or doc[index - 1].lower_ not in {"and", "or"}:
        return False
    return any(doc[i].lower_ == doc[index].lower_ for i in range(start, index - 1))


def _parts_adjectives(comma: int, limit: int, layout: Layout) -> bool:
    """Does a comma stand between two adjectives: "an illicit, insecure server"?"""
    doc = layout.doc
    if doc[comma].text != "," or comma + 2 >= limit:
        return False
    before, after = doc[comma - 1].tag_, doc[comma + 1].tag_
    opened = doc[comma - 2].tag_ in {"DT", "PRP$", "POS", "IN", "RB"}
    return opened and before == "JJ" and after in {"JJ", "VBN"} and doc[comma + 2].tag_ in {"NN", "NNS", "JJ", "NNP"}


def _is_bare_verb(cue: Token) -> bool:
    """Is this a finite "said", whose content a clause without a comma goes on: "said it was late and he was tired"?"""
    return cue.tag_ in FINITE_TAGS and cue.dep_ not in {"acl:relcl", "advcl"}


def _is_hyphen(token: Token) -> bool:
    """Is this a hyphen within a word?"""
    return token.text == "-" and not token.whitespace_ and token.i > 0 and not token.doc[token.i - 1].whitespace_


def _goes_on_after(comma: int, limit: int, start: int, layout: Layout, cue: Token) -> bool:
    """Does a clause go on after a comma: with "and" or "but", and in a tense that is not the cue's?"""
    doc = layout.doc
    if comma + 2 >= limit or doc[comma + 1].tag_ != "CC":
        return False
    following = doc[comma + 2]
    if following.lower_ == "that":
        return True
    return following.tag_ not in FINITE_TAGS and _belongs(following, start, comma, cue)


def _belongs(token: Token, start: int, stop: int, cue: Token | None = None) -> bool:
    """Does a word after "and" depend on words of the content, or is it a verb that only they can govern?"""
    if token.tag_ == "VB" and token.dep_ == "conj":
        return True
    if cue is not None and cue.tag_ == "VBD" and token.tag_ in {"VBZ", "VBP", "MD"}:
        return True
    while token.head != token:
        token = token.head
        if start <= token.i < stop:
            return True
        if token.i < start:
            return False
    return False


def opens_main_clause(start: int, limit: int, layout: Layout) -> bool:
    """Do a subject and a finite verb follow, without a joining word?"""
    doc = layout.doc
    for index in range(start, min(start + 8, limit)):
        token = doc[index]
        if token.tag_ in FINITE_TAGS:
            return index > start
        if token.tag_ not in NOMINAL_TAGS or layout.quoted(index):
            return False
    return False
