"""If the laptop fails: what the officer sees of the second copy, prints, and keys in afterwards."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from pollstation.desktop import guard
from pollstation.desktop.guard import OUTAGE
from pollstation.desktop.pages.outage import OutagePage
from pollstation.desktop.program import Program
from pollstation.desktop.widgets.print_preview import PrintPreview
from pollstation.desktop.widgets.witness_dialog import WitnessDialog
from pollstation.domain.accounts import participants
from pollstation.services import issuing
from pollstation.services.second_copy import CopyState
from pollstation.store import StationFile, second_copy
from pollstation.workplace import Workplace
from tests import acts
from tests.station import PASSPHRASE, TickingClock, package, person_passphrase, session


class Laptop:
    """The whole program, one file of the day open, somebody signed in."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.clock = TickingClock()
        self.program = Program(app, self.clock)
        self.program.window.resize(1366, 768)
        self.program.window.show()

        def make() -> Workplace:
            file = StationFile.create(folder / "day.pollstation", PASSPHRASE, package(), self.clock)
            acts.prepare(file)
            acts.open_day(file)
            acts.vote(file, 1, 3)
            self.clock.time += timedelta(hours=2)
            return Workplace(file)

        self.program.desk.open_day(make, lambda: None)
        self.idle()

    def idle(self) -> None:
        QApplication.processEvents()
        self.program.tasks.wait_idle(60)
        QApplication.processEvents()
        self.program.tasks.wait_idle(60)

    def sign_in(self, person: str) -> None:
        self.program.desk.sign(session(person))
        self.idle()
        self.program.window.go("today")
        self.idle()

    @property
    def page(self) -> OutagePage:
        page = self.program.pages[OUTAGE]
        assert isinstance(page, OutagePage)
        return page

    @property
    def chip(self) -> str:
        facts = self.program._facts()
        return facts.copy_state[0] if facts.copy_state else ""

    def wait(self, until: Callable[[], bool]) -> None:
        end = time.monotonic() + 20
        while not until():
            assert time.monotonic() < end
            QTest.qWait(20)
        self.idle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.program.window, key, held)
        QTest.qWait(80)
        self.idle()

    def type(self, text: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)
        QTest.qWait(80)
        self.idle()


@pytest.fixture
def laptop(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Laptop]:
    monkeypatch.setattr(second_copy, "RETRY", 0.1)
    monkeypatch.setattr(guard, "LOOK", 50)
    made = Laptop(qapp, tmp_path)
    qtbot.addWidget(made.program.window)
    with qtbot.waitActive(made.program.window):
        made.program.window.activateWindow()
    yield made
    made.idle()
    made.program.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


def choose(laptop: Laptop, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(folder))
    laptop.press(Qt.Key.Key_F8)
    laptop.press(Qt.Key.Key_F7)
    laptop.wait(lambda: laptop.page.copy.chip.text == "Second copy: healthy")


def test_the_chip_follows_the_medium_in_and_out(
    laptop: Laptop, medium: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.sign_in("supervisor-01")
    assert laptop.chip == ""
    choose(laptop, medium, monkeypatch)
    assert laptop.chip == "Second copy: healthy"
    gone = medium.rename(tmp_path / "pocket")
    laptop.wait(lambda: laptop.chip == "Second copy: missing")
    laptop.program.tasks.run(lambda: acts.vote(laptop.program.desk.workplace.file, 5))
    laptop.wait(lambda: laptop.page.copy.chip.text == "Second copy: missing")
    gone.rename(medium)
    laptop.wait(lambda: laptop.chip == "Second copy: healthy")
    status = laptop.program.desk.workplace.copy_status()
    assert status is not None
    assert (status.state, status.waiting) == (CopyState.HEALTHY, 0)


def test_the_chip_leads_to_the_page(laptop: Laptop) -> None:
    laptop.sign_in("officer-01")
    laptop.program.window.bar.copy_wanted.emit()
    assert laptop.program.window.page is laptop.page
    assert not laptop.page.copy.choose.isVisible()


def test_the_register_is_previewed_and_kept_on_the_medium(
    laptop: Laptop, medium: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.sign_in("supervisor-01")
    choose(laptop, medium, monkeypatch)
    laptop.press(Qt.Key.Key_F6)
    preview = laptop.program.window.findChild(PrintPreview)
    assert preview is not None
    assert "李伟" in text_of(preview.pdf)
    preview.close_overlay()
    laptop.page.register.kept.click()
    laptop.idle()
    laptop.program.guard.write_register()
    laptop.idle()
    (file,) = medium.glob("*-register/*.pdf")
    assert text_of(file.read_bytes()).count("in person") == 2
    written = file.stat().st_mtime_ns
    laptop.program.guard.write_register()
    laptop.idle()
    assert file.stat().st_mtime_ns == written
    by = acts.OFFICER
    laptop.program.tasks.run(
        lambda: laptop.program.desk.workplace.write(
            lambda unit: issuing.issue_ballots(unit, by, acts.token(6))
        )
    )
    laptop.idle()
    laptop.program.guard.write_register()
    laptop.idle()
    assert text_of(file.read_bytes()).count("in person") == 3


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_lines_from_paper_are_keyed_in_by_keyboard_alone(laptop: Laptop) -> None:
    laptop.sign_in("officer-01")
    laptop.press(Qt.Key.Key_F8)
    evidence = laptop.page.paper.evidence
    assert evidence.hasFocus()
    laptop.type("paper register page 3")
    laptop.press(Qt.Key.Key_Return)
    now = laptop.clock.time.astimezone()
    at = f"{now - timedelta(minutes=40):%H%M}"
    for card in ("C000005", "C000003"):
        laptop.type(card)
        laptop.press(Qt.Key.Key_Return)
        laptop.type(at)
        laptop.press(Qt.Key.Key_Return)
    table = laptop.page.paper.table
    assert table.rowCount() == 2
    assert laptop.page.paper.lines[0].before is None
    assert laptop.page.paper.lines[1].before is not None
    laptop.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    dialog = laptop.program.window.findChild(WitnessDialog)
    assert dialog is not None
    for row in range(dialog.people.count()):
        if "scrutineer-01" in dialog.people.item(row).text():
            dialog.people.setCurrentRow(row)
    dialog.passphrase.setFocus()
    dialog.passphrase.setText(person_passphrase("scrutineer-01"))
    dialog.sign()
    laptop.idle()
    said = laptop.program.window.strip.text
    assert said == "2 voters keyed in from paper; conflicts to be decided: 1"
    assert table.rowCount() == 0
    answers: list[tuple[int, int]] = []
    laptop.program.desk.read(
        lambda unit: (participants(unit.totals()), unit.total("conflicts")), answers.append
    )
    laptop.idle()
    assert answers == [(3, 1)]
    assert laptop.program._facts().conflicts == 1


def test_a_time_that_cannot_be_is_told_at_its_field(laptop: Laptop) -> None:
    laptop.sign_in("officer-01")
    laptop.press(Qt.Key.Key_F8)
    laptop.type("page 1")
    laptop.press(Qt.Key.Key_Return)
    laptop.type("C000005")
    laptop.press(Qt.Key.Key_Return)
    laptop.type("2561")
    laptop.press(Qt.Key.Key_Return)
    assert laptop.page.paper.time.hasFocus()
    assert laptop.page.paper.lines == []
    laptop.press(Qt.Key.Key_Escape)
    assert laptop.page.paper.search.field.edit.hasFocus()
