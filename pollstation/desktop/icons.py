"""The program's own icons: one style, drawn in the colour of the words they stand with."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from pollstation import paths
from pollstation.desktop import theme


@lru_cache(maxsize=256)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    text = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))


def draw(painter: QPainter, name: str, at: QRectF, colour: QColor) -> None:
    """Draw the icon ``name`` (a file of resources/icons without its ending) into ``at``."""
    _drawing(name, colour.name()).render(painter, at)


class Icon(QWidget):
    """An icon beside words; the words carry the meaning, so screen readers pass it by."""

    def __init__(self, name: str, colour: str = "muted", size: int = 20) -> None:
        super().__init__()
        self._name, self._colour, self._size = name, colour, size
        self.setSizePolicy(self.sizePolicy().Policy.Fixed, self.sizePolicy().Policy.Fixed)

    def show_icon(self, name: str, colour: str) -> None:
        """Show another icon; ``colour`` is a role of the palette."""
        self._name, self._colour = name, colour
        self.update()

    def sizeHint(self) -> QSize:
        """As asked, in the type size in use."""
        return theme.square(self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon in the middle."""
        side = theme.px(self._size)
        at = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        draw(QPainter(self), self._name, at, theme.current().colour(self._colour))
