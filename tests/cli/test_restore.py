"""``pollstation restore``: what the officer with the new laptop sees."""

import json
import time
from pathlib import Path

from click.testing import CliRunner

from pollstation.cli import pollstation
from pollstation.domain.errors import Code
from pollstation.services.second_copy import CopyState
from pollstation.store import StationFile
from tests import acts, station


def run(folder: Path, out: Path) -> tuple[int, str, str]:
    secret = folder.parent / "passphrase.txt"
    secret.write_text(f"{station.PASSPHRASE}\n", "utf-8")
    options = ["--copy", str(folder), "--out", str(out), "--passphrase-file", str(secret)]
    result = CliRunner().invoke(pollstation, ["--language", "en", "restore", *options])
    return result.exit_code, result.stdout, result.stderr


def test_the_day_goes_on_from_the_copy(tmp_path: Path) -> None:
    medium = tmp_path / "usb"
    medium.mkdir()
    clock = station.TickingClock()
    path = tmp_path / "day.station"
    with StationFile.create(path, station.PASSPHRASE, station.package(), clock, "S01-aaaa") as file:
        acts.prepare(file)
        file.copy_to(medium)
        while (status := file.copy_status()) and status.state is not CopyState.HEALTHY:
            time.sleep(0.01)
        acts.open_day(file)
        acts.vote(file, 1, 2, 3)
        entries = len(file.read(lambda unit: unit.entries()))
    path.unlink()
    exit_code, stdout, stderr = run(medium, tmp_path / "new.station")
    told = json.loads(stdout)
    assert (exit_code, told["entries"], told["dropped"]) == (0, entries, 0)
    assert f"{entries} journal entries came back; their chain holds." in stderr
    assert told["code"] in stderr
    with StationFile.open(tmp_path / "new.station", station.PASSPHRASE, clock) as again:
        acts.vote(again, 4)
        assert acts.record_of(again, 3).contests == ("county-1", "town-1")


def test_a_folder_without_a_copy_is_said(tmp_path: Path) -> None:
    medium = tmp_path / "usb"
    medium.mkdir()
    exit_code, _stdout, stderr = run(medium, tmp_path / "new.station")
    assert exit_code == 1
    assert Code.COPY_ABSENT in stderr
