from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pollstation.desktop import theme
from pollstation.desktop.tasks import CancelledError, Progress, Report
from pollstation.desktop.theme import Kind, Theme
from pollstation.desktop.widgets.account_panel import AccountPanel, AccountRow, AccountState
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.checklist import Checklist
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.finding_list import FindingList, FindingRow
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.progress_panel import ProgressPanel, remaining
from pollstation.desktop.widgets.result_list import ResultList, ResultRow
from pollstation.desktop.widgets.search_field import SearchField
from pollstation.desktop.widgets.simple_table import Button, Chip, SimpleTable
from pollstation.desktop.widgets.state_chip import StateChip
from pollstation.desktop.widgets.stepper import Stepper
from pollstation.desktop.widgets.turnout_curve import Turnout, TurnoutCurve
from pollstation.desktop.widgets.witness_dialog import WitnessDialog
from tests.desktop.conftest import SmallWindow

Answer = Callable[[Sequence[ResultRow]], None]
Show = Callable[..., QWidget]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Shows widgets in a window of their own, with the focus in the first."""
    windows: list[QWidget] = []

    def show(*widgets: QWidget) -> QWidget:
        top = QWidget()
        windows.append(top)
        inside = QVBoxLayout(top)
        for widget in widgets:
            inside.addWidget(widget)
        qtbot.addWidget(top)
        top.resize(800, 600)
        with qtbot.waitActive(top):
            top.show()
            top.activateWindow()
        widgets[0].setFocus()
        return top

    yield show
    windows.clear()


def voters(count: int) -> list[ResultRow]:
    return [
        ResultRow(number, f"Voter {number}", "F", "Group 4", "may vote", Kind.GOOD) for number in range(count)
    ]


def test_a_long_list_fetches_only_what_it_shows(show: Show) -> None:
    asked: list[tuple[int, int]] = []
    rows = voters(100_000)

    def fetch(offset: int, limit: int, answer: Answer) -> None:
        asked.append((offset, limit))
        answer(rows[offset : offset + limit])

    found = ResultList()
    show(found)
    found.show_many(len(rows), fetch)
    QApplication.processEvents()
    assert asked == [(0, 50)]
    found.scrollToBottom()
    QApplication.processEvents()
    found.grab()
    assert (99_950, 50) in asked
    assert len(asked) <= 4


def test_an_answer_to_an_older_question_is_not_shown(show: Show) -> None:
    late: list[Answer] = []
    found = ResultList()
    show(found)
    found.show_many(1, lambda _offset, _limit, answer: late.append(answer))
    found.show_rows([ResultRow("new", "New")])
    late[0]([ResultRow("old", "Old")])
    row = found.current_row()
    assert row is not None
    assert row.key == "new"


def test_arrows_and_enter_in_the_search_field_work_the_list(show: Show) -> None:
    search, found = SearchField(), ResultList()
    search.drive(found)
    show(search, found)
    taken: list[object] = []
    pointed: list[object] = []
    found.taken.connect(taken.append)
    found.pointed.connect(pointed.append)
    found.show_rows(voters(3))
    QTest.keyClick(search.edit, Qt.Key.Key_Down)
    QTest.keyClick(search.edit, Qt.Key.Key_Down)
    QTest.keyClick(search.edit, Qt.Key.Key_Up)
    QTest.keyClick(search.edit, Qt.Key.Key_Return)
    assert taken == [1]
    assert pointed[-1] == 1
    assert search.edit.hasFocus()


def test_the_search_answers_as_one_types(qtbot: QtBot, show: Show) -> None:
    search = SearchField()
    show(search)
    with qtbot.waitSignal(search.searched, timeout=1000) as asked:
        QTest.keyClicks(search.edit, "shan y")
    assert asked.args == ["shan y"]
    with qtbot.waitSignal(search.searched, timeout=1000) as asked:
        QTest.keyClick(search.edit, Qt.Key.Key_Escape)
    assert asked.args == [""]


def test_a_row_reads_out_as_one_line(show: Show) -> None:
    found = ResultList()
    show(found)
    found.show_rows(voters(1))
    spoken = found.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Voter 0  F  Group 4  may vote"


def test_the_second_person_is_chosen_and_signs_with_their_own_passphrase(window: SmallWindow) -> None:
    attempts: list[tuple[str, str]] = []

    def attempt(person: str, passphrase: str, dialog: WitnessDialog) -> None:
        attempts.append((person, passphrase))
        if passphrase == "right":
            dialog.close_overlay()
        else:
            dialog.refuse("The passphrase is not right.")

    dialog = WitnessDialog(window.today, "Open box M1", [("s1", "One"), ("s2", "Two")], attempt)
    assert dialog.people.hasFocus()
    QTest.keyClick(dialog.people, Qt.Key.Key_Down)
    QTest.keyClick(dialog.people, Qt.Key.Key_Return)
    assert dialog.passphrase.hasFocus()
    QTest.keyClicks(dialog.passphrase, "wrong")
    QTest.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.passphrase.text() == ""
    QTest.keyClicks(dialog.passphrase, "right")
    QTest.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    assert attempts == [("s2", "wrong"), ("s2", "right")]
    assert not dialog.isVisible()
    assert window.today.field.hasFocus()
    assert window.today.issued == 0


def test_esc_leaves_unsigned_and_the_page_where_it_was(window: SmallWindow) -> None:
    attempts: list[str] = []
    dialog = WitnessDialog(
        window.today, "Open box M1", [("s1", "One")], lambda person, _secret, _dialog: attempts.append(person)
    )
    assert dialog.passphrase.hasFocus()
    QTest.keyClick(dialog.passphrase, Qt.Key.Key_Escape)
    assert attempts == []
    assert window.page is window.today
    assert window.today.field.hasFocus()


def test_a_lock_over_a_second_signature_gives_the_dialog_back(window: SmallWindow) -> None:
    dialog = WitnessDialog(window.today, "Open box M1", [("s1", "One")], lambda *_attempt: None)
    QTest.keyClicks(dialog.passphrase, "half")
    window.lock()
    lock = window.locked
    assert lock is not None
    QTest.keyClicks(lock.passphrase, "open sesame")
    QTest.keyClick(lock.passphrase, Qt.Key.Key_Return)
    window.tasks.wait_idle()
    assert dialog.passphrase.hasFocus()
    assert dialog.passphrase.text() == "half"
    assert not window._content.isEnabled()
    dialog.close_overlay()
    assert window._content.isEnabled()


def test_a_signature_that_is_answered_while_locked_opens_nothing_below_the_lock(window: SmallWindow) -> None:
    dialog = WitnessDialog(window.today, "Open box M1", [("s1", "One")], lambda *_attempt: None)
    window.lock()
    lock = window.locked
    assert lock is not None
    dialog.close_overlay()
    assert lock.passphrase.hasFocus()
    assert not window._content.isEnabled()
    QTest.keyClicks(lock.passphrase, "open sesame")
    QTest.keyClick(lock.passphrase, Qt.Key.Key_Return)
    window.tasks.wait_idle()
    assert window._content.isEnabled()
    assert window.today.field.hasFocus()


def test_a_signature_asked_for_while_locked_waits_below_the_lock(window: SmallWindow) -> None:
    window.lock()
    lock = window.locked
    assert lock is not None
    dialog = WitnessDialog(window.today, "Open box M1", [("s1", "One")], lambda *_attempt: None)
    assert lock.passphrase.hasFocus()
    assert window.childAt(dialog.geometry().center()) is not dialog
    QTest.keyClicks(lock.passphrase, "open sesame")
    QTest.keyClick(lock.passphrase, Qt.Key.Key_Return)
    window.tasks.wait_idle()
    assert dialog.passphrase.hasFocus()
    dialog.close_overlay()
    assert window._content.isEnabled()
    assert window.today.field.hasFocus()


def test_a_key_on_a_button_presses_it_only_while_it_is_visible(show: Show) -> None:
    pressed: list[bool] = []
    field, button = QLineEdit(), KeyButton("Replace", "F6")
    button.clicked.connect(lambda: pressed.append(True))
    show(field, button)
    QTest.keyClick(field, Qt.Key.Key_F6)
    button.hide()
    QTest.keyClick(field, Qt.Key.Key_F6)
    assert pressed == [True]


def test_a_field_says_why_it_is_refused(show: Show) -> None:
    row = FormRow(lambda: "Letter", QLineEdit(), lambda: "as printed")
    show(row)
    assert row.field.accessibleName() == "Letter"
    row.refuse("There is no such letter")
    assert row._note.text() == "There is no such letter"
    row.refuse("")
    assert row._note.text() == "as printed"


def test_the_checklist_knows_when_all_is_done_and_keeps_its_ticks(show: Show) -> None:
    checks = Checklist()
    show(checks)
    changes: list[bool] = []
    checks.changed.connect(changes.append)
    checks.show_items([("card", "card seen"), ("letter", "letter seen")])
    for box in checks._boxes.values():
        QTest.keyClick(box, Qt.Key.Key_Space)
    assert changes == [False, True]
    checks.show_items([("card", "选民证"), ("letter", "委托书")])
    assert checks.complete


def test_an_equation_that_does_not_hold_says_so_in_a_word(show: Show) -> None:
    panel = AccountPanel()
    show(panel)
    panel.show_rows(
        [
            AccountRow("Received", "2,100", "= issued + unused", AccountState.HOLDS),
            AccountRow("Returned", "22", "", AccountState.DIFFERS),
        ]
    )
    QApplication.processEvents()
    chips = [chip for chip in panel.findChildren(StateChip) if chip.isVisible()]
    assert [(chip.text, chip.kind) for chip in chips] == [("holds", Kind.GOOD), ("differs", Kind.WRONG)]
    panel.show_rows([])
    assert [chip for chip in panel.findChildren(StateChip) if chip.isVisible()] == []


def test_a_finding_leads_to_its_field_by_mouse_and_by_key(show: Show) -> None:
    findings = FindingList()
    show(findings)
    chosen: list[str] = []
    findings.chosen.connect(chosen.append)
    findings.show_findings(
        [
            FindingRow("W-203", "void missing", kind=Kind.CAUTION, field="void"),
            FindingRow("E-301", "nine short", "read again", field="C.for"),
        ]
    )
    QApplication.processEvents()
    worst, other = findings.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    QTest.mouseClick(worst, Qt.MouseButton.LeftButton)
    QTest.keyClick(other, Qt.Key.Key_Return)
    assert chosen == ["C.for", "void"]


def test_progress_can_be_followed_and_cancelled(show: Show) -> None:
    progress, panel = Progress(lambda _report: None), ProgressPanel()
    show(QLineEdit(), panel)
    panel.follow("Importing", progress)
    panel.report(Report(40, 100, 95))
    assert panel._left.text() == "about 2 minutes left"
    QTest.mouseClick(panel.cancel, Qt.MouseButton.LeftButton)
    with pytest.raises(CancelledError):
        progress(41, 100)
    panel.end()
    assert not panel.isVisible()


def test_the_time_left_is_said_in_words() -> None:
    assert remaining(None) == ""
    assert remaining(0.2) == "about 1 second left"
    assert remaining(61) == "about 2 minutes left"


def test_a_table_shows_chips_and_buttons_whole_and_takes_a_row_on_enter(show: Show) -> None:
    table = SimpleTable(stretch=0)
    show(table)
    looked: list[bool] = []
    taken: list[int] = []
    table.taken.connect(taken.append)
    table.show_table(
        ["Box", "State", "Ballots", ""],
        [
            ["M1", Chip("sealed", Kind.GOOD), 1431, Button("Look", lambda: looked.append(True))],
            ["M2", Chip("out", Kind.CAUTION), 60, Button("Look", lambda: looked.append(True))],
        ],
    )
    QApplication.processEvents()
    figure = table.item(0, 2)
    assert figure is not None
    assert figure.text() == "1,431"
    for part in (*table.findChildren(StateChip), *table.findChildren(KeyButton)):
        assert part.width() >= part.sizeHint().width()
    QTest.mouseClick(table.findChildren(KeyButton)[0], Qt.MouseButton.LeftButton)
    table.setCurrentCell(1, 0)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert (looked, taken) == ([True], [1])


def test_columns_stand_below_each_other_where_there_is_no_room(show: Show) -> None:
    left, right = QWidget(), QWidget()
    for part in (left, right):
        part.setMinimumSize(QSize(300, 50))
    columns = Columns(left, right)
    top = show(columns)
    assert left.y() == right.y()
    top.resize(500, 600)
    QApplication.processEvents()
    assert left.y() < right.y()


def test_a_banner_says_one_sentence_and_what_may_be_done(show: Show) -> None:
    banner = Banner()
    show(banner)
    banner.say(
        Kind.WRONG, "Already voted at 9:05", ["compare the record (chair)", "choose another (officer)"]
    )
    assert banner.isVisible()
    assert banner.accessibleName() == "Already voted at 9:05"
    assert "•  compare the record (chair)" in banner._advice.text()
    banner.clear()
    assert not banner.isVisible()


@pytest.mark.parametrize("registered", [0, 1, 7, 2041, 13_875])
def test_the_turnout_curve_takes_any_constituency(show: Show, registered: int) -> None:
    curve = TurnoutCurve()
    show(curve)
    curve.show_turnout(Turnout([(420, 0), (960, registered)], registered, registered // 2 + 1, 420, 1140))
    assert not curve.grab().isNull()


def test_the_stepper_says_where_one_stands(show: Show) -> None:
    steps = Stepper()
    show(steps)
    steps.show_steps(["Load", "Sign in", "Seal"], 1)
    assert steps.accessibleName() == "2 / 3  Sign in"
    steps.show_steps(["Load", "Sign in", "Seal"], 3)
    assert not steps.grab().isNull()


def test_words_on_buttons_are_never_cut_in_large_type(show: Show, qapp: QApplication) -> None:
    theme.apply(qapp, Theme(scale=1.5))
    button = KeyButton("发票 3 张", "Enter", primary=True)
    show(button)
    assert button.width() == button.sizeHint().width()
    assert button.height() == 72
