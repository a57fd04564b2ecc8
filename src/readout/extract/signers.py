"""Who speaks together: "France, Germany and Britain said". No one of them is the one speaker of what all have said."""

from dataclasses import replace

from spacy.tokens import Token

from readout.detect.parties import party
from readout.extract.layout import Layout
from readout.extract.nominals import FINITE_TAGS, noun_phrase
from readout.extract.things import is_thing
from readout.extract.wordclasses import word_class
from readout.records import Party

JOINING = frozenset({"and", "nor", "&", "or"})
DETERMINERS = frozenset({"det", "nmod:poss"})
RELATIVE_TAGS = frozenset({"WP", "WDT"})


def first_of(token: Token, layout: Layout) -> Token:
    """Return the first of those who speak together, from any of them."""
    first = token
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    return first if token in members(first, layout) else token


def members(first: Token, layout: Layout) -> tuple[Token, ...]:
    """Return the heads of names or groups that "and" joins, from the first on; the first alone when none are."""
    found = [first]
    for one in found:
        found += [child for child in one.children if child.dep_ == "conj" and child.i > first.i]
    found.sort(key=lambda one: one.i)
    last = found[-1].i
    joined = len(found) > 1 and any(layout.words[i] in JOINING for i in range(found[-2].i + 1, last))
    if not joined or not all(_speaks(one, first) for one in found) or not _is_one_list(first.i, last, layout):
        return (first,)
    return tuple(found)


def _speaks(token: Token, first: Token) -> bool:
    """Is this a name or a group: not "chairman" in "a Republican and chairman", nor who is known by the first alone?"""
    if is_thing(token) or token.tag_ in RELATIVE_TAGS:
        return False
    owners = [child for child in token.children if child.dep_ == "nmod:poss"]
    if token != first and any(owner.tag_ == "PRP$" for owner in owners):
        return False
    if word_class(token) in {"PROPN", "PRON"} or token.tag_ == "NNS":
        return True
    return token.tag_ == "NN" and any(child.dep_ in DETERMINERS for child in token.children)


def _is_one_list(start: int, last: int, layout: Layout) -> bool:
    doc = layout.doc
    return all(
        doc[i].tag_ not in FINITE_TAGS and doc[i].text not in {";", ":"} and layout.outer[i] == layout.outer[start]
        for i in range(start, last + 1)
    )


def joint_source(token: Token | None, layout: Layout) -> Party | None:
    """Return all who speak together with this one; None when it speaks alone."""
    found = members(first_of(token, layout), layout) if token is not None else ()
    return joint_party(found, layout) if len(found) > 1 else None


def joint_party(found: tuple[Token, ...], layout: Layout) -> Party | None:
    """Return the one party of several who speak together, without an actor; None when the first alone is known."""
    phrases = [noun_phrase(one, layout, conjuncts=False) for one in found]
    each = [party(layout.doc, layout.doc[start:stop]) for start, stop in phrases]
    actors = {one.actor for one in each} - {None}
    if len(actors) == 1 and each[0].actor is not None:
        return None
    opening = layout.doc[phrases[0][0]]
    start = opening.nbor(1).idx if opening.lower_ == "both" else min(opening.idx, each[0].span.start)
    stop = layout.doc[phrases[-1][1] - 1]
    span = layout.article.span(start, stop.idx + len(stop))
    return replace(each[0], span=span, actor=None, name=None, country=None, sector=None)
