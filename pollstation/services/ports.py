"""What the duties of the day need from the outside: a unit of work over the station's file.

Only what stands here is known to the duties; ``pollstation.store`` offers it over SQLite.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Generic, Protocol, TypeVar

import msgspec

from pollstation.domain.contests import Plan
from pollstation.domain.journal import Entry, Facts, Kind, Order
from pollstation.domain.register import Voter
from pollstation.domain.staff import Person, Session

S = TypeVar("S", bound=msgspec.Struct)
T = TypeVar("T")


class WallClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """Now, aware."""
        return datetime.now(UTC)


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """Now, aware."""
        ...


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries of the journal; what is empty chooses all."""

    actor: str = ""
    """Id of the person who acted or signed as the second."""
    kind: str = ""
    stream: str = ""
    """What the name of the stream begins with."""
    text: str = ""
    """What the entry tells somewhere, in its public or its private part; looking for it reads every entry."""


EVERYTHING = Chosen()


class Reading(Protocol):
    """What a duty may read, all of one moment."""

    plan: Plan
    now: datetime

    def state(self, stream: str, kind: type[S]) -> S:
        """The folded state of ``stream``, an instance of ``kind``; its start when nothing happened yet."""
        ...

    def states(self, prefix: str, kind: type[S]) -> dict[str, S]:
        """The states of all streams whose names begin with ``prefix``, by stream name, sorted."""
        ...

    def total(self, name: str) -> int:
        """One total over all streams; 0 when nothing contributed."""
        ...

    def totals(self, prefix: str = "") -> dict[str, int]:
        """All totals whose names begin with ``prefix``, by name; zeros left out."""
        ...

    def voter(self, token: str) -> Voter:
        """The voter of that token; KeyError when not in this register."""
        ...

    def voters_with_key(self, key: str, limit: int) -> tuple[Sequence[Voter], int]:
        """Voters one of whose search keys begins with ``key``, best first, at most ``limit``; and how many
        there are (counting stops at 1,000)."""
        ...

    def voters(self) -> Sequence[Voter]:
        """The whole register in register order."""
        ...

    def groups(self) -> Mapping[str, str]:
        """The voters' group of every voter by their token, in register order; quicker than :meth:`voters`."""
        ...

    def took_part(self) -> Sequence[str]:
        """Tokens of all voters to whom a ballot is issued; quicker than their states."""
        ...

    def person(self, person_id: str) -> Person:
        """The appointed person of that id; KeyError when there is none."""
        ...

    def people(self) -> Sequence[Person]:
        """All appointed people in the package's order."""
        ...

    def setting(self, name: str) -> bytes:
        """A fact of the package kept with the file, such as ``station-key``; KeyError when absent."""
        ...

    def entries(self, stream: str = "") -> Sequence[Entry]:
        """Entries of a stream in folding order, or with no name the whole journal by device and number."""
        ...

    def chosen_entries(self, chosen: Chosen, before: Order | None, most: int) -> Sequence[Entry]:
        """Entries chosen, the latest first, at most ``most`` of those that stand before ``before`` (None: of
        all). Only these are read, however long the journal is and however far back they stand."""
        ...

    def count_chosen(self, chosen: Chosen) -> int:
        """How many entries are chosen."""
        ...

    def head(self) -> Entry | None:
        """This device's last entry."""
        ...


class UnitOfWork(Reading, Protocol):
    """One use case, one transaction, one fsync. What is refused or raises leaves nothing behind."""

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
        """Write one act to the journal and fold it; reads that follow see it.

        ``by`` is None for the program itself.
        """
        ...

    def keep(self, name: str, fact: bytes) -> None:
        """Keep a fact with the file, beside those of the package, such as a station's certificate."""
        ...

    def merge(self, entries: Sequence[Entry]) -> int:
        """Take in entries of other devices; those known already are passed over.

        Returns:
            How many were new.

        Raises:
            Faults: where a chain does not hold or does not continue what is stored.
        """
        ...


class Answer(msgspec.Struct, Generic[T], frozen=True):
    """What a use case answered and what it changed, so that pages refresh only what they show."""

    value: T
    changed: frozenset[str]
    """Names of the streams and totals that are not what they were."""


class Package(msgspec.Struct, frozen=True, kw_only=True):
    """An election package, opened: all that a station is told before the day."""

    plan: Plan
    people: tuple[Person, ...]
    voters: tuple[Voter, ...]
    settings: dict[str, bytes]
    """``root`` (PEM certificate of the committee), ``station-certificate`` (PEM), ``station-key`` (PEM, PKCS
    #8, in the clear only inside the encrypted file), ``digest`` (SHA-256 of the package's SHA256SUMS) and
    ``directory`` (JSON of ``domain.directory.Directory``: the constituency's other stations)."""
