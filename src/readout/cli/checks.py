"""A record looked into: `readout why`, `verify`, `browse`."""

import sys
from pathlib import Path

import click

from readout.cli.exits import DONE, FAILED, USAGE, fail
from readout.cli.options import open_record, record_option
from readout.cli.output import output_console


@click.command()
@click.argument("record_id", metavar="ID")
@record_option
def why(record_id: str, record: Path) -> None:
    """Show where each field of a record comes from: its characters in context, step, rule or model; or why it is empty.

    ID is any id that the tables show, or its beginning: a statement, event, mention, actor, time, place, claim, story.
    """
    from readout.record.why import why as explain
    from readout.serve.tables import as_explanation

    with open_record(record) as store:
        output_console().print(as_explanation(explain(store, record_id)))


@click.command()
@record_option
def verify(record: Path) -> int:
    """Check every span of the record against the stored texts, in SQL, and say how many were checked."""
    from readout.record.verify import verify as check

    with open_record(record) as store:
        result = check(store)
    for problem in result.bad[:20]:
        click.echo(f"bad: {problem}", err=True)
    click.echo(f"{record}: {result.checked} spans checked, {len(result.bad)} bad")
    return FAILED if result.bad else DONE


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, metavar="[DATASETTE OPTIONS]", type=click.UNPROCESSED)
@record_option
def browse(arguments: tuple[str, ...], record: Path) -> int:
    """Open the record in Datasette, with titles, facets and search set up; needs pip install 'readout[datasette]'.

    \b
    Example:
      readout browse --record news.db --port 8010
    """
    import importlib.util
    import subprocess
    import tempfile

    from readout.record.datasette import write_metadata

    if importlib.util.find_spec("datasette") is None:
        fail("Datasette is not installed. Install it: pip install 'readout[datasette]'", USAGE)
    with open_record(record), tempfile.TemporaryDirectory() as folder:
        metadata = Path(folder) / "metadata.json"
        write_metadata(record, metadata)
        command = [sys.executable, "-m", "datasette", str(record), "--metadata", str(metadata), *arguments]
        return subprocess.run(command, check=False).returncode
