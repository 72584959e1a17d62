"""What just happened, and what may be done about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.icons import Icon
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.text import clear, label


@dataclass(frozen=True)
class Action:
    """Something offered: its words, what it does, and its key (``Ctrl+Z``), if any."""

    text: str
    do: Callable[[], object]
    key: str = ""


class StatusStrip(QFrame):
    """The line at the foot of the window; hidden until something happened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self._icon = Icon("check", "good", 18)
        self._text = label(wrap=True)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(theme.px(12))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(theme.px(24), theme.px(6), theme.px(24), theme.px(6))
        inside.setSpacing(theme.px(10))
        inside.addWidget(self._icon)
        inside.addWidget(self._text, 1)
        inside.addLayout(self._actions)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    def say(self, text: str, kind: Kind = Kind.GOOD, actions: Sequence[Action] = ()) -> None:
        """Say what happened; earlier offers are withdrawn."""
        self._text.setText(text)
        self.setAccessibleName(text)
        theme.style(self._text, kind=kind.value)
        theme.style(self, kind=kind.value)
        self._icon.show_icon(theme.KIND_ICONS[kind], kind.value)
        clear(self._actions)
        for action in actions:
            button = KeyButton(action.text, action.key, small=True)
            button.clicked.connect(action.do)
            self._actions.addWidget(button)
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self._text.clear()
        clear(self._actions)
        self.hide()
