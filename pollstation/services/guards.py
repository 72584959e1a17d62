"""Checks that many duties begin with."""

from pollstation.domain.contests import Contest
from pollstation.domain.day import Day, DayPhase, day_stream
from pollstation.domain.errors import Code, Refusal
from pollstation.services.ports import Reading


def this_day(unit: Reading) -> Day:
    """The station's own day."""
    return unit.state(own_stream(unit), Day)


def own_stream(unit: Reading) -> str:
    """The name of the station's own stream."""
    return day_stream(unit.plan.station.id)


def require_phase(unit: Reading, *phases: DayPhase) -> Day:
    """The day, when it stands in one of ``phases``; else WRONG_PHASE."""
    day = this_day(unit)
    if day.phase not in phases:
        raise Refusal(Code.WRONG_PHASE, phase=day.phase, needed=phases[0])
    return day


def require_count(count: int, what: str) -> int:
    """``count`` when it is a whole number from 0 up; else COUNT_NEGATIVE."""
    if count < 0:
        raise Refusal(Code.COUNT_NEGATIVE, what=what, count=count)
    return count


def require_text(text: str, what: str) -> str:
    """``text`` without outer white space when something is left of it; else TEXT_MISSING."""
    if not (stripped := text.strip()):
        raise Refusal(Code.TEXT_MISSING, what=what)
    return stripped


def require_contest(unit: Reading, contest_id: str) -> Contest:
    """The station's contest of that id; else CONTEST_UNKNOWN."""
    try:
        return unit.plan.contest(contest_id)
    except KeyError:
        raise Refusal(Code.CONTEST_UNKNOWN, contest=contest_id) from None
