"""One large figure with its name, what it is out of, and a chip."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.state_chip import StateChip
from pollstation.desktop.widgets.text import bare, label


class FigureTile(QWidget):
    """``Voted 1,431 / 2,041 voters  70.1 %   [majority reached]``."""

    def __init__(self) -> None:
        super().__init__()
        self._name, self._figure, self._beside = (
            label(role="large"),
            label(role="figure"),
            label(role="large"),
        )
        self._chip = StateChip()
        inside = QHBoxLayout(self)
        bare(inside, 14)
        self._beside.setWordWrap(True)
        for widget in (self._name, self._figure, self._beside):
            inside.addWidget(widget, 1 if widget is self._beside else 0)
        inside.addWidget(self._chip)

    def show_figure(
        self, name: str, figure: int, beside: str = "", chip: str = "", kind: Kind = Kind.PLAIN
    ) -> None:
        """Show a figure."""
        self._name.setText(name)
        self._figure.setText(f"{figure:,}")
        self._beside.setText(beside)
        theme.style(self._beside, role="muted")
        self._chip.show_state(chip, kind)
        self._chip.setVisible(bool(chip))
        self.setAccessibleName(f"{name} {figure} {beside} {chip}")
