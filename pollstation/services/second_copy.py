"""The second copy: how it stands, who had it kept, and who goes on with a file made again from it."""

from enum import StrEnum
from pathlib import Path

import msgspec

from pollstation.domain.errors import Code
from pollstation.domain.journal import Kind
from pollstation.domain.staff import Session
from pollstation.services.guards import own_stream
from pollstation.services.ports import Reading, UnitOfWork

_RESTORED = "restored"
"""The fact, kept with a file made again from its second copy, of how far that went; empty when confirmed."""


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


def note_choice(unit: UnitOfWork, by: Session, *, kept: bool) -> None:
    """Write down that a second copy is kept from now on, or none; where it lies is nobody's business."""
    unit.append(Kind.COPY_BEGUN if kept else Kind.COPY_ENDED, own_stream(unit), by=by)


def note_restored(unit: UnitOfWork, restored: Restored) -> None:
    """Keep with a new file that it was made again from its second copy, until somebody confirms it."""
    unit.keep(_RESTORED, msgspec.json.encode(restored))


def unconfirmed(unit: Reading) -> Restored | None:
    """How far the copy went from which this file was made again; None where that is not so, or confirmed."""
    try:
        kept = unit.setting(_RESTORED)
    except KeyError:
        return None
    return msgspec.json.decode(kept, type=Restored) if kept else None


def confirm(unit: UnitOfWork, by: Session) -> None:
    """Whoever signs in first goes on with a file made again: one entry says from which place."""
    if restored := unconfirmed(unit):
        facts = {"entries": restored.entries, "journal_code": restored.code, "dropped": restored.dropped}
        unit.append(Kind.RESTORED, own_stream(unit), by=by, public=facts)
        unit.keep(_RESTORED, b"")
