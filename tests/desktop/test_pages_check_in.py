"""The desk: scan, Enter: issued; and everything that must not be issued."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.check_in import CheckIn
from pollstation.desktop.tasks import Tasks
from tests import acts
from tests.desktop.desk_kit import AtWork

Enter, Escape = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def at_work(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[AtWork]:
    made = AtWork(qtbot, tasks, tmp_path / "day.pollstation", CheckIn)
    yield made
    made.close()


def page_of(at_work: AtWork) -> CheckIn:
    page = at_work.window.page
    assert isinstance(page, CheckIn)
    return page


def votes(at_work: AtWork, number: int) -> tuple[str, ...]:
    return at_work.on_file(lambda file: acts.record_of(file, number).contests)


def scan(at_work: AtWork, code: str) -> None:
    page_of(at_work).scanned(code)
    at_work.settle()


def test_a_scan_and_one_enter_issue_every_ballot(at_work: AtWork) -> None:
    scan(at_work, "PS1:C000003")
    assert votes(at_work, 3) == ()
    at_work.press(Enter)
    assert votes(at_work, 3) == ("county-1", "town-1")
    assert "2 ballots issued" in at_work.window.strip.text
    assert page_of(at_work).search.field.edit.hasFocus()


def test_letters_and_two_enters_issue(at_work: AtWork) -> None:
    at_work.type("liuw")
    assert "刘伟" in page_of(at_work).person.person.accessibleName()
    at_work.press(Enter)
    assert votes(at_work, 3) == ()
    at_work.press(Enter)
    assert votes(at_work, 3) == ("county-1", "town-1")
    assert page_of(at_work).search.text == ""
