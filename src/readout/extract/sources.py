"""Find who a cue reports: its subject, owner or agent; over relative clauses, participles and conjunctions."""

from dataclasses import dataclass

from spacy.tokens import Token

from readout.extract.cues import CueMatch
from readout.extract.layout import Layout
from readout.extract.nominals import FINITE_TAGS, SUBJECTS, agent_of, is_passive
from readout.extract.things import is_thing
from readout.extract.wordclasses import word_class

MAX_CLIMB = 5
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
NO_SPEAKER = frozenset({"there", "what", "which", "that", "this"})
GIVERS = frozenset({"from", "by", "of"})
LIGHT_VERBS = frozenset(
    {"make", "issue", "give", "have", "release", "publish", "offer", "express", "voice", "repeat",
     "deliver", "send", "renew", "reiterate", "take", "receive", "read", "post", "put", "hold", "raise",
     "drop", "keep", "share", "level", "show", "sound"}
)  # fmt: skip
SPEAKING = frozenset({"ORG", "PERSON", "GPE", "NORP"})  # "a Harbor Times report that"
READS = frozenset({"read", "run", "begin", "end", "conclude"})  # "...," the statement read
UTTERANCES = frozenset(
    {"statement", "letter", "tweet", "post", "message", "email", "e-mail", "memo", "note", "release",
     "article", "column", "editorial", "essay", "op-ed", "speech", "interview", "report", "filing",
     "petition", "brief", "remark", "comment", "communique", "readout", "video", "announcement",
     "declaration", "resolution"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """Who speaks, by which rule, or why nobody is found. `through` is the utterance that speaks for it."""

    token: Token | None
    rule: str
    reason: str | None = None
    through: Token | None = None
    words: tuple[int, int] | None = None  # its tokens, where layout gives them


def source_of(match: CueMatch, layout: Layout) -> Found:
    """Return who the cue reports; where the tree gives it a thing, who stands before or above that."""
    found = _source_of(match, layout)
    if found.token is None or not is_thing(found.token) or match.cues[0].kind != "verbs":
        return found
    asked = match.head.i > 0 and match.head.nbor(-1).lower_ in {"when", "if", "as", "than", "once"}
    if found.rule == "agent" or match.head.tag_ == "VBN" or (asked and match.head.tag_ == "VBD"):
        return Found(None, "agent", "a passive without an agent")
    speaker = _named_before(match.head, layout) or _above(match.head, layout)
    return Found(speaker, "instead_of_thing") if speaker is not None else found


def _named_before(verb: Token, layout: Layout) -> Token | None:
    """Return a name or pronoun right before a finite verb: "At the meeting with the editors Ona said"."""
    start, _ = layout.sentence[verb.i]
    index = verb.i - 1
    while index > start and word_class(verb.doc[index]) in {"AUX", "ADV", "PART"}:
        index -= 1
    token = verb.doc[index]
    named = index >= start and word_class(token) in {"PROPN", "PRON"} and token.tag_ not in {"WP", "WDT", "DT"}
    if not named or verb.tag_ not in FINITE_TAGS:
        return None
    head = phrase_head(token, start)
    return None if any(child.dep_ == "case" for child in head.children) else head  # "pressure on [Oslo] demands"


def _with_whom(verb: Token, layout: Layout) -> Token | None:
    """Return whose doing an absolute participle tells: "an issue, with [Ona Holt], the challenger, criticizing it"."""
    if verb.tag_ != "VBG":
        return None
    for index in range(verb.i - 1, layout.sentence[verb.i][0], -1):
        if layout.words[index] == "with":
            noun = verb.doc[index].head
            return noun if index < noun.i < verb.i and word_class(noun) == "PROPN" else None
    return None


def _above(verb: Token, layout: Layout) -> Token | None:
    """Return who a participle or infinitive after a thing is about: "[Ona] never missed a chance to remind voters"."""
    if verb.tag_ in FINITE_TAGS:
        return None
    return _with_whom(verb, layout) or _moved(verb) or _governing(verb, layout)


def _moved(verb: Token) -> Token | None:
    """Return who is moved to say something: "the threats prompted [Oslo] to order"."""
    moved = _object(verb.head) if verb.tag_ == "VB" else None
    speaks = moved is not None and moved.i < verb.i and not is_thing(moved) and word_class(moved) in NOMINAL
    return moved if speaks else None


def _governing(verb: Token, layout: Layout) -> Token | None:
    """Return the noun above a verb, or the subject of the verb above it, the first that is no thing."""
    token = verb
    for _ in range(MAX_CLIMB):
        governor = token.head
        if governor == token:
            return None
        if word_class(governor) in {"NOUN", "PROPN"} and not is_thing(governor):
            return governor
        if word_class(governor) in {"VERB", "AUX", "ADJ"}:
            subject = _subject(governor, layout, 0)
            return subject if subject is not None and not is_thing(subject) and subject.i < verb.i else None
        token = governor
    return None


def _source_of(match: CueMatch, layout: Layout) -> Found:
    cue = match.cues[0]
    if cue.kind == "nouns":
        return _owner(match.head, layout)
    if cue.kind == "adjectives":
        return _speaker(_subject(match.head, layout, 0), "subject")
    if cue.kind == "prepositions":
        return _speaker(_phrase_head(match, layout), "according_to")
    if is_passive(match.head):
        signed = None if agent_of(match.head) is not None else _signed(match.head, layout)
        return signed or _speaker(agent_of(match.head), "agent", "a passive without an agent")
    found = _speaker(_subject(match.head, layout, 0), "subject")
    if found.token is not None and found.token.lemma_.lower() in UTTERANCES:
        owner = _owner(found.token, layout)
        if owner.token is not None:
            return Found(owner.token, "owner_of_utterance", None, found.token)
    return found


def _signed(verb: Token, layout: Layout) -> Found | None:
    """Return whose statement a passive names: "was condemned in a statement by Oslo"."""
    for child in verb.children:
        if child.dep_ == "obl" and child.i > verb.i and child.lemma_.lower() in UTTERANCES:
            owner = _owner(child, layout)
            if owner.token is not None:
                return Found(owner.token, "owner_of_utterance", None, child)
    return None


def _speaker(token: Token | None, rule: str, reason: str = "no subject in the sentence") -> Found:
    if token is not None and token.lower_ in {"who", "which"}:
        token = _nominal_before(token)
    if token is None:
        return Found(None, rule, reason)
    if (token.lower_ in NO_SPEAKER and word_class(token) != "PROPN") or token.dep_ == "expl":
        return Found(None, rule, f"“{token.text}” names nobody")
    return Found(token, rule)


def _subject(verb: Token, layout: Layout, depth: int) -> Token | None:
    """Return the subject of a verb, its own or the one that it shares."""
    if depth > MAX_CLIMB:
        return None
    own = _own_subject(verb, layout)
    if own is not None:
        return own
    governor = verb.head
    if verb.dep_ == "conj" or (verb.dep_ in {"xcomp", "advcl", "parataxis", "dep"} and not _is_new_clause(verb)):
        if _object_controls(verb, governor):
            return _object(governor)
        if governor != verb and (
            word_class(governor) in {"VERB", "AUX", "ADJ", "NOUN"} or governor.tag_.startswith("VB")
        ):
            return _subject(governor, layout, depth + 1)
    if verb.dep_ in {"acl", "acl:relcl"} and word_class(governor) in NOMINAL:
        in_phrase = any(child.dep_ == "case" and child.tag_ != "POS" for child in governor.children)
        verbless = _subject_of_verbless(verb, layout) if in_phrase else None
        return verbless or _modified(governor, layout, depth)
    return _nearby_subject(verb, layout)


def _is_new_clause(verb: Token) -> bool:
    """Does a finite side clause stand here whose own subject the parser has missed?"""
    return verb.tag_ in FINITE_TAGS and verb.dep_ in {"advcl", "parataxis"}


def _own_subject(verb: Token, layout: Layout) -> Token | None:
    subjects = [
        child for child in verb.children if child.dep_ in SUBJECTS and child.dep_ != "csubj" and not child.is_space
    ]
    before = [child for child in subjects if child.i < verb.i]
    if before and subjects[-1].i > verb.i and verb.tag_ in FINITE_TAGS and _follows_its_content(verb):
        return subjects[-1]
    for child in before[::-1] or subjects:
        if child.dep_ in SUBJECTS:
            if child.lower_ in RELATIVE and child.tag_ in {"WP", "WDT", "IN"}:
                return _antecedent(verb, child)
            if word_class(child) in NOMINAL or child.tag_ in {"JJ", "JJS", "CD"}:
                return child
    return None


def _follows_its_content(verb: Token) -> bool:
    """Does the verb stand right after a comma or a quotation: "…, said Ona"? Then its subject comes after it."""
    return verb.i > 0 and (verb.nbor(-1).text == "," or verb.nbor(-1).is_quote)


def _antecedent(verb: Token, pronoun: Token) -> Token | None:
    """Return what a relative pronoun stands for."""
    if verb.dep_ == "acl:relcl" and word_class(verb.head) in NOMINAL:
        return verb.head
    clause = verb
    while clause.dep_ == "conj" and clause.head != clause:
        clause = clause.head
    if clause.dep_ == "acl:relcl" and word_class(clause.head) in NOMINAL:
        return clause.head
    return _nominal_before(pronoun)


def _nominal_before(pronoun: Token) -> Token | None:
    for index in range(pronoun.i - 1, max(-1, pronoun.i - 4), -1):
        if word_class(pronoun.doc[index]) in {"NOUN", "PROPN"}:
            return pronoun.doc[index]
    return None


def distant_subject(verb: Token, layout: Layout) -> Token | None:
    """Find a subject before an insertion between commas: "Ona, speaking in Geneva, said"."""
    doc = layout.doc
    start, _ = layout.sentence[verb.i]
    index = verb.i - 1
    while index >= start and (word_class(doc[index]) in {"AUX", "ADV", "PART"} or doc[index].tag_ in {"MD", "RB"}):
        index -= 1
    if index >= start and doc[index].text == ",":
        comma = next((i for i in range(index - 1, start, -1) if doc[i].text == "," and layout.outer[i] < 0), None)
        index = comma - 1 if comma is not None else index - 1
    for position in range(index, max(start, index - 6) - 1, -1):
        if word_class(doc[position]) in NOMINAL - {"NUM"} and layout.outer[position] == layout.outer[verb.i]:
            return phrase_head(doc[position], start)
    return None


def _object_controls(verb: Token, governor: Token) -> bool:
    """Is the object of the governor the one who speaks: "quoted Wang as telling", "wants him to say"?"""
    obj = _object(governor)
    if obj is None or obj.i > verb.i or verb.dep_ == "conj":
        return False
    as_clause = governor.lemma_.lower() in {"quote", "cite", "describe"} and any(
        child.lower_ == "as" for child in verb.children
    )
    return as_clause or (verb.dep_ == "xcomp" and verb.tag_ in {"VB", "VBG"} and obj.i > governor.i)


def _object(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in {"obj", "iobj"} and child.i > verb.i), None)


def _subject_of_verbless(verb: Token, layout: Layout) -> Token | None:
    """Return the noun that the parser made the root of a sentence whose only finite verb it took for a participle."""
    root = verb.head
    while root.head != root and not root.head.is_space:
        root = root.head
    transitive = any(child.dep_ in {"obj", "ccomp"} and child.i > verb.i for child in verb.children)
    if not (verb.tag_ == "VBD" or transitive) or word_class(root) not in NOMINAL or root.i > verb.i:
        return None
    start, _ = layout.sentence[verb.i]
    finite = [i for i in range(start, verb.i) if layout.doc[i].tag_ in FINITE_TAGS]
    return None if finite or root.i < start else root


def _modified(noun: Token, layout: Layout, depth: int) -> Token | None:
    """Return who speaks in "a statement saying ..." (its owner) and "officials saying ..." (the officials)."""
    if noun.lemma_.lower() in UTTERANCES:
        owner = _owner(noun, layout, depth + 1)
        return owner.token or noun
    return noun


def _nearby_subject(verb: Token, layout: Layout) -> Token | None:
    """Find a subject by position, when the parse has none: "X has said", or after the verb in "said X"."""
    doc = layout.doc
    start, stop = layout.sentence[verb.i]
    if verb.tag_ == "VBG":
        return None
    index = verb.i - 1
    if index >= start and layout.doc[index].is_space:
        return None
    while index >= start and (word_class(doc[index]) in {"AUX", "ADV", "PART"} or doc[index].tag_ in {"MD", "RB"}):
        index -= 1
    if index >= start and word_class(doc[index]) in NOMINAL and layout.outer[index] == layout.outer[verb.i]:
        return _modified_noun(phrase_head(doc[index], start), start)
    after = inverted_subject(verb, layout, stop)
    if after is None and verb.tag_ in FINITE_TAGS and index > start and doc[index].text == ",":
        return distant_subject(verb, layout)
    return after


def _modified_noun(token: Token, start: int) -> Token:
    """Climb from the end of a phrase to its head, within its commas: "a spokesman [for the fleet] said"."""
    doc = token.doc
    while token.dep_ == "nmod" and start <= token.head.i < token.i and word_class(token.head) in NOMINAL:
        if any(doc[i].text == "," or doc[i].tag_ in FINITE_TAGS for i in range(token.head.i, token.i)):
            break
        token = token.head
    return token


def inverted_subject(verb: Token, layout: Layout, stop: int) -> Token | None:
    """Find the subject that follows its verb: "said Mr. Ona, the minister"."""
    doc = layout.doc
    last = None
    for index in range(verb.i + 1, min(verb.i + 12, stop)):
        token = doc[index]
        if word_class(token) in NOMINAL and token.ent_type_ not in {"DATE", "TIME"}:
            last = token
            if word_class(token) == "PRON" or index + 1 == stop or not _name_goes_on(doc[index + 1]):
                break
        elif word_class(token) not in {"DET", "ADJ", "NUM", "PART"} and token.text not in {"-", ".", "’s", "'s"}:
            if last is None and token.tag_ not in {"VBG", "VBN"}:
                return None
            if last is not None:
                break
    return phrase_head(last, verb.i + 1) if last is not None else None


def _name_goes_on(token: Token) -> bool:
    """Can this word go on a name: "Ona [Holt]", "Jean[-]Luc", "Mr[.] Holt"?"""
    if token.text in {",", ".", ";", ":", "“", '"', "(", "—"}:
        return False
    return word_class(token) in {"NOUN", "PROPN", "PART", "PUNCT"}


def phrase_head(token: Token, start: int) -> Token:
    """Climb from the last word of a name to the word that heads the phrase."""
    while (
        token.head.i >= start and token.head != token and token.dep_ in {"flat", "compound"} and token.head.i < token.i
    ):
        token = token.head
    return token


def _phrase_head(match: CueMatch, layout: Layout) -> Token | None:
    """Return the head of the phrase after "according to"."""
    doc = layout.doc
    head = match.head.head
    if head.i >= match.stop and word_class(head) in NOMINAL:
        return head
    _, stop = layout.sentence[match.head.i]
    last = None
    for index in range(match.stop, min(match.stop + 12, stop)):
        if word_class(doc[index]) in {"NOUN", "PROPN", "PRON"}:
            last = doc[index]
        elif last is not None and (doc[index].is_punct or word_class(doc[index]) in {"ADP", "VERB", "AUX", "SCONJ"}):
            break
    return phrase_head(last, match.stop) if last is not None else None


def _is_long_name(token: Token) -> bool:
    """Is this the last word of a name of several: "a New Harbor [Times] report"?"""
    return word_class(token) == "PROPN" and any(word_class(child) == "PROPN" for child in token.children)


def _named_owner(noun: Token) -> Found | None:
    """Return whose utterance a noun is by the words on it: "Iran's claim", "from Oslo", "a Harbor Times report"."""
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            return Found(child, "possessive")
    for child in noun.children:
        given = child.dep_ == "nmod" and any(c.lower_ in {"from", "by"} for c in child.children if c.dep_ == "case")
        if given and not is_thing(child):
            return Found(child, "giver")
    for child in noun.children:
        if child.dep_ in {"compound", "amod"} and (child.ent_type_ in SPEAKING or _is_long_name(child)):
            return Found(child, "name_before")
    return None


def _owner(noun: Token, layout: Layout, depth: int = 0) -> Found:
    """Return whose utterance a noun is: "Iran's claim", "a warning from Oslo", "the minister made the claim"."""
    named = _named_owner(noun)
    if named is not None:
        return named
    governor = noun.head
    if noun.dep_ == "obj" and governor.lemma_.lower() in LIGHT_VERBS and depth <= MAX_CLIMB:
        if is_passive(governor):
            return _speaker(agent_of(governor), "agent", "a passive without an agent")
        return _speaker(_subject(governor, layout, depth + 1), "subject_of_light_verb")
    if noun.dep_ == "nsubj:pass" and governor.lemma_.lower() in LIGHT_VERBS:
        return _speaker(agent_of(governor), "agent", "a passive without an agent")
    if noun.dep_ == "nsubj" and governor.lemma_.lower() in READS and noun.lemma_.lower() in UTTERANCES:
        return Found(noun, "document")
    return Found(None, "owner", "nobody is named as the one whose words these are")
