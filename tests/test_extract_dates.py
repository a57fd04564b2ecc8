"""Time expressions, their values, and the time of a verb."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc

from readout.annotations import article_of, evidence_of, make_doc, plain_article, times_of
from readout.extract import timex
from readout.extract.dates import add_times, time_of
from readout.extract.tenses import Tense, tense_at
from readout.extract.timevalues import MAKERS
from readout.provenance import TextSpan
from readout.records import Block, BlockKind, When

CASES = yaml.load((Path(__file__).parent / "cases/extract/dates.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
THURSDAY = "2022-01-27"
SIZE = 100_000
SECONDS = 0.5  # 0.05 on an idle machine
PIECES = (
    "1",
    " ",
    "\n",
    "-",
    "a ",
    "one ",
    "1/",
    "12:34 ",
    "Monday ",
    "January 1 ",
    "the end of ",
    "years ",
    "in May ",
    "twenty-two and a half ",
)
HOSTILE = "".join((piece * SIZE)[: SIZE // len(PIECES)] for piece in PIECES)


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def read(nlp: Language, text: str, published: str | None = None) -> Doc:
    doc = nlp(make_doc(nlp, replace(plain_article(text), published=published)))
    return add_times(doc)


def only(doc: Doc) -> When:
    (when,) = times_of(doc)
    return when


def parsed(nlp: Language, tree: str, published: str | None = THURSDAY) -> Doc:
    """Return a Doc made by hand of word/tag/head/dependency, the head counted from 0."""
    texts, tags, heads, deps = zip(*(part.split("/") for part in tree.split()), strict=True)
    doc = Doc(nlp.vocab, list(texts), tags=list(tags), heads=[int(head) for head in heads], deps=list(deps))
    make_doc(nlp, plain_article(doc.text))
    doc._.readout_article = replace(plain_article(doc.text), published=published)
    return add_times(doc)


@pytest.mark.parametrize("name", CASES["cases"])
def test_times_of_case(blank: Language, name: str) -> None:
    case: dict[str, Any] = CASES["cases"][name]
    published = case.get("published", CASES["published"])
    doc = read(blank, case["text"], None if published == "none" else published)
    given = [[when.span.text, when.type, when.value or "none"] for when in times_of(doc)]
    assert given == [[text, kind, value] for text, kind, value in case["times"]]


def test_an_expression_without_publication_date_says_why(blank: Language) -> None:
    doc = read(blank, "The embassy closed last month.")
    assert only(doc).reason == "no publication date"
    (evidence,) = evidence_of(doc)
    assert (evidence.field, evidence.value, evidence.reason) == ("value", None, "no publication date")


def test_evidence_names_the_rule(blank: Language) -> None:
    doc = read(blank, "They met on Wednesday.", THURSDAY)
    (evidence,) = evidence_of(doc)
    assert (evidence.rule, evidence.value, evidence.record_id) == ("date.weekday", "2022-01-26", only(doc).id)


def test_a_time_of_publication_is_enough_for_its_day(blank: Language) -> None:
    assert only(read(blank, "They met on Wednesday.", "2022-01-27T08:30:00+01:00")).value == "2022-01-26"


def test_a_second_zone_is_kept_beside_the_first(blank: Language) -> None:
    (also,) = only(read(blank, "They spoke late Wednesday—Thursday in Beijing—by phone.", THURSDAY)).also
    assert (also.value, also.zone) == ("2022-01-27", "Asia/Shanghai")


def test_a_second_zone_of_an_unknown_place_is_left_out_with_the_reason(blank: Language) -> None:
    when = only(read(blank, "They spoke late Wednesday—Thursday in Odrinka—by phone.", THURSDAY))
    assert (when.value, when.also, when.reason) == ("2022-01-26", (), "the time zone of the named place is not known")


def test_zone_letters_give_an_offset_and_a_zone(blank: Language) -> None:
    when = only(read(blank, "It began at 3 p.m. EST.", THURSDAY))
    assert (when.value, when.zone) == ("2022-01-27T15:00-05:00", "America/New_York")


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("He has ruled since 2014.", "2014", None),
        ("He ruled until May 2019.", None, "2019-05"),
        ("The summit ran from March 3 to 5, 2021.", "2021-03-03", "2021-03-05"),
        ("Nine ships were hit over the past two weeks.", "2022-01-13", "2022-01-27"),
        ("Jobs will go over the next four years.", "2022-01-27", "2026-01-27"),
    ],
)
def test_a_stretch_has_its_ends(blank: Language, text: str, since: str | None, until: str | None) -> None:
    when = only(read(blank, text, THURSDAY))
    assert (when.since, when.until) == (since, until)


def test_both_ends_of_a_range_of_years_know_the_other(blank: Language) -> None:
    ends = times_of(read(blank, "He ruled from 2009 to 2011.", THURSDAY))
    assert [(when.value, when.since, when.until) for when in ends] == [
        ("2009", "2009", "2011"),
        ("2011", "2009", "2011"),
    ]


def test_a_dateline_is_told_apart(blank: Language) -> None:
    text = "ODRIN, Jan. 26 (Halvard) — Rain fell on Monday."
    article = replace(plain_article(text), published=THURSDAY)
    line = TextSpan.within(article, 0, text.index(" —"))
    body = TextSpan.within(article, text.index("Rain"), len(text))
    blocks = (Block(BlockKind.DATELINE, line), Block(BlockKind.BODY, body, 1))
    doc = add_times(blank(make_doc(blank, replace(article, dateline=line, blocks=blocks))))
    assert [(when.span.text, when.value) for when in times_of(doc)] == [
        ("Jan. 26", "2022-01-26"),
        ("Monday", "2022-01-24"),
    ]
    assert [evidence.rule for evidence in evidence_of(doc)] == ["date.dateline", "date.weekday"]


def test_ids_are_the_same_every_time(blank: Language) -> None:
    text = "They met on Wednesday."
    assert only(read(blank, text, THURSDAY)).id == only(read(blank, text, THURSDAY)).id


def test_the_parse_tells_set_to_begin_from_forced_to_resign(blank: Language) -> None:
    begin = "Talks/NNS/2/nsubj:pass are/VBP/2/aux:pass set/VBN/2/ROOT to/TO/4/mark begin/VB/2/xcomp Friday/NNP/4/obl"
    resign = "He/PRP/2/nsubj:pass was/VBD/2/aux:pass forced/VBN/2/ROOT to/TO/4/mark resign/VB/2/xcomp Friday/NNP/4/obl"
    assert only(parsed(blank, begin)).value == "2022-01-28"
    doc = parsed(blank, resign)
    doc[2].lemma_ = "force"
    assert only(add_times(doc)).value == "2022-01-21"


def test_a_wish_looks_for_the_nearest_month_and_the_next_weekday(blank: Language) -> None:
    urged = "He/PRP/1/nsubj urged/VBD/1/ROOT them/PRP/1/obj to/TO/4/mark return/VB/1/xcomp"
    assert only(parsed(blank, f"{urged} in/IN/6/case December/NNP/4/obl")).value == "2021-12"
    assert only(parsed(blank, f"{urged} on/IN/6/case Friday/NNP/4/obl")).value == "2022-01-28"


def test_time_of_a_noun_is_that_of_its_clause(blank: Language) -> None:
    tree = "He/PRP/1/nsubj spoke/VBD/1/ROOT during/IN/4/case a/DT/4/det call/NN/1/obl Monday/NNP/1/obl"
    doc = parsed(blank, tree)
    when = time_of(doc, doc[4])
    assert when is not None
    assert when.span.text == "Monday"


def test_tense_of_a_clause_under_another(blank: Language) -> None:
    tree = "He/PRP/1/nsubj said/VBD/1/ROOT they/PRP/4/nsubj will/MD/4/aux meet/VB/1/ccomp Friday/NNP/4/obl"
    doc = parsed(blank, tree)
    assert tense_at(doc, doc[5].idx, len(doc.text)) is Tense.FUTURE


def test_time_of_a_verb_is_the_one_that_hangs_on_it(blank: Language) -> None:
    tree = (
        "He/PRP/1/nsubj said/VBD/1/ROOT Monday/NNP/1/obl troops/NNS/4/nsubj left/VBD/1/ccomp in/IN/6/case May/NNP/4/obl"
    )
    doc = parsed(blank, tree)
    said, left = time_of(doc, doc[1]), time_of(doc, doc[4])
    assert said is not None
    assert said.span.text == "Monday"
    assert left is not None
    assert left.span.text == "May"


def test_a_verb_without_a_time_in_its_clause_has_none(blank: Language) -> None:
    doc = parsed(blank, "He/PRP/1/nsubj said/VBD/1/ROOT troops/NNS/3/nsubj left/VBD/1/ccomp Monday/NNP/3/obl")
    assert time_of(doc, doc[1]) is None


def test_a_duration_is_not_the_time_of_a_verb(blank: Language) -> None:
    doc = parsed(blank, "They/PRP/1/nsubj talked/VBD/1/ROOT two/CD/3/nummod hours/NNS/1/obl")
    assert time_of(doc, doc[1]) is None


def test_every_rule_has_a_maker_and_an_id_of_its_own() -> None:
    entries = timex.knowledge()["rules"]
    assert {entry["make"] for entry in entries} <= set(MAKERS)
    assert len({entry["id"] for entry in entries}) == len(entries)


def test_an_article_without_words_of_time_has_none(blank: Language) -> None:
    doc = read(blank, "The minister smiled.", THURSDAY)
    assert times_of(doc) == ()
    assert article_of(doc).published == THURSDAY


@pytest.mark.parametrize("rule", [rule for rules in timex.rules().values() for rule in rules], ids=lambda rule: rule.id)
def test_patterns_are_linear(rule: timex.TimeRule) -> None:
    start = time.perf_counter()
    sum(1 for _ in rule.pattern.finditer(HOSTILE))
    assert time.perf_counter() - start < SECONDS


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_run_of_the_same_takes_no_longer(piece: str) -> None:
    start = time.perf_counter()
    timex.find((piece * SIZE)[:SIZE])
    assert time.perf_counter() - start < 6 * SECONDS
