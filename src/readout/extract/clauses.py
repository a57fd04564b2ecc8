"""Find the finite clause that a cue reports, also where the parser has lost it, and where it ends."""

from dataclasses import dataclass

from spacy.tokens import Token

from readout.extract.cues import Cue, CueMatch
from readout.extract.extents import limits, opens_main_clause, right_end, run_on
from readout.extract.layout import Layout
from readout.extract.nominals import FINITE_TAGS, SUBJECTS, Range, addressee, names_time, noun_phrase, object_at

CLAUSE_MARKS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "when", "where", "which"})
PASSED_MARKS = frozenset({",", "“", '"', "”", "’", "-"})
REACH = 10  # words between a verb of saying and its "that": "said on Tuesday in Geneva that"
LONGEST_ADDRESSEE = 8  # words of who is told: "told German Chancellor Lena Brandt [the road ...]"
MAX_SUBJECT = 30  # words of a clause before its finite verb
TOLD = frozenset(
    {
        "tell",
        "inform",
        "remind",
        "assure",
        "notify",
        "warn",
        "advise",
        "reassure",
        "promise",
        "convince",
        "persuade",
        "ask",
    }
)
TELLING = frozenset({"tell", "tells", "told", "telling"})
SIDE_MARKS = frozenset(
    {"while", "after", "although", "though", "when", "as", "since", "because", "if", "before", "once"}
)
CLAUSE_OPENERS = frozenset(
    {
        "PRP",
        "NNP",
        "NNPS",
        "DT",
        "NN",
        "NNS",
        "PRP$",
        "EX",
        "JJ",
        "JJR",
        "JJS",
        "CD",
        "VBG",
        "IN",
        "RB",
        "WP",
        "``",
        "PDT",
    }
)
BARE_CLAUSES = (
    "say",
    "tell",
    "think",
    "believe",
    "insist",
    "claim",
    "hope",
    "know",
    "suggest",
    "argue",
    "add",
    "acknowledge",
    "note",
    "fear",
)


@dataclass(frozen=True, slots=True)
class Content:
    """What is reported, in reading order, by which frame; `asked` are the words for whoever is asked or addressed."""

    ranges: tuple[Range, ...]
    frame: str
    asked: Token | None = None
    rule: str = ""


def clause(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find a finite clause after the cue: "said (on Tuesday) (that) the talks had failed"."""
    _, limit = limits(match, layout)
    verb = match.head
    split = _relativised(match, cue, limit, layout)
    if split is not None:
        return split
    limit = _end_of_relative(verb, limit, layout)
    limit = _end_of_subordinate(verb, limit, layout)
    head = _clause_child(verb, match.stop, limit)
    start = min(token.i for token in _subtree(head, match.stop)) if head is not None else None
    marked = _marked_start(match, layout, limit)
    if marked is not None and (start is None or marked <= start):
        start = marked
    if start is not None and start > match.stop and _is_bare(match) and opens_main_clause(match.stop, start, layout):
        start = match.stop  # the parser hung the verb of the clause elsewhere
    if start is None and cue.kind == "verbs" and cue.cls in {"speech", "belief"}:
        start = _bare_start(match, layout, limit)
    if start is None:
        return None
    stop = _phrase_end(start, limit, match) if head is None else right_end(head, start, limit, layout, verb)
    if cue.kind == "nouns":
        stop = before_main_verb(match, start, stop, layout)
    stop = _over_insertion(start, max(stop, start + 1), limit, layout, verb)
    asked, start = _told(match, start, stop, layout)
    return Content(((start, max(stop, start + 1)),), "that", asked, "that_clause")


def _told(match: CueMatch, start: int, stop: int, layout: Layout) -> tuple[Token | None, int]:
    """Return who is told, and where the clause starts, also when the parser has taken one for the other's start."""
    asked = addressee(match, start)
    if asked is not None or not any(base in TOLD for cue in match.cues for base in cue.words[:1]):
        return asked, start
    if start > match.stop:
        passive = layout.words[match.stop] == "by"
        return None if passive else object_at(match, layout, start), start
    doc = layout.doc
    if match.head.lower_ not in TELLING or doc[start].lower_ == "that":
        return None, start
    for index in range(start + 1, min(start + LONGEST_ADDRESSEE, stop)):
        if doc[index].tag_ in {"DT", "PRP", "PRP$", "EX"} and doc[index - 1].tag_ in {"NNP", "NNPS", "NNS", "PRP"}:
            return doc[index - 1], index
        if doc[index].tag_ not in {"NNP", "NNPS", "NN", "NNS", "JJ"}:
            break
    return None, start


def _relativised(match: CueMatch, cue: Cue, limit: int, layout: Layout) -> Content | None:
    """Find a clause whose subject stands before the cue: "plans, which Ona said were off", "what she hopes is"."""
    doc, start = layout.doc, match.stop
    if cue.kind != "verbs" or match.head.tag_ not in FINITE_TAGS or start >= limit:
        return None
    if doc[start].tag_ not in FINITE_TAGS or layout.outer[start] != layout.outer[match.head.i]:
        return None
    subject = next((child for child in match.head.children if child.dep_ in SUBJECTS and child.i < match.head.i), None)
    subject = subject if subject is not None and subject.tag_ not in {"WDT", "WP"} else doc[match.head.i - 1]
    before = noun_phrase(subject, layout)[0] - 1
    if not (layout.sentence[start][0] <= before < match.head.i - 1):
        return None
    meant = _relative_before(before, layout)
    taken = "np" in cue.frames and not _is_bare(match) and layout.words[before - 1] != ","
    if meant is None or taken:
        return None  # "the records that Ona questioned are gone": the object of the cue
    stop = right_end(doc[start], start, limit, layout)
    head = doc[start].head
    stop = max(stop, right_end(head, start, limit, layout)) if start < head.i < limit else stop
    return Content((meant, (start, stop)), "that", None, "that_clause")


def _relative_before(index: int, layout: Layout) -> Range | None:
    """Return the relative pronoun here, or the noun phrase that a clause without one stands right after."""
    token = layout.doc[index]
    if token.tag_ in {"WDT", "WP"} or token.lower_ == "that":
        return index, index + 1
    if token.tag_ in {"NN", "NNS"}:
        return noun_phrase(token, layout)[0], index + 1
    return None


def before_main_verb(match: CueMatch, start: int, stop: int, layout: Layout, *, own: int = 1) -> int:
    """Return where the sentence of a noun goes on that has no verb yet: "her claim that they fired [caused anger]"."""
    doc, first = layout.doc, layout.sentence[match.head.i][0]
    if any(doc[i].tag_ in FINITE_TAGS for i in range(first, match.head.i)):
        return stop
    verbs = [i for i in range(start, stop) if doc[i].tag_ in FINITE_TAGS and not layout.quoted(i)]
    after = [i for i in range(stop, layout.sentence[match.head.i][1]) if doc[i].tag_ in FINITE_TAGS]
    joined = {"CC", "WP", "WDT", "PRP", "EX", "WRB", "MD"}
    last = verbs[-1] if len(verbs) > own and not after else None
    return stop if last is None or doc[last - 1].tag_ in joined or doc[last - 1].lower_ == "that" else last


def _over_insertion(start: int, stop: int, limit: int, layout: Layout, cue: Token) -> int:
    """Return where a clause ends that an insertion has broken before its verb: "that talks, cut short, would go on"."""
    doc = layout.doc
    first = doc[start + 1].lower_ if start + 1 < limit else ""
    side = doc[start].lower_ == "that" and first in SIDE_MARKS
    finite = any(doc[i].tag_ in FINITE_TAGS for i in range(start, stop))
    if stop >= limit or doc[stop].text != "," or (finite and not side) or doc[start].lower_ != "that":
        return stop
    ends = [stop] if side else [i for i in range(stop + 1, limit) if doc[i].text == "," and not layout.quoted(i)]
    return run_on(ends[0] + 1, limit, layout, start, cue) if ends and ends[0] + 1 < limit else stop


def _end_of_relative(verb: Token, limit: int, layout: Layout) -> int:
    """Return where a relative clause between commas ends: "Ona, who said the law was unfair, resigned"."""
    doc = layout.doc
    pronoun = next((child for child in verb.children if child.tag_ in {"WP", "WDT"} and child.i < verb.i), None)
    if pronoun is None or pronoun.i == 0 or doc[pronoun.i - 1].text != ",":
        return limit
    commas = (i for i in range(verb.i + 1, limit) if doc[i].text == "," and not layout.quoted(i))
    return next((i for i in commas if i + 1 < limit and doc[i + 1].tag_ in FINITE_TAGS | {"VBN"}), limit)


def _end_of_subordinate(verb: Token, limit: int, layout: Layout) -> int:
    """Return where the main clause starts after a cue in a side clause: "While he said it was late, Ona went on"."""
    doc = layout.doc
    first = layout.sentence[verb.i][0]
    side = verb.tag_ in {"VBG", "VBN"} and verb.i == first
    side = side or any(c.dep_ in {"mark", "advmod"} and c.i < verb.i and c.lower_ in SIDE_MARKS for c in verb.children)
    if not side:
        return limit
    commas = (i + _closes(i, verb, layout) for i in range(verb.i + 2, limit) if doc[i].text == ",")
    outside = (i for i in commas if layout.outer[i] == layout.outer[verb.i] or doc[i].is_quote)
    return next((i for i in outside if opens_main_clause(i + 1, limit, layout)), limit)


def _closes(comma: int, verb: Token, layout: Layout) -> bool:
    """Does a closing mark follow this comma: "whether it is “safe,” most said yes"?"""
    return (
        layout.outer[comma] != layout.outer[verb.i] and comma + 1 < len(layout.doc) and layout.doc[comma + 1].is_quote
    )


def _clause_child(verb: Token, after: int, limit: int) -> Token | None:
    for child in verb.children:
        if after <= child.i < limit and child.dep_ in {"ccomp", "acl", "parataxis"} and _is_finite(child, after):
            if child.dep_ == "acl" and not _has_mark(child, "that"):
                continue
            if child.dep_ == "parataxis" and verb.i + 1 < len(verb.doc) and verb.doc[after].text in {",", "“", '"'}:
                continue
            return child
    return None


def _is_finite(head: Token, after: int) -> bool:
    words = [child for child in head.children if child.i >= after]
    if any(child.tag_ == "TO" for child in words):
        return False
    return any(child.dep_ in SUBJECTS or child.lower_ in CLAUSE_MARKS for child in words)


def _has_mark(head: Token, word: str) -> bool:
    return any(child.lower_ == word and child.i < head.i for child in head.children)


def _subtree(head: Token, after: int) -> list[Token]:
    return [token for token in head.subtree if token.i >= after] or [head]


def _marked_start(match: CueMatch, layout: Layout, limit: int) -> int | None:
    """Find "that" (or another opening word) close after the cue, whatever the parser made of it."""
    doc = layout.doc
    reach = REACH + 6 if match.cues[0].words[0] in TOLD else REACH
    for index in range(match.stop, min(match.stop + reach, limit)):
        token = doc[index]
        if token.lower_ == "that" and token.tag_ in {"IN", "WDT", "DT"} and index + 1 < limit:
            return index if _opens_clause(token, match) else None
        close = index == match.stop or match.cues[0].words[0] in TOLD
        if token.lower_ in {"whether", "why"} or (token.lower_ in {"how", "if", "what"} and close):
            return index
        if _ends_search(index, match, layout):
            return None
    return None


def _opens_clause(that: Token, match: CueMatch) -> bool:
    """Is this "that" neither a determiner nor, away from the cue, a relative pronoun?"""
    if that.tag_ == "DT":
        return that.dep_ != "det"
    return not (that.tag_ == "WDT" and that.nbor(1).tag_ in FINITE_TAGS and that.i > match.stop)


def _ends_search(index: int, match: CueMatch, layout: Layout) -> bool:
    token = layout.doc[index]
    if token.tag_ in FINITE_TAGS or (token.is_punct and token.text not in PASSED_MARKS):
        return True
    return layout.outer[index] != layout.outer[match.head.i] and not _is_short(layout.outer[index], layout)


def _is_short(quotation: int, layout: Layout) -> bool:
    """Is this a name in quotation marks, such as that of a programme?"""
    return quotation >= 0 and len(layout.quotations[quotation].inner.text.split()) <= 4


def _bare_start(match: CueMatch, layout: Layout, limit: int) -> int | None:
    """Find a clause without "that" after the verb and its adjuncts, when the parser has not."""
    doc = layout.doc
    if not _is_bare(match) or match.stop >= limit:
        return None
    start = _after_adjuncts(match, layout, limit)
    if match.head.lower_ in TELLING and (start == match.stop or doc[match.stop].tag_ == "IN"):
        return None  # whom was it told?
    if start >= limit or doc[start].tag_ not in CLAUSE_OPENERS or (doc[start].is_punct and not layout.quoted(start)):
        return None
    for index in range(start, min(start + MAX_SUBJECT, limit)):
        if doc[index].text in {",", ";", ":", "."} and not layout.quoted(index) and index == start + 1:
            return None
        if doc[index].tag_ in FINITE_TAGS and index > start:
            return start
    return None


def _is_bare(match: CueMatch) -> bool:
    """Does this verb often go without "that"?"""
    return any(cue.words == (base,) for cue in match.cues for base in BARE_CLAUSES)


def _after_adjuncts(match: CueMatch, layout: Layout, limit: int) -> int:
    """Return the first token after who is told, and after when and where: "told the court on Monday in Oslo"."""
    doc = layout.doc
    start = match.stop
    if any(cue.words[0] in TOLD for cue in match.cues):
        told = object_at(match, layout, limit)
        if told is not None and told.dep_ in {"obj", "iobj", "dobj"}:
            start = max(start, noun_phrase(told, layout)[1])
    while start < limit:
        token = doc[start]
        if token.tag_ == "RB" or names_time(token):
            start += 1
        elif token.tag_ == "IN" and start + 1 < limit and _ends_adjunct(start + 1, limit, layout) is not None:
            start = _ends_adjunct(start + 1, limit, layout) or limit
        else:
            break
    return start


def _ends_adjunct(start: int, limit: int, layout: Layout) -> int | None:
    """Return where "(on) Monday", "(in) Oslo", "(in) a statement" ends; None when it is no such phrase."""
    doc = layout.doc
    index = start
    while index < min(start + 4, limit) and doc[index].tag_ in {"DT", "JJ", "NN", "NNP", "NNPS", "CD"}:
        index += 1
        if doc[index - 1].tag_ in {"NN", "NNP"} and (index >= limit or doc[index].tag_ not in {"NN", "NNP", "NNPS"}):
            return index
    return None


def _phrase_end(start: int, limit: int, match: CueMatch) -> int:
    return limit if match.head.i < start else min(limit, match.head.i)
