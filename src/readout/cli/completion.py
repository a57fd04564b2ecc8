"""`readout completion`: the script that lets a shell complete commands and options."""

import click

from readout.cli.exits import USAGE, fail


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell: eval "$(readout completion bash)"."""
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    if maker is None:
        fail(f"no completion for {shell}", USAGE)
    click.echo(maker(context.find_root().command, {}, "readout", "_READOUT_COMPLETE").source())
