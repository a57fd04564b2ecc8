"""The two reports of one phone call: what of a careful analyst's reading is found, all stages together."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

DATA: tuple[str, ...] = ()  # beside the corpora, in acceptance/
LOWER_IS_BETTER = frozenset({"acceptance_spurious"})
CASE = "wang-blinken"


def measure(corpora: Path) -> dict[str, float]:
    """Return the share of expectations met, in percent, and what was found that nobody expects."""
    acceptance = corpora.parent / "acceptance"
    texts = [str(path) for path in sorted((acceptance / CASE).glob("*.txt"))]
    readout = [sys.executable, "-m", "readout.cli"]
    with tempfile.TemporaryDirectory() as folder:
        reading, brief = Path(folder) / "reading.jsonl", Path(folder) / "brief.json"
        dated = ["--published", "2022-01-27", "--format"]
        reading.write_bytes(subprocess.run([*readout, "read", *texts, *dated, "jsonl"], check=True, stdout=-1).stdout)
        brief.write_bytes(subprocess.run([*readout, "brief", *texts, *dated, "json"], check=True, stdout=-1).stdout)
        command = [sys.executable, str(acceptance / "score.py"), CASE, str(reading), str(brief)]
        said = subprocess.run(command, check=False, stdout=-1, text=True).stdout
    met = re.search(r"^ALL (\d+)/(\d+)", said, re.MULTILINE)
    spurious = re.search(r"^spurious +(\d+)$", said, re.MULTILINE)
    if met is None or spurious is None:
        raise RuntimeError(f"the scorer said something else: {said[-500:]}")
    return {"acceptance_met": 100 * int(met[1]) / int(met[2]), "acceptance_spurious": float(spurious[1])}
