"""Say which words of a text stand for someone who can act, and when two parties are the same."""

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from readout.annotations import actors_of, article_of, mentions_of, statements_of
from readout.extract.casting import people
from readout.provenance import TextSpan
from readout.records import Mention, MentionKind, Party

PARTY_TYPES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "GROUP", "ORGANIZATION", "COUNTRY"})
MISREAD_TYPES = frozenset({"MISC", "FAC"})
PARTY_NOUNS = ("people", "forces", "protesters")
PERSONAL = frozenset({"he", "him", "his", "she", "her", "they", "them", "their"})
FIRST_PERSON = frozenset({"i", "we", "us", "me", "our", "my", "ours", "ourselves"})


def tokens_of(doc: Doc, span: TextSpan | None) -> Iterable[Token]:
    """Return the words of a stretch of text."""
    words = doc.char_span(span.start, span.stop, alignment_mode="expand") if span is not None else None
    return () if words is None else words


def party_mentions(doc: Doc) -> dict[int, Mention]:
    """Return, by token, the mention of someone who can act: the longest that it heads, else the one around it."""
    actors = {actor.id for actor in actors_of(doc)}
    speakers = {one.source.mention for one in statements_of(doc) if one.source is not None}
    table: dict[int, Mention] = {}
    for mention in sorted(mentions_of(doc), key=lambda one: -len(one.span)):
        words = doc.char_span(mention.span.start, mention.span.stop, alignment_mode="expand")
        if not can_act(mention, actors) and not (
            words is not None and (mention.id in speakers or is_misread_name(words)) and mention.type in MISREAD_TYPES
        ):
            continue
        if words is None or (mention.kind is MentionKind.DESCRIPTION and not describes_actor(mention, words)):
            continue
        if is_law(mention, words):
            continue
        for token in words:
            if token.i not in table or token.idx == mention.head:
                table[token.i] = mention
    return table


def can_act(mention: Mention, actors: set[str]) -> bool:
    """Can what a mention refers to act? "It" must stand for a known actor; "we" is left to the statement."""
    if mention.kind is MentionKind.PRONOUN and mention.span.text.lower() in {"you", "your", "yours"}:
        return False
    if mention.kind is MentionKind.PRONOUN:
        return mention.actor in actors or mention.span.text.lower() in FIRST_PERSON | PERSONAL
    return mention.type in PARTY_TYPES


def is_law(mention: Mention, words: Span) -> bool:
    """Is a name that of a law or treaty, which does nothing: "the Affordable Care Act"?"""
    surname = mention.type == "PERSON" and not words[-1].lower_.endswith("care")  # "Bill", but not "Obamacare"
    return mention.kind is MentionKind.NAME and not surname and bool(people("laws").at(words[-1]))


def is_misread_name(words: Span) -> bool:
    """Is a name that was taken for a thing one that acts: it has a title ("Rep."), or is a seat of power?"""
    titled = any(token.dep_ == "nmod:desc" for token in words)
    return titled or any(people("seats").at(token) for token in words)


def describes_actor(mention: Mention, words: Span) -> bool:
    """Does a description stand for someone who can act: "all parties", "her sister", not "a powerful place"?"""
    head = head_of(mention, words)
    if people("indefinite").at(head) or people("unfit").at(head):
        return False
    return mention.actor is not None or any(people(kind).at(head) for kind in PARTY_NOUNS) or is_human(mention)


def is_human(mention: Mention) -> bool:
    """Is what a description stands for people or a country, by its noun: "her older sister", "many nations"?"""
    return mention.type in {"PERSON", "GPE", "GROUP"}


def head_of(mention: Mention, words: Span) -> Token:
    """Return the head word of a mention."""
    return next((token for token in words if token.idx == mention.head), words.root)


def known_mentions(doc: Doc, table: dict[int, Mention]) -> set[str]:
    """Return the mentions that tell who is meant: those of an actor, names, and common nouns for political groups."""
    actors = {actor.id for actor in actors_of(doc)}
    return {mention.id for i, mention in table.items() if is_known(mention, actors, doc[i])}


def is_known(mention: Mention, actors: set[str], token: Token) -> bool:
    """Does a mention tell who is meant?"""
    if mention.actor in actors or mention.kind is MentionKind.NAME:
        return True
    return mention.kind is MentionKind.DESCRIPTION and any(people(kind).at(token) for kind in PARTY_NOUNS)


def noun_phrase(token: Token) -> Span:
    """Return a common noun with its determiner, numbers and adjectives."""
    start = token.i
    while start > token.sent.start:
        before = token.doc[start - 1]
        if before.head.i not in {token.i, start} or before.dep_ not in {"det", "amod", "nummod", "compound", "advmod"}:
            break
        start -= 1
    return token.doc[start : token.i + 1]


def without_clause(doc: Doc, party: Party) -> Party:
    """Return a party whose words end before a relative clause: "lawyers, who had urged", "those who voted"."""
    words = doc.char_span(party.span.start, party.span.stop, alignment_mode="expand")
    if words is None or len(words) < 3:
        return party
    cut = next((token.i for token in words[1:] if token.tag_ in {"WP", "WDT", "WP$"} and token.head.i > token.i), None)
    while cut is not None and words.doc[cut - 1].pos_ in {"PUNCT", "ADP"}:
        cut -= 1
    if cut is None or cut <= words.start or (cut <= words.root.i and words.root.i < words.end):
        return party
    return replace(party, span=TextSpan.of(article_of(doc), doc[words.start : cut]))


def points(party: Party) -> bool:
    """Does a party point at someone: "this guy"?"""
    return party.mention is not None and party.span.text.lower().startswith(("this ", "these "))


def same(party: Party, others: Iterable[Party]) -> bool:
    """Is a party among others, by actor or by words?"""
    return any(
        (party.actor is not None and party.actor == one.actor) or party.span.overlaps(one.span) for one in others
    )


def identities(parties: Iterable[Party]) -> set[str]:
    """Return what identifies these parties: their actors, else their words."""
    return {one.actor or one.span.text.lower() for one in parties}


def covers(span: TextSpan, token: Token) -> bool:
    """Does a stretch of text hold a word?"""
    return span.start <= token.idx < span.stop
