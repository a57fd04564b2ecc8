"""The main job, end to end, on the example articles with the shipped language model."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from readout import cli as command_line
from readout import pipeline
from readout.errors import NoSuchModel
from readout.executors import run as run_batches
from readout.provenance import Skipped
from readout.records import Article, Reading
from readout.settings import Settings

EXAMPLES = Path(__file__).parent.parent / "examples" / "articles"


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(command_line.cli, list(arguments))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "examples.db"
    result = invoke("read", str(EXAMPLES), "--meta", str(EXAMPLES / "table.csv"), "--record", str(path))
    assert result.exit_code == command_line.DONE, result.stderr
    assert "13 articles added" in result.stderr
    return path


def rows(record: Path) -> dict[str, int]:
    with sqlite3.connect(record) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}


def test_every_span_of_the_record_is_right(record: Path) -> None:
    result = invoke("verify", "--record", str(record))
    assert result.exit_code == command_line.DONE
    assert "0 bad" in result.stdout


def test_reading_the_same_again_adds_no_row(record: Path) -> None:
    before = rows(record)
    result = invoke("read", str(EXAMPLES), "--meta", str(EXAMPLES / "table.csv"), "--record", str(record))
    assert result.exit_code == command_line.DONE
    assert "0 articles added, 13 known already" in result.stderr
    assert rows(record) == before


def test_three_happenings_become_stories_with_statements_and_events(record: Path) -> None:
    stories = [json.loads(line) for line in invoke("stories", "--record", str(record)).stdout.splitlines()]
    assert max(story["articles"] for story in stories) >= 4
    assert len(stories) <= 5
    assert rows(record)["statements"] >= 40
    assert rows(record)["events"] >= 20


def test_filters_narrow_the_statements(record: Path) -> None:
    every = invoke("statements", "--record", str(record)).stdout.splitlines()
    found = invoke("statements", "--record", str(record), "--actor", "Hallsdottir").stdout.splitlines()
    assert 0 < len(found) < len(every)


@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_brief_of_the_record_in_every_format(record: Path, form: str, tmp_path: Path) -> None:
    target = tmp_path / "brief"
    result = invoke("brief", "--record", str(record), "--format", form, "--output", str(target))
    assert result.exit_code == command_line.DONE
    assert "Whitcombe" in target.read_text(encoding="utf-8")


def test_why_shows_the_fields_of_a_statement(record: Path) -> None:
    first = json.loads(invoke("statements", "--record", str(record)).stdout.splitlines()[0])
    result = invoke("why", first["id"], "--record", str(record))
    assert result.exit_code == command_line.DONE
    assert "source" in result.stdout
    assert "content" in result.stdout


def test_id_that_is_unknown_says_where_ids_come_from(record: Path) -> None:
    result = invoke("why", "s-0000000000000000", "--record", str(record))
    assert result.exit_code == command_line.USAGE
    assert "readout statements" in result.stderr


def test_piped_output_is_data_only() -> None:
    result = invoke("read", str(EXAMPLES / "skagen-avis-trawler.txt"), "--published", "2025-03-12", "--format", "jsonl")
    reading = json.loads(result.stdout)
    assert reading["article"]["published"] == "2025-03-12"
    assert result.stderr == ""


def test_refused_input_is_listed_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text("Norway accused Iceland of overfishing on Monday.", encoding="utf-8")
    result = invoke("read", str(tmp_path), "--format", "jsonl")
    kinds = [next(iter(json.loads(line))) for line in result.stdout.splitlines()]
    assert result.exit_code == command_line.REFUSED
    assert sorted(kinds) == ["article", "skipped"]
    assert "a.txt" in result.stderr


def test_article_too_long_for_the_model_is_skipped_with_the_reason() -> None:
    text = "Norway spoke. " * 100
    reader = pipeline.Reader(Settings(article_limit=100))
    (outcome,) = reader([Article(id="a-1", text=text, path="long.txt")])
    assert isinstance(outcome, Skipped)
    assert "1400 characters" in outcome.reason


def test_two_processes_read_what_one_reads() -> None:
    paths = [str(EXAMPLES / name) for name in ("clyde-mercury-trawler.txt", "porto-gazette-strike.txt")]
    alone = list(pipeline.read(paths, settings=Settings(published="2025-03-12")))
    together = list(pipeline.read(paths, settings=Settings(published="2025-03-12", workers=2, batch_size=1)))
    assert all(isinstance(one, Reading) for one in alone)
    assert alone == together


def test_batches_keep_their_order() -> None:
    assert list(run_batches(lambda: list, range(10), batch_size=3)) == list(range(10))


def test_model_that_is_not_installed_is_a_usage_error() -> None:
    with pytest.raises(NoSuchModel, match="no_such_model"):
        pipeline.load("no_such_model")
