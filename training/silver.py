"""Let the teacher annotate: raw text in full, and in gold text what its corpus leaves out.

python -m training.silver --corpora DIR --teacher DIR --out FILE [--words N]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import spacy
import torch

from readout.detect.language import _cut
from readout.detect.spans import name_spans
from readout.detect.tokens import customise
from readout.detect.trees import best_tree
from training.gazetteers import countries, norps, regions
from training.names import place_label
from training.teacher import Batcher, Teacher, Window, bio, data, load, minilm
from training.texts import paragraphs

CORPUS = "gum"  # whose idea of a name the teacher follows


def raw_windows(corpora: Path) -> Iterator[Window]:
    """Yield raw paragraphs, several short ones of a text together."""
    tokenizer = customise(spacy.blank("en")).tokenizer
    for paragraph in paragraphs(corpora):
        words = [token.text for token in tokenizer(paragraph.text) if not token.is_space]
        start = 0
        while start < len(words):
            stop = _cut(words, [False] * len(words), start)
            yield Window(words[start:stop], [0] * (stop - start), genre=paragraph.source)
            start = stop


def annotate(model: Teacher, batcher: Batcher, windows: list[Window]) -> list[Window]:
    """Return the windows with the teacher's answers; what a window knows already stays."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].words))
    out: list[Window] = list(windows)
    with torch.no_grad():
        for at in range(0, len(order), 24):
            index = order[at : at + 24]
            part = [windows[i] for i in index]
            batch = batcher.batch(
                [replace(w, sentence=w.sentence if w.tags else [0] * len(w.words)) for w in part], corpus=CORPUS
            )
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = {k: v.float() for k, v in model(batch).items()}
            heads = torch.zeros_like(batch["heads"])
            starts = scores["start"].argmax(-1).numpy()
            for row, window in enumerate(part):
                size = len(window.words)
                if window.tags is None:
                    heads[row, :size] = torch.from_numpy(
                        trees(scores["arc"][row, :size, : size + 1].numpy(), starts[row, :size])
                    )
            deps = model.relations(scores, heads).argmax(-1)
            tags = scores["tag"].argmax(-1)
            for row, (i, window) in enumerate(zip(index, part, strict=True)):
                size = len(window.words)
                if window.names is None:
                    found = name_spans(scores["name"][row, :size].numpy(), [0], batcher.labels.names)
                    window = replace(window, names=corrected(window.words, list(found)))
                if window.tags is None:
                    window = replace(
                        window,
                        tags=[batcher.labels.tags[t] for t in tags[row, :size]],
                        heads=[int(h) - 1 for h in heads[row, :size]],
                        deps=[
                            "root" if h == 0 else batcher.labels.deps[d]
                            for h, d in zip(heads[row, :size].tolist(), deps[row, :size].tolist(), strict=True)
                        ],
                        sentence=[int(s) for s in np.cumsum(np.concatenate([[1], starts[row, 1:size]]))],
                    )
                out[i] = window
    return out


def trees(arcs: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Return a tree for each sentence."""
    bounds = [0, *(int(i) for i in np.flatnonzero(starts) if i > 0), len(starts)]
    heads = np.zeros(len(starts), dtype=np.int64)
    for a, b in pairwise(bounds):
        tree = best_tree(np.concatenate([arcs[a:b, :1], arcs[a:b, a + 1 : b + 1]], axis=1))
        heads[a:b] = np.where(tree == 0, 0, tree + a)
    return heads


def corrected(words: list[str], spans: list[tuple[int, int, str]]) -> list[str]:
    """Return names with the gazetteers' kinds for countries, regions and peoples."""
    found = [(start, stop, _kind(" ".join(words[start:stop]), kind)) for start, stop, kind in spans]
    taken = {i for start, stop, _ in found for i in range(start, stop)}
    found += [(i, i + 1, "NORP") for i, word in enumerate(words) if word in norps() and i not in taken]
    found += [
        (i, i + 1, place_label(word))
        for i, word in enumerate(words)
        if word in countries() and len(word) > 3 and i not in taken
    ]
    return bio(len(words), tuple(sorted(found)))


def _kind(text: str, kind: str) -> str:
    if text in norps():
        return "NORP"
    if text in regions() or (text in countries() and kind in {"ORG", "LOC", "FAC", "MISC"}):
        return place_label(text)
    return kind


def write(windows: list[Window], path: Path) -> None:
    """Keep windows as gzipped JSON lines."""
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for window in windows:
            out.write(json.dumps(asdict(window), ensure_ascii=False) + "\n")


def read(path: Path) -> list[Window]:
    """Return windows that were kept."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [Window(**json.loads(line)) for line in lines]


def main() -> None:
    """Annotate from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--words", type=int, default=600_000, help="words of raw text, Wikinews first")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model, batcher = load(args.teacher, minilm())
    gold, _, _ = data(args.corpora)
    raw: list[Window] = []
    for window in raw_windows(args.corpora):
        raw.append(window)
        args.words -= len(window.words)
        if args.words < 0:
            break
    random.Random(0).shuffle(raw)
    write(annotate(model, batcher, gold) + annotate(model, batcher, raw), args.out)


if __name__ == "__main__":
    main()
