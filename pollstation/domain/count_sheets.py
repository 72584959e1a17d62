"""A count sheet (计票单): one batch of ballots read from paper by two people, each unseen by the other.

```mermaid
stateDiagram-v2
    planned --> first: first entry begun
    first --> second: first entry complete
    second --> agreed: second entry complete, equal
    second --> differs: second entry complete, fields differ
    differs --> agreed: every differing field settled
    agreed --> approved: supervisor and scrutineer
    differs --> planned: sent back
    agreed --> planned: sent back
    approved --> planned: recount ordered
```

At any time before the approval two people may restate how many ballots the batch holds.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from pollstation.domain.doubtful import Doubtful
from pollstation.domain.journal import Entry, Facts, Kind

FIGURES = ("for", "against", "abstain")
"""The columns of a candidate's row."""


class Phase(StrEnum):
    """How far a sheet is."""

    PLANNED = "planned"
    FIRST = "first"
    SECOND = "second"
    DIFFERS = "differs"
    AGREED = "agreed"
    APPROVED = "approved"


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One person's reading of the paper sheet."""

    by: str
    fields: dict[str, int] = {}
    done: bool = False


class EarlierCount(msgspec.Struct, frozen=True, kw_only=True):
    """A count that was approved before it was counted again."""

    fields: dict[str, int]
    readers: tuple[str, ...]


class CountSheet(msgspec.Struct, frozen=True, kw_only=True):
    """One batch of one contest from one box.

    Fields are named ``for/<n>``, ``against/<n>``, ``abstain/<n>`` (candidate n of the ballot, from 0),
    ``write_in/<name>``, ``valid`` and ``void``. A field that nobody entered, or that was emptied, is absent;
    a reading is complete only without such fields, names written in apart.
    """

    box: str = ""
    contest: str = ""
    batch: int = 0
    ballots: int = 0
    """Ballots in the batch, counted before sorting, or as two people counted them again."""
    planned: int = 0
    """Ballots in the batch as it was laid out."""
    seats: int = 0
    candidates: int = 0
    readings: tuple[Reading, ...] = ()
    settled: dict[str, int] = {}
    explained: tuple[str, ...] = ()
    """Codes of warnings that have been explained."""
    approved: bool = False
    earlier: tuple[EarlierCount, ...] = ()
    """Counts approved before a recount was ordered, the first one first."""
    doubtful: tuple[Doubtful, ...] = ()
    """Doubtful ballots by number, each as it was last decided; a recount decides on them anew."""

    @property
    def id(self) -> str:
        """The sheet's stream."""
        return sheet_stream(self.box, self.contest, self.batch)

    @property
    def phase(self) -> Phase:
        """How far the sheet is, from what was entered."""
        if self.approved:
            return Phase.APPROVED
        done = sum(reading.done for reading in self.readings)
        if done == 2:
            return Phase.DIFFERS if self.open_differences else Phase.AGREED
        if done == 1:
            return Phase.SECOND
        return Phase.FIRST if self.readings else Phase.PLANNED

    @property
    def differences(self) -> tuple[str, ...]:
        """Fields in which two complete readings differ, settled or not, in the order of the paper."""
        if len(self.readings) < 2 or not all(reading.done for reading in self.readings):
            return ()
        first, second = (reading.fields for reading in self.readings)
        return tuple(
            name
            for name in paper_order({**first, **second}, self.candidates)
            if first.get(name, 0) != second.get(name, 0)
        )

    @property
    def open_differences(self) -> tuple[str, ...]:
        """Differing fields that nobody has settled."""
        return tuple(name for name in self.differences if name not in self.settled)

    @property
    def fields(self) -> dict[str, int]:
        """The sheet's figures: the first reading, over it what was settled."""
        return {**(self.readings[0].fields if self.readings else {}), **self.settled}

    @property
    def counted(self) -> dict[str, int]:
        """The figures of the last approved count: those that are in the result."""
        if self.approved:
            return self.fields
        return self.earlier[-1].fields if self.earlier else {}

    @property
    def changed(self) -> dict[str, int]:
        """By how much a recount differs from the count before, in the order of the paper; zeros left out."""
        if not self.earlier or self.phase not in (Phase.AGREED, Phase.APPROVED):
            return {}
        before, now = self.earlier[-1].fields, self.fields
        more = {name: now.get(name, 0) - before.get(name, 0) for name in {**before, **now}}
        return {name: more[name] for name in paper_order(more, self.candidates) if more.get(name)}

    def missing(self, fields: Mapping[str, int]) -> tuple[str, ...]:
        """Fields that every paper sheet has and ``fields`` lacks, in the order of the paper."""
        return tuple(name for name in paper_order({}, self.candidates) if name not in fields)

    def doubtful_decided(self, *, valid: bool) -> int:
        """How many doubtful ballots were decided valid, or void."""
        return sum(each.valid is valid for each in self.doubtful)

    def reading_of(self, person: str) -> int:
        """Which reading (1 or 2) is, or would be, ``person``'s; 0 when there is none left for them."""
        for place, reading in enumerate(self.readings, start=1):
            if reading.by == person:
                return 0 if reading.done else place
        if len(self.readings) < 2 and all(reading.done for reading in self.readings):
            return len(self.readings) + 1
        return 0


def sheet_stream(box: str, contest: str, batch: int) -> str:
    """The name of a sheet's stream in the journal."""
    return f"sheet:{box}/{contest}/{batch}"


def paper_order(fields: Mapping[str, int], candidates: int) -> list[str]:
    """Field names as they stand on the paper: candidates in ballot order, write-ins, valid, void."""
    rows = [f"{figure}/{n}" for n in range(candidates) for figure in FIGURES]
    write_ins = sorted(name for name in fields if name.startswith("write_in/"))
    return [*rows, *write_ins, "valid", "void"]


def step_sheet(sheet: CountSheet, entry: Entry) -> CountSheet:
    """The sheet after one more act on it."""
    fact = entry.public
    change = msgspec.structs.replace
    match entry.kind:
        case Kind.SHEET_PLANNED:
            return CountSheet(
                box=fact["box"],
                contest=fact["contest"],
                batch=fact["batch"],
                ballots=fact["ballots"],
                planned=fact["ballots"],
                seats=fact["seats"],
                candidates=fact["candidates"],
            )
        case Kind.FIELDS_ENTERED:
            return change(sheet, readings=_entered(sheet, fact["reading"], entry.actor, fact["fields"]))
        case Kind.ENTRY_COMPLETED:
            readings = _entered(sheet, fact["reading"], entry.actor, {})
            place = min(fact["reading"], len(readings)) - 1
            done = change(readings[place], done=True)
            return change(sheet, readings=(*readings[:place], done, *readings[place + 1 :]))
        case Kind.DIFFERENCE_SETTLED:
            return change(sheet, settled={**sheet.settled, **fact["fields"]})
        case Kind.FINDING_EXPLAINED:
            return change(sheet, explained=(*sheet.explained, fact["code"]))
        case Kind.SHEET_SENT_BACK:
            return change(sheet, readings=(), settled={}, explained=(), approved=False)
        case Kind.SHEET_APPROVED:
            return change(sheet, approved=True)
        case Kind.DOUBTFUL_DECIDED:
            return change(sheet, doubtful=_decided(sheet.doubtful, fact))
        case Kind.BATCH_RESTATED:
            return change(sheet, ballots=fact["ballots"], explained=())
        case Kind.RECOUNT_ORDERED:
            earlier = EarlierCount(
                fields=sheet.counted, readers=tuple(reading.by for reading in sheet.readings)
            )
            return change(
                sheet,
                readings=(),
                settled={},
                explained=(),
                approved=False,
                doubtful=(),
                earlier=(*sheet.earlier, earlier) if sheet.approved else sheet.earlier,
            )
    return sheet


def _decided(doubtful: tuple[Doubtful, ...], fact: Facts) -> tuple[Doubtful, ...]:
    """The register with one more decision; a number decided before is decided anew."""
    numbered = {each.number: each for each in doubtful}
    numbered[fact["number"]] = Doubtful(
        number=fact["number"], judgement=fact["judgement"], valid=fact["valid"]
    )
    return tuple(numbered[number] for number in sorted(numbered))


def _entered(
    sheet: CountSheet, reading: int, person: str, fields: Mapping[str, int | None]
) -> tuple[Reading, ...]:
    """The readings with more figures in that one; a field whose figure is None is empty again."""
    readings = list(sheet.readings)
    if reading > len(readings):
        readings.append(Reading(by=person))
    old = readings[min(reading, len(readings)) - 1]
    kept = {name: count for name, count in {**old.fields, **fields}.items() if count is not None}
    readings[min(reading, len(readings)) - 1] = msgspec.structs.replace(old, fields=kept)
    return tuple(readings)


def sheet_totals(sheet: CountSheet) -> Mapping[str, int]:
    """Votes by contest and by box, of the last approved count; how many sheets there are and are approved."""
    if not sheet.contest:
        return {}
    contest, box = sheet.contest, sheet.box
    sums = {f"sheets/{contest}": 1, f"batched/{box}/{contest}": sheet.ballots}
    if sheet.approved:
        sums[f"sheets_approved/{contest}"] = 1
    for name, count in sheet.counted.items():
        figure, _, rest = name.partition("/")
        sums[f"{figure}/{contest}/{rest}" if rest else f"{figure}/{contest}"] = count
        sums[f"box_{figure}/{box}/{contest}/{rest}" if rest else f"box_{figure}/{box}/{contest}"] = count
    return sums
