"""Find who stands in which role of a predicate: subject, object, behind a preposition, in its complement.

Trees come from a parser that errs in one word of seven, so each role has a syntactic rule first and then, where that
finds nothing, one that goes by the order of words. The rule that found a filler is its id, and stands in the evidence.
Labels are Universal Dependencies'.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

FAR_ANTECEDENT = 6  # words to a noun that "that" is unlikely to skip a nearer noun for
AGENT_REACH = 8  # words after a passive verb in which "by" names its agent although the tree says otherwise
SUBJECTS = frozenset({"nsubj", "csubj"})
OUTER_SUBJECTS = frozenset({"nsubj:outer"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "csubj:pass"})
OBJECTS = frozenset({"obj", "dobj"})
DASHES = frozenset({"—", "–", "--"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
COMPLEMENTS = frozenset({"xcomp", "ccomp", "advcl", "acl"})
OBJECT_CONTROL_FREE = frozenset({"promise", "vow", "threaten", "agree", "pledge", "offer"})
MAIN_CLAUSES = frozenset({"ROOT", "parataxis", "ccomp"})  # a participle here is a mistagged past tense
INSIDE = frozenset({"in", "of", "from", "at", "between"})
PERFECT = frozenset({"has", "have", "had", "'ve", "’ve"})  # "has called" is active, whatever the tree says
SKIPPED_LEFT = frozenset({"ADV", "AUX", "PART"})
BETWEEN_PARTIES = frozenset({",", "and", "or", "the", "&", "both", "as", "well", "its", "their", "his", "her"})


@dataclass(frozen=True, slots=True)
class Filler:
    """A word that stands in a role, and the rule that says so."""

    token: Token
    rule: str


def child(token: Token, labels: frozenset[str]) -> Token | None:
    """Return the first child with one of these labels."""
    return next((one for one in token.children if one.dep_ in labels and not one.is_space), None)


def is_passive(verb: Token) -> bool:
    """Is a verb in the passive, with or without an auxiliary?"""
    if verb.tag_ not in {"VBN", "VBD"} or is_misread_main(verb):
        return False
    labels = {one.dep_ for one in verb.children}
    if "aux:pass" in labels:
        return True
    if "nsubj:pass" in labels:
        return not is_perfect(verb) and ("obl:agent" in labels or is_headline(verb))
    return is_bare_passive(verb, labels)


def is_perfect(verb: Token) -> bool:
    """Has a verb "have" as its auxiliary?"""
    return any(one.dep_ == "aux" and one.lower_ in PERFECT for one in verb.children)


def is_headline(verb: Token) -> bool:
    """Does a sentence end without a mark, as headlines do, which leave out "was"?"""
    words = [token for token in verb.sent if not token.is_space]
    return bool(words) and not any(token.text in {".", "!", "?"} for token in words[-2:])


def is_bare_passive(verb: Token, labels: set[str]) -> bool:
    """Is a participle without auxiliary and subject passive: "troops sent by", "was arrested and jailed"?"""
    if labels & {"aux", "obj", "nsubj"} or (verb.tag_ == "VBD" and verb.dep_ != "acl"):
        return False
    if verb.dep_ == "conj":
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "acl:relcl", "amod", "advcl"}


def is_misread_main(verb: Token) -> bool:
    """Is a participle that the tree hangs on the sentence's first noun the only verb that the sentence has?"""
    if verb.dep_ not in {"acl", "amod"} or verb.head.dep_ != "ROOT" or verb.head.i > verb.i:
        return False
    if any(one.dep_ == "obl:agent" for one in verb.children):
        return False
    return not any(one.tag_ in {"VBD", "VBZ", "VBP", "MD"} and one.i != verb.i for one in verb.sent)


def subject(verb: Token) -> Filler | None:
    """Return who does it: the subject of an active verb, the agent of a passive one."""
    if is_passive(verb):
        return agent(verb)
    return surface_subject(verb)


def agent(verb: Token) -> Filler | None:
    """Return the agent of a passive verb: "by" whom."""
    for one in verb.children:
        if one.dep_ in {"obl:agent", "obl", "nmod"} and preposition(one) == "by":
            return Filler(one, "role.agent")
    for one in verb.doc[verb.i + 1 : verb.i + 1 + AGENT_REACH]:
        if one.is_sent_start or one.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return None
        if one.lower_ == "by" and one.dep_ == "case":
            found = behind(one)
            return None if found is None else Filler(found.token, "role.agent-nearby")
    return None


def surface_subject(verb: Token, depth: int = 0) -> Filler | None:
    """Return the grammatical subject, from the verb itself or from the clause that it depends on."""
    own = own_subject(verb)
    if own is not None:
        return Filler(antecedent(own, verb), "role.subject")
    if depth > 3:
        return None
    return left_neighbour(verb) or inherited_subject(verb, depth)


def own_subject(verb: Token) -> Token | None:
    """Return the subject that the tree gives a verb: of two, "who many nations have recognised", not the pronoun."""
    found = [one for one in verb.children if one.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
    if len(found) > 1 and found[0].lower_ in RELATIVES and found[1].pos_ in NOMINAL and found[1].i < verb.i:
        return found[1]
    return found[0] if found else child(verb, OUTER_SUBJECTS)


def inherited_subject(verb: Token, depth: int) -> Filler | None:
    """Return the subject that a verb without one takes from its governor."""
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ in {"acl", "acl:relcl", "amod"} and head.pos_ in NOMINAL:
        return Filler(head, "role.modified-noun")
    if verb.dep_ in {"xcomp", "ccomp"}:
        return controller(verb, depth)
    if verb.dep_ in {"conj", "advcl", "parataxis", "cop", "aux"} and head.pos_ in {
        "VERB",
        "AUX",
        "ADJ",
        "NOUN",
        "NUM",
        "PRON",
    }:
        if verb.dep_ == "parataxis" and head.pos_ != "VERB":
            return None
        found = surface_subject(head, depth + 1)
        return found and Filler(found.token, f"role.subject-of-{verb.dep_}")
    return None


def controller(verb: Token, depth: int) -> Filler | None:
    """Return who is meant to do the complement: the object of the verb above it, else its subject."""
    head = verb.head
    target = child(head, OBJECTS | {"iobj"})
    if target is not None and head.lemma_ not in OBJECT_CONTROL_FREE and target.i < verb.i and verb.tag_ != "VBG":
        return Filler(target, "role.controlled-by-object")
    found = surface_subject(head, depth + 1)
    return found and Filler(found.token, "role.controlled-by-subject")


def left_neighbour(verb: Token) -> Filler | None:
    """Return the noun just before a verb, past adverbs and auxiliaries: for trees without a subject."""
    if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"acl", "amod"}:
        return None
    bare = child(verb, frozenset({"aux", "aux:pass"})) is None
    if bare and (verb.tag_ in {"VB", "VBG"} or (verb.tag_ == "VBN" and verb.dep_ not in MAIN_CLAUSES)):
        return None
    start = verb.sent.start
    position = verb.i - 1
    while position >= start and (verb.doc[position].pos_ in SKIPPED_LEFT or verb.doc[position].is_space):
        position -= 1
    if position < start:
        return None
    token = verb.doc[position]
    token = before_parenthesis(token)
    if token.pos_ not in NOMINAL or token.lower_ in RELATIVES or preposition(token) is not None:
        return None
    return Filler(token, "role.left-neighbour")


def adjacent_left(verb: Token) -> Filler | None:
    """Return the word right before a verb and its auxiliaries, whatever it was tagged as."""
    position = verb.i - 1
    while position > verb.sent.start and verb.doc[position].pos_ in {"AUX", "PART"}:
        position -= 1
    if position < verb.sent.start:
        return None
    token = verb.doc[position]
    while (preposition(token) in INSIDE or token.dep_ == "conj") and token.head.i < token.i:
        token = token.head
    return None if preposition(token) is not None else Filler(token, "role.adjacent-left")


def adjacent_right(verb: Token) -> Filler | None:
    """Return the word right after a verb and an article, whatever it was tagged as."""
    position = verb.i + 1
    while position < len(verb.doc) and verb.doc[position].pos_ == "DET":
        position += 1
    if position >= len(verb.doc) or verb.doc[position].is_sent_start:
        return None
    return Filler(verb.doc[position], "role.adjacent-right")


def before_parenthesis(token: Token) -> Token:
    """Return the word before a comment between commas or dashes: "Blinken, meanwhile, called"."""
    if token.text in DASHES:
        opened = [one for one in token.doc[token.sent.start : token.i] if one.text in DASHES]
        return opened[0].nbor(-1) if len(opened) == 1 and opened[0].i > token.sent.start else token
    if token.text != "," or token.i < 3:
        return token
    for other in reversed(token.doc[max(token.i - 5, token.sent.start) : token.i]):
        if other.text == "," and other.i > token.sent.start:
            return other.nbor(-1)
    return token


def antecedent(token: Token, verb: Token) -> Token:
    """Return the noun that a relative pronoun stands for, or the word itself."""
    if token.lower_ not in RELATIVES or token.tag_ not in {"WDT", "WP", "IN", "DT"}:
        return token
    clause = verb
    while clause.dep_ in {"conj", "xcomp"} and clause.head != clause:
        clause = clause.head
    if clause.dep_ not in {"acl:relcl", "acl"}:
        return token
    before = token.doc[token.i - 1] if token.i else token
    far = token.i - clause.head.i > FAR_ANTECEDENT and token.lower_ in {"that", "which"}
    if far and before.pos_ in NOMINAL:
        return before
    return last_of_list(token, clause.head) or clause.head


def last_of_list(relative: Token, head: Token) -> Token | None:
    """Return the name right before "who" that ends a list or follows "including": it is he, not the list, who did."""
    position = relative.i - 1
    if relative.lower_ not in {"who", "whom"} or position <= head.i:
        return None
    name = relative.doc[position - 1] if relative.doc[position].text in {",", "—", "–", "("} else relative.doc[position]
    while name.dep_ == "flat" and name.head.i > head.i:
        name = name.head
    listed = name.dep_ in {"conj", "appos"} or preposition(name) in {"including", "like", "as"}
    return name if name.pos_ == "PROPN" and name.i > head.i and listed else None


def direct_object(verb: Token) -> Filler | None:
    """Return whom it is done to: the object of an active verb, the subject of a passive one."""
    if is_passive(verb):
        found = surface_subject(verb)
        return found and Filler(found.token, "role.passive-subject")
    own = child(verb, OBJECTS)
    if own is not None:
        return Filler(antecedent(own, verb), "role.object")
    indirect = child(verb, frozenset({"iobj"}))
    if indirect is not None:
        return Filler(indirect, "role.indirect-object")
    if verb.dep_ in {"amod", "compound"} and verb.head.i > verb.i and verb.head.pos_ in NOMINAL:
        return Filler(verb.head, "role.noun-after")
    return relative_object(verb) or shared_object(verb) or right_neighbour(verb)


def relative_object(verb: Token) -> Filler | None:
    """Return the noun that a relative clause without an object of its own modifies: "the town that they shelled"."""
    if verb.dep_ != "acl:relcl" or child(verb, SUBJECTS) is None:
        return None
    who = own_subject(verb)
    if who is not None and who.lower_ in RELATIVES:
        return None
    return Filler(verb.head, "role.relative-object")


def shared_object(verb: Token) -> Filler | None:
    """Return the object of the verb that follows in a coordination: "attacked and killed ten soldiers"."""
    for other in verb.children:
        if other.dep_ == "conj" and other.pos_ == "VERB" and child(other, SUBJECTS) is None:
            found = child(other, OBJECTS)
            if found is not None and other.i - verb.i <= 2:
                return Filler(found, "role.shared-object")
    return None


def right_neighbour(verb: Token) -> Filler | None:
    """Return the noun phrase that begins right after a verb, for trees that hang it elsewhere."""
    if is_passive(verb) or verb.i + 1 >= len(verb.doc):
        return None
    return noun_phrase_after(verb, "role.right-neighbour")


def noun_phrase_after(token: Token, rule: str) -> Filler | None:
    """Return the head of the noun phrase that begins right after a word."""
    head: Token | None = None
    for one in token.doc[token.i + 1 : token.i + 9]:
        if one.text == "-" and head is not None:
            continue
        if one.is_sent_start or one.pos_ in {"ADP", "VERB", "SCONJ", "AUX", "CCONJ", "PUNCT"}:
            if head is None and one.text in {"“", '"', "‘", "'"}:
                continue
            break
        if head is not None and one.tag_ == "PRP":
            break  # "the pledge he made"
        if one.pos_ in NOMINAL and one.lower_ not in RELATIVES and one.tag_ != "EX":
            head = one
        elif one.text in {"'s", "’s", "'", "’"} and head is not None:
            continue
        elif head is not None:
            break
    return None if head is None else Filler(head, rule)


def preposition(token: Token) -> str | None:
    """Return the preposition of a noun phrase."""
    case = next((one for one in token.children if one.dep_ == "case" and one.i < token.i), None)
    return None if case is None else case.lower_


def behind(link: Token) -> Filler | None:
    """Return the noun that a preposition or particle introduces."""
    if link.dep_ == "case" and link.head.i > link.i:
        nearest = noun_phrase_after(link, f"role.behind-{link.lower_}")
        further = nearest is not None and nearest.token.i < link.head.i and crosses_preposition(link)
        return nearest if further else Filler(link.head, f"role.behind-{link.lower_}")
    head = link.head
    if head.i < link.i and link.dep_ in {"compound:prt", "advmod"}:
        found = child(head, OBJECTS)
        if found is not None and found.i > link.i:
            return Filler(found, f"role.behind-{link.lower_}")
    return noun_phrase_after(link, f"role.behind-{link.lower_}")


def crosses_preposition(link: Token) -> bool:
    """Does another preposition stand between one and the noun that the tree gives it?"""
    return any(one.tag_ == "IN" and one.lower_ != "of" for one in link.doc[link.i + 1 : link.head.i])


def obliques(word: Token, names: frozenset[str]) -> Iterator[Filler]:
    """Yield the nouns that depend on a word by one of these prepositions."""
    for one in word.children:
        if one.dep_ in {"obl", "nmod", "obl:agent", "iobj", "nmod:poss", "appos", "conj"} and one.i > word.i:
            name = preposition(one)
            if name in names:
                yield Filler(one, f"role.{name}")


def possessor(noun: Token) -> Filler | None:
    """Return whose it is: "China's", "his"."""
    found = next((one for one in reversed(list(noun.children)) if one.dep_ == "nmod:poss"), None)
    return None if found is None else Filler(found, "role.possessor")


def modifiers(noun: Token) -> Iterator[Filler]:
    """Yield the names that stand before a noun: "Russian aggression", "the Trump administration's"."""
    for one in noun.children:
        if one.i < noun.i and one.dep_ in {"amod", "compound", "nmod", "flat"}:
            yield Filler(one, "role.modifier")


def complement_subject(verb: Token) -> Filler | None:
    """Return who stands as the subject of a verb's complement clause: "demanded that NATO deny ..."."""
    for one in verb.children:
        if one.dep_ in COMPLEMENTS and one.i > verb.i:
            own = child(one, SUBJECTS | PASSIVE_SUBJECTS)
            if own is not None and own.lower_ not in {"it", "there"}:
                return Filler(own, "role.complement-subject")
    return None


def coordinated(token: Token, accepts: Callable[[Token], bool]) -> list[Token]:
    """Return a word and those coordinated with it, by tree and, where that fails, by the words between."""
    found = [token]
    for one in token.children:
        if one.dep_ == "conj" and one.pos_ in NOMINAL | {"ADJ"}:
            found.extend(other for other in coordinated(one, accepts) if other not in found)
    return found


def between(noun: Token) -> list[Filler]:
    """Return both sides of "between A and B"."""
    for one in noun.children:
        if one.dep_ in {"nmod", "obl"} and preposition(one) == "between":
            return [Filler(one, "role.between")]
    return []
