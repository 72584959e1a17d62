"""Boxes at the place where they are counted: taken in with their journal, seals checked, opened, counted."""

from collections.abc import Mapping, Sequence

import msgspec

from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.contests import BallotBox
from pollstation.domain.count_sheets import CountSheet, sheet_stream
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Entry, Kind
from pollstation.domain.profiles import rules_of
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.guards import own_stream, require_count, require_phase, this_day
from pollstation.services.opening import known_box
from pollstation.services.ports import Reading, UnitOfWork

CERTIFICATE = "certificate/"
"""Settings of this name keep the certificates of stations whose bundles were taken in."""


class PollingBundle(msgspec.Struct, frozen=True, kw_only=True):
    """What a verified polling bundle brings to the counting site."""

    election: str
    station: str
    sha256: str
    head: str
    certificate: bytes
    """PEM, of the station that signed it."""
    entries: tuple[Entry, ...]


class CountedBox(msgspec.Struct, frozen=True, kw_only=True):
    """One box at the counting site, as the page shows it."""

    box: BallotBox
    state: Box
    issued: dict[str, int]
    """Ballots issued for it, by contest: what it may hold at most."""


def boxes(unit: Reading) -> list[CountedBox]:
    """Every box to be opened here that was used, in the order of stations and boxes."""
    lines = []
    for box in unit.plan.counted_boxes:
        state = unit.state(box_stream(box.id), Box)
        if state.state is BoxState.PREPARED and box.station in _received(unit):
            continue
        issued = {
            contest: unit.total(f"box_issued/{box.id}/{contest}") for contest in _contests_of(unit, box)
        }
        lines.append(CountedBox(box=box, state=state, issued=issued))
    return lines


def _contests_of(unit: Reading, box: BallotBox) -> tuple[str, ...]:
    return next(station.contests for station in unit.plan.counted if station.id == box.station)


def _received(unit: Reading) -> set[str]:
    own = {unit.plan.station.id} if unit.plan.station.counts_itself else set()
    return {*this_day(unit).polling_received, *own}


def stations_missing(unit: Reading) -> list[str]:
    """Stations counted here whose polling bundle has not been taken in."""
    received = _received(unit)
    return [station.id for station in unit.plan.counted if station.id not in received]


def receive_polling(unit: UnitOfWork, by: Session, witness: Session, bundle: PollingBundle) -> int:
    """Take in a polling station's verified bundle: its journal becomes part of this site's.

    Returns:
        How many entries were new here.

    Raises:
        Refusal: POLLING_WRONG_STATION where the station is not counted here or the election is another.
    """
    require(by, Act.RECEIVE)
    require_two(by, witness)
    require_phase(unit, DayPhase.PREPARED, DayPhase.CLOSED)
    expected = {station.id for station in unit.plan.counted} - {unit.plan.station.id}
    if bundle.station not in expected or bundle.election != unit.plan.election.id:
        raise Refusal(Code.POLLING_WRONG_STATION, station=bundle.station, election=bundle.election)
    if this_day(unit).polling_received.get(bundle.station) == bundle.sha256:
        raise Refusal(Code.ALREADY_DONE)
    new = unit.merge(bundle.entries)
    unit.keep(f"{CERTIFICATE}{bundle.station}", bundle.certificate)
    unit.append(
        Kind.POLLING_RECEIVED,
        own_stream(unit),
        by=by,
        witness=witness,
        public={
            "station": bundle.station,
            "sha256": bundle.sha256,
            "head": bundle.head,
            "entries": len(bundle.entries),
        },
    )
    return new


def start_count(unit: UnitOfWork, by: Session, witness: Session) -> None:
    """Begin the count once every station counted here has closed or handed in its polling bundle."""
    require(by, Act.RECEIVE)
    require_two(by, witness)
    plan = unit.plan
    if not plan.counted:
        raise Refusal(Code.COUNTS_ELSEWHERE, station=plan.station.id)
    require_phase(unit, DayPhase.CLOSED if plan.station.polls else DayPhase.PREPARED)
    if missing := stations_missing(unit):
        raise Refusal(Code.POLLING_MISSING, stations=missing)
    unit.append(Kind.COUNT_STARTED, own_stream(unit), by=by, witness=witness)


def take_in_box(
    unit: UnitOfWork, by: Session, witness: Session, box: str, *, seals_seen: Sequence[str]
) -> None:
    """Write down a box's arrival: two people read its seals; a number that differs is kept."""
    require(by, Act.RECEIVE)
    require_two(by, witness)
    require_phase(unit, DayPhase.PREPARED, DayPhase.CLOSED, DayPhase.COUNTING)
    _known_here(unit, box)
    _require_custody(unit, box, Kind.BOX_ARRIVED)
    _append_box(unit, Kind.BOX_ARRIVED, box, by, witness, {"seals_seen": _trimmed(seals_seen)})


def open_box(unit: UnitOfWork, by: Session, witness: Session, box: str, *, seals_seen: Sequence[str]) -> None:
    """Open a box under scrutineers once its custody is complete and every exception is explained.

    Raises:
        Refusal: BOX_CUSTODY_INCOMPLETE where a link is missing, an exception is open, or no seal was read.
    """
    require(by, Act.COUNT_BOX)
    require_two(by, witness)
    require_phase(unit, DayPhase.COUNTING)
    _known_here(unit, box)
    state = _require_custody(unit, box, Kind.BOX_OPENED)
    seen = _trimmed(seals_seen)
    if not seen:
        raise Refusal(Code.BOX_CUSTODY_INCOMPLETE, box=box, state=state.state)
    _require_explained(box, state)
    if state.state is BoxState.CLOSED and unit.plan.box(box).station != unit.plan.station.id:
        raise Refusal(Code.BOX_CUSTODY_INCOMPLETE, box=box, state=state.state)
    _append_box(unit, Kind.BOX_OPENED, box, by, witness, {"seals_seen": seen})


def count_box(unit: UnitOfWork, by: Session, witness: Session, box: str, ballots: Mapping[str, int]) -> None:
    """Write down how many ballots of each contest a box held, counted before any sorting, two people.

    More than was issued for it is kept and shows as a difference (E-401) that two people must explain.
    """
    require(by, Act.COUNT_BOX)
    require_two(by, witness)
    require_phase(unit, DayPhase.COUNTING)
    _known_here(unit, box)
    known_box(unit, box, Kind.BOX_COUNTED)
    _require_explained(box, unit.state(box_stream(box), Box))
    contests = _contests_of(unit, unit.plan.box(box))
    for contest, count in ballots.items():
        if contest not in contests:
            raise Refusal(Code.CONTEST_UNKNOWN, contest=contest)
        require_count(count, contest)
    counted = {contest: ballots.get(contest, 0) for contest in contests}
    _append_box(unit, Kind.BOX_COUNTED, box, by, witness, {"counted": counted})
    size = rules_of(unit.plan.election).batch_size
    for contest in contests:
        plan_batches(unit, by, box, contest, size)


def plan_batches(unit: UnitOfWork, by: Session, box: str, contest: str, size: int) -> int:
    """Lay out a counted box's ballots of one contest in batches of at most ``size``, one count sheet each.

    Returns:
        How many sheets were planned; 0 for a box without ballots of that contest or with sheets already.
    """
    require(by, Act.COUNT_BOX)
    if size < 1:
        raise Refusal(Code.COUNT_NEGATIVE, what="batch", count=size)
    paper = unit.plan.contest(contest)
    left = unit.total(f"counted/{box}/{contest}") - unit.total(f"batched/{box}/{contest}")
    first = len(unit.states(f"sheet:{box}/{contest}/", CountSheet)) + 1
    sheets = -(-left // size)
    for place in range(sheets):
        ballots = min(size, left - place * size)
        batch = first + place
        unit.append(
            Kind.SHEET_PLANNED,
            sheet_stream(box, contest, batch),
            by=by,
            public={
                "box": box,
                "contest": contest,
                "batch": batch,
                "ballots": ballots,
                "seats": paper.seats,
                "candidates": len(paper.candidates),
            },
        )
    return max(sheets, 0)


def _known_here(unit: Reading, box: str) -> None:
    if box not in {each.id for each in unit.plan.counted_boxes}:
        raise Refusal(Code.BOX_NOT_OF_THIS_SITE, box=box)


def _require_custody(unit: Reading, box: str, act: Kind) -> Box:
    try:
        return known_box(unit, box, act)
    except Refusal as refusal:
        if refusal.code is not Code.BOX_WRONG_STATE:
            raise
        raise Refusal(Code.BOX_CUSTODY_INCOMPLETE, **refusal.facts) from None


def _require_explained(box: str, state: Box) -> None:
    for exception in state.unexplained:
        raise Refusal(Code.BOX_CUSTODY_INCOMPLETE, box=box, state=state.state, finding=exception.finding)


def _append_box(
    unit: UnitOfWork, kind: Kind, box: str, by: Session, witness: Session, public: Mapping[str, object]
) -> None:
    unit.append(kind, box_stream(box), by=by, witness=witness, public=public)


def _trimmed(seals: Sequence[str]) -> list[str]:
    return [seal.strip() for seal in seals if seal.strip()]
