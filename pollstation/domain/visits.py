"""Requests for the mobile box (流动票箱): who cannot come, why, and whether the box comes to them.

```mermaid
stateDiagram-v2
    [*] --> requested: voter or family asks
    requested --> approved: supervisor, with the box
    requested --> refused: supervisor, with the reason
    approved --> approved: another box or stop
    refused --> requested: asked again
```
"""

from enum import StrEnum

import msgspec

from pollstation.domain.journal import Entry, Kind


class Ground(StrEnum):
    """Why a voter cannot come to the station."""

    ILL = "ill"
    IMMOBILE = "immobile"
    REMOTE = "remote"
    HELD = "held"
    OTHER = "other"


class VisitState(StrEnum):
    """Where a request stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """One voter's request that a mobile box comes to them."""

    voter: str
    """The voter's token."""
    ground: Ground
    state: VisitState = VisitState.REQUESTED
    box: str = ""
    """The box that comes; empty before the approval."""
    stop: int = 0
    """Which stop of the box's route, from 1; 0 where the route is not settled."""
    time: str
    """When it was asked for."""

    def comes_with(self, box: str) -> bool:
        """Whether ``box`` is to come to the voter."""
        return self.state is VisitState.APPROVED and self.box == box


def step_visit(visit: Visit | None, entry: Entry) -> Visit | None:
    """The request after one more act on the voter's stream."""
    fact = entry.public
    if entry.kind == Kind.VISIT_REQUESTED:
        return Visit(voter=entry.stream.partition(":")[2], ground=Ground(fact["ground"]), time=entry.time)
    if visit is None:
        return None
    if entry.kind == Kind.VISIT_APPROVED:
        return msgspec.structs.replace(visit, state=VisitState.APPROVED, box=fact["box"], stop=fact["stop"])
    if entry.kind == Kind.VISIT_REFUSED:
        return msgspec.structs.replace(visit, state=VisitState.REFUSED, box="", stop=0)
    return visit
