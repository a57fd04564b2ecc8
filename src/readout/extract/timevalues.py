"""Give time expressions their TIMEX3 values: from their words, the publication date, the tense, and the dates before.

Each function of `MAKERS` takes an expression and its surroundings and returns its value, or None when the words are no
time at all. A value that needs a publication date, or an earlier date of the text, that is not there stays None with
the reason.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from readout.extract.tenses import Tense
from readout.extract.timex import Found, knowledge, word_value
from readout.records import ZonedValue

NO_PUBLICATION = "no publication date"
NO_SUCH_DATE = "no such day in the calendar"
NO_REFERENCE = "the date that it counts from is not known"
NO_ZONE = "the time zone of the named place is not known"
UNIT = re.compile(r"(\d*)(T?)([A-Z]{1,2})")
DIGITS_YEAR = re.compile(r"\d{4}")
PIVOT = 50  # two-digit years from here on are of the last century
SOON_DAYS = 10  # a day of a month this close after publication is taken for the one to come, whatever the tense
NARRATIVE_YEARS = 2  # a text that told of a year this far back goes on telling of that year ("In October ...")


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds an expression: publication day, tense of its clause, the date last named, what its line has."""

    published: date | None
    tense: Tense | None = None
    references: tuple[str, ...] = ()
    narrative: bool = False
    day_nearby: str | None = None
    zone_of: Callable[[str], str | None] = lambda _: None

    @property
    def reference(self) -> str | None:
        """Return the value of the date named last."""
        return self.references[0] if self.references else None


@dataclass(frozen=True, slots=True)
class TimeValue:
    """The value of an expression, or the reason why it has none."""

    type: str
    value: str | None
    since: str | None = None
    until: str | None = None
    zone: str | None = None
    also: tuple[ZonedValue, ...] = ()
    reason: str | None = None


def value_of(found: Found, setting: Setting) -> TimeValue | None:
    """Return the value of an expression; None when it is no time expression after all."""
    return MAKERS[found.rule.make](found, setting)


# --- words ------------------------------------------------------------------------------------------------------


def month_number(words: dict[str, str], name: str = "month") -> int | None:
    """Return the month that the words name."""
    word = words.get(name) or words.get(f"{name}name")
    return int(word_value("month", word.rstrip("."))) if word else None


def amount(text: str) -> float | None:
    """Return the number that words or digits give: "two and a half", "twenty-five", "1,500"."""
    plain = " ".join(text.lower().replace(",", "").split())
    if plain[0].isdigit():
        return float(plain)
    half = plain.endswith(" and a half")
    plain = plain.removesuffix(" and a half")
    whole = word_value("number", plain)
    if whole is None:
        parts = [word_value("number", part) for part in re.split("[- ]", plain)]
        whole = None if None in parts else sum(parts)
    return None if whole is None else float(whole) + (0.5 if half else 0)


def shown(number: float) -> str:
    """Return a number as TIMEX3 writes it: no decimals where none are needed."""
    return str(int(number)) if number == int(number) else str(number)


def unit_code(words: dict[str, str]) -> str:
    """Return the code of the unit among the words: Y, 10Y, TM ..."""
    word = words.get("units") or words.get("unit") or words.get("calendarunit") or ""
    return str(word_value("units", word) or word_value("unit", word) or "")


def period(number: float | None, code: str) -> str:
    """Return a TIMEX3 period: P2W, PT30M, P20Y for two decades, PXD for some days."""
    match = UNIT.fullmatch(code)
    if match is None:
        return "PX"
    times, clock, letter = match.groups()
    count = "X" if number is None else shown(number * int(times or 1))
    return f"P{clock}{count}{letter}"


# --- calendar ---------------------------------------------------------------------------------------------------


def iso_week(day: date) -> str:
    """Return the week of a day: 2022-W04."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def month_shift(day: date, months: int) -> date:
    """Return the day so many months on, the last of the month where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shifted(day: date, number: float, code: str) -> date | None:
    """Return the day so many units on; None beyond the calendar or for units shorter than a day."""
    match = UNIT.fullmatch(code)
    if match is None or match[2]:
        return None
    count, letter = number * int(match[1] or 1), match[3]
    try:
        if letter in {"D", "W"}:
            return day + timedelta(days=int(count * (7 if letter == "W" else 1)))
        return month_shift(day, int(count * (12 if letter == "Y" else 1)))
    except (ValueError, OverflowError):
        return None


def at_grain(day: date, code: str) -> str:
    """Return a day's value no finer than the unit that led to it: two years ago is a year, not a day."""
    letter = code.lstrip("0123456789")
    if letter == "Y":
        return f"{day.year:04d}"
    if letter == "M":
        return f"{day.year:04d}-{day.month:02d}"
    return iso_week(day) if letter == "W" else day.isoformat()


def day_of(value: str | None) -> date | None:
    """Return the day of a value that is one, or begins with one (2022-01-26TNI)."""
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def dated(year: int, month: int | None, day: int | None) -> TimeValue:
    """Return the value of a year, month or day; none for the thirtieth of February."""
    if month is None:
        return TimeValue("DATE", f"{year:04d}")
    if day is None:
        return TimeValue("DATE", f"{year:04d}-{month:02d}")
    try:
        return TimeValue("DATE", date(year, month, day).isoformat())
    except ValueError:
        return TimeValue("DATE", None, reason=NO_SUCH_DATE)


def unknown(type_: str, reason: str = NO_PUBLICATION) -> TimeValue:
    """Return an expression without a value, with the reason."""
    return TimeValue(type_, None, reason=reason)


# --- dates ------------------------------------------------------------------------------------------------------


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


def year_for(month: int, day: int | None, setting: Setting) -> int | None:
    """Return the year of a month, or of a day of it, that is named without one."""
    if setting.narrative and setting.reference:
        return int(setting.reference[:4])
    published = setting.published
    if published is None:
        return None
    here = (published.month, published.day if day else 0)
    there = (month, day or 0)
    if setting.tense is Tense.FUTURE:
        return published.year + (there < here)
    if day and is_soon(published, month, day):
        return published.year + (month < published.month)
    if setting.tense is None or setting.tense is Tense.PRESENT:
        return nearest_year(published, month, day)
    return published.year - (there > here)


def is_soon(published: date, month: int, day: int) -> bool:
    """Is the day one of the next few after publication?"""
    coming = (published + timedelta(days=ahead) for ahead in range(1, SOON_DAYS + 1))
    return any((one.month, one.day) == (month, day) for one in coming)


def nearest_year(published: date, month: int, day: int | None) -> int:
    """Return the year that puts a month, or a day of it, nearest to publication; the earlier where it ties."""
    here = published.month * 31 + published.day
    there = month * 31 + (day or 15)
    distance = {published.year + shift: abs(there + 372 * shift - here) for shift in (-1, 0, 1)}
    return min(distance, key=lambda year: (distance[year], year))


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


def direction(which: str) -> int:
    """Return -1 for last and previous, 1 for next and coming, 0 for this and same."""
    words = set(which.lower().split())
    if words & {"last", "past", "previous", "preceding"}:
        return -1
    return 1 if words & {"next", "coming", "following"} else 0


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


# --- weekdays and days around publication -----------------------------------------------------------------------


def weekday(found: Found, setting: Setting) -> TimeValue | None:
    """Value a day of the week, with its part of the day if one is named."""
    words = found.groups
    number = int(word_value("weekday", words.get("weekdayname") or words["weekday"]))
    type_ = "TIME" if "part" in words else "DATE"
    if setting.published is None:
        return unknown(type_)
    day = weekday_near(setting.published, number, words.get("which", ""), setting.tense)
    return part_of(day, words)


def part_of(day: date, words: dict[str, str]) -> TimeValue:
    """Return a day, or the part of it that the words name."""
    if "part" in words:
        return TimeValue("TIME", f"{day.isoformat()}T{word_value('part', words['part'])}")
    return TimeValue("DATE", day.isoformat())


def weekday_near(published: date, number: int, which: str, tense: Tense | None) -> date:
    """Return the day meant: of publication's week if "this", else the one before or after that the tense asks for.

    The day of publication itself counts in both directions: "on Thursday", published that Thursday, is today.
    """
    back = timedelta(days=(published.isoweekday() - number) % 7)
    ahead = timedelta(days=(number - published.isoweekday()) % 7)
    monday = published - timedelta(days=published.isoweekday() - 1)
    plain = which.lower()
    if plain.endswith("week"):
        plain = plain.split()[0]
        return monday + timedelta(days=number - 1 + (7 if plain == "next" else -7))
    if plain == "this":
        return monday + timedelta(days=number - 1)
    if "coming" in plain:
        return published + (ahead or timedelta(days=7))
    if direction(plain) > 0:
        return monday + timedelta(days=6 + number)
    if direction(plain) < 0:
        return published - (back or timedelta(days=7))
    return published + ahead if tense is Tense.FUTURE else published - back


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


# --- weeks, months, quarters, years -----------------------------------------------------------------------------


def calendar_unit(found: Found, setting: Setting) -> TimeValue | None:
    """Value last week, this month, next year, the end of the year."""
    words = found.groups
    letter = str(word_value("calendarunit", words["calendarunit"]))
    if setting.published is None:
        return unknown("DATE")
    way = direction(words["which"])
    return TimeValue("DATE", unit_around(setting.published, way, letter))


def unit_around(day: date, way: int, letter: str) -> str:
    """Return the day, week, weekend, month, quarter or year of a day, or of the one before or after."""
    if letter == "Q":
        moved = month_shift(day, 3 * way)
        return f"{moved.year}-Q{(moved.month + 2) // 3}"
    if letter == "WE":
        return iso_week(day + timedelta(weeks=way)) + "-WE"
    moved_day = shifted(day, way, letter)
    return at_grain(moved_day or day, letter)


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


def moved_reference(reference: str | None, number: float, code: str) -> str | None:
    """Return the value so many units from an earlier one, None when that is not known finely enough."""
    start, fine = reference_day(reference)
    if start is None or "DWMY".find(code.lstrip("0123456789")[:1]) < "DWMY".find(fine):
        return None
    if code == "WE":
        return iso_week(start + timedelta(weeks=number)) + "-WE"
    moved = shifted(start, number, code)
    return at_grain(moved, code) if moved else None


def reference_day(reference: str | None) -> tuple[date | None, str]:
    """Return the first day of a value, and how finely it is known: D, W, M or Y."""
    text = reference or ""
    day = day_of(text)
    if day:
        return day, "D"
    week = re.fullmatch(r"(\d{4})-W(\d\d).*", text)
    if week:
        return date.fromisocalendar(int(week[1]), int(week[2]), 1), "W"
    month = re.fullmatch(r"(\d{4})-(\d\d)", text)
    if month:
        return date(int(month[1]), int(month[2]), 1), "M"
    year = re.match(r"(\d{4})(?:$|-)", text)
    return (date(int(year[1]), 1, 1), "Y") if year and int(year[1]) else (None, "")


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


def is_ahead(value: str, setting: Setting) -> bool:
    """Would a value lie after publication, where the text does not speak of the future?"""
    day = reference_day(value)[0]
    return bool(setting.published and day and setting.tense is not Tense.FUTURE and day > setting.published)


# --- seasons, quarters, halves, holidays ------------------------------------------------------------------------

SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def season(found: Found, setting: Setting) -> TimeValue | None:
    """Value a season by its year: named, last, next, or the one that the tense asks for."""
    words = found.groups
    code = str(word_value("season", words["season"]))
    if "year" in words:
        return TimeValue("DATE", f"{words['year']}-{code}")
    if setting.published is None:
        return unknown("DATE")
    return TimeValue("DATE", f"{season_year(code, words.get('which', ''), setting)}-{code}")


def season_year(code: str, which: str, setting: Setting) -> int:
    """Return the year of a season named without one."""
    published = setting.published or date.min
    starts = SEASON_STARTS[code]
    way = direction(which) if which else (1 if setting.tense is Tense.FUTURE else -1)
    if which == "this" or "coming" in which:
        return published.year
    if way < 0:
        return published.year - (starts >= published.month)
    return published.year + (starts + (0 if which else 2) < published.month)


def quarter(found: Found, setting: Setting) -> TimeValue | None:
    """Value a quarter of a year."""
    words = found.groups
    number = int(words["q"]) if "q" in words else int(word_value("ordinal", words["ordinal"]))
    if "year" in words:
        return TimeValue("DATE", f"{words['year']}-Q{number}")
    if setting.published is None:
        return unknown("DATE")
    base = setting.published.year
    if "which" in words:
        return TimeValue("DATE", f"{base + direction(words['which'])}-Q{number}")
    now = (setting.published.month + 2) // 3
    past = setting.tense is not Tense.FUTURE and number >= now
    return TimeValue("DATE", f"{base - past}-Q{number}")


def half(found: Found, setting: Setting) -> TimeValue | None:
    """Value a half of a year."""
    words = found.groups
    number = word_value("ordinal", words["ordinal"])
    if "year" in words:
        return TimeValue("DATE", f"{words['year']}-H{number}")
    if setting.published is None:
        return unknown("DATE")
    return TimeValue("DATE", f"{setting.published.year + direction(words['which'])}-H{number}")


def holiday(found: Found, setting: Setting) -> TimeValue | None:
    """Value a day with a name and a fixed place in the calendar."""
    month, day = (int(part) for part in str(word_value("holiday", found.groups["holiday"])).split("-"))
    if "year" in found.groups:
        return dated(int(found.groups["year"]), month, day)
    year = year_for(month, day, setting)
    return unknown("DATE") if year is None else dated(year, month, day)


# --- vague, durations, sets -------------------------------------------------------------------------------------


def vague(found: Found, setting: Setting) -> TimeValue | None:
    """Value "recently", "in the coming days": only before, around or after publication, which must be known."""
    if setting.published is None:
        return unknown("DATE")
    return TimeValue("DATE", found.rule.settings["value"])


def stretch(found: Found, setting: Setting) -> TimeValue | None:
    """Value "the past two weeks": their length, from or to the publication day."""
    number = amount(found.groups["n"]) if "n" in found.groups else (None if "units" in found.groups else 1)
    code = unit_code(found.groups)
    value = TimeValue("DURATION", period(number, code))
    if setting.published is None or number is None:
        return value
    other = shifted(setting.published, number * found.rule.settings["sign"], code)
    if other is None:
        return value
    first, last = sorted((setting.published, other))
    return replace(value, since=first.isoformat(), until=last.isoformat())


def duration(found: Found, setting: Setting) -> TimeValue | None:
    """Value a length of time."""
    number = amount(found.groups["n"]) if "n" in found.groups else None
    code = unit_code(found.groups)
    if number is None and code.endswith("0Y"):
        return TimeValue("DURATION", "PXY")
    return TimeValue("DURATION", period(number, code))


def nothing(found: Found, setting: Setting) -> TimeValue | None:
    """Value what only looks like a time: an age."""
    return None


def every(found: Found, setting: Setting) -> TimeValue | None:
    """Value what comes again: a weekday, a month, or a period."""
    words = found.groups
    if "weekdayname" in words:
        day = f"XXXX-WXX-{word_value('weekday', words['weekdayname'])}"
        return TimeValue("SET", f"{day}T{word_value('part', words['part'])}" if "part" in words else day)
    if "month" in words:
        return TimeValue("SET", f"XXXX-{month_number(words):02d}")
    times = amount(words["n"]) if "n" in words and "times" not in found.rule.id else 1
    return TimeValue("SET", period(times, unit_code(words)))


def rate(found: Found, setting: Setting) -> TimeValue | None:
    """Value "tanks a year"."""
    return TimeValue("SET", period(1, unit_code(found.groups)))


def frequency(found: Found, setting: Setting) -> TimeValue | None:
    """Value "weekly", "annual"."""
    return TimeValue("SET", str(word_value("frequency", found.groups["frequency"])))


# --- times of day and ranges ------------------------------------------------------------------------------------


def clock(found: Found, setting: Setting) -> TimeValue | None:
    """Value a time of day on its day: the one beside it, the one nearby in its line, or the publication day."""
    words = found.groups
    time = clock_time(words)
    if time is None:
        return None
    day = clock_day(words, setting)
    if day is None:
        return unknown("TIME")
    letters = " ".join(words.get("clockzone", "").split())
    return TimeValue("TIME", f"{day}T{time}{clock_offset(letters, words)}", zone=zone_of_letters(letters, words))


def clock_time(words: dict[str, str]) -> str | None:
    """Return the hour and minute that the words give."""
    if "named" in words:
        return "12:00" if words["named"].lower() == "noon" else "24:00"
    hour = amount(words["n"]) if "n" in words else float(words["hour"])
    if hour is None or hour > 24:
        return None
    if words.get("ampm", "").lower() == "p" or word_value("part", words.get("part", "")) in {"AF", "EV", "NI"}:
        hour = hour % 12 + 12
    elif "ampm" in words:
        hour = hour % 12
    return f"{int(hour):02d}:{words.get('minute', '00')}"


def clock_day(words: dict[str, str], setting: Setting) -> str | None:
    """Return the day of a time of day."""
    if setting.published and "weekdayname" in words:
        number = int(word_value("weekday", words["weekdayname"]))
        return weekday_near(setting.published, number, "", setting.tense).isoformat()
    if setting.published and "deictic" in words:
        shift = {"today": 0, "yesterday": -1, "tomorrow": 1}[words["deictic"].lower()]
        return (setting.published + timedelta(days=shift)).isoformat()
    if setting.day_nearby:
        return setting.day_nearby
    return setting.published.isoformat() if setting.published else None


def clock_offset(letters: str, words: dict[str, str]) -> str:
    """Return the offset from UTC that zone letters give, as an ISO 8601 suffix."""
    if "offset" in words:
        return f"{int(words['offset']):+03d}:00"
    offset = str(word_value("clockzone", letters) or "") if letters else ""
    return offset if offset[:1] in {"+", "-", "Z"} else ""


def zone_of_letters(letters: str, words: dict[str, str]) -> str | None:
    """Return the IANA zone behind zone letters."""
    if not letters or "offset" in words:
        return None
    zone: str | None = knowledge()["zones"].get(letters)
    return zone


def day_part(found: Found, setting: Setting) -> TimeValue | None:
    """Value "in the morning" on the day nearby; without one it is only a part of some day."""
    code = word_value("part", found.groups["part"])
    day = setting.day_nearby or (setting.published.isoformat() if setting.published else None)
    return TimeValue("TIME", f"{day}T{code}") if day else unknown("TIME")


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
    "clock": clock,
    "day": near_day,
    "decade": decade,
    "distance": distance,
    "duration": duration,
    "era": era,
    "every": every,
    "fiscal": fiscal,
    "fixed": fixed,
    "frequency": frequency,
    "half": half,
    "holiday": holiday,
    "month": month,
    "month-directed": directed_month,
    "month-of": month_of,
    "nothing": nothing,
    "numeric": numeric,
    "part": day_part,
    "quarter": quarter,
    "range": day_range,
    "rate": rate,
    "season": season,
    "stretch": stretch,
    "two-zones": two_zones,
    "vague": vague,
    "weekday": weekday,
    "weekday-of-week": weekday_of_week,
    "year": year,
    "years": years,
}
