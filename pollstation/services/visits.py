"""Requests for the mobile box: asked for with a ground, approved or refused, listed in the route's order."""

import msgspec

from pollstation.domain.ballots import VoterRecord, voter_stream
from pollstation.domain.contests import BoxKind
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Facts, Kind
from pollstation.domain.register import Voter
from pollstation.domain.staff import Act, Session, require
from pollstation.domain.visits import Ground, Visit, VisitState
from pollstation.services.guards import require_count, require_phase, require_text
from pollstation.services.issuing import known_voter, require_not_voted
from pollstation.services.ports import Reading, UnitOfWork


class VisitLine(msgspec.Struct, frozen=True, kw_only=True):
    """One request as the list shows it."""

    voter: Voter
    visit: Visit
    record: VoterRecord
    wish: str
    """Place and time wished for; empty where that stayed at another station."""
    words: str
    """The ground in words."""

    @property
    def served(self) -> bool:
        """Whether the voter has taken part, at the box or in another way."""
        return bool(self.record.issues)

    @property
    def open(self) -> bool:
        """Whether something is still to be done: the decision, or the visit."""
        return not self.served and self.visit.state is not VisitState.REFUSED


def ask(
    unit: UnitOfWork,
    by: Session,
    token: str,
    ground: Ground,
    *,
    words: str = "",
    wish: str = "",
    asked_by: str = "",
) -> None:
    """Write down that a voter, or the family, asks for the mobile box.

    Args:
        ground: public; ``words`` say it more closely and stay private (needed where it is OTHER).
        wish: place and time wished for.
        asked_by: who asks, where it is not the voter.

    Raises:
        Refusal: VISIT_EXISTS while a request is open or approved, TEXT_MISSING, and with when and where that
            the voter already took part.
    """
    require(by, Act.MOBILE_BOX)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    known_voter(unit, token)
    require_not_voted(unit, token, None)
    now = unit.state(voter_stream(token), VoterRecord).visit
    if now and now.state is not VisitState.REFUSED:
        raise Refusal(Code.VISIT_EXISTS, state=now.state)
    if ground is Ground.OTHER:
        require_text(words, "ground")
    said: Facts = {"words": words.strip(), "wish": wish.strip(), "asked_by": asked_by.strip()}
    unit.append(
        Kind.VISIT_REQUESTED,
        voter_stream(token),
        by=by,
        public={"ground": ground},
        private={name: text for name, text in said.items() if text},
    )


def approve(unit: UnitOfWork, by: Session, token: str, box: str, stop: int = 0) -> None:
    """Let a mobile box come to the voter; again, to send another box or at another stop.

    Args:
        stop: which stop of the box's route, from 1; 0 leaves it open.

    Raises:
        Refusal: VISIT_UNKNOWN, BOX_UNKNOWN, BOX_NOT_MOBILE, COUNT_NEGATIVE, and that the voter already voted.
    """
    require(by, Act.APPROVE_VISIT)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    _known(unit, token)
    require_not_voted(unit, token, None)
    require_mobile(unit, box)
    unit.append(
        Kind.VISIT_APPROVED,
        voter_stream(token),
        by=by,
        public={"box": box, "stop": require_count(stop, "stop")},
    )


def refuse(unit: UnitOfWork, by: Session, token: str, reason: str) -> None:
    """Refuse a request, with the reason; it may be asked again."""
    require(by, Act.APPROVE_VISIT)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    _known(unit, token)
    require_not_voted(unit, token, None)
    unit.append(
        Kind.VISIT_REFUSED,
        voter_stream(token),
        by=by,
        private={"reason": require_text(reason, "reason")},
    )


def _known(unit: Reading, token: str) -> Visit:
    visit = unit.state(voter_stream(token), VoterRecord).visit
    if visit is None or visit.state is VisitState.REFUSED:
        raise Refusal(Code.VISIT_UNKNOWN)
    return visit


def require_mobile(unit: Reading, box: str) -> None:
    """Refuse with BOX_UNKNOWN or BOX_NOT_MOBILE unless ``box`` is a mobile box of this station."""
    try:
        kind = unit.plan.box(box).kind
    except KeyError:
        raise Refusal(Code.BOX_UNKNOWN, box=box) from None
    if kind is not BoxKind.MOBILE:
        raise Refusal(Code.BOX_NOT_MOBILE, box=box)


def visits(unit: Reading) -> list[VisitLine]:
    """Every request by box, stop, group and address; those that wait for a decision come first."""
    lines = [_line(unit, name.partition("/")[2]) for name in unit.totals("visit/")]
    return sorted((line for line in lines if line), key=_in_order)


def _line(unit: Reading, token: str) -> VisitLine | None:
    record = unit.state(voter_stream(token), VoterRecord)
    try:
        voter = unit.voter(token)
    except KeyError:  # a crew's laptop knows its own voters only
        return None
    if record.visit is None:
        return None
    asked = [each for each in unit.entries(voter_stream(token)) if each.kind == Kind.VISIT_REQUESTED]
    said = asked[-1].private.facts if asked and asked[-1].private else {}
    return VisitLine(
        voter=voter,
        visit=record.visit,
        record=record,
        wish=str(said.get("wish", "")),
        words=str(said.get("words", "")),
    )


def _in_order(line: VisitLine) -> tuple[bool, str, int, str, str, int]:
    visit, voter = line.visit, line.voter
    refused = visit.state is VisitState.REFUSED
    return (refused, visit.box, visit.stop, voter.group, voter.address, voter.number)


def visits_of(unit: Reading, box: str) -> list[VisitLine]:
    """Approved requests of one box, in the order of its route."""
    return [line for line in visits(unit) if line.visit.comes_with(box)]
