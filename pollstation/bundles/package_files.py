"""The packages of an election as files: written only once all of them are built."""

import csv
import os
import secrets
from base64 import b32encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from pollstation.bundles.certificates import Authority
from pollstation.bundles.election_folder import Preparation
from pollstation.bundles.package import build_package
from pollstation.domain.errors import Code, Refusal

PASSPHRASES = "passphrases.csv"
Progress = Callable[[int, int], object]
"""Told how many packages of how many are built; may raise to stop before anything is written."""


def build_files(
    prepared: Preparation,
    root: Authority,
    files: Mapping[str, Path],
    passphrases: Mapping[str, str],
    progress: Progress = lambda _done, _total: None,
) -> dict[str, bytes]:
    """Build and write the packages of the stations in ``files``.

    Args:
        files: where to write each, by station.
        passphrases: of each station.

    Returns:
        What was written, by station.

    Raises:
        Refusal: FILE_EXISTS, KEY_PASSPHRASE_SHORT; nothing is written then.
    """
    for file in files.values():
        if file.exists():
            raise Refusal(Code.FILE_EXISTS, file=str(file))
    now = datetime.now(UTC)
    built = {}
    for done, station in enumerate(files):
        progress(done, len(files))
        built[station] = build_package(prepared, station, root, passphrases[station], now)
    for station, data in built.items():
        write_new(files[station], data)
    return built


def build_every(
    prepared: Preparation,
    root: Authority,
    out: Path,
    progress: Progress = lambda _done, _total: None,
) -> tuple[dict[str, Path], dict[str, bytes]]:
    """Build the packages of all stations into the folder ``out``, with new passphrases in a list beside them.

    Returns:
        Where each package lies and what it is, by station.

    Raises:
        Refusal: as :func:`build_files`.
    """
    passphrases = {station.id: _new_passphrase() for station in prepared.stations}
    files = {station: out / f"{prepared.election.id}-{station}.package.zip" for station in passphrases}
    if (out / PASSPHRASES).exists():
        raise Refusal(Code.FILE_EXISTS, file=str(out / PASSPHRASES))
    out.mkdir(parents=True, exist_ok=True)
    built = build_files(prepared, root, files, passphrases, progress)
    write_new(out / PASSPHRASES, _as_table(passphrases), private=True)
    return files, built


def write_new(file: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file that is not there yet; FILE_EXISTS otherwise.

    Args:
        private: only its owner may read it.
    """
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
    except FileExistsError:
        raise Refusal(Code.FILE_EXISTS, file=str(file)) from None
    except OSError:
        raise Refusal(Code.FILE_OUT_OF_REACH, file=str(file)) from None
    with os.fdopen(handle, "wb") as new:
        new.write(data)


def _new_passphrase() -> str:
    """80 random bits in four groups of letters and digits that are easily told apart."""
    text = b32encode(secrets.token_bytes(10)).decode("ascii").lower()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


def _as_table(passphrases: Mapping[str, str]) -> bytes:
    text = StringIO(newline="")
    csv.writer(text).writerows([("station", "passphrase"), *passphrases.items()])
    return text.getvalue().encode("utf-8-sig")
