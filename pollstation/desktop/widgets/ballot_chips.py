"""The ballots a person is to receive, one chip for each contest or authority."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.text import bare, clear

ROOM, NARROW, HEIGHT = 14, 10, 112
"""Beside the words, there where chips are crowded, and from top to bottom."""

LEGIBLE = 13


@dataclass(frozen=True)
class BallotChip:
    """``title`` the contest, ``detail`` its constituency and seats, ``count`` e.g. "2 ballots".

    ACCENT: to be issued; CAUTION: to be issued for somebody else; GOOD: already issued; PLAIN: none.

    Args:
        name: what :class:`BallotChips` calls it when it is pressed.
        key: with which it is pressed, e.g. ``Ctrl+1``; empty where it cannot be.
    """

    title: str
    detail: str
    count: str
    kind: Kind = Kind.ACCENT
    name: str = ""
    key: str = ""


class _Chip(QAbstractButton):
    def __init__(self, chip: BallotChip) -> None:
        super().__init__()
        self._chip, self.name = chip, chip.name
        self.setAccessibleName(f"{chip.title} {chip.detail} {chip.count}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if chip.key else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(self.sizePolicy().Policy.Preferred, self.sizePolicy().Policy.Fixed)
        if chip.key:
            QShortcut(QKeySequence(chip.key), self, self.click)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        chip = self._chip
        width = max(
            QFontMetrics(theme.font(15, bold=True)).horizontalAdvance(chip.title),
            QFontMetrics(theme.font(15)).horizontalAdvance(chip.detail) + self._cap(),
            QFontMetrics(theme.font(26, bold=True)).horizontalAdvance(chip.count),
        )
        return QSize(width + 2 * theme.px(ROOM) + 2, theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(90), theme.px(HEIGHT))

    def _cap(self) -> int:
        """Room that the key takes beside the detail."""
        key = self._chip.key
        return QFontMetrics(theme.font(12)).horizontalAdvance(key) + theme.px(16) if key else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, chip = theme.current(), self._chip
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.px(4 if self.hasFocus() else 2)
        painter.setPen(QPen(look.colour("accent" if self.hasFocus() else chip.kind.value), edge))
        own = chip.kind == Kind.ACCENT
        painter.setBrush(look.colour("surface") if own else look.ground_of(chip.kind))
        box = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        middle = Qt.AlignmentFlag.AlignVCenter
        room = theme.px(ROOM if self.width() >= self.sizeHint().width() else NARROW)
        whole = self.width() - 2 * room
        lines = (
            (chip.title, 15, True, 14, 24, whole),
            (chip.detail, 15, False, 38, 24, whole - self._cap()),
            (chip.count, 26, True, 64, 40, whole),
        )
        for text, size, bold, top, height, width in lines:
            at = QRectF(room, theme.px(top), width, theme.px(height))
            painter.setFont(_fitting(text, size, bold, at.width()))
            painter.setPen(look.colour("ink" if bold or not own else "muted"))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(at.width()))
            painter.drawText(at, middle, shown)
        painter.setFont(theme.font(12))
        painter.setPen(look.colour("muted" if own else "ink"))
        at = QRectF(room, theme.px(38), whole, theme.px(24))
        painter.drawText(at, middle | Qt.AlignmentFlag.AlignRight, chip.key)


def _fitting(text: str, size: int, bold: bool, width: float) -> QFont:
    """The largest type up to ``size`` in which ``text`` fits, or the smallest legible."""
    for smaller in range(size, LEGIBLE, -1):
        font = theme.font(smaller, bold=bold)
        if QFontMetrics(font).horizontalAdvance(text) <= width:
            return font
    return theme.font(LEGIBLE, bold=bold)


class BallotChips(QWidget):
    """A row of ballots to issue.

    Signals:
        pressed: name of the chip that was pressed.
    """

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._chips = QHBoxLayout(self)
        bare(self._chips, 12)

    def show_ballots(self, ballots: Sequence[BallotChip]) -> None:
        """Show these and no others; one that has the focus keeps it."""
        held = next((one.name for one in self.findChildren(_Chip) if one.hasFocus()), "")
        clear(self._chips)
        for ballot in ballots:
            chip = _Chip(ballot)
            if held and held == ballot.name:
                QTimer.singleShot(0, chip, chip.setFocus)
            if ballot.key:
                chip.clicked.connect(lambda _on, name=ballot.name: self.pressed.emit(name))
            self._chips.addWidget(chip)
        self._chips.addStretch(1)
