"""Give a statement or event the day under which it is listed: from its TIMEX3 value, no more precise than that."""

import re
from datetime import date

from readout.records import When

CALENDAR = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
WEEK = re.compile(r"(\d{4})-W(\d{2})")
PART_OF_YEAR = re.compile(r"(\d{4})-([QH]\d)")
DECADE = re.compile(r"\d{3}")
FIRST_MONTH = {"Q1": "01", "Q2": "04", "Q3": "07", "Q4": "10", "H1": "01", "H2": "07"}


def listed_day(when: When | None, published: str | None) -> str | None:
    """Return the day, month or year of a time expression, else the day of publication."""
    for value in () if when is None else (when.since, when.value):
        day = calendar_day(value or "")
        if day is not None:
            return day
    return calendar_day(published or "")


def calendar_day(value: str) -> str | None:
    """Return the first day of a TIMEX3 value (a month or a year stays one); None for one that names no date."""
    if week := WEEK.match(value):
        return _monday(int(week[1]), int(week[2]))
    if part := PART_OF_YEAR.match(value):
        return f"{part[1]}-{FIRST_MONTH[part[2]]}" if part[2] in FIRST_MONTH else part[1]
    if day := CALENDAR.match(value):
        return day[0]
    return f"{value}0" if DECADE.fullmatch(value) else None


def _monday(year: int, week: int) -> str | None:
    try:
        return date.fromisocalendar(year, week, 1).isoformat()
    except ValueError:  # week 53 of a year that has 52, week 00
        return str(year)
