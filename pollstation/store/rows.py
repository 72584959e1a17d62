"""Reading and writing the rows of a station file; what they mean is decided elsewhere."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from pollstation.domain.folds import fold_of
from pollstation.domain.journal import Entry, Order, Private, canonical
from pollstation.domain.register import Voter, search_keys
from pollstation.domain.staff import Person
from pollstation.services.ports import Chosen
from pollstation.store import tables

COUNTING_STOPS = 1_000
_LAST = "\U0010ffff"
_AFTER_ALL: Order = (_LAST, "", 0)

_voter = msgspec.json.Decoder(Voter)
_person = msgspec.json.Decoder(Person)


class Folded(NamedTuple):
    """The state of a stream, and its last entry's place."""

    state: Any
    last: Order


class Rows:
    """The rows behind one connection."""

    def __init__(self, connection: Connection) -> None:
        # The statements are compiled; the driver runs them without SQLAlchemy's care for each result, which
        # would cost as much again as the fsync does.
        driver: Any = connection.connection.driver_connection
        self._run: Callable[..., Any] = driver.execute
        self._run_each: Callable[..., Any] = driver.executemany

    # The journal

    def journal(self) -> Iterator[Entry]:
        """All entries by device and number."""
        return map(read_entry, self._run(tables.JOURNAL))

    def entries_by_stream(self) -> Iterator[Entry]:
        """All entries by stream, in folding order within each."""
        return map(read_entry, self._run(tables.ENTRIES_BY_STREAM))

    def entries_of(self, stream: str) -> list[Entry]:
        """Entries of one stream in folding order."""
        return [read_entry(row) for row in self._run(tables.ENTRIES_OF_STREAM, (stream,))]

    def chosen_entries(self, chosen: Chosen, before: Order | None, most: int) -> list[Entry]:
        """See :meth:`pollstation.services.ports.Reading.chosen_entries`."""
        by, facts = _choice(chosen)
        rows = self._run(tables.chosen(*by), (*facts, *(before or _AFTER_ALL)))
        return [read_entry(row) for row in rows.fetchmany(most)]

    def count_chosen(self, chosen: Chosen) -> int:
        """How many entries are chosen."""
        by, facts = _choice(chosen)
        count: int = self._run(tables.count_chosen(*by), facts).fetchone()[0]
        return count

    def last_of(self, device: str) -> Entry | None:
        """The last entry of a device."""
        row = self._run(tables.LAST_OF_DEVICE, (device,)).fetchone()
        return read_entry(row) if row else None

    def hashes_of(self, device: str) -> dict[int, str]:
        """The hashes of a device's entries, by number."""
        rows = self._run(tables.HASHES_OF_DEVICE, (device,))
        return {number: digest.hex() for number, digest in rows}

    def add_entries(self, entries: Sequence[Entry]) -> None:
        """Append to the journal."""
        self._run_each(tables.INSERT["entry"], [_entry_row(entry) for entry in entries])

    # Projections

    def folded(self, stream: str) -> Folded | None:
        """What is stored of a stream; None when nothing happened yet."""
        row = self._run(tables.STREAM, (stream,)).fetchone()
        return _read_stream(row) if row else None

    def all_folded(self, prefix: str = "") -> dict[str, Folded]:
        """What is stored of the streams whose names begin with ``prefix``, sorted by name."""
        return {row[0]: _read_stream(row) for row in self._run(tables.STREAMS, (prefix, prefix + _LAST))}

    def stored_streams(self) -> dict[str, tuple[object, ...]]:
        """The streams' rows as they are, by name, for comparing with :func:`stream_row`."""
        return {row[0]: tuple(row) for row in self._run(tables.STREAMS, ("", _LAST))}

    def put_folded(self, streams: Mapping[str, Folded]) -> None:
        """Store the states of some streams."""
        self._run_each(tables.PUT_STREAM, [stream_row(name, folded) for name, folded in streams.items()])

    def totals(self, prefix: str = "") -> dict[str, int]:
        """Totals whose names begin with ``prefix``, sorted by name; zeros are not stored."""
        return {row[0]: row[1] for row in self._run(tables.TOTALS, (prefix, prefix + _LAST))}

    def put_totals(self, totals: Mapping[str, int]) -> None:
        """Store some totals; those that are zero are dropped."""
        self._run_each(tables.PUT_TOTAL, [(name, value) for name, value in totals.items() if value])
        self._run_each(tables.DROP_TOTAL, [(name,) for name, value in totals.items() if not value])

    def drop_projections(self) -> None:
        """Forget all that ``rebuild`` makes again."""
        self._run(tables.DROP_STREAMS)
        self._run(tables.DROP_TOTALS)

    # The package

    def add_voters(self, voters: Iterable[Voter]) -> None:
        """Take in the register with its search keys."""
        keys: list[tuple[str, int]] = []
        rows: list[tuple[int, str, str]] = []
        for voter in voters:
            rows.append((voter.number, voter.token, _json(voter)))
            keys += [(key, voter.number) for key in search_keys(voter)]
        keys.sort()  # rows in the order of their tree are written once, not again and again
        self._run_each(tables.INSERT["voter"], rows)
        self._run_each(tables.INSERT["voter_key"], keys)

    def add_late_voter(self, voter: Voter) -> None:
        """Put a voter at the end of the register, in the next free place; once only."""
        if not self._run(tables.VOTER, (voter.token,)).fetchone():
            (last,) = self._run(tables.LAST_NUMBER).fetchone()
            self.add_voters([msgspec.structs.replace(voter, number=(last or 0) + 1)])

    def voter(self, token: str) -> Voter:
        """The voter of that token; KeyError when not in this register."""
        row = self._run(tables.VOTER, (token,)).fetchone()
        if row is None:
            raise KeyError(token)
        return _voter.decode(row[0])

    def voters(self) -> list[Voter]:
        """The whole register in register order."""
        return [_voter.decode(row[0]) for row in self._run(tables.VOTERS)]

    def groups(self) -> dict[str, str]:
        """See :meth:`pollstation.services.ports.Reading.groups`."""
        return dict(self._run(tables.GROUPS).fetchall())

    def took_part(self) -> list[str]:
        """See :meth:`pollstation.services.ports.Reading.took_part`."""
        return [row[0].partition(":")[2] for row in self._run(tables.TOOK_PART)]

    def voters_with_key(self, key: str, limit: int) -> tuple[list[Voter], int]:
        """See :meth:`pollstation.services.ports.Reading.voters_with_key`; whole keys come first."""
        rows = self._run(tables.NUMBERS_WITH_KEY, (key, key + _LAST))
        numbers = list(islice(_distinct(row[0] for row in rows), COUNTING_STOPS))
        shown = (self._run(tables.VOTER_BY_NUMBER, (number,)).fetchone() for number in numbers[:limit])
        return [_voter.decode(row[0]) for row in shown], len(numbers)

    def add_people(self, people: Sequence[Person]) -> None:
        """Take in the appointed people, in the package's order."""
        rows = [(place, person.id, _json(person)) for place, person in enumerate(people, start=1)]
        self._run_each(tables.INSERT["person"], rows)

    def person(self, person_id: str) -> Person:
        """The appointed person of that id; KeyError when there is none."""
        row = self._run(tables.PERSON, (person_id,)).fetchone()
        if row is None:
            raise KeyError(person_id)
        return _person.decode(row[0])

    def people(self) -> list[Person]:
        """All appointed people in the package's order."""
        return [_person.decode(row[0]) for row in self._run(tables.PEOPLE)]

    def setting(self, name: str) -> bytes:
        """A fact kept with the file; KeyError when absent."""
        row = self._run(tables.SETTING, (name,)).fetchone()
        if row is None:
            raise KeyError(name)
        return bytes(row[0])

    def setting_or(self, name: str, otherwise: bytes) -> bytes:
        """A fact kept with the file; ``otherwise`` when absent."""
        row = self._run(tables.SETTING, (name,)).fetchone()
        return bytes(row[0]) if row else otherwise

    def put_setting(self, name: str, value: bytes) -> None:
        """Keep a fact with the file."""
        self._run(tables.PUT_SETTING, (name, value))


def read_entry(row: Sequence[Any]) -> Entry:
    """The entry in a row of the table ``entry``.

    A part whose text is not the canonical JSON that was written, byte for byte, is read as something that
    cannot be what its digest covers: so the check of the chain names the entry.
    """
    device, number, time, kind, stream, actor, witness, public, digest, previous, own, salt, private = row
    return Entry(
        device=device,
        number=number,
        time=time,
        kind=kind,
        stream=stream,
        actor=actor,
        witness=witness,
        public=_facts(public),
        private_digest=digest.hex(),
        previous=previous.hex(),
        hash=own.hex(),
        private=None if private is None else Private((salt or b"").hex(), _facts(private)),
    )


def _choice(chosen: Chosen) -> tuple[list[str], list[str]]:
    """By what entries are chosen, and the parameters of the statements for it."""
    facts = {"kind": [chosen.kind], "actor": [chosen.actor] * 2, "stream": [chosen.stream]}
    facts["text"] = [chosen.text] * 2
    by = [name for name, values in facts.items() if values[0]]
    return by, [value for name in by for value in facts[name]]


def _facts(text: str) -> dict[str, Any]:
    try:
        facts = msgspec.json.decode(text, type=dict[str, Any])
        if canonical(facts).decode() == text:
            return facts
    except (msgspec.DecodeError, UnicodeError):
        pass
    return {"unreadable": text}


def _entry_row(entry: Entry) -> tuple[object, ...]:
    private = entry.private
    return (
        entry.device,
        entry.number,
        entry.time,
        entry.kind,
        entry.stream,
        entry.actor,
        entry.witness,
        canonical(entry.public).decode(),
        bytes.fromhex(entry.private_digest),
        bytes.fromhex(entry.previous),
        bytes.fromhex(entry.hash),
        bytes.fromhex(private.salt) if private else None,
        canonical(private.facts).decode() if private else None,
    )


@cache
def _state_decoder(state: type[msgspec.Struct]) -> msgspec.json.Decoder[msgspec.Struct]:
    return msgspec.json.Decoder(state)


def _read_stream(row: Sequence[Any]) -> Folded:
    name, state, *last = row
    return Folded(_state_decoder(fold_of(name).state).decode(state), (last[0], last[1], last[2]))


def stream_row(name: str, folded: Folded) -> tuple[object, ...]:
    """The row of a stream: equal states give equal text."""
    state = msgspec.json.encode(folded.state, order="deterministic").decode()
    return (name, state, *folded.last)


def _json(value: msgspec.Struct) -> str:
    return msgspec.json.encode(value).decode()


def _distinct(numbers: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for number in numbers:
        if number not in seen:
            seen.add(number)
            yield number
