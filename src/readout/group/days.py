"""Do two time expressions allow the same day? TIMEX3 values as ranges of days, partial dates kept partial."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

from readout.records import When

VALUE = re.compile(r"(\d{4})(?:-(\d{2}|W\d{2}|Q\d|SP|SU|FA|WI))?(?:-(\d{2}))?")
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Days(NamedTuple):
    """The first and the last day that a value allows."""

    first: date
    last: date

    def meets(self, other: "Days", *, slack: int = 0) -> bool:
        """Do the two have a day in common, or come within so many days of each other?"""
        margin = timedelta(days=slack)
        return self.first <= other.last + margin and other.first <= self.last + margin


def days_of(when: When | None) -> Days | None:
    """Return the days that a time expression allows, in any of its zones; None when it has no date."""
    if when is None:
        return None
    values = [when.value, when.since, when.until, *(other.value for other in when.also)]
    found = [days for days in map(days_of_value, values) if days is not None]
    return Days(min(d.first for d in found), max(d.last for d in found)) if found else None


def days_of_value(value: str | None) -> Days | None:
    """Return the days of a TIMEX3 value: 2022-01-26, 2022-01, 2022, 2022-W04, 2022-Q1, 2022-SU; None for others."""
    match = VALUE.match(value or "")
    if not match:
        return None
    year, part, day = int(match[1]), match[2], match[3]
    try:
        return _days(year, part, day)
    except ValueError:
        return None


def _days(year: int, part: str | None, day: str | None) -> Days:
    if part is None:
        return Days(date(year, 1, 1), date(year, 12, 31))
    if part in SEASON_MONTH:
        return _months(year, SEASON_MONTH[part], 3)
    if part.startswith("W"):
        monday = date.fromisocalendar(year, int(part[1:]), 1)
        return Days(monday, monday + timedelta(days=6))
    if part.startswith("Q"):
        return _months(year, 3 * int(part[1:]) - 2, 3)
    if day is None:
        return _months(year, int(part), 1)
    return Days(date(year, int(part), int(day)), date(year, int(part), int(day)))


def _months(year: int, month: int, number: int) -> Days:
    """Return the days of so many months, into the next year when they reach there."""
    last_year, last_month = year + (month + number - 2) // 12, (month + number - 2) % 12 + 1
    return Days(date(year, month, 1), date(last_year, last_month, calendar.monthrange(last_year, last_month)[1]))
