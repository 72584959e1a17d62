"""Before the day: the election package becomes the station's file."""

from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.services.guards import own_stream, require_phase
from pollstation.services.ports import UnitOfWork


def load(unit: UnitOfWork) -> int:
    """Write the journal's first entry: which package this file was made from, and how many may vote.

    Returns:
        Registered voters of this station.
    """
    require_phase(unit, DayPhase.PREPARED)
    if unit.head() is not None:
        raise Refusal(Code.ALREADY_DONE)
    voters = unit.voters()
    registered_for = {
        contest.id: sum(contest.id in voter.contests for voter in voters) for contest in unit.plan.contests
    }
    unit.append(
        Kind.PACKAGE_LOADED,
        own_stream(unit),
        by=None,
        public={
            "election": unit.plan.election.id,
            "package": unit.setting("digest").decode("ascii"),
            "registered": len(voters),
            "registered_for": registered_for,
            "rehearsal": unit.plan.election.rehearsal,
        },
    )
    return len(voters)
