"""The days that a time expression allows."""

from datetime import date

import pytest

from readout.group.days import Days, days_of, days_of_value
from readout.provenance import TextSpan
from readout.records import When, ZonedValue


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2031-05-06", "2031-05-06", "2031-05-06"),
        ("2031-05-06TNI", "2031-05-06", "2031-05-06"),
        ("2031-05-06T09:30", "2031-05-06", "2031-05-06"),
        ("2031-02", "2031-02-01", "2031-02-28"),
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-W19", "2031-05-05", "2031-05-11"),
        ("2031-Q2", "2031-04-01", "2031-06-30"),
        ("2031-SU", "2031-06-01", "2031-08-31"),
        ("2031-WI", "2031-12-01", "2032-02-29"),
    ],
)
def test_partial_dates_are_ranges(value: str, first: str, last: str) -> None:
    assert days_of_value(value) == Days(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("value", [None, "", "PAST_REF", "P3D", "XXXX-05-06", "2031-13-40", "2031-W60", "203"])
def test_what_names_no_day_has_no_range(value: str | None) -> None:
    assert days_of_value(value) is None


def test_two_zones_span_both_days() -> None:
    zones = (ZonedValue("2031-05-07", "Asia/Shanghai"),)
    when = When("t", TextSpan.within(_Text(), 0, 4), "DATE", "2031-05-06", also=zones)
    assert days_of(when) == Days(date(2031, 5, 6), date(2031, 5, 7))


def test_days_meet_within_their_slack() -> None:
    monday, wednesday = Days(date(2031, 5, 5), date(2031, 5, 5)), Days(date(2031, 5, 7), date(2031, 5, 7))
    assert not monday.meets(wednesday, slack=1)
    assert monday.meets(wednesday, slack=2)


class _Text:
    id = "a"
    text = "late"
