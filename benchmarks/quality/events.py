"""Are pairs coded with the right PLOVER type, and do events get the right factuality?

python -m benchmarks.quality.events CORPORA

plv/dev.tsv measures and trains nothing. Factuality is measured with gold triggers as input, so that it stands apart
from what is found: MEANTIME (polarity and certainty, of the FactBank value) and UDS (Pearson's r of the trained score;
of the value, as a number, with a language model that has no states to score).
"""

import json
import sys
from collections.abc import Iterator, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from spacy.tokens import Doc

from readout import weights
from readout.annotations import make_doc, plain_article
from readout.extract.coding import coded, table_rows
from readout.extract.hedges import Factuality, factuality_of

DATA = ("plv/dev.tsv", "events/event_meantime_dev.jsonl", "factuality/fact_uds_dev.jsonl")
VALUES = {"CT+": 1.2, "PR+": 0.6, "PS+": 0.2, "Uu": -0.2, "PS-": -0.3, "PR-": -0.7, "CT-": -1.2}


def measure(corpora: Path) -> dict[str, float]:
    """Return macro-F1 on marked pairs (binary, quad, root), and the figures of factuality, in percent."""
    return plv(corpora) | meantime(corpora) | uds(corpora)


def scorer(corpora: Path, name: str) -> ModuleType:
    """Return a scorer that stands beside the corpora."""
    spec = spec_from_file_location(name, corpora.parent / "scorers" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def plv(corpora: Path) -> dict[str, float]:
    """Return macro-F1 of the types of marked pairs."""
    score = scorer(corpora, "score_plv")
    path = corpora / "plv/dev.tsv"
    pairs = [pair for _, pair in table_rows(path)]
    docs = weights.load().pipe(pair.sentence for pair in pairs)
    types = [coded(doc, pair).type for doc, pair in zip(docs, pairs, strict=True)]
    roots = [score.MERGE.get(type_, type_) for type_ in types]
    gold = score.rows(path)
    quads = [int(float(row["gold_penta"])) for row in gold]
    found = [score.QUAD[root] for root in roots]
    levels = {
        "binary": ([int(quad >= 3) for quad in quads], [int(quad >= 3) for quad in found], [0, 1]),
        "quad": (quads, found, [1, 2, 3, 4]),
        "root": ([row["gold_root"] for row in gold], roots, list(score.QUAD)),
    }
    return {f"plv_{name}_macro_f1": 100 * score.level(*level)["macro_f1"] for name, level in levels.items()}


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def parsed(texts: Sequence[str]) -> Iterator[Doc]:
    """Yield the parsed Docs of texts."""
    nlp = weights.load()
    yield from nlp.pipe(make_doc(nlp, plain_article(text)) for text in texts)


def value_at(doc: Doc, start: int, stop: int) -> str:
    """Return the factuality of the words at these characters."""
    return factuality_at(doc, start, stop).value


def happened_at(doc: Doc, start: int, stop: int) -> float:
    """Return how sure it is that what the words at these characters name happened."""
    found = factuality_at(doc, start, stop)
    return VALUES[found.value] if found.score is None else found.score


def factuality_at(doc: Doc, start: int, stop: int) -> Factuality:
    """Return what is found for the words at these characters."""
    words = doc.char_span(start, stop, alignment_mode="expand")
    return Factuality("CT+") if words is None else factuality_of(doc, words.root)


def meantime(corpora: Path) -> dict[str, float]:
    """Return F1 of negative polarity and of less than certain, with gold triggers."""
    pairs: list[tuple[dict[str, str], str]] = []
    found = rows(corpora / "events/event_meantime_dev.jsonl")
    for row, doc in zip(found, parsed([row["text"] for row in found]), strict=True):
        told = [event for event in row["events"] if event["fact"].get("certainty")]
        pairs.extend((event["fact"], value_at(doc, event["start"], event["end"])) for event in told)
    negative = [(fact["polarity"] == "NEG", value.endswith("-")) for fact, value in pairs]
    unsure = [(fact["certainty"] != "CERTAIN", not value.startswith("CT")) for fact, value in pairs]
    return {"meantime_negative_f1": f1(negative), "meantime_not_certain_f1": f1(unsure)}


def f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Return the F1 of the positive class, in percent."""
    right = sum(gold and found for gold, found in pairs)
    both = sum(gold for gold, _ in pairs) + sum(found for _, found in pairs)
    return 100 * 2 * right / both if both else 0.0


def uds(corpora: Path) -> dict[str, float]:
    """Return Pearson's r between the scores and the annotators'."""
    score = scorer(corpora, "score_fact")
    path = corpora / "factuality/fact_uds_dev.jsonl"
    given = rows(path)
    found: dict[tuple[str, int], float] = {}
    for row, doc in zip(given, parsed([row["text"] for row in given]), strict=True):
        for predicate in row["preds"]:
            found[row["id"], predicate["start"]] = happened_at(doc, predicate["start"], predicate["end"])
    return {"uds_r": 100 * score.score(score.load(path), found)["r"]}


if __name__ == "__main__":
    for name, figure in measure(Path(sys.argv[1])).items():
        print(f"{name:28} {figure:6.1f}")
