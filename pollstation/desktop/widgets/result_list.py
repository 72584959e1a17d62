"""A list of any length that fetches only what it shows: two lines and a chip for each row."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pollstation.desktop import theme
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.state_chip import HEIGHT, chip_width, draw_chip

PAGE = 50
NARROW = 400
ROW_ROLE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class ResultRow:
    """One row: ``title`` in bold, ``beside`` after it, ``below`` on the second line, a chip at the right."""

    key: Hashable
    title: str
    beside: str = ""
    below: str = ""
    chip: str = ""
    kind: Kind = Kind.PLAIN


#: Asked for the rows from ``offset`` on, at most ``limit``; answers through the function it is given,
#: at once or later on the GUI thread.
Fetch = Callable[[int, int, Callable[[Sequence[ResultRow]], None]], None]


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._fetch: Fetch | None = None
        self._rows: dict[int, ResultRow] = {}
        self._asked: set[int] = set()
        self._generation = 0

    def show(self, count: int, fetch: Fetch) -> None:
        self.beginResetModel()
        self._generation += 1
        self._count, self._fetch = count, fetch
        self._rows, self._asked = {}, set()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (ROW_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        found = self.row(index.row())
        if role == ROW_ROLE or not found:
            return found
        return "  ".join(part for part in (found.title, found.beside, found.below, found.chip) if part)

    def row(self, number: int) -> ResultRow | None:
        page = number // PAGE
        if number not in self._rows and page not in self._asked and self._fetch:
            self._asked.add(page)
            generation = self._generation
            self._fetch(page * PAGE, PAGE, lambda rows: self._came(generation, page * PAGE, rows))
        return self._rows.get(number)

    def _came(self, generation: int, offset: int, rows: Sequence[ResultRow]) -> None:
        if generation != self._generation or not rows:
            return  # an answer to an older question
        self._rows.update(enumerate(rows, offset))
        self.dataChanged.emit(self.index(offset), self.index(min(offset + len(rows), self._count) - 1))


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(92 if self._narrow() else 68))

    def _narrow(self) -> bool:
        """Too narrow for a chip beside the words: what tells namesakes apart must never be cut."""
        return self._view.viewport().width() < theme.px(NARROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        place: QRect = option.rect  # type of a member that the stubs leave open
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(place, look.colour("accent_soft"))
            painter.fillRect(
                QRect(place.left(), place.top(), theme.px(4), place.height()), look.colour("accent")
            )
        row = index.data(ROW_ROLE)
        if not isinstance(row, ResultRow):
            return
        room = theme.px(18)
        inside = place.adjusted(room, theme.px(9), -room, -theme.px(9))
        if row.chip:
            width, height = chip_width(row.chip), theme.px(HEIGHT)
            middle = place.center().y()
            if self._narrow():
                line = _line_with_room(row, inside.width() - width - theme.px(10))
                middle = int(inside.top() + (line + 0.5) * inside.height() / 3)
            else:
                inside.setRight(inside.right() - width - theme.px(10))
            draw_chip(
                painter,
                QRectF(place.right() - theme.px(18) - width, middle - height / 2, width, height),
                row.chip,
                row.kind,
            )
        self._words(painter, inside, row)

    def _words(self, painter: QPainter, inside: QRect, row: ResultRow) -> None:
        look, middle = theme.current(), Qt.AlignmentFlag.AlignVCenter
        lines = 3 if self._narrow() else 2
        upper = QRect(inside.left(), inside.top(), inside.width(), inside.height() // lines)
        lower = upper.translated(0, upper.height() * (lines - 1))
        painter.setFont(theme.font(17, bold=True))
        painter.setPen(look.colour("ink"))
        title = painter.fontMetrics().elidedText(row.title, Qt.TextElideMode.ElideRight, upper.width())
        painter.drawText(upper, middle, title)
        if self._narrow():
            upper.translate(0, upper.height())
        else:
            upper.setLeft(upper.left() + painter.fontMetrics().horizontalAdvance(title) + theme.px(14))
        painter.setFont(theme.font(15))
        small = QFontMetrics(painter.font())
        painter.drawText(
            upper, middle, small.elidedText(row.beside, Qt.TextElideMode.ElideRight, upper.width())
        )
        painter.setPen(look.colour("muted"))
        painter.drawText(
            lower, middle, small.elidedText(row.below, Qt.TextElideMode.ElideRight, lower.width())
        )


def _line_with_room(row: ResultRow, room: int) -> int:
    """The first of a row's three lines that leaves a chip its place beside the words."""
    title, small = QFontMetrics(theme.font(17, bold=True)), QFontMetrics(theme.font(15))
    widths = (
        title.horizontalAdvance(row.title),
        small.horizontalAdvance(row.beside),
        small.horizontalAdvance(row.below),
    )
    return next((line for line, width in enumerate(widths) if width <= room), 0)


class ResultList(QListView):
    """Signals:
    taken: the key of the row taken with Enter or a double click.
    pointed: the key of the row now marked, or None.
    shown: other rows are shown, the answer to what was asked last.
    """

    taken = Signal(object)
    pointed = Signal(object)
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda _index: self.take_current())
        self._model.dataChanged.connect(lambda *_range: self._point())

    def minimumSizeHint(self) -> QSize:
        """Wide enough for what tells namesakes apart."""
        return QSize(theme.px(310), theme.px(150))

    def show_rows(self, rows: Sequence[ResultRow]) -> None:
        """Show rows that are all at hand; the first is marked."""
        self.show_many(len(rows), lambda offset, limit, answer: answer(rows[offset : offset + limit]))

    def show_many(self, count: int, fetch: Fetch) -> None:
        """Show ``count`` rows, fetched in pages as they come into view; the first is marked."""
        self._model.show(count, fetch)
        if count:
            self.setCurrentIndex(self._model.index(0))
        self._point()
        self.shown.emit()

    def current_row(self) -> ResultRow | None:
        """The row now marked, if it has been fetched."""
        index = self.currentIndex()
        return self._model.row(index.row()) if index.isValid() else None

    def take_current(self) -> bool:
        """Take the marked row, as Enter does; whether there was one."""
        row = self.current_row()
        if row:
            self.taken.emit(row.key)
        return row is not None

    def move_mark(self, key: int) -> None:
        """Move the mark as an arrow key would."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
        last = self._model.rowCount() - 1
        if last >= 0:
            at = self.currentIndex().row() + steps[Qt.Key(key)]
            self.setCurrentIndex(self._model.index(min(max(at, 0), last)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the marked row."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not self.take_current():
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row is marked."""
        super().currentChanged(current, previous)
        self._point()

    def _point(self) -> None:
        row = self.current_row()
        self.pointed.emit(row.key if row else None)

    def model(self) -> QAbstractItemModel:
        """The model, for tests and accessibility."""
        return self._model
