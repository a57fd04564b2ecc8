"""The spaCy component that reads English with our network: sentences, tags, lemmas, trees and names in one step."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline.dep_parser import parser_score  # type: ignore[import-not-found]
from spacy.scorer import Scorer, get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import minibatch

from readout.detect.english import Floats, Ints, Network, Scores
from readout.detect.forms import Forms
from readout.detect.spans import name_spans
from readout.detect.trees import best_tree

LONGEST = 110  # tokens read at once; longer paragraphs are cut where a sentence seems to end
STARTS_AT = 0.5
LONGEST_HEADLINE = 40  # words
_ENDS = frozenset({".", "!", "?", "...", "?!", "!!", "!!!"})
_CLOSERS = frozenset("\"'”’)]")
_ROOT = "ROOT"
_WRITTEN = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD"]


@dataclass(frozen=True, slots=True)
class Run:
    """Some consecutive tokens of a document, white space left out."""

    doc: int
    tokens: Sequence[int]
    words: Sequence[str]


@Language.factory(
    "readout_english",
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.dep",
        "token.head",
        "token.is_sent_start",
        "doc.sents",
        "doc.ents",
        "token.ent_type",
        "token.ent_iob",
        "doc.tensor",
    ],
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
        self.kinds: dict[str, list[str]] = {}  # of tags, relations, names
        self.words: list[str] = []
        self.forms = Forms()
        self._row = self._analysing()

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        self._read([doc])
        return doc

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the relations, as spaCy's own parser does."""
        return tuple(self.kinds.get("deps", ()))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Read documents in batches."""
        for batch in minibatch(stream, size=batch_size):  # type: ignore[no-untyped-call]
            docs = list(batch)
            self._read(docs)
            yield from docs

    def score(self, examples: Iterable[Example], **_: Any) -> dict[str, Any]:
        """Return the scores that spaCy's tagger, parser, lemmatizer and entity recognizer would give."""
        examples = list(examples)
        scores: dict[str, Any] = {}
        for attribute in ("tag", "pos", "lemma"):
            scores |= Scorer.score_token_attr(examples, attribute)
        scores |= parser_score(examples)
        return scores | get_ner_prf(examples)

    def _read(self, docs: list[Doc]) -> None:
        if self.network is None:
            raise ValueError(
                f"The component {self.name!r} has no weights: load it with readout.weights.load_english()."
            )
        words = [[token.text for token in doc] for doc in docs]
        results = [_Result(doc, self.network.width) for doc in docs]
        runs = [run for index in range(len(docs)) for run in runs_of(words[index], results[index], index)]
        for run, scores in zip(runs, self.network.read([run.words for run in runs]), strict=True):
            self._decode(run, scores, results[run.doc])
        for doc, texts, result in zip(docs, words, results, strict=True):
            self._write(doc, texts, result)
        self.network.forget()

    def _decode(self, run: Run, scores: Scores, result: _Result) -> None:
        assert self.network is not None
        tokens = np.asarray(run.tokens)
        starts = sentence_starts(result.given[tokens], scores.starts)
        heads = np.zeros(len(run.words), dtype=np.int64)
        for start, stop in zip(starts, [*starts[1:], len(run.words)], strict=True):
            block = np.concatenate([scores.arcs[start:stop, :1], scores.arcs[start:stop, start + 1 : stop + 1]], axis=1)
            tree = best_tree(block)
            heads[start:stop] = np.where(tree == 0, 0, tree + start)
        relations = self.network.relations(scores, heads, root=self.kinds["deps"].index("root"))
        result.heads[tokens] = np.where(heads == 0, tokens, tokens[heads - 1])
        result.relations[tokens] = np.where(heads == 0, -1, relations)
        result.tags[tokens] = scores.tags
        result.states[tokens] = scores.states
        for start, stop, label in name_spans(scores.names, starts, self.kinds["names"]):
            result.names.append((int(tokens[start]), int(tokens[stop - 1]) + 1, label))

    def _write(self, doc: Doc, words: Sequence[str], result: _Result) -> None:
        if not len(doc):
            return
        relations = [*self.kinds["deps"], _ROOT]
        tags, row = self.kinds["tags"], self._row
        found = [
            row(word, tags[tag], relations[relation])
            for word, tag, relation in zip(words, result.tags.tolist(), result.relations.tolist(), strict=True)
        ]
        for place in np.flatnonzero(result.blank).tolist():
            found[place] = self._blank_row(words[place])
            result.heads[place] = _neighbour(result.blank, place)
        rows = np.empty((len(doc), 6), dtype=np.uint64)
        rows[:, :5] = found
        rows[:, 5] = (result.heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        doc.from_array(_WRITTEN, rows)  # type: ignore[arg-type]
        doc.tensor = result.states  # type: ignore[assignment]
        doc.set_ents([Span(doc, start, stop, label=label) for start, stop, label in result.names], default="outside")

    def _analysing(self) -> Callable[[str, str, str], tuple[int, ...]]:
        """Return a function from word, tag and relation to the numbers spaCy keeps; it remembers its answers."""
        strings, morphology, forms = self.vocab.strings, self.vocab.morphology, self.forms

        @lru_cache(maxsize=100_000)
        def row(word: str, tag: str, relation: str) -> tuple[int, ...]:
            pos = forms.part_of_speech(tag, relation)
            feats = morphology.add(forms.features(word, tag, pos))
            lemma = forms.lemma(word, tag)
            return strings.add(tag), strings.add(pos), feats, strings.add(lemma), strings.add(relation)

        return row

    def _blank_row(self, word: str) -> tuple[int, ...]:
        strings = self.vocab.strings
        return strings.add("_SP"), strings.add("SPACE"), 0, strings.add(word), strings.add("dep")

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write weights as 16-bit floats, words, labels and tables."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        if self.network is not None:
            arrays: dict[str, Any] = {name: value.astype(np.float16) for name, value in self.network.weights.items()}
            np.savez_compressed(folder / "weights.npz", **arrays)
        (folder / "words.txt").write_text("\n".join(self.words), encoding="utf-8")
        (folder / "labels.json").write_text(json.dumps(self.kinds, indent=0), encoding="utf-8")
        (folder / "forms.json").write_text(
            json.dumps(asdict(self.forms), ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8"
        )

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> English:
        """Read what `to_disk` wrote."""
        folder = Path(path)
        self.words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
        self.kinds = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.forms = Forms(**json.loads((folder / "forms.json").read_text(encoding="utf-8")))
        self._row = self._analysing()
        with np.load(folder / "weights.npz") as stored:
            self.network = Network({name: stored[name] for name in stored.files}, self.words)
        return self


class _Result:
    """What is known of a document while its runs are decoded."""

    __slots__ = ("blank", "given", "heads", "names", "relations", "states", "tags")

    def __init__(self, doc: Doc, width: int) -> None:
        size = len(doc)
        known = doc.to_array(["IS_SPACE", "SENT_START"]).reshape(size, 2)
        self.blank = known[:, 0].astype(bool)
        self.given = known[:, 1].astype(np.int64)  # 1: a sentence starts here, -1: none does, 0: not known
        self.heads: Ints = np.arange(size)
        self.relations: Ints = np.full(size, -1)
        self.tags: Ints = np.zeros(size, dtype=np.int64)
        self.states: Floats = np.zeros((size, width), dtype=np.float32)
        self.names: list[tuple[int, int, str]] = []


def _neighbour(blank: npt.NDArray[np.bool_], place: int) -> int:
    """Return the word that white space hangs on: the one before, at the very start the one after."""
    before = np.flatnonzero(~blank[:place])
    if len(before):
        return int(before[-1])
    after = np.flatnonzero(~blank[place:])
    return place + int(after[0]) if len(after) else place


def runs_of(words: Sequence[str], result: _Result, index: int) -> Iterator[Run]:
    """Cut a document into runs, at paragraphs where they are known, else where a sentence seems to end."""
    tokens = np.flatnonzero(~result.blank).tolist()
    kept = [words[token] for token in tokens]
    given = (result.given[tokens] == 1).tolist() if tokens else []
    start = 0
    while start < len(tokens):
        stop = _cut(kept, given, start)
        yield Run(index, tokens[start:stop], kept[start:stop])
        start = stop


def _cut(words: Sequence[str], given: Sequence[bool], start: int) -> int:
    """Return where a run that begins at `start` ends: the last good place within reach."""
    limit = start + LONGEST
    line = _headline(words, given, min(LONGEST_HEADLINE, len(words))) if start == 0 else None
    if line is not None or limit >= len(words):
        return len(words) if line is None else line
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


def _headline(words: Sequence[str], given: Sequence[bool], limit: int) -> int | None:
    """Return where a first line without a full stop ends: it must not be read as one sentence with what follows."""
    place = next((place for place in range(1, limit) if given[place]), None)
    if place is None or words[place - 1] in _ENDS or words[place - 1] in _CLOSERS:
        return None
    return place


def sentence_starts(given: Ints, chances: Floats) -> list[int]:
    """Return where sentences start in a run: where it is known, and where it is likely and not ruled out."""
    starts = (given == 1) | ((given == 0) & (chances > STARTS_AT))
    starts[0] = True
    return np.flatnonzero(starts).tolist()
