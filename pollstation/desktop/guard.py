"""Looks after the second copy and the marked register beside it, every now and then, away from the desk."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pollstation import i18n
from pollstation.desktop.desk import Desk
from pollstation.desktop.tasks import Progress
from pollstation.desktop.theme import Kind
from pollstation.i18n import _
from pollstation.services.second_copy import CopyState, CopyStatus
from pollstation.wording.guarding import COPY_STATES

if TYPE_CHECKING:  # documents load with the first file, after the window stands
    from pollstation.documents.register_files import RegisterUpdate

OUTAGE = "outage"
"""The page that stands beside the duties of the rail: what to do before and after the laptop fails."""

KINDS = {
    CopyState.HEALTHY: Kind.GOOD,
    CopyState.BEHIND: Kind.CAUTION,
    CopyState.MISSING: Kind.WRONG,
}

LOOK, REGISTER = 2_000, 180_000
"""Milliseconds between two looks at the copy, and between two writings of the register."""


class Guard(QObject):
    """Signals:
    changed: the second copy stands otherwise than when last looked at.
    """

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._seen: CopyStatus | None = None
        self._writing = False
        self._look = QTimer(self, interval=LOOK)
        self._look.timeout.connect(self.look)
        self._look.start()
        self._register = QTimer(self, interval=REGISTER)
        self._register.timeout.connect(self.write_register)
        self._register.start()

    def stop(self) -> None:
        """Look no more: the program ends."""
        self._look.stop()
        self._register.stop()

    def status(self) -> CopyStatus | None:
        """How the second copy stands now; None where there is none, or no file is open."""
        return self._desk.workplace.copy_status() if self._desk.plan is not None else None

    def chip(self) -> tuple[str, Kind] | None:
        """What the bar at the top shows of it."""
        status = self.status()
        return (_(COPY_STATES[status.state]), KINDS[status.state]) if status else None

    def look(self) -> None:
        """See how the copy stands; help it where it needs the worker."""
        status = self.status()
        if status and status.state is CopyState.BEHIND:
            self._desk.tasks.run(self._desk.workplace.tend_copy)
        if status != self._seen:
            self._seen = status
            self.changed.emit()

    def write_register(self) -> None:
        """Bring the marked register on the second medium up to date, unless that is under way."""
        if self._desk.plan is not None and self._desk.workplace.keeps_register and not self._writing:
            self._desk.tasks.run(self._desk.workplace.register_due, self._write)

    def _write(self, due: "tuple[Path, RegisterUpdate] | None") -> None:
        if due is None:
            return
        self._writing = True
        workplace, language = self._desk.workplace, i18n.language()

        def work(_progress: Progress) -> bool:
            from pollstation.documents.register_files import write_register

            try:
                write_register(*due, (language,))
            except OSError:
                return False
            return True

        def done(written: bool) -> None:
            if not written:
                self._desk.tasks.run(workplace.write_register_anew)

        self._desk.tasks.run_long(work, done, always=self._wrote)

    def _wrote(self) -> None:
        self._writing = False
