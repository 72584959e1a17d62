"""The ballots a person is to receive, one chip for each contest or authority."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.text import bare, clear

ROOM, NARROW, HEIGHT = 20, 10, 112
"""Beside the words, there where chips are crowded, and from top to bottom."""

LEGIBLE = 13


@dataclass(frozen=True)
class BallotChip:
    """``title`` the contest, ``detail`` its constituency and seats, ``count`` e.g. "2 ballots".

    ACCENT: to be issued; CAUTION: to be issued for somebody else; GOOD: already issued; PLAIN: none.
    """

    title: str
    detail: str
    count: str
    kind: Kind = Kind.ACCENT


class _Chip(QWidget):
    def __init__(self, chip: BallotChip) -> None:
        super().__init__()
        self._chip = chip
        self.setAccessibleName(f"{chip.title} {chip.detail} {chip.count}")
        self.setSizePolicy(self.sizePolicy().Policy.Preferred, self.sizePolicy().Policy.Fixed)

    def sizeHint(self) -> QSize:
        chip = self._chip
        width = max(
            QFontMetrics(theme.font(15, bold=True)).horizontalAdvance(chip.title),
            QFontMetrics(theme.font(15)).horizontalAdvance(chip.detail),
            QFontMetrics(theme.font(26, bold=True)).horizontalAdvance(chip.count),
        )
        return QSize(width + 2 * theme.px(ROOM) + 2, theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(90), theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, chip = theme.current(), self._chip
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = theme.px(2)
        painter.setPen(QPen(look.colour(chip.kind.value), edge))
        own = chip.kind == Kind.ACCENT
        painter.setBrush(look.colour("surface") if own else look.ground_of(chip.kind))
        box = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        lines = (
            (chip.title, 15, True, 14, 24),
            (chip.detail, 15, False, 38, 24),
            (chip.count, 26, True, 64, 40),
        )
        room = theme.px(ROOM) if self.width() >= self.sizeHint().width() else theme.px(NARROW)
        for text, size, bold, top, height in lines:
            at = QRectF(room, theme.px(top), self.width() - 2 * room, theme.px(height))
            painter.setFont(_fitting(text, size, bold, at.width()))
            painter.setPen(look.colour("ink" if bold or not own else "muted"))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(at.width()))
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, shown)


def _fitting(text: str, size: int, bold: bool, width: float) -> QFont:
    """The largest type up to ``size`` in which ``text`` fits, or the smallest legible."""
    for smaller in range(size, LEGIBLE, -1):
        font = theme.font(smaller, bold=bold)
        if QFontMetrics(font).horizontalAdvance(text) <= width:
            return font
    return theme.font(LEGIBLE, bold=bold)


class BallotChips(QWidget):
    """A row of ballots to issue."""

    def __init__(self) -> None:
        super().__init__()
        self._chips = QHBoxLayout(self)
        bare(self._chips, 12)

    def show_ballots(self, ballots: Sequence[BallotChip]) -> None:
        """Show these and no others."""
        clear(self._chips)
        for ballot in ballots:
            self._chips.addWidget(_Chip(ballot))
        self._chips.addStretch(1)
