"""Two people at the real window: one with a mouse, one who has only a keyboard.

Keys and clicks go in where the system hands them to the window; they reach whatever would get them on a real
screen. Widgets are only ever looked at. What is not seen, not enabled, or not reached by Tab, cannot be used.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from pollstation import i18n
from pollstation.desktop.program import Program
from pollstation.desktop.rail import DIGITS
from pollstation.desktop.widgets.key_button import KeyButton

W = TypeVar("W", bound=QWidget)

PLAIN, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
HELD = {"Ctrl": CTRL, "Alt": ALT}
KEYS = {"Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, "Del": Qt.Key.Key_Delete, "=": Qt.Key.Key_Equal}
MOST_TABS = 40
SECONDS = 60


class Hands(ABC):
    """What anybody does at the window. Names are the words on the screen, in the language now spoken."""

    def __init__(self, qtbot: QtBot, program: Program) -> None:
        self.qtbot, self.program, self.window = qtbot, program, program.window
        self.strokes = 0
        self.strange: set[str] = set()
        """English words seen while another language was spoken."""
        self._time = 0.0
        program._scanner._clock = lambda: self._time

    # Looking

    def settle(self) -> None:
        """Wait until everything asked for is answered and shown."""
        calm = 0
        while calm < 3:  # an answer may ask for more, and what it shows comes with the next round
            QApplication.processEvents()
            calm = calm + 1 if self._quiet() else 0
            if not calm:
                self.qtbot.waitUntil(self._quiet, timeout=SECONDS * 1000)

    def _quiet(self) -> bool:
        searching = bool(getattr(QApplication.focusWidget(), "waits", False))
        return not searching and not self.program.tasks.pending

    def read_everything(self) -> None:
        """Look for words that stayed in English, and keep them in mind."""
        catalogue = i18n._catalogue(i18n.language())
        said = [one.text() for one in self._worded()]
        self.strange.update(text for text in said if text and catalogue.gettext(text) != text)

    def _worded(self) -> Iterator[QLabel | QAbstractButton]:
        yield from self._seen(QLabel)
        yield from self._seen(QAbstractButton)

    def _seen(self, kind: type[W]) -> Iterator[W]:
        return (one for one in self.window.findChildren(kind) if one.isVisible() and one.isEnabled())

    def sees(self, text: str) -> bool:
        """Whether ``text`` stands anywhere on the window."""
        shown = [one.text() for one in self._worded()]
        for table in self._seen(QTableWidget):
            cells = [
                table.item(row, column)
                for row in range(table.rowCount())
                for column in range(table.columnCount())
            ]
            shown += [cell.text() for cell in cells if cell]
        return any(text in each for each in shown)

    @property
    def strip(self) -> str:
        """What was said last."""
        return self.window.strip.text

    @property
    def focus(self) -> QWidget:
        """Where typing goes."""
        found = QApplication.focusWidget()
        assert found is not None, "typing would go nowhere"
        return found

    def button(self, text: str) -> KeyButton:
        """The button that says ``text``."""
        found = [one for one in self._seen(KeyButton) if text in (one.text(), one.accessibleName())]
        assert found, (
            f"there is no button {text!r}; there are {[one.text() for one in self._seen(KeyButton)]}"
        )
        return found[0]

    @property
    def main(self) -> str:
        """The words of the one thing to do here, on Enter."""
        return next(one.text() for one in self._seen(KeyButton) if one.primary)

    def field(self, name: str) -> QLineEdit:
        """The field of that name."""
        found = [one for one in self._seen(QLineEdit) if one.accessibleName() == name]
        names = [one.accessibleName() for one in self._seen(QLineEdit)]
        assert len(found) == 1, f"{len(found)} fields are called {name!r}; there are {names}"
        return found[0]

    def _unticked(self, text: str) -> QCheckBox:
        return next(one for one in self._seen(QCheckBox) if text in one.text() and not one.isChecked())

    def _named(self, kind: type[W], name: str) -> W:
        found = [one for one in self._seen(kind) if one.accessibleName() == name]
        names = [one.accessibleName() for one in self._seen(kind)]
        assert len(found) == 1, f"{len(found)} of {kind.__name__} are called {name!r}; there are {names}"
        return found[0]

    @staticmethod
    def _line(view: QAbstractItemView, text: str) -> QModelIndex:
        """The first cell of the line that holds ``text``."""
        model = view.model()
        columns = view.horizontalHeader().count() if isinstance(view, QTableView) else 1
        for row in range(model.rowCount()):
            cells = [model.index(row, column) for column in range(columns)]
            if any(text in str(cell.data()) for cell in cells):
                return cells[0]
        raise AssertionError(f"{text!r} is not in {view.accessibleName()!r}")

    # Keys

    def _target(self) -> QWindow:
        handle = (QApplication.activePopupWidget() or self.window).windowHandle()
        assert handle is not None
        return handle

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """One key, and what comes of it."""
        self._stroke(key, held)
        self.settle()

    def _stroke(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        self.strokes += 1
        self._time += 0.3
        QTest.keyClick(self._target(), key, held)

    def type(self, text: str, pause: float = 0.2) -> None:
        """Characters where the focus is; what no key has comes from the input method."""
        self._characters(text, pause)
        self.settle()

    def _characters(self, text: str, pause: float) -> None:
        for character in text:
            self.strokes += 1
            self._time += pause
            if character.isascii():
                QTest.keyClicks(self.focus, character)
            else:
                event = QInputMethodEvent()
                event.setCommitString(character)
                QApplication.sendEvent(self.focus, event)

    def enter(self) -> None:
        """Enter."""
        self.key(Qt.Key.Key_Return)

    def scan(self, code: str) -> None:
        """A scanner: faster than any hand, Enter at the end; it counts as one stroke."""
        before = self.strokes
        self._time += 1
        self._characters(code, 0.004)
        self._time += 0.004
        QTest.keyClick(self._target(), Qt.Key.Key_Return)
        self.strokes = before + 1
        self.settle()

    def keys_of(self, shown: str) -> None:
        """The keys drawn on a button, such as ``Ctrl+L``."""
        *held, key = shown.split("+") if shown != "+" else [shown]
        modifiers = PLAIN
        for each in held:
            modifiers |= HELD[each]
        self.key(KEYS.get(key) or getattr(Qt.Key, f"Key_{key}"), modifiers)

    # Doing, each in their own way

    @abstractmethod
    def go(self, duty: str) -> None:
        """To the page of a duty."""

    @abstractmethod
    def press(self, text: str) -> None:
        """The button that says ``text``."""

    @abstractmethod
    def into(self, field: QWidget) -> None:
        """Bring the focus into ``field``."""

    @abstractmethod
    def mark(self, name: str, text: str) -> None:
        """Mark the line that holds ``text`` in the list or table of that name."""

    @abstractmethod
    def tick(self, text: str) -> None:
        """Tick the box that says ``text``; of several the first that is not ticked."""

    @abstractmethod
    def choose(self, name: str, text: str) -> None:
        """Choose ``text`` in the drop-down list of that name."""

    def fill(self, name: str, text: str) -> None:
        """Type ``text`` into the field of that name, instead of what stands there."""
        field = self.field(name)
        self.into(field)
        if field.text():
            self.key(Qt.Key.Key_A, CTRL)
        self.type(text)

    def figures(self, *figures: int) -> None:
        """A column of figures as it is read out: digits and Enter for each."""
        for figure in figures:
            self._characters(str(figure), 0.2)
            self.enter()


class Mouse(Hands):
    """Everything by clicks; keys only for text, and for Enter after a figure."""

    def _click(self, widget: QWidget, at: QPoint) -> None:
        area = widget.visibleRegion().boundingRect()
        assert area.contains(at), (
            f"{widget.accessibleName() or widget} cannot be seen, so it cannot be clicked"
        )
        top = widget.window()
        handle = top.windowHandle()
        assert handle is not None
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, PLAIN, widget.mapTo(top, at))
        self.settle()

    def _click_line(self, view: QAbstractItemView, line: QModelIndex) -> None:
        view.scrollTo(line)  # the wheel
        place: QRect = view.visualRect(line)
        self._click(view.viewport(), place.center())

    def go(self, duty: str) -> None:
        title = self.program.pages[duty].title()
        rail = self.window.rail
        button = next(
            one for one in self._seen(QAbstractButton) if rail.isAncestorOf(one) and one.text() == title
        )
        self._click(button, button.rect().center())
        assert self.window.page.duty == duty

    def press(self, text: str) -> None:
        button = self.button(text)
        self._click(button, button.rect().center())

    def into(self, field: QWidget) -> None:
        self._click(field, field.rect().center())
        assert field.hasFocus()

    def mark(self, name: str, text: str) -> None:
        view = self._named(QAbstractItemView, name)
        self._click_line(view, self._line(view, text))

    def tick(self, text: str) -> None:
        box = self._unticked(text)
        self._click(box, QPoint(box.height() // 2, box.height() // 2))
        assert box.isChecked()

    def choose(self, name: str, text: str) -> None:
        box = self._named(QComboBox, name)
        self._click(box, box.rect().center())
        self._click_line(box.view(), self._line(box.view(), text))
        assert text in box.currentText()


class Keyboard(Hands):
    """No mouse at all: duties by Alt and a digit, buttons by the key drawn on them, the rest by Tab."""

    def go(self, duty: str) -> None:
        self.key(Qt.Key(ord(DIGITS[list(self.program.pages).index(duty)])), ALT)
        assert self.window.page.duty == duty

    def press(self, text: str) -> None:
        button, where, before = self.button(text), _described(self.focus), self._looks()
        pressed: list[KeyButton] = []
        for one in self._seen(KeyButton):
            one.clicked.connect(lambda _on, one=one: pressed.append(one))
        if button.key:
            self.keys_of(button.key)
        else:
            self.into(button)
            self.key(Qt.Key.Key_Space)
        wrong = [one.text() for one in pressed if one is not button and isValid(one)]
        assert not wrong, f"{wrong} instead of {text!r}; the focus was in {where}"
        assert pressed or self._looks() != before, f"{text!r} was not pressed; the focus was in {where}"

    def _looks(self) -> list[str]:
        return [self.strip, _described(self.focus), *(one.text() for one in self._seen(QLabel))]

    def into(self, field: QWidget) -> None:
        way: list[str] = []
        while not field.hasFocus():
            way.append(_described(self.focus))
            assert len(way) <= MOST_TABS, f"Tab does not lead to {_described(field)}, only to {way}"
            self._stroke(Qt.Key.Key_Tab)

    def mark(self, name: str, text: str) -> None:
        view = self._named(QAbstractItemView, name)
        line = self._line(view, text)
        self.into(view)
        while view.currentIndex().row() != line.row():
            at = view.currentIndex().row()
            self.key(Qt.Key.Key_Down if at < line.row() else Qt.Key.Key_Up)
            assert view.currentIndex().row() != at, f"arrows do not move in {name!r}"

    def tick(self, text: str) -> None:
        box = self._unticked(text)
        self.into(box)
        self.key(Qt.Key.Key_Space)
        assert box.isChecked()

    def choose(self, name: str, text: str) -> None:
        box = self._named(QComboBox, name)
        self.into(box)
        for _down in range(box.count()):
            if text in box.currentText():
                return
            self.key(Qt.Key.Key_Down)
        raise AssertionError(f"{text!r} is not offered in {name!r}")


def _described(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else widget.accessibleName()
    return f"{type(widget).__name__} {text!r}"
