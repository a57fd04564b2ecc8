"""The command line: exit codes, where things are printed, and the help that is documented."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from readout import cli as command_line
from readout.cli.output import emit
from readout.cli.program import configured
from readout.errors import NoSuchModel, StoreLocked, UnreadableInput

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return CliRunner()


def test_help_teaches_with_examples(run: CliRunner) -> None:
    result = run.invoke(command_line.cli, ["--help"])
    assert result.exit_code == 0
    assert "Start here:" in result.output
    assert "Exit codes:" in result.output


@pytest.mark.parametrize("name", sorted(command_line.cli.commands))
def test_every_command_explains_itself(run: CliRunner, name: str) -> None:
    result = run.invoke(command_line.cli, [name, "--help"])
    assert result.exit_code == 0
    assert all(option.help for option in command_line.cli.commands[name].params if isinstance(option, click.Option))


def test_command_reference_is_the_one_in_the_docs() -> None:
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == command_line.reference(), "run: make docs"


def test_record_that_does_not_exist_is_a_usage_error(run: CliRunner) -> None:
    result = run.invoke(command_line.cli, ["statements", "--record", "none.db"])
    assert result.exit_code == command_line.USAGE
    assert "readout read" in result.stderr
    assert result.stdout == ""


def test_published_that_is_no_date_is_a_usage_error(run: CliRunner) -> None:
    result = run.invoke(command_line.cli, ["read", "x.txt", "--published", "last week"])
    assert result.exit_code == command_line.USAGE
    assert "2022-01-27" in result.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NoSuchModel("xx", "it is not installed"), command_line.USAGE),
        (StoreLocked("a.db"), command_line.STORE),
        (UnreadableInput("a.txt", "read", "it is empty"), command_line.FAILED),
    ],
)
def test_errors_become_one_line_and_an_exit_code(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
) -> None:
    def raise_it(**_: object) -> None:
        raise error

    monkeypatch.setattr(command_line.cli.commands["skipped"], "callback", raise_it)
    result = run.invoke(command_line.cli, ["skipped"])
    assert result.exit_code == code
    assert result.stderr.strip() == f"readout: {error}"


def test_project_settings_win_over_the_users(run: CliRunner, tmp_path: Path) -> None:
    user = tmp_path / "config" / "readout"
    user.mkdir(parents=True)
    (user / "readout.toml").write_text('[read]\noutlet = "The User"\nworkers = 2\n', encoding="utf-8")
    (tmp_path / "readout.toml").write_text('[read]\noutlet = "The Project"\n', encoding="utf-8")
    assert configured() == {"read": {"outlet": "The Project", "workers": 2}}


def test_settings_file_that_is_no_toml_is_a_usage_error(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "readout.toml").write_text("[read\n", encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        configured()
    assert left.value.code == command_line.USAGE


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script_for_shells(run: CliRunner, shell: str) -> None:
    result = run.invoke(command_line.cli, ["completion", shell])
    assert result.exit_code == 0
    assert "_READOUT_COMPLETE" in result.output


def test_output_file_is_written_all_at_once(tmp_path: Path) -> None:
    target = tmp_path / "brief.html"
    emit("page", target)
    assert [path.name for path in tmp_path.iterdir()] == ["brief.html"]
    assert target.read_text(encoding="utf-8") == "page"
