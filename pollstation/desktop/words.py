"""Words on the screen that follow the language while the program runs."""

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget

from pollstation import i18n


class Worded(QWidget):
    """A widget that says its words again whenever the language changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: list[Callable[[], object]] = []
        self._first: QWidget | None = None

    def begin_at(self, part: QWidget) -> None:
        """Hand the focus on to ``part`` whenever it is given here, as long as ``part`` is seen.

        A focus proxy would also draw every Tab that comes by: past what lies before ``part``, and nowhere at
        all, for good, while ``part`` is hidden.
        """
        self._first = part

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin where the focus belongs."""
        super().focusInEvent(event)
        if self._first and self._first.isVisible():
            self._first.setFocus(event.reason())

    def words(self, put: Callable[[str], object], text: Callable[[], str]) -> None:
        """Put ``text()`` now and again after every change of language.

        Example: ``self.words(label.setText, lambda: _("Seats"))``
        """
        self._words.append(lambda: put(text()))
        put(text())

    def retranslate(self) -> None:
        """Say everything again in the language now spoken."""
        for say in self._words:
            say()

    def changeEvent(self, event: QEvent) -> None:
        """Qt hands a change of language down to every widget."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def speak(language: str, top: QWidget) -> None:
    """Switch the whole program to ``language`` (of ``i18n.LANGUAGES``) and say ``top`` again."""
    i18n.use(language)
    QApplication.sendEvent(top, QEvent(QEvent.Type.LanguageChange))
