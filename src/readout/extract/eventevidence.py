"""Say why each field of an event has its value, or why it is empty."""

from collections.abc import Iterable, Iterator

from readout.extract.acts import Act
from readout.extract.casting import Cast
from readout.extract.roles import Filler
from readout.provenance import Evidence
from readout.records import Event, Party

STEP = "extract.events"


def evidence_for(event: Event, act: Act, found: Cast) -> Iterator[Evidence]:
    """Yield why each field of an event has its value, or why it is empty."""
    first = event.trigger[0]
    yield Evidence(event.id, "type", event.type, first, STEP, rule=" < ".join(act.rules), score=event.score)
    yield from party_evidence(event, "sources", event.sources, found.sources)
    yield from party_evidence(event, "targets", event.targets, found.targets)
    yield Evidence(event.id, "aspect", event.aspect, first, STEP, rule="event.tense")
    if event.cameo is not None:
        yield Evidence(event.id, "cameo", event.cameo, first, STEP, rule="cameo.table")
    for hedge in event.hedges:
        yield Evidence(event.id, "factuality", event.factuality, hedge, STEP, rule="hedge")
    if not event.hedges:
        yield Evidence(event.id, "factuality", event.factuality, first, STEP, rule="hedge.governors")
    for amount in event.magnitude:
        yield Evidence(event.id, "magnitude", f"{amount.value:g} {amount.unit}", amount.span, STEP, rule="magnitude")
    for name, value, why in empty_fields(event):
        if value is None:
            yield Evidence(event.id, name, None, None, STEP, reason=why)


def empty_fields(event: Event) -> list[tuple[str, object, str]]:
    """Return fields that may be empty, with the reason for it."""
    return [
        ("mode", event.mode, "the words do not say which mode"),
        ("cameo", event.cameo, "CAMEO has no one code for it"),
        ("when", event.when, "no time is told in its clause"),
        ("where", event.where, "no place is told in its clause"),
        ("attributed_to", event.attributed_to, "told by the outlet itself"),
    ]


def party_evidence(event: Event, name: str, parties: Iterable[Party], fillers: Iterable[Filler]) -> Iterator[Evidence]:
    """Yield which rule put each party in its role; the reason when there is none."""
    rules = [filler.rule for filler in fillers]
    found = False
    for number, party in enumerate(parties):
        found = True
        rule = rules[min(number, len(rules) - 1)] if rules else "role.from-context"
        yield Evidence(event.id, name, party.actor or party.span.text, party.span, STEP, rule=rule)
    if not found:
        yield Evidence(event.id, name, None, None, STEP, reason=f"no words for {name} that name an actor")
