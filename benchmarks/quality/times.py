"""Measure the time expressions on marked news: spans, types and TIMEX3 values (the measures of TempEval-3, task A)."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from spacy.language import Language

from readout import weights
from readout.annotations import make_doc, plain_article, times_of
from readout.extract.dates import add_times
from readout.records import Article

Mark = dict[str, Any]
DATA = ("timex/timex_meantime_dev_nodateline.jsonl", "timex/timex_gum_free_dev.jsonl")
SETS = {"meantime": ("timex_meantime_dev_nodateline.jsonl", False), "gum": ("timex_gum_free_dev.jsonl", True)}


@dataclass(slots=True)
class Counts:
    """What was found, marked, and right."""

    gold: int = 0
    predicted: int = 0
    strict: int = 0
    relaxed: int = 0
    type: int = 0
    value: int = 0

    def f1(self, right: int) -> float:
        """Return F1 in percent."""
        return 200 * right / (self.gold + self.predicted) if self.gold + self.predicted else 100.0


def measure(corpora: Path, nlp: Language | None = None) -> dict[str, float]:
    """Return the figures on both development sets."""
    nlp = nlp or weights.load()
    figures: dict[str, float] = {}
    for name, (file, dates_only) in SETS.items():
        counts = Counts()
        for row, marks in predictions(nlp, corpora / "timex" / file, dates_only=dates_only):
            count(counts, row, marks)
        figures |= {
            f"timex_{name}_strict_f1": counts.f1(counts.strict),
            f"timex_{name}_relaxed_f1": counts.f1(counts.relaxed),
            f"timex_{name}_type_f1": counts.f1(counts.type),
            f"timex_{name}_value_f1": counts.f1(counts.value),
        }
    return figures


def predictions(nlp: Language, file: Path, *, dates_only: bool) -> Iterator[tuple[Mark, list[Mark]]]:
    """Yield each marked text with what is found in it."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    docs = nlp.pipe(make_doc(nlp, article(row)) for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        times = times_of(doc) or times_of(add_times(doc))
        yield (
            row,
            [
                {"start": when.span.start, "end": when.span.stop, "type": when.type, "value": when.value or ""}
                for when in times
                if when.type == "DATE" or not dates_only
            ],
        )


def article(row: Mark) -> Article:
    """Return a marked text as an article."""
    return replace(plain_article(row["text"]), published=row.get("dct"))


def count(counts: Counts, row: Mark, predicted: list[Mark]) -> None:
    """Add one text's figures; what is found in a dateline counts neither way."""
    left = [mark for mark in predicted if not any(overlap(mark, line) > 0 for line in row.get("ignore") or ())]
    counts.gold += len(row["timex"])
    counts.predicted += len(left)
    for gold, mark in pairs(row["timex"], left):
        counts.relaxed += 1
        counts.strict += (gold["start"], gold["end"]) == (mark["start"], mark["end"])
        counts.type += gold["type"] == mark["type"]
        counts.value += plain(gold["value"]) == plain(mark["value"])


def overlap(one: Mark, other: Mark) -> int:
    """Return how many characters two spans share."""
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def pairs(gold: list[Mark], predicted: list[Mark]) -> Iterable[tuple[Mark, Mark]]:
    """Yield overlapping spans one to one, those that overlap most first."""
    ranked = sorted(
        (
            (overlap(one, other), -abs(one["start"] - other["start"]) - abs(one["end"] - other["end"]), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(predicted)
            if overlap(one, other) > 0
        ),
        reverse=True,
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for _, _, i, j in ranked:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            yield gold[i], predicted[j]


def plain(value: str | None) -> str:
    """Return a value as the published scorer compares it."""
    text = re.sub(r"Z$", "", (value or "").strip().upper())
    return re.sub(r"(T\d\d:\d\d):00$", r"\1", text)
