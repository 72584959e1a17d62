"""The bundle leaves the laptop: written whole, never over another file, and said how to check it."""

import hashlib
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pollstation.bundles.certificates import Authority, certificate_pem, issue_station, key_pem, new_root
from pollstation.desktop.pages.handing_over import HandingOverPage
from pollstation.desktop.widgets.print_preview import PrintPreview
from pollstation.domain.day import DayPhase
from pollstation.services.guards import this_day
from pollstation.services.ports import Package
from pollstation.store import StationFile
from tests import acts
from tests.desktop.day_window import DayWindow, prepared
from tests.desktop.test_pages_evening import texts
from tests.station import package


@pytest.fixture(scope="module")
def root() -> Authority:
    return new_root("选举委员会", datetime.now(UTC))


def certified(root: Authority) -> Package:
    """The test station's package with a key and a certificate of the committee's."""
    given = package()
    election = given.plan.election
    own = issue_station(root, election.id, election.day, given.plan.station, datetime.now(UTC))
    settings = {
        **given.settings,
        "root": certificate_pem(root.certificate),
        "station-key": key_pem(own.key),
        "station-certificate": certificate_pem(own.certificate),
    }
    return msgspec.structs.replace(given, settings=settings)


def _until_the_result(file: StationFile) -> None:
    acts.open_day(file)
    acts.vote(file, *range(1, 25))
    acts.close_day(file)
    acts.open_boxes(file)
    acts.count_everything(file)
    acts.propose(file)


@pytest.fixture
def day(qtbot: QtBot, tmp_path: Path, root: Authority) -> Iterator[DayWindow]:
    made = prepared(DayWindow(tmp_path, lambda desk: [HandingOverPage(desk)], certified(root)))
    made.play(_until_the_result)
    made.go("hand-over")
    yield made
    made.close()


def hand_over(day: DayWindow, folder: Path) -> None:
    field = day.named(QLineEdit, "Folder to write to, best on a USB drive")
    field.setText(str(folder))
    field.setFocus()
    day.enter()


def test_a_bundle_is_signed_by_two_written_whole_and_shown_with_its_sum(
    day: DayWindow, tmp_path: Path, root: Authority
) -> None:
    drive = tmp_path / "usb"
    drive.mkdir()
    hand_over(day, drive)
    day.sign()
    written = list(drive.iterdir())
    assert [path.name for path in written] == ["E2026-S01-counting.zip"]
    page = day.window.page
    assert isinstance(page, HandingOverPage)
    shown = "".join(texts(page.facts)[1].split()[1:])
    assert shown == hashlib.sha256(written[0].read_bytes()).hexdigest()
    (drive / "root.pem").write_bytes(certificate_pem(root.certificate))
    commands = page.commands.toPlainText().replace("root.pem", f"{drive}/root.pem")
    assert subprocess.run(commands, shell=True, cwd=drive, capture_output=True, check=False).returncode == 0
    assert day.read(this_day).phase is DayPhase.HANDED_OVER


def test_a_second_bundle_never_writes_over_the_first(day: DayWindow, tmp_path: Path) -> None:
    first = tmp_path / "E2026-S01-counting.zip"
    first.write_bytes(b"something of somebody's")
    hand_over(day, tmp_path)
    day.sign()
    assert first.read_bytes() == b"something of somebody's"
    assert (tmp_path / "E2026-S01-counting-2.zip").exists()


def test_a_folder_that_is_not_there_is_said_before_anybody_signs(day: DayWindow, tmp_path: Path) -> None:
    hand_over(day, tmp_path / "not plugged in")
    assert day.read(this_day).phase is DayPhase.DETERMINED


def test_the_archive_record_is_shown_as_it_will_be_printed(day: DayWindow) -> None:
    day.press(Qt.Key.Key_F6)
    preview = day.window.findChildren(PrintPreview)[-1]
    assert preview.isVisible()
    assert preview.pdf.startswith(b"%PDF")
    day.press(Qt.Key.Key_Escape)
    assert day.read(this_day).phase is DayPhase.DETERMINED
