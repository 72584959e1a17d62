"""How the second copy stands: what the window shows of it, and what a restored file tells."""

from enum import StrEnum
from pathlib import Path

import msgspec

from pollstation.domain.errors import Code


class CopyState(StrEnum):
    """Whether what was acknowledged lies on the second medium, too."""

    HEALTHY = "healthy"
    """Everything; each act was there before it was acknowledged."""
    BEHIND = "behind"
    """Some acts still wait: the medium is slow, full or cannot be written."""
    MISSING = "missing"
    """The medium is not there."""


class CopyStatus(msgspec.Struct, frozen=True, kw_only=True):
    """The second copy at this moment."""

    state: CopyState
    folder: Path
    waiting: int
    """Acts that are on the laptop only."""
    same_disk: bool
    """The folder lies on the disk of the station file: one broken disk would take both."""
    trouble: Code | None = None
    """Why it is not healthy, where more is known than that it will be soon."""


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What came back from a second copy."""

    device: str
    entries: int
    """Journal entries in the new file."""
    appended: int
    """Those among them that were added after the full copy was made."""
    dropped: int
    """Records at the end of the copy that could not be read: the act under way when the medium was lost."""
    last: str
    """Time of the last entry, in the journal's form; empty without entries."""
    code: str
    """Short code of the device's last entry."""
