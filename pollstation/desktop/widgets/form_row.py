"""A field with its name above it and, when it is refused, the reason below it."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pollstation.desktop import theme
from pollstation.desktop.widgets.text import bare, label
from pollstation.desktop.words import Worded


class FormRow(Worded):
    """Label above, field, hint below.

    Args:
        name: answers the label in the spoken language; also the field's accessible name.
        field: any input widget.
        hint: answers what to put in, if that is not plain.
    """

    def __init__(
        self, name: Callable[[], str], field: QWidget, hint: Callable[[], str] | None = None
    ) -> None:
        super().__init__()
        self.field = field
        self._name, self._note = label(role="strong"), label(role="small", wrap=True)
        self._name.setBuddy(field)
        self._hint = hint
        self._refused = ""
        self.setFocusProxy(field)
        inside = QVBoxLayout(self)
        bare(inside, 6)
        for widget in (self._name, field, self._note):
            inside.addWidget(widget)
        self.words(self._name.setText, name)
        self.words(field.setAccessibleName, name)
        self.words(lambda _text: self._show_note(), str)

    def refuse(self, reason: str) -> None:
        """Say why the field cannot stay as it is; an empty reason takes it back."""
        self._refused = reason
        theme.style(self.field, finding="wrong" if reason else "")
        self._show_note()

    def _show_note(self) -> None:
        text = self._refused or (self._hint() if self._hint else "")
        self._note.setText(text)
        self._note.setVisible(bool(text))
        theme.style(self._note, kind="wrong" if self._refused else "")
