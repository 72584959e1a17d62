"""Recounts, doubtful ballots, names written in and the board, by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from pollstation.desktop.board import Board
from pollstation.desktop.pages.counting import CountingPage
from pollstation.desktop.pages.names import NamesPage
from pollstation.desktop.pages.result import ResultPage
from pollstation.domain.count_sheets import CountSheet, Phase, sheet_stream
from pollstation.domain.day import DayPhase
from pollstation.services import counting, determining, write_ins
from pollstation.services.guards import this_day
from pollstation.store import StationFile
from tests import acts
from tests.desktop.day_window import DayWindow, prepared
from tests.desktop.test_pages_count import RIGHT, begin, hand_on
from tests.desktop.test_pages_evening import texts

SHEET = sheet_stream("S01-F", "county-1", 1)


def _until_the_count(file: StationFile) -> None:
    acts.open_day(file)
    acts.vote(file, *range(1, 25))
    acts.close_day(file)
    acts.open_boxes(file)


@pytest.fixture
def day(qtbot: QtBot, tmp_path: Path) -> Iterator[DayWindow]:
    made = prepared(DayWindow(tmp_path, lambda desk: [CountingPage(desk), ResultPage(desk), NamesPage(desk)]))
    made.play(_until_the_count)
    yield made
    made.close()


def _with_names(each: CountSheet) -> dict[str, int]:
    """On the county sheet a name stands in two spellings, with a majority together."""
    figures = acts.unanimous(each)
    if each.contest == "county-1":
        figures |= {"for/1": 8, "against/1": 16, "write_in/庚六": 10, "write_in/庚陆": 6}
    return figures


def sheet(day: DayWindow) -> CountSheet:
    return day.read(lambda unit: unit.state(SHEET, CountSheet))


class KeysCounted(QObject):
    """Counts the keys that go down in a field, Ctrl left out."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() != Qt.Key.Key_Control
        ):
            self.count += 1
        return False


def test_a_sheet_takes_its_digits_and_one_key_a_field(day: DayWindow) -> None:
    begin(day, "counter-01")
    keys = KeysCounted()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(keys)
    day.say(*RIGHT)
    hand_on(day)
    app.removeEventFilter(keys)
    assert sheet(day).phase is Phase.SECOND
    assert keys.count == sum(map(len, RIGHT)) + len(RIGHT) + 1


def test_a_doubtful_ballot_is_decided_by_two_and_shown_beside_the_void_ballots(day: DayWindow) -> None:
    begin(day, "supervisor-01")
    day.press(Qt.Key.Key_F7)
    day.say("a tick beside the square")
    day.sign()
    assert day.strip == "Doubtful ballot 1 is written down: put the number on its slip."
    (one,) = sheet(day).doubtful
    assert (one.judgement, one.valid) == ("clear-intent", True)
    page = day.window.page
    seen = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert "Doubtful ballots decided: 1 valid, 0 void." in seen


def test_an_approved_sheet_is_counted_again_from_its_page(day: DayWindow) -> None:
    day.play(acts.count_everything)
    day.play(acts.propose)
    begin(day, "supervisor-01")
    day.press(Qt.Key.Key_F8)
    day.say("a candidate asks for it")
    day.sign()
    assert sheet(day).phase is Phase.PLANNED
    assert day.read(this_day).phase is DayPhase.COUNTING


def test_everything_is_counted_again_from_the_list(day: DayWindow) -> None:
    day.play(acts.count_everything)
    day.sign_in("supervisor-01")
    day.go("count")
    day.window.page.setFocus()
    day.press(Qt.Key.Key_F8)
    day.say("the scrutineers ask for it")
    day.sign()
    assert {one.phase for one in day.read(lambda unit: unit.states("sheet:", CountSheet)).values()} == {
        Phase.PLANNED
    }


def test_spellings_are_joined_and_the_name_is_confirmed(day: DayWindow) -> None:
    day.play(lambda file: acts.count_everything(file, _with_names))
    day.go("result")
    day.press(Qt.Key.Key_F7)
    page = day.window.page
    assert isinstance(page, NamesPage)
    page.table.setFocus()
    day.press(Qt.Key.Key_Down)
    page.what.choose("join")
    page.reason.setFocus()
    day.say("the same person")
    assert [one.name for one in day.read(lambda unit: write_ins.written_names(unit, "county-1"))] == ["庚六"]
    page.what.choose("confirm")
    page.reason.setFocus()
    day.say("found in the register of the town")
    day.sign()
    county = day.read(determining.results)[0]
    assert county.result is not None and county.result.pending == []
    day.go("result")
    result = day.window.page
    assert isinstance(result, ResultPage)
    named = [line for line in texts(result.people) if line.startswith("Other name")]
    assert named[0].startswith("Other name: 庚六 (as written: 庚六 10, 庚陆 6) 16")


def _one_spelling(each: CountSheet) -> dict[str, int]:
    """On the county sheet a name that nobody has checked wins a seat."""
    figures = acts.unanimous(each)
    if each.contest == "county-1":
        figures |= {"for/1": 8, "against/1": 16, "write_in/庚六": 16}
    return figures


def test_the_committee_checks_a_name_after_the_proposal_and_a_second_person_signs(day: DayWindow) -> None:
    day.play(lambda file: acts.count_everything(file, _one_spelling))
    day.play(acts.propose)
    day.sign_in("committee-01")
    day.go("result")
    day.window.page.setFocus()
    day.enter()
    day.sign()
    assert "庚六" in day.strip
    day.press(Qt.Key.Key_F7)
    page = day.window.page
    assert isinstance(page, NamesPage)
    page.what.choose("confirm")
    page.reason.setFocus()
    day.say("found in the register of the town")
    day.sign()
    assert day.read(this_day).phase is DayPhase.COUNTING
    day.play(acts.propose)
    day.go("result")
    day.window.page.setFocus()
    day.enter()
    day.sign()
    assert day.read(this_day).confirmed["county-1"].elected == ("甲一", "庚六")


def test_the_board_shows_no_figure_before_the_release(day: DayWindow) -> None:
    day.play(acts.count_everything)
    day.play(acts.propose)
    day.go("result")
    day.window.page.setFocus()
    day.press(Qt.Key.Key_F11)
    board = day.window.findChild(Board)
    assert board is not None
    day.idle()
    assert not any("甲一" in text for text in words_of(board))
    assert any("Count sheets approved: 2 of 2." in text for text in words_of(board))
    page = day.window.page
    assert isinstance(page, ResultPage)
    page.release.click()
    day.idle()
    board.look()
    day.idle()
    assert any("甲一" in text for text in words_of(board))
    QTest.keyClick(board, Qt.Key.Key_Escape)
    assert not board_is_open()


def board_is_open() -> bool:
    return any(isinstance(one, Board) and one.isVisible() for one in QApplication.topLevelWidgets())


def words_of(board: Board) -> list[str]:
    table = board.table
    cells = [
        item.text()
        for row in range(table.rowCount())
        for column in range(table.columnCount())
        if (item := table.item(row, column))
    ]
    return [*cells, *(label.text() for label in board.findChildren(QLabel))]


def test_the_board_follows_the_count_box_by_box_and_shows_each_ballot_paper_in_its_turn(
    day: DayWindow,
) -> None:
    day.sign_in("supervisor-01")
    day.go("count")
    day.window.page.setFocus()
    day.press(Qt.Key.Key_F11)
    board = day.window.findChild(Board)
    assert board is not None
    day.idle()
    assert texts(board.table)[:2] == [
        "Fixed box 1 its ballots are counted 县人民代表大会代表选票 (红) "
        "0 of 1 approved, waits for the first entry 1",
        "Fixed box 1 its ballots are counted 镇人民代表大会代表选票 (绿) "
        "0 of 1 approved, waits for the first entry 1",
    ]
    day.window.activateWindow()
    begin(day, "counter-01")
    day.say(*RIGHT)
    hand_on(day)
    assert "waits for the second entry 1" in texts(board.table)[0]
    day.play(lambda file: file.write(lambda unit: counting.send_back(unit, acts.BOSS, SHEET, "wrong paper")))
    day.play(acts.count_everything)
    day.play(acts.propose)
    day.sign_in("supervisor-01")
    day.go("result")
    page = day.window.page
    assert isinstance(page, ResultPage)
    page.release.click()
    day.idle()
    first = words_of(board)
    board.turn()
    assert ("1 / 2" in first, "2 / 2" in words_of(board)) == (True, True)
    assert any("县人民" in text for text in first) and any("镇人民" in text for text in words_of(board))
    QTest.keyClick(board, Qt.Key.Key_Escape)
