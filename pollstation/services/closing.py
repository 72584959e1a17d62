"""The close: every equation holds or is explained by two people, boxes are sealed."""

from collections.abc import Sequence

import msgspec

from pollstation.domain.accounts import Equation, Standing, counting_account, polling_account
from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.contests import BallotBox, BoxKind
from pollstation.domain.day import Day, DayPhase, day_stream
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.checkpoints import checkpoint
from pollstation.services.corrections import assisted
from pollstation.services.guards import own_stream, require_phase, require_text
from pollstation.services.opening import known_box, new_seals
from pollstation.services.ports import Reading, UnitOfWork


class AccountLine(msgspec.Struct, frozen=True, kw_only=True):
    """One equation and where it stands."""

    equation: Equation
    standing: Standing


def account(unit: Reading) -> list[AccountLine]:
    """The station's account as it stands: the polling, and the count where it has begun here."""
    boxes = unit.plan.counted_boxes or unit.plan.station.boxes
    totals = unit.totals()
    states = {box.id: unit.state(box_stream(box.id), Box) for box in boxes}
    out = frozenset(box for box, state in states.items() if state.state is BoxState.OUT)
    equations = polling_account(unit.plan.contests, boxes, out, totals)
    if any(state.state in (BoxState.OPENED, BoxState.COUNTED) for state in states.values()):
        equations += counting_account(unit.plan.contests, boxes, totals)
    explained = _explained(unit)
    return [AccountLine(equation=each, standing=each.standing(explained)) for each in equations]


def _explained(unit: Reading) -> dict[str, int]:
    """Differences explained here and, at a counting site, at its stations."""
    stations = {unit.plan.station.id, *(station.id for station in unit.plan.counted)}
    explained: dict[str, int] = {}
    for station in sorted(stations):
        for key, difference in unit.state(day_stream(station), Day).explained.items():
            explained[key] = explained.get(key, 0) + difference
    return explained


def explain(unit: UnitOfWork, by: Session, witness: Session, key: str, text: str) -> None:
    """Explain why an equation differs, two people, in writing; it is printed with the account.

    Args:
        key: the equation's key, such as ``box/county-3/S01-M1``.

    Raises:
        Refusal: NOTHING_TO_EXPLAIN where that equation holds or is explained already.
    """
    require(by, Act.CLOSE)
    require_two(by, witness)
    text = require_text(text, "explanation")
    for line in account(unit):
        if line.equation.key == key and line.standing is Standing.DIFFERS:
            stood = _explained(unit).get(key, 0) - unit.state(own_stream(unit), Day).explained.get(key, 0)
            unit.append(
                Kind.DIFFERENCE_EXPLAINED,
                own_stream(unit),
                by=by,
                witness=witness,
                public={"code": key, "difference": line.equation.difference - stood},
                private={"text": text},
            )
            return
    raise Refusal(Code.NOTHING_TO_EXPLAIN, key=key)


def explain_box(unit: UnitOfWork, by: Session, witness: Session, box: str, text: str) -> None:
    """Explain what does not add up about a box (seal, custody), two people, in writing."""
    require(by, Act.CLOSE)
    require_two(by, witness)
    text = require_text(text, "explanation")
    open_exceptions = unit.state(box_stream(box), Box).unexplained
    if not open_exceptions:
        raise Refusal(Code.NOTHING_TO_EXPLAIN, key=box)
    for exception in open_exceptions:
        unit.append(
            Kind.DIFFERENCE_EXPLAINED,
            box_stream(box),
            by=by,
            witness=witness,
            public={"code": exception},
            private={"text": text},
        )


def close_box(
    unit: UnitOfWork, by: Session, witness: Session, box: str, *, seals_seen: Sequence[str], slot_seal: str
) -> None:
    """Seal a box's slot after the last voter: seals read by two people, one more put on."""
    require(by, Act.CLOSE)
    require_two(by, witness)
    require_phase(unit, DayPhase.OPEN)
    state = known_box(unit, box, Kind.BOX_CLOSED)
    added = new_seals(unit, [slot_seal])
    unit.append(
        Kind.BOX_CLOSED,
        box_stream(box),
        by=by,
        witness=witness,
        public={"seals_seen": [seal.strip() for seal in seals_seen], "seals": [*state.seals, *added]},
    )


def obstacles(unit: Reading) -> list[Refusal]:
    """Everything that still stands against the close, in the order in which it is best dealt with."""
    against = [
        Refusal(Code.BOX_STILL_OUT, box=box.label)
        for box in unit.plan.station.boxes
        if unit.state(box_stream(box.id), Box).state is BoxState.OUT
    ]
    for box in unit.plan.station.boxes:
        against += _box_obstacles(unit, box)
    if conflicts := unit.total("conflicts"):
        against.append(Refusal(Code.CONFLICT_OPEN, count=conflicts))
    against += [
        Refusal(Code.UNUSED_NOT_COUNTED, contest=contest)
        for contest in unit.plan.station.contests
        if not unit.total(f"unused_counted/{contest}")
    ]
    return against + differences(unit)


def differences(unit: Reading) -> list[Refusal]:
    """Every equation that differs and that nobody has explained, each with the code of its difference."""
    return [
        Refusal(
            Code.ACCOUNT_DIFFERS,
            finding=line.equation.finding,
            key=line.equation.key,
            difference=line.equation.difference,
        )
        for line in account(unit)
        if line.standing is Standing.DIFFERS
    ]


def box_exceptions(box: Box) -> list[Refusal]:
    """What does not add up about a box and that nobody has explained, each with its code."""
    return [
        Refusal(Code.ACCOUNT_DIFFERS, finding=each.finding, key=f"{each}/{box.id}", difference=1)
        for each in box.unexplained
    ]


def _box_obstacles(unit: Reading, box: BallotBox) -> list[Refusal]:
    state = unit.state(box_stream(box.id), Box)
    used = box.kind is BoxKind.FIXED or state.state not in (BoxState.PREPARED, BoxState.OUT)
    against: list[Refusal] = []
    if used and state.state is not BoxState.CLOSED:
        against.append(Refusal(Code.BOX_NOT_CLOSED, box=box.label))
    return against + box_exceptions(state)


def close_polling(unit: UnitOfWork, by: Session, witness: Session) -> None:
    """Close the polling; refused with the first of :func:`obstacles`."""
    require(by, Act.CLOSE)
    require_two(by, witness)
    require_phase(unit, DayPhase.OPEN)
    if against := obstacles(unit):
        raise against[0]
    unit.append(
        Kind.ASSISTED_COUNTED, own_stream(unit), by=by, witness=witness, public={"count": assisted(unit)}
    )
    unit.append(Kind.CLOSED, own_stream(unit), by=by, witness=witness)
    checkpoint(unit, "closing")


def reopen(unit: UnitOfWork, by: Session, witness: Session, *, seals: Sequence[str], reason: str) -> None:
    """Open the polling again after a close that came too early, two people, with the reason.

    Args:
        seals: numbers of the seals that stay on the fixed box once its slot is free.
    """
    require(by, Act.CLOSE)
    require_two(by, witness)
    require_phase(unit, DayPhase.CLOSED)
    reason = require_text(reason, "reason")
    box = unit.plan.fixed_box.id
    known_box(unit, box, Kind.BOX_SEALED)
    numbers = [seal.strip() for seal in seals if seal.strip()]
    if not numbers:
        raise Refusal(Code.SEAL_MISSING)
    unit.append(Kind.REOPENED, own_stream(unit), by=by, witness=witness, private={"reason": reason})
    unit.append(
        Kind.BOX_SEALED, box_stream(box), by=by, witness=witness, public={"seals": numbers, "empty": False}
    )


def send_box(unit: UnitOfWork, by: Session, witness: Session, box: str, *, seals_seen: Sequence[str]) -> None:
    """Hand a closed box to the people who take it to the counting site; two people, seals read."""
    require(by, Act.CLOSE)
    require_two(by, witness)
    require_phase(unit, DayPhase.CLOSED)
    known_box(unit, box, Kind.BOX_MOVED)
    unit.append(
        Kind.BOX_MOVED,
        box_stream(box),
        by=by,
        witness=witness,
        public={"seals_seen": [seal.strip() for seal in seals_seen]},
    )
