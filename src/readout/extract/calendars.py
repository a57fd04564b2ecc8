"""Reckon with the calendar for time expressions: what surrounds one, what it is worth, and the way between."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from readout.extract.tenses import Tense
from readout.extract.timex import word_value
from readout.records import ZonedValue

NO_PUBLICATION = "no publication date"
NO_SUCH_DATE = "no such day in the calendar"
NO_REFERENCE = "the date that it counts from is not known"
NO_ZONE = "the time zone of the named place is not known"
UNIT = re.compile(r"(\d*)(T?)([A-Z]{1,2})")
GRAINS = "DWMY"  # from fine to coarse
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
    if setting.tense in {None, Tense.PRESENT, Tense.WISHED}:
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


def direction(which: str) -> int:
    """Return -1 for last and previous, 1 for next and coming, 0 for this and same."""
    words = set(which.lower().split())
    if words & {"last", "past", "previous", "preceding"}:
        return -1
    return 1 if words & {"next", "coming", "following"} else 0


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
    return published + ahead if tense in {Tense.FUTURE, Tense.WISHED} else published - back


def part_of(day: date, words: dict[str, str]) -> TimeValue:
    """Return a day, or the part of it that the words name."""
    if "part" in words:
        return TimeValue("TIME", f"{day.isoformat()}T{word_value('part', words['part'])}")
    return TimeValue("DATE", day.isoformat())


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


def moved_reference(reference: str | None, number: float, code: str) -> str | None:
    """Return the value so many units from an earlier one, None when that is not known finely enough."""
    start, fine = reference_day(reference)
    if start is None or GRAINS.find(code.lstrip("0123456789")[:1]) < GRAINS.find(fine):
        return None
    if code == "WE":
        return iso_week(start + timedelta(weeks=number)) + "-WE"
    moved = shifted(start, number, code)
    return at_grain(moved, code) if moved else None


def unit_around(day: date, way: int, letter: str) -> str:
    """Return the day, week, weekend, month, quarter or year of a day, or of the one before or after."""
    if letter == "Q":
        moved = month_shift(day, 3 * way)
        return f"{moved.year}-Q{(moved.month + 2) // 3}"
    if letter == "WE":
        return iso_week(day + timedelta(weeks=way)) + "-WE"
    moved_day = shifted(day, way, letter)
    return at_grain(moved_day or day, letter)


def is_ahead(value: str, setting: Setting) -> bool:
    """Would a value lie after publication, where the text does not speak of the future?"""
    day = reference_day(value)[0]
    return bool(setting.published and day and setting.tense is not Tense.FUTURE and day > setting.published)
