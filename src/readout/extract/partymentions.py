"""Say which words of a text stand for someone who can act, and when two parties are the same."""

from collections.abc import Iterable

from spacy.tokens import Doc, Span, Token

from readout.annotations import actors_of, mentions_of, statements_of
from readout.extract.casting import people
from readout.provenance import TextSpan
from readout.records import Mention, MentionKind, Party

PARTY_TYPES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "GROUP", "ORGANIZATION", "COUNTRY"})
PARTY_NOUNS = ("people", "forces", "protesters")
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
        if not can_act(mention, actors) and not (mention.id in speakers and mention.type == "MISC"):
            continue
        words = doc.char_span(mention.span.start, mention.span.stop, alignment_mode="expand")
        if words is None or (mention.kind is MentionKind.DESCRIPTION and not describes_actor(mention, words)):
            continue
        for token in words:
            if token.i not in table or token.idx == mention.head:
                table[token.i] = mention
    return table


def can_act(mention: Mention, actors: set[str]) -> bool:
    """Can what a mention refers to act? A pronoun must stand for a known actor; "we" is left to the statement."""
    if mention.kind is MentionKind.PRONOUN and mention.span.text.lower() in {"you", "your", "yours"}:
        return False
    if mention.kind is MentionKind.PRONOUN:
        return mention.actor in actors or mention.span.text.lower() in FIRST_PERSON
    return mention.type in PARTY_TYPES


def describes_actor(mention: Mention, words: Span) -> bool:
    """Does a description name someone who can act: "all parties", "the eastern country", not "a powerful place"?"""
    heads = [token for token in words if token.idx == mention.head] or [words.root]
    return not people("indefinite").at(heads[0]) and (
        mention.actor is not None or any(people(kind).at(heads[0]) for kind in PARTY_NOUNS)
    )


def noun_phrase(token: Token) -> Span:
    """Return a common noun with its determiner, numbers and adjectives."""
    start = token.i
    while start > token.sent.start:
        before = token.doc[start - 1]
        if before.head.i not in {token.i, start} or before.dep_ not in {"det", "amod", "nummod", "compound", "advmod"}:
            break
        start -= 1
    return token.doc[start : token.i + 1]


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
