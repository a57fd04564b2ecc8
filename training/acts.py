"""Train the model of which words tell a PLOVER act (src/readout/extract/data/acts.npz).

python -m training.acts [--corpora DIR --silver FILE] [--folds]

Data: training/events/*.txt, sentences of our own with their events marked, and raw text of which a larger model has
said how likely its words tell acts (training/actteacher.py). `--folds` trains on four fifths of our own sentences and
tells what the rest gives, five times. What was tried stands in training/README.md.
"""

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from readout import weights
from readout.annotations import make_doc, plain_article
from readout.extract.actmodel import CLASSES, LEXICAL, chances_of, features
from readout.extract.predicates import TYPES, Hit, lexicon
from readout.extract.wordmodels import Perceptron, word_vectors
from training.descent import Course, Floats, Ints, descend
from training.texts import sentences

SENTENCES = Path("training/events")
TARGET = Path("src/readout/extract/data/acts.npz")
MARKED = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
TRIGGER = re.compile(r"([A-Z]{3,})(?:\.[a-z-]+)? *(\d*)")
PARTY = re.compile(r"([ST])(\d+)")
CONTENT = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "AUX", "ADV"})
UNITS, DROPPED = 128, 0.3
COURSE = Course(epochs=14)
LONG_COURSE = Course(epochs=8, batch=512)  # with silver
OWN_WEIGHT = 3.0  # of a word of our own sentences against one of silver
SILENT, KEPT_SILENT = 0.05, 0.35  # chance below which only a share of silver words is kept
UNSAID = 0.15  # share of words whose lexicon entry is hidden in training, so that the model learns to do without
TRUST = 2.0  # what the lexicon's type weighs at the start
SEEDS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence without its marks: its numbered triggers, and the parties by number, as character offsets."""

    text: str
    numbered: tuple[tuple[int, int, str, str], ...]
    sources: dict[str, list[tuple[int, int]]]
    targets: dict[str, list[tuple[int, int]]]

    @property
    def triggers(self) -> tuple[tuple[int, int, str], ...]:
        """Return where triggers stand, and their types."""
        return tuple((start, stop, kind) for start, stop, kind, _ in self.numbered)


@dataclass(slots=True)
class Words:
    """Rows of features, their chances, the sentence of each, whether the lexicon knows it, and its weight."""

    rows: Floats
    chances: Floats
    line: Ints
    known: npt.NDArray[np.bool_]
    weight: Floats

    @property
    def types(self) -> Ints:
        """Return the likeliest class of each row."""
        return self.chances.argmax(-1)

    def part(self, kept: npt.NDArray[np.bool_]) -> "Words":
        """Return some of the rows."""
        return Words(self.rows[kept], self.chances[kept], self.line[kept], self.known[kept], self.weight[kept])

    def with_silver(self, other: "Words | None") -> "Words":
        """Return these rows and those of raw text."""
        if other is None:
            return self
        pairs = zip(self.fields(), other.fields(), strict=True)
        return Words(*(np.concatenate(pair) for pair in pairs))

    def fields(self) -> tuple[npt.NDArray[np.generic], ...]:
        """Return the columns."""
        return self.rows, self.chances, self.line, self.known, self.weight


def unmarked(marked: str) -> Line:
    """Return a line of the training files without its marks."""
    text, triggers, at = "", [], 0
    sides: dict[str, dict[str, list[tuple[int, int]]]] = {"S": {}, "T": {}}
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        start, stop, at = len(text), len(text) + len(match[1]), match.end()
        text += match[1]
        for label in match[2].split(","):
            trigger, party = TRIGGER.fullmatch(label.strip()), PARTY.fullmatch(label.strip())
            if trigger:
                triggers.append((start, stop, trigger[1], trigger[2] or "1"))
            elif party:
                sides[party[1]].setdefault(party[2], []).append((start, stop))
    return Line(text + marked[at:], tuple(triggers), sides["S"], sides["T"])


def own_lines() -> list[Line]:
    """Return the sentences of our own."""
    found = []
    for path in sorted(SENTENCES.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found.extend(unmarked(line.strip()) for line in lines if line.strip() and not line.startswith("#"))
    wrong = [line.text for line in found if any(kind not in CLASSES for _, _, kind in line.triggers)]
    if wrong:
        raise ValueError(f"unknown type in: {wrong[:3]}")
    return found


def collect(lines: Sequence[Line]) -> Words:
    """Return the rows of the content words of these lines."""
    reader = Reader()
    tables: list[Floats] = []
    labels: list[tuple[int, int, bool]] = []
    for number, (line, (doc, hits)) in enumerate(zip(lines, reader.read(line.text for line in lines), strict=True)):
        table = reader.features(doc, hits)
        told = told_in(doc, line)
        kept = [token.i for token in doc if token.pos_ in CONTENT or token.i in told]
        heads = {(hit.noun or hit.head).i for hit in hits} | {hit.head.i for hit in hits}
        tables.append(table[kept])
        labels.extend((told.get(i, 0), number, i in heads) for i in kept)
    types, numbers, known = (np.array(column) for column in zip(*labels, strict=True))
    chances = np.eye(len(CLASSES), dtype=np.float32)[types]
    return Words(np.concatenate(tables), chances, numbers, known, np.full(len(types), OWN_WEIGHT, dtype=np.float32))


def told_in(doc: Doc, line: Line) -> dict[int, int]:
    """Return the class of each word of a line that tells an act."""
    spans = [(doc.char_span(start, stop, alignment_mode="expand"), kind) for start, stop, kind in line.triggers]
    return {span.root.i: CLASSES.index(kind) for span, kind in spans if span is not None}


class Reader:
    """Reads texts with the language network and the lexicon."""

    def __init__(self) -> None:
        self.nlp, self.lexicon = weights.load(), lexicon()
        vectors = word_vectors(self.nlp)
        if vectors is None:
            raise ValueError("the language network is needed")
        self.vectors = vectors

    def read(self, texts: Iterable[str]) -> Iterator[tuple[Doc, list[Hit]]]:
        """Yield documents with what the lexicon finds in them."""
        for doc in self.nlp.pipe((make_doc(self.nlp, plain_article(text)) for text in texts), batch_size=64):
            yield doc, list(self.lexicon.hits(doc))

    def features(self, doc: Doc, hits: Iterable[Hit]) -> Floats:
        """Return one row a word."""
        table = features(doc, self.vectors, hits)
        assert table is not None
        return table


def silver(corpora: Path, path: Path) -> Words:
    """Return rows of raw text with what the teacher says of them: all that may tell an act, and some of the others."""
    chances = np.load(path)
    keep = np.random.default_rng(0).random(len(chances)) < np.where(chances[:, 0] < 1 - SILENT, 1, KEPT_SILENT)
    reader = Reader()
    tables, at = [], 0
    for doc, hits in reader.read(sentences(corpora)):
        kept = [token.i for token in doc if token.pos_ in CONTENT]
        wanted = keep[at : at + len(kept)]
        at += len(kept)
        if wanted.any():
            tables.append(reader.features(doc, hits)[np.array(kept)[wanted]])
    if at != len(chances):
        raise ValueError(f"{path} tells of {len(chances)} words, the corpora have {at}")
    size = int(keep.sum())
    line, known = np.full(size, -1), np.zeros(size, dtype=np.bool_)
    return Words(np.concatenate(tables), chances[keep].astype(np.float32), line, known, np.ones(size, dtype=np.float32))


def scales(rows: Floats) -> Floats:
    """Return what each block of dense features is divided by: its spread."""
    out = np.ones(rows.shape[1], dtype=np.float32)
    edges = (0, 256, 352, 448, LEXICAL.start)
    for start, stop in pairwise(edges):
        out[start:stop] = rows[:, start:stop].std()
    return out


def fit(data: Words, seed: int) -> Perceptron:
    """Train by Adam with a falling rate; dropout on features and hidden units."""
    rng = np.random.default_rng(seed)
    scale = scales(data.rows)
    rows = data.rows / scale
    weight = first_weights(rows.shape[1], rng)
    course = LONG_COURSE if (data.line < 0).any() else COURSE
    gold = data.chances, data.weight / data.weight.mean()
    descend(
        weight, len(rows), lambda batch: gradients(weight, rows[batch], *(x[batch] for x in gold), rng), course, rng
    )
    weight["hidden"] /= scale[:, None]
    return Perceptron(**weight)


def first_weights(width: int, rng: np.random.Generator) -> dict[str, Floats]:
    """Return random weights; the lexicon's type starts as the type."""
    direct = np.zeros((len(TYPES) + 2, len(CLASSES)), dtype=np.float32)
    direct[range(len(TYPES)), range(1, len(CLASSES))] = TRUST
    return {
        "hidden": rng.normal(0, (2 / width) ** 0.5, (width, UNITS)).astype(np.float32),
        "hidden_bias": np.zeros(UNITS, dtype=np.float32),
        "out": rng.normal(0, 0.1, (UNITS, len(CLASSES))).astype(np.float32),
        "out_bias": np.zeros(len(CLASSES), dtype=np.float32),
        "direct": direct,
    }


def gradients(
    weight: dict[str, Floats], rows: Floats, gold: Floats, share: Floats, rng: np.random.Generator
) -> dict[str, Floats]:
    """Return the gradients of the loss on a batch: the chances that should be, and what each word counts."""
    given = rows * (rng.random(rows.shape) > DROPPED / 2) / (1 - DROPPED / 2)
    given[:, LEXICAL] *= rng.random((len(rows), 1)) > UNSAID
    before = given @ weight["hidden"] + weight["hidden_bias"]
    keep = (rng.random(before.shape) > DROPPED) / (1 - DROPPED)
    inner = np.maximum(before, 0) * keep
    scores = inner @ weight["out"] + weight["out_bias"] + given[:, LEXICAL] @ weight["direct"]
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    loss = (scores / scores.sum(-1, keepdims=True) - gold) * share[:, None] / len(gold)
    back = (loss @ weight["out"].T) * keep * (before > 0)
    return {
        "hidden": given.T @ back,
        "hidden_bias": back.sum(0),
        "out": inner.T @ loss,
        "out_bias": loss.sum(0),
        "direct": given[:, LEXICAL].T @ loss,
    }


def averaged(data: Words) -> Perceptron:
    """Return a model of several seeds side by side; its scores are the mean of theirs."""
    models = [fit(data, seed) for seed in SEEDS]
    share = len(models)
    return Perceptron(
        hidden=np.concatenate([model.hidden for model in models], axis=1),
        hidden_bias=np.concatenate([model.hidden_bias for model in models]),
        out=np.concatenate([model.out for model in models]) / share,
        out_bias=sum((model.out_bias for model in models), np.zeros(len(CLASSES), dtype=np.float32)) / share,
        direct=np.mean([model.direct for model in models if model.direct is not None], axis=0),
    )


def held_out(data: Words, raw: Words | None = None) -> Floats:
    """Return the chances of each word from a model that has not seen its sentence (the teacher of raw text has)."""
    chances = np.zeros((len(data.rows), len(CLASSES)), dtype=np.float32)
    fold = (np.random.default_rng(0).permutation(data.line.max() + 1) % 5)[data.line]
    for part in range(5):
        chances[fold == part] = chances_of(averaged(data.part(fold != part).with_silver(raw)), data.rows[fold == part])
    return chances


def report(data: Words, chances: Floats) -> Iterator[str]:
    """Yield what held-out sentences give, for words of the lexicon and for others; and whether chances are true."""
    for name, kept in (("of the lexicon", data.known), ("others", ~data.known)):
        yield f"{name}: {kept.sum()} words, {(data.types[kept] > 0).sum()} of them tell an act"
        yield from (
            f"  {least:.2f}: {rates(chances[kept], data.types[kept], least)}" for least in np.arange(0.1, 1, 0.1)
        )
    told = 1 - chances[:, 0]
    for least in np.arange(0.1, 1, 0.1):
        near = (told >= least) & (told < least + 0.1)
        yield f"said {least:.1f} to {least + 0.1:.1f}: {(data.types[near] > 0).mean():.2f} of {near.sum()}"


def rates(chances: Floats, gold: Ints, least: float) -> str:
    """Return precision and recall of words that tell an act, and the share of right types among those found."""
    found, told = 1 - chances[:, 0] > least, gold > 0
    both = found & told
    typed = (chances[:, 1:].argmax(-1) + 1 == gold)[both].mean()
    precision, recall = both.sum() / max(found.sum(), 1), both.sum() / max(told.sum(), 1)
    return f"precision {precision:.3f} recall {recall:.3f} type {typed:.3f}"


def main() -> None:
    """Train, and write the weights; or report on held-out fifths."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--silver", type=Path, help="what training.actteacher wrote")
    parser.add_argument("--folds", action="store_true")
    args = parser.parse_args()
    data = collect(own_lines())
    raw = silver(args.corpora, args.silver) if args.silver else None
    if args.folds:
        print("\n".join(report(data, held_out(data, raw))))
        return
    model = averaged(data.with_silver(raw))
    names = ("hidden", "hidden_bias", "out", "out_bias", "direct")
    np.savez_compressed(TARGET, **{name: getattr(model, name).astype(np.float16) for name in names})


if __name__ == "__main__":
    main()
