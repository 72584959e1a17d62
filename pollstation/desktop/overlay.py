"""A sheet over the whole window that takes all keys until it closes, then gives the focus back."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from pollstation.desktop import theme
from pollstation.desktop.words import Worded


class Overlay(Worded):
    """Base of the lock, the second signature and the keyboard help.

    Args:
        over: any widget of the window to cover.
        opaque: whether nothing of the window may be seen.
    """

    def __init__(self, over: QWidget, *, opaque: bool = False) -> None:
        self._window = over.window()
        super().__init__(self._window)
        self._opaque = opaque
        self._below: list[QWidget] = []
        self._focus: QWidget | None = None
        panel = QFrame()
        panel.setProperty("role", "panel")
        self.inside = QVBoxLayout(panel)
        self.inside.setContentsMargins(*([theme.px(28)] * 4))
        self.inside.setSpacing(theme.px(14))
        room = QGridLayout(self)
        room.setContentsMargins(*([theme.px(12)] * 4))
        room.addWidget(panel, 1, 1)
        for side in (0, 2):
            room.setRowStretch(side, 1)
            room.setColumnStretch(side, 1)
        self.hide()

    def open(self) -> None:
        """Cover the window; what is below keeps every character and waits. A lock stays above everything."""
        self._window.installEventFilter(self)
        self.setGeometry(self._window.rect())
        self.show()
        lock = next((other for other in self._others() if other._opaque), None)
        if lock:
            self._slip_under(lock)
            return
        QGuiApplication.inputMethod().commit()
        self._focus = QApplication.focusWidget() or self._window.focusWidget()
        children = self._window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._below = [child for child in children if child is not self and child.isEnabled()]
        for child in self._below:
            child.setEnabled(False)
        self.raise_()
        self.setFocus()

    def close_overlay(self) -> None:
        """Uncover the window and return to the field that had the focus, or leave that to what lies above."""
        if not isValid(self) or self.isHidden():
            return
        self._window.removeEventFilter(self)
        self.hide()
        above = next((other for other in self._others() if self in other._below), None)
        if above:
            above._below = [child for child in above._below if child is not self] + self._below
            above._focus = self._focus
        else:
            for child in self._below:
                if isValid(child):
                    child.setEnabled(True)
            if self._focus and isValid(self._focus):
                self._focus.setFocus()
        self.deleteLater()

    def _others(self) -> list["Overlay"]:
        children = self._window.findChildren(Overlay, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [child for child in children if child is not self and not child.isHidden()]

    def _slip_under(self, lock: "Overlay") -> None:
        self.stackUnder(lock)
        self.setEnabled(False)
        self._below, lock._below = lock._below, [self]
        self._focus, lock._focus = lock._focus, self

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep the size of the window."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim the window, or hide it."""
        look = theme.current()
        ground = look.colour("ground")
        ground.setAlphaF(1.0 if self._opaque else 0.82)
        QPainter(self).fillRect(self.rect(), ground)
