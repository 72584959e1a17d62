"""Mobile boxes: where each is and in whose hands, sending out, voters served, taking back, differences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.pages.mobile_serve import ServeView
from pollstation.desktop.pages.mobile_views import DispatchForm, ReturnForm
from pollstation.desktop.pages.naming import refused
from pollstation.desktop.pages.station_names import box_title, contest_titled, split_seals
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.account_panel import AccountPanel, AccountRow, AccountState
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.empty_state import EmptyState
from pollstation.desktop.widgets.result_list import ResultList, ResultRow
from pollstation.desktop.widgets.simple_table import Cell, Chip, SimpleTable
from pollstation.desktop.widgets.text import card, label, row
from pollstation.desktop.widgets.views import Views
from pollstation.domain.accounts import Rule, Standing
from pollstation.domain.boxes import BoxState
from pollstation.domain.errors import Refusal
from pollstation.domain.register import Voter
from pollstation.domain.staff import Session
from pollstation.i18n import _, n_
from pollstation.services import closing, mobile_boxes, stock
from pollstation.services.closing import AccountLine
from pollstation.services.mobile_boxes import MobileBox
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.wording import terms
from pollstation.wording.facts import clock_time

BOX_KINDS = {BoxState.PREPARED: Kind.PLAIN, BoxState.OUT: Kind.CAUTION}
"""Of the chip of a box; all other states are good."""

ACCOUNT_STATES = {
    Standing.HOLDS: AccountState.HOLDS,
    Standing.DIFFERS: AccountState.DIFFERS,
    Standing.EXPLAINED: AccountState.EXPLAINED,
    Standing.OPEN: AccountState.OPEN,
}


@dataclass(frozen=True)
class _Seen:
    boxes: Sequence[MobileBox]
    account: Sequence[AccountLine]
    stock: dict[str, int]


def _see(unit: Reading) -> _Seen:
    lines = [line for line in closing.account(unit) if line.equation.rule is Rule.BOX]
    on_hand = {line.contest: line.on_hand for line in stock.stock(unit)}
    return _Seen(mobile_boxes.mobile_boxes(unit), lines, on_hand)


class MobileBoxes(Page):
    """The boxes at the left, the one in hand at the right."""

    duty = "mobile-boxes"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._seen = _Seen((), (), {})
        self._box = ""
        self.boxes, self.banner, self._views = ResultList(), Banner(), Views()
        self._empty, self._overview = EmptyState("box"), self._make_overview()
        self.dispatch_form, self.return_form = DispatchForm(), ReturnForm()
        self._dispatch = self._make_form(self.dispatch_form, self._do_dispatch)
        self._return = self._make_form(self.return_form, self._do_return)
        self.serve = ServeView(desk, self, self._served, self._to_overview)
        for view in (self._empty, self._overview, self._dispatch, self._return, self.serve):
            self._views.addWidget(view)
        self.body.addWidget(self.banner)
        self.body.addWidget(self._views, 1)
        self.boxes.pointed.connect(self._point)
        self.boxes.taken.connect(lambda _key: self.main.click())
        self.words(self.boxes.setAccessibleName, lambda: _("Mobile boxes"))
        self.words(lambda _text: self._say_empty(), str)

    def title(self) -> str:
        """The duty."""
        return _("Mobile boxes")

    def _say_empty(self) -> None:
        self._empty.say(
            _("This station has no mobile box."),
            _("Mobile boxes are named in the election package."),
        )

    # Views

    def _make_overview(self) -> QWidget:
        self._name, self._ballots = label(role="title"), label(role="muted", wrap=True)
        self.account, self.custody = AccountPanel(), SimpleTable(stretch=2)
        self.words(self.custody.setAccessibleName, lambda: _("Custody of the box"))
        self.send = self.button(lambda: _("Send out again"), self._to_dispatch, "F6")
        self.take_back = self.button(lambda: _("Take back"), self._to_return, "F8")
        self.main = self.button(self._main_words, self._main, "Enter", primary=True)
        right, inside = card()
        for part in (self._name, self._ballots, self.custody, self.account):
            inside.addWidget(part, 1 if part is self.custody else 0)
        inside.addLayout(row(None, self.send, self.take_back, self.main))
        return Columns(self.boxes, right, (1, 3))

    def _make_form(self, form: QWidget, do: Callable[[], object]) -> QFrame:
        view, inside = card()
        inside.addWidget(form, 1)
        back = self.button(lambda: _("Back"), self._to_overview, "Esc")
        sign = self.button(lambda: _("Second person signs"), do, "Enter", primary=True)
        inside.addLayout(row(None, back, sign))
        return view

    def _to_overview(self) -> None:
        self.subtitle.clear()
        self.banner.clear()
        self._show_view(self._overview if self._seen.boxes else self._empty)
        self._show_box()
        self.boxes.setFocus()

    def _show_view(self, view: QWidget) -> None:
        self._views.setCurrentWidget(view)

    # What stands

    def refresh(self, _changed: set[str]) -> None:
        """Read boxes, account and stock again."""
        self.desk.read(_see, self._show)

    def _show(self, seen: _Seen) -> None:
        self._seen = seen
        at = max(self.boxes.currentIndex().row(), 0)
        self.boxes.show_rows([self._row(line) for line in seen.boxes])
        if at < len(seen.boxes):
            self.boxes.setCurrentIndex(self.boxes.model().index(at, 0))
        if self._views.currentWidget() in (self._empty, self._overview):
            self._show_view(self._overview if seen.boxes else self._empty)

    def _row(self, line: MobileBox) -> ResultRow:
        state = line.state.state
        served = n_("{count} voter served", "{count} voters served", line.served)
        return ResultRow(
            key=line.box.id,
            title=box_title(line.box),
            beside=line.box.area,
            below=served,
            chip=terms.word(state),
            kind=BOX_KINDS.get(state, Kind.GOOD),
        )

    @property
    def line(self) -> MobileBox | None:
        """The box in hand."""
        return next((line for line in self._seen.boxes if line.box.id == self._box), None)

    def _point(self, box: str | None) -> None:
        self._box = box or ""
        if self._views.currentWidget() in (self._empty, self._overview):
            self._show_box()

    def _show_box(self) -> None:
        line = self.line
        if not line:
            return
        state = line.state.state
        self._name.setText("  ".join(filter(None, (box_title(line.box), line.box.area))))
        self._ballots.setText(self._left_words(line))
        self._ballots.setVisible(bool(self._ballots.text()))
        self._show_custody(line)
        self._show_account(line)
        self.main.setText(self._main_words())
        self.main.setVisible(state in (BoxState.SEALED, BoxState.OUT, BoxState.BACK))
        self.send.setVisible(state is BoxState.BACK)
        self.take_back.setVisible(state is BoxState.OUT)
        self._warn(line)

    def _left_words(self, line: MobileBox) -> str:
        if line.state.state is not BoxState.OUT or not self.desk.plan:
            return ""
        left = [
            _("{contest}: {count}", contest=contest_titled(self.desk.plan, contest), count=count)
            for contest, count in line.left.items()
        ]
        return _("Blank ballots it still carries: {ballots}", ballots=_(", ").join(left))

    def _show_custody(self, line: MobileBox) -> None:
        people = {person.id: person.name for person in self.desk.people}
        rows: list[list[Cell]] = []
        for link in line.state.custody:
            both = _(", ").join(people.get(one, one) for one in link.people)
            state = Chip(terms.word(link.state), BOX_KINDS.get(link.state, Kind.GOOD))
            rows.append([clock_time(link.time), state, both, " ".join(link.seals)])
        self.custody.show_table([_("Time"), _("State"), _("In the hands of"), _("Seals")], rows)

    def _show_account(self, line: MobileBox) -> None:
        plan = self.desk.plan
        self.account.show_rows(
            [
                AccountRow(
                    label=contest_titled(plan, each.equation.contest) if plan else "",
                    figure=f"{each.equation.left:,}",
                    explanation="=  "
                    + "  +  ".join(
                        f"{terms.term(name)} {count:,}" for name, count in each.equation.right.items()
                    ),
                    state=ACCOUNT_STATES[each.standing],
                )
                for each in self._account_of(line)
            ]
        )

    def _account_of(self, line: MobileBox) -> list[AccountLine]:
        return [each for each in self._seen.account if each.equation.box == line.box.id]

    def _warn(self, line: MobileBox) -> None:
        """Say at once what does not add up, and what to do about it."""
        missing = sum(
            each.equation.difference for each in self._account_of(line) if each.standing is Standing.DIFFERS
        )
        seals = [terms.word(exception) for exception in line.state.unexplained]
        if seals:
            self.banner.say(
                Kind.WRONG,
                _("Mobile box {box}: {what}.", box=line.box.label, what=_(", ").join(seals)),
                [
                    _("Read the numbers on the box again, together, and leave the box closed."),
                    _("If they still differ, supervisor and witness explain it in writing under Closing."),
                ],
            )
        elif missing and line.state.state is not BoxState.OUT:
            self.banner.say(
                Kind.CAUTION,
                n_(
                    "Mobile box {box}: {count} ballot not accounted for.",
                    "Mobile box {box}: {count} ballots not accounted for.",
                    abs(missing),
                    box=line.box.label,
                ),
                [
                    _("Write down every voter who signed the list (Enter)."),
                    _("If a difference stays, supervisor and witness explain it in writing under Closing."),
                ],
            )
        else:
            self.banner.clear()

    # What may be done

    def _main_words(self) -> str:
        line = self.line
        return _("Send out") if line and line.state.state is BoxState.SEALED else _("Voters served")

    def _main(self) -> None:
        if self.line and self.line.state.state is BoxState.SEALED:
            self._to_dispatch()
        elif self.line:
            self.banner.clear()
            self.subtitle.setText(_("{box}: voters served", box=box_title(self.line.box)))
            self._show_view(self.serve)
            self.serve.ask(self._box)

    def _to_dispatch(self) -> None:
        if self.line and self.desk.plan:
            self.banner.clear()
            self.subtitle.setText(_("{box} is sent out", box=box_title(self.line.box)))
            self._show_view(self._dispatch)
            self.dispatch_form.ask(self.line, self.desk.people, self.desk.plan.contests, self._seen.stock)

    def _to_return(self) -> None:
        if self.line and self.desk.plan:
            self.banner.clear()
            self.subtitle.setText(_("{box} comes back", box=box_title(self.line.box)))
            self._show_view(self._return)
            self.return_form.ask(self.line, self.desk.plan.contests)

    def _filled(self, missing: QLineEdit | None) -> bool:
        """Whether every figure was typed; else go to the one that was not."""
        if missing:
            self.banner.say(Kind.CAUTION, _("A figure is missing."), _("Type it in; 0 where there is none."))
            missing.setFocus()
        return missing is None

    def _refuse(self, refusal: Refusal) -> None:
        if self.desk.plan:
            self.banner.say(Kind.WRONG, *refused(self.desk.plan, refusal))

    def _do_dispatch(self) -> None:
        form, line, by = self.dispatch_form, self.line, self.desk.by
        if not line or not self._filled(form.ballots.missing()):
            return
        crew, ballots, seals, area = (
            form.crew(),
            form.ballots.counts(),
            split_seals(form.seals.text()),
            form.area.text(),
        )

        def duty(unit: UnitOfWork, witness: Session) -> None:
            mobile_boxes.dispatch(
                unit, by, witness, line.box.id, crew=crew, ballots=ballots, seals_seen=seals, area=area
            )

        what = _(
            "Mobile box {box} leaves with a crew of {crew} and {count} ballots.",
            box=line.box.label,
            crew=len(crew),
            count=sum(ballots.values()),
        )
        left = _("Mobile box {box} has left.", box=line.box.label)
        self.desk.witnessed(self, what, duty, lambda _none: self._done(left), self._refuse)

    def _do_return(self) -> None:
        form, line, by = self.return_form, self.line, self.desk.by
        if not line or not self._filled(form.ballots.missing()):
            return
        blank, spoilt, seals = form.ballots.counts(0), form.ballots.counts(1), split_seals(form.seals.text())

        def duty(unit: UnitOfWork, witness: Session) -> None:
            mobile_boxes.take_back(
                unit, by, witness, line.box.id, blank=blank, spoilt=spoilt, seals_seen=seals
            )

        what = _(
            "Mobile box {box} is back with {blank} blank and {spoilt} spoilt ballots.",
            box=line.box.label,
            blank=sum(blank.values()),
            spoilt=sum(spoilt.values()),
        )
        back = _("Mobile box {box} is back.", box=line.box.label)
        self.desk.witnessed(self, what, duty, lambda _none: self._done(back), self._refuse)

    def _done(self, sentence: str) -> None:
        self._to_overview()
        self.say(sentence)

    def _served(self, voter: Voter) -> None:
        box = self.line.box.label if self.line else ""
        self.say(
            _("{name}, card {card}: served at mobile box {box}", name=voter.name, card=voter.card, box=box)
        )
