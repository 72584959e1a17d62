"""A state in one glance: icon and word on the ground of its kind."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pollstation.desktop import icons, theme
from pollstation.desktop.theme import Kind

HEIGHT, TYPE, ROOM, ICON = 24, 13, 10, 14


class StateChip(QWidget):
    """A small rounded label. Colour is never alone: the icon and the word say the same.

    Signals:
        pressed: somebody pointed at it and pressed the mouse.
    """

    pressed = Signal()

    def __init__(self, text: str = "", kind: Kind = Kind.PLAIN) -> None:
        super().__init__()
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)
        self.show_state(text, kind)

    def show_state(self, text: str, kind: Kind) -> None:
        """Show another state."""
        self.text, self.kind = text, kind
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(chip_width(self.text), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A word is never cut."""
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say so; what the chip stands on hears of it, too."""
        self.pressed.emit()
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        draw_chip(QPainter(self), QRectF(self.rect()), self.text, self.kind)


def chip_width(text: str) -> int:
    """The width of a chip with this word, in pixels."""
    words = QFontMetrics(theme.font(TYPE, bold=True)).horizontalAdvance(text)
    return words + theme.px(2 * ROOM + ICON + 4)


def draw_chip(painter: QPainter, at: QRectF, text: str, kind: Kind) -> None:
    """Draw a chip; delegates of lists use it, too."""
    look = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.ground_of(kind))
    painter.drawRoundedRect(at, at.height() / 2, at.height() / 2)
    ink = look.colour(kind.value)
    side = theme.px(ICON)
    icon = QRectF(at.left() + theme.px(ROOM - 1), at.center().y() - side / 2, side, side)
    icons.draw(painter, theme.KIND_ICONS[kind], icon, ink)
    painter.setPen(ink)
    painter.setFont(theme.font(TYPE, bold=True))
    words = at.adjusted(theme.px(ROOM + ICON + 3), 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()
