"""The lexicon: its size, its forms, and that what it says can be used."""

import pytest

from readout.extract.casting import SIMPLE_ROLES
from readout.extract.conditions import UNMET
from readout.extract.contexts import context_words
from readout.extract.inflections import noun_forms, verb_forms
from readout.extract.predicates import QUADS, TYPES, Kind, Words, entries_of, knowledge, lexicon, listed, read_yaml


def listed_words(text: str) -> set[str]:
    """Return the words of a list."""
    return set(listed(text))


MODES = {
    "CONSULT": {"visit", "third-party", "multilateral", "phone"},
    "RETREAT": {"withdraw", "release", "disarm", "ceasefire", "access", "resign"},
    "REQUEST": {"assist", "change", "yield", "meet"},
    "ACCUSE": {"disapprove", "investigate", "allege"},
    "REJECT": {"assist", "change", "yield", "meet"},
    "THREATEN": {"restrict", "arrest", "relations", "expel", "territory", "violence"},
    "PROTEST": {"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"},
    "SANCTION": {"convict", "expel", "withdraw", "discontinue"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": listed_words(
        "seize, restrict, censor, curfew, martial-law, arrest, deport, withhold, misinformation, cyber"
    ),
    "ASSAULT": listed_words(
        "abduct, beat, torture, sexual, targeted, destroy, primitive, firearms, explosives, "
        "suicide-attack, aerial, drone, heavy-weapons, crowd-control, unconventional"
    ),
}
FILES = [*(name.lower() for name in TYPES), "operators"]
CONTEXTS = 37


def groups() -> list[tuple[str, dict[str, object]]]:
    found: list[tuple[str, dict[str, object]]] = []
    for name in FILES:
        document = read_yaml(knowledge(f"{name}.yaml"))
        for kind in ("verbs", "phrases", "nouns", "adjectives"):
            found.extend((name, group) for group in document.get(kind) or [])
    return found


def test_lexicon_holds_thousands_of_entries() -> None:
    assert lexicon().size > 5000


def test_every_group_has_its_own_id() -> None:
    ids = [group["id"] for _, group in groups()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_says_is_known(name: str) -> None:
    for entry in entries_of(read_yaml(knowledge(f"{name}.yaml"))):
        predicate = entry.predicate
        assert predicate.type in {*QUADS, None}
        assert predicate.mode is None or predicate.mode in MODES[str(predicate.type)]
        assert predicate.needs <= set(UNMET), predicate.id
        assert predicate.pair in {*QUADS, None}
        assert 0 < predicate.score <= 1


def test_inner_types_and_modes_are_plover() -> None:
    for _, group in groups():
        inner = group.get("inner") or {}
        assert isinstance(inner, dict)
        for value in inner.values():
            type_, _, mode = str(value).partition("/")
            assert type_ in {*QUADS, "same", "none"}
            assert not mode or mode in MODES[type_]


def test_single_word_roles_are_known_or_prepositions() -> None:
    prepositions = listed_words(
        "with, to, between, against, on, in, at, from, for, over, into, of, about, by, outside, along, "
        "near, inner, around, across, off, alongside, onto, toward, towards, as, speaker, owned, "
        "belonging, opposite"
    )
    for _, group in groups():
        for field in ("source", "target"):
            names = {name.split()[0] for name in listed(str(group.get(field, "")))}
            assert names <= {*SIMPLE_ROLES, *prepositions}, (group["id"], names)


def test_all_contexts_of_plover_have_words() -> None:
    names = {name for found in context_words().table.values() for name, _ in found}
    assert len(names) == CONTEXTS


@pytest.mark.parametrize(
    ("base", "forms"),
    [
        ("stop", {"stops", "stopped", "stopping"}),
        ("accuse", {"accuses", "accused", "accusing"}),
        ("withdraw", {"withdrew", "withdrawn", "withdrawing"}),
        ("deny", {"denies", "denied", "denying"}),
        ("overtake", {"overtook", "overtaken"}),
        ("tie", {"tied", "tying", "ties"}),
        ("veto", {"vetoes", "vetoed"}),
    ],
)
def test_verb_forms(base: str, forms: set[str]) -> None:
    assert forms <= set(verb_forms(base))


@pytest.mark.parametrize(
    ("base", "form"), [("ally", "allies"), ("hostage", "hostages"), ("gunman", "gunmen"), ("crisis", "crises")]
)
def test_noun_forms(base: str, form: str) -> None:
    assert form in set(noun_forms(base))


def test_longest_noun_is_found_first() -> None:
    assert Words.of(["strike", "air strike"]).forms["strikes"] == (("air",), ())


def test_entries_have_the_kind_of_their_section() -> None:
    kinds = {entry.predicate.kind for name in FILES for entry in entries_of(read_yaml(knowledge(f"{name}.yaml")))}
    assert kinds == set(Kind)
