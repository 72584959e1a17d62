"""A field for one voter: searched for, then shown by name, and to be changed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.naming import GAP, below_name, beside_name
from pollstation.desktop.pages.voter_search import VoterSearch
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.person_card import PersonCard
from pollstation.desktop.widgets.text import bare, label, row
from pollstation.desktop.words import Worded
from pollstation.domain.register import Voter
from pollstation.i18n import _
from pollstation.services import issuing


class VoterChoice(Worded):
    """Signals:
    chosen: a voter was chosen.
    """

    chosen = Signal()

    def __init__(self, desk: Desk, name: Callable[[], str]) -> None:
        super().__init__()
        self._desk = desk
        self.voter: Voter | None = None
        self.search, self._who = VoterSearch(desk, name), PersonCard()
        self.change = KeyButton(small=True)
        title = label(role="strong")
        inside = QVBoxLayout(self)
        bare(inside, 8)
        inside.addLayout(row(title, None, self.change))
        inside.addWidget(self._who)
        inside.addWidget(self.search, 1)
        inside.addStretch(0)
        self.words(title.setText, name)
        self.words(self.change.setText, lambda: _("Change"))
        self.words(lambda _text: self._show(), str)
        self.search.field.hint.hide()
        self.search.results.setMinimumHeight(theme.px(96))
        self.begin_at(self.search)
        self.search.taken.connect(self._take)
        self.change.clicked.connect(lambda _on: self.clear())

    def clear(self) -> None:
        """Nobody is chosen; the search has the focus."""
        self.voter = None
        self._show()
        self.search.clear()

    def scanned(self, code: str) -> None:
        """A voter card instead of letters."""
        self._desk.read(lambda unit: issuing.find_scanned(unit, code).voter, self._took)

    def _take(self, token: str) -> None:
        self._desk.read(partial(issuing.known_voter, token=token), self._took)

    def _took(self, voter: Voter) -> None:
        self.voter = voter
        self._show()
        self.chosen.emit()

    def _show(self) -> None:
        voter, plan = self.voter, self._desk.plan
        if voter and plan:
            below = [GAP.join(beside_name(voter, plan.election.day)), *below_name(voter)]
            self._who.show_person(voter.name, (), below)
        self._who.setVisible(voter is not None)
        self.change.setVisible(voter is not None)
        self.search.setVisible(voter is None)
