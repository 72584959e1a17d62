"""The second copy: what was acknowledged while it was healthy is there, whatever becomes of the laptop."""

import shutil
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pollstation.domain.errors import Code, Faults, Refusal
from pollstation.services.second_copy import CopyState, CopyStatus, Restored
from pollstation.store import StationFile, second_copy
from pollstation.store.restoring import restore
from pollstation.store.second_copy import FULL, JOURNAL
from tests import station
from tests.store.acts import UNITS, Act, do
from tests.store.conftest import NewFile
from tests.store.looking import journal, opened
from tests.store.test_station_file import another_program, incident

DEVICE = "S01-aaaa"


def status(file: StationFile) -> CopyStatus:
    found = file.copy_status()
    assert found is not None
    return found


def reaches(file: StationFile, state: CopyState, seconds: float = 15) -> CopyStatus:
    """Wait, as the window does, until the copy stands so."""
    end = time.monotonic() + seconds
    while status(file).state is not state:
        assert time.monotonic() < end, status(file)
        file.tend_copy()
        time.sleep(0.01)
    return status(file)


def brought_back(folder: Path, out: Path) -> Restored:
    return restore(folder, out, station.PASSPHRASE, station.TickingClock())


@pytest.fixture(autouse=True)
def a_medium_is_looked_at_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_copy, "RETRY", 0.1)


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder


def test_a_file_restored_from_its_copy_holds_every_entry(
    new_file: NewFile, medium: Path, tmp_path: Path
) -> None:
    with opened(new_file()) as file:
        file.write(incident("before the copy was chosen"))
        file.copy_to(medium)
        reaches(file, CopyState.HEALTHY)
        for number in range(20):
            file.write(incident(f"第{number}次"))
            assert status(file).state is CopyState.HEALTHY
        file.write(lambda unit: unit.keep("certificate/S02", b"\x00\xff"))
        kept = journal(file)
    restored = brought_back(medium, tmp_path / "new.station")
    assert (restored.device, restored.entries, restored.appended, restored.dropped) == (DEVICE, 21, 20, 0)
    with opened(tmp_path / "new.station") as again:
        assert journal(again) == kept
        assert again.check() == []
        assert again.read(lambda unit: unit.setting("certificate/S02")) == b"\x00\xff"
        assert again.copy_status() is None
        assert again.write(incident()).value == 22


@settings(max_examples=10)
@given(units=UNITS, before=st.integers(0, 4))
def test_whatever_was_done_comes_back(
    new_file: NewFile, tmp_path_factory: pytest.TempPathFactory, units: list[list[Act]], before: int
) -> None:
    folder = tmp_path_factory.mktemp("usb")
    with opened(new_file()) as file:
        for at, acts in enumerate(units):
            if at == before:
                file.copy_to(folder)
                reaches(file, CopyState.HEALTHY)
            file.write(partial(do, acts=acts))
        if len(units) <= before:
            file.copy_to(folder)
            reaches(file, CopyState.HEALTHY)
        kept, totals = journal(file), file.read(lambda unit: unit.totals())
    brought_back(folder, folder / "new.station")
    with opened(folder / "new.station") as again:
        assert journal(again) == kept
        assert again.read(lambda unit: unit.totals()) == totals


WRITE_FOR_EVER = """
import os
from tests.store.test_station_file import incident
with StationFile.open(Path(sys.argv[1]), station.PASSPHRASE, station.TickingClock()) as file:
    while True:
        number = file.write(incident()).value
        file.tend_copy()
        print(number, file.copy_status().state, flush=True)
"""


def test_a_killed_program_leaves_everything_acknowledged_on_the_second_medium(
    new_file: NewFile, medium: Path, tmp_path: Path
) -> None:
    path = new_file()
    with opened(path) as file:
        file.copy_to(medium)
    random = Random(7)
    for round_ in range(4):
        with another_program(WRITE_FOR_EVER, path) as writer:
            assert writer.stdout is not None
            said = [writer.stdout.readline() for _ in range(random.randint(20, 200))]
            writer.kill()
            said += [line for line in writer.stdout.read().splitlines() if line.endswith(tuple(CopyState))]
        healthy = [int(line.split()[0]) for line in said if line.split()[1] == CopyState.HEALTHY]
        assert len(healthy) > 5
        out = tmp_path / f"{round_}.station"
        restored = brought_back(medium, out)
        assert restored.entries >= max(healthy)
        with opened(path) as original, opened(out) as again:
            assert journal(again) == journal(original)[: restored.entries]


def test_a_medium_that_is_pulled_out_stops_nobody_and_catches_up_when_it_is_back(
    new_file: NewFile, medium: Path, tmp_path: Path
) -> None:
    with opened(new_file()) as file:
        file.copy_to(medium)
        reaches(file, CopyState.HEALTHY)
        file.write(incident("on both"))
        pocket = medium.rename(tmp_path / "pocket")
        began = time.monotonic()
        for _ in range(30):
            file.write(incident("on the laptop only"))
        assert time.monotonic() - began < 3
        gone = reaches(file, CopyState.MISSING)
        assert (gone.waiting, gone.trouble) == (30, Code.COPY_MEDIUM_MISSING)
        pocket.rename(medium)
        assert reaches(file, CopyState.HEALTHY).waiting == 0
    assert brought_back(medium, tmp_path / "new.station").entries == 31


def test_an_empty_medium_in_its_place_gets_a_full_copy(
    new_file: NewFile, medium: Path, tmp_path: Path
) -> None:
    with opened(new_file()) as file:
        file.copy_to(medium)
        reaches(file, CopyState.HEALTHY)
        file.write(incident("on the first medium"))
        shutil.rmtree(medium)
        file.write(incident("while there was none"))
        assert status(file).state is not CopyState.HEALTHY
        medium.mkdir()
        reaches(file, CopyState.HEALTHY)
        file.write(incident("on the second medium"))
    restored = brought_back(medium, tmp_path / "new.station")
    assert (restored.entries, restored.appended) == (3, 1)


def test_a_full_medium_stops_nobody_and_is_said(new_file: NewFile, medium: Path) -> None:
    with opened(new_file()) as file:
        (medium / f"{DEVICE}{FULL}.part").symlink_to("/dev/full")
        file.copy_to(medium)
        while not (full := status(file)).trouble:
            time.sleep(0.01)
        assert (full.state, full.trouble) == (CopyState.BEHIND, Code.COPY_MEDIUM_FULL)
        file.write(incident())
        assert status(file).waiting == 1
        reaches(file, CopyState.HEALTHY)  # what filled it was taken away with the half-written file


def test_a_medium_that_cannot_be_written_is_said(new_file: NewFile, medium: Path) -> None:
    with opened(new_file()) as file:
        file.copy_to(medium)
        reaches(file, CopyState.HEALTHY)
        own = medium / f"{DEVICE}{JOURNAL}"
        own.rename(medium / "aside")
        own.mkdir()
        file.write(incident())
        locked = status(file)
        assert (locked.state, locked.trouble) == (CopyState.BEHIND, Code.COPY_FOLDER_UNFIT)
        own.rmdir()
        (medium / "aside").rename(own)
        assert reaches(file, CopyState.HEALTHY).trouble is None


def test_a_medium_slower_than_a_queue_can_wait_is_behind_and_catches_up(
    new_file: NewFile, medium: Path, tmp_path: Path
) -> None:
    with opened(new_file()) as file:
        file.copy_to(medium, patience=0)
        for _ in range(50):
            file.write(incident())
        reaches(file, CopyState.HEALTHY)
    assert brought_back(medium, tmp_path / "new.station").entries == 50


def test_the_empty_mount_point_of_a_medium_is_not_taken_for_it(new_file: NewFile, tmp_path: Path) -> None:
    mount_point = tmp_path / "usb"
    with TemporaryDirectory(dir="/dev/shm") as other_disk, opened(new_file()) as file:
        mount_point.symlink_to(other_disk)
        file.copy_to(mount_point)
        assert not reaches(file, CopyState.HEALTHY).same_disk
        mount_point.unlink()
        mount_point.mkdir()
        file.write(incident())
        file.tend_copy()
        assert status(file).state is CopyState.MISSING
        assert not list(mount_point.iterdir())


def test_an_older_journal_beside_a_newer_full_copy_does_no_harm(
    new_file: NewFile, medium: Path, tmp_path: Path
) -> None:
    """As a loss of power leaves them between the two."""
    path, own = new_file(), medium / f"{DEVICE}{JOURNAL}"
    with opened(path) as file:
        file.copy_to(medium)
        reaches(file, CopyState.HEALTHY)
        file.write(incident())
        older = own.read_bytes()
        file.copy_to(medium)
        reaches(file, CopyState.HEALTHY)
    own.write_bytes(older)
    restored = brought_back(medium, tmp_path / "new.station")
    assert (restored.entries, restored.appended) == (1, 0)


def _torn(data: bytes) -> bytes:
    return data[:-9]


def _begun(data: bytes) -> bytes:
    return data + b"\x00\x00"


@pytest.mark.parametrize(("tear", "entries", "dropped"), [(_torn, 4, 1), (_begun, 5, 1)])
def test_a_torn_last_record_is_dropped_and_said(
    new_file: NewFile,
    medium: Path,
    tmp_path: Path,
    tear: Callable[[bytes], bytes],
    entries: int,
    dropped: int,
) -> None:
    copied_journal(new_file(), medium, tear)
    restored = brought_back(medium, tmp_path / "new.station")
    assert (restored.entries, restored.dropped) == (entries, dropped)


def test_nothing_after_an_altered_record_is_believed(new_file: NewFile, medium: Path, tmp_path: Path) -> None:
    def alter(data: bytes) -> bytes:
        middle = len(data) // 2
        return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]

    copied_journal(new_file(), medium, alter)
    restored = brought_back(medium, tmp_path / "new.station")
    assert restored.entries < 5
    assert restored.entries + restored.dropped == 5


def copied_journal(path: Path, medium: Path, change: Callable[[bytes], bytes]) -> None:
    """Five entries on the medium, then the journal there is changed."""
    with opened(path) as file:
        file.copy_to(medium)
        reaches(file, CopyState.HEALTHY)
        for _ in range(5):
            file.write(incident("很长的经过" * 20))
    own = medium / f"{DEVICE}{JOURNAL}"
    own.write_bytes(change(own.read_bytes()))


def test_nothing_on_the_medium_can_be_read_without_the_passphrase(
    new_file: NewFile, medium: Path, tmp_path: Path
) -> None:
    with opened(new_file()) as file:
        file.copy_to(medium)
        reaches(file, CopyState.HEALTHY)
        file.write(incident("王秀英 fainted"))
    for path in medium.iterdir():
        assert "王秀英".encode() not in path.read_bytes()
        assert b"incident" not in path.read_bytes()
    with pytest.raises(Refusal) as refusal:
        restore(medium, tmp_path / "new.station", "guessed", station.TickingClock())
    assert refusal.value.code is Code.FILE_WRONG_PASSPHRASE
    assert list(tmp_path.iterdir()) == [medium]


def test_copies_of_several_laptops_on_one_medium_are_told_apart(
    new_file: NewFile, medium: Path, tmp_path: Path
) -> None:
    for device, acts in (("S01-aaaa", 1), ("S01-bbbb", 2)):
        with opened(new_file(device)) as file:
            file.copy_to(medium)
            reaches(file, CopyState.HEALTHY)
            for _ in range(acts):
                file.write(incident())
    with pytest.raises(Refusal) as refusal:
        brought_back(medium, tmp_path / "new.station")
    assert refusal.value.code is Code.COPY_SEVERAL
    clock = station.TickingClock()
    out = tmp_path / "new.station"
    assert restore(medium, out, station.PASSPHRASE, clock, "S01-bbbb").entries == 2


def test_a_journal_that_continues_another_story_is_refused(
    new_file: NewFile, medium: Path, tmp_path: Path
) -> None:
    path = new_file()
    twin = Path(shutil.copy(path, tmp_path / "twin.station"))
    for each, folder in ((path, medium), (twin, tmp_path / "other")):
        folder.mkdir(exist_ok=True)
        with opened(each) as file:
            file.write(incident(each.name))
            file.copy_to(folder)
            reaches(file, CopyState.HEALTHY)
            file.write(incident())
    shutil.copy(tmp_path / "other" / f"{DEVICE}{JOURNAL}", medium)
    with pytest.raises(Faults) as found:
        brought_back(medium, tmp_path / "new.station")
    assert {fault.code for fault in found.value.faults} == {Code.JOURNAL_CHAIN_BROKEN}
    assert not (tmp_path / "new.station").exists()


def test_a_folder_that_is_not_there_is_not_chosen(new_file: NewFile, tmp_path: Path) -> None:
    with opened(new_file()) as file:
        with pytest.raises(Refusal) as refusal:
            file.copy_to(tmp_path / "nowhere")
        assert refusal.value.code is Code.COPY_FOLDER_UNFIT
        assert file.copy_status() is None


def test_the_choice_outlasts_the_program_and_ends_when_told_so(new_file: NewFile, medium: Path) -> None:
    path = new_file()
    with opened(path) as file:
        file.copy_to(medium)
    with opened(path) as file:
        reaches(file, CopyState.HEALTHY)
        file.copy_to(None)
        assert file.copy_status() is None
    assert not [thread for thread in threading.enumerate() if thread.name == "second copy"]
    with opened(path) as file:
        assert file.copy_status() is None
    assert not list(path.parent.glob("*.copying"))
