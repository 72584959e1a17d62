"""A field for a file or a folder: chosen with the system's dialog, or by typing its path."""

from collections.abc import Callable

from PySide6.QtWidgets import QFileDialog, QLineEdit

from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.text import row
from pollstation.desktop.words import Worded
from pollstation.i18n import _


class FileField(Worded):
    """The path of a file that is there.

    Args:
        caption: what is asked for.
        kinds: which files are offered, as the system's dialog wants it.
    """

    def __init__(self, caption: Callable[[], str], kinds: Callable[[], str] = str) -> None:
        super().__init__()
        self._caption, self._kinds = caption, kinds
        self.path = QLineEdit()
        self.browse = KeyButton()
        self.browse.clicked.connect(lambda _on: self._choose())
        self.words(self.browse.setText, lambda: _("Choose …"))
        self.words(self.path.setAccessibleName, caption)
        inside = row(self.path, self.browse)
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)
        self.setFocusProxy(self.path)

    def ask(self, caption: str, at: str) -> str:
        """Ask with the system's dialog, which begins at the path ``at``; empty when nothing was chosen."""
        return QFileDialog.getOpenFileName(self, caption, at, self._kinds())[0]

    def _choose(self) -> None:
        if chosen := self.ask(self._caption(), self.path.text()):
            self.path.setText(chosen)


class FolderField(FileField):
    """The path of a folder that is there."""

    def ask(self, caption: str, at: str) -> str:
        """Ask for a folder."""
        return QFileDialog.getExistingDirectory(self, caption, at)


class NewFileField(FileField):
    """The path of a file to be made."""

    def ask(self, caption: str, at: str) -> str:
        """Ask for a place and a name."""
        return QFileDialog.getSaveFileName(self, caption, at, self._kinds())[0]


def secret_field() -> QLineEdit:
    """A field for a passphrase."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
