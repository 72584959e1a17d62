"""Turnout: its page, its sentence, its slip and the screen for everybody, by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.check_in import CheckIn
from pollstation.desktop.pages.today import Today
from pollstation.desktop.pages.turnout import TurnoutPage
from tests import acts
from tests.desktop.day_window import DayWindow, prepared
from tests.desktop.test_pages_evening import texts
from tests.station import voter


@pytest.fixture
def day(qtbot: QtBot, tmp_path: Path) -> Iterator[DayWindow]:
    made = prepared(DayWindow(tmp_path, lambda desk: [Today(desk), CheckIn(desk), TurnoutPage(desk)]))
    made.play(acts.open_day)
    made.play(lambda file: acts.vote(file, *range(1, 18)))
    yield made
    made.close()


def page_of(day: DayWindow) -> TurnoutPage:
    page = day.window.page
    assert isinstance(page, TurnoutPage)
    return page


def test_today_leads_to_the_turnout_and_esc_leads_back(day: DayWindow) -> None:
    day.go("today")
    day.press(Qt.Key.Key_F6)
    page = page_of(day)
    assert texts(page.hours)[0].endswith("17 17 56.7 %")
    assert texts(page.shares)[1].endswith("16 27 59.3 %")
    day.press(Qt.Key.Key_Escape)
    assert isinstance(day.window.page, Today)


def test_enter_copies_the_sentence_for_the_telephone(day: DayWindow) -> None:
    day.go("turnout")
    day.enter()
    copied = QApplication.clipboard().text()
    assert "17 of 30 voters, 56.7 %, code " in copied
    assert copied == page_of(day).sentence.text()


def test_voters_groups_follow_every_check_in(day: DayWindow) -> None:
    day.go("turnout")
    page = page_of(day)
    page.by.setFocus()
    day.press(Qt.Key.Key_Right)
    assert texts(page.shares) == ["第1组 17 30 56.7 %"]
    day.play(lambda file: acts.vote(file, 20))
    assert texts(page.shares) == ["第1组 18 30 60.0 %"]


def test_the_room_sees_large_figures_in_both_languages_and_nobodys_name(day: DayWindow) -> None:
    day.go("turnout")
    day.press(Qt.Key.Key_F8)
    projector = page_of(day).projector
    assert projector.isVisible()
    shown = projector.accessibleName()
    assert "56.7 %" in shown
    assert "Voted" in shown
    assert "参选" in shown
    assert not any(voter(number).name in shown for number in range(1, 31))
    day.go("check-in")
    day.play(lambda file: acts.vote(file, 20))
    assert "60.0 %" in projector.accessibleName()
    QTest.keyClick(projector, Qt.Key.Key_Escape)
    assert not projector.isVisible()
