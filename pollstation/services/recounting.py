"""A recount of a batch, a box or everything: new entries beside the old, by order of two people.

Where the ballots themselves, counted once more, are not as many as was written down, two people restate the
batch or the box; the account follows, and a difference that stays is explained as any other.
"""

from collections.abc import Mapping, Sequence

from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.counting import sheets
from pollstation.services.counting_site import require_ballots
from pollstation.services.guards import own_stream, require_count, require_phase, require_text
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


def restate_batch(
    unit: UnitOfWork, by: Session, witness: Session, sheet_id: str, ballots: int, reason: str
) -> None:
    """Write down how many ballots a batch holds after two people counted it again, with the reason.

    What was read from its sheet stays; warnings explained before are looked at anew.

    Raises:
        Refusal: SHEET_UNKNOWN, SHEET_WRONG_PHASE for an approved sheet (its recount is ordered first),
            NOTHING_TO_RESTATE where the number is the same.
    """
    require(by, Act.APPROVE_SHEET)
    require_two(by, witness)
    require_phase(unit, DayPhase.COUNTING)
    reason = require_text(reason, "reason")
    require_count(ballots, "batch")
    sheet = unit.state(sheet_id, CountSheet)
    if not sheet.contest:
        raise Refusal(Code.SHEET_UNKNOWN, sheet=sheet_id)
    if sheet.approved:
        raise Refusal(Code.SHEET_WRONG_PHASE, phase=sheet.phase)
    if ballots == sheet.ballots:
        raise Refusal(Code.NOTHING_TO_RESTATE, ballots=ballots)
    unit.append(
        Kind.BATCH_RESTATED,
        sheet_id,
        by=by,
        witness=witness,
        public={"ballots": ballots, "before": sheet.ballots},
        private={"reason": reason},
    )


def restate_box(
    unit: UnitOfWork, by: Session, witness: Session, box: str, ballots: Mapping[str, int], reason: str
) -> None:
    """Write down how many ballots of each contest a box held after two people counted them again.

    Ballots that lie in no batch then are laid out in a batch of their own, or a batch is restated.

    Raises:
        Refusal: BOX_NOT_COUNTED, CONTEST_UNKNOWN, NOTHING_TO_RESTATE where the numbers are the same.
    """
    require(by, Act.COUNT_BOX)
    require_two(by, witness)
    require_phase(unit, DayPhase.COUNTING)
    reason = require_text(reason, "reason")
    state = unit.state(box_stream(box), Box)
    if state.state is not BoxState.COUNTED:
        raise Refusal(Code.BOX_NOT_COUNTED, box=box)
    require_ballots(unit, box, ballots)
    changed = {contest: count for contest, count in ballots.items() if count != state.counted.get(contest, 0)}
    if not changed:
        raise Refusal(Code.NOTHING_TO_RESTATE, ballots=sum(ballots.values()))
    before = {contest: state.counted.get(contest, 0) for contest in changed}
    unit.append(
        Kind.BOX_RECOUNTED,
        box_stream(box),
        by=by,
        witness=witness,
        public={"counted": changed, "before": before},
        private={"reason": reason},
    )
