"""Why something is taken back: which of several things, and a reason from a short list or in free words."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from pollstation.desktop import theme
from pollstation.desktop.page import Page
from pollstation.desktop.widgets.form_row import FormRow
from pollstation.desktop.widgets.text import bare, label
from pollstation.desktop.words import Worded
from pollstation.i18n import _

IN_WORDS = ""
"""The key of the choice that is put in free words."""


class ReasonPanel(Worded):
    """Asks on the page itself; a digit picks a line, Enter goes on, Esc gives up.

    Args:
        page: the page it stands on, which owns the keys.
        choices: key and words of the usual reasons, in the spoken language; :data:`IN_WORDS` comes last.
        give_up: called on Esc.
        paper: the name of a paper whose number is asked for as well, such as a decision.
    """

    def __init__(
        self,
        page: Page,
        choices: Callable[[], Sequence[tuple[str, str]]],
        give_up: Callable[[], object],
        paper: Callable[[], str] | None = None,
    ) -> None:
        super().__init__()
        self._choices = choices
        self._do: Callable[[str, str], object] = lambda _what, _reason: None
        self._asked: tuple[Callable[[], str], Callable[[], str]] = (str, str)
        self._question = label(role="sentence", wrap=True)
        self.whats, self.reasons, self.words_field = QListWidget(), QListWidget(), QLineEdit()
        self._which = FormRow(lambda: _("Which"), self.whats)
        self._in_words = FormRow(lambda: _("In a few words"), self.words_field)
        self.paper_field = QLineEdit()
        self._asks_paper = paper is not None
        self.confirm = page.button(self._confirm_words, self._confirm, "Enter", primary=True)
        self._back = page.button(lambda: _("Back"), give_up, "Esc")
        self.reasons.currentRowChanged.connect(lambda _row: self._follow())
        self.words_field.textChanged.connect(lambda _text: self._follow())
        inside = QVBoxLayout(self)
        bare(inside, 14)
        for part in (self._question, self._which, FormRow(lambda: _("Reason"), self.reasons), self._in_words):
            inside.addWidget(part)
        if paper:
            inside.addWidget(FormRow(paper, self.paper_field))
        inside.addStretch(1)
        page.at_foot(self, self._back, self.confirm)
        self.words(self._question.setText, self._question_words)
        self.words(lambda _text: self._say_choices(), str)

    def ask(
        self,
        question: Callable[[], str],
        whats: Sequence[tuple[str, str]],
        confirm: Callable[[], str],
        do: Callable[[str, str], object],
    ) -> None:
        """Ask ``question``; ``do`` gets the key of what was chosen and the reason (a key, or free words).

        Args:
            whats: key and words of the things it may be about; a single one is not asked for.
            confirm: the words of the main button.
        """
        self._do, self._asked = do, (question, confirm)
        self._question.setText(question())
        self.confirm.setText(confirm())
        _fill(self.whats, whats)
        self._which.setVisible(len(whats) > 1)
        self.words_field.clear()
        self.paper_field.clear()
        self.reasons.setCurrentRow(0)
        (self.whats if len(whats) > 1 else self.reasons).setFocus()

    def _question_words(self) -> str:
        return self._asked[0]()

    def _confirm_words(self) -> str:
        return self._asked[1]()

    @property
    def _reason(self) -> str:
        return _key(self.reasons) or self.words_field.text().strip()

    @property
    def paper(self) -> str:
        """The number of the paper."""
        return self.paper_field.text().strip()

    def _confirm(self) -> None:
        if self.whats.hasFocus():
            self.reasons.setFocus()
        elif not self._reason:
            self.words_field.setFocus()
        elif self._asks_paper and not self.paper:
            self.paper_field.setFocus()
        else:
            self._do(_key(self.whats), self._reason)

    def _follow(self) -> None:
        self._in_words.setVisible(_key(self.reasons) == IN_WORDS)

    def _say_choices(self) -> None:
        at = max(self.reasons.currentRow(), 0)
        _fill(self.reasons, self._choices())
        self.reasons.setCurrentRow(at)


def _fill(choices: QListWidget, items: Sequence[tuple[str, str]]) -> None:
    choices.clear()
    for number, (key, words) in enumerate(items, start=1):
        item = QListWidgetItem(f"{number}   {words}")
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setSizeHint(theme.square(40))
        choices.addItem(item)
    choices.setCurrentRow(0)
    choices.setFixedHeight(theme.px(40) * min(len(items), 5) + theme.px(8))


def _key(choices: QListWidget) -> str:
    item = choices.currentItem()
    return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""
