"""Written authorities: who votes for whom, with whose consent and why; and taking them back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.pages.naming import one_line, refused
from pollstation.desktop.pages.reason_panel import IN_WORDS, ReasonPanel
from pollstation.desktop.pages.voter_choice import VoterChoice
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.empty_state import EmptyState
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.simple_table import Cell, Chip, SimpleTable
from pollstation.desktop.widgets.text import card, row
from pollstation.desktop.widgets.views import Views
from pollstation.domain.ballots import Authority
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.staff import Act
from pollstation.i18n import _, n_
from pollstation.services import proxies
from pollstation.services.proxies import ProxyLine, ProxyState
from pollstation.wording.facts import clock_time


def usual_reasons() -> list[str]:
    """Why voters give authority, most frequent first."""
    return [_("Away during the voting"), _("Ill, and no mobile box comes"), _("Cares for somebody at home")]


def revoke_reasons() -> Sequence[tuple[str, str]]:
    """Why an authority is taken back."""
    usual = [_("The voter comes in person"), _("The voter wishes it"), _("Written down by mistake")]
    return [*((words, words) for words in usual), (IN_WORDS, _("Other reason, in words"))]


class Proxies(Page):
    """The list of authorities; a new one; one taken back."""

    duty = "proxies"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._lines: list[ProxyLine] = []
        self.banner, self._views = Banner(), Views()
        self._empty, self.table = EmptyState("people"), SimpleTable(stretch=2)
        self.revoke_reason = ReasonPanel(self, revoke_reasons, self._to_list)
        self.body.addWidget(self.banner)
        self.body.addWidget(self._views, 1)
        self._list_view, inside = card()
        inside.addWidget(self.table, 1)
        self._reason_view, inside = card()
        inside.addWidget(self.revoke_reason)
        self._form_view = self._form()
        for view in (self._empty, self._list_view, self._form_view, self._reason_view):
            self._views.addWidget(view)
        self.take_back = self.offer(lambda: _("Take back"), self._ask_revoke, "Del")
        self.new = self.offer(lambda: _("New authority"), self._to_form, "Enter", primary=True)
        self.table.currentCellChanged.connect(lambda *_cells: self._offer())
        self.words(self.table.setAccessibleName, lambda: _("Written authorities"))
        self.words(lambda _text: self._say_fixed(), str)
        self._show_list()

    def title(self) -> str:
        """The duty."""
        return _("Proxies")

    def keys(self) -> list[tuple[str, str]]:
        """Keys of the list."""
        return [("↑ ↓", _("among the authorities"))]

    def _form(self) -> QWidget:
        self.principal = VoterChoice(self.desk, lambda: _("1  The voter who cannot come"))
        self.holder = VoterChoice(self.desk, lambda: _("2  The proxy, who votes for them"))
        self.consent, self.reason = QLineEdit(), QComboBox()
        self.reason.setEditable(True)
        consent = FormRow(lambda: _("3  Consent of the election committee (number)"), self.consent)
        reason = FormRow(lambda: _("4  Reason"), self.reason)
        self.principal.chosen.connect(lambda: self._next(self.holder))
        self.holder.chosen.connect(lambda: self._next(self.consent))
        self.write = self.button(lambda: _("Write authority down"), self._write, "Enter", primary=True)
        back = self.button(lambda: _("Back"), self._to_list, "Esc")
        view, inside = card()
        inside.addWidget(Columns(self.principal, self.holder), 1)
        inside.addWidget(Columns(consent, reason))
        inside.addLayout(row(None, back, self.write))
        return view

    def _say_fixed(self) -> None:
        self._empty.say(
            _("No authority is written down."),
            _("A voter who is away may authorise another one, in writing and with the committee's consent."),
        )
        self.reason.clear()
        self.reason.addItems(usual_reasons())

    def refresh(self, _changed: set[str]) -> None:
        """Read the list again."""
        self.desk.read(proxies.authorities, self._show_lines)

    # The list

    def _show_lines(self, lines: list[ProxyLine]) -> None:
        self._lines = lines
        headings = [_("Number"), _("Time"), _("Voter"), _("Proxy"), _("State")]
        self.table.show_table(headings, [self._cells(line) for line in lines])
        if lines:
            self.table.setCurrentCell(0, 0)
        voted = sum((line.state is ProxyState.VOTED) for line in lines)
        count = n_("{count} authority", "{count} authorities", len(lines))
        self.subtitle.setText(
            _("{count}, of which voted: {voted}", count=count, voted=voted) if lines else ""
        )
        if self._views.currentWidget() in (self._empty, self._list_view):
            self._show_list()

    def _cells(self, line: ProxyLine) -> list[Cell]:
        state = Chip(_("voted"), Kind.GOOD) if (line.state is ProxyState.VOTED) else Chip(_("not yet voted"))
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
        self.take_back.setVisible(may and view is self._list_view)
        line = self._current()
        self.take_back.setEnabled(line is not None and line.state is not ProxyState.VOTED)

    def _current(self) -> ProxyLine | None:
        at = self.table.currentRow()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _refuse(self, refusal: Refusal) -> None:
        self.write.setEnabled(True)
        if self.desk.plan:
            self.banner.say(Kind.WRONG, *refused(self.desk.plan, refusal))
        if refusal.code is Code.PROXY_WITHOUT_CONSENT:
            self.consent.setFocus()
        elif refusal.code is Code.TEXT_MISSING:
            self.reason.setFocus()

    # A new one

    def _to_form(self) -> None:
        self.banner.clear()
        self._show_view(self._form_view)
        self.consent.clear()
        self.reason.setCurrentIndex(0)
        self.holder.clear()
        self.principal.clear()

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
            lambda unit: proxies.authorise(
                unit, by, giver.token, taker.token, consent=consent, reason=reason
            ),
            lambda authority: self._written(authority, giver.name, taker.name),
            self._refuse,
        )

    def _written(self, authority: Authority, giver: str, taker: str) -> None:
        self.write.setEnabled(True)
        self._to_list()
        self.say(
            _(
                "Authority {number}: {holder} votes for {principal}. Put the number on the letter.",
                number=authority.number,
                holder=taker,
                principal=giver,
            )
        )

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
