"""On the smallest screen, in the largest type, in both languages: every main button is in sight."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.check_in import CheckIn
from pollstation.desktop.pages.mobile import MobileBoxes
from pollstation.desktop.theme import Theme
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.i18n import LANGUAGES, _
from tests import acts
from tests.desktop.keys_day import KeysDay

SMALL, USUAL = (1024, 640), (1366, 768)
LARGEST = Theme().larger(1).larger(1)


@pytest.fixture
def day(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[KeysDay]:
    made = KeysDay(qtbot, qapp, tmp_path)
    made.begin("today", acts.open_day, lambda file: acts.approve_visits(file, 3), acts.send_mobile)
    yield made
    made.close()


def in_sight(day: KeysDay) -> list[str]:
    """Words of the main buttons offered; each is seen whole, and the window is no larger than the screen."""
    day.settle()
    page, window = day.window.page, day.window
    offered = [one for one in page.findChildren(KeyButton) if one.primary and one.isVisible()]
    for button in offered:
        seen = button.visibleRegion().boundingRect()
        assert seen == button.rect(), (page.duty, button.text(), seen, window.size())
    return [button.text() for button in offered]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("size", "look"), [(SMALL, Theme()), (SMALL, LARGEST), (USUAL, LARGEST)], ids=["small", "both", "large"]
)
def test_the_main_button_never_scrolls_out_of_sight(
    day: KeysDay, size: tuple[int, int], look: Theme, language: str
) -> None:
    day.window.speak(language)
    day.window.wear(look)
    day.window.resize(*size)
    for duty in (*day.window.rail.shown(), "turnout", "outage"):
        day.window.go(duty)
        shown = in_sight(day)
        assert shown or duty in ("today", "check-in", "journal", "count", "result", "hand-over"), duty
        assert (day.window.width(), day.window.height()) == size, duty
    page = day.window._pages["mobile-boxes"]
    assert isinstance(page, MobileBoxes)
    day.window.go("mobile-boxes")
    for step in (page.dispatch, page.take_back, page.hand_over, page.route):
        page._to(step)
        assert in_sight(day) == [step.primary()]
    page._to_crew_file()
    assert in_sight(day) == [_("Make the file")]
    page._to_requests()
    assert len(in_sight(day)) == 1
    page.requests.to_new()
    assert in_sight(day) == [_("Write request down")]
    page._main()
    assert in_sight(day) == [_("Write down as served")]
    desk = day.window._pages["check-in"]
    assert isinstance(desk, CheckIn)
    day.window.go("check-in")
    desk.scanned("PS1:C000004")
    assert len(in_sight(day)) == 1
    assert (day.window.width(), day.window.height()) == size


def test_no_name_in_the_rail_is_cut_short(day: KeysDay) -> None:
    for language in LANGUAGES:
        day.window.speak(language)
        for look in (Theme(), Theme().larger(1), LARGEST):
            day.window.wear(look)
            for width in (1024, 1366, 1920):
                day.window.resize(width, 768)
                day.settle()
                for button in day.window.rail._duties.values():
                    assert button.fits(), (button.text(), width, look)
