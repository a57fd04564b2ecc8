"""What a reader would want to know and the articles do not give, with the reason."""

from collections.abc import Iterator

from readout.group.material import Material
from readout.records import Event, MentionKind, Party, Reading, Statement, Unresolved, When

SELF = frozenset({"i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves", "you", "your", "yours"})


def unresolved_in(material: Material) -> Iterator[Unresolved]:
    """Yield the open fields of the articles' statements and events, the times without a day, and the open pronouns."""
    for reading in material.readings:
        told: set[str] = set()
        records: tuple[Statement | Event, ...] = (*reading.statements, *reading.events)
        for record in records:
            yield from _of_record(record, material, told)
        for when in reading.times:
            if when.value is None:
                yield Unresolved(when.id, "value", f"“{when.span.text}”: {_reason(when, material)}")
        yield from _pronouns(reading, material, told)


def _of_record(record: Statement | Event, material: Material, told: set[str]) -> Iterator[Unresolved]:
    """Yield what is open about who said or did it; a mention that is not known is told of once."""
    field = "source" if isinstance(record, Statement) else "sources"
    sources = (record.source,) if isinstance(record, Statement) else record.sources
    parties = [party for party in sources if party is not None]
    if not parties:
        does = "said" if isinstance(record, Statement) else "did"
        reason = material.reasons.get((record.id, field), f"nobody is named as the one who {does} it")
        yield Unresolved(record.id, field, reason)
    for name, party in (*((field, p) for p in parties), *(("targets", p) for p in record.targets)):
        key = party.mention or party.span.text
        if party.actor is None and key not in told:
            told.add(key)
            yield Unresolved(record.id, name, _unknown(party, record.id, name, material))


def _unknown(party: Party, record: str, field: str, material: Material) -> str:
    reasons = material.reasons.get((record, field)), material.reasons.get((party.mention or "", "actor"))
    several = " and " in party.span.text  # who speak together are one source without an actor
    unknown = "several together, of whom no one is the actor" if several else "nobody known by that name"
    return f"“{party.span.text}”: {next((reason for reason in reasons if reason), unknown)}"


def _reason(when: When, material: Material) -> str:
    return when.reason or material.reasons.get((when.id, "value")) or "it names no day"


def _pronouns(reading: Reading, material: Material, told: set[str]) -> Iterator[Unresolved]:
    """Yield the pronouns that stand for nobody known; "we" and "you" inside a quotation ask nothing of the reader."""
    for mention in reading.mentions:
        text = mention.span.text.casefold()
        if (
            mention.kind is MentionKind.PRONOUN
            and mention.actor is None
            and text not in SELF
            and mention.id not in told
        ):
            reason = material.reasons.get((mention.id, "actor"), "nobody known by that name")
            yield Unresolved(mention.id, "actor", f"“{mention.span.text}”: {reason}")
