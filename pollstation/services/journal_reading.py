"""The journal as people read it: every act, by person, kind or stream, page by page."""

from collections.abc import Sequence

import msgspec

from pollstation.domain.journal import Entry, short_code
from pollstation.domain.staff import Act, Session, require
from pollstation.services.ports import EVERYTHING, Chosen, Reading

PAGE = 200
"""Entries on one page."""


class JournalPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some entries, the latest first."""

    entries: tuple[Entry, ...]
    count: int
    """How many were chosen in all."""
    start: int
    """How many later ones come before these."""
    head: str
    """Short code of this device's last entry."""


def journal(unit: Reading, by: Session, chosen: Chosen = EVERYTHING, *, start: int = 0) -> JournalPage:
    """One page of the entries chosen, from the one in place ``start`` on."""
    require(by, Act.READ_JOURNAL)
    entries, count = unit.chosen_entries(chosen, start, PAGE)
    return page_of(unit, entries, count, start)


def public_journal(unit: Reading, chosen: Chosen = EVERYTHING, *, most: int = PAGE) -> JournalPage:
    """The latest as an open bundle shows them, without private parts: for whoever may open the file."""
    entries, count = unit.chosen_entries(chosen, 0, most)
    return page_of(unit, [entry.opened() for entry in entries], count, 0)


def page_of(unit: Reading, entries: Sequence[Entry], count: int, start: int) -> JournalPage:
    """These entries as a page of ``count``."""
    head = unit.head()
    code = short_code(head.hash) if head else ""
    return JournalPage(entries=tuple(entries), count=count, start=start, head=code)
