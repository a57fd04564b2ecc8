"""The `readout` command: one thin function per subcommand; results on standard output, progress on standard error."""

from readout.cli.exits import DONE, FAILED, INTERRUPTED, REFUSED, STORE, USAGE
from readout.cli.program import cli, main, reference

__all__ = ["DONE", "FAILED", "INTERRUPTED", "REFUSED", "STORE", "USAGE", "cli", "main", "reference"]
