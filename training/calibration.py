"""Make the scores of events true to how often events are right (src/readout/extract/data/calibration.yaml).

python -m training.calibration [--corpora DIR --silver FILE]

Data: training/events/*.txt, read by the whole pipeline, each half with a model of acts trained on the other. An
event is right if a trigger of its type stands in its words and source and target are right. A logistic curve over the
model's chance and the entry's own score is fitted to that.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from scipy.optimize import minimize

from readout import pipeline
from readout.annotations import events_of, make_doc, plain_article
from readout.extract import events, proposals
from readout.extract.acts import Act
from readout.extract.told import Told
from readout.extract.wordmodels import Perceptron
from readout.records import Event, Party
from training.acts import MARKED, SENTENCES, TRIGGER, Floats, Words, averaged, collect, own_lines, silver

TARGET = Path("src/readout/extract/data/calibration.yaml")
SAME = frozenset({"SANCTION", "COERCE"})  # sanctions, bans, convictions
PENALTY = 1e-3
FOLDS = 2


@dataclass(frozen=True, slots=True)
class Gold:
    """A marked event: type, where its trigger stands, and its parties."""

    type: str
    start: int
    stop: int
    sources: tuple[tuple[int, int], ...]
    targets: tuple[tuple[int, int], ...]


def marked_lines() -> list[str]:
    """Return the lines of the training files, in the order of `own_lines`."""
    lines = (line.strip() for path in sorted(SENTENCES.glob("*.txt")) for line in path.read_text("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def read(marked: str) -> tuple[str, list[Gold]]:
    """Return a line without its marks, and its events."""
    text, at = "", 0
    triggers: dict[str, tuple[str, int, int]] = {}
    parties: dict[str, list[tuple[int, int]]] = {}
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        here = len(text), len(text) + len(match[1])
        for label in (part.strip() for part in match[2].split(",")):
            if TRIGGER.fullmatch(label):
                number = re.search(r"\d+$", label)
                triggers[number[0] if number else "1"] = re.split(r"[ .]", label)[0], *here
            elif re.fullmatch(r"[ST]\d+", label):
                parties.setdefault(label, []).append(here)
        text, at = text + match[1], match.end()
    found = [
        Gold(*trigger, tuple(parties.get(f"S{number}", ())), tuple(parties.get(f"T{number}", ())))
        for number, trigger in triggers.items()
    ]
    return text + marked[at:], found


def is_right(event: Event, gold: Sequence[Gold]) -> bool:
    """Is an event one of those that are marked, with its parties?"""
    return any(matches(event, one) for one in gold)


def matches(event: Event, gold: Gold) -> bool:
    """Are type, words and parties those of a marked event?"""
    typed = event.type == gold.type or {event.type, gold.type} <= SAME
    if not typed or not any(span.start < gold.stop and gold.start < span.stop for span in event.trigger):
        return False
    if event.reciprocal:
        return side((*gold.sources, *gold.targets), (*event.sources, *event.targets))
    return side(gold.sources, event.sources) and (not event.targets or side(gold.targets, event.targets))


def side(wanted: Sequence[tuple[int, int]], found: Sequence[Party]) -> bool:
    """Is one party right, or none there where none should be?"""
    if not wanted or not found:
        return not wanted and not found
    return any(party.span.start < stop and start < party.span.stop for party in found for start, stop in wanted)


def observed(raw: Words | None) -> Iterator[tuple[float, float, bool]]:
    """Yield the chance and the entry's score of each event that is found, and whether it is right."""
    data, lines = collect(own_lines()), marked_lines()
    fold = np.random.default_rng(0).permutation(len(lines)) % FOLDS
    models: list[Perceptron] = [averaged(data.part(fold[data.line] != part).with_silver(raw)) for part in range(FOLDS)]
    nlp = pipeline.load()
    weighed: dict[str, tuple[float, float]] = {}
    plain = events.Page.event

    def noted(page: events.Page, act: Act, told: Told) -> Event:
        event = plain(page, act, told)
        weighed[event.id] = act.score, act.hit.predicate.score
        return event

    events.Page.event = noted  # type: ignore[method-assign]
    for number, line in enumerate(lines):
        proposals.act_model = lambda model=models[fold[number]]: model  # type: ignore[assignment,attr-defined,misc]
        text, gold = read(line)
        for event in events_of(nlp(make_doc(nlp, plain_article(text)))):
            yield *weighed[event.id], is_right(event, gold)


def fit(rows: Sequence[tuple[float, float, bool]]) -> Floats:
    """Return the weights of chance, entry score and the constant, by least surprise."""
    given = np.array([[proposals.odds(chance), proposals.odds(score), 1] for chance, score, _ in rows])
    right = np.array([row[2] for row in rows])

    def surprise(weight: Floats) -> float:
        sums = given @ weight
        return float(np.logaddexp(0, np.where(right, -sums, sums)).mean() + PENALTY * (weight[:2] ** 2).sum())

    found: Floats = minimize(surprise, np.array([0.5, 0.5, 0.0])).x
    return found


def main() -> None:
    """Fit, write, and show how often events of each score are right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path)
    parser.add_argument("--silver", type=Path, help="what training.actteacher wrote")
    args = parser.parse_args()
    rows = list(observed(silver(args.corpora, args.silver) if args.silver else None))
    weight = fit(rows)
    names = ("chance", "entry", "constant")
    heading = "# What makes the score of an event; by `python -m training.calibration`, not by hand.\n"
    TARGET.write_text(heading + yaml.safe_dump({n: round(float(w), 4) for n, w in zip(names, weight, strict=True)}))
    proposals.calibration.cache_clear()
    scores = np.array([proposals.calibrated(chance, score) for chance, score, _ in rows])
    right = np.array([row[2] for row in rows])
    for least in np.arange(0, 1, 0.1):
        near = (scores >= least) & (scores < least + 0.1)
        print(f"score {least:.1f} to {least + 0.1:.1f}: {right[near].mean() if near.any() else 0:.2f} of {near.sum()}")


if __name__ == "__main__":
    main()
