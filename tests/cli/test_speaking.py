"""What stops a command is said in words, with its code, and leaves no traceback and no personal data."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from pollstation import i18n, paths
from pollstation.cli.speaking import Group
from pollstation.domain.errors import Code, Fault, Faults, Refusal


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.use("en")


def raising(error: Exception) -> Result:
    group = Group(modules={})

    @group.command()
    def work() -> None:
        raise error

    return CliRunner().invoke(group, ["work"])


def test_a_refusal_says_what_is_wrong_and_what_to_do() -> None:
    ended = raising(Refusal(Code.INPUT_UNREADABLE, file="a.json"))
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert ended.stderr == (
        "S-010 The file a.json cannot be read.\n    Check its name, its folder and whether you may read it.\n"
    )


def test_every_fault_is_said_with_its_place() -> None:
    faults = [
        Fault(code=Code.FILE_DAMAGED, file="register.csv", row=7, field="name"),
        Fault(code=Code.INPUT_NO_CASES, file="cases.json"),
        Fault(code=Code.FILE_MISSING),
    ]
    ended = raising(Faults(faults))
    assert ended.exit_code == 1
    first, second, third = ended.stderr.splitlines()[::2]
    assert first == "R-113 register.csv, row 7, name: The file is damaged."
    assert second.startswith("S-012 cases.json: The file cases.json holds no cases")
    assert third == "R-115 The file is not there."


def test_a_missing_fact_spoils_no_sentence() -> None:
    assert "The file ? cannot be read." in raising(Refusal(Code.INPUT_UNREADABLE)).stderr


def test_a_bug_leaves_a_log_of_places_and_no_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "logs", lambda: tmp_path)
    ended = raising(ZeroDivisionError("card 370602 of a voter"))
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert ended.stderr.startswith("S-001")
    assert str(tmp_path / "bugs.log") in ended.stderr
    log = (tmp_path / "bugs.log").read_text("utf-8")
    assert "builtins.ZeroDivisionError" in log
    assert f"{__name__}:" in log
    assert "370602" not in log + ended.stderr
    assert str(Path.home()) not in log


def test_a_bug_is_told_even_when_no_log_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "logs", lambda: tmp_path / "not there")
    ended = raising(ZeroDivisionError())
    assert (ended.exit_code, ended.stderr[:5]) == (1, "S-002")


def test_a_command_that_does_not_load_is_a_bug_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "logs", lambda: tmp_path)
    ended = CliRunner().invoke(Group(modules={"gone": "pollstation.gone:gone"}), ["--help"])
    assert (ended.exit_code, ended.stderr[:5]) == (1, "S-001")


def test_a_wrong_use_keeps_its_status() -> None:
    assert raising(click.UsageError("no")).exit_code == 2
