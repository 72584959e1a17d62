"""Names that voters wrote themselves: spellings of one person joined, and who may be elected.

What the counters read stays on the sheets as it was read; only the sums use the joined names.
"""

from collections.abc import Iterable, Mapping

import msgspec

from pollstation.domain.journal import Entry, Kind


class WriteIns(msgspec.Struct, frozen=True, kw_only=True):
    """What was decided about the names written in on the ballots of one contest."""

    joined: dict[str, str] = {}
    """A spelling to the name it counts for; that name is never a key itself."""
    eligible: dict[str, bool] = {}
    """Names confirmed or rejected; any other is not yet checked."""

    def name_of(self, reading: str) -> str:
        """The name for which a reading counts."""
        return self.joined.get(reading, reading)

    def tally(self, readings: Mapping[str, int]) -> dict[str, int]:
        """Votes by joined name, in the order of names."""
        sums: dict[str, int] = {}
        for reading, votes in readings.items():
            name = self.name_of(reading)
            sums[name] = sums.get(name, 0) + votes
        return dict(sorted(sums.items()))

    def judged(self, names: Iterable[str], *, eligible: bool) -> list[str]:
        """Those of ``names`` that were confirmed, or those that were rejected."""
        return [name for name in names if self.eligible.get(name) is eligible]


def contest_stream(contest: str) -> str:
    """The name of a contest's stream in the journal."""
    return f"contest:{contest}"


def step_write_ins(names: WriteIns, entry: Entry) -> WriteIns:
    """The names after one more decision; a spelling joined to itself stands for itself again."""
    fact = entry.public
    match entry.kind:
        case Kind.WRITE_INS_JOINED:
            return msgspec.structs.replace(names, joined=_joined(names, fact["variant"], fact["name"]))
        case Kind.WRITE_IN_JUDGED:
            return msgspec.structs.replace(names, eligible={**names.eligible, fact["name"]: fact["eligible"]})
    return names


def _joined(names: WriteIns, variant: str, name: str) -> dict[str, str]:
    joined = {one: other for one, other in names.joined.items() if one != variant}
    target = joined.get(name, name)
    if target == variant:
        return joined
    return {one: target if other == variant else other for one, other in joined.items()} | {variant: target}


def write_in_totals(_names: WriteIns) -> Mapping[str, int]:
    """Decisions about names are no ballots."""
    return {}
