"""Which reports make one claim, where its words come from, and what the reports disagree about."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from group_readings import reading
from readout.group.claims import claims_of
from readout.group.copies import precedence
from readout.group.differences import differences_of
from readout.group.material import Material
from readout.group.origins import Origins
from readout.group.words import Rarity
from readout.records import Claim, Reading

FOLDER = Path(__file__).parent / "cases/group"
CLAIMS: dict[str, Any] = yaml.safe_load((FOLDER / "claims.yml").read_text("utf-8"))["cases"]
DIFFERENCES: dict[str, Any] = yaml.safe_load((FOLDER / "differences.yml").read_text("utf-8"))["cases"]


def readings_of(articles: list[dict[str, Any]]) -> list[Reading]:
    return [reading({**given, "published": str(given.get("published", "2031-05-07"))}) for given in articles]


def origins_over(readings: list[Reading]) -> Origins:
    ordered = sorted(readings, key=lambda one: precedence(one.article))
    return Origins(Material(ordered, Rarity()), (), {})


def names_of(readings: list[Reading]) -> dict[str, str]:
    names: dict[str, str] = {}
    for n, one in enumerate(readings):
        names |= {record.id: f"s{n}.{m}" for m, record in enumerate(one.statements)}
        names |= {record.id: f"e{n}.{m}" for m, record in enumerate(one.events)}
    return names


def with_record(claims: tuple[Claim, ...], names: dict[str, str], name: str) -> Claim:
    return next(claim for claim in claims if name in {names[report.record] for report in claim.reports})


@pytest.mark.parametrize("name", CLAIMS)
def test_claims_of_case(name: str) -> None:
    case = CLAIMS[name]
    readings = readings_of(case["articles"])
    names = names_of(readings)
    claims = claims_of(origins_over(readings))
    merged = [sorted(names[report.record] for report in claim.reports) for claim in claims]
    assert sorted(records for records in merged if len(records) > 1) == sorted(case["claims"])
    for record, origins in case.get("origins", {}).items():
        assert sorted(origin.name for origin in with_record(claims, names, record).origins) == sorted(origins)


@pytest.mark.parametrize("name", DIFFERENCES)
def test_differences_of_case(name: str) -> None:
    first, second, expected = DIFFERENCES[name]
    readings = readings_of([{**first, "outlet": "The Marn Echo"}, {**second, "outlet": "The Ostrava Post"}])
    origins = origins_over(readings)
    found = differences_of(claims_of(origins), origins.material)
    order = [one.article.id for one in readings]
    values = [sorted(difference.values, key=lambda value: order.index(value.article)) for difference in found]
    shown = [[d.kind.value, *(value.span.text for value in row)] for d, row in zip(found, values, strict=True)]
    assert shown == expected


QUOTE = "The Lindal bridge will reopen before the harvest,"
LONG_QUOTE = "The Lindal bridge will reopen before the harvest, and no storm will stop our engineers,"


def said(quote: str, **fields: Any) -> dict[str, Any]:
    """Return an article in which Varga says this."""
    return {
        "text": f'"{quote}" Varga said.',
        "statements": [{"source": "Varga = Ilse Varga", "content": quote}],
        **fields,
    }


def test_the_earliest_report_is_the_canonical_one() -> None:
    readings = readings_of([said(LONG_QUOTE, published="2031-05-09"), said(QUOTE, published="2031-05-08")])
    claim = claims_of(origins_over(readings))[0]
    assert claim.canonical == readings[1].statements[0].id
    assert [report.wording.value for report in claim.reports] == ["identical", "reworded"]


def test_without_dates_the_fullest_report_is_the_canonical_one() -> None:
    readings = [reading(said(QUOTE)), reading(said(LONG_QUOTE))]
    assert claims_of(origins_over(readings))[0].canonical == readings[1].statements[0].id


def test_claims_do_not_depend_on_the_order_of_articles() -> None:
    readings = readings_of([said(QUOTE, outlet="A"), said(LONG_QUOTE, outlet="B"), said(QUOTE, outlet="C")])
    there = claims_of(origins_over(readings))
    back = claims_of(origins_over(readings[::-1]))
    assert there == back


def test_two_outlets_with_one_release_have_one_origin() -> None:
    via = {"via": ["Varga = Ministry of Foreign Affairs of Delvia"]}
    articles = [said(QUOTE, outlet=outlet) for outlet in ("The Marn Echo", "The Ostrava Post")]
    for given in articles:
        given["statements"][0].update(via)
    readings = readings_of(articles)
    claim = claims_of(origins_over(readings))[0]
    assert claim.outlets == 2
    assert origins_over(readings).corroborating(claim.reports) == 1


CALL = {"type": "CONSULT", "trigger": "spoke", "sources": ["Varga = Ilse Varga"], "targets": ["Brandt = Tomas Brandt"]}


@pytest.mark.parametrize(
    ("second", "corroborating"),
    [
        ({}, 2),
        ({"factuality": "PR+", "hedges": ["reportedly"]}, 1),
        ({"factuality": "CT-"}, 1),
        ({"factuality": "Uu"}, 1),
    ],
)
def test_hedged_and_denied_reports_do_not_corroborate(second: dict[str, Any], corroborating: int) -> None:
    readings = readings_of(
        [
            {"text": "Varga spoke with Brandt.", "outlet": "The Marn Echo", "events": [CALL]},
            {"text": "Varga reportedly spoke with Brandt.", "outlet": "The Ostrava Post", "events": [CALL | second]},
        ]
    )
    origins = origins_over(readings)
    claim = claims_of(origins)[0]
    assert len(claim.reports) == 2
    assert origins.corroborating(claim.reports) == corroborating


def test_every_statement_is_in_one_claim() -> None:
    for case in CLAIMS.values():
        readings = readings_of(case["articles"])
        reported = [r.record for c in claims_of(origins_over(readings)) for r in c.reports if c.kind == "statement"]
        assert sorted(reported) == sorted(said.id for one in readings for said in one.statements)


def test_every_difference_shows_words_of_its_article() -> None:
    for first, second, _ in DIFFERENCES.values():
        readings = readings_of([first, second])
        origins = origins_over(readings)
        texts = {one.article.id: one.article.text for one in readings}
        for difference in differences_of(claims_of(origins), origins.material):
            for value in difference.values:
                assert texts[value.article][value.span.start : value.span.stop] == value.span.text


SEIZURE = "Delvia seizes Norland barge"
SEIZED = f"{SEIZURE}\n\nThe coast guard of Delvia seized a barge from Norland on Monday."
IN_HEADLINE = {"type": "COERCE", "mode": "seize", "trigger": "seizes", "sources": ["Delvia"], "targets": ["Norland"]}
IN_BODY = {
    "type": "COERCE",
    "mode": "seize",
    "trigger": "seized",
    "sources": ["coast guard = Government of Delvia"],
    "targets": ["Norland"],
    "when": {"text": "Monday", "value": "2031-05-05"},
}


def test_headline_and_body_tell_one_event_and_the_body_stands_for_it() -> None:
    told = {"text": SEIZED, "headline": SEIZURE, "events": [IN_HEADLINE, IN_BODY]}
    readings = readings_of([told])
    claims = claims_of(origins_over(readings))
    assert [claim.canonical for claim in claims] == [readings[0].events[1].id]


def test_a_body_stands_for_an_event_before_an_earlier_headline() -> None:
    early = {"text": SEIZED, "headline": SEIZURE, "published": "2031-05-05", "events": [IN_HEADLINE]}
    late = {"text": SEIZED, "headline": SEIZURE, "published": "2031-05-06", "events": [IN_BODY]}
    readings = readings_of([early, late])
    claims = claims_of(origins_over(readings))
    assert [claim.canonical for claim in claims] == [readings[1].events[0].id]
    assert [report.wording.value for report in claims[0].reports] == ["paraphrase", "identical"]
