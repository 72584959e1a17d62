"""A real window over a real station file, opened on the worker as the program does."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.pages.start import Start
from pollstation.desktop.rail import DutyState
from pollstation.desktop.tasks import Tasks
from pollstation.desktop.top_bar import Facts
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.desktop.widgets.witness_dialog import WitnessDialog
from pollstation.desktop.window import Window
from pollstation.services.ports import Package
from pollstation.store import StationFile
from pollstation.workplace import Workplace
from tests import acts
from tests.station import PASSPHRASE, TickingClock, person_passphrase, session
from tests.station import package as small_package

T = TypeVar("T")
NO_KEYS, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class InWindow:
    """One page in a window, and hands on the keyboard."""

    def __init__(self, qtbot: QtBot, tasks: Tasks) -> None:
        self.qtbot, self.tasks = qtbot, tasks
        self.desk = Desk(tasks, TickingClock())

    def show(self, page: Page, facts: Callable[[], Facts], *, in_rail: bool) -> None:
        """Show the window with ``page`` in view."""
        self.window = Window(self.tasks, facts=facts, unlock=lambda _words: True)
        self.qtbot.addWidget(self.window)
        self.window.add_page(page, in_rail=in_rail)
        if in_rail:
            self.window.show_duties({page.duty: DutyState.IN_HAND})
        self.window.resize(1366, 768)
        with self.qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.window.go(page.duty)
        self.settle()

    def type(self, text: str) -> None:
        """Type into whatever has the focus, and wait for what comes of it."""
        field = self._focus()
        if text.isascii():
            QTest.keyClicks(field, text)
        else:  # as an input method does
            assert isinstance(field, QLineEdit)
            field.insert(text)
        self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press one key where the focus is, and wait for what comes of it."""
        QTest.keyClick(self._focus(), key, held)
        self.settle()

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    def settle(self) -> None:
        """Wait until the pause of a search is over and everything asked for is answered."""
        self.qtbot.wait(80)
        self.tasks.wait_idle(30)
        QApplication.processEvents()  # what came of it is laid out and seen

    def close(self) -> None:
        """Close window and file."""
        self.tasks.wait_idle(30)
        self.window.close()
        self.desk.close_day()
        self.tasks.wait_idle(30)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class AtStart(InWindow):
    """The first page, before any file is open."""

    def __init__(self, qtbot: QtBot, tasks: Tasks) -> None:
        super().__init__(qtbot, tasks)
        self.page = Start(self.desk)
        self.show(self.page, Facts, in_rail=False)

    def open(self, passphrase: str) -> None:
        """Open the file that is marked."""
        self.press(Qt.Key.Key_Return)
        self.type(passphrase)
        self.press(Qt.Key.Key_Return)


class AtWork(InWindow):
    """Somebody signed in at a station, one page in view."""

    def __init__(
        self,
        qtbot: QtBot,
        tasks: Tasks,
        path: Path,
        page: Callable[[Desk], Page],
        *,
        person: str = "officer-01",
        before: Callable[[StationFile], object] = acts.open_day,
        package: Package | None = None,
    ) -> None:
        super().__init__(qtbot, tasks)

        def make() -> Workplace:
            file = StationFile.create(path, PASSPHRASE, package or small_package(), TickingClock())
            acts.prepare(file)
            before(file)
            return Workplace(file)

        self.desk.open_day(make, lambda: None)
        tasks.wait_idle(60)
        self.desk.sign(session(person))
        self.show(page(self.desk), lambda: Facts(station="S01", person=person), in_rail=True)

    def on_file(self, work: Callable[[StationFile], T]) -> T:
        """Do something with the file, on the worker."""
        answers: list[T] = []
        self.tasks.run(lambda: work(self.desk.workplace.file), answers.append)
        self.tasks.wait_idle(30)
        return answers[0]

    def sign_as_witness(self, person: str = "scrutineer-01", passphrase: str = "") -> None:
        """Sign the dialog that is open."""
        dialog = self.window.findChild(WitnessDialog)
        assert isinstance(dialog, WitnessDialog)
        for at in range(dialog.people.count()):
            if person in dialog.people.item(at).text():
                dialog.people.setCurrentRow(at)
        dialog.passphrase.setText(passphrase or person_passphrase(person))
        dialog.sign()
        self.settle()


def visible_text(widget: QWidget) -> str:
    """Everything that labels on ``widget`` say to whoever looks at it."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def cell(table: SimpleTable, row: int, column: int) -> str:
    """The text in a cell."""
    item = table.item(row, column)
    return item.text() if item else ""
