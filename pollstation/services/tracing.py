"""Behind an equation of the account: the entries that make it up, and the one after which it differed."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from pollstation.domain.accounts import Equation, Rule, Standing, counting_account, polling_account
from pollstation.domain.boxes import Box, BoxState
from pollstation.domain.folds import fold_of
from pollstation.domain.journal import Entry, Kind
from pollstation.domain.staff import Act, Session, require
from pollstation.services.journal_reading import PAGE, JournalPage, page_of
from pollstation.services.ports import Chosen, Reading

STREAMS: dict[Rule, tuple[str, ...]] = {
    Rule.RECEIVED: ("stock:",),
    Rule.STOCK: ("stock:", "voter:", "box:"),
    Rule.ISSUED: ("voter:",),
    Rule.VOTERS: ("voter:",),
    Rule.BOX: ("voter:", "box:"),
    Rule.COLLECTED: ("voter:", "box:"),
    Rule.BATCHED: ("box:", "sheet:"),
    Rule.TALLIED: ("box:", "sheet:"),
}
"""What the streams are called whose entries can change an equation."""

OF_POLLING = (Rule.RECEIVED, Rule.STOCK, Rule.ISSUED, Rule.VOTERS, Rule.BOX)
ALL = -1


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind one equation."""

    equation: Equation | None
    """As it stands now; None where nothing has begun it yet."""
    since: Entry | None
    """The first entry after which it differed until now; None where it does not differ."""
    page: JournalPage
    """Entries that changed a term of it or explained it, the latest first."""


def trace(unit: Reading, by: Session, key: str, *, start: int = 0) -> Trace:
    """Replay what an equation is made of, and answer one page of the entries behind it.

    Args:
        key: the equation's key, such as ``box/county-3/S01-M1``.
        start: place of the first entry on the page.
    """
    require(by, Act.READ_JOURNAL)
    replay = _Replay(unit, key)
    for entry in _concerned(unit, key):
        replay.take(entry)
    behind = replay.behind[::-1]
    page = page_of(unit, behind[start : start + PAGE], len(behind), start)
    return Trace(equation=replay.equation, since=replay.since, page=page)


def _concerned(unit: Reading, key: str) -> list[Entry]:
    """Entries that may stand behind the equation, in the order in which they happened."""
    found: list[Entry] = []
    for prefix in STREAMS[Rule(key.partition("/")[0])]:
        found += unit.chosen_entries(Chosen(stream=prefix), 0, ALL)[0]
    explained = Chosen(stream="station:", kind=Kind.DIFFERENCE_EXPLAINED)
    found += [entry for entry in unit.chosen_entries(explained, 0, ALL)[0] if entry.public.get("code") == key]
    return sorted(found, key=Entry.order)


class _Replay:
    """The totals of one equation, entry by entry."""

    def __init__(self, unit: Reading, key: str) -> None:
        rule, self._contest, *box = key.split("/")
        self._key, self._rule = key, Rule(rule)
        self._contests = [unit.plan.contest(self._contest)]
        self._boxes = unit.plan.counted_boxes or unit.plan.station.boxes
        self._of = {self._contest, *box}
        self._states: dict[str, Any] = {}
        self._out: set[str] = set()
        self._totals: Counter[str] = Counter()
        self.equation: Equation | None = None
        self.since: Entry | None = None
        self.behind: list[Entry] = []

    def take(self, entry: Entry) -> None:
        """Let one more entry happen."""
        if entry.stream.startswith("station:"):
            self.behind.append(entry)
            return
        concept = fold_of(entry.stream)
        state = self._states.get(entry.stream, concept.state())
        after = self._states[entry.stream] = concept.step(state, entry)
        self._count(concept.totals(state), concept.totals(after))
        if isinstance(after, Box):
            (self._out.add if after.state is BoxState.OUT else self._out.discard)(after.id)
        now = self._judge()
        if now == self.equation:
            return
        if now and (self.equation is None or _figures(now) != _figures(self.equation)):
            self.behind.append(entry)
        self.equation = now
        differs = now is not None and now.standing({}) is Standing.DIFFERS
        self.since = (self.since or entry) if differs else None

    def _count(self, before: Mapping[str, int], after: Mapping[str, int]) -> None:
        """Only totals of this contest (or of this box) matter; a total of zero is none."""
        for name in before.keys() | after.keys():
            if self._of.intersection(name.split("/")):
                self._totals[name] += after.get(name, 0) - before.get(name, 0)
                if not self._totals[name]:
                    del self._totals[name]

    def _judge(self) -> Equation | None:
        if self._rule in OF_POLLING:
            out = frozenset(self._out)
            account = polling_account(self._contests, self._boxes, out, self._totals)
        else:
            account = counting_account(self._contests, self._boxes, self._totals)
        return next((each for each in account if each.key == self._key), None)


def _figures(equation: Equation) -> tuple[int, dict[str, int]]:
    return equation.left, equation.right
