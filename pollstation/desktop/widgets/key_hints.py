"""Keys and what they do, in a line that wraps where the room ends."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pollstation.desktop import theme
from pollstation.desktop.widgets.key_button import draw_cap

LINE, GAP, INNER = 26, 20, 6


class KeyCap(QWidget):
    """One key, drawn as a cap."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(_cap_width(self._key), theme.px(LINE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        draw_cap(QPainter(self), QRectF(self.rect()), self._key, theme.current().colour("ink"))


class KeyHints(QWidget):
    """``[Enter] next field   [*] check the totals``."""

    def __init__(self) -> None:
        super().__init__()
        self._hints: Sequence[tuple[str, str]] = ()
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(policy.Policy.Fixed)
        self.setSizePolicy(policy)

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Show pairs of key and words."""
        self._hints = hints
        self.setAccessibleName(", ".join(f"{key}: {words}" for key, words in hints))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """It wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        lines = [at.y() for _key, _words, at in self._places(width)]
        return int(max(lines, default=0)) + theme.px(LINE)

    def sizeHint(self) -> QSize:
        """One line high."""
        return QSize(theme.px(320), theme.px(LINE))

    def _places(self, width: int) -> Iterator[tuple[str, str, QPointF]]:
        x = y = 0
        metrics = QFontMetrics(theme.font(14))
        for key, words in self._hints:
            long = _cap_width(key) + theme.px(INNER) + metrics.horizontalAdvance(words)
            if x and x + long > width:
                x, y = 0, y + theme.px(LINE)
            yield key, words, QPointF(x, y)
            x += long + theme.px(GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw caps and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.current().colour("muted")
        for key, words, at in self._places(self.width()):
            cap = QRectF(at.x(), at.y(), _cap_width(key), theme.px(LINE))
            draw_cap(painter, cap, key, ink)
            painter.setFont(theme.font(14))
            line = QRectF(cap.right() + theme.px(INNER), at.y(), self.width(), theme.px(LINE))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)


def _cap_width(key: str) -> int:
    return QFontMetrics(theme.font(12)).horizontalAdvance(key) + theme.px(10)
