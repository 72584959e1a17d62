"""The crew's file made and taken in without a window."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pollstation.cli import pollstation
from pollstation.services import mobile_boxes
from pollstation.store import StationFile
from tests import acts
from tests.station import PASSPHRASE, TickingClock, package, person_passphrase, session

WORD = "on the way 7"


def test_two_people_make_a_crew_file_and_take_it_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day, crew = tmp_path / "day.pollstation", tmp_path / "crew.pollstation"
    with StationFile.create(day, PASSPHRASE, package(), TickingClock()) as file:
        acts.prepare(file)
        acts.open_day(file)
        acts.approve_visits(file, 3)
        acts.send_mobile(file)
    for name, word in {
        "POLLSTATION_PASSPHRASE": PASSPHRASE,
        "POLLSTATION_CREW_PASSPHRASE": WORD,
        "POLLSTATION_PERSON_PASSPHRASE": person_passphrase("officer-01"),
        "POLLSTATION_WITNESS_PASSPHRASE": person_passphrase("scrutineer-01"),
    }.items():
        monkeypatch.setenv(name, word)
    people = ["--by", "officer-01", "--witness", "scrutineer-01"]
    given = [str(day), "--box", "S01-M1", "--crew-file", str(crew), *people]
    made = CliRunner().invoke(pollstation, ["crew", "make", *given])
    assert json.loads(made.stdout)["voters"] == 1, made.output
    with StationFile.open(crew, WORD, TickingClock()) as file:
        by = session("scrutineer-01")
        file.write(lambda unit: mobile_boxes.serve(unit, by, "S01-M1", acts.token(3), from_list=False))
    taken = CliRunner().invoke(pollstation, ["crew", "take-in", *given])
    assert json.loads(taken.stdout) == {
        "crew_file": str(crew),
        "box": "S01-M1",
        "entries": 1,
        "conflicts": 0,
    }
    again = CliRunner().invoke(pollstation, ["crew", "take-in", *given])
    assert again.exit_code == 1
    assert "R-553" in again.stderr
