"""The `readout` command itself: its subcommands, its settings files, and what becomes of an error."""

import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import click

from readout import __version__
from readout.cli.brief import brief
from readout.cli.checks import browse, verify, why
from readout.cli.coding import code
from readout.cli.completion import completion
from readout.cli.exits import DONE, EXIT_CODES, FAILED, INTERRUPTED, STORE, USAGE, fail
from readout.cli.read import read
from readout.cli.tables import actors, articles, events, skipped, statements, stories
from readout.errors import ReadoutError, StoreError, UsageError

COMMANDS = (
    read,
    brief,
    *(statements, events, actors, stories, articles, skipped),
    *(why, verify, browse),
    code,
    completion,
)


class ReadoutGroup(click.Group):
    """The command group: turns the package's own errors into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand: what it returns is the exit code; an error of ours becomes one line on standard error."""
        try:
            status = super().invoke(ctx)
        except StoreError as error:
            fail(str(error), STORE)
        except UsageError as error:
            fail(str(error), USAGE)
        except ReadoutError as error:
            fail(str(error), FAILED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = DONE
        ctx.exit(status if isinstance(status, int) else DONE)


@click.group(
    cls=ReadoutGroup,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EXIT_CODES,
)
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


def main() -> None:
    """Run the command line."""
    try:
        status = cli.main(standalone_mode=False, auto_envvar_prefix="READOUT", default_map=configured())
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        fail("interrupted; what was finished is in the record", INTERRUPTED)
    sys.exit(status)


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
