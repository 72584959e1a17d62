"""Finding a voter as one types: the field, the list, and a word about namesakes."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from pollstation.desktop.desk import Desk
from pollstation.desktop.pages.naming import voter_row
from pollstation.desktop.widgets.result_list import ResultList, ResultRow
from pollstation.desktop.widgets.search_field import SearchField
from pollstation.desktop.widgets.text import bare, label
from pollstation.desktop.words import Worded
from pollstation.i18n import _, n_
from pollstation.services import issuing
from pollstation.services.issuing import Found


class VoterSearch(Worded):
    """Signals:
    pointed: token of the voter now marked in the list, or None.
    taken: token of the voter taken with Enter or a double click.
    """

    pointed = Signal(object)
    taken = Signal(object)

    def __init__(self, desk: Desk, name: Callable[[], str] = lambda: _("Find a voter")) -> None:
        """``name``: whom to find, where a page has several searches."""
        super().__init__()
        self._desk = desk
        self._found = Found(voters=(), count=0)
        self._rows: list[ResultRow] = []
        self.field, self.results, self._note = SearchField(), ResultList(), label(role="muted", wrap=True)
        self._note.setContentsMargins(4, 0, 0, 0)
        self.edit = self.field.edit
        self.field.drive(self.results)
        self.setFocusProxy(self.field)
        inside = QVBoxLayout(self)
        bare(inside, 10)
        inside.addWidget(self.field)
        inside.addWidget(self._note)
        inside.addWidget(self.results, 1)
        self.field.searched.connect(self.search)
        self.results.pointed.connect(self.pointed)
        self.results.taken.connect(self.taken)
        self.words(self.edit.setAccessibleName, name)
        self.words(
            self.field.hint.setText,
            lambda: _("Name, pinyin or initials, card number, last digits of the identity number"),
        )
        self.words(self.results.setAccessibleName, lambda: _("Voters found"))
        self.words(lambda _text: self._show(), str)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.edit.text().strip()

    @property
    def count(self) -> int:
        """How many fit."""
        return self._found.count

    def search(self, text: str) -> None:
        """Look for ``text``; an answer that comes after more was typed is dropped."""
        if text:
            self._desk.read(lambda unit: issuing.find(unit, text), partial(self._answer, text))
        else:
            self._answer("", Found(voters=(), count=0))

    def again(self) -> None:
        """Look again for the same, because something changed."""
        if self.text:
            self.search(self.text)

    def clear(self) -> None:
        """Ready for the next voter."""
        self.field.clear()

    def _answer(self, text: str, found: Found) -> None:
        if text == self.text:
            self._found = found
            self._show()

    def _show(self) -> None:
        plan, found = self._desk.plan, self._found
        marked = self.results.currentIndex().row()
        same = [row.key for row in self._rows] == [card.voter.token for card in found.voters]
        self._rows = [voter_row(plan, card) for card in found.voters] if plan else []
        self.results.show_rows(self._rows)
        if same and marked > 0:
            self.results.setCurrentIndex(self.results.model().index(marked, 0))
        self._note.setText(self._words_about(found))
        self._note.setVisible(bool(self._note.text()))

    def _words_about(self, found: Found) -> str:
        names = Counter(card.voter.name for card in found.voters)
        if self.text and not found.count:
            if found.elsewhere:
                return _("This card belongs to the voter list of station {station}.", station=found.elsewhere)
            return _("Nobody on this station's voter list fits. Try the last digits of the identity number.")
        if found.count > len(found.voters):
            return _("{count} voters fit; type more to see fewer.", count=found.count)
        if names and (most := max(names.values())) > 1:
            return n_(
                "{count} voter of the same name: compare birth date and address.",
                "{count} voters of the same name: compare birth date and address.",
                most,
            )
        return ""
