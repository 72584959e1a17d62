"""A small station for tests: two contests, a fixed and a mobile box, staff, and generated voters."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import argon2
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from pollstation.domain.contests import BallotBox, BoxKind, Contest, Election, Level, Plan, Post, Station
from pollstation.domain.identity_numbers import check_character
from pollstation.domain.register import Voter
from pollstation.domain.staff import Person, Role, Session
from pollstation.services.ports import Package
from pollstation.services.register_changes import Newcomer

PASSPHRASE = "苹果 correct horse 7"
"""Of the station file."""

STAFF = {
    "supervisor-01": Role.SUPERVISOR,
    "officer-01": Role.OFFICER,
    "officer-02": Role.OFFICER,
    "counter-01": Role.COUNTER,
    "counter-02": Role.COUNTER,
    "scrutineer-01": Role.SCRUTINEER,
    "scrutineer-02": Role.SCRUTINEER,
    "committee-01": Role.COMMITTEE,
}

_SURNAMES = "王李张刘陈杨赵黄周吴"
_GIVEN = ("伟", "秀英", "建国", "桂兰", "志强", "玉梅", "海燕", "德福", "春花", "𬭎")


class TickingClock:
    """A clock that a test sets; every look at it takes a second."""

    def __init__(self, start: datetime = datetime(2026, 12, 6, 0, 0, tzinfo=UTC)) -> None:
        self.time = start

    def now(self) -> datetime:
        """Now, a second later than when last asked."""
        self.time += timedelta(seconds=1)
        return self.time


def plan() -> Plan:
    """One station with a county and a township contest, which counts its own boxes."""
    station = Station(
        id="S01",
        name="第一投票站",
        contests=("county-1", "town-1"),
        boxes=(
            BallotBox(id="S01-F", kind=BoxKind.FIXED, label="1", station="S01"),
            BallotBox(id="S01-M1", kind=BoxKind.MOBILE, label="2", station="S01", area="养老院"),
        ),
        counts=("S01",),
    )
    return Plan(
        election=Election(
            id="E2026",
            title="换届选举",
            profile="npc-2020",
            day=date(2026, 12, 6),
            committee="选举委员会",
            rehearsal=True,
        ),
        station=station,
        counted=(station,),
        contests=(
            Contest(
                id="county-1",
                level=Level.COUNTY,
                seats=2,
                candidates=("甲一", "乙二", "丙三"),
                title="县人民代表大会代表选票",
                constituency="第一选区",
                paper_colour="红",
            ),
            Contest(
                id="town-1",
                level=Level.TOWNSHIP,
                seats=1,
                candidates=("丁四", "戊五"),
                title="镇人民代表大会代表选票",
                constituency="第一选区",
                paper_colour="绿",
            ),
        ),
    )


def voter(number: int) -> Voter:
    """The voter of that place in the register, always the same; every tenth votes in one contest only."""
    name = _SURNAMES[number % 10] + _GIVEN[number // 10 % 10]
    return Voter(
        token=f"{number:08x}",
        number=number,
        name=name,
        sex="female" if number % 2 else "male",
        birth=date(1950 + number % 50, 1 + number % 12, 1 + number % 28),
        group=f"第{number // 100 + 1}组",
        address=f"人民路{number}号",
        card=f"C{number:06d}",
        id_number=f"{32010219500101 * 10_000 + number:018d}",
        contests=("county-1",) if number % 10 == 0 else ("county-1", "town-1"),
    )


def person_passphrase(person_id: str) -> str:
    """What that member of the staff types."""
    return f"{person_id} 的口令"


@cache
def people() -> tuple[Person, ...]:
    """The staff, with passphrases hashed as cheaply as Argon2id allows."""
    hasher = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return tuple(
        Person(id=id_, name=f"工作人员{id_}", role=role, passphrase_hash=hasher.hash(person_passphrase(id_)))
        for id_, role in STAFF.items()
    )


def session(person_id: str) -> Session:
    """Somebody of the staff, signed in."""
    person = next(each for each in people() if each.id == person_id)
    return Session(id=person.id, name=person.name, role=person.role)


@cache
def station_key() -> bytes:
    """The station's private key, PEM, PKCS #8."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def newcomer(number: int = 1) -> Newcomer:
    """Somebody who was left out of the list, with papers in order."""
    first = f"99010119900101{number:03d}"
    return Newcomer(
        name=f"新选民{number}",
        card=f"N{number:06d}",
        id_number=first + check_character(first),
        address="人民路补1号",
        contests=("county-1", "town-1"),
    )


def package(voters: int = 30, **local_rules: bool | int | str) -> Package:
    """An election package for the station, without certificates."""
    made = plan()
    election = msgspec.structs.replace(made.election, local_rules=local_rules)
    return Package(
        plan=msgspec.structs.replace(made, election=election),
        people=people(),
        voters=tuple(voter(number) for number in range(1, voters + 1)),
        settings={"station-key": station_key(), "digest": b"\x00" * 32},
    )


def village(voters: int = 30, **local_rules: bool) -> Package:
    """The same station on the day of a village: three posts, and a person who stands for two."""
    made = package(voters, **local_rules)
    posts = (
        Contest(id="chair", post=Post.CHAIR, level=Level.VILLAGE, seats=1, candidates=("甲一", "乙二")),
        Contest(id="vice", post=Post.VICE_CHAIR, level=Level.VILLAGE, seats=1, candidates=("乙二", "丙三")),
        Contest(
            id="member", post=Post.MEMBER, level=Level.VILLAGE, seats=2, candidates=("甲一", "丁四", "戊五")
        ),
    )
    ids = tuple(contest.id for contest in posts)
    station = msgspec.structs.replace(made.plan.station, contests=ids)
    return msgspec.structs.replace(
        made,
        plan=msgspec.structs.replace(
            made.plan,
            election=msgspec.structs.replace(made.plan.election, profile="village-2025"),
            station=station,
            counted=(station,),
            contests=posts,
        ),
        voters=tuple(msgspec.structs.replace(each, contests=ids) for each in made.voters),
    )
