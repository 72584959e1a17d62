"""Long work under way: how far, how long still, and a way to stop it."""

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar, QVBoxLayout

from pollstation.desktop.tasks import Progress, Report
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.text import bare, label, row
from pollstation.desktop.words import Worded
from pollstation.i18n import _, n_


class ProgressPanel(Worded):
    """Hidden until work is followed.

    Example::

        panel.follow(_("Importing the register"), tasks.run_long(work, report=panel.report, always=panel.end))
    """

    def __init__(self) -> None:
        super().__init__()
        self._title, self._left = label(role="strong"), label(role="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.cancel = KeyButton(small=True)
        self.words(self.cancel.setText, lambda: _("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        self._stop: Callable[[], None] | None = None
        inside = QVBoxLayout(self)
        bare(inside)
        inside.addLayout(row(self._title, None, self._left, self.cancel))
        inside.addWidget(self._bar)
        self.hide()

    def follow(self, title: str, progress: Progress) -> None:
        """Show the work and offer to stop it."""
        self._title.setText(title)
        self._bar.setAccessibleName(title)
        self._left.clear()
        self._bar.setRange(0, 0)
        self._stop = progress.cancel
        self.cancel.setEnabled(True)
        self.show()

    def report(self, told: Report) -> None:
        """Show how far it has come."""
        self._bar.setRange(0, told.total)
        self._bar.setValue(told.done)
        self._left.setText(remaining(told.remaining))

    def end(self) -> None:
        """It is over, one way or the other."""
        self._stop = None
        self.hide()

    def _cancel(self) -> None:
        if self._stop:
            self._stop()
            self.cancel.setEnabled(False)
            self._left.setText(_("stopping …"))


def remaining(seconds: float | None) -> str:
    """``seconds`` in words, rounded up so that nobody is disappointed."""
    if seconds is None:
        return ""
    if seconds < 60:
        return n_("about {count} second left", "about {count} seconds left", int(seconds) + 1)
    return n_("about {count} minute left", "about {count} minutes left", int(seconds / 60) + 1)
