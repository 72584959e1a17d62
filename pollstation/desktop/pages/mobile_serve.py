"""Writing down who was served at a mobile box, from the signed list, one voter after the other."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.pages.naming import below_name, beside_name, refused, standing
from pollstation.desktop.pages.voter_search import VoterSearch
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.person_card import PersonCard
from pollstation.desktop.widgets.text import bare, card, label
from pollstation.desktop.words import Worded
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.register import Voter
from pollstation.i18n import _
from pollstation.services import issuing, mobile_boxes
from pollstation.services.issuing import Card
from pollstation.services.ports import UnitOfWork


class ServeView(Worded):
    """Some letters, Enter, Enter: written down; the search is ready for the next line of the list.

    Args:
        served: called with each voter written down.
        give_up: called on Esc when nobody is chosen.
    """

    def __init__(
        self, desk: Desk, page: Page, served: Callable[[Voter], object], give_up: Callable[[], object]
    ) -> None:
        super().__init__()
        self._desk, self._page, self._served, self._give_up = desk, page, served, give_up
        self.box = ""
        self._card: Card | None = None
        self.search, self.banner, self.person = VoterSearch(desk), Banner(), PersonCard()
        self.reason = QLineEdit()
        self._why = FormRow(lambda: _("Why this voter was served without an approved request"), self.reason)
        self._hint = label(role="muted", wrap=True)
        self.write = page.button(lambda: _("Write down as served"), self._write, "Enter", primary=True)
        self._back = page.button(lambda: _("Back"), self.back, "Esc")
        right, inside = card()
        for part in (self.banner, self.person, self._why, self._hint):
            inside.addWidget(part)
        inside.addStretch(1)
        page.at_foot(self, self._back, self.write)
        whole = QVBoxLayout(self)
        bare(whole, 0)
        whole.addWidget(Columns(self.search, right, (2, 3)))
        self.search.taken.connect(self._take)
        self.words(
            self._hint.setText,
            lambda: _("Some letters of the name, Enter, Enter; then the next voter of the list."),
        )

    def ask(self, box: str, token: str = "") -> None:
        """Begin with the list of ``box``, or with one voter of it."""
        self.box = box
        self._next()
        if token:
            self._take(token)

    def scanned(self, code: str) -> None:
        """A voter card was scanned."""
        self._desk.read(lambda unit: issuing.find_scanned(unit, code), self._show, self._refuse)

    def back(self) -> None:
        """Another voter; with nobody chosen, leave."""
        if self._card:
            self._next()
        else:
            self._give_up()

    def _next(self) -> None:
        self._card = None
        self.banner.clear()
        self.person.hide()
        self.reason.clear()
        self._why.hide()
        self.write.setEnabled(False)
        self.search.clear()

    def _take(self, token: str) -> None:
        self._desk.read(lambda unit: issuing.card(unit, token), self._show)

    def _show(self, found: Card) -> None:
        plan, voter = self._desk.plan, found.voter
        if not plan:
            return
        self._card = found
        self.banner.clear()
        self.reason.clear()
        visit = found.record.visit
        unrequested = not (visit and visit.comes_with(self.box)) and not found.record.issues
        self._why.setVisible(unrequested)
        self.person.show_person(
            voter.name, beside_name(voter, plan.election.day), below_name(voter), *standing(plan, found)
        )
        self.person.show()
        self.write.setEnabled(True)
        (self.reason if unrequested else self.write).setFocus()

    def _write(self) -> None:
        found, box, by = self._card, self.box, self._desk.by
        if found:
            token, reason, on_the_way = found.voter.token, self.reason.text(), self._is_on_the_way

            def duty(unit: UnitOfWork) -> Voter:
                return mobile_boxes.serve(unit, by, box, token, from_list=not on_the_way, reason=reason)

            self.write.setEnabled(False)
            self._desk.write(self._page, duty, self._written, self._refuse)

    @property
    def _is_on_the_way(self) -> bool:
        """Whether this is the crew's own laptop, which writes down live."""
        return self._desk.plan is not None and self._desk.plan.is_share_of_crew

    def _written(self, voter: Voter) -> None:
        self._next()
        self._served(voter)

    def _refuse(self, refusal: Refusal) -> None:
        if self._desk.plan:
            kind = Kind.CAUTION if refusal.code is Code.VISIT_NEEDS_REASON else Kind.WRONG
            self.banner.say(kind, *refused(self._desk.plan, refusal))
        if refusal.code is Code.VISIT_NEEDS_REASON:
            self.write.setEnabled(True)
            self.reason.setFocus()
        else:
            self._back.setFocus()
