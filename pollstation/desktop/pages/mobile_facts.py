"""What the page of mobile boxes shows, read in one moment, and how it is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pollstation.desktop.pages.mobile_timeline import BOX_KINDS
from pollstation.desktop.pages.naming import GAP
from pollstation.desktop.pages.station_names import box_title, contest_titled
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.result_list import ResultRow
from pollstation.domain.accounts import Rule, Standing
from pollstation.domain.boxes import BoxException, BoxState, box_stream
from pollstation.domain.contests import Plan
from pollstation.domain.journal import Entry
from pollstation.i18n import _, n_
from pollstation.services import closing, mobile_boxes, stock, visits
from pollstation.services.closing import AccountLine
from pollstation.services.mobile_boxes import MobileBox
from pollstation.services.ports import Reading
from pollstation.services.visits import VisitLine
from pollstation.wording import terms
from pollstation.wording.facts import hour_and_minute

_OF_A_BOX = (Rule.BOX, Rule.SIGNED)


@dataclass(frozen=True)
class BoxesSeen:
    """One moment of the station's mobile boxes."""

    boxes: Sequence[MobileBox] = ()
    account: Sequence[AccountLine] = ()
    stock: Mapping[str, int] = field(default_factory=dict)
    requests: Sequence[VisitLine] = ()
    acts: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    """Everything that was done to each box, by its id."""

    def account_of(self, box: str) -> list[AccountLine]:
        """The equations of one box."""
        return [line for line in self.account if line.equation.box == box]


def see_boxes(unit: Reading) -> BoxesSeen:
    """Read it."""
    boxes = mobile_boxes.mobile_boxes(unit)
    return BoxesSeen(
        boxes=boxes,
        account=[line for line in closing.account(unit) if line.equation.rule in _OF_A_BOX],
        stock={line.contest: line.on_hand for line in stock.stock(unit)},
        requests=visits.visits(unit),
        acts={line.box.id: unit.entries(box_stream(line.box.id)) for line in boxes},
    )


def box_row(line: MobileBox, requests: Sequence[VisitLine]) -> ResultRow:
    """One box in the list."""
    state = line.state.state
    wanted = sum(each.visit.comes_with(line.box.id) and each.open for each in requests)
    said = [n_("{count} voter served", "{count} voters served", line.served)]
    if wanted:
        said.append(n_("{count} to visit", "{count} to visit", wanted))
    return ResultRow(
        key=line.box.id,
        title=box_title(line.box),
        beside=line.box.area,
        below=GAP.join(said),
        chip=_("overdue") if line.overdue else terms.word(state),
        kind=Kind.WRONG if line.overdue else BOX_KINDS.get(state, Kind.GOOD),
    )


def carried(line: MobileBox, plan: Plan, names: Mapping[str, str]) -> str:
    """What a box carries, who goes with it, when it is to be back, whom it served without a request."""
    said = []
    if line.state.state is BoxState.OUT:
        left = [
            _("{contest}: {count}", contest=contest_titled(plan, contest), count=count)
            for contest, count in line.left.items()
        ]
        said.append(_("Blank ballots it still carries: {ballots}", ballots=_(", ").join(left)))
        crew = _(", ").join(names.get(one, one) for one in line.state.crew)
        said.append(_("Crew: {names}", names=crew))
        if line.state.due:
            said.append(_("To be back at {time}", time=hour_and_minute(line.state.due)))
    if line.unrequested:
        words = n_(
            "{count} voter was served without a request.",
            "{count} voters were served without a request.",
            line.unrequested,
        )
        said.append(words)
    return GAP.join(said)


Said = tuple[Kind, str, Sequence[str] | str]


def warning(line: MobileBox, account: Sequence[AccountLine]) -> Said | None:
    """What does not add up about a box, and what to do about it, the gravest first."""
    if line.state.unexplained:
        return _exceptions(line)
    if line.overdue:
        words = _(
            "Mobile box {box} should have been back at {time}.",
            box=line.box.label,
            time=hour_and_minute(line.state.due),
        )
        return Kind.WRONG, words, _("Call its crew. If it comes later, write the new time under Route (F4).")
    differing = [each.equation for each in account if each.standing is Standing.DIFFERS]
    ballots = sum(abs(each.difference) for each in differing if each.rule is Rule.BOX)
    if ballots:
        words = n_(
            "Mobile box {box}: {count} ballot not accounted for.",
            "Mobile box {box}: {count} ballots not accounted for.",
            ballots,
            box=line.box.label,
        )
        return Kind.CAUTION, words, [_("Write down every voter who signed the list (Enter)."), _in_writing()]
    if differing:
        words = _("Mobile box {box}: signatures and voters written down differ.", box=line.box.label)
        return (
            Kind.CAUTION,
            words,
            [_("Compare the signed list with the voters line by line."), _in_writing()],
        )
    return None


def _exceptions(line: MobileBox) -> Said:
    what = _(", ").join(terms.word(exception) for exception in line.state.unexplained)
    advice = []
    if BoxException.SEAL_DIFFERS in line.state.unexplained:
        advice.append(_("Read the numbers on the box again, together, and leave the box closed."))
    if BoxException.CREW_FILE_OPEN in line.state.unexplained:
        advice.append(_("Take the crew's file in (F3), or have its loss explained."))
    return Kind.WRONG, _("Mobile box {box}: {what}.", box=line.box.label, what=what), [*advice, _in_writing()]


def _in_writing() -> str:
    return _("If it stays so, supervisor and witness explain it in writing under Closing.")
