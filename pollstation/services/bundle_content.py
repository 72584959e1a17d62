"""What a bundle holds, as plain data: the journal and what it adds up to."""

import msgspec

from pollstation.domain.contests import Plan
from pollstation.domain.journal import Entry
from pollstation.services.determining import ContestResult


class BundleContent(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that leaves the laptop in one bundle, before it is written and signed."""

    role: str
    """``polling`` (from the station to its counting site) or ``counting`` (site to committee)."""
    plan: Plan
    entries: tuple[Entry, ...]
    """The whole journal by device and number, private parts left out; at a counting site the journals of its
    stations are part of it."""
    totals: dict[str, int]
    """The account: every total by name."""
    results: tuple[ContestResult, ...]
    certificates: dict[str, bytes]
    """Certificates (PEM) by station id, of every station whose journal is in ``entries``."""
    head: str
    """Hash of this device's last entry, a checkpoint."""
    forms: dict[str, bytes] = {}
    """PDF by file name."""
    supersedes: str = ""
    """SHA-256 of the bundle that this one corrects."""
