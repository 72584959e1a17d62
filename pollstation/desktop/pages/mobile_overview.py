"""The boxes at the left; the way and the account of the one in hand at the right."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from pollstation.desktop.desk import Desk
from pollstation.desktop.page import Page
from pollstation.desktop.pages import mobile_timeline
from pollstation.desktop.pages.mobile_facts import BoxesSeen, box_row, carried
from pollstation.desktop.pages.station_names import box_title, contest_titled, known_names
from pollstation.desktop.widgets.account_panel import AccountPanel, AccountRow, AccountState
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.flow import Flow
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.result_list import ResultList
from pollstation.desktop.widgets.text import Paragraph, ShorteningLabel, bare, card
from pollstation.desktop.words import Worded
from pollstation.domain.accounts import Equation, Rule, Standing
from pollstation.domain.boxes import BoxState
from pollstation.domain.contests import Plan
from pollstation.domain.staff import Act
from pollstation.i18n import _
from pollstation.services.mobile_boxes import MobileBox
from pollstation.wording import terms

ACCOUNT_STATES = {
    Standing.HOLDS: AccountState.HOLDS,
    Standing.DIFFERS: AccountState.DIFFERS,
    Standing.EXPLAINED: AccountState.EXPLAINED,
    Standing.OPEN: AccountState.OPEN,
}

ON_ITS_WAY = (BoxState.OUT, BoxState.BACK)


class Overview(Worded):
    """Signals:
    pointed: another box is in hand.
    """

    pointed = Signal()

    def __init__(self, desk: Desk, page: Page, acts: dict[str, Callable[[], object]]) -> None:
        """``acts``: what the buttons do, by name: requests, laptop, route, hand_on, paper, labels, send,
        take_back, main."""
        super().__init__()
        self._desk = desk
        self.seen = BoxesSeen()
        self.boxes, self.account, self.custody = ResultList(), AccountPanel(), mobile_timeline.Timeline()
        self._name, self._ballots = ShorteningLabel("title"), Paragraph("muted")

        def tool(words: Callable[[], str], act: str, key: str) -> KeyButton:
            return page.button(words, acts[act], key, small=True)

        self.requests = tool(lambda: _("Requests"), "requests", "F2")
        self.laptop = tool(lambda: _("Crew's laptop"), "laptop", "F3")
        self.route = tool(lambda: _("Route"), "route", "F4")
        self.hand_on = tool(lambda: _("Hand on"), "hand_on", "F5")
        self.paper = tool(lambda: _("Print"), "paper", "F7")
        self.labels = tool(lambda: _("Labels"), "labels", "F11")
        self.send = page.button(lambda: _("Send out again"), acts["send"], "F6")
        self.take_back = page.button(lambda: _("Take back"), acts["take_back"], "F8")
        self.main = page.button(self._main_words, acts["main"], "Enter", primary=True)
        self._lay_out()
        page.at_foot(self, self.send, self.take_back, self.main)
        self.boxes.pointed.connect(lambda _box: self._point())
        self.boxes.taken.connect(lambda _box: self.main.click())
        self.begin_at(self.boxes)
        self.words(self.boxes.setAccessibleName, lambda: _("Mobile boxes"))
        self.words(self.custody.setAccessibleName, lambda: _("Custody of the box"))

    def _lay_out(self) -> None:
        right, inside = card()
        tools = Flow(gap=8)
        tools.add(self.requests, self.laptop, self.route, self.hand_on, self.paper, self.labels)
        for part in (self._name, tools, self._ballots, self.custody, self.account):
            inside.addWidget(part, 1 if part is self.custody else 0)
        bare(whole := QVBoxLayout(self), 0)
        whole.addWidget(Columns(self.boxes, right, (1, 3)))

    # What stands

    def show_now(self, seen: BoxesSeen) -> None:
        """Show these boxes; the one in hand stays in hand."""
        self.seen = seen
        at = max(self.boxes.currentIndex().row(), 0)
        self.boxes.show_rows([box_row(line, seen.requests) for line in seen.boxes])
        if at < len(seen.boxes):
            self.boxes.setCurrentIndex(self.boxes.model().index(at, 0))
        self._point()

    @property
    def line(self) -> MobileBox | None:
        """The box in hand."""
        row = self.boxes.current_row()
        return next((line for line in self.seen.boxes if row and line.box.id == row.key), None)

    def take(self, box: str) -> None:
        """Take the box of that id in hand, as when its label is scanned."""
        for at, line in enumerate(self.seen.boxes):
            if line.box.id == box:
                self.boxes.setCurrentIndex(self.boxes.model().index(at, 0))

    def _point(self) -> None:
        if self.line and self._desk.plan:
            self._show_box(self.line, self._desk.plan)
        self.pointed.emit()

    def _show_box(self, line: MobileBox, plan: Plan) -> None:
        self._name.setText("  ".join(filter(None, (box_title(line.box), line.box.area))))
        names = known_names(plan, self._desk.people)
        self._ballots.setText(carried(line, plan, names))
        self._ballots.setVisible(bool(self._ballots.text()))
        acts = self.seen.acts.get(line.box.id, ())
        self.custody.show_table(mobile_timeline.headings(), mobile_timeline.rows(acts, names))
        self.custody.scrollToBottom()
        self._show_account(line, plan)
        self._offer(line, plan)

    def _offer(self, line: MobileBox, plan: Plan) -> None:
        """What may be done with the box as it stands, by whom and where this is."""
        state, share = line.state.state, plan.is_share_of_crew
        here = self._desk.may(Act.MOBILE_BOX) and not share
        self.main.setText(self._main_words())
        self.main.setVisible(state in ON_ITS_WAY or (here and state is BoxState.SEALED))
        self.send.setVisible(state is BoxState.BACK and here)
        self.take_back.setVisible(state is BoxState.OUT and here)
        self.hand_on.setVisible(state is BoxState.OUT)
        self.route.setVisible(here)
        self.laptop.setVisible(here and (state is BoxState.OUT or bool(line.state.crew_files)))
        self.paper.setVisible(not share)
        self.labels.setVisible(not share)
        waiting = sum(each.open for each in self.seen.requests)
        self.requests.setText(_("Requests ({count})", count=waiting) if waiting else _("Requests"))

    def _main_words(self) -> str:
        line = self.line
        return _("Send out") if line and line.state.state is BoxState.SEALED else _("Voters served")

    def _show_account(self, line: MobileBox, plan: Plan) -> None:
        self.account.show_rows(
            [
                AccountRow(
                    label=_account_label(plan, each.equation),
                    figure=f"{each.equation.left:,}",
                    explanation="=  "
                    + "  +  ".join(
                        f"{terms.term(name)} {count:,}" for name, count in each.equation.right.items()
                    ),
                    state=ACCOUNT_STATES[each.standing],
                )
                for each in self.seen.account_of(line.box.id)
                if each.equation.rule is Rule.BOX or each.standing is not Standing.HOLDS
            ]
        )


def _account_label(plan: Plan, equation: Equation) -> str:
    """The ballot paper, and that it is about signatures where it is."""
    paper = contest_titled(plan, equation.contest)
    return paper if equation.rule is Rule.BOX else _("{paper}: signatures", paper=paper)
