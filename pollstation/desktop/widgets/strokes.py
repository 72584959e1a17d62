"""A figure as tellers write it: 正, one stroke for each vote, to be compared with the paper at sight."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pollstation.desktop import theme

STROKES = (
    ((0.05, 0.08), (0.95, 0.08)),
    ((0.52, 0.08), (0.52, 0.94)),
    ((0.52, 0.50), (0.90, 0.50)),
    ((0.22, 0.42), (0.22, 0.94)),
    ((0.00, 0.94), (1.00, 0.94)),
)
"""The five strokes of 正 in the order of writing, in a square of side 1."""

MOST_DRAWN = 15
"""Up to here every 正 is drawn; beyond it one, with how many there are."""


def tally(figure: int) -> tuple[int, int]:
    """Whole 正 and the strokes of the one begun."""
    return divmod(figure, len(STROKES))


class Strokes(QWidget):
    """The strokes of one figure; empty where nothing is entered."""

    def __init__(self) -> None:
        super().__init__()
        self._figure: int | None = None
        self.setFixedSize(theme.px(62), theme.px(26))

    def show_figure(self, figure: int | None) -> None:
        """Draw ``figure``."""
        self._figure = figure
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """From the left: as many 正 as there are, or their number and one, then the one begun."""
        if not self._figure:
            return
        whole, rest = tally(self._figure)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.current().colour("ink")
        side, gap = theme.px(15), theme.px(4)
        left, top = float(theme.px(2)), (self.height() - side) / 2
        if self._figure > MOST_DRAWN:
            font, number = theme.font(12), f"{whole}×"
            room = self.width() - left - 2 * (side + gap)
            wide = QRectF(0, 0, room, self.height())
            painter.setFont(font)
            if painter.fontMetrics().horizontalAdvance(number) > room:
                font.setPixelSize(
                    int(font.pixelSize() * room / painter.fontMetrics().horizontalAdvance(number))
                )
                painter.setFont(font)
            painter.setPen(theme.current().colour("muted"))
            painter.drawText(wide.translated(left, 0), Qt.AlignmentFlag.AlignCenter, number)
            left, whole = left + room, 1
        painter.setPen(QPen(ink, max(1.4, theme.px(14) / 10)))
        for strokes in [len(STROKES)] * whole + ([rest] if rest else []):
            for begin, end in STROKES[:strokes]:
                first, last = (QPointF(left + side * x, top + side * y) for x, y in (begin, end))
                painter.drawLine(first, last)
            left += side + gap
