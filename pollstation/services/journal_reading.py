"""The journal as people read it: every act, by person, kind, stream or text, page by page."""

from collections.abc import Sequence

import msgspec

from pollstation.domain.day import day_stream
from pollstation.domain.journal import Entry, Kind, Order
from pollstation.domain.staff import Act, Session, require
from pollstation.services.checkpoints import journal_code
from pollstation.services.ports import EVERYTHING, Chosen, Reading

PAGE = 200
"""Entries on one page."""


class JournalPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some entries, the latest first."""

    entries: tuple[Entry, ...]
    count: int | None
    """How many were chosen in all; None where they were not counted."""
    more: bool
    """Whether earlier ones were chosen, too: those before the last of these."""
    head: str
    """Short code of this device's last entry."""
    checkpoints: tuple[Entry, ...]
    """Signatures of the journal up to now, the earliest first."""

    def signed_with(self, entry: Entry) -> Entry | None:
        """The first checkpoint whose signature covers ``entry``; None where it is not signed yet."""
        own = (one for one in self.checkpoints if one.device == entry.device)
        return next((one for one in own if one.public["number"] >= entry.number), None)


def journal(
    unit: Reading, by: Session, chosen: Chosen = EVERYTHING, *, before: Order | None = None
) -> JournalPage:
    """One page of the entries chosen: the latest of those that stand before ``before``, or of all."""
    require(by, Act.READ_JOURNAL)
    entries = unit.chosen_entries(chosen, before, PAGE + 1)
    return page_of(unit, entries, unit.count_chosen(chosen))


def public_journal(unit: Reading, chosen: Chosen = EVERYTHING, *, most: int = PAGE) -> JournalPage:
    """The latest as an open bundle shows them, without private parts: for whoever may open the file."""
    entries = unit.chosen_entries(chosen, None, most + 1)
    return page_of(unit, [entry.opened() for entry in entries], unit.count_chosen(chosen), most)


def page_of(
    unit: Reading, entries: Sequence[Entry], count: int | None = None, most: int = PAGE
) -> JournalPage:
    """The first ``most`` of these entries as a page; what goes beyond says that there are more."""
    return JournalPage(
        entries=tuple(entries[:most]),
        count=count,
        more=len(entries) > most,
        head=journal_code(unit),
        checkpoints=_checkpoints(unit),
    )


def station_streams(unit: Reading) -> set[str]:
    """The own streams of this station, and of those whose boxes are counted here."""
    return {day_stream(station.id) for station in (unit.plan.station, *unit.plan.counted)}


def _checkpoints(unit: Reading) -> tuple[Entry, ...]:
    entries = (entry for stream in station_streams(unit) for entry in unit.entries(stream))
    return tuple(sorted((one for one in entries if one.kind == Kind.CHECKPOINT), key=Entry.order))
