from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.sheet_grid import SheetGrid, SheetRow, field_of

NAMES = ("A", "B", "C", "D")


@pytest.fixture
def grid(qtbot: QtBot) -> Iterator[SheetGrid]:
    rows = [
        SheetRow(name, name, (f"{name}.for", f"{name}.against", f"{name}.abstain"), number)
        for number, name in enumerate(NAMES, 1)
    ]
    rows += [SheetRow(name, name, (name,)) for name in ("write_ins", "void", "valid")]
    made = SheetGrid([lambda: "For", lambda: "Against", lambda: "Abstain"], rows)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    yield made


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def keys(*pressed: str | Qt.Key) -> None:
    for one in pressed:
        if isinstance(one, str):
            QTest.keyClicks(focus(), one)
        else:
            QTest.keyClick(focus(), one)


def test_the_numpad_alone_fills_the_whole_sheet(grid: SheetGrid) -> None:
    left: list[tuple[str, object]] = []
    completed: list[bool] = []
    grid.field_left.connect(lambda name, value: left.append((name, value)))
    grid.completed.connect(lambda: completed.append(True))
    for figure in range(15):
        keys(str(100 + figure), Qt.Key.Key_Enter)
    assert list(grid.values().values()) == list(range(100, 115))
    assert left == list(grid.values().items())
    assert completed == [True]


def test_up_down_and_tab_move_between_fields(grid: SheetGrid) -> None:
    keys(Qt.Key.Key_Down)
    assert field_of(focus()) == "A.against"
    keys(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    assert field_of(focus()) == "B.for"
    keys(Qt.Key.Key_Up)
    assert field_of(focus()) == "A.abstain"
    keys(Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert field_of(focus()) == "A.for"


def test_slash_jumps_to_the_row_of_that_number(grid: SheetGrid) -> None:
    keys("/", "3")
    assert grid.note == "Go to row: 3"
    keys(Qt.Key.Key_Enter)
    assert field_of(focus()) == "C.for"
    assert grid.values()["A.for"] is None
    keys("/", "9", Qt.Key.Key_Enter)
    assert field_of(focus()) == "C.for"
    assert grid.note == "There is no row 9"


def test_letters_are_refused_at_the_field_and_said_so(grid: SheetGrid) -> None:
    keys("1", "x", "2", "-")
    assert grid.values()["A.for"] == 12
    assert grid.note == "Digits only"
    keys("3")
    assert grid.note == ""


def test_star_asks_for_the_totals_without_leaving_the_field(grid: SheetGrid) -> None:
    asked: list[bool] = []
    left: list[tuple[str, object]] = []
    grid.totals_asked.connect(lambda: asked.append(True))
    grid.field_left.connect(lambda name, value: left.append((name, value)))
    keys("17", "*")
    assert asked == [True]
    assert left == [("A.for", 17)]
    assert field_of(focus()) == "A.for"
    assert grid.values()["A.for"] == 17


def test_a_field_left_unchanged_says_nothing(grid: SheetGrid) -> None:
    left: list[str] = []
    grid.set_values({"A.for": 5})
    grid.field_left.connect(lambda name, _value: left.append(name))
    keys(Qt.Key.Key_Enter, Qt.Key.Key_Up)
    assert left == []
    keys(Qt.Key.Key_Backspace, Qt.Key.Key_Enter)
    assert left == ["A.for"]
    assert grid.values()["A.for"] is None


def test_the_sum_stands_beside_its_row_once_all_columns_are_entered(grid: SheetGrid) -> None:
    row = next(row for row in grid._rows if row.row.key == "A")
    keys("171", Qt.Key.Key_Enter, "12", Qt.Key.Key_Enter)
    assert row.sum.text() == "·"
    keys("13")
    assert row.sum.text() == "196"


def test_a_finding_stands_at_its_field_and_typing_goes_on(grid: SheetGrid) -> None:
    grid.set_values({"C.for": 121, "C.against": 54, "C.abstain": 12})
    grid.show_findings({"C.against": ("E-301", Kind.WRONG)}, agreed=["A"])
    third, first = grid._rows[2], grid._rows[0]
    assert third.code.text() == "E-301"
    assert third.cells[1].accessibleDescription() == "E-301"
    assert first.tick.isVisible()
    grid.go_to("D.for")
    keys("9")
    assert grid.values()["D.for"] == 9
    grid.show_findings({})
    assert third.code.text() == ""


def test_every_field_can_be_read_out(grid: SheetGrid) -> None:
    assert [cell.accessibleName() for cell in grid._cells[:3]] == ["A For", "A Against", "A Abstain"]
    assert grid._cells[-1].accessibleName() == "valid"
