"""A mobile box goes out, serves, comes back; what does not add up is said at once."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.mobile import MobileBoxes
from pollstation.desktop.tasks import Tasks
from pollstation.domain.boxes import BoxState
from tests import acts
from tests.desktop.desk_kit import AtWork, visible_text
from tests.station import package

Enter = Qt.Key.Key_Return


@pytest.fixture
def at_work(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[AtWork]:
    made = AtWork(qtbot, tasks, tmp_path / "day.pollstation", MobileBoxes)
    yield made
    made.close()


def page_of(at_work: AtWork) -> MobileBoxes:
    page = at_work.window.page
    assert isinstance(page, MobileBoxes)
    return page


def state(at_work: AtWork) -> BoxState:
    return at_work.on_file(lambda file: acts.state_of(file, "S01-M1")).state


def send_out(at_work: AtWork, ballots: int, seals: str = "0002") -> None:
    at_work.press(Enter)
    form = page_of(at_work).dispatch_form
    form.tick(*acts.CREW)
    for field in form.ballots.fields[0].values():
        field.setText(str(ballots))
    form.seals.setText(seals)
    form.seals.setFocus()
    at_work.press(Enter)


def serve(at_work: AtWork, *cards: str) -> None:
    at_work.press(Enter)
    for card in cards:
        at_work.type(card)
        at_work.press(Enter)
        at_work.press(Enter)
    at_work.press(Qt.Key.Key_Escape)


def take_back(at_work: AtWork, blank: int, seals: str = "0002", signed: int = 0) -> None:
    at_work.press(Qt.Key.Key_F8)
    form = page_of(at_work).return_form
    for column, count in enumerate((blank, 0, signed)):
        for field in form.ballots.fields[column].values():
            field.setText(str(count))
    form.seals.setText(seals)
    form.seals.setFocus()
    at_work.press(Enter)
    at_work.sign_as_witness()


def test_a_box_goes_out_serves_and_comes_back_complete(at_work: AtWork) -> None:
    at_work.on_file(lambda file: acts.approve_visits(file, 3, 4))
    send_out(at_work, 5)
    assert state(at_work) is BoxState.SEALED  # not before the second person has signed
    at_work.sign_as_witness()
    assert state(at_work) is BoxState.OUT
    serve(at_work, "C000003", "C000004")
    assert at_work.on_file(lambda file: acts.record_of(file, 4)).issues[0].box == "S01-M1"
    assert "Blank ballots it still carries" in visible_text(page_of(at_work))
    take_back(at_work, 3, signed=2)
    assert state(at_work) is BoxState.BACK
    assert not page_of(at_work).banner.isVisible()
    assert page_of(at_work).custody.rowCount() == 4  # sealed, route planned, out, back


def test_ballots_that_do_not_come_back_are_said_at_once_with_what_to_do(at_work: AtWork) -> None:
    at_work.on_file(lambda file: acts.approve_visits(file, 3))
    at_work.on_file(lambda file: acts.send_mobile(file, 5))
    at_work.window.changed({"box:S01-M1"})
    at_work.settle()
    take_back(at_work, 4, signed=1)
    page = page_of(at_work)
    assert page.banner.sentence == "Mobile box 2: 2 ballots not accounted for."
    assert "Write down every voter who signed the list" in visible_text(page.banner)
    serve(at_work, "C000003")
    assert not page.banner.isVisible()  # one signature, one voter, one ballot of each paper


def test_another_seal_number_is_said_at_once(at_work: AtWork) -> None:
    at_work.on_file(lambda file: acts.send_mobile(file, 5))
    at_work.window.changed({"box:S01-M1"})
    at_work.settle()
    take_back(at_work, 5, seals="0007")
    assert "seal numbers differ" in page_of(at_work).banner.sentence


def test_a_crew_of_one_is_refused_and_the_form_kept(at_work: AtWork) -> None:
    at_work.press(Enter)
    form = page_of(at_work).dispatch_form
    form.tick("scrutineer-01")
    for field in form.ballots.fields[0].values():
        field.setText("5")
    form.seals.setText("0002")
    form.seals.setFocus()
    at_work.press(Enter)
    at_work.sign_as_witness("scrutineer-02")
    assert "Too few scrutineers" in page_of(at_work).banner.sentence
    assert form.ballots.counts() == {"county-1": 5, "town-1": 5}
    assert state(at_work) is BoxState.SEALED


def test_a_figure_left_empty_is_not_taken_for_nothing(at_work: AtWork) -> None:
    at_work.press(Enter)
    form = page_of(at_work).dispatch_form
    form.seals.setFocus()
    at_work.press(Enter)
    assert page_of(at_work).banner.sentence == "A figure is missing."
    assert form.ballots.fields[0]["county-1"].hasFocus()


def test_who_has_voted_is_not_written_down_again(at_work: AtWork) -> None:
    at_work.on_file(lambda file: acts.send_mobile(file, 5))
    at_work.on_file(lambda file: acts.vote(file, 3))
    at_work.window.changed({"box:S01-M1"})
    at_work.settle()
    at_work.press(Enter)
    at_work.type("C000003")
    at_work.press(Enter)
    at_work.press(Enter)
    assert page_of(at_work).serve.banner.sentence.startswith("Already voted at ")


def test_a_station_without_mobile_boxes_says_so(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    whole = package()
    fixed = msgspec.structs.replace(whole.plan.station, boxes=whole.plan.station.boxes[:1])
    plan = msgspec.structs.replace(whole.plan, station=fixed, counted=(fixed,))
    at_work = AtWork(
        qtbot,
        tasks,
        tmp_path / "day.pollstation",
        MobileBoxes,
        before=lambda _file: None,
        package=msgspec.structs.replace(whole, plan=plan),
    )
    assert "This station has no mobile box." in visible_text(page_of(at_work))
    at_work.close()
