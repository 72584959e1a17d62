"""The day of one station: its phases, what was checked, explained and sent.

```mermaid
stateDiagram-v2
    prepared --> open: checklist done, zero report
    open --> closed: account holds or is explained
    closed --> counting: boxes opened
    prepared --> counting: a site that only counts
    counting --> determined: every sheet approved
    determined --> handed_over: bundle sealed
    closed --> handed_over: counted elsewhere
    closed --> open: supervisor and witness
    determined --> counting: a recount is ordered
    handed_over --> counting: a recount is ordered
```
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from pollstation.domain.journal import Entry, Kind


def day_stream(station: str) -> str:
    """The name of a station's own stream in the journal."""
    return f"station:{station}"


class DayPhase(StrEnum):
    """Where the day stands."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    COUNTING = "counting"
    DETERMINED = "determined"
    HANDED_OVER = "handed-over"


LEADS_TO: dict[Kind, DayPhase] = {
    Kind.OPENED: DayPhase.OPEN,
    Kind.REOPENED: DayPhase.OPEN,
    Kind.CLOSED: DayPhase.CLOSED,
    Kind.COUNT_STARTED: DayPhase.COUNTING,
    Kind.COUNT_RESUMED: DayPhase.COUNTING,
    Kind.RESULT_PROPOSED: DayPhase.DETERMINED,
    Kind.HANDED_OVER: DayPhase.HANDED_OVER,
}

CHECKLIST = ("boxes-empty", "booths-ready", "register-posted", "forms-ready", "staff-present")
"""What is looked at before the opening, where the rule profile names nothing else; ``pollstation.wording``
says it in words."""


class Confirmed(msgspec.Struct, frozen=True, kw_only=True):
    """What the election committee confirmed of one contest (Electoral Law art. 46)."""

    outcome: str
    elected: tuple[str, ...]
    time: str
    """Hybrid-logical, as entries have it."""


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """The station's own stream, folded."""

    phase: DayPhase = DayPhase.PREPARED
    paused: bool = False
    registered: int = 0
    registered_for: dict[str, int] = {}
    """Voters entitled, by contest."""
    checked: tuple[str, ...] = ()
    zero_reported: bool = False
    present: tuple[str, ...] = ()
    """Ids of those who signed in today."""
    opened_at: str = ""
    closed_at: str = ""
    explained: dict[str, int] = {}
    """Differences explained by two people: ``<equation>/<place>`` to the size of the difference."""
    incidents: int = 0
    assisted: int = 0
    """Voters for whom a scribe wrote (art. 40), counted at the close so that nobody can be told apart."""
    polling_received: dict[str, str] = {}
    """Polling bundles taken in: station to SHA-256 of its bundle."""
    checkpoint: str = ""
    """Chain head of the last checkpoint."""
    handed_over: str = ""
    """SHA-256 of the last bundle handed over."""
    outcomes: dict[str, str] = {}
    """Outcome proposed, by contest."""
    confirmed: dict[str, Confirmed] = {}
    """What the committee confirmed, by contest; a recount takes it back."""
    released: bool = False
    """The figures of the proposed result may be shown to everybody in the room."""


def step_day(day: Day, entry: Entry) -> Day:
    """The day after one more act of the station itself."""
    fact = entry.public
    change = msgspec.structs.replace
    if entry.kind in LEADS_TO:
        day = change(day, phase=LEADS_TO[Kind(entry.kind)])
    match entry.kind:
        case Kind.PACKAGE_LOADED:
            return change(day, registered=fact["registered"], registered_for=dict(fact["registered_for"]))
        case Kind.SIGNED_IN:
            return change(day, present=tuple(sorted({*day.present, entry.actor})))
        case Kind.CHECK_DONE:
            return change(day, checked=tuple(dict.fromkeys((*day.checked, fact["item"]))))
        case Kind.ZERO_REPORTED:
            return change(day, zero_reported=True)
        case Kind.OPENED:
            return change(day, opened_at=entry.time)
        case Kind.PAUSED:
            return change(day, paused=True)
        case Kind.RESUMED:
            return change(day, paused=False)
        case Kind.CLOSED:
            return change(day, closed_at=entry.time, paused=False)
        case Kind.REOPENED:
            return change(day, closed_at="", explained={})
        case Kind.ASSISTED_COUNTED:
            return change(day, assisted=fact["count"])
        case Kind.INCIDENT:
            return change(day, incidents=day.incidents + 1)
        case Kind.DIFFERENCE_EXPLAINED:
            return change(day, explained={**day.explained, fact["code"]: fact["difference"]})
        case Kind.POLLING_RECEIVED:
            received = {**day.polling_received, fact["station"]: fact["sha256"]}
            return change(day, polling_received=received)
        case Kind.CHECKPOINT:
            return change(day, checkpoint=fact["head"])
        case Kind.HANDED_OVER:
            return change(day, handed_over=fact["sha256"])
        case Kind.RESULT_PROPOSED:
            return change(day, outcomes=dict(fact["outcomes"]))
        case Kind.RESULT_CONFIRMED:
            confirmed = Confirmed(outcome=fact["outcome"], elected=tuple(fact["elected"]), time=entry.time)
            return change(day, confirmed={**day.confirmed, fact["contest"]: confirmed})
        case Kind.RESULT_RELEASED:
            return change(day, released=True)
        case Kind.COUNT_RESUMED:
            return change(day, outcomes={}, confirmed={}, released=False)
    return day


def day_totals(day: Day) -> Mapping[str, int]:
    """Voters of the package, in all and by contest; changes of the list stand in the voters' own streams."""
    sums = {"registered": day.registered, "assisted": day.assisted}
    for contest, count in day.registered_for.items():
        sums[f"registered/{contest}"] = count
    return sums
