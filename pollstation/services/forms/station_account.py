"""投票站结果单: what the closing account of a station shows."""

from datetime import datetime

import msgspec

from pollstation.domain.boxes import BoxException, BoxState
from pollstation.domain.contests import Office
from pollstation.domain.journal import Kind
from pollstation.services.forms.parts import AccountLine, Explanation, Finding, FormHead


class ContestAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The equations of one ballot paper."""

    level: Office
    constituency: str
    lines: tuple[AccountLine, ...]


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """One link of a box's chain of custody: what was done, when, by which two people, the seals they saw."""

    state: BoxState
    shown_empty: bool = False
    on_the_way: bool = False
    time: datetime
    place: str = ""
    """Where it was handed over; empty where that stayed at another station."""
    people: tuple[str, ...]
    seals: tuple[str, ...]
    intact: bool = True


class BoxRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One box from shown empty to counted, and what does not add up about it."""

    box: str
    mobile: bool
    custody: tuple[HandOver, ...]
    exceptions: tuple[BoxException, ...] = ()
    explanations: tuple[Explanation, ...] = ()


class DayEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An opening, interruption, resumption, close or reopening of the voting, or an incident.

    ``incident`` is its kind; ``text`` is the reason, or what happened.
    """

    kind: Kind
    incident: str = ""
    time: datetime
    people: tuple[str, ...]
    text: str = ""
    concerned: str = ""
    measures: str = ""


class StationAccountForm(msgspec.Struct, frozen=True, kw_only=True):
    """The closing account of a station; voters by the way they voted.

    ``registered`` holds those ``added`` to the list at the station, not those ``struck`` off it; ``assisted``
    had a scribe write for them; they are counted at the close.
    """

    head: FormHead
    registered: int
    added: int = 0
    struck: int = 0
    assisted: int | None = None
    participants: int
    in_person: int
    proxies: int
    mobile: int
    contests: tuple[ContestAccount, ...]
    boxes: tuple[BoxRecord, ...]
    findings: tuple[Finding, ...] = ()
    events: tuple[DayEvent, ...] = ()
