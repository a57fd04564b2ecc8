"""Find what a cue reports: the clause, infinitive, object or phrase that its frame allows, as ranges of tokens."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from readout.extract.cues import VERB_TAGS, Cue, CueMatch
from readout.extract.layout import Layout
from readout.extract.wordclasses import word_class

Range = tuple[int, int]
FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ", "MD"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl", "nsubj:outer"})
CLAUSE_MARKS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "when", "where", "which"})
SIDE_CLAUSE_MARKS = frozenset({"as", "while", "after", "amid", "following"})
REACH = 10  # words between a verb of saying and its "that": "said on Tuesday in Geneva that"
TRIMMED = frozenset({",", ";", ":", ".", "-", "–", "—", "―", "!", "?", "…", "..."})


@dataclass(frozen=True, slots=True)
class Content:
    """What is reported, in reading order, by which frame; `asked` are the words for whoever is asked or addressed."""

    ranges: tuple[Range, ...]
    frame: str
    asked: Token | None = None
    rule: str = ""


def content_of(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Return what the cue reports, by the first of its frames that the words around it fill."""
    for frame in cue.frames:
        finder = FINDERS.get(frame)
        found = finder(match, cue, layout) if finder else None
        if found is not None:
            return found
    return None


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
    head = _clause_child(verb, match.stop, limit)
    start = min(token.i for token in _subtree(head, match.stop)) if head is not None else None
    marked = _marked_start(match, layout, limit)
    if marked is not None and (start is None or marked <= start):
        start = marked
    if start is None and cue.kind == "verbs" and cue.cls in {"speech", "belief"}:
        start = _bare_start(match, layout, limit)
    if start is None:
        return None
    if head is not None:
        stop = _right_end(head, start, limit, layout, verb)
    else:
        stop = _phrase_end(start, limit, layout, match)
    asked = _addressee(match, start)
    if asked is None and start > match.stop and any(base in TOLD for cue in match.cues for base in cue.words[:1]):
        asked = _object_at(match, layout, start)
    return Content(((start, max(stop, start + 1)),), "that", asked, "that_clause")


def _end_of_relative(verb: Token, limit: int, layout: Layout) -> int:
    """Return where a relative clause between commas ends: "Ona, who said the law was unfair, resigned"."""
    doc = layout.doc
    pronoun = next((child for child in verb.children if child.tag_ in {"WP", "WDT"} and child.i < verb.i), None)
    if pronoun is None or pronoun.i == 0 or doc[pronoun.i - 1].text != ",":
        return limit
    commas = (i for i in range(verb.i + 1, limit) if doc[i].text == "," and not layout.quoted(i))
    return next((i for i in commas if i + 1 < limit and doc[i + 1].tag_ in FINITE_TAGS | {"VBN"}), limit)


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
    for index in range(match.stop, min(match.stop + REACH, limit)):
        token = doc[index]
        if token.lower_ == "that" and token.tag_ in {"IN", "WDT", "DT"} and index + 1 < limit:
            follows = doc[index + 1]
            if token.tag_ == "DT" and token.dep_ == "det":
                return None
            if token.tag_ == "WDT" and follows.tag_ in FINITE_TAGS and index > match.stop:
                return None
            return index
        if token.lower_ in {"whether", "why"} or (
            token.lower_ in {"how", "if", "what"} and (index == match.stop or match.cues[0].words[0] in TOLD)
        ):
            return index
        if token.tag_ in FINITE_TAGS or (token.is_punct and token.text not in {",", "“", '"', "”", "’", "-"}):
            return None
        if layout.outer[index] != layout.outer[match.head.i] and not _is_short(layout.outer[index], layout):
            return None
    return None


def _is_short(quotation: int, layout: Layout) -> bool:
    """Is this a name in quotation marks, such as that of a programme?"""
    return quotation >= 0 and len(layout.quotations[quotation].inner.text.split()) <= 4


def _bare_start(match: CueMatch, layout: Layout, limit: int) -> int | None:
    """Find a clause without "that" after the verb and its adjuncts, when the parser has not: subject, then finite verb."""
    doc = layout.doc
    if not any(cue.words == (base,) for cue in match.cues for base in BARE_CLAUSES):
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


def _after_adjuncts(match: CueMatch, layout: Layout, limit: int) -> int:
    """Return the first token after who is told, and after when and where: "told the court on Monday in Oslo"."""
    doc = layout.doc
    start = match.stop
    if any(cue.words[0] in TOLD for cue in match.cues):
        told = _object_at(match, layout, limit)
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
MAX_SUBJECT = 30  # words of a clause before its finite verb
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


def _right_end(head: Token, start: int, limit: int, layout: Layout, cue: Token | None = None) -> int:
    """Return where a clause ends: its subtree, and words after it that the parser left without a comma between."""
    stop = min(max(token.i for token in head.subtree) + 1, limit)
    return _run_on(max(stop, start + 1), limit, layout, start, cue)


def _run_on(stop: int, limit: int, layout: Layout, start: int | None = None, cue: Token | None = None) -> int:
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
        if joins and start is not None and stop + 1 < limit and _belongs(doc[stop + 1], start, stop, cue):
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
        if joins or (token.is_punct and not _is_hyphen(token)):
            break
        stop += 1
    return stop


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


def _phrase_end(start: int, limit: int, layout: Layout, match: CueMatch) -> int:
    return limit if match.head.i < start else min(limit, match.head.i)


def infinitive(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find an infinitive of the source: "vowed to respond"; of a passive, with its subject: "is expected to resign"."""
    _, limit = limits(match, layout)
    doc = layout.doc
    start = _to_after(match, layout, limit, gap=3)
    if start is None:
        return None
    head = next((doc[i] for i in range(start, min(start + 5, limit)) if doc[i].tag_ == "VB"), None)
    if head is None:
        return None
    stop = _end_of_infinitive(head, start, limit, layout)
    ranges: tuple[Range, ...] = ((start, stop),)
    if cue.kind == "verbs" and (cue.raising or is_passive(match.head)):
        subject = next((child for child in match.head.children if child.dep_ in SUBJECTS), None)
        if subject is not None and subject.i < match.head.i:
            ranges = (noun_phrase(subject, layout), *ranges)
    return Content(ranges, "to", None, "infinitive")


def _to_after(match: CueMatch, layout: Layout, limit: int, *, gap: int) -> int | None:
    """Find "to", or "not to", at most `gap` words after the cue."""
    doc = layout.doc
    for index in range(match.stop, min(match.stop + gap, limit)):
        if doc[index].tag_ == "TO" and doc[index].head.tag_ in {"VB", "TO"} | VERB_TAGS | {"JJ", "NN"}:
            return index - 1 if index > match.stop and doc[index - 1].lower_ in {"not", "never"} else index
        if doc[index].is_punct or word_class(doc[index]) in {"NOUN", "PROPN", "PRON", "VERB"}:
            return None
    return None


def _end_of_infinitive(head: Token, start: int, limit: int, layout: Layout) -> int:
    """Return where an infinitive ends; a side clause after it ("as tensions rise") is not what was said."""
    stop = _right_end(head, start, limit, layout)
    for child in head.children:
        if child.dep_ == "advcl" and child.i > head.i:
            opening = min(token.i for token in child.subtree)
            if layout.doc[opening].lower_ in SIDE_CLAUSE_MARKS and not layout.quoted(opening):
                stop = min(stop, opening)
    return stop


def asked_infinitive(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find an addressee and what is asked: "urged Iran to return"; of a passive: "was told to leave"."""
    _, limit = limits(match, layout)
    doc = layout.doc
    if is_passive(match.head):
        start = _to_after(match, layout, limit, gap=2)
        subject = next((child for child in match.head.children if child.dep_ in SUBJECTS), None)
        if start is None:
            return None
        return Content(((start, _infinitive_end_at(start, limit, layout)),), "asks", subject, "asked_passive")
    asked = _object_at(match, layout, limit)
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
    head = next((doc[i] for i in range(start, min(start + 6, limit)) if doc[i].tag_ in {"VB", "VBP"}), doc[start].head)
    return _end_of_infinitive(head, start, limit, layout) if head.i >= start else _run_on(start + 1, limit, layout)


def _object_at(match: CueMatch, layout: Layout, limit: int) -> Token | None:
    """Return the head of the noun phrase straight after the cue."""
    doc = layout.doc
    start = match.stop
    while start < limit and word_class(doc[start]) == "ADV":
        start += 1
    for index in range(start, min(start + 8, limit)):
        token = doc[index]
        if word_class(token) in {"NOUN", "PROPN", "PRON"} and not (
            index + 1 < limit
            and (word_class(doc[index + 1]) in {"NOUN", "PROPN", "PART"} and doc[index + 1].tag_ != "TO")
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


def _to_of(asked: Token, match: CueMatch, layout: Layout, limit: int) -> int | None:
    """Find the "to" that opens what the addressee is asked to do."""
    doc = layout.doc
    _, stop = noun_phrase(asked, layout)
    for index in range(max(stop, match.stop), min(max(stop, match.stop) + 8, limit)):
        token = doc[index]
        verbal = {*VERB_TAGS, "NN"}  # taggers take "to exchange" for a noun
        if token.tag_ == "TO" and any(doc[i].tag_ in verbal for i in range(index + 1, min(index + 3, limit))):
            return index - 1 if doc[index - 1].lower_ in {"not", "never"} else index
        if token.is_punct or word_class(token) in {"VERB", "SCONJ"}:
            return None
    return None


def gerund(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find a gerund: "suggested returning to the table"."""
    _, limit = limits(match, layout)
    start = match.stop
    if start < limit and layout.doc[start].lower_ == "not":
        start += 1
    if start >= limit or layout.doc[start].tag_ != "VBG":
        return None
    return Content(((match.stop, _right_end(layout.doc[start], start, limit, layout)),), "ing", None, "gerund")


def noun_object(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find an object: "rejected the offer"; of a passive with its agent, the subject."""
    start, limit = limits(match, layout)
    verb = match.head
    if is_passive(verb):
        return _passive_subject(match, cue, layout) if len(cue.words) == 1 else None
    head = _object_child(match, limit) or (_object_at(match, layout, limit) if len(cue.words) > 1 else None)
    if head is None or head.tag_ in {"WP", "WDT", "EX"} or _is_empty_object(head):
        return None
    if cue.np_about and head.lemma_.lower() not in cue.np_about:
        return None
    left = noun_phrase(head, layout)[0]
    if layout.outer[head.i] != layout.outer[verb.i] and layout.outer[verb.i] >= 0:
        return None
    stop = _before_new_clause(head.i, _right_end(head, left, limit, layout), layout)
    return Content(((max(left, match.stop), max(stop, head.i + 1)),), "np", None, "object")


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


def _is_empty_object(head: Token) -> bool:
    return (
        head.lower_.endswith(("self", "selves")) or head.ent_type_ in {"DATE", "TIME"} or head.lower_ in EMPTY_OBJECTS
    )


EMPTY_OBJECTS = frozenset(
    {"it", "that", "this", "so", "what", "which", "who", "tuesday", "wednesday", "today", "yesterday"}
)


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
            return None
    if start is None or start + 1 >= limit or doc[start + 1].is_punct:
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
    stop = _right_end(head, start, limit, layout) if head.i > start else _run_on(start + 1, limit, layout)
    asked = _object_at(match, layout, start) if start > match.stop else None
    return Content(((start, max(stop, start + 2)),), "prep", asked, "phrase")


def seen_as(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find an object and what it is seen as: "described the raid as a crime"."""
    _, limit = limits(match, layout)
    doc = layout.doc
    for index in range(match.stop, min(match.stop + 14, limit)):
        if doc[index].lower_ == "as" and index + 1 < limit:
            break
        if (doc[index].text in {",", ";", ":", "."} and not layout.quoted(index)) or doc[index].tag_ in FINITE_TAGS:
            return None
    else:
        return None
    stop = _run_on(
        min(max(t.i for t in doc[index].head.subtree) + 1, limit) if doc[index].head.i > index else index + 2,
        limit,
        layout,
    )
    start = index if _is_pronoun_only(layout, match.stop, index) else match.stop
    ranges: tuple[Range, ...] = ((start, stop),)
    if is_passive(match.head):
        subject = next((child for child in match.head.children if child.dep_ in SUBJECTS), None)
        ranges = (noun_phrase(subject, layout), (index, stop)) if subject is not None else ranges
    return Content(ranges, "as", None, "seen_as")


def named(match: CueMatch, cue: Cue, layout: Layout) -> Content | None:
    """Find an object and its name: "called the raid a crime", "calling it “the best way”"."""
    _, limit = limits(match, layout)
    doc = layout.doc
    asked = _object_at(match, layout, limit)
    if asked is None or match.stop >= limit or doc[match.stop].is_punct:
        return None
    _, after = noun_phrase(asked, layout)
    after = max(after, match.stop + 1)
    if after >= limit:
        return None
    opens = layout.quoted(after) and not layout.quoted(after - 1)
    complement = doc[after].lower_ in {"a", "an", "the"} or word_class(doc[after]) == "ADJ"
    if not (opens or (complement and doc[after].head.i >= after)):
        return None
    stop = (
        layout.tokens(layout.quotations[layout.outer[after]], marks=True)[1]
        if opens
        else _run_on(after + 1, limit, layout)
    )
    start = after if _is_pronoun_only(layout, match.stop, after) else match.stop
    return Content(((start, min(stop, limit) if not opens else stop),), "names", None, "named")


def _is_pronoun_only(layout: Layout, start: int, stop: int) -> bool:
    return stop - start == 1 and word_class(layout.doc[start]) == "PRON"


def is_passive(verb: Token) -> bool:
    """Is this a passive participle?"""
    return verb.tag_ in {"VBN", "VBD"} and any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in verb.children)


def agent_of(verb: Token) -> Token | None:
    """Return the "by" phrase of a passive."""
    for child in verb.children:
        if child.dep_ in {"obl:agent", "obl"} and child.i > verb.i and any(c.lower_ == "by" for c in child.children):
            return child
    return None


def noun_phrase(head: Token, layout: Layout, *, conjuncts: bool = True) -> Range:
    """Return the tokens of a noun phrase without relative clauses, appositions and leading prepositions."""
    doc = layout.doc
    start = head.i
    for child in head.lefts:
        if child.dep_ not in {"case", "mark", "cc", "punct", "advmod"} or (
            child.dep_ == "case" and child.tag_ == "POS"
        ):
            start = min(start, child.left_edge.i)
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


LOOSE = frozenset({"acl", "acl:relcl", "appos", "parataxis", "advcl", "dep", "ccomp", "xcomp"})


def _ends_phrase(token: Token, head: Token) -> bool:
    if token.text in {",", ";", ":", "(", "—", "–", "“", '"', "”"} or token.tag_ in FINITE_TAGS | {"WDT", "WP", "VB"}:
        return True
    return (
        token.tag_ == "TO" or token.lower_ == "not" or (token.dep_ == "mark" and token.lower_ in {"as", "that", "if"})
    )


def _addressee(match: CueMatch, content_start: int) -> Token | None:
    """Return who is told: the object between a verb and its clause."""
    for child in match.head.children:
        if child.dep_ in {"iobj", "obj"} and match.head.i < child.i < content_start and not names_time(child):
            return child
    return None


def names_time(token: Token) -> bool:
    """Is this a day, month or hour, which is never a party?"""
    return token.ent_type_ in {"DATE", "TIME"} or token.lower_ in TIME_WORDS


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
