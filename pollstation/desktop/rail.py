"""The duties of the day in their order, each with its state and its key."""

from collections.abc import Callable, Mapping
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout

from pollstation.desktop import icons, theme
from pollstation.desktop.words import Worded
from pollstation.i18n import N_, _

WIDE, NARROW, ROW, LOWEST_ROW = 196, 154, 44, 28
#: The keys after Alt, in the order of the rail.
DIGITS = "1234567890-="


class DutyState(Enum):
    """How far a duty is: word, icon, colour."""

    TO_DO = (N_("to do"), "ring", "muted")
    IN_HAND = (N_("in hand"), "disc", "ink")
    DONE = (N_("done"), "check", "good")
    BLOCKED = (N_("blocked"), "bar", "muted")


class _Duty(QAbstractButton):
    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.state = DutyState.TO_DO
        self.narrow = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = self.sizePolicy().Policy
        self.setSizePolicy(policy.Preferred, policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(NARROW), theme.px(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(NARROW), theme.px(LOWEST_ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, box = theme.current(), QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.fillRect(box, look.colour("accent_soft" if self.isChecked() else "ground"))
        if self.isChecked():
            painter.fillRect(QRectF(0, 0, theme.px(4), box.height()), look.colour("accent"))
        if self.hasFocus():
            painter.setPen(look.colour("accent"))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        side = theme.px(20)
        icon = QRectF(theme.px(16), box.center().y() - side / 2, side, side)
        _word, name, colour = self.state.value
        icons.draw(painter, name, icon, look.colour("accent" if self._here_in_hand() else colour))
        self._words(painter, box)

    def _here_in_hand(self) -> bool:
        return self.isChecked() and self.state in (DutyState.TO_DO, DutyState.IN_HAND)

    def _room(self) -> tuple[float, float, float]:
        """Where the words begin and end, and where the key beside them ends."""
        left, end = float(theme.px(46)), float(self.width() - theme.px(6 if self.narrow else 12))
        if self.narrow:
            return left, end, end
        key = QFontMetrics(theme.font(12, bold=True)).horizontalAdvance(self.key)
        return left, end - key - theme.px(6), end

    def fits(self) -> bool:
        """Whether the name stands here whole, also when it is marked."""
        left, right, _end = self._room()
        return QFontMetrics(theme.font(15, bold=True)).horizontalAdvance(self.text()) <= right - left

    def _words(self, painter: QPainter, box: QRectF) -> None:
        look, middle = theme.current(), Qt.AlignmentFlag.AlignVCenter
        left, right, end = self._room()
        painter.setFont(theme.font(12, bold=self.isChecked()))
        if not self.narrow:
            painter.setPen(look.colour("accent" if self.isChecked() else "muted"))
            at = QRectF(left, 0, end - left, box.height())
            painter.drawText(at, middle | Qt.AlignmentFlag.AlignRight, self.key)
        painter.setFont(theme.font(15, bold=self.isChecked()))
        ink = "accent" if self.isChecked() else "muted" if self.state == DutyState.BLOCKED else "ink"
        painter.setPen(look.colour(ink))
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(right - left))
        painter.drawText(QRectF(left, 0, right - left, box.height()), middle, text)


class Rail(Worded):
    """Signals:
    chosen: key of the duty clicked.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("role", "rail")
        self._duties: dict[str, _Duty] = {}
        self._titles: dict[str, Callable[[], str]] = {}
        self._marked = ""
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, theme.px(10), 1, theme.px(8))
        self._inside.setSpacing(0)
        self._inside.addStretch(1)

    def add(self, duty: str, title: Callable[[], str]) -> str:
        """Put a duty at the end; hidden until :meth:`show_duties` names it. Returns its key."""
        key = f"Alt+{DIGITS[len(self._duties)]}"
        made = _Duty(key)
        made.clicked.connect(lambda: self._choose(duty))
        made.hide()
        self._duties[duty], self._titles[duty] = made, title
        self._inside.insertWidget(len(self._duties) - 1, made, 0)
        self._name(duty)
        return key

    def _choose(self, duty: str) -> None:
        """Qt marks whatever was clicked; the mark stays where it is until that page is in view."""
        self.mark(self._marked)
        self.chosen.emit(duty)

    def show_duties(self, states: Mapping[str, DutyState]) -> None:
        """Show exactly these duties, in the order of the day, in these states."""
        for duty, button in self._duties.items():
            button.setVisible(duty in states)
            button.state = states.get(duty, DutyState.TO_DO)
            self._name(duty)
            button.update()

    def shown(self) -> list[str]:
        """The duties now offered."""
        return [duty for duty, button in self._duties.items() if not button.isHidden()]

    def mark(self, duty: str) -> None:
        """Mark the page in view; of a page without a duty in the rail, none is marked."""
        self._marked = duty
        for each, button in self._duties.items():
            button.setChecked(each == duty)

    def fit(self, narrow: bool) -> None:
        """Leave the keys away where there is little room."""
        self.setFixedWidth(theme.px(NARROW if narrow else WIDE))
        for button in self._duties.values():
            button.narrow = narrow
            button.update()

    def retranslate(self) -> None:
        """Say the names again."""
        super().retranslate()
        for duty in self._duties:
            self._name(duty)

    def _name(self, duty: str) -> None:
        button = self._duties[duty]
        title, state = self._titles[duty](), _(button.state.value[0])
        button.setText(title)
        button.setAccessibleName(_("{duty}, {state}", duty=title, state=state))
        button.setToolTip(f"{title} · {state} · {button.key}")
