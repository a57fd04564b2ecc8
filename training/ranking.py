"""Train the network that says whom a pronoun refers to (src/readout/detect/data/actors/antecedents.npz).

python -m training.ranking --choices work/choices --out src/readout/detect/data/actors/antecedents.npz

The likelihood of all right candidates together is maximised, of "none of them" where no candidate is right. Several
networks of different seeds are trained and shipped as one, whose scores are their mean. Twin of
`readout.detect.ranking`.
"""

import argparse
import json
import math
import pickle
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

NONE_WIDTH = 48
BATCH = 32
WEIGHTS = {"news": 2.0, "conversation": 0.5, "vlog": 0.5, "court": 0.7}  # of a pronoun, by genre: ours is news


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. Tuned on gum_free_dev and meantime_dev."""

    hidden: int
    product: int
    epochs: int
    rate: float
    dropout: float
    blind: float  # share of pronouns for which the states are withheld, so that the columns learn to do without


class Ranker(nn.Module):
    """Scores "none of them" and each candidate of a pronoun."""

    def __init__(self, sizes: dict[str, list[int]], width: int, plan: Plan) -> None:
        super().__init__()
        phrase, pair = sum(sizes["phrase"]), sum(sizes["pair"])
        self.plan = plan
        parts = {
            "own": plan.hidden,
            "other": plan.hidden,
            "left": plan.product,
            "right": plan.product,
            "none": NONE_WIDTH,
        }
        self.states = nn.ModuleDict({name: nn.Linear(width, size) for name, size in parts.items()})
        self.columns = nn.ModuleDict({name: nn.Embedding(phrase, size) for name, size in parts.items()})
        self.pairs = nn.Embedding(pair, plan.hidden)
        self.pair_worth, self.worth = nn.Embedding(pair, 1), nn.Embedding(phrase, 1)
        self.out = nn.Linear(plan.hidden, 1, bias=False)
        self.none_out = nn.Linear(NONE_WIDTH, 1)
        for layer in self.states.values():
            nn.init.normal_(layer.weight, 0, 0.5 / math.sqrt(width))
            nn.init.zeros_(layer.bias)
        for table in (*self.columns.values(), self.pairs):
            nn.init.normal_(table.weight, 0, 0.1)
        for table in (self.pair_worth, self.worth):
            nn.init.zeros_(table.weight)

    def part(self, name: str, states: Tensor, columns: Tensor) -> Tensor:
        """Return what a phrase gives in one part of the network."""
        return self.states[name](states) + self.columns[name](columns).sum(-2)

    def forward(self, own: tuple[Tensor, Tensor], others: tuple[Tensor, Tensor], pairs: Tensor, mask: Tensor) -> Tensor:
        """Return the scores, "none of them" first."""
        drop = self.plan.dropout
        if self.training:
            seen = (torch.rand(len(own[0]), 1) > self.plan.blind).float()
            own = (functional.dropout(own[0], drop) * seen, own[1])
            others = (functional.dropout(others[0], drop) * seen[:, None], others[1])
        hidden = torch.relu(self.part("own", *own)[:, None] + self.part("other", *others) + self.pairs(pairs).sum(2))
        hidden = functional.dropout(hidden, 0.2, self.training)
        scores = self.out(hidden)[..., 0] + self.pair_worth(pairs).sum(2)[..., 0] + self.worth(others[1]).sum(2)[..., 0]
        alike = (self.part("left", *own)[:, None] * self.part("right", *others)).sum(-1)
        scores = scores + alike / math.sqrt(self.plan.product)
        none = functional.dropout(torch.relu(self.part("none", *own)), 0.2, self.training)
        return torch.cat([self.none_out(none), scores.masked_fill(~mask, -1e9)], 1)


def load(folder: Path) -> list[tuple[Any, Any]]:
    """Return (text, choice) for every pronoun."""
    texts = pickle.loads((folder / "choices.pickle").read_bytes())
    return [(text, choice) for text in texts for choice in text[2]]


def batch(rows: list[tuple[Any, Any]]) -> tuple[Any, ...]:
    """Return the tensors of some choices, padded to the longest."""
    most = max(len(choice[1]) for _, choice in rows)
    states = np.zeros((len(rows), most, rows[0][0][0].shape[1]), dtype=np.float32)
    columns = np.zeros((len(rows), most, rows[0][0][1].shape[1]), dtype=np.int64)
    pairs = np.zeros((len(rows), most, rows[0][1][2].shape[1]), dtype=np.int64)
    mask, right = np.zeros((len(rows), most), dtype=bool), np.zeros((len(rows), most + 1), dtype=bool)
    for row, (text, (_, near, columns_of, labels)) in enumerate(rows):
        size = len(near)
        states[row, :size], columns[row, :size], pairs[row, :size] = text[0][near], text[1][near], columns_of
        mask[row, :size], right[row, 1 : size + 1], right[row, 0] = True, labels, not labels.any()
    own = np.stack([text[0][choice[0]] for text, choice in rows]).astype(np.float32)
    own_columns = np.stack([text[1][choice[0]] for text, choice in rows])
    t = torch.from_numpy
    return (t(own), t(own_columns)), (t(states), t(columns)), t(pairs), t(mask), t(right)


def train(rows: list[tuple[Any, Any]], sizes: dict[str, list[int]], plan: Plan, seed: int) -> Ranker:
    """Return one trained network."""
    torch.manual_seed(seed)
    random.seed(seed)
    model = Ranker(sizes, rows[0][0][0].shape[1], plan)
    optimizer = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=0.01)
    total, step = plan.epochs * math.ceil(len(rows) / BATCH), 0
    for epoch in range(plan.epochs):
        alike = sorted(rows, key=lambda row: len(row[1][1]) + random.random() * 12)
        batches = [alike[start : start + BATCH] for start in range(0, len(alike), BATCH)]
        random.shuffle(batches)
        lost = 0.0
        for some in batches:
            step += 1
            optimizer.param_groups[0]["lr"] = plan.rate * min(1.0, step / 50) * max(0.02, 1 - step / total)
            *seen, right = batch(some)
            scores = model(*seen)
            worth = torch.tensor([WEIGHTS.get(text[3], 1.0) for text, _ in some])
            loss = (worth * (scores.logsumexp(1) - scores.masked_fill(~right, -1e9).logsumexp(1))).sum() / worth.sum()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            lost += loss.item()
        print(f"seed {seed} epoch {epoch} loss {lost / len(batches):.3f}", flush=True)
    return model.eval()


def shipped(models: list[Ranker]) -> dict[str, np.ndarray]:
    """Return the weights of several networks as one, whose score is the mean of theirs."""
    share, plan = 1 / len(models), models[0].plan
    scale = {"left": 1 / math.sqrt(math.sqrt(plan.product) * len(models))}
    scale["right"] = scale["left"]
    names = ("own", "other", "left", "right", "none")

    def joined(table: str, attribute: str) -> list[np.ndarray]:
        parts = [(name, getattr(m, table)[name]) for name in names for m in models]
        return [getattr(part, attribute).detach().numpy() * scale.get(name, 1.0) for name, part in parts]

    def mean(values: list[Tensor]) -> np.ndarray:
        return np.asarray(sum(value.detach().numpy() for value in values) * share)

    states = np.concatenate(joined("states", "weight"), 0).T
    worth = mean([m.worth.weight for m in models])
    none = [m.none_out.weight.detach().numpy()[0] * share for m in models]
    table = {
        "states": np.concatenate([states, np.zeros((len(states), 1))], 1),
        "columns": np.concatenate([*joined("columns", "weight"), worth], 1),
        "bias": np.concatenate([*joined("states", "bias"), [0.0]]),
        "pairs": np.concatenate(
            [*(m.pairs.weight.detach().numpy() for m in models), mean([m.pair_worth.weight for m in models])], 1
        ),
        "hidden": np.concatenate([m.out.weight.detach().numpy()[0] * share for m in models]),
        "none": np.concatenate([*none, mean([m.none_out.bias for m in models])]),
    }
    widths = np.array([plan.hidden, plan.hidden, plan.product, plan.product, NONE_WIDTH]) * len(models)
    return {**{name: value.astype(np.float16) for name, value in table.items()}, "widths": np.append(widths, 1)}


def main() -> None:
    """Read the arguments, train, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--choices", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--hidden", type=int, default=128)
    parser.add_argument("--product", type=int, default=32)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--dropout", type=float, default=0.5)
    parser.add_argument("--blind", type=float, default=0.0)
    args = vars(parser.parse_args())
    choices, out, seeds = args.pop("choices"), args.pop("out"), args.pop("seeds")
    plan = Plan(**args)
    sizes = json.loads((choices / "columns.json").read_text(encoding="utf-8"))
    torch.set_num_threads(1)
    rows = load(choices)
    np.savez_compressed(out, **shipped([train(rows, sizes, plan, seed) for seed in range(seeds)]))


if __name__ == "__main__":
    main()
