"""Quotation marks: pairing, apostrophes, re-opened, unclosed and nested marks; time on hostile text."""

import time

import pytest

from readout.annotations import plain_article
from readout.extract.quotations import Quotation, quotations


def inner(text: str) -> list[str]:
    """Return what stands in marks, in text order."""
    return [quotation.inner.text for quotation in read(text)]


def read(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of a text."""
    return quotations(plain_article(text))[0]


@pytest.mark.parametrize(
    "text",
    [
        "“Go now,” he said.",
        '"Go now," he said.',
        "‘Go now,’ he said.",
        "'Go now,' he said.",
        "«Go now,» he said.",
        "''Go now,'' he said.",
        "``Go now,'' he said.",
        "„Go now,“ he said.",
        '“Go now," he said.',
        "‹Go now,› he said.",
    ],
)
def test_marks_of_every_kind_pair(text: str) -> None:
    assert inner(text) == ["Go now,"]


@pytest.mark.parametrize(
    "text",
    [
        "The ministers' aides met.",
        "It's the '90s again.",
        "Rock 'n' roll isn’t dead.",
        "The workers’ rights and the owners’ duties.",
        "He's 6'2\" tall.",
        "O'Neil and D’Arcy don't agree.",
        "’Tis the season.",
    ],
)
def test_apostrophes_and_inches_are_no_quotations(text: str) -> None:
    assert inner(text) == []


def test_apostrophes_inside_single_marks_do_not_close_them() -> None:
    assert inner("‘The ministers’ aides don’t agree,’ he said.") == ["The ministers’ aides don’t agree,"]


def test_nested_marks_have_depth() -> None:
    found = read("“He said ‘no’ to me,” she said.")
    assert [(quotation.inner.text, quotation.depth) for quotation in found] == [("He said ‘no’ to me,", 0), ("no", 1)]


def test_same_marks_can_nest() -> None:
    assert [quotation.depth for quotation in read("“He said “yes” to me,” she said.")] == [0, 1]


def test_reopened_marks_continue_a_quotation() -> None:
    found = read("He said: “The first.\n“The second.”")
    assert [(quotation.closed, quotation.continues) for quotation in found] == [(False, False), (True, True)]


def test_quotation_over_paragraphs_without_reopening_is_closed_by_its_mark() -> None:
    assert inner("He said: “The first.\nThe second.” It rained.") == ["The first.", "The second."]


def test_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert inner("He said: “The first.\nThe second.") == ["The first."]


def test_unclosed_quotation_ends_before_the_next_one() -> None:
    assert inner("“It is late. He left. “Stay here,” she said.") == ["It is late. He left.", "Stay here,"]


def test_stray_mark_is_skipped_with_a_reason() -> None:
    _, skipped = quotations(plain_article("It is late.” He left."))
    assert [one.reason for one in skipped] == ["a quotation mark without its counterpart"]


@pytest.mark.parametrize(
    "text",
    [
        '"' * 100_000,
        "'" * 100_000,
        "“" * 100_000,
        "”" * 100_000,
        " 'a" * 33_000,
        '"a ' * 33_000,
        "“a ”" * 25_000,
        "“" * 50_000 + "”" * 50_000,
        "“'" * 50_000,
        "«“‘" * 33_000,
        "''" * 50_000,
        "“a\n" * 33_000,
    ],
    ids=range(12),
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 6  # about 1 s alone; a quadratic pairing took minutes
