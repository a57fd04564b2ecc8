"""Find the finite clause that a cue reports, also where the parser has lost it, and where it ends."""

from dataclasses import dataclass

from spacy.tokens import Token

from readout.extract.cues import Cue, CueMatch
from readout.extract.layout import Layout
from readout.extract.nominals import FINITE_TAGS, SUBJECTS, Range, addressee, names_time, noun_phrase, object_at

CLAUSE_MARKS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "when", "where", "which"})
PASSED_MARKS = frozenset({",", "“", '"', "”", "’", "-"})
REACH = 10  # words between a verb of saying and its "that": "said on Tuesday in Geneva that"
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
SIDE_MARKS = frozenset(
    {"while", "after", "although", "though", "when", "as", "since", "because", "if", "before", "once"}
)
NOMINAL_TAGS = frozenset({"PRP", "NNP", "NNPS", "DT", "NN", "NNS", "PRP$", "EX", "JJ", "CD", "POS", "RB", "HYPH"})
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


def limits(match: CueMatch, layout: Layout) -> Range:
    """Return the tokens that content can lie in: the cue's sentence, or its quotation when it stands in one."""
    start, stop = layout.sentence[match.head.i]
    quotation = layout.inner[match.head.i]
    if quotation >= 0:
        first, last = layout.tokens(layout.quotations[quotation])
        start, stop = max(start, first), min(stop, last)
    return start, stop


def clause(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find a finite clause after the cue: "said (on Tuesday) (that) the talks had failed"."""
    _, limit = limits(match, layout)
    verb = match.head
    limit = _end_of_relative(verb, limit, layout)
    limit = _end_of_subordinate(verb, limit, layout)
    head = _clause_child(verb, match.stop, limit)
    start = min(token.i for token in _subtree(head, match.stop)) if head is not None else None
    marked = _marked_start(match, layout, limit)
    if marked is not None and (start is None or marked <= start):
        start = marked
    if start is not None and start > match.stop and _is_bare(match) and _opens_main_clause(match.stop, start, layout):
        start = match.stop  # the parser hung the verb of the clause elsewhere
    if start is None and cue.kind == "verbs" and cue.cls in {"speech", "belief"}:
        start = _bare_start(match, layout, limit)
    if start is None:
        return None
    stop = _phrase_end(start, limit, match) if head is None else right_end(head, start, limit, layout, verb)
    if cue.kind == "nouns":
        stop = _before_main_verb(match, start, stop, layout)
    stop = _over_insertion(start, max(stop, start + 1), limit, layout, verb)
    asked = addressee(match, start)
    if asked is None and start > match.stop and any(base in TOLD for cue in match.cues for base in cue.words[:1]):
        asked = object_at(match, layout, start)
    return Content(((start, max(stop, start + 1)),), "that", asked, "that_clause")


def _before_main_verb(match: CueMatch, start: int, stop: int, layout: Layout) -> int:
    """Return where the sentence of a noun goes on that has no verb yet: "her claim that they fired [caused anger]"."""
    doc, first = layout.doc, layout.sentence[match.head.i][0]
    if any(doc[i].tag_ in FINITE_TAGS for i in range(first, match.head.i)):
        return stop
    verbs = [i for i in range(start, stop) if doc[i].tag_ in FINITE_TAGS and not layout.quoted(i)]
    after = [i for i in range(stop, layout.sentence[match.head.i][1]) if doc[i].tag_ in FINITE_TAGS]
    joined = {"CC", "WP", "WDT", "PRP", "EX", "WRB", "MD"}
    last = verbs[-1] if len(verbs) > 1 and not after else None
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
    side = verb.tag_ == "VBG" and verb.i == first
    side = side or any(c.dep_ in {"mark", "advmod"} and c.i < verb.i and c.lower_ in SIDE_MARKS for c in verb.children)
    if not side:
        return limit
    commas = (i for i in range(verb.i + 2, limit) if doc[i].text == "," and layout.outer[i] == layout.outer[verb.i])
    return next((i for i in commas if _opens_main_clause(i + 1, limit, layout)), limit)


def _opens_main_clause(start: int, limit: int, layout: Layout) -> bool:
    """Do a subject and a finite verb follow, without a joining word?"""
    doc = layout.doc
    for index in range(start, min(start + 8, limit)):
        token = doc[index]
        if token.tag_ in FINITE_TAGS:
            return index > start
        if token.tag_ not in NOMINAL_TAGS or layout.quoted(index):
            return False
    return False


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
    if not _is_bare(match):
        return None
    start = _after_adjuncts(match, layout, limit)
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
        if joins and cue is not None and _is_bare_verb(cue) and _opens_main_clause(stop + 1, limit, layout):
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


def _phrase_end(start: int, limit: int, match: CueMatch) -> int:
    return limit if match.head.i < start else min(limit, match.head.i)
