"""The mentions of a text: their words, kinds and evidence; and users' own actors in the pipeline."""

import time
from pathlib import Path

import pytest

from readout import weights
from readout.annotations import actors_of, evidence_of, make_doc, mentions_of, plain_article
from readout.detect.parties import party
from readout.errors import NoSuchModel
from readout.records import MentionKind
from test_detect_actors import read
from test_detect_knowledge import WORLD


def kinds(text: str) -> dict[str, MentionKind]:
    """Return the mentions of a text with their kinds."""
    return {mention.span.text: mention.kind for mention in mentions_of(read(text))}


def test_a_name_has_its_title_and_country() -> None:
    assert "U.S. Secretary of State Antony Blinken" in kinds("U.S. Secretary of State Antony Blinken left.")


def test_names_descriptions_and_pronouns_are_told_apart() -> None:
    found = kinds("Russia's foreign minister met Angela Merkel. She was late.")
    assert found["Angela Merkel"] is MentionKind.NAME
    assert found["Russia's foreign minister"] is MentionKind.DESCRIPTION
    assert found["She"] is MentionKind.PRONOUN


def test_a_thing_is_no_mention_until_it_is_named_again() -> None:
    assert "The treaty" not in kinds("The treaty was signed in May.")
    assert "The treaty" in kinds("Russia and China signed a treaty. The treaty will last ten years.")


def test_every_mention_has_evidence_of_its_kind() -> None:
    doc = read("The Kremlin said Lavrov would meet his Turkish counterpart.")
    told = {row.record_id for row in evidence_of(doc) if row.field == "kind" and row.rule}
    assert {mention.id for mention in mentions_of(doc)} <= told


def test_a_party_is_the_actor_behind_some_words() -> None:
    doc = read("Reuters quoted a diplomat. The wire service gave no name.")
    words = doc.char_span(27, 43)
    assert words is not None
    found = party(doc, words)
    assert (found.span.text, found.name, found.sector) == ("The wire service", "Reuters", "JRN")


def test_words_that_mean_nobody_are_a_party_without_actor() -> None:
    doc = read("Nobody expected rain.")
    assert party(doc, doc[2:3]).actor is None


def test_users_actors_are_found_in_text(tmp_path: Path) -> None:
    path = tmp_path / "ruritania.yaml"
    path.write_text(WORLD, encoding="utf-8")
    try:
        nlp = weights.load(None)
    except NoSuchModel as error:
        pytest.skip(str(error))
    for step in ("readout_mentions", "readout_actors", "readout_coreference"):
        nlp.add_pipe(step, config={"actors": [str(path)]})
    text = "Strelsau rejected it. The mountain kingdom fears the League of Old Realms, the Strelsau Herald reported."
    doc = nlp(make_doc(nlp, plain_article(text)))
    names = {mention.span.text: mention.actor for mention in mentions_of(doc)}
    by_id = {actor.id: actor.name for actor in actors_of(doc)}
    meant = {words: by_id.get(actor or "") for words, actor in names.items()}
    assert meant["Strelsau"] == "Government of Ruritania"
    assert meant["The mountain kingdom"] == "Ruritania"
    assert meant["the League of Old Realms"] == "League of Old Realms"
    assert meant["the Strelsau Herald"] == "Strelsau Herald"


def test_empty_and_blank_texts_have_no_mentions() -> None:
    assert mentions_of(read(" \n \n")) == ()


@pytest.mark.parametrize("unit", ["Minister ", "China's ", "“he ", "Brandt, ", "of the United "])
def test_hostile_repetition_is_read_in_reasonable_time(unit: str) -> None:
    start = time.perf_counter()
    read(unit * 400)
    assert time.perf_counter() - start < 20
