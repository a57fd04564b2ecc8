"""What is known beforehand: facts that must hold, dated offices, and users' own actors in an invented world."""

import itertools
import re
import time
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from readout.detect import facts, terms
from readout.detect.cast import Cast
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
        ("head-of-state", "SYR", "2025-03-01", "Ahmed al-Sharaa"),
        ("foreign-minister", "SYR", "2024-11-01", "Bassam Sabbagh"),
        ("foreign-minister", "ITA", "2019-01-15", "Enzo Moavero Milanesi"),
        ("foreign-minister", "ISR", "2017-06-01", "Benjamin Netanyahu"),
        ("defense-minister", "UKR", "2025-09-01", "Denys Shmyhal"),
        ("defense-minister", "JPN", "2015-02-01", "Gen Nakatani"),
        ("defense-minister", "USA", "2019-03-01", "Patrick Shanahan"),
        ("spy-chief", "USA", "2017-06-01", "Mike Pompeo"),
        ("head-of-government", "NPL", "2010-01-15", "Madhav Kumar Nepal"),
        ("head-of-state", "ZMB", "2010-01-15", "Rupiah Banda"),
        ("head-of-state", "ECU", "2006-01-15", "Alfredo Palacio"),
        ("head-of-state", "MWI", "2025-11-01", "Peter Mutharika"),
        ("governor", "GBR", "2012-07-27", "Boris Johnson"),
        ("crime-boss", "MEX", "2016-01-08", "Joaquin Guzman"),
    ],
)
def test_who_held_the_office(kind: str, country: str, date: str, name: str) -> None:
    holders = facts.load().holders(kind, country, first=date, last=date)
    assert name in [holder.name for holder in holders]


@pytest.mark.parametrize(
    ("kind", "country", "date", "name"),
    [
        ("defense-minister", "JPN", "2014-10-15", "Gen Nakatani"),
        ("foreign-minister", "SYR", "2024-11-01", "Faisal Mekdad"),
        ("head-of-state", "VEN", "2026-02-01", "Nicolas Maduro"),
        ("head-of-government", "ISR", "2006-03-01", "Ariel Sharon"),
        ("envoy", "UNO", "2025-01-15", "Tom Fletcher"),
        ("legislator", "USA", "2019-01-15", "John McCain"),
    ],
)
def test_who_no_longer_held_the_office(kind: str, country: str, date: str, name: str) -> None:
    holders = facts.load().holders(kind, country, first=date, last=date)
    assert name not in [holder.name for holder in holders]


SECTORS = frozenset(
    facts.listed("COP|GOV|JUD|LEG|MIL|PRM|PTY|REB|SPY|UAF|UNK|AGR|BUS|CRM|CVL|EDU|ELI|JRN|LAB|MED|REF|OPP|PRE|REL|SOC")
)
NON_STATES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
HELD_BY_ONE = frozenset(
    facts.listed(
        "president|prime minister|premier|chancellor|king|queen|emperor|pope|foreign minister|"
        "foreign secretary|secretary of state|defense minister|defense secretary|defence secretary|"
        "external affairs minister|finance minister|interior minister|house speaker|"
        "senate majority leader|secretary-general|managing director"
    )
)
RIVALS_AND_ACTING = {
    "Michel Temer",  # acted while the president was suspended
    "Alassane Ouattara",  # both claimed the election
    "Fathi Bashagha",  # a rival government
    "Abdullah al-Thinni",
}
# Words that stand in any news text, most of them as something else than the actor that bears them as its name.
COMMON = frozenset(
    facts.listed(
        "Alliance|Anonymous|Bank|Bond|Center|Centre|Change|Commonwealth|Conservatives|Council|Dawn|Force|"
        "Forces|Free|Front|Future|Home|Hope|House|Independent|Justice|Labour|Law|League|Left|Liberals|"
        "Liberty|Male|March|Memorial|Mission|Move|Movement|Nation|New|Order|Party|Peace|People|Power|"
        "Progress|Quad|Quartet|Reform|Renaissance|Renewal|Reunion|Right|Solidarity|Star|State|Sun|Time|"
        "Times|Today|Union|Unity|Victory|Vote|Way|Will|Women|Young"
    )
)


def shipped(name: str) -> str:
    """Return the text of a shipped file."""
    return (files("readout.detect") / "data" / "actors" / f"{name}.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", facts.SHIPPED)
def test_no_key_stands_twice(name: str) -> None:
    keys = Counter(re.findall(r"^ *([A-Za-z][\w/+-]*): \{", shipped(name), re.MULTILINE))
    assert [key for key, count in keys.items() if count > 1] == []


def test_sectors_and_countries_are_codes() -> None:
    knowledge = facts.load()
    actors = knowledge.actors.values()
    assert {sector for actor in actors for sector in actor.sectors} <= SECTORS
    states = {actor.key for actor in actors if actor.kind == "country"}
    assert all(re.fullmatch(r"[A-Z]{3}|KOREA", state) for state in states)
    assert {actor.country for actor in actors if actor.country} <= states | NON_STATES


def test_dates_are_dates_in_their_order() -> None:
    offices = [office for actor in facts.load().actors.values() for office in actor.offices]
    dates = [date for office in offices for date in (office.since, office.until) if date]
    assert [date for date in dates if not re.fullmatch(r"(18|19|20)\d\d(-(0[1-9]|1[0-2])(-[0-3]\d)?)?", date)] == []
    backwards = [o for o in offices if o.since and o.until and o.since[: len(o.until)] > o.until[: len(o.since)]]
    assert backwards == []


def test_an_office_of_one_is_held_by_one_at_a_time() -> None:
    terms_of: dict[tuple[str | None, ...], list[tuple[str, str, str]]] = {}
    for actor in facts.load().actors.values():
        for office in actor.offices:
            if office.title in HELD_BY_ONE and office.country not in NON_STATES - {"UNO"}:
                key = (office.country, office.title, office.organization)
                terms_of.setdefault(key, []).append((office.since or "0", office.until or "9", actor.name))
    both = [
        (office, one, other)
        for office, held in terms_of.items()
        for one, other in itertools.pairwise(sorted(held))
        if other[0] < one[1][: len(other[0])] and not {one[2], other[2]} & RIVALS_AND_ACTING
    ]
    assert both == []


def test_offices_have_a_class() -> None:
    titles = [o.title for actor in facts.load().actors.values() for o in actor.offices if o.kind is None]
    assert len(titles) < 20, Counter(titles).most_common(20)


def test_nobody_is_known_under_two_spellings() -> None:
    people = [actor for actor in facts.load().actors.values() if actor.key.startswith("person/")]
    folded = Counter(re.sub(r"[^a-z]", "", fold(actor.name).lower()) for actor in people)
    assert [name for name, count in folded.items() if count > 1] == []


def test_names_that_two_bear_are_few() -> None:
    names = facts.load().names.values()
    shared = {n for bucket in names for n, senses in bucket.items() if len({key for key, _ in senses}) > 1}
    assert shared <= {"RSF", "Le Pen"}


def test_common_words_name_nobody() -> None:
    knowledge = facts.load()
    assert [word for word in sorted(COMMON) if word in knowledge.names.get(word, {})] == []


@pytest.mark.parametrize("text", ["on November 17 in Athens", "the Memorial Day weekend", "the Ivy League", "CAR WASH"])
def test_everyday_capitals_name_no_group(text: str) -> None:
    starts = [match.start() for match in re.finditer(r"\b[A-Z]", text)]
    hits = facts.load().hits(fold(text), starts)
    assert [hit for hit in hits if hit.senses[0][1] is Sense.NAME] == []


@pytest.mark.parametrize("text", ["New Mexico", "New Jersey", "New South Wales", "New England"])
def test_a_place_within_another_name_is_no_country(text: str) -> None:
    assert [hit.senses[0][0].kind for hit in facts.load().hits(text, [0, 4, 10])] == ["organization"]


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


@pytest.mark.parametrize(("date", "country"), [("2020-05-01", "NLD"), ("2025-05-01", "IGO"), (None, "NLD")])
def test_country_is_whom_someone_served_on_the_date(date: str | None, country: str) -> None:
    knowledge = facts.load()
    figure = Cast(knowledge, date).known(knowledge.actors["person/Mark Rutte"])
    assert figure.country == country
