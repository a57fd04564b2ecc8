"""Decide whether words are used as an entry of the lexicon needs them: as a verb, close together, as its noun.

Trees err, and headlines are tagged as nouns: each question is answered from the tree where it has an answer, else from
the order of words.
"""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

GAP = 4  # tokens between the words of one entry: "called the ambassador back in", "lay down their arms"
REACH = 9  # tokens between a verb and the noun of its phrase: "imposed a new round of financial sanctions"
PHRASE_STARTS = frozenset({"DET", "PROPN", "NOUN", "NUM", "PRON", "ADJ"})
NOUN_LIKE = frozenset({"NOUN", "PROPN", "VERB", "NUM", "SYM"})


def verbal(token: Token) -> bool:
    """Is it used as a verb? Headlines are often tagged as nouns, so an object or subject of its own speaks for one."""
    if stands_as_noun(token):
        return False
    if token.tag_.startswith("VB") and (token.dep_ not in {"amod", "compound"} or token.tag_ == "VBD"):
        return True
    if follows_modal(token) or (token.lower_.endswith("ed") and stands_between_nouns(token)):
        return True
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    own = {child.dep_ for child in token.children}
    return bool(own & {"nsubj", "obj", "ccomp", "nsubj:pass"}) or is_headline_verb(token)


def stands_as_noun(token: Token) -> bool:
    """Does the word before make it a noun: "his call", "added weight to calls"?"""
    if token.i == 0:
        return False
    before = token.nbor(-1)
    if before.tag_ in {"PRP$", "DT", "POS"}:
        return token.tag_ not in {"VBD", "VBG", "VBN"}
    return before.lower_ == "to" and token.tag_ == "VBZ"


def follows_modal(token: Token) -> bool:
    """Does a modal stand before a word, at most an adverb away: "it would free 1,500 prisoners"?"""
    for other in reversed(token.doc[max(token.i - 3, 0) : token.i]):
        if other.tag_ == "MD":
            return True
        if other.tag_ != "RB":
            return False
    return False


def is_headline_verb(token: Token) -> bool:
    """Is a word in -s the only verb of a headline: "Saudi Arabia lifts blockade"?"""
    if not token.lower_.endswith("s") or token.i == 0 or token.i + 1 >= len(token.doc) or token.is_sent_start:
        return False
    if token.nbor(-1).pos_ != "PROPN" or token.nbor(1).pos_ not in {"DET", "PROPN", "NOUN", "NUM", "ADJ", "VERB"}:
        return False
    return not any(one.tag_ in {"VBD", "VBZ", "VBP", "MD"} for one in token.sent)


def stands_between_nouns(token: Token) -> bool:
    """Does a word stand where a verb does, after a noun and before a noun phrase: "Nations praised Colombia"?"""
    if token.i == 0 or token.is_sent_start or token.i + 1 >= len(token.doc):
        return False
    return token.nbor(-1).pos_ in {"NOUN", "PROPN"} and token.nbor(1).pos_ in PHRASE_STARTS


def verb_like(token: Token) -> bool:
    """Is a word that could be a noun used as a verb here?"""
    if token.tag_.startswith("VB") and token.pos_ == "VERB":
        before = token.nbor(-1) if token.i else None
        return before is None or before.pos_ not in {"DET", "ADJ"}
    return False


def words_after(token: Token, words: tuple[str, ...], *, tight: bool = False) -> tuple[Token, ...] | None:
    """Return the tokens of these words, in order after a token and close together; None when one is missing."""
    found: list[Token] = []
    position = token.i
    for word in words:
        window = token.doc[position + 1 : position + 1 + GAP]
        match_ = next_word(window, word, tight=tight)
        if match_ is None:
            return None
        found.append(match_)
        position = match_.i
    return tuple(found)


def words_before(token: Token, words: tuple[str, ...]) -> tuple[Token, ...] | None:
    """Return the tokens of these words right before a token: "test-" before "fired"; None when one is missing."""
    found = tuple(token.doc[max(token.i - len(words), 0) : token.i])
    return found if [one.lower_ for one in found] == list(words) else None


def next_word(window: Iterable[Token], word: str, *, tight: bool) -> Token | None:
    """Return the next word of an entry; a preposition ends the search, in a tight entry anything but an adverb."""
    for token in before_break(window):
        if token.lower_ == word:
            return token
        if token.tag_ == "IN" or (tight and token.tag_ not in {"RB", "RP"}):
            return None
    return None


def before_break(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield tokens up to the first mark or finite verb that ends the stretch in which an entry's words can stand."""
    for token in tokens:
        if token.text in {";", ":", ".", "?", "!"} or token.is_sent_start:
            return
        yield token
        if token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.pos_ in {"VERB", "AUX"}:
            return


def after_link(link: Token) -> tuple[Token, ...]:
    """Return the words that can be the noun of a phrase behind its preposition: "called for ... sanctions"."""
    if link.lower_ == "to" and link.i + 1 < len(link.doc) and link.nbor(1).tag_ == "VB":
        return ()
    own = (link.head,) if link.dep_ == "case" and link.head.i > link.i else ()
    window = link.doc[link.i + 1 : link.i + 1 + REACH]
    return (*own, *(token for token in nominal_stretch(window) if token.pos_ in {"NOUN", "PROPN", "VERB"}))


def modifies_next(token: Token) -> bool:
    """Is a noun only the first part of another: "aid" in "aid workers"?"""
    if token.dep_ != "compound" or not 0 < token.head.i - token.i <= 2:
        return False
    return not any(one.tag_ == "IN" for one in token.doc[token.i + 1 : token.head.i])


def is_part(token: Token) -> bool:
    """Does a noun stand beside another, or after it with "of": "a wave of air strikes"?"""
    return token.dep_ == "conj" or (token.dep_ == "nmod" and any(one.lower_ in {"of", "in"} for one in token.children))


def noun_candidates(verb: Token) -> Iterator[Token]:
    """Yield the words that can be the noun of a verb's phrase, the likeliest first."""
    whole = False
    for child in verb.children:
        if child.dep_ in {"obj", "nsubj:pass", "iobj", "obl:unmarked"}:
            whole |= child.dep_ in {"obj", "nsubj:pass"} and child.pos_ in {"NOUN", "PROPN"}
            yield child
            yield from (one for one in child.children if is_part(one) and one.i > verb.i)
    if verb.dep_ in {"acl", "acl:relcl"} or (verb.dep_ in {"amod", "compound"} and verb.head.i > verb.i):
        yield verb.head
    if verb.dep_ == "conj":
        yield from (child for child in verb.head.children if child.dep_ == "nsubj:pass")
    if not whole and (verb.tag_ != "VBN" or verb.dep_ != "acl"):
        window = verb.doc[verb.i + 1 : verb.i + 1 + REACH]
        yield from (token for token in nominal_stretch(window) if token.pos_ in NOUN_LIKE)


def nominal_stretch(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield the tokens of the object that begins here: up to a mark, a clause or a further verb."""
    for token in tokens:
        if token.is_punct and token.text not in {"“", "”", '"', "'", "-", "‘", "’", "%"}:
            return
        if token.is_sent_start or token.tag_ in {"VBD", "VBZ", "VBP", "MD", "WDT", "WP", "TO"}:
            return
        if (token.tag_ == "IN" and token.lower_ not in {"of", "in", "out"}) or (
            token.tag_ == "VBG" and token.dep_ == "acl"
        ):
            return
        yield token
