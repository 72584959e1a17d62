"""The totals of a count divided among its stations: each is a fold over that station's own streams."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from pollstation.domain.contests import Plan
from pollstation.domain.day import day_stream
from pollstation.domain.folds import fold_of
from pollstation.domain.journal import Entry, Kind


def owners(entries: Iterable[Entry]) -> dict[str, str]:
    """The station of every device: whose day it wrote about; of a crew's laptop, who took its journal in."""
    own: dict[str, str] = {}
    crews: dict[str, str] = {}
    for entry in entries:
        if entry.kind == Kind.CREW_FILE_RETURNED:
            crews[entry.public["device"]] = entry.device
        elif entry.stream.startswith(day_stream("")):
            own.setdefault(entry.device, entry.stream.removeprefix(day_stream("")))
    return own | {crew: own[device] for crew, device in crews.items() if device in own}


def totals_by_station(
    plan: Plan, states: Mapping[str, Any], entries: Iterable[Entry], owner: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """Totals by station and name; a box and its sheets are of the station that used the box.

    Args:
        states: of every stream of ``entries``.
        owner: the station of every device; a voter belongs to the station that wrote about them.
    """
    box_of = {box.id: box.station for box in (*plan.station.boxes, *plan.counted_boxes)}
    voter_of = {entry.stream: owner.get(entry.device, "") for entry in entries}
    totals: dict[str, Counter[str]] = {}
    for stream, state in states.items():
        concept, _, name = stream.partition(":")
        first = name.partition("/")[0]
        station = {
            "voter": voter_of[stream],
            "box": box_of.get(first, ""),
            "sheet": box_of.get(first, ""),
        }.get(concept, first)
        totals.setdefault(station, Counter()).update(fold_of(stream).totals(state))
    return {
        station: {name: count for name, count in own.items() if count}
        for station, own in totals.items()
        if station and own
    }
