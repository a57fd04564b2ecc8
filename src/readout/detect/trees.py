"""Make one tree of each sentence's arc scores: the maximum spanning tree with a single root."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]

_NEVER = np.float32(-1e9)


def best_tree(scores: Floats) -> Ints:
    """Return the head of each token, 0 for the root, else 1 + the head's index; `scores` is token by (root, tokens)."""
    size = len(scores)
    if size == 1:
        return np.zeros(1, dtype=np.int64)
    inner = scores[:, 1:].copy()
    np.fill_diagonal(inner, _NEVER)
    root = int((scores[:, 0] - inner.max(1)).argmax())
    heads: Ints = inner.argmax(1)
    heads[root] = root
    if not _is_tree(heads, root):
        heads = _spanning_tree(inner.astype(np.float64), root)
    heads = heads + 1
    heads[root] = 0
    return heads


def _is_tree(heads: Ints, root: int) -> bool:
    """Follow all heads upwards, twice as far each time; in a tree every path ends at the root."""
    reached = heads
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    return bool((reached == root).all())


def _spanning_tree(scores: npt.NDArray[np.float64], root: int) -> Ints:
    """Return the maximum spanning tree below a root (Chu-Liu/Edmonds; `scores` is dependent by head)."""
    size = len(scores)
    scores = scores.copy()
    scores[root, :] = -np.inf
    np.fill_diagonal(scores, -np.inf)
    heads: Ints = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if cycle is None:
        return heads
    inside = np.zeros(size, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    place = {int(old): new for new, old in enumerate(outside)}
    node = len(outside)
    small = np.full((node + 1, node + 1), -np.inf)
    small[:node, :node] = scores[np.ix_(outside, outside)]
    kept = scores[cycle, heads[cycle]]
    entering = scores[np.ix_(cycle, outside)] - kept[:, None]
    small[node, :node] = entering.max(0)
    leaving = scores[np.ix_(outside, cycle)]
    small[:node, node] = leaving.max(1)
    below = _spanning_tree(small, place[root])
    found = heads.copy()
    for new, old in enumerate(outside):
        if int(old) != root:
            found[old] = cycle[int(leaving[new].argmax())] if below[new] == node else outside[below[new]]
    entry = int(below[node])
    broken = cycle[int(entering[:, entry].argmax())]
    found[broken] = outside[entry]
    return found


def _cycle(heads: Ints, root: int) -> Ints | None:
    """Return the tokens of one cycle, None when there is none."""
    colour = np.zeros(len(heads), dtype=np.int64)
    colour[root] = -1
    for start in range(len(heads)):
        at = start
        while colour[at] == 0:
            colour[at] = start + 1
            at = int(heads[at])
        if colour[at] == start + 1:
            cycle = [at]
            while int(heads[cycle[-1]]) != at:
                cycle.append(int(heads[cycle[-1]]))
            return np.array(cycle, dtype=np.int64)
    return None
