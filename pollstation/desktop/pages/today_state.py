"""What Today shows, read in one moment, and what is to be done next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pollstation.desktop.pages.station_names import box_titled, contest_title, contest_titled
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.turnout_curve import Turnout
from pollstation.domain.accounts import Equation, Rule, participants
from pollstation.domain.boxes import Box, BoxException, box_stream
from pollstation.domain.contests import BallotBox, Contest, Plan
from pollstation.domain.day import Day, DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.profiles import rules_of
from pollstation.i18n import N_, _, n_
from pollstation.services import closing, opening
from pollstation.services.checkpoints import journal_code
from pollstation.services.closing import AccountLine
from pollstation.services.guards import this_day
from pollstation.services.ports import Reading
from pollstation.services.turnout import HOUR, HourLine, hours
from pollstation.wording import terms
from pollstation.wording.facts import hour_and_minute

FIRST_MINUTE, LAST_MINUTE = 7 * 60, 19 * 60
"""The hours a turnout curve shows at least."""

_NOW_IN_HAND = (Code.BOX_STILL_OUT, Code.CONFLICT_OPEN, Code.ACCOUNT_DIFFERS)
"""What stands against the close and is worth saying all day; the rest belongs to the close itself."""


LEFT = {
    Rule.RECEIVED: N_("On the packing slips"),
    Rule.STOCK: N_("Received"),
    Rule.ISSUED: N_("Issued"),
    Rule.VOTERS: N_("Net issued"),
    Rule.BOX: N_("Taken along by mobile box {box}"),
    Rule.SIGNED: N_("Signed the list of mobile box {box}"),
    Rule.COLLECTED: N_("Issued for box {box}"),
    Rule.BATCHED: N_("Found in box {box}"),
    Rule.TALLIED: N_("Collected"),
}
"""The left side of each equation, as the account panel names it."""


@dataclass(frozen=True)
class ToDo:
    """One thing to do: a word for its kind, a sentence, and the duty where it is done."""

    sentence: str
    duty: str = ""
    kind: Kind = Kind.ACCENT


@dataclass(frozen=True)
class TodayState:
    """One moment of the day."""

    day: Day
    now: datetime
    totals: dict[str, int]
    account: Sequence[AccountLine]
    boxes: Sequence[tuple[BallotBox, Box]]
    against: Sequence[Refusal]
    steps: dict[str, bool]
    code: str

    @property
    def registered(self) -> int:
        """Voters of this station."""
        return self.totals.get("registered", 0)

    @property
    def voted(self) -> int:
        """Voters who took part."""
        return participants(self.totals)

    @property
    def needed(self) -> int:
        """The least that is more than half of them."""
        return self.registered // 2 + 1


def see_today(unit: Reading) -> TodayState:
    """Read it."""
    day = this_day(unit)
    boxes = dict.fromkeys((*unit.plan.station.boxes, *unit.plan.counted_boxes))
    return TodayState(
        day=day,
        now=unit.now,
        totals=unit.totals(),
        account=closing.account(unit),
        boxes=[(box, unit.state(box_stream(box.id), Box)) for box in boxes],
        against=closing.obstacles(unit) if day.phase is DayPhase.OPEN else [],
        steps=opening.steps(unit) if day.phase is DayPhase.PREPARED and unit.plan.station.polls else {},
        code=journal_code(unit),
    )


def turnout(state: TodayState) -> Turnout:
    """The curve of the day on this computer's clock: how many had voted at the end of each hour."""
    return curve(hours(state.totals, state.now), state.registered, state.now)


def curve(lines: Sequence[HourLine], registered: int, now: datetime) -> Turnout:
    """Hours as the points of a curve."""
    first = (lines[0].until - HOUR if lines else now).astimezone()
    if lines and lines[0].until == now:
        first = now.astimezone().replace(minute=0, second=0, microsecond=0)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)

    def minute(moment: datetime) -> int:
        return int((moment - midnight).total_seconds() // 60)

    points = [(minute(first), 0)] if lines else []
    points += [(minute(line.until), line.voted) for line in lines]
    opens = min([FIRST_MINUTE, *(at for at, _count in points)]) // 60 * 60
    closes = max([LAST_MINUTE, *(at for at, _count in points)])
    return Turnout(points, registered, registered // 2 + 1, opens, -(-closes // 60) * 60)


def to_do(plan: Plan, state: TodayState) -> Iterator[ToDo]:
    """What comes next, the most pressing first."""
    match state.day.phase:
        case DayPhase.PREPARED if plan.station.polls:
            left = [step for step, done in state.steps.items() if not done]
            yield from (ToDo(terms.opening_step(step), "opening") for step in left)
        case DayPhase.OPEN:
            yield from _while_open(plan, state)
        case DayPhase.CLOSED if not plan.station.counts_itself:
            yield ToDo(_("Hand the boxes and the polling bundle over to the counting site."), "hand-over")
        case DayPhase.PREPARED | DayPhase.CLOSED:
            yield ToDo(_("Open the boxes and begin the count."), "count")
        case DayPhase.COUNTING:
            sheets, approved = _sum(state, "sheets/"), _sum(state, "sheets_approved/")
            yield ToDo(
                _("Count sheets approved: {approved} of {sheets}.", approved=approved, sheets=sheets), "count"
            )
            if sheets and sheets == approved:
                yield ToDo(_("Every sheet is approved: propose the result."), "result")
        case DayPhase.DETERMINED:
            if rules_of(plan.election).result_on_the_spot and not state.day.released:
                yield ToDo(_("Read the result out, and release it to the room."), "result")
            yield ToDo(_("Sign the result sheets, then hand over."), "hand-over")
        case DayPhase.HANDED_OVER:
            yield ToDo(_("The bundle is handed over. Nothing is left to do."), kind=Kind.GOOD)


def _while_open(plan: Plan, state: TodayState) -> Iterator[ToDo]:
    if state.day.paused:
        yield ToDo(_("The voting is interrupted: no ballots are issued."), kind=Kind.CAUTION)
    for contest in plan.contests:
        if low := _low_stock(contest, state):
            yield low
    boxes = {box.label: box for box in plan.station.boxes}
    for refusal in state.against:
        if refusal.code is Code.BOX_STILL_OUT:
            box = boxes[str(refusal.facts["box"])]
            yield _box_out(state, box)
        elif refusal.code is Code.CONFLICT_OPEN:
            count = int(str(refusal.facts["count"]))
            words = n_(
                "{count} voter was served by two desks.", "{count} voters were served by two desks.", count
            )
            yield ToDo(words, "close", Kind.WRONG)
        elif refusal.code is Code.ACCOUNT_DIFFERS:
            yield _difference(plan, state, str(refusal.facts["key"]))
    if waiting := state.totals.get("visits_open", 0):
        words = n_(
            "{count} request for the mobile box is open.",
            "{count} requests for the mobile box are open.",
            waiting,
        )
        yield ToDo(words, "mobile-boxes", Kind.CAUTION)
    if not state.day.paused:
        yield ToDo(_("Issue ballots to those who come."), "check-in")
    yield ToDo(_("When the last voter has left: close the voting."), "close", Kind.PLAIN)


def _box_out(state: TodayState, box: BallotBox) -> ToDo:
    """A mobile box on its way, and when it should have been back."""
    due = next(each.due for one, each in state.boxes if one.id == box.id)
    if due and state.now > datetime.fromisoformat(due):
        words = _(
            "Mobile box {box} should have been back at {time}: call its crew.",
            box=box.label,
            time=hour_and_minute(due),
        )
        return ToDo(words, "mobile-boxes", Kind.WRONG)
    return ToDo(_("Mobile box {box} is out.", box=box.label), "mobile-boxes", Kind.CAUTION)


def _difference(plan: Plan, state: TodayState, key: str) -> ToDo:
    """What does not agree; about a mobile box its own page says more."""
    first, _slash, box = key.partition("/")
    if first in set(BoxException):
        words = _("{box}: {what}.", box=box_titled(plan, box), what=terms.word(BoxException(first)))
        return ToDo(words, "mobile-boxes", Kind.WRONG)
    equation = next(line.equation for line in state.account if line.equation.key == key)
    words = _(
        "{paper}: {what} does not agree.",
        paper=contest_titled(plan, equation.contest),
        what=left_side(plan, equation),
    )
    return ToDo(words, "mobile-boxes" if equation.rule in (Rule.BOX, Rule.SIGNED) else "close", Kind.WRONG)


def left_side(plan: Plan, equation: Equation) -> str:
    """The left side of an equation in words."""
    box = plan.box(equation.box).label if equation.box else ""
    return _(LEFT[equation.rule], box=box) if box else _(LEFT[equation.rule])


def _low_stock(contest: Contest, state: TodayState) -> ToDo | None:
    """Fewer ballots than voters who may still come."""
    left = state.totals.get(f"on_hand/{contest.id}", 0)
    entitled = state.totals.get(f"registered/{contest.id}", 0)
    to_come = entitled - state.totals.get(f"marked/{contest.id}", 0)
    if left >= to_come:
        return None
    title = contest_title(contest)
    words = _(
        "{contest}: {left} ballots for {voters} voters to come.", contest=title, left=left, voters=to_come
    )
    return ToDo(words, "stock", Kind.CAUTION)


def _sum(state: TodayState, prefix: str) -> int:
    return sum(count for name, count in state.totals.items() if name.startswith(prefix))
