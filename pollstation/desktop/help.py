"""The keys of the page in view, on F1."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.overlay import Overlay
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.key_hints import KeyCap
from pollstation.desktop.widgets.text import label, row
from pollstation.i18n import _


class Help(Overlay):
    """Two columns of keys and words; any of Esc, Enter, F1 closes it."""

    def __init__(self, over: QWidget, page: str, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__(over)
        self.inside.addWidget(label(_("Keys: {page}", page=page), "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(8))
        half = (len(keys) + 1) // 2
        for number, (key, words) in enumerate(keys):
            line, column = number % half, number // half * 3
            grid.addWidget(KeyCap(key), line, column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(words), line, column + 1)
        grid.setColumnMinimumWidth(2, theme.px(24))
        self.inside.addLayout(grid)
        close = KeyButton(_("Back to the page"), "Esc")
        close.clicked.connect(self.close_overlay)
        self.inside.addLayout(row(None, close))
        self.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on the keys one tries first."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F1):
            self.close_overlay()
