"""Mobile boxes (流动票箱): crew and ballots go out under seal, are handed on, and come back accounted for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from pollstation.domain.accounts import in_box
from pollstation.domain.ballots import Channel, VoterRecord, voter_stream
from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.contests import BallotBox, BoxKind
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Facts, Kind, time_of
from pollstation.domain.profiles import rules_of
from pollstation.domain.register import Voter
from pollstation.domain.staff import Act, Role, Session, require, require_two
from pollstation.services.guards import require_contest, require_count, require_phase, require_text
from pollstation.services.issuing import append_issue, card, require_not_voted
from pollstation.services.opening import known_box
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.services.stock import require_stock
from pollstation.services.visits import require_mobile

LABEL_PREFIX = "PSB:"
"""What the code on a box's label begins with; the box's id follows."""


class MobileBox(msgspec.Struct, frozen=True, kw_only=True):
    """One mobile box as the page shows it."""

    box: BallotBox
    state: Box
    served: int
    """Voters served so far."""
    left: dict[str, int]
    """Blank ballots it must still carry, by contest."""
    route: tuple[str, ...]
    """Names of its stops, in order; empty where they stayed at another station."""
    overdue: bool
    """Whether it is out although it should be back."""
    unrequested: int
    """Voters served without an approved request."""


def mobile_boxes(unit: Reading) -> list[MobileBox]:
    """The station's mobile boxes in the package's order."""
    return [_line(unit, box) for box in unit.plan.station.boxes if box.kind is BoxKind.MOBILE]


def _line(unit: Reading, box: BallotBox) -> MobileBox:
    state = unit.state(box_stream(box.id), Box)
    totals = unit.totals()
    left = {contest: in_box(box.id, contest, totals) for contest in state.taken}
    issued = unit.totals(f"box_issued/{box.id}/")
    return MobileBox(
        box=box,
        state=state,
        served=max(issued.values(), default=0),
        left=left,
        route=route(unit, box.id),
        overdue=overdue(unit, state),
        unrequested=unit.total(f"unrequested/{box.id}"),
    )


def overdue(unit: Reading, state: Box) -> bool:
    """Whether a box is out although it should be back."""
    return state.state is BoxState.OUT and bool(state.due) and unit.now > datetime.fromisoformat(state.due)


def route(unit: Reading, box: str) -> tuple[str, ...]:
    """Names of the stops last planned, in order: kept private, for a stop may be somebody's home."""
    plans = [each for each in unit.entries(box_stream(box)) if each.kind == Kind.ROUTE_PLANNED]
    private = plans[-1].private if plans else None
    return tuple(private.facts.get("route", ())) if private else ()


def plan_route(
    unit: UnitOfWork, by: Session, box: str, stops: Sequence[str], due: datetime | None = None
) -> None:
    """Say where a box goes, in order, and when it is to be back; again, where that changes.

    Raises:
        Refusal: BOX_UNKNOWN, BOX_NOT_MOBILE, RETURN_IN_PAST.
    """
    require(by, Act.MOBILE_BOX)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    require_mobile(unit, box)
    if due and due <= unit.now:
        raise Refusal(Code.RETURN_IN_PAST, time=f"{due.astimezone():%H:%M}")
    names = [stop.strip() for stop in stops if stop.strip()]
    unit.append(
        Kind.ROUTE_PLANNED,
        box_stream(box),
        by=by,
        public={"stops": len(names), "due": due.isoformat() if due else ""},
        private={"route": names} if names else None,
    )


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
            CREW_IS_RELATIVE, BOX_EMPTY_OF_BALLOTS, STOCK_TOO_SMALL.
    """
    require(by, Act.MOBILE_BOX)
    require_two(by, witness)
    require_phase(unit, DayPhase.OPEN)
    known_box(unit, box, Kind.BOX_DISPATCHED)
    require_mobile(unit, box)
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


def _require_crew(unit: Reading, crew: Sequence[str]) -> None:
    needed = rules_of(unit.plan.election).crew_minimum
    candidates = {name for contest in unit.plan.contests for name in contest.candidates}
    scrutineers = 0
    for member in set(crew):
        try:
            person = unit.person(member)
        except KeyError:
            raise Refusal(Code.CREW_UNKNOWN, person=member) from None
        if person.name in candidates:
            raise Refusal(Code.CREW_IS_CANDIDATE, person=person.name)
        if person.relative_of in candidates:
            raise Refusal(Code.CREW_IS_RELATIVE, person=person.name, candidate=person.relative_of)
        scrutineers += person.role is Role.SCRUTINEER
    if scrutineers < needed:
        raise Refusal(Code.CREW_TOO_SMALL, crew=scrutineers, needed=needed)


def hand_over(
    unit: UnitOfWork,
    by: Session,
    witness: Session,
    box: str,
    *,
    label: str,
    place: str,
    seals_seen: Sequence[str],
    intact: bool = True,
    at: datetime | None = None,
    crew: Sequence[str] | None = None,
) -> None:
    """Hand a box over on its way: one person gives, the other takes, both read label and seals.

    Args:
        label: what was scanned or typed from the box: its code, its id, or what is painted on it.
        place: where; stays private.
        intact: whether every seal was whole; if not, two people must explain it before the close.
        at: when, where it is written down later; now if left out.
        crew: ids of those who go on with it, where they change.

    Raises:
        Refusal: BOX_WRONG_STATE unless it is out; BOX_LABEL_DIFFERS, SEAL_MISSING, TEXT_MISSING,
            TIME_IN_FUTURE, TIME_BEFORE_LEAVING, and those of the crew.
    """
    require(by, Act.SERVE_ON_THE_WAY)
    require_two(by, witness)
    require_phase(unit, DayPhase.OPEN)
    state = known_box(unit, box, Kind.BOX_HANDED_OVER)
    if label.strip().removeprefix(LABEL_PREFIX) not in (box, unit.plan.box(box).label):
        raise Refusal(Code.BOX_LABEL_DIFFERS, label=label.strip(), box=box)
    place, seals = require_text(place, "place"), _trimmed(seals_seen)
    if not seals:
        raise Refusal(Code.SEAL_MISSING)
    if crew is not None:
        _require_crew(unit, crew)
    if at:
        _require_passed(unit, state, at)
    public: dict[str, object] = {
        "seals_seen": seals,
        "intact": intact,
        "at": (at or unit.now).isoformat(),
    }
    if crew is not None:
        public["crew"] = sorted(crew)
    unit.append(
        Kind.BOX_HANDED_OVER, box_stream(box), by=by, witness=witness, public=public, private={"place": place}
    )


def _require_passed(unit: Reading, state: Box, moment: datetime) -> None:
    """Refuse a time that has not come, or that lies before the box was last in somebody's hands."""
    said = f"{moment.astimezone():%H:%M}"
    if moment > unit.now:
        raise Refusal(Code.TIME_IN_FUTURE, time=said)
    last = state.custody[-1]
    before = datetime.fromisoformat(last.at) if last.at else time_of(last.time)
    if moment < before.replace(second=0, microsecond=0):  # people write down minutes
        raise Refusal(Code.TIME_BEFORE_LEAVING, time=said)


def serve(
    unit: UnitOfWork,
    by: Session,
    box: str,
    token: str,
    *,
    contests: Sequence[str] | None = None,
    from_list: bool = True,
    reason: str = "",
) -> Voter:
    """Write down a voter whom the crew served, from the signed paper list or live.

    Args:
        from_list: from the signed paper list; False where the crew's own laptop writes it on the way.
        reason: why the voter was served without an approved request for this box; it stays flagged.

    Raises:
        Refusal: as at the desk; VISIT_NEEDS_REASON where neither an approved request nor a reason is there,
            VISIT_NOT_APPROVED where the profile takes no reason; BOX_WRONG_STATE before the box left or after
            it was closed; BOX_EMPTY_OF_BALLOTS when more voters are written down than ballots went along.
    """
    require(by, Act.SERVE_ON_THE_WAY)
    require_phase(unit, DayPhase.OPEN)
    require_mobile(unit, box)
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
    record = unit.state(voter_stream(token), VoterRecord)
    authority = record.authority
    if authority:
        raise Refusal(Code.PROXY_PENDING, number=authority.number, holder=person.holder_name)
    totals = unit.totals()
    for contest in ready:
        if in_box(box, contest, totals) < 1:
            raise Refusal(Code.BOX_EMPTY_OF_BALLOTS, box=box)
    private = None
    unrequested = not (record.visit and record.visit.comes_with(box))
    if unrequested:
        private = _reason_to_serve(unit, reason)
    append_issue(
        unit,
        by,
        token,
        ready,
        Channel.MOBILE,
        box,
        carried=True,
        from_list=from_list,
        unrequested=unrequested,
        private=private,
    )
    return person.voter


def _reason_to_serve(unit: Reading, reason: str) -> Facts:
    """The written reason, where the profile allows to serve somebody who has no approved request."""
    if not rules_of(unit.plan.election).serves_unrequested:
        raise Refusal(Code.VISIT_NOT_APPROVED)
    if not reason.strip():
        raise Refusal(Code.VISIT_NEEDS_REASON)
    return {"reason": reason.strip()}


def take_back(
    unit: UnitOfWork,
    by: Session,
    witness: Session,
    box: str,
    *,
    blank: Mapping[str, int],
    spoilt: Mapping[str, int],
    seals_seen: Sequence[str],
    signed: Mapping[str, int] | None = None,
) -> None:
    """Take a box back: seals read by two people, blank and spoilt ballots counted.

    Args:
        signed: signatures on the crew's list, by contest; None where nobody counted them.

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
    public: dict[str, object] = {
        "blank": dict(blank),
        "spoilt": dict(spoilt),
        "seals_seen": _trimmed(seals_seen),
    }
    if signed is not None:
        public["signed"] = {contest: require_count(count, contest) for contest, count in signed.items()}
    unit.append(Kind.BOX_RETURNED, box_stream(box), by=by, witness=witness, public=public)


def _trimmed(seals: Sequence[str]) -> list[str]:
    return [seal.strip() for seal in seals if seal.strip()]
