"""The boxes of the count: arrival, opening, ballots counted before sorting, and what does not add up."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.pages.count_facts import CountNow, box_chip
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.station_names import box_titled, contest_titled, split_seals
from pollstation.desktop.widgets.form import CountField, Form
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.desktop.widgets.text import bare, card, clear, label
from pollstation.desktop.words import Worded
from pollstation.domain.boxes import BoxState
from pollstation.domain.day import DayPhase
from pollstation.domain.profiles import rules_of
from pollstation.domain.staff import Act, Session
from pollstation.i18n import _
from pollstation.services import closing, counting_site, recounting
from pollstation.services.counting_site import CountedBox
from pollstation.services.ports import UnitOfWork

Signed = Callable[[UnitOfWork, Session], object]

ARRIVE, OPEN, COUNT, EXPLAIN, LAY_OUT, AGAIN = "arrive", "open", "count", "explain", "lay-out", "again"


def next_act(line: CountedBox, phase: DayPhase) -> str:
    """What comes next for a box; empty where nothing does now."""
    if line.state.unexplained:
        return EXPLAIN
    if line.state.state is BoxState.MOVED:
        return ARRIVE
    if phase is not DayPhase.COUNTING:
        return ""
    if any(left > 0 for left in line.left.values()):
        return LAY_OUT
    return {BoxState.CLOSED: OPEN, BoxState.ARRIVED: OPEN, BoxState.OPENED: COUNT}.get(line.state.state, "")


class CountBoxes(Worded):
    """A card with the boxes, and a form for the one marked; Enter in the form does it.

    Args:
        otherwise: what Enter does where a box has nothing to be done.
    """

    def __init__(self, page: DutyPage, otherwise: Callable[[], object]) -> None:
        super().__init__()
        self._page, self._otherwise = page, otherwise
        self._lines: Sequence[CountedBox] = ()
        self._phase = DayPhase.PREPARED
        self._acted, self._asking = False, ""
        self.table = SimpleTable(stretch=0, scrolls=True)
        self.table.currentCellChanged.connect(lambda *_cells: self._show_form())
        self.table.taken.connect(lambda _row: self._enter())
        self.title, self.advice = label(role="strong"), label(role="muted", wrap=True)
        self.words(self.title.setText, lambda: _("Boxes"))
        self.words(self.table.setAccessibleName, lambda: _("Boxes"))
        self.form = Form(self.act)
        self.seen = self.form.add(
            lambda: _("Seal numbers read on the box"), QLineEdit(), lambda: _("Several: with a space between")
        )
        self.text = self.form.add(lambda: _("Explanation"), QLineEdit())
        self.batch, self.reason = CountField(), QLineEdit()
        self.counts: dict[str, CountField] = {}
        self._built: tuple[str, list[str]] | None = None
        self.counting = Form(self.act)
        self.do = KeyButton()
        self.do.clicked.connect(lambda _checked: self._enter())
        frame, inside = card()
        for widget in (self.title, self.table, self.advice, self.form):
            inside.addWidget(widget, 100 if widget is self.table else 0)
        self._counting_place = QVBoxLayout()
        bare(self._counting_place, 0)
        inside.addLayout(self._counting_place)
        inside.addWidget(self.do)
        inside.addStretch(1)
        outside = QVBoxLayout(self)
        bare(outside, 0)
        outside.addWidget(frame)

    def show_boxes(self, now: CountNow) -> None:
        """Show them; the first with something to do is marked."""
        marked = self.line.box.id if self.line else ""
        self._lines, self._phase = now.boxes, now.day.phase
        plan = self._page.plan
        to_do = [place for place, line in enumerate(now.boxes) if next_act(line, self._phase)]
        same = [place for place, line in enumerate(now.boxes) if line.box.id == marked]
        stays = same and (same[0] in to_do or not to_do or self._asking == marked)
        with QSignalBlocker(self.table):  # what is typed stays while the boxes are shown anew
            self.table.show_table([], [(box_titled(plan, line.box.id), box_chip(line)) for line in now.boxes])
            self.table.setMaximumHeight(self.table.verticalHeader().length() + theme.px(8))
            for place in same if stays else to_do[:1]:
                self.table.setCurrentCell(place, 0)
        self._show_form()
        if self._acted:
            self._acted = False
            self._go_on()

    def go_on_when_shown(self) -> None:
        """Put the focus where the work goes on, once what just changed is shown."""
        self._acted = True

    def _go_on(self) -> None:
        """After an act the next field is at hand, or the sheets when every box is counted."""
        field = {COUNT: self.counting, LAY_OUT: self.counting, "": self._page}.get(self.next, self.form)
        field.setFocus()

    @property
    def line(self) -> CountedBox | None:
        """The box marked."""
        at = self.table.currentRow()
        return self._lines[at] if 0 <= at < len(self._lines) else None

    @property
    def counted(self) -> bool:
        """Whether its ballots may be counted again by whoever is signed in."""
        counted = self.line is not None and self.line.state.state is BoxState.COUNTED
        return counted and self._phase is DayPhase.COUNTING and self._page.desk.may(Act.COUNT_BOX)

    @property
    def asking(self) -> bool:
        """Whether the numbers of a box counted again are being asked for."""
        return self.counted and self.line is not None and self._asking == self.line.box.id

    def ask_again(self) -> None:
        """Ask for the ballots of the box marked, counted again."""
        self._asking = self.line.box.id if self.line else ""
        self._show_form()
        self.counting.setFocus()

    def give_up(self) -> None:
        """Ask for what comes next, as always."""
        self._asking = ""
        self._show_form()

    @property
    def next(self) -> str:
        """What may be done with it by whoever is signed in."""
        act = AGAIN if self.asking else next_act(self.line, self._phase) if self.line else ""
        needs = {ARRIVE: Act.RECEIVE, EXPLAIN: Act.CLOSE}
        return act if act and self._page.desk.may(needs.get(act, Act.COUNT_BOX)) else ""

    def _show_form(self) -> None:
        act = self.next
        self.form.show_only(*{ARRIVE: (self.seen,), OPEN: (self.seen,), EXPLAIN: (self.text,)}.get(act, ()))
        self.form.setVisible(act in (ARRIVE, OPEN, EXPLAIN))
        self._build_counts(act, list(self.line.issued) if self.line and act in (COUNT, AGAIN) else [])
        words = {
            LAY_OUT: (_("Lay out in batches"), self._words_of_left()),
            AGAIN: (
                _("Write the new count down"),
                _("Two people count every ballot of the box again; the count before stays in the journal."),
            ),
            ARRIVE: (_("The box has arrived"), _("Two people read its seals before anything else.")),
            OPEN: (_("Open the box"), _("Read the seals once more, then open it before the scrutineers.")),
            COUNT: (_("Write the ballots down"), _("Count the ballots of each paper before sorting them.")),
            EXPLAIN: (_("Explain it"), _("It is printed with the result; two people sign.")),
        }
        button, advice = words.get(act, ("", ""))
        self.do.setText(button)
        self.do.setVisible(bool(button))
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))

    def _words_of_left(self) -> str:
        left = self.line.left.items() if self.line else ()
        over = [
            f"{contest_titled(self._page.plan, contest)} {count:,}" for contest, count in left if count > 0
        ]
        return _("These ballots lie in no batch yet: {ballots}.", ballots=_(", ").join(over))

    def _build_counts(self, act: str, contests: Sequence[str]) -> None:
        """One field for each ballot paper that may lie in the box, then the size of a batch or the reason."""
        if (act, list(contests)) == self._built:
            return
        self._built = (act, list(contests))
        clear(self._counting_place)
        self.counting, self.counts = Form(self.act), {}
        for contest in contests:
            self.counts[contest] = self.counting.add(
                partial(contest_titled, self._page.plan, contest), CountField()
            )
        fields: list[QWidget] = list(self.counts.values())
        if act in (COUNT, LAY_OUT):
            self.batch = self.counting.add(lambda: _("Ballots in a batch, at most"), CountField())
            self.batch.setText(str(rules_of(self._page.plan.election).batch_size))
            fields.append(self.batch)
        elif act == AGAIN:
            self.reason = self.counting.add(lambda: _("Reason"), QLineEdit())
            fields.append(self.reason)
        self._counting_place.addWidget(self.counting)
        self.counting.show()  # at once, so that the focus can go there
        for before, after in pairwise([*fields, self.do]):
            QWidget.setTabOrder(before, after)

    def _enter(self) -> None:
        if self.next:
            (self.counting if self.next in (COUNT, LAY_OUT, AGAIN) else self.form).enter()
        else:
            self._otherwise()

    def act(self) -> None:
        """Do what comes next with the box marked, signed by a second person."""
        line = self.line
        if line is None:
            return
        if self.next == LAY_OUT:
            self._lay_out(line)
            return
        acts = {
            ARRIVE: self._arrive,
            OPEN: self._open,
            COUNT: self._count,
            EXPLAIN: self._explain,
            AGAIN: self._count_again,
        }
        name = box_titled(self._page.plan, line.box.id)
        what, duty = acts[self.next](line.box.id, name)
        self._page.sign(what, duty, lambda _answer: self._done(what))

    def _done(self, what: str) -> None:
        self.form.clear()
        self._built = None
        self._asking = ""
        self.go_on_when_shown()
        self._page.say(what)

    def _arrive(self, box: str, name: str) -> tuple[str, Signed]:
        by, seen = self._page.desk.by, split_seals(self.seen.text())
        what = _("{box} has arrived; seals read: {seen}", box=name, seen=_(", ").join(seen))
        return what, lambda unit, witness: counting_site.take_in_box(unit, by, witness, box, seals_seen=seen)

    def _open(self, box: str, name: str) -> tuple[str, Signed]:
        by, seen = self._page.desk.by, split_seals(self.seen.text())
        what = _("{box} is opened; seals read: {seen}", box=name, seen=_(", ").join(seen))
        return what, lambda unit, witness: counting_site.open_box(unit, by, witness, box, seals_seen=seen)

    def _count(self, box: str, name: str) -> tuple[str, Signed]:
        by, found, batch = self._page.desk.by, self._found(), self.batch.value
        what = _("{box} held: {ballots}", box=name, ballots=self._spoken(found))
        return what, lambda unit, witness: counting_site.count_box(unit, by, witness, box, found, batch)

    def _count_again(self, box: str, name: str) -> tuple[str, Signed]:
        by, found, reason = self._page.desk.by, self._found(), self.reason.text()
        what = _("{box}, counted again, held: {ballots}", box=name, ballots=self._spoken(found))
        return what, lambda unit, witness: recounting.restate_box(unit, by, witness, box, found, reason)

    def _found(self) -> dict[str, int]:
        return {contest: field.value for contest, field in self.counts.items()}

    def _spoken(self, found: dict[str, int]) -> str:
        return _(", ").join(
            f"{contest_titled(self._page.plan, contest)} {count:,}" for contest, count in found.items()
        )

    def _lay_out(self, line: CountedBox) -> None:
        by, size = self._page.desk.by, self.batch.value
        contests = [contest for contest, left in line.left.items() if left > 0]

        def lay_out(unit: UnitOfWork) -> int:
            return sum(
                counting_site.plan_batches(unit, by, line.box.id, contest, size) for contest in contests
            )

        self._page.do(lay_out, lambda sheets: self._done(_("Count sheets laid out: {count}", count=sheets)))

    def _explain(self, box: str, name: str) -> tuple[str, Signed]:
        by, text = self._page.desk.by, self.text.text()
        what = _("{task}: {text}", task=name, text=text)
        return what, lambda unit, witness: closing.explain_box(unit, by, witness, box, text)
