"""Read English: sentences, tags, trees, lemmas and names from one small network, in numpy alone.

The network is trained in `training/` by distilling a larger one. White space tokens never enter it. Every layer here
has its twin in `training/student.py`; a change here is a change there.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]

FEATURES = 12
REACH = 24  # relative positions beyond it share a bias
_BATCH_TOKENS = 800  # what fits the caches: a quarter faster than 4000 (300-4000 tried)
_CACHED_WORDS = 60_000
_ONE_FORM = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "`": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "…": "...",
        "–": "--",
        "—": "--",
        "−": "-",
        "‐": "-",
        "‑": "-",
    }
)


def plain(word: str) -> str:
    """Return a word with one form for all quotes and dashes."""
    return '"' if word in {"``", "''"} else word.translate(_ONE_FORM)


def shape(word: str) -> str:
    """Return the word's pattern of letter case and digits, runs shortened to three."""
    out: list[str] = []
    for char in word[:24]:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        if out[-3:] != [kind] * 3:
            out.append(kind)
    return "".join(out)


def features(word: str, rows: int) -> list[int]:
    """Return the table rows of a word's features: form, affixes, shape."""
    word = plain(word)
    low = "".join("0" if c.isdigit() else c for c in word.lower())
    parts = (
        low, word if word != low else "=", shape(word), low[:1], low[:2], low[:3], low[:4],
        low[-1:], low[-2:], low[-3:], low[-4:], low[1:-1][:5],
    )  # fmt: skip
    return [zlib.crc32(f"{index}\t{part}".encode()) % rows for index, part in enumerate(parts)]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one run of tokens."""

    tags: Ints
    starts: Floats
    arcs: Floats  # token by (root, token ...)
    relations: tuple[Floats, Floats]  # as dependent, as head (root first)
    names: Floats
    states: Floats  # one row a token: what later models may be trained on


class Network:
    """The weights, and the words already embedded."""

    def __init__(self, weights: dict[str, npt.NDArray[np.generic]], words: Sequence[str]) -> None:
        self.weights: dict[str, Floats] = {
            name: np.ascontiguousarray(value, dtype=np.float32) for name, value in weights.items()
        }
        self._row = {word: index for index, word in enumerate(words)}
        self._known: dict[str, int] = {}
        self.width = int(self.weights["norm.weight"].shape[0])
        self._embedded: Floats = np.zeros((1024, self.width), dtype=np.float32)
        self.layers = sorted({int(name.split(".")[1]) for name in self.weights if name.startswith("layer.")})
        self.convolution = {n: f"layer.{n}.conv.weight" in self.weights for n in self.layers}
        self._bias: dict[tuple[int, int], Floats] = {}

    def read(self, runs: Sequence[Sequence[str]]) -> Iterator[Scores]:
        """Yield the scores of each run of words, in order."""
        out: dict[int, Scores] = {}
        self._embed(sorted({word for run in runs for word in run if word not in self._known}))
        for group in _grouped(runs):
            out.update(zip(group, self._read_group([runs[i] for i in group]), strict=True))
        for index in range(len(runs)):
            yield out[index]

    def _read_group(self, runs: Sequence[Sequence[str]]) -> Iterator[Scores]:
        lengths = [len(run) for run in runs]
        states = self._encode(runs, lengths)
        w = self.weights
        flat = states[np.arange(max(lengths))[None, :] < np.array(lengths)[:, None]]
        tags = (flat @ w["tag.weight"].T + w["tag.bias"]).argmax(-1)
        starts = _sigmoid(flat @ w["start.weight"].T + w["start.bias"])[:, 0]
        names = self._mlp(flat, "name_hidden") @ w["name.weight"].T + w["name.bias"]
        arc_dep, arc_head = self._mlp(flat, "arc_dep"), self._mlp(flat, "arc_head")
        rel_dep, rel_head = self._mlp(flat, "rel_dep"), self._mlp(flat, "rel_head")
        root = w["root"][None, :]
        arc_root, rel_root = self._mlp(root, "arc_head"), self._mlp(root, "rel_head")
        left = arc_dep @ w["arc"][:-1] + w["arc"][-1]
        at = 0
        for length in lengths:
            part = slice(at, at + length)
            heads = np.concatenate([arc_root, arc_head[part]])
            yield Scores(
                tags[part],
                starts[part],
                left[part] @ heads.T,
                (rel_dep[part], np.concatenate([rel_root, rel_head[part]])),
                names[part],
                flat[part],
            )
            at += length

    def relations(self, scores: Scores, heads: Ints, *, root: int) -> Ints:
        """Return the best relation of each token to its given head (0 is the root); `root` is the root's own label."""
        dep, head = scores.relations[0], scores.relations[1][heads]
        table = self.weights["rel"]  # [dep + 1, relation * (head + 1)]
        both = dep @ table[:-1] + table[-1]
        both = both.reshape(len(heads), -1, head.shape[1] + 1)
        ones = np.ones((len(heads), 1), dtype=np.float32)
        found: Floats = np.matmul(both, np.concatenate([head, ones], 1)[:, :, None])[:, :, 0]
        found[:, root] = -np.inf
        best: Ints = found.argmax(-1)
        return best

    def _encode(self, runs: Sequence[Sequence[str]], lengths: list[int]) -> Floats:
        size, longest = len(runs), max(lengths)
        rows = np.zeros((size, longest), dtype=np.int64)
        for index, run in enumerate(runs):
            rows[index, : len(run)] = [self._known[word] for word in run]
        states = self._embedded[rows]
        inside = (np.arange(longest)[None, :] < np.array(lengths)[:, None])[:, :, None].astype(np.float32)
        states *= inside
        blocked = None if min(lengths) == longest else (1 - inside[:, None, None, :, 0]) * -1e9
        for layer in self.layers:
            if self.convolution[layer]:
                states = self._convolve(states, layer, inside)
            else:
                states = self._attend(states, layer, blocked)
        return self._norm(states, "norm")

    def _convolve(self, states: Floats, layer: int, inside: Floats) -> Floats:
        hidden = self._norm(states, f"layer.{layer}.norm") * inside
        size, length, width = hidden.shape
        windows = np.zeros((size, length, 3 * width), dtype=np.float32)
        windows[:, 1:, :width] = hidden[:, :-1]
        windows[:, :, width : 2 * width] = hidden
        windows[:, :-1, 2 * width :] = hidden[:, 1:]
        out = (
            windows.reshape(-1, 3 * width) @ self.weights[f"layer.{layer}.conv.weight"].T
            + self.weights[f"layer.{layer}.conv.bias"]
        )
        after: Floats = states + np.maximum(out[:, :width], out[:, width:]).reshape(size, length, width)
        return after

    def _attend(self, states: Floats, layer: int, blocked: Floats | None) -> Floats:
        name, w = f"layer.{layer}", self.weights
        size, length, width = states.shape
        bias = w[f"{name}.position"]
        heads = bias.shape[0]
        hidden = self._norm(states, f"{name}.norm").reshape(-1, width)
        mixed = (hidden @ w[f"{name}.qkv.weight"].T + w[f"{name}.qkv.bias"]).reshape(
            size, length, 3, heads, width // heads
        )
        query, key, value = (mixed[:, :, i].transpose(0, 2, 1, 3) for i in range(3))
        scores = query @ key.transpose(0, 1, 3, 2)
        scores += self._position(layer, length)
        if blocked is not None:
            scores += blocked
        scores -= scores.max(-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(-1, keepdims=True)
        seen = (scores @ value).transpose(0, 2, 1, 3).reshape(-1, width)
        states = states + (seen @ w[f"{name}.out.weight"].T + w[f"{name}.out.bias"]).reshape(states.shape)
        hidden = self._norm(states, f"{name}.norm2").reshape(-1, width)
        inner = np.maximum(hidden @ w[f"{name}.up.weight"].T + w[f"{name}.up.bias"], 0)
        states += (inner @ w[f"{name}.down.weight"].T + w[f"{name}.down.bias"]).reshape(states.shape)
        return states

    def _position(self, layer: int, length: int) -> Floats:
        """Return the bias of each pair of positions, scaled weights are in the query already."""
        if (layer, length) not in self._bias:
            if len(self._bias) > 400:
                self._bias.clear()
            order = np.arange(length)
            offset = np.clip(order[None, :] - order[:, None], -REACH, REACH) + REACH
            self._bias[layer, length] = self.weights[f"layer.{layer}.position"][:, offset]
        return self._bias[layer, length]

    def _embed(self, words: list[str]) -> None:
        """Embed words not met before; word vectors depend on the word alone."""
        if not words:
            return
        w = self.weights
        table = w["types.table"]
        rows = np.array([features(word, len(table)) for word in words])
        summed: Floats = table[rows].sum(1)
        vectors = w["types.vectors"][[self._row.get(plain(word).lower(), 0) for word in words]]
        hidden = self._norm(summed + vectors @ w["types.project.weight"].T, "types.norm")
        inner = np.maximum(hidden @ w["types.up.weight"].T + w["types.up.bias"], 0)
        hidden = hidden + inner @ w["types.down.weight"].T + w["types.down.bias"]
        first = len(self._known)
        while first + len(words) > len(self._embedded):
            self._embedded = np.concatenate([self._embedded, np.zeros_like(self._embedded)])
        self._embedded[first : first + len(words)] = hidden
        self._known.update((word, first + index) for index, word in enumerate(words))

    def vectors(self, words: Sequence[str]) -> Floats:
        """Return the vectors that words had before training, one row a word; zeros for words that have none."""
        rows = np.array([self._row.get(plain(word).lower(), 0) for word in words], dtype=np.int64)
        found: Floats = self.weights["types.vectors"][rows]
        return found

    def forget(self) -> None:
        """Let go of embedded words when there are too many (a long-running process)."""
        if len(self._known) > _CACHED_WORDS:
            self._known.clear()

    def _mlp(self, states: Floats, name: str) -> Floats:
        out: Floats = np.maximum(states @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"], 0)
        return out

    def _norm(self, states: Floats, name: str) -> Floats:
        centred: Floats = states - states.mean(-1, keepdims=True)
        centred *= 1 / np.sqrt(np.einsum("...i,...i->...", centred, centred)[..., None] / states.shape[-1] + 1e-5)
        centred *= self.weights[f"{name}.weight"]
        centred += self.weights[f"{name}.bias"]
        return centred


def _grouped(runs: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """Group runs of like length, so that little is padded."""
    order = sorted((i for i, run in enumerate(runs) if run), key=lambda i: len(runs[i]))
    group: list[int] = []
    for index in order:
        if group and (len(group) + 1) * len(runs[index]) > _BATCH_TOKENS:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), dtype=np.float32)
