"""Who did what to whom, on sentences of our own: types, modes, parties, and the words that mean no event."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from case_docs import known
from event_docs import doc_with, language
from readout.annotations import events_of, evidence_of, skipped_of
from readout.extract.events import EventFinder
from readout.extract.predicates import TYPES, lexicon
from readout.records import Event, Party

CASES = Path(__file__).parent / "cases" / "extract"
EXPECTED = re.compile(
    r"(?P<type>[A-Z]+)(?:/(?P<mode>[a-z-]+))? ?(?P<sources>.*?) ?->(?: (?P<targets>[^(]*))?(?:\((?P<factuality>\S+)\))?"
)


@cache
def cases() -> dict[str, dict[str, Any]]:
    """Return the cases of all files, by name."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(CASES.glob("events_*.yml")):
        more = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert not found.keys() & more.keys(), f"{path.name} repeats {sorted(found.keys() & more.keys())}"
        found.update(more)
    return found


def names(parties: tuple[Party, ...], actors: list[str]) -> list[str]:
    """Return the parties that the case names; others ("all sides") are not compared."""
    return sorted(party.span.text for party in parties if party.mention is not None and party.span.text in actors)


def shown(event: Event, actors: list[str]) -> tuple[str, list[str], list[str]]:
    """Return what a case says about an event."""
    return event.type, names(event.sources, actors), names(event.targets, actors)


def expected(line: str) -> tuple[str, list[str], list[str], str | None, str | None]:
    """Return what a case's line says."""
    match = EXPECTED.fullmatch(line)
    assert match is not None, line
    sides = [sorted(part.strip() for part in (match[side] or "").split(",") if part.strip()) for side in (3, 4)]
    return match["type"], sides[0], sides[1], match["mode"], match["factuality"]


@pytest.mark.parametrize("name", [pytest.param(name, marks=known(case)) for name, case in cases().items()])
def test_event(name: str) -> None:
    case = cases()[name]
    doc = EventFinder(lexicon(), language())(doc_with(case))
    wanted = [expected(line) for line in case["events"]]
    actors = case.get("actors", [])
    assert sorted(shown(event, actors) for event in events_of(doc)) == sorted(one[:3] for one in wanted)
    modes = {(event.type, event.mode) for event in events_of(doc)}
    assert all((one[0], one[3]) in modes for one in wanted if one[3] is not None)
    factualities = {(event.type, event.factuality) for event in events_of(doc)}
    assert all((one[0], one[4]) in factualities for one in wanted if one[4] is not None)


def test_cases_cover_every_type() -> None:
    lines = [line for case in cases().values() for line in case["events"]]
    assert {expected(line)[0] for line in lines} == set(TYPES)


def test_every_event_has_evidence_for_type_and_parties() -> None:
    case = cases()["launch_attack"]
    doc = EventFinder(lexicon(), language())(doc_with(case))
    fields = {one.field for one in evidence_of(doc) if one.record_id == events_of(doc)[0].id}
    assert {"type", "sources", "targets", "factuality"} <= fields


def test_what_is_left_out_has_a_reason() -> None:
    doc = EventFinder(lexicon(), language())(doc_with(cases()["killed_the_bill_is_no_assault"]))
    assert [one.reason for one in skipped_of(doc)] == ["another sense of the words, by their object"]


def test_trigger_is_text() -> None:
    doc = EventFinder(lexicon(), language())(doc_with(cases()["impose_sanctions"]))
    assert [span.text for span in events_of(doc)[0].trigger] == ["imposed", "financial sanctions"]


def test_magnitude_with_its_qualifier() -> None:
    doc = EventFinder(lexicon(), language())(doc_with(cases()["place_troops"]))
    found = events_of(doc)[0].magnitude[0]
    assert (found.value, found.unit, found.span.text) == (40000, "troops", "an estimated 40,000 troops")


def test_the_same_text_gives_the_same_ids() -> None:
    case = cases()["impose_sanctions"]
    first, second = (events_of(EventFinder(lexicon(), language())(doc_with(case))) for _ in range(2))
    assert first == second
