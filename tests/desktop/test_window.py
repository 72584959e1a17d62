from gettext import NullTranslations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pollstation import i18n
from pollstation.desktop import theme
from pollstation.desktop.help import Help
from pollstation.desktop.rail import DutyState
from pollstation.desktop.scanner import Scanner
from pollstation.desktop.tasks import Tasks
from pollstation.desktop.theme import DARK, SCALES, Kind
from pollstation.desktop.top_bar import Facts
from pollstation.desktop.widgets.status_strip import Action
from pollstation.domain.errors import Code, Refusal
from tests.desktop.conftest import SmallWindow

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def refuse() -> None:
    raise Refusal(Code.SAME_PERSON)


def test_alt_and_a_number_go_to_a_duty_and_back_to_the_same_field(window: SmallWindow) -> None:
    window.today.other_field.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_2, ALT)
    assert window.page is window.check_in
    assert focus() is window.check_in.field
    QTest.keyClick(focus(), Qt.Key.Key_1, ALT)
    assert focus() is window.today.other_field


def test_what_the_role_may_not_do_is_neither_shown_nor_reached(window: SmallWindow) -> None:
    window.show_duties({"today": DutyState.DONE, "count": DutyState.IN_HAND})
    assert window.rail.shown() == ["today", "count"]
    QTest.keyClick(focus(), Qt.Key.Key_2, ALT)
    assert window.page is window.today
    QTest.keyClick(focus(), Qt.Key.Key_3, ALT)
    assert window.page is window.count


def test_nobody_signed_in_leaves_no_rail(window: SmallWindow) -> None:
    window.show_duties({})
    assert not window.rail.isVisible()


def test_a_duty_says_its_state_in_a_word(window: SmallWindow) -> None:
    window.show_duties({"today": DutyState.DONE, "check_in": DutyState.BLOCKED})
    names = [button.accessibleName() for button in window.rail._duties.values() if button.isVisible()]
    assert names == ["Today Polling station, done", "Check-in Polling station, blocked"]


def test_enter_does_the_main_thing_of_the_page(window: SmallWindow) -> None:
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert window.today.issued == 1
    window.today.main.setEnabled(False)
    QTest.keyClick(focus(), Qt.Key.Key_Enter)
    assert window.today.issued == 1


def test_esc_goes_back(window: SmallWindow) -> None:
    window.go("count")
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert window.page is window.today
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert window.page is window.today


def test_a_page_in_view_learns_at_once_what_changed_and_a_hidden_one_when_shown(window: SmallWindow) -> None:
    assert window.today.told == [{"*"}]
    window.changed({"voters"})
    window.changed({"stock"})
    assert window.today.told[1:] == [{"voters"}, {"stock"}]
    assert window.check_in.told == []
    window.go("check_in")
    assert window.check_in.told == [{"*", "voters", "stock"}]


def test_the_language_switches_every_page_while_the_window_is_open(
    window: SmallWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Chinese(NullTranslations):
        def gettext(self, message: str) -> str:
            return {"Sign": "签认", "Polling station": "投票站", "done": "已完成"}.get(message, message)

    catalogues = {"en": NullTranslations(), "zh_CN": Chinese()}
    monkeypatch.setattr(i18n, "_catalogue", lambda language: catalogues[language])
    window.show_duties({"today": DutyState.DONE, "check_in": DutyState.TO_DO})
    window.today.field.setText("half a name")
    QTest.keyClick(focus(), Qt.Key.Key_F9)
    assert window.windowTitle() == "投票站"
    assert [page.main.text() for page in (window.today, window.check_in)] == ["签认", "签认"]
    assert window.rail._duties["today"].accessibleName() == "Today 投票站, 已完成"
    assert window.today.told[-1] == {"language"}
    assert window.today.field.text() == "half a name"
    QTest.keyClick(focus(), Qt.Key.Key_F9)
    assert window.check_in.main.text() == "Sign"


def test_locking_keeps_every_character_and_returns_to_the_same_field(
    window: SmallWindow, tasks: Tasks
) -> None:
    window.check_in.other_field.setText("单于")
    window.go("check_in")
    window.check_in.other_field.setFocus()
    window.check_in.other_field.setCursorPosition(1)
    QTest.keyClick(focus(), Qt.Key.Key_L, CONTROL)
    lock = window.locked
    assert lock is not None
    assert focus() is lock.passphrase
    QTest.keyClick(focus(), Qt.Key.Key_1, ALT)
    assert window.page is window.check_in
    lock.passphrase.clear()
    QTest.keyClicks(lock.passphrase, "open sesame")
    QTest.keyClick(lock.passphrase, Qt.Key.Key_Return)
    tasks.wait_idle()
    assert window.locked is None
    assert focus() is window.check_in.other_field
    assert window.check_in.other_field.text() == "单于"
    assert window.check_in.other_field.cursorPosition() == 1
    assert window.check_in.issued == 0


def test_a_wrong_passphrase_leaves_the_window_locked_and_says_so(window: SmallWindow, tasks: Tasks) -> None:
    window.lock()
    lock = window.locked
    assert lock is not None
    QTest.keyClicks(lock.passphrase, "guess")
    QTest.keyClick(lock.passphrase, Qt.Key.Key_Return)
    tasks.wait_idle()
    assert window.locked is lock
    assert "passphrase is not right" in lock._row._note.text()
    assert lock.passphrase.text() == ""
    assert focus() is lock.passphrase


def test_the_lock_hides_the_window(window: SmallWindow) -> None:
    window.lock()
    lock = window.locked
    assert lock is not None
    assert lock.size() == window.size()
    window.resize(1024, 640)
    assert lock.size() == window.size()
    corner = window.grab().toImage().pixelColor(30, window.height() // 2)
    assert corner == theme.current().colour("ground")


def test_the_window_locks_by_itself_after_a_while_and_not_while_somebody_types(window: SmallWindow) -> None:
    window._idle.start(60)
    window._idle.setInterval(60)
    for _key in range(4):
        QTest.qWait(30)
        QTest.keyClicks(focus(), "x")
    assert window.locked is None
    QTest.qWait(120)
    assert window.locked is not None


def test_text_in_the_input_method_is_not_lost_by_a_lock(window: SmallWindow, tasks: Tasks) -> None:
    event = QInputMethodEvent()
    event.setCommitString("欧阳")
    QApplication.sendEvent(window.today.field, event)
    window.lock()
    assert window.today.field.text() == "欧阳"


def test_f1_lists_the_keys_of_the_page_in_view(window: SmallWindow) -> None:
    window.say("2 ballots issued", Kind.GOOD, [Action("Correct", window.today.issue, "Ctrl+Z")])
    QTest.keyClick(focus(), Qt.Key.Key_F1)
    help_shown = window.findChild(Help)
    assert help_shown is not None
    words = {label.text() for label in help_shown.findChildren(type(window.strip._text))}
    assert {"something rare", "Sign", "Correct", "go to a duty"} <= words
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert not help_shown.isVisible()
    assert focus() is window.today.field


def test_the_strip_says_what_happened_and_offers_its_undo(window: SmallWindow) -> None:
    undone: list[bool] = []
    window.today.say("2 ballots issued", actions=[Action("Correct", lambda: undone.append(True), "Ctrl+Z")])
    assert window.strip.isVisible()
    assert window.strip.text == "2 ballots issued"
    window.today.main.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Z, CONTROL)
    assert undone == [True]
    window.today.say("Corrected")
    QTest.keyClick(focus(), Qt.Key.Key_Z, CONTROL)
    assert undone == [True]


def test_a_refusal_nobody_took_is_said_in_words(window: SmallWindow, tasks: Tasks) -> None:
    tasks.run(refuse)
    tasks.wait_idle()
    assert "same person" in window.strip.text
    assert "Ask a second person" in window.strip.text


def test_a_scan_goes_to_check_in_from_any_page(window: SmallWindow, qapp: QApplication) -> None:
    scanner = Scanner(lambda text: text.startswith("PSV1:"), qapp)
    scanner.start()
    window.take_scans(scanner, window.check_in)
    scanner.scanned.emit("PSV1:00417")
    assert window.page is window.check_in
    assert window.check_in.scans == ["PSV1:00417"]
    scanner.ignored.emit("PSV1:00417")
    assert "scanned twice" in window.strip.text
    scanner.foreign.emit("6901234567892")
    assert "not one of our voter cards" in window.strip.text
    window.lock()
    scanner.scanned.emit("PSV1:00418")
    assert window.check_in.scans == ["PSV1:00417"]
    qapp.removeEventFilter(scanner)
    scanner.setParent(None)


def test_type_and_palette_change_by_key(window: SmallWindow) -> None:
    QTest.keyClick(focus(), Qt.Key.Key_Equal, CONTROL)
    assert theme.current().scale == 1.25
    QTest.keyClick(focus(), Qt.Key.Key_Minus, CONTROL)
    assert theme.current().scale == 1.0
    QTest.keyClick(focus(), Qt.Key.Key_F10)
    assert theme.current().palette is DARK


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("size", [(1366, 768), (1024, 640), (3840, 2160)], ids=str)
def test_the_window_fits_the_screen_in_every_type_size(
    window: SmallWindow, size: tuple[int, int], scale: float
) -> None:
    window.wear(theme.Theme(scale=scale))
    window.resize(*size)
    QApplication.processEvents()
    assert window.size() == QSize(*size)
    for button in window.rail._duties.values():
        assert window.rect().contains(button.mapTo(window, button.rect().bottomRight()))
    assert window.bar.rect().contains(window.bar._lock.geometry())


def test_a_rehearsal_is_marked_and_does_not_get_in_the_way(window: SmallWindow) -> None:
    plain = window.grab().toImage()
    window.bar._facts = window._facts = lambda: Facts(person="Officer 01", rehearsal=True)
    window.show_facts()
    assert window.grab().toImage() != plain
    QTest.mouseClick(window.today.main, Qt.MouseButton.LeftButton)
    assert window.today.issued == 1
    middle = window.today.field.mapTo(window, window.today.field.rect().center())
    assert window.childAt(middle) is window.today.field


def test_tab_passes_through_a_page_that_begins_at_a_hidden_part(window: SmallWindow) -> None:
    window.today.field.hide()
    seen = set()
    for _tab in range(20):
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        seen.add(focus())
    assert {window.today.other_field, window.today.main, window.bar._lock} <= seen


def test_a_button_never_inherits_the_focus_of_a_part_that_vanishes(window: SmallWindow) -> None:
    window.today.other_field.setEnabled(False)
    window.today.field.hide()
    QApplication.processEvents()
    assert QApplication.focusWidget() is None
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert window.today.issued == 1
