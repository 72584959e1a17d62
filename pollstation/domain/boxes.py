"""A ballot box and its chain of custody, from shown empty to opened.

```mermaid
stateDiagram-v2
    prepared --> sealed: shown empty, two people
    sealed --> out: mobile box leaves
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

    @property
    def finding(self) -> Code:
        """Its code."""
        return Code.SEAL_DIFFERS if self is BoxException.SEAL_DIFFERS else Code.CUSTODY_BROKEN


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """One link of the custody chain: who had the box in hand, two people, and the seals they saw."""

    state: BoxState
    time: str
    people: tuple[str, str]
    seals: tuple[str, ...]


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
    counted: dict[str, int] = {}
    """Ballots found in it, counted before sorting."""
    custody: tuple[HandOver, ...] = ()
    exceptions: tuple[BoxException, ...] = ()
    explained: tuple[str, ...] = ()

    @property
    def unexplained(self) -> tuple[BoxException, ...]:
        """Exceptions that two people have yet to explain."""
        return tuple(each for each in self.exceptions if each not in self.explained)


def box_stream(box: str) -> str:
    """The name of a box's stream in the journal."""
    return f"box:{box}"


def may(box: Box, act: Kind) -> bool:
    """Whether ``act`` may come next for ``box``."""
    return box.state in NEXT[act][0]


def step_box(box: Box, entry: Entry) -> Box:
    """The box after one more act. Seals that differ from those put on become an exception, not a refusal."""
    if entry.kind == Kind.DIFFERENCE_EXPLAINED:
        return msgspec.structs.replace(box, explained=(*box.explained, entry.public["code"]))
    if entry.kind not in NEXT:
        return box
    kind, fact = Kind(entry.kind), entry.public
    seen = tuple(fact.get("seals_seen", ()))
    exceptions = list(box.exceptions)
    if not may(box, kind):
        exceptions.append(BoxException.CUSTODY_BROKEN)
    if "seals_seen" in fact and sorted(seen) != sorted(box.seals):
        exceptions.append(BoxException.SEAL_DIFFERS)
    state = NEXT[kind][1]
    link = HandOver(
        state=state,
        time=entry.time,
        people=(entry.actor, entry.witness),
        seals=seen or tuple(fact.get("seals", box.seals)),
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
    if box.unexplained:
        sums["box_exceptions"] = len(box.unexplained)
    return sums
