"""The election committee confirms what the station proposed; nobody else can (Electoral Law art. 46).

For village committees the count is public and the result is announced on the spot (Organic Law art. 18):
the committee that presides confirms it there and then, in the same way.
"""

from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.rules import Outcome, ReasonKind, Result
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.checkpoints import checkpoint
from pollstation.services.determining import results
from pollstation.services.guards import own_stream, require_contest, require_phase
from pollstation.services.ports import Reading, UnitOfWork

UNDECIDED = frozenset({Outcome.COMMITTEE_DECIDES, Outcome.BASIS_DEPENDENT, Outcome.INVALID_INPUT})
"""Outcomes that say no more than that the committee must decide: there is nothing to confirm yet."""


def confirm(unit: UnitOfWork, by: Session, witness: Session, contest_id: str) -> None:
    """The committee confirms the proposed result of one contest, whatever it is, an invalid one as well.

    A recount ordered afterwards takes the confirmation back with the proposal.

    Raises:
        Refusal: RESULT_COUNTED_ELSEWHERE where other sites count the contest too; WRITE_INS_UNCHECKED,
            RESULT_UNDECIDED where the law leaves it to the committee; ALREADY_DONE.
    """
    require(by, Act.CONFIRM)
    require_two(by, witness)
    day = require_phase(unit, DayPhase.DETERMINED, DayPhase.HANDED_OVER)
    require_contest(unit, contest_id)
    if contest_id in day.confirmed:
        raise Refusal(Code.ALREADY_DONE)
    result = confirmable(unit, contest_id)
    public = {"contest": contest_id, "outcome": result.outcome, "elected": list(result.elected)}
    unit.append(Kind.RESULT_CONFIRMED, own_stream(unit), by=by, witness=witness, public=public)
    checkpoint(unit, "confirmation")


def confirmable(unit: Reading, contest_id: str) -> Result:
    """The result of a contest as it may be confirmed; a refusal as of :func:`confirm` where it may not."""
    result = next(each.result for each in results(unit) if each.contest.id == contest_id)
    if result is None:
        raise Refusal(Code.RESULT_COUNTED_ELSEWHERE, contest=contest_id)
    require_decided(contest_id, result)
    return result


def is_decided(result: Result) -> bool:
    """Whether neither the law nor a name to be checked leaves anything open."""
    return result.outcome not in UNDECIDED and not _unchecked(result)


def require_decided(contest_id: str, result: Result) -> None:
    """Refuse with WRITE_INS_UNCHECKED or RESULT_UNDECIDED what nobody can confirm or publish yet."""
    if names := _unchecked(result):
        raise Refusal(Code.WRITE_INS_UNCHECKED, contest=contest_id, names=names)
    if result.outcome in UNDECIDED:
        raise Refusal(Code.RESULT_UNDECIDED, contest=contest_id, outcome=result.outcome)


def _unchecked(result: Result) -> list[str]:
    """Names written in on which the result rests, and which nobody has confirmed or rejected."""
    of = [reason.facts["names"] for reason in result.reasons if reason.kind is ReasonKind.UNCHECKED]
    return [str(name) for names in of if isinstance(names, list) for name in names]
