"""The account, live: each equation with its figure, what it should equal, and whether it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout

from pollstation.desktop import theme
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.state_chip import StateChip
from pollstation.desktop.widgets.text import clear, label
from pollstation.desktop.words import Worded
from pollstation.i18n import N_, _

NARROWEST = 60
"""To what width words may shrink where there is little room: a figure and its state are never cut."""


class AccountState(Enum):
    """Whether an equation holds: the word for it and its kind."""

    HOLDS = (N_("holds"), Kind.GOOD)
    DIFFERS = (N_("differs"), Kind.WRONG)
    EXPLAINED = (N_("explained"), Kind.CAUTION)
    OPEN = (N_("not yet"), Kind.CAUTION)


@dataclass(frozen=True)
class AccountRow:
    """``label`` and ``figure`` (as shown), ``explanation`` below it; no state for a figure by itself."""

    label: str
    figure: str
    explanation: str = ""
    state: AccountState | None = None
    key: str = ""
    """Of the equation; a row with a key can be taken, to see what stands behind it."""


class AccountPanel(Worded):
    """Rows of an account; a row that does not hold stands out by colour, icon and word.

    Rows with a key can be taken: arrows move, Enter or a click takes.

    Signals:
        taken: key of the row taken.
    """

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[AccountRow] = ()
        self._grounds: list[QFrame] = []
        self._at = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(3, 1)

    def minimumSizeHint(self) -> QSize:
        """As high as its rows are where the words wrap at this width."""
        least = super().minimumSizeHint()
        return QSize(least.width(), max(least.height(), self._grid.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.updateGeometry()

    def show_rows(self, rows: Sequence[AccountRow]) -> None:
        """Show these and no others."""
        if list(rows) != list(self._rows):
            self._show(rows)

    def _show(self, rows: Sequence[AccountRow]) -> None:
        self._grounds = []
        self._grid.setRowStretch(len(self._rows), 0)
        self._rows = rows
        clear(self._grid)
        for number, row in enumerate(rows):
            self._add(number, row)
        self._grid.setRowStretch(len(rows), 1)
        can_be_taken = any(row.key for row in rows)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if can_be_taken else Qt.FocusPolicy.NoFocus)
        shapes = Qt.CursorShape
        self.setCursor(shapes.PointingHandCursor if can_be_taken else shapes.ArrowCursor)
        self._mark(self._at)

    def retranslate(self) -> None:
        """Say the states again."""
        super().retranslate()
        self._show(self._rows)

    def _add(self, number: int, row: AccountRow) -> None:
        ground = QFrame()
        ground.setProperty("role", "sheet-row")
        self._grounds.append(ground)
        stands_out = row.state not in (None, AccountState.HOLDS)
        ground.setProperty("finding", "true" if stands_out else "false")
        self._grid.addWidget(ground, number, 0, 1, 4)
        middle = Qt.AlignmentFlag.AlignVCenter
        name, figure = label(row.label), label(row.figure)
        figure.setAlignment(middle | Qt.AlignmentFlag.AlignRight)
        words = QVBoxLayout()
        words.setContentsMargins(theme.px(10), theme.px(7), 0, theme.px(8))
        words.setSpacing(0)
        for line in (name, label(row.explanation, "small", wrap=True)) if row.explanation else (name,):
            line.setMinimumWidth(theme.px(NARROWEST))
            words.addWidget(line)
        self._grid.addLayout(words, number, 0)
        self._grid.addWidget(figure, number, 1)
        self._grid.setRowMinimumHeight(number, theme.px(44))
        if row.state:
            word, kind = row.state.value
            self._grid.addWidget(StateChip(_(word), kind), number, 2, middle | Qt.AlignmentFlag.AlignRight)
            name.setAccessibleName(f"{row.label} {row.figure} {_(word)}")

    def _mark(self, at: int) -> None:
        """Go to a row; it stands out while the panel has the focus."""
        self._at = max(0, min(at, len(self._rows) - 1))
        for number, ground in enumerate(self._grounds):
            current = self.hasFocus() and number == self._at
            theme.style(ground, current="true" if current else "false")
        if self._rows:
            row = self._rows[self._at]
            state = _(row.state.value[0]) if row.state else ""
            self.setAccessibleName(f"{row.label} {row.figure} {state}".rstrip())
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport else None
        if self.hasFocus() and isinstance(area, QScrollArea):
            area.ensureWidgetVisible(self._grounds[self._at])

    def _take(self, at: int) -> None:
        """Tell which equation somebody wants to see behind."""
        if self._rows[at].key:
            self.taken.emit(self._rows[at].key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click takes the row under it."""
        for at, ground in enumerate(self._grounds):
            if ground.geometry().contains(event.position().toPoint()):
                self._take(at)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where one is."""
        super().focusInEvent(event)
        self._mark(self._at)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no longer."""
        super().focusOutEvent(event)
        self._mark(self._at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter takes the row."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self._mark(self._at + steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self._take(self._at)
        else:
            super().keyPressEvent(event)
