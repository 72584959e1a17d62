"""A committee, its stations, and the public tools that a stranger checks with."""

import subprocess
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

import argon2
import msgspec
import pytest

from pollstation.bundles.certificates import Authority, certificate_pem, issue_station, new_root
from pollstation.bundles.election_folder import Preparation
from pollstation.bundles.package import Derivation, build_package, open_package
from pollstation.bundles.result_bundle import pack_bundle, read_polling
from pollstation.bundles.staff_table import Appointment
from pollstation.domain.contests import BallotBox, BoxKind, Contest, Election, Level, Plan, Station
from pollstation.services import closing, counting_site, handing_over
from pollstation.services.bundle_content import BundleContent
from pollstation.services.ports import Reading
from pollstation.store import StationFile
from tests import acts
from tests import station as small

NOW = datetime.now(UTC)
ELECTION = Election(
    id="e-2026-1",
    title="某区人大代表选举",
    profile="npc-2020",
    day=date(2026, 12, 8),
    committee="某区选举委员会",
    rehearsal=True,
)
CONTEST = Contest(
    id="county-3", level=Level.COUNTY, seats=2, candidates=("甲", "乙", "丙"), constituency="第三选区"
)


def polling_station(name: str, *, counts: tuple[str, ...] = ()) -> Station:
    return Station(
        id=name,
        name=f"{name} 投票站",
        contests=("county-3",),
        boxes=(
            BallotBox(id=f"{name}-F", kind=BoxKind.FIXED, label="1", station=name),
            BallotBox(id=f"{name}-M1", kind=BoxKind.MOBILE, label="流动 1", station=name),
        ),
        counts=counts,
    )


def plan_of(station: Station) -> Plan:
    return Plan(election=ELECTION, station=station, contests=(CONTEST,))


@pytest.fixture(scope="session")
def root() -> Authority:
    return new_root(ELECTION.committee, NOW)


@pytest.fixture(scope="session")
def stranger() -> Authority:
    """Another committee's root."""
    return new_root("另一选举委员会", NOW)


@pytest.fixture(scope="session")
def station(root: Authority) -> Authority:
    return issue_station(root, ELECTION.id, ELECTION.day, polling_station("S01"), NOW)


@pytest.fixture(scope="session")
def counting(root: Authority) -> Authority:
    site = Station(id="C1", name="中心会场", contests=("county-3",), counts=("S01",))
    return issue_station(root, ELECTION.id, ELECTION.day, site, NOW)


def public_tools_accept(bundle: bytes, root: Authority, folder: Path) -> bool:
    """Whether unzip, sha256sum and openssl accept ``bundle`` the way the manual tells strangers to check."""
    return public_tools_hold(bundle, certificate_pem(root.certificate), folder)


def public_tools_hold(bundle: bytes, root: bytes, folder: Path) -> bool:
    """The same with the root certificate as PEM."""
    (folder / "bundle.zip").write_bytes(bundle)
    (folder / "root.pem").write_bytes(root)
    commands = (
        "unzip -q ../bundle.zip && sha256sum -c --strict --quiet SHA256SUMS && "
        "openssl cms -verify -binary -inform DER -in SHA256SUMS.p7s -content SHA256SUMS"
        " -CAfile ../root.pem -purpose any -out /dev/null"
    )
    (folder / "b").mkdir()
    done = subprocess.run(commands, check=False, shell=True, cwd=folder / "b", capture_output=True)
    return done.returncode == 0


def preparation(stations: tuple[Station, ...], voters: int = 30) -> Preparation:
    """The small day of ``tests.station`` as a committee prepares it; S01 polls."""
    plan = small.plan()
    return Preparation(
        election=plan.election,
        contests=plan.contests,
        stations=stations,
        register={"S01": tuple(small.voter(number) for number in range(1, voters + 1))},
        staff=tuple(
            Appointment(
                id=name,
                name=name,
                role=role,
                stations=tuple(station.id for station in stations),
                passphrase=small.person_passphrase(name),
            )
            for name, role in small.STAFF.items()
        ),
    )


def package_for(prepared: Preparation, station: str, root: Authority) -> bytes:
    """A package made as cheaply as Argon2id allows, with the tokens that ``tests.station`` expects."""
    hasher = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    tokens = (small.voter(number).token for number in count(1))
    return build_package(
        prepared,
        station,
        root,
        small.PASSPHRASE,
        NOW,
        token_source=lambda: next(tokens),
        hashed=hasher.hash,
        derivation=Derivation(time=1, memory=64, lanes=1),
    )


def file_for(prepared: Preparation, station: str, root: Authority, folder: Path) -> StationFile:
    """A station's file, made from its package."""
    package = open_package(
        package_for(prepared, station, root), small.PASSPHRASE, certificate_pem(root.certificate)
    )
    return StationFile.create(folder / f"{station}.day", small.PASSPHRASE, package, small.TickingClock())


def hand_over(file: StationFile) -> bytes:
    """The bundle as it leaves."""

    def seal(unit: Reading, content: BundleContent) -> bytes:
        keys = [unit.setting(name) for name in ("station-key", "station-certificate", "root")]
        return pack_bundle(content, {"account.pdf": b"%PDF-1.7"}, *keys)

    return file.write(lambda unit: handing_over.hand_over(unit, acts.BOSS, acts.WITNESS, seal)).value.data


def poll(file: StationFile) -> None:
    """From the package to the close: 14 voters in person, 3 at the mobile box."""
    acts.prepare(file)
    acts.open_day(file)
    acts.vote(file, *range(1, 15))
    acts.send_mobile(file)
    acts.serve_mobile(file, 20, 21, 22)
    acts.return_mobile(file, {"county-1": 2, "town-1": 3})
    acts.close_day(file)


class Handed(NamedTuple):
    """A bundle, the key that signed it, and the bundle of a second hand-over that corrects it."""

    bundle: bytes
    key: bytes
    certificate: bytes
    correction: bytes


def handed(file: StationFile) -> Handed:
    """Hand over, and tell the key."""
    bundle = hand_over(file)
    key = file.read(lambda unit: unit.setting("station-key"))
    certificate = file.read(lambda unit: unit.setting("station-certificate"))
    return Handed(bundle, key, certificate, hand_over(file))


@pytest.fixture(scope="session")
def own_day(root: Authority, tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """The bundle of a station that counted its own boxes."""
    prepared = preparation((small.plan().station,))
    with file_for(prepared, "S01", root, tmp_path_factory.mktemp("own")) as file:
        poll(file)
        acts.open_boxes(file)
        acts.count_everything(file)
        acts.propose(file)
        acts.confirm(file, "county-1")
        return handed(file)


@pytest.fixture(scope="session")
def own_count(own_day: Handed) -> bytes:
    return own_day.bundle


@pytest.fixture(scope="session")
def two_places(root: Authority, tmp_path_factory: pytest.TempPathFactory) -> tuple[Handed, Handed]:
    """The bundles of a station that only polled and of the site that counted its boxes."""
    folder = tmp_path_factory.mktemp("two")
    s01 = msgspec.structs.replace(small.plan().station, counts=())
    site = Station(id="C1", name="中心会场", contests=s01.contests, counts=("S01",))
    prepared = preparation((s01, site))
    with file_for(prepared, "S01", root, folder) as station, file_for(prepared, "C1", root, folder) as count_:
        poll(station)
        for box, seals in (("S01-F", ["0001", "9000"]), ("S01-M1", ["0002", "9001"])):
            station.write(
                partial(closing.send_box, by=acts.BOSS, witness=acts.WITNESS, box=box, seals_seen=seals)
            )
        polling = handed(station)
        acts.prepare(count_)
        taken_in = read_polling(polling.bundle, certificate_pem(root.certificate))
        count_.write(lambda unit: counting_site.receive_polling(unit, acts.BOSS, acts.WITNESS, taken_in))
        for box, seals in (("S01-F", ["0001", "9000"]), ("S01-M1", ["0002", "9001"])):
            count_.write(
                partial(
                    counting_site.take_in_box,
                    by=acts.BOSS,
                    witness=acts.WITNESS,
                    box=box,
                    seals_seen=seals,
                )
            )
        acts.open_boxes(count_)
        acts.count_everything(count_)
        acts.propose(count_)
        return polling, handed(count_)
