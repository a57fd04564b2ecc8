"""Train the model of which nouns stand for people and organizations (src/readout/extract/data/nouns.npz).

python -m training.nouns CORPORA [--dev]

Data: ud-gum/train (entity types of all noun phrases; CC BY, CC BY-SA, public domain). `--dev` reports on ud-gum/dev.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from readout import weights
from readout.annotations import make_doc, plain_article
from readout.extract.nounmodel import CLASSES, NOUNS, noun_features
from readout.extract.wordmodels import word_vectors
from training.descent import Course, Floats, Ints, descend

TARGET = Path("src/readout/extract/data/nouns.npz")
UNITS, DROPPED = 64, 0.3
COURSE = Course(epochs=12)
NAMES = {"person": "person", "organization": "organization", "place": "place"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the type of what some stretches of it stand for."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def treebank(path: Path) -> Iterator[Text]:
    """Yield the documents of a treebank with the entity types of their noun phrases."""
    for document in path.read_text(encoding="utf-8").split("# newdoc id")[1:]:
        text, spans, opened = "", [], []
        for block in document.split("\n\n"):
            for row in (line.split("\t") for line in block.split("\n")):
                if len(row) != 10 or not row[0].isdigit():
                    continue
                start = len(text)
                text += row[1]
                for part in re.findall(r"\(\d+-[a-z]+|\)", entity(row[9])):
                    if part == ")":
                        begin, kind = opened.pop() if opened else (start, "other")
                        spans.append((begin, len(text), kind))
                    else:
                        opened.append((start, NAMES.get(part.split("-")[1], "other")))
                text += "" if "SpaceAfter=No" in row[9] else " "
            text = text.rstrip() + "\n"
        yield Text(text, tuple(spans))


def entity(misc: str) -> str:
    """Return the entity marks of a word, each closed: "(1-person-...)" closes at once, "1)" closes what was opened."""
    found = re.search(r"Entity=([^|]*)", misc)
    return found[1] if found else ""


def collect(texts: Sequence[Text]) -> tuple[Floats, Ints]:
    """Return features and classes of the nouns of these texts."""
    nlp = weights.load()
    vectors = word_vectors(nlp)
    assert vectors is not None
    rows: list[Floats] = []
    classes: list[int] = []
    for text, doc in zip(texts, nlp.pipe(make_doc(nlp, plain_article(one.text)) for one in texts), strict=True):
        table = noun_features(doc, vectors)
        assert table is not None
        kinds: dict[int, str] = {}
        for start, stop, kind in sorted(text.spans, key=lambda span: span[0] - span[1]):
            words = doc.char_span(start, stop, alignment_mode="expand")
            if words is not None:
                kinds[words.root.i] = kind  # shorter spans come later and are surer of their head
        for token in doc:
            if token.pos_ in NOUNS:
                rows.append(table[token.i])
                classes.append(CLASSES.index(kinds.get(token.i, "other")))
    return np.array(rows), np.array(classes)


def fit(rows: Floats, classes: Ints, seed: int = 1) -> dict[str, Floats]:
    """Train by Adam with a falling rate."""
    rng = np.random.default_rng(seed)
    scale = np.ones(rows.shape[1], dtype=np.float32)
    for start, stop in ((0, 256), (256, 352), (352, rows.shape[1])):
        scale[start:stop] = rows[:, start:stop].std()
    rows = rows / scale
    sizes = {"hidden": (rows.shape[1], UNITS), "hidden_bias": (UNITS,), "out": (UNITS, len(CLASSES)),
             "out_bias": (len(CLASSES),)}  # fmt: skip
    weight = {name: (rng.normal(0, (2 / size[0]) ** 0.5, size) * ("bias" not in name)).astype(np.float32)
              for name, size in sizes.items()}  # fmt: skip
    descend(weight, len(rows), lambda batch: gradients(weight, rows[batch], classes[batch], rng), COURSE, rng)
    weight["hidden"] /= scale[:, None]
    return weight


def gradients(weight: dict[str, Floats], rows: Floats, gold: Ints, rng: np.random.Generator) -> dict[str, Floats]:
    """Return the gradients of the loss on a batch."""
    given = rows * (rng.random(rows.shape) > DROPPED / 2) / (1 - DROPPED / 2)
    before = given @ weight["hidden"] + weight["hidden_bias"]
    keep = (rng.random(before.shape) > DROPPED) / (1 - DROPPED)
    inner = np.maximum(before, 0) * keep
    scores = inner @ weight["out"] + weight["out_bias"]
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    loss = scores / scores.sum(-1, keepdims=True)
    loss[np.arange(len(gold)), gold] -= 1
    loss /= len(gold)
    back = (loss @ weight["out"].T) * keep * (before > 0)
    return {"hidden": given.T @ back, "hidden_bias": back.sum(0), "out": inner.T @ loss, "out_bias": loss.sum(0)}


def report(weight: dict[str, Floats], rows: Floats, classes: Ints) -> Iterator[str]:
    """Yield precision and recall of "person or organization" on other documents."""
    scores = np.maximum(rows @ weight["hidden"] + weight["hidden_bias"], 0) @ weight["out"] + weight["out_bias"]
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    party = (scores / scores.sum(-1, keepdims=True))[:, :2].sum(-1)
    gold = classes < 2
    for least in (0.3, 0.5, 0.7, 0.9):
        found = party >= least
        precision, recall = (found & gold).sum() / found.sum(), (found & gold).sum() / gold.sum()
        yield f"{least}: precision {precision:.3f} recall {recall:.3f} of {gold.sum()} among {len(gold)}"


def main(corpora: Path, *, dev: bool) -> None:
    """Train, and write the weights; or report."""
    rows, classes = collect(list(treebank(corpora / "ud-gum/train.conllu")))
    weight = fit(rows, classes)
    if dev:
        print("\n".join(report(weight, *collect(list(treebank(corpora / "ud-gum/dev.conllu"))))))
        return
    np.savez_compressed(TARGET, **{name: value.astype(np.float16) for name, value in weight.items()})


if __name__ == "__main__":
    main(Path(sys.argv[1]), dev="--dev" in sys.argv)
