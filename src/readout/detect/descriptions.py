"""Find descriptions ("his Chinese counterpart", "the wire service") and pronouns that may refer to an actor."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from readout.detect.folding import fold
from readout.detect.knowledge import Knowledge, Part
from readout.detect.lexicon import word_list
from readout.detect.marks import Words, country_of
from readout.detect.phrases import Phrase, noun_phrase
from readout.records import MentionKind

NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my", "your"})
FORMER = frozenset({"former", "ex", "ex-", "outgoing", "late", "previous", "then", "ousted", "deposed"})
PRONOUNS: dict[str, tuple[int, str, str | None]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), (3, "s", "m")),
    **dict.fromkeys(("she", "her", "hers", "herself"), (3, "s", "f")),
    **dict.fromkeys(("it", "its", "itself"), (3, "s", "n")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), (3, "p", None)),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), (1, "s", None)),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), (1, "p", None)),
    **dict.fromkeys(("you", "your", "yours", "yourself", "yourselves"), (2, "s", None)),
    "who": (3, "", None),
    "whom": (3, "", None),
}
POINTERS = {"this": "s", "that": "s", "these": "p", "those": "p"}
POINTED_PLACES = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod", "iobj", "ROOT"})
TYPES = {
    "country": ("GPE", "s"),
    "countries": ("GPE", "p"),
    "person": ("PERSON", "s"),
    "people": ("PERSON", "p"),
    "organization": ("ORG", "s"),
    "organizations": ("ORG", "p"),
}
MOST_PART_WORDS = 4


def descriptions(doc: Doc, knowledge: Knowledge, words: Words, names: list[Phrase]) -> Iterator[Phrase]:
    """Yield the noun phrases that describe, name no one, and stand in no name; the others are of type THING."""
    covered = {i for name in names for i in range(name.start, name.stop)}
    ends = {stop: start for start, (stop, _) in words.titles.items()}
    for token in doc:
        if token.i not in covered and not token.is_space and _is_noun(token, words) and _is_head(token):
            yield _description(doc, knowledge, words, token, ends)


def _is_noun(token: Token, words: Words) -> bool:
    """Is a word a noun, or a title that is taken for an adjective: "the general promised"?"""
    if token.tag_ in NOUN_TAGS:
        return True
    after = token.nbor().tag_ if token.i + 1 < len(token.doc) else ""
    return (
        token.tag_ == "JJ"
        and token.i in words.titles
        and token.i > 0
        and (token.nbor(-1).lower_ == "the" and after[:1] in {"V", "M", ".", ","})
    )


def _is_head(token: Token) -> bool:
    """Is a noun the head of its phrase, not a modifier of the next noun?"""
    if token.i + 1 < len(token.doc) and "\n" in token.nbor().text:
        return any(c.isalpha() for c in token.text)
    if token.dep_ == "compound" and token.i + 1 < len(token.doc) and token.nbor().tag_.startswith(("VB", "MD")):
        return True
    return token.dep_ not in {"compound", "flat", "fixed", "goeswith", "nmod:desc"} and any(
        c.isalpha() for c in token.text
    )


def _description(doc: Doc, knowledge: Knowledge, words: Words, token: Token, title_ends: dict[int, int]) -> Phrase:
    start, stop = noun_phrase(token)
    part, part_start, part_stop = part_at(doc, knowledge, token)
    if part:
        start = min(start, _country_start(doc, words, part_start))
    phrase = Phrase(start, max(stop, part_stop), token.i, MentionKind.DESCRIPTION, "THING", "description.thing")
    phrase.noun = fold(doc[part_start:part_stop].text).lower() if part else token.lower_
    phrase.number = "p" if token.tag_ in {"NNS", "NNPS"} or token.lower_ in {"people", "police", "troops"} else "s"
    _modifiers(doc, words, phrase, part_start)
    title = _title_of(words, title_ends, token)
    if title:
        phrase.title, phrase.type, phrase.rule = title, "PERSON", "description.title"
    elif part and phrase.country:
        phrase.type, phrase.rule = part.type, f"description.part.{part.id}"
    else:
        _type_by_noun(knowledge, phrase, token)
    if token.lower_ in knowledge.gender_words["male nouns"]:
        phrase.gender = "m"
    elif token.lower_ in knowledge.gender_words["female nouns"]:
        phrase.gender = "f"
    return phrase


def _country_start(doc: Doc, words: Words, start: int) -> int:
    """Return where the country right before a state's part begins, whatever the parser makes of it."""
    before = start - 1 if start and doc[start - 1].tag_ == "POS" else start
    ends = {stop: begin for begin, (stop, hit) in words.hits.items() if country_of(hit)}
    return ends.get(before, start)


def part_at(doc: Doc, knowledge: Knowledge, token: Token) -> tuple[Part | None, int, int]:
    """Return the part of a state that a noun names, with the words that belong to it: "foreign ministry"."""
    for start in range(max(0, token.i - MOST_PART_WORDS + 1), token.i + 1):
        for stop in range(min(len(doc), token.i + MOST_PART_WORDS), token.i, -1):
            if stop > token.i + 1 and doc[token.i + 1].lower_ not in {"of", "for"}:
                continue
            found = knowledge.parts.get(fold(" ".join(doc[start:stop].text.split())).lower())
            if found:
                return found, start, stop
    return None, token.i, token.i + 1


def _modifiers(doc: Doc, words: Words, phrase: Phrase, before: int) -> None:
    """Read article, possessor, country and "former" off the words around the head."""
    first = doc[phrase.start]
    phrase.definite = first.lower_ in word_list("determiners") or first.tag_ == "PRP$" or _possessed(doc, phrase)
    for index in range(phrase.start, phrase.root):
        token = doc[index]
        if token.lower_ in FORMER:
            phrase.former = True
        if token.tag_ == "PRP$" and phrase.owner is None:
            phrase.owner = index
        hit = words.hits.get(index)
        if hit and hit[0] <= phrase.root and country_of(hit[1]):
            phrase.country = country_of(hit[1])
    if phrase.owner is None:
        phrase.owner = next((c.i for c in doc[phrase.root].children if c.dep_ == "nmod:poss"), None)
    for index in range(phrase.root + 1, min(phrase.stop, phrase.root + 6)):
        hit = words.hits.get(index)
        if phrase.country is None and hit and doc[index - 1].lower_ in {"of", "the"} and country_of(hit[1]):
            phrase.country = country_of(hit[1])


def _possessed(doc: Doc, phrase: Phrase) -> bool:
    return any(token.tag_ == "POS" for token in doc[phrase.start : phrase.root])


def _title_of(words: Words, ends: dict[int, int], token: Token) -> str | None:
    """Return the title that a noun is, or the last word of, or the first word of ("secretary of state")."""
    if token.i + 1 in ends:
        return words.titles[ends[token.i + 1]][1]
    found = words.titles.get(token.i)
    return found[1] if found else None


def _type_by_noun(knowledge: Knowledge, phrase: Phrase, token: Token) -> None:
    word, lemma = token.lower_, token.lemma_.lower()
    for key, (kind, number) in TYPES.items():
        if word in knowledge.nouns[key] or (number == "s" and lemma in knowledge.nouns[key] and word == lemma):
            phrase.type, phrase.rule = kind, f"description.{key}"
            if word not in {"police", "people"}:
                phrase.number = number
            return
    called = " ".join(t.lower_ for t in token.doc[max(phrase.start, token.i - 1) : token.i + 1])
    if called in knowledge.called or word in knowledge.called:
        phrase.type, phrase.rule = "ORG", "description.called"


def coordinations(doc: Doc, found: list[Phrase]) -> Iterator[Phrase]:
    """Yield "NATO and the U.S.", "researchers and students": several, whom "they" may mean together."""
    by_root = {phrase.root: phrase for phrase in sorted(found, key=lambda phrase: phrase.length)}
    for phrase in by_root.values():
        others = [by_root[c.i] for c in doc[phrase.root].rights if c.dep_ == "conj" and c.i in by_root]
        joint = next((c for other in others for c in doc[other.root].lefts if c.lower_ in {"and", "&"}), None)
        if joint is None or not phrase.start < joint.i < others[-1].start:
            continue
        whole = Phrase(
            phrase.start, others[-1].stop, joint.i, MentionKind.DESCRIPTION, "THING", "description.coordination"
        )
        whole.number, whole.parts = "p", [phrase, *others]
        whole.definite = True
        yield whole


def pronouns(doc: Doc) -> Iterator[Phrase]:
    """Yield every personal and possessive pronoun, and the relative "who", but not the "it" that stands for nothing."""
    for token in doc:
        if _points(token):
            yield _pointer(token)
        elif token.tag_ in {"PRP", "PRP$", "WP", "NN", "NNP"} and token.lower_ in PRONOUNS and not _is_expletive(token):
            person, number, gender = PRONOUNS[token.lower_]
            if token.tag_ in {"NN", "NNP"} and (token.text == "US" or person != 3):
                continue
            phrase = Phrase(token.i, token.i + 1, token.i, MentionKind.PRONOUN, "PRONOUN", f"pronoun.{token.lower_}")
            phrase.person, phrase.number, phrase.gender = person, number or None, gender
            yield phrase


def _points(token: Token) -> bool:
    """Does "this" or "those" stand alone, for something said before?"""
    return token.tag_ == "DT" and token.lower_ in POINTERS and token.dep_ in POINTED_PLACES


def _pointer(token: Token) -> Phrase:
    """Return a "this" as a thing: what nobody refers back to is no mention."""
    phrase = Phrase(token.i, token.i + 1, token.i, MentionKind.PRONOUN, "THING", f"pronoun.{token.lower_}")
    phrase.number = POINTERS[token.lower_]
    phrase.gender = "n" if phrase.number == "s" else None
    return phrase


def _is_expletive(token: Token) -> bool:
    """Does "it" stand for a clause or the weather: "it is clear that", "it seems that", "it rained"?"""
    if token.lower_ != "it":
        return False
    if token.dep_ == "expl":
        return True
    head = token.head
    if head.lemma_.lower() in {"seem", "appear", "rain", "snow", "happen", "matter", "turn"} and token.dep_ == "nsubj":
        return any(c.dep_ in {"ccomp", "csubj", "advcl", "xcomp"} for c in head.children)
    is_copular = any(c.dep_ == "cop" for c in head.children) or head.lemma_.lower() == "be"
    clauses = {"csubj", "ccomp", "csubj:pass", "csubj:outer"}
    return is_copular and any(
        c.dep_ in clauses or (c.dep_ == "advcl" and c.i > head.i and _is_to_clause(c)) for c in head.children
    )


def _is_to_clause(token: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in {"to", "that", "if", "whether", "for"} for c in token.children)
