"""Widgets side by side, on as many lines as they need: they never stretch the page."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pollstation.desktop import theme
from pollstation.desktop.words import Worded


class Flow(Worded):
    """From the left; or to the right, where the last stands at the right end of the last line.

    Args:
        gap: between two of them and between two lines, at type size 1.
    """

    def __init__(self, *, to_right: bool = False, gap: int = 12) -> None:
        super().__init__()
        self._to_right, self._gap = to_right, gap
        self._parts: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, *parts: QWidget) -> None:
        """Put these at the end."""
        for part in parts:
            part.setParent(self)
            self._parts.append(part)
            part.show()

    def _seen(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _lines(self, width: int) -> list[list[QWidget]]:
        """What is seen now, cut into lines; to the right, the first line is the one left short."""
        seen = self._seen()
        lines: list[list[QWidget]] = []
        room = 0
        for part in reversed(seen) if self._to_right else seen:
            needed = part.sizeHint().width()
            if not lines or needed > room:
                lines.append([])
                room = width
            lines[-1].append(part)
            room -= needed + theme.px(self._gap)
        return [line[::-1] for line in reversed(lines)] if self._to_right else lines

    def heightForWidth(self, width: int) -> int:
        """As many lines as that takes."""
        heights = [_height(line) for line in self._lines(width)]
        return sum(heights) + theme.px(self._gap) * max(len(heights) - 1, 0)

    def sizeHint(self) -> QSize:
        """All on one line."""
        whole = sum(part.sizeHint().width() + theme.px(self._gap) for part in self._seen())
        return QSize(whole, self.heightForWidth(self.width() or whole))

    def minimumSizeHint(self) -> QSize:
        """One below the other."""
        widest = max((part.sizeHint().width() for part in self._seen()), default=0)
        return QSize(widest, self.heightForWidth(max(self.width(), widest)))

    def _arrange(self) -> None:
        gap, top = theme.px(self._gap), 0
        for line in self._lines(self.width()):
            widths = [min(part.sizeHint().width(), self.width()) for part in line]
            left = self.width() - sum(widths) - gap * (len(line) - 1) if self._to_right else 0
            for part, width in zip(line, widths, strict=True):
                part.setGeometry(left, top, width, _height(line))
                left += width + gap
            top += _height(line) + gap

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the lines anew."""
        super().resizeEvent(event)
        self.updateGeometry()
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A part came, went, or says something else; or all were dressed anew before they are seen."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self.updateGeometry()
            self._arrange()
        return super().event(event)


def _height(line: list[QWidget]) -> int:
    return max(part.sizeHint().height() for part in line)


class Actions(Flow):
    """The buttons of a view at the foot of its page, seen while the view is; the main one is the last."""

    def __init__(self, view: QWidget | None = None) -> None:
        super().__init__(to_right=True)
        if view:
            self.hide()
            view.installEventFilter(self)

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:
        """Come and go with the view."""
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self.setVisible(event.type() == QEvent.Type.Show)
        return False
