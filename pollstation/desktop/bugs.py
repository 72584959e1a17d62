"""What becomes of an error that nobody expected: a code and a log for the developers, no personal data.

The log holds the kind of error and the places it went through, never its message: a message may quote a name.
"""

import hashlib
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pollstation import __version__, paths


@dataclass(frozen=True)
class Bug:
    """The code to read out over the telephone, the log it can be found in, and the error for who tests."""

    code: str
    log: Path
    error: BaseException


def record(error: BaseException) -> Bug:
    """Write ``error`` to the log; the same bug gets the same code wherever it happens."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    kind = type(error).__name__
    code = "B-" + hashlib.sha256("\n".join([kind, *places[-3:]]).encode()).hexdigest()[:6].upper()
    log = paths.logs() / "pollstation.log"
    lines = [f"{datetime.now(UTC).isoformat(timespec='seconds')} {__version__} {code} {kind}"]
    with log.open("a", encoding="utf-8") as file:
        file.write("\n".join([*lines, *(f"    {place}" for place in places), ""]))
    return Bug(code, log, error)
