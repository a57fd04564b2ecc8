"""The type of a marked pair, and the table of pairs."""

import csv
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from event_docs import language
from readout.errors import BadTable
from readout.extract import coding
from readout.extract.coding import MARK, Pair, code, code_table, coded, found, unmarked
from readout.extract.predicates import QUADS

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "cases/extract/coding.yml").read_text(encoding="utf-8")
)


def pair_of(marked: str) -> Pair:
    sentence, ranges = unmarked(marked)
    return Pair(sentence, tuple(ranges["s"]), tuple(ranges["t"]))


@pytest.fixture(autouse=True)
def one_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coding, "language", lambda model=None: language())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["marked"][:60])
def test_type_of_marked_pair(case: dict[str, Any]) -> None:
    pair = pair_of(case["marked"])
    result = coded(language()(pair.sentence), pair)
    assert result.type == case["type"]
    assert result.quad == QUADS[case["type"]]


def test_code_answers_with_the_trigger() -> None:
    sentence = "Belgium suspended aid to Burundi."
    result = code(sentence, source=(0, 7), target=(25, 32))
    assert [sentence[start:stop] for start, stop in result.trigger] == ["suspended", "aid"]


def test_code_always_answers() -> None:
    assert code("Rain fell on Quito.", source=(0, 4), target=(13, 18)).type in QUADS
    assert code("", source=None, target=None).type in QUADS


def test_marks_may_repeat_and_be_missing() -> None:
    sentence, ranges = unmarked("<s>A</s> met B, and <s>A</s> left.")
    assert sentence == "A met B, and A left."
    assert [sentence[start:stop] for start, stop in ranges["s"]] == ["A", "A"]
    assert ranges["t"] == []


def test_unclosed_mark_is_dropped() -> None:
    assert unmarked("<s>A met <t>B</t>")[1] == {"s": [], "t": [(6, 7)]}


def test_unmarked_party_is_looked_up() -> None:
    assert found("Belgium left.", "belgium") == [(0, 7)]
    assert found("Belgium left.", "") == []


def test_table(tmp_path: Path) -> None:
    table, out = tmp_path / "in.tsv", tmp_path / "out.tsv"
    rows = [
        ["uid", "sentence", "marked_sentence", "source", "target"],
        ["7", "A court freed B.", "<s>A court</s> freed <t>B</t>.", "A court", "B"],
        ["8", "Rain fell.", "Rain fell.", "", ""],
    ]
    table.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    assert code_table(table, out) == 2
    with out.open(encoding="utf-8", newline="") as file:
        written = list(csv.DictReader(file, delimiter="\t"))
    assert [row["uid"] for row in written] == ["7", "8"]
    assert list(written[0]) == ["uid", "type", "mode", "score"]
    assert written[0]["type"] == "RETREAT"


def test_rows_without_uid_are_numbered_from_zero(tmp_path: Path) -> None:
    table, out = tmp_path / "in.tsv", tmp_path / "out.tsv"
    table.write_text("sentence\tmarked_sentence\tsource\ttarget\nA met B.\t<s>A</s> met <t>B</t>.\tA\tB\n", "utf-8")
    code_table(table, out)
    assert out.read_text("utf-8").splitlines()[1].startswith("0\t")


def test_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "in.tsv"
    table.write_text("text\tlabel\nA\tB\n", encoding="utf-8")
    with pytest.raises(BadTable, match="marked_sentence"):
        code_table(table, tmp_path / "out.tsv")


@pytest.mark.parametrize("text", ["<" * 100_000, "</s" * 33_000, "<s>" * 33_000])
def test_mark_pattern_is_fast_on_hostile_text(text: str) -> None:
    spent = []
    for _ in range(3):
        started = time.process_time()
        sum(1 for _ in MARK.finditer(text))
        spent.append(time.process_time() - started)
    assert min(spent) < 0.05
