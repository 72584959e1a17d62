"""The board for the room: a second window that shows how far the count is, and figures once released."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.count_facts import box_chip
from pollstation.desktop.pages.station_names import box_titled, contest_title
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.simple_table import Cell, Chip, SimpleTable
from pollstation.desktop.widgets.text import label, row
from pollstation.desktop.words import Worded
from pollstation.domain.boxes import BoxState
from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.day import Day
from pollstation.i18n import _
from pollstation.services import counting, counting_site
from pollstation.services.counting_site import CountedBox
from pollstation.services.determining import ContestResult, results
from pollstation.services.guards import this_day
from pollstation.services.ports import Reading
from pollstation.wording import terms

SECONDS = 3
"""How often the board looks again: others count at other desks."""
LOOKS_EACH = 4
"""So many looks each ballot paper's result stays, before the next has its turn."""


@dataclass(frozen=True)
class Progress:
    """What the room may see now; ``results`` only once they were released."""

    day: Day
    boxes: list[CountedBox]
    sheets: list[CountSheet]
    results: list[ContestResult]


def progress(unit: Reading) -> Progress:
    """Read it, all of one moment."""
    day = this_day(unit)
    shown = results(unit) if day.released else []
    return Progress(day, counting_site.boxes(unit), counting.sheets(unit), shown)


class Board(Worded):
    """Full screen, on the second screen where there is one; Esc closes it.

    Args:
        of: any widget of the window it belongs to; it closes with that window and follows its language.
    """

    def __init__(self, desk: Desk, of: QWidget) -> None:
        super().__init__(of.window())
        self.setWindowFlags(Qt.WindowType.Window)
        self.desk = desk
        self.setObjectName("board")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title, self.station, self.phase = label(role="name"), label(role="large"), label(role="large")
        self.words_of_progress, self.bar = label(role="sentence"), QProgressBar()
        self.outcome = label(role="count", wrap=True)
        self._looks = 0
        self.bar.setTextVisible(False)
        self.table = SimpleTable(stretch=0, scrolls=True)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = label(role="muted")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(*([theme.px(40)] * 4))
        inside.setSpacing(theme.px(18))
        inside.addWidget(self.title)
        inside.addLayout(row(self.station, None, self.phase))
        inside.addWidget(self.words_of_progress)
        inside.addWidget(self.bar)
        inside.addWidget(self.outcome)
        inside.addWidget(self.table, 1)
        inside.addWidget(self.hint)
        self._timer = QTimer(self, interval=SECONDS * 1000)
        self._timer.timeout.connect(self._look_again)
        self._timer.start()
        desk.opened.connect(self.close)
        screens = QGuiApplication.screens()
        self.setGeometry(screens[-1].geometry())
        self.showFullScreen()
        self.setFocus()
        self.look()

    def _look_again(self) -> None:
        self._looks += 1
        self.look()

    def look(self) -> None:
        """Read how far the count is."""
        if self.desk.plan is not None:
            self.desk.read(progress, self.show_now)

    def show_now(self, now: Progress) -> None:
        """Show it in the language now spoken."""
        plan = self.desk.plan
        if plan is None:
            return
        self.setWindowTitle(_("Board for the room"))
        self.title.setText(plan.election.title)
        mark = _("Rehearsal") if plan.election.rehearsal else ""
        self.station.setText("    ".join(part for part in (plan.station.name, mark) if part))
        self.phase.setText(terms.word(now.day.phase))
        approved = sum(sheet.approved for sheet in now.sheets)
        opened = sum(line.state.state is BoxState.COUNTED for line in now.boxes)
        self.words_of_progress.setText(
            _(
                "Boxes counted: {boxes} of {all_boxes}. Count sheets approved: {sheets} of {all_sheets}.",
                boxes=opened,
                all_boxes=len(now.boxes),
                sheets=approved,
                all_sheets=len(now.sheets),
            )
        )
        self.bar.setRange(0, max(len(now.sheets), 1))
        self.bar.setValue(approved)
        self.bar.setAccessibleName(self.words_of_progress.text())
        if now.results:
            self._show_result(now.results[self._looks // LOOKS_EACH % len(now.results)])
            self.hint.setText(_("A proposal. Only the election committee confirms and publishes the result."))
        else:
            self._show_boxes(now)
            self.hint.setText(_("Figures are shown once the supervisor has released them."))

    def _show_boxes(self, now: Progress) -> None:
        self.outcome.hide()
        lines: list[list[Cell]] = []
        for line in now.boxes:
            own = [sheet for sheet in now.sheets if sheet.box == line.box.id]
            done = sum(sheet.approved for sheet in own)
            of = _("{approved} of {sheets} approved", approved=done, sheets=len(own)) if own else "—"
            if self.desk.plan:
                lines.append([box_titled(self.desk.plan, line.box.id), box_chip(line), of])
        self.table.show_table([_("Box"), _("State"), _("Count sheets")], lines)

    def _show_result(self, shown: ContestResult) -> None:
        """One ballot paper at a time, so that the last row of the room can read it."""
        figures = shown.figures
        ballots = _(
            "collected {collected}, valid {valid}, void {void}",
            collected=figures.collected,
            valid=figures.valid,
            void=figures.void,
        )
        outcome = terms.word(shown.result.outcome) if shown.result else _("Counted in part here.")
        self.outcome.setText("\n".join((contest_title(shown.contest), outcome, ballots)))
        self.outcome.show()
        elected = shown.result.elected if shown.result else []
        lines: list[list[Cell]] = [
            [name, votes, Chip(_("Elected"), Kind.GOOD) if name in elected else ""]
            for name, votes in {**figures.votes, **figures.write_ins}.items()
        ]
        self.table.show_table([_("Name"), _("For ○"), _("Outcome")], lines)

    def retranslate(self) -> None:
        """The words follow at once."""
        super().retranslate()
        self.look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the board."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def show_board(desk: Desk, of: QWidget) -> None:
    """Open the board, or bring the one that is open to the front."""
    (of.window().findChild(Board) or Board(desk, of)).activateWindow()
