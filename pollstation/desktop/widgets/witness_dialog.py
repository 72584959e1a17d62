"""A second person signs: chosen from a list, with a passphrase of their own."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from pollstation.desktop import theme
from pollstation.desktop.overlay import Overlay
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.text import label, row
from pollstation.i18n import _

#: Gets the person's key, the passphrase, and the dialog: call its ``close_overlay()`` when the act is done
#: and its ``refuse(reason)`` when it is not, e.g. for a wrong passphrase.
Attempt = Callable[[str, str, "WitnessDialog"], None]


class WitnessDialog(Overlay):
    """Asks the second person; the act itself is done (and the passphrase checked) by ``attempt``."""

    def __init__(self, over: QWidget, act: str, people: Sequence[tuple[str, str]], attempt: Attempt) -> None:
        """``act``: what is signed, in one sentence; ``people``: key and name of those who may sign."""
        super().__init__(over)
        self._attempt = attempt
        title = label(role="title")
        self.words(title.setText, lambda: _("A second person signs"))
        self.people = QListWidget()
        for key, name in people:
            item = QListWidgetItem(name)
            item.setSizeHint(theme.square(40))
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.people.addItem(item)
        self.people.setCurrentRow(0)
        self.people.setMaximumHeight(theme.px(40) * min(len(people), 5) + theme.px(10))
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._row = FormRow(lambda: _("Passphrase of the second person"), self.passphrase)
        self._sign = KeyButton(key="Enter", primary=True)
        self._sign.clicked.connect(self.sign)
        cancel = KeyButton(key="Esc")
        cancel.clicked.connect(self.close_overlay)
        self.words(self._sign.setText, lambda: _("Sign"))
        self.words(cancel.setText, lambda: _("Not now"))
        self.words(self.people.setAccessibleName, lambda: _("Who signs"))
        sentence = label(act, "large", wrap=True)
        sentence.setMinimumWidth(theme.px(460))
        for widget in (title, sentence, FormRow(lambda: _("Who signs"), self.people), self._row):
            self.inside.addWidget(widget)
        self.inside.addLayout(row(None, cancel, self._sign))
        self.begin_at(self.passphrase if len(people) == 1 else self.people)
        self.open()

    def sign(self) -> None:
        """Try it with what is entered."""
        chosen = self.people.currentItem()
        if chosen and self.passphrase.text():
            self._sign.setEnabled(False)
            self._attempt(chosen.data(Qt.ItemDataRole.UserRole), self.passphrase.text(), self)
        else:
            self.passphrase.setFocus()

    def refuse(self, reason: str) -> None:
        """Say why it was refused, and let them try again."""
        self._sign.setEnabled(True)
        self._row.refuse(reason)
        self.passphrase.clear()
        self.passphrase.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter signs, Esc does not."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._sign.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            super().keyPressEvent(event)
