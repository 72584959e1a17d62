"""What a committee prepares for a rehearsal: election, register, team and packages, all invented."""

import random
from datetime import UTC, date, datetime
from pathlib import Path

import argon2
import msgspec

from pollstation.bundles.certificates import (
    Authority,
    certificate_pem,
    key_pem,
    new_root,
    read_key,
    read_root,
)
from pollstation.bundles.election_folder import Preparation
from pollstation.bundles.package import Derivation, build_package
from pollstation.bundles.staff_table import Appointment
from pollstation.domain.contests import BallotBox, BoxKind, Contest, Election, Level, Office, Post, Station
from pollstation.domain.staff import Role
from pollstation.rehearsal.papers import deal
from pollstation.rehearsal.people import CANDIDATE_SCRUTINEER, passphrase, team, voters
from pollstation.rehearsal.scenario import Kind, Scenario, StationFigures

COMMITTEE = "选举委员会（演练）"

_TITLES: dict[Office, str] = {
    Level.COUNTY: "县级人民代表大会代表选票",
    Level.TOWNSHIP: "乡级人民代表大会代表选票",
    Level.VILLAGE: "村民委员会选票",
    Post.CHAIR: "村民委员会主任选票",
    Post.VICE_CHAIR: "村民委员会副主任选票",
    Post.MEMBER: "村民委员会委员选票",
}
_COLOURS: dict[Office, str] = {
    Level.COUNTY: "红",
    Level.TOWNSHIP: "绿",
    Level.VILLAGE: "黄",
    Post.CHAIR: "红",
    Post.VICE_CHAIR: "绿",
    Post.MEMBER: "黄",
}
_VILLAGE = "全村"
"""Where posts are elected: the contests of one village have one constituency."""

_QUICK = Derivation(time=1, memory=8_192, lanes=1)
_QUICK_HASHER = argon2.PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1)
"""A rehearsal's packages hold nobody real, its passphrases lie beside them in the clear, and hundreds of
people sign in: so Argon2id is given little work there. What is real is hashed as ever."""


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """What every process that plays a part of the rehearsal is told."""

    scenario: Scenario
    day: date
    out: Path
    root_key: bytes
    root_certificate: bytes
    hashes: dict[str, str]
    """Argon2id by passphrase: the team is one at every station, so each is hashed once."""


def orders(scenario: Scenario, out: Path) -> Orders:
    """A committee is founded for the rehearsal, and its election is today."""
    now = datetime.now(UTC).astimezone()
    root = new_root(COMMITTEE, now)
    words = [person.passphrase for person in _staff(scenario)]
    return Orders(
        scenario=scenario,
        day=now.date(),
        out=out,
        root_key=key_pem(root.key),
        root_certificate=certificate_pem(root.certificate),
        hashes={word: _QUICK_HASHER.hash(word) for word in words},
    )


class World:
    """Everything invented, made again from the orders in every process."""

    def __init__(self, orders: Orders) -> None:
        self.scenario = scenario = orders.scenario
        self.day = orders.day
        self.out = orders.out
        self.papers = deal(scenario)
        self.root_certificate = orders.root_certificate
        self._root = Authority(read_key(orders.root_key), read_root(orders.root_certificate))
        self._hashes = orders.hashes
        self.prepared = Preparation(
            election=Election(
                id=f"rehearsal-{orders.day:%Y%m%d}-{abs(scenario.seed)}",
                title=scenario.title,
                profile=scenario.profile,
                day=orders.day,
                committee=COMMITTEE,
                rehearsal=True,
            ),
            contests=_contests(scenario),
            stations=_stations(scenario),
            register=dict(voters(scenario.stations, scenario.seed, orders.day, _candidates(scenario))),
            staff=_staff(scenario),
        )

    def package(self, station: str) -> bytes:
        """The station's election package; the voters' random names are the same again for the same seed."""
        chance = random.Random(f"{self.scenario.seed}/tokens/{station}")
        return build_package(
            self.prepared,
            station,
            self._root,
            self.passphrase(station),
            datetime.now(UTC).astimezone(),
            token_source=lambda: f"{chance.getrandbits(128):032x}",
            hashed=self._hashes.__getitem__,
            derivation=_QUICK,
        )

    def passphrase(self, station: str) -> str:
        """Of the station's package and file of the day."""
        return passphrase(self.scenario.seed, f"station {station}")


def passphrases(scenario: Scenario) -> dict[str, dict[str, str]]:
    """All passphrases of the rehearsal, so that what was played can be opened and looked at afterwards."""
    places = dict.fromkeys([station.id for station in scenario.stations] + list(scenario.sites))
    return {
        "files": {place: passphrase(scenario.seed, f"station {place}") for place in places},
        "people": {person.id: person.passphrase for person in _staff(scenario)},
    }


def _candidates(scenario: Scenario) -> frozenset[str]:
    return frozenset(
        name for contest in scenario.contests for name in (*contest.candidates, *contest.write_ins)
    )


def _contests(scenario: Scenario) -> tuple[Contest, ...]:
    return tuple(
        Contest(
            id=contest.id,
            level=contest.level,
            seats=contest.seats,
            candidates=contest.candidates,
            post=contest.post,
            title=_TITLES[contest.post or contest.level],
            constituency=_VILLAGE if contest.post else contest.id,
            paper_colour=_COLOURS[contest.post or contest.level],
            counting_sites=tuple(
                dict.fromkeys(each.site for each in scenario.stations if contest.id in each.contests)
            ),
        )
        for contest in scenario.contests
    )


def _stations(scenario: Scenario) -> tuple[Station, ...]:
    polling = {
        station.id: Station(
            id=station.id,
            name="投票站",
            contests=station.contests,
            boxes=_boxes(station),
            counts=tuple(each.id for each in scenario.sites.get(station.id, ())),
        )
        for station in scenario.stations
    }
    counting = tuple(
        Station(
            id=site,
            name="中心会场",
            contests=tuple(dict.fromkeys(contest for each in counted for contest in each.contests)),
            counts=tuple(each.id for each in counted),
        )
        for site, counted in scenario.sites.items()
        if site not in polling
    )
    return (*polling.values(), *counting)


def _boxes(station: StationFigures) -> tuple[BallotBox, ...]:
    fixed = BallotBox(id=station.fixed_box, kind=BoxKind.FIXED, label="1号", station=station.id)
    mobile = (
        BallotBox(
            id=station.mobile_box(name),
            kind=BoxKind.MOBILE,
            label=name,
            station=station.id,
            area="行动不便的选民住处",
        )
        for name in station.mobile
    )
    return (fixed, *mobile)


def _staff(scenario: Scenario) -> tuple[Appointment, ...]:
    """The team at every place; where a candidate shall try to carry a box, one is appointed as well."""
    places = tuple(dict.fromkeys([each.id for each in scenario.stations] + list(scenario.sites)))
    appointed = team(scenario.seed, places, _candidates(scenario))
    candidates = {contest.id: contest.candidates for contest in scenario.contests}
    trying = tuple(
        Appointment(
            id=CANDIDATE_SCRUTINEER,
            name=candidates[station.contests[0]][0],
            role=Role.SCRUTINEER,
            stations=(station.id,),
            passphrase=passphrase(scenario.seed, CANDIDATE_SCRUTINEER),
        )
        for station in scenario.stations
        if scenario.planted(Kind.CREW_CANDIDATE, station.id)
    )
    return (*appointed, *trying)
