"""What the pages of the count read: boxes, stations still missing, and sheets without their figures."""

from dataclasses import dataclass

from pollstation.desktop.pages.station_names import box_titled, contest_titled
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.simple_table import Chip
from pollstation.domain.boxes import BoxState
from pollstation.domain.contests import Plan
from pollstation.domain.count_sheets import CountSheet, Phase
from pollstation.domain.day import Day
from pollstation.domain.staff import Role, Session
from pollstation.i18n import _
from pollstation.services import counting, counting_site
from pollstation.services.counting_site import CountedBox
from pollstation.services.guards import this_day
from pollstation.services.ports import Reading
from pollstation.wording import terms


@dataclass(frozen=True)
class SheetLine:
    """One sheet in the list: no figure of anybody's."""

    id: str
    box: str
    contest: str
    batch: int
    ballots: int
    phase: Phase
    mine: bool
    """The person signed in has entered it already."""
    for_me: bool
    """The person signed in may work on it now."""
    finding: str = ""
    """Code of what stands against its approval, for the supervisor; empty for nothing."""


@dataclass(frozen=True)
class CountNow:
    """Everything the first view of the count shows."""

    day: Day
    missing: list[str]
    boxes: list[CountedBox]
    sheets: list[SheetLine]


def count_now(unit: Reading, by: Session) -> CountNow:
    """Read it, all of one moment."""
    found = _against(unit) if by.role is Role.SUPERVISOR else {}
    return CountNow(
        day=this_day(unit),
        missing=counting_site.stations_missing(unit),
        boxes=counting_site.boxes(unit),
        sheets=[_line(sheet, by, found.get(sheet.id, "")) for sheet in counting.sheets(unit)],
    )


def _against(unit: Reading) -> dict[str, str]:
    """By sheet that both entries agree on, the first code that stands against its approval."""
    sheets = {sheet.id: sheet for sheet in counting.sheets(unit) if sheet.phase is Phase.AGREED}
    return {
        name: one.code
        for name, found in counting.survey(unit).items()
        for one in reversed(found)
        if name in sheets and one.code not in sheets[name].explained
    }


def _line(sheet: CountSheet, by: Session, finding: str) -> SheetLine:
    settles = by.role is Role.SUPERVISOR and sheet.phase in (Phase.DIFFERS, Phase.AGREED)
    enters = by.role is Role.COUNTER and sheet.reading_of(by.id) > 0
    return SheetLine(
        id=sheet.id,
        box=sheet.box,
        contest=sheet.contest,
        batch=sheet.batch,
        ballots=sheet.ballots,
        phase=sheet.phase,
        mine=any(reading.by == by.id and reading.done for reading in sheet.readings),
        for_me=settles or enters,
        finding=finding,
    )


def sheet_name(plan: Plan, box: str, contest: str, batch: int) -> str:
    """A sheet as it is called out: its box, its ballot paper, its batch."""
    return _(
        "{box} · {paper} · batch {batch}",
        box=box_titled(plan, box),
        paper=contest_titled(plan, contest),
        batch=batch,
    )


def sheet_chip(line: SheetLine) -> Chip:
    """What the sheet waits for."""
    if line.mine and line.phase is Phase.SECOND:
        return Chip(_("waits for another counter"), Kind.PLAIN)
    if line.finding:
        kind = Kind.WRONG if line.finding.startswith("E") else Kind.CAUTION
        return Chip(f"{terms.word(line.phase)} · {line.finding}", kind)
    kinds = {Phase.APPROVED: Kind.GOOD, Phase.DIFFERS: Kind.WRONG, Phase.AGREED: Kind.CAUTION}
    return Chip(terms.word(line.phase), kinds.get(line.phase, Kind.ACCENT if line.for_me else Kind.PLAIN))


def box_chip(line: CountedBox) -> Chip:
    """How far the box is; what does not add up about it comes first."""
    if line.state.unexplained:
        return Chip(terms.word(line.state.unexplained[0]), Kind.WRONG)
    if line.state.state is BoxState.PREPARED:
        return Chip(_("bundle not here yet"), Kind.PLAIN)
    if over := next((left for left in line.left.values() if left and line.state.counted), 0):
        words = (
            _("{count} in no batch", count=over) if over > 0 else _("batches hold {count} more", count=-over)
        )
        return Chip(words, Kind.WRONG)
    kind = Kind.GOOD if line.state.state is BoxState.COUNTED else Kind.CAUTION
    return Chip(terms.word(line.state.state), kind)
