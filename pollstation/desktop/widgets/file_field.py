"""Files and folders chosen with the system's dialog, or by typing their path."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit

from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.text import row
from pollstation.desktop.words import Worded
from pollstation.i18n import _

SEVERAL = ";"
"""Between the paths of several files; no system allows it in a path without trouble."""


class FileField(Worded):
    """One file.

    Args:
        caption: what is chosen.
        kinds: the dialog's filter of endings.
    """

    def __init__(self, caption: Callable[[], str], kinds: Callable[[], str]) -> None:
        super().__init__()
        self._caption, self._kinds = caption, kinds
        self.path = QLineEdit()
        self.browse = KeyButton()
        self.browse.clicked.connect(lambda _on: self._take(self._choose()))
        self.words(self.browse.setText, lambda: _("Choose …"))
        self.words(self.path.setAccessibleName, caption)
        inside = row(self.path, self.browse)
        inside.setContentsMargins(0, 0, 0, 0)
        self.setLayout(inside)
        self.setFocusProxy(self.path)

    @property
    def text(self) -> str:
        """The path; empty where none is given."""
        return self.path.text().strip()

    @property
    def paths(self) -> list[Path]:
        """Every file that is named, once."""
        named = (part.strip() for part in self.path.text().split(SEVERAL))
        return [Path(name) for name in dict.fromkeys(named) if name]

    def _take(self, chosen: str) -> None:
        if chosen:
            self.path.setText(chosen)

    def _choose(self) -> str:
        return QFileDialog.getOpenFileName(self, self._caption(), self.path.text(), self._kinds())[0]


class FilesField(FileField):
    """Several files."""

    def _choose(self) -> str:
        first = self.paths[0].parent if self.paths else ""
        chosen, _kind = QFileDialog.getOpenFileNames(self, self._caption(), str(first), self._kinds())
        return f"{SEVERAL} ".join(chosen)


class FolderField(FileField):
    """A folder."""

    def __init__(self, caption: Callable[[], str]) -> None:
        super().__init__(caption, str)

    def _choose(self) -> str:
        return QFileDialog.getExistingDirectory(self, self._caption(), self.path.text())


def every_file() -> str:
    """The filter that shows everything."""
    return f"{_('All files')} (*)"


def certificates() -> str:
    """The filter that shows certificates first."""
    return f"{_('Certificates')} (*.pem *.crt);;{every_file()}"
