"""Measure the places on marked news: recognition, and resolution within 161 km (the measures of geoparsing studies)."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.quality.times import Mark, pairs
from readout import weights
from readout.annotations import make_doc, places_of, plain_article
from readout.extract.gazetteer import places_named
from readout.extract.namesakes import choose
from readout.extract.places import add_places
from readout.extract.toponyms import Toponym, inner_places

NEAR_KM = 161.0  # a hundred miles, the distance that studies of geoparsing count as right


@dataclass(slots=True)
class Counts:
    """What was marked, found, and right."""

    gold: int = 0
    predicted: int = 0
    relaxed: int = 0
    strict: int = 0
    with_point: int = 0
    end_to_end: int = 0
    given_spans: int = 0


DATA = ("geo/geo_geovirus.jsonl",)


def measure(corpora: Path, nlp: Language | None = None) -> dict[str, float]:
    """Return the figures on the marked set."""
    nlp = nlp or weights.load()
    counts = Counts()
    rows = [json.loads(line) for line in (corpora / "geo/geo_geovirus.jsonl").read_text("utf-8").splitlines()]
    for row, doc in zip(rows, nlp.pipe(make_doc(nlp, plain_article(row["text"])) for row in rows), strict=True):
        count(counts, row, doc)
    return figures(counts)


def figures(counts: Counts) -> dict[str, float]:
    """Return counts as percentages."""
    both = counts.gold + counts.predicted
    return {
        "geo_recognition_relaxed_f1": 200 * counts.relaxed / both,
        "geo_recognition_strict_f1": 200 * counts.strict / both,
        "geo_resolution_of_given_spans": 100 * counts.given_spans / counts.with_point,
        "geo_end_to_end": 100 * counts.end_to_end / counts.with_point,
    }


def count(counts: Counts, row: dict[str, Any], doc: Doc) -> None:
    """Add one text's figures."""
    found = [
        {"start": where.span.start, "end": where.span.stop, "lat": where.lat, "lon": where.lon}
        for where in places_of(doc) or places_of(add_places(doc))
        if not is_phrase(where.reason)
    ]
    counts.gold += len(row["toponyms"])
    counts.predicted += len(found)
    counts.with_point += sum(mark["lat"] is not None for mark in row["toponyms"])
    for gold, mark in pairs(row["toponyms"], found):
        counts.relaxed += 1
        counts.strict += (gold["start"], gold["end"]) == (mark["start"], mark["end"])
        counts.end_to_end += is_near(gold, mark)
    counts.given_spans += sum(is_near(gold, mark) for gold, mark in resolved(doc, row["toponyms"]))


def is_phrase(reason: str | None) -> bool:
    """Is it a place that is described and not named?"""
    return reason is not None and "described" in reason


def resolved(doc: Doc, marks: list[Mark]) -> Iterator[tuple[Mark, Mark]]:
    """Yield each marked name with the point that is chosen for it when the marked names are given."""
    ordered = sorted((mark for mark in marks if mark["lat"] is not None), key=lambda mark: (mark["start"], mark["end"]))
    names = [given(doc, mark) for mark in ordered]
    for mark, chosen in zip(ordered, choose(doc, names), strict=True):
        if chosen.place:
            yield mark, {"lat": chosen.place.lat, "lon": chosen.place.lon}


def given(doc: Doc, mark: Mark) -> Toponym:
    """Return a marked name as one recognised."""
    words = doc.char_span(mark["start"], mark["end"], alignment_mode="expand")
    text = doc.text[mark["start"] : mark["end"]]
    return Toponym(words.start, words.end, text, places_named(text) or inner_places(words), "given")


def is_near(gold: Mark, mark: Mark) -> bool:
    """Do two points lie within the distance?"""
    if gold["lat"] is None or mark["lat"] is None:
        return False
    lat, other = math.radians(gold["lat"]), math.radians(mark["lat"])
    half = math.sin((other - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other) * math.sin(math.radians(mark["lon"] - gold["lon"]) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half))) <= NEAR_KM
