"""The desk: scan, Enter: issued; and everything that must not be issued."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.check_in import CheckIn
from pollstation.desktop.tasks import Tasks
from pollstation.desktop.theme import Theme
from pollstation.desktop.widgets.ballot_chips import BallotChips
from pollstation.services import proxies
from pollstation.store import StationFile
from tests import acts
from tests.desktop.desk_kit import CTRL, AtWork, visible_text
from tests.station import package, village, voter

Enter, Escape = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def at_work(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[AtWork]:
    made = AtWork(qtbot, tasks, tmp_path / "day.pollstation", CheckIn)
    yield made
    made.close()


def page_of(at_work: AtWork) -> CheckIn:
    page = at_work.window.page
    assert isinstance(page, CheckIn)
    return page


def votes(at_work: AtWork, number: int) -> tuple[str, ...]:
    return at_work.on_file(lambda file: acts.record_of(file, number).contests)


def scan(at_work: AtWork, code: str) -> None:
    page_of(at_work).scanned(code)
    at_work.settle()


def test_a_scan_and_one_enter_issue_every_ballot(at_work: AtWork) -> None:
    scan(at_work, "PS1:C000003")
    assert votes(at_work, 3) == ()
    at_work.press(Enter)
    assert votes(at_work, 3) == ("county-1", "town-1")
    assert "2 ballots issued" in at_work.window.strip.text
    assert page_of(at_work).search.edit.hasFocus()


def test_a_villager_receives_three_ballots_told_apart_by_their_posts(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    at_work = AtWork(qtbot, tasks, tmp_path / "day.pollstation", CheckIn, package=village())
    at_work.window.resize(1024, 640)
    for language, titles in (
        ("en", ["Chair ballot", "Vice-chair ballot", "Member ballot"]),
        ("zh_CN", ["主任票", "副主任票", "委员票"]),
    ):
        at_work.window.speak(language)
        scan(at_work, "PS1:C000003")
        chips = page_of(at_work).person.findChildren(BallotChips)[0].children()[1:]
        named = [chip.accessibleName() for chip in chips if isinstance(chip, QWidget)]
        assert [name.partition(title)[1] for name, title in zip(named, titles, strict=True)] == titles
    at_work.press(Enter)
    assert votes(at_work, 3) == ("chair", "vice", "member")
    at_work.close()


def test_letters_and_two_enters_issue(at_work: AtWork) -> None:
    at_work.type("liuw")
    assert "刘伟" in page_of(at_work).person.person.accessibleName()
    at_work.press(Enter)
    assert votes(at_work, 3) == ()
    at_work.press(Enter)
    assert votes(at_work, 3) == ("county-1", "town-1")
    assert page_of(at_work).search.text == ""


def test_an_enter_pressed_before_the_answer_takes_nobody_from_the_answer_before(at_work: AtWork) -> None:
    page, edit = page_of(at_work), page_of(at_work).search.edit
    at_work.type("l")  # many; the first of them is marked
    QTest.keyClicks(edit, "iuwei")
    QTest.keyClick(edit, Enter)
    at_work.settle()
    assert "刘伟" in page.person.person.accessibleName()
    assert page.issue.text() == "Issue 2 ballots"
    assert votes(at_work, 3) == ()


def test_who_has_voted_is_told_when_and_where_and_gets_nothing(at_work: AtWork) -> None:
    at_work.on_file(lambda file: acts.vote(file, 3))
    scan(at_work, "C000003")
    page = page_of(at_work)
    assert page.banner.sentence.startswith("Already voted at ")
    assert "desk S01-" in page.banner.sentence
    assert not page.issue.isVisible()
    at_work.press(Enter)  # on "Not this voter"
    assert page.search.edit.hasFocus()
    assert len(at_work.on_file(lambda file: acts.record_of(file, 3)).issues) == 2


def test_an_invented_card_is_said_to_be_none_of_this_register(at_work: AtWork) -> None:
    scan(at_work, "PS1:C999999")
    assert "C999999" in page_of(at_work).banner.sentence
    assert page_of(at_work).banner.isVisible()


def test_a_voter_of_one_contest_gets_one_ballot_and_sees_why(at_work: AtWork) -> None:
    scan(at_work, "C000010")
    page = page_of(at_work)
    assert page.issue.text() == "Issue 1 ballot"
    at_work.press(Enter)
    assert votes(at_work, 10) == ("county-1",)


def test_namesakes_are_told_apart_before_anybody_is_taken(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    at_work = AtWork(qtbot, tasks, tmp_path / "day.pollstation", CheckIn, package=package(110))
    at_work.type("liuwei")
    texts = [row.beside for row in page_of(at_work).search._rows]
    assert texts == [f"female    {voter(number).birth}" for number in (3, 103)]
    assert "2 voters of the same name" in visible_text(page_of(at_work))
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Enter)
    at_work.press(Enter)
    assert (votes(at_work, 3), votes(at_work, 103)) == ((), ("county-1", "town-1"))
    at_work.close()


def test_a_spoilt_ballot_is_replaced_from_the_voter_with_s_a_reason_and_enter(at_work: AtWork) -> None:
    at_work.on_file(lambda file: acts.vote(file, 3))
    scan(at_work, "C000003")
    at_work.press(Qt.Key.Key_S)
    at_work.press(Qt.Key.Key_2)  # the township ballot
    at_work.press(Enter)
    at_work.press(Qt.Key.Key_2)
    at_work.press(Enter)
    assert at_work.on_file(lambda file: acts.record_of(file, 3)).replaced == {"town-1": 1}
    assert "taken back, another one issued" in at_work.window.strip.text


def test_what_was_just_issued_is_replaced_from_the_strip(at_work: AtWork) -> None:
    scan(at_work, "C000010")
    at_work.press(Enter)
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.press(Enter)  # one ballot only, so the reason is asked at once
    assert at_work.on_file(lambda file: acts.record_of(file, 10)).replaced == {"county-1": 1}


def test_taking_back_needs_a_reason_and_a_second_person(at_work: AtWork) -> None:
    scan(at_work, "C000003")
    at_work.press(Enter)
    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.press(Enter)
    at_work.sign_as_witness(passphrase="wrong")
    assert votes(at_work, 3) == ("county-1", "town-1")
    at_work.sign_as_witness()
    assert votes(at_work, 3) == ()
    assert "2 ballots of 刘伟 taken back" in at_work.window.strip.text
    scan(at_work, "C000003")
    assert page_of(at_work).issue.text() == "Issue 2 ballots"


def test_a_proxy_gets_a_ballot_for_another_only_once_the_letter_was_seen(at_work: AtWork) -> None:
    def authorise(file: StationFile) -> None:
        file.write(
            lambda unit: proxies.authorise(
                unit, acts.BOSS, acts.token(4), acts.token(3), consent="12", reason="away"
            )
        )

    at_work.on_file(authorise)
    scan(at_work, "C000003")
    page = page_of(at_work)
    assert page.issue.text() == "Issue 2 ballots"
    at_work.press(Qt.Key.Key_F7)
    assert page.issue.text() == "Issue 4 ballots"
    at_work.press(Enter)
    assert votes(at_work, 3) == votes(at_work, 4) == ("county-1", "town-1")
    scan(at_work, "C000004")
    assert page.banner.sentence.startswith("A proxy already voted for this voter")


def test_who_gave_authority_is_not_issued_a_ballot_in_person(at_work: AtWork) -> None:
    at_work.on_file(
        lambda file: file.write(
            lambda unit: proxies.authorise(
                unit, acts.BOSS, acts.token(4), acts.token(3), consent="12", reason="away"
            )
        )
    )
    scan(at_work, "C000004")
    assert "刘伟" in page_of(at_work).banner.sentence
    assert not page_of(at_work).issue.isVisible()


def test_before_the_opening_the_page_says_so(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> None:
    at_work = AtWork(qtbot, tasks, tmp_path / "day.pollstation", CheckIn, before=lambda _file: None)
    scan(at_work, "C000003")
    assert "prepared, not opened" in page_of(at_work).banner.sentence
    assert not page_of(at_work).issue.isVisible()
    at_work.close()


def test_the_identity_number_is_hidden_but_for_its_end(at_work: AtWork) -> None:
    scan(at_work, "C000003")
    shown = visible_text(page_of(at_work)) + page_of(at_work).person.person.accessibleName()
    assert voter(3).id_number not in shown
    assert voter(3).id_number[-4:] in shown


def test_unseen_cards_hold_the_ballots_back(at_work: AtWork) -> None:
    scan(at_work, "C000003")
    page_of(at_work).person.card_seen.click()
    at_work.press(Enter)
    assert votes(at_work, 3) == ()


def test_the_page_changes_its_language_with_a_voter_at_the_desk(at_work: AtWork) -> None:
    scan(at_work, "C000003")
    at_work.window.speak("zh_CN")
    at_work.settle()
    page = page_of(at_work)
    assert page.issue.text() == "发票 2 张"
    assert "应发选票" in visible_text(page)
    assert "女" in page.person.person.accessibleName()


def test_the_language_may_change_while_a_reason_is_given(at_work: AtWork) -> None:
    at_work.on_file(lambda file: acts.vote(file, 3))
    scan(at_work, "C000003")
    at_work.press(Qt.Key.Key_S)
    at_work.window.speak("zh_CN")
    at_work.settle()
    assert page_of(at_work).acts.replacing.isVisible()
    assert "原因" in visible_text(page_of(at_work))


def test_on_a_small_screen_the_button_to_press_comes_into_view(at_work: AtWork) -> None:
    at_work.window.wear(Theme(scale=1.5))
    at_work.window.resize(1024, 640)
    scan(at_work, "C000003")
    issue = page_of(at_work).issue
    at_work.qtbot.waitUntil(lambda: issue.visibleRegion().boundingRect().size() == issue.size())
