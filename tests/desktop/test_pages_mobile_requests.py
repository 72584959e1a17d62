"""Requests, routes, hand-overs and the crew's laptop, worked by keys alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.mobile import MobileBoxes
from pollstation.desktop.tasks import Tasks
from pollstation.desktop.widgets.print_preview import PrintPreview
from pollstation.domain.boxes import BoxException, BoxState
from pollstation.domain.visits import Ground, VisitState
from pollstation.services import mobile_boxes, visits
from pollstation.store import StationFile
from pollstation.workplace import Workplace
from tests import acts
from tests.desktop.desk_kit import AtWork, cell, visible_text
from tests.station import TickingClock, session

Enter, Tab, Escape = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape
WORD = "on the way 7"


@pytest.fixture
def open_page(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Callable[..., AtWork]]:
    made: list[AtWork] = []

    def make(person: str = "supervisor-01", *before: Callable[[StationFile], object]) -> AtWork:
        def prepare(file: StationFile) -> None:
            acts.open_day(file)
            for act in before:
                act(file)

        at_work = AtWork(
            qtbot, tasks, tmp_path / "day.pollstation", MobileBoxes, person=person, before=prepare
        )
        made.append(at_work)
        return at_work

    yield make
    for one in made:
        one.close()


def page_of(at_work: AtWork) -> MobileBoxes:
    page = at_work.window.page
    assert isinstance(page, MobileBoxes)
    return page


def requests(at_work: AtWork) -> list[visits.VisitLine]:
    return at_work.on_file(lambda file: file.read(visits.visits))


def say(at_work: AtWork, *fields: str) -> None:
    """Type each text into its field; Tab goes on."""
    for text in fields:
        if text:
            at_work.type(text)
        at_work.press(Tab)


def test_a_request_is_written_down_approved_and_ticked_off(open_page: Callable[..., AtWork]) -> None:
    at_work = open_page()
    at_work.press(Qt.Key.Key_F2)
    at_work.press(Enter)
    at_work.type("C000003")
    at_work.press(Enter)
    at_work.press(Qt.Key.Key_Down)  # the second ground
    at_work.press(Tab)
    say(at_work, "", "10 o'clock, at home")
    at_work.press(Enter)
    (one,) = requests(at_work)
    assert (one.visit.ground, one.wish) == (Ground.IMMOBILE, "10 o'clock, at home")
    at_work.press(Enter)  # approve
    at_work.press(Tab)
    at_work.type("1")
    at_work.press(Enter)
    (one,) = requests(at_work)
    assert (one.visit.state, one.visit.box, one.visit.stop) == (VisitState.APPROVED, "S01-M1", 1)
    at_work.on_file(acts.send_mobile)
    at_work.window.changed({"*"})
    at_work.settle()
    at_work.press(Enter)  # served: the voter stands there
    at_work.press(Enter)
    assert requests(at_work)[0].served
    assert not page_of(at_work).serve.reason.isVisible()


def test_a_request_is_refused_with_its_reason(open_page: Callable[..., AtWork]) -> None:
    def ask(file: StationFile) -> None:
        file.write(lambda unit: visits.ask(unit, acts.OFFICER, acts.token(3), Ground.ILL))

    at_work = open_page("supervisor-01", ask)
    at_work.press(Qt.Key.Key_F2)
    at_work.press(Qt.Key.Key_F8)
    at_work.press(Enter)
    assert requests(at_work)[0].open  # not without a reason
    at_work.type("lives next door")
    at_work.press(Enter)
    assert requests(at_work)[0].visit.state is VisitState.REFUSED


def test_an_officer_writes_requests_down_and_does_not_decide_them(open_page: Callable[..., AtWork]) -> None:
    def ask(file: StationFile) -> None:
        file.write(lambda unit: visits.ask(unit, acts.OFFICER, acts.token(3), Ground.ILL))

    at_work = open_page("officer-01", ask)
    at_work.press(Qt.Key.Key_F2)
    view = page_of(at_work).requests
    assert view.main.text() == "New request"
    assert not view.refuse.isVisible()


def test_who_did_not_ask_is_written_down_with_the_reason(open_page: Callable[..., AtWork]) -> None:
    at_work = open_page("officer-01", acts.send_mobile)
    at_work.press(Enter)
    at_work.type("C000003")
    at_work.press(Enter)
    at_work.press(Enter)
    assert "No approved request" in page_of(at_work).serve.banner.sentence
    at_work.type("asked on the doorstep")
    at_work.press(Enter)
    assert at_work.on_file(lambda file: acts.record_of(file, 3)).unrequested == "S01-M1"
    at_work.press(Escape)
    assert "1 voter was served without a request." in visible_text(page_of(at_work))


def test_the_route_is_written_down_and_a_time_that_is_none_is_refused(
    open_page: Callable[..., AtWork],
) -> None:
    at_work = open_page("officer-01")
    at_work.press(Qt.Key.Key_F4)
    form = page_of(at_work).route_form
    form.fields.way.clear()
    say(at_work, "home for the aged, east village")
    at_work.type("25:70")
    at_work.press(Enter)
    assert "such as 14:30" in visible_text(form)
    form.fields.due.setText("23:59")
    at_work.press(Enter)
    line = at_work.on_file(lambda file: file.read(mobile_boxes.mobile_boxes))[0]
    assert line.route == ("home for the aged", "east village")
    assert line.state.due


def test_a_box_is_handed_on_by_two_people_and_a_damaged_seal_is_said_at_once(
    open_page: Callable[..., AtWork],
) -> None:
    at_work = open_page("officer-01", acts.send_mobile)
    at_work.press(Qt.Key.Key_F5)
    say(at_work, "2", "at the bridge", "", "0002")
    at_work.press(Qt.Key.Key_Space)
    at_work.press(Enter)
    at_work.sign_as_witness()
    state = at_work.on_file(lambda file: acts.state_of(file, "S01-M1"))
    assert state.unexplained == (BoxException.SEAL_DAMAGED,)
    assert "a seal was damaged" in page_of(at_work).banner.sentence
    table = page_of(at_work).custody
    assert "at the bridge" in "".join(cell(table, row, 2) for row in range(table.rowCount()))


def test_the_label_of_a_box_may_be_scanned(open_page: Callable[..., AtWork]) -> None:
    at_work = open_page("officer-01", acts.send_mobile)
    at_work.press(Qt.Key.Key_F5)
    page = page_of(at_work)
    assert page.wants_scan("PSB:S01-M1")
    page.scanned("PSB:S01-M1")
    assert page.hand_over_form.label.text() == "S01-M1"
    assert page.hand_over_form.place.hasFocus()


def test_a_scanned_voter_card_is_taken_where_voters_are_written_down(
    open_page: Callable[..., AtWork],
) -> None:
    at_work = open_page("officer-01", lambda file: acts.approve_visits(file, 3), acts.send_mobile)
    page = page_of(at_work)
    assert not page.wants_scan("PS1:C000003")
    at_work.press(Enter)
    assert page.wants_scan("PS1:C000003")
    page.scanned("PS1:C000003")
    at_work.settle()
    at_work.press(Enter)
    assert at_work.on_file(lambda file: acts.record_of(file, 3)).issues


def test_a_crew_file_is_made_and_taken_in(open_page: Callable[..., AtWork], tmp_path: Path) -> None:
    at_work = open_page("officer-01", lambda file: acts.approve_visits(file, 3, 4), acts.send_mobile)
    path = tmp_path / "crew.pollstation"
    at_work.press(Qt.Key.Key_F3)
    say(at_work, str(path), WORD)
    at_work.type("another")
    at_work.press(Enter)
    assert "not the same" in visible_text(page_of(at_work).crew_file)
    page_of(at_work).crew_file.again.setText(WORD)
    at_work.press(Enter)
    at_work.sign_as_witness()
    assert path.exists()

    def serve(_file: StationFile) -> None:
        with Workplace.open(path, WORD, TickingClock()) as crew:
            crew.write(
                lambda unit: mobile_boxes.serve(unit, session("scrutineer-01"), "S01-M1", acts.token(3))
            )

    at_work.on_file(serve)
    at_work.press(Qt.Key.Key_F3)
    say(at_work, str(path))
    at_work.type(WORD)
    at_work.press(Enter)
    at_work.sign_as_witness()
    assert at_work.on_file(lambda file: acts.record_of(file, 3)).issues[0].box == "S01-M1"
    row = page_of(at_work).boxes.current_row()
    assert row is not None and row.below.startswith("1 voter served")


def test_the_papers_of_a_box_are_shown_before_they_are_printed(open_page: Callable[..., AtWork]) -> None:
    at_work = open_page("officer-01", lambda file: acts.approve_visits(file, 3), acts.send_mobile)
    at_work.press(Qt.Key.Key_F7)
    at_work.settle()
    preview = at_work.window.findChild(PrintPreview)
    assert preview is not None and preview.isVisible()
    QApplication.processEvents()
    at_work.press(Escape)
    assert at_work.on_file(lambda file: acts.state_of(file, "S01-M1")).state is BoxState.OUT
