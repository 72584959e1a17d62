"""Two parts side by side where there is room, one below the other where there is not."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.widgets.text import bare

BESIDE, BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom


class Columns(QWidget):
    """Use this for every pair of columns of a page, so that it works in large type and on small screens.

    Args:
        left: the wider or first part.
        right: the other part.
        shares: how the room is divided between them.
        gap: between them, at type size 1.
    """

    def __init__(
        self, left: QWidget, right: QWidget, shares: tuple[int, int] = (1, 1), gap: int = 20
    ) -> None:
        super().__init__()
        self._parts, self._gap = (left, right), gap
        self._inside = QBoxLayout(BESIDE, self)
        bare(self._inside, gap)
        for part, share in zip(self._parts, shares, strict=True):
            self._inside.addWidget(part, share)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of the two."""
        width = max(_narrowest(part) for part in self._parts)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn, if need be."""
        super().resizeEvent(event)
        self._turn()

    def event(self, event: QEvent) -> bool:
        """A part needs more or less room than before, as in another type size: turn, if need be."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._turn()
        return super().event(event)

    def _turn(self) -> None:
        needed = sum(_narrowest(part) for part in self._parts) + theme.px(self._gap)
        self._inside.setDirection(BESIDE if self.width() >= needed else BELOW)


def _narrowest(part: QWidget) -> int:
    return max(part.minimumSizeHint().width(), part.minimumWidth())
