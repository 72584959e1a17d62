"""Ballot papers: counted in, damaged, moved, and the unused ones cancelled after the close."""

import msgspec

from pollstation.domain.ballots import Stock, stock_stream
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.guards import require_contest, require_count, require_phase, require_text
from pollstation.services.ports import Reading, UnitOfWork


class StockLine(msgspec.Struct, frozen=True, kw_only=True):
    """The stock of one contest as it stands."""

    contest: str
    stated: int
    received: int
    damaged: int
    transferred: int
    on_hand: int
    unused: int | None


def stock(unit: Reading) -> list[StockLine]:
    """The stock of every contest of the station, in ballot order."""
    lines = []
    for contest in unit.plan.contests:
        state = unit.state(_stream(unit, contest.id), Stock)
        lines.append(
            StockLine(
                contest=contest.id,
                stated=state.stated,
                received=state.received,
                damaged=state.damaged,
                transferred=state.transferred,
                on_hand=unit.total(f"on_hand/{contest.id}"),
                unused=state.unused,
            )
        )
    return lines


def receive(
    unit: UnitOfWork,
    by: Session,
    witness: Session,
    contest: str,
    *,
    stated: int,
    counted: int,
    packets: str = "",
) -> int:
    """Count packets of ballots in, two people.

    Args:
        stated: what the packing slip says.
        counted: what the two of them counted; a difference is kept and has to be explained.
        packets: number ranges or labels, as written on the packets.

    Returns:
        Counted minus stated.
    """
    require(by, Act.STOCK)
    require_two(by, witness)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    require_contest(unit, contest)
    if require_count(counted, "counted") + require_count(stated, "stated") == 0:
        raise Refusal(Code.NO_BALLOTS, contest=contest)
    unit.append(
        Kind.BALLOTS_RECEIVED,
        _stream(unit, contest),
        by=by,
        witness=witness,
        public={"stated": stated, "counted": counted, "packets": packets.strip()},
    )
    return counted - stated


def damage(unit: UnitOfWork, by: Session, witness: Session, contest: str, count: int, reason: str) -> None:
    """Take damaged ballots out of the stock, two people, with the reason."""
    _take_out(unit, by, witness, contest, count, Kind.BALLOTS_DAMAGED, {}, reason)


def transfer(
    unit: UnitOfWork, by: Session, witness: Session, contest: str, count: int, to: str, reason: str
) -> None:
    """Hand ballots on to another station or back to the committee, two people, with the reason."""
    to = require_text(to, "to")
    _take_out(unit, by, witness, contest, count, Kind.BALLOTS_TRANSFERRED, {"to": to}, reason)


def _take_out(
    unit: UnitOfWork,
    by: Session,
    witness: Session,
    contest: str,
    count: int,
    kind: Kind,
    public: dict[str, str],
    reason: str,
) -> None:
    require(by, Act.STOCK)
    require_two(by, witness)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    require_contest(unit, contest)
    reason = require_text(reason, "reason")
    if require_count(count, "count") == 0:
        raise Refusal(Code.NO_BALLOTS, contest=contest)
    require_stock(unit, contest, count)
    unit.append(
        kind,
        _stream(unit, contest),
        by=by,
        witness=witness,
        public={**public, "count": count},
        private={"reason": reason},
    )


def cancel_unused(unit: UnitOfWork, by: Session, witness: Session, contest: str, count: int) -> None:
    """Write down how many unused ballots two people counted and cancelled (corner cut) after the last voter.

    The polling must be paused or about to close; it may be counted again until the close.
    """
    require(by, Act.STOCK)
    require_two(by, witness)
    require_phase(unit, DayPhase.OPEN)
    require_contest(unit, contest)
    unit.append(
        Kind.UNUSED_CANCELLED,
        _stream(unit, contest),
        by=by,
        witness=witness,
        public={"count": require_count(count, "unused")},
    )


def require_stock(unit: Reading, contest: str, count: int) -> None:
    """Refuse with STOCK_TOO_SMALL when fewer than ``count`` blank ballots can be on hand."""
    left = unit.total(f"on_hand/{contest}")
    if left < count:
        raise Refusal(Code.STOCK_TOO_SMALL, contest=contest, count=count, left=left)


def _stream(unit: Reading, contest: str) -> str:
    return stock_stream(unit.plan.station.id, contest)
