"""Judge by the words around whether a name is one of a place: not of a person, an organization, a common word."""

from functools import cache
from importlib.resources import files

import yaml
from spacy.tokens import Span, Token

from readout.extract.gazetteer import Place, folded, places_named
from readout.extract.timex import sorts_of

PARTICLES = frozenset({"de", "del", "da", "do", "di", "van", "von", "bin", "al", "el", "-", "–", "’", "'"})
LARGE = 100_000  # inhabitants from which a place needs no support by its context
MEDIUM = 15_000  # inhabitants from which a preposition is support enough
WEAK = "place.weak"  # not used as such: the rest of the text lifts it to place.near or place.again, or drops it


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of data/places_words.yaml."""
    return frozenset(_lists()[name])


@cache
def _lists() -> dict[str, list[str]]:
    text = files("readout.extract").joinpath("data/places_words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, list[str]] = yaml.load(text, Loader=yaml.BaseLoader)
    return loaded


def before(name: Span) -> Token | None:
    """Return the token before a name in its sentence line."""
    return name.doc[name.start - 1] if name.start else None


def after(name: Span) -> Token | None:
    """Return the token after a name."""
    return name.doc[name.end] if name.end < len(name.doc) else None


def is_name_part(token: Token | None) -> bool:
    """Is the token a capitalised word that can be part of a name, and no common word at the head of a sentence?"""
    if token is None or not token.text[0].isupper() or not token.is_alpha:
        return token is not None and len(token.text) == 2 and token.text[1] == "." and token.text[0].isupper()
    if token.tag_ and not token.tag_.startswith(("N", "J", "FW")):
        return False
    return not (token.is_stop or token.lower_ in words("directions") or token.lower_ in words("locative"))


def is_person(name: Span) -> bool:
    """Do the words around make the name one of a person ("Paris Hilton", "President Jackson")?"""
    left, right = before(name), after(name)
    if left is not None and left.text in words("titles") and not left.text.endswith("y"):
        return True
    single = len(name) == 1 and (name.text in words("surnames") or not name.text.isupper())
    if single and is_name_part(left) and left is not None and left.text not in words("after"):
        return not is_great(left.text) and not left.is_upper
    return single and is_name_part(right) and looks_first_name(name, right)


def looks_first_name(name: Span, right: Token | None) -> bool:
    """Is a place name followed by what looks like a family name?"""
    if right is None or right.text in words("organizations") | words("after") | words("titles"):
        return False
    return name.text in words("surnames") and is_name_part(right) and not is_outer(right.text)


def is_organization(name: Span) -> bool:
    """Is the name a part of one of an organization ("Sydney Morning Herald", "Bank of China")?"""
    doc = name.doc
    position = name.end
    while position < min(len(doc), name.end + 4) and doc[position].text[0].isupper() and doc[position].is_alpha:
        if doc[position].text in words("organizations"):
            return True
        position += 1
    if name.end < len(doc) and doc[name.end].lower_ in words("documents"):
        return True
    left = before(name)
    if left is None or name.start < 2 or left.lower_ != "of":
        return False
    return doc[name.start - 2].text in words("of_organizations")


def is_first_name(name: Span) -> bool:
    """Does another name follow at once, where no preposition of place precedes ("Eugene Owusu said")?"""
    left, right = before(name), after(name)
    if right is None or not is_name_part(right) or (right.is_upper and right.is_alpha) or is_time(right):
        return False
    if left is not None and left.lower_ in words("locative") - {"of", "to", "from"}:
        return False
    return right.text not in words("organizations") | words("after") | words("titles") | words("lower_after")


def is_time(token: Token) -> bool:
    """Is the token a weekday or a month?"""
    return not {"weekday", "month"}.isdisjoint(sorts_of(token.text))


def is_within(name: Span) -> bool:
    """Is the name the rest of a longer one that the gazetteer lacks ("de Jos", "Abu-Shok")?"""
    left = before(name)
    if left is None or name.start < 2 or left.lower_ not in PARTICLES or left.text[0].isupper():
        return False
    return name.doc[name.start - 2].text[0].isupper() and not (left.lower_ in {"-", "–", "’", "'"} and left.whitespace_)


def well_written(name: Span, places: tuple[Place, ...]) -> bool:
    """Is a short name written as the gazetteer writes it ("US", not "us"; "Ufa", not "UFA")?"""
    text = name.text.replace(".", "")
    if len(text) > 3:
        return True
    if len(text) == 1:
        return False
    if any(place.alias or place.kind != "city" for place in places) and text.isupper():
        return True
    return any(folded(place.name) == folded(text) for place in places) and not text.isupper()


def is_acronym(name: Span, places: tuple[Place, ...]) -> bool:
    """Is a word in capitals more likely an acronym (NATO) than a populated place in a line of capitals?"""
    if (
        not name.text.isupper()
        or "." in name.text
        or any(place.kind != "city" or place.name.isupper() for place in places)
    ):
        return False
    around = [token for token in (before(name), after(name)) if token is not None and token.is_alpha]
    return not around or not all(token.is_upper for token in around)


def city_rule(name: Span, places: tuple[Place, ...]) -> str | None:
    """Return the rule by which a populated place may be meant."""
    if in_address(name):
        return "place.address"
    if name.text in words("never"):
        return "place.framed" if len(name) == 1 and is_of_kind(name) else None
    if capital_is_form(name) and name[0].tag_ and not name[0].tag_.startswith(("N", "J", "FW")):
        return None
    people = max(place.people // (3 if place.alias else 1) for place in places)
    if people >= LARGE:
        return "place.large"
    return (
        None if name.text.isupper() else small_rule(name, people)
    )  # in a line of capitals every word looks like a name


def small_rule(name: Span, people: int) -> str | None:
    """Return the rule by which a small place may be meant; WEAK when the rest of the text has to speak for it."""
    left = before(name)
    locative = left is not None and left.lower_ in words("locative")
    if locative and people >= MEDIUM:
        return "place.locative"
    if locative and left is not None and left.lower_ != "of" and not is_name_part(after(name)):
        return "place.small"
    if framed(name):
        return "place.framed"
    return WEAK if len(name.text) > 3 and not begins_sentence(name) else None


def capital_is_form(name: Span) -> bool:
    """Does the capital say nothing: at the head of a sentence, or after another capital, as in headlines?"""
    left = before(name)
    return begins_sentence(name) or (left is not None and left.text[0].isupper())


def begins_sentence(name: Span) -> bool:
    """Is the name the first word of its sentence, so that its capital says nothing?"""
    return bool(name[0].is_sent_start) or name.start == 0


def in_address(name: Span) -> bool:
    """Is the name followed by the place around it ("Split, Croatia")?"""
    doc = name.doc
    if name.end + 1 >= len(doc) or doc[name.end].text != ",":
        return False
    for length in (3, 2, 1):
        outer = doc[name.end + 1 : name.end + 1 + length]
        if len(outer) == length and outer[0].text[0].isupper() and is_outer(outer.text):
            return True
    return False


def is_outer(name: str) -> bool:
    """Does the name belong to a country, area, state or province?"""
    return any(place.kind != "city" for place in places_named(name))


def is_great(name: str) -> bool:
    """Does the name belong to a country, state or large town?"""
    return any(place.kind != "city" or (place.people >= LARGE and not place.alias) for place in places_named(name))


def framed(name: Span) -> bool:
    """Does a word for a kind of place say that it is one ("the town of Nice", "Split county")?"""
    right = after(name)
    if right is not None and (right.text in words("after") or right.lower_ in words("lower_after")):
        return True
    return is_of_kind(name)


def is_of_kind(name: Span) -> bool:
    """Does "the town of" precede?"""
    left = before(name)
    return (
        left is not None
        and left.lower_ == "of"
        and name.start > 1
        and name.doc[name.start - 2].lower_ in words("lower_before")
    )
