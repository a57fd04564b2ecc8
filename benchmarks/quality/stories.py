"""Are articles put into the right stories? On stories/allsides_dev.jsonl, from title, text and date alone.

python -m benchmarks.quality.stories CORPORA
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from readout.group.happenings import Subject, cluster

DATA = ("stories/allsides_dev.jsonl", "stories/ecbplus_dev.jsonl")


def measure(corpora: Path) -> dict[str, float]:
    """Return the scores of the dated articles, of the international ones among them, and of ECB+ (no dates)."""
    rows = _rows(corpora / "stories/allsides_dev.jsonl")
    found = clusters(rows)
    figures = _prefixed("allsides", scores({row["id"]: row["story"] for row in rows}, found))
    figures |= _prefixed("allsides_intl", scores({row["id"]: row["story"] for row in rows if row["intl"]}, found))
    rows = _rows(corpora / "stories/ecbplus_dev.jsonl")
    return figures | _prefixed("ecbplus", scores({row["id"]: row["story"] for row in rows}, clusters(rows)))


def _prefixed(name: str, figures: Mapping[str, float]) -> dict[str, float]:
    return {f"{name}_{key}": figure for key, figure in figures.items()}


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def clusters(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return the number of the story of each article."""
    subjects = [Subject(row["id"], row.get("title") or "", row["text"], row.get("date")) for row in rows]
    return {subjects[n].id: number for number, group in enumerate(cluster(subjects)) for n in group}


def scores(gold: Mapping[str, str], found: Mapping[str, int]) -> dict[str, float]:
    """Return pairwise and B-cubed precision, recall and F1 in percent; the articles of other stories are left out."""
    both = Counter((gold[id_], found[id_]) for id_ in gold)
    true = Counter(gold.values())
    made = Counter(found[id_] for id_ in gold)
    right = sum(map(_pairs, both.values()))
    pair = right / max(1, sum(map(_pairs, made.values()))), right / max(1, sum(map(_pairs, true.values())))
    cubed = (
        sum(n * n / made[story] for (_, story), n in both.items()) / len(gold),
        sum(n * n / true[story] for (story, _), n in both.items()) / len(gold),
    )
    return {
        "pair_p": 100 * pair[0],
        "pair_r": 100 * pair[1],
        "pair_f1": 100 * _f1(*pair),
        "b3_p": 100 * cubed[0],
        "b3_r": 100 * cubed[1],
        "b3_f1": 100 * _f1(*cubed),
    }


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


if __name__ == "__main__":
    for name, figure in measure(Path(sys.argv[1])).items():
        print(f"{name:24} {figure:.1f}")
