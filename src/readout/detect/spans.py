"""Make names of begin/inside/outside scores: the best sequence in which an inside follows its own kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]

_SURE = 5.0  # a token this much more likely outside than anything else belongs to no name
_NEVER = -1e4


def name_spans(scores: Floats, starts: Sequence[int], labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield names as (first token, token after the last, label); none crosses a sentence start."""
    outside = labels.index("O")
    others = np.delete(scores, outside, axis=1).max(1)
    open_ = np.flatnonzero(scores[:, outside] - others < _SURE).tolist()
    bounds = set(starts)
    for first, last in _stretches(open_, bounds):
        yield from _spans(best_labels(scores[first:last], tuple(labels)), first, labels)


def _stretches(places: Sequence[int], bounds: set[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, after the last) of each stretch of neighbouring places within a sentence."""
    first = last = -1
    for place in places:
        if place == last and place not in bounds:
            last = place + 1
            continue
        if first >= 0:
            yield first, last
        first, last = place, place + 1
    if first >= 0:
        yield first, last


def best_labels(scores: Floats, labels: tuple[str, ...]) -> list[int]:
    """Return the best allowed sequence of labels (Viterbi)."""
    change, opening = _allowed(labels)
    total = scores[0] + opening
    back = []
    for row in scores[1:]:
        ways = total[:, None] + change
        back.append(ways.argmax(0))
        total = ways.max(0) + row
    path = [int(total.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


@cache
def _allowed(labels: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Return what each change of label costs, and each label at the beginning: nothing or too much."""
    change = np.zeros((len(labels), len(labels)), dtype=np.float32)
    opening = np.zeros(len(labels), dtype=np.float32)
    for after, label in enumerate(labels):
        if label.startswith("I-"):
            opening[after] = _NEVER
            for before, earlier in enumerate(labels):
                if earlier[2:] != label[2:] or earlier == "O":
                    change[before, after] = _NEVER
    return change, opening


def _spans(path: Sequence[int], offset: int, labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    begun, kind = -1, ""
    for place, index in enumerate([*path, labels.index("O")]):
        label = labels[index]
        if begun >= 0 and not label.startswith("I-"):
            yield offset + begun, offset + place, kind
            begun = -1
        if label.startswith("B-"):
            begun, kind = place, label[2:]
