"""The `readout` command: one thin function per subcommand; results on standard output, progress on standard error."""

import os
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from readout import __version__
from readout.errors import ReadoutError, StoreError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from readout.pipeline import Coverage
    from readout.provenance import Skipped
    from readout.record.store import Store
    from readout.records import Reading, Story
    from readout.settings import Settings

DONE, FAILED, USAGE, REFUSED, STORE, INTERRUPTED = 0, 1, 2, 3, 4, 130
EXIT_CODES = """
\b
Exit codes:
  0    done
  1    failed
  2    wrong usage
  3    done, but inputs were refused (they are listed)
  4    the record is locked, or of another version
  130  interrupted
"""
DEFAULT_RECORD = "readout.db"
Command = TypeVar("Command", bound=Callable[..., Any])


class ReadoutGroup(click.Group):
    """The command group: turns the package's own errors into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand: what it returns is the exit code; an error of ours becomes one line on standard error."""
        try:
            code = super().invoke(ctx)
        except StoreError as error:
            fail(str(error), STORE)
        except UsageError as error:
            fail(str(error), USAGE)
        except ReadoutError as error:
            fail(str(error), FAILED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = DONE
        ctx.exit(code if isinstance(code, int) else DONE)


def fail(message: str, code: int) -> NoReturn:
    """Say on standard error what went wrong, and leave."""
    click.echo(f"readout: {message}", err=True)
    sys.exit(code)


def main() -> None:
    """Run the command line."""
    try:
        code = cli.main(standalone_mode=False, auto_envvar_prefix="READOUT", default_map=configured())
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        fail("interrupted; what was finished is in the record", INTERRUPTED)
    sys.exit(code)


def configured() -> dict[str, Any]:
    """Return the defaults of readout.toml: the user's file, overridden by the one in this folder."""
    merged: dict[str, Any] = {}
    base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    for path in (base / "readout" / "readout.toml", Path("readout.toml")):
        if path.is_file():
            try:
                values = tomllib.loads(path.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                fail(f"{path} is not valid TOML: {error}", USAGE)
            for command, options in values.items():
                merged[command] = {**merged.get(command, {}), **options} if isinstance(options, dict) else options
    return merged


@click.group(cls=ReadoutGroup, context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXIT_CODES)
@click.version_option(__version__, "-V", "--version", message="readout %(version)s")
def cli() -> None:
    """Read news coverage into a record that can be checked: who said or did what to whom, when, according to whom.

    \b
    Start here:
      readout brief article1.txt article2.html      the brief of what they tell, nothing stored
      readout read articles/ --record news.db       read a folder into a record
      readout brief --record news.db                the brief of its largest story
      readout statements --actor Halvorsen --record news.db
      readout why s-0123456789abcdef --record news.db

    Every line of a brief cites article and paragraph; `readout why ID` shows the characters, the step and the rule
    behind each field. Flags can also be set in readout.toml, or as READOUT_<COMMAND>_<FLAG> in the environment.
    """


# --- options that several commands share


def record_option(command: Command) -> Command:
    """Add --record."""
    return click.option(
        "--record",
        type=click.Path(dir_okay=False, path_type=Path),
        default=DEFAULT_RECORD,
        show_default=True,
        help="The record: one SQLite file.",
    )(command)


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
    import datetime as dt

    try:
        dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not a date like 2022-01-27.", param_hint="--published") from error


# --- read


@cli.command()
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


def error_console() -> "Console":
    """Return the console on standard error; NO_COLOR is respected by Rich itself."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def output_console() -> "Console":
    """Return the console on standard output; 100 columns when it is no terminal."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else 100)


def say_refused(refused: "list[Skipped]", *, quiet: bool) -> int:
    """List what gave no article; return the exit code that says so."""
    if refused and not quiet:
        shown = refused[:20]
        for one in shown:
            click.echo(f"skipped {one.what}: {one.reason} ({one.step})", err=True)
        if len(refused) > len(shown):
            click.echo(f"... and {len(refused) - len(shown)} more: `readout skipped` lists them", err=True)
    return REFUSED if refused else DONE


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


# --- brief


@cli.command()
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


def emit(text: str, output: Path | None) -> None:
    """Write to standard output, or to a file all at once."""
    if output is None or str(output) == "-":
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    temporary = output.with_name(output.name + ".part")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(output)


@contextmanager
def open_record(record: Path) -> "Iterator[Store]":
    """Open a record that must exist."""
    from readout.record.store import Store

    if not record.exists():
        fail(f"there is no record {record}. Make one: readout read PATH... --record {record}", USAGE)
    with Store(record) as store:
        yield store


# --- tables


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


ALL_FILTERS = ("actor", "country", "type", "since", "until", "outlet", "text")


@cli.command()
@filters(*ALL_FILTERS)
def statements(**options: Any) -> None:
    """List who said what: source, cue, content, addressees, through whom.

    \b
    Examples:
      readout statements --actor Hallsdottir --since 2025-03-11
      readout statements --type direct --text "fishing licence" --format csv
    """
    list_rows("statements", options)


@cli.command()
@filters(*ALL_FILTERS)
def events(**options: Any) -> None:
    """List who did what to whom: PLOVER type and mode, sources, targets, date, place, factuality.

    \b
    Examples:
      readout events --type COERCE --country ISL
      readout events --since 2025-03-01 --format csv > events.csv
    """
    list_rows("events", options)


@cli.command()
@filters("actor", "country", "type", "text")
def actors(**options: Any) -> None:
    """List who is in the record: names, countries, sectors, the roles that articles give them."""
    list_rows("actors", options)


@cli.command()
@filters("actor", "country", "since", "until", "outlet", "text")
def stories(**options: Any) -> None:
    """List the stories: the articles about one happening, most articles first."""
    list_rows("stories", options)


@cli.command()
@filters("since", "until", "outlet", "text")
def articles(**options: Any) -> None:
    """List the articles of the record."""
    list_rows("articles", options)


@cli.command()
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


# --- why, verify


@cli.command()
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


@cli.command()
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


@cli.command(context_settings={"ignore_unknown_options": True})
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


# --- code


@cli.command()
@click.option(
    "--tsv",
    "table",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Table with the columns uid, sentence, marked_sentence, source, target.",
)
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where to write the codes.")
@click.option("--model", metavar="NAME", help="An installed spaCy model, or a folder, instead of ours.")
def code(table: Path, out: Path, model: str | None) -> None:
    """Give the PLOVER type of marked source-target pairs: <s>..</s> and <t>..</t> in marked_sentence.

    Writes uid, type, mode, score; always with the best type, never with none.
    """
    from readout.extract.coding import code_table

    count = code_table(table, out, model=model)
    click.echo(f"{out}: {count} pairs coded", err=True)


# --- help for shells and for the docs


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell: eval "$(readout completion bash)"."""
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    if maker is None:
        fail(f"no completion for {shell}", USAGE)
    click.echo(maker(cli, {}, "readout", "_READOUT_COMPLETE").source())


def reference() -> str:
    """Return docs/cli.md: the help of every command, as it is printed."""
    context = click.Context(cli, info_name="readout", terminal_width=100, help_option_names=["-h", "--help"])
    parts = [
        "# The command line\n",
        "Generated from the commands themselves.\n",
        f"```\n{cli.get_help(context)}\n```\n",
    ]
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is not None and not command.hidden:
            inner = click.Context(command, info_name=name, parent=context, terminal_width=100)
            parts.append(f"## readout {name}\n\n```\n{command.get_help(inner)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    main()
