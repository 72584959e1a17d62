"""Findings beside a sheet: code, what is wrong, what to do; a click goes to the field."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.text import bare, clear, label


@dataclass(frozen=True)
class FindingRow:
    """One finding: ``field`` is where a click leads (empty: nowhere)."""

    code: str
    wrong: str
    advice: str = ""
    kind: Kind = Kind.WRONG
    field: str = ""


class _Finding(QWidget):
    chosen = Signal(str)

    def __init__(self, finding: FindingRow) -> None:
        super().__init__()
        self._finding = finding
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if finding.field else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{finding.code} {finding.wrong} {finding.advice}")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(theme.px(22), theme.px(14), theme.px(16), theme.px(14))
        inside.setSpacing(theme.px(4))
        what = label(f"{finding.code}    {finding.wrong}".strip(), "strong", wrap=True)
        what.setProperty("kind", finding.kind.value)
        inside.addWidget(what)
        if finding.advice:
            inside.addWidget(label(finding.advice, "muted", wrap=True))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.chosen.emit(self._finding.field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._finding.field)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.setPen(QPen(look.colour("accent"), theme.px(2)) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(self._finding.kind.value))
        painter.drawRoundedRect(QRectF(0, 0, theme.px(5), box.height()), theme.px(2), theme.px(2))


class FindingList(QWidget):
    """All findings of a sheet, the worst first.

    Signals:
        chosen: the field of the finding clicked.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._inside = QVBoxLayout(self)
        bare(self._inside, 12)

    def show_findings(self, findings: Sequence[FindingRow]) -> None:
        """Show these and no others."""
        clear(self._inside)
        for finding in sorted(findings, key=lambda found: found.kind != Kind.WRONG):
            made = _Finding(finding)
            made.chosen.connect(self.chosen)
            self._inside.addWidget(made)
        self._inside.addStretch(1)
