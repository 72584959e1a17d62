"""At the desk: find the voter, issue the ballots, replace a spoilt one, take back what was a mistake."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import LAID_OUT, Page
from pollstation.desktop.pages.desk_acts import DeskActs
from pollstation.desktop.pages.late_voter import LateVoter
from pollstation.desktop.pages.naming import told
from pollstation.desktop.pages.person_panel import Look, PersonPanel, look, look_letter, look_scanned
from pollstation.desktop.pages.station_names import contest_title, contest_titled
from pollstation.desktop.pages.voter_search import VoterSearch
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.empty_state import EmptyState
from pollstation.desktop.widgets.status_strip import Action
from pollstation.desktop.widgets.text import card, label, row
from pollstation.desktop.widgets.views import Views, plain
from pollstation.domain.contests import Plan
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.profiles import rules_of
from pollstation.domain.register import Voter
from pollstation.domain.staff import Act
from pollstation.i18n import _, n_
from pollstation.services import issuing
from pollstation.services.issuing import Issued
from pollstation.services.ports import UnitOfWork

_NOTHING_DUE = (
    Code.ALREADY_VOTED,
    Code.VOTED_BY_PROXY,
    Code.SERVED_BY_MOBILE,
    Code.CARD_INVENTED,
    Code.OTHER_STATION,
    Code.STRUCK_OFF,
    Code.PROXY_UNAPPROVED,
    Code.PROXY_LETTER_UNKNOWN,
)


class CheckIn(Page):
    """Scan, Enter: issued. Or some letters, Enter, Enter."""

    duty = "check-in"
    has_heading = False

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown: Look | None = None
        self._taken = False
        self._at_work = False
        self.search, self.banner, self.person = VoterSearch(desk), Banner(), PersonPanel()
        self._idle, self._views = EmptyState("person"), Views()
        self._summary = label(role="large", wrap=True)
        self.acts = DeskActs(
            self, desk, self._ask, self._back_to_person, self._start_again, self._say_refusal
        )
        self.late = LateVoter(self, desk, self._start_again, self._entered, self._say_refusal)
        self._lay_out()
        self.search.pointed.connect(self._point)
        self.search.taken.connect(self._take)
        self.person.changed.connect(self._show_buttons)
        self.words(lambda _text: self._say_idle(), str)
        self.begin_at(self.search)
        self._show_nobody()

    def title(self) -> str:
        """The duty."""
        return _("Check-in")

    def keys(self) -> list[tuple[str, str]]:
        """Keys of the search and the strip."""
        return [
            ("↑ ↓", _("among the voters found")),
            ("F6", _("a scribe writes")),
            ("F7", _("all letters seen")),
            ("Ctrl+1 …", _("a ballot not taken now")),
        ]

    def _lay_out(self) -> None:
        self._not_this = self.button(lambda: _("Not this voter"), self._start_again, "Esc")
        self._replace = self.button(lambda: _("Replace spoilt"), self._replace_shown, "S")
        self._undo = self.button(lambda: _("Take back"), self._undo_shown, "Z")
        self._return = self.button(lambda: _("Handed back"), self._return_shown, "R")
        self._line = self.button(self._line_words, self._change_line, "F5")
        self._enter_late = self.button(lambda: _("Voter left out of the list"), self._to_late, "F8")
        self.issue = self.button(self._issue_words, self._issue_or_take, "Enter", primary=True)
        person_view, inside = plain()
        inside.addWidget(self.person)
        inside.addLayout(row(self._replace, self._undo, self._return, self._line, None))
        inside.addStretch(1)
        inside.addWidget(self._summary)
        self.at_foot(person_view, self._not_this, self.issue)
        idle_view, in_idle = plain()
        in_idle.addWidget(self._idle, 1)
        self.at_foot(idle_view, self._enter_late)
        for view in (idle_view, person_view, *self.acts.panels, self.late):
            self._views.addWidget(view)
        self._person_view, self._idle_view = person_view, idle_view
        desk, on_desk = card()
        on_desk.addWidget(self.banner)
        on_desk.addWidget(self._views, 1)
        self.body.addWidget(Columns(self.search, desk, (2, 3)), 1)

    def _say_idle(self) -> None:
        self._idle.say(
            _("Scan a voter card, or type a name."),
            _("The ballots to issue are shown here before they are issued."),
        )
        self.issue.setText(self._issue_words())

    def refresh(self, _changed: set[str]) -> None:
        """Look again at the voter shown and at the list."""
        plan = self.desk.plan
        late = plan is not None and rules_of(plan.election).late_registration
        self._enter_late.setVisible(late and self.desk.may(Act.CHANGE_REGISTER))
        if self._shown and not self._at_work and not self._asking:
            self._look_at(self._shown.token)
        self.search.again()

    @property
    def _asking(self) -> bool:
        """Whether a reason is being given."""
        return self._views.currentWidget() in (*self.acts.panels, self.late)

    # Who stands at the desk

    def scanned(self, code: str) -> None:
        """A scanned card is the voter: Enter issues. A scanned letter is its proxy, the letter seen.

        While a voter is entered late, the card is the one made out for them.
        """
        if self._views.currentWidget() is self.late and code.startswith(issuing.CARD_PREFIX):
            self.late.card.setText(code.removeprefix(issuing.CARD_PREFIX))
            return
        self.search.clear()
        if code.startswith(issuing.LETTER_PREFIX):
            self.desk.read(lambda unit: look_letter(unit, code), self._show_letter, self._refuse_card)
        else:
            self.desk.read(lambda unit: look_scanned(unit, code), self._show_taken, self._refuse_card)

    def _show_letter(self, found: tuple[Look, str]) -> None:
        look, principal = found
        self._show_taken(look)
        self.person.letter_seen(principal)

    def _refuse_card(self, refusal: Refusal) -> None:
        self._show_nobody()
        self._say_refusal(refusal)

    def _point(self, token: str | None) -> None:
        """Show who is marked in the list, before they are taken."""
        if self._taken or self._asking:
            return
        if token is None:
            if self.search.text or self._shown:
                self._show_nobody()
        else:
            self._look_at(token)

    def _look_at(self, token: str) -> None:
        def show(found: Look) -> None:
            row = self.search.results.current_row()
            if self._taken == taken and (taken or (row and row.key == found.token)):
                self._show(found)

        taken = self._taken
        self.desk.read(lambda unit: look(unit, token), show)

    def _take(self, token: str) -> None:
        self.desk.read(lambda unit: look(unit, token), self._show_taken)

    def _show_taken(self, found: Look) -> None:
        self._taken = True
        self._show(found)
        QTimer.singleShot(LAID_OUT, self.person, lambda: self.area.ensureWidgetVisible(self.person, 0, 0))
        (self.issue if self.issue.isEnabled() else self._not_this).setFocus()

    def _show(self, found: Look) -> None:
        if not self.desk.plan:
            return
        self._shown = found
        self.person.show_look(self.desk.plan, found)
        self.banner.clear()
        if found.against and (self._taken or self.search.count == 1):
            self._say_refusal(found.against)  # not of the first of many, while the name is still being typed
        self._views.setCurrentWidget(self._person_view)
        self._show_buttons()

    def _show_nobody(self) -> None:
        self._shown, self._taken = None, False
        self.person.forget()
        self.banner.clear()
        self._views.setCurrentWidget(self._idle_view)

    def _start_again(self) -> None:
        """Back to the search, ready for the next voter."""
        self._show_nobody()
        self.search.clear()

    def _back_to_person(self) -> None:
        if self._shown:
            self._show_taken(self._shown)
        else:
            self._start_again()

    def _say_refusal(self, refusal: Refusal) -> None:
        if self.desk.plan:
            kind = Kind.WRONG if refusal.code in _NOTHING_DUE else Kind.CAUTION
            self.banner.say(kind, *told(self.desk.plan, refusal))

    # What may be done

    @property
    def _count(self) -> int:
        return len(self.person.own) + self.person.for_others

    def _issue_words(self) -> str:
        if not self._taken:
            return _("This voter")
        return n_("Issue {count} ballot", "Issue {count} ballots", self._count)

    def _show_buttons(self) -> None:
        found = self._shown
        may = found is not None and found.against is None
        ready = may and self._count > 0 and self.person.card_seen.isChecked()
        self.issue.setText(self._issue_words())
        self.issue.setVisible(may or not self._taken)
        self.issue.setEnabled(not self._at_work and (ready or not self._taken))
        self._not_this.setVisible(self._taken)
        has_voted = self._taken and found is not None and bool(found.card.record.issues)
        self._replace.setVisible(has_voted)
        self._undo.setVisible(has_voted)
        self._return.setVisible(has_voted)
        self._line.setText(self._line_words())
        self._line.setVisible(
            self._taken
            and found is not None
            and not found.card.record.issues
            and self.desk.may(Act.CHANGE_REGISTER)
        )
        self._summary.setVisible(may)
        self._summary.setText(self._summary_words() if may else "")

    def _summary_words(self) -> str:
        if not self.person.card_seen.isChecked():
            return _("Look at the voter card or the identity card first.")
        own, others = len(self.person.own), self.person.for_others
        words = n_("{count} ballot in all", "{count} ballots in all", own + others)
        parts = [_("own: {count}", count=own), _("for others: {count}", count=others)]
        if others or self.person.letters:
            words = _("{all} ({parts})", all=words, parts=_(", ").join(parts))
        if self.person.left_out:
            papers = _(", ").join(contest_title(contest) for contest in self.person.left_out)
            words = _("{words}; not now: {papers}", words=words, papers=papers)
        if self.person.scribe.isChecked():
            words = _("{words}; a scribe writes", words=words)
        return words

    # Issuing

    def _issue_or_take(self) -> None:
        if not self._taken:
            self.search.results.take_current()
            return
        found = self._shown
        if not found or self._at_work:
            return
        by, principals = self.desk.by, [each.voter.token for each in self.person.principals]
        own, assisted = [contest.id for contest in self.person.own], self.person.scribe.isChecked()
        contests = own if own or principals else None

        def duty(unit: UnitOfWork) -> tuple[Issued, dict[str, Voter]]:
            issued = issuing.issue_ballots(
                unit, by, found.token, contests=contests, principals=principals, assisted=assisted
            )
            people = {token: unit.voter(token) for token in (found.token, *principals)}
            return issued, people

        self._at_work = True
        self._show_buttons()
        self.desk.write(self, duty, self._issued, self._not_issued)

    def _issued(self, answer: tuple[Issued, dict[str, Voter]]) -> None:
        issued, people = answer
        self._at_work = False
        self._start_again()
        tokens = [
            token
            for token in people
            if token in issued.for_others or (issued.own and token == issued.voter.token)
        ]
        plan = self._plan()
        spoilt = [
            (f"{token}/{contest}", f"{contest_titled(plan, contest)}  {people[token].name}")
            for token in tokens
            for contest in (issued.own if token == issued.voter.token else issued.for_others[token])
        ]
        names = _(", ").join(people[token].name for token in tokens)
        self.say(
            n_(
                "{time}  {count} ballot issued to {name}, card {card}",
                "{time}  {count} ballots issued to {name}, card {card}",
                issued.count,
                time=f"{self.desk.clock.now().astimezone():%H:%M}",
                name=issued.voter.name,
                card=issued.voter.card,
            ),
            Kind.GOOD,
            [
                Action(_("Replace spoilt"), partial(self.acts.replace_one, names, spoilt), "Ctrl+S"),
                Action(_("Take back"), partial(self.acts.undo, names, tokens), "Ctrl+Z"),
            ],
        )

    def _not_issued(self, refusal: Refusal) -> None:
        self._at_work = False
        self._show_buttons()
        self._say_refusal(refusal)

    def _plan(self) -> Plan:
        if self.desk.plan is None:
            raise RuntimeError("no file of the day is open")
        return self.desk.plan

    # Beside issuing

    def _ask(self, panel: QWidget) -> None:
        self.banner.clear()
        self._views.setCurrentWidget(panel)

    def _replace_shown(self) -> None:
        if self._shown:
            self.acts.replace(self._shown.card)

    def _return_shown(self) -> None:
        if self._shown:
            self.acts.hand_back(self._shown.card)

    def _undo_shown(self) -> None:
        if self._shown:
            self.acts.undo(self._shown.card.voter.name, [self._shown.token])

    def _change_line(self) -> None:
        if self._shown:
            self.acts.change_line(self._shown.card)

    def _line_words(self) -> str:
        struck = self._shown is not None and self._shown.card.record.struck
        return _("Put back on the list") if struck else _("Strike off the list")

    def _to_late(self) -> None:
        typed = self.search.text
        self._ask(self.late)
        self.late.ask(typed)

    def _entered(self, voter: Voter) -> None:
        """The new voter stands at the desk: Enter issues."""
        self.search.clear()
        self._take(voter.token)
        self.say(
            _("{name} is number {number} of the voter list now", name=voter.name, number=voter.number),
            Kind.GOOD,
        )
