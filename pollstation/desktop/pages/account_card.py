"""The account on a card: one contest at a time, every equation with its figures and where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QVBoxLayout

from pollstation.desktop.pages.station_names import box_titled, contest_titled
from pollstation.desktop.widgets.account_panel import AccountPanel, AccountRow, AccountState
from pollstation.desktop.widgets.text import bare, card, label, row, scrolled
from pollstation.desktop.words import Worded
from pollstation.domain.accounts import Equation, Rule, Standing
from pollstation.domain.contests import Plan
from pollstation.i18n import N_, _
from pollstation.services.closing import AccountLine
from pollstation.wording import terms

STATES = {
    Standing.HOLDS: AccountState.HOLDS,
    Standing.DIFFERS: AccountState.DIFFERS,
    Standing.EXPLAINED: AccountState.EXPLAINED,
    Standing.OPEN: AccountState.OPEN,
}

LEFT = {
    Rule.RECEIVED: N_("On the slips"),
    Rule.STOCK: N_("Received"),
    Rule.ISSUED: N_("Issued"),
    Rule.VOTERS: N_("Net issued"),
    Rule.BOX: N_("Taken along"),
    Rule.SIGNED: N_("Signed the list"),
    Rule.COLLECTED: N_("Issued into it"),
    Rule.BATCHED: N_("Found in it"),
    Rule.TALLIED: N_("Collected"),
}
"""What stands on the left of each equation."""


NAMES = {
    Rule.RECEIVED: N_("Packing slips"),
    Rule.STOCK: N_("Ballot stock"),
    Rule.ISSUED: N_("Ballots issued"),
    Rule.VOTERS: N_("Voters and ballots"),
    Rule.BOX: N_("Ballots taken along"),
    Rule.SIGNED: N_("Signatures"),
    Rule.COLLECTED: N_("Ballots collected"),
    Rule.BATCHED: N_("Batches"),
    Rule.TALLIED: N_("Valid and void"),
}
"""Each equation in two words."""


def account_row(plan: Plan, line: AccountLine) -> AccountRow:
    """One equation as a row: its left side, and the terms it must equal."""
    equation = line.equation
    name = _(LEFT[equation.rule])
    if equation.box:
        name = _("{box}: {figure}", box=box_titled(plan, equation.box), figure=name)
    return AccountRow(name, f"{equation.left:,}", right_side(equation), STATES[line.standing], equation.key)


def right_side(equation: Equation) -> str:
    """``= 30 issued + 10 unused (2 missing)``; terms that are 0 are left away where others are not."""
    shown = {name: count for name, count in equation.right.items() if count} or dict(
        list(equation.right.items())[:1]
    )
    text = "= " + " + ".join(f"{terms.term(name)} {count:,}" for name, count in shown.items())
    if equation.open or equation.difference == 0:
        return text
    return _("{equation}; difference {difference}", equation=text, difference=f"{equation.difference:+,d}")


class AccountCard(Worded):
    """Tabs for the contests, and the equations of the one chosen."""

    def __init__(self) -> None:
        super().__init__()
        frame, inside = card(gap=8)
        self.title = label(role="strong")
        self.words(self.title.setText, lambda: _("Account"))
        self.tabs, self.panel = QTabBar(), AccountPanel()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.words(self.tabs.setAccessibleName, lambda: _("Ballot paper"))
        self.tabs.currentChanged.connect(lambda _index: self._show())
        self._plan: Plan | None = None
        self._lines: Sequence[AccountLine] = ()
        inside.addLayout(row(self.title, None))
        inside.addWidget(self.tabs)
        inside.addWidget(scrolled(self.panel), 1)
        outside = QVBoxLayout(self)
        bare(outside, 0)
        outside.addWidget(frame)

    def show_account(self, plan: Plan, lines: Sequence[AccountLine]) -> None:
        """Show these equations; the tab of a contest that differs says so."""
        self._plan, self._lines = plan, lines
        differ = {line.equation.contest for line in lines if line.standing is Standing.DIFFERS}
        contests = list(dict.fromkeys(line.equation.contest for line in lines))
        while self.tabs.count() > len(contests):
            self.tabs.removeTab(self.tabs.count() - 1)
        while self.tabs.count() < len(contests):
            self.tabs.addTab("")
        for place, contest in enumerate(contests):
            name = contest_titled(plan, contest)
            self.tabs.setTabData(place, contest)
            self.tabs.setTabText(place, _("{paper}: differs", paper=name) if contest in differ else name)
        self._show()

    def show_contest(self, contest: str) -> None:
        """Turn to the tab of ``contest``."""
        for place in range(self.tabs.count()):
            if self.tabs.tabData(place) == contest:
                self.tabs.setCurrentIndex(place)

    def _show(self) -> None:
        if self._plan is None:
            return
        chosen = self.tabs.tabData(self.tabs.currentIndex())
        lines = [line for line in self._lines if line.equation.contest == chosen]
        self.panel.show_rows([account_row(self._plan, line) for line in lines])
