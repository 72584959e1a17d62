"""Real windows without a screen: theme, tasks and a window of small pages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pollstation import i18n, paths
from pollstation.desktop import theme
from pollstation.desktop.page import Page
from pollstation.desktop.program import Program
from pollstation.desktop.rail import DutyState
from pollstation.desktop.tasks import Bug, Tasks
from pollstation.desktop.theme import Theme
from pollstation.desktop.top_bar import Facts
from pollstation.desktop.window import Window
from pollstation.i18n import _
from pollstation.services.ports import WallClock


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A window without a screen cannot be told its smallest size; Qt warns of that for every window."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints"))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    i18n.use("en")
    theme.apply(qapp, Theme())
    yield
    i18n.use("en")


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """A door for background work; an error nobody expected fails the test."""
    made = Tasks()
    bugs: list[Bug] = []
    made.failed.connect(bugs.append)
    yield made
    made.stop()
    assert [bug.error for bug in bugs] == []


@pytest.fixture
def program(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Program]:
    """The program as it starts on a laptop where it never ran; an error nobody expected fails the test."""
    days = tmp_path / "days"
    days.mkdir()
    monkeypatch.setattr(paths, "days", lambda: days)
    made = Program(qapp, WallClock())
    bugs: list[Bug] = []
    made.tasks.failed.connect(bugs.append)
    made.window.resize(1366, 768)
    made.window.show()
    made.window.activateWindow()
    yield made
    made.tasks.wait_idle(60)
    made.close()
    made.window.close()
    made.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [bug.error for bug in bugs] == []


class SmallPage(Page):
    """One field, one main button; remembers what it was told."""

    def __init__(self, duty: str, name: str) -> None:
        self.duty, self._name = duty, name
        super().__init__()
        self.field = QLineEdit()
        self.other_field = QLineEdit()
        self.body.addWidget(self.field)
        self.body.addWidget(self.other_field)
        self.begin_at(self.field)
        self.told: list[set[str]] = []
        self.scans: list[str] = []
        self.issued = 0
        self.main = self.offer(lambda: _("Sign"), self.issue, "Enter", primary=True)

    def title(self) -> str:
        return f"{self._name} {_('Polling station')}"

    def keys(self) -> list[tuple[str, str]]:
        return [("F6", "something rare")]

    def refresh(self, changed: set[str]) -> None:
        self.told.append(changed)

    def scanned(self, code: str) -> None:
        self.scans.append(code)

    def issue(self) -> None:
        self.issued += 1


class SmallWindow(Window):
    """Three duties of one station, signed in as one person."""

    def __init__(self, tasks: Tasks, facts: Callable[[], Facts]) -> None:
        super().__init__(tasks, facts=facts, unlock=lambda passphrase: passphrase == "open sesame")
        self.today, self.check_in, self.count = (
            SmallPage("today", "Today"),
            SmallPage("check_in", "Check-in"),
            SmallPage("count", "Count"),
        )
        for page in (self.today, self.check_in, self.count):
            self.add_page(page)
        self.show_duties(dict.fromkeys(("today", "check_in", "count"), DutyState.TO_DO))
        self.go("today")


@pytest.fixture
def window(qtbot: QtBot, tasks: Tasks) -> Iterator[SmallWindow]:
    made = SmallWindow(tasks, lambda: Facts(station="S01", person="Officer 01"))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.today.field.setFocus()
    yield made
    tasks.wait_idle()
    made.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
