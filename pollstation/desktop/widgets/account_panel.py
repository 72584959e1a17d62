"""The account, live: each equation with its figure, what it should equal, and whether it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt
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


class AccountPanel(Worded):
    """Rows of an account; a row that does not hold stands out by colour, icon and word."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[AccountRow] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(theme.px(14))
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnMinimumWidth(3, 1)

    def show_rows(self, rows: Sequence[AccountRow]) -> None:
        """Show these and no others."""
        self._grid.setRowStretch(len(self._rows), 0)
        self._rows = rows
        clear(self._grid)
        for number, row in enumerate(rows):
            self._add(number, row)
        self._grid.setRowStretch(len(rows), 1)

    def retranslate(self) -> None:
        """Say the states again."""
        super().retranslate()
        self.show_rows(self._rows)

    def _add(self, number: int, row: AccountRow) -> None:
        ground = QFrame()
        ground.setProperty("role", "sheet-row")
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
            name.setAccessibleName(f"{row.label} {row.figure} {_(word)}")
