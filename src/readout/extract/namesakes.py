"""Decide which of the places of one name is meant: by the place around it, the countries and places nearby, population."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from readout.extract.gazetteer import Place
from readout.extract.toponyms import Toponym

KIND_WEIGHT = {"country": 3.0, "area": 2.5, "region": 1.5, "city": 0.0}  # in powers of ten of inhabitants
ALIAS_WEIGHT = -1.0
OUTER_WEIGHT = 8.0  # "Paris, Texas" leaves no choice
SENTENCE_WEIGHT = 2.0
ARTICLE_WEIGHT = 1.2
NEAR_WEIGHT = 1.5  # for a place close to another of the article
NEAR_KM = 300.0


@dataclass(frozen=True, slots=True)
class Chosen:
    """The place meant by a name, with the rule that decided; None with the reason."""

    place: Place | None
    rule: str
    reason: str | None = None


def choose(doc: Doc, names: Sequence[Toponym]) -> list[Chosen]:
    """Return the place that each name of an article means."""
    first = [prominent(name.places) for name in names]
    context = Context(doc, names, first)
    return [context.choice(index) for index in range(len(names))]


def prominent(places: Sequence[Place]) -> Place | None:
    """Return the place that a name means where nothing else speaks."""
    return max(places, key=prior, default=None)


def prior(place: Place) -> float:
    """Return how likely a place is meant by its name, in powers of ten of inhabitants."""
    return math.log10(place.people + 100) + KIND_WEIGHT[place.kind] + (ALIAS_WEIGHT if place.alias else 0.0)


class Context:
    """What an article says of where it plays: countries named, places without namesakes, by sentence and in all."""

    def __init__(self, doc: Doc, names: Sequence[Toponym], first: Sequence[Place | None]) -> None:
        self.doc = doc
        self.names = names
        self.first = first
        self.sure = [place if place and is_sure(name, place) else None for name, place in zip(names, first, strict=True)]
        self.countries = Counter(place.country for place in self.sure if place and place.country)
        self.admins = Counter((place.country, place.admin) for place in self.sure if place and place.kind == "region")
        self.points = [(place.lat, place.lon) for place in self.sure if place and place.kind in {"city", "region"}]

    def choice(self, index: int) -> Chosen:
        """Return the place that a name means."""
        name = self.names[index]
        if not name.places:
            return Chosen(None, name.rule, "no place of this name in the gazetteer")
        if len(name.places) == 1:
            return Chosen(name.places[0], "place.only")
        outer = self.outer(index)
        scored = [(self.score(place, index, outer), place) for place in name.places]
        best = max(scored, key=lambda pair: pair[0])[1]
        return Chosen(best, self.rule(best, index, outer))

    def rule(self, best: Place, index: int, outer: Place | None) -> str:
        """Return the name of what decided."""
        if outer is not None and lies_in(best, outer):
            return "place.outer"
        return "place.prominent" if best is self.first[index] else "place.context"

    def outer(self, index: int) -> Place | None:
        """Return the place that a name is followed by after a comma ("Paris, Texas"), or in brackets."""
        if index + 1 == len(self.names):
            return None
        name, following = self.names[index], self.names[index + 1]
        between = self.doc[name.end : following.start].text.strip()
        if between not in {",", "(", "in", ", in", "of"} or self.first[index + 1] is None:
            return None
        inside = [place for place in following.places if place.kind != "city" and any(lies_in(p, place) for p in name.places)]
        return max(inside, key=prior, default=None)

    def score(self, place: Place, index: int, outer: Place | None) -> float:
        """Return how likely a place is meant here."""
        value = prior(place)
        if outer is not None:
            value += OUTER_WEIGHT * lies_in(place, outer)
        if place.country and place.kind != "country":
            others = self.countries[place.country] - (self.sure[index] is not None and self.sure[index] is place)
            value += ARTICLE_WEIGHT * min(1.0, others / 2)
            value += SENTENCE_WEIGHT * self.in_sentence(place, index)
            value += ARTICLE_WEIGHT * bool(self.admins[place.country, place.admin]) * (place.kind == "city")
        value += NEAR_WEIGHT * self.is_near(place, index)
        return value

    def in_sentence(self, place: Place, index: int) -> bool:
        """Does the sentence name the country, or another place in it?"""
        start = self.names[index].start
        for other, sure in zip(self.names, self.sure, strict=True):
            if sure and other.start != start and abs(other.start - start) < 40 and sure.country == place.country:
                if same_sentence(self.doc, start, other.start):
                    return True
        return False

    def is_near(self, place: Place, index: int) -> bool:
        """Is another place of the article close by?"""
        own = self.sure[index]
        return any(
            kilometres(place, point) < NEAR_KM for point in self.points if own is None or point != (own.lat, own.lon)
        )


def is_sure(name: Toponym, place: Place) -> bool:
    """Is a name without a rival worth the name?"""
    rivals = [other for other in name.places if other is not place]
    return not rivals or prior(place) - max(map(prior, rivals)) > 1.5


def lies_in(place: Place, outer: Place) -> bool:
    """Does a place lie in a country, or in a state or province?"""
    if outer.kind == "country":
        return place.country == outer.country and place.kind != "country"
    if outer.kind == "region":
        return place.country == outer.country and place.admin == outer.admin and place.kind == "city"
    return kilometres(place, (outer.lat, outer.lon)) < 2 * NEAR_KM and place is not outer


def same_sentence(doc: Doc, one: int, other: int) -> bool:
    """Do two tokens stand in one sentence?"""
    return not any(doc[i].is_sent_start for i in range(min(one, other) + 1, max(one, other) + 1))


def kilometres(place: Place, point: tuple[float, float]) -> float:
    """Return the distance of a place from a point, on a sphere."""
    lat, other = math.radians(place.lat), math.radians(point[0])
    half = math.sin((other - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other) * math.sin(math.radians(point[1] - place.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))
