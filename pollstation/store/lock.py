"""One program at a time: a lock beside the station file, held until it is closed.

SQLite's own locks let several programs in; its exclusive mode keeps even a second connection of this program
out. The lock is an empty SQLite file in an exclusive transaction: every system knows such locks, and gives
them back when a program dies.
"""

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from pollstation.domain.errors import Code, Refusal, disk_refusals

_open_here: set[Path] = set()
"""Files that this process has open. A second look at one would not only be in vain: on POSIX systems, closing
a file drops every lock that the process holds on it."""


def is_open_here(path: Path) -> bool:
    """Whether this program holds the lock of the file at ``path``."""
    return path.resolve() in _open_here


class Lock:
    """The lock of the file at ``path``.

    Raises:
        Refusal: FILE_BUSY, FILE_OUT_OF_REACH.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._beside = path.with_name(path.name + "-lock")
        with disk_refusals(path):
            try:
                self._holder = sqlite3.connect(self._beside, timeout=0.2, isolation_level=None)
                self._holder.execute("PRAGMA journal_mode = MEMORY")
                self._holder.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode == sqlite3.SQLITE_BUSY
                raise Refusal(Code.FILE_BUSY if busy else Code.FILE_OUT_OF_REACH, file=path.name) from None
        if not self._beside.exists():  # its last holder took it away meanwhile
            self._holder.close()
            raise Refusal(Code.FILE_BUSY, file=path.name)
        _open_here.add(path.resolve())

    def release(self) -> None:
        """Let others in; once more does no harm."""
        if not is_open_here(self.path):
            return
        _open_here.discard(self.path.resolve())
        try:
            self._beside.unlink()
        except OSError:  # where an open file cannot be taken away
            self._holder.close()
            self._beside.unlink(missing_ok=True)
        self._holder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
