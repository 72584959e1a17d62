"""Mobile boxes: requests, where each box is and in whose hands, voters served, taking back, differences."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.pages import mobile_timeline
from pollstation.desktop.pages.mobile_crew import CrewFile
from pollstation.desktop.pages.mobile_facts import BoxesSeen, box_row, carried, see_boxes, warning
from pollstation.desktop.pages.mobile_requests import RequestsView
from pollstation.desktop.pages.mobile_serve import ServeView
from pollstation.desktop.pages.mobile_views import DispatchForm, HandOverForm, ReturnForm, RouteForm
from pollstation.desktop.pages.naming import refused
from pollstation.desktop.pages.station_names import box_title, contest_title, contest_titled, split_seals
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.account_panel import AccountPanel, AccountRow, AccountState
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.empty_state import EmptyState
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.print_preview import PrintPreview
from pollstation.desktop.widgets.result_list import ResultList
from pollstation.desktop.widgets.text import ShorteningLabel, card, label, row, scrolled
from pollstation.desktop.widgets.views import Views
from pollstation.documents import AnyForm, mobile_filling
from pollstation.domain.accounts import Equation, Rule, Standing
from pollstation.domain.boxes import BoxState
from pollstation.domain.contests import Plan
from pollstation.domain.errors import Refusal
from pollstation.domain.profiles import rules_of
from pollstation.domain.register import Voter
from pollstation.domain.staff import Act, Session
from pollstation.i18n import _
from pollstation.services import mobile_boxes
from pollstation.services.mobile_boxes import MobileBox
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.wording import terms

ACCOUNT_STATES = {
    Standing.HOLDS: AccountState.HOLDS,
    Standing.DIFFERS: AccountState.DIFFERS,
    Standing.EXPLAINED: AccountState.EXPLAINED,
    Standing.OPEN: AccountState.OPEN,
}


class MobileBoxes(Page):
    """The boxes at the left, the one in hand at the right."""

    duty = "mobile-boxes"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._seen = BoxesSeen()
        self._box = ""
        self._after_serving: QWidget | None = None
        self.boxes, self.banner, self._views = ResultList(), Banner(), Views()
        self._empty, self._overview = EmptyState("box"), self._make_overview()
        self.dispatch_form, self.return_form = DispatchForm(), ReturnForm()
        self.route_form, self.hand_over_form = RouteForm(), HandOverForm()
        self._dispatch = self._make_form(self.dispatch_form, self._do_dispatch)
        self._return = self._make_form(self.return_form, self._do_return)
        self._hand_over = self._make_form(self.hand_over_form, self._do_hand_over)
        self._route = self._make_form(self.route_form, self._do_route, lambda: _("Write route down"))
        self.serve = ServeView(desk, self, self._served, self._from_serving)
        self.requests = RequestsView(desk, self, self._serve_one, self._to_overview)
        self.crew_file = CrewFile(desk, self, self.banner, self._done, self._to_overview)
        forms = (self._dispatch, self._return, self._hand_over, self._route)
        for view in (self._empty, self._overview, *forms, self.serve, self.requests, self.crew_file):
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
        self._name, self._ballots = ShorteningLabel("title"), label(role="muted", wrap=True)
        self.account, self.custody = AccountPanel(), mobile_timeline.Timeline()
        self.words(self.custody.setAccessibleName, lambda: _("Custody of the box"))
        self.send = self.button(lambda: _("Send out again"), self._to_dispatch, "F6")
        self.take_back = self.button(lambda: _("Take back"), self._to_return, "F8")
        self.main = self.button(self._main_words, self._main, "Enter", primary=True)
        right, inside = card()
        heading = row(self._name, *self._make_tools(), gap=8)
        heading.setStretchFactor(self._name, 1)
        inside.addLayout(heading)
        for part in (self._ballots, self.custody, self.account):
            inside.addWidget(part, 1 if part is self.custody else 0)
        inside.addLayout(row(None, self.send, self.take_back, self.main))
        return Columns(self.boxes, right, (1, 3))

    def _make_tools(self) -> list[KeyButton]:
        """What is not needed at every step, in small above the way of the box."""
        self.ask = self.button(lambda: _("Requests"), self._to_requests, "F2", small=True)
        self.laptop = self.button(lambda: _("Crew's laptop"), self._to_crew_file, "F3", small=True)
        self.route = self.button(lambda: _("Route"), self._to_route, "F4", small=True)
        self.hand_on = self.button(lambda: _("Hand on"), self._to_hand_over, "F5", small=True)
        self.paper = self.button(lambda: _("Print"), self.print_papers, "F7", small=True)
        return [self.ask, self.laptop, self.route, self.hand_on, self.paper]

    def _make_form(
        self,
        form: QWidget,
        do: Callable[[], object],
        words: Callable[[], str] = lambda: _("Second person signs"),
    ) -> QFrame:
        view, inside = card()
        inside.addWidget(scrolled(form), 1)
        back = self.button(lambda: _("Back"), self._to_overview, "Esc")
        sign = self.button(words, do, "Enter", primary=True)
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
        self.desk.read(see_boxes, self._show)

    def _show(self, seen: BoxesSeen) -> None:
        self._seen = seen
        self.requests.show_requests(seen.requests, seen.boxes)
        at = max(self.boxes.currentIndex().row(), 0)
        self.boxes.show_rows([box_row(line, seen.requests) for line in seen.boxes])
        if at < len(seen.boxes):
            self.boxes.setCurrentIndex(self.boxes.model().index(at, 0))
        if self._views.currentWidget() in (self._empty, self._overview):
            self._show_view(self._overview if seen.boxes else self._empty)

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
        self._ballots.setText(carried(line, self.desk.plan) if self.desk.plan else "")
        self._ballots.setVisible(bool(self._ballots.text()))
        self._show_custody(line)
        self._show_account(line)
        self.main.setText(self._main_words())
        here = self.desk.may(Act.MOBILE_BOX) and not self._is_share
        on_its_way = state in (BoxState.OUT, BoxState.BACK)
        self.main.setVisible(on_its_way or (here and state is BoxState.SEALED))
        self.send.setVisible(state is BoxState.BACK and here)
        self.take_back.setVisible(state is BoxState.OUT and here)
        self.hand_on.setVisible(state is BoxState.OUT)
        self.route.setVisible(here)
        self.laptop.setVisible(here and (state is BoxState.OUT or bool(line.state.crew_files)))
        self.paper.setVisible(not self._is_share)
        waiting = sum(each.open for each in self._seen.requests)
        self.ask.setText(_("Requests ({count})", count=waiting) if waiting else _("Requests"))
        self._warn(line)

    @property
    def _is_share(self) -> bool:
        """Whether this is the crew's own laptop."""
        return self.desk.plan is not None and self.desk.plan.is_share_of_crew

    def _show_custody(self, line: MobileBox) -> None:
        names = {person.id: person.name for person in self.desk.people}
        if plan := self.desk.plan:
            names |= {box.id: box.label for box in plan.station.boxes}
            names |= {contest.id: contest_title(contest) for contest in plan.contests}
        acts = self._seen.acts.get(line.box.id, ())
        self.custody.show_table(mobile_timeline.headings(), mobile_timeline.rows(acts, names))
        self.custody.scrollToBottom()

    def _show_account(self, line: MobileBox) -> None:
        plan = self.desk.plan
        self.account.show_rows(
            [
                AccountRow(
                    label=_account_label(plan, each.equation) if plan else "",
                    figure=f"{each.equation.left:,}",
                    explanation="=  "
                    + "  +  ".join(
                        f"{terms.term(name)} {count:,}" for name, count in each.equation.right.items()
                    ),
                    state=ACCOUNT_STATES[each.standing],
                )
                for each in self._seen.account_of(line.box.id)
                if each.equation.rule is Rule.BOX or each.standing is not Standing.HOLDS
            ]
        )

    def _warn(self, line: MobileBox) -> None:
        """Say at once what does not add up, and what to do about it."""
        if said := warning(line, self._seen.account_of(line.box.id)):
            self.banner.say(*said)
        else:
            self.banner.clear()

    # What may be done

    def _to_requests(self) -> None:
        self.banner.clear()
        self.subtitle.setText(_("requests for the mobile box"))
        self._show_view(self.requests)
        self.requests.to_list()

    def _serve_one(self, box: str, token: str) -> None:
        """From the list of requests to the voter who was served."""
        self._box = box
        if self.line:
            self.subtitle.setText(_("{box}: voters served", box=box_title(self.line.box)))
            self._show_view(self.serve)
            self._after_serving = self.requests
            self.serve.ask(box, token)

    def _from_serving(self) -> None:
        if self._after_serving is self.requests:
            self._to_requests()
        else:
            self._to_overview()

    def _to_crew_file(self) -> None:
        if self.line:
            self.banner.clear()
            self.subtitle.setText(_("{box}: the crew's laptop", box=box_title(self.line.box)))
            self._show_view(self.crew_file)
            self.crew_file.ask(self.line)

    def _to_route(self) -> None:
        if self.line:
            self.banner.clear()
            self.subtitle.setText(_("{box}: route", box=box_title(self.line.box)))
            self._show_view(self._route)
            self.route_form.ask(self.line)

    def _to_hand_over(self) -> None:
        if self.line:
            self.banner.clear()
            self.subtitle.setText(_("{box} is handed over on its way", box=box_title(self.line.box)))
            self._show_view(self._hand_over)
            self.hand_over_form.ask()

    def print_papers(self) -> None:
        """The run sheet while voters are to be visited, and the record once the box has left."""
        if not self.line:
            return
        box, has_left = self.line.box.id, bool(self.line.state.taken)

        def fill(unit: Reading) -> list[AnyForm]:
            sheet = mobile_filling.run_sheet(unit, box)
            record = [mobile_filling.mobile_record(unit, box)] if has_left else []
            return [*([sheet] if sheet.voters or not has_left else []), *record]

        def show(forms: Sequence[AnyForm]) -> None:
            PrintPreview(self, self.desk.tasks, forms, f"mobile-box-{box}")

        self.desk.read(fill, show)

    def wants_scan(self, code: str) -> bool:
        """The label of a box where it is handed over; a voter card where voters are written down."""
        view = self._views.currentWidget()
        if code.startswith(mobile_boxes.LABEL_PREFIX):
            return True
        return view is self.serve

    def scanned(self, code: str) -> None:
        """A label goes into its field, a card to the voter."""
        if code.startswith(mobile_boxes.LABEL_PREFIX):
            self.hand_over_form.label.setText(code.removeprefix(mobile_boxes.LABEL_PREFIX))
            self.hand_over_form.place.setFocus()
        else:
            self.serve.scanned(code)

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
            self._after_serving = self._overview
            self.serve.ask(self._box)

    def _to_dispatch(self) -> None:
        if self.line and self.desk.plan:
            self.banner.clear()
            self.subtitle.setText(_("{box} is sent out", box=box_title(self.line.box)))
            self._show_view(self._dispatch)
            rules = rules_of(self.desk.plan.election)
            self.dispatch_form.ask(
                self.line,
                self.desk.people,
                self.desk.plan.contests,
                self._seen.stock,
                rules.crew_minimum,
            )

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
        if not line or not self._filled(form.ballots.missing()) or not form.route.complete():
            return
        crew, ballots, seals = form.crew(), form.ballots.counts(), split_seals(form.seals.text())
        stops, due = form.route.stops(), form.route.back_at(self.desk.clock.now())

        def duty(unit: UnitOfWork, witness: Session) -> None:
            if stops or due:
                mobile_boxes.plan_route(unit, by, line.box.id, stops, due)
            mobile_boxes.dispatch(
                unit, by, witness, line.box.id, crew=crew, ballots=ballots, seals_seen=seals
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
        blank, spoilt, signed = (form.ballots.counts(column) for column in range(3))
        seals = split_seals(form.seals.text())

        def duty(unit: UnitOfWork, witness: Session) -> None:
            mobile_boxes.take_back(
                unit, by, witness, line.box.id, blank=blank, spoilt=spoilt, seals_seen=seals, signed=signed
            )

        what = _(
            "Mobile box {box} is back with {blank} blank and {spoilt} spoilt ballots.",
            box=line.box.label,
            blank=sum(blank.values()),
            spoilt=sum(spoilt.values()),
        )
        back = _("Mobile box {box} is back.", box=line.box.label)
        self.desk.witnessed(self, what, duty, lambda _none: self._done(back), self._refuse)

    def _do_route(self) -> None:
        fields, line, by = self.route_form.fields, self.line, self.desk.by
        if not line or not fields.complete():
            return
        box, stops, due = line.box.id, fields.stops(), fields.back_at(self.desk.clock.now())
        said = _("Route of mobile box {box} written down.", box=line.box.label)
        self.desk.write(
            self,
            lambda unit: mobile_boxes.plan_route(unit, by, box, stops, due),
            lambda _none: self._done(said),
            self._refuse,
        )

    def _do_hand_over(self) -> None:
        form, line, by = self.hand_over_form, self.line, self.desk.by
        if not line or not form.complete():
            return
        label_, place, seals = form.label.text(), form.place.text(), split_seals(form.seals.text())
        at, intact = form.moment(self.desk.clock.now()), not form.damaged.isChecked()

        def duty(unit: UnitOfWork, witness: Session) -> None:
            mobile_boxes.hand_over(
                unit,
                by,
                witness,
                line.box.id,
                label=label_,
                place=place,
                seals_seen=seals,
                intact=intact,
                at=at,
            )

        what = _("Mobile box {box} goes from hand to hand at {place}.", box=line.box.label, place=place)
        said = _("Mobile box {box} was handed over.", box=line.box.label)
        self.desk.witnessed(self, what, duty, lambda _none: self._done(said), self._refuse)

    def _done(self, sentence: str) -> None:
        self._to_overview()
        self.say(sentence)

    def _served(self, voter: Voter) -> None:
        box = self.line.box.label if self.line else ""
        if self._after_serving is self.requests:
            self._to_requests()
        self.say(
            _("{name}, card {card}: served at mobile box {box}", name=voter.name, card=voter.card, box=box)
        )


def _account_label(plan: Plan, equation: Equation) -> str:
    """The ballot paper, and that it is about signatures where it is."""
    paper = contest_titled(plan, equation.contest)
    return paper if equation.rule is Rule.BOX else _("{paper}: signatures", paper=paper)
