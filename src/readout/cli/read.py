"""`readout read`: articles into a record, or one JSON object for each."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readout.cli.options import reading_options, record_option, settings_of
from readout.cli.output import progress, say_refused

if TYPE_CHECKING:
    from readout.record.store import Store
    from readout.settings import Settings


@click.command()
@click.argument("paths", nargs=-1, required=True)
@reading_options
@record_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["record", "jsonl"]),
    default="record",
    show_default=True,
    help="record: add to the record; jsonl: one object per article on standard output, nothing stored.",
)
def read(paths: tuple[str, ...], record: Path, form: str, **options: Any) -> int:
    """Read articles: files, folders, globs, or "-" for standard input (text, HTML, JSONL; also gzipped).

    Reading the same input twice changes nothing. A run that was stopped goes on where it was when it is started again.

    \b
    Examples:
      readout read articles/ --record news.db
      readout read story.txt --published 2022-01-27 --outlet "The Example" --format jsonl
      readout read texts/*.txt --meta table.csv --actors mine.yaml
    """
    settings = settings_of(options)
    return (
        read_to_lines(paths, settings, options) if form == "jsonl" else read_to_record(paths, record, settings, options)
    )


def read_to_lines(paths: Iterable[str], settings: "Settings", options: dict[str, Any]) -> int:
    """Write one JSON object per article, and one per refused input."""
    from readout import pipeline
    from readout.provenance import Skipped
    from readout.record.export import reading_json, skipped_json, write_json_line

    refused: list[Skipped] = []
    with progress(paths, settings, quiet=options["quiet"]) as watched:
        for outcome in watched(pipeline.read(paths, settings=settings)):
            if isinstance(outcome, Skipped):
                refused.append(outcome)
                write_json_line(skipped_json(outcome), sys.stdout)
            else:
                write_json_line(reading_json(outcome), sys.stdout)
    sys.stdout.flush()
    return say_refused(refused, quiet=options["quiet"])


def read_to_record(paths: Iterable[str], record: Path, settings: "Settings", options: dict[str, Any]) -> int:
    """Add articles to the record, one transaction each; then they join its stories, or make new ones."""
    from readout import pipeline
    from readout.collect.readers import read_inputs
    from readout.group.stories import grown
    from readout.provenance import Skipped
    from readout.record.store import Store
    from readout.records import Article

    refused: list[Skipped] = []
    known: list[str] = []

    def fresh(inputs: Iterable[Article | Skipped]) -> Iterator[Article | Skipped]:
        for one in inputs:
            if isinstance(one, Article) and store.has(one.id):
                known.append(one.id)
            else:
                yield one

    added = 0
    with Store(record) as store:
        with progress(paths, settings, quiet=options["quiet"]) as watched:
            inputs = fresh(read_inputs(paths, settings=settings))
            for outcome in watched(pipeline.read_articles(inputs, settings=settings)):
                if isinstance(outcome, Skipped):
                    refused.append(outcome)
                    store.note_skipped(outcome)
                else:
                    added += store.add(outcome)
        if added:
            store.replace_stories(grown(list(store.stories()), list(store.readings())))
        if not options["quiet"]:
            say_summary(store, record, added=added, known=len(known))
    return say_refused(refused, quiet=options["quiet"])


def say_summary(store: "Store", record: Path, *, added: int, known: int) -> None:
    """Say what is in the record now, and what to do next."""
    counts = store.counts()
    known_text = f", {known} known already" if known else ""
    click.echo(
        f"{record}: {added} articles added{known_text}. "
        f"Now {counts['articles']} articles, {counts['stories']} stories, {counts['statements']} statements, "
        f"{counts['events']} events, {counts['actors']} actors.\n"
        f"Next: readout stories --record {record}   readout brief --record {record}",
        err=True,
    )
