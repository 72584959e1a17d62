"""Every duty of the voting day that has no day of its own elsewhere, by keyboard alone."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.outage import OutagePage
from pollstation.desktop.pages.turnout import TurnoutPage
from pollstation.domain.accounts import Standing
from pollstation.domain.day import DayPhase
from pollstation.services import closing, proxies, stock
from pollstation.services.guards import this_day
from pollstation.services.proxies import ProxyState
from pollstation.store import StationFile
from tests import acts
from tests.desktop.keys_day import KeysDay
from tests.station import person_passphrase, voter

PAPERS = ("县人民代表大会代表选票 (红)", "镇人民代表大会代表选票 (绿)")
TASKS = "What is still to do"


@pytest.fixture
def day(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[KeysDay]:
    made = KeysDay(qtbot, qapp, tmp_path)
    yield made
    made.close()


def votes(day: KeysDay, number: int) -> tuple[str, ...]:
    return day.on_file(lambda file: acts.record_of(file, number)).contests


def standings(day: KeysDay) -> set[Standing]:
    return {line.standing for line in day.on_file(lambda file: file.read(closing.account))}


# Check-in


def test_a_voter_takes_one_of_two_ballots_now_and_the_other_one_later(day: KeysDay) -> None:
    day.begin("check-in", acts.open_day, person="officer-01")
    day.scan(f"PS1:{voter(3).card}")
    day.keys_of("Ctrl+1")
    assert day.sees(f"1 ballot in all; not now: {PAPERS[0]}")
    day.keys_of("Ctrl+1")  # after all
    assert day.main == "Issue 2 ballots"
    day.keys_of("Ctrl+2")
    day.press("Issue 1 ballot")
    assert votes(day, 3) == ("county-1",)
    assert standings(day) == {Standing.HOLDS}
    day.scan(f"PS1:{voter(4).card}")
    day.press("Issue 2 ballots")
    day.scan(f"PS1:{voter(3).card}")
    day.press("Issue 1 ballot")
    assert votes(day, 3) == ("county-1", "town-1")
    assert standings(day) == {Standing.HOLDS}
    assert day.on_file(lambda file: file.read(lambda unit: unit.total("participants/in_person"))) == 2


def test_nothing_is_issued_to_a_voter_who_takes_no_ballot_at_all(day: KeysDay) -> None:
    day.begin("check-in", acts.open_day, person="officer-01")
    day.scan(f"PS1:{voter(3).card}")
    for key in ("Ctrl+1", "Ctrl+2"):
        day.keys_of(key)
    day.enter()
    assert votes(day, 3) == ()
    day.press("Not this voter")


def test_whoever_types_is_signed_out_and_finds_everything_as_they_left_it(day: KeysDay) -> None:
    day.begin("stock", acts.open_day, person="officer-01")
    day.fill("On the packing slip", "12")
    day.press("Lock")
    assert not day.sees("Stock")
    day.press("Another person signs in")
    day.sign_in("supervisor-01")
    assert day.window.page.duty == "today"
    day.go("incidents")
    day.press("Sign out")
    day.sign_in("officer-01")
    assert day.window.page.duty == "stock"
    assert day.field("On the packing slip").text() == "12"
    kinds = day.on_file(lambda file: file.read(lambda unit: [each.kind for each in unit.entries()]))
    assert kinds[-4:] == ["signed-out", "signed-in", "signed-out", "signed-in"]


def test_a_signature_under_way_is_given_up_when_another_person_signs_in(day: KeysDay) -> None:
    day.begin("stock", acts.open_day, person="officer-01")
    day.fill("On the packing slip", "10")
    day.fill("Counted by two people", "10")
    day.press("Count these ballots in")
    day.window.lock()  # the wait was too long
    day.press("Another person signs in")
    day.sign_in("officer-02")
    day.go("stock")
    assert not day.sees("A second person signs")
    assert day.on_file(lambda file: file.read(stock.stock))[0].received == 40


# Proxies


def states(day: KeysDay) -> list[ProxyState]:
    return [line.state for line in day.on_file(lambda file: file.read(proxies.authorities))]


def apply(day: KeysDay, principal: int, holder: int) -> None:
    day.press("New authority")
    for number in (principal, holder):
        day.scan(f"PS1:{voter(number).card}")
    day.press("Write authority down")


def test_an_authority_is_asked_for_consented_to_refused_and_taken_back(day: KeysDay) -> None:
    day.begin("proxies", acts.open_day)
    apply(day, 3, 4)
    apply(day, 5, 4)
    day.mark("Written authorities", voter(3).name)
    day.press("Committee consents")
    day.fill("Number of the committee's consent", "17")
    day.press("Write consent down")
    day.mark("Written authorities", "P-0002")
    day.press("Committee refuses")
    day.mark("Reason", "The letter is incomplete")
    day.fill("Number of the decision", "18")
    day.press("Write refusal down")
    assert states(day) == [ProxyState.GIVEN, ProxyState.DECLINED]
    day.mark("Written authorities", "P-0001")
    day.press("Take back")
    day.mark("Reason", "The voter wishes it")
    day.press("Take back")
    assert states(day) == [ProxyState.DECLINED]


# Stock


def test_stock_is_received_damaged_handed_on_moved_and_corrected(day: KeysDay) -> None:
    day.begin("stock", acts.open_day, person="officer-01")
    day.fill("On the packing slip", "10")
    day.fill("Counted by two people", "10")
    day.press("Count these ballots in")
    day.witness()
    for fields, main in (
        ({"How many": "2", "Reason": "wet"}, "Take the damaged ballots out"),
        (
            {"How many": "5", "Handed to": "S02", "Reason": "few"},
            "Hand these ballots on",
        ),
        ({"How many": "8", "To desk": "Desk 2"}, "Move these ballots"),
        ({"What it should say in all": "51", "Reason": "miscounted"}, "Correct this figure"),
    ):
        while not day.sees(main):
            day.into(day.chosen_option())
            day.key(Qt.Key.Key_Right)
        if main == "Correct this figure":
            day.choose("Which figure is wrong", "received")
        for name, text in fields.items():
            day.fill(name, text)
        day.press(main)
        day.witness()
    line = day.on_file(lambda file: file.read(stock.stock))[0]
    assert (line.received, line.damaged, line.transferred, line.desks) == (51, 2, 5, {"Desk 2": 8})


# Incidents, interruption


def test_an_incident_is_written_down_and_the_voting_interrupted_and_resumed(day: KeysDay) -> None:
    day.begin("incidents", acts.open_day)
    day.fill_area("What happened", "the power failed")
    day.fill("What was done (may stay empty)", "candles")
    day.press("Write it down")
    assert day.sees("the power failed")
    day.fill("Why the voting is interrupted", "no light")
    day.press("Interrupt the voting")
    assert day.on_file(lambda file: file.read(this_day)).paused
    day.press("Go on with the voting")
    assert not day.on_file(lambda file: file.read(this_day)).paused


# Closing and reopening


def test_the_voting_is_closed_with_an_explained_difference_and_opened_again(day: KeysDay) -> None:
    def all_but_one(file: StationFile) -> None:
        acts.vote(file, 3)
        acts.close_boxes(file)
        for line in file.read(stock.stock):
            count = line.on_hand - (line.contest == "town-1")
            file.write(
                partial(
                    stock.cancel_unused, by=acts.BOSS, witness=acts.WITNESS, contest=line.contest, count=count
                )
            )

    day.begin("close", acts.open_day, all_but_one)
    day.fill("Explanation", "one was torn and burnt")
    day.press("Explain the difference")
    day.witness()
    day.press("Close the voting")
    day.witness()
    assert day.on_file(lambda file: file.read(this_day)).phase is DayPhase.CLOSED
    day.press("Open the voting again")
    day.fill("Seals that stay on the fixed box", "0001")
    day.fill("Reason", "a voter waited outside")
    day.press("Open the voting again")
    day.witness()
    assert day.on_file(lambda file: file.read(this_day)).phase is DayPhase.OPEN


# Outage


def to_outage(day: KeysDay) -> OutagePage:
    day.go("today")
    day.press("If the laptop fails")
    page = day.window.page
    assert isinstance(page, OutagePage)
    return page


def test_a_card_scanned_on_the_outage_page_is_the_next_line_and_issues_nothing(day: KeysDay) -> None:
    day.begin("today", acts.open_day)
    day.clock.time += timedelta(hours=1)
    at = f"{day.clock.time.astimezone() - timedelta(minutes=30):%H%M}"
    page = to_outage(day)
    assert [duty for duty, button in day.window.rail._duties.items() if button.isChecked()] == []
    day.fill("Where it stands on paper, such as: paper register page 3", "page 3")
    day.scan(f"PS1:{voter(3).card}")
    assert day.window.page is page
    assert day.focus is day.field("Time on the paper")
    day.type(at)
    day.press("Take this line")
    day.scan(f"PS1:{voter(4).card}")
    day.type(at)
    day.press("Take this line")
    day.into_button("Leave out")
    day.key(Qt.Key.Key_Space)
    assert [each.line.token for each in page.paper.lines] == [voter(3).token]
    day.press("Sign 1 line")
    day.witness()
    assert votes(day, 3) == ("county-1", "town-1")
    assert votes(day, 4) == ()


# Turnout and journal


def test_the_turnout_is_read_out_and_the_rail_marks_no_other_page(day: KeysDay) -> None:
    day.begin("today", acts.open_day, lambda file: acts.vote(file, 3))
    day.press("Turnout")
    page = day.window.page
    assert isinstance(page, TurnoutPage)
    assert not any(button.isChecked() for button in day.window.rail._duties.values())
    day.press("Copy the sentence")
    assert QApplication.clipboard().text() == page.sentence.text()
    day.key(Qt.Key.Key_Escape)
    assert day.window.page.duty == "today"
    assert day.window.rail._duties["today"].isChecked()


def test_the_journal_is_filtered_and_checked(day: KeysDay) -> None:
    day.begin("journal", acts.open_day, lambda file: acts.vote(file, 3))
    day.choose("Person", "officer-01")
    day.press("Check the chain")
    assert day.sees("officer-01")


# The morning


def test_the_opening_is_done_by_the_keys_that_are_drawn(day: KeysDay) -> None:
    day.begin("opening")
    day.press("Tick the next line")
    day.press("Next step")
    day.press("Step before")
    assert day.main == "Tick the next line"
    assert person_passphrase("scrutineer-01") not in [each.text() for each in day._seen(QLineEdit)]
