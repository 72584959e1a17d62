"""Keying in after an outage: the lines of the paper register, one after the other, then two people sign."""

import re
from datetime import datetime

from PySide6.QtWidgets import QCheckBox, QLineEdit, QSizePolicy, QVBoxLayout

from pollstation.desktop import theme
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.naming import one_line, refused
from pollstation.desktop.pages.voter_search import VoterSearch
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.form import Form
from pollstation.desktop.widgets.simple_table import Button, Cell, Chip, SimpleTable
from pollstation.desktop.widgets.text import bare, card, label
from pollstation.desktop.widgets.views import Views, plain
from pollstation.desktop.words import Worded
from pollstation.domain.errors import Refusal
from pollstation.domain.staff import Act
from pollstation.i18n import _, n_
from pollstation.services import issuing, outage
from pollstation.services.issuing import Card
from pollstation.services.outage import PaperCheck, PaperLine
from pollstation.wording.facts import clock_time

_TIME = re.compile(r"([01]?\d|2[0-3])[:：.]?([0-5]\d)")


class PaperLines(Worded):
    """Some letters, Enter, the time, Enter; then the next line of the paper."""

    def __init__(self, page: DutyPage) -> None:
        super().__init__()
        self._page, self._desk = page, page.desk
        self._card: Card | None = None
        self.lines: list[PaperCheck] = []
        self.search, self.banner, self.table = VoterSearch(self._desk), Banner(), SimpleTable(stretch=1)
        self._views = Views()
        self._who, self._count = label(role="large-strong", wrap=True), label(role="muted")
        self._lay_out()
        self.search.taken.connect(self._take)
        self.words(self.table.setAccessibleName, lambda: _("Lines from paper"))
        self.begin_at(self.evidence)

    def _lay_out(self) -> None:
        page = self._page
        paper = Form(self._go_on)
        self.evidence = paper.add(
            lambda: _("Where it stands on paper, such as: paper register page 3"), QLineEdit()
        )
        self.line = Form(self.add, in_line=True)
        self.time = self.line.add(
            lambda: _("Time on the paper"), QLineEdit(), lambda: _("such as 9:05 or 0905")
        )
        self.by_proxy = QCheckBox()
        self.words(self.by_proxy.setText, lambda: _("ballots went to the proxy"))
        self.sign = page.button(self._sign_words, self._sign, "Ctrl+Enter", primary=True)
        self._chosen_view, inside = plain()
        for part in (self.banner, self._who, self.line, self.by_proxy):
            inside.addWidget(part)
        take = page.button(lambda: _("Take this line"), self.line.enter, "Enter")
        other = page.button(lambda: _("Not this voter"), self.back, "Esc")
        page.at_foot(self._chosen_view, other, take)
        inside.addStretch(1)
        self._views.addWidget(self.search)
        self._views.addWidget(self._chosen_view)
        policy = QSizePolicy.Policy
        self.table.setSizePolicy(policy.Expanding, policy.Ignored)  # many lines scroll; the page does not
        self.table.setMinimumHeight(theme.px(92))
        surface, inside = card()
        title = label(role="strong")
        self.words(title.setText, lambda: _("Voters marked on paper while the laptop was down"))
        for part in (title, paper):
            inside.addWidget(part)
        inside.addWidget(self._views, 3)
        inside.addWidget(self.table, 2)
        inside.addWidget(self._count)
        page.at_foot(self, self.sign)
        whole = QVBoxLayout(self)
        bare(whole, 0)
        whole.addWidget(surface)

    def look(self) -> None:
        """Show what was typed so far, and how many there are altogether."""
        self.setEnabled(self._desk.may(Act.CHECK_IN))
        self.search.again()
        self._show()
        self._desk.read(lambda unit: unit.total("keyed_in"), self._show_count)

    def back(self) -> bool:
        """Away from the voter chosen; whether there was one."""
        if self._card is None:
            return False
        self._next()
        return True

    def _show_count(self, count: int) -> None:
        words = n_(
            "{count} voter keyed in from paper so far", "{count} voters keyed in from paper so far", count
        )
        self._count.setText(words if count else "")

    # One line

    def _go_on(self) -> None:
        self.search.clear()

    def _take(self, token: str) -> None:
        self._desk.read(lambda unit: issuing.card(unit, token), self._chosen)

    def scanned(self, code: str) -> None:
        """A voter card instead of letters: the voter of the next line."""
        self._desk.read(lambda unit: issuing.find_scanned(unit, code), self._chosen)

    def _chosen(self, found: Card) -> None:
        self._card = found
        self.banner.clear()
        self.by_proxy.setChecked(False)
        self._show()
        self.time.setFocus()
        self.time.selectAll()

    def add(self) -> None:
        """Take the line, when the day's rules know it."""
        found, time = self._card, self._time()
        if found is None:
            return
        if time is None:
            self.line.refuse(self.time, _("Not a time of the day"))
            return
        line = PaperLine(token=found.voter.token, time=time, by_proxy=self.by_proxy.isChecked())
        if line.token in [each.line.token for each in self.lines]:
            self.line.refuse(self.time, _("This voter stands in the list already"))
            return
        self._desk.read(lambda unit: outage.check_line(unit, line), self._added, self._refuse)

    def _time(self) -> datetime | None:
        """Today at the time typed, by this computer's clock."""
        typed = _TIME.fullmatch(self.time.text().strip())
        if typed is None:
            return None
        now = self._desk.clock.now().astimezone()
        return now.replace(hour=int(typed[1]), minute=int(typed[2]), second=0, microsecond=0)

    def _added(self, line: PaperCheck) -> None:
        self.lines.append(line)
        self._next()

    def _next(self) -> None:
        self._card = None
        self.banner.clear()
        self._show()
        self.search.clear()

    def _refuse(self, refusal: Refusal) -> None:
        self.banner.say(Kind.WRONG, *refused(self._page.plan, refusal))
        self.time.setFocus()
        self.time.selectAll()

    # All lines

    def _show(self) -> None:
        found = self._card
        self._who.setText(one_line(found.voter) if found else "")
        self._views.setCurrentWidget(self._chosen_view if found else self.search)
        self.by_proxy.setVisible(found is not None and found.record.authority is not None)
        self.table.show_table(
            [_("Time"), _("Name"), _("State"), ""], [self._row(each) for each in reversed(self.lines)]
        )
        self.table.setVisible(bool(self.lines))
        self.sign.setText(self._sign_words())
        self.sign.setEnabled(bool(self.lines))

    def _row(self, each: PaperCheck) -> list[Cell]:
        if each.before:
            chip = Chip(_("conflict: voted {time}", time=clock_time(each.before.time)), Kind.WRONG)
        elif each.struck_at:
            chip = Chip(_("conflict: struck off {time}", time=clock_time(each.struck_at)), Kind.WRONG)
        else:
            chip = Chip(_("by proxy") if each.holder else _("in person"), Kind.GOOD)
        remove = Button(_("Leave out"), lambda: self._leave_out(each))
        return [f"{each.line.time.astimezone():%H:%M}", one_line(each.voter), chip, remove]

    def _leave_out(self, line: PaperCheck) -> None:
        self.lines.remove(line)
        self._show()
        self.search.field.edit.setFocus()

    def _sign_words(self) -> str:
        return n_("Sign {count} line", "Sign {count} lines", len(self.lines))

    def _sign(self) -> None:
        evidence, by = self.evidence.text().strip(), self._desk.by
        if not evidence:
            self.evidence.setFocus()
            return
        lines = [each.line for each in self.lines]
        self._desk.witnessed(
            self._page,
            n_(
                "{count} voter from paper is keyed in: {evidence}",
                "{count} voters from paper are keyed in: {evidence}",
                len(lines),
                evidence=evidence,
            ),
            lambda unit, witness: outage.key_in(unit, by, witness, lines, evidence),
            self._signed,
            self._refuse,
        )

    def _signed(self, written: tuple[PaperCheck, ...]) -> None:
        self.lines = []
        self.evidence.clear()
        self._next()
        self.evidence.setFocus()
        conflicts = sum(each.conflict for each in written)
        words = n_("{count} voter keyed in from paper", "{count} voters keyed in from paper", len(written))
        if conflicts:
            words = _("{words}; conflicts to be decided: {count}", words=words, count=conflicts)
        self._page.say(words, Kind.CAUTION if conflicts else Kind.GOOD)
