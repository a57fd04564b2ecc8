"""The cast of an article: who appears in it, with what the text and the shipped knowledge say about them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from readout.detect.folding import fold
from readout.detect.knowledge import Knowledge, Known, Office, Part
from readout.detect.terms import FAMILY_NAME_FIRST, without_article
from readout.provenance import record_id
from readout.records import Actor, ActorKind, Role

GENERATIONS = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


@dataclass(slots=True)
class Figure:
    """One actor of the article. `titles` are what the text calls it: (title, country, organization, phrase)."""

    key: str
    name: str
    kind: ActorKind
    type: str
    country: str | None = None
    sectors: list[str] = field(default_factory=list)
    gender: str | None = None
    surname: str | None = None
    known: Known | None = None
    plural: bool = False
    titles: list["Called"] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        """Return the id of its record: of the key in the shipped knowledge, else of its name."""
        return record_id("actor", self.key)

    def add_sectors(self, sectors: tuple[str, ...]) -> None:
        """Note sectors that hold too."""
        self.sectors.extend(sector for sector in sectors if sector not in self.sectors)


@dataclass(frozen=True, slots=True)
class Called:
    """What the text calls someone, and the phrase that does; `former` when it says that this is over."""

    title: str
    kind: str | None
    country: str | None
    organization: str | None
    phrase: int
    former: bool = False


class Cast:
    """The figures of one article, found by key, by surname and by name."""

    def __init__(self, knowledge: Knowledge, published: str | None) -> None:
        self.knowledge = knowledge
        self.first: str | None = published
        self.last: str | None = published
        self.figures: dict[str, Figure] = {}
        self.by_name: dict[str, list[str]] = {}

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.figures.values())

    def known(self, known: Known) -> Figure:
        """Return the figure of a known actor, entered if new."""
        figure = self.figures.get(known.key)
        if figure is None:
            sectors = list(known.sectors)
            figure = Figure(
                known.key,
                known.name,
                known.kind,
                known.type,
                self.country_of(known),
                sectors,
                known.gender,
                known.surname,
                known,
            )
            if known.kind is ActorKind.PERSON and figure.gender is None:
                figure.gender = self.gender_of(known.name)
            self._enter(figure)
        return figure

    def country_of(self, known: Known) -> str | None:
        """Return whom someone served on the article's date: NATO's chief was a prime minister before."""
        if self.first is None or self.first != self.last:
            return known.country
        served = {office.country for office in known.offices if office.held(self.first, self.last)}
        return served.pop() if len(served) == 1 else known.country

    def person(self, name: str, country: str | None = None) -> Figure:
        """Return the figure of a person by a name of the text, entered if new."""
        key = f"person/{fold(name)}"
        figure = self.figures.get(key) or self._namesake(name)
        if figure is None:
            words = [word for word in name.split() if word.lower() not in GENERATIONS] or [name]
            surname = words[0] if country in FAMILY_NAME_FIRST and len(words) < 4 else words[-1]
            figure = Figure(key, name, ActorKind.PERSON, "PERSON", country, [], self.gender_of(name), surname)
            self._enter(figure)
        return figure

    def _namesake(self, name: str) -> Figure | None:
        """Return who has the same first and last name, with or without names between ("George W. Bush")."""
        words = fold(name).lower().split()
        for other in self.named(words[-1]) if len(words) > 1 else ():
            theirs = fold(other.name).lower().split()
            ends = len(theirs) > 1 and (theirs[0], theirs[-1]) == (words[0], words[-1])
            if ends and (set(words) <= set(theirs) or set(theirs) <= set(words)):
                self.also(other, name)
                return other
        return None

    def organization(self, name: str, kind: str, country: str | None = None) -> Figure:
        """Return the figure of an organization or other named thing by a name of the text, entered if new."""
        key = f"name/{fold(name).lower()}"
        if key not in self.figures:
            self._enter(Figure(key, name, ActorKind.ORGANIZATION, kind, country))
        return self.figures[key]

    def part(self, part: Part, country: str, noun: str) -> Figure | None:
        """Return the figure of a state's part: its own body of that kind, its government, or one named by rule."""
        knowledge = self.knowledge
        own = knowledge.part_of(country, part)
        if own:
            return self.known(knowledge.actors[own])
        state = knowledge.actors.get(country)
        if state is None:
            return None
        adjective = state.adjective or state.name
        name = part.name.format(of=state.full, country=state.name, adjective=adjective, noun=noun)
        government = knowledge.government(country)
        if government and name == government.name:
            return self.known(government)
        key = f"{country}/{part.id}" if "{noun}" not in part.name else f"{country}/{part.id}/{noun}"
        if key not in self.figures:
            self._enter(Figure(key, name, part.kind, part.type, country, list(part.sectors)))
            self.figures[key].plural = part.kind is ActorKind.GROUP
        return self.figures[key]

    def gender_of(self, name: str) -> str | None:
        """Return the gender that a first name is mostly borne by."""
        words = fold(name).split()
        return self.knowledge.first_names.get(words[0]) if len(words) > 1 else None

    def named(self, name: str) -> list[Figure]:
        """Return who is known in this article by this name or surname."""
        return [self.figures[key] for key in self.by_name.get(fold(name).lower(), ())]

    def also(self, figure: Figure, name: str) -> None:
        """Note another name of a figure."""
        figure.names.add(name)
        keys = self.by_name.setdefault(fold(name).lower(), [])
        if figure.key not in keys:
            keys.append(figure.key)

    def _enter(self, figure: Figure) -> None:
        self.figures[figure.key] = figure
        self.also(figure, figure.name)
        if figure.surname:
            self.also(figure, figure.surname)
            self.also(figure, without_article(figure.surname))
        for surname in figure.known.surnames if figure.known else ():
            self.also(figure, surname)

    def narrow(self, office: Office) -> None:
        """Narrow the time of an undated article to that of an office that someone holds in it."""
        if office.since and (self.first is None or self.first < office.since):
            self.first = office.since
        if office.until and (self.last is None or self.last > office.until):
            self.last = office.until


def actor_record(figure: Figure, mentions: dict[int, str]) -> Actor:
    """Return the record of a figure; `mentions` are the ids of the mentions made of phrases."""
    roles: dict[tuple[str, str | None], Role] = {}
    for called in figure.titles:
        role = Role(called.title, called.organization, called.country, mention=mentions.get(called.phrase))
        roles.setdefault((called.title, called.country), role)
    for office in figure.known.offices if figure.known else ():
        key = (office.title, office.country)
        seen = roles.get(key)
        dated = Role(
            office.title,
            office.organization,
            office.country,
            office.since,
            office.until,
            seen.mention if seen else None,
        )
        roles[key if seen is None or seen.since is None else (f"{office.title} {office.since}", office.country)] = dated
    return Actor(figure.id, figure.name, figure.kind, figure.country, tuple(figure.sectors), tuple(roles.values()))
