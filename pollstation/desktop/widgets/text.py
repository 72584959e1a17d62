"""Labels in the roles of the type scale, and the plain surfaces they stand on."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pollstation.desktop import theme


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label. Roles: title, subtitle, name, figure, count, sentence, large, strong, muted, small."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


class Paragraph(QLabel):
    """Words on as many lines as they need; what stands beside or below never takes any of them."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(True)

    def minimumSizeHint(self) -> QSize:
        """As high as the words are at this width."""
        least = super().minimumSizeHint()
        return QSize(least.width(), max(least.height(), self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.updateGeometry()


def card(*, room: int = 20, gap: int = 12) -> tuple[QFrame, QVBoxLayout]:
    """A surface on the ground of a page, and the layout inside it. Cards are never put into cards."""
    made = QFrame()
    made.setProperty("role", "card")
    inside = QVBoxLayout(made)
    inside.setContentsMargins(*([theme.px(room)] * 4))
    inside.setSpacing(theme.px(gap))
    return made, inside


def row(*widgets: QWidget | None, gap: int = 12) -> QHBoxLayout:
    """Widgets side by side; None stretches."""
    made = QHBoxLayout()
    made.setSpacing(theme.px(gap))
    for widget in widgets:
        if widget:
            made.addWidget(widget)
        else:
            made.addStretch(1)
    return made


class _Scrolled(QScrollArea):
    def __init__(self, within: QWidget) -> None:
        super().__init__()
        self._within = within
        self.setWidget(within)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(140))

    def minimumSizeHint(self) -> QSize:
        """As wide as what is in it, which does not scroll sideways."""
        least = super().minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(max(least.width(), self._within.minimumSizeHint().width() + bar), least.height())


def scrolled(widget: QWidget) -> QScrollArea:
    """``widget`` on the surface it stands on, in the room it is given; it scrolls where that ends."""
    made = _Scrolled(widget)
    made.setProperty("role", "plain")
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of ``layout`` and throw it away."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            clear(inner)


def bare(layout: QBoxLayout, gap: int = 8) -> None:
    """No margins, ``gap`` between."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.px(gap))


class ShorteningLabel(QLabel):
    """A line that ends in … where the room ends; pointing at it shows the whole."""

    def __init__(self, role: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def setText(self, text: str) -> None:
        """Show ``text``, or as much of it as there is room for."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """It gives way to everything beside it."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        middle = Qt.AlignmentFlag.AlignVCenter.value
        painter, role = QPainter(self), self.foregroundRole()
        self.style().drawItemText(painter, self.rect(), middle, self.palette(), True, text, role)
