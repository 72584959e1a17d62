"""The first view of the count: boxes at the left, sheets at the right; before it begins, the stations."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QProgressBar

from pollstation.desktop.board import show_board
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.count_boxes import CountBoxes
from pollstation.desktop.pages.count_facts import CountNow, SheetLine, count_now, sheet_chip, sheet_name
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.station_names import box_titled
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.empty_state import EmptyState
from pollstation.desktop.widgets.form import Choice, Form
from pollstation.desktop.widgets.simple_table import Cell, Chip, SimpleTable
from pollstation.desktop.widgets.text import card, label, row
from pollstation.documents import sheet_filling
from pollstation.domain.count_sheets import Phase
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import disk_refusals
from pollstation.domain.journal import short_code
from pollstation.domain.staff import Act
from pollstation.i18n import _
from pollstation.services import counting, counting_site, recounting
from pollstation.services.counting_site import PollingBundle

if TYPE_CHECKING:
    from pollstation.workplace import Workplace


class CountOverview(DutyPage):
    """Signals:
    entered: id of the sheet the counter wants to enter.
    examined: id of the sheet the supervisor wants to settle or approve.
    """

    duty = "count"
    entered = Signal(str)
    examined = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._now: CountNow | None = None
        self._marked, self._person = "", ""
        self.boxes = CountBoxes(self, self.act)
        self.boxes.table.currentCellChanged.connect(lambda *_cells: self._offer_box())
        self.body.addWidget(Columns(self.boxes, self._sheet_card(), (3, 4)), 1)
        self.paper = self.offer(lambda: _("Print"), self.print_sheets, "F6")
        self.again = self.offer(lambda: _("Count again"), self.ask_recount, "F8")
        self.board = self.offer(lambda: _("Board"), lambda: show_board(self.desk, self), "F11")
        self.box_again = self.offer(lambda: _("Recount the box"), self.boxes.ask_again, "F4")
        self.take_in = self.offer(lambda: _("Take in a polling bundle"), self.choose_bundle, "F4")
        self.main = self.offer(self._primary, self.act, "Enter", primary=True)
        self.begin_at(self.table)

    def _sheet_card(self) -> QFrame:
        frame, inside = card()
        self.sheets_title, self.progress_words = label(role="strong"), label(role="muted")
        self.progress, self.table, self.empty = (
            QProgressBar(),
            SimpleTable(stretch=0, scrolls=True),
            EmptyState("paper"),
        )
        self.progress.setTextVisible(False)
        self.words(self.progress.setAccessibleName, lambda: _("Sheets approved"))
        self.table.taken.connect(lambda _row: self.act())
        self.table.currentCellChanged.connect(lambda *_cells: self._mark())
        inside.addLayout(row(self.sheets_title, None, self.progress_words))
        inside.addWidget(self.progress)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.empty, 1)
        self.recount = Form(self.order_recount, in_line=True)
        self.scope = self.recount.add(lambda: _("Count again"), Choice())
        self.reason = self.recount.add(lambda: _("Reason"), QLineEdit(), stretch=1)
        self.recount.hide()
        inside.addWidget(self.recount)
        return frame

    # What is shown

    def look(self) -> None:
        """Read how far the count is."""
        by = self.desk.by
        self.desk.read(lambda unit: count_now(unit, by), self.show_now)

    def show_now(self, now: CountNow) -> None:
        """Show it; the first sheet that waits for whoever is signed in is marked."""
        if self._person != self.desk.by.id:
            self._marked, self._person = "", self.desk.by.id
        self._now = now
        self.boxes.show_boxes(now)
        counting = self.counting
        self.progress.setVisible(counting and bool(now.sheets))
        self.table.setVisible(bool(now.sheets) if counting else len(self.plan.counted) > 1)
        self.empty.setVisible(self.table.isHidden())
        if counting:
            self._show_sheets(now)
        else:
            self._show_stations(now)
        self.take_in.setVisible(not counting and self.desk.may(Act.RECEIVE) and bool(self._elsewhere()))
        self.main.setText(self._primary())
        self.main.setVisible(bool(self.main.text()))
        self._offer_recount(now)
        self._offer_box()
        self.paper.setVisible(counting and bool(now.sheets))

    def _offer_box(self) -> None:
        self.box_again.setVisible(self.counting and self.boxes.counted)

    def _offer_recount(self, now: CountNow) -> None:
        approved = [line for line in now.sheets if line.phase is Phase.APPROVED]
        may = bool(approved) and self.desk.may(Act.APPROVE_SHEET)
        self.again.setVisible(may)
        self.board.setVisible(self.counting and self.desk.may(Act.APPROVE_SHEET))
        if not may:
            self.recount.hide()
        boxes = dict.fromkeys(line.box for line in approved)
        self.scope.offer([("", _("every box")), *((box, box_titled(self.plan, box)) for box in boxes)])

    @property
    def counting(self) -> bool:
        """Whether the count has begun."""
        before = (DayPhase.PREPARED, DayPhase.OPEN, DayPhase.CLOSED)
        return self._now is not None and self._now.day.phase not in before

    def _elsewhere(self) -> list[str]:
        own = self.plan.station.id
        return [station.id for station in self.plan.counted if station.id != own]

    def _show_sheets(self, now: CountNow) -> None:
        self.sheets_title.setText(_("Count sheets"))
        self.table.setAccessibleName(_("Count sheets"))
        approved = sum(line.phase is Phase.APPROVED for line in now.sheets)
        self.progress.setRange(0, max(len(now.sheets), 1))
        self.progress.setValue(approved)
        self.progress_words.setText(
            _("{approved} of {sheets} approved", approved=approved, sheets=len(now.sheets))
        )
        marked = self._marked
        rows: list[list[Cell]] = [
            [sheet_name(self.plan, line.box, line.contest, line.batch), line.ballots, sheet_chip(line)]
            for line in now.sheets
        ]
        self.table.show_table([_("Sheet"), _("Size"), _("State")], rows)
        mine = [place for place, line in enumerate(now.sheets) if line.for_me]
        same = [place for place, line in enumerate(now.sheets) if line.id == marked and line.for_me]
        if now.sheets:
            self.table.setCurrentCell((same or mine or [0])[0], 0)
        self.empty.say(
            _("No sheets yet."), _("Open a box and count its ballots; its count sheets then stand here.")
        )

    def _show_stations(self, now: CountNow) -> None:
        self.sheets_title.setText(_("Stations counted here"))
        self.table.setAccessibleName(_("Stations counted here"))
        self.progress_words.setText("")
        rows: list[list[Cell]] = [
            [f"{station.id}  {station.name}", self._station_chip(station.id, now)]
            for station in self.plan.counted
        ]
        self.table.show_table([_("Station"), _("Polling bundle")], rows)
        self.empty.say(
            _("The count has not begun."),
            _("It can begin once the voting is closed."),
        )

    def _station_chip(self, station: str, now: CountNow) -> Chip:
        if station == self.plan.station.id:
            closed = now.day.phase is DayPhase.CLOSED
            return Chip(_("closed") if closed else _("still open"), Kind.GOOD if closed else Kind.CAUTION)
        return Chip(_("missing"), Kind.CAUTION) if station in now.missing else Chip(_("taken in"), Kind.GOOD)

    def _primary(self) -> str:
        if self._now is None:
            return ""
        if not self.counting:
            ready = self._now.day.phase in (DayPhase.PREPARED, DayPhase.CLOSED) and not self._now.missing
            ready = ready and (self._now.day.phase is DayPhase.CLOSED or not self.plan.station.polls)
            return _("Begin the count") if ready and self.desk.may(Act.RECEIVE) else ""
        if not self._now.sheets:
            return ""
        if self.desk.may(Act.ENTER_SHEET):
            return _("Enter this sheet")
        return _("Examine") if self.desk.may(Act.APPROVE_SHEET) else ""

    @property
    def line(self) -> SheetLine | None:
        """The sheet marked."""
        at = self.table.currentRow()
        sheets = self._now.sheets if self._now and self.counting else []
        return sheets[at] if 0 <= at < len(sheets) else None

    def _mark(self) -> None:
        if self.line:
            self._marked = self.line.id

    # What is done

    def act(self) -> None:
        """Go to the sheet marked; before the count, begin it."""
        if not self.counting:
            if self.main.isVisible():
                self._begin()
        elif self.line and self.desk.may(Act.ENTER_SHEET):
            self._enter(self.line)
        elif self.line and self.desk.may(Act.APPROVE_SHEET):
            self.examined.emit(self.line.id)

    def _enter(self, line: SheetLine) -> None:
        if line.for_me:
            self.entered.emit(line.id)
        elif line.mine and line.phase is Phase.SECOND:
            self.say(
                _("You entered this sheet the first time; another counter enters it the second time."),
                Kind.CAUTION,
            )
        else:
            self.say(_("This sheet waits for somebody else now."), Kind.CAUTION)

    def _begin(self) -> None:
        by = self.desk.by
        self.sign(
            _("Every station is closed and its bundle is here: the count begins."),
            lambda unit, witness: counting_site.start_count(unit, by, witness),
            lambda _answer: self._begun(),
        )

    def _begun(self) -> None:
        self.boxes.go_on_when_shown()
        self.say(_("The count has begun."))

    def ask_recount(self) -> None:
        """Ask what is to be counted again, and why; one sheet is counted again from its own page."""
        self.recount.show()
        self.reason.setFocus()

    def order_recount(self) -> None:
        """Order it, two people; a proposed result is withdrawn."""
        by, box, reason = self.desk.by, self.scope.key, self.reason.text()
        if not self.recount.complete():
            return
        task = _("Count again: {what}", what=self.scope.currentText())
        self.sign(
            _("{task}: {text}", task=task, text=reason),
            lambda unit, witness: recounting.order(
                unit, by, witness, [sheet.id for sheet in recounting.approved_sheets(unit, box)], reason
            ),
            lambda _answer: self._ordered(),
        )

    def _ordered(self) -> None:
        self.reason.clear()
        self.recount.hide()
        self.table.setFocus()
        self.say(_("The sheets are entered anew by two people; the count before stays beside them."))

    def back(self) -> None:
        """Esc first gives up the recount."""
        if self.boxes.asking:
            self.boxes.give_up()
            self.table.setFocus()
        elif self.recount.isVisible():
            self.recount.hide()
            self.table.setFocus()
        else:
            super().back()

    def print_sheets(self) -> None:
        """Show every sheet as it will be printed; with figures agreed on, for those who may see them."""
        blank = not self.desk.may(Act.APPROVE_SHEET)
        self.preview(
            lambda unit: sheet_filling.count_sheets(unit, counting.sheets(unit), blank),
            f"{_('Count sheets')}.pdf",
        )

    def choose_bundle(self) -> None:
        """Ask for the file of a polling bundle and take it in, signed by a second person."""
        chosen, _filter = QFileDialog.getOpenFileName(
            self, _("Polling bundle"), str(Path.home()), _("Bundles (*.zip)")
        )
        if chosen:
            self.receive(Path(chosen))

    def receive(self, path: Path) -> None:
        """Verify the bundle at ``path``; what holds is signed for by two people and taken in."""
        self.desk.tasks.run(partial(_checked, self.desk.workplace, path), self._sign_bundle)

    def _sign_bundle(self, bundle: PollingBundle) -> None:
        by = self.desk.by
        self.sign(
            _(
                "The polling bundle of station {station} is taken in: signed, complete, {count} journal "
                "entries, its account computed again. Journal code: {code}",
                station=bundle.station,
                count=len(bundle.entries),
                code=short_code(bundle.head),
            ),
            lambda unit, witness: counting_site.receive_polling(unit, by, witness, bundle),
            self._taken_in,
        )

    def _taken_in(self, entries: int) -> None:
        self.boxes.go_on_when_shown()
        self.say(_("The bundle is taken in: {count} journal entries.", count=entries))


def _checked(workplace: "Workplace", path: Path) -> PollingBundle:
    """On the worker: read the file and verify it."""
    with disk_refusals(path):
        data = path.read_bytes()
    return workplace.check_polling(data)
