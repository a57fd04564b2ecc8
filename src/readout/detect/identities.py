"""Identify the actors behind names and behind the parts of states, in the order of how sure each rule is."""

import itertools

from spacy.tokens import Doc

from readout.detect.cast import Called, Cast, Figure
from readout.detect.folding import fold
from readout.detect.knowledge import Knowledge, Known, Sense
from readout.detect.metonyms import stands_for_government
from readout.detect.phrases import Phrase, core_text
from readout.records import ActorKind, MentionKind

ACTING = frozenset({"ORG", "NORP"})
LEADERS = frozenset({"head-of-state", "head-of-government"})
ADMINISTRATION = frozenset({"administration", "government", "cabinet", "regime", "presidency"})


def identify(doc: Doc, phrases: list[Phrase], cast: Cast) -> None:
    """Give names, and descriptions that carry their country, their actor; enter the actors in the cast."""
    names = [(i, p) for i, p in enumerate(phrases) if p.kind is MentionKind.NAME]
    for index, phrase in names:
        if phrase.known and phrase.reason is None:
            _identify_known(doc, phrase, cast)
        elif phrase.type == "PERSON" and len(core_text(doc, phrase).split()) > 1:
            _mean(phrase, cast.person(core_text(doc, phrase), phrase.country), "actor.name.full")
        if phrase.actor:
            learn(doc, index, phrase, cast)
    _identify_abbreviations(doc, phrases, cast)
    for index, phrase in names:
        if phrase.actor is None and phrase.reason is None:
            _identify_short(doc, phrase, cast)
            if phrase.actor:
                learn(doc, index, phrase, cast)
    for phrase in phrases:
        if phrase.kind is MentionKind.DESCRIPTION and phrase.actor is None:
            _identify_part(doc, phrase, phrases, cast)


def _mean(phrase: Phrase, figure: Figure, rule: str) -> None:
    phrase.actor, phrase.link = figure.key, rule
    if phrase.gender and figure.known is None and figure.kind is ActorKind.PERSON:
        figure.gender = phrase.gender


def learn(doc: Doc, index: int, phrase: Phrase, cast: Cast) -> None:
    """Note the title that a phrase gives someone, and what follows from it."""
    figure = cast.figures[phrase.actor or ""]
    if phrase.title is None or figure.kind is not ActorKind.PERSON:
        return
    title = cast.knowledge.titles.get(phrase.title) or cast.knowledge.titles.get(phrase.title.split(" ", 1)[-1])
    country = phrase.country or figure.country
    figure.country = figure.country or phrase.country
    kind = title.kind if title and (not title.countries or country in title.countries) else None
    figure.titles.append(Called(phrase.title, kind, country, None, index, phrase.former))
    if figure.known is None:
        figure.gender = gender_of_title(cast.knowledge, phrase.title) or figure.gender
    if title:
        figure.add_sectors(title.sectors)
    for office in figure.known.offices if figure.known else ():
        if office.title == phrase.title or (kind and office.kind == kind and not phrase.former):
            cast.narrow(office)
            break


def gender_of_title(knowledge: Knowledge, title: str) -> str | None:
    """Return the gender that a title says: "spokeswoman", "king"."""
    noun = title.split(" of ", maxsplit=1)[0].rsplit(maxsplit=1)[-1]
    if noun in knowledge.gender_words["male nouns"]:
        return "m"
    return "f" if noun in knowledge.gender_words["female nouns"] else None


def _identify_known(doc: Doc, phrase: Phrase, cast: Cast) -> None:
    known, sense = _best_sense(doc, phrase, cast)
    if sense in {Sense.CAPITAL, Sense.SEAT}:
        rule = stands_for_government(doc, phrase, sense)
        if rule is None:
            phrase.reason = "a place here: nothing in the sentence makes it the government"
            phrase.type = "GPE" if sense is Sense.CAPITAL else "FAC"
            return
        phrase.type = "ORG"
        _mean(phrase, cast.known(known), rule)
    elif sense is Sense.PEOPLE and phrase.number == "p" and doc[phrase.start].lower_ != "the":
        part = cast.knowledge.parts.get("citizens")
        figure = cast.part(part, known.country or "", "citizens") if part else None
        if figure:
            _mean(phrase, figure, "actor.people")
    elif known.kind is ActorKind.PERSON and len(phrase.known) > 1:
        _identify_short(doc, phrase, cast)
    else:
        _mean(phrase, cast.known(known), f"actor.known.{sense.value}")


def _best_sense(doc: Doc, phrase: Phrase, cast: Cast) -> tuple[Known, Sense]:
    """Choose among those who share a name: who fits the title's country, the part of speech, the date."""

    def fit(item: tuple[Known, Sense]) -> tuple[int, int, int]:
        known, sense = item
        of_country = int(phrase.country is not None and known.country == phrase.country)
        plural = phrase.number == "p" and doc[phrase.root].tag_ in {"NNPS", "NNS"}
        by_form = int(sense is Sense.PEOPLE) if plural else int(sense is not Sense.PEOPLE)
        in_time = int(any(office.held(cast.first, cast.last) for office in known.offices) or not known.offices)
        return of_country, by_form, in_time

    return max(phrase.known, key=fit)


def _identify_abbreviations(doc: Doc, phrases: list[Phrase], cast: Cast) -> None:
    """Enter names of organizations and things, each with the abbreviation that the text introduces in brackets."""
    for phrase in phrases:
        if phrase.kind is MentionKind.NAME and phrase.actor is None and phrase.reason is None and phrase.type in ACTING:
            name = core_text(doc, phrase)
            if not cast.named(name) and (len(name.split()) > 1 or not name.isupper()):
                _mean(phrase, cast.organization(name, phrase.type, phrase.country), "actor.name")
    for long, short in itertools.pairwise(phrases):
        between = doc[long.stop : short.start].text.strip()
        if long.kind is MentionKind.NAME and short.kind is MentionKind.NAME and between == "(" and short.core:
            closing = doc[short.stop].text if short.stop < len(doc) else ""
            text = core_text(doc, short)
            if closing == ")" and long.actor and text.isupper() and not (short.known and short.actor):
                figure = cast.figures[long.actor]
                cast.also(figure, text)
                _mean(short, figure, "actor.abbreviation")


def _identify_short(doc: Doc, phrase: Phrase, cast: Cast) -> None:
    """Identify a name that was introduced in a longer form, or is known, or stands alone."""
    name = core_text(doc, phrase)
    found = cast.named(name) or _longer(name, cast)
    if phrase.type == "PERSON":
        people = [figure for figure in found if figure.kind is ActorKind.PERSON]
        found = people or ([] if phrase.title or phrase.gender else found)
    if len(found) == 1:
        _mean(phrase, found[0], "actor.name.short")
        if found[0].kind is ActorKind.PERSON:
            phrase.type = "PERSON"
        elif phrase.type == "PERSON":
            phrase.type = found[0].type
    elif len(found) > 1:
        phrase.reason = f"{len(found)} actors of this article have the name {name!r}"
    else:
        _identify_alone(doc, phrase, name, cast)


def _longer(name: str, cast: Cast) -> list[Figure]:
    """Return the organizations whose name begins with this one ("Northrop" for "Northrop Grumman")."""
    start = fold(name).lower() + " "
    return [
        f
        for f in cast
        if f.kind is ActorKind.ORGANIZATION and f.known is None and fold(f.name).lower().startswith(start)
    ]


def _identify_alone(doc: Doc, phrase: Phrase, name: str, cast: Cast) -> None:
    rules = doc[phrase.stop].lower_ in ADMINISTRATION if phrase.stop < len(doc) else False
    candidates = [k for k in cast.knowledge.named(name) if _fits(k, phrase, cast)]
    if not candidates or rules:
        candidates = _leading(cast.knowledge.named(name), cast, also=not rules) or candidates
    rule = "actor.known.surname"
    if len(candidates) > 1:
        candidates = _leading(candidates, cast) or _of_same_rank(candidates, cast)
        rule = "actor.known.surname.same-rank"
    if phrase.type in {"PERSON", "MISC"} and len(candidates) == 1:
        phrase.type = "PERSON"
        _mean(phrase, cast.known(candidates[0]), rule)
        phrase.score = 0.8
    elif phrase.type == "PERSON":
        _mean(phrase, cast.person(name, phrase.country), "actor.name.alone")
    elif phrase.type in ACTING:
        _mean(phrase, cast.organization(name, phrase.type, phrase.country), "actor.name")
    elif phrase.type != "MISC":
        phrase.reason = "the name of a place or thing, which does not act"


def _fits(known: Known, phrase: Phrase, cast: Cast) -> bool:
    """Did someone with this surname hold an office then, of a country that the article names?"""
    if phrase.country and known.country != phrase.country:
        return False
    held = [office for office in known.offices if office.held(cast.first, cast.last)]
    title = cast.knowledge.titles.get(phrase.title or "")
    if title:
        return any(office.kind == title.kind for office in held)
    return bool(held) and known.country in {figure.country for figure in cast}


def _leading(candidates: list[Known], cast: Cast, *, also: bool = False) -> list[Known]:
    """Keep the heads of state and government of the time, and foreign ministers if `also`: the best known."""
    kinds = LEADERS | {"foreign-minister"} if also else LEADERS
    return [k for k in candidates if any(o.kind in kinds and o.held(cast.first, cast.last) for o in k.offices)]


def _of_same_rank(candidates: list[Known], cast: Cast) -> list[Known]:
    """Keep those whose office is of the class that someone else of the article holds: ministers meet ministers."""
    ranks = {called.kind for figure in cast for called in figure.titles if called.kind and not called.former}
    return [k for k in candidates if any(o.kind in ranks and o.held(cast.first, cast.last) for o in k.offices)]


def _identify_part(doc: Doc, phrase: Phrase, phrases: list[Phrase], cast: Cast) -> None:
    """Identify the part of a state that a noun with its country names, or the administration of a president."""
    if phrase.rule.startswith("description.part.") and phrase.country:
        part = cast.knowledge.parts.get(phrase.noun)
        figure = cast.part(part, phrase.country, phrase.noun) if part else None
        if figure:
            _mean(phrase, figure, phrase.rule.replace("description", "actor"))
            phrase.type = figure.type
            phrase.number = "p" if figure.plural or doc[phrase.root].tag_ == "NNS" else "s"
    elif doc[phrase.root].lower_ in ADMINISTRATION:
        _identify_administration(doc, phrase, phrases, cast)


def _identify_administration(doc: Doc, phrase: Phrase, phrases: list[Phrase], cast: Cast) -> None:
    for other in phrases:
        if other is not phrase and phrase.start <= other.start and other.stop <= phrase.root + 1:
            country = _country_led(doc, other, cast)
            government = cast.knowledge.government(country) if country else None
            if government:
                _mean(phrase, cast.known(government), "actor.administration")
                phrase.type = "ORG"


def _country_led(doc: Doc, name: Phrase, cast: Cast) -> str | None:
    """Return the country of a person; of the only one in office with this surname when the model saw no person."""
    if name.type == "PERSON":
        return cast.figures[name.actor].country if name.actor else None
    holders = cast.knowledge.named(doc[name.stop - 1].text) if name.stop - name.start == 1 else []
    countries = {k.country for k in holders if any(o.held(cast.first, cast.last) for o in k.offices)}
    return countries.pop() if len(countries) == 1 else None


def countries_of(knowledge: Knowledge, phrase: Phrase) -> list[str]:
    """Return the countries that a name may stand for."""
    return [k.country for k, _ in phrase.known if k.country and knowledge.actors.get(k.country)]
