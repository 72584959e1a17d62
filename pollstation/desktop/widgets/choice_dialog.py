"""One of a few things, chosen over the window: which form to look at."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from pollstation.desktop import theme
from pollstation.desktop.overlay import Overlay
from pollstation.desktop.widgets.key_button import KeyButton
from pollstation.desktop.widgets.text import label, row
from pollstation.i18n import _


class ChoiceDialog(Overlay):
    """Lists ``options`` (key and words); ``taken`` gets the key of the one that is taken with Enter."""

    def __init__(
        self, over: QWidget, title: str, options: Sequence[tuple[str, str]], taken: Callable[[str], None]
    ) -> None:
        super().__init__(over)
        self._taken = taken
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setMinimumWidth(theme.px(460))
        for key, words in options:
            item = QListWidgetItem(words)
            item.setSizeHint(theme.square(40))
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setMinimumHeight(theme.px(40) * len(options) + theme.px(10))
        self.list.itemDoubleClicked.connect(lambda _item: self.take())
        take, cancel = KeyButton(key="Enter", primary=True), KeyButton(key="Esc")
        take.clicked.connect(lambda _checked: self.take())
        cancel.clicked.connect(lambda _checked: self.close_overlay())
        self.words(take.setText, lambda: _("Show"))
        self.words(cancel.setText, lambda: _("Back to the page"))
        self.inside.addWidget(label(title, "title"))
        self.inside.addWidget(self.list)
        self.inside.addLayout(row(None, cancel, take))
        self.begin_at(self.list)
        self.open()

    def take(self) -> None:
        """Take the one that is marked."""
        chosen = self.list.currentItem()
        if chosen is not None:
            self.close_overlay()
            self._taken(chosen.data(Qt.ItemDataRole.UserRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes, Esc does not."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            super().keyPressEvent(event)
