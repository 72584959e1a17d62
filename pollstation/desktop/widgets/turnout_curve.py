"""How many have voted over the day, and when more than half had."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from pollstation.desktop import theme
from pollstation.i18n import _


@dataclass(frozen=True)
class Turnout:
    """``points``: (minute of the day, voters so far), in order; ``opens``, ``closes`` likewise."""

    points: Sequence[tuple[int, int]]
    registered: int
    needed: int
    opens: int
    closes: int


class TurnoutCurve(QWidget):
    """A line over the hours of voting."""

    def __init__(self) -> None:
        super().__init__()
        self._turnout: Turnout | None = None
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Expanding)

    def show_turnout(self, turnout: Turnout) -> None:
        """Show it."""
        self._turnout = turnout
        voted = turnout.points[-1][1] if turnout.points else 0
        self.setAccessibleName(f"{voted:,} / {turnout.registered:,}")
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(theme.px(420), theme.px(190))

    def minimumSizeHint(self) -> QSize:
        """Still legible."""
        return QSize(theme.px(240), theme.px(120))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Scale, threshold, curve."""
        turnout = self._turnout
        if not turnout or not turnout.registered or turnout.closes <= turnout.opens:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(13))
        area = QRectF(self.rect()).adjusted(theme.px(52), theme.px(12), -theme.px(20), -theme.px(28))
        self._scale(painter, area, turnout)
        self._threshold(painter, area, turnout)
        self._curve(painter, area, turnout)

    def _scale(self, painter: QPainter, area: QRectF, turnout: Turnout) -> None:
        look = theme.current()
        step = _round_step(turnout.registered)
        height = theme.px(20)
        for count in [*range(0, turnout.registered - step // 2, step), turnout.registered]:
            y = _at(area, turnout, 0, count).y()
            painter.setPen(QPen(look.colour("line"), theme.px(1)))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(look.colour("muted"))
            at = QRectF(0, y - height / 2, area.left() - theme.px(8), height)
            painter.drawText(at, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{count:,}")
        every = 120 if turnout.closes - turnout.opens > 360 else 60
        for minute in range(turnout.opens, turnout.closes + 1, every):
            x = _at(area, turnout, minute, 0).x()
            at = QRectF(x - theme.px(30), area.bottom() + theme.px(6), theme.px(60), height)
            painter.drawText(at, Qt.AlignmentFlag.AlignCenter, f"{minute // 60}:{minute % 60:02}")

    def _threshold(self, painter: QPainter, area: QRectF, turnout: Turnout) -> None:
        colour = theme.current().colour("caution")
        y = _at(area, turnout, 0, turnout.needed).y()
        painter.setPen(QPen(colour, theme.px(1), Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(colour)
        words = QRectF(area.left(), y - theme.px(22), area.width(), theme.px(20))
        text = _("more than half: {needed}", needed=f"{turnout.needed:,}")
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, text)

    def _curve(self, painter: QPainter, area: QRectF, turnout: Turnout) -> None:
        if not turnout.points:
            return
        accent = theme.current().colour("accent")
        line = QPolygonF([_at(area, turnout, minute, count) for minute, count in turnout.points])
        painter.setPen(QPen(accent, theme.px(3), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(line)
        painter.setBrush(accent)
        painter.drawEllipse(line.last(), theme.px(4), theme.px(4))


def _at(area: QRectF, turnout: Turnout, minute: int, count: int) -> QPointF:
    share = (minute - turnout.opens) / (turnout.closes - turnout.opens)
    return QPointF(
        area.left() + area.width() * min(max(share, 0), 1),
        area.bottom() - area.height() * count / turnout.registered,
    )


def _round_step(registered: int) -> int:
    """A step of 1, 2 or 5 times a power of ten that divides the scale into at most five parts."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if registered / step <= 5:
                return step
        power *= 10
