"""Find the dateline at the head of a report: place, date and agency before the first sentence."""

import re
from functools import cache

from readout.collect.credits import agency
from readout.collect.rules import knowledge

REACH = 160  # characters of a paragraph that a dateline may take
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
WEEKDAY = r"(?:Mon|Tue|Tues|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(?:day)?\.?"
DAY = re.compile(
    rf"\A(?:{WEEKDAY},? )?(?:{MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)? {MONTH})(?:,? \d{{4}})?\.?$",
    re.IGNORECASE,
)
DAY_AT_END = re.compile(rf"\s(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})\.?$")
DASH = re.compile(r"\s?(?:--?|–|—|―|:)(?=\s)")
YEAR = re.compile(r"\A(?:19|20)\d\d$")
CLOSE = re.compile(r"(?<=[\s)/.])(?:--?|–|—|―)(?=\s|$)|(?<=[\w.)])\s?(?:—|―|–)\s?(?=[A-Z“\"‘'])|:(?=\s)")
AGENCY = re.compile(r"\s?[(/|]\s?([^()/|\n]{2,40}?)\s?(?:[)/|]|$)\.?\s?")
IN_BRACKETS = re.compile(r"\(([^()\n]{2,40})\)\s?(?:--?|–|—|―)$")
UNKNOWN_AGENCY = re.compile(r"\A[A-Z][\w.&'’-]{0,30}(?: [A-Z][\w.&'’-]{0,30}){0,3}$")
BARE = re.compile(r"\A(?P<lead>[^()\n]{0,60}?)\((?P<agency>[^()\n]{2,24})\)(?:\s(?=[“\"‘'A-Z])|$)")
SLASHED = re.compile(r"\A(?P<lead>[^/\n]{3,60}?)\s?/(?P<agency>[A-Za-z ]{2,24})/\.?\s?(?:[-–—]{1,2}\s)?")
PLACE = re.compile(r"\A[A-Z][\w.'’-]{0,30}(?: (?:and|of|de|del|la|le|al|[A-Z][\w.'’-]{0,30})){0,5}$")


@cache
def cities() -> frozenset[str]:
    """Return the places that may stand in a dateline in ordinary letters."""
    return frozenset(str(city) for city in knowledge("datelines.yaml")["cities"])


@cache
def _no_places() -> frozenset[str]:
    return frozenset(str(word) for word in knowledge("datelines.yaml")["not_places"])


def dateline_stop(paragraph: str) -> tuple[int, str] | None:
    """Return where the dateline at the start of a paragraph stops and the rule that knows it; None without one."""
    head = paragraph[:REACH]
    if DAY.match(head.strip()) and len(paragraph.strip()) < 40:
        return len(paragraph.rstrip()), "dateline.date"
    for pattern, rule in ((SLASHED, "dateline.slashes"), (BARE, "dateline.agency")):
        match = pattern.match(head)
        if match and agency(match["agency"]) and _is_lead(match["lead"], named=True):
            stop = _after_close(head, len(match[0].rstrip()))
            return stop, rule
    for close in CLOSE.finditer(head):
        if _is_prefix(head[: close.start()], colon=head[close.start()] == ":"):
            return close.start() + len(close[0].rstrip()), "dateline.place"
    line = head.strip()
    if len(paragraph.strip()) < 60 and _is_lead(line, named=False) and ("," in line and _has_day(line)):
        return len(paragraph.rstrip()), "dateline.line"
    return None


def dateline_agency(dateline: str) -> tuple[int, int] | None:
    """Return where a dateline names an agency in brackets, known to us or not: "OSLO, May 3 (Fjordpress) -"."""
    match = IN_BRACKETS.search(dateline)
    return match.span(1) if match and UNKNOWN_AGENCY.match(match[1]) else None


def _after_close(head: str, stop: int) -> int:
    match = DASH.match(head, stop)
    return match.end() if match else stop


def _is_prefix(prefix: str, *, colon: bool) -> bool:
    match = AGENCY.search(prefix)
    if match is None or match.end() != len(prefix):
        return _is_lead(prefix, named=False, listed=colon)
    by_agency = agency(match[1]) is not None
    by_unknown = bool(UNKNOWN_AGENCY.match(match[1]))  # a local agency: the place must then be in capitals, or dated
    lead = prefix[: match.start()] if by_agency or by_unknown else prefix
    return _is_lead(lead, named=by_agency, listed=colon)


def _is_lead(lead: str, *, named: bool, listed: bool = False) -> bool:
    """Is this "PLACE[/PLACE][, region][, date]"? `named`: an agency follows; `listed`: the place must be known."""
    lead = lead.strip(" ,.") if named else lead.strip(" ,")
    if not lead:
        return named
    parts = [part.strip() for part in lead.split(",")]
    if DAY.match(parts[0]):
        return named and all(YEAR.match(part) or DAY.match(part) for part in parts[1:])
    dated = named or _has_day(lead)
    places = re.split(r"/| and ", _without_day(parts[0]))
    return all(_is_place(place.strip(), dated=dated, listed=listed) for place in places) and all(
        _is_region(part) for part in parts[1:]
    )


def _is_place(place: str, *, dated: bool, listed: bool) -> bool:
    if not PLACE.match(place) or place.strip(".") in _no_places() or len(place) < 3:
        return False
    known = place in cities() or place.title() in cities()
    return known if listed and not dated else (known or dated or place.replace(" of ", " ").isupper())


def _is_region(part: str) -> bool:
    return bool(not part or YEAR.match(part) or DAY.match(part) or PLACE.match(_without_day(part)))


def _has_day(lead: str) -> bool:
    return any(DAY.match(part.strip()) for part in lead.split(",")) or _without_day(lead) != lead


def _without_day(part: str) -> str:
    """Return "Beijing" for "Beijing March 3"."""
    return DAY_AT_END.sub("", part)
