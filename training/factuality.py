"""Train the small model that scores whether a predicate happened (readout.extract.factuality), on UDS-IH2.

python -m training.factuality --corpora DIR --out src/readout/extract/data/factuality/happening.npz
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from readout import weights
from readout.annotations import make_doc, plain_article
from readout.extract.factuality import named_features, states_of
from readout.extract.hedges import causes_of, combine

HIDDEN = 32
EPOCHS = 8
BATCH = 128
RATE = 3e-3
SEEDS = (1, 2)
LEAST = 5  # predicates that a named feature must occur with
DROPPED_NAMES = 0.2
DROPPED_STATES = 0.2
DROPPED_HIDDEN = 0.3


@dataclass(frozen=True, slots=True)
class Example:
    """A predicate: its states, its named features, and what the annotators said."""

    states: Any
    names: tuple[str, ...]
    value: float


def examples(path: Path) -> Iterator[Example]:
    """Yield the predicates of a file of UDS-IH2."""
    nlp = weights.load()
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    docs = nlp.pipe(make_doc(nlp, plain_article(row["text"])) for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        for predicate in row["preds"]:
            words = doc.char_span(predicate["start"], predicate["end"], alignment_mode="expand")
            token = words.root
            rules = [cause.rule for cause in causes_of(doc, token)]
            names = named_features(token, [rule.id for rule in rules], combine(rules))
            yield Example(states_of(doc, token), tuple(dict.fromkeys(names)), predicate["value"])


def vocabulary(found: Sequence[Example]) -> list[str]:
    """Return the named features that occur often enough."""
    counts = Counter(name for example in found for name in example.names)
    return sorted(name for name, count in counts.items() if count >= LEAST)


def padded(found: Sequence[Example], names: Sequence[str]) -> Any:
    """Return the numbers of each example's known features, from 1, filled up with 0."""
    index = {name: place for place, name in enumerate(names, start=1)}
    known = [[index[name] for name in example.names if name in index] for example in found]
    table = np.zeros((len(known), max(map(len, known))), dtype=np.int64)
    for row, places in zip(table, known, strict=True):
        row[: len(places)] = places
    return table


def trained(found: Sequence[Example], names: Sequence[str], seed: int) -> dict[str, Any]:
    """Return the arrays of one network."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    states = torch.tensor(np.stack([example.states for example in found]))
    table = torch.tensor(padded(found, names))
    gold = torch.tensor([example.value for example in found], dtype=torch.float32)
    rows = nn.EmbeddingBag(len(names) + 1, HIDDEN, mode="sum", padding_idx=0)
    nn.init.normal_(rows.weight, 0, 0.05)
    dense, out = nn.Linear(states.shape[1], HIDDEN), nn.Linear(HIDDEN, 1)
    weights_of = [*rows.parameters(), *dense.parameters(), *out.parameters()]
    optimizer = torch.optim.AdamW(weights_of, lr=RATE, weight_decay=0.02)
    steps = EPOCHS * (len(found) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + 1)
    drop = nn.functional.dropout
    for _ in range(EPOCHS):
        order = torch.randperm(len(found))
        for start in range(0, len(found) - BATCH + 1, BATCH):
            chosen = order[start : start + BATCH]
            kept = table[chosen] * (torch.rand(table[chosen].shape) > DROPPED_NAMES)
            hidden = torch.relu(dense(drop(states[chosen], DROPPED_STATES)) + rows(kept))
            told = out(drop(hidden, DROPPED_HIDDEN)).squeeze(-1)
            loss = nn.functional.smooth_l1_loss(told, gold[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return {
        "rows": rows.weight.detach().numpy()[1:],
        "dense": dense.weight.detach().numpy().T,
        "bias": dense.bias.detach().numpy(),
        "out": out.weight.detach().numpy()[0],
        "shift": float(out.bias.item()),
    }


def averaged(nets: Sequence[dict[str, Any]], names: Sequence[str]) -> dict[str, Any]:
    """Return the mean of several networks as one network whose hidden layers stand side by side."""
    side = {key: np.concatenate([net[key] for net in nets], axis=-1) for key in ("rows", "dense", "bias")}
    side["out"] = np.concatenate([net["out"] for net in nets]) / len(nets)
    shift = np.float32(np.mean([net["shift"] for net in nets]))
    return {key: value.astype(np.float16) for key, value in side.items()} | {"shift": shift, "names": np.array(names)}


def main() -> None:
    """Train on the train part, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    found = list(examples(options.corpora / "factuality/fact_uds_train.jsonl"))
    names = vocabulary(found)
    arrays = averaged([trained(found, names, seed) for seed in SEEDS], names)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(options.out, **arrays)
    print(f"{len(found)} predicates, {len(names)} features, {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
