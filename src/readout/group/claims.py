"""Merge what articles say alike into claims: one claim per statement or event, with the reports of each article."""

from collections.abc import Sequence

from readout.group.identities import Relation
from readout.group.material import Material, sentence_at, when_of
from readout.group.occurrences import Occurrence, occurrences_of, same_occurrences
from readout.group.origins import Origins
from readout.group.sayings import Saying, same_sayings, sayings_of
from readout.group.wordings import compare
from readout.provenance import record_id
from readout.records import Claim, Event, Report, Statement, StatementKind, Wording

KIND_ORDER = (StatementKind.DIRECT, StatementKind.MIXED, StatementKind.INDIRECT)


def claims_of(origins: Origins) -> tuple[Claim, ...]:
    """Return the claims of a story: statements first, each kind with the most reported first."""
    material = origins.material
    sayings = sayings_of(material.readings)
    saying_groups = same_sayings(sayings, identities=material.identities, rarity=material.rarity)
    said_in = {sayings[n].statement.id: number for number, group in enumerate(saying_groups) for n in group}
    occurrences = occurrences_of(material, said_in)
    groups = same_occurrences(occurrences, identities=material.identities, rarity=material.rarity)
    statements = [_statement_claim([sayings[n] for n in group], origins) for group in saying_groups]
    happenings = ([occurrences[n] for n in group] for group in groups)
    events = [_event_claim(group, origins) for group in happenings if not _only_said(group, material)]
    return (*_ordered(statements), *_ordered(events))


def _only_said(group: Sequence[Occurrence], material: Material) -> bool:
    """Does the event stand in the words of one statement, however many carry it? Then that statement is the claim.

    A dated, placed or counted act of others ("the ministry said that rebels shelled the port on Monday") is a claim of
    its own, and so is the act of saying ("the alliance rejected the demand"): the outlet asserts it.
    """
    statements = {occurrence.said_in for occurrence in group}
    return None not in statements and len(statements) == 1 and all(_is_in_words(o, material) for o in group)


def _is_in_words(occurrence: Occurrence, material: Material) -> bool:
    """Is the event nothing but words of the statement that asserts it: the speaker's own act, or a mere mention?"""
    event, statement = occurrence.event, material.statements[occurrence.event.attributed_to or ""]
    inside = any(span.overlaps(event.trigger[0]) for span in statement.content)
    own = any(material.identities.relation(p, statement.source) is not Relation.DIFFERENT for p in event.sources)
    return inside and (own or not (event.when or event.where or event.magnitude))


def _ordered(claims: Sequence[Claim]) -> list[Claim]:
    """Sort by number of articles; among equals the order of the texts stays."""
    return sorted(claims, key=lambda claim: -len({report.article for report in claim.reports}))


def _statement_claim(group: Sequence[Saying], origins: Origins) -> Claim:
    """Return the claim that some statements make; each statement is a report, for each has its own wording."""
    material = origins.material
    ordered = sorted(group, key=lambda saying: (_published(material, saying.article), -_fullness(saying)))
    canonical = ordered[0]
    reports = [
        Report(material.readings[saying.article].article.id, saying.statement.id, *_wording(canonical, saying))
        for saying in ordered
    ]
    return _claim("statement", canonical.statement, reports, origins)


def _wording(canonical: Saying, saying: Saying) -> tuple[Wording, tuple[tuple[str, str], ...]]:
    if saying is canonical:
        return Wording.IDENTICAL, ()
    return compare(canonical.text, saying.text, quoted=canonical.quoted and saying.quoted)


def _fullness(saying: Saying) -> int:
    """The fuller the earlier: the longest, quoted before told."""
    return len(saying.text) - 10_000 * KIND_ORDER.index(saying.statement.kind)


def _published(material: Material, article: int) -> str:
    return material.readings[article].article.published or "9999"


def _event_claim(group: Sequence[Occurrence], origins: Origins) -> Claim:
    """Return the claim that some events make; an article reports an event once, in its fullest mention of it."""
    fullest: dict[int, Occurrence] = {}
    for occurrence in group:
        known = fullest.get(occurrence.article)
        if known is None or _completeness(occurrence) > _completeness(known):
            fullest[occurrence.article] = occurrence
    ordered = sorted(
        fullest.values(), key=lambda o: (_published(origins.material, o.article), *(-n for n in _completeness(o)))
    )
    # A headline tells who and where in haste: the earliest report of a body stands for the event, if there is one.
    canonical = next((o for o in ordered if not o.in_headline), ordered[0])
    reports = [_event_report(canonical, occurrence) for occurrence in ordered]
    return _claim("event", canonical.event, reports, origins)


def _event_report(canonical: Occurrence, occurrence: Occurrence) -> Report:
    wording: Wording = Wording.IDENTICAL
    changes: tuple[tuple[str, str], ...] = ()
    if occurrence is not canonical:
        wording, changes = compare(_sentence(canonical), _sentence(occurrence), quoted=False)
    return Report(occurrence.reading.article.id, occurrence.event.id, wording, changes)


def _sentence(occurrence: Occurrence) -> str:
    return sentence_at(occurrence.reading, occurrence.event.trigger[0]).text


def _completeness(occurrence: Occurrence) -> tuple[int, ...]:
    """How full an event is: in the body rather than the headline, then the number of fields with a value."""
    event = occurrence.event
    fields = (event.mode, event.sources, event.targets, event.when, event.where, event.magnitude, event.contexts)
    known = len({party.actor for party in (*event.sources, *event.targets)} - {None})
    dated = when_of(occurrence.reading, event) is not None
    return (not occurrence.in_headline, sum(map(bool, fields)) + known + dated, -event.trigger[0].start)


def _claim(kind: str, canonical: Statement | Event, reports: Sequence[Report], origins: Origins) -> Claim:
    articles = {report.article: origins.material.articles[report.article] for report in reports}
    outlets = {article.outlet or article.id for article in articles.values()}
    return Claim(
        id=record_id("c", canonical.id),
        kind=kind,
        canonical=canonical.id,
        reports=tuple(reports),
        outlets=len(outlets),
        origins=origins.of(reports),
        factuality=canonical.factuality,
    )
