"""Value what is more or less than a date: seasons, quarters, lengths of time, what comes again, times of day."""

from dataclasses import replace
from datetime import date, timedelta

from readout.extract.calendars import (
    Setting,
    TimeValue,
    amount,
    dated,
    direction,
    month_number,
    period,
    shifted,
    unit_code,
    unknown,
    weekday_near,
    year_for,
)
from readout.extract.tenses import Tense
from readout.extract.timex import Found, knowledge, word_value

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
