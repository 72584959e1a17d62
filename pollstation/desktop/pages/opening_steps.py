"""The steps of the opening, each a card with one thing to do."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.station_names import (
    box_title,
    box_titled,
    contest_title,
    contest_titled,
    split_seals,
)
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.account_panel import AccountPanel, AccountRow, AccountState
from pollstation.desktop.widgets.banner import Banner
from pollstation.desktop.widgets.checklist import Checklist
from pollstation.desktop.widgets.form import Choice, CountField, Form
from pollstation.desktop.widgets.simple_table import Chip, SimpleTable
from pollstation.desktop.widgets.text import bare, card, label
from pollstation.desktop.words import Worded
from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.contests import BallotBox
from pollstation.domain.day import Day
from pollstation.i18n import _, n_
from pollstation.services import opening, stock
from pollstation.services.guards import this_day
from pollstation.services.ports import Reading
from pollstation.services.stock import StockLine
from pollstation.wording import terms
from pollstation.wording.facts import clock_time


@dataclass(frozen=True)
class Morning:
    """Everything the opening shows."""

    steps: dict[str, bool]
    checklist: tuple[str, ...]
    day: Day
    boxes: list[tuple[BallotBox, Box]]
    stock: list[StockLine]
    issued: int


def morning(unit: Reading) -> Morning:
    """Read it, all of one moment."""
    boxes = [(box, unit.state(box_stream(box.id), Box)) for box in unit.plan.station.boxes]
    issued = sum(unit.totals("issued/").values())
    return Morning(
        opening.steps(unit), opening.checklist(unit), this_day(unit), boxes, stock.stock(unit), issued
    )


class Step(Worded):
    """One step: what it shows, what its main button says, and what that does."""

    def __init__(self, page: DutyPage) -> None:
        super().__init__()
        self.page = page
        frame, self.inside = card()
        outside = QVBoxLayout(self)
        bare(outside, 0)
        outside.addWidget(frame)
        self.advice = label(role="muted", wrap=True)
        self.words(self.advice.setText, self.say_advice)
        self.inside.addWidget(self.advice)

    def say_advice(self) -> str:
        """What is done in this step, for those present."""
        raise NotImplementedError

    def primary(self) -> str:
        """The words of the main button."""
        raise NotImplementedError

    def show_now(self, now: Morning) -> None:
        """Show how it stands."""
        raise NotImplementedError

    def act(self) -> None:
        """Do it."""
        raise NotImplementedError


class _ChecklistStep(Step):
    """What is looked at before the opening; every tick is kept at once."""

    def __init__(self, page: DutyPage) -> None:
        super().__init__(page)
        self.checklist = Checklist()
        self.checklist.changed.connect(lambda _all: self._keep())
        self._kept: set[str] = set()
        self.inside.addWidget(self.checklist)
        self.inside.addStretch(1)

    def say_advice(self) -> str:
        return _("Look at each line with your own eyes, then tick it. A tick is written down and stays.")

    def primary(self) -> str:
        return _("Tick the next line")

    def show_now(self, now: Morning) -> None:
        self._kept = set(now.day.checked)
        self.checklist.show_items(
            [(item, terms.checklist_item(item)) for item in now.checklist], now.day.checked
        )

    def act(self) -> None:
        left = [item for item, ticked in self.checklist.ticked().items() if not ticked]
        if left:
            self.checklist.tick(left[0])

    def _keep(self) -> None:
        for item, ticked in self.checklist.ticked().items():
            if ticked and item not in self._kept:
                self._kept.add(item)
                self.page.do(partial(opening.tick, by=self.page.desk.by, item=item))


class _BoxesStep(Step):
    """Each box is shown empty and sealed."""

    def __init__(self, page: DutyPage) -> None:
        super().__init__(page)
        self.table = SimpleTable(stretch=2)
        self.form = Form()
        self.box = self.form.add(lambda: _("Box"), Choice())
        self.seals = self.form.add(
            lambda: _("Numbers of its seals"), QLineEdit(), lambda: _("Several: with a space between")
        )
        self.words(self.table.setAccessibleName, lambda: _("Boxes"))
        self.inside.addWidget(self.table)
        self.inside.addWidget(self.form)
        self.inside.addStretch(1)
        self.begin_at(self.seals)

    def say_advice(self) -> str:
        return _("Show each box empty to everybody present, seal it, and type the numbers on the seals.")

    def primary(self) -> str:
        return _("Seal the box")

    def show_now(self, now: Morning) -> None:
        self.table.show_table(
            [_("Box"), _("State"), _("Seals")],
            [(box_title(box), _box_chip(state), "  ".join(state.seals)) for box, state in now.boxes],
        )
        unsealed = [box for box, state in now.boxes if state.state is BoxState.PREPARED]
        self.box.offer([(box.id, box_title(box)) for box in unsealed])
        self.form.setVisible(bool(unsealed))

    def act(self) -> None:
        if self.form.isHidden() or not self.form.complete():
            return
        box, seals = self.box.key, split_seals(self.seals.text())
        name = box_titled(self.page.plan, box)
        by = self.page.desk.by
        self.page.sign(
            _("{box} was shown empty and sealed with: {seals}", box=name, seals=_(", ").join(seals)),
            lambda unit, witness: opening.seal_box(unit, by, witness, box, seals),
            lambda _answer: self._sealed(name),
        )

    def _sealed(self, name: str) -> None:
        self.seals.clear()
        self.seals.setFocus()
        self.page.say(_("{box} is sealed.", box=name))


def _box_chip(state: Box) -> Chip:
    sealed = state.state is not BoxState.PREPARED
    return Chip(terms.word(state.state), Kind.GOOD if sealed else Kind.CAUTION)


class _BallotsStep(Step):
    """The packets of each contest are counted in."""

    def __init__(self, page: DutyPage) -> None:
        super().__init__(page)
        self.table = SimpleTable(stretch=0)
        self.form = Form()
        self.contest = self.form.add(lambda: _("Ballot paper"), Choice())
        counts = Form(in_line=True)
        self.stated = counts.add(lambda: _("On the packing slip"), CountField(), stretch=1)
        self.counted = counts.add(lambda: _("Counted by two people"), CountField(), stretch=1)
        self.packets = counts.add(
            lambda: _("Numbers on the packets"),
            QLineEdit(),
            lambda: _("May stay empty"),
            optional=True,
            stretch=2,
        )
        self.counts = counts
        self.words(self.table.setAccessibleName, lambda: _("Ballots received"))
        for widget in (self.table, self.form, counts):
            self.inside.addWidget(widget)
        self.inside.addStretch(1)
        self.begin_at(self.stated)

    def say_advice(self) -> str:
        return _(
            "Two people count the ballots of every paper. A difference from the slip is kept and explained."
        )

    def primary(self) -> str:
        return _("Count these ballots in")

    def show_now(self, now: Morning) -> None:
        plan = self.page.plan
        self.table.show_table(
            [_("Ballot paper"), _("On the slip"), _("Counted"), _("State")],
            [
                (contest_titled(plan, line.contest), line.stated, line.received, _stock_chip(line))
                for line in now.stock
            ],
        )
        self.contest.offer([(each.id, contest_title(each)) for each in plan.contests])
        waiting = [line.contest for line in now.stock if not line.received]
        if waiting and self.contest.key not in waiting:
            self.contest.choose(waiting[0])

    def act(self) -> None:
        if not self.counts.complete():
            return
        contest, stated, counted = self.contest.key, self.stated.value, self.counted.value
        packets, by = self.packets.text(), self.page.desk.by
        name = contest_titled(self.page.plan, contest)
        self.page.sign(
            _(
                "{paper}: {counted} ballots counted, {stated} on the slip",
                paper=name,
                counted=counted,
                stated=stated,
            ),
            lambda unit, witness: stock.receive(
                unit, by, witness, contest, stated=stated, counted=counted, packets=packets
            ),
            lambda difference: self._received(name, counted, difference),
        )

    def _received(self, name: str, counted: int, difference: int) -> None:
        self.counts.clear()
        self.stated.setFocus()
        if difference:
            say = _(
                "{paper}: {difference} against the slip. Two people explain it before the close.",
                paper=name,
                difference=f"{difference:+d}",
            )
            self.page.say(say, Kind.CAUTION)
        else:
            self.page.say(
                n_(
                    "{paper}: {count} ballot counted in.",
                    "{paper}: {count} ballots counted in.",
                    counted,
                    paper=name,
                )
            )


def _stock_chip(line: StockLine) -> Chip:
    if not line.received:
        return Chip(_("waits"), Kind.CAUTION)
    if line.received != line.stated:
        return Chip(f"{line.received - line.stated:+d}", Kind.CAUTION)
    return Chip(_("agrees"), Kind.GOOD)


class _ZeroStep(Step):
    """Every counter stands at zero."""

    def __init__(self, page: DutyPage) -> None:
        super().__init__(page)
        self.account = AccountPanel()
        self.inside.addWidget(self.account)
        self.inside.addStretch(1)

    def say_advice(self) -> str:
        return _("Before the first voter every counter stands at zero. Two people sign that they saw it.")

    def primary(self) -> str:
        return _("Sign the zero report")

    def show_now(self, now: Morning) -> None:
        zero = AccountState.HOLDS if now.issued == 0 else AccountState.DIFFERS
        self.account.show_rows(
            [
                AccountRow(_("Voters registered here"), f"{now.day.registered:,}"),
                *(
                    AccountRow(
                        contest_titled(self.page.plan, line.contest), f"{line.received:,}", _("received")
                    )
                    for line in now.stock
                ),
                AccountRow(_("Ballots issued"), f"{now.issued:,}", _("must be 0"), zero),
                AccountRow(_("Voters marked as voting"), f"{now.issued:,}", _("must be 0"), zero),
            ]
        )

    def act(self) -> None:
        by = self.page.desk.by
        self.page.sign(
            _("Every counter stands at zero; the boxes are empty and sealed."),
            lambda unit, witness: opening.report_zero(unit, by, witness),
            lambda _answer: self.page.say(_("The zero report is signed.")),
        )


class _OpenStep(Step):
    """The voting begins; afterwards this says when it did."""

    def __init__(self, page: DutyPage) -> None:
        super().__init__(page)
        self.banner = Banner()
        self.table = SimpleTable(stretch=0)
        self.words(self.table.setAccessibleName, lambda: _("Opening"))
        self.inside.addWidget(self.banner)
        self.inside.addWidget(self.table)
        self.inside.addStretch(1)
        self._opened = False

    def say_advice(self) -> str:
        return _("Print the opening record, have it signed, then open the doors.")

    def primary(self) -> str:
        return _("Go to check-in") if self._opened else _("Open the voting")

    def show_now(self, now: Morning) -> None:
        self._opened = bool(now.day.opened_at)
        if self._opened:
            self.banner.say(Kind.GOOD, _("Voting was opened at {time}.", time=clock_time(now.day.opened_at)))
        else:
            self.banner.clear()
        self.table.show_table(
            [],
            [
                *((box_title(box), "  ".join(state.seals), _box_chip(state)) for box, state in now.boxes),
                *(
                    (contest_titled(self.page.plan, line.contest), f"{line.received:,}", _stock_chip(line))
                    for line in now.stock
                ),
            ],
        )

    def act(self) -> None:
        if self._opened:
            self.page.wanted.emit("check-in")
            return
        by = self.page.desk.by
        self.page.sign(
            _("The station is ready; the voting begins."),
            lambda unit, witness: opening.open_polling(unit, by, witness),
            lambda _answer: self.page.say(_("The voting is open.")),
        )


def steps(page: DutyPage) -> dict[str, Step]:
    """The steps in their order, by the names that :func:`opening.steps` gives them."""
    return {
        "checklist": _ChecklistStep(page),
        "boxes": _BoxesStep(page),
        "ballots": _BallotsStep(page),
        "zero-report": _ZeroStep(page),
        "open": _OpenStep(page),
    }
