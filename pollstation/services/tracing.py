"""Behind an equation of the account: the entries that make it up, and the one after which it differed.

The totals as they stand are wound back, from the latest entry, only as far as the answer needs it: the
equation seldom differs since long ago, and one page of its entries is soon found, however long the journal.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import msgspec

from pollstation.domain.accounts import Equation, Rule, Standing, counting_account, polling_account
from pollstation.domain.boxes import Box, BoxState
from pollstation.domain.contests import BallotBox, BoxKind
from pollstation.domain.folds import fold_of
from pollstation.domain.journal import Entry, Kind, Order
from pollstation.domain.staff import Act, Session, require
from pollstation.services.journal_reading import PAGE, JournalPage, page_of, station_streams
from pollstation.services.ports import Chosen, Reading

VOTERS = "voter:"
STREAMS: dict[Rule, tuple[str, ...]] = {
    Rule.RECEIVED: ("stock:",),
    Rule.STOCK: ("stock:", VOTERS, "box:"),
    Rule.ISSUED: (VOTERS,),
    Rule.VOTERS: (VOTERS,),
    Rule.BOX: (VOTERS, "box:"),
    Rule.SIGNED: (VOTERS, "box:"),
    Rule.COLLECTED: (VOTERS, "box:"),
    Rule.BATCHED: ("box:", "sheet:"),
    Rule.TALLIED: ("box:", "sheet:"),
}
"""What the streams are called whose entries can change an equation."""

OF_POLLING = (Rule.RECEIVED, Rule.STOCK, Rule.ISSUED, Rule.VOTERS, Rule.BOX, Rule.SIGNED)

CHUNK = 500
"""Entries read at a time on the way back."""


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind one equation."""

    equation: Equation | None
    """As it stands now; None where nothing has begun it yet."""
    since: Entry | None
    """The first entry after which it differed until now; None where it does not differ."""
    page: JournalPage
    """Entries that changed a term of it or explained it, the latest first; not counted."""


def trace(unit: Reading, by: Session, key: str, *, before: Order | None = None) -> Trace:
    """Answer one page of the entries behind an equation, and since which of them it differs.

    Args:
        key: the equation's key, such as ``box/county-3/S01-M1``.
        before: where the last entry of the page before stands; None for the latest.
    """
    require(by, Act.READ_JOURNAL)
    rewind = _Rewind(unit, key)
    equation, since, behind = rewind.equation, None, list[Entry]()
    differed = _differs(equation)
    for entry in _backwards(unit, key):
        if entry.stream.startswith("station:"):
            stands_behind = True
        else:
            after = rewind.equation
            rewind.take_back(entry)
            stands_behind = after is not None and _figures(after) != _figures(rewind.equation)
            if differed and after != rewind.equation:
                since, differed = entry, _differs(rewind.equation)
        if stands_behind and (before is None or entry.order() < before):
            behind.append(entry)
        if len(behind) > PAGE and not differed:
            break
    return Trace(equation=equation, since=since, page=page_of(unit, behind[: PAGE + 1]))


def _backwards(unit: Reading, key: str) -> Iterator[Entry]:
    """Entries that may stand behind the equation, the latest first."""
    rule, _contest, *of_box = key.split("/")
    days, explained = _of_streams(unit, station_streams(unit)), Kind.DIFFERENCE_EXPLAINED
    sources: list[Iterator[Entry]] = [
        (each for each in days if each.kind == explained and each.public.get("code") == key)
    ]
    mobile = {box.id for box in _boxes(unit) if box.kind is BoxKind.MOBILE}.intersection(of_box)
    for prefix in STREAMS[Rule(rule)]:
        if prefix != VOTERS:
            sources.append(_of_streams(unit, unit.states(prefix, fold_of(prefix).state)))
        elif mobile:
            sources.append(_of_streams(unit, _served(unit, mobile.pop())))
        else:
            sources.append(_all(unit, Chosen(stream=VOTERS)))
    return heapq.merge(*sources, key=Entry.order, reverse=True)


def _all(unit: Reading, chosen: Chosen) -> Iterator[Entry]:
    before: Order | None = None
    while entries := unit.chosen_entries(chosen, before, CHUNK):
        yield from entries
        before = entries[-1].order()


def _of_streams(unit: Reading, streams: Iterable[str]) -> Iterator[Entry]:
    """All entries of a few streams."""
    entries = (entry for stream in streams for entry in unit.entries(stream))
    yield from sorted(entries, key=Entry.order, reverse=True)


def _served(unit: Reading, box: str) -> set[str]:
    """The voters whom a mobile box served: few among many."""
    return {entry.stream for entry in _all(unit, Chosen(stream=VOTERS, text=f'"{box}"'))}


def _boxes(unit: Reading) -> Sequence[BallotBox]:
    return unit.plan.counted_boxes or unit.plan.station.boxes


class _Rewind:
    """The totals of one equation as they stood before entry after entry was written."""

    def __init__(self, unit: Reading, key: str) -> None:
        rule, contest, *box = key.split("/")
        self._unit, self._key, self._of = unit, key, {contest, *box}
        self._polling = rule in OF_POLLING
        self._contests, self._boxes = [unit.plan.contest(contest)], _boxes(unit)
        boxes = unit.states("box:", Box).values()
        self._out = {box.id for box in boxes if box.state is BoxState.OUT}
        self._totals = Counter(self._concerned(unit.totals()))
        self._states: dict[str, list[Any]] = {}
        self.equation = self._judge()
        """As it stood then; None where nothing had begun it."""

    def take_back(self, entry: Entry) -> None:
        """Go back to before ``entry``, the last one not yet taken back."""
        concept = fold_of(entry.stream)
        states = self._states.get(entry.stream) or self._replayed(entry.stream)
        after, before = states.pop(), states[-1]
        self._states[entry.stream] = states
        moved = self._move(self._concerned(concept.totals(after)), self._concerned(concept.totals(before)))
        if isinstance(before, Box):
            (self._out.add if before.state is BoxState.OUT else self._out.discard)(before.id)
            moved = True
        if moved:
            self.equation = self._judge()

    def _replayed(self, stream: str) -> list[Any]:
        """The states of a stream, from its start to now."""
        concept = fold_of(stream)
        return list(accumulate(self._unit.entries(stream), concept.step, initial=concept.state()))

    def _concerned(self, totals: Mapping[str, int]) -> dict[str, int]:
        """Only totals of this contest (or of this box) matter."""
        return {name: count for name, count in totals.items() if not self._of.isdisjoint(name.split("/"))}

    def _move(self, after: Mapping[str, int], before: Mapping[str, int]) -> bool:
        """Put one stream's totals back; whether that changed any. A total of zero is none."""
        if after == before:
            return False
        for name in before.keys() | after.keys():
            self._totals[name] += before.get(name, 0) - after.get(name, 0)
            if not self._totals[name]:
                del self._totals[name]
        return True

    def _judge(self) -> Equation | None:
        if self._polling:
            out = frozenset(self._out)
            account = polling_account(self._contests, self._boxes, out, self._totals)
        else:
            account = counting_account(self._contests, self._boxes, self._totals)
        return next((each for each in account if each.key == self._key), None)


def _differs(equation: Equation | None) -> bool:
    return equation is not None and equation.standing({}) is Standing.DIFFERS


def _figures(equation: Equation | None) -> tuple[int, dict[str, int]] | None:
    return (equation.left, equation.right) if equation else None
