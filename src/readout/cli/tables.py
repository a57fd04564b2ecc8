"""The tables of a record: `readout statements`, `events`, `actors`, `stories`, `articles`, `skipped`."""

import sys
from collections.abc import Callable
from typing import Any

import click

from readout.cli.options import Command, open_record, record_option
from readout.cli.output import output_console

ALL_FILTERS = ("actor", "country", "type", "since", "until", "outlet", "text")


def filters(*names: str) -> Callable[[Command], Command]:
    """Add the filters that a table takes, and its format."""
    known = {
        "actor": click.option("--actor", metavar="NAME", help="Only with this actor: an id, or part of a name."),
        "country": click.option("--country", metavar="CODE", help="Only with an actor of this country (ISO alpha-3)."),
        "type": click.option("--type", "kind", metavar="TYPE", help="Only of this type or kind (REQUEST, direct ...)."),
        "since": click.option("--since", metavar="DATE", help="Only from this day on."),
        "until": click.option("--until", metavar="DATE", help="Only up to this day."),
        "outlet": click.option("--outlet", metavar="NAME", help="Only from this outlet (part of its name)."),
        "text": click.option("--text", metavar="WORDS", help="Only with these words (full-text search)."),
    }
    options = [known[name] for name in names] + [
        click.option("--limit", type=click.IntRange(1), help="At most so many rows."),
        click.option(
            "--format",
            "form",
            type=click.Choice(["table", "csv", "jsonl"]),
            help="table on a terminal, jsonl when piped, unless said otherwise.",
        ),
    ]

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return record_option(command)

    return add


@click.command()
@filters(*ALL_FILTERS)
def statements(**options: Any) -> None:
    """List who said what: source, cue, content, addressees, through whom.

    \b
    Examples:
      readout statements --actor Hallsdottir --since 2025-03-11
      readout statements --type direct --text "fishing licence" --format csv
    """
    list_rows("statements", options)


@click.command()
@filters(*ALL_FILTERS)
def events(**options: Any) -> None:
    """List who did what to whom: PLOVER type and mode, sources, targets, date, place, factuality.

    \b
    Examples:
      readout events --type COERCE --country ISL
      readout events --since 2025-03-01 --format csv > events.csv
    """
    list_rows("events", options)


@click.command()
@filters("actor", "country", "type", "text")
def actors(**options: Any) -> None:
    """List who is in the record: names, countries, sectors, the roles that articles give them."""
    list_rows("actors", options)


@click.command()
@filters("actor", "country", "since", "until", "outlet", "text")
def stories(**options: Any) -> None:
    """List the stories: the articles about one happening, most articles first."""
    list_rows("stories", options)


@click.command()
@filters("since", "until", "outlet", "text")
def articles(**options: Any) -> None:
    """List the articles of the record."""
    list_rows("articles", options)


@click.command()
@filters()
def skipped(**options: Any) -> None:
    """List what was left out, by which step, and why."""
    list_rows("skipped", options)


def list_rows(table: str, options: dict[str, Any]) -> None:
    """Write the rows of a table that pass the filters."""
    from readout.record import queries
    from readout.serve.phrases import plural

    names = ("actor", "country", "since", "until", "outlet", "text", "limit")
    asked = queries.Filters(type=options.get("kind"), **{name: options.get(name) for name in names})
    form = options["form"] or ("table" if sys.stdout.isatty() else "jsonl")
    with open_record(options["record"]) as store:
        found = queries.rows(store, table, asked)
        if form == "csv":
            queries.write_csv(found, sys.stdout, table=table)
        elif form == "jsonl":
            queries.write_jsonl(found, sys.stdout)
        else:
            from readout.serve.tables import as_table, singular

            grid, count = as_table(table, found)
            if count:
                output_console().print(grid)
            click.echo(plural(count, singular(table)), err=True)
