"""The count sheet as it lies on the table: one row for each name, in ballot order, digits and Enter.

The numpad alone is enough: digits, Enter, ``/`` to jump to row n, ``*`` to check the totals. Typing is never
blocked: a finding stands at its field and the next field takes the next figure. A column or block of figures
may be pasted whole; Ctrl+Z takes it back whole.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QRegularExpressionValidator
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.icons import Icon
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.key_hints import KeyHints
from pollstation.desktop.widgets.pasting import NotPasted, figures
from pollstation.desktop.widgets.strokes import Strokes
from pollstation.desktop.widgets.text import bare, label, scrolled
from pollstation.desktop.words import Worded
from pollstation.i18n import _

MOST_DIGITS = 5
"""No box holds more ballots than have so many digits."""
MOST_HIGH_ROWS = 10
"""A sheet of more rows has lower ones, so that twelve candidates are seen at once."""


@dataclass(frozen=True)
class SheetRow:
    """One row: its key, the words on paper, and the names of its fields, one for each column or just one.

    ``number`` is the row's number on the sheet, for jumps; 0 for rows without one.
    """

    key: str
    label: str
    fields: tuple[str, ...]
    number: int = 0
    strong: bool = False


#: A finding at a field or a row: its code, and how bad it is (WRONG or CAUTION).
Finding = tuple[str, Kind]


class _Cell(QLineEdit):
    entered = Signal(object)
    left = Signal(object)

    def __init__(self, grid: "SheetGrid", name: str) -> None:
        super().__init__()
        self.name, self._grid = name, grid
        self.told: int | None = None
        self.setProperty("role", "cell")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setPlaceholderText("·")
        self.setValidator(QRegularExpressionValidator(QRegularExpression(rf"[0-9]{{0,{MOST_DIGITS}}}"), self))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)

    @property
    def value(self) -> int | None:
        return int(self.text()) if self.text() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._grid.key_pressed(self, event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._grid.move_from(self, 1 if forward else -1) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()
        self.entered.emit(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit(self)


class _Row(QFrame):
    """Number, words, fields with their strokes, sum, mark."""

    def __init__(self, row: SheetRow, cells: list[_Cell], columns: int, *, low: bool) -> None:
        super().__init__()
        self.row, self.cells = row, cells
        self.strokes = [Strokes() for _column in range(columns)]
        self.setProperty("role", "sheet-row")
        self.sum = label(role="sheet-sum")
        self.code = label(role="sheet-code")
        self.tick = Icon("check", "good", 18)
        self.tick.hide()
        inside = QHBoxLayout(self)
        above = theme.px(0 if low else 3)
        inside.setContentsMargins(theme.px(10), above, theme.px(10), above)
        inside.setSpacing(theme.px(8))
        inside.addWidget(label(str(row.number) if row.number else "", "sheet-number"))
        inside.addWidget(label(row.label, "sheet-strong" if row.strong else "sheet-name", wrap=True), 1)
        places = [*cells, *(label(role="sheet-cell") for _missing in range(columns - len(cells)))]
        for place, strokes in zip(places, self.strokes, strict=True):
            inside.addLayout(_with_strokes(place, strokes))
        inside.addWidget(self.sum)
        mark = QWidget()
        mark.setProperty("role", "sheet-mark")
        marks = QHBoxLayout(mark)
        bare(marks)
        marks.setContentsMargins(theme.px(8), 0, 0, 0)
        marks.addWidget(self.tick)
        marks.addWidget(self.code)
        marks.addStretch(1)
        inside.addWidget(mark)

    def show_sum(self) -> None:
        values = [cell.value for cell in self.cells]
        for strokes, value in zip(self.strokes, values, strict=False):
            strokes.show_figure(value)
        if len(values) > 1:
            known = [value for value in values if value is not None]
            self.sum.setText(str(sum(known)) if len(known) == len(values) else "·")

    def show_finding(self, found: Finding | None, agreed: bool) -> None:
        code, kind = found or ("", Kind.PLAIN)
        self.code.setText(code)
        theme.style(self.code, kind=kind.value)
        theme.style(self.sum, kind=kind.value if len(self.cells) > 1 else "")
        theme.style(self, finding="true" if found else "false")
        self.tick.setVisible(agreed and not found)


def _with_strokes(place: QWidget, strokes: Strokes) -> QHBoxLayout:
    """A field, or the room of one, and the room for its strokes."""
    strokes.hide()
    made = QHBoxLayout()
    bare(made, 0)
    made.addWidget(place)
    made.addWidget(strokes)
    return made


class SheetGrid(Worded):
    """The sheet.

    Signals:
        field_left: field name and value (an int, or None when empty), when a changed field is left.
        pasted: figures (None where there was none) by field name, after a block was pasted or taken back.
        edited: field name and value, at every key.
        totals_asked: ``*`` was pressed.
        completed: Enter in the last field.
    """

    field_left = Signal(str, object)
    pasted = Signal(object)
    edited = Signal(str, object)
    totals_asked = Signal()
    completed = Signal()

    def __init__(self, columns: Sequence[Callable[[], str]], rows: Sequence[SheetRow]) -> None:
        """``columns``: their headings, as functions that answer in the spoken language."""
        super().__init__()
        self._cells: list[_Cell] = []
        self._rows: list[_Row] = []
        self._jump: str | None = None
        self._before_paste: dict[str, int | None] = {}
        self._all_strokes: list[Strokes] = []
        self._hints = KeyHints()
        self._note = label(role="strong")
        inside = QVBoxLayout(self)
        bare(inside, 0)
        heading = self._heading(columns)
        inside.addWidget(heading)
        holder = QWidget()
        lines = QVBoxLayout(holder)
        bare(lines, 0)
        for row in rows:
            lines.addWidget(self._add_row(row, columns, low=len(rows) > MOST_HIGH_ROWS))
        lines.addStretch(1)
        self._area = scrolled(holder)
        self._area.verticalScrollBar().rangeChanged.connect(
            lambda _least, most: heading.setContentsMargins(0, 0, self._bar_width if most else 0, 0)
        )
        inside.addWidget(self._area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(10), theme.px(12), theme.px(10), 0)
        foot.addWidget(self._hints, 1)
        foot.addWidget(self._note)
        inside.addLayout(foot)
        self.words(lambda _text: self._show_hints(), str)

    @property
    def _bar_width(self) -> int:
        return self._area.verticalScrollBar().sizeHint().width()

    def show_strokes(self, wanted: bool) -> None:
        """Show 正 strokes beside each figure, or none."""
        for strokes in self._all_strokes:
            strokes.setVisible(wanted)

    def _show_hints(self) -> None:
        self._hints.show_hints(
            [
                ("Enter", _("next field")),
                ("↑", _("field before")),
                ("*", _("check totals")),
                ("/", _("go to row n")),
            ]
        )

    def _heading(self, columns: Sequence[Callable[[], str]]) -> QWidget:
        heading = QFrame()
        heading.setProperty("role", "sheet-row")
        inside = QHBoxLayout(heading)
        inside.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
        inside.setSpacing(theme.px(8))

        def put(text: Callable[[], str], role: str, stretch: int = 0) -> None:
            made = label(role=role)
            self.words(made.setText, text)
            if role == "sheet-cell-head":
                self._all_strokes.append(Strokes())
                inside.addLayout(_with_strokes(made, self._all_strokes[-1]))
            else:
                inside.addWidget(made, stretch)

        put(lambda: _("No."), "sheet-number-head")
        put(lambda: _("Candidate"), "small", 1)
        for column in columns:
            put(column, "sheet-cell-head")
        put(lambda: _("Sum"), "sheet-sum-head")
        inside.addWidget(label(role="sheet-mark"))
        return heading

    def _add_row(self, row: SheetRow, columns: Sequence[Callable[[], str]], *, low: bool) -> _Row:
        cells = [_Cell(self, name) for name in row.fields]
        for cell in cells:
            cell.setProperty("low", low)
        for cell, column in zip(cells, columns, strict=False):
            of_many = len(cells) > 1
            cell.setAccessibleName(f"{row.label} {column()}" if of_many else row.label)
            cell.entered.connect(self._entered)
            cell.left.connect(self._left)
        made = _Row(row, cells, len(columns), low=low)
        made.show_sum()
        for cell in cells:
            cell.textChanged.connect(made.show_sum)
            cell.textEdited.connect(lambda _text, cell=cell: self._edited(cell))
        self._all_strokes += made.strokes
        self._cells += cells
        self._rows.append(made)
        self.begin_at(self._cells[0])
        return made

    def values(self) -> dict[str, int | None]:
        """What is entered, by field name; None where nothing is."""
        return {cell.name: cell.value for cell in self._cells}

    def set_values(self, values: Mapping[str, int | None]) -> None:
        """Show figures already saved; nothing is emitted for them."""
        for cell in self._cells:
            if cell.name in values:
                cell.told = values[cell.name]
                cell.setText("" if cell.told is None else str(cell.told))

    def show_findings(self, findings: Mapping[str, Finding], agreed: Collection[str] = ()) -> None:
        """Mark fields and rows: ``findings`` by field name or row key; ``agreed`` row keys get a tick."""
        for row in self._rows:
            at_row = [findings[name] for name in (*row.row.fields, row.row.key) if name in findings]
            worst = next((found for found in at_row if found[1] == Kind.WRONG), at_row[0] if at_row else None)
            row.show_finding(worst, row.row.key in agreed)
            for cell in row.cells:
                found = findings.get(cell.name)
                theme.style(cell, finding=found[1].value if found else "")
                cell.setAccessibleDescription(found[0] if found else "")

    def go_to(self, field: str) -> None:
        """Put the focus into ``field``."""
        next(cell for cell in self._cells if cell.name == field).setFocus()

    def key_pressed(self, cell: _Cell, event: QKeyEvent) -> bool:
        """Decide on a key in ``cell``; False leaves it to the field."""
        key, text = event.key(), event.text()
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(cell, QGuiApplication.clipboard().text())
            return True
        if event.matches(QKeySequence.StandardKey.Undo) and self._before_paste:
            self._put(self._before_paste)
            self._say("")
            return True
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        if self._jump is not None and self._jump_key(key, text):
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            if not self.move_from(cell, 1) and key != Qt.Key.Key_Down:
                self._left(cell)
                self.completed.emit()
        elif key == Qt.Key.Key_Up:
            self.move_from(cell, -1)
        elif text == "/":
            self._ask_jump("")
        elif text == "*":
            self._left(cell)
            self.totals_asked.emit()
        elif text.isprintable() and text and not (text.isascii() and text.isdigit()):
            self._say(_("Digits only"))
        else:
            if self._jump is None:
                self._say("")
            return False
        return True

    def move_from(self, cell: _Cell, step: int) -> bool:
        """Move the focus to the next field or the one before; False at the ends."""
        at = self._cells.index(cell) + step
        if not 0 <= at < len(self._cells):
            return False
        self._say("")
        self._cells[at].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _edited(self, cell: _Cell) -> None:
        """A key was typed; a block pasted before is not taken back any more."""
        self._before_paste = {}
        self.edited.emit(cell.name, cell.value)

    def _paste(self, cell: _Cell, text: str) -> None:
        """Put a block of figures into the sheet from ``cell`` on, all of it or nothing."""
        at = next(place for place, row in enumerate(self._rows) if cell in row.cells)
        column, width = self._rows[at].cells.index(cell), len(self._rows[at].cells)
        alike = list(takewhile(lambda row: len(row.cells) == width, self._rows[at:]))
        try:
            block = figures(text, len(alike), width - column, 10**MOST_DIGITS - 1)
        except NotPasted as unfit:
            self._say(str(unfit))
            return
        into = [one.name for row in alike[: len(block)] for one in row.cells[column:][: len(block[0])]]
        values = dict(zip(into, (figure for line in block for figure in line), strict=True))
        before = {name: value for name, value in self.values().items() if name in values}
        self._put(values)
        self._before_paste = before
        self._say(_("{count} figures pasted; Ctrl+Z takes them back.", count=len(values)), good=True)

    def _put(self, values: Mapping[str, int | None]) -> None:
        """Show figures as if typed, and tell of all of them at once."""
        self._before_paste = {}
        self.set_values(values)
        self.pasted.emit(dict(values))

    def _jump_key(self, key: int, text: str) -> bool:
        """A key while a row number is asked for."""
        number = self._jump or ""
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._jump_to(number)
        elif text.isascii() and text.isdigit():
            self._ask_jump(number + text)
        elif key == Qt.Key.Key_Backspace:
            self._ask_jump(number[:-1])
        else:
            self._jump = None
            self._say("")
            return key == Qt.Key.Key_Escape
        return True

    def _ask_jump(self, number: str) -> None:
        self._jump = number
        self._say(_("Go to row: {number}", number=number or "…"))

    def _jump_to(self, number: str) -> None:
        self._jump = None
        target = next((row for row in self._rows if number and row.row.number == int(number)), None)
        if target:
            self._say("")
            target.cells[0].setFocus()
        else:
            self._say(_("There is no row {number}", number=number))

    def _say(self, note: str, *, good: bool = False) -> None:
        self._note.setText(note)
        theme.style(self._note, kind="accent" if good or self._jump is not None else "wrong")

    @property
    def note(self) -> str:
        """The short note below the sheet: a jump being typed, a key refused."""
        return self._note.text()

    def _entered(self, cell: _Cell) -> None:
        self._mark_current(cell, "true")
        self._area.ensureWidgetVisible(cell, 0, theme.px(48))

    def _left(self, cell: _Cell) -> None:
        if not cell.hasFocus():
            self._mark_current(cell, "false")
        if cell.value != cell.told:
            cell.told = cell.value
            self.field_left.emit(cell.name, cell.value)

    def _mark_current(self, cell: _Cell, state: str) -> None:
        row = next(row for row in self._rows if cell in row.cells)
        theme.style(row, current=state)


def field_of(widget: QWidget | None) -> str | None:
    """The name of the sheet field that ``widget`` is, e.g. of the widget with the focus."""
    return widget.name if isinstance(widget, _Cell) else None
