"""Who is the same party over articles."""

import pytest

from group_readings import ACTORS, actor, article, party
from readout.group.identities import Identities, Relation
from readout.records import Actor, ActorKind, Reading

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
