"""Are copies and lifted paragraphs found, and their characters? On stories/copies_dev.jsonl.

python -m benchmarks.quality.copies CORPORA
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from readout.group.copies import Side, candidates, fingerprints, matches

DATA = ("stories/allsides_dev.jsonl", "stories/copies_dev.jsonl")
LOWER_IS_BETTER = frozenset(
    f"{kind}_other_sources" for kind in ("trunc", "lead", "boiler", "shuffle", "words", "embed")
)
KINDS = ("trunc", "lead", "boiler", "shuffle", "words", "embed")


def measure(corpora: Path) -> dict[str, float]:
    """Return, by kind of copy, the share whose source is found and the F1 of reused characters."""
    sources = _rows(corpora / "stories/allsides_dev.jsonl")
    copies = _rows(corpora / "stories/copies_dev.jsonl")
    sides = {row["id"]: Side.of(row["text"]) for row in [*sources, *copies]}
    found = _sources_found([row["id"] for row in sources], [row["id"] for row in copies], sides)
    tally: dict[str, list[float]] = defaultdict(lambda: [0.0] * 6)
    for row in copies:
        _count(tally[row["kind"]], row, found[row["id"]], sides)
    return _figures(tally)


def _rows(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _sources_found(sources: list[str], copies: list[str], sides: dict[str, Side]) -> dict[str, set[str]]:
    """Each copy is an article that arrives alone: fingerprints shared with another copy say nothing."""
    ids = [*sources, *copies]
    found: dict[str, set[str]] = {copy: set() for copy in copies}
    for i, j in candidates([fingerprints(sides[id_].keys) for id_ in ids], crowd=400):
        if i < len(sources) <= j:
            found[ids[j]].add(ids[i])
    return found


def _count(row: list[float], copy: dict[str, Any], found: set[str], sides: dict[str, Side]) -> None:
    gold = {n for span in copy["spans"] for n in range(span[2], span[3])}
    true: set[int] = set()
    others = 0
    hit = False
    for source in found:
        own = matches(sides[source], sides[copy["id"]])
        if own and source == copy["src"]:
            hit = True
            true = {n for match in own for n in range(*match.second)}
        elif own and source != copy["host"]:
            others += 1
    for n, value in enumerate((1, hit, len(gold & true), len(gold), len(true), others)):
        row[n] += value


def _figures(tally: dict[str, list[float]]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for kind in KINDS:
        n, hit, both, gold, found, others = tally[kind]
        figures[f"{kind}_source_found"] = 100 * hit / n
        figures[f"{kind}_characters_f1"] = 200 * both / max(gold + found, 1)
        figures[f"{kind}_other_sources"] = others / n
    totals = [sum(row[n] for row in tally.values()) for n in range(6)]
    figures["characters_f1"] = 200 * totals[2] / (totals[3] + totals[4])
    return figures


if __name__ == "__main__":
    for name, figure in measure(Path(sys.argv[1])).items():
        print(f"{name:24} {figure:.2f}")
