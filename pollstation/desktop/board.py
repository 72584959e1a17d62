"""The board for the room: a second window that shows how far the count is, and figures once released."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.station_names import box_titled, contest_title, contest_titled
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.simple_table import Cell, Chip, SimpleTable
from pollstation.desktop.widgets.text import label, row
from pollstation.desktop.words import Worded
from pollstation.domain.boxes import BoxState
from pollstation.domain.contests import Plan
from pollstation.domain.count_sheets import CountSheet, Phase
from pollstation.domain.day import Day
from pollstation.i18n import _
from pollstation.services import counting, counting_site
from pollstation.services.counting_site import CountedBox
from pollstation.services.determining import ContestResult, results
from pollstation.services.guards import this_day
from pollstation.services.ports import Reading
from pollstation.wording import terms

SECONDS = 12
"""So long each part of what does not fit at once stays, before the next has its turn."""
TAKEN, OUTCOME, ROW = 340, 130, 46
"""Height of everything but the table's rows, of an outcome above them, and of a row, at type size 1."""


@dataclass(frozen=True)
class Progress:
    """What the room may see now; ``results`` only once they were released."""

    day: Day
    boxes: list[CountedBox]
    sheets: list[CountSheet]
    results: list[ContestResult]


@dataclass(frozen=True)
class Slide:
    """What is shown at once: words above, and a table."""

    outcome: str
    headings: list[str]
    lines: list[list[Cell]]


def progress(unit: Reading) -> Progress:
    """Read it, all of one moment."""
    day = this_day(unit)
    shown = results(unit) if day.released else []
    return Progress(day, counting_site.boxes(unit), counting.sheets(unit), shown)


class Board(Worded):
    """Full screen, on the second screen where there is one; Esc closes it.

    It looks again whenever something was kept; what does not fit on it is shown in turn.

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
        self._now: Progress | None = None
        self._turn = 0
        self.bar.setTextVisible(False)
        self.table = SimpleTable(stretch=0, scrolls=True)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint, self.place = label(role="muted"), label(role="muted")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(*([theme.px(40)] * 4))
        inside.setSpacing(theme.px(18))
        inside.addWidget(self.title)
        inside.addLayout(row(self.station, None, self.phase))
        inside.addWidget(self.words_of_progress)
        inside.addWidget(self.bar)
        inside.addWidget(self.outcome)
        inside.addWidget(self.table, 1)
        inside.addLayout(row(self.hint, None, self.place))
        self._timer = QTimer(self, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.turn)
        self._timer.start()
        desk.opened.connect(self.close)
        desk.written.connect(self.look)
        screens = QGuiApplication.screens()
        self.setGeometry(screens[-1].geometry())
        # on a screen of its own it leaves the keyboard to whoever works at the other
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, len(screens) > 1)
        self.showFullScreen()
        if len(screens) == 1:
            self.setFocus()
        self.look()

    def look(self) -> None:
        """Read how far the count is, beside the acts: nobody who enters figures waits for the room."""
        if self.desk.plan is not None:
            self.desk.study(progress, self.show_now)

    def turn(self) -> None:
        """Show the next part of what does not fit at once."""
        self._turn += 1
        self._show_slide()

    def show_now(self, now: Progress) -> None:
        """Show it in the language now spoken."""
        plan = self.desk.plan
        if plan is None:
            return
        self._now = now
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
        self.hint.setText(
            _("A proposal. Only the election committee confirms and publishes the result.")
            if now.results
            else _("Figures are shown once the supervisor has released them.")
        )
        self._show_slide()

    def _show_slide(self) -> None:
        if self._now is None or self.desk.plan is None:
            return
        slides = self._slides(self.desk.plan, self._now)
        at = self._turn % len(slides)
        self.outcome.setText(slides[at].outcome)
        self.outcome.setVisible(bool(slides[at].outcome))
        self.table.show_table(slides[at].headings, slides[at].lines)
        self.place.setText(f"{at + 1} / {len(slides)}" if len(slides) > 1 else "")

    def _slides(self, plan: Plan, now: Progress) -> list[Slide]:
        whole = [_result(one) for one in now.results] or [_boxes(plan, now)]
        taken = TAKEN + (OUTCOME if now.results else 0)
        room = max(4, (self.height() - theme.px(taken)) // theme.px(ROW))
        return [
            Slide(each.outcome, each.headings, each.lines[first : first + room])
            for each in whole
            for first in range(0, max(len(each.lines), 1), room)
        ]

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


def _boxes(plan: Plan, now: Progress) -> Slide:
    """How far each box is, ballot paper by ballot paper: no figure of anybody's."""
    lines: list[list[Cell]] = []
    for line in now.boxes:
        state = line.state.state
        chip = Chip(terms.word(state), Kind.GOOD if state is BoxState.COUNTED else Kind.PLAIN)
        own = [sheet for sheet in now.sheets if sheet.box == line.box.id]
        box = box_titled(plan, line.box.id)
        papers = list(dict.fromkeys(sheet.contest for sheet in own))
        for paper in papers:
            of_paper = [sheet.phase for sheet in own if sheet.contest == paper]
            lines.append([box, chip, contest_titled(plan, paper), _so_far(of_paper)])
        if not papers:
            lines.append([box, chip, "", "—"])
    return Slide("", [_("Box"), _("State"), _("Ballot paper"), _("Count sheets")], lines)


def _so_far(phases: list[Phase]) -> str:
    """How many sheets are approved, and what the others wait for."""
    done = _("{approved} of {sheets} approved", approved=phases.count(Phase.APPROVED), sheets=len(phases))
    waiting = [
        _("{name} {count}", name=terms.word(phase), count=phases.count(phase))
        for phase in Phase
        if phase is not Phase.APPROVED and phase in phases
    ]
    return _(", ").join([done, *waiting])


def _result(shown: ContestResult) -> Slide:
    """One ballot paper at a time, so that the last row of the room can read it."""
    figures = shown.figures
    ballots = _(
        "collected {collected}, valid {valid}, void {void}",
        collected=figures.collected,
        valid=figures.valid,
        void=figures.void,
    )
    outcome = terms.word(shown.result.outcome) if shown.result else _("Counted in part here.")
    elected = shown.result.elected if shown.result else []
    lines: list[list[Cell]] = [
        [name, votes, Chip(_("Elected"), Kind.GOOD) if name in elected else ""]
        for name, votes in {**figures.votes, **figures.write_ins}.items()
    ]
    words = "\n".join((contest_title(shown.contest), outcome, ballots))
    return Slide(words, [_("Name"), _("For ○"), _("Outcome")], lines)


def show_board(desk: Desk, of: QWidget) -> None:
    """Open the board, or bring the one that is open to the front."""
    board = of.window().findChild(Board) or Board(desk, of)
    if not board.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating):
        board.activateWindow()
