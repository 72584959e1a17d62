"""A mobile box from the first request to the explanation, by keyboard alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.mobile import MobileBoxes
from pollstation.desktop.widgets.print_preview import PrintPreview
from pollstation.domain.boxes import Box, BoxException, BoxState
from pollstation.domain.visits import Ground, VisitState
from pollstation.services import closing, mobile_boxes, visits
from pollstation.store import StationFile
from pollstation.workplace import Workplace
from tests import acts
from tests.desktop.keys_day import KeysDay
from tests.station import PASSPHRASE, TickingClock, package, session, voter

PAPERS = ("县人民代表大会代表选票 (红)", "镇人民代表大会代表选票 (绿)")
SEALS = "Seal numbers, read on the box by two people"
LIST, REQUESTS = "Mobile boxes", "Requests for the mobile box"
WORD = "on the way 7"


@pytest.fixture
def day(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[KeysDay]:
    made = KeysDay(qtbot, qapp, tmp_path)
    yield made
    made.close()


def box(day: KeysDay) -> Box:
    return day.on_file(lambda file: acts.state_of(file, "S01-M1"))


def request(day: KeysDay) -> visits.VisitLine:
    (one,) = day.on_file(lambda file: file.read(visits.visits))
    return one


def asked_by(*numbers: int) -> Callable[[StationFile], None]:
    """Those voters asked for the box, and it is to come to them."""
    return lambda file: acts.approve_visits(file, *numbers)


def crew_of(*people: str) -> list[str]:
    return [f"工作人员{person}" for person in people]


def send_out(day: KeysDay, ballots: int, *crew: str, seals: str = "0002") -> None:
    day.press("Send out")
    for person in crew_of(*(crew or acts.CREW)):
        day.tick(person)
    for paper in PAPERS:
        day.fill(f"{paper} Taken along", str(ballots))
    day.fill(SEALS, seals)
    day.press("Second person signs")


def take_back(day: KeysDay, blank: int, signed: int, seals: str = "0002") -> None:
    day.press("Take back")
    for paper in PAPERS:
        for column, count in (("Blank", blank), ("Spoilt", 0), ("Signed the list", signed)):
            day.fill(f"{paper} {column}", str(count))
    day.fill(SEALS, seals)
    day.press("Second person signs")
    day.witness()


def serve(day: KeysDay, *numbers: int) -> None:
    day.press("Voters served")
    for number in numbers:
        day.fill("Find a voter", voter(number).card)
        day.enter()
        day.press("Write down as served")
        assert voter(number).name in day.strip
    day.press("Back")


def test_a_request_is_written_down_approved_and_ticked_off(day: KeysDay) -> None:
    day.begin("mobile-boxes", acts.open_day)
    day.press("Requests")
    day.press("New request")
    day.scan(f"PS1:{voter(3).card}")
    day.choose("Ground", "cannot walk")
    day.fill("Place and time wished for (may stay empty)", "10 o'clock, at home")
    day.press("Write request down")
    assert (request(day).visit.ground, request(day).wish) == (Ground.IMMOBILE, "10 o'clock, at home")
    day.press("Approve")
    day.fill("Stop on its route, as a number (may stay empty)", "1")
    day.press("Approve")
    visit = request(day).visit
    assert (visit.state, visit.box, visit.stop) == (VisitState.APPROVED, "S01-M1", 1)
    day.on_file(acts.send_mobile)
    day.press("Served")
    day.press("Write down as served")
    assert request(day).served
    assert day.sees("Requests for the mobile box") or day.main == "New request"


def test_a_request_is_refused_with_its_reason_and_no_officer_decides(day: KeysDay) -> None:
    def ask(file: StationFile) -> None:
        file.write(lambda unit: visits.ask(unit, acts.OFFICER, acts.token(3), Ground.ILL))

    day.begin("mobile-boxes", acts.open_day, ask)
    day.press("Requests (1)")
    day.press("Refuse")
    day.press("Refuse the request")
    assert request(day).open  # not without a reason
    day.fill("Reason", "lives next door")
    day.press("Refuse the request")
    assert request(day).visit.state is VisitState.REFUSED
    day.press("Sign out")
    day.sign_in("officer-01")
    day.go("mobile-boxes")
    assert not day.sees("Refuse")


def test_a_box_goes_out_serves_and_comes_back_complete(day: KeysDay) -> None:
    day.begin("mobile-boxes", acts.open_day, asked_by(3, 4), person="officer-01")
    send_out(day, 5)
    assert box(day).state is BoxState.SEALED  # not before the second person has signed
    day.witness()
    assert box(day).state is BoxState.OUT
    assert day.sees("Crew: 工作人员scrutineer-01, 工作人员scrutineer-02")
    serve(day, 3, 4)
    assert day.on_file(lambda file: acts.record_of(file, 4)).issues[0].box == "S01-M1"
    take_back(day, 3, 2)
    assert box(day).state is BoxState.BACK
    assert not day.sees("not accounted for")
    day.press("Send out again")
    assert day.sees("Mobile box 2 is sent out")
    day.press("Back")


def test_what_does_not_come_back_is_said_at_once_and_explained_by_two_people(day: KeysDay) -> None:
    day.begin("mobile-boxes", acts.open_day, asked_by(3), acts.send_mobile)
    take_back(day, 4, 1, seals="0007")
    assert day.sees("Mobile box 2: seal numbers differ.")
    serve(day, 3)
    day.go("close")
    day.mark("What is still to do", "seal numbers differ")
    day.fill("Explanation", "a digit was misread")
    day.press("Explain the difference")
    day.witness()
    assert box(day).unexplained == ()


def test_a_crew_of_one_is_refused_and_the_form_kept(day: KeysDay) -> None:
    day.begin("mobile-boxes", acts.open_day, person="officer-01")
    send_out(day, 5, "scrutineer-01")
    day.witness("scrutineer-02")
    assert day.sees("Too few scrutineers")
    assert day.field(f"{PAPERS[0]} Taken along").text() == "5"
    assert box(day).state is BoxState.SEALED
    day.tick("工作人员scrutineer-02")
    day.press("Second person signs")
    day.witness()
    assert box(day).crew == acts.CREW


def test_a_figure_left_empty_is_not_taken_for_nothing(day: KeysDay) -> None:
    day.begin("mobile-boxes", acts.open_day, person="officer-01")
    day.press("Send out")
    day.press("Second person signs")
    assert day.sees("A figure is missing.")
    assert day.focus is day.field(f"{PAPERS[0]} Taken along")


def test_who_has_voted_is_not_written_down_again_and_who_did_not_ask_needs_a_reason(day: KeysDay) -> None:
    day.begin("mobile-boxes", acts.open_day, acts.send_mobile, lambda file: acts.vote(file, 3))
    day.press("Voters served")
    day.scan(f"PS1:{voter(3).card}")
    day.press("Write down as served")
    assert day.sees("Already voted at ")
    day.press("Back")
    day.scan(f"PS1:{voter(4).card}")
    day.press("Write down as served")
    assert day.sees("No approved request")
    day.fill("Why this voter was served without an approved request", "asked on the doorstep")
    day.press("Write down as served")
    assert day.on_file(lambda file: acts.record_of(file, 4)).unrequested == "S01-M1"
    day.press("Back")
    assert day.sees("1 voter was served without a request.")


def test_the_route_is_written_down_and_a_time_that_is_none_is_refused(day: KeysDay) -> None:
    day.begin("mobile-boxes", acts.open_day, person="officer-01")
    day.press("Route")
    day.fill("Way (places, in order)", "home for the aged, east village")
    day.fill("To be back at (hours and minutes)", "25:70")
    day.press("Write route down")
    assert day.sees("such as 14:30")
    day.fill("To be back at (hours and minutes)", "23:59")
    day.press("Write route down")
    (line,) = day.on_file(lambda file: file.read(mobile_boxes.mobile_boxes))
    assert line.route == ("home for the aged", "east village")
    assert line.state.due


def test_a_box_is_handed_to_a_new_crew_on_its_way_and_a_damaged_seal_is_said_at_once(day: KeysDay) -> None:
    day.begin("mobile-boxes", acts.open_day, acts.send_mobile, person="officer-01")
    day.press("Hand on")
    day.scan("PSB:S01-M1")
    assert day.focus is day.field("Place")
    day.type("at the bridge")
    day.fill(SEALS, "0002")
    day.tick("A seal is damaged")
    day.tick("Another crew goes on with the box")
    day.tick("工作人员scrutineer-02")
    day.press("Second person signs")
    day.witness()
    assert day.sees("Too few scrutineers")
    assert box(day).crew == acts.CREW
    for person in ("工作人员scrutineer-01", "工作人员officer-02"):
        day.tick(person)
    day.press("Second person signs")
    day.witness()
    state = box(day)
    assert state.crew == ("officer-02", "scrutineer-01", "scrutineer-02")
    assert state.unexplained == (BoxException.SEAL_DAMAGED,)
    assert day.sees("a seal was damaged")
    assert day.sees("at the bridge")
    assert day.sees("New crew: 工作人员officer-02")


def make_file(day: KeysDay, path: Path) -> None:
    day.press("Crew's laptop")
    day.fill("File on the USB drive or laptop of the crew", str(path))
    day.fill("Passphrase of the crew file", WORD)
    day.fill("Passphrase once more", "another")
    day.press("Make the file")
    assert day.sees("not the same")
    day.fill("Passphrase once more", WORD)
    day.press("Make the file")
    day.witness()


def take_in(day: KeysDay, path: Path) -> None:
    day.press("Crew's laptop")
    day.fill("File on the USB drive or laptop of the crew", str(path))
    day.fill("Passphrase of the crew file", WORD)
    day.press("Take the file in")
    day.witness()


def test_a_crew_file_is_made_served_with_and_taken_in(day: KeysDay, tmp_path: Path) -> None:
    day.begin(
        "mobile-boxes",
        acts.open_day,
        asked_by(3, 4),
        acts.send_mobile,
        person="officer-01",
    )
    path = tmp_path / "crew.pollstation"
    make_file(day, path)

    def serve(_file: StationFile) -> None:
        with Workplace.open(path, WORD, TickingClock()) as crew:
            crew.write(
                lambda unit: mobile_boxes.serve(unit, session("scrutineer-01"), "S01-M1", acts.token(3))
            )

    day.on_file(serve)
    take_back(day, 4, 1)
    assert day.sees("the crew's file has not been taken in")
    take_in(day, path)
    assert day.on_file(lambda file: acts.record_of(file, 3)).issues[0].box == "S01-M1"
    assert not day.sees("has not been taken in")


def test_the_crew_serves_live_and_hands_the_box_on_at_its_own_laptop(day: KeysDay, tmp_path: Path) -> None:
    day.begin("mobile-boxes", acts.open_day, asked_by(3, 4), acts.send_mobile)
    path = tmp_path / "crew.pollstation"
    make_file(day, path)
    day.press("Sign out")
    day.change_file(path, WORD)
    day.sign_in("scrutineer-01")
    day.go("mobile-boxes")
    day.press("Voters served")
    day.scan(f"PS1:{voter(3).card}")
    day.press("Write down as served")
    day.press("Back")
    day.press("Hand on")
    assert not day.sees("Another crew goes on with the box")
    day.scan("PSB:S01-M1")
    day.type("east village")
    day.fill(SEALS, "0002")
    day.press("Second person signs")
    day.witness("scrutineer-02")
    day.press("Sign out")
    day.change_file(tmp_path / "day.pollstation", PASSPHRASE)
    day.sign_in("officer-01")
    day.go("mobile-boxes")
    take_in(day, path)
    assert day.sees("east village")
    entries = day.on_file(lambda file: file.read(lambda unit: unit.entries(f"voter:{acts.token(3)}")))
    assert "from_list" not in entries[-1].public  # written on the way, not from the paper list


def test_a_crew_file_that_never_comes_back_blocks_the_close_until_two_people_explain_it(
    day: KeysDay, tmp_path: Path
) -> None:
    day.begin(
        "mobile-boxes",
        acts.open_day,
        asked_by(3),
        acts.send_mobile,
    )
    make_file(day, tmp_path / "crew.pollstation")
    take_back(day, 5, 0)
    day.go("today")
    assert day.sees("the crew's file has not been taken in")
    day.go("close")
    day.mark("What is still to do", "the crew's file has not been taken in")
    assert day.sees("Only if the laptop is lost")
    day.fill("Explanation", "the laptop fell into the canal")
    day.press("Explain the difference")
    day.witness()
    assert not day.sees("the crew's file has not been taken in")
    against = day.on_file(lambda file: file.read(closing.obstacles))
    assert not [each for each in against if "crew-file-open" in str(each.facts)]


def test_papers_and_labels_of_a_box_are_shown_before_they_are_printed(day: KeysDay) -> None:
    day.begin("mobile-boxes", acts.open_day, asked_by(3), acts.send_mobile)
    for button in ("Print", "Labels"):
        day.press(button)
        preview = day.window.findChild(PrintPreview)
        assert preview is not None and preview.isVisible()
        day.key(Qt.Key.Key_Escape)
        QApplication.sendPostedEvents()
        day.settle()
    assert box(day).state is BoxState.OUT


def test_a_station_without_mobile_boxes_does_not_offer_the_duty(day: KeysDay) -> None:
    whole = package()
    fixed = msgspec.structs.replace(whole.plan.station, boxes=whole.plan.station.boxes[:1])
    plan = msgspec.structs.replace(whole.plan, station=fixed, counted=(fixed,))
    day.begin("today", package=msgspec.structs.replace(whole, plan=plan))
    assert "mobile-boxes" not in day.window.rail.shown()


def test_what_is_in_hand_is_said_in_the_language_that_is_spoken(day: KeysDay) -> None:
    day.begin("mobile-boxes", acts.open_day)
    day.press("Route")
    day.key(Qt.Key.Key_F9)
    page = day.window.page
    assert isinstance(page, MobileBoxes)
    assert page.subtitle.text() == "流动票箱 2：路线"
    assert not [one for one in day._seen(QLineEdit) if one.accessibleName().startswith("Way")]
