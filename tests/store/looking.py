"""Looking into a station file past the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from pollstation.domain.journal import Entry
from pollstation.store import StationFile, encryption
from tests import station


def opened(path: Path) -> StationFile:
    return StationFile.open(path, station.PASSPHRASE, station.TickingClock())


@contextmanager
def inside(path: Path) -> Iterator[Connection]:
    """The closed file at ``path``, as somebody sees it who knows the passphrase and some SQL."""
    salt = encryption.read_salt(path)
    with encryption.connect(path, encryption.derive_key(station.PASSPHRASE, salt), salt) as connection:
        yield connection


def unguard(connection: Connection) -> None:
    """Drop the triggers that keep the journal."""
    triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars()
    for name in list(triggers):
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def projections(file: StationFile) -> dict[str, list[tuple[Any, ...]]]:
    """The rows that screens read, exactly as stored."""
    run = file._connection.exec_driver_sql
    return {
        table: [tuple(row) for row in run(f"SELECT * FROM {table} ORDER BY name")]
        for table in ("stream", "total")
    }


def journal(file: StationFile) -> list[Entry]:
    return list(file.read(lambda day: day.entries()))
