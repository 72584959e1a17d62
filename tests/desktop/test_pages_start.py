"""The first page: the file of the day, or a package; then signing in."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pollstation import paths
from pollstation.bundles.certificates import certificate_pem, new_root
from pollstation.desktop.tasks import Tasks
from pollstation.domain.journal import Entry
from pollstation.services.second_copy import CopyState
from pollstation.store import StationFile
from tests import acts
from tests.bundles.conftest import NOW, package_for, preparation
from tests.desktop.desk_kit import CTRL, AtStart, visible_text
from tests.station import PASSPHRASE, TickingClock, package, person_passphrase, plan

Enter = Qt.Key.Key_Return


@pytest.fixture(autouse=True)
def days_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def day_file(days_of_this_test: None) -> Path:
    """A file of the day where the program keeps them."""
    path = paths.days() / "S01.pollstation"
    with StationFile.create(path, PASSPHRASE, package(), TickingClock()) as file:
        acts.prepare(file)
    return path


@pytest.fixture
def at_start(qtbot: QtBot, tasks: Tasks) -> Iterator[AtStart]:
    made = AtStart(qtbot, tasks)
    yield made
    made.close()


def test_without_a_file_the_page_leads_to_the_package(at_start: AtStart) -> None:
    assert "There is no file of the day on this laptop yet." in visible_text(at_start.page)
    at_start.press(Enter)
    assert at_start.page.package.isVisible()


def test_a_wrong_passphrase_is_said_on_the_page_and_the_right_one_goes_on(
    day_file: Path, at_start: AtStart
) -> None:
    at_start.press(Enter)
    at_start.type("wrong words")
    at_start.press(Enter)
    assert at_start.page.banner.sentence == "The station file does not open with this passphrase."
    assert at_start.page.passphrase.hasFocus()
    at_start.type(PASSPHRASE)
    at_start.press(Enter)
    assert at_start.desk.plan is not None
    assert "Who works here now?" in visible_text(at_start.page)


def test_signing_in_needs_the_persons_own_passphrase(day_file: Path, at_start: AtStart) -> None:
    at_start.open(PASSPHRASE)
    page = at_start.page
    at_start.press(Qt.Key.Key_Down)
    at_start.press(Enter)
    at_start.type(PASSPHRASE)
    at_start.press(Enter)
    assert page.banner.sentence == "The passphrase is not right."
    at_start.type(person_passphrase("officer-01"))
    at_start.press(Enter)
    assert at_start.desk.by.id == "officer-01"
    assert page.own_passphrase.text() == ""


def test_a_foreign_file_is_said_to_be_one(at_start: AtStart, tmp_path: Path) -> None:
    foreign = tmp_path / "letter.pollstation"
    foreign.write_bytes(b"not a station file, whatever its name says" * 200)
    at_start.page.choose_file(foreign)
    at_start.type(PASSPHRASE)
    at_start.press(Enter)
    assert at_start.page.banner.isVisible()
    assert at_start.page.files.hasFocus()
    assert at_start.desk.plan is None


def test_a_file_in_use_is_said_to_be_busy(day_file: Path, at_start: AtStart) -> None:
    with StationFile.open(day_file, PASSPHRASE, TickingClock()):
        at_start.open(PASSPHRASE)
        assert at_start.page.banner.sentence == "Another program is using the file."
    assert at_start.page.open.isEnabled()


def test_what_is_no_package_is_refused_and_leaves_no_file(at_start: AtStart, tmp_path: Path) -> None:
    (tmp_path / "package.zip").write_bytes(b"PK but not a package")
    root = new_root("选举委员会", NOW)
    (tmp_path / "root.pem").write_bytes(certificate_pem(root.certificate))
    at_start.press(Enter)
    page = at_start.page
    page.package.path.setText(str(tmp_path / "package.zip"))
    page.root.path.setText(str(tmp_path / "root.pem"))
    page.package_passphrase.setFocus()
    at_start.type(PASSPHRASE)
    at_start.press(Enter)
    assert page.banner.isVisible()
    assert page.package.path.hasFocus()
    assert page.package.path.text() == str(tmp_path / "package.zip")
    assert list(paths.days().glob("*")) == []


def test_a_package_makes_the_file_of_the_day(at_start: AtStart, tmp_path: Path) -> None:
    root = new_root("选举委员会", NOW)
    data = package_for(preparation((plan().station,)), "S01", root)
    (tmp_path / "S01.zip").write_bytes(data)
    (tmp_path / "root.pem").write_bytes(certificate_pem(root.certificate))
    at_start.press(Enter)
    page = at_start.page
    page.package.path.setText(str(tmp_path / "S01.zip"))
    page.root.path.setText(str(tmp_path / "root.pem"))
    page.package_passphrase.setFocus()
    at_start.type(PASSPHRASE)
    at_start.press(Enter)
    assert page.banner.sentence == ""
    assert at_start.desk.plan is not None
    assert (paths.days() / "S01.pollstation").exists()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick with the second copy of a day in hand; the laptop is lost."""
    folder = tmp_path / "usb"
    folder.mkdir()
    _leave_copy(folder, tmp_path / "lost", "S01-aaaa")
    return folder


def _leave_copy(folder: Path, path: Path, device: str) -> None:
    with StationFile.create(path, PASSPHRASE, package(), TickingClock(), device) as file:
        acts.prepare(file)
        file.copy_to(folder)
        while (status := file.copy_status()) and status.state is not CopyState.HEALTHY:
            time.sleep(0.01)
        acts.open_day(file)
        acts.vote(file, 1, 2, 3)
    path.unlink()


def test_a_lost_laptops_day_goes_on_from_the_stick(stick: Path, at_start: AtStart) -> None:
    at_start.press(Qt.Key.Key_F4)
    at_start.type(str(stick))
    at_start.press(Enter)
    at_start.type("wrong words")
    at_start.press(Enter)
    assert "does not open with this passphrase" in visible_text(at_start.page)
    at_start.press(Qt.Key.Key_A, CTRL)
    at_start.type(PASSPHRASE)
    at_start.press(Enter)
    assert (paths.days() / "restored.pollstation").exists()
    assert at_start.page.banner.sentence == "The file of the day is restored. Open it to go on."
    at_start.type(PASSPHRASE)
    at_start.press(Enter)
    assert "Whoever signs in confirms that." in at_start.page.made_again.sentence
    assert "Do not go on with the old file on the old laptop." in visible_text(at_start.page.made_again)
    at_start.press(Enter)
    at_start.type(person_passphrase("supervisor-01"))
    at_start.press(Enter)
    last: list[Entry] = []
    at_start.desk.read(lambda unit: unit.entries()[-1], last.append)
    at_start.settle()
    assert (last[0].kind, last[0].actor) == ("restored", "supervisor-01")
    assert last[0].public["entries"] == last[0].number - 2  # but for the signing in before it


def test_of_several_copies_on_one_stick_one_is_chosen(stick: Path, at_start: AtStart, tmp_path: Path) -> None:
    _leave_copy(stick, tmp_path / "other", "S01-bbbb")
    at_start.press(Qt.Key.Key_F4)
    at_start.type(str(stick))
    at_start.press(Enter)
    at_start.type(PASSPHRASE)
    at_start.press(Enter)
    assert "several laptops: S01-aaaa, S01-bbbb" in visible_text(at_start.page)
    at_start.press(Qt.Key.Key_Down)
    at_start.press(Enter)
    at_start.type(PASSPHRASE)
    at_start.press(Enter)
    assert at_start.on_file(lambda file: file.device) == "S01-bbbb"


def test_a_stick_without_a_copy_is_said_at_its_field(at_start: AtStart, tmp_path: Path) -> None:
    at_start.press(Qt.Key.Key_F4)
    at_start.type(str(tmp_path))
    at_start.press(Enter)
    at_start.type(PASSPHRASE)
    at_start.press(Enter)
    assert f"There is no second copy in {tmp_path}." in visible_text(at_start.page)
    assert list(paths.days().glob("*")) == []
    at_start.press(Qt.Key.Key_Escape)
    assert at_start.page.to_restore.isVisible()
