"""Mobile boxes (流动票箱): crew and ballots go out under seal, everything is accounted for."""

from collections.abc import Mapping, Sequence

import msgspec

from pollstation.domain.accounts import in_box
from pollstation.domain.ballots import Channel, VoterRecord, voter_stream
from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.contests import BallotBox, BoxKind
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.profiles import profile
from pollstation.domain.register import Voter
from pollstation.domain.staff import Act, Role, Session, require, require_two
from pollstation.services.guards import require_contest, require_count, require_phase
from pollstation.services.issuing import append_issue, card, require_not_voted
from pollstation.services.opening import known_box
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.services.stock import require_stock


class MobileBox(msgspec.Struct, frozen=True, kw_only=True):
    """One mobile box as the page shows it."""

    box: BallotBox
    state: Box
    served: int
    """Voters served so far."""
    left: dict[str, int]
    """Blank ballots it must still carry, by contest."""


def mobile_boxes(unit: Reading) -> list[MobileBox]:
    """The station's mobile boxes in the package's order."""
    return [_line(unit, box) for box in unit.plan.station.boxes if box.kind is BoxKind.MOBILE]


def _line(unit: Reading, box: BallotBox) -> MobileBox:
    state = unit.state(box_stream(box.id), Box)
    totals = unit.totals()
    left = {contest: in_box(box.id, contest, totals) for contest in state.taken}
    issued = unit.totals(f"box_issued/{box.id}/")
    return MobileBox(box=box, state=state, served=max(issued.values(), default=0), left=left)


def dispatch(
    unit: UnitOfWork,
    by: Session,
    witness: Session,
    box: str,
    *,
    crew: Sequence[str],
    ballots: Mapping[str, int],
    seals_seen: Sequence[str],
    area: str = "",
) -> None:
    """Send a sealed box out with its crew and blank ballots from the stock.

    Args:
        crew: ids of those who go; at least as many scrutineers as the profile asks.
        ballots: blank ballots by contest.
        seals_seen: the numbers that both people read on the box as it leaves.

    Raises:
        Refusal: BOX_NOT_MOBILE, BOX_WRONG_STATE, CREW_TOO_SMALL, CREW_UNKNOWN, CREW_IS_CANDIDATE,
            BOX_EMPTY_OF_BALLOTS, STOCK_TOO_SMALL.
    """
    require(by, Act.MOBILE_BOX)
    require_two(by, witness)
    require_phase(unit, DayPhase.OPEN)
    known_box(unit, box, Kind.BOX_DISPATCHED)
    _require_mobile(unit, box)
    _require_crew(unit, crew)
    taken = {contest: require_count(count, contest) for contest, count in ballots.items() if count}
    if not taken:
        raise Refusal(Code.BOX_EMPTY_OF_BALLOTS, box=box)
    for contest, count in taken.items():
        require_contest(unit, contest)
        require_stock(unit, contest, count)
    unit.append(
        Kind.BOX_DISPATCHED,
        box_stream(box),
        by=by,
        witness=witness,
        public={"crew": sorted(crew), "taken": taken, "seals_seen": _trimmed(seals_seen)},
        private={"area": area.strip()} if area.strip() else None,
    )


def _require_mobile(unit: Reading, box: str) -> None:
    if unit.plan.box(box).kind is not BoxKind.MOBILE:
        raise Refusal(Code.BOX_NOT_MOBILE, box=box)


def _require_crew(unit: Reading, crew: Sequence[str]) -> None:
    needed = profile(unit.plan.election.profile).crew_minimum
    candidates = {name for contest in unit.plan.contests for name in contest.candidates}
    scrutineers = 0
    for member in set(crew):
        try:
            person = unit.person(member)
        except KeyError:
            raise Refusal(Code.CREW_UNKNOWN, person=member) from None
        if person.name in candidates:
            raise Refusal(Code.CREW_IS_CANDIDATE, person=person.name)
        scrutineers += person.role is Role.SCRUTINEER
    if scrutineers < needed:
        raise Refusal(Code.CREW_TOO_SMALL, crew=scrutineers, needed=needed)


def serve(
    unit: UnitOfWork,
    by: Session,
    box: str,
    token: str,
    *,
    contests: Sequence[str] | None = None,
    from_list: bool = True,
) -> Voter:
    """Write down a voter whom the crew served, from the signed paper list or live.

    Raises:
        Refusal: as at the desk, and BOX_WRONG_STATE before the box left or after it was closed,
            BOX_EMPTY_OF_BALLOTS when more voters are written down than ballots went along.
    """
    require(by, Act.MOBILE_BOX)
    require_phase(unit, DayPhase.OPEN)
    _require_known(unit, box)
    state = unit.state(box_stream(box), Box)
    if state.state not in (BoxState.OUT, BoxState.BACK):
        raise Refusal(Code.BOX_WRONG_STATE, box=box, state=state.state, act=Kind.BALLOTS_ISSUED)
    person = card(unit, token)
    ready = tuple(contest.id for contest in person.ready)
    if contests is not None:
        for contest in contests:
            require_contest(unit, contest)
            require_not_voted(unit, token, contest)
        ready = tuple(contest for contest in ready if contest in contests)
    if not ready:
        require_not_voted(unit, token, None)
        raise Refusal(Code.NOT_ENTITLED, contest="")
    authority = unit.state(voter_stream(token), VoterRecord).authority
    if authority:
        raise Refusal(Code.PROXY_PENDING, number=authority.number, holder=person.holder_name)
    totals = unit.totals()
    for contest in ready:
        if in_box(box, contest, totals) < 1:
            raise Refusal(Code.BOX_EMPTY_OF_BALLOTS, box=box)
    append_issue(unit, by, token, ready, Channel.MOBILE, box, carried=True, from_list=from_list)
    return person.voter


def _require_known(unit: Reading, box: str) -> None:
    try:
        _require_mobile(unit, box)
    except KeyError:
        raise Refusal(Code.BOX_UNKNOWN, box=box) from None


def take_back(
    unit: UnitOfWork,
    by: Session,
    witness: Session,
    box: str,
    *,
    blank: Mapping[str, int],
    spoilt: Mapping[str, int],
    seals_seen: Sequence[str],
) -> None:
    """Take a box back: seals read by two people, blank and spoilt ballots counted.

    What does not add up is kept and shows as a difference that two people must explain before the close.

    Raises:
        Refusal: BOX_RETURNS_MORE when more blank and spoilt ballots come back than went along.
    """
    require(by, Act.MOBILE_BOX)
    require_two(by, witness)
    require_phase(unit, DayPhase.OPEN)
    state = known_box(unit, box, Kind.BOX_RETURNED)
    for contest in {*blank, *spoilt}:
        back = require_count(blank.get(contest, 0), contest) + require_count(spoilt.get(contest, 0), contest)
        brought = state.blank.get(contest, 0) + state.spoilt.get(contest, 0)
        if brought + back > state.taken.get(contest, 0):
            raise Refusal(
                Code.BOX_RETURNS_MORE, box=box, contest=contest, back=back, taken=state.taken.get(contest, 0)
            )
    unit.append(
        Kind.BOX_RETURNED,
        box_stream(box),
        by=by,
        witness=witness,
        public={"blank": dict(blank), "spoilt": dict(spoilt), "seals_seen": _trimmed(seals_seen)},
    )


def _trimmed(seals: Sequence[str]) -> list[str]:
    return [seal.strip() for seal in seals if seal.strip()]
