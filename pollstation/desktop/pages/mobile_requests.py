"""Requests for the mobile box: who asked, why, what was decided; ticked off when served."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.pages.naming import GAP, below_name, one_line, refused
from pollstation.desktop.pages.station_names import box_title, box_titled
from pollstation.desktop.pages.voter_choice import VoterChoice
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.form import Choice, CountField, Form
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.person_card import PersonCard
from pollstation.desktop.widgets.result_list import ResultList, ResultRow
from pollstation.desktop.widgets.text import bare, card, label
from pollstation.desktop.widgets.views import Views
from pollstation.desktop.words import Worded
from pollstation.domain.boxes import BoxState
from pollstation.domain.contests import Plan
from pollstation.domain.errors import Refusal
from pollstation.domain.staff import Act
from pollstation.domain.visits import Ground, VisitState
from pollstation.i18n import _
from pollstation.services import visits
from pollstation.services.mobile_boxes import MobileBox
from pollstation.services.ports import UnitOfWork
from pollstation.services.visits import VisitLine
from pollstation.wording import terms
from pollstation.wording.facts import clock_time


def request_row(plan: Plan, line: VisitLine) -> ResultRow:
    """One request in the list: voter, ground and wish; where it stands as a chip."""
    visit, voter = line.visit, line.voter
    chip, kind = request_state(plan, line)
    below = [terms.word(visit.ground), line.wish, voter.group, voter.address]
    return ResultRow(
        key=voter.token,
        title=voter.name,
        beside=_("card {number}", number=voter.card),
        below=GAP.join(filter(None, below)),
        chip=chip,
        kind=kind,
    )


def request_state(plan: Plan, line: VisitLine) -> tuple[str, Kind]:
    """Where a request stands, in a word or two."""
    if line.served:
        issue = line.record.issues[0]
        return _("served {time}", time=clock_time(issue.time)), Kind.GOOD
    if line.visit.state is VisitState.APPROVED:
        where = plan.box(line.visit.box).label
        if line.visit.stop:
            return _("box {box}, stop {stop}", box=where, stop=line.visit.stop), Kind.ACCENT
        return _("box {box}", box=where), Kind.ACCENT
    kind = Kind.PLAIN if line.visit.state is VisitState.REFUSED else Kind.CAUTION
    return terms.word(line.visit.state), kind


class RequestsView(Worded):
    """The requests at the left; the one in hand, or what is asked about it, at the right.

    Args:
        serve: called with a box and a token to write a voter down as served.
        leave: called on Esc from the list.
    """

    def __init__(
        self, desk: Desk, page: Page, serve: Callable[[str, str], object], leave: Callable[[], object]
    ) -> None:
        super().__init__()
        self._desk, self._page, self._serve, self._leave = desk, page, serve, leave
        self._lines: Sequence[VisitLine] = ()
        self._boxes: Sequence[MobileBox] = ()
        self.list, self.banner, self._views = ResultList(), Banner(), Views()
        self._detail, self._new = self._make_detail(), self._make_new()
        self._approval, self._refusal = self._make_approval(), self._make_refusal()
        for view in (self._detail, self._new, self._approval, self._refusal):
            self._views.addWidget(view)
        right = QWidget()
        beside = QVBoxLayout(right)
        bare(beside, 12)
        beside.addWidget(self.banner)
        beside.addWidget(self._views, 1)
        whole = QVBoxLayout(self)
        bare(whole, 0)
        whole.addWidget(Columns(self.list, right, (3, 4)))
        self.begin_at(self.list)
        self.list.pointed.connect(lambda _token: self._show_detail())
        self.list.taken.connect(lambda _token: self.main.click())
        self.words(self.list.setAccessibleName, lambda: _("Requests for the mobile box"))

    # The parts at the right

    def _make_detail(self) -> QFrame:
        self.person, self._said = PersonCard(), label(role="muted", wrap=True)
        view, inside = card()
        for part in (self.person, self._said):
            inside.addWidget(part)
        inside.addStretch(1)
        self.new = self._page.button(lambda: _("New request"), self.to_new, "F2")
        self.refuse = self._page.button(lambda: _("Refuse"), self._to_refusal, "F8")
        self.change = self._page.button(lambda: _("Other box or stop"), self._to_approval, "F6")
        back = self._page.button(lambda: _("Back"), self._leave, "Esc")
        self.main = self._page.button(self._main_words, self._main, "Enter", primary=True)
        self._page.at_foot(view, self.new, self.refuse, self.change, back, self.main)
        return view

    def _make_new(self) -> QFrame:
        self.voter = VoterChoice(self._desk, lambda: _("Who cannot come"))
        self.form = Form()
        self.ground = self.form.add(lambda: _("Ground"), Choice())
        self.words_field = self.form.add(
            lambda: _("Ground in words (may stay empty)"), QLineEdit(), optional=True
        )
        self.wish = self.form.add(
            lambda: _("Place and time wished for (may stay empty)"), QLineEdit(), optional=True
        )
        self.asked_by = self.form.add(
            lambda: _("Who asks, if not the voter (may stay empty)"), QLineEdit(), optional=True
        )
        self.voter.chosen.connect(self.ground.setFocus)
        self.words(lambda _text: self._offer_grounds(), str)
        view, inside = card()
        inside.addWidget(self.voter, 1)
        inside.addWidget(self.form)
        self._page.at_foot(view, *self._two(lambda: _("Write request down"), self._write))
        return view

    def _make_approval(self) -> QFrame:
        self._approval_of = label(role="sentence", wrap=True)
        self.approval = Form()
        self.box = self.approval.add(lambda: _("Which box comes"), Choice())
        self.stop = self.approval.add(
            lambda: _("Stop on its route, as a number (may stay empty)"), CountField(), optional=True
        )
        self.words(
            self._approval_of.setText, lambda: _("The mobile box comes to {voter}", voter=self._in_hand())
        )
        view, inside = card()
        inside.addWidget(self._approval_of)
        inside.addWidget(self.approval)
        inside.addStretch(1)
        self._page.at_foot(view, *self._two(lambda: _("Approve"), self._approve))
        return view

    def _make_refusal(self) -> QFrame:
        self._refusal_of = label(role="sentence", wrap=True)
        self.refusal = Form()
        self.reason = self.refusal.add(lambda: _("Reason"), QLineEdit())
        self.words(
            self._refusal_of.setText,
            lambda: _("The mobile box does not come to {voter}", voter=self._in_hand()),
        )
        view, inside = card()
        inside.addWidget(self._refusal_of)
        inside.addWidget(self.refusal)
        inside.addStretch(1)
        self._page.at_foot(view, *self._two(lambda: _("Refuse the request"), self._refuse))
        return view

    def _two(self, words: Callable[[], str], do: Callable[[], object]) -> tuple[KeyButton, KeyButton]:
        back = self._page.button(lambda: _("Back"), self.to_list, "Esc")
        return back, self._page.button(words, do, "Enter", primary=True)

    def _offer_grounds(self) -> None:
        self.ground.offer([(ground, terms.word(ground)) for ground in Ground])

    # What stands

    def show_requests(self, lines: Sequence[VisitLine], boxes: Sequence[MobileBox]) -> None:
        """Show these requests; the one in hand stays marked."""
        marked = self._token
        self._lines, self._boxes = lines, boxes
        plan = self._desk.plan
        self.list.show_rows([request_row(plan, line) for line in lines] if plan else [])
        for at, line in enumerate(lines):
            if line.voter.token == marked:
                self.list.setCurrentIndex(self.list.model().index(at, 0))
        self._show_detail()

    @property
    def _token(self) -> str:
        found = self.list.current_row()
        return str(found.key) if found else ""

    @property
    def line(self) -> VisitLine | None:
        """The request in hand."""
        return next((line for line in self._lines if line.voter.token == self._token), None)

    def _in_hand(self) -> str:
        return one_line(self.line.voter) if self.line else ""

    def to_list(self) -> None:
        """Back to the list."""
        self.banner.clear()
        self._views.setCurrentWidget(self._detail)
        self._show_detail()
        self.list.setFocus()

    def _show_detail(self) -> None:
        line, plan = self.line, self._desk.plan
        decides = self._desk.may(Act.APPROVE_VISIT)
        undecided = line is not None and line.open and decides
        self.person.setVisible(line is not None)
        if line and plan:
            chip, kind = request_state(plan, line)
            self.person.show_person(line.voter.name, (), below_name(line.voter), chip, kind)
        self._said.setText("\n".join(self._facts(line, plan)) if line and plan else _("Nobody has asked."))
        self.refuse.setVisible(undecided)
        self.change.setVisible(undecided and line is not None and line.visit.state is VisitState.APPROVED)
        self.new.setVisible(self._may_ask and self._main_act() != self.to_new)
        self.main.setText(self._main_words())
        self.main.setVisible(self._main_act() != self.to_new or self._may_ask)

    @property
    def _may_ask(self) -> bool:
        plan = self._desk.plan
        return self._desk.may(Act.MOBILE_BOX) and plan is not None and not plan.is_share_of_crew

    def _facts(self, line: VisitLine, plan: Plan) -> list[str]:
        visit = line.visit
        said = [_("Ground: {ground}", ground=GAP.join(filter(None, (terms.word(visit.ground), line.words))))]
        if line.wish:
            said.append(_("Wish: {wish}", wish=line.wish))
        said.append(_("Asked for at {time}", time=clock_time(visit.time)))
        if visit.box:
            said.append(_("Comes: {box}", box=box_titled(plan, visit.box)))
        return said

    def _main_act(self) -> Callable[[], object]:
        """What Enter does: decide, tick off, or write down another request."""
        line = self.line
        if line and line.open:
            if line.visit.state is VisitState.REQUESTED and self._desk.may(Act.APPROVE_VISIT):
                return self._to_approval
            if self._box_is_on_its_way(line.visit.box):
                return self._tick_off
        return self.to_new

    def _box_is_on_its_way(self, box: str) -> bool:
        states = (BoxState.OUT, BoxState.BACK)
        return any(each.box.id == box and each.state.state in states for each in self._boxes)

    def _main_words(self) -> str:
        act = self._main_act()
        if act == self._to_approval:
            return _("Approve")
        return _("Served") if act == self._tick_off else _("New request")

    def _main(self) -> None:
        self._main_act()()

    def _tick_off(self) -> None:
        if line := self.line:
            self._serve(line.visit.box, line.voter.token)

    # What is done

    def to_new(self) -> None:
        """Write another request down."""
        self.banner.clear()
        self.form.clear()
        self._views.setCurrentWidget(self._new)
        self.voter.clear()
        self.voter.setFocus()

    @property
    def asks_voter(self) -> bool:
        """Whether a scanned card would name who cannot come."""
        return self._views.currentWidget() is self._new

    def _write(self) -> None:
        voter, by, ground = self.voter.voter, self._desk.by, Ground(self.ground.key)
        words, wish, asked_by = self.words_field.text(), self.wish.text(), self.asked_by.text()
        if voter is None:
            self.voter.setFocus()
            return
        token, name = voter.token, one_line(voter)

        def duty(unit: UnitOfWork) -> None:
            visits.ask(unit, by, token, ground, words=words, wish=wish, asked_by=asked_by)

        self._do(duty, _("{name}: request for the mobile box written down", name=name))

    def _to_approval(self) -> None:
        if line := self.line:
            self.banner.clear()
            self.retranslate()
            self.box.offer([(each.box.id, box_title(each.box)) for each in self._boxes])
            self.box.choose(line.visit.box)
            self.stop.setText(str(line.visit.stop or ""))
            self._views.setCurrentWidget(self._approval)
            self.box.setFocus()

    def _approve(self) -> None:
        line, by, box, stop = self.line, self._desk.by, self.box.key, self.stop.value
        if line:
            token = line.voter.token
            said = _("{name}: approved", name=one_line(line.voter))
            self._do(lambda unit: visits.approve(unit, by, token, box, stop), said)

    def _to_refusal(self) -> None:
        if self.line:
            self.banner.clear()
            self.refusal.clear()
            self.retranslate()
            self._views.setCurrentWidget(self._refusal)
            self.reason.setFocus()

    def _refuse(self) -> None:
        line, by, reason = self.line, self._desk.by, self.reason.text()
        if line and self.refusal.complete():
            token = line.voter.token
            said = _("{name}: refused", name=one_line(line.voter))
            self._do(lambda unit: visits.refuse(unit, by, token, reason), said)

    def _do(self, duty: Callable[[UnitOfWork], None], said: str) -> None:
        def done(_none: None) -> None:
            self.to_list()
            self._page.say(said)

        def no(refusal: Refusal) -> None:
            if self._desk.plan:
                self.banner.say(Kind.WRONG, *refused(self._desk.plan, refusal))

        self._desk.write(self._page, duty, done, no)
