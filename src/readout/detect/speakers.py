"""Resolve "I" and "we" inside quotations to the speaker, once statements are known."""

from collections.abc import Sequence

from spacy.tokens import Doc

from readout.annotations import actors_of, annotate, mentions_of
from readout.provenance import Evidence, TextSpan
from readout.records import ActorKind, Mention, MentionKind, Statement, StatementKind

STEP = "speakers@1"
SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})


def resolve_first_person(doc: Doc, statements: Sequence[Statement]) -> tuple[Mention, ...]:
    """Return all mentions, "I" and "we" of quotations with their speaker; written on the Doc, with evidence."""
    quoted = [one for one in statements if one.kind is not StatementKind.INDIRECT and one.source is not None]
    kinds = {actor.id: actor.kind for actor in actors_of(doc)}
    chain_of = {mention.id: mention.chain for mention in mentions_of(doc)}
    mentions: list[Mention] = []
    evidence: list[Evidence] = []
    for mention in mentions_of(doc):
        statement = innermost(mention, quoted) if is_first_person(mention) else None
        if statement is None or mention.actor is not None:
            mentions.append(mention)
            continue
        resolved, told = _spoken(mention, statement, kinds, chain_of)
        mentions.append(resolved)
        evidence.append(told)
    annotate(doc, mentions=mentions, evidence=evidence)
    return tuple(mentions)


def is_first_person(mention: Mention) -> bool:
    """Does the mention stand for whoever speaks?"""
    return mention.kind is MentionKind.PRONOUN and mention.span.text.lower() in SINGULAR | PLURAL


def innermost(mention: Mention, statements: Sequence[Statement]) -> Statement | None:
    """Return the quotation that a mention stands in; of nested ones the shortest."""

    def around(statement: Statement) -> list[TextSpan]:
        return [span for span in statement.content if span.contains(mention.span)]

    found = [statement for statement in statements if around(statement)]
    return min(found, key=lambda statement: min(len(span) for span in around(statement)), default=None)


def _spoken(
    mention: Mention, statement: Statement, kinds: dict[str, ActorKind], chain_of: dict[str, str]
) -> tuple[Mention, Evidence]:
    """Return a first person with its speaker; a person's "we" is the speaker and others, and less sure."""
    source = statement.source
    actor = source.actor if source else None
    plural = mention.span.text.lower() in PLURAL
    if actor is None:
        reason: str | None = "the speaker of the quotation is not known"
    else:
        reason = None
    rule = f"pronoun.speaker.{'we' if plural else 'i'}" if actor else None
    score = 0.6 if plural and actor and kinds.get(actor) is ActorKind.PERSON else None
    evidence = Evidence(mention.id, "actor", actor, mention.span, STEP, rule, score, reason)
    chain = chain_of.get(source.mention or "", mention.chain) if source and actor else mention.chain
    return Mention(mention.id, mention.span, mention.head, mention.kind, mention.type, chain, actor), evidence
