"""Tokens of news: what stays together, what is cut."""

import time
from typing import Any

import pytest
import spacy
from spacy.language import Language

from readout.detect.tokens import customise


@pytest.fixture(scope="module")
def tokenizer() -> Language:
    return customise(spacy.blank("en"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("in the U.S. on Jan. 26", "in|the|U.S.|on|Jan.|26"),
        ("Gen. Ana Ruiz met Lt. Col. Omar Reed.", "Gen.|Ana|Ruiz|met|Lt.|Col.|Omar|Reed|."),
        ("GENEVA (AP) - Talks", "GENEVA|(|AP|)|-|Talks"),
        ("late Friday—Saturday in Oslo—with", "late|Friday|—|Saturday|in|Oslo|—|with"),
        ("“We won’t,” he said.", "“|We|wo|n’t|,|”|he|said|."),
        ("•First point", "•|First|point"),
        ("see https://example.org/a?b=1.", "see|https://example.org/a?b=1|."),
        ("@ministry said: stop!!", "@ministry|said|:|stop|!!"),
        ("a Tokyo-backed plan", "a|Tokyo|-|backed|plan"),
        ("anti-war, pro-Oslo and ex-minister", "anti-war|,|pro-Oslo|and|ex-minister"),
        ("a $40 billion deal", "a|$|40|billion|deal"),
    ],
)
def test_news_is_cut_as_treebanks_cut_it(tokenizer: Language, text: str, tokens: str) -> None:
    assert [token.text for token in tokenizer(text)] == tokens.split("|")


def test_the_tokenizer_survives_being_saved(tokenizer: Language, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("tokens")
    tokenizer.to_disk(folder)
    again = spacy.load(folder)
    assert [token.text for token in again("•anti-war Lt. Reed")] == ["•", "anti-war", "Lt.", "Reed"]


@pytest.mark.parametrize("text", ["-" * 100_000, "a-" * 50_000, '"' * 100_000, "!" * 100_000, "anti-" * 20_000])
def test_the_patterns_are_fast_on_hostile_text(tokenizer: Language, text: str) -> None:
    rules: Any = tokenizer.tokenizer
    began = time.process_time()
    rules.prefix_search(text)
    rules.suffix_search(text[-1000:])
    sum(1 for _ in rules.infix_finditer(text[:20_000]))
    assert time.process_time() - began < 1
