"""Find the acts that are done by speaking: a demand ("the United States should stop ..."), a call by telephone."""

from collections.abc import Iterable, Iterator

import numpy as np
from spacy.attrs import LOWER  # type: ignore[import-not-found]
from spacy.tokens import Doc, Token

from readout.annotations import statements_of
from readout.extract.acts import Act
from readout.extract.casting import people
from readout.extract.predicates import Entry, Hit, Kind, Predicate, wordlist
from readout.extract.roles import OBJECTS, PASSIVE_SUBJECTS, SUBJECTS, child

MODAL_TAGS = frozenset({"MD", "VBZ", "VBP"})
OBLIGING = frozenset({"should", "must", "shall"})
OBLIGED_TO = frozenset({"need", "needs", "ought"})
DEMAND = Predicate(
    id="request.should",
    kind=Kind.VERB,
    type="REQUEST",
    source=("speaker",),
    target=("subj",),
    score=0.9,
    absorbs=True,
    needs=frozenset({"accused"}),
)
PHONE = Predicate(
    id="consult.called",
    kind=Kind.VERB,
    type="CONSULT",
    mode="phone",
    source=("subj",),
    target=("obj",),
    score=0.8,
    reciprocal=True,
    needs=frozenset({"both"}),
)
NOT_ASKED = frozenset({"if", "not", "n't", "n’t", "when", "whether", "what", "may", "might", "could"})
CALLED = frozenset({"called", "calls"})


NEED = Predicate(
    id="request.needed",
    kind=Kind.VERB,
    type="REQUEST",
    mode="change",
    source=("speaker",),
    score=0.8,
    absorbs=True,
    needs=frozenset({"source"}),
)
WANTED = frozenset({"needed", "required"})  # "other changes are needed"


def said_acts(doc: Doc) -> Iterator[Act]:
    """Yield calls by telephone, and the demands that statements make of someone."""
    yield from calls(doc)
    if statements_of(doc):
        yield from (act for act in (*needs(doc), *demands(doc)) if in_statement(doc, act.head))


def written(doc: Doc, forms: Iterable[str]) -> Iterator[Token]:
    """Yield the words of these forms, in any letter case."""
    wanted = [doc.vocab.strings.add(form) for form in forms]
    for place in np.flatnonzero(np.isin(doc.to_array([LOWER]).reshape(-1), wanted)).tolist():
        yield doc[place]


def needs(doc: Doc) -> Iterator[Act]:
    """Yield what is said to be needed, of no one: "changes are needed", "there needs to be a law"."""
    for token in written(doc, WANTED | OBLIGED_TO):
        words = wanting(token)
        if words:
            hit = Hit(Entry(NEED, "needed"), token, words)
            yield Act(hit, "REQUEST", NEED.mode, NEED.score, rules=(hit.rule,))


def wanting(token: Token) -> tuple[Token, ...]:
    """Return the words by which a measure is said to be needed."""
    if token.lower_ in WANTED and token.tag_ in {"VBN", "VBD", "JJ"}:
        found = child(token, PASSIVE_SUBJECTS | SUBJECTS)
        open_ = any(one.lower_ in NOT_ASKED for one in token.children)
        return (token,) if found is not None and people("measures").at(found) and not open_ else ()
    if token.lower_ in OBLIGED_TO and token.i > 0 and token.nbor(-1).lower_ == "there":
        after = [one.lower_ for one in token.doc[token.i + 1 : token.i + 3]]
        return (token,) if after == ["to", "be"] else ()
    return ()


def demands(doc: Doc) -> Iterator[Act]:
    """Yield what someone other than the speaker is told to do, whoever says so."""
    for token in written(doc, OBLIGING | OBLIGED_TO):
        verb = obliged(token) if token.tag_ in MODAL_TAGS else None
        if verb is not None and is_third_person(verb) and not asks(verb) and verb.lower_ not in wordlist("undergoing"):
            hit = Hit(Entry(DEMAND, token.lower_, (verb.lower_,)), verb, (token, verb))
            yield Act(hit, "REQUEST", mode_of(verb), DEMAND.score, rules=(hit.rule,))


def calls(doc: Doc) -> Iterator[Act]:
    """Yield calls by telephone: "called Vogt on Friday", "called her to discuss the deal", not "called her a liar"."""
    for token in written(doc, CALLED):
        if token.pos_ == "VERB":
            found = child(token, OBJECTS)
            if found is not None and found.i > token.i and rings(token, found):
                hit = Hit(Entry(PHONE, "call"), token, (token,))
                yield Act(hit, "CONSULT", PHONE.mode, PHONE.score, rules=(hit.rule,))


def rings(verb: Token, whom: Token) -> bool:
    """Do the words after a name tell when, from where or what about it was called?"""
    if whom.pos_ not in {"PROPN", "PRON", "NOUN"} or whom.lower_ in wordlist("neuter"):
        return False
    stop = max(one.i for one in (whom, *(one for one in whom.children if one.dep_ in {"flat", "appos", "nmod:desc"})))
    after = verb.doc[stop + 1 : stop + 3]
    if len(after) < 2 or verb.sent.end <= stop + 2:
        return False
    first, second = after[0], after[1]
    if first.lower_ == "to":
        return second.lower_ in wordlist("telephoning")
    if first.lower_ in {"on", "from", "in", "at"}:
        return second.ent_type_ in {"DATE", "TIME"} or second.lower_ in wordlist("telephone-times")
    return first.lower_ == "about" or first.lower_ in wordlist("telephone-times")


def obliged(token: Token) -> Token | None:
    """Return the verb that someone is told to do, from "should", "must", "needs to"."""
    if token.lower_ in OBLIGING and token.tag_ == "MD":
        if any(one.lower_ == "have" for one in token.doc[token.i + 1 : token.i + 3]):
            return None  # "should have resigned" is a reproach
        verb = token.head
        going = verb.tag_ == "VBG" and any(one.dep_ == "aux" and one.lower_ == "be" for one in verb.children)
        plain = verb.i > token.i and (verb.tag_ == "VB" or going) and not passive(verb)
        return verb if plain else next_verb(token)
    if (
        (token.tag_ in {"VBZ", "VBP"} or token.lower_ == "ought")
        and token.lower_ in OBLIGED_TO
        and token.i + 2 < len(token.doc)
        and token.nbor(1).lower_ == "to"
    ):
        verb = token.nbor(2)
        return verb if verb.tag_ == "VB" and verb.lower_ != "be" else None
    return None


def next_verb(modal: Token) -> Token | None:
    """Return the verb right after a modal, past adverbs."""
    for token in modal.doc[modal.i + 1 : modal.i + 4]:
        if token.tag_ == "VB":
            return token if token.lower_ != "be" and not passive(token) else None
        if token.pos_ not in {"ADV", "PART"}:
            return None
    return None


def passive(verb: Token) -> bool:
    """Is it something that should be done, by no one in particular?"""
    return any(one.dep_ in {"aux:pass", "nsubj:pass"} for one in verb.children)


def in_statement(doc: Doc, token: Token) -> bool:
    """Does a word stand in what someone said?"""
    return any(span.start <= token.idx < span.stop for statement in statements_of(doc) for span in statement.content)


def is_third_person(verb: Token) -> bool:
    """Is it someone else who should?"""
    found = child(verb, SUBJECTS)
    return found is None or found.lower_ not in {"we", "i", "it", "there", "this", "that", "one", "people"}


def asks(verb: Token) -> bool:
    """Is it a question what someone should do: "how she should negotiate"?"""
    return verb.head.tag_ in {"WRB", "WP"} or any(one.tag_ in {"WRB", "WP"} and one.i < verb.i for one in verb.children)


def mode_of(verb: Token) -> str:
    """Return which kind of demand it is."""
    word = verb.lower_
    if word in wordlist("yielding"):
        return "yield"
    if word in wordlist("meeting"):
        return "meet"
    return "assist" if word in wordlist("helping") else "change"
