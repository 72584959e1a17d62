"""A small table: text, figures, chips and buttons in cells; arrows move, Enter takes a row."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QMetaMethod,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from pollstation.desktop import theme
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.state_chip import StateChip

#: The least height of a table that scrolls.
SCROLLED = 140
#: The least width of the column that takes what is left: below it the table scrolls sideways.
NARROWEST = 90
PADDING = 16
"""Left and right of the words in a cell, as the style sheet has it, and a little for rounding."""


@dataclass(frozen=True)
class Chip:
    """A state in a cell."""

    text: str
    kind: Kind = Kind.PLAIN


@dataclass(frozen=True)
class Button:
    """Something to do with the row."""

    text: str
    do: Callable[[], object]


#: A whole number is shown with thousands, at the right.
Cell = str | int | Chip | Button


class _Wrapped(QStyledItemDelegate):
    """Qt forgets the padding of a cell when it asks how high wrapped words stand, and then cuts them."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the words are between the paddings."""
        narrower = QStyleOptionViewItem(option)
        at: QRect = narrower.rect
        at.setWidth(max(at.width() - theme.px(PADDING), 1))
        narrower.rect = at
        return super().sizeHint(narrower, index)


class SimpleTable(QTableWidget):
    """Signals:
    taken: number of the row taken with Enter or a double click.
    """

    taken = Signal(int)

    def __init__(self, *, stretch: int = -1, scrolls: bool = False) -> None:
        """``stretch``: the column that takes the room left over (counted from 0; -1 the last).

        ``scrolls``: it takes the room it is given; else it asks for the room of all its rows.
        """
        super().__init__()
        self._stretch, self._scrolls = stretch, scrolls
        self._keys: tuple[Hashable, ...] = ()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setItemDelegate(_Wrapped(self))
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.horizontalHeader().sectionResized.connect(lambda *_change: self.resizeRowsToContents())
        self.cellDoubleClicked.connect(lambda row, _column: self.taken.emit(row))

    def show_table(
        self, headings: Sequence[str], rows: Sequence[Sequence[Cell]], keys: Sequence[Hashable] = ()
    ) -> None:
        """Show these rows and no others; empty headings hide the heading line.

        Args:
            keys: what each row is about; the row that was marked stays marked, wherever it stands now, so
                that what is typed for it goes nowhere else; if it is gone, the first is marked. Left out, the
                caller marks one.
        """
        at = self.currentRow()
        marked = self._keys[at] if 0 <= at < len(self._keys) else None
        self._keys = tuple(keys)
        self.clear()
        self.setRowCount(len(rows))
        self.setColumnCount(max([len(headings), *map(len, rows)]))
        self.setHorizontalHeaderLabels(list(headings))
        self.horizontalHeader().setVisible(any(headings))
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self._put(number, column, cell)
        self._measure()
        if self._keys:
            self.setCurrentCell(self._keys.index(marked) if marked in self._keys else 0, 0)

    def _put(self, row: int, column: int, cell: Cell) -> None:
        text = f"{cell:,}" if isinstance(cell, int) else cell if isinstance(cell, str) else ""
        item = QTableWidgetItem(text)
        self.setItem(row, column, item)
        if isinstance(cell, int):
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            item.setTextAlignment(right)
            if heading := self.horizontalHeaderItem(column):
                heading.setTextAlignment(right)
        if isinstance(cell, Chip):
            item.setData(Qt.ItemDataRole.AccessibleTextRole, cell.text)
            self._hold(item, StateChip(cell.text, cell.kind))
        elif isinstance(cell, Button):
            button = KeyButton(cell.text, small=True)
            button.clicked.connect(cell.do)
            self._hold(item, button)

    def _hold(self, item: QTableWidgetItem, widget: QWidget) -> None:
        """A widget at the left of its cell, in its own size; the column makes room for it."""
        holder = QWidget()
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(theme.px(3), 0, theme.px(3), 0)
        inside.addWidget(widget)
        inside.addStretch(1)
        self.setCellWidget(item.row(), item.column(), holder)
        item.setSizeHint(holder.sizeHint() + QSize(theme.px(16), 0))  # the padding of a cell

    def _measure(self) -> None:
        self.verticalHeader().setMinimumSectionSize(theme.px(44))
        for column in range(self.columnCount()):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._give_room()
        self.resizeRowsToContents()
        self.updateGeometry()

    def _give_room(self) -> None:
        """One column takes what the others leave, and never less than a name needs."""
        if not self.columnCount():
            return
        header, modes, least = self.horizontalHeader(), QHeaderView.ResizeMode, theme.px(NARROWEST)
        stretched = self._stretch % self.columnCount()
        others = sum(header.sectionSize(each) for each in range(self.columnCount()) if each != stretched)
        narrow = self.viewport().width() - others < least
        header.setSectionResizeMode(stretched, modes.Fixed if narrow else modes.Stretch)
        if narrow:
            header.resizeSection(stretched, least)

    def sizeHint(self) -> QSize:
        """All rows, so that a table grows with its card; one that scrolls asks for a few."""
        heading = self.horizontalHeader().sizeHint().height() if self.horizontalHeader().isVisible() else 0
        height = heading + self.verticalHeader().length() + 2
        return QSize(theme.px(320), min(height, theme.px(SCROLLED)) if self._scrolls else height)

    def minimumSizeHint(self) -> QSize:
        """A short table is never cut; a long one scrolls."""
        return QSize(
            theme.px(240), min(self.sizeHint().height(), theme.px(SCROLLED if self._scrolls else 260))
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines wrap anew where there is more or less room."""
        super().resizeEvent(event)
        self._give_room()
        self.resizeRowsToContents()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again in a new type size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the row; where nobody takes rows, it is the page's."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self.isSignalConnected(QMetaMethod.fromSignal(self.taken)):
            event.ignore()
        elif enter and self.currentRow() >= 0:
            self.taken.emit(self.currentRow())
        else:
            super().keyPressEvent(event)
