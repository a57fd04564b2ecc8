"""Do two outlets' wordings of one quotation end in one claim? On stories/quotes_dev.jsonl (silver pairs).

    python -m benchmarks.quality.quotations CORPORA

The quotations are given; their speakers are not, so that only the words are judged.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from readout.group.identities import Identities
from readout.group.sayings import same_sayings, sayings_of
from readout.group.words import Rarity
from readout.provenance import TextSpan, record_id
from readout.records import Article, Reading, Statement, StatementKind

DATA = ("stories/quotes_dev.jsonl",)


def measure(corpora: Path) -> dict[str, float]:
    """Return the share of exact, contained and edited pairs that end in one claim."""
    figures, _ = measured(corpora)
    return figures


def measured(corpora: Path) -> tuple[dict[str, float], list[dict[str, Any]]]:
    """Return the figures, and the pairs that were missed."""
    with (corpora / "stories/quotes_dev.jsonl").open(encoding="utf-8") as lines:
        pairs = [json.loads(line) for line in lines]
    by_story: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for pair in pairs:
        by_story[pair["story"]].append(pair)
    claim_of = {key: claim for own in by_story.values() for key, claim in _claims(own).items()}
    tally: dict[str, list[int]] = defaultdict(list)
    missed = []
    for pair in pairs:
        together = claim_of[_key(pair["a"])] == claim_of[_key(pair["b"])]
        tally[pair["tier"]].append(together)
        missed += [] if together else [pair]
    return {f"{tier}_together": 100 * sum(hits) / len(hits) for tier, hits in sorted(tally.items())}, missed


def _key(side: dict[str, Any]) -> tuple[str, int, int]:
    return side["id"], side["start"], side["stop"] if "stop" in side else side["end"]


def _claims(pairs: list[dict[str, Any]]) -> dict[tuple[str, int, int], str]:
    """Return the claim of each quotation of one story."""
    by_article: dict[str, dict[tuple[str, int, int], str]] = defaultdict(dict)
    for side in (pair[name] for pair in pairs for name in "ab"):
        by_article[side["id"]][_key(side)] = side["text"]
    readings = [_reading(article, quotes) for article, quotes in sorted(by_article.items())]
    sayings = sayings_of(readings)
    claim_of: dict[tuple[str, int, int], str] = {}
    keys = {record_id("s", *key): key for quotes in by_article.values() for key in quotes}
    for group in same_sayings(sayings, identities=Identities(readings), rarity=Rarity()):
        for n in group:
            claim_of[keys[sayings[n].statement.id]] = sayings[group[0]].statement.id
    return claim_of


def _reading(article: str, quotes: dict[tuple[str, int, int], str]) -> Reading:
    statements = tuple(
        Statement(record_id("s", *key), StatementKind.DIRECT, (TextSpan(key[1], key[2], text),))
        for key, text in sorted(quotes.items())
    )
    return Reading(Article(article, ""), statements=statements)


if __name__ == "__main__":
    for name, figure in measure(Path(sys.argv[1])).items():
        print(f"{name:24} {figure:.1f}")
