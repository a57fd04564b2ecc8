"""A statement or event is listed under a day that is no more precise than its text."""

import pytest

from readout.record.days import calendar_day, listed_day
from readout.records import When
from record_examples import harbour_reading, quoted

ARTICLE = harbour_reading().article


def time(**values: str | None) -> When:
    return When("t", quoted(ARTICLE, "on Tuesday"), "DATE", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2022-01-26", "2022-01-26"),
        ("2022-01-26T10:30", "2022-01-26"),
        ("2021-12", "2021-12"),
        ("2014", "2014"),
        ("2022-W04", "2022-01-24"),
        ("2022-W04-WE", "2022-01-24"),
        ("2022-W60", "2022"),
        ("2021-Q3", "2021-07"),
        ("2021-H2", "2021-07"),
        ("2021-SP", "2021"),
        ("199", "1990"),
        ("PAST_REF", None),
        ("P2W", None),
        ("XXXX-WXX-3", None),
        ("", None),
    ],
)
def test_a_timex_value_gives_its_first_day(value: str, day: str | None) -> None:
    assert calendar_day(value) == day


def test_the_beginning_of_a_stretch_comes_before_its_value() -> None:
    assert listed_day(time(value="P2W", since="2022-01-13"), "2022-01-27") == "2022-01-13"


def test_without_a_date_of_its_own_the_day_of_publication_counts() -> None:
    assert listed_day(None, "2022-01-27T08:00:00Z") == "2022-01-27"
    assert listed_day(time(value="PAST_REF"), "2022-01-27") == "2022-01-27"
    assert listed_day(None, None) is None
