"""A sheet over the whole window that takes all keys until it closes, then gives the focus back."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QVBoxLayout, QWidget

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
        """Cover the window; what is below keeps every character and waits."""
        QGuiApplication.inputMethod().commit()
        window = self._window
        self._focus = QApplication.focusWidget() or window.focusWidget()
        children = window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._below = [child for child in children if child is not self and child.isEnabled()]
        for child in self._below:
            child.setEnabled(False)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def close_overlay(self) -> None:
        """Uncover the window and return to the field that had the focus."""
        self._window.removeEventFilter(self)
        self.hide()
        for child in self._below:
            child.setEnabled(True)
        if self._focus:
            self._focus.setFocus()
        self.deleteLater()

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
