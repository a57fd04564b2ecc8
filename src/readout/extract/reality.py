"""Say whether the words of an act tell it as done, or only as meant, asked or supposed."""

from spacy.tokens import Token

from readout.extract.acts import Act
from readout.extract.predicates import Kind

UNREAL = frozenset({"if", "whether", "unless", "would", "could", "should", "might"})


def is_infinitive(verb: Token) -> bool:
    """Is a verb an infinitive below another verb or noun: what is meant to be done, not what is told?"""
    marked = any(one.lower_ == "to" and one.tag_ == "TO" and one.i < verb.i for one in verb.children)
    return verb.tag_ == "VB" and marked and verb.dep_.lower() != "root"


def is_supposed(act: Act) -> bool:
    """Is a nominal event the subject of what would or could be: "sanctions on China would ..."?"""
    if act.hit.predicate.kind is not Kind.NOUN or act.head.dep_ != "nsubj":
        return False
    return any(one.lower_ in UNREAL for one in act.head.head.children if one.dep_ == "aux")


def is_topic(verb: Token) -> bool:
    """Is a verb in -ing itself a subject: "talking with them was like ..."?"""
    return verb.tag_ == "VBG" and verb.dep_ in {"csubj", "nsubj"}


def is_unsure(verb: Token) -> bool:
    """May a verb of uncertain standing be left out: it is not finite, or stands under "if" or "would"?"""
    words = {one.lower_ for one in verb.children if one.dep_ in {"mark", "aux"}}
    return verb.tag_ in {"VB", "VBG"} or bool(words & UNREAL)
