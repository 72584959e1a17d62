"""Opening, stock and close from the keyboard, over a real station file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.closing import ClosingPage
from pollstation.desktop.pages.incidents import IncidentsPage
from pollstation.desktop.pages.journal import PAUSE_MS, JournalPage
from pollstation.desktop.pages.opening import OpeningPage
from pollstation.desktop.pages.stock import StockPage
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.desktop.widgets.witness_dialog import WitnessDialog
from pollstation.domain.day import DayPhase
from pollstation.services import closing, opening
from pollstation.services.guards import this_day
from pollstation.services.opening import steps
from pollstation.services.ports import UnitOfWork
from pollstation.services.stock import stock
from tests import acts
from tests.desktop.day_window import DayWindow, prepared
from tests.desktop.desk_kit import visible_text


@pytest.fixture
def day(qtbot: QtBot, tmp_path: Path) -> Iterator[DayWindow]:
    made = DayWindow(
        tmp_path,
        lambda desk: [
            OpeningPage(desk),
            StockPage(desk),
            IncidentsPage(desk),
            ClosingPage(desk),
            JournalPage(desk),
        ],
    )
    yield prepared(made)
    made.close()


def texts(table: SimpleTable) -> list[str]:
    """Every row of a table as one line."""
    rows = []
    for row in range(table.rowCount()):
        items = [table.item(row, column) for column in range(table.columnCount())]
        rows.append(
            " ".join(
                item.text() or item.data(Qt.ItemDataRole.AccessibleTextRole) or "" for item in items if item
            )
        )
    return rows


def test_a_station_is_opened_from_the_keyboard_alone(day: DayWindow) -> None:
    day.go("opening")
    for _line in range(5):
        day.enter()
    for seal in ("0001", "0002"):
        day.say(seal)
        day.sign()
    for _contest in range(2):
        day.say("40", "40")
        day.enter()
        day.sign()
    day.enter()
    day.sign()
    day.enter()
    day.sign()
    assert day.strip == "The voting is open."
    assert day.read(this_day).phase is DayPhase.OPEN


def test_an_opening_that_was_left_goes_on_where_it_stood(day: DayWindow) -> None:
    day.go("opening")
    for _line in range(5):
        day.enter()
    day.say("0001")
    day.sign()
    day.go("stock")
    day.go("opening")
    day.say("0002")
    day.sign()
    assert day.read(steps) == {
        "checklist": True,
        "boxes": True,
        "ballots": False,
        "zero-report": False,
        "open": False,
    }
    assert day.focus.accessibleName() == "On the packing slip"


def test_a_seal_number_used_twice_is_refused_in_words(day: DayWindow) -> None:
    day.go("opening")
    for _line in range(5):
        day.enter()
    for _box in range(2):
        day.say("0001")
        day.sign()
    assert "0001" in day.strip
    assert day.window.strip.property("kind") == "wrong"


def test_the_second_person_must_know_their_own_passphrase(day: DayWindow) -> None:
    day.go("opening")
    for _line in range(5):
        day.enter()
    day.say("0001")
    dialog = day.window.findChildren(WitnessDialog)[-1]
    dialog.passphrase.setFocus()
    day.write("guessed")
    day.enter()
    assert dialog.isVisible()
    assert not day.read(steps)["boxes"]


def test_one_more_person_signs_in_beside_the_opening(day: DayWindow) -> None:
    day.go("opening")
    day.named(QLineEdit, "Their passphrase").setFocus()
    day.write("officer-01 的口令")
    day.enter()
    assert "officer-01" in day.read(this_day).present
    assert day.desk.by.id == "supervisor-01"


def test_ballots_fewer_than_the_slip_says_are_kept_and_shown(day: DayWindow) -> None:
    day.go("stock")
    day.named(QLineEdit, "On the packing slip").setFocus()
    day.say("40", "39")
    day.enter()
    day.sign()
    assert day.read(stock)[0].received == 39
    assert "−1 against the slip" in texts(day.named(SimpleTable, day.window.page.title()))[0]


def test_an_incident_is_written_down_and_listed(day: DayWindow) -> None:
    day.go("incidents")
    day.press(Qt.Key.Key_Tab)
    day.write("停电三分钟")
    day.press(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    assert day.strip == "The incident is written down."
    assert "停电三分钟" in texts(day.named(SimpleTable, "Incidents"))[0]


def test_incidents_of_one_kind_are_listed_alone(day: DayWindow) -> None:
    def write(unit: UnitOfWork) -> None:
        for kind in ("health", "seal", "health"):
            opening.record_incident(unit, acts.BOSS, kind, "x")
        opening.pause(unit, acts.BOSS, "no light")

    day.play(acts.open_day)
    day.play(lambda file: file.write(write))
    day.go("incidents")
    page = day.window.page
    assert isinstance(page, IncidentsPage)
    assert len(texts(page.table)) == 4
    page.only.setFocus()
    day.press(Qt.Key.Key_Down)
    page.only.activated.emit(page.only.currentIndex())
    assert [line.split()[1:3] for line in texts(page.table)] == [["Illness", "or"]] * 2


def test_a_difference_is_explained_by_two_and_then_the_voting_is_closed(day: DayWindow) -> None:
    day.play(acts.open_day)
    day.play(lambda file: acts.vote(file, 1, 2, 3))
    day.play(acts.close_boxes)
    day.go("close")
    for unused in ("37", "36"):
        day.enter()
        day.say(unused)
        day.sign()
    assert texts(day.named(SimpleTable, "What is still to do")) == [
        "Settle: 镇人民代表大会代表选票 (绿), Ballot stock differs"
    ]
    day.say("one ballot was torn and thrown away")
    day.sign()
    day.enter()
    day.sign()
    assert day.strip == "The voting is closed."
    assert day.read(this_day).explained == {"stock/town-1": 1}


def test_a_box_on_its_way_leads_to_the_mobile_boxes(day: DayWindow) -> None:
    day.play(acts.open_day)
    day.play(acts.send_mobile)
    day.go("close")
    wanted: list[str] = []
    day.window.page.wanted.disconnect()
    day.window.page.wanted.connect(wanted.append)
    day.enter()
    assert wanted == ["mobile-boxes"]


def test_a_close_that_came_too_early_is_taken_back_with_a_reason(day: DayWindow) -> None:
    day.play(acts.open_day)
    day.play(acts.close_day)
    day.go("close")
    day.press(Qt.Key.Key_F8)
    day.say("0001", "a queue stands at the door")
    day.sign()
    assert day.read(this_day).phase is DayPhase.OPEN


def test_the_journal_is_filtered_by_kind_and_person_and_its_chain_checked(day: DayWindow) -> None:
    day.play(acts.open_day)
    day.play(lambda file: acts.vote(file, 1, 2))
    day.go("journal")
    page = day.window.page
    assert isinstance(page, JournalPage)
    everything = page.table.rowCount()
    page.kind.choose("ballots-issued")
    page.kind.activated.emit(0)
    day.idle()
    assert page.table.rowCount() == 2 < everything
    page.person.choose("supervisor-01")
    page.person.activated.emit(0)
    day.idle()
    assert page.table.rowCount() == 0
    day.press(Qt.Key.Key_F5)
    assert page.banner.sentence == "The chain holds"


def test_the_journal_is_searched_by_what_acts_tell_and_an_entry_says_what_signs_it(day: DayWindow) -> None:
    day.play(acts.open_day)
    day.play(lambda file: acts.vote(file, 1, 2))
    day.play(
        lambda file: file.write(lambda unit: opening.record_incident(unit, acts.BOSS, "other", "门口拥挤"))
    )
    day.go("journal")
    page = day.window.page
    assert isinstance(page, JournalPage)
    page.person.setFocus()
    day.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab)  # the place is asked for with a stream only
    assert day.focus is page.text
    day.write("口拥")
    QTest.qWait(PAUSE_MS * 2)
    day.idle()
    assert page.table.rowCount() == 1
    assert "the next signature of the journal" in page.facts.toPlainText()
    day.press(*[Qt.Key.Key_Backspace] * 2)
    QTest.qWait(PAUSE_MS * 2)
    day.idle()
    assert page.table.rowCount() > 3
    page.kind.choose("box-sealed")
    page.kind.activated.emit(0)
    day.idle()
    assert "Journal signed" in page.facts.toPlainText()


def test_a_difference_leads_to_the_entry_since_which_it_stands(day: DayWindow) -> None:
    day.play(acts.open_day)
    day.play(lambda file: acts.vote(file, 1, 2, 3))
    day.play(acts.close_boxes)
    day.go("close")
    for unused in ("37", "36"):
        day.enter()
        day.say(unused)
        day.sign()
    page = day.window.page
    assert isinstance(page, ClosingPage)
    page.account.panel.setFocus(Qt.FocusReason.TabFocusReason)
    day.press(Qt.Key.Key_Down)
    assert day.focus.accessibleName() == "Received 40 differs"
    day.enter()
    journal = day.window.page
    assert isinstance(journal, JournalPage)
    assert "Differs by +1 since" in visible_text(journal.behind)
    assert "镇人民代表大会代表选票 (绿), 36" in texts(journal.table)[journal.table.currentRow()]
    assert "town-1" not in visible_text(journal)
    day.press(Qt.Key.Key_Escape)
    assert isinstance(day.window.page, ClosingPage)
    day.go("journal")
    assert journal.behind.sentence == ""


def test_a_long_journal_is_turned_page_by_page(day: DayWindow) -> None:
    def write(unit: UnitOfWork) -> None:
        for number in range(450):
            opening.record_incident(unit, acts.BOSS, "other", str(number))

    day.play(lambda file: file.write(write))
    day.go("journal")
    page = day.window.page
    assert isinstance(page, JournalPage)
    assert page.table.rowCount() == 200
    assert "449." in texts(page.table)[0]
    day.press(Qt.Key.Key_F7)
    assert "249." in texts(page.table)[0]
    day.press(Qt.Key.Key_F7)
    assert 50 < page.table.rowCount() < 60
    assert not page.earlier.isVisible()
    day.press(Qt.Key.Key_F6)
    assert "201 to 400 from the latest" in page.count.text()


def test_packets_are_typed_with_their_numbers_and_ballots_go_to_a_desk(day: DayWindow) -> None:
    day.go("stock")
    day.named(QLineEdit, "Numbers on the packets").setFocus()
    day.say("A0001-A0100, A0101-A0200", "200", "200")
    day.sign()
    page = day.window.page
    assert isinstance(page, StockPage)
    assert "A1-A100, A101-A200" in texts(page.history)[0]
    for _option in range(3):
        day.press(Qt.Key.Key_Right)
    day.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    day.write("50")
    day.press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    day.say("Desk 2")
    day.sign()
    assert "50, from the stock to Desk 2" in texts(page.history)[0]
    assert "Desk 2: 50 handed over" in texts(page.table)[0]


def test_a_figure_of_the_stock_is_corrected_by_another_entry(day: DayWindow) -> None:
    day.play(acts.open_day)
    day.go("stock")
    page = day.window.page
    assert isinstance(page, StockPage)
    page.act.choose("correct")
    page.figure.choose("received")
    page.right.setFocus()
    day.say("39", "one ballot was counted twice")
    day.sign()
    assert texts(page.history)[0].endswith("received −1. Reason: one ballot was counted twice.")
    assert len(texts(page.history)) == 2
    assert day.read(stock)[0].received == 39


def test_what_is_marked_and_typed_in_the_evening_outlasts_what_others_settle(day: DayWindow) -> None:
    day.play(lambda file: acts.open_day(file, 40))
    day.play(lambda file: acts.vote(file, 1, 2))
    day.go("close")
    table = day.named(SimpleTable, "What is still to do")
    marked = texts(table)[2]
    table.setCurrentCell(2, 0)
    page = day.window.page
    assert isinstance(page, ClosingPage)
    page.count.setText("37")
    # at another place somebody does what comes first
    day.play(
        lambda file: file.write(
            lambda unit: closing.close_box(
                unit, acts.BOSS, acts.WITNESS, "S01-F", seals_seen=["0001"], slot_seal="9001"
            )
        )
    )
    page.tell({"*"})
    day.idle()
    assert texts(table)[table.currentRow()] == marked
    assert page.count.text() == "37"
