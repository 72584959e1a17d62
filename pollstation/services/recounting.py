"""A recount of a batch, a box or everything: new entries beside the old, by order of two people."""

from collections.abc import Sequence

from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.counting import sheets
from pollstation.services.guards import own_stream, require_phase, require_text
from pollstation.services.ports import Reading, UnitOfWork


def approved_sheets(unit: Reading, box: str = "") -> list[CountSheet]:
    """What can be counted again: every approved sheet, or those of one box."""
    return [sheet for sheet in sheets(unit) if sheet.approved and box in ("", sheet.box)]


def order(unit: UnitOfWork, by: Session, witness: Session, sheet_ids: Sequence[str], reason: str) -> None:
    """Have approved sheets counted again; until they are approved anew their last count stands.

    After a proposed result the day goes back to counting, and what was shown in the room is withdrawn.

    Raises:
        Refusal: NOTHING_TO_RECOUNT where no sheet is named, or one that is not approved.
    """
    require(by, Act.APPROVE_SHEET)
    require_two(by, witness)
    day = require_phase(unit, DayPhase.COUNTING, DayPhase.DETERMINED, DayPhase.HANDED_OVER)
    reason = require_text(reason, "reason")
    approved = {sheet.id for sheet in approved_sheets(unit)}
    if not sheet_ids or not approved.issuperset(sheet_ids):
        raise Refusal(Code.NOTHING_TO_RECOUNT)
    if day.phase is not DayPhase.COUNTING:
        unit.append(Kind.COUNT_RESUMED, own_stream(unit), by=by, witness=witness, private={"reason": reason})
    for sheet in sheet_ids:
        unit.append(Kind.RECOUNT_ORDERED, sheet, by=by, witness=witness, private={"reason": reason})
