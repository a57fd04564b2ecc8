"""The tree of a sentence: one root, no cycles, the best sum of scores."""

from itertools import product

import numpy as np
import pytest

from readout.detect.trees import best_tree


def test_a_single_word_is_the_root() -> None:
    assert best_tree(np.zeros((1, 2), dtype=np.float32)).tolist() == [0]


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    # Words 1 and 2 choose each other; word 0 is the root.
    scores = np.array([[9, 0, 0, 0], [0, 4, 0, 5], [0, 1, 5, 0]], dtype=np.float32)
    assert best_tree(scores).tolist() == [0, 1, 2]


@pytest.mark.parametrize("seed", range(40))
def test_it_is_the_best_tree_with_its_root(seed: int) -> None:
    random = np.random.default_rng(seed)
    size = int(random.integers(2, 6))
    scores = random.normal(size=(size, size + 1)).astype(np.float32)
    heads = best_tree(scores).tolist()
    assert heads.count(0) == 1
    root = heads.index(0)
    others = [i for i in range(size) if i != root]
    best = max(
        sum(scores[i, h] for i, h in zip(others, choice, strict=True))
        for choice in product(range(1, size + 1), repeat=len(others))
        if all(h != i + 1 for i, h in zip(others, choice, strict=True))
        and reaches(dict(zip(others, choice, strict=True)), root)
    )
    assert sum(scores[i, heads[i]] for i in others) == pytest.approx(best, abs=1e-4)


def reaches(heads: dict[int, int], root: int) -> bool:
    """Does every word's path upwards end at the root?"""
    for start in heads:
        at, steps = start, 0
        while at != root and steps <= len(heads):
            at, steps = heads[at] - 1, steps + 1
        if at != root:
            return False
    return True
