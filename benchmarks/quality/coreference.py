"""Are the mentions of one actor or thing chained? On coref/meantime_dev and coref/gum_free_dev.

python -m benchmarks.quality.coreference CORPORA

CoNLL F1 (the mean of MUC, B-cubed and entity CEAF) on chains of two or more mentions whose spans agree exactly, and
pronoun accuracy: the share of third-person pronouns after a noun of their chain that are chained to such a noun.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from readout import weights
from readout.annotations import make_doc, mentions_of, plain_article

Span = tuple[int, int]
Chains = list[frozenset[Span]]
SETS = ("meantime_dev", "gum_free_dev")
STEPS = ("readout_mentions", "readout_actors", "readout_coreference")
PRONOUNS = frozenset(
    {"he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself"}
    | {"they", "them", "their", "theirs", "themselves"}
)

DATA = ("coref/coref_meantime_dev.jsonl", "coref/coref_gum_free_dev.jsonl")


def measure(corpora: Path) -> dict[str, float]:
    """Return CoNLL F1 and pronoun accuracy on both sets, in percent."""
    nlp = weights.load(None)
    for step in STEPS:
        nlp.add_pipe(step)
    figures: dict[str, float] = {}
    for name in SETS:
        gold: list[tuple[str, Chains]] = []
        predicted: list[Chains] = []
        for text, chains in _documents(corpora / f"coref/coref_{name}.jsonl"):
            doc = nlp(make_doc(nlp, plain_article(text)))
            found: dict[str, set[Span]] = {}
            for mention in mentions_of(doc):
                found.setdefault(mention.chain, set()).add((mention.span.start, mention.span.stop))
            gold.append((text, chains))
            predicted.append(_plural(found.values()))
        figures[f"{name}_conll"] = 100 * conll([chains for _, chains in gold], predicted)
        figures[f"{name}_pronouns"] = 100 * pronoun_accuracy(gold, predicted)
    return figures


def _documents(path: Path) -> Iterable[tuple[str, Chains]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["text"], _plural({(s, e) for s, e in cluster} for cluster in row["clusters"])


def _plural(chains: Iterable[Iterable[Span]]) -> Chains:
    return [chain for chain in map(frozenset, chains) if len(chain) > 1]


def conll(gold: list[Chains], predicted: list[Chains]) -> float:
    """Return the mean of the F1 of MUC, B-cubed and entity CEAF over all documents."""
    scores = []
    for count in (_muc, _b_cubed):
        pairs = list(zip(gold, predicted, strict=True))
        recall = _ratio(count(key, response) for key, response in pairs)
        precision = _ratio(count(response, key) for key, response in pairs)
        scores.append(_f1(precision, recall))
    similar = sum(_similarity(key, response) for key, response in zip(gold, predicted, strict=True))
    scores.append(_f1(similar / max(1, sum(map(len, predicted))), similar / max(1, sum(map(len, gold)))))
    return sum(scores) / len(scores)


def _ratio(counts: Iterable[tuple[float, float]]) -> float:
    rows = list(counts)
    total = sum(row[1] for row in rows)
    return sum(row[0] for row in rows) / total if total else 1.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _muc(key: Chains, response: Chains) -> tuple[float, float]:
    of = {span: number for number, chain in enumerate(response) for span in chain}
    links = total = 0
    for chain in key:
        parts = {of[span] for span in chain if span in of}
        lone = sum(span not in of for span in chain)
        links += len(chain) - len(parts) - lone
        total += len(chain) - 1
    return links, total


def _b_cubed(key: Chains, response: Chains) -> tuple[float, float]:
    of = {span: chain for chain in response for span in chain}
    shared = sum(len(chain & of[span]) / len(chain) for chain in key for span in chain if span in of)
    return shared, sum(map(len, key))


def _similarity(key: Chains, response: Chains) -> float:
    if not key or not response:
        return 0.0
    table = np.array([[2 * len(one & other) / (len(one) + len(other)) for other in response] for one in key])
    rows, columns = linear_sum_assignment(-table)
    return float(table[rows, columns].sum())


def pronoun_accuracy(gold: list[tuple[str, Chains]], predicted: list[Chains]) -> float:
    """Return the share of pronouns that stand in a chain with an earlier noun of their gold chain."""
    right = total = 0
    for (text, chains), found in zip(gold, predicted, strict=True):
        of = {span: chain for chain in found for span in chain}
        for chain in chains:
            nouns = [span for span in chain if text[span[0] : span[1]].lower() not in PRONOUNS]
            for span in chain.difference(nouns):
                before = {noun for noun in nouns if noun < span}
                total += bool(before)
                right += bool(before & of.get(span, frozenset()))
    return right / total if total else 0.0


if __name__ == "__main__":
    for name, value in measure(Path(sys.argv[1])).items():
        print(f"{name:24} {value:6.2f}")
