"""Gradient descent for the small models over words: Adam, with a short rise and a steady fall of the rate."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Weights = dict[str, Floats]
RISE = 100  # steps until the full rate


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast to go."""

    epochs: int
    batch: int = 256
    rate: float = 2e-3
    decay: float = 1e-3

    def batches(self, size: int, rng: np.random.Generator) -> Iterator[Ints]:
        """Yield the rows of each batch, every epoch in another order."""
        for _ in range(self.epochs):
            order = rng.permutation(size)
            yield from (order[start : start + self.batch] for start in range(0, size, self.batch))

    def steps(self, size: int) -> int:
        """Return how many batches there are in all."""
        return self.epochs * -(-size // self.batch)


def descend(
    weight: Weights, size: int, gradients: Callable[[Ints], Weights], course: Course, rng: np.random.Generator
) -> None:
    """Change the weights in place; `gradients` gives those of the loss on some rows."""
    mean = {name: np.zeros_like(value) for name, value in weight.items()}
    square = {name: np.zeros_like(value) for name, value in weight.items()}
    steps = course.steps(size)
    for step, batch in enumerate(course.batches(size, rng), start=1):
        rate = course.rate * min(1, step / RISE) * (1 - step / (steps + 1))
        for name, grad in gradients(batch).items():
            mean[name] = 0.9 * mean[name] + 0.1 * grad
            square[name] = 0.99 * square[name] + 0.01 * grad**2
            move = mean[name] / (1 - 0.9**step) / (np.sqrt(square[name] / (1 - 0.99**step)) + 1e-8)
            weight[name] -= (rate * (move + course.decay * weight[name])).astype(np.float32)
