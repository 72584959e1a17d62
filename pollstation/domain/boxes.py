"""A ballot box and its chain of custody, from shown empty to opened.

```mermaid
stateDiagram-v2
    prepared --> sealed: shown empty, two people
    sealed --> out: mobile box leaves
    out --> out: handed over on the way
    out --> back: returned
    back --> out: next round
    sealed --> closed: slot sealed at the close
    back --> closed: slot sealed at the close
    closed --> sealed: polling reopened
    closed --> moved: leaves for the counting site
    moved --> arrived: seals checked
    closed --> opened: counted where it stood
    arrived --> opened: under scrutineers
    opened --> counted: ballots counted before sorting
    counted --> counted: ballots counted again
```
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from pollstation.domain.errors import Code
from pollstation.domain.journal import Entry, Kind


class BoxState(StrEnum):
    """Where a box stands on its way."""

    PREPARED = "prepared"
    SEALED = "sealed"
    OUT = "out"
    BACK = "back"
    CLOSED = "closed"
    MOVED = "moved"
    ARRIVED = "arrived"
    OPENED = "opened"
    COUNTED = "counted"


NEXT: dict[Kind, tuple[frozenset[BoxState], BoxState]] = {
    Kind.BOX_SEALED: (frozenset({BoxState.PREPARED, BoxState.CLOSED}), BoxState.SEALED),
    Kind.BOX_DISPATCHED: (frozenset({BoxState.SEALED, BoxState.BACK}), BoxState.OUT),
    Kind.BOX_HANDED_OVER: (frozenset({BoxState.OUT}), BoxState.OUT),
    Kind.BOX_RETURNED: (frozenset({BoxState.OUT}), BoxState.BACK),
    Kind.BOX_CLOSED: (frozenset({BoxState.SEALED, BoxState.BACK}), BoxState.CLOSED),
    Kind.BOX_MOVED: (frozenset({BoxState.CLOSED}), BoxState.MOVED),
    Kind.BOX_ARRIVED: (frozenset({BoxState.MOVED}), BoxState.ARRIVED),
    Kind.BOX_OPENED: (frozenset({BoxState.CLOSED, BoxState.ARRIVED}), BoxState.OPENED),
    Kind.BOX_COUNTED: (frozenset({BoxState.OPENED}), BoxState.COUNTED),
}
"""From which states an act may come, and where it leads."""


class BoxException(StrEnum):
    """What does not add up about a box; each blocks the close or the approval until two people explain it."""

    SEAL_DIFFERS = "seal-differs"
    CUSTODY_BROKEN = "custody-broken"
    SEAL_DAMAGED = "seal-damaged"
    CLOCK_AHEAD = "clock-ahead"
    """The crew's laptop wrote times that had not come yet."""
    CREW_FILE_OPEN = "crew-file-open"
    """The box is back, and a file made for its crew was neither taken in nor given up for lost."""

    @property
    def finding(self) -> Code:
        """Its code."""
        return BOX_FINDINGS[self]


BOX_FINDINGS = {
    BoxException.SEAL_DIFFERS: Code.SEAL_DIFFERS,
    BoxException.CUSTODY_BROKEN: Code.CUSTODY_BROKEN,
    BoxException.SEAL_DAMAGED: Code.SEAL_DAMAGED,
    BoxException.CLOCK_AHEAD: Code.CLOCK_AHEAD,
    BoxException.CREW_FILE_OPEN: Code.CREW_FILE_OPEN,
}


LOST = "lost"
"""Stands for the chain head of a crew file that two people explained instead of taking it in."""


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """One link of the custody chain: who had the box in hand, two people, and the seals they saw."""

    state: BoxState
    time: str
    people: tuple[str, str]
    seals: tuple[str, ...]
    at: str = ""
    """When it happened, where it was written down later: ISO 8601 with zone."""
    intact: bool = True


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """One box on the day."""

    id: str = ""
    state: BoxState = BoxState.PREPARED
    seals: tuple[str, ...] = ()
    """Numbers of the seals now on it."""
    crew: tuple[str, ...] = ()
    taken: dict[str, int] = {}
    """Blank ballots taken along, by contest, over all rounds."""
    blank: dict[str, int] = {}
    """Blank ballots brought back."""
    spoilt: dict[str, int] = {}
    """Spoilt ballots brought back."""
    signed: dict[str, int] | None = None
    """Voters who signed the crew's list, by contest, counted at the return; None where nobody counted."""
    counted: dict[str, int] = {}
    """Ballots found in it, counted before sorting, or as two people counted them again."""
    counted_before: tuple[dict[str, int], ...] = ()
    """What was found before it was counted again, the first count first."""
    due: str = ""
    """When it is to be back: ISO 8601 with zone; empty where nobody said."""
    crew_files: dict[str, str] = {}
    """Devices of crew files made for it, each with the chain head last taken in; empty before, or LOST."""
    custody: tuple[HandOver, ...] = ()
    exceptions: tuple[BoxException, ...] = ()
    explained: tuple[str, ...] = ()

    @property
    def unexplained(self) -> tuple[BoxException, ...]:
        """Exceptions that two people have yet to explain."""
        standing = tuple(each for each in self.exceptions if each not in self.explained)
        waits = self.awaited_files and self.state is not BoxState.OUT
        return (*standing, BoxException.CREW_FILE_OPEN) if waits else standing

    @property
    def awaited_files(self) -> tuple[str, ...]:
        """Devices of crew files that nobody has taken in or given up."""
        return tuple(device for device, head in self.crew_files.items() if not head)


def box_stream(box: str) -> str:
    """The name of a box's stream in the journal."""
    return f"box:{box}"


def may(box: Box, act: Kind) -> bool:
    """Whether ``act`` may come next for ``box``."""
    return box.state in NEXT[act][0]


def step_box(box: Box, entry: Entry) -> Box:
    """The box after one more act. Seals that differ from those put on become an exception, not a refusal."""
    fact = entry.public
    change = msgspec.structs.replace
    match entry.kind:
        case Kind.DIFFERENCE_EXPLAINED if fact["code"] == BoxException.CREW_FILE_OPEN:
            return change(box, crew_files={each: head or LOST for each, head in box.crew_files.items()})
        case Kind.DIFFERENCE_EXPLAINED:
            return change(box, explained=(*box.explained, fact["code"]))
        case Kind.ROUTE_PLANNED:
            return change(box, due=fact["due"])
        case Kind.BOX_RECOUNTED:
            before = (*box.counted_before, box.counted)
            return change(box, counted={**box.counted, **fact["counted"]}, counted_before=before)
        case Kind.CREW_FILE_MADE:
            return change(box, crew_files={**box.crew_files, fact["device"]: ""})
        case Kind.CREW_FILE_RETURNED:
            ahead = (BoxException.CLOCK_AHEAD,) if fact["minutes_ahead"] else ()
            return change(
                box,
                crew_files={**box.crew_files, fact["device"]: fact["head"]},
                exceptions=tuple(dict.fromkeys((*box.exceptions, *ahead))),
            )
    return _moved(box, entry) if entry.kind in NEXT else box


def _moved(box: Box, entry: Entry) -> Box:
    """The box after one more link of its custody chain."""
    kind, fact = Kind(entry.kind), entry.public
    seen = tuple(fact.get("seals_seen", ()))
    exceptions = list(box.exceptions)
    if not may(box, kind):
        exceptions.append(BoxException.CUSTODY_BROKEN)
    if "seals_seen" in fact and sorted(seen) != sorted(box.seals):
        exceptions.append(BoxException.SEAL_DIFFERS)
    if not fact.get("intact", True):
        exceptions.append(BoxException.SEAL_DAMAGED)
    state = NEXT[kind][1]
    link = HandOver(
        state=state,
        time=entry.time,
        people=(entry.actor, entry.witness),
        seals=seen or tuple(fact.get("seals", box.seals)),
        at=fact.get("at", ""),
        intact=fact.get("intact", True),
    )
    return msgspec.structs.replace(
        box,
        id=entry.stream.partition(":")[2],
        state=state,
        seals=tuple(fact.get("seals", box.seals)),
        crew=tuple(fact.get("crew", box.crew)),
        taken=_added(box.taken, fact.get("taken", {})),
        blank=_added(box.blank, fact.get("blank", {})),
        spoilt=_added(box.spoilt, fact.get("spoilt", {})),
        signed=_added(box.signed or {}, fact["signed"]) if "signed" in fact else box.signed,
        counted=dict(fact.get("counted", box.counted)),
        custody=(*box.custody, link),
        exceptions=tuple(dict.fromkeys(exceptions)),
    )


def _added(now: Mapping[str, int], more: Mapping[str, int]) -> dict[str, int]:
    return {key: now.get(key, 0) + more.get(key, 0) for key in sorted({*now, *more})}


def box_totals(box: Box) -> Mapping[str, int]:
    """The box's ballots under the names of the account."""
    sums = {
        f"{name}/{box.id}/{contest}": count
        for name, counts in (
            ("taken", box.taken),
            ("blank_back", box.blank),
            ("spoilt_back", box.spoilt),
            ("counted", box.counted),
        )
        for contest, count in counts.items()
    }
    for contest in box.taken:
        sums[f"on_hand/{contest}"] = box.blank.get(contest, 0) - box.taken[contest]
    for contest, count in box.counted.items():
        sums[f"collected/{contest}"] = count
    if box.state is BoxState.OUT:
        sums["boxes_out"] = 1
    if box.state is BoxState.COUNTED:
        sums[f"box_counted/{box.id}"] = 1
    if box.signed is not None:
        sums[f"signed_counted/{box.id}"] = 1
        sums |= {f"signed/{box.id}/{contest}": count for contest, count in box.signed.items()}
    if box.unexplained:
        sums["box_exceptions"] = len(box.unexplained)
    return sums
