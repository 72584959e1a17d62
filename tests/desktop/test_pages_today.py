"""Today: where the day stands, in every phase."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.today import Today
from pollstation.desktop.pages.today_state import TodayState, see_today, turnout
from pollstation.desktop.tasks import Tasks
from pollstation.services import determining
from pollstation.store import StationFile
from tests import acts
from tests.desktop.desk_kit import AtWork, cell, visible_text
from tests.station import village

Start = Callable[..., AtWork]


@pytest.fixture
def start(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Start:
    def made(before: Callable[[StationFile], object], person: str = "supervisor-01") -> AtWork:
        return AtWork(qtbot, tasks, tmp_path / "day.pollstation", Today, before=before, person=person)

    return made


def page_of(at_work: AtWork) -> Today:
    page = at_work.window.page
    assert isinstance(page, Today)
    return page


def things_to_do(at_work: AtWork) -> list[str]:
    table = page_of(at_work).to_do
    return [cell(table, row, 1) for row in range(table.rowCount())]


def voting(file: StationFile) -> None:
    acts.open_day(file)
    acts.vote(file, *range(1, 18))


def test_before_the_opening_its_steps_are_to_do(start: Start) -> None:
    at_work = start(lambda _file: None)
    assert things_to_do(at_work)[0] == "Checklist"
    assert "Prepared, not opened" in visible_text(page_of(at_work))
    at_work.close()


def test_one_glance_says_how_many_voted_and_that_they_are_more_than_half(start: Start) -> None:
    at_work = start(voting)
    assert page_of(at_work).figure.accessibleName() == "Voted 17 / 30 voters    56.7 % more than half"
    at_work.close()


def test_the_account_of_every_ballot_paper_can_be_seen(start: Start) -> None:
    at_work = start(voting)
    page = page_of(at_work)
    assert page.contests.count() == 2
    assert "in person 17" in visible_text(page.account)
    page.contests.setCurrentIndex(1)
    at_work.settle()
    assert "in person 16" in visible_text(page.account)  # the tenth voter has no township ballot
    at_work.close()


def test_a_box_on_its_way_is_a_caution_that_leads_to_its_page(start: Start) -> None:
    def sent(file: StationFile) -> None:
        voting(file)
        acts.send_mobile(file)

    at_work = start(sent)
    wanted: list[str] = []
    page = page_of(at_work)
    page.wanted.disconnect()
    page.wanted.connect(wanted.append)
    assert things_to_do(at_work)[0] == "Mobile box 2 is out."
    page.to_do.taken.emit(0)
    assert wanted == ["mobile-boxes"]
    at_work.close()


def test_what_was_lost_stands_among_the_things_to_do_and_at_its_tab(start: Start) -> None:
    def short(file: StationFile) -> None:
        voting(file)
        acts.send_mobile(file)
        acts.return_mobile(file, {"county-1": 4, "town-1": 5})

    at_work = start(short)
    assert things_to_do(at_work)[0].endswith("Taken along by mobile box 2 does not agree.")
    assert page_of(at_work).contests.tabText(0).endswith("differs")
    assert not page_of(at_work).contests.tabText(1).endswith("differs")
    at_work.close()


def test_every_phase_up_to_the_result_says_what_comes_next(start: Start) -> None:
    def all_day(file: StationFile) -> None:
        voting(file)
        acts.close_day(file)

    at_work = start(all_day)
    page = page_of(at_work)
    assert things_to_do(at_work) == ["Open the boxes and begin the count."]
    at_work.on_file(acts.open_boxes)
    page.tell({"*"})
    at_work.settle()
    assert things_to_do(at_work)[0].startswith("Count sheets approved: 0 of ")
    at_work.on_file(acts.count_everything)
    page.tell({"*"})
    at_work.settle()
    assert "Every sheet is approved: propose the result." in things_to_do(at_work)
    at_work.on_file(acts.propose)
    page.tell({"*"})
    at_work.settle()
    assert things_to_do(at_work) == ["Sign the result sheets, then hand over."]
    at_work.close()


def test_a_village_is_reminded_to_read_the_result_out(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    def all_day(file: StationFile) -> None:
        voting(file)
        acts.close_day(file)
        acts.open_boxes(file)
        acts.count_everything(file)
        acts.propose(file)

    at_work = AtWork(
        qtbot,
        tasks,
        tmp_path / "day.pollstation",
        Today,
        person="supervisor-01",
        before=all_day,
        package=village(),
    )
    assert things_to_do(at_work)[0] == "Read the result out, and release it to the room."
    at_work.on_file(lambda file: file.write(lambda unit: determining.release(unit, acts.BOSS)))
    page_of(at_work).tell({"*"})
    at_work.settle()
    assert things_to_do(at_work) == ["Sign the result sheets, then hand over."]
    at_work.close()


def test_the_curve_runs_over_the_hours_of_this_clock(start: Start) -> None:
    at_work = start(voting)
    state: TodayState = at_work.on_file(lambda file: file.read(see_today))
    curve = turnout(state)
    opened = datetime(2026, 12, 6, tzinfo=UTC).astimezone()
    assert curve.points[0] == (opened.hour * 60, 0)
    assert curve.points[-1][1] == 17
    assert curve.needed == 16
    assert curve.opens <= curve.points[0][0] <= curve.points[-1][0] <= curve.closes
    at_work.close()


def test_the_page_changes_its_language(start: Start) -> None:
    at_work = start(voting)
    at_work.window.speak("zh_CN")
    at_work.settle()
    shown = visible_text(page_of(at_work))
    assert "待处理" in shown
    assert "为到场选民验证发票。" in things_to_do(at_work)
    at_work.close()
