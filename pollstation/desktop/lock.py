"""The lock: hides the day from passers-by and loses nothing of it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pollstation.desktop import theme
from pollstation.desktop.icons import Icon
from pollstation.desktop.overlay import Overlay
from pollstation.desktop.tasks import Tasks
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.text import label, row
from pollstation.domain.errors import Code, Refusal
from pollstation.i18n import _
from pollstation.wording import sentence


class Lock(Overlay):
    """Covers the window until the passphrase is right.

    Args:
        check: whether a passphrase is that of the person signed in; runs on the worker, may refuse.

    Signals:
        opened: the right passphrase was given.
        another: somebody else wants to work here; the one who locked is to be signed out.
    """

    opened = Signal()
    another = Signal()

    def __init__(
        self,
        over: QWidget,
        person: str,
        tasks: Tasks,
        check: Callable[[str], bool],
    ) -> None:
        super().__init__(over, opaque=True)
        self._tasks, self._check = tasks, check
        title = label(role="title")
        self.words(title.setText, lambda: _("Locked"))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setMinimumWidth(theme.px(320))
        self._row = FormRow(lambda: _("Passphrase"), self.passphrase)
        self.button = KeyButton(key="Enter", primary=True)
        self.words(self.button.setText, lambda: _("Unlock"))
        self.button.clicked.connect(self.try_open)
        other = KeyButton(key="F3")
        other.clicked.connect(self.another)
        self.words(other.setText, lambda: _("Another person signs in"))
        self.inside.addLayout(row(Icon("lock", "accent", 24), title, None))
        self.inside.addWidget(label(person, "large"))
        self.inside.addWidget(self._row)
        self.inside.addLayout(row(other, None, self.button))
        self.begin_at(self.passphrase)
        self.open()

    def try_open(self) -> None:
        """Check what is entered."""
        passphrase = self.passphrase.text()
        if passphrase:
            self.button.setEnabled(False)
            self._tasks.run(
                lambda: self._check(passphrase),
                self._answered,
                self._refuse,
                always=lambda: self.button.setEnabled(True),
            )

    def _answered(self, right: bool) -> None:
        if right:
            self.close_overlay()
            self.opened.emit()
        else:
            self._refuse(Refusal(Code.WRONG_PASSPHRASE))

    def _refuse(self, refusal: Refusal) -> None:
        self._row.refuse(" ".join(sentence(refusal.code, refusal.facts)))
        self.passphrase.clear()
        self.passphrase.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter tries the passphrase; nothing else leads back to what is below."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.button.click()
