"""The window: rail at the left, bar at the top, one page in the middle, the strip at the foot."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pollstation.desktop import theme
from pollstation.desktop.help import Help
from pollstation.desktop.lock import Lock
from pollstation.desktop.overlay import Overlay
from pollstation.desktop.page import LAID_OUT, Page
from pollstation.desktop.rail import DutyState, Rail
from pollstation.desktop.rehearsal_mark import RehearsalMark
from pollstation.desktop.scanner import Scanner
from pollstation.desktop.tasks import Bug, Tasks
from pollstation.desktop.theme import Kind
from pollstation.desktop.top_bar import OTHER_LANGUAGE, Facts, TopBar
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.status_strip import Action, StatusStrip
from pollstation.desktop.widgets.text import bare
from pollstation.desktop.words import Worded, speak
from pollstation.domain.errors import Faults, Refusal
from pollstation.i18n import _, language
from pollstation.wording import sentence

NARROW = 1100
WIDEST_PAGE = 1680
LIVELY = (QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


def local_time() -> datetime:
    """The wall clock."""
    return datetime.now(UTC).astimezone()


class Window(Worded):
    """The one window of the program.

    Args:
        tasks: the door for background work; what nobody else answers for is said in the strip.
        facts: answers what stands in the bar at the top, in the spoken language.
        unlock: whether a passphrase is that of the person signed in; runs on the worker.
        clock: wall clock.
        idle_minutes: after how long without a key or the mouse the window locks.

    Signals:
        dressed: somebody chose another language, palette or type size.
        person_wanted: whoever is signed in goes, for another person to sign in.
    """

    dressed = Signal()
    person_wanted = Signal()

    def __init__(
        self,
        tasks: Tasks,
        *,
        facts: Callable[[], Facts] = Facts,
        unlock: Callable[[str], bool],
        clock: Callable[[], datetime] = local_time,
        idle_minutes: float = 10,
    ) -> None:
        super().__init__()
        self.tasks, self._facts, self._unlock = tasks, facts, unlock
        self._pages: dict[str, Page] = {}
        self._visited: list[str] = []
        self._lock: Lock | None = None
        self.rail, self.bar, self.strip = Rail(), TopBar(facts, clock), StatusStrip()
        self._stack = QStackedWidget()
        self._content = QWidget(self)
        self._mark = RehearsalMark(self)
        self._lay_out()
        self._connect()
        self._idle = QTimer(self, singleShot=True, interval=round(idle_minutes * 60_000))
        self._idle.timeout.connect(self.lock)
        self._watching = False
        self.words(self.setWindowTitle, lambda: _("Polling station"))
        self.show_facts()
        self.show_duties({})
        self.resize(self._first_size())

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        bare(right, 0)
        right.addWidget(self._stack, 1)
        right.addWidget(self.strip)
        below = QHBoxLayout()
        bare(below, 0)
        below.addWidget(self.rail)
        below.addLayout(right, 1)
        inside = QVBoxLayout(self._content)
        bare(inside, 0)
        inside.addWidget(self.bar)
        inside.addLayout(below, 1)
        whole = QVBoxLayout(self)
        bare(whole, 0)
        whole.addWidget(self._content)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.bar.language_wanted.connect(self.speak)
        self.bar.larger_wanted.connect(lambda: self.wear(_next_size(theme.current())))
        self.bar.palette_wanted.connect(lambda: self.wear(theme.current().next_palette()))
        self.bar.lock_wanted.connect(self.lock)
        self.bar.sign_out_wanted.connect(self.person_wanted)
        self.bar.help_wanted.connect(self.help)
        self.tasks.refused.connect(self._say_refusal)
        self.tasks.failed.connect(self._say_bug)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._bring_into_view)
            app.focusChanged.connect(self._watch_focus)
        self._shortcut("F1", self.help)
        self._shortcut("F9", lambda: self.speak(OTHER_LANGUAGE[language()]))
        self._shortcut("F10", lambda: self.wear(theme.current().next_palette()))
        for keys in ("Ctrl+=", "Ctrl++"):
            self._shortcut(keys, lambda: self.wear(theme.current().larger(1)))
        self._shortcut("Ctrl+-", lambda: self.wear(theme.current().larger(-1)))

    def _shortcut(self, keys: str, do: Callable[[], object]) -> None:
        """On the content, so that it is silent while something covers it."""
        QShortcut(QKeySequence(keys), self._content, do)

    # Pages

    def add_page(self, page: Page, *, in_rail: bool = True) -> None:
        """Take a page into the window; those of the rail in the order of the day."""
        page.setObjectName("pageArea")
        place = QWidget()
        bare(inside := QHBoxLayout(place), 0)
        inside.addWidget(page)
        self._stack.addWidget(place)
        self._pages[page.duty] = page
        page.stale = {"*"}
        page.said.connect(self.say)
        page.changed.connect(self.changed)
        page.wanted.connect(self.go)
        page.left.connect(self.back)
        if in_rail:
            self._shortcut(self.rail.add(page.duty, page.title), lambda: self._go_by_key(page.duty))

    @property
    def page(self) -> Page:
        """The page in view."""
        return self._pages[self._visited[-1]]

    def go(self, duty: str) -> None:
        """Show the page of ``duty``; it finds its focus where it left it."""
        if self._visited[-1:] != [duty]:
            self._visited = [*self._visited[-20:], duty]
        page = self._pages[duty]
        self._stack.setCurrentIndex(list(self._pages).index(duty))
        self.rail.mark(duty)
        page.freshen()
        (page.focusWidget() or page).setFocus()

    def _bring_into_view(self, _before: QWidget | None, now: QWidget | None) -> None:
        """What has the focus is seen, also where a page is longer than the screen."""
        area = self.page.area if self._visited else None
        if now and area and area.isAncestorOf(now):
            QTimer.singleShot(LAID_OUT, now, lambda: area.ensureWidgetVisible(now, 0, theme.px(28)))

    def _watch_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """A part that is hidden or switched off while it has the focus hands it to whatever comes next."""
        gone = before is not None and not (before.isVisible() and before.isEnabled())
        if gone and now is not None and self._content.isEnabled() and self._content.isAncestorOf(now):
            QTimer.singleShot(0, now, lambda: self._rescue_focus(now))

    def _rescue_focus(self, stranded: QWidget) -> None:
        """Back to the page, unless it has chosen a place meanwhile.

        It must not stay on a button that nobody went to, which would take the Enter meant for the page.
        """
        if not self._visited or not stranded.hasFocus() or not self._content.isEnabled():
            return
        if self.page.isAncestorOf(stranded) and not isinstance(stranded, QAbstractButton):
            return
        stranded.clearFocus()
        fields = (part for part in self.page.findChildren(QWidget) if not isinstance(part, QAbstractButton))
        tab = Qt.FocusPolicy.TabFocus
        first = next((part for part in fields if part.isVisible() and part.focusPolicy() & tab), None)
        if first:
            first.setFocus()

    def _go_by_key(self, duty: str) -> None:
        if duty in self.rail.shown():
            self.go(duty)

    def back(self) -> None:
        """Show the page before, if there was one that is still offered."""
        offered = [duty for duty in self._visited[:-1] if duty in self.rail.shown()]
        if offered:
            self._visited = offered
            self.go(offered[-1])

    def changed(self, names: set[str]) -> None:
        """Tell every page what changed: the one in view refreshes now, the others when they are shown."""
        self.show_facts()
        for page in self._pages.values():
            page.tell(names)

    def show_duties(self, states: Mapping[str, DutyState]) -> None:
        """Offer exactly these duties (what the role may do), in these states; none hides the rail."""
        self.rail.show_duties(states)
        self.rail.setVisible(bool(states))

    def show_facts(self) -> None:
        """Bring the bar at the top and the mark of a rehearsal up to date."""
        facts = self._facts()
        self.bar.show_facts()
        self._mark.setVisible(facts.rehearsal)
        self._mark.raise_()
        self._watch(bool(facts.person))

    def _watch(self, wanted: bool) -> None:
        """See whether anybody is there, while somebody is signed in; every event of the program is looked at,
        and Qt has much to prepare for the first."""
        app = QApplication.instance()
        if app is None or wanted == self._watching:
            return
        self._watching = wanted
        if wanted:
            app.installEventFilter(self)
            self._idle.start()
        else:
            app.removeEventFilter(self)
            self._idle.stop()

    # Strip

    def say(self, text: str, kind: Kind = Kind.GOOD, actions: Sequence[Action] = ()) -> None:
        """Say in the strip what just happened."""
        self.strip.say(text, kind, actions)

    def _say_refusal(self, refusal: Refusal | Faults) -> None:
        first = refusal if isinstance(refusal, Refusal) else refusal.faults[0]
        self.say("  ".join(sentence(first.code, first.facts)), Kind.WRONG)

    def _say_bug(self, bug: Bug) -> None:
        self.say("  ".join(sentence(bug.code, bug.facts)), Kind.WRONG)

    # Scans

    def take_scans(self, scanner: Scanner, page: Page) -> None:
        """Hand scans to the page in view if it wants them, else to ``page``; while locked, they are lost."""

        def take(code: str) -> None:
            if not self._content.isEnabled():
                return
            if self.page.wants_scan(code):
                self.page.scanned(code)
            elif page.duty in self.rail.shown():
                self.go(page.duty)
                page.scanned(code)

        scanner.scanned.connect(take)
        scanner.ignored.connect(
            lambda _code: self.say(_("The same card was scanned twice; once counts."), Kind.PLAIN)
        )
        scanner.foreign.connect(
            lambda _code: self.say(_("This code is not one of our voter cards."), Kind.CAUTION)
        )

    # Language, look, help

    def speak(self, language: str) -> None:
        """Switch the language of the whole program."""
        self.strip.clear()
        speak(language, self)
        self.dressed.emit()

    def wear(self, look: theme.Theme) -> None:
        """Switch palette or type size of the whole program."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, look)
        self._fit()
        self.dressed.emit()

    def help(self) -> None:
        """Show the keys of the page in view."""
        if not self._visited:
            return
        page = self.page
        buttons = [
            (button.key, button.text())
            for button in [*page.findChildren(KeyButton), *self.strip.findChildren(KeyButton)]
            if button.key and button.isVisible() and button.isEnabled()
        ]
        everywhere = [
            ("Alt+1 …", _("go to a duty")),
            ("Esc", _("back")),
            ("Tab", _("next field")),
            ("Ctrl+L", _("lock")),
            ("Ctrl+O", _("sign out")),
            ("Ctrl+= Ctrl+-", _("type size")),
            ("F10", _("light, dark, high contrast")),
            ("F9", _("language")),
        ]
        known = {key for key, _words in [*page.keys(), *buttons]}
        Help(
            self,
            page.title(),
            [*page.keys(), *buttons, *(pair for pair in everywhere if pair[0] not in known)],
        )

    # Lock

    def lock(self) -> None:
        """Lock, if somebody is signed in; unlocking returns to the same field, every character kept."""
        person = self._facts().person
        if self._lock or not person:
            return
        self._lock = Lock(self, person, self.tasks, self._unlock)
        self._lock.opened.connect(self._unlocked)
        self._lock.another.connect(self._another)

    def _unlocked(self) -> None:
        self._lock = None
        self._idle.start()
        if self._visited and not QApplication.focusWidget():
            self.go(self._visited[-1])

    def _another(self) -> None:
        """Nothing is unlocked: a signature under way is given up, what was typed below stays where it is."""
        self._lock = None
        covers = self.findChildren(Overlay, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for cover in sorted(covers, key=lambda each: not isinstance(each, Lock)):
            cover.close_overlay()
        self.person_wanted.emit()

    @property
    def locked(self) -> Lock | None:
        """The lock, while it is closed."""
        return self._lock

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Any key or mouse movement counts as somebody being there."""
        if event.type() in LIVELY:
            self._idle.start()
        return False

    # Size and keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc belong to the page in view, wherever the focus is."""
        focus = QApplication.focusWidget()
        seen_by_page = focus is not None and self._visited and self.page.isAncestorOf(focus)
        if self._visited and self._content.isEnabled() and not seen_by_page:
            self.page.keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit rail and mark."""
        super().resizeEvent(event)
        self._mark.setGeometry(self.rect())
        self._fit()

    def _fit(self) -> None:
        self.rail.fit(self.width() < theme.px(NARROW))
        for page in self._pages.values():
            page.setMaximumWidth(theme.px(WIDEST_PAGE))

    def _first_size(self) -> QSize:
        """The whole of a small screen, most of a large one."""
        screen = QGuiApplication.primaryScreen().availableSize()
        return QSize(1366, 768).boundedTo(screen) if screen.width() < 1600 else screen * 0.8


def _next_size(look: theme.Theme) -> theme.Theme:
    """The next larger type, after the largest the smallest."""
    larger = look.larger(1)
    return larger if larger != look else theme.Theme(look.palette)
