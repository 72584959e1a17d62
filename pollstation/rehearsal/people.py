"""Invented people: voters as a register of the mainland has them, and the team that plays every station.

Nobody real can be meant: identity numbers begin with 9901, an area that no place has.
"""

import random
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from pollstation.bundles.staff_table import Appointment
from pollstation.domain.identity_numbers import check_character
from pollstation.domain.register import Voter
from pollstation.domain.staff import Role
from pollstation.rehearsal.scenario import StationFigures

AREA = "9901"
"""First digits of invented identity numbers; GB/T 2260 gives them to no place."""

VOTERS_A_GROUP = 40

# Surnames by how often they are met, the commonest first; each line weighs half the one before.
_SURNAMES = (
    "王李张刘陈",
    "杨黄赵吴周徐孙马朱胡",
    "郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董",
    "袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤",
)
_COMPOUND_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒")
_RARE_SURNAMES = "仇单解查盖乐缪区冼朴逄亓仉佴禤乜"
_RARE_CHARACTERS = "𬭸㛃䶮㐂𬱖𫖯𬍛"
_FEMALE = (
    "秀英芳娜敏静丽娟艳霞燕玲桂兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉淑华慧巧美雅芝玉萍红"
)
_MALE = (
    "伟强磊军勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢建国志德福海永清民文斌光天达安岩中茂进学才发"
)
_STREETS = (
    "学府街",
    "人民路",
    "解放路",
    "建设街",
    "文化路",
    "新华街",
    "和平路",
    "光明巷",
    "青年路",
    "团结街",
)

TEAM = (
    ("supervisor-01", Role.SUPERVISOR),
    ("officer-01", Role.OFFICER),
    ("officer-02", Role.OFFICER),
    ("scrutineer-01", Role.SCRUTINEER),
    ("scrutineer-02", Role.SCRUTINEER),
    ("scrutineer-03", Role.SCRUTINEER),
    ("scrutineer-04", Role.SCRUTINEER),
    ("counter-01", Role.COUNTER),
    ("counter-02", Role.COUNTER),
    ("counter-03", Role.COUNTER),
    ("committee-01", Role.COMMITTEE),
)
"""One team plays every station of a rehearsal in turn."""

CANDIDATE_SCRUTINEER = "scrutineer-05"
"""Somebody who stands for election and was appointed all the same: an irregularity to be caught."""

STRANGER = Voter(
    token="",
    number=1,
    name="外地",
    sex="",
    birth=None,
    group="",
    address="",
    card="10000001",
    id_number="",
    contests=(),
)
"""A voter of somewhere else."""


class Names:
    """Names of people, drawn by ``chance``; those of candidates are never given to anybody else."""

    def __init__(self, chance: random.Random, taken: Collection[str]) -> None:
        self._chance = chance
        self._taken = taken
        self._surnames = "".join(_SURNAMES)
        self._weights = [8.0 / 2**rank for rank, line in enumerate(_SURNAMES) for _ in line]

    def draw(self, sex: str) -> str:
        """One more name; namesakes happen."""
        while (name := self._surname() + self._given(sex)) in self._taken:
            pass
        return name

    def _surname(self) -> str:
        draw = self._chance.random()
        if draw < 0.006:
            return self._chance.choice(_COMPOUND_SURNAMES)
        if draw < 0.015:
            return self._chance.choice(_RARE_SURNAMES)
        return self._chance.choices(self._surnames, self._weights)[0]

    def _given(self, sex: str) -> str:
        characters = _FEMALE if sex == "female" else _MALE
        given = self._chance.choices(characters, k=1 if self._chance.random() < 0.25 else 2)
        if self._chance.random() < 0.01:
            given[-1] = self._chance.choice(_RARE_CHARACTERS)
        return "".join(given)


def voters(
    stations: Iterable[StationFigures], seed: int, day: date, taken: Collection[str]
) -> Iterator[tuple[str, tuple[Voter, ...]]]:
    """The register of every station, always the same for one seed and day.

    Args:
        day: election day; everybody is of age by then.
        taken: names that nobody may have, those of candidates.

    Returns:
        Station ids with their voters; tokens are given with the package.
    """
    card = 20_000_000
    for station in stations:
        chance = random.Random(f"{seed}/voters/{station.id}")
        names = Names(chance, taken)
        street = chance.choice(_STREETS)
        yield (
            station.id,
            tuple(
                _voter(number, card + number, names, chance, street, day, station.contests)
                for number in range(1, station.voters + 1)
            ),
        )
        card += station.voters


def _voter(
    number: int,
    card: int,
    names: Names,
    chance: random.Random,
    street: str,
    day: date,
    contests: tuple[str, ...],
) -> Voter:
    sex = chance.choice(("male", "female"))
    age = 18 + int(chance.betavariate(1.7, 2.4) * 75)
    birth = day - timedelta(days=age * 366 + chance.randrange(365))
    # Two digits of the area and the three before the check (odd for men) come from the card's number, so that
    # no two voters have one identity number.
    place, order = divmod(card * 2 + (sex == "male"), 1000)
    first = f"{AREA}{place % 100:02d}{birth:%Y%m%d}{order:03d}"
    return Voter(
        token="",
        number=number,
        name=names.draw(sex),
        sex=sex,
        birth=birth,
        group=f"第{(number - 1) // VOTERS_A_GROUP + 1}选民小组",
        address=f"{street}{1 + number // 3}号",
        card=str(card),
        id_number=first + check_character(first),
        contests=contests,
    )


def team(seed: int, stations: tuple[str, ...], taken: Collection[str]) -> tuple[Appointment, ...]:
    """The team, appointed to every station, with passphrases of their own."""
    chance = random.Random(f"{seed}/team")
    names = Names(chance, taken)
    return tuple(
        Appointment(
            id=id_,
            name=names.draw(chance.choice(("male", "female"))),
            role=role,
            stations=stations,
            passphrase=passphrase(seed, id_),
        )
        for id_, role in TEAM
    )


def passphrase(seed: int, whose: str) -> str:
    """What ``whose`` envelope holds: of a member of the team, or of a station."""
    chance = random.Random(f"{seed}/passphrase/{whose}")
    return "-".join("".join(chance.choices("abcdefghjkmnpqrstuvwxyz23456789", k=4)) for _ in range(3))
