"""Gather what is the same into groups, the surest pairs first, and never what must stay apart."""

from collections.abc import Callable, Iterable


class Gathering:
    """Numbered things in disjoint groups."""

    def __init__(self, size: int) -> None:
        self._group = list(range(size))
        self._members = [[n] for n in range(size)]

    def gather(self, pairs: Iterable[tuple[float, int, int]], *, apart: Callable[[int, int], bool]) -> None:
        """Join the groups that (score, one, other) pairs link, the highest score first; `apart` forbids a meeting."""
        for _, first, second in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
            left, right = sorted((self._group[first], self._group[second]))
            if left != right and not self._forbidden(left, right, apart):
                self._join(left, right)

    def _forbidden(self, left: int, right: int, apart: Callable[[int, int], bool]) -> bool:
        return any(apart(a, b) for a in self._members[left] for b in self._members[right])

    def _join(self, left: int, right: int) -> None:
        for member in self._members[right]:
            self._group[member] = left
        self._members[left] += self._members[right]
        self._members[right] = []

    def groups(self) -> list[list[int]]:
        """Return the groups, each sorted, in the order of their first members."""
        return [sorted(members) for members in self._members if members]
