"""What can go wrong, in three kinds: the user can correct it, the environment failed, or it is our bug.

Only the first two have classes here; anything else that is raised is a bug. Codes are stable: they are
printed, read out over the telephone and looked up. ``pollstation.wording`` gives each its sentences.
"""

from enum import StrEnum, unique

import msgspec


@unique
class Code(StrEnum):
    """Every refusal and fault the program can answer with. A code is never reused for something else."""

    # people, passphrases, files of the day
    WRONG_PASSPHRASE = "R-101"
    UNKNOWN_PERSON = "R-102"
    NOT_ALLOWED = "R-103"
    SAME_PERSON = "R-104"
    FILE_WRONG_PASSPHRASE = "R-110"
    FILE_FOREIGN = "R-111"
    FILE_NEWER = "R-112"
    FILE_DAMAGED = "R-113"
    FILE_EXISTS = "R-114"
    FILE_MISSING = "R-115"
    FILE_BUSY = "R-116"
    DISK_FULL = "R-117"
    # R-118..R-139: the file of the day, continued
    FILE_OUT_OF_REACH = "R-118"
    # J: the journal
    JOURNAL_GAP = "J-101"
    JOURNAL_CHAIN_BROKEN = "J-102"
    JOURNAL_ENTRY_ALTERED = "J-103"
    JOURNAL_PRIVATE_ALTERED = "J-104"
    JOURNAL_TIME_REORDERED = "J-105"
    JOURNAL_KIND_UNKNOWN = "J-106"
    JOURNAL_CHECKPOINT_WRONG = "J-107"
    JOURNAL_PROJECTION_DIFFERS = "J-108"


class Refusal(Exception):
    """The user can correct it: what was asked is not possible, and nothing was changed.

    Args:
        code: which refusal.
        facts: values that its sentence needs (numbers, times, names of boxes).
    """

    def __init__(self, code: Code, **facts: object) -> None:
        super().__init__(f"{code} {code.name}: {facts}")
        self.code = code
        self.facts = facts


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong in something that was read: where it stands and what it is.

    ``row`` counts from 1 as the spreadsheet does (the heading is row 1); 0 means the whole file.
    """

    code: Code
    file: str = ""
    row: int = 0
    field: str = ""
    facts: dict[str, object] = {}


class Faults(Exception):
    """Something was read and refused as a whole, with every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{f.code} {f.file}:{f.row}:{f.field} {f.facts}" for f in faults[:5]))
        self.faults = faults
