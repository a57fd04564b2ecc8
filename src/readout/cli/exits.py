"""How a command ends: its exit codes, and the one line on standard error that says what went wrong."""

import sys
from typing import NoReturn

import click

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


def fail(message: str, code: int) -> NoReturn:
    """Say on standard error what went wrong, and leave."""
    click.echo(f"readout: {message}", err=True)
    sys.exit(code)
