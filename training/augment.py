"""Make training text look like news: headlines, datelines, missing periods, bullets, other names."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from training.gazetteers import cities, countries
from training.teacher import Window, spans

_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "but",
        "by",
        "as",
        "with",
        "from",
        "vs.",
        "'s",
        "’s",
        "n't",
        "n’t",
    ]
)
_AGENCIES = (
    "AP",
    "Reuters",
    "AFP",
    "Xinhua",
    "TASS",
    "dpa",
    "UPI",
    "Kyodo",
    "ANSA",
    "Interfax",
    "RIA Novosti",
    "Yonhap",
)
_KINDS = ("PERSON", "ORG", "GPE")


@cache
def listed() -> dict[str, list[str]]:
    """Return the lists of names.yaml."""
    lists = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))
    return {kind: [name.strip() for name in text.split("|") if name.strip()] for kind, text in lists.items()}


class Augmenter:
    """Return a varied copy of a window; every chance is per window."""

    def __init__(self, windows: Iterable[Window], tokenizer: Callable, seed: int) -> None:
        self.rng = random.Random(seed)
        pool: dict[tuple[str, int], set[tuple[str, ...]]] = defaultdict(set)
        for kind, name in self._listed():
            words = tuple(token.text for token in tokenizer(name))
            pool[kind, len(words)].add(words)
        for window in windows:
            for start, stop, kind in spans(window.names) if window.names else ():
                if kind in _KINDS and window.words[start][:1].isupper():
                    pool[kind, stop - start].add(tuple(window.words[start:stop]))
        self.pool = {key: sorted(map(list, names)) for key, names in pool.items()}

    def _listed(self) -> list[tuple[str, str]]:
        lists = listed()
        names = [("GPE", name) for name in [*sorted(countries()), *sorted(cities())[::8]] if name[:1].isupper()]
        names += [("ORG", name) for name in lists["organizations"]] + [("PERSON", name) for name in lists["people"]]
        names += [("PERSON", f"{first} {self.rng.choice(lists['last'])}") for first in lists["first"] for _ in range(4)]
        return names + [("PERSON", name) for name in lists["last"]]

    def __call__(self, window: Window) -> Window:
        """Return the window varied."""
        if window.names and self.rng.random() < 0.5:
            window = self.rename(window)
        chance = self.rng.random()
        if chance < 0.04:
            return replace(window, words=[w if w in _SMALL else w[:1].upper() + w[1:] for w in window.words])
        if chance < 0.055:
            return replace(window, words=[w.upper() for w in window.words])
        if chance < 0.07:
            return replace(window, words=[w.lower() for w in window.words])
        if chance < 0.09 and window.heads is not None and window.names is not None:
            return self.dateline(window)
        if chance < 0.11 and window.heads is not None:
            return self.bullet(window)
        if chance < 0.20:
            return self.unfinished(window)
        return window

    def rename(self, window: Window) -> Window:
        """Put other names of the same kind and length in place of some names."""
        words, given = list(window.words), {}
        for start, stop, kind in sorted(spans(window.names)):
            old = tuple(words[start:stop])
            others = self.pool.get((kind, stop - start))
            if not others or not old[0][:1].isupper() or (kind == "GPE" and self.rng.random() < 0.5):
                continue
            if old not in given:
                given[old] = self.rng.choice(others) if self.rng.random() < 0.5 else list(old)
            words[start:stop] = given[old]
        return replace(window, words=words)

    def unfinished(self, window: Window) -> Window:
        """Leave out the final period."""
        size = len(window.words) - 1
        if size < 2 or window.words[-1] != "." or (window.heads is not None and size in window.heads):
            return window
        cut = lambda values: None if values is None else values[:size]  # noqa: E731
        return replace(
            window,
            words=cut(window.words),
            sentence=cut(window.sentence),
            tags=cut(window.tags),
            heads=cut(window.heads),
            deps=cut(window.deps),
            names=cut(window.names),
            soft=None if window.soft is None else window.soft.cut(size),
        )

    def dateline(self, window: Window) -> Window:
        """Open the window with a dateline, a sentence of its own."""
        city = self.rng.choice(self.pool["GPE", 1])[0]
        agency = self.rng.choice(_AGENCIES).split()
        words = [
            city.upper() if self.rng.random() < 0.7 else city,
            "(",
            *agency,
            ")",
            self.rng.choice(["-", "—", "--"]),
        ]
        last = 1 + len(agency)
        heads = [-1, last, *[last] * (len(agency) - 1), 0, last, 0]
        deps = ["root", "punct", *["compound"] * (len(agency) - 1), "appos", "punct", "punct"]
        tags = ["NNP", "-LRB-", *["NNP"] * len(agency), "-RRB-", ":"]
        names = ["B-GPE", "O", "B-ORG", *["I-ORG"] * (len(agency) - 1), "O", "O"]
        shift = len(words)
        moved = [h if h < 0 else h + shift for h in window.heads]
        return replace(
            window,
            words=words + window.words,
            sentence=[-2] * shift + window.sentence,
            tags=tags + window.tags,
            heads=heads + moved,
            deps=deps + window.deps,
            names=names + window.names,
            soft=None,
        )

    def bullet(self, window: Window) -> Window:
        """Open the first sentence with a bullet that hangs on its root."""
        first, mark = window.sentence[0], self.rng.choice(["•", "*", "-", "·"])
        root = next(i for i, head in enumerate(window.heads) if head < 0 and window.sentence[i] == first)
        heads = [root + 1, *(h if h < 0 else h + 1 for h in window.heads)]
        return replace(
            window,
            words=[mark, *window.words],
            sentence=[first, *window.sentence],
            tags=[":", *window.tags],
            heads=heads,
            deps=["punct", *window.deps],
            names=None if window.names is None else ["O", *window.names],
            soft=None,
        )
