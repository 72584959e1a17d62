"""Fields that ask for what is still empty, one after the other, so that Enter alone fills a form."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from pollstation.desktop.widgets.flow import Flow
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.text import bare
from pollstation.desktop.words import Worded
from pollstation.i18n import _

MOST_DIGITS = 6

F = TypeVar("F", bound=QWidget)


class CountField(QLineEdit):
    """A whole number from 0 up; nothing else can be typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setValidator(QRegularExpressionValidator(QRegularExpression(rf"[0-9]{{0,{MOST_DIGITS}}}"), self))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    @property
    def value(self) -> int:
        """The number; 0 where nothing is typed."""
        return int(self.text() or 0)


class TextArea(QPlainTextEdit):
    """Several lines of free words; Tab goes on to the next field."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)


class Choice(QComboBox):
    """One of several, each with a key; what was chosen stays chosen while it is offered."""

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer (key, words) and no others."""
        chosen = self.key
        if [(self.itemData(n), self.itemText(n)) for n in range(self.count())] == list(choices):
            return
        self.clear()
        for key, words in choices:
            self.addItem(words, key)
        self.choose(chosen)

    @property
    def key(self) -> str:
        """What is chosen; empty where nothing is offered."""
        return self.currentData() or ""

    def choose(self, key: str) -> None:
        """Choose ``key``; where it is not offered, the first."""
        self.setCurrentIndex(max(self.findData(key), 0))


class Options(Flow):
    """A few possibilities side by side, one of them chosen; arrows move.

    Signals:
        chosen: key of the one chosen now.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, Callable[[], str]]]) -> None:
        super().__init__(gap=16)
        self._buttons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        for key, text in options:
            button = QRadioButton()
            self.words(button.setText, text)
            button.toggled.connect(lambda on, key=key: self._choose(key) if on else None)
            self._buttons[key] = button
            self._group.addButton(button)
            self.add(button)
        first = self._buttons[options[0][0]]
        first.setChecked(True)

    def _choose(self, key: str) -> None:
        """Tab comes back to the one chosen, not to the first."""
        self.begin_at(self._buttons[key])
        self.chosen.emit(key)

    @property
    def key(self) -> str:
        """The one chosen."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose it."""
        self._buttons[key].setChecked(True)


class Form(Worded):
    """Rows of fields. What must be filled is checked by :meth:`complete`.

    Args:
        enter: what Enter in any field does once the form is complete; left out, Enter is the page's.
        in_line: side by side instead of one below the other.
    """

    def __init__(self, enter: Callable[[], object] | None = None, *, in_line: bool = False) -> None:
        super().__init__()
        self._enter = enter
        self._rows: list[tuple[FormRow, bool]] = []
        directions = QBoxLayout.Direction
        self._inside = QBoxLayout(directions.LeftToRight if in_line else directions.TopToBottom, self)
        bare(self._inside, 14 if in_line else 12)

    def add(
        self,
        name: Callable[[], str],
        field: F,
        hint: Callable[[], str] | None = None,
        *,
        optional: bool = False,
        stretch: int = 0,
    ) -> F:
        """Add a field; the answer is the field."""
        made = FormRow(name, field, hint)
        self._rows.append((made, optional))
        self._inside.addWidget(made, stretch, Qt.AlignmentFlag.AlignTop)
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.textChanged.connect(lambda *_text: made.refuse(""))
        return field

    def add_widget(self, widget: QWidget) -> None:
        """Add something that is not filled in, such as a button."""
        self._inside.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)

    def show_only(self, *fields: QWidget) -> None:
        """Hide every row but those of ``fields``; hidden rows need not be filled."""
        for made, _optional in self._rows:
            made.setVisible(made.field in fields)

    def refuse(self, field: QWidget, reason: str) -> None:
        """Say below ``field`` why it cannot stay, and go there."""
        next(made for made, _optional in self._rows if made.field is field).refuse(reason)
        field.setFocus()

    def first(self) -> QWidget:
        """The first field that is shown."""
        return next(made.field for made, _optional in self._rows if not made.isHidden())

    def complete(self) -> bool:
        """Whether every field that must be filled is; else the first that is not gets the focus."""
        for made, optional in self._rows:
            if not optional and not made.isHidden() and not _text(made.field).strip():
                again = made.field.hasFocus()
                made.field.setFocus()
                if again:
                    made.refuse(_("Still empty"))
                return False
        return True

    def clear(self) -> None:
        """Empty every field that is typed into."""
        for made, _optional in self._rows:
            if isinstance(made.field, QLineEdit | QPlainTextEdit):
                made.field.clear()

    def enter(self) -> None:
        """What Enter does, once everything is filled."""
        if self._enter and self.complete():
            self._enter()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first field that is shown."""
        super().focusInEvent(event)
        shown = [made.field for made, _optional in self._rows if made.isVisible()]
        if shown:
            shown[0].setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the next empty field, then does it."""
        if self._enter and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter()
        else:
            super().keyPressEvent(event)


def _text(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    return field.currentText() if isinstance(field, QComboBox) else "-"
