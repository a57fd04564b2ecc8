"""Run the per-article steps, here or on several processes: order is kept, and memory bounded by batches in flight."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import Any, TypeVar

BATCHES_IN_FLIGHT = 3  # per process: enough to keep it busy, few enough that a long input is not read into memory

In = TypeVar("In")
Out = TypeVar("Out")
Worker = Callable[[Sequence[In]], Sequence[Out]]

_worker: Worker[Any, Any] | None = None  # of a child process, made once by its initializer


def run(
    make_worker: Callable[[], Worker[In, Out]], items: Iterable[In], *, workers: int = 1, batch_size: int = 32
) -> Iterator[Out]:
    """Yield what a worker makes of the items, in their order; each process makes its worker once."""
    batches = _batches(items, batch_size)
    return _run_here(make_worker, batches) if workers <= 1 else _run_processes(make_worker, batches, workers)


def _batches(items: Iterable[In], size: int) -> Iterator[list[In]]:
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


def _run_here(make_worker: Callable[[], Worker[In, Out]], batches: Iterator[list[In]]) -> Iterator[Out]:
    worker = make_worker()
    for batch in batches:
        yield from worker(batch)


def _run_processes(
    make_worker: Callable[[], Worker[In, Out]], batches: Iterator[list[In]], workers: int
) -> Iterator[Out]:
    context = multiprocessing.get_context("spawn")  # a forked child would share threads of numpy and SQLite handles
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_make, initargs=(make_worker,)) as pool:
        waiting: deque[Future[Sequence[Out]]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_work, batch))
            if len(waiting) >= workers * BATCHES_IN_FLIGHT:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def _make(make_worker: Callable[[], Worker[Any, Any]]) -> None:
    global _worker  # noqa: PLW0603  # the one object that a child process keeps between batches
    _worker = make_worker()


def _work(batch: Sequence[Any]) -> Sequence[Any]:
    if _worker is None:
        raise RuntimeError("the process was started without its initializer")
    return _worker(batch)
