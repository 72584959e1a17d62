"""Ballot papers: what came, where each went, what must lie in the stock now, every act that made it so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit

from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.station_names import contest_title, contest_titled, known_names
from pollstation.desktop.widgets.empty_state import EmptyState
from pollstation.desktop.widgets.form import Choice, CountField, Form, Options
from pollstation.desktop.widgets.simple_table import Cell, SimpleTable
from pollstation.desktop.widgets.text import card, label
from pollstation.domain.accounts import Figures, figures
from pollstation.domain.ballots import StockFigure
from pollstation.domain.day import DayPhase
from pollstation.domain.journal import Entry
from pollstation.domain.staff import Session
from pollstation.i18n import _
from pollstation.services import stock
from pollstation.services.guards import this_day
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.services.stock import StockLine
from pollstation.wording import acts, terms
from pollstation.wording.facts import clock_time, signed

Signed = Callable[[UnitOfWork, Session], object]


@dataclass(frozen=True)
class Stocks:
    """The stock of every contest beside its figures."""

    lines: list[tuple[StockLine, Figures]]
    history: dict[str, list[Entry]]
    """Of each contest, the latest act first."""
    phase: DayPhase


def stocks(unit: Reading) -> Stocks:
    """Read it, all of one moment."""
    totals = unit.totals()
    lines = [(line, figures(unit.plan.contest(line.contest), totals)) for line in stock.stock(unit)]
    history = {contest.id: stock.history(unit, contest.id) for contest in unit.plan.contests}
    return Stocks(lines, history, this_day(unit).phase)


def with_boxes(line: StockLine, counted: Figures) -> int:
    """Blank ballots that mobile boxes carry: what is received and neither here nor gone otherwise."""
    gone = counted.issued + counted.spoilt + line.damaged + line.transferred
    return line.received - gone - line.on_hand


class StockTable(SimpleTable):
    """Papers and figures, none of which is ever cut."""

    def minimumSizeHint(self) -> QSize:
        """The figures, and room for a paper's title on two or three lines."""
        figures = sum(self.columnWidth(column) for column in range(1, self.columnCount()))
        return QSize(figures + theme.px(150), super().minimumSizeHint().height())


class StockPage(DutyPage):
    """A table of the stock, below it the acts that change it, and what was done with the paper marked."""

    duty = "stock"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._now: Stocks | None = None
        self.table, self.empty = StockTable(stretch=0), EmptyState("paper")
        self.words(self.table.setAccessibleName, self.title)
        self.table.currentCellChanged.connect(lambda *_cells: self._show_history())
        shown, inside = card()
        inside.addWidget(self.table)
        inside.addWidget(self.empty)
        self.history_title, self.history = label(role="strong"), SimpleTable(stretch=2, scrolls=True)
        self.words(self.history.setAccessibleName, lambda: _("What was done with these ballots"))
        self.body.addWidget(shown)
        self.past, inside = card(gap=8)
        inside.addWidget(self.history_title)
        inside.addWidget(self.history, 1)
        self.acts, below = card()
        self.act = Options(
            [
                ("receive", lambda: _("Ballots received")),
                ("damage", lambda: _("Ballots damaged")),
                ("transfer", lambda: _("Ballots handed on")),
                ("move", lambda: _("Moved between desks")),
                ("correct", lambda: _("Correction")),
            ]
        )
        self.act.chosen.connect(lambda _key: self._show_fields())
        below.addWidget(self.act)
        below.addWidget(self._form())
        self.body.addWidget(self.acts)
        self.body.addWidget(self.past, 1)
        self.main = self.offer(self._primary, self.change, "Enter", primary=True)
        self._show_fields()

    def _form(self) -> Form:
        self.form = Form(in_line=True)
        add = self.form.add
        self.contest = add(lambda: _("Ballot paper"), Choice(), stretch=3)
        self.packets = add(lambda: _("Numbers on the packets"), QLineEdit(), optional=True, stretch=3)
        self.stated = add(lambda: _("On the packing slip"), CountField(), stretch=2)
        self.counted = add(lambda: _("Counted by two people"), CountField(), stretch=2)
        self.count = add(lambda: _("How many"), CountField(), stretch=1)
        self.to = add(lambda: _("Handed to"), QLineEdit(), stretch=2)
        self.origin = add(lambda: _("From desk"), QLineEdit(), _stock_itself, optional=True, stretch=2)
        self.desk_to = add(lambda: _("To desk"), QLineEdit(), _stock_itself, optional=True, stretch=2)
        self.figure = add(lambda: _("Which figure is wrong"), Choice(), stretch=2)
        self.right = add(lambda: _("What it should say in all"), CountField(), stretch=2)
        self.reason = add(lambda: _("Reason"), QLineEdit(), stretch=4)
        self.begin_at(self.act)
        return self.form

    def _show_fields(self) -> None:
        fields = {
            "receive": (self.contest, self.stated, self.counted, self.packets),
            "damage": (self.contest, self.count, self.reason),
            "transfer": (self.contest, self.count, self.to, self.reason),
            "move": (self.contest, self.count, self.origin, self.desk_to),
            "correct": (self.contest, self.figure, self.right, self.reason),
        }
        self.form.show_only(*fields[self.act.key])
        self.main.setText(self._primary())

    def _primary(self) -> str:
        words = {
            "receive": _("Count these ballots in"),
            "damage": _("Take the damaged ballots out"),
            "transfer": _("Hand these ballots on"),
            "move": _("Move these ballots"),
            "correct": _("Correct this figure"),
        }
        return words[self.act.key]

    def look(self) -> None:
        """Read the stock."""
        self.desk.read(stocks, self.show_now)

    def show_now(self, now: Stocks) -> None:
        """Show it; after the close nothing can be changed any more."""
        marked, self._now = max(self.table.currentRow(), 0), now
        plan = self.plan
        self.figure.offer([(figure, terms.word(figure)) for figure in StockFigure])
        self.contest.offer([(each.id, contest_title(each)) for each in plan.contests])
        changeable = now.phase in (DayPhase.PREPARED, DayPhase.OPEN)
        self.acts.setVisible(changeable)
        self.main.setVisible(changeable)
        counted_in = any(line.received for line, _figures in now.lines)
        self.table.setVisible(counted_in)
        self.empty.setVisible(not counted_in)
        self.past.setVisible(counted_in)
        self.empty.say(
            _("No ballots have been counted in yet."),
            _("Count the packets of each ballot paper with a second person and write them down below."),
        )
        self.table.show_table(self._headings(), [self._line(line, counted) for line, counted in now.lines])
        self.table.setCurrentCell(marked, 0)
        self._show_history()

    def _show_history(self) -> None:
        """What was done with the paper marked, the latest first."""
        at, now, plan = self.table.currentRow(), self._now, self.desk.plan
        if now is None or plan is None or not 0 <= at < len(now.lines):
            return
        contest = now.lines[at][0].contest
        names = known_names(plan, self.desk.people)
        self.history_title.setText(_("History: {paper}", paper=contest_titled(plan, contest)))
        lines = [
            [clock_time(entry.time), _hands(entry, names), acts.in_words(entry, names)]
            for entry in now.history[contest]
        ]
        self.history.show_table([_("Time"), _("By"), _("Act")], lines)

    def _headings(self) -> list[str]:
        return [
            _("Ballot paper"),
            _("On hand"),
            _("Received"),
            _("Issued"),
            _("Spoilt"),
            _("Damaged"),
            _("Handed on"),
            _("On boxes"),
        ]

    def _line(self, line: StockLine, counted: Figures) -> list[Cell]:
        return [
            "\n".join(part for part in (contest_titled(self.plan, line.contest), _remark(line)) if part),
            line.on_hand,
            line.received,
            counted.issued,
            counted.spoilt,
            line.damaged,
            line.transferred,
            with_boxes(line, counted),
        ]

    def change(self) -> None:
        """Have the change signed by a second person and write it down."""
        if not self.form.complete():
            return
        duties = {
            "receive": self._receive,
            "damage": self._damage,
            "transfer": self._transfer,
            "move": self._move,
            "correct": self._correct,
        }
        what, duty = duties[self.act.key]()
        self.sign(what, duty, lambda _answer: self._changed(what))

    def _changed(self, what: str) -> None:
        self.form.clear()
        self.act.setFocus()
        self.say(what)

    def _receive(self) -> tuple[str, Signed]:
        contest, by = self.contest.key, self.desk.by
        stated, counted, packets = self.stated.value, self.counted.value, self.packets.text()
        what = _(
            "{paper}: {counted} ballots counted, {stated} on the slip",
            paper=contest_titled(self.plan, contest),
            counted=counted,
            stated=stated,
        )
        return what, lambda unit, witness: stock.receive(
            unit, by, witness, contest, stated=stated, counted=counted, packets=packets
        )

    def _damage(self) -> tuple[str, Signed]:
        contest, by, count, reason = self.contest.key, self.desk.by, self.count.value, self.reason.text()
        what = _(
            "{paper}: {count} damaged ballots taken out",
            paper=contest_titled(self.plan, contest),
            count=count,
        )
        return what, lambda unit, witness: stock.damage(unit, by, witness, contest, count, reason)

    def _transfer(self) -> tuple[str, Signed]:
        contest, by, count, reason = self.contest.key, self.desk.by, self.count.value, self.reason.text()
        to = self.to.text()
        what = _(
            "{paper}: {count} ballots handed on to {to}",
            paper=contest_titled(self.plan, contest),
            count=count,
            to=to,
        )
        return what, lambda unit, witness: stock.transfer(unit, by, witness, contest, count, to, reason)

    def _move(self) -> tuple[str, Signed]:
        contest, by, count = self.contest.key, self.desk.by, self.count.value
        origin, to = self.origin.text(), self.desk_to.text()
        what = _(
            "{paper}: {count} blank ballots moved from {origin} to {to}",
            paper=contest_titled(self.plan, contest),
            count=count,
            origin=origin.strip() or _("the stock"),
            to=to.strip() or _("the stock"),
        )
        return what, lambda unit, witness: stock.move(unit, by, witness, contest, count, origin, to)

    def _correct(self) -> tuple[str, Signed]:
        contest, by, count, reason = self.contest.key, self.desk.by, self.right.value, self.reason.text()
        figure = StockFigure(self.figure.key)
        what = _(
            "{paper}: {figure} corrected to {count}; the first entry stays",
            paper=contest_titled(self.plan, contest),
            figure=terms.word(figure),
            count=count,
        )
        return what, lambda unit, witness: stock.correct(unit, by, witness, contest, figure, count, reason)


def _stock_itself() -> str:
    return _("Empty: the stock")


def _hands(entry: Entry, names: Mapping[str, str]) -> str:
    return _(", ").join(names.get(one, one) for one in (entry.actor, entry.witness) if one)


def _remark(line: StockLine) -> str:
    """What has to be said about a contest's stock; empty when there is nothing."""
    if line.received != line.stated:
        return _("△ {difference} against the slip", difference=signed(line.received - line.stated))
    if line.unused is None:
        return _(", ").join(
            _("{desk}: {count} handed over", desk=desk, count=count) for desk, count in line.desks.items()
        )
    if line.unused != line.on_hand:
        return _("△ {count} unused counted", count=line.unused)
    return _("✓ unused counted and cancelled")
