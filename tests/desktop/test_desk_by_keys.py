"""The desk by keyboard alone, every key counted: the hands of an officer with a queue at the door."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.check_in import CheckIn
from pollstation.desktop.scanner import Scanner
from pollstation.desktop.tasks import Tasks
from pollstation.domain.directory import directory
from pollstation.domain.journal import canonical
from pollstation.services import issuing, proxies, register_changes
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, WITNESS, token
from tests.desktop.desk_kit import CTRL, NO_KEYS, AtWork, visible_text
from tests.station import newcomer, package, person_passphrase, voter

Enter, Escape = Qt.Key.Key_Return, Qt.Key.Key_Escape


class Desk(AtWork):
    """The desk with a scanner, and a count of the keys that a hand has pressed."""

    def __init__(self, qtbot: QtBot, tasks: Tasks, path: Path, person: str = "officer-01") -> None:
        made = package(110, late_registration=True)
        neighbours = directory({"S02": "第二投票站"}, {"S02": ["C900001"]})
        made = msgspec.structs.replace(made, settings={**made.settings, "directory": canonical(neighbours)})
        super().__init__(qtbot, tasks, path, CheckIn, person=person, package=made)
        self.keys = 0
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.app = app
        self.waited = 0.0
        ticks = count()
        prefixes = (issuing.CARD_PREFIX, issuing.LETTER_PREFIX)
        self.scanner = Scanner(
            lambda text: text.startswith(prefixes), app, clock=lambda: next(ticks) * 0.001 + self.waited
        )
        self.scanner.start()
        self.window.take_scans(self.scanner, self.page)

    @property
    def page(self) -> CheckIn:
        page = self.window.page
        assert isinstance(page, CheckIn)
        return page

    def scan(self, code: str, pause: float = 5.0) -> None:
        """A scanner types wherever the focus is."""
        self.waited += pause
        for character in code:
            QTest.keyClicks(self._focus(), character)
        QTest.keyClick(self._focus(), Enter)
        self.waited += 1
        self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEYS) -> None:
        self.keys += 1
        self.waited += 1
        super().press(key, held)

    def type(self, text: str) -> None:
        self.keys += len(text)
        self.waited += 1
        super().type(text)

    def sign(self) -> None:
        """The second person picks themselves and types their passphrase; keys of their own."""
        self.sign_as_witness()

    def votes(self, number: int) -> tuple[str, ...]:
        return self.on_file(lambda file: acts.record_of(file, number).contests)

    def close(self) -> None:
        self.app.removeEventFilter(self.scanner)
        self.scanner.setParent(None)
        super().close()


@pytest.fixture
def desk(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tasks, tmp_path / "day.pollstation")
    yield made
    made.close()


@pytest.fixture
def boss(qtbot: QtBot, tasks: Tasks, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, tasks, tmp_path / "day.pollstation", "supervisor-01")
    yield made
    made.close()


def test_with_a_card_it_is_scan_and_enter_one_key_a_voter(desk: Desk) -> None:
    for number in (1, 2, 3, 10):
        desk.scan(f"PS1:C{number:06d}")
        desk.press(Enter)
    assert desk.keys == 4
    assert [desk.votes(number) for number in (1, 2, 3, 10)] == [("county-1", "town-1")] * 3 + [("county-1",)]


def test_without_a_card_it_is_four_letters_and_two_enters(desk: Desk) -> None:
    desk.type("liuz")
    desk.press(Enter)
    desk.press(Enter)
    assert desk.keys <= 6
    assert desk.votes(43) == ("county-1", "town-1")


def test_of_namesakes_the_second_costs_one_arrow_more(desk: Desk) -> None:
    desk.type("liuw")
    desk.press(Qt.Key.Key_Down)
    desk.press(Enter)
    desk.press(Enter)
    assert desk.keys == 7
    assert (desk.votes(3), desk.votes(103)) == ((), ("county-1", "town-1"))


def test_the_last_digits_find_a_voter_too(desk: Desk) -> None:
    desk.type(voter(107).id_number[-4:])
    desk.press(Enter)
    desk.press(Enter)
    assert desk.keys == 6
    assert desk.votes(107) == ("county-1", "town-1")


def test_a_spoilt_ballot_just_issued_costs_three_keys(desk: Desk) -> None:
    desk.scan("PS1:C000010")
    desk.press(Enter)
    desk.keys = 0
    desk.press(Qt.Key.Key_S, CTRL)
    desk.press(Qt.Key.Key_2)
    desk.press(Enter)
    assert desk.keys == 3
    assert desk.on_file(lambda file: acts.record_of(file, 10)).replaced == {"county-1": 1}


def test_a_card_scanned_while_a_name_is_typed_takes_nothing_from_the_name(desk: Desk) -> None:
    desk.scan("PS1:C000003")
    desk.press(Escape)
    desk.type("zhang")
    desk.scan("PS1:C000001")
    assert voter(1).name in desk.page.person.person.accessibleName()
    desk.press(Enter)
    assert desk.votes(1) == ("county-1", "town-1")


def test_a_double_scan_is_swallowed_and_said(desk: Desk) -> None:
    desk.scan("PS1:C000003")
    desk.waited -= 1
    desk.scan("PS1:C000003", pause=0.1)
    assert "scanned twice" in desk.window.strip.text
    desk.press(Enter)
    assert desk.votes(3) == ("county-1", "town-1")
    assert desk.on_file(lambda file: file.read(lambda unit: unit.total("marked/county-1"))) == 1


def test_a_foreign_code_is_said_to_be_none_of_ours(desk: Desk) -> None:
    desk.scan("6901234567892")
    assert "not one of our voter cards" in desk.window.strip.text


def test_each_card_that_gets_nothing_is_told_in_one_sentence_with_the_ways_on(desk: Desk) -> None:
    def trouble(file: StationFile) -> None:
        acts.vote(file, 1)
        acts.send_mobile(file)
        acts.serve_mobile(file, 2)
        file.write(
            lambda unit: register_changes.strike_off(
                unit, BOSS, WITNESS, token(3), decision="选决3", reason="重登"
            )
        )
        file.write(lambda unit: proxies.authorise(unit, BOSS, token(4), token(5), consent="1", reason="病"))

    desk.on_file(trouble)
    told = {
        "C000001": "Already voted at ",
        "C000002": "Already voted at mobile box ",
        "C000003": "Struck off the voter list at ",
        "C000004": "This voter gave written authority P-0001",
        "C900001": "Card C900001 belongs to the voter list of station S02 第二投票站.",
        "C777777": "No voter card with number C777777",
    }
    for card, sentence in told.items():
        desk.scan(f"PS1:{card}")
        assert desk.page.banner.sentence.startswith(sentence), card
        assert "Officer: " in visible_text(desk.page.banner), card
        assert not (desk.page.issue.isVisible() and desk.page.issue.isEnabled()), card
    assert "选决3" in told["C000003"] or desk.votes(3) == ()


def test_a_letter_is_scanned_and_its_proxy_gets_own_and_the_others_ballots(desk: Desk) -> None:
    def authorise(file: StationFile) -> str:
        made = file.write(
            lambda unit: proxies.authorise(unit, BOSS, token(4), token(3), consent="1", reason="病")
        ).value
        return issuing.letter_code(made)

    desk.scan(desk.on_file(authorise))
    assert desk.page.issue.text() == "Issue 4 ballots"
    desk.press(Enter)
    assert desk.keys == 1
    assert desk.votes(3) == desk.votes(4) == ("county-1", "town-1")


def test_a_letter_that_waits_for_consent_gets_nothing(desk: Desk) -> None:
    def ask(file: StationFile) -> str:
        made = file.write(lambda unit: proxies.apply(unit, BOSS, token(4), token(3), reason="病")).value
        return issuing.letter_code(made)

    desk.scan(desk.on_file(ask))
    assert "not consented" in desk.page.banner.sentence
    desk.press(Enter)
    assert desk.votes(4) == ()


def test_ballots_are_handed_back_with_a_reason_and_a_second_person(desk: Desk) -> None:
    desk.scan("PS1:C000003")
    desk.press(Enter)
    desk.scan("PS1:C000003")
    for key in (Qt.Key.Key_R, Enter, Enter):  # all ballots; does not want to vote
        desk.press(key)
    desk.sign()
    assert desk.votes(3) == ()
    assert "2 ballots of 刘伟 handed back" in desk.window.strip.text
    assert desk.on_file(lambda file: file.read(acts.differing)) == set()


def test_an_officer_is_not_offered_to_change_the_list(desk: Desk) -> None:
    desk.scan("PS1:C000003")
    assert "Strike off the list" not in [
        button.text() for button in desk.page._buttons.get("Enter", []) if button.isVisible()
    ]
    assert not desk.page._line.isVisible()
    desk.press(Escape)
    assert not desk.page._enter_late.isVisible()


def test_a_voter_is_struck_off_and_put_back_by_keys(boss: Desk) -> None:
    boss.scan("PS1:C000003")
    boss.press(Qt.Key.Key_F5)
    boss.press(Qt.Key.Key_2)
    boss.press(Enter)
    boss.type("17")
    boss.press(Enter)
    boss.sign()
    assert "刘伟 is struck off the voter list, decision 17: Registered elsewhere" in boss.window.strip.text
    boss.scan("PS1:C000003")
    assert boss.page.banner.sentence.startswith("Struck off the voter list at ")
    boss.press(Qt.Key.Key_F5)
    boss.press(Enter)
    boss.type("18")
    boss.press(Enter)
    boss.sign()
    boss.scan("PS1:C000003")
    boss.press(Enter)
    assert boss.votes(3) == ("county-1", "town-1")


def test_a_voter_left_out_is_entered_by_keys_and_served_at_once(boss: Desk) -> None:
    late = newcomer()
    boss.type("新选民1")
    assert "Nobody on this station's voter list fits" in visible_text(boss.page)
    boss.press(Qt.Key.Key_F8)
    boss.type(late.id_number[:-1] + ("1" if late.id_number[-1] != "1" else "2"))
    boss.press(Enter)
    boss.scan(f"PS1:{late.card}")
    boss.press(Enter)
    for words in ("17", "left out"):
        boss.type(words)
        boss.press(Enter)
    boss.sign()
    assert "identity number is not right" in boss.page.banner.sentence
    assert boss.page.late.id_number.hasFocus()
    boss.type(late.id_number)
    boss.press(Enter)
    boss.sign()
    assert "新选民1 is number 111 of the voter list now" in boss.window.strip.text
    boss.press(Enter)
    assert boss.on_file(lambda file: file.read(lambda unit: unit.total("marked/town-1"))) == 1
    assert person_passphrase("scrutineer-01") not in visible_text(boss.window)
