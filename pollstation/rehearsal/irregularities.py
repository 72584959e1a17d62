"""What is planted: somebody does the wrong thing once, the program answers, and honest staff go on.

Irregularities that are an act of their own are functions here. Those that are a slip in an act of the day (a
packet counted short, a box with a foreign seal) are done where that act is, which asks :class:`Mischief`.
"""

from collections.abc import Callable, Sequence

import msgspec

from pollstation.domain.errors import Code, Refusal
from pollstation.rehearsal.scenario import Irregularity, Kind

VOTING, CLOSE, COUNT = "voting", "close", "count"


class Planted(msgspec.Struct, frozen=True, kw_only=True):
    """One irregularity as it went."""

    irregularity: Irregularity
    caught: Code | None
    """What the program answered; None when it let it pass."""
    phase: str
    """``voting``, ``close`` or ``count``: when it was caught, or done when it was not."""

    def as_document(self) -> dict[str, object]:
        """As the summary shows it."""
        where = "station" if self.irregularity.station else "counting_site"
        caught = str(self.caught) if self.caught else None
        return {
            "kind": str(self.irregularity.kind),
            where: self.irregularity.place,
            "caught": caught,
            "phase": self.phase,
        }


class Mischief:
    """What is planted at some stations and their counting site, and what became of it."""

    def __init__(self, irregularities: Sequence[Irregularity]) -> None:
        self._irregularities = irregularities
        self._results: dict[int, Planted] = {}

    def at(self, place: str, *kinds: Kind) -> list[Irregularity]:
        """What of ``kinds`` is planted at a place."""
        return [each for each in self._irregularities if each.place == place and each.kind in kinds]

    def has(self, place: str, kind: Kind) -> bool:
        """Whether ``kind`` is planted at a place."""
        return bool(self.at(place, kind))

    def record(self, irregularity: Irregularity, caught: Code | None, phase: str) -> None:
        """Write down what became of one; what caught it first stands."""
        place = next(n for n, each in enumerate(self._irregularities) if each is irregularity)
        before = self._results.get(place)
        if before is None or before.caught is None:
            self._results[place] = Planted(irregularity=irregularity, caught=caught, phase=phase)

    def record_all(self, place: str, kind: Kind, caught: Code | None, phase: str) -> None:
        """Write down what became of every irregularity of one kind at a place."""
        for each in self.at(place, kind):
            self.record(each, caught, phase)

    def results(self) -> list[Planted]:
        """Everything planted, in the order of the scenario."""
        return [self._results[n] for n in sorted(self._results)]


def answer_to(act: Callable[[], object]) -> Code | None:
    """The code with which the program refuses ``act``, its finding's where it names one; None: it passes."""
    try:
        act()
    except Refusal as refusal:
        finding = refusal.facts.get("finding")
        return finding if isinstance(finding, Code) else refusal.code
    return None
