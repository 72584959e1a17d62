"""The whole program over a prepared station file, and somebody who has only a keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QRadioButton
from pytestqt.qtbot import QtBot

from pollstation.desktop.desk import Desk
from pollstation.desktop.program import Program
from pollstation.desktop.tasks import Bug
from pollstation.i18n import _
from pollstation.services.ports import Package
from pollstation.store import StationFile
from pollstation.workplace import Workplace
from tests import acts
from tests.desktop.hands import Keyboard
from tests.station import PASSPHRASE, TickingClock, person_passphrase, session
from tests.station import package as small_package

T = TypeVar("T")
Act = Callable[[StationFile], object]


class KeysDay(Keyboard):
    """One station's day; what others do meanwhile is done on the file, and the pages hear of it."""

    def __init__(self, qtbot: QtBot, app: QApplication, folder: Path) -> None:
        self.clock = TickingClock()
        super().__init__(qtbot, Program(app, self.clock))
        self.folder = folder
        self._bugs: list[Bug] = []
        self.program.tasks.failed.connect(self._bugs.append)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()

    @property
    def desk(self) -> Desk:
        """What the pages work at."""
        return self.program.desk

    def begin(
        self, duty: str, *before: Act, person: str = "supervisor-01", package: Package | None = None
    ) -> None:
        """The day as ``before`` left it; ``person`` signs in and goes to the page of ``duty``."""
        given = package or small_package()

        def make() -> Workplace:
            file = StationFile.create(self.folder / "day.pollstation", PASSPHRASE, given, self.clock)
            for act in (acts.prepare, *before):
                act(file)
            return Workplace(file)

        self.desk.open_day(make, lambda: None)
        self.settle()
        self.sign_in(person)
        self.go(duty)
        self.settle()

    def change_file(self, path: Path, passphrase: str) -> None:
        """Another file of the day is opened, as on another laptop."""
        self.desk.close_day()
        self.settle()
        self.desk.open_day(lambda: Workplace.open(path, passphrase, self.clock), lambda: None)
        self.settle()

    def sign_in(self, person: str) -> None:
        """Somebody takes the chair, with nothing but keys."""
        self.mark(_("People of the station"), person)
        self.fill(_("Your own passphrase"), person_passphrase(person))
        self.press(_("Sign in"))
        assert self.desk.by == session(person)

    def witness(self, person: str = "scrutineer-01") -> None:
        """The second person signs in the dialog."""
        self.mark(_("Who signs"), person)
        self.fill(_("Passphrase of the second person"), person_passphrase(person))
        self.press(_("Sign"))
        assert not self.sees(_("A second person signs")), self.strip

    def on_file(self, work: Callable[[StationFile], T]) -> T:
        """Look at the file, or do something with it elsewhere, on the worker; the pages hear of it."""
        answers: list[T] = []
        self.program.tasks.run(lambda: work(self.desk.workplace.file), answers.append)
        self.settle()
        self.window.changed({"*"})
        self.settle()
        return answers[0]

    def chosen_option(self) -> QRadioButton:
        """The possibility now chosen among those side by side."""
        return next(one for one in self._seen(QRadioButton) if one.isChecked())

    def fill_area(self, name: str, text: str) -> None:
        """Type into the larger field of that name."""
        self.into(self._named(QPlainTextEdit, name))
        self.type(text)

    def into_button(self, text: str) -> None:
        """Bring the focus to a button without a key of its own."""
        self.into(self.button(text))

    def close(self) -> None:
        """End the day; an error nobody expected fails the test."""
        self.program.tasks.wait_idle(60)
        self.program.close()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert [bug.error for bug in self._bugs] == []
