"""What a duty holds in its hands: reads of one moment, or one use case of writing."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from pollstation.domain.contests import Plan
from pollstation.domain.folds import fold, fold_of
from pollstation.domain.journal import Entry, Facts, Kind, Order, followed_time, time_of, write_entry
from pollstation.domain.register import late_voter
from pollstation.domain.staff import Session
from pollstation.services.ports import Chosen
from pollstation.store import checking
from pollstation.store.rows import Folded, Rows
from pollstation.store.second_copy import Commit

S = TypeVar("S", bound=msgspec.Struct)

NOT_BEFORE = "file:not-before"
"""The setting that keeps :attr:`Standing.not_before`."""

_BEFORE_ALL: Order = ("", "", 0)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept in memory between transactions. It follows commits only: a rollback leaves no traces."""

    device: str
    plan: Plan
    head: Entry | None
    """This device's last entry."""
    totals: dict[str, int]
    """All totals but zeros; follows a commit, never runs ahead of one."""
    not_before: datetime
    """The earliest time of the next entry, where another device's clock runs ahead."""


class Reader:
    """Reads of one moment; offers :class:`pollstation.services.ports.Reading`."""

    def __init__(self, rows: Rows, standing: Standing, now: datetime) -> None:
        self.plan = standing.plan
        self.now = now
        self._rows = rows
        self._head = standing.head
        self._standing = standing
        self.voter = rows.voter
        self.voters = rows.voters
        self.groups = rows.groups
        self.voters_with_key = rows.voters_with_key
        self.person = rows.person
        self.people = rows.people
        self.setting = rows.setting

    def state(self, stream: str, kind: type[S]) -> S:
        """The folded state of ``stream``; its start when nothing happened yet."""
        return _of_kind(self._folded(stream).state, kind)

    def states(self, prefix: str, kind: type[S]) -> dict[str, S]:
        """The states of all streams whose names begin with ``prefix``, sorted by name."""
        return {name: _of_kind(folded.state, kind) for name, folded in self._rows.all_folded(prefix).items()}

    def total(self, name: str) -> int:
        """One total over all streams."""
        return self._standing.totals.get(name, 0)

    def totals(self, prefix: str = "") -> dict[str, int]:
        """All totals whose names begin with ``prefix``, sorted by name; zeros left out."""
        return self._rows.totals(prefix)

    def entries(self, stream: str = "") -> list[Entry]:
        """Entries of a stream in folding order, or the whole journal by device and number."""
        return self._rows.entries_of(stream) if stream else list(self._rows.journal())

    def chosen_entries(self, chosen: Chosen, before: Order | None, most: int) -> list[Entry]:
        """Entries chosen, the latest first, a page of them."""
        return self._rows.chosen_entries(chosen, before, most)

    def count_chosen(self, chosen: Chosen) -> int:
        """How many entries are chosen."""
        return self._rows.count_chosen(chosen)

    def took_part(self) -> list[str]:
        """Tokens of the voters to whom a ballot is issued."""
        return self._rows.took_part()

    def head(self) -> Entry | None:
        """This device's last entry."""
        return self._head

    def _folded(self, stream: str) -> Folded:
        return self._rows.folded(stream) or Folded(fold_of(stream).state(), _BEFORE_ALL)


class Unit(Reader):
    """One use case of writing; offers :class:`pollstation.services.ports.UnitOfWork`.

    What is appended waits in memory and is written at the end, or before a read that has to see it.
    """

    def __init__(self, rows: Rows, standing: Standing, now: datetime) -> None:
        super().__init__(rows, standing, now)
        self._not_before = standing.not_before
        self._totals: dict[str, int] = {}
        self._streams: dict[str, Folded] = {}
        self._waiting_entries: list[Entry] = []
        self._waiting_streams: dict[str, Folded] = {}
        self._waiting_totals: set[str] = set()
        self._changed_streams: set[str] = set()
        self.commit = Commit([], {})
        """All that this use case wrote, for the second copy."""

    def append(
        self,
        kind: Kind,
        stream: str,
        *,
        by: Session | None,
        witness: Session | None = None,
        public: Facts | None = None,
        private: Facts | None = None,
    ) -> Entry:
        """Write one act to the journal and fold it; reads that follow see it."""
        entry = write_entry(
            device=self._standing.device,
            previous=self._head,
            now=max(self.now, self._not_before),
            kind=kind,
            stream=stream,
            public=public or {},
            private=private or {},
            actor=by.id if by else "",
            witness=witness.id if witness else "",
        )
        self._head = entry
        self._take_in(stream, [entry])
        return entry

    def merge(self, entries: Sequence[Entry]) -> int:
        """Take in entries that other devices wrote; our clock follows theirs, within its bound."""
        self._write_waiting()
        new = checking.new_entries(self._rows, entries)
        for stream, own in groupby(sorted(new, key=attrgetter("stream")), attrgetter("stream")):
            self._take_in(stream, sorted(own, key=Entry.order))
        self._write_waiting()
        self._head = self._rows.last_of(self._standing.device)
        if new:
            seen = followed_time(self.now, max(entry.time for entry in new))
            self._not_before = max(self._not_before, time_of(seen) + timedelta(milliseconds=1))
            self._rows.put_setting(NOT_BEFORE, self._not_before.isoformat().encode())
        return len(new)

    def keep(self, name: str, fact: bytes) -> None:
        """Keep a fact with the file, beside those of the package."""
        self._rows.put_setting(name, fact)
        self.commit.kept[name] = fact

    def total(self, name: str) -> int:
        """As a reader sees it, with what was appended."""
        return self._totals[name] if name in self._totals else super().total(name)

    def totals(self, prefix: str = "") -> dict[str, int]:
        """As a reader sees them, with what was appended."""
        self._write_waiting()
        return super().totals(prefix)

    def states(self, prefix: str, kind: type[S]) -> dict[str, S]:
        """As a reader sees them, with what was appended."""
        self._write_waiting()
        return super().states(prefix, kind)

    def entries(self, stream: str = "") -> list[Entry]:
        """As a reader sees them, with what was appended."""
        self._write_waiting()
        return super().entries(stream)

    def chosen_entries(self, chosen: Chosen, before: Order | None, most: int) -> list[Entry]:
        """As a reader sees them, with what was appended."""
        self._write_waiting()
        return super().chosen_entries(chosen, before, most)

    def count_chosen(self, chosen: Chosen) -> int:
        """As a reader sees them, with what was appended."""
        self._write_waiting()
        return super().count_chosen(chosen)

    def took_part(self) -> list[str]:
        """As a reader sees them, with what was appended."""
        self._write_waiting()
        return super().took_part()

    def finish(self) -> frozenset[str]:
        """Write what waits; returns the names of the streams and totals that are not what they were."""
        self._write_waiting()
        before = self._standing.totals
        self._totals = {name: count for name, count in self._totals.items() if count != before.get(name, 0)}
        return frozenset(self._changed_streams).union(self._totals)

    def standing(self) -> Standing:
        """What stands now that this unit is finished and committed."""
        totals = self._standing.totals
        totals.update(self._totals)
        for name, count in self._totals.items():
            if not count:
                del totals[name]
        return msgspec.structs.replace(self._standing, head=self._head, not_before=self._not_before)

    def _take_in(self, stream: str, entries: Sequence[Entry]) -> None:
        concept = fold_of(stream)
        state, last = self._folded(stream)
        before = dict(concept.totals(state))
        self._waiting_entries += entries
        self.commit.entries.extend(entries)
        if entries[0].order() > last:
            for entry in entries:
                state = concept.step(state, entry)
        else:
            self._write_waiting()
            state = fold(stream, self._rows.entries_of(stream))
        for voter in filter(None, map(late_voter, entries)):
            self._rows.add_late_voter(voter)
        self._count(before, concept.totals(state))
        folded = Folded(state, max(last, entries[-1].order()))
        self._streams[stream] = self._waiting_streams[stream] = folded
        self._changed_streams.add(stream)

    def _count(self, before: Mapping[str, int], after: Mapping[str, int]) -> None:
        for name in before.keys() | after.keys():
            if more := after.get(name, 0) - before.get(name, 0):
                self._totals[name] = self.total(name) + more
                self._waiting_totals.add(name)

    def _folded(self, stream: str) -> Folded:
        if stream not in self._streams:
            self._streams[stream] = super()._folded(stream)
        return self._streams[stream]

    def _write_waiting(self) -> None:
        if self._waiting_entries:
            self._rows.add_entries(self._waiting_entries)
            self._waiting_entries = []
        if self._waiting_streams:
            self._rows.put_folded(self._waiting_streams)
            self._waiting_streams = {}
        if self._waiting_totals:
            self._rows.put_totals({name: self._totals[name] for name in self._waiting_totals})
            self._waiting_totals = set()


def _of_kind(state: Any, kind: type[S]) -> S:
    if not isinstance(state, kind):
        raise TypeError(f"this stream's state is a {type(state).__name__}, not a {kind.__name__}")
    return state
