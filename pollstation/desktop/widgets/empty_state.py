"""What a page says when there is nothing yet, and what comes next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.icons import Icon
from pollstation.desktop.widgets.text import label


class EmptyState(QWidget):
    """An icon, a sentence, and what to do, in the middle of the room."""

    def __init__(self, icon: str = "info") -> None:
        super().__init__()
        self._sentence = label(role="large", wrap=True)
        self._advice = label(role="muted", wrap=True)
        inside = QVBoxLayout(self)
        inside.setSpacing(theme.px(10))
        inside.addStretch(2)
        inside.addWidget(Icon(icon, "muted", 44), alignment=Qt.AlignmentFlag.AlignHCenter)
        for words in (self._sentence, self._advice):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(words)
        inside.addStretch(3)

    def say(self, sentence: str, advice: str = "") -> None:
        """Say what is missing and what to do."""
        self._sentence.setText(sentence)
        self._advice.setText(advice)
        self.setAccessibleName(f"{sentence} {advice}".strip())
