"""Written authorities: asked for, consented to or refused, printed as letters, posted, taken back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.naming import one_line, refused
from pollstation.desktop.pages.reason_panel import IN_WORDS, ReasonPanel
from pollstation.desktop.pages.voter_choice import VoterChoice
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.empty_state import EmptyState
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.simple_table import Cell, Chip, SimpleTable
from pollstation.desktop.widgets.text import card, label
from pollstation.desktop.widgets.views import Views
from pollstation.documents.form_parts import form_head
from pollstation.domain.ballots import Authority
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.profiles import Profile, rules_of
from pollstation.domain.staff import Act, Session
from pollstation.i18n import N_, _, n_
from pollstation.services import proxies
from pollstation.services.issuing import CARD_PREFIX
from pollstation.services.ports import UnitOfWork
from pollstation.services.proxies import ProxyLine, ProxyState
from pollstation.services.proxy_forms import proxy_letter, proxy_list
from pollstation.wording import terms
from pollstation.wording.facts import clock_time

STATES = {
    ProxyState.ASKED: Kind.CAUTION,
    ProxyState.GIVEN: Kind.ACCENT,
    ProxyState.VOTED: Kind.GOOD,
    ProxyState.DECLINED: Kind.WRONG,
    ProxyState.LAPSED: Kind.PLAIN,
}


def usual_reasons() -> list[str]:
    """Why voters give authority, most frequent first."""
    return [_("Away during the voting"), _("Ill, and no mobile box comes"), _("Cares for somebody at home")]


def revoke_reasons() -> Sequence[tuple[str, str]]:
    """Why an authority is taken back."""
    usual = [_("The voter comes in person"), _("The voter wishes it"), _("Written down by mistake")]
    return [*((words, words) for words in usual), (IN_WORDS, _("Other reason, in words"))]


def decline_reasons() -> Sequence[tuple[str, str]]:
    """Why the committee refuses."""
    usual = [_("The voter is at home and can come"), _("The letter is incomplete")]
    return [*((words, words) for words in usual), (IN_WORDS, _("Other reason, in words"))]


class Proxies(DutyPage):
    """The list of authorities; a new one; the committee's answer; a letter; one taken back."""

    duty = "proxies"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: list[ProxyLine] = []
        self.banner, self._views = Banner(), Views()
        self._empty, self.table = EmptyState("people"), SimpleTable(stretch=2)
        self.revoke_reason = ReasonPanel(self, revoke_reasons, self._to_list)
        self.body.addWidget(self.banner)
        self.body.addWidget(self._views, 1)
        self._list_view, inside = card()
        inside.addWidget(self.table, 1)
        self.decline_reason = ReasonPanel(
            self, decline_reasons, self._to_list, lambda: _("Number of the decision")
        )
        self._reason_view, inside = card()
        inside.addWidget(self.revoke_reason)
        self._decline_view, inside = card()
        inside.addWidget(self.decline_reason)
        self._form_view, self._grant_view = self._form(), self._grant_form()
        for view in (
            self._empty,
            self._list_view,
            self._form_view,
            self._grant_view,
            self._decline_view,
            self._reason_view,
        ):
            self._views.addWidget(view)
        self.post = self.offer(lambda: _("List for posting"), self._print_list, "F5")
        self.take_back = self.offer(lambda: _("Take back"), self._ask_revoke, "Del")
        self.letter = self.offer(lambda: _("Letter"), self._print_letter, "L")
        self.decline = self.offer(lambda: _("Committee refuses"), self._ask_decline, "X")
        self.grant = self.offer(lambda: _("Committee consents"), self._ask_grant, "C")
        self.new = self.offer(lambda: _("New authority"), self._to_form, "Enter", primary=True)
        self.table.currentCellChanged.connect(lambda *_cells: self._offer())
        self.words(self.table.setAccessibleName, lambda: _("Written authorities"))
        self.words(lambda _text: self._say_fixed(), str)
        self.words(lambda _text: self._say_question(), str)
        self._show_list()

    def keys(self) -> list[tuple[str, str]]:
        """Keys of the list."""
        return [("↑ ↓", _("among the authorities"))]

    def _form(self) -> QWidget:
        self.principal = VoterChoice(self.desk, lambda: _("1  The voter who cannot come"))
        self.holder = VoterChoice(self.desk, lambda: _("2  The proxy, who votes for them"))
        self.consent, self.reason = QLineEdit(), QComboBox()
        self.reason.setEditable(True)
        self._consent_row = FormRow(
            lambda: _("3  Consent of the election committee (number)"),
            self.consent,
            lambda: _("Leave it empty where the committee has still to decide."),
        )
        reason = FormRow(lambda: _("4  Reason"), self.reason)
        self.write = self.button(lambda: _("Write authority down"), self._write, "Enter", primary=True)
        self.principal.chosen.connect(lambda: self._next(self.holder))
        self.holder.chosen.connect(
            lambda: self._next(self.consent if self._rules.needs_committee_consent else self.write)
        )
        back = self.button(lambda: _("Back"), self._to_list, "Esc")
        view, inside = card()
        inside.addWidget(Columns(self.principal, self.holder), 1)
        inside.addWidget(Columns(self._consent_row, reason))
        self.at_foot(view, back, self.write)
        return view

    def _grant_form(self) -> QWidget:
        self.granted, self._grant_question = QLineEdit(), label(role="sentence", wrap=True)
        confirm = self.button(lambda: _("Write consent down"), self._grant, "Enter", primary=True)
        back = self.button(lambda: _("Back"), self._to_list, "Esc")
        view, inside = card()
        inside.addWidget(self._grant_question)
        inside.addWidget(FormRow(lambda: _("Number of the committee's consent"), self.granted))
        inside.addStretch(1)
        self.at_foot(view, back, confirm)
        return view

    def _say_fixed(self) -> None:
        self._empty.say(
            _("No authority is written down."),
            _("A voter who is away may authorise another one, in writing and with the committee's consent."),
        )
        self.reason.clear()
        self.reason.addItems(usual_reasons())

    def look(self) -> None:
        """Read the list again."""
        self.desk.read(proxies.authorities, self._show_lines)

    # The list

    def _show_lines(self, lines: list[ProxyLine]) -> None:
        self._lines = lines
        headings = [_("Number"), _("Time"), _("Voter"), _("Proxy"), _("State")]
        principals = [line.principal.token for line in lines]
        self.table.show_table(headings, [self._cells(line) for line in lines], principals)
        voted = sum(line.state is ProxyState.VOTED for line in lines)
        count = n_("{count} authority", "{count} authorities", len(lines))
        self.subtitle.setText(
            _("{count}, of which voted: {voted}", count=count, voted=voted) if lines else ""
        )
        if self._views.currentWidget() in (self._empty, self._list_view):
            self._show_list()

    def _cells(self, line: ProxyLine) -> list[Cell]:
        state = Chip(terms.word(line.state), STATES[line.state])
        authority = line.authority
        return [
            authority.number,
            clock_time(authority.time),
            one_line(line.principal),
            one_line(line.holder),
            state,
        ]

    def _show_list(self) -> None:
        self._show_view(self._list_view if self._lines else self._empty)

    def _to_list(self) -> None:
        self.banner.clear()
        self._show_list()
        (self.table if self._lines else self.new).setFocus()

    def _show_view(self, view: QWidget) -> None:
        self._views.setCurrentWidget(view)
        self._offer()

    def _offer(self) -> None:
        view, may = self._views.currentWidget(), self.desk.may(Act.AUTHORISE_PROXY)
        self.new.setVisible(may and view in (self._empty, self._list_view))
        line = self._current() if view is self._list_view else None
        state = line.state if line else None
        for button, states in self._meant_for.items():
            button.setVisible(may and state in states)
        self.post.setVisible(view is self._list_view and self._rules.proxies_posted)

    @property
    def _meant_for(self) -> dict[KeyButton, tuple[ProxyState, ...]]:
        """What each button is offered for."""
        return {
            self.take_back: (ProxyState.ASKED, ProxyState.GIVEN),
            self.letter: (ProxyState.ASKED, ProxyState.GIVEN),
            self.decline: (ProxyState.ASKED,),
            self.grant: (ProxyState.ASKED,),
        }

    @property
    def _rules(self) -> Profile:
        return rules_of(self.plan.election)

    def _current(self) -> ProxyLine | None:
        at = self.table.currentRow()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _refuse(self, refusal: Refusal) -> None:
        self.write.setEnabled(True)
        self.banner.say(Kind.WRONG, *refused(self.plan, refusal))
        if refusal.code is Code.PROXY_WITHOUT_CONSENT:
            self.granted.setFocus()
        elif refusal.code is Code.TEXT_MISSING:
            self.reason.setFocus()

    # A new one

    def _to_form(self) -> None:
        self.banner.clear()
        self._show_view(self._form_view)
        self.consent.clear()
        self._consent_row.setVisible(self._rules.needs_committee_consent)
        self.reason.setCurrentIndex(0)
        self.holder.clear()
        self.principal.clear()

    def wants_scan(self, code: str) -> bool:
        """The card of the voter, then that of the proxy, while an authority is written down."""
        return self._views.currentWidget() is self._form_view and code.startswith(CARD_PREFIX)

    def scanned(self, code: str) -> None:
        """Whoever is still to be chosen."""
        (self.holder if self.principal.voter else self.principal).scanned(code)

    def _next(self, field: QWidget) -> None:
        self.banner.clear()
        field.setFocus()

    def _write(self) -> None:
        giver, taker = self.principal.voter, self.holder.voter
        if not giver or not taker:
            (self.holder if giver else self.principal).search.setFocus()
            return
        by, consent, reason = self.desk.by, self.consent.text(), self.reason.currentText()
        self.write.setEnabled(False)
        self.desk.write(
            self,
            lambda unit: _ask_or_authorise(unit, by, giver.token, taker.token, consent, reason),
            lambda authority: self._written(authority, giver.name, taker.name, consent),
            self._refuse,
        )

    def _written(self, authority: Authority, giver: str, taker: str, consent: str) -> None:
        self.write.setEnabled(True)
        self._to_list()
        waits = self._rules.needs_committee_consent and not consent.strip()
        sentence = (
            N_("Application {number}: {holder} asks to vote for {principal}. The committee decides.")
            if waits
            else N_("Authority {number}: {holder} votes for {principal}. Print the letter.")
        )
        self.say(_(sentence, number=authority.number, holder=taker, principal=giver))

    # The committee's answer

    def _ask_grant(self) -> None:
        if self._current():
            self.banner.clear()
            self.granted.clear()
            self._say_question()
            self._show_view(self._grant_view)
            self.granted.setFocus()

    def _say_question(self) -> None:
        if line := self._current():
            words = N_("The committee consents to application {number}: {holder} votes for {principal}")
            self._grant_question.setText(_(words, **_facts(line)))

    def _grant(self) -> None:
        line, by, consent = self._current(), self.desk.by, self.granted.text()
        if line:
            token = line.principal.token
            self.desk.write(
                self,
                lambda unit: proxies.grant(unit, by, token, consent=consent),
                lambda _authority: self._answered(line, N_("Application {number} is consented to.")),
                self._refuse,
            )

    def _ask_decline(self) -> None:
        if line := self._current():
            self.banner.clear()
            self._show_view(self._decline_view)
            self.decline_reason.ask(
                lambda: _(
                    "The committee refuses application {number}: {holder} does not vote for {principal}",
                    **_facts(line),
                ),
                [(line.principal.token, line.principal.name)],
                lambda: _("Write refusal down"),
                lambda token, reason: self._decline(line, token, reason),
            )

    def _decline(self, line: ProxyLine, token: str, reason: str) -> None:
        by, decision = self.desk.by, self.decline_reason.paper
        self.desk.write(
            self,
            lambda unit: proxies.decline(unit, by, token, decision=decision, reason=reason),
            lambda _asked: self._answered(line, N_("Application {number} is refused.")),
            self._refuse,
        )

    def _answered(self, line: ProxyLine, sentence: str) -> None:
        self._to_list()
        self.say(_(sentence, number=line.authority.number))

    # Paper

    def _print_letter(self) -> None:
        if line := self._current():
            token = line.principal.token
            name = f"{_('Proxy letter')} {line.authority.number}.pdf"
            self.preview(lambda unit: [proxy_letter(unit, token, form_head(unit))], name)

    def _print_list(self) -> None:
        self.preview(lambda unit: [proxy_list(unit, form_head(unit))], f"{_('Proxies posted')}.pdf")

    # Taking one back

    def _ask_revoke(self) -> None:
        line = self._current()
        if not line:
            return
        self.banner.clear()
        self._show_view(self._reason_view)
        self.revoke_reason.ask(
            lambda: _(
                "Take back authority {number}: {holder} does not vote for {principal}",
                number=line.authority.number,
                holder=line.holder.name,
                principal=line.principal.name,
            ),
            [(line.principal.token, line.principal.name)],
            lambda: _("Take back"),
            lambda _token, reason: self._revoke(line, reason),
        )

    def _revoke(self, line: ProxyLine, reason: str) -> None:
        by = self.desk.by
        self.desk.write(
            self,
            lambda unit: proxies.revoke(unit, by, line.principal.token, reason),
            lambda _none: self._revoked(line),
            self._refuse,
        )

    def _revoked(self, line: ProxyLine) -> None:
        self._to_list()
        name = line.principal.name
        self.say(
            _(
                "Authority {number} taken back; {name} may vote in person.",
                number=line.authority.number,
                name=name,
            ),
            Kind.PLAIN,
        )


def _ask_or_authorise(
    unit: UnitOfWork, by: Session, principal: str, holder: str, consent: str, reason: str
) -> Authority:
    """An application; with the committee's consent at hand, an authority at once."""
    if consent.strip():
        return proxies.authorise(unit, by, principal, holder, consent=consent, reason=reason)
    return proxies.apply(unit, by, principal, holder, reason=reason)


def _facts(line: ProxyLine) -> dict[str, object]:
    return {
        "number": line.authority.number,
        "holder": line.holder.name,
        "principal": line.principal.name,
    }
