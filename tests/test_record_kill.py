"""A killed process loses no finished article and leaves none half done."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readout.record.store import Store
from readout.record.verify import verify
from record_examples import harbour_reading

ADD_FOR_EVER = """
import sys
from itertools import count
from record_examples import harbour_reading
from readout.record.store import Store
with Store(sys.argv[1]) as store:
    for number in count(int(sys.argv[2])):
        reading = harbour_reading(outlet=f"Outlet {number}")
        store.add(reading)
        print(reading.article.id, flush=True)
"""
ROUNDS = 8
ROWS = ("mentions", "statements", "events", "evidence", "blocks", "skipped")


def add_until_killed(path: Path, first: int, *, seconds: float) -> list[str]:
    """Run a process that adds readings, kill it, and return the articles that it said were finished."""
    search = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    process = subprocess.Popen(
        [sys.executable, "-c", ADD_FOR_EVER, str(path), str(first)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": search},
    )
    assert process.stdout is not None
    started = process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    process.wait()
    said = (started + rest).decode().split("\n")
    return [line for line in said[:-1] if line]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of Unix")
def test_a_killed_process_loses_no_finished_article_and_leaves_none_half_done(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    random_seconds = random.Random(7)
    finished: list[str] = []
    for number in range(ROUNDS):
        finished += add_until_killed(path, number * 100_000, seconds=random_seconds.uniform(0.02, 0.25))
    with Store(path) as store:
        held = store.article_ids()
        assert set(finished) <= set(held)
        assert len(held) <= len(finished) + ROUNDS  # at most one per kill was finished and not yet reported
        assert verify(store).bad == ()
        assert all(
            reading == harbour_reading(outlet=str(reading.article.outlet)) for reading in store.readings(held[-3:])
        )
    assert rows_per_article(path) == {table: {count_in_example(table)} for table in ROWS}


def rows_per_article(path: Path) -> dict[str, set[int]]:
    """Return the different numbers of rows that articles have in each table."""
    query = "SELECT count(t.n) FROM articles a LEFT JOIN {} t ON t.article = a.id GROUP BY a.id"
    with sqlite3.connect(path) as connection:
        return {table: {row[0] for row in connection.execute(query.format(table))} for table in ROWS}


def count_in_example(table: str) -> int:
    """Return how many rows of a table one reading has."""
    example = harbour_reading()
    return len(example.article.blocks if table == "blocks" else getattr(example, table))
