"""Entering one sheet from paper: every field is kept as it is left, and nobody sees another's figures."""

from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.count_facts import sheet_name
from pollstation.desktop.pages.duty_page import DutyPage
from pollstation.desktop.pages.sheet_figures import (
    WRITE_IN,
    agreed_rows,
    finding_rows,
    findings_now,
    marks,
    rows,
    votes,
)
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.columns import Columns
from pollstation.desktop.widgets.finding_list import FindingList
from pollstation.desktop.widgets.form import Form
from pollstation.desktop.widgets.sheet_grid import SheetGrid, field_of
from pollstation.desktop.widgets.text import bare, card, clear, label, row, scrolled
from pollstation.documents import sheet_filling
from pollstation.domain.count_sheets import Phase
from pollstation.domain.findings import Finding
from pollstation.domain.profiles import rules_of
from pollstation.i18n import _
from pollstation.services import counting
from pollstation.services.counting import SheetView
from pollstation.services.ports import UnitOfWork


class SheetEntry(DutyPage):
    """The grid at the left; findings and the sum of the votes at the right."""

    duty = "count"

    def __init__(self, desk: Desk) -> None:
        self._view: SheetView | None = None
        super().__init__(desk)
        self._id = ""
        self._kept: dict[str, int] = {}
        self._write_ins: list[str] = []
        self._whole, self._warned, self._kept_at = False, False, ""
        self.grid: SheetGrid | None = None
        self.body.addWidget(Columns(self._grid_card(), self._side(), (9, 4)), 1)
        self.later = self.offer(lambda: _("Enter later"), self.back, "Esc")
        self.paper = self.offer(lambda: _("Blank sheet"), self.print_blank, "F6")
        self.another = self.offer(lambda: _("Another name"), self.ask_name, "F7")
        self.main = self.offer(lambda: _("Finished"), self.complete, "Ctrl+Enter", primary=True)

    def _grid_card(self) -> QFrame:
        frame, inside = card()
        self._place = QVBoxLayout()
        bare(self._place, 0)
        holder = QWidget()
        holder.setLayout(self._place)
        self.name_form = Form(self.add_name, in_line=True)
        self.name = self.name_form.add(
            lambda: _("Name as voters wrote it; Enter adds it to the sheet"), QLineEdit(), stretch=1
        )
        self.name_form.hide()
        inside.addWidget(scrolled(holder), 1)
        inside.addWidget(self.name_form)
        return frame

    def _side(self) -> QWidget:
        side = QWidget()
        inside = QVBoxLayout(side)
        bare(inside, 12)
        self.findings = FindingList()
        self.findings.chosen.connect(self._go_to)
        sum_card, below = card(gap=6)
        self.sum_words, self.sum_figure, self.sum_most = (
            label(role="muted"),
            label(role="count"),
            label(role="muted"),
        )
        self.sum_bar = QProgressBar()
        self.sum_bar.setTextVisible(False)
        below.addWidget(self.sum_words)
        below.addLayout(row(self.sum_figure, self.sum_most, None, gap=8))
        below.addWidget(self.sum_bar)
        inside.addWidget(scrolled(self.findings), 1)
        inside.addWidget(sum_card)
        side.setMinimumWidth(theme.px(250))
        return side

    def heading(self) -> str:
        """The sheet's name."""
        if self._view is None:
            return _("Count sheet")
        sheet = self._view.sheet
        return sheet_name(self.plan, sheet.box, sheet.contest, sheet.batch)

    def keys(self) -> list[tuple[str, str]]:
        """Those of the grid."""
        return [
            ("Enter ↓", _("next field")),
            ("↑", _("field before")),
            ("*", _("check totals")),
            ("/", _("go to row n")),
        ]

    # The sheet in view

    def open_sheet(self, sheet: str) -> None:
        """Begin with ``sheet``, or go on where it was left."""
        self._id, self._view = sheet, None
        self._read()

    def look(self) -> None:
        """Words may have changed; the figures in the fields stay as they are."""
        if self._view is not None:
            self._build(self.grid.values() if self.grid else {})
            self._say_kept()

    def _read(self) -> None:
        by, sheet = self.desk.by, self._id
        self.desk.read(lambda unit: counting.view(unit, by, sheet), self._begin)

    def _begin(self, view: SheetView) -> None:
        self._view, self._kept = view, dict(view.fields)
        self._whole = self._warned = False
        self._write_ins = [name.removeprefix(WRITE_IN) for name in view.fields if name.startswith(WRITE_IN)]
        self._kept_at = ""
        self._say_kept()
        self._build(dict(view.fields))
        if self.grid:
            self.grid.setFocus()

    def _build(self, values: dict[str, int | None] | dict[str, int]) -> None:
        view = self._view
        if view is None:
            return
        focused = self.focusWidget()
        at = field_of(focused)
        columns = (lambda: _("For ○"), lambda: _("Against ×"), lambda: _("Abstain"))
        grid = SheetGrid(columns, rows(view.contest, self._write_ins))
        grid.set_values(dict(values))
        grid.field_left.connect(self._keep)
        grid.edited.connect(lambda _name, _value: self._show_sum())
        grid.totals_asked.connect(self._check_totals)
        grid.completed.connect(self._last_field_left)
        clear(self._place)
        self._place.addWidget(grid)
        self._place.addStretch(1)
        self.grid = grid
        if at in grid.values():
            grid.go_to(at)
        self._title.setText(self.heading())
        reading = _("first entry") if view.reading == 1 else _("second entry: the first is not shown")
        self.subtitle.setText(_("{count} ballots in this batch", count=view.sheet.ballots) + "    " + reading)
        self._judge()

    # Keeping

    def _keep(self, name: str, value: int | None) -> None:
        """A field was left: keep its figure. An emptied field counts as 0."""
        by, sheet, count = self.desk.by, self._id, value or 0
        self._warned = False
        self.do(
            lambda unit: counting.enter(unit, by, sheet, {name: count}),
            lambda view: self._kept_now(view, name),
        )
        self._judge()

    def _kept_now(self, view: SheetView, name: str) -> None:
        if view.sheet.id == self._id:
            self._kept[name] = view.fields[name]
            self._kept_at = f"{self.desk.clock.now().astimezone():%H:%M:%S}"
            self._say_kept()

    def _say_kept(self) -> None:
        at = self._kept_at
        self.aside.setText(_("Kept up to the last field · {time}", time=at) if at else "")

    def _unkept(self) -> dict[str, int]:
        """What stands in the fields and was not kept yet: at most the field one is in."""
        values = self.grid.values() if self.grid else {}
        return {
            name: value
            for name, value in values.items()
            if value is not None and value != self._kept.get(name)
        }

    # Judging

    def _judge(self) -> None:
        view = self._view
        if view is None or self.grid is None:
            return
        found = self._found()
        self.grid.show_findings(marks(found), agreed_rows(view.sheet, self.grid.values()))
        self.findings.show_findings(finding_rows(found))
        self._show_sum()

    def _found(self) -> list[Finding]:
        view = self._view
        if view is None or self.grid is None:
            return []
        rules = rules_of(self.plan.election)
        return findings_now(view.sheet, self.grid.values(), rules, whole=self._whole)

    def _check_totals(self) -> None:
        """``*``: judge the sheet as it stands, empty fields as 0."""
        self._whole = True
        self._judge()
        if not self._found():
            self.say(_("The totals agree."))

    def _show_sum(self) -> None:
        view = self._view
        if view is None or self.grid is None:
            return
        values = self.grid.values()
        valid = values.get("valid")
        most = view.contest.seats * (view.sheet.ballots if valid is None else valid)
        counted = votes(values)
        self.sum_words.setText(_("Votes for, with other names"))
        self.sum_figure.setText(f"{counted:,}")
        self.sum_most.setText(_("of {most} at most", most=f"{most:,}"))
        self.sum_bar.setRange(0, max(most, 1))
        self.sum_bar.setValue(min(counted, most))
        self.sum_bar.setAccessibleName(f"{counted} / {most}")

    def _go_to(self, field: str) -> None:
        if self.grid:
            self.grid.go_to(field)

    # Other names

    def ask_name(self) -> None:
        """Ask for a name that voters wrote themselves."""
        self.name_form.show()
        self.name.setFocus()

    def add_name(self) -> None:
        """Give the name a row of its own and go there."""
        name, view = " ".join(self.name.text().split()), self._view
        if view is None:
            return
        if name in view.contest.candidates:
            self.name_form.refuse(
                self.name, _("This is a candidate: the votes belong into the candidate's row.")
            )
            return
        if name not in self._write_ins:
            self._write_ins.append(name)
            self._build(self.grid.values() if self.grid else {})
        self.name_form.clear()
        self.name_form.hide()
        self._go_to(f"{WRITE_IN}{name}")

    # Leaving

    def _last_field_left(self) -> None:
        self.say(_("This was the last field. Ctrl+Enter hands the sheet on."), Kind.PLAIN)

    def complete(self) -> None:
        """Finish this reading; with errors in it only when asked twice, for typing is never blocked."""
        self._whole = True
        self._judge()
        errors = [finding for finding in self._found() if finding.is_error]
        if errors and not self._warned:
            self._warned = True
            self.say(
                _(
                    "The figures contradict each other: look at the paper. "
                    "Ctrl+Enter once more hands the sheet on as it is."
                ),
                Kind.CAUTION,
            )
            return
        by, sheet, last = self.desk.by, self._id, self._unkept()

        def finish(unit: UnitOfWork) -> Phase:
            if last:
                counting.enter(unit, by, sheet, last)
            return counting.complete(unit, by, sheet)

        self.do(finish, self._completed)

    def _completed(self, phase: Phase) -> None:
        said = {
            Phase.SECOND: (
                _("First entry complete. Another counter enters the sheet a second time."),
                Kind.GOOD,
            ),
            Phase.AGREED: (_("Both entries agree. The supervisor approves the sheet."), Kind.GOOD),
            Phase.DIFFERS: (_("The two entries differ. Bring the paper to the supervisor."), Kind.CAUTION),
        }
        self.say(*said[phase])
        self._view = None
        self.left.emit()

    def back(self) -> None:
        """Esc closes the field for a name; else leaves the sheet, with everything kept."""
        if self.name_form.isVisible():
            self.name_form.hide()
            if self.grid:
                self.grid.setFocus()
            return
        by, sheet, last = self.desk.by, self._id, self._unkept()
        if last:
            self.do(lambda unit: counting.enter(unit, by, sheet, last))
        self.left.emit()

    def print_blank(self) -> None:
        """Show this sheet blank, as the tellers need it."""
        sheet = self._id
        self.preview(
            lambda unit: [sheet_filling.count_sheet(unit, sheet, blank=True)], f"{_('Count sheet')}.pdf"
        )
