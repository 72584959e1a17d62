"""Warnings over all boxes of a counting site: found, and explained by two people before the result."""

from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.profiles import rules_of
from pollstation.domain.site_findings import SiteFinding, site_findings
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.guards import own_stream, require_phase, require_text, this_day
from pollstation.services.ports import Reading, UnitOfWork


def findings(unit: Reading, contest: str = "") -> list[SiteFinding]:
    """Every warning over the boxes counted here (or those of one contest), explained or not."""
    plan = unit.plan
    contests = [each for each in plan.contests if contest in ("", each.id)]
    found = site_findings(contests, plan.counted_boxes, unit.totals(), rules_of(plan.election))
    return [each for each in found if contest in ("", each.contest)]


def unexplained(unit: Reading) -> list[SiteFinding]:
    """Those that nobody has explained as they stand now."""
    explained = this_day(unit).explained
    return [each for each in findings(unit) if explained.get(each.key) != each.size]


def explain(unit: UnitOfWork, by: Session, witness: Session, key: str, text: str) -> None:
    """Explain a warning over boxes, two people, in writing; it is printed with account and result.

    Raises:
        Refusal: NOTHING_TO_EXPLAIN where there is no such warning or it is explained already.
    """
    require(by, Act.APPROVE_SHEET)
    require_two(by, witness)
    require_phase(unit, DayPhase.COUNTING)
    text = require_text(text, "explanation")
    found = [each for each in unexplained(unit) if each.key == key]
    if not found:
        raise Refusal(Code.NOTHING_TO_EXPLAIN, key=key)
    unit.append(
        Kind.DIFFERENCE_EXPLAINED,
        own_stream(unit),
        by=by,
        witness=witness,
        public={"code": key, "difference": found[0].size},
        private={"text": text},
    )
