"""The desktop put together: one window, its pages, the desk they work at."""

import sys
import time
from datetime import datetime
from importlib import import_module

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from pollstation import i18n
from pollstation.desktop import theme
from pollstation.desktop.desk import Desk
from pollstation.desktop.duties import NEEDS, Situation, duty_states, situation
from pollstation.desktop.guard import OUTAGE, Guard
from pollstation.desktop.page import Page
from pollstation.desktop.pages.start import Start
from pollstation.desktop.scanner import Scanner
from pollstation.desktop.tasks import Tasks
from pollstation.desktop.theme import Theme
from pollstation.desktop.top_bar import Facts
from pollstation.desktop.window import Window
from pollstation.domain.staff import Session
from pollstation.services import staff
from pollstation.services.issuing import CARD_PREFIX, LETTER_PREFIX
from pollstation.services.mobile_boxes import LABEL_PREFIX
from pollstation.services.ports import Clock, WallClock
from pollstation.wording import terms
from pollstation.wording.rounds import rounds_of


class Program(QObject):
    """The running desktop.

    Args:
        app: dressed by the theme here.
        clock: the wall clock, for the journal and for the window.
    """

    def __init__(self, app: QApplication, clock: Clock) -> None:
        super().__init__()
        theme.load_fonts()
        theme.apply(app, Theme())
        self._qt_words(app)
        self.tasks = Tasks()
        self.desk = Desk(self.tasks, clock)
        self._now: Situation | None = None
        self.window = Window(
            self.tasks,
            facts=self._facts,
            unlock=self._knows_passphrase,
            clock=lambda: _local(clock.now()),
        )
        self.start = Start(self.desk)
        self.window.add_page(self.start, in_rail=False)
        self.start.next_round_wanted.connect(self._prepare_next_round)
        self.next_round: Page | None = None
        self.pages: dict[str, Page] = {}
        prefixes = (CARD_PREFIX, LETTER_PREFIX, LABEL_PREFIX)
        self._scanner = Scanner(lambda text: text.startswith(prefixes), app)
        self.guard = Guard(self.desk)
        self.guard.changed.connect(self._copy_changed)
        self.window.bar.copy_wanted.connect(self._go_to_copy)
        self.desk.opened.connect(self._opened)
        self.desk.signed.connect(self._signed)
        self.window.go(self.start.duty)

    def close(self) -> None:
        """Finish what is under way and close the file of the day."""
        self.guard.stop()
        self._scanner.stop()
        if self.desk.plan is not None:
            self.desk.close_day()
        self.tasks.stop()

    def warm_up(self) -> None:
        """Load on the worker what the first file will need, while somebody looks for their passphrase."""
        self.tasks.run(lambda: import_module("pollstation.workplace"))

    def _add_pages(self) -> None:
        """The pages of the duties come with the first file: the first window does not wait for them."""
        from pollstation.desktop.pages.of_the_day import PAGES

        for page in (kind(self.desk) for kind in PAGES):
            self.pages[page.duty] = page
            self.window.add_page(page, in_rail=page.duty in NEEDS)
            page.changed.connect(self._look_again)
        self.window.take_scans(self._scanner, self.pages["check-in"])

    def _prepare_next_round(self) -> None:
        if self.next_round is None:
            from pollstation.desktop.pages.next_round import NextRound

            self.next_round = NextRound(self.desk)
            self.window.add_page(self.next_round, in_rail=False)
        self.window.go(self.next_round.duty)

    def _opened(self) -> None:
        self._now = None
        if not self.pages:
            self._add_pages()
        self.window.show_facts()
        if self.desk.plan is None:
            self.window.show_duties({})
            self.window.go(self.start.duty)

    def _signed(self) -> None:
        if self.desk.session is None:
            self.window.show_duties({})
            self.window.show_facts()
            self.window.go(self.start.duty)
            return
        self.desk.read(situation, self._first_look)

    def _first_look(self, now: Situation) -> None:
        """Somebody has signed in: offer their duties and begin with the day as it stands."""
        self._show(now)
        for page in self.pages.values():
            page.tell({"*"})
        plan, session = self.desk.plan, self.desk.session
        if plan and session:
            self.window.go(next(iter(duty_states(plan, session.role, now))))

    def _look_again(self) -> None:
        if self.desk.session is not None:
            self.desk.read(situation, self._show)

    def _show(self, now: Situation) -> None:
        self._now = now
        session, plan = self.desk.session, self.desk.plan
        if session is not None and plan is not None:
            self.window.show_duties(duty_states(plan, session.role, now))
        self.window.show_facts()

    def _copy_changed(self) -> None:
        self.window.show_facts()
        if page := self.pages.get(OUTAGE):
            page.tell({"second copy"})

    def _go_to_copy(self) -> None:
        if self.desk.session is not None:
            self.window.go(OUTAGE)

    def _facts(self) -> Facts:
        plan, session, now = self.desk.plan, self.desk.session, self._now
        if plan is None:
            return Facts()
        return Facts(
            station=f"{plan.station.name} · {plan.station.id}",
            election=plan.election.title,
            day=" · ".join(filter(None, (plan.election.day.isoformat(), rounds_of(plan.contests)))),
            phase=terms.word(now.phase) if now else "",
            copy_state=self.guard.chip(),
            conflicts=now.conflicts if now else 0,
            person=_person(session) if session else "",
            rehearsal=plan.election.rehearsal,
        )

    def _knows_passphrase(self, passphrase: str) -> bool:
        """On the worker: whether it is that of the person signed in; refuses when it is not."""
        person = self.desk.by.id
        self.desk.workplace.read(lambda unit: staff.prove(unit, person, passphrase))
        return True

    def _qt_words(self, app: QApplication) -> None:
        """Qt's own words (file dialogs) in the user's language."""
        translator = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if i18n.language() != "en" and translator.load(f"qtbase_{i18n.language()}", folder):
            app.installTranslator(translator)


def _local(moment: datetime) -> datetime:
    return moment.astimezone()


def _person(session: Session) -> str:
    return f"{session.name} · {terms.word(session.role)}"


def run(clock: Clock) -> int:
    """Open the desktop and stay until its window is closed; the exit status."""
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    i18n.use(i18n.system_language())
    app = QApplication([])
    app.setApplicationName("pollstation")
    program = Program(app, clock)
    sys.excepthook = lambda _kind, error, _trace: program.tasks.report_bug(error)
    program.window.show()
    QTimer.singleShot(0, program.warm_up)
    status = app.exec()
    program.close()
    return status


class _FirstPaint(QObject):
    """Prints the time when a window has first been painted, then ends the program."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            sys.stdout.write(f"{time.time()}\n")
            sys.stdout.flush()
            QApplication.quit()
        return False


def show_first_paint() -> None:
    """Open the window and print the time of its first paint, for measurements."""
    app = QApplication([])
    program = Program(app, WallClock())
    watch = _FirstPaint()
    program.window.installEventFilter(watch)
    program.window.show()
    app.exec()
    program.close()
