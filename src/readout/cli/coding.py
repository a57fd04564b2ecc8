"""`readout code`: the PLOVER type of marked pairs, from a table to a table."""

from pathlib import Path

import click


@click.command()
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
