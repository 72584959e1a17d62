"""A voter who was left out of the list: what their papers say, on which decision, signed by two."""

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.pages.station_names import contest_titled
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.text import bare, clear, label
from pollstation.desktop.words import Worded
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.register import Voter
from pollstation.domain.staff import Session
from pollstation.i18n import _
from pollstation.services import register_changes
from pollstation.services.ports import UnitOfWork
from pollstation.services.register_changes import Newcomer


class LateVoter(Worded):
    """The form; Enter goes from field to field and, from the last, to the second person's signature.

    Args:
        page: the page it stands on, which owns the keys.
        give_up: called on Esc.
        done: gets the voter as they now stand on the list.
        refuse: says what is refused.
    """

    def __init__(
        self,
        page: Page,
        desk: Desk,
        give_up: Callable[[], object],
        done: Callable[[Voter], None],
        refuse: Callable[[Refusal], None],
    ) -> None:
        super().__init__()
        self._page, self._desk, self._done, self._say = page, desk, done, refuse
        self.name, self.id_number, self.card = QLineEdit(), QLineEdit(), QLineEdit()
        self.address, self.decision, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.contests: dict[str, QCheckBox] = {}
        self._ballots = QVBoxLayout()
        bare(self._ballots, 4)
        question, ballots = label(role="sentence", wrap=True), label(role="strong")
        self.confirm = page.button(lambda: _("Second person signs"), self._go_on, "Enter", primary=True)
        back = page.button(lambda: _("Back"), give_up, "Esc")
        inside = QVBoxLayout(self)
        bare(inside, 12)
        inside.addWidget(question)
        inside.addWidget(
            Columns(
                FormRow(lambda: _("Name"), self.name), FormRow(lambda: _("Identity number"), self.id_number)
            )
        )
        inside.addWidget(
            Columns(
                FormRow(lambda: _("Number of the voter card made out now"), self.card),
                FormRow(lambda: _("Address"), self.address),
            )
        )
        inside.addWidget(ballots)
        inside.addLayout(self._ballots)
        inside.addWidget(
            Columns(
                FormRow(lambda: _("Number of the decision"), self.decision),
                FormRow(lambda: _("Reason"), self.reason),
            )
        )
        inside.addStretch(1)
        page.at_foot(self, back, self.confirm)
        self.words(question.setText, lambda: _("Enter a voter on the list who was left out"))
        self.words(ballots.setText, lambda: _("Ballots"))
        self.begin_at(self.name)

    @property
    def _fields(self) -> tuple[QLineEdit, ...]:
        """Those that must be filled, in order."""
        return (self.name, self.id_number, self.card, self.decision, self.reason)

    def ask(self, typed: str) -> None:
        """Begin with an empty form; a name that was searched for in vain is not typed again."""
        for field in (*self._fields, self.address):
            field.clear()
        clear(self._ballots)
        self.contests = {}
        if plan := self._desk.plan:
            self.contests = {one: QCheckBox(contest_titled(plan, one)) for one in plan.station.contests}
        for box in self.contests.values():
            box.setChecked(True)
            self._ballots.addWidget(box)
        if not typed.isascii():
            self.name.setText(typed)
        (self.id_number if self.name.text() else self.name).setFocus()

    def _go_on(self) -> None:
        if empty := next((field for field in self._fields if not field.text().strip()), None):
            empty.setFocus()
            return
        newcomer = Newcomer(
            name=self.name.text(),
            card=self.card.text(),
            id_number=self.id_number.text(),
            address=self.address.text(),
            contests=tuple(contest for contest, box in self.contests.items() if box.isChecked()),
        )
        by, decision, reason = self._desk.by, self.decision.text(), self.reason.text()
        what = _(
            "{name} is entered on the voter list, decision {decision}: {reason}",
            name=newcomer.name,
            decision=decision,
            reason=reason,
        )

        def duty(unit: UnitOfWork, witness: Session) -> Voter:
            return register_changes.enter_late(unit, by, witness, newcomer, decision=decision, reason=reason)

        self._desk.witnessed(self._page, what, duty, self._done, self._refuse)

    def _refuse(self, refusal: Refusal) -> None:
        """Say it, and go to the field it is about."""
        self._say(refusal)
        fields = {
            Code.VOTER_ID_NUMBER_WRONG: self.id_number,
            Code.VOTER_TOO_YOUNG: self.id_number,
            Code.ALREADY_ON_LIST: self.card,
            Code.CARD_BELONGS_TO: self.card,
        }
        if field := fields.get(refusal.code):
            field.setFocus()
            field.selectAll()
