"""The crew's own laptop: a share of the station's file for one box, and the crew's acts taken in on return.

A crew file is an ordinary file of the day with a register of its voters alone and a plan of its box alone. It
holds the station's open journal, so that the crew sees who has voted meanwhile and what the box carries; it
does not hold the station's key: only the station signs checkpoints, and it vouches for the crew's journal by
writing down where that ended.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

import msgspec

from pollstation.domain.ballots import Channel
from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.contests import Plan
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import CLOCK_BOUND, START, TWO_PEOPLE, Entry, Kind, time_of
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.guards import own_stream, require_phase
from pollstation.services.ports import Package, Reading, UnitOfWork
from pollstation.services.visits import require_mobile, visits_of

_OF_THE_STATION = (Kind.SIGNED_IN, Kind.SIGNED_OUT, Kind.INCIDENT)
_KEPT = ("root", "digest")
"""Facts of the package that a crew needs; the station's key and certificate are not among them."""


def make(
    unit: UnitOfWork,
    by: Session,
    witness: Session,
    box: str,
    device: str,
    write: Callable[[Package, Sequence[Entry]], None],
) -> int:
    """Make the file of the crew that is out with ``box``: its voters not yet served, its crew, its plan.

    Args:
        device: name of the crew's laptop in the journal.
        write: writes package and open journal into a file; if it refuses, nothing is written here.

    Returns:
        How many voters the crew is to visit.

    Raises:
        Refusal: BOX_UNKNOWN, BOX_NOT_MOBILE, BOX_WRONG_STATE unless the box is out, CREW_FILE_EMPTY.
    """
    require(by, Act.MOBILE_BOX)
    require_two(by, witness)
    require_phase(unit, DayPhase.OPEN)
    require_mobile(unit, box)
    state = unit.state(box_stream(box), Box)
    if state.state is not BoxState.OUT:
        raise Refusal(Code.BOX_WRONG_STATE, box=box, state=state.state, act=Kind.CREW_FILE_MADE)
    voters = tuple(line.voter for line in visits_of(unit, box) if not line.served)
    if not voters:
        raise Refusal(Code.CREW_FILE_EMPTY, box=box)
    unit.append(
        Kind.CREW_FILE_MADE,
        box_stream(box),
        by=by,
        witness=witness,
        public={"device": device, "voters": len(voters)},
    )
    package = Package(
        plan=_share(unit.plan, box),
        people=tuple(person for person in unit.people() if person.id in state.crew),
        voters=voters,
        settings={name: kept for name in _KEPT if (kept := _setting(unit, name))},
    )
    write(package, [entry.opened() for entry in unit.entries()])
    return len(voters)


def _share(plan: Plan, box: str) -> Plan:
    station = msgspec.structs.replace(plan.station, boxes=(plan.box(box),), counts=())
    return msgspec.structs.replace(plan, station=station, counted=())


def _setting(unit: Reading, name: str) -> bytes:
    try:
        return unit.setting(name)
    except KeyError:
        return b""


def take_in(
    unit: UnitOfWork, by: Session, witness: Session, box: str, device: str, entries: Sequence[Entry]
) -> int:
    """Take in what the crew wrote on its way; whom a desk served too stays with both, as a conflict.

    A file that is not taken in blocks the close once the box is back, until two people explain why (the
    laptop is lost). If it turns up afterwards, it is taken in like any other.

    Args:
        entries: everything that ``device`` wrote; nothing where the crew went by the paper list alone.

    Returns:
        How many entries were new here.

    Raises:
        Refusal: CREW_FILE_FOREIGN where no such file was made for ``box``, CREW_FILE_KNOWN where nothing is
            new, CREW_ENTRY_FOREIGN where an act is not a crew's.
        Faults: the crew's chain does not hold, or tells another story than what was taken in before.
    """
    require(by, Act.MOBILE_BOX)
    require_two(by, witness)
    require_phase(unit, DayPhase.OPEN)
    require_mobile(unit, box)
    state = unit.state(box_stream(box), Box)
    if device not in state.crew_files:
        raise Refusal(Code.CREW_FILE_FOREIGN, device=device, box=box)
    head = entries[-1].hash if entries else START
    if head == state.crew_files[device]:
        raise Refusal(Code.CREW_FILE_KNOWN, device=device)
    for entry in entries:
        if entry.device != device or not _is_of_crew(unit, box, entry):
            raise Refusal(Code.CREW_ENTRY_FOREIGN, device=device, act=entry.kind, number=entry.number)
    new = unit.merge(entries)
    ahead = time_of(entries[-1].time) - unit.now if entries else timedelta()
    unit.append(
        Kind.CREW_FILE_RETURNED,
        box_stream(box),
        by=by,
        witness=witness,
        public={
            "device": device,
            "head": head,
            "entries": new,
            "minutes_ahead": int(ahead.total_seconds() // 60) if ahead > CLOCK_BOUND else 0,
        },
    )
    return new


def _is_of_crew(unit: Reading, box: str, entry: Entry) -> bool:
    """Whether a crew may have done this: signing in, serving its box's voters, handing the box over."""
    concept, _colon, name = entry.stream.partition(":")
    if entry.kind in TWO_PEOPLE and entry.witness in ("", entry.actor):
        return False
    if concept == "voter":
        served = {"channel": Channel.MOBILE, "box": box, "carried": True}
        issued = entry.kind == Kind.BALLOTS_ISSUED and served.items() <= entry.public.items()
        return _was_approved(unit, box, entry.stream) and (issued or entry.kind == Kind.BALLOT_REPLACED)
    if concept == "box":
        return name == box and entry.kind == Kind.BOX_HANDED_OVER
    return entry.stream == own_stream(unit) and entry.kind in _OF_THE_STATION


def _was_approved(unit: Reading, box: str, stream: str) -> bool:
    """Whether the box was ever to come to the voter: a later change of plan takes nothing from the crew."""
    approvals = [each for each in unit.entries(stream) if each.kind == Kind.VISIT_APPROVED]
    return any(each.public["box"] == box for each in approvals)
