"""The folder in which a committee prepares an election: ``election.toml``, the register, the staff and, where
they list more about them than names, the candidates.

The whole folder is read and checked before anything is made of it.
"""

from pathlib import Path

import msgspec

from pollstation.bundles.candidate_table import read_candidates
from pollstation.bundles.election_file import read_election
from pollstation.bundles.register_table import read_register
from pollstation.bundles.staff_table import Appointment, read_staff
from pollstation.domain.contests import Contest, Election, Plan, Station
from pollstation.domain.errors import Fault, Faults
from pollstation.domain.register import Voter


class Preparation(msgspec.Struct, frozen=True, kw_only=True):
    """All that a committee prepared for one election day."""

    election: Election
    contests: tuple[Contest, ...]
    stations: tuple[Station, ...]
    register: dict[str, tuple[Voter, ...]]
    """Voters by polling station; their tokens are given when the package is built."""
    staff: tuple[Appointment, ...]

    def plan(self, station_id: str) -> Plan:
        """What the station of that id is told; KeyError when there is none."""
        by_id = {station.id: station for station in self.stations}
        station = by_id[station_id]
        counted = tuple(by_id[other] for other in station.counts)
        served = {contest for each in (station, *counted) for contest in each.contests}
        contests = tuple(contest for contest in self.contests if contest.id in served)
        return Plan(election=self.election, station=station, contests=contests, counted=counted)


def read_folder(folder: Path) -> tuple[Preparation, list[Fault]]:
    """Read and check a committee's folder.

    Returns:
        What was prepared, and what is improbable in it (codes W-1xx).

    Raises:
        Faults: everything wrong (codes P-1xx, and the improbable among them); nothing is returned then.
    """
    # a fault in the plan stops here: every line of the register would only repeat it
    election, contests, stations, faults = read_election(folder)
    contests, of_candidates = read_candidates(folder, contests)
    register, of_register = read_register(folder, {each.id: each for each in stations}, election.day)
    staff, of_staff = read_staff(folder, {each.id: each for each in stations})
    faults += of_candidates + of_register + of_staff
    if any(not is_warning(fault) for fault in faults):
        raise Faults(faults)
    prepared = Preparation(
        election=election, contests=contests, stations=stations, register=register, staff=staff
    )
    return prepared, faults


def is_warning(fault: Fault) -> bool:
    """Whether it is improbable rather than impossible."""
    return fault.code.value.startswith("W")
