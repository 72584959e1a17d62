"""The base of every page: one task, a heading, buttons at the foot, the main one at the right on Enter.

Heading and foot stay where they are; what is between them scrolls on a small screen or in large type.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.flow import Actions
from pollstation.desktop.widgets.key_button import PAGE_KEYS, KeyButton
from pollstation.desktop.widgets.status_strip import Action
from pollstation.desktop.widgets.text import ShorteningLabel, bare, label, row
from pollstation.desktop.words import Worded

LANGUAGE = "language"

LAID_OUT = 60
"""Milliseconds after which a page has found its new layout."""


class Page(Worded):
    """A page of the window. Subclasses build their parts into ``self.body`` in ``__init__``.

    Words that never depend on data are put with ``self.words(setter, lambda: _("..."))``; everything else is
    put in :meth:`refresh`, which is also called after a change of language.

    Class attributes:
        duty: key of the duty in the rail.
        has_heading: whether the title stands at the top of the page.

    Signals:
        said: sentence, :class:`Kind`, tuple of :class:`Action` for the status strip; use :meth:`say`.
        changed: names of what an act of this page changed (set of str); the window tells the pages.
        wanted: key of the duty to go to.
        left: go back to the page before.
    """

    duty = ""
    has_heading = True
    said = Signal(str, object, object)
    changed = Signal(object)
    wanted = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stale: set[str] = set()
        self._buttons: dict[str, list[KeyButton]] = {}
        outside = QVBoxLayout(self)
        outside.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(18))
        outside.setSpacing(theme.px(14))
        self._title = label(role="title")
        self.subtitle, self.aside = ShorteningLabel("muted"), ShorteningLabel("muted")
        self._below: Callable[[], str] = str
        if self.has_heading:
            self.head = row(self._title, self.subtitle, self.aside, gap=16)
            self.head.setStretchFactor(self.subtitle, 1)
            outside.addLayout(self.head)
        self.words(self._title.setText, self.heading)
        self.words(self.setAccessibleName, self.title)
        self.words(lambda _text: self.subtitle.setText(self._below()), str)
        self.area, middle = QScrollArea(), QWidget()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(middle)
        self.body = QVBoxLayout(middle)
        bare(self.body, 16)
        outside.addWidget(self.area, 1)
        self._foot = QVBoxLayout()
        bare(self._foot, 12)
        outside.addLayout(self._foot)
        self._offers: Actions | None = None

    def title(self) -> str:
        """The name of the duty in the spoken language; also its name in the rail."""
        raise NotImplementedError

    def heading(self) -> str:
        """What stands at the top of the page; by default its title."""
        return self.title()

    def keys(self) -> list[tuple[str, str]]:
        """Keys of this page for the help on F1, beside those of its buttons."""
        return []

    def refresh(self, changed: set[str]) -> None:
        """Show things as they are now; called only while the page is visible.

        Args:
            changed: names of what changed since the last call, e.g. ``{"voters", "stock"}``; ``language``
                after a change of language; ``{"*"}`` the first time: everything.
        """

    def scanned(self, code: str) -> None:
        """A voter card was scanned; called on the page the window was told to take scans to."""

    def back(self) -> None:
        """Esc: go one step back; by default to the page before."""
        self.left.emit()

    def wants_scan(self, _code: str) -> bool:
        """Whether a scan belongs to this page while it is in view; all others go to the check-in."""
        return False

    def button(
        self,
        text: Callable[[], str],
        do: Callable[[], object],
        key: str = "",
        *,
        primary: bool = False,
        small: bool = False,
    ) -> KeyButton:
        """A button on ``Enter``, ``Ctrl+Enter``, ``Esc`` or any other key; the page places it itself.

        Several may share a key, as long as only one of them is visible at a time.
        """
        made = KeyButton(key=key, primary=primary, small=small)
        self.words(made.setText, text)
        made.clicked.connect(lambda _checked: do())
        if key in PAGE_KEYS:
            self._buttons.setdefault(key, []).append(made)
        return made

    def offer(
        self, text: Callable[[], str], do: Callable[[], object], key: str = "", *, primary: bool = False
    ) -> KeyButton:
        """A button at the foot of the page, left to right; the primary one comes last."""
        made = self.button(text, do, key, primary=primary)
        if self._offers is None:
            self._offers = Actions()
            self._foot.addWidget(self._offers)
        self._offers.add(made)
        return made

    def at_foot(self, view: QWidget, *buttons: KeyButton) -> None:
        """Put the buttons of one view at the foot of the page, where they never scroll out of sight."""
        made = Actions(view)
        made.add(*buttons)
        self._foot.addWidget(made)

    def describe(self, text: Callable[[], str]) -> None:
        """Say beside the title what is in hand, again after every change of language."""
        self._below = text
        self.subtitle.setText(text())

    def say(self, sentence: str, kind: Kind = Kind.GOOD, actions: Sequence[Action] = ()) -> None:
        """Say in the status strip what just happened, and what may be done about it."""
        self.said.emit(sentence, kind, tuple(actions))

    def tell(self, changed: set[str]) -> None:
        """Refresh now when visible, else remember until the page is shown."""
        self.stale |= changed
        if self.isVisible():
            self.freshen()

    def freshen(self) -> None:
        """Refresh if anything changed meanwhile."""
        if self.stale:
            stale, self.stale = self.stale, set()
            self.refresh(stale)

    def retranslate(self) -> None:
        """Fixed words now, the rest through :meth:`refresh`."""
        super().retranslate()
        self.tell({LANGUAGE})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the main button, Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.isAutoRepeat():
                return  # a key held down must not go on to the next act
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._press("Ctrl+Enter" if held else "Enter")
        elif event.key() == Qt.Key.Key_Escape:
            if not self._press("Esc"):
                self.back()
        else:
            super().keyPressEvent(event)

    def _press(self, key: str) -> bool:
        for button in self._buttons.get(key, ()):
            if button.isVisible() and button.isEnabled():
                button.click()
                return True
        return False
