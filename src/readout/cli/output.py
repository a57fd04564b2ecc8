"""What commands write: results on standard output or to a file, progress and what was refused on standard error."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readout.cli.exits import DONE, REFUSED

if TYPE_CHECKING:
    from rich.console import Console

    from readout.provenance import Skipped
    from readout.records import Reading
    from readout.settings import Settings


def emit(text: str, output: Path | None) -> None:
    """Write to standard output, or to a file all at once."""
    if output is None or str(output) == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    temporary = output.with_name(output.name + ".part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(output)


def output_console() -> "Console":
    """Return the console on standard output; 100 columns when it is no terminal."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else 100)


def error_console() -> "Console":
    """Return the console on standard error; NO_COLOR is respected by Rich itself."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


@contextmanager
def progress(
    paths: Iterable[str], settings: "Settings", *, quiet: bool
) -> "Iterator[Callable[[Iterable[Reading | Skipped]], Iterator[Reading | Skipped]]]":
    """Show articles, rate and time left on standard error while a stream is drawn; nothing when quiet or piped."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from readout.collect.inputs import count_inputs

    console = error_console()
    total = count_inputs(paths) if console.is_terminal and not quiet else None
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal)

    def watched(outcomes: "Iterable[Reading | Skipped]") -> "Iterator[Reading | Skipped]":
        task = bar.add_task("reading", total=total, rate="")
        for outcome in outcomes:
            yield outcome
            speed = bar.tasks[task].speed
            bar.update(task, advance=1, rate=f"{speed:.1f} articles/s" if speed else "")

    with bar:
        yield watched


def say_refused(refused: "list[Skipped]", *, quiet: bool) -> int:
    """List what gave no article; return the exit code that says so."""
    if refused and not quiet:
        shown = refused[:20]
        for one in shown:
            click.echo(f"skipped {one.what}: {one.reason} ({one.step})", err=True)
        if len(refused) > len(shown):
            click.echo(f"... and {len(refused) - len(shown)} more: `readout skipped` lists them", err=True)
    return REFUSED if refused else DONE
