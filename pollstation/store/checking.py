"""Is the file what it was written to be? And may entries from elsewhere join it?"""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from pollstation.domain.errors import Code, Fault, Faults
from pollstation.domain.folds import FOLDS, fold, fold_of
from pollstation.domain.journal import Entry, check_chain
from pollstation.store.rows import Folded, Rows, stream_row


def faults(connection: Connection, rows: Rows, file: str) -> list[Fault]:
    """Every fault of a station file whose name is ``file``; a cause hides its symptoms."""
    return (
        _faults_of_pages(connection, file)
        or check_chain(rows.journal(), file)
        or _faults_of_projections(rows, file)
    )


def _faults_of_pages(connection: Connection, file: str) -> list[Fault]:
    try:
        seen = [
            str(line)
            for pragma in ("integrity_check", "cipher_integrity_check")
            for line in connection.exec_driver_sql(f"PRAGMA {pragma}").scalars()
        ]
    except DatabaseError as error:
        seen = [str(error.orig)]
    return [
        Fault(code=Code.FILE_DAMAGED, file=file, facts={"detail": detail})
        for detail in seen
        if detail != "ok"
    ]


def _faults_of_projections(rows: Rows, file: str) -> list[Fault]:
    streams, totals = refolded(rows)
    right = {name: stream_row(name, folded) for name, folded in streams.items()}
    differing = _differing(right, rows.stored_streams()) + _differing(totals, rows.totals())
    return [
        Fault(code=Code.JOURNAL_PROJECTION_DIFFERS, file=file, facts={"name": name}) for name in differing
    ]


def _differing(right: dict[str, Any], stored: dict[str, Any]) -> list[str]:
    return sorted(name for name in right.keys() | stored.keys() if right.get(name) != stored.get(name))


def refolded(rows: Rows) -> tuple[dict[str, Folded], dict[str, int]]:
    """All streams and all totals but zeros, folded from the journal alone."""
    streams: dict[str, Folded] = {}
    totals: dict[str, int] = {}
    for stream, group in groupby(rows.entries_by_stream(), attrgetter("stream")):
        own = list(group)
        state = fold(stream, own)
        streams[stream] = Folded(state, own[-1].order())
        for name, count in fold_of(stream).totals(state).items():
            totals[name] = totals.get(name, 0) + count
    return streams, {name: count for name, count in totals.items() if count}


_by_device = attrgetter("device", "number")


def new_entries(rows: Rows, entries: Sequence[Entry]) -> list[Entry]:
    """Those of ``entries`` that the journal does not hold yet, by device and number.

    Raises:
        Faults: they do not continue what the journal holds; ``row`` counts in the list of new entries.
    """
    new: list[Entry] = []
    heads: list[Entry] = []
    found: list[Fault] = []
    for device, own in groupby(sorted(entries, key=_by_device), attrgetter("device")):
        if head := rows.last_of(device):
            heads.append(head)
        known = rows.hashes_of(device)
        for entry in own:
            if entry.number not in known:
                known[entry.number] = entry.hash
                new.append(entry)
            elif known[entry.number] != entry.hash:
                found.append(_fault(Code.JOURNAL_CHAIN_BROKEN, entry))
            if entry.stream.partition(":")[0] not in FOLDS:
                found.append(_fault(Code.JOURNAL_KIND_UNKNOWN, entry))
    # The heads stand before the new entries only to be continued; they were checked when they came.
    found += [
        msgspec.structs.replace(fault, row=fault.row - len(heads))
        for fault in check_chain([*heads, *new])
        if fault.row > len(heads)
    ]
    if found:
        raise Faults(found)
    return new


def _fault(code: Code, entry: Entry) -> Fault:
    return Fault(code=code, file="journal", facts={"device": entry.device, "number": entry.number})
