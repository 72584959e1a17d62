"""The field one types a name, a number or a pinyin into; the list below answers as one types."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from pollstation.desktop.widgets.result_list import ResultList
from pollstation.desktop.widgets.text import bare, label
from pollstation.desktop.words import Worded

PAUSE_MILLISECONDS = 60


class _Edit(QLineEdit):
    """Up and down move in the list, Enter takes what is marked there; the focus stays here.

    An Enter that comes before the answer to what was typed waits for it: it never takes the answer to an
    earlier text.
    """

    def __init__(self) -> None:
        super().__init__()
        self.results: ResultList | None = None
        self.waits = self.enter_waits = False

    def settle(self) -> None:
        """The list now answers what is typed."""
        self.waits = False
        if self.enter_waits and self.results:
            self.enter_waits = False
            self.results.take_current()

    def event(self, event: QEvent) -> bool:
        """With nothing typed there is nothing to undo here: Ctrl+Z is then free for the page."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.text()
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys of the list to the list."""
        results = self.results
        if results and event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
        ):
            results.move_mark(event.key())
        elif results and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.waits:
            self.enter_waits = True
        elif results and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and results.take_current():
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class SearchField(Worded):
    """A large field with a hint below it.

    Signals:
        searched: the text, once the typing pauses for a moment; an empty text at once.
    """

    searched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.edit = _Edit()
        self.edit.setProperty("role", "search")
        self.hint = label(role="small", wrap=True)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MILLISECONDS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.edit.text().strip()))
        self.edit.textChanged.connect(self._typed)
        self.setFocusProxy(self.edit)
        inside = QVBoxLayout(self)
        bare(inside)
        inside.addWidget(self.edit)
        inside.addWidget(self.hint)

    def drive(self, results: ResultList) -> None:
        """Let arrows and Enter in the field work the list."""
        self.edit.results = results
        results.shown.connect(self.edit.settle)

    def clear(self) -> None:
        """Empty the field and take the focus: ready for the next voter."""
        self.edit.clear()
        self.edit.setFocus()

    def _typed(self, text: str) -> None:
        self.edit.waits, self.edit.enter_waits = True, False
        self._pause.start(PAUSE_MILLISECONDS if text.strip() else 0)
