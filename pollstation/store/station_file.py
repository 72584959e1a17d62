"""The file of the day: one device's journal, its projections and the election package, encrypted."""

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec
from sqlalchemy import Connection

from pollstation.domain.contests import Plan
from pollstation.domain.errors import Code, Fault, Refusal, disk_refusals
from pollstation.domain.journal import Entry
from pollstation.services.ports import Answer, Clock, Package, Reading, UnitOfWork
from pollstation.services.second_copy import CopyStatus
from pollstation.store import checking, encryption, migrations
from pollstation.store.lock import Lock, is_open_here
from pollstation.store.rows import Rows
from pollstation.store.second_copy import PATIENCE, Commit, SecondCopy
from pollstation.store.tables import HEAD
from pollstation.store.unit import NOT_BEFORE, Reader, Standing, Unit

T = TypeVar("T")

# Facts of the file itself, kept among the package's settings.
_DEVICE, _PLAN, _COPY = "file:device", "file:plan", "file:second-copy"


class StationFile:
    """One station file, open; no other program can open it. Only the thread that opened it may use it, except
    for :meth:`study` and :meth:`check`, which read by a connection of their own.

    Made by :meth:`create` or :meth:`open`; closed by :meth:`close` or at the end of a ``with`` block.
    """

    path: Path
    device: str

    def __init__(self, lock: Lock, connection: Connection, clock: Clock, key: bytes, salt: bytes) -> None:
        self.path = lock.path
        self._lock = lock
        self._key, self._salt = key, salt
        self._connection = connection
        self._clock = clock
        self._rows = Rows(connection)
        self._at_work = False
        self._studying = threading.Lock()
        self._standing = _standing(self._rows)
        self.device = self._standing.device
        self._copy: SecondCopy | None = None

    @classmethod
    def create(cls, path: Path, passphrase: str, package: Package, clock: Clock, device: str = "") -> Self:
        """Make the station file of a new day from an election package, and open it.

        Args:
            path: where it shall lie; nothing may be there yet.
            passphrase: of the station; the file cannot be read without it.
            device: name of this device in the journal; left out, the station's id and four random digits.

        Raises:
            Refusal: FILE_EXISTS, DISK_FULL, FILE_OUT_OF_REACH.
        """
        # What a crash left beside a file that was then taken away would be read into the new one.
        for taken in (path, _log_of(path)):
            if taken.exists():
                raise Refusal(Code.FILE_EXISTS, file=str(taken))
        device = device or f"{package.plan.station.id}-{secrets.token_hex(2)}"
        salt = encryption.new_salt()
        key = encryption.derive_key(passphrase, salt)
        # Under another name until it is whole: a half-made file would be in the way of the next try.
        draft = path.with_name(path.name + ".new")
        with disk_refusals(path):
            remove(draft)
            try:
                with encryption.database_refusals(path):
                    _fill(encryption.connect(draft, key, salt), package, device)
                draft.rename(path)
            finally:
                remove(draft)
        return cls._opened(path, key, salt, clock)

    @classmethod
    def open(cls, path: Path, passphrase: str, clock: Clock, *, with_copy: bool = True) -> Self:
        """Open the station file at ``path``; one of an older program is upgraded, with a copy kept beside it.

        Args:
            with_copy: whether its second copy, where it has one, is kept on.

        Raises:
            Refusal: FILE_MISSING, FILE_FOREIGN, FILE_WRONG_PASSPHRASE, FILE_BUSY, FILE_NEWER, FILE_DAMAGED,
                DISK_FULL, FILE_OUT_OF_REACH.
        """
        if is_open_here(path):
            raise Refusal(Code.FILE_BUSY, file=path.name)
        salt = encryption.read_salt(path)
        return cls._opened(path, encryption.derive_key(passphrase, salt), salt, clock, with_copy)

    @classmethod
    def _opened(cls, path: Path, key: bytes, salt: bytes, clock: Clock, with_copy: bool = True) -> Self:
        with ExitStack() as undo:
            lock = undo.enter_context(Lock(path))
            connection = undo.enter_context(encryption.connect(path, key, salt))
            with encryption.database_refusals(path):
                _upgrade(connection, path)
                station = cls(lock, connection, clock, key, salt)
            undo.pop_all()
        if with_copy:
            station._begin_copy()
        return station

    def write(self, duty: Callable[[UnitOfWork], T]) -> Answer[T]:
        """Do one use case: one transaction, one fsync. When this returns, it is on the disk, and where
        :meth:`copy_status` is healthy, on the second medium.

        Whatever ``duty`` raises, nothing of it is left.

        Raises:
            Refusal: what ``duty`` refuses, or DISK_FULL, FILE_OUT_OF_REACH, FILE_DAMAGED.
        """
        return self._write(duty)

    def _write(self, duty: Callable[[Unit], T]) -> Answer[T]:
        with self._alone(writing=True):
            unit = Unit(self._rows, self._standing, self._clock.now())
            value = duty(unit)
            changed = unit.finish()
        self._standing = unit.standing()
        if self._copy and (unit.commit.entries or unit.commit.kept):
            self._copy.put(unit.commit)
        return Answer(value, changed)

    def read(self, query: Callable[[Reading], T]) -> T:
        """Answer ``query`` from one moment of the file."""
        with self._alone(writing=False):
            return query(Reader(self._rows, self._standing, self._clock.now()))

    def study(self, query: Callable[[Reading], T]) -> T:
        """As :meth:`read`, but any thread may ask, and what takes long holds up no act: it is answered by a
        connection of its own, from the moment at which it begins."""
        with self._beside() as connection:
            rows = Rows(connection)
            return query(Reader(rows, _standing(rows), self._clock.now()))

    def merge(self, entries: Sequence[Entry]) -> Answer[int]:
        """Take in entries that other devices wrote; those already known are passed over.

        Returns:
            How many were new, and what they changed.

        Raises:
            Faults: a gap, a broken chain, or another story under a number already known; nothing was taken.
        """
        return self.write(lambda unit: unit.merge(entries))

    def take_back(self, commits: Sequence[Commit]) -> int:
        """Take in what a second copy holds beyond this file; how many entries that were.

        Raises:
            Faults: they do not continue what the file holds; nothing was taken.
        """

        def take(unit: Unit) -> int:
            for commit in commits:
                for name, fact in commit.kept.items():
                    unit.keep(name, fact)
            return unit.merge([entry for commit in commits for entry in commit.entries])

        return self._write(take).value

    def rebuild(self) -> None:
        """Make all projections again from the journal, in one transaction."""
        with self._alone(writing=True):
            streams, totals = checking.refolded(self._rows)
            self._rows.drop_projections()
            self._rows.put_folded(streams)
            self._rows.put_totals(totals)
        self._standing = msgspec.structs.replace(self._standing, totals=totals)

    def check(self) -> list[Fault]:
        """Look for every fault in the file: its pages, the chain of every device, the projections.

        A cause hides its symptoms: the chain is checked in a sound file only, projections with sound chains.
        As with :meth:`study`, any thread may ask.
        """
        with self._beside() as connection:
            return checking.faults(connection, Rows(connection), self.path.name)

    def copy_to(self, folder: Path | None, patience: float = PATIENCE) -> None:
        """Keep a second copy in ``folder``, on another medium, from now on and whenever the file is opened.

        Args:
            folder: None keeps none; what lies on the medium stays there.
            patience: seconds a write waits for the medium at most, until the file is closed.

        Raises:
            Refusal: COPY_FOLDER_UNFIT where there is no such folder.
        """
        choice = {}
        if folder is not None:
            folder = folder.absolute()
            try:
                same_disk = folder.stat().st_dev == self.path.stat().st_dev
            except OSError:
                raise Refusal(Code.COPY_FOLDER_UNFIT, folder=str(folder)) from None
            choice = {"folder": str(folder), "same_disk": same_disk}
        with self._alone(writing=True):
            self._rows.put_setting(_COPY, msgspec.json.encode(choice))
        self._end_copy()
        self._begin_copy(patience)

    def copy_status(self) -> CopyStatus | None:
        """How the second copy stands, None where none is kept; any thread may ask."""
        copy = self._copy
        return copy.status() if copy else None

    def tend_copy(self) -> None:
        """Make a full copy where the second copy asks for one: at its start, and when another medium is in.

        To be called every few seconds, between two acts.
        """
        if not (self._copy and self._copy.wants_snapshot):
            return
        snapshot = self.path.with_name(self.path.name + ".copying")
        try:
            snapshot.unlink(missing_ok=True)
            with encryption.database_refusals(self.path):
                self._connection.exec_driver_sql("VACUUM INTO ?", (str(snapshot),))
        except (OSError, Refusal):
            snapshot.unlink(missing_ok=True)  # no room on the laptop's own disk: the copy stays behind
            return
        self._copy.begin_again(snapshot)

    def _begin_copy(self, patience: float = PATIENCE) -> None:
        choice = msgspec.json.decode(self._rows.setting_or(_COPY, b"{}"))
        if choice:
            folder, same_disk = Path(choice["folder"]), choice["same_disk"]
            self._copy = SecondCopy(
                folder, self.path, self.device, self._key, same_disk=same_disk, patience=patience
            )
            self.tend_copy()

    def _end_copy(self) -> None:
        if self._copy:
            self._copy.stop()
            self._copy = None

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self._end_copy()
        with self._studying:  # its log goes into the file with the last connection
            self._connection.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _alone(self, *, writing: bool) -> Iterator[None]:
        if self._at_work:
            raise RuntimeError("a transaction is open on this station file; use the unit of work it gave")
        self._at_work = True
        try:
            with encryption.database_refusals(self.path), _transaction(self._connection, writing=writing):
                yield
        finally:
            self._at_work = False

    @contextmanager
    def _beside(self) -> Iterator[Connection]:
        """A reading transaction on a connection of its own."""
        with (
            self._studying,
            encryption.database_refusals(self.path),
            encryption.connect(self.path, self._key, self._salt) as connection,
            _transaction(connection, writing=False),
        ):
            yield connection


def _standing(rows: Rows) -> Standing:
    device = rows.setting(_DEVICE).decode()
    return Standing(
        device=device,
        plan=msgspec.json.decode(rows.setting(_PLAN), type=Plan),
        head=rows.last_of(device),
        totals=rows.totals(),
        not_before=datetime.fromisoformat(rows.setting(NOT_BEFORE).decode()),
    )


@contextmanager
def _transaction(connection: Connection, *, writing: bool) -> Iterator[None]:
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
    try:
        yield
        if writing:
            driver.execute("COMMIT")
    finally:
        # Of what is committed, and of what SQLite took back by itself on a full disk, nothing is left to do.
        driver.rollback()


def _log_of(path: Path) -> Path:
    """Where SQLite writes first what later goes into the file; gone when the file is closed."""
    return path.with_name(path.name + "-wal")


def remove(path: Path) -> None:
    """Take away a file that was not finished, with what lies beside it."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _fill(connection: Connection, package: Package, device: str) -> None:
    with connection, _transaction(connection, writing=True):
        migrations.upgrade(connection)
        rows = Rows(connection)
        rows.add_voters(package.voters)
        rows.add_people(package.people)
        own = {
            _DEVICE: device.encode(),
            _PLAN: msgspec.json.encode(package.plan),
            NOT_BEFORE: datetime.min.replace(tzinfo=UTC).isoformat().encode(),
        }
        for name, value in (package.settings | own).items():
            rows.put_setting(name, value)


def _upgrade(connection: Connection, path: Path) -> None:
    version = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
    if version > HEAD:
        raise Refusal(Code.FILE_NEWER, file=path.name)
    if version < HEAD:
        backup = path.with_name(f"{path.name}.before-{HEAD}")
        with disk_refusals(backup):
            remove(backup)
        # The copy is encrypted with the same key and salt: the same passphrase opens it.
        connection.exec_driver_sql("VACUUM INTO ?", (str(backup),))
        with _transaction(connection, writing=True):
            migrations.upgrade(connection)
