"""The JSON of readings and stories is that of the contract."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from readout.provenance import Skipped
from readout.record.export import json_text, reading_json, skipped_json, story_json, write_json_line, write_json_lines
from readout.records import Name, Reading
from record_examples import border_reading, harbour_reading, story_of

HARBOUR, BORDER = harbour_reading(), border_reading()


def spans(node: Any) -> list[dict[str, Any]]:
    """Return every object with start, stop and text."""
    if isinstance(node, dict):
        own = [node] if {"start", "stop", "text"} <= set(node) else []
        return own + [one for value in node.values() for one in spans(value)]
    return [one for value in node for one in spans(value)] if isinstance(node, list) else []


def test_every_span_is_exactly_the_text_of_the_article() -> None:
    found = spans(json.loads(json_text(reading_json(HARBOUR))))
    assert len(found) > 40
    assert all(HARBOUR.article.text[span["start"] : span["stop"]] == span["text"] for span in found)


def test_a_statement_has_the_fields_of_the_contract() -> None:
    statement = reading_json(HARBOUR)["statements"][0]
    assert " ".join(statement) == "id kind source targets cue content inside via channel hedges when where factuality"
    assert " ".join(statement["via"][0]) == "start stop text mention actor name country sector channel"
    assert statement["source"] is not None
    assert " ".join(statement["source"]) == "start stop text mention actor name country sector"


def test_an_event_has_the_fields_of_the_contract() -> None:
    event = reading_json(HARBOUR)["events"][1]
    assert " ".join(event) == (
        "id type mode contexts quad sources targets trigger factuality aspect reciprocal hedges"
        " when where magnitude attributed_to via score cameo"
    )
    assert event["magnitude"][0]["value"] == 300.0
    assert event["magnitude"][0]["text"] == "about 300 soldiers"


def test_since_and_until_are_from_and_to() -> None:
    reading = reading_json(HARBOUR)
    assert (reading["times"][0]["from"], reading["times"][0]["to"]) == ("2021-03-02", "2021-03-02")
    assert " ".join(reading["times"][1]) == "start stop text type value from to zone also reason id"
    renn = next(actor for actor in reading["actors"] if actor["name"] == "Ada Renn")
    assert (renn["roles"][1]["from"], renn["roles"][1]["to"]) == ("2009-05", "2015")


def test_what_does_not_stand_in_the_text_has_text_alone() -> None:
    article = replace(BORDER.article, headline=Name("A title from elsewhere"))
    assert reading_json(replace(BORDER, article=article))["article"]["headline"] == {"text": "A title from elsewhere"}


def test_what_is_not_known_is_null() -> None:
    article = reading_json(BORDER)["article"]
    assert [article["url"], article["dateline"], article["credit"]] == [None, None, None]
    assert reading_json(BORDER)["statements"][0]["when"] is None


def test_evidence_and_blocks_are_not_part_of_it() -> None:
    reading = reading_json(HARBOUR)
    assert "evidence" not in reading
    assert "blocks" not in reading["article"]


def test_an_input_without_article_is_one_line() -> None:
    skipped = Skipped("scan.pdf", "collect@1", "it is not text")
    assert skipped_json(skipped) == {"skipped": {"path": "scan.pdf", "step": "collect@1", "reason": "it is not text"}}


def test_a_story_has_the_form_of_a_brief() -> None:
    readings = {reading.article.id: reading for reading in (HARBOUR, BORDER)}
    story = story_json(story_of(HARBOUR, BORDER), readings)
    assert " ".join(story) == "story articles claims differences only_in background timeline unresolved"
    assert story["articles"][1] == {
        "id": BORDER.article.id,
        "path": "news/post.txt",
        "outlet": "Estmark Post",
        "headline": "Estmark rejects Norvian appeal",
        "published": "2021-03-05",
        "role": "independent",
    }
    assert story["claims"][0]["reports"][1]["changes"] == [["any", "much"], ["", "so"]]
    assert story["differences"][0]["values"][1]["text"] == "much longer"
    assert story["background"][0]["article"] == HARBOUR.article.id


def test_an_object_is_one_line_for_every_reader_of_lines() -> None:
    stream = io.StringIO()
    texts = ["a\u2028b", "a\u2029b", "a\x85b", "a\rb\nc\x0b\x0cd\x1c\x1d\x1e", "caf\udce9", "“é” \U0001f600"]
    assert write_json_lines([{"text": text} for text in texts], stream) == len(texts)
    written = stream.getvalue().encode("utf-8").decode("utf-8").splitlines()
    assert [json.loads(line)["text"] for line in written] == texts
    assert "“é” \U0001f600" in written[-1]


@pytest.mark.parametrize("reading", [HARBOUR, BORDER], ids=["every field", "few fields"])
def test_a_reading_is_written_as_one_line(reading: Reading, tmp_path: Path) -> None:
    with (tmp_path / "out.jsonl").open("w", encoding="utf-8") as stream:
        write_json_line(reading_json(reading), stream)
    (line,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line) == reading_json(reading)
