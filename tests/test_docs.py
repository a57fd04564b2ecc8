"""The documents keep up with the code: links lead somewhere, commands exist, settings and errors are described."""

import dataclasses
import inspect
import re
import tomllib
from pathlib import Path

import pytest

from readout import __version__, errors
from readout.cli import cli
from readout.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_documents_show_exist(page: Path) -> None:
    shown = re.findall(r"^\$ readout ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(shown) <= set(cli.commands)


def test_options_that_documents_show_exist() -> None:
    for page in PAGES:
        for line in re.findall(r"^\$ readout ([a-z]+ .*)$", page.read_text(encoding="utf-8"), re.MULTILINE):
            name, *words = re.sub(r"\s#.*", "", line).split()
            known = {option for parameter in cli.commands[name].params for option in parameter.opts}
            used = {word.split("=")[0] for word in words if word.startswith("--")}
            assert name == "browse" or used <= known, line


def test_every_setting_is_described() -> None:
    source = inspect.getsource(Settings)
    for field in dataclasses.fields(Settings):
        assert re.search(rf'    {field.name}: .*\n    """', source), field.name


def test_every_error_is_described_and_in_the_tree() -> None:
    found = [one for _, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, errors.ReadoutError)]
    for one in found:
        assert one.__doc__
        assert one.__name__ in (errors.__doc__ or "")


def test_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"version: {__version__}" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
