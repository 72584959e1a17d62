"""What still stands against the close, as tasks that can be settled one after the other."""

from dataclasses import dataclass

from pollstation.desktop.pages.account_card import NAMES
from pollstation.desktop.pages.station_names import box_title, box_titled, contest_titled
from pollstation.domain.accounts import Rule
from pollstation.domain.boxes import Box, BoxException, BoxState, box_stream
from pollstation.domain.contests import BallotBox, Plan
from pollstation.domain.day import Day
from pollstation.domain.errors import Code, Refusal
from pollstation.i18n import _
from pollstation.services import closing
from pollstation.services.closing import AccountLine
from pollstation.services.guards import this_day
from pollstation.services.ports import Reading
from pollstation.wording import terms

GOES_TO = {Code.BOX_STILL_OUT: "mobile-boxes", Code.CONFLICT_OPEN: "check-in"}
"""What is settled on another page."""


@dataclass(frozen=True)
class Evening:
    """Everything the closing shows."""

    day: Day
    against: list[Refusal]
    account: list[AccountLine]
    boxes: list[tuple[BallotBox, Box]]


def evening(unit: Reading) -> Evening:
    """Read it, all of one moment."""
    boxes = [(box, unit.state(box_stream(box.id), Box)) for box in unit.plan.station.boxes]
    return Evening(this_day(unit), closing.obstacles(unit), closing.account(unit), boxes)


@dataclass(frozen=True)
class Task:
    """One thing to settle: ``about`` is the box, the contest or the key of the equation."""

    code: Code
    about: str
    words: str


def tasks(plan: Plan, now: Evening) -> list[Task]:
    """The obstacles as tasks, in the order in which they are best dealt with."""
    return [_task(plan, refusal) for refusal in now.against]


def _task(plan: Plan, refusal: Refusal) -> Task:
    code, facts = refusal.code, refusal.facts
    if code is Code.BOX_STILL_OUT:
        box = _box_labelled(plan, str(facts["box"]))
        return Task(code, box.id, _("{box} is not back", box=box_title(box)))
    if code is Code.BOX_NOT_CLOSED:
        box = _box_labelled(plan, str(facts["box"]))
        return Task(code, box.id, _("Seal the slot of {box}", box=box_title(box)))
    if code is Code.CONFLICT_OPEN:
        return Task(code, "", _("Decide voters served by two desks: {count}", count=facts["count"]))
    if code is Code.UNUSED_NOT_COUNTED:
        contest = str(facts["contest"])
        return Task(code, contest, _("Count the unused: {paper}", paper=contest_titled(plan, contest)))
    key = str(facts["key"])
    return Task(code, key, _("Settle: {what}", what=_difference(plan, key)))


def _difference(plan: Plan, key: str) -> str:
    first, _slash, of = key.partition("/")
    if first in set(BoxException):
        return _(", ").join((box_titled(plan, of), terms.word(BoxException(first))))
    contest, _slash, box = of.partition("/")
    where = box_titled(plan, box) if box else contest_titled(plan, contest)
    return _(", ").join((where, _(NAMES[Rule(first)])))


def _box_labelled(plan: Plan, label: str) -> BallotBox:
    return next(box for box in plan.station.boxes if box.label == label)


def is_box_exception(task: Task) -> bool:
    """Whether the task is about a box's seals or custody, not about an equation."""
    return task.about.partition("/")[0] in set(BoxException)


def unsent(now: Evening) -> list[BallotBox]:
    """Closed boxes that wait to be taken to the counting site."""
    return [box for box, state in now.boxes if state.state is BoxState.CLOSED]
