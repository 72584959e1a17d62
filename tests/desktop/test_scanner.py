from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pollstation.desktop.scanner import Scanner

CARD, OTHER_CARD = "PSV1:00417", "PSV1:00418"


class Desk(QWidget):
    """A field and a button, a scanner whose clock the test moves, and what the scanner said."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.now = 100.0
        self.field, self.secret, self.button = QLineEdit(), QLineEdit(), QPushButton("nothing")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        inside = QVBoxLayout(self)
        for widget in (self.field, self.secret, self.button):
            inside.addWidget(widget)
        self.scanner = Scanner(lambda text: text.startswith("PSV1:"), app, clock=lambda: self.now)
        self.scanner.start()
        self.said: list[tuple[str, str]] = []
        self.scanner.scanned.connect(lambda code: self.said.append(("scanned", code)))
        self.scanner.ignored.connect(lambda code: self.said.append(("ignored", code)))
        self.scanner.foreign.connect(lambda code: self.said.append(("foreign", code)))
        self.entered: list[str] = []
        self.field.returnPressed.connect(lambda: self.entered.append(self.field.text()))

    def type(self, text: str, gap: float) -> None:
        for character in text:
            self.now += gap
            QTest.keyClicks(QApplication.focusWidget() or self, character)
        self.now += gap
        QTest.keyClick(QApplication.focusWidget() or self, Qt.Key.Key_Return)

    def scan(self, code: str) -> None:
        self.now += 1
        self.type(code, 0.004)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qapp)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.field.setFocus()
    yield made
    qapp.removeEventFilter(made.scanner)
    made.scanner.setParent(None)


def test_a_scan_is_taken_back_out_of_the_field_it_fell_into(desk: Desk) -> None:
    desk.field.setText("reason: ill")
    desk.field.setCursorPosition(3)
    desk.scan(CARD)
    assert desk.said == [("scanned", CARD)]
    assert desk.field.text() == "reason: ill"
    assert desk.field.cursorPosition() == 3
    assert desk.entered == []


@pytest.mark.parametrize("place", [lambda d: d.button, lambda d: d.secret], ids=["button", "secret"])
def test_a_scan_is_recognised_wherever_the_focus_is(desk: Desk, place: Callable[[Desk], QWidget]) -> None:
    place(desk).setFocus()
    desk.scan(CARD)
    assert desk.said == [("scanned", CARD)]
    assert desk.secret.text() == ""


def test_what_a_hand_types_is_never_a_scan(desk: Desk) -> None:
    desk.type(CARD, 0.09)
    assert desk.said == []
    assert desk.field.text() == CARD
    assert desk.entered == [CARD]


def test_the_same_card_twice_within_two_seconds_counts_once(desk: Desk) -> None:
    desk.scan(CARD)
    desk.scan(CARD)
    assert desk.said == [("scanned", CARD), ("ignored", CARD)]
    assert desk.field.text() == ""
    desk.now += 2
    desk.scan(CARD)
    assert desk.said[-1] == ("scanned", CARD)


def test_another_card_right_after_the_first_counts(desk: Desk) -> None:
    desk.scan(CARD)
    desk.scan(OTHER_CARD)
    assert desk.said == [("scanned", CARD), ("scanned", OTHER_CARD)]


def test_a_code_that_is_none_of_ours_is_said_so(desk: Desk) -> None:
    desk.scan("6901234567892")
    assert desk.said == [("foreign", "6901234567892")]
    assert desk.field.text() == ""


def test_a_passphrase_filled_in_by_a_machine_is_left_alone(desk: Desk) -> None:
    desk.secret.setFocus()
    desk.scan("correct-horse")
    assert desk.said == []
    assert desk.secret.text() == "correct-horse"


def test_a_scan_presses_no_shortcut(desk: Desk) -> None:
    pressed: list[bool] = []
    QShortcut(QKeySequence("V"), desk, lambda: pressed.append(True))
    desk.button.setFocus()
    desk.scan(CARD)
    assert desk.said == [("scanned", CARD)]
    assert pressed == []
