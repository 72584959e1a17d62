"""The journal as people read it: every act, by person, kind or stream, and whether its chain holds."""

from collections.abc import Sequence

import msgspec

from pollstation.domain.journal import Entry, short_code
from pollstation.domain.staff import Act, Session, require
from pollstation.services.ports import Reading


class JournalPage(msgspec.Struct, frozen=True, kw_only=True):
    """Some entries, the latest first."""

    entries: tuple[Entry, ...]
    count: int
    """How many fit the filter in all."""
    head: str
    """Short code of this device's last entry."""


def journal(
    unit: Reading,
    by: Session,
    *,
    actor: str = "",
    kind: str = "",
    stream: str = "",
    most: int = 200,
) -> JournalPage:
    """Entries that fit every filter given, the latest first, at most ``most``."""
    require(by, Act.READ_JOURNAL)
    return _page(unit, unit.entries(), actor, kind, stream, most)


def public_journal(
    unit: Reading, *, actor: str = "", kind: str = "", stream: str = "", most: int = 200
) -> JournalPage:
    """The same as an open bundle shows it, without private parts: for whoever may open the file."""
    return _page(unit, [entry.opened() for entry in unit.entries()], actor, kind, stream, most)


def _page(
    unit: Reading, entries: Sequence[Entry], actor: str, kind: str, stream: str, most: int
) -> JournalPage:
    fitting = [
        entry
        for entry in entries
        if (not actor or entry.actor == actor)
        and (not kind or entry.kind == kind)
        and entry.stream.startswith(stream)
    ]
    fitting.sort(key=Entry.order, reverse=True)
    head = unit.head()
    return JournalPage(
        entries=tuple(fitting[:most]), count=len(fitting), head=short_code(head.hash) if head else ""
    )


def names(unit: Reading) -> dict[str, str]:
    """Names of the people behind the ids that stand in entries."""
    people: Sequence[tuple[str, str]] = [(person.id, person.name) for person in unit.people()]
    return dict(people)
