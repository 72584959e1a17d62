"""The second copy of a station file, on another medium: one full copy, and a journal of what came after it.

The full copy is the station file itself, made by ``VACUUM INTO``: the same passphrase opens it. The journal
copy is append-only: a header, then one record for each commit. A record is four bytes of length, a random
nonce of twelve, and the commit under AES-256-GCM, with the journal's id and the record's place as associated
data: no record can be altered, moved or brought in from elsewhere. Its key is derived from that of the
station file (HKDF-SHA256), so it is of no use to the finder of a lost stick.

Files are opened for each record and closed again: a medium may be pulled out at any time, and nothing that
was written into a folder that is gone counts as written.
"""

import contextlib
import errno
import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pollstation.domain.errors import Code
from pollstation.domain.journal import Entry
from pollstation.services.second_copy import CopyState, CopyStatus

FULL, JOURNAL = ".second-copy", ".second-journal"
"""How the names of the two files end; they begin with the device's name."""

PATIENCE = 0.25
"""Seconds a check-in waits for the medium at most."""

RETRY = 2.0
"""Seconds between two looks at a medium that is not well, or idle."""

_MARK = b"PS2NDJ1\n"
_ID_BYTES, _LENGTH_BYTES, _NONCE_BYTES = 16, 4, 12
_HEADER_BYTES = len(_MARK) + _ID_BYTES


class Commit(msgspec.Struct, frozen=True):
    """What one use case wrote."""

    entries: list[Entry]
    kept: dict[str, bytes]
    """Facts kept with the file, by name."""


def copy_key(file_key: bytes) -> bytes:
    """The 32 bytes that lock a journal copy, from those that lock the station file."""
    return HKDF(SHA256(), 32, salt=None, info=b"pollstation second copy").derive(file_key)


class JournalRead(NamedTuple):
    """What could be read of a journal copy."""

    commits: list[Commit]
    dropped: int
    """Records that could not be read; nothing after the first of them was taken."""


def read_journal(path: Path, file_key: bytes) -> JournalRead:
    """Everything in the journal copy at ``path`` up to the first record that cannot be read.

    Raises:
        OSError: it cannot be reached.
    """
    data = path.read_bytes()
    if len(data) < _HEADER_BYTES or not data.startswith(_MARK):
        return JournalRead([], 1)
    key, own_id = copy_key(file_key), data[len(_MARK) : _HEADER_BYTES]
    commits: list[Commit] = []
    records = list(_records(data))
    for place, record in enumerate(records):
        try:
            plain = AESGCM(key).decrypt(
                record[:_NONCE_BYTES], record[_NONCE_BYTES:], own_id + _number(place, 8)
            )
        except (InvalidTag, ValueError):
            return JournalRead(commits, len(records) - place)
        commits.append(msgspec.json.decode(plain, type=Commit))
    return JournalRead(commits, 0)


def _records(data: bytes) -> Iterator[bytes]:
    """Nonce and ciphertext of each record; a torn last one is given as far as it goes."""
    at = _HEADER_BYTES
    while at < len(data):
        length = int.from_bytes(data[at : at + _LENGTH_BYTES], "big")
        yield data[at + _LENGTH_BYTES : at + _LENGTH_BYTES + length]
        at += _LENGTH_BYTES + length


def _number(number: int, size: int) -> bytes:
    return number.to_bytes(size, "big")


class SecondCopy:
    """Keeps the copy of one station file in ``folder``, on a thread of its own.

    The worker that owns the file hands over what it committed (:meth:`put`) and full copies
    (:meth:`begin_again`); only this class touches the medium after that.

    Args:
        home: the station file; it tells whether the folder lies on another disk than the laptop's.
        same_disk: whether they were on one disk when the folder was chosen. A folder that is on the laptop's
            disk now and was not then is the empty mount point of a medium that is gone.
        patience: seconds :meth:`put` waits for the medium at most.
    """

    def __init__(
        self,
        folder: Path,
        home: Path,
        device: str,
        file_key: bytes,
        *,
        same_disk: bool,
        patience: float = PATIENCE,
    ) -> None:
        self.folder, self.same_disk = folder, same_disk
        self._home = home
        self._full, self._journal = folder / f"{device}{FULL}", folder / f"{device}{JOURNAL}"
        self._cipher = AESGCM(copy_key(file_key))
        self._patience = patience
        self._present = self._there()
        self._state = CopyState.BEHIND if self._present else CopyState.MISSING
        self._trouble = None if self._present else Code.COPY_MEDIUM_MISSING
        self._waiting: list[Commit] = []
        self._snapshot: Path | None = None
        self._wants_snapshot = True
        self._stopped = False
        self._id, self._length, self._count = b"", 0, 0
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="second copy", daemon=True)
        self._thread.start()

    # For the owner of the station file

    def put(self, commit: Commit) -> None:
        """Take what was committed; while the copy is healthy, wait until it is on the medium as well.

        When this returns, either it is there or the state is no longer healthy.
        """
        with self._changed:
            self._waiting.append(commit)
            self._changed.notify_all()
            if self._state is CopyState.HEALTHY:
                here = self._changed.wait_for(self._settled, self._patience)
                if not here:
                    self._state = CopyState.BEHIND

    def _settled(self) -> bool:
        return not self._waiting or self._state is not CopyState.HEALTHY

    @property
    def wants_snapshot(self) -> bool:
        """Whether a full copy is asked for, and a medium is there to take it."""
        with self._changed:
            return self._wants_snapshot and self._snapshot is None and self._present

    def begin_again(self, snapshot: Path) -> None:
        """Take a full copy made just now, in a file of its own that is thrown away afterwards."""
        with self._changed:
            self._waiting = []
            self._snapshot, self._wants_snapshot = snapshot, False
            self._state = CopyState.BEHIND
            self._changed.notify_all()

    def status(self) -> CopyStatus:
        """How it stands; any thread may ask."""
        with self._changed:
            return CopyStatus(
                state=self._state,
                folder=self.folder,
                waiting=len(self._waiting),
                same_disk=self.same_disk,
                trouble=self._trouble,
            )

    def settle(self, seconds: float = 5.0) -> bool:
        """Wait until everything is on the medium; whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._state is CopyState.HEALTHY, seconds)

    def stop(self) -> None:
        """Write what waits if the medium takes it at once, and end."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        # A medium that hangs must not keep the program from ending.
        self._thread.join(self._patience * 8)
        if self._snapshot:
            self._snapshot.unlink(missing_ok=True)

    # On the thread of the copy

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._called, RETRY)
                stopped = self._stopped
            self._look_after()
            if stopped:
                return
            with self._changed:
                troubled = self._trouble is not None and not self._stopped
                if troubled:
                    self._changed.wait_for(lambda: self._stopped, RETRY)

    def _called(self) -> bool:
        ready = self._snapshot is not None or (bool(self._waiting) and not self._wants_snapshot)
        return self._stopped or ready

    def _look_after(self) -> None:
        """Bring the medium up to date, or find out why that cannot be."""
        try:
            if not self._there():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            if snapshot := self._snapshot:
                self._write_full(snapshot)
            with self._changed:
                queue = self._waiting
                commits, wanted = list(queue), self._wants_snapshot
            if not wanted:
                self._append(commits)
        except OSError as error:
            self._say_trouble(error)
            return
        with self._changed:
            del queue[: len(commits)]
            whole = not (self._waiting or self._wants_snapshot or self._snapshot)
            self._state = CopyState.HEALTHY if whole else CopyState.BEHIND
            self._present, self._trouble = True, None
            self._changed.notify_all()

    def _say_trouble(self, error: OSError) -> None:
        present = self._there()  # outside the lock: a medium that hangs must not hang the desk
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        with self._changed:
            self._present = present
            self._state = CopyState.BEHIND if present else CopyState.MISSING
            if not present:
                self._trouble = Code.COPY_MEDIUM_MISSING
            else:
                self._trouble = Code.COPY_MEDIUM_FULL if full else Code.COPY_FOLDER_UNFIT
            self._changed.notify_all()

    def _there(self) -> bool:
        try:
            return (self.folder.stat().st_dev == self._home.stat().st_dev) == self.same_disk
        except OSError:
            return False

    def _write_full(self, snapshot: Path) -> None:
        """Put a full copy and an empty journal in the place of what was there.

        The full copy goes first: beside the older journal it is still whole, as it holds all of that.
        """
        new_id = secrets.token_bytes(_ID_BYTES)
        _place(self._full, snapshot)
        _place(self._journal, _MARK + new_id)
        self._id, self._length, self._count = new_id, _HEADER_BYTES, 0
        with self._changed:
            if self._snapshot is snapshot:
                self._snapshot = None
        snapshot.unlink(missing_ok=True)

    def _append(self, commits: list[Commit]) -> None:
        """Add a record for each of ``commits`` behind those known to be there, and sync.

        Without any, it is still made sure that the journal lies there as it was left.
        """
        try:
            file = self._journal.open("r+b")
        except FileNotFoundError:
            self._ask_snapshot()
            return
        with file:
            header = file.read(_HEADER_BYTES)
            if header != _MARK + self._id or file.seek(0, os.SEEK_END) < self._length:
                self._ask_snapshot()
                return
            if commits:
                file.truncate(self._length)  # what was torn off when the medium was full or pulled out
                file.seek(self._length)
                records = b"".join(self._record(at, each) for at, each in enumerate(commits, self._count))
                file.write(records)
                file.flush()
                os.fsync(file.fileno())
                self._length, self._count = self._length + len(records), self._count + len(commits)

    def _ask_snapshot(self) -> None:
        """This is not the medium as it was left: only a full copy makes it whole."""
        with self._changed:
            self._wants_snapshot = self._snapshot is None

    def _record(self, place: int, commit: Commit) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(
            nonce, msgspec.json.encode(commit), self._id + _number(place, 8)
        )
        return _number(len(sealed), _LENGTH_BYTES) + sealed


def _place(path: Path, content: Path | bytes) -> None:
    """Put a file in the place of ``path``: at every moment the old one or the new one is there, whole."""
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("wb") as file:
            if isinstance(content, bytes):
                file.write(content)
            else:
                with content.open("rb") as source:
                    shutil.copyfileobj(source, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        raise
    _sync_names(path.parent)


def _sync_names(folder: Path) -> None:
    """Make sure that the names in ``folder`` outlast a loss of power, where the system offers that."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
