"""A real window over a real station file, worked by keys alone: what tests of pages stand on."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.rail import DutyState
from pollstation.desktop.tasks import Bug, Tasks
from pollstation.desktop.top_bar import Facts
from pollstation.desktop.widgets.witness_dialog import WitnessDialog
from pollstation.desktop.window import Window
from pollstation.services.ports import Package, Reading
from pollstation.store import StationFile
from pollstation.workplace import Workplace
from tests import acts
from tests.station import PASSPHRASE, TickingClock, package, person_passphrase, session

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)


class DayWindow:
    """One station's window on the day; every wait is for the worker, never for the clock."""

    def __init__(
        self,
        folder: Path,
        pages: Callable[[Desk], list[Page]],
        given: Package | None = None,
        words_of: Callable[[str], str] = person_passphrase,
    ) -> None:
        """``words_of`` gives the passphrase of a person, where the package is not that of the tests."""
        self._words_of = words_of
        self.tasks = Tasks()
        self.bugs: list[Bug] = []
        self.tasks.failed.connect(self.bugs.append)
        self.desk = Desk(self.tasks, TickingClock())
        self.window = Window(self.tasks, facts=lambda: Facts(station="S01"), unlock=lambda _words: True)
        made = given or package()
        file = folder / "day.pollstation"
        self.desk.open_day(
            lambda: Workplace(StationFile.create(file, PASSPHRASE, made, TickingClock())), lambda: None
        )
        self.idle()
        self.pages = pages(self.desk)
        for page in self.pages:
            self.window.add_page(page)
        self.window.show_duties({page.duty: DutyState.TO_DO for page in self.pages})
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)

    def idle(self) -> None:
        """Wait until everything asked for is answered and shown."""
        self.tasks.wait_idle()
        QApplication.processEvents()
        self.tasks.wait_idle()

    def play(self, act: Callable[[StationFile], object]) -> None:
        """Let honest staff do something elsewhere; the pages hear of it."""
        self.tasks.run(lambda: act(self.desk.workplace.file))
        self.idle()
        self.window.changed({"*"})
        self.idle()

    def read(self, query: Callable[[Reading], T]) -> T:
        """What the file says now."""
        answers: list[T] = []
        self.desk.read(query, answers.append)
        self.idle()
        return answers[0]

    def sign_in(self, person: str) -> None:
        """Let somebody work here; the page in view hears of it."""
        self.desk.sign(session(person))
        self.window.changed({"*"})
        self.idle()

    def go(self, duty: str) -> None:
        """Go to a page."""
        self.window.go(duty)
        self.idle()

    @property
    def focus(self) -> QWidget:
        """Where typing goes."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(self, *keys: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys where the focus is."""
        for key in keys:
            QTest.keyClick(self.focus, key, held)
            self.idle()

    def enter(self) -> None:
        """Enter on the numpad."""
        self.press(Qt.Key.Key_Enter, held=Qt.KeyboardModifier.KeypadModifier)

    def write(self, text: str) -> None:
        """Type where the focus is: digits and letters as keys, anything else through the input method."""
        if text.isascii():
            QTest.keyClicks(self.focus, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(self.focus, event)
        self.idle()

    def say(self, *fields: str) -> None:
        """Type each text into its field, Enter after each."""
        for text in fields:
            self.write(text)
            self.enter()

    def sign(self, person: str = "scrutineer-01") -> None:
        """The second person signs in the dialog, from the keyboard."""
        dialog = self.window.findChildren(WitnessDialog)[-1]
        assert dialog.isVisible()
        for row in range(dialog.people.count()):
            if dialog.people.item(row).data(Qt.ItemDataRole.UserRole) == person:
                dialog.people.setCurrentRow(row)
        dialog.passphrase.setFocus()
        self.write(self._words_of(person))
        self.enter()

    def named(self, kind: type[W], name: str) -> W:
        """The visible widget of that accessible name."""
        found = [
            one for one in self.window.findChildren(kind) if one.accessibleName() == name and one.isVisible()
        ]
        assert found, f"nothing is called {name!r}"
        return found[0]

    @property
    def strip(self) -> str:
        """What the strip says."""
        return self.window.strip.text

    def close(self) -> None:
        """End the day; an error nobody expected fails the test."""
        self.window.close()
        self.window.deleteLater()
        self.desk.close_day()
        self.tasks.stop()
        assert [bug.error for bug in self.bugs] == []


def prepared(day: DayWindow) -> DayWindow:
    """The package is loaded, supervisor and scrutineer have signed in."""
    day.play(acts.prepare)
    day.sign_in("supervisor-01")
    return day
