"""A button that is only an icon; its name is read out and shown when pointed at."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from pollstation.desktop import icons, theme

SIDE, ICON = 34, 20


class IconButton(QAbstractButton):
    """For the bar at the top, where there is no room for words."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)

    def name(self, text: str) -> None:
        """Say what it does."""
        self.setAccessibleName(text)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        """A square."""
        return theme.square(SIDE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, and the focus around it."""
        look, box = theme.current(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("accent"), theme.px(2)) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent_soft") if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        side = theme.px(ICON)
        at = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        icons.draw(painter, self._icon, at, look.colour("muted"))
