"""Two polling stations and the counting site of both: real packages, files and bundles, all invented."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from pollstation.bundles.package import open_package
from pollstation.domain.boxes import Box, box_stream
from pollstation.rehearsal.irregularities import Mischief
from pollstation.rehearsal.people import STRANGER, passphrase
from pollstation.rehearsal.place import Place, RehearsalClock
from pollstation.rehearsal.polling import PollingDay
from pollstation.rehearsal.scenario import Scenario
from pollstation.rehearsal.scenario_checks import read_scenario
from pollstation.rehearsal.world import World, orders
from pollstation.services import preparing, staff
from pollstation.services.ports import Package
from pollstation.store import StationFile
from pollstation.workplace import Workplace

SCENARIO = """
title = "第三选区 换届选举"
profile = "npc-2020"
seed = 12

[[contest]]
id = "county-3"
level = "county"
seats = 2
candidates = ["甲", "乙", "丙"]
votes = { "甲" = 12, "乙" = 11, "丙" = 2 }

[[contest]]
id = "town-1"
level = "township"
seats = 1
candidates = ["丁", "己"]
votes = { "丁" = 6, "己" = 2 }

[[station]]
id = "S01"
voters = 12
contests = ["county-3", "town-1"]
in_person = 7
mobile = { "M1" = 1 }
counting_site = "C1"

[[station]]
id = "S02"
voters = 9
contests = ["county-3"]
in_person = 6
counting_site = "C1"
"""


class CountingPlaces:
    """What lies on the table of the counting site in the evening."""

    def __init__(self, folder: Path) -> None:
        (folder / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
        self.folder = folder
        self.scenario: Scenario = read_scenario(folder / "scenario.toml")
        self._world = World(orders(self.scenario, folder))
        self.root = self._world.root_certificate
        self.seals: dict[str, tuple[str, ...]] = {}

    def another_election(self) -> "CountingPlaces":
        """The same stations under another committee."""
        other = self.folder / "other"
        other.mkdir()
        return CountingPlaces(other)

    def package(self, place: str) -> Package:
        """The election package of a place, opened."""
        return open_package(self._world.package(place), self._world.passphrase(place), self.root)

    def words_of(self, person: str) -> str:
        """The passphrase in somebody's envelope."""
        return passphrase(self.scenario.seed, person)

    def poll(self, station: str) -> Place:
        """A station's whole day, until its boxes are on their way and before its bundle is handed over."""
        clock = RehearsalClock(self._world.day)
        workplace = Workplace.prepare(
            self.folder / f"{station}.pollstation",
            self._world.package(station),
            self._world.passphrase(station),
            self.root,
            clock,
        )
        place = Place(workplace, clock, self.scenario)
        figures = next(each for each in self.scenario.stations if each.id == station)
        PollingDay(place, figures, Mischief([]), (STRANGER,)).play()
        for box in place.plan.station.boxes:
            self.seals[box.id] = self._seals(workplace, box.id)
        return place

    def bundle(self, place: Place) -> Path:
        """The station hands its bundle over once more; every call makes a later one."""
        left = place.workplace.hand_over(*place.two).value
        number = len(list(self.folder.glob(f"*{place.id}*.zip"))) + 1
        path = self.folder / f"{number}-{left.name}"
        path.write_bytes(left.data)
        return path

    def begin(self, file: StationFile) -> None:
        """The team of the counting site signs in."""
        file.write(preparing.load)
        for person in ("supervisor-01", "scrutineer-01"):
            word = self.words_of(person)
            file.write(partial(staff.sign_in, person_id=person, passphrase=word))

    @property
    def ballots(self) -> Mapping[str, Mapping[str, int]]:
        """How many ballots of each contest lie in each box."""
        return {
            box: dict.fromkeys(station.contests, held[box])
            for station in self.scenario.stations
            for held in [self.scenario.box_ballots(station, station.contests[0])]
            for box in held
        }

    @staticmethod
    def _seals(workplace: Workplace, box: str) -> tuple[str, ...]:
        return workplace.read(lambda unit: unit.state(box_stream(box), Box)).seals
