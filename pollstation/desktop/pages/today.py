"""Today: where the day stands in one glance, in every phase."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QTabBar, QVBoxLayout, QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.duties import NEEDS
from pollstation.desktop.guard import OUTAGE
from pollstation.desktop.page import Page
from pollstation.desktop.pages.mobile_overview import ACCOUNT_STATES
from pollstation.desktop.pages.mobile_timeline import BOX_KINDS
from pollstation.desktop.pages.naming import contest_name
from pollstation.desktop.pages.today_state import TodayState, ToDo, left_side, see_today, to_do, turnout
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.account_panel import AccountPanel, AccountRow
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.figure_tile import FigureTile
from pollstation.desktop.widgets.simple_table import Button, Cell, Chip, SimpleTable
from pollstation.desktop.widgets.text import bare, card, label, scrolled
from pollstation.desktop.widgets.turnout_curve import TurnoutCurve
from pollstation.domain.accounts import Rule, Standing
from pollstation.domain.boxes import Box
from pollstation.domain.contests import BallotBox, BoxKind
from pollstation.domain.day import DayPhase
from pollstation.i18n import N_, _
from pollstation.services.closing import AccountLine
from pollstation.wording import terms
from pollstation.wording.facts import clock_time

WORDS = {
    Kind.ACCENT: N_("next"),
    Kind.CAUTION: N_("caution"),
    Kind.WRONG: N_("wrong"),
    Kind.GOOD: N_("done"),
    Kind.PLAIN: N_("later"),
}
"""The chip of a thing to do."""


class Today(Page):
    """Turnout, account, boxes, what is to be done."""

    duty = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._state: TodayState | None = None
        self._to_do: Sequence[ToDo] = ()
        self.figure, self._curve = FigureTile(), TurnoutCurve()
        self.contests, self.account = QTabBar(), AccountPanel()
        self.boxes, self.to_do = SimpleTable(stretch=2), SimpleTable(stretch=1)
        self.contests.setDrawBase(False)
        self.contests.setExpanding(False)
        self.contests.setUsesScrollButtons(False)
        self.contests.setElideMode(Qt.TextElideMode.ElideRight)
        self.contests.currentChanged.connect(lambda _at: self._show_account())
        self.to_do.taken.connect(self._go)
        self.account.taken.connect(lambda key: desk.trace(self, key))
        self.outage = self.button(lambda: _("If the laptop fails"), lambda: self.wanted.emit(OUTAGE), "F8")
        self.outage.small = True
        self.head.addWidget(self.outage)
        self.turnout = self.button(lambda: _("Turnout"), lambda: self.wanted.emit("turnout"), "F6")
        self.turnout.small = True
        self.head.addWidget(self.turnout)
        self._lay_out()
        self.words(self.boxes.setAccessibleName, lambda: _("Boxes"))
        self.words(self.to_do.setAccessibleName, lambda: _("To do"))
        self.words(self.contests.setAccessibleName, lambda: _("Ballot account"))

    def _lay_out(self) -> None:
        voters, in_voters = card()
        in_voters.addWidget(self.figure)
        in_voters.addWidget(self._curve, 1)
        boxes = self._titled(lambda: _("Boxes"), self.boxes)
        account = self._titled(lambda: _("Ballot account"), self.contests, scrolled(self.account))
        to_do = self._titled(lambda: _("To do"), self.to_do)
        self.body.addWidget(Columns(_column(voters, boxes), _column(account, to_do), (6, 5), gap=16), 1)

    def _titled(self, title: Callable[[], str], *parts: QWidget) -> QWidget:
        surface, inside = card(gap=8)
        heading = label(role="strong")
        self.words(heading.setText, title)
        inside.addWidget(heading)
        for part in parts:
            inside.addWidget(part, 100 if isinstance(part, QScrollArea) else 0)
        inside.addStretch(1)
        return surface

    def title(self) -> str:
        """The duty."""
        return _("Today")

    def refresh(self, _changed: set[str]) -> None:
        """Read the day again, whatever changed: everything here hangs together."""
        self.desk.read(see_today, self._show)

    def _show(self, state: TodayState) -> None:
        plan = self.desk.plan
        if not plan:
            return
        self._state = state
        self._show_turnout(state)
        self._show_contests(state)
        self.boxes.show_table(
            [_("Box"), _("State"), _("Seals; since when in whose hands")],
            [self._box(box, stands) for box, stands in state.boxes],
        )
        self._to_do = list(to_do(plan, state))
        self.to_do.show_table([], [self._line(each) for each in self._to_do])
        self.aside.setText(_("journal code {code}", code=state.code))
        self.subtitle.setText(self._phase_words(state))

    def _phase_words(self, state: TodayState) -> str:
        if state.day.paused:
            return _("Voting is interrupted")
        if state.day.phase is DayPhase.OPEN:
            return _("Voting since {time}", time=clock_time(state.day.opened_at))
        if state.day.phase is DayPhase.CLOSED:
            return _("Voting closed at {time}", time=clock_time(state.day.closed_at))
        return terms.word(state.day.phase).capitalize()

    def _show_turnout(self, state: TodayState) -> None:
        voted, registered = state.voted, state.registered
        share = f"{voted * 100 / registered:.1f} %" if registered else ""
        majority = bool(registered) and voted >= state.needed
        self.figure.show_figure(
            _("Voted"),
            voted,
            _("/ {registered} voters    {share}", registered=f"{registered:,}", share=share),
            _("more than half") if majority else _("not yet half"),
            Kind.GOOD if majority else Kind.PLAIN,
        )
        self._curve.show_turnout(turnout(state))

    def _show_contests(self, state: TodayState) -> None:
        """One tab for each ballot paper; one that does not agree says so."""
        plan = self.desk.plan
        contests = plan.contests if plan else ()
        differ = {line.equation.contest for line in state.account if line.standing is Standing.DIFFERS}
        while self.contests.count() > len(contests):
            self.contests.removeTab(0)
        while self.contests.count() < len(contests):
            self.contests.addTab("")
        for at, contest in enumerate(contests):
            name = contest_name(contest)
            self.contests.setTabText(at, _("{name}: differs", name=name) if contest.id in differ else name)
        self._show_account()

    def _show_account(self) -> None:
        at, plan, state = self.contests.currentIndex(), self.desk.plan, self._state
        if plan and state and 0 <= at < len(plan.contests):
            contest = plan.contests[at].id
            lines = [
                line
                for line in state.account
                if line.equation.contest == contest
                and (line.equation.rule is not Rule.RECEIVED or line.standing is not Standing.HOLDS)
            ]
            self.account.show_rows([self._account_row(line) for line in lines])

    def _account_row(self, line: AccountLine) -> AccountRow:
        equation, plan = line.equation, self.desk.plan
        terms_shown = [
            (name, count) for name, count in equation.right.items() if count or len(equation.right) < 2
        ]
        return AccountRow(
            label=left_side(plan, equation) if plan else "",
            figure=f"{equation.left:,}",
            explanation="= " + " + ".join(f"{terms.term(name)} {count:,}" for name, count in terms_shown),
            state=ACCOUNT_STATES[line.standing],
            key=equation.key,
        )

    def _box(self, box: BallotBox, stands: Box) -> list[Cell]:
        people = {person.id: person.name for person in self.desk.people}
        last = stands.custody[-1] if stands.custody else None
        hands = _(", ").join(people.get(one, one) for one in last.people) if last else ""
        since = f"{clock_time(last.time)}  {hands}" if last else ""
        kind = _("fixed") if box.kind is BoxKind.FIXED else _("mobile")
        return [
            f"{box.label}  {kind}",
            Chip(terms.word(stands.state), BOX_KINDS.get(stands.state, Kind.GOOD)),
            "    ".join(filter(None, (" ".join(stands.seals), since))),
        ]

    # To do

    def _line(self, each: ToDo) -> list[Cell]:
        go: Cell = Button(_("Go"), lambda: self.wanted.emit(each.duty)) if self._may_go(each) else ""
        return [Chip(_(WORDS[each.kind]), each.kind), each.sentence, go]

    def _may_go(self, each: ToDo) -> bool:
        return bool(each.duty) and any(self.desk.may(act) for act in NEEDS[each.duty])

    def _go(self, at: int) -> None:
        if self._may_go(self._to_do[at]):
            self.wanted.emit(self._to_do[at].duty)


def _column(upper: QWidget, lower: QWidget) -> QWidget:
    made = QWidget()
    inside = QVBoxLayout(made)
    bare(inside, 16)
    inside.addWidget(upper, 3)
    inside.addWidget(lower, 2)
    return made
