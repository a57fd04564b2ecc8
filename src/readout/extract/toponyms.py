"""Recognise names of places: from the model's names, and from the gazetteer where the words around do not forbid it."""

from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Span

from readout.extract.gazetteer import Place, folded, kilometres, places_named
from readout.extract.placecontext import (
    MEDIUM,
    WEAK,
    city_rule,
    framed,
    in_address,
    is_acronym,
    is_first_name,
    is_name_part,
    is_organization,
    is_outer,
    is_person,
    is_within,
    well_written,
    words,
)

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
OTHER_LABELS = frozenset({"PERSON", "PER", "ORG", "NORP", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "MISC"})
LINKS = frozenset(
    [
        "of",
        "the",
        "and",
        "&",
        "de",
        "del",
        "da",
        "do",
        "dos",
        "la",
        "le",
        "les",
        "el",
        "al",
        "ul",
        "sur",
        "am",
        "an",
        "der",
        "upon",
        "-",
        "–",
        "’",
        "'",
        "'s",
        "’s",
        ".",
        "en",
        "e",
        "i",
        "es",
        "au",
        "aux",
        "ez",
        "et",
        "er",
        "on",
        "in",
        "y",
        "kwa",
        "di",
    ]
)
ELIDED = frozenset({"d'", "d’", "l'", "l’"})
LONGEST = 6  # tokens of the longest names ("Democratic People's Republic of Korea")
POINTS = 200  # places of an article that may speak for a small one
NEAR_KM = 350.0  # within which a place that the text surely names speaks for a small one


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of a place in the text: its tokens, the places that bear it, and the rule that says it is one."""

    start: int
    end: int
    name: str
    places: tuple[Place, ...]
    rule: str


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
    names = frozenset(folded(one.name) for one in sure)
    places = list(dict.fromkeys(place for one in sure for place in main_place(one)))[:POINTS]
    return [
        one if one.rule != WEAK else replace(one, rule=rule) for one in found if (rule := supported(one, names, places))
    ]


def supported(one: Toponym, names: frozenset[str], places: list[Place]) -> str | None:
    """Return the rule of a name; for a small place, the one by which names and places of the text speak for it."""
    if one.rule != WEAK:
        return one.rule
    if folded(one.name) in names:
        return "place.again"
    near = any(
        place.country == other.country and kilometres(place, (other.lat, other.lon)) < NEAR_KM
        for place in one.places
        for other in places
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
        one = of_entity(ent)
        if one is not None:
            return one
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


def of_entity(ent: Span) -> Toponym | None:
    """Return the place name that the model found, where the gazetteer or the words around bear it out."""
    start = ent.start + (ent[0].lower_ == "the" and len(ent) > 1)
    end = ent.end - (ent[-1].lower_ in {"'s", "’s", "'", "’"} and len(ent) > 1)
    name = ent.doc[start:end]
    places = places_named(name.text) or inner_places(name)
    rule = entity_rule(name, places)
    return Toponym(start, end, name.text, places, rule) if rule else None


def entity_rule(name: Span, places: tuple[Place, ...]) -> str | None:
    """Return the rule by which the model is believed: it takes diseases and shops for places now and then."""
    if any(place.kind != "city" for place in places):
        return "place.model" if well_written(name, places) else None
    if name.text in words("never") and not framed(name):
        return None
    if is_announced(name):
        return "place.model"
    if is_organization(name) or not places:
        return None
    return "place.model" if max(place.people for place in places) >= MEDIUM else WEAK


def is_announced(name: Span) -> bool:
    """Do a preposition of place, a word for its kind or the place around it announce the name?"""
    left = name.doc[name.start - 1].lower_ if name.start else ""
    placed = (left in words("place_prepositions") or follows_place(name)) and not name.text.isupper()
    return placed or framed(name) or in_address(name) or (len(name) > 1 and name[-1].text in words("after"))


def follows_place(name: Span) -> bool:
    """Does the name go on a list of what the model takes for places ("Odrinka, Tarn and Velde")?"""
    doc, start = name.doc, name.start
    return start > 1 and doc[start - 1].lower_ in {",", "and"} and doc[start - 2].ent_type_ in PLACE_LABELS


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


def excluded(name: Span, labels: dict[int, Span]) -> bool:
    """Does the model call more words around the name something else than a place, or a small town's name itself?"""
    ent = labels.get(name.start)
    if ent is None or ent.label_ not in OTHER_LABELS:
        return False
    is_all = ent.start >= name.start and ent.end <= name.end
    great = ent.label_ != "PERSON" or name.text not in words("given_names")
    return not (is_all and great and is_outer(name.text))


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
