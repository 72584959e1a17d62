"""A button that shows the key it can be pressed with."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QPushButton

from pollstation.desktop import theme

#: Keys that the page hands to its buttons itself; see ``Page.keyPressEvent``.
PAGE_KEYS = ("Enter", "Esc", "Ctrl+Enter")


class KeyButton(QPushButton):
    """A button with its key drawn as a cap: ``Issue 3 ballots [Enter]``.

    Args:
        text: the words; set later with ``setText``.
        key: as shown, e.g. ``Enter``, ``F6``, ``Ctrl+Z``; empty for none. All but :data:`PAGE_KEYS` also
            press the button from anywhere in the window while it is visible.
        primary: the one thing to do on a page.
        small: for strips, tables and bars.
    """

    def __init__(self, text: str = "", key: str = "", *, primary: bool = False, small: bool = False) -> None:
        super().__init__(text)
        self.key, self.primary, self.small = key, primary, small
        if key and key not in PAGE_KEYS:
            QShortcut(QKeySequence(key), self, self.click)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)

    def _sizes(self) -> tuple[int, int, int]:
        """Height, room at the sides, type size, at type size 1."""
        if self.primary:
            return 48, 22, 17
        return (32, 12, 15) if self.small else (44, 20, 15)

    def sizeHint(self) -> QSize:
        """The words, the cap, and room around them."""
        height, room, size = self._sizes()
        width = QFontMetrics(theme.font(size, bold=self.primary)).horizontalAdvance(self.text())
        if self.key:
            width += self._cap_width() + (theme.px(10) if self.text() else 0)
        return QSize(width + 2 * theme.px(room), theme.px(height))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def _cap_width(self) -> int:
        return QFontMetrics(theme.font(12)).horizontalAdvance(self.key) + theme.px(10)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as Space does; once, however long it is held."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, focus, words, cap."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink = self._colours()
        half = theme.px(1) / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(edge, theme.px(1)))
        painter.setBrush(ground)
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        if self.hasFocus():
            inset = theme.px(3)
            painter.setPen(QPen(ink if self.primary else theme.current().colour("accent"), theme.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), theme.px(4), theme.px(4))
        _height, room, size = self._sizes()
        painter.setFont(theme.font(size, bold=self.primary))
        painter.setPen(ink)
        words = QRectF(self.rect()).adjusted(theme.px(room), 0, -theme.px(room), 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self.key:
            width = self._cap_width()
            draw_cap(painter, QRectF(words.right() - width, 0, width, self.height()), self.key, ink)

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        """Ground, edge, ink."""
        colour = theme.current().colour
        if not self.isEnabled():
            return colour("plain_soft"), colour("plain_soft"), colour("muted")
        if self.primary:
            ground = colour("accent").darker(112) if self.isDown() else colour("accent")
            return ground, ground, colour("on_accent")
        held = self.isDown() or self.underMouse()
        return colour("accent_soft" if held else "surface"), colour("edge"), colour("ink")


def draw_cap(painter: QPainter, room: QRectF, key: str, ink: QColor) -> None:
    """Draw the cap of ``key`` in the middle of ``room``'s height, as wide as ``room``."""
    height = theme.px(20)
    cap = QRectF(room.left() + 0.5, room.center().y() - height / 2, room.width() - 1, height)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, theme.px(1)))
    painter.drawRoundedRect(cap, theme.px(3), theme.px(3))
    painter.setFont(theme.font(12))
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
