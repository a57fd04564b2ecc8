"""Noun phrases around a word, and ranges of tokens: where a party starts and ends, who is the object or agent."""

from collections.abc import Iterator

from spacy.tokens import Token

from readout.extract.cues import CueMatch
from readout.extract.layout import Layout
from readout.extract.wordclasses import word_class

Range = tuple[int, int]
FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl", "nsubj:outer"})
TRIMMED = frozenset({",", ";", ":", ".", "-", "–", "—", "―", "!", "?", "…", "..."})
PASSIVE = frozenset({"aux:pass", "nsubj:pass"})
WITH_SUBJECT = SUBJECTS | {"aux", "aux:pass"}
PASSIVE_FORMS = frozenset(
    {"be", "is", "are", "was", "were", "been", "being", "am", "'s", "’s", "'re", "’re", "get", "gets", "got", "getting"}
)
LOOSE = frozenset({"acl", "acl:relcl", "appos", "parataxis", "advcl", "dep", "ccomp", "xcomp"})
EMPTY_OBJECTS = frozenset(
    {"it", "that", "this", "so", "what", "which", "who", "tuesday", "wednesday", "today", "yesterday"}
)
TIME_WORDS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "today",
        "yesterday",
        "tomorrow",
        "tonight",
        "day",
        "week",
        "weekend",
        "month",
        "year",
        "morning",
        "afternoon",
        "evening",
        "night",
    ]
)


def noun_phrase(head: Token, layout: Layout, *, conjuncts: bool = True) -> Range:
    """Return the tokens of a noun phrase without relative clauses, appositions and leading prepositions."""
    doc = layout.doc
    start = _left_end(head)
    while start < head.i and (doc[start].is_space or doc[start].is_punct or doc[start].dep_ in {"case", "mark", "cc"}):
        start += 1
    stop = head.i + 1
    limit = min(head.right_edge.i + 1, layout.sentence[head.i][1])
    cut = {child.left_edge.i for child in head.rights if child.dep_ in LOOSE or names_time(child)}
    cut |= {child.left_edge.i for child in head.rights if not conjuncts and child.dep_ in {"conj", "cc"}}
    while stop < limit and stop not in cut and not _ends_phrase(doc[stop], head):
        stop += 1
    while (
        stop > head.i + 1
        and (doc[stop - 1].is_punct or doc[stop - 1].dep_ in {"cc", "case"})
        and doc[stop - 1].tag_ != "POS"
    ):
        stop -= 1
    return start, stop


def _left_end(head: Token) -> int:
    """Return where the words before a noun start that hang on it without a gap: a gap is the parser's error."""
    start = edge = head.i
    for child in reversed(list(head.lefts)):
        if child.right_edge.i < edge - 1:
            break
        edge = child.left_edge.i
        if child.dep_ not in {"case", "mark", "cc", "punct", "advmod"} or child.tag_ == "POS":
            start = edge
    return start


def _ends_phrase(token: Token, head: Token) -> bool:
    if token.text in {",", ";", ":", "(", "—", "–", "“", '"', "”"} or token.tag_ in FINITE_TAGS | {"WDT", "WP", "VB"}:
        return True
    return (
        token.tag_ == "TO" or token.lower_ == "not" or (token.dep_ == "mark" and token.lower_ in {"as", "that", "if"})
    )


def object_at(match: CueMatch, layout: Layout, limit: int) -> Token | None:
    """Return the head of the noun phrase straight after the cue."""
    doc = layout.doc
    start = match.stop
    while start < limit and word_class(doc[start]) == "ADV":
        start += 1
    for index in range(start, min(start + 8, limit)):
        token = doc[index]
        if word_class(token) in {"NOUN", "PROPN", "PRON"} and not (
            index + 1 < limit
            and (word_class(doc[index + 1]) in {"NOUN", "PROPN"} or doc[index + 1].tag_ == "POS")
            and not (token.tag_ == "PRP" or names_time(doc[index + 1]))
        ):
            head = token
            while head.head.i >= start and head.head.i < head.i and head.dep_ in {"flat", "compound", "nmod"}:
                head = head.head
            return head
        if token.is_punct and token.text not in {"-", "’", "'", "."}:
            return None
        if word_class(token) in {"VERB", "SCONJ", "CCONJ"} and token.tag_ not in {"VBG", "VBN"}:
            return None
        if token.lower_ == "that":
            return None
    return None


def addressee(match: CueMatch, content_start: int) -> Token | None:
    """Return who is told: the object between a verb and its clause."""
    for child in match.head.children:
        if child.dep_ in {"iobj", "obj"} and match.head.i < child.i < content_start and not names_time(child):
            return child
    return None


def is_empty_object(head: Token) -> bool:
    return (
        head.lower_.endswith(("self", "selves")) or head.ent_type_ in {"DATE", "TIME"} or head.lower_ in EMPTY_OBJECTS
    )


def names_time(token: Token) -> bool:
    """Is this a day, month or hour, which is never a party?"""
    return token.ent_type_ in {"DATE", "TIME"} or token.lower_ in TIME_WORDS


def is_passive(verb: Token) -> bool:
    """Is this a passive participle, with a form of "be" or "get" before it, or one without: "Asked why, Ona said"?"""
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and not any(child.dep_ in WITH_SUBJECT for child in verb.children):
        return True
    if verb.tag_ not in {"VBN", "VBD"} or not any(child.dep_ in PASSIVE for child in verb.children):
        return False
    return any(verb.doc[index].lower_ in PASSIVE_FORMS for index in range(max(0, verb.i - 5), verb.i))


def agent_of(verb: Token) -> Token | None:
    """Return the "by" phrase of a passive."""
    for child in verb.children:
        if child.dep_ in {"obl:agent", "obl"} and child.i > verb.i and any(c.lower_ == "by" for c in child.children):
            return child
    return None


def trimmed(ranges: tuple[Range, ...], layout: Layout, around: int = -1) -> tuple[Range, ...]:
    """Return the ranges without white space and punctuation at their ends, unless in a quotation of their own.

    `around` is the quotation that the cue itself stands in.
    """
    return tuple(kept for start, stop in ranges if (kept := _trim(start, stop, layout, around)) is not None)


def _trim(start: int, stop: int, layout: Layout, around: int) -> Range | None:
    doc, inner = layout.doc, layout.inner

    def loose(index: int) -> bool:
        return doc[index].is_space or (doc[index].text in TRIMMED and inner[index] in {-1, around})

    while start < stop and loose(start):
        start += 1
    while start < stop and loose(stop - 1):
        stop -= 1
    return (start, stop) if start < stop else None


def iterate(ranges: tuple[Range, ...]) -> Iterator[int]:
    """Yield the tokens of ranges."""
    for start, stop in ranges:
        yield from range(start, stop)
