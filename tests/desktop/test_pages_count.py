"""The count by the numpad, from the first entry to the result."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.counting import CountingPage
from pollstation.desktop.pages.result import ResultPage
from pollstation.desktop.pages.result_shown import standing
from pollstation.desktop.widgets.finding_list import FindingList
from pollstation.desktop.widgets.print_preview import PrintPreview
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.domain.count_sheets import CountSheet, Phase, sheet_stream
from pollstation.domain.day import DayPhase
from pollstation.domain.rules import Outcome
from pollstation.services.guards import this_day
from pollstation.store import StationFile
from tests import acts
from tests.desktop.day_window import DayWindow, prepared
from tests.desktop.desk_kit import visible_text
from tests.desktop.test_pages_evening import texts

SHEET = sheet_stream("S01-F", "county-1", 1)
RIGHT = ("20", "2", "2", "15", "5", "4", "10", "8", "6", "24", "0")
WRONG = ("20", "2", "2", "15", "5", "4", "10", "9", "5", "24", "0")


def _until_the_count(file: StationFile) -> None:
    acts.open_day(file)
    acts.vote(file, *range(1, 25))
    acts.close_day(file)
    acts.open_boxes(file)


@pytest.fixture
def day(qtbot: QtBot, tmp_path: Path) -> Iterator[DayWindow]:
    made = prepared(DayWindow(tmp_path, lambda desk: [CountingPage(desk), ResultPage(desk)]))
    made.play(_until_the_count)
    yield made
    made.close()


def begin(day: DayWindow, person: str) -> None:
    """That person sits down at the count and opens the first sheet that waits for them."""
    day.sign_in(person)
    day.go("count")
    day.window.page.setFocus()
    day.enter()


def hand_on(day: DayWindow) -> None:
    day.press(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)


def enter_sheet(day: DayWindow, person: str, figures: Sequence[str]) -> None:
    begin(day, person)
    day.say(*figures)
    hand_on(day)


def sheet(day: DayWindow) -> CountSheet:
    return day.read(lambda unit: unit.state(SHEET, CountSheet))


def test_a_sheet_is_entered_twice_by_numpad_settled_and_approved(day: DayWindow) -> None:
    enter_sheet(day, "counter-01", RIGHT)
    assert "Another counter" in day.strip
    enter_sheet(day, "counter-02", WRONG)
    assert day.strip == "The two entries differ. Bring the paper to the supervisor."
    begin(day, "supervisor-01")
    day.say("8", "6", "the paper was read again aloud")
    assert sheet(day).phase is Phase.AGREED
    assert sheet(day).settled == {"against/2": 8, "abstain/2": 6}
    day.enter()
    day.sign()
    assert sheet(day).phase is Phase.APPROVED


def test_every_field_is_kept_as_it_is_left(day: DayWindow) -> None:
    begin(day, "counter-01")
    day.say("20", "2")
    assert sheet(day).readings[0].fields == {"for/0": 20, "against/0": 2}
    day.write("7")
    day.press(Qt.Key.Key_Escape)
    begin(day, "counter-01")
    assert day.named(QLineEdit, "甲一 For ○").text() == "20"
    assert day.named(QLineEdit, "甲一 Against ×").text() == "2"
    assert day.named(QLineEdit, "甲一 Abstain").text() == "7"


def test_the_second_entry_never_shows_the_first(day: DayWindow) -> None:
    enter_sheet(day, "counter-01", RIGHT)
    begin(day, "counter-02")
    assert day.named(QLineEdit, "甲一 For ○").text() == ""
    assert "20" not in " ".join(
        field.text() for field in day.window.findChildren(QLineEdit) if field.isVisible()
    )


def test_the_same_counter_is_told_that_another_must_enter_it(day: DayWindow) -> None:
    enter_sheet(day, "counter-01", RIGHT)
    day.named(SimpleTable, "Count sheets").setCurrentCell(0, 0)
    day.named(SimpleTable, "Count sheets").setFocus()
    day.enter()
    assert "another counter" in day.strip
    assert len(sheet(day).readings) == 1


def test_a_row_that_does_not_add_up_is_found_while_typing_and_blocks_nothing(day: DayWindow) -> None:
    begin(day, "counter-01")
    day.say("20", "2", "2", "15", "5", "4", "10", "9", "6")
    found = next(one for one in day.window.findChildren(FindingList) if one.isVisible())
    assert "E-301" in " ".join(
        child.accessibleName() for child in found.children() if hasattr(child, "accessibleName")
    )
    day.say("24", "0")
    hand_on(day)
    assert sheet(day).phase is Phase.FIRST
    hand_on(day)
    assert sheet(day).phase is Phase.SECOND


def test_another_name_gets_a_row_of_its_own_and_a_candidate_does_not(day: DayWindow) -> None:
    begin(day, "counter-01")
    day.press(Qt.Key.Key_F7)
    day.write("甲一")
    day.enter()
    day.named(QLineEdit, "Name as voters wrote it; Enter adds it to the sheet").clear()
    day.write("庚六")
    day.enter()
    day.say("3")
    assert sheet(day).readings[0].fields == {"write_in/庚六": 3}


def test_a_sheet_goes_back_with_a_reason(day: DayWindow) -> None:
    enter_sheet(day, "counter-01", RIGHT)
    enter_sheet(day, "counter-02", WRONG)
    begin(day, "supervisor-01")
    day.press(Qt.Key.Key_F8)
    day.say("the paper of another batch was entered")
    assert sheet(day).phase is Phase.PLANNED


def test_a_counter_sees_no_way_to_approve_or_begin(day: DayWindow) -> None:
    day.sign_in("counter-01")
    day.go("count")
    words = [button.text() for button in day.window.page.findChildren(QPushButton) if button.isVisible()]
    assert words == ["Print", "Enter this sheet"]


def test_the_result_is_shown_with_reasons_proposed_and_previewed(day: DayWindow) -> None:
    day.play(acts.count_everything)
    day.go("result")
    page = day.window.page
    assert isinstance(page, ResultPage)
    assert texts(page.people)[0] == "甲一 24 0 0 Elected"
    assert page.banner.sentence == "Valid. All seats are filled."
    day.press(Qt.Key.Key_F6)
    day.enter()
    preview = day.window.findChildren(PrintPreview)[-1]
    assert preview.pdf.startswith(b"%PDF")
    assert preview.count >= 1
    day.press(Qt.Key.Key_Escape)
    page.setFocus()
    day.enter()
    day.sign()
    assert day.read(this_day).phase is DayPhase.DETERMINED


def offered_forms(day: DayWindow) -> list[str]:
    """What the result page offers to print."""
    day.press(Qt.Key.Key_F6)
    forms = day.named(QListWidget, "Which form?")
    names = [forms.item(row).text() for row in range(forms.count())]
    day.press(Qt.Key.Key_Escape)
    return names


def test_the_committee_confirms_at_the_result_and_then_prints_the_notices(day: DayWindow) -> None:
    day.play(acts.count_everything)
    day.play(acts.propose)
    day.sign_in("committee-01")
    day.go("result")
    page = day.window.page
    assert isinstance(page, ResultPage)
    assert page.subtitle.text() == "proposed; the election committee confirms it"
    before = offered_forms(day)
    assert "Public notice" not in before
    assert "Summary over polling stations" in before
    page.setFocus()
    day.enter()
    day.sign()
    assert day.strip == "The result is confirmed. The notices can be printed."
    assert set(day.read(this_day).confirmed) == {"county-1"}
    assert page.subtitle.text() == "confirmed by the election committee"
    assert not page.main.isVisible()
    assert offered_forms(day) == [*before, "Public notice", "Notices of election"]
    day.press(Qt.Key.Key_F6, Qt.Key.Key_End)
    day.enter()
    preview = day.window.findChildren(PrintPreview)[-1]
    assert preview.count == 2  # a letter to each of the two who are elected
    day.press(Qt.Key.Key_Escape)
    page.tabs.setCurrentIndex(1)
    day.idle()
    assert page.subtitle.text() == "proposed; the election committee confirms it"
    assert page.main.isVisible()


def test_nobody_else_is_offered_to_confirm(day: DayWindow) -> None:
    day.play(acts.count_everything)
    day.play(acts.propose)
    day.go("result")
    page = day.window.page
    assert isinstance(page, ResultPage)
    assert page.main.text() == "Go to hand over"


def test_the_result_says_which_round_comes_next_and_who_prepares_it(day: DayWindow) -> None:
    day.play(acts.count_everything)
    day.go("result")
    page = day.window.page
    assert isinstance(page, ResultPage)
    now = day.read(standing)
    sheet = now.sheets["county-1"]
    people = tuple(msgspec.structs.replace(one, standing="fresh") for one in sheet.people)
    short = msgspec.structs.replace(
        sheet, outcome=Outcome.FRESH_ELECTION, seats_left=1, elected=(), people=people
    )
    page.show_now(replace(now, sheets=now.sheets | {"county-1": short}))
    said = visible_text(page)
    assert "Next: Fresh election for one seat; standing: 甲一, 乙二, 丙三." in said
    again = msgspec.structs.replace(short, outcome=Outcome.INVALID_TURNOUT, people=sheet.people)
    page.show_now(replace(now, sheets=now.sheets | {"county-1": again}))
    assert "Next: First ballot, held again for 2 seats." in visible_text(page)
