"""`readout brief`: the brief of a story, from the record or straight from articles."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readout.cli.exits import FAILED, fail
from readout.cli.options import open_record, reading_options, record_option, settings_of
from readout.cli.output import emit, output_console, progress, say_refused

if TYPE_CHECKING:
    from readout.pipeline import Coverage
    from readout.provenance import Skipped
    from readout.records import Reading, Story
    from readout.settings import Settings


@click.command()
@click.argument("what", nargs=-1, metavar="[STORY | PATH...]")
@reading_options
@record_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "html", "json"]),
    default="text",
    show_default=True,
    help="Text for the terminal, Markdown, one HTML page, or JSON.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file instead.")
@click.option("--all", "every", is_flag=True, help="Every story, not only the one with most articles.")
def brief(what: tuple[str, ...], record: Path, form: str, output: Path | None, every: bool, **options: Any) -> int:
    """Show the brief of a story: what happened, who said what, where accounts differ, where the words come from.

    With paths: read, group and brief in one go, nothing stored. With the id of a story (or its beginning): from the
    record. With nothing: the story of the record with most articles.

    \b
    Examples:
      readout brief a.txt b.html --published 2022-01-27
      readout brief --record news.db --format html -o brief.html
      readout brief story-3f2a --record news.db
    """
    settings = settings_of(options)
    refused: list[Skipped] = []
    if what and not is_story_id(what):
        coverage = cover_paths(what, settings, quiet=options["quiet"])
        refused = list(coverage.skipped)
        stories, readings = list(coverage.stories), coverage.readings
    else:
        stories, readings = recorded_stories(record, what)
    code = say_refused(refused, quiet=options["quiet"])
    if not stories:
        fail("there is no story: no article could be read" if refused else f"{record} holds no story yet", FAILED)
    shown = stories if every or form == "json" else stories[:1]
    emit(render(shown, readings, form, output), output)
    if len(stories) > len(shown) and not options["quiet"]:
        click.echo(f"{len(stories) - 1} more stories: --all shows them", err=True)
    return code


def is_story_id(what: tuple[str, ...]) -> bool:
    """Is this the id of a story, or its beginning, and no path?"""
    return len(what) == 1 and what[0].startswith("story-") and not Path(what[0]).exists()


def cover_paths(paths: Iterable[str], settings: "Settings", *, quiet: bool) -> "Coverage":
    """Read and group, without a record."""
    from readout import pipeline

    with progress(paths, settings, quiet=quiet) as watched:
        return pipeline.cover(watched(pipeline.read(paths, settings=settings)))


def recorded_stories(record: Path, what: tuple[str, ...]) -> "tuple[list[Story], dict[str, Reading]]":
    """Return stories of the record, most articles first, with the readings of their articles."""
    from readout.errors import NoSuchRecord

    with open_record(record) as store:
        stories = [story for story in store.stories() if not what or story.id.startswith(what[0])]
        if what and not stories:
            raise NoSuchRecord(what[0])
        stories.sort(key=lambda story: -len(story.members))
        ids = [member.article for story in stories for member in story.members]
        return stories, {reading.article.id: reading for reading in store.readings(ids)}


def render(stories: "list[Story]", readings: "dict[str, Reading]", form: str, output: Path | None) -> str:
    """Return briefs in one of the formats."""
    from readout.record.export import json_text, story_json
    from readout.serve import markdown, pages
    from readout.serve.brief import brief as brief_of

    if form == "json":
        return json_text([story_json(story, readings) for story in stories], indent=2) + "\n"
    briefs = [brief_of(story, readings) for story in stories]
    if form == "md":
        return "\n".join(map(markdown.render, briefs))
    if form == "html":
        return pages.render(briefs)
    return terminal_text(briefs, to_file=output is not None)


def terminal_text(briefs: "list[Any]", *, to_file: bool) -> str:
    """Return briefs as the terminal shows them, with colour only where a terminal reads it."""
    import io

    from rich.console import Console

    from readout.serve import terminal

    colour = sys.stdout.isatty() and not to_file
    width = min(output_console().width, 110) if colour else 100
    buffer = io.StringIO()
    console = Console(file=buffer, force_terminal=colour or None, width=width, highlight=False)
    for one in briefs:
        console.print(terminal.render(one))
    return buffer.getvalue()
