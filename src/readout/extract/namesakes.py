"""Decide which of the places of one name is meant: by the place around it, what else is named, population."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from readout.extract.gazetteer import Place, kilometres
from readout.extract.toponyms import Toponym

KIND_WEIGHT = {"country": 3.0, "area": 2.5, "region": 1.5, "city": 0.0}  # in powers of ten of inhabitants
ALIAS_WEIGHT = -1.0
OUTER_WEIGHT = 8.0  # "Paris, Texas" leaves no choice
SENTENCE_WEIGHT = 2.0
ARTICLE_WEIGHT = 1.2
NEAR_WEIGHT = 1.5  # for a place close to another of the article
NEAR_KM = 300.0
BESIDE = 12  # names to each side that are looked at for a place of the same country
POINTS = 200  # places of an article that are looked at for one close by
SENTENCE = 40  # tokens: no sentence is searched further
LIKE_WEIGHT = 2.5  # in "Utah, Virginia and Wyoming" all are states
GREAT_TOWN = 500_000  # inhabitants from which a town can be meant where a country or state bears its name
CITIES_FIRST = frozenset({"New York", "Washington"})  # states that give way to the city of their name


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
    value = math.log10(place.people + 100) + KIND_WEIGHT[place.kind]
    if place.kind == "region" and place.name in CITIES_FIRST:
        value -= 3.5
    return value + (ALIAS_WEIGHT if place.alias and place.kind == "city" and place.people < GREAT_TOWN else 0.0)


class Context:
    """What an article says of where it plays: countries named, places without namesakes, by sentence and in all."""

    def __init__(self, doc: Doc, names: Sequence[Toponym], first: Sequence[Place | None]) -> None:
        self.doc = doc
        self.names = names
        self.first = first
        self.sure = [
            place if place and is_sure(name, place) else None for name, place in zip(names, first, strict=True)
        ]
        self.countries = Counter(place.country for place in self.sure if place and place.country)
        self.admins = Counter((place.country, place.admin) for place in self.sure if place and place.kind == "region")
        points = ((place.lat, place.lon) for place in self.sure if place and place.kind in {"city", "region"})
        self.points = list(dict.fromkeys(points))[:POINTS]

    def choice(self, index: int) -> Chosen:
        """Return the place that a name means."""
        name = self.names[index]
        if not name.places:
            return Chosen(None, name.rule, "no place of this name in the gazetteer")
        if len(name.places) == 1:
            return Chosen(name.places[0], "place.only")
        outer = self.outer(index)
        scored = [(self.score(place, index, outer), place) for place in rivals(name.places, outer)]
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
        own, next_ = self.first[index], self.first[index + 1]
        if between not in {",", "(", "in", ", in", "of"} or own is None or next_ is None:
            return None
        if own.kind in {"country", "area"} or (own.kind == "region" and next_.kind == "region"):
            return None  # a list
        inside = [
            place for place in following.places if place.kind != "city" and any(lies_in(p, place) for p in name.places)
        ]
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
        if place.kind == "country":
            value += ARTICLE_WEIGHT * bool(self.countries[place.country or ""]) + SENTENCE_WEIGHT * self.in_sentence(
                place, index
            )
        if place.kind == "region":
            value += OUTER_WEIGHT * (self.follows_inner(place, index) or self.is_framed(index))
        value += LIKE_WEIGHT * self.is_listed(place, index)
        return value + NEAR_WEIGHT * self.is_near(place, index)

    def follows_inner(self, place: Place, index: int) -> bool:
        """Does a town in it precede, before a comma ("Buffalo, New York")?"""
        if index == 0 or not self.comma_between(index - 1, index):
            return False
        before = self.first[index - 1]
        return (
            before is not None
            and before.kind == "city"
            and any(lies_in(one, place) for one in self.names[index - 1].places)
        )

    def is_framed(self, index: int) -> bool:
        """Does "state" stand beside the name?"""
        name = self.names[index]
        around = self.doc[max(0, name.start - 2) : min(len(self.doc), name.end + 1)]
        return any(token.lower_ in {"state", "province"} for token in around)

    def is_listed(self, place: Place, index: int) -> bool:
        """Does the name stand in a list with others that can be of its kind in its country?"""
        beside = [i for i in (index - 1, index + 1) if 0 <= i < len(self.names)]
        return place.kind == "region" and any(
            self.comma_between(index, other) and any(same_order(place, one) for one in self.names[other].places)
            for other in beside
        )

    def comma_between(self, one: int, other: int) -> bool:
        """Does only a comma or "and" stand between two names?"""
        left, right = self.names[min(one, other)], self.names[max(one, other)]
        return (
            set(self.doc[left.end : right.start].text.lower().split()) <= {",", "and", "or"} and right.start > left.end
        )

    def in_sentence(self, place: Place, index: int) -> bool:
        """Does the sentence name the country, or another place in it?"""
        start = self.names[index].start
        around = range(max(0, index - BESIDE), min(len(self.names), index + BESIDE + 1))
        return any(
            sure.country == place.country
            and abs(self.names[other].start - start) < SENTENCE
            and same_sentence(self.doc, start, self.names[other].start)
            for other in around
            if other != index and (sure := self.sure[other]) is not None
        )

    def is_near(self, place: Place, index: int) -> bool:
        """Is another place of the article close by?"""
        own = self.sure[index]
        return any(
            kilometres(place, point) < NEAR_KM for point in self.points if own is None or point != (own.lat, own.lon)
        )


def rivals(places: Sequence[Place], outer: Place | None) -> list[Place]:
    """Return the places that can be meant: small towns named like a country or state only where the text says so."""
    if outer is not None or all(place.kind == "city" for place in places):
        return list(places)
    return [place for place in places if place.kind != "city" or place.people >= GREAT_TOWN]


def same_order(place: Place, other: Place) -> bool:
    """Are both states or provinces of one country?"""
    return place.kind == other.kind == "region" and place.country == other.country


def is_sure(name: Toponym, place: Place) -> bool:
    """Is a name without a rival worth the name?"""
    others = [other for other in name.places if other is not place]
    return not others or prior(place) - max(map(prior, others)) > 1.5


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
