"""票箱封启记录: what the zero report of the opening shows."""

from datetime import datetime

import msgspec

from pollstation.domain.contests import Office
from pollstation.services.forms.parts import FormHead


class CheckedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the opening checklist of the rule profile: who looked at it and when, once done."""

    item: str
    done_by: str = ""
    done_at: datetime | None = None


class SealedBox(msgspec.Struct, frozen=True, kw_only=True):
    """A box shown empty and sealed by two named people."""

    box: str
    mobile: bool
    seals: tuple[str, ...]
    sealed_by: tuple[str, ...]
    sealed_at: datetime


class OpeningCounters(msgspec.Struct, frozen=True, kw_only=True):
    """One ballot paper at the opening: ballots received, and the counters that must stand at zero."""

    level: Office
    constituency: str
    received: int
    issued: int
    spoilt: int
    collected: int


class OpeningRecordForm(msgspec.Struct, frozen=True, kw_only=True):
    """The zero report: nothing issued, nobody marked, boxes empty and sealed; no time before the opening."""

    head: FormHead
    opened_at: datetime | None
    registered: int
    voters_marked: int
    checklist: tuple[CheckedItem, ...]
    boxes: tuple[SealedBox, ...]
    contests: tuple[OpeningCounters, ...]

    @property
    def all_zero(self) -> bool:
        """Whether every counter stands at zero."""
        return not self.voters_marked and not any(c.issued or c.spoilt or c.collected for c in self.contests)
