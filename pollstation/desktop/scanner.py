"""A scanner is a keyboard: its burst of characters is recognised wherever the focus is.

No hand types as fast. The characters reach the field with the focus as they come (so typing is never held up)
and are taken back out once the burst turns out to be a scan. A key that does something by itself (``S``) must
not be the first character of a card's code.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

SHORTEST_CODE = 6
SHORTEST_FOREIGN_CODE = 8
LONGEST_GAP = 0.035
SAME_AGAIN = 2.0


class Scanner(QObject):
    """Watches the whole program's keys for scans, from :meth:`start` to :meth:`stop`.

    Args:
        matches: whether a text is one of our codes.
        app: the program whose keys are watched.
        clock: seconds that never run back.

    Signals:
        scanned: one of our codes.
        ignored: the same code again within two seconds.
        foreign: a scan that is none of ours.
    """

    scanned = Signal(str)
    ignored = Signal(str)
    foreign = Signal(str)

    def __init__(
        self, matches: Callable[[str], bool], app: QApplication, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(app)
        self._matches, self._clock = matches, clock
        self._burst = ""
        self._last_key = float("-inf")
        self._before: tuple[QLineEdit, str, int] | None = None
        self._last_scan = ("", float("-inf"))
        self._app = app

    def start(self) -> None:
        """Watch from now on."""
        self._app.installEventFilter(self)

    def stop(self) -> None:
        """Watch no more: the program ends."""
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See every key before its field does."""
        kind = event.type()
        if kind not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not self._is_target(watched):
            return False
        if not isinstance(event, QKeyEvent) or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return False
        fast = self._clock() - self._last_key < LONGEST_GAP
        if kind == QEvent.Type.ShortcutOverride:
            if fast and event.text().isprintable() and event.text():
                event.accept()  # the middle of a burst is text, never a shortcut
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return fast and self._ends()
        if event.text() and event.text().isprintable():
            self._goes_on(event.text(), fast, watched)
        return False

    def _is_target(self, watched: QObject) -> bool:
        """A key is handed up through the parents of its field; it counts once."""
        focus = QApplication.focusWidget()
        return watched is focus if focus else isinstance(watched, QWidget) and watched.isWindow()

    def _goes_on(self, text: str, fast: bool, watched: QObject) -> None:
        if not fast:
            self._burst = ""
            field = watched if isinstance(watched, QLineEdit) else None
            self._before = (field, field.text(), field.cursorPosition()) if field else None
        self._burst += text
        self._last_key = self._clock()

    def _ends(self) -> bool:
        """Whether the burst was a scan; then the Enter belongs to it."""
        code, self._burst = self._burst, ""
        ours = len(code) >= SHORTEST_CODE and self._matches(code)
        if not ours and (len(code) < SHORTEST_FOREIGN_CODE or " " in code or self._in_secret()):
            return False
        self._take_back()
        now = self._clock()
        if not ours:
            self.foreign.emit(code)
        elif code == self._last_scan[0] and now - self._last_scan[1] < SAME_AGAIN:
            self.ignored.emit(code)
        else:
            self._last_scan = (code, now)
            self.scanned.emit(code)
        return True

    def _in_secret(self) -> bool:
        """A passphrase may be typed by a machine; it is never taken for a scan that is not ours."""
        return self._before is not None and self._before[0].echoMode() != QLineEdit.EchoMode.Normal

    def _take_back(self) -> None:
        if self._before:
            field, text, cursor = self._before
            field.setText(text)
            field.setCursorPosition(cursor)
