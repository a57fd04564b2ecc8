"""Who is the same party over articles."""

import pytest

from group_readings import ACTORS, actor, article, party
from readout.group.identities import Identities, Relation
from readout.records import Actor, ActorKind, Party, Reading

ONE = article(" ".join([*ACTORS, "she", "the ministry", "12 fishermen", "at least 40 fishermen", "two sailors"]))


def identities(*others: Actor) -> Identities:
    return Identities([Reading(ONE, actors=(*(actor(name) for name in ACTORS), *others))])


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        ("Ilse Varga", "Ilse Varga", Relation.SAME),
        ("Ilse Varga", "Varga", Relation.SAME),
        ("Ilse Varga", "Tomas Brandt", Relation.DIFFERENT),
        ("Ilse Varga", "Ministry of Foreign Affairs of Delvia", Relation.AFFILIATED),
        ("Ministry of Foreign Affairs of Delvia", "Government of Delvia", Relation.AFFILIATED),
        ("Delvia", "Government of Delvia", Relation.AFFILIATED),
        ("Government of Delvia", "Government of Norland", Relation.DIFFERENT),
        ("Ministry of Defense of Norland", "Tomas Brandt", Relation.DIFFERENT),
        ("Ilse Varga", "she", Relation.UNKNOWN),
        ("Ilse Varga", "the ministry", Relation.UNKNOWN),
        ("12 fishermen", "at least 40 fishermen", Relation.SAME),
        ("12 fishermen", "two sailors", Relation.UNKNOWN),
    ],
)
def test_relation_of_two_parties(first: str, second: str, relation: Relation) -> None:
    known = identities()
    one, other = party(ONE, first), party(ONE, second)
    assert known.relation(one, other) is known.relation(other, one) is relation


def test_a_short_name_that_two_people_have_stays_by_itself() -> None:
    namesake = Actor("k-1", "Oda Varga", ActorKind.PERSON)
    assert identities(namesake).relation(party(ONE, "Ilse Varga"), party(ONE, "Varga")) is Relation.DIFFERENT


def test_nobody_is_compared_with_anybody() -> None:
    assert identities().relation(None, party(ONE, "Ilse Varga")) is Relation.UNKNOWN


def spelled(name: str, country: str | None = None) -> Actor:
    return Actor(f"k-{name}", name, ActorKind.PERSON, country)


def named(one: Actor) -> Party:
    return Party(ONE.span(0, 1), actor=one.id, name=one.name, country=one.country)


@pytest.mark.parametrize(
    ("first", "second", "relation"),
    [
        (spelled("Olek Danilov"), spelled("Olek Danylov"), Relation.SAME),
        (spelled("Olek Danilov", "NRL"), spelled("Olek Danylov", "DLV"), Relation.DIFFERENT),
        (spelled("Olek Danilov"), spelled("Otto Danylov"), Relation.DIFFERENT),
        (spelled("Oda Lopez"), spelled("Oda Lopes"), Relation.DIFFERENT),
        (spelled("Danilov"), spelled("Danylov"), Relation.DIFFERENT),
    ],
)
def test_outlets_spell_one_name_otherwise(first: Actor, second: Actor, relation: Relation) -> None:
    other = article("Another outlet's report.")
    known = Identities([Reading(ONE, actors=(first,)), Reading(other, actors=(second,))])
    assert known.relation(named(first), named(second)) is relation


def test_an_article_that_has_both_names_has_two_people() -> None:
    first, second = spelled("Olek Danilov"), spelled("Olek Danylov")
    known = Identities([Reading(ONE, actors=(first, second))])
    assert known.relation(named(first), named(second)) is Relation.DIFFERENT
