"""The turnout for everybody in the room: large figures on a second screen, no person named."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pollstation.desktop import theme
from pollstation.domain.contests import Plan
from pollstation.i18n import LANGUAGES, _, speaking
from pollstation.services.turnout import Turnout, per_cent
from pollstation.wording import terms

Line = tuple[str, float, bool]
"""Words, their height as a part of the whole, and whether they are bold."""

_LEAST = 24
"""The lines share the height of the screen as if there were at least so many of height 1."""


class Projector(QWidget):
    """A full screen of figures in both languages; Esc closes it."""

    def __init__(self) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.lines: list[Line] = []

    def open(self, beside: QWidget) -> None:
        """Fill another screen than that of ``beside`` where there is one."""
        others = [screen for screen in QGuiApplication.screens() if screen != beside.screen()]
        if others:
            self.setGeometry(others[-1].geometry())
        self.showFullScreen()
        self.activateWindow()

    def show_turnout(self, plan: Plan, now: Turnout) -> None:
        """Show these figures."""
        self.setWindowTitle(_both(lambda: _("Turnout")))
        self.lines = [
            (plan.election.title, 1.3, False),
            (f"{plan.station.name}    {plan.election.day.isoformat()}", 1.3, False),
            (_both(lambda: _("Voted")), 1.5, False),
            (f"{now.voted:,}", 5, True),
            (f"{per_cent(now.voted, now.registered)} %", 3.2, True),
            (f"{_both(lambda: _('Registered voters'))}    {now.registered:,}", 1.5, False),
            *((_contest(plan, line.name, line.voted, line.registered), 1.2, False) for line in now.contests),
            (f"{now.now.astimezone():%H:%M}    {now.code}", 1, False),
        ]
        self.setAccessibleName("\n".join(words for words, _size, _bold in self.lines))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One line below the other, as large as the screen allows."""
        painter = QPainter(self)
        colour = theme.current().colour
        painter.fillRect(self.rect(), colour("surface"))
        painter.setPen(colour("ink"))
        room = max(_LEAST, sum(size * 1.4 for _words, size, _bold in self.lines))
        unit, top = self.height() / room, (self.height() - self._height(room)) / 2
        for words, size, bold in self.lines:
            font = theme.font(15, bold=bold)
            font.setPixelSize(max(1, round(unit * size)))
            painter.setFont(font)
            wide = painter.fontMetrics().horizontalAdvance(words)
            if wide > self.width() * 0.94:
                font.setPixelSize(max(1, int(unit * size * self.width() * 0.94 / wide)))
                painter.setFont(font)
            line = QRectF(0, top, self.width(), unit * size * 1.4)
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)
            top += line.height()

    def _height(self, room: float) -> float:
        return sum(size * 1.4 for _words, size, _bold in self.lines) * self.height() / room

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def _both(say: Callable[[], str]) -> str:
    """The same in every language, once where they agree."""
    said = []
    for language in LANGUAGES:
        with speaking(language):
            said.append(say())
    return "  ".join(dict.fromkeys(said))


def _contest(plan: Plan, contest: str, voted: int, registered: int) -> str:
    found = plan.contest(contest)
    name = _both(lambda: terms.paper(found))
    return f"{name}    {voted:,} / {registered:,}    {per_cent(voted, registered)} %"
