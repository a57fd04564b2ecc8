"""What the sections of a brief show first, show once, and leave to the counts."""

import io
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from group_readings import reading
from readout.group.stories import group
from readout.records import Reading, Role
from readout.serve import terminal
from readout.serve.brief import brief
from readout.serve.context import unresolved_line
from readout.serve.lines import Brief, Cite, Section
from readout.serve.phrases import and_list, factuality_phrase
from readout.serve.said import OTHERS, join_governments, title_phrase


def page(*articles: dict[str, Any] | Reading) -> Brief:
    readings = [one if isinstance(one, Reading) else told(one) for one in articles]
    return brief(group(readings)[0], {one.article.id: one for one in readings})


def told(given: dict[str, Any]) -> Reading:
    return reading({"outlet": "The Marn Echo", "published": "2031-05-07", **given})


def section(of: Brief, key: str) -> Section:
    return next(one for one in of.sections if one.key == key)


def words(of: Section) -> list[tuple[str, list[str]]]:
    return [(g.heading, ["".join(part.text for part in line.segments) for line in g.lines]) for g in of.groups]


def on_terminal(of: Brief) -> str:
    console = Console(file=io.StringIO(), width=160, highlight=False)
    console.print(terminal.render(of))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


SHELLED = {"type": "ASSAULT", "trigger": "shelled", "sources": ["Norland"], "targets": ["Delvia"]}


def scored(one: Reading, score: float) -> Reading:
    return replace(one, events=tuple(replace(event, score=score) for event in one.events))


def test_an_event_with_a_low_score_stands_under_its_own_heading() -> None:
    surely = told({"text": "Norland shelled Delvia.", "events": [SHELLED]})
    assert words(section(page(scored(surely, 0.9)), "happened")) == [("", ["Norland shelled Delvia."])]
    heading, lines = words(section(page(scored(surely, 0.1)), "happened"))[0]
    assert heading.startswith("Less certain")
    assert lines == ["Norland shelled Delvia."]


def test_an_event_without_anybody_known_is_less_certain() -> None:
    hurt = {"type": "ASSAULT", "trigger": "hurt", "targets": ["Three dockers"]}
    heading, _ = words(section(page({"text": "Three dockers were hurt.", "events": [hurt]}), "happened"))[0]
    assert heading.startswith("Less certain")


def test_what_happened_long_before_the_first_report_stands_apart() -> None:
    old = {**SHELLED, "when": {"text": "2019", "value": "2019"}}
    found = section(page({"text": "Norland shelled Delvia in 2019.", "events": [old]}), "happened")
    assert [heading for heading, _ in words(found)] == ["Before"]


def test_words_told_inside_a_statement_of_the_same_speaker_are_shown_once() -> None:
    whole = "Norland would answer every blow with a bigger one"
    said = [
        {"source": "Varga = Ilse Varga", "kind": "indirect", "content": whole},
        {"source": "Varga = Ilse Varga", "kind": "indirect", "content": "with a bigger one", "inside": whole},
    ]
    found = page({"text": f"Varga said {whole}.", "statements": said})
    assert words(section(found, "said")) == [("Ilse Varga", [f"said {whole}"])]


def test_words_told_inside_a_statement_of_another_have_a_line_of_their_own() -> None:
    whole = "Varga stressed that the strait must stay open"
    said = [
        {"source": "Brandt = Tomas Brandt", "kind": "indirect", "content": whole},
        {"source": "Varga = Ilse Varga", "kind": "indirect", "content": "the strait must stay open", "inside": whole},
    ]
    found = page({"text": f"Brandt said {whole}.", "statements": said})
    assert {heading for heading, _ in words(section(found, "said"))} == {"Tomas Brandt", "Ilse Varga"}


def test_speakers_nobody_knows_share_one_heading() -> None:
    said = [
        {"source": "Varga = Ilse Varga", "kind": "indirect", "content": "the port was open"},
        {"source": "two dockers", "kind": "indirect", "content": "The gate was shut and the port closed"},
    ]
    text = "Varga said the port was open. The gate was shut and the port closed, two dockers said."
    found = words(section(page({"text": text, "statements": said}), "said"))
    assert found[-1] == (OTHERS, ["two dockers: said The gate was shut and the port closed"])


def test_a_denial_stays_a_denial_in_the_short_lines() -> None:
    said: dict[str, Any] = {
        "source": "Varga = Ilse Varga",
        "kind": "indirect",
        "content": "what the options were",
        "hedges": ["not"],
        "factuality": "CT-",
    }
    said["when"] = {"text": "Monday", "value": "2031-05-05"}
    found = page({"text": "Varga would not tell on Monday what the options were.", "statements": [said]})
    for key in ("said", "timeline"):
        assert all("(not)" in line for _, lines in words(section(found, key)) for line in lines)


def test_an_event_that_did_not_happen_says_so() -> None:
    denied = {**SHELLED, "factuality": "CT-"}
    assert "did not happen" in on_terminal(page({"text": "Norland has not shelled Delvia.", "events": [denied]}))


def test_hedges_among_the_words_said_are_not_repeated() -> None:
    said = {
        "source": "Varga = Ilse Varga",
        "kind": "indirect",
        "content": "the port would close",
        "hedges": ["would"],
        "factuality": "PR+",
    }
    found = page({"text": "Varga said the port would close.", "statements": [said]})
    assert words(section(found, "said")) == [("Ilse Varga", ["said the port would close"])]


def test_only_in_one_article_is_cut_and_counted() -> None:
    content = [f"gate {name} was shut" for name in "abcdefghijkl"]
    text = " ".join(f"Varga said {one}." for one in content)
    said = [{"source": "Varga = Ilse Varga", "kind": "indirect", "content": one} for one in content]
    again = {"text": text.replace("shut", "open"), "outlet": "The Ostrava Post"}
    found = section(page({"text": text, "statements": said}, again), "only")
    lines = words(found)[0][1]
    assert lines[-1] == "and 4 more, each above with its place"
    assert len(lines) == 9


def test_the_timeline_puts_a_week_before_its_days_and_acts_before_words() -> None:
    said = [
        {
            "source": "Varga = Ilse Varga",
            "kind": "indirect",
            "content": "the port was closed",
            "when": {"text": "last week", "value": "2031-W18"},
        },
        {
            "source": "Varga = Ilse Varga",
            "kind": "indirect",
            "content": "nobody was hurt",
            "when": {"text": "Monday", "value": "2031-05-05"},
        },
    ]
    event = {**SHELLED, "when": {"text": "Monday", "value": "2031-05-05"}}
    text = "Varga said last week the port was closed. Varga said nobody was hurt on Monday when Norland shelled Delvia."
    found = words(section(page({"text": text, "statements": said, "events": [event]}), "timeline"))
    assert [heading for heading, _ in found] == ["week of 28 April 2031", "Mon 5 May 2031"]
    assert [line.split()[0] for line in found[1][1]] == ["Norland", "Ilse"]


def with_roles(*roles: Role) -> Reading:
    said = {"source": "Varga = Ilse Varga", "content": "The port is open,"}
    one = told({"text": '"The port is open," Varga said.', "statements": [said]})
    return replace(one, actors=tuple(replace(a, roles=roles) if a.name == "Ilse Varga" else a for a in one.actors))


@pytest.mark.parametrize(
    ("roles", "aside"),
    [
        ((Role("host", mention="m-1"), Role("president", since="2030-01-01")), "president"),
        ((Role("mayor", since="2020-01-01", until="2024-01-01"), Role("minister", since="2024-01-02")), "minister"),
        ((Role("envoy", mention="m-1"), Role("envoy", mention="m-2"), Role("aide", mention="m-3")), "envoy, aide"),
        ((Role("envoy", mention="m-1"), Role("senator")), "envoy"),
        ((Role("military spokesman Col.", mention="m-1"),), "military spokesman"),
    ],
)
def test_a_speaker_is_shown_with_the_office_of_the_day(roles: tuple[Role, ...], aside: str) -> None:
    assert section(page(with_roles(*roles)), "said").groups[0].aside == aside


def test_titles_lose_what_ran_into_them() -> None:
    assert [title_phrase("spokesman for"), title_phrase("Gen."), title_phrase("Rear Adm.")] == [
        "spokesman",
        "gen.",
        "rear adm.",
    ]


def test_many_open_words_of_one_reason_are_counted() -> None:
    places = {f"docker {n}": [Cite("A", 1, "a-1")] for n in range(11)}
    line = unresolved_line("Who said it: nobody known by that name", places)
    assert "".join(part.text for part in line.segments).endswith("and 3 more")


def test_names_with_commas_are_told_apart() -> None:
    assert and_list(["Ministry of Ports, Fish and Coasts", "Marn", "Ostrava"]) == (
        "Ministry of Ports, Fish and Coasts; Marn; and Ostrava"
    )


def test_factuality_is_said_in_words() -> None:
    assert [factuality_phrase("PR+"), factuality_phrase("CT-")] == ["probable", "did not happen"]


def test_an_act_in_the_passive_on_somebody_known_is_news_after_those_with_a_source() -> None:
    held = {"type": "COERCE", "mode": "arrest", "trigger": "detained", "targets": ["Varga = Ilse Varga"]}
    one = told({"text": "Varga was detained. Norland shelled Delvia.", "events": [held, SHELLED]})
    one = replace(one, events=(replace(one.events[0], score=0.05), replace(one.events[1], score=0.9)))
    assert words(section(page(one), "happened")) == [("", ["Norland shelled Delvia.", "Varga was detained."])]


def test_a_country_and_its_government_speak_under_one_heading() -> None:
    said = [
        {"source": "Norland", "kind": "indirect", "content": "the strait was open"},
        {"source": "the cabinet = Government of Norland", "kind": "indirect", "content": "no mine had been laid"},
    ]
    text = "Norland said the strait was open. In Marn the cabinet said no mine had been laid."
    actors = ("Norland", "Government of Norland")
    one = told({"text": text, "statements": said})
    assert {actor.name for actor in one.actors} >= set(actors)
    assert [heading for heading, _ in words(section(page(one), "said"))] == ["Norland and its government"]


def test_a_hedge_that_stands_in_another_is_shown_once() -> None:
    said = {
        "source": "Varga = Ilse Varga",
        "kind": "indirect",
        "content": "the number of ships",
        "hedges": ["could not say", "not"],
        "factuality": "CT-",
    }
    found = page({"text": "Varga could not say the number of ships.", "statements": [said]})
    assert words(section(found, "said"))[0][1][0].startswith("(could not say) ")


def test_the_article_of_a_country_does_not_part_it_from_its_government() -> None:
    names = {"k-1": "United Islands", "k-2": "Government of the United Islands"}
    join_governments({"k-1": [], "k-2": []}, names)
    assert names["k-1"] == "United Islands and its government"
