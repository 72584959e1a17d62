"""The account, live: each equation with its figure, what it should equal, and whether it holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from pollstation.desktop import theme
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.state_chip import StateChip
from pollstation.desktop.widgets.text import clear, label
from pollstation.desktop.words import Worded
from pollstation.i18n import N_, _


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


class _Ground(QFrame):
    """What a row lies on; it takes Enter and a click where there is something to see behind it."""

    def __init__(self, take: Callable[[], object] | None) -> None:
        super().__init__()
        self.setProperty("role", "sheet-row")
        self._take = take
        if take:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space takes the row."""
        if self._take and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._take()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """So does a click."""
        if self._take and self.rect().contains(event.position().toPoint()):
            self._take()


class AccountPanel(Worded):
    """Rows of an account; a row that does not hold stands out by colour, icon and word.

    Signals:
        taken: key of the row taken with Enter or a click.
    """

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[AccountRow] = ()
        self._grounds: list[_Ground] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(3, 1)

    def show_rows(self, rows: Sequence[AccountRow]) -> None:
        """Show these and no others; the row that has the focus keeps it."""
        if list(rows) == list(self._rows):
            return
        self._show(rows)

    def _show(self, rows: Sequence[AccountRow]) -> None:
        focused = next((at for at, ground in enumerate(self._grounds) if ground.hasFocus()), -1)
        self._grounds = []
        self._grid.setRowStretch(len(self._rows), 0)
        self._rows = rows
        clear(self._grid)
        for number, row in enumerate(rows):
            self._add(number, row)
        self._grid.setRowStretch(len(rows), 1)
        if 0 <= focused < len(self._grounds):
            self._grounds[focused].setFocus()

    def retranslate(self) -> None:
        """Say the states again."""
        super().retranslate()
        self._show(self._rows)

    def _add(self, number: int, row: AccountRow) -> None:
        ground = _Ground((lambda: self.taken.emit(row.key)) if row.key else None)
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
        words.addWidget(name)
        if row.explanation:
            words.addWidget(label(row.explanation, "small", wrap=True))
        self._grid.addLayout(words, number, 0)
        self._grid.addWidget(figure, number, 1)
        self._grid.setRowMinimumHeight(number, theme.px(44))
        if row.state:
            word, kind = row.state.value
            self._grid.addWidget(StateChip(_(word), kind), number, 2, middle | Qt.AlignmentFlag.AlignRight)
            for named in (name, ground):
                named.setAccessibleName(f"{row.label} {row.figure} {_(word)}")
