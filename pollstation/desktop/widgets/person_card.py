"""Who stands at the desk: the name in large type, and what tells this person from a namesake."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.state_chip import StateChip
from pollstation.desktop.widgets.text import bare, label, row

GAP = "    "


class PersonCard(QWidget):
    """Name at 28 px, facts beside and below it, a chip with the person's state."""

    def __init__(self) -> None:
        super().__init__()
        self._name = label(role="name")
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._beside = label(role="large", wrap=True)
        self._below = label(role="muted", wrap=True)
        self._chip = StateChip()
        inside = QVBoxLayout(self)
        bare(inside, 4)
        upper = row(self._name, self._beside, self._chip, gap=18)
        upper.setStretchFactor(self._beside, 1)
        inside.addLayout(upper)
        inside.addWidget(self._below)

    def show_person(
        self,
        name: str,
        beside: Sequence[str] = (),
        below: Sequence[str] = (),
        chip: str = "",
        kind: Kind = Kind.PLAIN,
    ) -> None:
        """Show a person; ``beside`` the name sex, age, card number; ``below`` group, address."""
        self._name.setText(name)
        self._beside.setText(_in_a_line(beside))
        self._below.setText(_in_a_line(below))
        self._chip.show_state(chip, kind)
        self._chip.setVisible(bool(chip))
        self.setAccessibleName("  ".join([name, *beside, *below, chip]))


def _in_a_line(facts: Sequence[str]) -> str:
    """Facts with room between them, where the line may break; never inside a fact."""
    return GAP.join(fact.replace(" ", "\N{NO-BREAK SPACE}") for fact in facts)
