"""After the issue: spoilt ballots replaced, ballots handed back, mistakes taken back, conflicts decided."""

from collections.abc import Sequence

from pollstation.domain.accounts import in_box
from pollstation.domain.ballots import Issue, VoterRecord, voter_stream
from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.guards import require_contest, require_text
from pollstation.services.issuing import require_voting
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.services.stock import require_stock


def replace_spoilt(unit: UnitOfWork, by: Session, token: str, contest: str, reason: str) -> Issue:
    """Take a spoilt ballot back and issue another, with the reason.

    Raises:
        Refusal: NOTHING_TO_REPLACE where none was issued for ``contest``.
    """
    require(by, Act.CHECK_IN)
    require_voting(unit)
    require_contest(unit, contest)
    reason = require_text(reason, "reason")
    issue = unit.state(voter_stream(token), VoterRecord).issued(contest)
    if issue is None:
        raise Refusal(Code.NOTHING_TO_REPLACE, contest=contest)
    if not issue.carried:
        require_stock(unit, contest, 1)
    elif in_box(issue.box, contest, unit.totals()) < 1:
        raise Refusal(Code.BOX_EMPTY_OF_BALLOTS, box=issue.box)
    unit.append(
        Kind.BALLOT_REPLACED,
        voter_stream(token),
        by=by,
        public={"contest": contest},
        private={"reason": reason},
    )
    return issue


def take_returned(
    unit: UnitOfWork, by: Session, witness: Session, token: str, contests: Sequence[str], reason: str
) -> tuple[str, ...]:
    """Take back ballots that a voter does not want to cast, cancel them and keep them with the spoilt ones.

    The voter is no longer marked as voting in these contests and may still come back while polling is open.
    Two people, with the reason. A ballot of a mobile box that is back already counts as issued on its way and
    handed back at the station.

    Returns:
        The contests whose ballots were handed back.

    Raises:
        Refusal: NOTHING_TO_RETURN where none was issued for one of ``contests``.
    """
    require(by, Act.CHECK_IN)
    require_two(by, witness)
    require_voting(unit)
    reason = require_text(reason, "reason")
    record = unit.state(voter_stream(token), VoterRecord)
    later = False
    for contest in contests:
        require_contest(unit, contest)
        issue = record.issued(contest)
        if issue is None:
            raise Refusal(Code.NOTHING_TO_RETURN, contest=contest)
        later = later or (issue.carried and unit.state(box_stream(issue.box), Box).state is not BoxState.OUT)
    if not contests:
        raise Refusal(Code.NOTHING_TO_RETURN, contest="")
    unit.append(
        Kind.BALLOT_RETURNED,
        voter_stream(token),
        by=by,
        witness=witness,
        public={"contests": list(contests), **({"later": True} if later else {})},
        private={"reason": reason},
    )
    return tuple(contests)


def assisted(unit: Reading) -> int:
    """Voters for whom a scribe wrote and who count as voting, out of the private parts of the journal."""
    helped: set[str] = set()
    for entry in unit.entries():
        if entry.kind == Kind.BALLOTS_ISSUED and entry.private and entry.private.facts.get("assisted"):
            helped.add(entry.stream)
        elif entry.kind in (Kind.ISSUE_UNDONE, Kind.BALLOT_RETURNED):
            helped.discard(entry.stream)
    return len(helped)


def undo_issue(unit: UnitOfWork, by: Session, witness: Session, token: str, reason: str) -> tuple[str, ...]:
    """Take back ballots issued by mistake, unmarked, before they reached a box; two people, with the reason.

    Returns:
        The contests whose ballots went back into the stock.
    """
    require(by, Act.CHECK_IN)
    require_two(by, witness)
    require_voting(unit)
    reason = require_text(reason, "reason")
    contests = unit.state(voter_stream(token), VoterRecord).contests
    if not contests:
        raise Refusal(Code.NOTHING_TO_UNDO)
    unit.append(
        Kind.ISSUE_UNDONE,
        voter_stream(token),
        by=by,
        witness=witness,
        public={"contests": list(contests)},
        private={"reason": reason},
    )
    return contests


def decide_conflict(unit: UnitOfWork, by: Session, witness: Session, token: str, reason: str) -> None:
    """Decide a voter served twice by two desks: both issues stay written, a supervisor and a witness sign."""
    require(by, Act.CLOSE)
    require_two(by, witness)
    reason = require_text(reason, "reason")
    if not unit.state(voter_stream(token), VoterRecord).in_conflict:
        raise Refusal(Code.NO_CONFLICT)
    unit.append(
        Kind.CONFLICT_DECIDED, voter_stream(token), by=by, witness=witness, private={"reason": reason}
    )
