"""The people appointed to the stations, as the committee's clerks list them."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from pollstation.bundles.printable import unprintable
from pollstation.bundles.tables import Column, Row, read_table
from pollstation.domain.contests import Station
from pollstation.domain.errors import Code, Fault
from pollstation.domain.staff import Role

PASSPHRASE_MINIMUM = 6

COLUMNS = (
    Column("id", ("编号", "工号")),
    Column("name", ("姓名",)),
    Column("role", ("职务", "岗位", "角色")),
    Column("station", ("投票站", "站点", "会场")),
    Column("passphrase", ("口令", "密码")),
    Column("relative_of", ("近亲属候选人", "候选人近亲属"), required=False),
)
ROLES = {
    **{role.value: role for role in Role},
    **{"工作人员": Role.OFFICER, "发票员": Role.OFFICER},
    **{"计票人": Role.COUNTER, "计票员": Role.COUNTER},
    **{"主持人": Role.SUPERVISOR, "负责人": Role.SUPERVISOR},
    **{"监票人": Role.SCRUTINEER, "总监票人": Role.SCRUTINEER},
    **{"选举委员会": Role.COMMITTEE},
}


class Appointment(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody appointed to one or more stations, with the passphrase handed to them in an envelope."""

    id: str
    name: str
    role: Role
    stations: tuple[str, ...]
    passphrase: str
    relative_of: str = ""
    """Name of the candidate whose close relative this is."""

    def __repr__(self) -> str:
        return f"Appointment({self.id})"


def read_staff(folder: Path, stations: Mapping[str, Station]) -> tuple[tuple[Appointment, ...], list[Fault]]:
    """Everybody appointed, and everything wrong with the list."""
    table = read_table(folder, "staff", COLUMNS)
    if table.faults:
        return (), table.faults
    staff: list[Appointment] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        appointment, own = _read(row, table.file, stations)
        faults += own
        first = seen.setdefault(row.text("id"), row.number)
        if first != row.number and row.text("id"):
            faults.append(_fault(Code.DUPLICATE_VALUE, table.file, row, "id", first=f"{table.file}:{first}"))
        if appointment:
            staff.append(appointment)
    if not faults:
        faults = check_staff(staff, stations.values(), table.file)
    return tuple(staff), faults


def _fault(code: Code, file: str, row: Row, field: str, **facts: object) -> Fault:
    return Fault(code=code, file=file, row=row.number, field=field, facts=facts)


def _read(row: Row, file: str, stations: Mapping[str, Station]) -> tuple[Appointment | None, list[Fault]]:
    faults = [
        _fault(Code.FIELD_MISSING, file, row, column.name)
        for column in COLUMNS
        if column.required and not row.text(column.name)
    ]
    name, role = row.text("name"), ROLES.get(row.text("role").casefold())
    missing = unprintable(name)
    if missing:
        points = " ".join(f"U+{ord(c):04X}" for c in missing)
        facts = {"characters": missing, "points": points}
        faults.append(_fault(Code.CHARACTER_UNPRINTABLE, file, row, "name", **facts))
    if role is None and row.text("role"):
        known = ", ".join(ROLES)
        faults.append(_fault(Code.ROLE_UNKNOWN, file, row, "role", value=row.text("role"), known=known))
    for station in row.list("station"):
        if station not in stations:
            facts = {"value": station, "known": ", ".join(stations)}
            faults.append(_fault(Code.FOLDER_STATION_UNKNOWN, file, row, "station", **facts))
    passphrase = row.text("passphrase")
    if 0 < len(passphrase) < PASSPHRASE_MINIMUM:
        facts = {"minimum": str(PASSPHRASE_MINIMUM)}
        faults.append(_fault(Code.STAFF_PASSPHRASE_SHORT, file, row, "passphrase", **facts))
    if faults or role is None:
        return None, faults
    return (
        Appointment(
            id=row.text("id"),
            name=name,
            role=role,
            stations=row.list("station"),
            passphrase=passphrase,
            relative_of=row.text("relative_of"),
        ),
        [],
    )


def check_staff(staff: Iterable[Appointment], stations: Iterable[Station], file: str = "") -> list[Fault]:
    """Whether every station has the people that the day needs.

    Two scrutineers carry a mobile box and witness its seal; two counters enter each sheet, unseen by the
    other; officers issue ballots, which a supervisor may do as well.
    """
    appointed = list(staff)
    faults = []
    for station in stations:
        needs = {Role.SUPERVISOR: 1, Role.SCRUTINEER: 2}
        if station.counts:
            needs[Role.COUNTER] = 2
        for role, needed in needs.items():
            there = sum(1 for person in appointed if person.role is role and station.id in person.stations)
            if there < needed:
                facts: dict[str, object] = {
                    "station": station.id,
                    "role": role.value,
                    "needed": needed,
                    "there": there,
                }
                faults.append(Fault(code=Code.STAFF_SHORT, file=file, field="role", facts=facts))
    return faults
