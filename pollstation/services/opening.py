"""Before the first voter: checklist, boxes shown empty and sealed, ballots counted in, zero report, open."""

from collections.abc import Sequence

from pollstation.domain.ballots import Stock, stock_stream
from pollstation.domain.boxes import Box, box_stream, may
from pollstation.domain.day import Day, DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.profiles import rules_of
from pollstation.domain.staff import Act, Role, Session, require, require_two
from pollstation.services.checkpoints import checkpoint
from pollstation.services.guards import own_stream, require_phase, require_text
from pollstation.services.ports import Reading, UnitOfWork

NOT_VOTES = (
    "registered",
    "stated/",
    "received/",
    "damaged/",
    "transferred/",
    "on_hand/",
    "authorities_written",
    "held/",
    "visit/",
    "visits_open",
    "asked/",
    "declined/",
    "added",
    "struck",
)
"""Totals that are allowed to stand above zero before the first voter."""


def checklist(unit: Reading) -> tuple[str, ...]:
    """What the election's rule profile wants looked at before the opening, in order."""
    return rules_of(unit.plan.election).checklist


def tick(unit: UnitOfWork, by: Session, item: str) -> None:
    """Tick one line of the checklist; ticking twice changes nothing."""
    require(by, Act.OPEN)
    day = require_phase(unit, DayPhase.PREPARED)
    if item not in checklist(unit):
        raise Refusal(Code.TEXT_MISSING, what="item")
    if item not in day.checked:
        unit.append(Kind.CHECK_DONE, own_stream(unit), by=by, public={"item": item})


def seal_box(unit: UnitOfWork, by: Session, witness: Session, box: str, seals: Sequence[str]) -> None:
    """Show a box empty and seal it, two named people, with the numbers of its seals.

    Raises:
        Refusal: BOX_UNKNOWN, BOX_WRONG_STATE, SEAL_MISSING, SEAL_USED.
    """
    require(by, Act.OPEN)
    require_two(by, witness)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    state = known_box(unit, box, Kind.BOX_SEALED)
    numbers = new_seals(unit, seals)
    unit.append(
        Kind.BOX_SEALED,
        box_stream(box),
        by=by,
        witness=witness,
        public={"seals": numbers, "empty": True, "before": state.state},
    )


def known_box(unit: Reading, box: str, act: Kind) -> Box:
    """The box, when it is known here and ``act`` may come next; else BOX_UNKNOWN or BOX_WRONG_STATE."""
    try:
        unit.plan.box(box)
    except KeyError:
        raise Refusal(Code.BOX_UNKNOWN, box=box) from None
    state = unit.state(box_stream(box), Box)
    if not may(state, act):
        raise Refusal(Code.BOX_WRONG_STATE, box=box, state=state.state, act=act)
    return state


def new_seals(unit: Reading, seals: Sequence[str]) -> list[str]:
    """The numbers, trimmed, when there is at least one and none is on a box already."""
    numbers = [seal.strip() for seal in seals if seal.strip()]
    if not numbers:
        raise Refusal(Code.SEAL_MISSING)
    used = {
        number: stream.partition(":")[2]
        for stream, state in unit.states("box:", Box).items()
        for link in state.custody
        for number in link.seals
    }
    for number in numbers:
        if number in used or numbers.count(number) > 1:
            raise Refusal(Code.SEAL_USED, seal=number, box=used.get(number, ""))
    return numbers


def report_zero(unit: UnitOfWork, by: Session, witness: Session) -> None:
    """State in the journal that every counter stands at zero, two people, before the first voter."""
    require(by, Act.OPEN)
    require_two(by, witness)
    require_phase(unit, DayPhase.PREPARED)
    _require_ready(unit)
    for name, count in unit.totals().items():
        if not name.startswith(NOT_VOTES):
            raise Refusal(Code.NOT_ZERO, what=name, count=count)
    received = {each.id: _stock(unit, each.id).received for each in unit.plan.contests}
    unit.append(
        Kind.ZERO_REPORTED,
        own_stream(unit),
        by=by,
        witness=witness,
        public={"received": received, "issued": 0},
    )


def open_polling(unit: UnitOfWork, by: Session, witness: Session) -> None:
    """Open: checklist done, fixed box sealed, ballots in, zero reported."""
    require(by, Act.OPEN)
    require_two(by, witness)
    day = require_phase(unit, DayPhase.PREPARED)
    _require_ready(unit)
    if not day.zero_reported:
        raise Refusal(Code.CHECKLIST_OPEN, left=1, item="zero-report")
    unit.append(Kind.OPENED, own_stream(unit), by=by, witness=witness)
    checkpoint(unit, "opening")


def pause(unit: UnitOfWork, by: Session, reason: str) -> None:
    """Interrupt the voting, with the reason."""
    require(by, Act.OPEN)
    if require_phase(unit, DayPhase.OPEN).paused:
        raise Refusal(Code.ALREADY_DONE)
    reason = require_text(reason, "reason")
    unit.append(Kind.PAUSED, own_stream(unit), by=by, private={"reason": reason})


def resume(unit: UnitOfWork, by: Session) -> None:
    """Go on after a pause."""
    require(by, Act.OPEN)
    if not require_phase(unit, DayPhase.OPEN).paused:
        raise Refusal(Code.ALREADY_DONE)
    unit.append(Kind.RESUMED, own_stream(unit), by=by)


def record_incident(
    unit: UnitOfWork, by: Session, kind: str, what: str, people: str = "", measures: str = ""
) -> None:
    """Write down an incident: its kind is public, what happened, to whom and what was done are not."""
    require(by, Act.INCIDENT)
    unit.append(
        Kind.INCIDENT,
        own_stream(unit),
        by=by,
        public={"kind": require_text(kind, "kind")},
        private={"what": require_text(what, "what"), "people": people.strip(), "measures": measures.strip()},
    )


def steps(unit: Reading) -> dict[str, bool]:
    """The steps of the opening and whether each is done, in order; a wizard that can be left and resumed."""
    day = unit.state(own_stream(unit), Day)
    return {
        "checklist": all(item in day.checked for item in checklist(unit)),
        "boxes": unit.state(box_stream(unit.plan.fixed_box.id), Box).seals != (),
        "ballots": all(_stock(unit, contest).received > 0 for contest in unit.plan.station.contests),
        "zero-report": day.zero_reported,
        "open": day.phase is not DayPhase.PREPARED,
    }


def _stock(unit: Reading, contest: str) -> Stock:
    return unit.state(stock_stream(unit.plan.station.id, contest), Stock)


def _require_ready(unit: Reading) -> None:
    done = steps(unit)
    day = unit.state(own_stream(unit), Day)
    if missing := [item for item in checklist(unit) if item not in day.checked]:
        raise Refusal(Code.CHECKLIST_OPEN, left=len(missing), item=missing[0])
    if not done["boxes"]:
        raise Refusal(Code.BOX_NOT_SEALED, box=unit.plan.fixed_box.label)
    for contest in unit.plan.station.contests:
        if _stock(unit, contest).received == 0:
            raise Refusal(Code.NO_BALLOTS, contest=contest)
    scrutineers = sum(unit.person(person).role is Role.SCRUTINEER for person in day.present)
    if scrutineers < 1:
        raise Refusal(Code.TOO_FEW_SCRUTINEERS, present=scrutineers, needed=1)
