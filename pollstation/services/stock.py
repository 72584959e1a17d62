"""Ballot papers: counted in, damaged, moved, and the unused ones cancelled after the close.

Nothing is corrected silently: a figure that was written down wrongly gets a second entry, with the reason.
"""

import msgspec

from pollstation.domain.ballots import Stock, StockFigure, stock_stream
from pollstation.domain.boxes import box_stream
from pollstation.domain.contests import BoxKind
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Entry, Kind
from pollstation.domain.packets import read_packets, require_apart
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
    packets: tuple[str, ...]
    desks: dict[str, int]
    """Blank ballots handed to each desk and not given back."""


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
                packets=state.packets,
                desks=state.desks,
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
        packets: the numbers on the packets, first to last, with a comma between; empty where they have none.

    Returns:
        Counted minus stated.

    Raises:
        Refusal: PACKET_UNREADABLE, PACKETS_OVERLAP, PACKETS_NOT_AS_STATED, NO_BALLOTS.
    """
    require(by, Act.STOCK)
    require_two(by, witness)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    require_contest(unit, contest)
    if require_count(counted, "counted") + require_count(stated, "stated") == 0:
        raise Refusal(Code.NO_BALLOTS, contest=contest)
    numbered = read_packets(packets)
    known = unit.state(_stream(unit, contest), Stock).packets
    require_apart([packet for text in known for packet in read_packets(text)], numbered)
    ballots = sum(packet.size for packet in numbered)
    if numbered and ballots != stated:
        raise Refusal(Code.PACKETS_NOT_AS_STATED, packets=packets.strip(), count=ballots, stated=stated)
    unit.append(
        Kind.BALLOTS_RECEIVED,
        _stream(unit, contest),
        by=by,
        witness=witness,
        public={"stated": stated, "counted": counted, "packets": [str(packet) for packet in numbered]},
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


def move(
    unit: UnitOfWork, by: Session, witness: Session, contest: str, count: int, origin: str, to: str
) -> None:
    """Hand blank ballots from the stock to a desk, from desk to desk, or back; two people.

    Args:
        origin: name of the desk that gives them; empty for the stock.
        to: name of the desk that takes them; empty for the stock.

    Raises:
        Refusal: STOCK_TOO_SMALL, DESK_HOLDS_TOO_FEW, NO_BALLOTS, TEXT_MISSING.
    """
    require(by, Act.STOCK)
    require_two(by, witness)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    require_contest(unit, contest)
    origin, to = origin.strip(), to.strip()
    if origin == to:
        raise Refusal(Code.TEXT_MISSING, what="to")
    if require_count(count, "count") == 0:
        raise Refusal(Code.NO_BALLOTS, contest=contest)
    require_stock(unit, contest, count)
    held = unit.state(_stream(unit, contest), Stock).desks.get(origin, 0)
    if origin and held < count:
        raise Refusal(Code.DESK_HOLDS_TOO_FEW, desk=origin, contest=contest, count=count, left=held)
    unit.append(
        Kind.BALLOTS_MOVED,
        _stream(unit, contest),
        by=by,
        witness=witness,
        public={"origin": origin, "to": to, "count": count},
    )


def correct(
    unit: UnitOfWork,
    by: Session,
    witness: Session,
    contest: str,
    figure: StockFigure,
    count: int,
    reason: str,
) -> int:
    """Correct a figure that was written down wrongly, two people, with the reason; the first entry stays.

    Args:
        count: what the figure should say in all.

    Returns:
        By how much it changed.

    Raises:
        Refusal: NOTHING_TO_CORRECT, STOCK_TOO_SMALL where fewer ballots would be left than none.
    """
    require(by, Act.STOCK)
    require_two(by, witness)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    require_contest(unit, contest)
    reason = require_text(reason, "reason")
    stood: int = getattr(unit.state(_stream(unit, contest), Stock), figure)
    difference = require_count(count, "count") - stood
    if difference == 0:
        raise Refusal(Code.NOTHING_TO_CORRECT, figure=figure, count=count)
    if figure is not StockFigure.STATED:
        require_stock(unit, contest, -difference if figure is StockFigure.RECEIVED else difference)
    unit.append(
        Kind.STOCK_CORRECTED,
        _stream(unit, contest),
        by=by,
        witness=witness,
        public={"figure": figure, "difference": difference},
        private={"reason": reason},
    )
    return difference


def history(unit: Reading, contest: str) -> list[Entry]:
    """Everything that was done with the ballots of one contest but issuing them, the latest first."""
    entries = list(unit.entries(_stream(unit, contest)))
    for box in unit.plan.station.boxes:
        if box.kind is BoxKind.MOBILE:
            entries += [
                entry
                for entry in unit.entries(box_stream(box.id))
                if contest in entry.public.get("taken", entry.public.get("blank", ()))
            ]
    return sorted(entries, key=Entry.order, reverse=True)


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
