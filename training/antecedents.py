"""Learn how to weigh the candidates of a pronoun (src/readout/detect/data/actors/antecedents.yaml).

python -m training.antecedents CORPORA

Data: coref/coref_gum_free_train (CC BY, CC BY-SA, public domain). A conditional logit per kind of pronoun: the
probability of a candidate is the softmax of the sum of its weights, and that of the gold chain is maximised with an
L2 penalty.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize

from readout import weights
from readout.annotations import make_doc, plain_article
from readout.detect import antecedents, links
from readout.detect.discourse import Discourse

PENALTY = 2.0  # dev accuracy is flat from 1 to 5
TARGET = Path("src/readout/detect/data/actors/antecedents.yaml")
STEPS = ("readout_mentions", "readout_actors", "readout_coreference")
Choice = list[tuple[list[str], bool]]


def main(corpora: Path) -> None:
    """Collect the choices of the training texts, fit, and write the weights."""
    choices = collect(corpora / "coref/coref_gum_free_train.jsonl")
    learned = {kind: fit(rows) for kind, rows in sorted(choices.items())}
    heading = "# Weights of the candidates of a pronoun; made by `python -m training.antecedents`, not by hand.\n"
    TARGET.write_text(heading + yaml.safe_dump(learned, sort_keys=True), encoding="utf-8")


def collect(path: Path) -> dict[str, list[Choice]]:
    """Return, by kind of pronoun, the candidates with their features and whether they are right."""
    nlp = weights.load(None)
    for step in STEPS:
        nlp.add_pipe(step)
    choices: dict[str, list[Choice]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        cluster_of = {(s, e): n for n, cluster in enumerate(row["clusters"]) for s, e in cluster}
        links.antecedent = guided(cluster_of, choices)  # type: ignore[attr-defined]
        nlp(make_doc(nlp, plain_article(row["text"])))
    links.antecedent = antecedents.antecedent  # type: ignore[attr-defined]
    return choices


def guided(cluster_of: dict[tuple[int, int], int], choices: dict[str, list[Choice]]) -> Any:
    """Return a choice of antecedents that notes what it sees and follows the gold chains."""
    starts = {(s, n) for (s, _), n in cluster_of.items()}
    stops = {(e, n) for (_, e), n in cluster_of.items()}

    def choose(discourse: Discourse, index: int) -> None:
        doc, phrase = discourse.doc, discourse.phrases[index]
        span = doc[phrase.start : phrase.stop]
        cluster = cluster_of.get((span.start_char, span.end_char), -1)
        choice: Choice = []
        right = []
        for candidate, features in antecedents.candidates(discourse, index):
            other = discourse.phrases[candidate]
            words = doc[other.start : other.stop]
            exact = cluster_of.get((words.start_char, words.end_char))
            same = exact == cluster if exact is not None else _touches(words, cluster, starts, stops)
            choice.append((features, same))
            right.extend([candidate] if same else [])
        if right:
            choices[antecedents.KINDS[phrase.gender]].append(choice)
            discourse.join(index, right[0], "gold")
        else:
            phrase.reason = "gold: none"

    return choose


def _touches(words: Any, cluster: int, starts: set[tuple[int, int]], stops: set[tuple[int, int]]) -> bool:
    return (words.start_char, cluster) in starts or (words.end_char, cluster) in stops


def fit(rows: list[Choice]) -> dict[str, float]:
    """Return the weights under which the right candidates are likeliest."""
    names = sorted({feature for choice in rows for features, _ in choice for feature in features})
    column = {name: number for number, name in enumerate(names)}
    tables = []
    for choice in rows:
        table = np.zeros((len(choice), len(names)))
        for number, (features, _) in enumerate(choice):
            table[number, [column[feature] for feature in features]] = 1.0
        tables.append((table, np.array([same for _, same in choice])))

    def loss(weight: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = PENALTY * float(weight @ weight) / 2, PENALTY * weight
        for table, right in tables:
            score = table @ weight
            odds = np.exp(score - score.max())
            share, ours = odds / odds.sum(), odds * right / (odds * right).sum()
            value -= float(np.log((odds * right).sum() / odds.sum()))
            slope = slope - table.T @ (ours - share)
        return value, slope

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    print(f"{len(rows)} pronouns, {len(names)} features, loss {best.fun / len(rows):.3f}")
    return {name: round(float(best.x[column[name]]), 3) for name in names}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
