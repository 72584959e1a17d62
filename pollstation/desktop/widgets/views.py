"""Several views in one place, of which one is seen; only that one asks for room."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pollstation.desktop.widgets.text import bare


class Views(QStackedWidget):
    """A stack that is as small as the view in it, so that a long form does not stretch a short list."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "views")
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def sizeHint(self) -> QSize:
        """What the view seen would like."""
        seen = self.currentWidget()
        return seen.sizeHint() if seen else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """What the view seen needs."""
        seen = self.currentWidget()
        return seen.minimumSizeHint() if seen else super().minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        """What the view seen asks for is asked for here: also when it first finds out, dressed anew."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return done

    def hasHeightForWidth(self) -> bool:
        """Never: Qt would ask the layout inside for the height of the tallest view, seen or not."""
        return False


def plain(gap: int = 14) -> tuple[QWidget, QVBoxLayout]:
    """A view without a surface of its own, for views inside a card, and the layout inside it."""
    made = QWidget()
    inside = QVBoxLayout(made)
    bare(inside, gap)
    return made, inside
