"""One large sentence: what is the case, and what may be done about it by whom."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.icons import Icon
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.text import bare, label


class Banner(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._icon = Icon("info", size=26)
        self._sentence = label(role="sentence", wrap=True)
        self._advice = label(wrap=True)
        words = QVBoxLayout()
        bare(words, 6)
        words.addWidget(self._sentence)
        words.addWidget(self._advice)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(theme.px(18), theme.px(14), theme.px(18), theme.px(14))
        inside.setSpacing(theme.px(14))
        inside.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        inside.addLayout(words, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now; empty when hidden."""
        return self._sentence.text()

    def say(self, kind: Kind, sentence: str, advice: Sequence[str] | str = "") -> None:
        """Say one sentence, and below it what may be done (one line for each possibility)."""
        lines = [advice] if isinstance(advice, str) else list(advice)
        self._sentence.setText(sentence)
        self._advice.setText("\n".join(lines if len(lines) < 2 else [f"•  {line}" for line in lines]))
        self._advice.setVisible(any(lines))
        self._icon.show_icon(
            "info" if kind in (Kind.PLAIN, Kind.ACCENT) else theme.KIND_ICONS[kind], kind.value
        )
        theme.style(self._sentence, kind=kind.value)
        theme.style(self, kind=kind.value)
        self.setAccessibleName(sentence)
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self._sentence.clear()
        self.hide()
