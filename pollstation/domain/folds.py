"""From entries to states to totals: every number on screen and paper is one of these folds.

A stream's state is its entries, in (time, device, number) order, folded by the step of its concept. A total
is the sum of what all states contribute under its name. Both see public parts only, so a stranger with an
open bundle computes the same numbers.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from pollstation.domain.ballots import (
    Stock,
    VoterRecord,
    step_stock,
    step_voter,
    stock_totals,
    voter_totals,
)
from pollstation.domain.boxes import Box, box_totals, step_box
from pollstation.domain.count_sheets import CountSheet, sheet_totals, step_sheet
from pollstation.domain.day import Day, day_totals, step_day
from pollstation.domain.journal import Entry
from pollstation.domain.write_ins import WriteIns, step_write_ins, write_in_totals


class Fold(NamedTuple):
    """How the streams of one concept add up."""

    state: type[msgspec.Struct]
    """Its default-constructed instance is the start."""
    step: Callable[[Any, Entry], Any]
    """The state after one more entry."""
    totals: Callable[[Any], Mapping[str, int]]
    """What a state contributes to the totals."""


FOLDS: dict[str, Fold] = {
    "station": Fold(Day, step_day, day_totals),
    "voter": Fold(VoterRecord, step_voter, voter_totals),
    "stock": Fold(Stock, step_stock, stock_totals),
    "box": Fold(Box, step_box, box_totals),
    "sheet": Fold(CountSheet, step_sheet, sheet_totals),
    "contest": Fold(WriteIns, step_write_ins, write_in_totals),
}
"""By the first word of a stream's name."""


def fold_of(stream: str) -> Fold:
    """The fold for ``stream``; KeyError when no concept owns it."""
    return FOLDS[stream.partition(":")[0]]


def fold(stream: str, entries: Iterable[Entry]) -> Any:
    """The state of ``stream`` after ``entries``, whatever their order of arrival."""
    concept = fold_of(stream)
    state: Any = concept.state()
    for entry in sorted(entries, key=Entry.order):
        state = concept.step(state, entry)
    return state


def fold_all(entries: Iterable[Entry]) -> tuple[dict[str, Any], dict[str, int]]:
    """All states by stream, and all totals by name (zeros left out)."""
    streams: dict[str, list[Entry]] = {}
    for entry in entries:
        streams.setdefault(entry.stream, []).append(entry)
    states = {stream: fold(stream, own) for stream, own in streams.items()}
    sums: dict[str, int] = {}
    for stream, state in states.items():
        for name, count in fold_of(stream).totals(state).items():
            sums[name] = sums.get(name, 0) + count
    return states, {name: count for name, count in sums.items() if count}
