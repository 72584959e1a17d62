"""A rehearsal's scenario: which figures the day shall end in, read from TOML and refused as a whole.

What it may hold stands in the structures below; what cannot be is found by ``scenario_checks``.
"""

import tomllib
from enum import StrEnum, unique
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin

import msgspec

from pollstation.domain.contests import Level, Post
from pollstation.domain.errors import Code, Fault, Faults, Refusal

T = TypeVar("T", bound=msgspec.Struct)

MOST = 99_999
"""No station has more voters, no count is larger: a longer figure is a slip of the hand."""

Count = Annotated[int, msgspec.Meta(ge=0, le=MOST)]
Votes = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]
Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$")]
"""Becomes part of names of files on every system."""
Name = Annotated[str, msgspec.Meta(pattern=r"^\S(.*\S)?$", max_length=60)]


@unique
class Kind(StrEnum):
    """What may be planted: something wrong that a careless or dishonest person does once."""

    SECOND_ATTEMPT = "second_attempt"
    VOTED_BY_PROXY_COMES = "voted_by_proxy_comes"
    FOURTH_PROXY = "fourth_proxy"
    PROXY_AFTER_VOTING = "proxy_after_voting"
    UNAPPROVED_PROXY = "unapproved_proxy"
    WRONG_STATION = "wrong_station"
    INVENTED_CARD = "invented_card"
    STOCK_PACKET_SHORT = "stock_packet_short"
    BALLOT_LOST = "ballot_lost"
    EXTRA_BALLOT = "extra_ballot"
    BROKEN_SEAL = "broken_seal"
    CREW_OF_ONE = "crew_of_one"
    CREW_CANDIDATE = "crew_candidate"
    MOBILE_RETURNS_SHORT = "mobile_returns_short"
    TRANSPOSED_DIGITS = "transposed_digits"
    SHIFTED_COLUMN = "shifted_column"
    BATCH_ENTERED_TWICE = "batch_entered_twice"
    SAME_PERSON_TWICE = "same_person_twice"
    BOX_FORGOTTEN = "box_forgotten"
    SUM_MISREAD = "sum_misread"
    MORE_VOTES_THAN_BALLOTS = "more_votes_than_ballots"
    BOX_OPENED_UNSEALED = "box_opened_unsealed"


OF_THE_COUNT = frozenset(
    {
        Kind.TRANSPOSED_DIGITS,
        Kind.SHIFTED_COLUMN,
        Kind.BATCH_ENTERED_TWICE,
        Kind.SAME_PERSON_TWICE,
        Kind.BOX_FORGOTTEN,
        Kind.SUM_MISREAD,
        Kind.MORE_VOTES_THAN_BALLOTS,
        Kind.BOX_OPENED_UNSEALED,
    }
)
"""Kinds that are planted at a counting site; the others at a station."""


class Irregularity(msgspec.Struct, frozen=True, kw_only=True):
    """Something wrong, and where it is done."""

    kind: Kind
    station: str = ""
    counting_site: str = ""

    @property
    def place(self) -> str:
        """Id of the station or counting site."""
        return self.station or self.counting_site


class ContestFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One ballot paper and what the tellers will read, over all stations."""

    id: Id
    level: Level
    post: Post | None = None
    """Of the one village that is rehearsed."""
    seats: Annotated[int, msgspec.Meta(ge=1, le=100)]
    candidates: Annotated[tuple[Name, ...], msgspec.Meta(min_length=1)]
    votes: dict[str, Votes]
    write_ins: dict[str, Votes] = {}
    void: Votes = 0


class StationFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One polling station: who comes in which way, and where its boxes are counted."""

    id: Id
    voters: Annotated[int, msgspec.Meta(ge=1, le=MOST)]
    contests: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    in_person: Count
    proxies: Count = 0
    mobile: dict[str, Count] = {}
    spoilt: Count = 0
    """Ballots replaced, in each contest."""
    not_returned: Count = 0
    """Ballots issued and never put in a box, in each contest."""
    counting_site: Id = ""

    @property
    def participants(self) -> int:
        """Voters who take part, in whichever way."""
        return self.in_person + self.proxies + sum(self.mobile.values())

    @property
    def site(self) -> str:
        """Where its boxes are counted."""
        return self.counting_site or self.id

    @property
    def fixed_box(self) -> str:
        """Id of the box that stands at the station."""
        return f"{self.id}-F"

    @property
    def boxes(self) -> dict[str, int]:
        """Voters whose ballots belong in each box, by the box's id; the fixed box comes first."""
        mobile = {self.mobile_box(name): served for name, served in self.mobile.items()}
        return {self.fixed_box: self.in_person + self.proxies, **mobile}

    def mobile_box(self, name: str) -> str:
        """Id, unique in the election, of the mobile box that the scenario calls ``name``."""
        return f"{self.id}-{name}"


class Scenario(msgspec.Struct, frozen=True, kw_only=True):
    """A whole day to rehearse."""

    title: Name
    profile: str
    seed: int = 0
    contests: tuple[ContestFigures, ...] = ()
    stations: tuple[StationFigures, ...] = ()
    irregularities: tuple[Irregularity, ...] = ()

    @property
    def sites(self) -> dict[str, tuple[StationFigures, ...]]:
        """The stations counted at each counting site, in the order of the scenario."""
        sites: dict[str, tuple[StationFigures, ...]] = {}
        for station in self.stations:
            sites[station.site] = (*sites.get(station.site, ()), station)
        return sites

    def planted(self, kind: Kind, place: str) -> int:
        """How often ``kind`` is planted at the station or counting site ``place``."""
        return sum(each.kind is kind and each.place == place for each in self.irregularities)

    def box_ballots(self, station: StationFigures, contest: str) -> dict[str, int]:
        """Ballots of ``contest`` that will lie in each box of ``station`` when it is opened.

        What is not returned is missing from the fixed box, and where that holds too few, from the others.
        Irregularities go by the station's first contest: what is lost is missing from the fixed box, what is
        slipped in lies in a box that nothing is missing from; without such a box the fixed one is too full.
        """
        issued = station.boxes
        boxes = dict(issued)
        missing = station.not_returned
        for box, ballots in issued.items():
            boxes[box] -= min(ballots, missing)
            missing -= min(ballots, missing)
        if contest == station.contests[0]:
            boxes[station.fixed_box] -= self.planted(Kind.BALLOT_LOST, station.id)
            if extra := self.planted(Kind.EXTRA_BALLOT, station.id):
                whole = [box for box in boxes if boxes[box] == issued[box]]
                box = whole[0] if whole else station.fixed_box
                boxes[box] = issued[box] + extra
        return boxes

    def collected(self, contest: str) -> int:
        """Ballots of ``contest`` in all boxes of all stations."""
        return sum(
            sum(self.box_ballots(station, contest).values())
            for station in self.stations
            if contest in station.contests
        )


class Draft(msgspec.Struct, frozen=True):
    """A scenario as far as it could be read, for the checks of what cannot be."""

    scenario: Scenario
    contest_ids: frozenset[str]
    """Every contest that is named, those included that could not be read."""
    stations_whole: bool
    """Whether every station could be read."""


def read_draft(file: Path) -> tuple[Draft, list[Fault]]:
    """The tables of ``file`` that are sound in themselves, and every fault of the others.

    Raises:
        Refusal: INPUT_UNREADABLE.
        Faults: SCENARIO_NOT_TOML.
    """
    raw = _toml(file)
    reader = _Reader(str(file))
    contests = reader.tables(raw, "contest", ContestFigures)
    stations = reader.tables(raw, "station", StationFigures)
    irregularities = reader.tables(raw, "irregularity", Irregularity, needed=False)
    head = {name: value for name, value in raw.items() if name not in ("contest", "station", "irregularity")}
    scenario = reader.table(head, Scenario, "", hidden=("contests", "stations", "irregularities"))
    stations_named, contests_named = raw.get("station"), raw.get("contest")
    ids = {
        str(each.get("id"))
        for each in (contests_named if isinstance(contests_named, list) else ())
        if isinstance(each, dict)
    }
    whole = isinstance(stations_named, list) and len(stations_named) == len(stations)
    scenario = msgspec.structs.replace(
        scenario or Scenario(title="?", profile=str(raw.get("profile"))),
        contests=contests,
        stations=stations,
        irregularities=irregularities,
    )
    return Draft(scenario, frozenset(ids), whole), reader.faults


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise Refusal(Code.INPUT_UNREADABLE, file=file) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        fault = Fault(code=Code.SCENARIO_NOT_TOML, file=str(file), facts={"problem": str(error)})
        raise Faults([fault]) from error


class _Reader:
    """Reads tables strictly and remembers every fault."""

    def __init__(self, file: str) -> None:
        self.faults: list[Fault] = []
        self._file = file

    def tables(self, raw: dict[str, Any], name: str, kind: type[T], *, needed: bool = True) -> tuple[T, ...]:
        """The sound tables of an array of tables."""
        tables = raw.get(name, [])
        if not isinstance(tables, list):
            self._wrong(Code.SCENARIO_FIELD_WRONG, name, value=tables)
            return ()
        if needed and not tables:
            self._wrong(Code.SCENARIO_FIELD_MISSING, name)
        read = [self.table(each, kind, place_of(name, each, at)) for at, each in enumerate(tables, start=1)]
        return tuple(each for each in read if each is not None)

    def table(self, raw: object, kind: type[T], where: str, hidden: tuple[str, ...] = ()) -> T | None:
        """One table; None when anything in it is wrong. ``hidden`` fields do not stand in the file."""
        if not isinstance(raw, dict):
            self._wrong(Code.SCENARIO_FIELD_WRONG, where, value=raw)
            return None
        before = len(self.faults)
        dot = f"{where}." if where else ""
        fields = {each.name: each for each in msgspec.structs.fields(kind) if each.name not in hidden}
        for name in raw.keys() - fields.keys():
            self._wrong(Code.SCENARIO_FIELD_UNKNOWN, f"{dot}{name}")
        values = {}
        for name, field in fields.items():
            if name in raw:
                values[name] = self._value(raw[name], field.type, f"{dot}{name}")
            elif field.required:
                self._wrong(Code.SCENARIO_FIELD_MISSING, f"{dot}{name}")
        return kind(**values) if len(self.faults) == before else None

    def _value(self, raw: object, kind: Any, where: str) -> Any:
        if get_origin(kind) is dict and isinstance(raw, dict):
            of = get_args(kind)[1]
            return {name: self._value(value, of, f"{where}.{name}") for name, value in raw.items()}
        try:
            return msgspec.convert(raw, kind)
        except msgspec.ValidationError:
            if kind is Kind:
                self._wrong(Code.SCENARIO_NAME_UNKNOWN, where, value=raw, known=[str(one) for one in Kind])
            elif kind == Id and isinstance(raw, str):
                self._wrong(Code.SCENARIO_ID_UNUSABLE, where, value=raw)
            else:
                self._wrong(Code.SCENARIO_FIELD_WRONG, where, value=raw)

    def _wrong(self, code: Code, field: str, **facts: object) -> None:
        self.faults.append(Fault(code=code, file=self._file, field=field, facts=facts))


def place_of(name: str, table: object, number: int) -> str:
    """How a table is called in a fault: by its id or kind, or by its number from 1."""
    fields = table if isinstance(table, dict) else msgspec.to_builtins(table)
    own = (fields.get("id") or fields.get("kind")) if isinstance(fields, dict) else None
    return f"{name}[{own if isinstance(own, str) else number}]"
