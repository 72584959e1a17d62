"""Names that voters wrote themselves: spellings joined, eligibility checked and decided (art. 41)."""

from collections.abc import Sequence

import msgspec

from pollstation.domain.accounts import figures
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.register import Voter
from pollstation.domain.staff import Act, Role, Session, require, require_two
from pollstation.domain.write_ins import WriteIns, contest_stream
from pollstation.services.guards import own_stream, require_contest, require_phase, require_text
from pollstation.services.ports import Reading, UnitOfWork


class WrittenName(msgspec.Struct, frozen=True, kw_only=True):
    """One name written in, with every spelling that counts for it."""

    name: str
    votes: int
    readings: dict[str, int]
    """Votes by spelling as the counters read it."""
    eligible: bool | None
    """None until it is decided."""


def decisions(unit: Reading, contest: str) -> WriteIns:
    """What was decided about the names written in on the ballots of ``contest``."""
    return unit.state(contest_stream(contest), WriteIns)


def written_names(unit: Reading, contest_id: str) -> list[WrittenName]:
    """Names written in on approved sheets, the most votes first."""
    contest = require_contest(unit, contest_id)
    names, totals = decisions(unit, contest_id), unit.totals(f"write_in/{contest_id}/")
    readings = figures(contest, totals).write_ins
    found = [
        WrittenName(
            name=name,
            votes=votes,
            readings={one: n for one, n in readings.items() if names.name_of(one) == name},
            eligible=names.eligible.get(name),
        )
        for name, votes in names.tally(readings).items()
    ]
    return sorted(found, key=lambda each: (-each.votes, each.name))


def join(unit: UnitOfWork, by: Session, contest_id: str, variant: str, name: str, reason: str) -> None:
    """Let one spelling count for another name; joined to itself it stands for itself again.

    Raises:
        Refusal: WRITE_IN_UNKNOWN where nobody wrote ``variant``, WRITE_IN_IS_CANDIDATE where ``name`` is on
            the ballot: such votes belong into the candidate's own row of the sheet.
    """
    require(by, Act.APPROVE_SHEET)
    require_phase(unit, DayPhase.COUNTING)
    reason, name = require_text(reason, "reason"), require_text(name, "name")
    contest = require_contest(unit, contest_id)
    if name in contest.candidates:
        raise Refusal(Code.WRITE_IN_IS_CANDIDATE, name=name)
    if not unit.total(f"write_in/{contest_id}/{variant}"):
        raise Refusal(Code.WRITE_IN_UNKNOWN, name=variant)
    unit.append(
        Kind.WRITE_INS_JOINED,
        contest_stream(contest_id),
        by=by,
        public={"variant": variant, "name": name},
        private={"reason": reason},
    )


def in_register(unit: Reading, name: str) -> Sequence[Voter]:
    """Voters of that name in the register kept here: one, several namesakes, or none."""
    sought = _bare(name)
    return [voter for voter in unit.voters() if _bare(voter.name) == sought]


def _bare(name: str) -> str:
    return "".join(name.split()).replace("·", "")


def judge(
    unit: UnitOfWork,
    by: Session,
    witness: Session | None,
    contest_id: str,
    name: str,
    *,
    eligible: bool,
    reason: str,
) -> None:
    """Confirm or reject that a name written in may be elected: the committee, or supervisor and witness.

    A proposed result that rests on it is withdrawn and must be proposed again, which takes two people.

    Raises:
        Refusal: WRITE_IN_UNKNOWN where no vote counts for ``name``.
    """
    require(by, Act.DETERMINE)
    day = require_phase(unit, DayPhase.COUNTING, DayPhase.DETERMINED, DayPhase.HANDED_OVER)
    proposed = day.phase is not DayPhase.COUNTING
    if by.role is not Role.COMMITTEE or witness is not None or proposed:
        require_two(by, witness or by)
    reason = require_text(reason, "reason")
    if name not in {each.name for each in written_names(unit, contest_id)}:
        raise Refusal(Code.WRITE_IN_UNKNOWN, name=name)
    if proposed:
        unit.append(Kind.COUNT_RESUMED, own_stream(unit), by=by, witness=witness, private={"reason": reason})
    unit.append(
        Kind.WRITE_IN_JUDGED,
        contest_stream(contest_id),
        by=by,
        witness=witness,
        public={"name": name, "eligible": eligible, "in_register": len(in_register(unit, name))},
        private={"reason": reason},
    )
