"""After an outage: voters who were marked on the paper register meanwhile are keyed in, by two people.

What happened on paper has happened. A voter whom the journal knows as served already, or as struck off, is
written down all the same: the two stand beside each other as a conflict, which a supervisor and a witness
decide.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from pollstation.domain.ballots import Channel, Issue, voter_stream
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.register import Voter
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.guards import require_phase, require_text
from pollstation.services.issuing import card
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.services.stock import require_stock


class PaperLine(msgspec.Struct, frozen=True, kw_only=True):
    """One mark on the paper register."""

    token: str
    time: datetime
    """As it stands on the paper, aware."""
    by_proxy: bool = False
    """Whether the ballots were handed to the voter's proxy."""


class PaperCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What one line comes to."""

    line: PaperLine
    voter: Voter
    contests: tuple[str, ...]
    """Contests in which the voter took part, according to the paper."""
    holder: str
    """Token of the proxy who took the ballots; empty where the voter did."""
    before: Issue | None
    """What was issued already, as the journal knows."""
    struck_at: str
    """When the voter was struck off the list; empty where that is not so."""

    @property
    def conflict(self) -> bool:
        """Whether this line and what the journal knows exclude each other."""
        return self.before is not None or bool(self.struck_at)


def check_line(unit: Reading, line: PaperLine) -> PaperCheck:
    """What a line comes to, before anybody signs it.

    Raises:
        Refusal: NOT_ON_LIST, NOT_ENTITLED, PROXY_ABSENT, PAPER_TIME_AHEAD, PAPER_TIME_TOO_EARLY,
            PAPER_LINE_TWICE where this very mark was keyed in before.
    """
    _require_time(unit, line.time)
    found = card(unit, line.token)
    record, voter = found.record, found.voter
    contests = tuple(contest.id for contest in unit.plan.contests if contest.id in voter.contests)
    if not contests:
        raise Refusal(Code.NOT_ENTITLED, contest="")
    if line.by_proxy and not record.authority:
        raise Refusal(Code.PROXY_ABSENT)
    for issue in record.issues:
        if issue.from_paper and issue.time == _stamp(line.time):
            raise Refusal(Code.PAPER_LINE_TWICE, name=voter.name, time=issue.time)
    return PaperCheck(
        line=line,
        voter=voter,
        contests=contests,
        holder=record.authority.holder if line.by_proxy and record.authority else "",
        before=record.issues[0] if record.issues else None,
        struck_at=record.struck_at,
    )


def _require_time(unit: Reading, time: datetime) -> None:
    day = require_phase(unit, DayPhase.OPEN)
    if time > unit.now:
        raise Refusal(Code.PAPER_TIME_AHEAD, time=_stamp(time))
    # the paper knows minutes only
    if _stamp(time)[:16] < day.opened_at[:16]:
        raise Refusal(Code.PAPER_TIME_TOO_EARLY, time=_stamp(time), opened=day.opened_at)


def _stamp(time: datetime) -> str:
    """A time as the journal writes its wall clock's part."""
    return f"{time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"


def key_in(
    unit: UnitOfWork, by: Session, witness: Session, lines: Sequence[PaperLine], evidence: str
) -> tuple[PaperCheck, ...]:
    """Write down the voters marked on paper while the laptop was down, all of them or none.

    Args:
        evidence: where they are marked, such as "paper register page 3"; two people compared it.

    Returns:
        What each line came to, in the order given.

    Raises:
        Refusal: as :func:`check_line`, and PAPER_LINES_MISSING, TEXT_MISSING, STOCK_TOO_SMALL.
    """
    require(by, Act.CHECK_IN)
    require_two(by, witness)
    evidence = require_text(evidence, "evidence")
    if not lines:
        raise Refusal(Code.PAPER_LINES_MISSING)
    return tuple(_write(unit, by, witness, line, evidence) for line in lines)


def _write(unit: UnitOfWork, by: Session, witness: Session, line: PaperLine, evidence: str) -> PaperCheck:
    checked = check_line(unit, line)
    for contest in checked.contests:
        require_stock(unit, contest, 1)
    public: dict[str, object] = {
        "contests": list(checked.contests),
        "channel": Channel.PROXY if checked.holder else Channel.IN_PERSON,
        "box": unit.plan.fixed_box.id,
        "from_paper": True,
        "paper_time": _stamp(line.time),
    }
    if checked.holder:
        public["holder"] = checked.holder
    unit.append(
        Kind.BALLOTS_ISSUED,
        voter_stream(line.token),
        by=by,
        witness=witness,
        public=public,
        private={"evidence": evidence},
    )
    return checked
