"""A sheet in depth, by keyboard: fields emptied, blocks pasted, strokes, batches and boxes counted again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.counting import CountingPage
from pollstation.desktop.pages.result import ResultPage
from pollstation.desktop.widgets.print_preview import FEW, PrintPreview
from pollstation.desktop.widgets.sheet_grid import SheetGrid
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.desktop.widgets.strokes import Strokes, tally
from pollstation.domain.count_sheets import FIGURES, CountSheet, Phase, sheet_stream
from pollstation.services import counting, counting_site
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, WITNESS
from tests.desktop.day_window import DayWindow, prepared
from tests.desktop.test_pages_count import RIGHT, WRONG, begin, hand_on
from tests.desktop.test_pages_evening import texts

SHEET = sheet_stream("S01-F", "county-1", 1)
CTRL, KEYPAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier
DIGITS = dict(zip("0123456789", (Qt.Key(Qt.Key.Key_0.value + digit) for digit in range(10)), strict=True))


def _until_the_boxes(file: StationFile) -> None:
    acts.open_day(file)
    acts.vote(file, *range(1, 25))
    acts.close_day(file)


@pytest.fixture
def closed(qtbot: QtBot, tmp_path: Path) -> Iterator[DayWindow]:
    """The voting is closed; no box is open yet."""
    made = prepared(DayWindow(tmp_path, lambda desk: [CountingPage(desk), ResultPage(desk)]))
    made.play(_until_the_boxes)
    yield made
    made.close()


@pytest.fixture
def day(closed: DayWindow) -> DayWindow:
    """24 county ballots lie counted in one batch."""
    closed.play(acts.open_boxes)
    return closed


def sheet(day: DayWindow) -> CountSheet:
    return day.read(lambda unit: unit.state(SHEET, CountSheet))


def kept(day: DayWindow) -> dict[str, int]:
    return sheet(day).readings[0].fields


def seen(day: DayWindow) -> str:
    """Everything that the page in view shows or reads out."""
    parts = []
    for widget in day.window.page.findChildren(QWidget):
        if widget.isVisible():
            parts += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
            if isinstance(widget, QLabel | QLineEdit):
                parts.append(widget.text())
    return "\n".join(parts)


def grid(day: DayWindow) -> SheetGrid:
    return next(one for one in day.window.findChildren(SheetGrid) if one.isVisible())


def paste(day: DayWindow, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    day.press(Qt.Key.Key_V, held=CTRL)


class KeysTyped(QObject):
    """Every key that goes down in a field, and whether all of them were the numpad's."""

    def __init__(self) -> None:
        super().__init__()
        self.count, self.numpad = 0, True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            self.count += 1
            self.numpad &= bool(event.modifiers() & KEYPAD)
        return False


def test_both_entries_take_the_numpad_alone_one_key_a_digit_and_enter_a_field(day: DayWindow) -> None:
    app = QApplication.instance()
    assert app is not None
    for person, figures in (("counter-01", RIGHT), ("counter-02", WRONG)):
        begin(day, person)
        keys = KeysTyped()
        app.installEventFilter(keys)
        for figure in figures:
            for digit in figure:
                QTest.keyClick(day.focus, DIGITS[digit], KEYPAD)
            day.enter()
        app.removeEventFilter(keys)
        assert (keys.count, keys.numpad) == (sum(map(len, figures)) + len(figures), True)
        hand_on(day)
    assert sheet(day).phase is Phase.DIFFERS
    assert sheet(day).differences == ("against/2", "abstain/2")


def test_nothing_seen_or_read_out_at_the_second_entry_comes_from_the_first(day: DayWindow) -> None:
    begin(day, "counter-01")
    day.press(Qt.Key.Key_F7)
    day.say("庚六", "3")
    for field, figure in zip(("甲一 For ○", "甲一 Against ×"), ("1717", "1818"), strict=True):
        day.named(QLineEdit, field).setFocus()
        day.say(figure)
    assert "1717" in seen(day) and "庚六" in seen(day)
    whole = dict.fromkeys(sheet(day).missing({}), 1919)
    counter = acts.COUNTERS[0]
    day.play(lambda file: file.write(lambda unit: counting.enter(unit, counter, SHEET, whole)))
    day.play(lambda file: file.write(lambda unit: counting.complete(unit, counter, SHEET)))
    begin(day, "counter-02")
    assert grid(day).values() == dict.fromkeys(grid(day).values())
    assert not [one for one in ("1717", "1818", "1919", "庚六") if one in seen(day)]


def test_an_emptied_field_is_empty_in_the_journal_and_stops_the_hand_over_until_it_is_filled(
    day: DayWindow,
) -> None:
    begin(day, "counter-01")
    day.say(*RIGHT)
    day.named(QLineEdit, "丙三 Against ×").setFocus()
    day.press(Qt.Key.Key_Backspace)
    day.enter()
    assert "against/2" not in kept(day)
    hand_on(day)
    assert (
        day.strip == "The sheet is not complete: 1 fields are empty. The first is Against, candidate 3 丙三."
    )
    assert day.focus.accessibleName() == "丙三 Against ×"
    day.say("8")
    hand_on(day)
    assert sheet(day).phase is Phase.SECOND


def test_star_says_what_is_empty_and_again_what_agrees(day: DayWindow) -> None:
    begin(day, "counter-01")
    day.say(*RIGHT[:-1])
    day.write("*")
    assert day.strip.startswith("The sheet is not complete: 1 fields are empty.")
    day.write("0*")
    assert day.strip == "The totals agree."


def test_a_block_is_pasted_whole_kept_and_taken_back_whole(day: DayWindow) -> None:
    begin(day, "counter-01")
    day.say("7")
    day.press(Qt.Key.Key_Up)
    paste(day, "20\t2\t2\r\n15\t5\t4\r\n１０\t8\t6\r\n")
    assert grid(day).note == "9 figures pasted; Ctrl+Z takes them back."
    rows = [f"{figure}/{row}" for row in range(3) for figure in FIGURES]
    assert kept(day) == dict(zip(rows, map(int, RIGHT[:9]), strict=True))
    day.press(Qt.Key.Key_Z, held=CTRL)
    assert kept(day) == {"for/0": 7}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20\n15\n", "Not pasted: the clipboard has 2 lines, here are 3."),
        ("1\t2\t3\t4", "Not pasted: the clipboard has 4 columns, here are 3."),
        ("20\nfifteen\n10", "Not pasted: “fifteen” in line 2 is no count."),
        ("20\n15\n-1", "Not pasted: “-1” in line 3 is no count."),
        ("20\n100000\n1", "Not pasted: 100000 in line 2 is too large."),
    ],
)
def test_a_block_that_does_not_fit_is_said_and_nothing_of_it_is_pasted(
    day: DayWindow, text: str, said: str
) -> None:
    begin(day, "counter-01")
    paste(day, text)
    assert grid(day).note == said
    assert set(grid(day).values().values()) == {None}
    assert sheet(day).readings == ()


def test_strokes_stand_beside_every_figure_where_they_are_wanted(day: DayWindow) -> None:
    assert [tally(figure) for figure in (0, 4, 5, 37)] == [(0, 0), (0, 4), (1, 0), (7, 2)]
    begin(day, "counter-01")
    assert not [one for one in day.window.findChildren(Strokes) if one.isVisible()]
    day.press(Qt.Key.Key_F8)
    day.say("20", "2")
    strokes = [one for one in grid(day).findChildren(Strokes) if one.isVisible()]
    before = strokes[3].grab().toImage()
    day.press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    day.say("4")
    assert strokes[3].grab().toImage() != before
    day.press(Qt.Key.Key_F8)
    assert not [one for one in day.window.findChildren(Strokes) if one.isVisible()]


def test_a_box_is_laid_out_in_batches_of_the_size_people_choose(closed: DayWindow) -> None:
    closed.play(lambda file: file.write(lambda unit: counting_site.start_count(unit, BOSS, WITNESS)))
    closed.play(
        lambda file: file.write(
            lambda unit: counting_site.open_box(unit, BOSS, WITNESS, "S01-F", seals_seen=["0001", "9000"])
        )
    )
    closed.sign_in("supervisor-01")
    closed.go("count")
    closed.named(QLineEdit, "Ballots in a batch, at most").setFocus()
    closed.press(Qt.Key.Key_A, held=CTRL)
    closed.say("10", "24", "22")
    closed.sign()
    sizes = [(one.contest, one.ballots) for one in closed.read(counting.sheets)]
    assert sizes == [
        ("county-1", 10),
        ("county-1", 10),
        ("county-1", 4),
        *[("town-1", 10)] * 2,
        ("town-1", 2),
    ]


def test_many_sheets_are_drawn_with_a_bar_and_esc_gives_them_up(qtbot: QtBot, closed: DayWindow) -> None:
    closed.play(lambda file: acts.open_boxes(file, batch=2))
    closed.go("count")
    closed.window.page.setFocus()
    QTest.keyClick(closed.focus, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: closed.window.findChild(PrintPreview) is not None)
    preview = closed.window.findChild(PrintPreview)
    assert preview is not None and preview.progress.isVisible()
    QTest.keyClick(closed.focus, Qt.Key.Key_Escape)
    closed.idle()
    assert not [one for one in closed.window.findChildren(PrintPreview) if one.isVisible()]
    closed.press(Qt.Key.Key_F6)
    shown = closed.window.findChildren(PrintPreview)[-1]
    assert shown.count >= len(closed.read(counting.sheets)) > FEW
    assert not shown.progress.isVisible()
    closed.press(Qt.Key.Key_Escape)


def test_a_batch_that_holds_another_number_is_restated_by_two_and_the_difference_is_shown(
    day: DayWindow,
) -> None:
    paper = ("19", "2", "2", "14", "5", "4", "9", "8", "6", "23", "0")
    for person in ("counter-01", "counter-02"):
        begin(day, person)
        day.say(*paper)
        hand_on(day)
        hand_on(day)
    begin(day, "supervisor-01")
    assert "E-302" in seen(day) and "restate how many ballots it holds" in seen(day)
    day.press(Qt.Key.Key_F4)
    day.say("23")
    day.say("one ballot lies in the other batch")
    day.enter()
    day.sign()
    assert (sheet(day).ballots, sheet(day).planned) == (23, 24)
    assert "Laid out with 24 ballots, restated: 23" in seen(day)
    day.enter()
    day.sign()
    assert sheet(day).phase is Phase.APPROVED
    day.go("count")
    assert "1 in no batch" in texts(day.named(SimpleTable, "Boxes"))[0]
    assert "These ballots lie in no batch yet: 县人民代表大会代表选票 (红) 1." in seen(day)


def test_a_box_counted_again_is_restated_by_two(day: DayWindow) -> None:
    day.go("count")
    day.named(SimpleTable, "Boxes").setCurrentCell(0, 0)
    day.press(Qt.Key.Key_F4)
    day.say("25", "22", "one more lay under the lid")
    day.sign()
    assert acts_counted(day) == {"county-1": 25, "town-1": 22}
    day.named(QLineEdit, "Ballots in a batch, at most").setFocus()
    day.enter()
    assert [(one.contest, one.ballots) for one in day.read(counting.sheets)][:2] == [
        ("county-1", 24),
        ("county-1", 1),
    ]
    day.go("result")
    assert "difference -1" in "\n".join(texts(day.named(SimpleTable, "Still open")))


def acts_counted(day: DayWindow) -> dict[str, int]:
    return next(line.state.counted for line in day.read(counting_site.boxes) if line.box.id == "S01-F")
