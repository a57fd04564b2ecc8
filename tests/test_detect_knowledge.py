"""What is known beforehand: facts that must hold, dated offices, and users' own actors in an invented world."""

import time
from pathlib import Path

import pytest

from readout.detect import facts, terms
from readout.detect.folding import fold
from readout.detect.knowledge import Knowledge, Office, Sense
from readout.errors import BadActorsFile

WORLD = """
countries:
  RUR: {name: Ruritania, adjectives: Ruritanian, people: Ruritanians, capital: Strelsau, seats: Elphberg Palace,
        regions: Central European, calls: mountain kingdom}
governments:
  bodies:
    diet: {name: Diet of Ruritania, country: RUR, sectors: LEG, part: parliament, names: Ruritanian Diet}
organizations:
  LOR: {name: League of Old Realms, country: IGO, names: LOR, calls: league|alliance of kingdoms}
armed_groups:
  BLACK: {name: Black Michael's Guard, country: RUR, sectors: REB, names: Black Guard, calls: militia}
media:
  HERALD: {name: Strelsau Herald, country: RUR, sectors: JRN, calls: newspaper|daily}
people:
  RUR:
    king: Rudolf V = King Rudolf (m) 1890-01..1893-05|Flavia Elphberg (f) 1893-05..
    foreign minister: Fritz von [Tarlenheim] 1891..1895
"""


@pytest.fixture
def world(tmp_path: Path) -> str:
    """Return a file with the actors of an invented world."""
    path = tmp_path / "ruritania.yaml"
    path.write_text(WORLD, encoding="utf-8")
    return str(path)


def senses(knowledge: Knowledge, name: str) -> list[tuple[str, Sense]]:
    """Return what a name stands for."""
    return [(actor.name, sense) for hit in knowledge.hits(fold(name), [0]) for actor, sense in hit.senses]


def test_shipped_knowledge_is_read_once() -> None:
    assert facts.load() is facts.load()


def test_all_states_have_a_government() -> None:
    knowledge = facts.load()
    states = [actor for actor in knowledge.actors.values() if actor.kind == "country"]
    assert len(states) > 245
    assert all(knowledge.government(state.key) for state in states)


@pytest.mark.parametrize(
    ("name", "actor", "sense"),
    [
        ("Beijing", "Government of China", Sense.CAPITAL),
        ("Kremlin", "Government of Russia", Sense.SEAT),
        ("Kyiv", "Government of Ukraine", Sense.CAPITAL),
        ("Chinese", "China", Sense.ADJECTIVE),
        ("Côte d’Ivoire", "Ivory Coast", Sense.NAME),
        ("Al-Qaida", "al-Qaeda", Sense.NAME),
        ("State Department", "United States Department of State", Sense.NAME),
        ("Brussels", "European Union", Sense.SEAT),
    ],
)
def test_name_stands_for(name: str, actor: str, sense: Sense) -> None:
    assert (actor, sense) in senses(facts.load(), name)


@pytest.mark.parametrize(
    ("kind", "country", "date", "name"),
    [
        ("foreign-minister", "USA", "2022-01-27", "Antony Blinken"),
        ("foreign-minister", "CHN", "2022-01-27", "Wang Yi"),
        ("foreign-minister", "CHN", "2023-03-01", "Qin Gang"),
        ("head-of-state", "USA", "2001-09-11", "George W. Bush"),
        ("head-of-state", "RUS", "2010-06-01", "Dmitry Medvedev"),
        ("head-of-government", "GBR", "2022-10-01", "Liz Truss"),
        ("head-of-government", "DEU", "2015-01-01", "Angela Merkel"),
        ("secretary-general", "UNO", "2005-01-01", "Kofi Annan"),
    ],
)
def test_who_held_the_office(kind: str, country: str, date: str, name: str) -> None:
    holders = facts.load().holders(kind, country, first=date, last=date)
    assert name in [holder.name for holder in holders]


def test_partial_dates_count_as_a_whole() -> None:
    office = Office("minister", "minister", "XXX", None, "2010", "2012-06")
    assert office.held("2012-06-30", "2012-06-30")
    assert office.held("2010-01-01", "2010-01-01")
    assert not office.held("2012-07-01", "2012-07-01")
    assert office.held(None, None)


def test_the_longest_name_wins() -> None:
    text = fold("South Sudan and Sudan")
    assert [hit.senses[0][0].name for hit in facts.load().hits(text, [0, 6, 12, 16])] == ["South Sudan", "Sudan"]


def test_folding_moves_no_character() -> None:
    text = "Mevlüt Çavuşoğlu’s Al‑Qaida\nGoïta – Łódź"
    assert len(fold(text)) == len(text)
    assert fold("Çavuşoğlu") == "Cavusoglu"


def test_users_actors_are_added(world: str) -> None:
    knowledge = facts.load([world])
    assert ("Government of Ruritania", Sense.CAPITAL) in senses(knowledge, "Strelsau")
    assert ("League of Old Realms", Sense.NAME) in senses(knowledge, "LOR")
    assert knowledge.named_parts["RUR", "parliament"] == "bodies/diet"
    assert [k.name for k in knowledge.holders("foreign-minister", "RUR", first="1892", last="1892")] == [
        "Fritz von Tarlenheim"
    ]


def test_users_actors_win_over_shipped(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("organizations:\n  NATO: {name: Northern Trawlers, country: NGO, names: NATO}\n", encoding="utf-8")
    assert senses(facts.load([str(path)]), "NATO")[0] == ("Northern Trawlers", Sense.NAME)
    assert senses(facts.load(), "NATO")[0] == ("NATO", Sense.NAME)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("- a list", "mapping"),
        ("planets: {MARS: {name: Mars}}", "planets"),
        ("countries: [XXX]", "mapping"),
        ("organizations: {X: {names: Y}}", "name"),
        ("organizations: {X: just a name}", "mapping"),
        ("organizations: {X: {name: Y, kind: robot}}", "robot"),
        ("people: {XXX: {king: 'A ((('}}", "form"),
        ("countries: {", "flow"),
    ],
)
def test_bad_file_says_what_is_wrong(tmp_path: Path, content: str, why: str) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadActorsFile, match=why):
        facts.load([str(path)])


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadActorsFile, match="nowhere"):
        facts.load([str(tmp_path / "nowhere.yaml")])


@pytest.mark.parametrize("hostile", ["a = " * 25_000, "1999-" * 20_000 + "..", " (f)" * 25_000])
def test_terms_of_office_are_refused_fast_in_hostile_text(hostile: str) -> None:
    start = time.perf_counter()
    with pytest.raises(ValueError, match="form"):
        terms.parse_term(hostile + "(")
    assert time.perf_counter() - start < 0.05
