"""The network that ships, in torch, layer by layer as in readout.detect.english; trained on gold and on silver.

python -m training.student --corpora DIR --vectors DIR --out DIR [--silver DIR] [--start FILE] [--words N]
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import spacy
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from readout.detect.english import FEATURES, REACH, features, plain
from training import silver
from training import teacher as teaching
from training.augment import Augmenter
from training.teacher import IGNORE, Labels, Window, data


def shared_dropout(x: Tensor, rate: float, training: bool) -> Tensor:
    """Drop the same dimensions at all words of a window (Gal and Ghahramani 2016), cheaper than a mask per word."""
    if not training:
        return x
    return x * ((torch.rand(x.shape[0], 1, x.shape[2]) >= rate).to(x.dtype) / (1 - rate))


NEWS_LIKE = frozenset({"news", "interview", "speech", "bio", "voyage"})  # genres of GUM that count twice


class Convolution(nn.Module):
    """Three words wide, maxout of two."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Linear(3 * width, 2 * width)

    def forward(self, x: Tensor, inside: Tensor, drop: float) -> Tensor:
        """Return the states after the layer."""
        h = self.norm(x) * inside
        left, right = F.pad(h, (0, 0, 1, 0))[:, :-1], F.pad(h, (0, 0, 0, 1))[:, 1:]
        y = self.conv(torch.cat([left, h, right], -1))
        width = x.shape[-1]
        return x + shared_dropout(torch.maximum(y[..., :width], y[..., width:]), drop, self.training)


class Attention(nn.Module):
    """Self-attention with a bias for relative position, and a feed-forward part."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.position = nn.Parameter(torch.zeros(heads, 2 * REACH + 1))

    def forward(self, x: Tensor, inside: Tensor, drop: float) -> Tensor:
        """Return the states after the layer."""
        size, length, width = x.shape
        mixed = self.qkv(self.norm(x)).view(size, length, 3, self.heads, width // self.heads)
        query, key, value = (mixed[:, :, i].transpose(1, 2) for i in range(3))
        order = torch.arange(length)
        offset = (order[None, :] - order[:, None]).clamp(-REACH, REACH) + REACH
        mask = self.position[:, offset][None] + (1 - inside[:, None, None, :, 0]) * -1e9
        scores = (query @ key.transpose(-1, -2)).float() * (width // self.heads) ** -0.5 + mask
        seen = (scores.softmax(-1).to(value.dtype) @ value).transpose(1, 2).reshape(size, length, width)
        x = x + shared_dropout(self.out(seen), drop, self.training)
        inner = F.relu(self.up(self.norm2(x)))
        return x + shared_dropout(self.down(inner), drop, self.training)


class TypeEncoder(nn.Module):
    """A word's vector from its features and, for known words, from the encoder it was distilled from."""

    def __init__(self, vectors: Tensor, rows: int, width: int) -> None:
        super().__init__()
        self.register_buffer("vectors", vectors)
        self.table = nn.Parameter(torch.randn(rows, width) * 0.1)
        self.project = nn.Linear(vectors.shape[1], width, bias=False)
        self.norm = nn.LayerNorm(width)
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)

    def forward(self, rows: Tensor, known: Tensor) -> Tensor:
        """Return vectors of word types."""
        summed = F.embedding(rows, self.table).sum(1)
        if self.training:
            known = known * (torch.rand(known.shape) > 0.1)
            summed = summed * (torch.rand(len(rows), 1) > 0.05)
        h = self.norm(summed + self.project(self.vectors[known]))
        return h + self.down(F.relu(self.up(h)))


class Student(nn.Module):
    """Type vectors, convolutions and attention, a head for each task."""

    def __init__(
        self,
        vectors: Tensor,
        labels: Labels,
        *,
        width: int = 256,
        rows: int = 12_000,
        plan: str = "cacaa",
        inner: int = 512,
    ) -> None:
        super().__init__()
        self.types = TypeEncoder(vectors, rows, width)
        self.layer = nn.ModuleList(Convolution(width) if kind == "c" else Attention(width, 4, inner) for kind in plan)
        self.norm = nn.LayerNorm(width)
        arcs, rels = 192, 48
        self.arc_dep, self.arc_head = nn.Linear(width, arcs), nn.Linear(width, arcs)
        self.rel_dep, self.rel_head = nn.Linear(width, rels), nn.Linear(width, rels)
        self.root = nn.Parameter(torch.randn(width) * 0.1)
        self.arc = nn.Parameter(torch.randn(arcs + 1, arcs) * 0.02)
        self.rel = nn.Parameter(torch.zeros(rels + 1, len(labels.deps) * (rels + 1)))
        self.tag, self.start = nn.Linear(width, len(labels.tags)), nn.Linear(width, 1)
        self.name_hidden, self.name = nn.Linear(width, 128), nn.Linear(128, len(labels.names))
        self.hint = nn.Linear(width, 384)  # learns the teacher's states; not shipped

    def forward(self, batch: dict[str, Tensor], drop: float = 0.15) -> dict[str, Tensor]:
        """Return the scores of every task."""
        types = self.types(batch["rows"], batch["known"])
        x = shared_dropout(F.embedding(batch["words"], types), drop, self.training)
        inside = batch["inside"].unsqueeze(-1).to(x.dtype)
        x = x * inside
        for layer in self.layer:
            x = layer(x, inside, drop)
        x = shared_dropout(self.norm(x), drop, self.training)
        act = lambda layer, v: shared_dropout(F.relu(layer(v)), 1.5 * drop, self.training)  # noqa: E731
        heads = torch.cat([self.root.to(x.dtype).expand(x.shape[0], 1, -1), x], 1)
        left = act(self.arc_dep, x) @ self.arc[:-1] + self.arc[-1]
        arc = (left @ act(self.arc_head, heads).transpose(1, 2)).float()
        same = batch["sentence"].unsqueeze(2) == batch["sentence"].unsqueeze(1)
        arc = arc.masked_fill(~torch.cat([torch.ones_like(same[..., :1]), same], -1), -1e4)
        return {
            "arc": arc,
            "rel_dep": act(self.rel_dep, x),
            "rel_head": act(self.rel_head, heads),
            "tag": self.tag(x).float(),
            "start": self.start(x)[..., 0].float(),
            "name": self.name(act(self.name_hidden, x)).float(),
            "hint": self.hint(x).float(),
        }

    def relations(self, scores: dict[str, Tensor], heads: Tensor) -> Tensor:
        """Return label scores of arcs to the given heads."""
        dep = scores["rel_dep"]
        head = scores["rel_head"].gather(1, heads.unsqueeze(-1).expand(-1, -1, dep.shape[-1]))
        both = dep @ self.rel[:-1] + self.rel[-1]
        both = both.view(*dep.shape[:2], -1, dep.shape[-1] + 1)
        return (both @ F.pad(head, (0, 1), value=1.0).unsqueeze(-1)).squeeze(-1).float()


class Batcher:
    """Turn windows into padded tensors; word types are embedded once a batch."""

    def __init__(self, labels: Labels, words: list[str], rows: int = 12_000) -> None:
        self.labels, self.size = labels, rows
        self.row = {word: index for index, word in enumerate(words)}
        self.cache: dict[str, tuple[list[int], int]] = {}
        self.tag = {t: i for i, t in enumerate(labels.tags)}
        self.dep = {t: i for i, t in enumerate(labels.deps)}
        self.name = {t: i for i, t in enumerate(labels.names)}

    def _type(self, word: str) -> tuple[list[int], int]:
        if word not in self.cache:
            self.cache[word] = (features(word, self.size), self.row.get(plain(word).lower(), 0))
        return self.cache[word]

    def batch(self, windows: list[Window]) -> dict[str, Tensor]:
        """Return tensors; what a window does not know is IGNORE."""
        shape = (len(windows), max(len(w.words) for w in windows))
        types: dict[str, int] = {}
        out = {key: np.full(shape, IGNORE, dtype=np.int64) for key in ("tags", "heads", "deps", "starts", "names")}
        out["words"] = np.zeros(shape, dtype=np.int64)
        out["inside"] = np.zeros(shape, dtype=np.int64)
        out["sentence"] = np.full(shape, -1, dtype=np.int64)
        for b, window in enumerate(windows):
            size = len(window.words)
            out["words"][b, :size] = [types.setdefault(word, len(types)) for word in window.words]
            out["inside"][b, :size] = 1
            out["sentence"][b, :size] = window.sentence
            if window.tags is not None:
                out["tags"][b, :size] = [self.tag[t] for t in window.tags]
                out["heads"][b, :size] = [h + 1 for h in window.heads]
                out["deps"][b, :size] = [self.dep[d] for d in window.deps]
                out["starts"][b, :size] = [
                    int(i == 0 or s != window.sentence[i - 1]) for i, s in enumerate(window.sentence)
                ]
            if window.names is not None:
                out["names"][b, :size] = [self.name[n] for n in window.names]
        tensors = {key: torch.from_numpy(value) for key, value in out.items()}
        found = [self._type(word) for word in types]
        tensors["rows"] = torch.tensor([rows for rows, _ in found])
        tensors["known"] = torch.tensor([known for _, known in found])
        return tensors


def loss_of(model: Student, batch: dict[str, Tensor]) -> Tensor:
    """Return the loss on hard labels."""
    scores = model(batch)
    losses = []
    known = batch["heads"] != IGNORE
    if known.any():
        losses.append(F.cross_entropy(scores["arc"].flatten(0, 1), batch["heads"].flatten(), ignore_index=IGNORE))
        losses.append(
            F.cross_entropy(model.relations(scores, batch["heads"].clamp(min=0))[known], batch["deps"][known])
        )
        losses.append(0.5 * F.cross_entropy(scores["tag"].flatten(0, 1), batch["tags"].flatten(), ignore_index=IGNORE))
        losses.append(0.5 * F.binary_cross_entropy_with_logits(scores["start"][known], batch["starts"][known].float()))
    if (batch["names"] != IGNORE).any():
        losses.append(
            1.5 * F.cross_entropy(scores["name"].flatten(0, 1), batch["names"].flatten(), ignore_index=IGNORE)
        )
    return sum(losses)


def read_vectors(folder: Path) -> tuple[Tensor, list[str]]:
    """Return word vectors, the first row for unknown words, and the words in the order of the rows."""
    nlp = spacy.load(folder)
    table = nlp.vocab.vectors
    keys = sorted(table.key2row.items(), key=lambda item: item[1])
    words = [""] + [nlp.vocab.strings[key] for key, _ in keys]
    data_ = np.concatenate([np.zeros((1, table.shape[1]), dtype="float32"), table.data[[row for _, row in keys]]])
    return torch.from_numpy(data_.astype("float16").astype("float32")), words


def average(ema: dict[str, Tensor], model: nn.Module, decay: float) -> None:
    """Move the averaged weights towards the model's."""
    with torch.no_grad():
        current = model.state_dict()
        torch._foreach_lerp_(list(ema.values()), [current[name] for name in ema], 1 - decay)


def evaluate(model: Student, batcher: Batcher, windows: list[Window]) -> dict[str, float]:
    """Return what teacher.evaluate returns."""

    class Adapter:
        labels = batcher.labels

        def batch(self, part: list[Window]) -> dict[str, Tensor]:
            return batcher.batch(part)

    def run(batch: dict[str, Tensor]) -> dict[str, Tensor]:
        scores = model(batch)
        scores["start"] = torch.stack([torch.zeros_like(scores["start"]), scores["start"]], -1)
        return scores

    run.eval, run.train, run.relations = model.eval, model.train, model.relations
    return teaching.evaluate(run, Adapter(), windows)


def train(
    model: Student,
    batcher: Batcher,
    windows: list[Window],
    dev: dict[str, list[Window]],
    out: Path,
    *,
    total_words: int,
    seed: int,
    rate: float,
    size: int = 700,
    seconds: float = 1e9,
    per_report: int = 640_000,
) -> None:
    """Train for a number of words, averaging the weights; write the averaged weights now and then."""
    rng = random.Random(seed)
    augment = Augmenter(windows, spacy.blank("en").tokenizer, seed)
    torch.manual_seed(seed)
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02, betas=(0.9, 0.98), fused=True)
    ema = {k: v.clone() for k, v in model.state_dict().items() if k != "types.vectors"}
    done, step, began, last, tally, progress = 0, 0, time.time(), 0, [], 0.0
    while progress < 1:
        for group in teaching.batches([augment(w) for w in windows], batcher, size, rng):
            progress = max(done / total_words, (time.time() - began) / seconds)
            for part in optimizer.param_groups:
                part["lr"] = rate * min(1.0, step / 150) * max(0.01, 1 - progress)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, batcher.batch(group))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            step += 1
            average(ema, model, min(0.998, (1 + step) / (10 + step)))
            done += sum(len(w.words) for w in group)
            tally.append(loss.item())
            if step % 100 == 0:
                print(step, done, f"{np.mean(tally[-100:]):.3f} {time.time() - began:.0f}s", flush=True)
            if done - last > per_report or progress >= 1:
                last = done
                current = {k: v.clone() for k, v in model.state_dict().items()}
                model.load_state_dict(ema, strict=False)
                for name, part in dev.items():
                    print(
                        "words",
                        done,
                        name,
                        {k: round(v, 2) for k, v in evaluate(model, batcher, part).items()},
                        flush=True,
                    )
                torch.save(model.state_dict(), out / "student.partial")
                (out / "student.partial").rename(out / "student.pt")
                model.load_state_dict(current)
            if progress >= 1:
                break


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--silver", type=Path, help="windows from training.silver, in place of the gold ones")
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--words", type=int, default=4_000_000)
    parser.add_argument("--rate", type=float, default=1.2e-3)
    parser.add_argument("--plan", default="cacaa")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--minutes", type=float, default=1e6, help="the learning rate falls to nothing by then")
    parser.add_argument("--report", type=int, default=640_000, help="words between two looks at the dev sets")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    windows, dev, labels = data(args.corpora)
    if args.silver:
        windows = silver.read(args.silver)
    windows += [window for window in windows if window.genre in NEWS_LIKE]
    vectors, words = read_vectors(args.vectors)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "settings.json").write_text(
        json.dumps({"tags": labels.tags, "deps": labels.deps, "words": words, "plan": args.plan, "width": args.width})
    )
    model, batcher = Student(vectors, labels, plan=args.plan, width=args.width), Batcher(labels, words)
    if args.start:
        model.load_state_dict(torch.load(args.start))
    assert len(features("a", 9)) == FEATURES
    train(
        model,
        batcher,
        windows,
        dev,
        args.out,
        total_words=args.words,
        seed=args.seed,
        rate=args.rate,
        per_report=args.report,
        seconds=60 * args.minutes,
    )


if __name__ == "__main__":
    main()
