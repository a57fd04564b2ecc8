"""Recognise names of places: from the model's names, and from the gazetteer where the words around do not forbid it."""

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import yaml
from spacy.tokens import Doc, Span, Token

from readout.extract.gazetteer import Place, folded, kilometres, places_named
from readout.extract.timex import sorts_of

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
OTHER_LABELS = frozenset({"PERSON", "PER", "ORG", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "MISC"})
LINKS = frozenset(
    {"of", "the", "de", "del", "da", "do", "dos", "la", "le", "les", "el", "al", "ul", "and", "&", "sur", "am", "an", "der", "upon", "-", "–", "’", "'", "'s", "’s",
     "en", "e", "i", ".", "es", "au", "aux", "ez", "et", "er", "on", "in", "y", "kwa", "di"}
)
ELIDED = frozenset({"d'", "d’", "l'", "l’"})
PARTICLES = frozenset({"de", "del", "da", "do", "di", "van", "von", "bin", "al", "el", "-", "–", "’", "'"})
LONGEST = 6  # tokens of the longest names ("Democratic People's Republic of Korea")
LARGE = 100_000  # inhabitants from which a place needs no support by its context
NEAR_KM = 350.0  # within which a place that the text surely names speaks for a small one
WEAK = "place.weak"
MEDIUM = 15_000  # inhabitants from which a preposition is support enough


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place in the text: its tokens, the places that bear it, and the rule that says it is one."""

    start: int
    end: int
    name: str
    places: tuple[Place, ...]
    rule: str


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of data/places_words.yaml."""
    return frozenset(_lists()[name])


@cache
def _lists() -> dict[str, list[str]]:
    text = files("readout.extract").joinpath("data/places_words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, list[str]] = yaml.load(text, Loader=yaml.BaseLoader)
    return loaded


def toponyms(doc: Doc) -> list[Toponym]:
    """Return the names of places in a text, in order, none overlapping."""
    line = Line.of(doc)
    found: list[Toponym] = []
    end = 0
    for start, word in enumerate(line.words):
        if start >= end and may_begin(word):
            one = toponym_at(line, start)
            if one is not None:
                found.append(one)
                end = one.end
    sure = [one for one in found if one.rule != WEAK]
    return [one if one.rule != WEAK else replace(one, rule=rule) for one in found if (rule := supported(one, sure))]


def supported(one: Toponym, sure: list[Toponym]) -> str | None:
    """Return the rule of a name; for a small place, the one by which the rest of the text speaks for it."""
    if one.rule != WEAK:
        return one.rule
    if any(folded(other.name) == folded(one.name) for other in sure):
        return "place.again"
    points = [(place.country, (place.lat, place.lon)) for other in sure for place in main_place(other)]
    near = any(
        place.country == country and kilometres(place, point) < NEAR_KM for place in one.places for country, point in points
    )
    return "place.near" if near else None


def main_place(name: Toponym) -> list[Place]:
    """Return the largest place of a name, if it is a town or region."""
    largest = max(name.places, key=lambda place: place.people, default=None)
    return [largest] if largest is not None and largest.kind in {"city", "region"} else []


@dataclass(frozen=True, slots=True)
class Line:
    """A text's words and the model's names around them, taken from the Doc once: asking spaCy for each is slow."""

    doc: Doc
    whole: str
    words: list[str]
    starts: list[int]
    labels: dict[int, Span]

    @classmethod
    def of(cls, doc: Doc) -> "Line":
        """Return the words of a text."""
        words = [token.text for token in doc]
        starts = [token.idx for token in doc]
        return cls(doc, doc.text, words, starts, {i: ent for ent in doc.ents for i in range(ent.start, ent.end)})

    def text(self, start: int, end: int) -> str:
        """Return the text of some tokens."""
        return self.whole[self.starts[start] : self.starts[end - 1] + len(self.words[end - 1])]


def may_begin(word: str) -> bool:
    """Can a place name begin with this word?"""
    return word[0].isupper() or (word[0] in "’'‘" and len(word) > 1) or word in {"al", "el", "sub", "mainland"}


def toponym_at(line: Line, start: int) -> Toponym | None:
    """Return the name of a place that begins at a token."""
    ent = line.labels.get(start)
    if ent is not None and ent.start == start and ent.label_ in PLACE_LABELS:
        return of_entity(ent)
    for end in reversed(name_ends(line.words, start)):
        text = line.text(start, end)
        places = places_named(text)
        if not places:
            continue
        rule = admitted(line.doc[start:end], places, line.labels)
        if rule:
            return Toponym(start, end, text, places, rule)
        break
    return by_frame(line, start)


def of_entity(ent: Span) -> Toponym:
    """Return the place name that the model found."""
    start = ent.start + (ent[0].lower_ == "the" and len(ent) > 1)
    end = ent.end - (ent[-1].lower_ in {"'s", "’s", "'", "’"} and len(ent) > 1)
    name = ent.doc[start:end]
    return Toponym(start, end, name.text, places_named(name.text) or inner_places(name), "place.model")


def inner_places(name: Span) -> tuple[Place, ...]:
    """Return the places of a name without the word for its kind: Kherson of "Kherson Province", "northern Mali"."""
    for start, end in ((0, -1), (1, 0), (1, -1), (2, 0)):
        inner = name[start : len(name) + end]
        if len(inner) and inner[0].text[0].isupper() and (dropped(name, inner) <= kind_words()):
            places = places_named(inner.text)
            if places:
                return places
    return ()


@cache
def kind_words() -> frozenset[str]:
    """Return the words for kinds of places and directions, lower-cased."""
    lists = ("after", "before", "lower_after", "lower_before", "directions")
    return frozenset(word.lower() for name in lists for word in words(name)) | {"of", "the"}


def dropped(name: Span, inner: Span) -> set[str]:
    """Return the words of a name outside its inner part."""
    return {token.lower_ for token in name if not inner.start <= token.i < inner.end}


def name_ends(line: list[str], start: int) -> list[int]:
    """Return where a name from a word on may end: after its capitalised words, or after a "region" that follows."""
    ends = []
    for position in range(start, min(len(line), start + LONGEST)):
        word = line[position]
        if word[0].isupper() or word[:2] in ELIDED:
            if not word.endswith("-"):
                ends.append(position + 1)
        elif word in words("lower_after"):
            if ends:
                ends.append(position + 1)
            break
        elif word.lower() not in LINKS:
            break
    return ends


def admitted(name: Span, places: tuple[Place, ...], labels: dict[int, Span]) -> str | None:
    """Return the rule by which a name in the gazetteer is one of a place here, None when it is not."""
    if not well_written(name, places) or excluded(name, labels) or is_acronym(name, places):
        return None
    if is_person(name) or is_organization(name) or is_within(name):
        return None
    if all(place.kind == "city" for place in places) and is_first_name(name):
        return None
    if any(place.kind != "city" for place in places):
        return "place.region"
    return city_rule(name, places)


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
    if not name.text.isupper() or "." in name.text or any(place.kind != "city" or place.name.isupper() for place in places):
        return False
    around = [token for token in (before(name), after(name)) if token is not None and token.is_alpha]
    return not around or not all(token.is_upper for token in around)


def excluded(name: Span, labels: dict[int, Span]) -> bool:
    """Does the model call these words, or more around them, something else than a place?"""
    ent = labels.get(name.start)
    return ent is not None and ent.label_ in OTHER_LABELS


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


def city_rule(name: Span, places: tuple[Place, ...]) -> str | None:
    """Return the rule by which a populated place may be meant."""
    if in_address(name):
        return "place.address"
    if name.text in words("never"):
        return "place.framed" if len(name) == 1 and is_of_kind(name) else None
    people = max(place.people // (3 if place.alias else 1) for place in places)
    if capital_is_form(name) and name[0].tag_ and not name[0].tag_.startswith(("N", "J", "FW")):
        return None
    if people >= LARGE:
        return "place.large"
    left = before(name)
    if people >= MEDIUM and left is not None and left.lower_ in words("locative"):
        return "place.locative"
    if left is not None and left.lower_ in words("locative") - {"of"} and not is_name_part(after(name)):
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
    return left is not None and left.lower_ == "of" and name.start > 1 and name.doc[name.start - 2].lower_ in words("lower_before")


def by_frame(line: Line, start: int) -> Toponym | None:
    """Return a name that the gazetteer lacks and a word for a kind of place announces ("the village of Orlovka")."""
    end = capitals_end(line.words, start)
    rule = frame_rule(line.words, start, end)
    if rule is None:
        return None
    name = line.doc[start:end]
    if excluded(name, line.labels) or not is_name_part(name[0]):
        return None
    if rule == "place.address" and not in_address(name):
        return None
    return Toponym(start, end, name.text, inner_places(name) if rule == "place.kind" else (), rule)


def capitals_end(line: list[str], start: int) -> int:
    """Return the end of a run of up to four capitalised words."""
    end = start
    while end < min(len(line), start + 4) and line[end][0].isupper() and line[end].isalpha():
        end += 1
    return end


def frame_rule(line: list[str], start: int, end: int) -> str | None:
    """Return the rule by which the words around may announce a place."""
    if end - start > 1 and line[end - 1] in words("after") - {"State", "Park", "Camp"}:
        return "place.kind"
    if start < 2 or end == start:
        return None
    left = line[start - 1].lower()
    if left == "of" and line[start - 2].lower() in words("lower_before") and end - start <= 3:
        return "place.of-kind"
    if end - start <= 2 and left in words("locative") - {"of", "to", "from"}:
        return "place.address"
    return None
