"""A rehearsal cannot be mistaken for the day: its mark lies over the whole window."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pollstation.desktop import theme
from pollstation.i18n import _

STRENGTH = 0.07


class RehearsalMark(QWidget):
    """Translucent, and no obstacle to the mouse: a frame, a tab at the top, the word across the window."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark."""
        look, text = theme.current(), _("REHEARSAL")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = look.colour("caution")
        painter.setPen(QPen(colour, theme.px(6)))
        painter.drawRect(self.rect())
        faint = look.colour("caution")
        faint.setAlphaF(STRENGTH)
        painter.setPen(faint)
        painter.setFont(theme.font(110, bold=True))
        painter.translate(self.rect().center())
        painter.rotate(-20)
        for line in (-1, 0, 1):
            room = QRectF(
                -self.width(), line * self.height() / 2.2 - theme.px(80), 2 * self.width(), theme.px(160)
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
