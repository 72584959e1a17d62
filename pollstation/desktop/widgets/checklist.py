"""Things to have seen or done before going on."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QWidget

from pollstation.desktop.widgets.text import bare, clear


class Checklist(QWidget):
    """Boxes to tick, one below the other or in a line.

    Signals:
        changed: whether all are ticked.
    """

    changed = Signal(bool)

    def __init__(self, *, in_line: bool = False) -> None:
        super().__init__()
        directions = QBoxLayout.Direction
        self._boxes: dict[str, QCheckBox] = {}
        self._inside = QBoxLayout(directions.LeftToRight if in_line else directions.TopToBottom, self)
        bare(self._inside, 20 if in_line else 6)
        self._in_line = in_line

    def show_items(self, items: Sequence[tuple[str, str]], done: Collection[str] = ()) -> None:
        """Show (key, words); what was ticked under the same key stays ticked, what is ``done`` for good."""
        if [key for key, _words in items] != list(self._boxes):
            self._build(items)
        for key, words in items:
            self._boxes[key].setText(words)
            if key in done:
                self._boxes[key].setChecked(True)
                self._boxes[key].setEnabled(False)

    def _build(self, items: Sequence[tuple[str, str]]) -> None:
        ticked = self.ticked()
        clear(self._inside)
        self._boxes = {}
        for key, words in items:
            box = QCheckBox(words)
            box.setChecked(ticked.get(key, False))
            box.toggled.connect(lambda _on: self.changed.emit(self.complete))
            self._boxes[key] = box
            self._inside.addWidget(box)
        if self._in_line:
            self._inside.addStretch(1)

    def ticked(self) -> Mapping[str, bool]:
        """Which are ticked."""
        return {key: box.isChecked() for key, box in self._boxes.items()}

    def tick(self, key: str) -> None:
        """Tick one box, as a click does, and go there."""
        self._boxes[key].setFocus()
        self._boxes[key].setChecked(True)

    @property
    def complete(self) -> bool:
        """Whether all are ticked."""
        return all(self.ticked().values())
