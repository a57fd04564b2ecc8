"""The shape of the package: stages in alphabetical order, and no import from a later stage."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "readout"
STAGES = ("collect", "detect", "extract", "group", "record", "serve")
COMMAND = "cli"  # the one folder that is no stage: the command line, which uses them all
TOP = {
    "__init__",
    "annotations",
    "errors",
    "executors",
    "pipeline",
    "provenance",
    "records",
    "scoring",
    "settings",
    "weights",
}
FOUNDATION = {"annotations", "errors", "executors", "provenance", "records", "settings", "scoring"}


def imported_modules(path: Path) -> set[str]:
    """Return the modules of the package that a file imports, at its top or inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.removeprefix("readout.") for name in names if name.startswith("readout.")}


def test_stage_folders_sort_in_pipeline_order() -> None:
    folders = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
    assert tuple(folders) == (COMMAND, *STAGES)


def test_top_level_holds_no_drawer() -> None:
    assert {path.stem for path in PACKAGE.glob("*.py")} <= TOP


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_backward_imports(path: Path) -> None:
    parts = path.relative_to(PACKAGE).parts
    used = {name.split(".")[0] for name in imported_modules(path)} - {"__version__"}
    if parts[0] in STAGES:
        later = set(STAGES[STAGES.index(parts[0]) + 1 :])
        assert not used & (later | {COMMAND, "pipeline"})
    elif parts[0].removesuffix(".py") in FOUNDATION:
        assert used <= FOUNDATION | {"__version__"}


def test_positions_are_made_in_provenance_only() -> None:
    makers = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if path.stem != "provenance"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "TextSpan"
    ]
    assert makers == []
