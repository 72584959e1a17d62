"""Where and when we are, who is signed in, and whether the second copy is well."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pollstation import i18n
from pollstation.desktop import theme
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.icon_button import IconButton
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.state_chip import StateChip
from pollstation.desktop.widgets.text import ShorteningLabel, label
from pollstation.desktop.words import Worded
from pollstation.i18n import _, n_

HEIGHT = 52
SHORTEST = 120
"""Less of the election's name than this says nothing."""
OTHER_LANGUAGE = {"zh_CN": "en", "en": "zh_CN"}
LANGUAGE_NAMES = {"zh_CN": "中文", "en": "English"}


@dataclass(frozen=True)
class Facts:
    """What stands in the bar, in the spoken language; empty texts are left away.

    ``copy_state`` is the second copy: its words and kind. ``rehearsal`` marks the whole window.
    """

    station: str = ""
    election: str = ""
    day: str = ""
    phase: str = ""
    copy_state: tuple[str, Kind] | None = None
    conflicts: int = 0
    person: str = ""
    rehearsal: bool = False


class TopBar(Worded):
    """Signals:
    language_wanted: the other language.
    larger_wanted, palette_wanted, lock_wanted, help_wanted, sign_out_wanted: a button was pressed.
    copy_wanted: the chip of the second copy was pressed.
    """

    language_wanted = Signal(str)
    larger_wanted = Signal()
    palette_wanted = Signal()
    lock_wanted = Signal()
    help_wanted = Signal()
    sign_out_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, facts: Callable[[], Facts], clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "topbar")
        self._facts, self._clock = facts, clock
        self._station = ShorteningLabel("large-strong")
        self._election, self._day = ShorteningLabel("muted"), label(role="muted")
        self._phase, self._copy, self._conflicts = StateChip(), StateChip(), StateChip()
        self._time, self._person = label(role="muted"), label()
        self._language = KeyButton(small=True)
        self._type, self._palette, self._help = IconButton("type"), IconButton("contrast"), IconButton("help")
        self._lock = KeyButton(key="Ctrl+L", small=True)
        self._sign_out = KeyButton(key="Ctrl+O", small=True)
        self._of_person = (self._lock, self._sign_out)
        self._buttons()
        self._inside = QHBoxLayout(self)
        self._inside.setContentsMargins(theme.px(20), 0, theme.px(20), 0)
        self._inside.setSpacing(theme.px(14))
        self._left = [self._station, self._election, self._day, self._phase]
        self._right = [self._conflicts, self._copy, self._time, self._person]
        self._tools: list[QWidget] = [self._language, self._type, self._palette, self._help, *self._of_person]
        for widget in self._left:
            self._inside.addWidget(widget)
        self._inside.addStretch(1)
        for widget in [*self._right, *self._tools]:
            self._inside.addWidget(widget)
        self._tick = QTimer(self, interval=5000)
        self._tick.timeout.connect(self._show_time)
        self._tick.start()
        self.show_facts()

    def _buttons(self) -> None:
        self._language.clicked.connect(lambda: self.language_wanted.emit(OTHER_LANGUAGE[i18n.language()]))
        self._type.clicked.connect(self.larger_wanted)
        self._palette.clicked.connect(self.palette_wanted)
        self._help.clicked.connect(self.help_wanted)
        self._copy.pressed.connect(self.copy_wanted)
        self._lock.clicked.connect(self.lock_wanted)
        self._sign_out.clicked.connect(self.sign_out_wanted)
        for button in (self._language, *self._of_person):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.words(self._language.setText, lambda: LANGUAGE_NAMES[OTHER_LANGUAGE[i18n.language()]])
        self.words(self._lock.setText, lambda: _("Lock"))
        self.words(self._sign_out.setText, lambda: _("Sign out"))
        self.words(self._type.name, lambda: _("Larger or smaller type (Ctrl+= and Ctrl+-)"))
        self.words(self._palette.name, lambda: _("Light, dark or high contrast (F10)"))
        self.words(self._help.name, lambda: _("Keys of this page (F1)"))

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme.px(600), theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """What does not fit gives way."""
        return QSize(theme.px(320), theme.px(HEIGHT))

    def show_facts(self) -> None:
        """Ask for the facts and show them."""
        facts = self._facts()
        self._station.setText(facts.station)
        self._election.setText(facts.election)
        self._day.setText(facts.day)
        self._person.setText(facts.person)
        self._phase.show_state(facts.phase, Kind.ACCENT)
        text, kind = facts.copy_state or ("", Kind.PLAIN)
        self._copy.show_state(text, kind)
        conflicts = (
            n_("{count} open conflict", "{count} open conflicts", facts.conflicts) if facts.conflicts else ""
        )
        self._conflicts.show_state(conflicts, Kind.WRONG)
        self._show_time()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.show_facts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the least needed give way."""
        super().resizeEvent(event)
        self._fit()

    def _show_time(self) -> None:
        self._time.setText(f"{self._clock():%H:%M}")
        self._fit()

    def _width(self, part: QWidget) -> int:
        return part.sizeHint().width() + self._inside.spacing()

    def _fit(self) -> None:
        texts = (self._station, self._election, self._day, self._time, self._person)
        wanted: list[QWidget] = [widget for widget in texts if widget.text()]
        wanted += [chip for chip in (self._phase, self._copy, self._conflicts) if chip.text]
        wanted += [tool for tool in self._tools if tool not in self._of_person or self._person.text()]
        gives_way = (
            self._election,
            self._day,
            self._help,
            self._palette,
            self._type,
            self._language,
            self._time,
        )
        left = self.width() - theme.px(80) - sum(map(self._width, wanted))
        self._election.setMaximumWidth(max(self._election.sizeHint().width() + min(left, 0), 0))
        if self._election in wanted and self._election.maximumWidth() >= theme.px(SHORTEST):
            left = max(left, 0)
        for widget in gives_way:
            if left >= 0:
                break
            if widget in wanted:
                wanted.remove(widget)
                left += self._width(widget)
        everything: list[QWidget] = [*self._left, *self._right, *self._tools]
        for part in everything:
            part.setVisible(part in wanted)
