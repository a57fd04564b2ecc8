"""Give time expressions their TIMEX3 values: from their words, the publication date, the tense, and the dates before.

Each function of `MAKERS` takes an expression and its surroundings and returns its value, or None when the words are no
time at all. A value that needs a publication date, or an earlier date of the text, that is not there stays None with
the reason.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from readout.extract import timespans
from readout.extract.calendars import (
    NO_REFERENCE,
    NO_SUCH_DATE,
    NO_ZONE,
    Setting,
    TimeValue,
    amount,
    at_grain,
    dated,
    day_of,
    direction,
    is_ahead,
    month_number,
    moved_reference,
    part_of,
    shifted,
    unit_around,
    unit_code,
    unknown,
    weekday_near,
    year_for,
)
from readout.extract.timex import Found, word_value
from readout.records import ZonedValue

PIVOT = 50  # two-digit years from here on are of the last century


def value_of(found: Found, setting: Setting) -> TimeValue | None:
    """Return the value of an expression; None when it is no time expression after all."""
    return MAKERS[found.rule.make](found, setting)


def calendar(found: Found, setting: Setting) -> TimeValue | None:
    """Value a date with a month: with its year, or the year that publication, tense and the dates before give."""
    words = found.groups
    month = int(words["mm"]) if "mm" in words else month_number(words)
    day = int(words["day"]) if "day" in words else None
    if month is None:
        return None
    if "year" in words:
        return dated(int(words["year"]), month, day)
    year = year_for(month, day, setting)
    return unknown("DATE") if year is None else dated(year, month, day)


def month(found: Found, setting: Setting) -> TimeValue | None:
    """Value a month alone."""
    return calendar(found, setting)


def month_of(found: Found, setting: Setting) -> TimeValue | None:
    """Value "March of last year", "May that year"."""
    number = month_number(found.groups)
    which = found.groups["which"].lower()
    base = reference_year(setting) if which.startswith("th") and which != "this" else None
    if base is None:
        if setting.published is None:
            return unknown("DATE")
        base = setting.published.year
    return dated(base + direction(which), number, None)


def reference_year(setting: Setting) -> int | None:
    """Return the year of the date named last."""
    return int(setting.reference[:4]) if setting.reference else None


def directed_month(found: Found, setting: Setting) -> TimeValue | None:
    """Value "last December", "next March", "this May"."""
    number, published = month_number(found.groups), setting.published
    if number is None:
        return None
    if published is None:
        return unknown("DATE")
    way = direction(found.groups["which"])
    year = published.year
    if way < 0 and number >= published.month:
        year -= 1
    if way > 0 and number <= published.month:
        year += 1
    return dated(year, number, None)


def numeric(found: Found, setting: Setting) -> TimeValue | None:
    """Value 7/8/07: month first unless that cannot be, or the other reading is the one near publication."""
    month, day = int(found.groups["a"]), int(found.groups["b"])
    year = int(found.groups["yy"])
    if year < 100:
        year += 1900 if year >= PIVOT else 2000
    if month > 12 and day > 12:
        return None
    if month > 12:
        month, day = day, month
    return dated(year, month, day) if month and day else None


def year(found: Found, setting: Setting) -> TimeValue | None:
    """Value a year."""
    return TimeValue("DATE", found.groups["year"])


def years(found: Found, setting: Setting) -> TimeValue | None:
    """Value 2014-15: the first year, with both ends."""
    first = int(found.groups["year"])
    last = first - first % 100 + int(found.groups["yy"])
    return TimeValue("DATE", str(first), str(first), str(last)) if last > first else None


def era(found: Found, setting: Setting) -> TimeValue | None:
    """Value a year before or after Christ."""
    before = found.groups.get("era", "AD").upper() in {"BC", "BCE"}
    return TimeValue("DATE", f"{'-' if before else ''}{int(found.groups['n']):04d}")


def fiscal(found: Found, setting: Setting) -> TimeValue | None:
    """Value a fiscal year."""
    return TimeValue("DATE", f"FY{found.groups['year']}")


def fixed(found: Found, setting: Setting) -> TimeValue | None:
    """Value what the rule itself gives."""
    return TimeValue(found.rule.settings["type"], str(found.rule.settings["value"]))


def decade(found: Found, setting: Setting) -> TimeValue | None:
    """Value a decade by its first three digits."""
    words = found.groups
    if "decadename" in words:
        return TimeValue("DATE", str(word_value("decadename", words["decadename"])))
    ten = words["ten"]
    hundreds = words.get("decade") or ("20" if int(ten) < 3 else "19")
    return TimeValue("DATE", f"{hundreds}{ten}")


def century(found: Found, setting: Setting) -> TimeValue | None:
    """Value a century by its first two digits: the 19th is 18."""
    words = found.groups
    number = int(words["n"]) if "n" in words else int(word_value("centuryname", words["centuryname"]))
    before = words.get("era", "").upper() in {"BC", "BCE"}
    return TimeValue("DATE", f"-{number:02d}" if before else f"{number - 1:02d}")


def weekday(found: Found, setting: Setting) -> TimeValue | None:
    """Value a day of the week, with its part of the day if one is named."""
    words = found.groups
    number = int(word_value("weekday", words.get("weekdayname") or words["weekday"]))
    type_ = "TIME" if "part" in words else "DATE"
    if setting.published is None:
        return unknown(type_)
    day = weekday_near(setting.published, number, words.get("which", ""), setting.tense)
    return part_of(day, words)


def weekday_of_week(found: Found, setting: Setting) -> TimeValue | None:
    """Value "Tuesday last week"."""
    if setting.published is None:
        return unknown("DATE")
    number = int(word_value("weekday", found.groups["weekdayname"]))
    return part_of(weekday_near(setting.published, number, found.groups["which"] + " week", None), {})


def two_zones(found: Found, setting: Setting) -> TimeValue | None:
    """Value "late Wednesday—Thursday in Beijing": the first day, and the other with its zone."""
    first = weekday(found, setting)
    words = found.groups
    zone = setting.zone_of(words["city"])
    if first is None or first.value is None:
        return first
    start = day_of(first.value)
    number = int(word_value("weekday", words["weekdayname2"]))
    other = next(day for day in days_around(start) if day.isoweekday() == number) if start else None
    if other is None or zone is None:
        return replace(first, reason=NO_ZONE)
    second = part_of(other, {"part": words["part2"]} if "part2" in words else {})
    return replace(first, also=(ZonedValue(str(second.value), zone),))


def days_around(day: date) -> list[date]:
    """Return a week of days, the nearest first, the later before the earlier."""
    return [day + timedelta(days=shift) for shift in (0, 1, -1, 2, -2, 3, -3)]


def near_day(found: Found, setting: Setting) -> TimeValue | None:
    """Value today, yesterday, tonight, this morning."""
    words = dict(found.groups)
    part = found.rule.settings.get("part")
    type_ = "TIME" if part or "part" in words else "DATE"
    if setting.published is None:
        return unknown(type_)
    day = setting.published + timedelta(days=found.rule.settings["days"])
    return TimeValue("TIME", f"{day.isoformat()}T{part}") if part else part_of(day, words)


def calendar_unit(found: Found, setting: Setting) -> TimeValue | None:
    """Value last week, this month, next year, the end of the year."""
    words = found.groups
    letter = str(word_value("calendarunit", words["calendarunit"]))
    if setting.published is None:
        return unknown("DATE")
    way = direction(words["which"])
    return TimeValue("DATE", unit_around(setting.published, way, letter))


def anaphoric(found: Found, setting: Setting) -> TimeValue | None:
    """Value "that year", "the following month", "the next day" by the date named last."""
    words = found.groups
    way = direction(words["which"])
    if "part" in words:
        day = day_of(setting.reference)
        moved = day + timedelta(days=way) if day else None
        return part_of(moved, words) if moved else unknown("TIME", NO_REFERENCE)
    letter = str(word_value("calendarunit", words["calendarunit"]))
    value = moved_reference(setting.reference, way, letter)
    return TimeValue("DATE", value) if value else unknown("DATE", NO_REFERENCE)


def distance(found: Found, setting: Setting) -> TimeValue | None:
    """Value "two years ago", "three weeks from now"."""
    if setting.published is None:
        return unknown("DATE")
    number, code = amount(found.groups["n"]), unit_code(found.groups)
    if number is None:
        return None
    if code.startswith("T"):
        return TimeValue("TIME", setting.published.isoformat())
    moved = shifted(setting.published, number * found.rule.settings["sign"], code)
    return TimeValue("DATE", at_grain(moved, code)) if moved else years_before(setting.published, number, code)


def years_before(published: date, number: float, code: str) -> TimeValue:
    """Return a year before the calendar begins: some 5,000 years ago."""
    if not code.endswith("Y"):
        return unknown("DATE", NO_SUCH_DATE)
    value = published.year - int(number * int(code[:-1] or 1))
    return TimeValue("DATE", f"-{-value:04d}" if value < 0 else f"{value:04d}")


def anaphoric_distance(found: Found, setting: Setting) -> TimeValue | None:
    """Value "a year later", "two days earlier" by the date named last."""
    number, code = amount(found.groups["n"]), unit_code(found.groups)
    if number is None:
        return None
    if code.startswith("T"):
        return unknown("TIME", NO_REFERENCE)
    way = number * found.rule.settings["sign"]
    values = [value for value in (moved_reference(one, way, code) for one in setting.references) if value]
    told = [value for value in values if not is_ahead(value, setting)]
    return TimeValue("DATE", (told or values)[0]) if values else unknown("DATE", NO_REFERENCE)


def day_range(found: Found, setting: Setting) -> TimeValue | None:
    """Value "March 3 to 5": its length, with both ends."""
    words = dict(found.groups)
    last = {**words, "day": words["day2"], "month": words.get("month2", words["month"])}
    first_value = calendar(found, setting)
    last_value = calendar(replace(found, groups=last), setting)
    first, second = day_of(first_value.value if first_value else None), day_of(last_value.value if last_value else None)
    if first is None or second is None:
        return first_value and replace(first_value, type="DURATION")
    if second < first:
        return None
    return TimeValue("DURATION", f"P{(second - first).days + 1}D", first.isoformat(), second.isoformat())


MAKERS: dict[str, Callable[[Found, Setting], TimeValue | None]] = {
    "anaphoric": anaphoric,
    "anaphoric-distance": anaphoric_distance,
    "calendar": calendar,
    "calendar-unit": calendar_unit,
    "century": century,
    "clock": timespans.clock,
    "day": near_day,
    "decade": decade,
    "distance": distance,
    "duration": timespans.duration,
    "era": era,
    "every": timespans.every,
    "fiscal": fiscal,
    "fixed": fixed,
    "frequency": timespans.frequency,
    "half": timespans.half,
    "holiday": timespans.holiday,
    "month": month,
    "month-directed": directed_month,
    "month-of": month_of,
    "nothing": timespans.nothing,
    "numeric": numeric,
    "part": timespans.day_part,
    "quarter": timespans.quarter,
    "range": day_range,
    "rate": timespans.rate,
    "season": timespans.season,
    "stretch": timespans.stretch,
    "two-zones": two_zones,
    "vague": timespans.vague,
    "weekday": weekday,
    "weekday-of-week": weekday_of_week,
    "year": year,
    "years": years,
}
