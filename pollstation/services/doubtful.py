"""The register of doubtful ballots: each decided by the chief scrutineer with a scrutineer."""

from pollstation.domain.count_sheets import CountSheet, Phase
from pollstation.domain.day import DayPhase
from pollstation.domain.doubtful import Judgement
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.profiles import rules_of
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.guards import require_phase, require_text
from pollstation.services.ports import UnitOfWork


def decide(
    unit: UnitOfWork,
    by: Session,
    witness: Session,
    sheet_id: str,
    *,
    mark: str,
    judgement: Judgement,
    valid: bool,
    number: int = 0,
) -> int:
    """Write down what was decided about one doubtful ballot of a sheet that is not approved yet.

    Args:
        mark: what the mark looks like; stays at the station.
        number: of a ballot that is decided anew; 0 gives it the next one.

    Returns:
        The ballot's number within the sheet, to be written on its slip.

    Raises:
        Refusal: SHEET_UNKNOWN, SHEET_WRONG_PHASE, DOUBTFUL_AGAINST_RULES where the judgement leads elsewhere.
    """
    require(by, Act.APPROVE_SHEET)
    require_two(by, witness)
    require_phase(unit, DayPhase.COUNTING)
    mark = require_text(mark, "mark")
    sheet = unit.state(sheet_id, CountSheet)
    if not sheet.contest:
        raise Refusal(Code.SHEET_UNKNOWN, sheet=sheet_id)
    if sheet.phase is Phase.APPROVED:
        raise Refusal(Code.SHEET_WRONG_PHASE, phase=sheet.phase)
    if not rules_of(unit.plan.election).allows(judgement, valid=valid):
        raise Refusal(Code.DOUBTFUL_AGAINST_RULES, judgement=judgement)
    number = number or max((each.number for each in sheet.doubtful), default=0) + 1
    unit.append(
        Kind.DOUBTFUL_DECIDED,
        sheet_id,
        by=by,
        witness=witness,
        public={"number": number, "judgement": judgement, "valid": valid},
        private={"mark": mark},
    )
    return number
