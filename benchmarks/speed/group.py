"""How long does it take to group many articles, and how much memory? On real articles, varied.

    python -m benchmarks.speed.group CORPORA [NUMBER ...]

Each variation gives every longer word of an article a form of its own, drops sentences and moves the date, so that it
is another happening in other words; one in ten is a copy of another outlet. Quotations are read as statements of a
speaker with the last name before them, so that claims are merged too. Prints articles, seconds, CPU seconds and peak
memory.
"""

import json
import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from readout.annotations import plain_article
from readout.group.stories import group
from readout.provenance import TextSpan, positions, record_id
from readout.records import Actor, ActorKind, Article, Event, Name, Party, Reading, Statement, StatementKind

NUMBERS = (2_500, 5_000, 10_000, 20_000)
DAYS = 60
ENDINGS = ("", *"aeouklmnrst", *("ak", "ek", "ok", "uk", "al", "ol"))
KEPT = 0.85  # of an article's sentences
COPIES = 0.1
QUOTATION = re.compile(r"[“\"]([^“”\"]{30,600})[”\"]")
LONGER_WORD = re.compile(r"\b[A-Za-z]{5,}\b")
NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
SENTENCE = re.compile(r"[^.\n]*[.\n]+")


def varied(rows: list[dict[str, Any]], number: int) -> Iterator[Reading]:
    """Yield so many readings, made from these articles."""
    chance = random.Random(20310505)
    last: Reading | None = None
    for n in range(number):
        if last is not None and chance.random() < COPIES:
            yield _reading(last.article.text, last.article.headline, last.article.published, f"Copy {n}")
            continue
        row, round_ = rows[n % len(rows)], n // len(rows)
        kept = "".join(s for s in SENTENCE.findall(row["text"] + ".") if chance.random() < KEPT)
        day = date(2031, 1, 1) + timedelta(days=(date.fromisoformat(row["date"][:10]).toordinal() + 7 * round_) % DAYS)
        last = _reading(
            _renamed(kept, round_), Name(_renamed(row["title"] or "", round_)), day.isoformat(), row["outlet"]
        )
        yield last


def _renamed(text: str, round_: int) -> str:
    return LONGER_WORD.sub(lambda match: match.group() + ENDINGS[round_ % len(ENDINGS)], text)


def _reading(text: str, headline: Name | None, published: str | None, outlet: str) -> Reading:
    """Return the reading of a text: its quotations, and a meeting of the first two speakers."""
    bare = plain_article(text)
    id_ = record_id("a", outlet, published, text)
    one = Article(id_, text, outlet=outlet, published=published, headline=headline, blocks=bare.blocks)
    statements: list[Statement] = []
    parties: dict[str, Party] = {}
    for match in QUOTATION.finditer(text):
        span = one.span(*match.span(1))
        names = list(NAME.finditer(text, max(0, match.start() - 200), match.start()))
        party = _party(one, names[-1]) if names else None
        if party is not None and party.actor is not None:
            parties.setdefault(party.actor, party)
        kind = StatementKind.DIRECT
        statements.append(Statement(record_id("s", one.id, positions([span])), kind, (span,), party))
    return Reading(
        one,
        actors=tuple(Actor(p.actor or "", p.name or "", ActorKind.PERSON) for p in parties.values()),
        statements=tuple(statements),
        events=tuple(_meeting(one, list(parties.values())[:2])),
    )


def _party(one: Article, name: re.Match[str]) -> Party:
    span = TextSpan.within(one, *name.span())
    return Party(span, None, record_id("k", span.text), span.text)


def _meeting(one: Article, parties: list[Party]) -> Iterator[Event]:
    if len(parties) == 2:
        trigger = parties[0].span
        id_ = record_id("e", one.id, trigger.start)
        yield Event(id_, "CONSULT", (trigger,), sources=(parties[0],), targets=(parties[1],), reciprocal=True)


def measure(corpora: Path, number: int) -> dict[str, float]:
    """Return seconds, CPU seconds, and peak memory in megabytes, for so many articles."""
    with (corpora / "stories/allsides_dev.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    readings = list(varied(rows, number))
    start, start_cpu = time.perf_counter(), time.process_time()
    stories = group(readings)
    seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "cpu_seconds": cpu, "peak_mb": peak, "stories": float(len(stories))}


if __name__ == "__main__":
    for wanted in [int(number) for number in sys.argv[2:]] or NUMBERS:
        figures = measure(Path(sys.argv[1]), wanted)
        print(wanted, *(f"{name} {figure:.0f}" for name, figure in figures.items()), flush=True)
