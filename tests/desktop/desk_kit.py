"""A real window over a real station file, opened on the worker as the program does."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.rail import DutyState
from pollstation.desktop.tasks import Tasks
from pollstation.desktop.top_bar import Facts
from pollstation.desktop.widgets.witness_dialog import WitnessDialog
from pollstation.desktop.window import Window
from pollstation.services.ports import Package
from pollstation.store import StationFile
from pollstation.workplace import Workplace
from tests import acts
from tests.station import PASSPHRASE, TickingClock, person_passphrase, session
from tests.station import package as small_package

T = TypeVar("T")


class AtWork:
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
        self.qtbot, self.tasks = qtbot, tasks
        self.desk = Desk(tasks, TickingClock())

        def make() -> Workplace:
            file = StationFile.create(path, PASSPHRASE, package or small_package(), TickingClock())
            acts.prepare(file)
            before(file)
            return Workplace(file)

        self.desk.open_day(make, lambda: None)
        tasks.wait_idle(60)
        self.desk.sign(session(person))
        self.window = Window(
            tasks, facts=lambda: Facts(station="S01", person=person), unlock=lambda _words: True
        )
        qtbot.addWidget(self.window)
        made = page(self.desk)
        self.window.add_page(made)
        self.window.show_duties({made.duty: DutyState.IN_HAND})
        self.window.resize(1366, 768)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.window.go(made.duty)
        tasks.wait_idle()

    def type(self, text: str) -> None:
        """Type into whatever has the focus, and wait for what comes of it."""
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClicks(focus, text)
        self.settle()

    def press(self, key: object) -> None:
        """Press one key where the focus is, and wait for what comes of it."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key)
        self.settle()

    def settle(self) -> None:
        """Wait until the pause of a search is over and everything asked for is answered."""
        self.qtbot.wait(80)
        self.tasks.wait_idle(30)

    def on_file(self, work: Callable[[StationFile], T]) -> T:
        """Do something with the file, on the worker."""
        answers: list[T] = []
        self.tasks.run(lambda: work(self.desk.workplace.file), answers.append)
        self.tasks.wait_idle(30)
        return answers[0]

    def sign_as_witness(self, person: str = "scrutineer-01", passphrase: str = "") -> None:
        """Sign the dialog that is open."""
        dialog = self.window.findChild(WitnessDialog)
        assert dialog is not None
        for at in range(dialog.people.count()):
            if person in dialog.people.item(at).text():
                dialog.people.setCurrentRow(at)
        dialog.passphrase.setText(passphrase or person_passphrase(person))
        dialog.sign()
        self.settle()

    def close(self) -> None:
        """Close window and file."""
        self.tasks.wait_idle(30)
        self.window.close()
        self.desk.close_day()
        self.tasks.wait_idle(30)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def visible_text(widget: QWidget) -> str:
    """Everything that labels on ``widget`` say, for tests of what can be read."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())
