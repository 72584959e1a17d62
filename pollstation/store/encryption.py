"""The lock on a station file: its key, its salt, the connection, and what SQLite's errors mean here.

The key is derived once from the station's passphrase by Argon2id, with the second recommended option of
RFC 9106 (64 MiB, 3 passes, 4 lanes). SQLCipher keeps its salt in the first 16 bytes of the file; ours begins
with a mark, so that any other file is told from one of ours before a passphrase is tried.
"""

import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3.dbapi2
from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from pollstation.domain.errors import Code, Refusal, disk_refusals

MARK = b"poll"
SALT_BYTES = 16

PRAGMAS = (
    "cipher_log_level = NONE",
    "journal_mode = WAL",
    "synchronous = FULL",
    # About 1 MB: a log that is written over again costs a third less to sync than one that grows (measured).
    "wal_autocheckpoint = 250",
    # In KiB, used as far as the file is large: a page read again is not deciphered again.
    "cache_size = -65536",
    "foreign_keys = ON",
    # Without it, INSERT OR REPLACE would delete an entry past the trigger.
    "recursive_triggers = ON",
    # What spills would lie on the disk in plain text.
    "temp_store = MEMORY",
)

_CODES = {
    sqlcipher3.dbapi2.SQLITE_BUSY: Code.FILE_BUSY,
    sqlcipher3.dbapi2.SQLITE_LOCKED: Code.FILE_BUSY,
    sqlcipher3.dbapi2.SQLITE_CORRUPT: Code.FILE_DAMAGED,
    sqlcipher3.dbapi2.SQLITE_NOTADB: Code.FILE_DAMAGED,
    sqlcipher3.dbapi2.SQLITE_FULL: Code.DISK_FULL,
    sqlcipher3.dbapi2.SQLITE_IOERR: Code.FILE_OUT_OF_REACH,
    sqlcipher3.dbapi2.SQLITE_CANTOPEN: Code.FILE_OUT_OF_REACH,
    sqlcipher3.dbapi2.SQLITE_READONLY: Code.FILE_OUT_OF_REACH,
    sqlcipher3.dbapi2.SQLITE_PERM: Code.FILE_OUT_OF_REACH,
}


def new_salt() -> bytes:
    """Sixteen bytes for a new file: our mark and 96 random bits."""
    return MARK + secrets.token_bytes(SALT_BYTES - len(MARK))


def read_salt(path: Path) -> bytes:
    """The salt of the file at ``path``; refuses when there is none or it is not one of ours."""
    with disk_refusals(path):
        if not path.is_file():
            raise Refusal(Code.FILE_MISSING, file=str(path))
        with path.open("rb") as file:
            salt = file.read(SALT_BYTES)
    if len(salt) < SALT_BYTES or not salt.startswith(MARK):
        raise Refusal(Code.FILE_FOREIGN, file=path.name)
    return salt


def derive_key(passphrase: str, salt: bytes) -> bytes:
    """The 32 bytes that lock a file with ``salt``; takes about a tenth of a second and 64 MiB, by design."""
    return hash_secret_raw(
        unicodedata.normalize("NFC", passphrase).encode(),
        salt,
        time_cost=3,
        memory_cost=64 * 1024,
        parallelism=4,
        hash_len=32,
        type=Type.ID,
    )


def connect(path: Path, key: bytes, salt: bytes) -> Connection:
    """A connection to the file at ``path``, made when missing; it serves the calling thread alone.

    Its transactions are begun and ended by their own statements, never by the driver.

    Raises:
        Refusal: FILE_WRONG_PASSPHRASE, FILE_BUSY, FILE_DAMAGED or FILE_OUT_OF_REACH.
    """
    new = not path.exists()

    def unlocked() -> sqlcipher3.dbapi2.Connection:
        connection = sqlcipher3.dbapi2.connect(
            str(path), timeout=0.2, isolation_level=None, check_same_thread=True
        )
        # An altered entry may hold text that is no UTF-8; it has to be read to be named.
        connection.text_factory = _text
        try:
            # A pragma takes no parameters; both are hexadecimal digits.
            connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("SELECT count(*) FROM sqlite_master")
        except sqlcipher3.dbapi2.DatabaseError as error:
            connection.close()
            if not new and error.sqlite_errorcode == sqlcipher3.dbapi2.SQLITE_NOTADB:
                raise Refusal(Code.FILE_WRONG_PASSPHRASE, file=path.name) from None
            raise
        return connection

    engine = create_engine(
        "sqlite://",
        module=sqlcipher3.dbapi2,
        creator=unlocked,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        hide_parameters=True,
    )
    with database_refusals(path):
        connection = engine.connect()
    # SQLAlchemy believes itself within one transaction for good; so neither it nor Alembic ends one of ours.
    connection.begin()
    return connection


def _text(stored: bytes) -> str:
    return stored.decode(errors="replace")


@contextmanager
def database_refusals(path: Path) -> Iterator[None]:
    """Turn what SQLite says about the disk or the file at ``path`` into a refusal with a code."""
    try:
        yield
    except (DBAPIError, sqlcipher3.dbapi2.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = _CODES.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF)
        if code is None:
            raise
        raise Refusal(code, file=path.name) from error
