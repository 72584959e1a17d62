"""The way of a mobile box as a table: every act on it, when, what, by whom."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize

from pollstation.desktop import theme
from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.simple_table import Cell, Chip, SimpleTable
from pollstation.domain import journal
from pollstation.domain.boxes import NEXT, BoxState
from pollstation.domain.journal import Entry
from pollstation.i18n import _
from pollstation.wording import acts, terms
from pollstation.wording.facts import clock_time, hour_and_minute

BOX_KINDS = {BoxState.PREPARED: Kind.PLAIN, BoxState.OUT: Kind.CAUTION}
"""Of the chip of a box; all other states are good."""


class Timeline(SimpleTable):
    """The table; it scrolls in the room it is given instead of stretching its page."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(theme.px(120))

    def minimumSizeHint(self) -> QSize:
        """Room for a sentence beside time and state."""
        return QSize(theme.px(440), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Some rows."""
        return QSize(super().sizeHint().width(), theme.px(140))


def headings() -> list[str]:
    """Of the table's columns."""
    return [_("Time"), _("State"), _("What was done, and by whom")]


def rows(entries: Sequence[Entry], names: Mapping[str, str]) -> list[list[Cell]]:
    """One line for each act on the box.

    Args:
        names: by id, names of people, contests and boxes.
    """
    return [_row(entry, names) for entry in entries]


def _row(entry: Entry, names: Mapping[str, str]) -> list[Cell]:
    people = [names.get(one, one) for one in (entry.actor, entry.witness) if one]
    at = entry.public.get("at", "")
    when = hour_and_minute(at) if at else clock_time(entry.time)
    said = [acts.in_words(entry, names), _(", ").join(people)]
    return [when, _step(entry), "\n".join(filter(None, said))]


def _step(entry: Entry) -> Cell:
    """Where the box stood afterwards; acts that do not move it have no chip."""
    if entry.kind == journal.Kind.BOX_HANDED_OVER:
        return Chip(_("handed on"), Kind.CAUTION)
    if entry.kind not in NEXT:
        return ""
    state = NEXT[journal.Kind(entry.kind)][1]
    return Chip(terms.word(state), BOX_KINDS.get(state, Kind.GOOD))
