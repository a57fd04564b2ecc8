"""The spaCy component that reads English with our network: sentences, tags, lemmas, trees and names in one step."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from readout.detect.english import Floats, Ints, Network, Scores
from readout.detect.forms import Forms, remembering
from readout.detect.trees import best_tree

LONGEST = 110  # tokens read at once; longer paragraphs are cut where a sentence seems to end
STARTS_AT = 0.5
_ENDS = frozenset({".", "!", "?", "...", "?!", "!!", "!!!"})
_CLOSERS = frozenset("\"'”’)]")
_SPACE_TAG = "_SP"


@dataclass(frozen=True, slots=True)
class Run:
    """Some consecutive tokens of a document, white space left out."""

    doc: int
    tokens: Sequence[int]
    words: Sequence[str]


@Language.factory(
    "readout_english",
    assigns=["token.tag", "token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "token.is_sent_start", "doc.sents", "doc.ents", "token.ent_type", "token.ent_iob"],
    default_score_weights={"tag_acc": 0.2, "dep_las": 0.4, "ents_f": 0.4},
)
def make_english(nlp: Language, name: str) -> English:
    """Return the component without weights; they come with `from_disk`."""
    return English(nlp, name)


class English:
    """Runs the network over batches of documents and writes what it says on them."""

    def __init__(self, nlp: Language, name: str = "readout_english") -> None:
        self.vocab, self.name = nlp.vocab, name
        self.network: Network | None = None
        self.labels: dict[str, list[str]] = {}
        self.words: list[str] = []
        self.forms = Forms()
        self._analyse: Callable[[str, str, str], tuple[str, str, str]] = remembering(self.forms)

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        self._read([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Read documents in batches."""
        for batch in minibatch(stream, size=batch_size):
            docs = list(batch)
            self._read(docs)
            yield from docs

    def _read(self, docs: list[Doc]) -> None:
        if self.network is None:
            raise ValueError(f"The component {self.name!r} has no weights: load it with readout.weights.load_english().")
        runs = [run for index, doc in enumerate(docs) for run in runs_of(doc, index)]
        results: list[_Result] = [_Result(len(doc)) for doc in docs]
        for run, scores in zip(runs, self.network.read([run.words for run in runs]), strict=True):
            self._decode(docs[run.doc], run, scores, results[run.doc])
        for doc, result in zip(docs, results, strict=True):
            self._write(doc, result)
        self.network.forget()

    def _decode(self, doc: Doc, run: Run, scores: Scores, result: _Result) -> None:
        assert self.network is not None
        starts = sentence_starts(doc, run, scores.starts)
        heads = np.zeros(len(run.words), dtype=np.int64)
        for start, stop in zip(starts, [*starts[1:], len(run.words)], strict=True):
            block = np.concatenate([scores.arcs[start:stop, :1], scores.arcs[start:stop, start + 1 : stop + 1]], axis=1)
            tree = best_tree(block)
            heads[start:stop] = np.where(tree == 0, 0, tree + start)
        relations = self.network.relations(scores, heads)
        tokens = np.asarray(run.tokens)
        result.heads[tokens] = np.where(heads == 0, tokens, tokens[heads - 1])
        result.relations[tokens] = np.where(heads == 0, -1, relations)
        result.tags[tokens] = scores.tags
        result.starts.extend(int(tokens[start]) for start in starts)
        for start, stop, label in name_spans(scores.names, starts, self.labels["names"]):
            result.names.append((int(tokens[start]), int(tokens[stop - 1]) + 1, label))

    def _write(self, doc: Doc, result: _Result) -> None:
        strings, tags, deps = doc.vocab.strings, self.labels["tags"], self.labels["deps"]
        morphology = doc.vocab.morphology
        rows = np.zeros((len(doc), 6), dtype=np.uint64)
        for token in doc:
            index = token.i
            if token.is_space:
                rows[index] = strings.add(_SPACE_TAG), strings.add("SPACE"), 0, token.orth, strings.add("dep"), 0
                result.heads[index] = _neighbour(doc, index)
                continue
            tag = tags[result.tags[index]]
            relation = "ROOT" if result.relations[index] < 0 else deps[result.relations[index]]
            if relation == "root":
                relation = "dep"
            lemma, pos, feats = self._analyse(token.text, tag, relation)
            rows[index] = strings.add(tag), strings.add(pos), morphology.add(feats), strings.add(lemma), strings.add(relation), 0
        rows[:, 5] = (result.heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        if len(doc):
            doc.from_array([TAG, POS, MORPH, LEMMA, DEP, HEAD], rows)
        doc.set_ents([Span(doc, start, stop, label=label) for start, stop, label in result.names], default="outside")

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write weights as 16-bit floats, words, labels and tables."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self.network is not None:
            np.savez_compressed(folder / "weights.npz", **{k: v.astype(np.float16) for k, v in self.network.weights.items()})
        (folder / "words.txt").write_text("\n".join(self.words), encoding="utf-8")
        (folder / "labels.json").write_text(json.dumps(self.labels, indent=0), encoding="utf-8")
        (folder / "forms.json").write_text(json.dumps(asdict(self.forms), ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8")

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> English:
        """Read what `to_disk` wrote."""
        folder = Path(path)
        self.words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
        self.labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.forms = Forms(**json.loads((folder / "forms.json").read_text(encoding="utf-8")))
        self._analyse = remembering(self.forms)
        with np.load(folder / "weights.npz") as stored:
            self.network = Network({name: stored[name] for name in stored.files}, self.words)
        return self


class _Result:
    """What is known of a document while its runs are decoded."""

    __slots__ = ("heads", "names", "relations", "starts", "tags")

    def __init__(self, size: int) -> None:
        self.heads: Ints = np.arange(size)
        self.relations: Ints = np.full(size, -1)
        self.tags: Ints = np.zeros(size, dtype=np.int64)
        self.starts: list[int] = []
        self.names: list[tuple[int, int, str]] = []


def _neighbour(doc: Doc, index: int) -> int:
    """Return the word that white space hangs on: the one before, at the very start the one after."""
    before = index - 1
    while before >= 0 and doc[before].is_space:
        before -= 1
    if before >= 0:
        return before
    after = index + 1
    while after < len(doc) and doc[after].is_space:
        after += 1
    return after if after < len(doc) else index


def runs_of(doc: Doc, index: int) -> Iterator[Run]:
    """Cut a document into runs, at paragraphs where they are known, else where a sentence seems to end."""
    tokens = [token.i for token in doc if not token.is_space]
    words = [doc[i].text for i in tokens]
    given = [doc[i].is_sent_start is True and place > 0 for place, i in enumerate(tokens)]
    start = 0
    while start < len(tokens):
        stop = _cut(words, given, start)
        yield Run(index, tokens[start:stop], words[start:stop])
        start = stop


def _cut(words: Sequence[str], given: Sequence[bool], start: int) -> int:
    """Return where a run that begins at `start` ends: the last good place within reach."""
    limit = start + LONGEST
    if limit >= len(words):
        return len(words)
    for place in range(limit, start, -1):
        if given[place]:
            return place
    for place in range(limit, start + LONGEST // 4, -1):
        if words[place - 1] in _ENDS and words[place][:1].isupper():
            return place
        if words[place - 1] in _CLOSERS and words[place - 2] in _ENDS and words[place][:1].isupper():
            return place
    for place in range(limit, start + LONGEST // 2, -1):
        if words[place - 1] in {".", "!", "?", ";", ":"}:
            return place
    return limit


def sentence_starts(doc: Doc, run: Run, chances: Floats) -> list[int]:
    """Return where sentences start in a run: given by paragraphs, or likely."""
    given = [doc[token].is_sent_start for token in run.tokens]
    return [place for place, known in enumerate(given) if place == 0 or known is True or (known is None and chances[place] > STARTS_AT)]


def name_spans(scores: Floats, starts: Sequence[int], labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield names as (first token, token after the last, label); none crosses a sentence start."""
    outside = labels.index("O")
    best, bounds = scores.argmax(-1), set(starts)
    begun, last, kind = -1, -1, ""
    for place in (int(place) for place in np.flatnonzero(best != outside)):
        label = labels[best[place]]
        if begun >= 0 and label == f"I-{kind}" and place == last + 1 and place not in bounds:
            last = place
            continue
        if begun >= 0:
            yield begun, last + 1, kind
        begun, last, kind = place, place, label[2:]
    if begun >= 0:
        yield begun, last + 1, kind
