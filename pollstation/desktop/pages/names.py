"""Names that voters wrote themselves: spellings joined, and who of them may be elected."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QLineEdit

from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.station_names import contest_titled
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.empty_state import EmptyState
from pollstation.desktop.widgets.form import Choice, Form, Options
from pollstation.desktop.widgets.simple_table import Cell, Chip, SimpleTable
from pollstation.desktop.widgets.text import card, label
from pollstation.domain.day import DayPhase
from pollstation.domain.register import Voter
from pollstation.domain.staff import Act, Role
from pollstation.i18n import _
from pollstation.services import write_ins
from pollstation.services.guards import this_day
from pollstation.services.ports import Reading
from pollstation.services.write_ins import WrittenName

CONFIRM, REJECT, JOIN = "confirm", "reject", "join"


@dataclass(frozen=True)
class NameLine:
    """One name of one contest, and the voters so called in the register kept here."""

    contest: str
    written: WrittenName
    voters: Sequence[Voter]
    proposed: bool
    """A result that may rest on the name is proposed already; a decision now withdraws it."""


def name_lines(unit: Reading) -> list[NameLine]:
    """Read them, all of one moment."""
    proposed = this_day(unit).phase is not DayPhase.COUNTING
    return [
        NameLine(contest.id, written, write_ins.in_register(unit, written.name), proposed)
        for contest in unit.plan.contests
        for written in write_ins.written_names(unit, contest.id)
    ]


class NamesPage(DutyPage):
    """Names at the left; what is decided about the one marked at the right."""

    duty = "names"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._lines: list[NameLine] = []
        self.body.addWidget(Columns(self._list(), self._decision(), (3, 2)), 1)
        self.later = self.offer(lambda: _("Back"), self.back, "Esc")
        self.main = self.offer(lambda: _("Write down"), self.act, "Enter", primary=True)
        self.begin_at(self.table)

    def _list(self) -> QFrame:
        frame, inside = card()
        self.table, self.empty = SimpleTable(stretch=0, scrolls=True), EmptyState("paper")
        self.words(self.table.setAccessibleName, lambda: _("Other names"))
        self.table.currentCellChanged.connect(lambda *_cells: self._show_marked())
        self.table.taken.connect(lambda _row: self.what.setFocus())
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        return frame

    def _decision(self) -> QFrame:
        frame, inside = card()
        self.name, self.found = label(role="sentence", wrap=True), label(role="muted", wrap=True)
        self.form = Form(self.act)
        self.what = self.form.add(
            lambda: _("Decision"),
            Options(
                (
                    (CONFIRM, lambda: _("may be elected")),
                    (REJECT, lambda: _("may not be elected")),
                    (JOIN, lambda: _("is another spelling")),
                )
            ),
        )
        self.target = self.form.add(lambda: _("Counts as"), Choice())
        self.reason = self.form.add(lambda: _("Reason"), QLineEdit())
        self.what.chosen.connect(lambda _key: self._show_fields())
        for widget in (self.name, self.found, self.form):
            inside.addWidget(widget)
        inside.addStretch(1)
        self.side = frame
        return frame

    # What is shown

    def look(self) -> None:
        """Read the names."""
        self.desk.read(name_lines, self.show_now)

    def show_now(self, lines: list[NameLine]) -> None:
        """Show them; the one marked stays marked."""
        self._lines = lines
        rows: list[list[Cell]] = [
            [line.written.name, contest_titled(self.plan, line.contest), line.written.votes, _chip(line)]
            for line in lines
        ]
        about = [(line.contest, line.written.name) for line in lines]
        self.table.show_table([_("Name"), _("Ballot paper"), _("Votes"), _("State")], rows, about)
        self.empty.say(
            _("No other names."), _("Names that voters wrote themselves stand here once approved.")
        )
        for part, seen in ((self.table, bool(lines)), (self.side, bool(lines)), (self.empty, not lines)):
            part.setVisible(seen)
        self.main.setVisible(bool(lines))
        self._show_marked()

    @property
    def line(self) -> NameLine | None:
        """The name marked."""
        at = self.table.currentRow()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    def _show_marked(self) -> None:
        line = self.line
        if line is None:
            return
        spelt = [_("{name} {count}", name=name, count=votes) for name, votes in line.written.readings.items()]
        self.name.setText(line.written.name)
        said = [_("As the counters read it: {names}", names=_(", ").join(spelt)), _in_register(line.voters)]
        self.found.setText("\n".join(said))
        readings = [one for one in line.written.readings if one != line.written.name]
        others = [
            other.written.name
            for other in self._lines
            if other.contest == line.contest and other.written.name != line.written.name
        ]
        offered = [(name, name) for name in others]
        offered += [(f"={one}", _("“{name}” stands for itself again", name=one)) for one in readings]
        self.target.offer(offered)
        self._show_fields()

    def _show_fields(self) -> None:
        fields = (self.what, self.target, self.reason) if self.what.key == JOIN else (self.what, self.reason)
        self.form.show_only(*fields)

    # What is done

    def act(self) -> None:
        """Write the decision down."""
        line = self.line
        if line is None or not self.form.complete():
            return
        if self.what.key == JOIN:
            self._join(line)
        else:
            self._judge(line, eligible=self.what.key == CONFIRM)

    def _join(self, line: NameLine) -> None:
        by, reason, target = self.desk.by, self.reason.text(), self.target.key
        variant, name = (target[1:], target[1:]) if target.startswith("=") else (line.written.name, target)
        if target and self.desk.may(Act.APPROVE_SHEET):
            self.do(
                lambda unit: write_ins.join(unit, by, line.contest, variant, name, reason),
                lambda _answer: self._done(_("The votes are added up under this name.")),
            )

    def _judge(self, line: NameLine, *, eligible: bool) -> None:
        by, reason, name = self.desk.by, self.reason.text(), line.written.name
        done = _("The decision about {name} is written down.", name=name)
        if by.role is Role.COMMITTEE and not line.proposed:
            self.do(
                lambda unit: write_ins.judge(
                    unit, by, None, line.contest, name, eligible=eligible, reason=reason
                ),
                lambda _answer: self._done(done),
            )
            return
        task = (
            _("{name} may be elected", name=name) if eligible else _("{name} may not be elected", name=name)
        )
        self.sign(
            _("{task}: {text}", task=task, text=reason),
            lambda unit, witness: write_ins.judge(
                unit, by, witness, line.contest, name, eligible=eligible, reason=reason
            ),
            lambda _answer: self._done(done),
        )

    def _done(self, said: str) -> None:
        self.reason.clear()
        self.table.setFocus()
        self.say(said)


def _chip(line: NameLine) -> Chip:
    if line.written.eligible is None:
        return Chip(_("to be checked"), Kind.CAUTION)
    if line.written.eligible:
        return Chip(_("may be elected"), Kind.GOOD)
    return Chip(_("may not be elected"), Kind.WRONG)


def _in_register(voters: Sequence[Voter]) -> str:
    if not voters:
        return _("Not in the register kept here.")
    each = [
        _("{name}, born {birth}, {group}", name=one.name, birth=one.birth, group=one.group)
        for one in voters[:4]
    ]
    found = _("; ").join(each)
    if len(voters) == 1:
        return _("In the register: {voters}", voters=found)
    return _("Several of this name in the register: {voters}", voters=found)
