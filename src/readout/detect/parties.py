"""Who stands in a place of a statement or event: the mention, and the actor, behind some words."""

from spacy.tokens import Doc, Span

from readout.annotations import actors_of, article_of, mentions_of
from readout.provenance import TextSpan
from readout.records import Mention, Party


def party(doc: Doc, words: Span) -> Party:
    """Return the party that these words name, describe or refer to; without an actor when none is known."""
    span = TextSpan.of(article_of(doc), words)
    mention = mention_at(doc, span, head=words.root.idx)
    if mention is None:
        return Party(span)
    return party_of(doc, mention)


def party_of(doc: Doc, mention: Mention) -> Party:
    """Return the party that a mention stands for."""
    actor = next((actor for actor in actors_of(doc) if actor.id == mention.actor), None)
    if actor is None:
        return Party(mention.span, mention=mention.id)
    sector = actor.sectors[0] if actor.sectors else None
    return Party(mention.span, mention.id, actor.id, actor.name, actor.country, sector)


def mention_at(doc: Doc, span: TextSpan, *, head: int) -> Mention | None:
    """Return the longest mention headed by the head word of a span, else the longest around that word."""
    with_head = [m for m in mentions_of(doc) if m.head == head and m.span.overlaps(span)]
    if with_head:
        return max(with_head, key=lambda mention: len(mention.span))
    around_head = [m for m in mentions_of(doc) if m.span.start <= head < m.span.stop]
    return max(around_head, key=lambda mention: len(mention.span), default=None)
