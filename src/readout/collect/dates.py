"""Read the publication date that an input states, in the notations that files and pages use."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
ISO = re.compile(r"\A(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}:\d{2}.*))?$")
COMPACT = re.compile(r"\A(\d{4})(\d{2})(\d{2})$")
YEAR_FIRST = re.compile(r"\A(\d{4})[/.](\d{1,2})[/.](\d{1,2})$")
DOTTED = re.compile(r"\A(\d{1,2})\.(\d{1,2})\.(\d{4})$")
SLASHED = re.compile(r"\A(\d{1,2})[/-](\d{1,2})[/-](\d{4})$")
MONTH_FIRST = re.compile(r"\A(?:[A-Za-z]{3,9}\.?,? )?([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b(.*)$")
DAY_FIRST = re.compile(r"\A(?:[A-Za-z]{3,9}\.?,? )?(\d{1,2})(?:st|nd|rd|th)? ([A-Za-z]{3,9})\.?,? (\d{4})\b(.*)$")
CLOCK = re.compile(r"\A(\d{1,2}:\d{2})(:\d{2})?(?:[.,]\d+)? ?(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$")
FIRST_YEAR, LAST_YEAR = 1700, 2200


def iso_date(value: object) -> str | None:
    """Return a date, with its time when it has one, in ISO 8601; None when it is no full date or an ambiguous one."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_timestamp(float(value))
    text = " ".join(str(value).split())[:80]
    return _of_iso(text) or _of_numbers(text) or _of_words(text) or _of_mail(text)


def _of_iso(text: str) -> str | None:
    match = ISO.match(text)
    if match is None:
        return None
    day = _day(match[1], match[2], match[3])
    return _with_clock(day, match[4]) if day and match[4] else day


def _with_clock(day: str, clock: str) -> str:
    """Return day and time; a bare midnight says only that the time is not known."""
    match = CLOCK.match(clock.strip())
    if match is None:
        return day
    zone = (match[3] or "").replace("UTC", "Z").replace("GMT", "Z")
    if not zone and match[1].lstrip("0") in {":00", ""} and match[2] in {None, ":00"}:
        return day
    zone = f"{zone[:3]}:{zone[3:]}" if len(zone) == 5 else zone
    stamp = f"{day}T{match[1]:0>5}{match[2] or ':00'}{zone}"
    return stamp if _is_valid(stamp) else day


def _of_numbers(text: str) -> str | None:
    match = COMPACT.match(text) or YEAR_FIRST.match(text)
    if match is not None:
        return _day(match[1], match[2], match[3])
    match = DOTTED.match(text)
    if match is not None:
        return _day(match[3], match[2], match[1])
    match = SLASHED.match(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if first <= 12 and second <= 12 and first != second:
        return None  # the third of February, or the second of March
    return _day(match[3], str(min(first, second)), str(max(first, second)))


def _of_words(text: str) -> str | None:
    match = MONTH_FIRST.match(text)
    if match is not None and (month := MONTHS.get(match[1][:3].lower())):
        return _day(match[3], str(month), match[2])
    match = DAY_FIRST.match(text)
    if match is not None and not match[4].strip() and (month := MONTHS.get(match[2][:3].lower())):
        return _day(match[3], str(month), match[1])
    return None


def _of_mail(text: str) -> str | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment.isoformat(timespec="seconds") if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _of_timestamp(value: float) -> str | None:
    seconds = value / 1000 if value > 1e11 else value
    if not 1e8 < seconds < 7e9:  # from 1973: smaller numbers are years, days, or nothing
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _day(year: str, month: str, day: str) -> str | None:
    text = f"{year}-{month:0>2}-{day:0>2}"
    return text if FIRST_YEAR <= int(year) <= LAST_YEAR and _is_valid(text) else None


def _is_valid(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
