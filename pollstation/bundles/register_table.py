"""The voter register (选民名册) as the committee's clerks keep it, checked line by line."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pollstation.bundles.printable import unprintable
from pollstation.bundles.tables import SEXES, Column, Row, Table, date_in, read_table
from pollstation.domain import identity_numbers
from pollstation.domain.contests import Station
from pollstation.domain.errors import Code, Fault
from pollstation.domain.register import Voter, age_on

VOTING_AGE = 18
"""Electoral Law art. 4."""

COLUMNS = (
    Column("number", ("序号", "编号")),
    Column("name", ("姓名", "选民姓名")),
    Column("sex", ("性别",)),
    Column("birth", ("出生日期", "出生年月日", "生日")),
    Column("group", ("选民小组", "小组"), required=False),
    Column("address", ("住址", "地址"), required=False),
    Column("card", ("选民证号", "选民证编号", "选民证号码")),
    Column("id_number", ("身份证号", "身份证号码", "公民身份号码"), required=False),
    Column("station", ("投票站",)),
    Column("contests", ("选区", "选举"), required=False),
)
_BETWEEN_CHINESE = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")


def read_register(
    folder: Path, stations: Mapping[str, Station], day: date
) -> tuple[dict[str, tuple[Voter, ...]], list[Fault]]:
    """The voters of every polling station in order of number, and everything wrong or improbable.

    Args:
        day: election day, on which a voter must be of age.
    """
    table = read_table(folder, "register", COLUMNS)
    if table.faults:
        return {}, table.faults
    lines = _Lines(table, stations, day)
    register: dict[str, list[Voter]] = {name: [] for name, station in stations.items() if station.polls}
    for row in table.rows:
        voter = lines.read(row)
        register.setdefault(row.text("station"), []).append(voter)
    faults = lines.faults + [
        Fault(code=Code.STATION_WITHOUT_VOTERS, file=table.file, field="station", facts={"station": name})
        for name, voters in register.items()
        if not voters
    ]
    in_order = {name: tuple(sorted(own, key=lambda voter: voter.number)) for name, own in register.items()}
    return in_order, faults


class _Lines:
    """Reads one line after another and remembers what must not come twice."""

    def __init__(self, table: Table, stations: Mapping[str, Station], day: date) -> None:
        self.faults: list[Fault] = []
        self._file = table.file
        self._names_contests = table.has("contests")
        self._stations = stations
        self._day = day
        self._seen: dict[tuple[str, ...], int] = {}

    def read(self, row: Row) -> Voter:
        """The voter of this line; what does not fit is in ``faults`` and left out of the voter."""
        station = self._station(row)
        id_number = self._id_number(row)
        birth = self._birth(row, id_number)
        card = row.text("card")
        if not card and not row.text("id_number"):
            self._fault(Code.VOTER_UNIDENTIFIED, row, "card")
        self._once(row, "card", card)
        return Voter(
            token="",
            number=self._number(row),
            name=self._name(row),
            sex=self._sex(row, id_number),
            birth=birth,
            group=self._shown(row, "group"),
            address=self._shown(row, "address"),
            card=card,
            id_number=id_number,
            contests=self._contests(row, station),
        )

    def _fault(self, code: Code, row: Row, field: str, **facts: object) -> None:
        self.faults.append(Fault(code=code, file=self._file, row=row.number, field=field, facts=facts))

    def _once(self, row: Row, field: str, value: str, *within: str) -> None:
        if not value:
            return
        first = self._seen.setdefault((field, value, *within), row.number)
        if first != row.number:
            self._fault(Code.DUPLICATE_VALUE, row, field, first=f"{self._file}:{first}")

    def _station(self, row: Row) -> Station | None:
        name = row.text("station")
        if not name:
            self._fault(Code.FIELD_MISSING, row, "station")
            return None
        station = self._stations.get(name)
        if station is None or not station.polls:
            known = ", ".join(known for known, each in self._stations.items() if each.polls)
            self._fault(Code.FOLDER_STATION_UNKNOWN, row, "station", value=name, known=known)
            return None
        return station

    def _contests(self, row: Row, station: Station | None) -> tuple[str, ...]:
        """Where the file has no such column, every voter has a ballot in all contests of the station."""
        if station is None:
            return ()
        if not self._names_contests:
            return station.contests
        named = row.list("contests")
        if not named:
            self._fault(Code.FIELD_MISSING, row, "contests")
        for contest in named:
            if contest not in station.contests:
                known = ", ".join(station.contests)
                self._fault(Code.FOLDER_CONTEST_UNKNOWN, row, "contests", value=contest, known=known)
        return tuple(contest for contest in station.contests if contest in named)

    def _number(self, row: Row) -> int:
        text = row.text("number")
        if not text:
            self._fault(Code.FIELD_MISSING, row, "number")
        elif not (text.isascii() and text.isdigit() and int(text) > 0):
            self._fault(Code.FIELD_INVALID, row, "number", value=text)
        else:
            self._once(row, "number", str(int(text)), row.text("station"))
            return int(text)
        return 0

    def _name(self, row: Row) -> str:
        # clerks widen short names with a space in the middle
        name = _BETWEEN_CHINESE.sub("", self._shown(row, "name"))
        if not name:
            self._fault(Code.FIELD_MISSING, row, "name")
        return name

    def _shown(self, row: Row, field: str) -> str:
        text = row.text(field)
        missing = unprintable(text)
        if missing:
            points = " ".join(f"U+{ord(c):04X}" for c in missing)
            self._fault(Code.CHARACTER_UNPRINTABLE, row, field, characters=missing, points=points)
        return text

    def _id_number(self, row: Row) -> str:
        """The number, or nothing where it is not one."""
        if row.lost_digits("id_number"):
            self._fault(Code.ID_NUMBER_NOT_TEXT, row, "id_number")
            return ""
        number = row.text("id_number").upper()
        if not number:
            return ""
        self._once(row, "id_number", number)
        if not identity_numbers.well_formed(number):
            self._fault(Code.ID_NUMBER_LENGTH, row, "id_number", length=len(number))
            return ""
        if identity_numbers.check_character(number[:17]) != number[17]:
            self._fault(Code.ID_NUMBER_CHECK_DIGIT, row, "id_number")
            return ""
        return number

    def _birth(self, row: Row, id_number: str) -> date | None:
        stated = row.text("birth")
        in_number = identity_numbers.birth_of(id_number) if id_number else None
        birth = date_in(stated)
        if stated and birth is None:
            self._fault(Code.DATE_UNREADABLE, row, "birth", value=stated)
        elif id_number and (in_number is None or (birth and birth != in_number)):
            self._fault(Code.ID_NUMBER_BIRTH, row, "birth", value=stated)
        birth = birth or in_number
        if birth and age_on(birth, self._day) < VOTING_AGE:
            self._fault(Code.VOTER_UNDER_AGE, row, "birth", age=VOTING_AGE, day=self._day.isoformat())
        return birth

    def _sex(self, row: Row, id_number: str) -> str:
        stated = row.text("sex")
        sex = SEXES.get(stated.casefold())
        if sex is None:
            self._fault(Code.SEX_UNKNOWN, row, "sex", value=stated)
        elif sex and id_number and sex != identity_numbers.sex_of(id_number):
            self._fault(Code.ID_NUMBER_SEX, row, "sex")
        return sex or ""
