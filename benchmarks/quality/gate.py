"""Measure every capability on the development corpora and hold the figures against their floors.

    python -m benchmarks.quality.gate --corpora CORPORA                 measure all, fail below a floor
    python -m benchmarks.quality.gate --corpora CORPORA times places    only these
    python -m benchmarks.quality.gate --corpora CORPORA --raise-floors  write what was reached as the new floors

Each module beside this one that has `measure(corpora) -> {metric: figure}` and `DATA`, the files or folders that it
measures on, is a capability. floors.json ties each figure to a hash of its data: other data, no comparison. Floors
only rise: lowering one takes --allow-regression. A metric in a module's LOWER_IS_BETTER has a ceiling instead.
"""

import argparse
import hashlib
import importlib
import json
import pkgutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import benchmarks.quality

FLOORS = Path(__file__).parent / "floors.json"
REPORT = Path(__file__).parent.parent.parent / "docs" / "quality.md"
MARKS = ("<!-- floors -->", "<!-- /floors -->")
NOISE = 0.05  # figures are rounded to one or two digits in the floors


@dataclass(frozen=True, slots=True)
class Verdict:
    """One figure against its floor (or ceiling)."""

    capability: str
    metric: str
    figure: float
    floor: float | None
    lower_is_better: bool

    @property
    def reached(self) -> bool:
        """Is the figure at least as good as its floor?"""
        if self.floor is None:
            return True
        return self.figure <= self.floor + NOISE if self.lower_is_better else self.figure >= self.floor - NOISE

    def better_of_both(self) -> float:
        """Return the floor raised to the figure, where that is better."""
        figure = round(self.figure, 3)
        if self.floor is None:
            return figure
        return min(self.floor, figure) if self.lower_is_better else max(self.floor, figure)


def capabilities(only: Sequence[str]) -> Iterator[tuple[str, ModuleType]]:
    """Yield the measuring modules, by name."""
    for info in pkgutil.iter_modules(benchmarks.quality.__path__):
        if info.name != "gate" and (not only or info.name in only):
            module = importlib.import_module(f"benchmarks.quality.{info.name}")
            if hasattr(module, "measure"):
                yield info.name, module


def data_hash(corpora: Path, names: Sequence[str]) -> str:
    """Return a hash of the files (or all files of the folders) that a capability is measured on."""
    digest = hashlib.sha256()
    for name in sorted(names):
        path = corpora / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(str(file.relative_to(corpora)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def judge(name: str, module: ModuleType, corpora: Path, floors: dict[str, Any]) -> tuple[str, list[Verdict]]:
    """Measure one capability; return the hash of its data, and its figures beside their floors."""
    data = data_hash(corpora, module.DATA)
    known = floors.get(name, {})
    if known and known["data"] != data:
        print(f"{name}: the data are not those of the floors; figures are not compared")
        known = {}
    lower = getattr(module, "LOWER_IS_BETTER", frozenset())
    figures: dict[str, float] = module.measure(corpora)
    return data, [Verdict(name, m, f, known.get("floors", {}).get(m), m in lower) for m, f in figures.items()]


def show(verdicts: Sequence[Verdict], seconds: float) -> None:
    """Print one line per figure."""
    for v in verdicts:
        bound = "no floor yet" if v.floor is None else f"{'ceiling' if v.lower_is_better else 'floor'} {v.floor:g}"
        print(f"{v.capability:12} {v.metric:44} {v.figure:9.3f}  {bound}{'' if v.reached else '  NOT REACHED'}")
    print(f"{verdicts[0].capability if verdicts else ''} took {seconds:.0f} s\n", flush=True)


def write_report(floors: dict[str, Any], path: Path) -> None:
    """Put the floors as a table between the marks of the quality page."""
    rows = ["| capability | measure | reached |", "| --- | --- | ---: |"]
    for name, known in sorted(floors.items()):
        rows += [f"| {name} | {metric} | {figure:g} |" for metric, figure in known["floors"].items()]
    before, _, rest = path.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    path.write_text(f"{before}{MARKS[0]}\n{chr(10).join(rows)}\n{MARKS[1]}{after}", encoding="utf-8")


def main() -> int:
    """Run the gate; return 1 when a floor is not reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("only", nargs="*")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--raise-floors", action="store_true")
    parser.add_argument("--allow-regression", action="store_true", help="with --raise-floors: write lower figures too")
    args = parser.parse_args()
    floors: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    missed = 0
    for name, module in capabilities(args.only):
        begin = time.monotonic()
        data, verdicts = judge(name, module, args.corpora, floors)
        show(verdicts, time.monotonic() - begin)
        missed += sum(not verdict.reached for verdict in verdicts)
        if args.raise_floors:
            keep = (lambda v: round(v.figure, 3)) if args.allow_regression else Verdict.better_of_both
            floors[name] = {"data": data, "floors": {verdict.metric: keep(verdict) for verdict in verdicts}}
            FLOORS.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
            write_report(floors, REPORT)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
