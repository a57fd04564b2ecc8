"""What each paragraph is: golden cases, and what holds for any text."""

import random
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from readout.annotations import masked_text
from readout.collect.blocks import with_blocks
from readout.provenance import article_id
from readout.records import Article, BlockKind

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "collect" / "blocks.yml").read_text(encoding="utf-8"))
LINES = ("Advertisement", "By Ann Lee", "KYIV (AP) —", "Read more:", "How it works", "The court met on Monday.")
SCRAPS = ("Oops!", "Share", "— Bo Ek", "(Reporting by Bo Ek)", "Friday, January 4, 2019", "“No,” she said.", "Reuters")
SPACES = (" ", " • ", " x ", "\u2028", "\r", "\u00a0", "\t", "\x85", "\x0c", "…")
WORDS = (*LINES, *SCRAPS, *SPACES)


def article(text: str, title: str | None = None) -> Article:
    bare = Article(id=article_id(url=None, outlet=None, published=None, text=text), text=text)
    return with_blocks(bare, title=title)


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str) -> None:
    case: dict[str, Any] = CASES[name]
    found = article(case["text"], case.get("title"))
    assert [{block.kind.value: block.span.text} for block in found.blocks] == case["blocks"]
    if "authors" in case:
        assert list(found.authors) == case["authors"]
    if "credit" in case:
        assert found.credit is not None
        assert found.credit.text == case["credit"]


@pytest.mark.parametrize("seed", range(200))
def test_blocks_cover_every_character_in_order_without_overlap(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(
        chance.choice(WORDS) + chance.choice(["\n", "\n\n", " ", "\r\n"]) for _ in range(chance.randint(1, 40))
    )
    found = article(text)
    covered: set[int] = set()
    for block in found.blocks:
        assert text[block.span.start : block.span.stop] == block.span.text
        covered.update(range(block.span.start, block.span.stop))
    assert all(char.isspace() or place in covered for place, char in enumerate(text))
    assert all(one.span.stop <= other.span.start for one, other in pairwise(found.blocks))


def test_paragraphs_are_numbered_over_headline_and_body_alone() -> None:
    found = article(CASES["agency_dateline_and_sign_off"]["text"])
    numbers = {block.kind: block.paragraph for block in found.blocks if block.kind is not BlockKind.BODY}
    assert [block.paragraph for block in found.blocks if block.paragraph] == [1, 2, 3]
    assert numbers[BlockKind.BYLINE] is numbers[BlockKind.DATELINE] is numbers[BlockKind.CREDIT] is None


def test_the_text_that_is_read_is_as_long_and_lacks_residue_and_dateline() -> None:
    found = article(CASES["headline_residue_and_body"]["text"])
    assert len(masked_text(found)) == len(found.text)
    assert "Oops" not in masked_text(found)
    assert masked_text(found).index("Norland's") == found.text.index("Norland's")


def test_every_block_names_the_rule_that_decided() -> None:
    found = article(CASES["page_residue_of_many_kinds"]["text"])
    assert all(block.rule for block in found.blocks)


def test_a_title_that_does_not_stand_in_the_text_is_a_headline_without_a_place() -> None:
    found = article("The court will rule in May, she said.\nBoth sides agreed.", title="Judges set a date")
    assert found.headline is not None
    assert (found.headline.text, found.headline.span) == ("Judges set a date", None)


def test_a_text_without_headline_has_none() -> None:
    assert article(CASES["text_that_begins_in_mid_story"]["text"]).headline is None
