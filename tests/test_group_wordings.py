"""How two wordings of one thing relate."""

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from readout.group.wordings import align, bare, compare, likeness
from readout.group.words import Rarity, fold, keys_of, stem, words_of
from readout.records import Wording

CASES = yaml.safe_load((Path(__file__).parent / "cases/group/wordings.yml").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("name", CASES)
def test_wording_of_case(name: str) -> None:
    case: dict[str, Any] = CASES[name]
    wording, changes = compare(case["first"], case["second"], quoted=not case.get("told", False))
    assert wording.value == case["wording"]
    if "changes" in case:
        assert [list(pair) for pair in changes] == case["changes"]


@pytest.mark.parametrize("name", CASES)
def test_wording_does_not_depend_on_the_side(name: str) -> None:
    case: dict[str, Any] = CASES[name]
    quoted = not case.get("told", False)
    there, back = (compare(*sides, quoted=quoted) for sides in _both_ways(case))
    assert there[0] is back[0]
    assert [tuple(reversed(pair)) for pair in there[1]] == list(back[1])


def _both_ways(case: dict[str, Any]) -> tuple[tuple[str, str], tuple[str, str]]:
    return (case["first"], case["second"]), (case["second"], case["first"])


def test_words_keep_their_places() -> None:
    text = "Twelve of the U.S. ships, 1,200 tons each, left."
    assert all(text[word.start : word.stop] == word.text for word in words_of(text))
    assert [word.text for word in words_of("1,200 tons.")] == ["1,200", "tons"]


def test_spelling_variants_fold_to_one_word() -> None:
    pairs = [("harbour", "harbor"), ("Organised", "organized"), ("kilometres", "kilometers"), ("labelled", "labeled")]
    assert all(fold(british) == fold(american) for british, american in pairs)


def test_different_words_stay_apart() -> None:
    pairs = [("four", "for"), ("hour", "or"), ("prise", "prize"), ("wise", "wize"), ("later", "latre")]
    assert all(fold(one) != fold(other) for one, other in pairs)


def test_endings_of_number_and_tense_do_not_count_in_stems() -> None:
    assert stem("tensions") == stem("tension")
    assert stem("returning") == stem("return") == stem("returned")
    assert stem("stopped") == stem("stop")
    assert stem("parties") == stem("party")
    assert stem("crisis") != stem("cris")


def test_a_rare_word_says_more_than_a_common_one() -> None:
    rarity = Rarity()
    assert rarity.of("the") == 0 < rarity.of("people") < rarity.of("moratorium") <= rarity.of("zzyzx")


def test_words_of_the_articles_at_hand_lose_weight() -> None:
    texts = [["lighthouse", "keeper"], ["lighthouse", "storm"], ["lighthouse"]] * 200
    assert Rarity(texts).of("lighthouse") < Rarity().of("lighthouse")


def test_likeness_ignores_endings_and_weighs_rare_words() -> None:
    rarity = Rarity()
    same = likeness(keys_of("tension in the Lindal strait"), keys_of("tensions in the Lindal strait"), rarity=rarity)
    other = likeness(keys_of("tension in the Lindal strait"), keys_of("a vote in the city of Marn"), rarity=rarity)
    assert same.share == pytest.approx(1.0)
    assert other.weight == 0.0


def test_what_is_cut_at_an_edge_is_no_change_of_words() -> None:
    aligned = align(words_of("the bridge will open"), words_of("we said that the bridge will open soon"))
    assert aligned.share == 1.0


@pytest.mark.parametrize("text", ["", "“”", "…", "that", " \n "])
def test_contents_without_words_are_compared(text: str) -> None:
    assert compare(text, text)[0] is Wording.IDENTICAL
    assert compare(text, "the bridge will open")[0] is Wording.PARAPHRASE


@pytest.mark.parametrize("char", ["a", "'", " ", "1,", "“", "\n", "."])
def test_reading_words_takes_linear_time(char: str) -> None:
    text = char * (100_000 // len(char))
    start = time.perf_counter()
    words_of(text)
    bare(text)
    assert time.perf_counter() - start < 0.2
