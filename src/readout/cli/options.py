"""What several commands take: the record, and how articles are read."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from readout.cli.exits import USAGE, fail

if TYPE_CHECKING:
    from readout.record.store import Store
    from readout.settings import Settings

DEFAULT_RECORD = "readout.db"
Command = TypeVar("Command", bound=Callable[..., Any])


def record_option(command: Command) -> Command:
    """Add --record."""
    return click.option(
        "--record",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT_RECORD,
        show_default=True,
        help="The record: one SQLite file.",
    )(command)


@contextmanager
def open_record(record: Path) -> "Iterator[Store]":
    """Open a record that must exist."""
    from readout.record.store import Store

    if not record.exists():
        fail(f"there is no record {record}. Make one: readout read PATH... --record {record}", USAGE)
    with Store(record) as store:
        yield store


def reading_options(command: Command) -> Command:
    """Add what concerns the reading of articles."""
    options = (
        click.option("--published", metavar="DATE", help="Publication date (2022-01-27) of inputs that carry none."),
        click.option("--outlet", metavar="NAME", help="Outlet of inputs that carry none."),
        click.option(
            "--meta",
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="CSV or TSV with the columns path, url, outlet, published, title.",
        ),
        click.option(
            "--actors",
            multiple=True,
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help="YAML file with your own actors; may be given several times.",
        ),
        click.option("--model", metavar="NAME", help="An installed spaCy model, or a folder, instead of ours."),
        click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that read."),
        click.option("-q", "--quiet", is_flag=True, help="No progress, no summary."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def settings_of(options: dict[str, Any]) -> "Settings":
    """Return the settings that the flags give."""
    from readout.settings import Settings

    fields = {name: options[name] for name in ("published", "outlet", "meta", "model", "workers")}
    if fields["published"] is not None:
        check_date(fields["published"])
    return Settings(actors=tuple(options["actors"]), **fields)


def check_date(value: str) -> None:
    """Refuse a date that is not ISO 8601."""
    try:
        dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a date like 2022-01-27.", param_hint="--published") from error
