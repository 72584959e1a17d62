"""If the laptop fails: the second copy and the marked register before, keying in from paper afterwards."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pollstation.desktop.desk import Desk
from pollstation.desktop.guard import OUTAGE
from pollstation.desktop.pages.copy_card import CopyCard
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.paper_lines import PaperLines
from pollstation.desktop.pages.register_card import RegisterCard
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.text import bare
from pollstation.i18n import _
from pollstation.services.issuing import CARD_PREFIX


class OutagePage(DutyPage):
    """At the left what is done afterwards, at the right what is done before."""

    duty = OUTAGE

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.copy, self.register, self.paper = CopyCard(self), RegisterCard(self), PaperLines(self)
        before = QWidget()
        inside = QVBoxLayout(before)
        bare(inside, 16)
        inside.addWidget(self.copy)
        inside.addWidget(self.register)
        inside.addStretch(1)
        self.body.addWidget(Columns(self.paper, before, (8, 5)), 1)
        self.begin_at(self.paper)

    def title(self) -> str:
        """What it is for."""
        return _("If the laptop fails")

    def keys(self) -> list[tuple[str, str]]:
        """Keys of the search."""
        return [("↑ ↓", _("among the voters found"))]

    def look(self) -> None:
        """Show how things stand."""
        self.copy.look()
        self.register.look()
        self.paper.look()

    def wants_scan(self, code: str) -> bool:
        """A voter card, wherever the focus is: nothing is issued here."""
        return code.startswith(CARD_PREFIX)

    def scanned(self, code: str) -> None:
        """It names the voter of the next line."""
        self.paper.scanned(code)

    def back(self) -> None:
        """First from a voter to the search, then to the page before."""
        if not self.paper.back():
            super().back()
