"""Say records in plain English: an event as a sentence, a date as people write it, a list with "and"."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml

from readout.records import Event

MONTHS = ("January February March April May June July August September October November December").split()  # noqa: SIM905
FACTUALITY = {
    "CT+": "certain",
    "PR+": "probable",
    "PS+": "possible",
    "CT-": "did not happen",
    "PR-": "probably did not happen",
    "PS-": "possibly did not happen",
    "Uu": "not known whether it happens",
}
CHANNELS = {"statement": "in a statement", "report": "in a report", "interview": "in an interview"}


@cache
def phrases() -> dict[str, dict[str, str]]:
    """Return the sentence patterns of data/phrases.yaml, by type or type/mode."""
    text = files("readout.serve").joinpath("data/phrases.yaml").read_text(encoding="utf-8")
    patterns: dict[str, dict[str, str]] = yaml.safe_load(text)
    return patterns


def event_sentence(event: Event, *, sources: str, targets: str) -> str:
    """Return what happened as a short sentence, without a final period."""
    pattern = phrases().get(f"{event.type}/{event.mode}") or phrases()[event.type]
    if event.reciprocal and not targets and "mutual" in pattern:
        return pattern["mutual"].format(S=sources or "The parties")
    form = pattern["other"] if targets else pattern["alone"]
    return form.format(S=sources or "Someone not named", T=targets)


def coded(event: Event) -> str:
    """Return the PLOVER code as people read it: "consult, phone"."""
    return event.type.lower() + (f", {event.mode}" if event.mode else "")


def factuality_phrase(value: str) -> str:
    """Return a FactBank value as people say it."""
    return FACTUALITY.get(value, value)


def and_list(names: Sequence[str]) -> str:
    """Join names as English does: "a, b and c", "a; b, of c; and d"; a name said twice is said once."""
    unique = list(dict.fromkeys(names))
    if len(unique) > 2 and any(", " in name for name in unique):
        return "; ".join(unique[:-1]) + "; and " + unique[-1]
    return ", ".join(unique[:-1]) + " and " + unique[-1] if len(unique) > 1 else "".join(unique)


def channel_phrase(channel: str) -> str:
    """Return how something was said: "in a statement", "during a phone call"."""
    plain = channel.replace("_", " ")
    if plain in CHANNELS:
        return CHANNELS[plain]
    if plain in {"phone call", "call", "meeting", "news conference", "speech", "testimony", "conversation", "talks"}:
        return f"during a {plain}" if not plain.endswith("s") else f"during {plain}"
    return f"by {plain}"


def date_phrase(value: str) -> str:
    """Return a TIMEX3 value as people write it: "26 January 2022", "January 2022"; vague values in words."""
    week = re.fullmatch(r"(\d{4})-W(\d{2})", value)
    if week:
        monday = _monday(int(week[1]), int(week[2]))
        return f"week of {date_phrase(monday)}" if monday else value
    vague = {"PAST_REF": "in the past", "PRESENT_REF": "now", "FUTURE_REF": "in the future"}
    if value in vague:
        return vague[value]
    parts = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}:\d{2})?.*)?", value)
    if parts is None or (parts[2] and not 1 <= int(parts[2]) <= len(MONTHS)):
        return value
    day = f"{int(parts[3])} " if parts[3] else ""
    month = f"{MONTHS[int(parts[2]) - 1]} " if parts[2] else ""
    return f"{day}{month}{parts[1]}" + (f", {parts[4]}" if parts[4] else "")


def _monday(year: int, week: int) -> str:
    try:
        return dt.date.fromisocalendar(year, week, 1).isoformat()
    except ValueError:
        return ""


def weekday(value: str) -> str:
    """Return the weekday of a full date, else nothing."""
    if not re.match(r"\d{4}-\d{2}-\d{2}", value):
        return ""
    try:
        return dt.date.fromisoformat(value[:10]).strftime("%A")
    except ValueError:
        return ""


def plural(count: int, noun: str) -> str:
    """Return a count with its noun: "1 article", "3 stories"."""
    ending = "ies" if noun.endswith("y") else noun[-1] + "s"
    return f"{count} {noun if count == 1 else noun[:-1] + ending}"
