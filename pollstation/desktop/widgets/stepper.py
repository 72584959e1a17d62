"""Where one stands in a sequence of steps, e.g. opening a station."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pollstation.desktop import icons, theme

HEIGHT, CIRCLE = 40, 28


class Stepper(QWidget):
    """Numbered steps in a line: done ones carry a tick, the one in hand is filled."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: Sequence[str] = ()
        self._current = 0
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)

    def show_steps(self, steps: Sequence[str], current: int) -> None:
        """Show ``steps``; ``current`` counts from 0, ``len(steps)`` when all are done."""
        self._steps, self._current = steps, current
        done = steps[current] if current < len(steps) else steps[-1]
        self.setAccessibleName(f"{min(current + 1, len(steps))} / {len(steps)}  {done}")
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme.px(110) * len(self._steps), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Words shorten, circles stay."""
        return QSize(theme.px(CIRCLE + 20) * len(self._steps), theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw circles, words and the line between."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.width() / max(len(self._steps), 1)
        for number, step in enumerate(self._steps):
            self._step(painter, QRectF(number * room, 0, room, self.height()), number, step)

    def _step(self, painter: QPainter, at: QRectF, number: int, step: str) -> None:
        look = theme.current()
        done, here = number < self._current, number == self._current
        side = theme.px(CIRCLE)
        circle = QRectF(at.left() + 1, at.center().y() - side / 2, side, side)
        colour = look.colour("good" if done else "accent" if here else "edge")
        painter.setPen(QPen(colour, theme.px(2)))
        painter.setBrush(look.colour("accent") if here else look.colour("surface"))
        painter.drawEllipse(circle)
        if done:
            inset = theme.px(6)
            icons.draw(painter, "check", circle.adjusted(inset, inset, -inset, -inset), colour)
        else:
            painter.setPen(look.colour("on_accent" if here else "muted"))
            painter.setFont(theme.font(14, bold=True))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        painter.setPen(look.colour("ink" if here else "muted"))
        painter.setFont(theme.font(15, bold=here))
        words = QRectF(
            circle.right() + theme.px(8), 0, at.right() - circle.right() - theme.px(14), at.height()
        )
        shown = painter.fontMetrics().elidedText(step, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        end = words.left() + painter.fontMetrics().horizontalAdvance(shown) + theme.px(10)
        if number < len(self._steps) - 1 and end < at.right() - theme.px(8):
            painter.setPen(QPen(look.colour("line"), theme.px(2)))
            middle = at.center().y()
            painter.drawLine(int(end), int(middle), int(at.right() - theme.px(8)), int(middle))
