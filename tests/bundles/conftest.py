"""A committee, its stations, and the public tools that a stranger checks with."""

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pollstation.bundles.certificates import Authority, certificate_pem, issue_station, new_root
from pollstation.domain.contests import BallotBox, BoxKind, Contest, Election, Level, Plan, Station

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
    (folder / "bundle.zip").write_bytes(bundle)
    (folder / "root.pem").write_bytes(certificate_pem(root.certificate))
    commands = (
        "unzip -q ../bundle.zip && sha256sum -c --strict --quiet SHA256SUMS && "
        "openssl cms -verify -binary -inform DER -in SHA256SUMS.p7s -content SHA256SUMS"
        " -CAfile ../root.pem -purpose any -out /dev/null"
    )
    (folder / "b").mkdir()
    done = subprocess.run(commands, check=False, shell=True, cwd=folder / "b", capture_output=True)
    return done.returncode == 0
