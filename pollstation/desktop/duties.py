"""Which duties the rail offers to a role at a station, and how far each has come."""

from collections.abc import Mapping

import msgspec

from pollstation.desktop.rail import DutyState
from pollstation.domain.boxes import Box, BoxState
from pollstation.domain.contests import BoxKind, Plan
from pollstation.domain.day import DayPhase
from pollstation.domain.staff import ALLOWED, Act, Role
from pollstation.services.guards import this_day
from pollstation.services.ports import Reading

ORDER = tuple(DayPhase)

NEEDS: Mapping[str, tuple[Act, ...]] = {
    "today": (),
    "opening": (Act.OPEN,),
    "check-in": (Act.CHECK_IN,),
    "proxies": (Act.AUTHORISE_PROXY,),
    "mobile-boxes": (Act.MOBILE_BOX, Act.SERVE_ON_THE_WAY, Act.APPROVE_VISIT),
    "stock": (Act.STOCK,),
    "incidents": (Act.INCIDENT,),
    "close": (Act.CLOSE,),
    "count": (Act.ENTER_SHEET, Act.COUNT_BOX, Act.APPROVE_SHEET),
    "result": (Act.DETERMINE,),
    "hand-over": (Act.HAND_OVER,),
    "journal": (Act.READ_JOURNAL,),
}
"""In the order of the rail: a duty is offered to whoever may do one of these acts."""

OF_POLLING = ("opening", "check-in", "proxies", "mobile-boxes", "stock", "close")
OF_CREW = ("mobile-boxes", "incidents", "journal")
OF_COUNTING = ("count", "result")


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What the rail and the bar at the top show of the day."""

    phase: DayPhase
    paused: bool
    conflicts: int
    boxes_out: int


def situation(unit: Reading) -> Situation:
    """The day as it stands."""
    day = this_day(unit)
    out = sum(box.state is BoxState.OUT for box in unit.states("box:", Box).values())
    return Situation(phase=day.phase, paused=day.paused, conflicts=unit.total("conflicts"), boxes_out=out)


def duty_states(plan: Plan, role: Role, now: Situation) -> dict[str, DutyState]:
    """The duties offered to ``role``, in the order of the rail, each with its state."""
    return {
        duty: _state(plan, duty, now)
        for duty, acts in NEEDS.items()
        if _belongs(plan, duty) and (not acts or any(role in ALLOWED[act] for act in acts))
    }


def _belongs(plan: Plan, duty: str) -> bool:
    if plan.is_share_of_crew:
        return duty in OF_CREW
    if duty == "mobile-boxes":
        return any(box.kind is BoxKind.MOBILE for box in plan.station.boxes)
    if duty in OF_POLLING:
        return plan.station.polls
    return bool(plan.counted) if duty in OF_COUNTING else True


def _state(plan: Plan, duty: str, now: Situation) -> DutyState:
    before_open = DayPhase.CLOSED if plan.station.polls else DayPhase.PREPARED
    spans = {
        "opening": (DayPhase.PREPARED, DayPhase.PREPARED),
        "check-in": (DayPhase.OPEN, DayPhase.OPEN),
        "proxies": (DayPhase.PREPARED, DayPhase.OPEN),
        "mobile-boxes": (DayPhase.OPEN, DayPhase.OPEN),
        "stock": (DayPhase.PREPARED, DayPhase.OPEN),
        "close": (DayPhase.OPEN, DayPhase.CLOSED if not plan.counted else DayPhase.OPEN),
        "count": (before_open, DayPhase.COUNTING),
        "result": (DayPhase.COUNTING, DayPhase.COUNTING),
        "hand-over": (DayPhase.DETERMINED if plan.counted else DayPhase.CLOSED, DayPhase.DETERMINED),
    }
    if duty not in spans:
        return DutyState.TO_DO
    first, last = (ORDER.index(phase) for phase in spans[duty])
    at = ORDER.index(now.phase)
    if at < first:
        return DutyState.BLOCKED
    if at > last:
        return DutyState.DONE
    in_hand = {
        "opening": True,
        "check-in": not now.paused,
        "mobile-boxes": now.boxes_out > 0,
        "count": now.phase is DayPhase.COUNTING,
    }
    return DutyState.IN_HAND if in_hand.get(duty) else DutyState.TO_DO
