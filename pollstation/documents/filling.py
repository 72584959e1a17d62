"""Forms filled from a station's journal: what the day adds up to, on its way to paper.

Names are those of the people appointed here. At a counting site the acts of another station's people are
shown by that station's id and theirs, and explanations in free words stay at the station that wrote them: its
journal came without its private parts.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pollstation.documents.form_parts import (
    constituency_named,
    explanation,
    form_head,
    local_time,
    painted,
    people_of,
)
from pollstation.domain.accounts import figures, participants
from pollstation.domain.ballots import Channel
from pollstation.domain.boxes import NEXT, Box, box_stream
from pollstation.domain.contests import BallotBox, BoxKind, Contest
from pollstation.domain.day import DayPhase, day_stream
from pollstation.domain.journal import Entry, Kind
from pollstation.domain.site_findings import SiteFinding
from pollstation.services import closing, opening, site_checks
from pollstation.services.forms.opening_record import (
    CheckedItem,
    OpeningCounters,
    OpeningRecordForm,
    SealedBox,
)
from pollstation.services.forms.parts import AccountLine, Explanation, Finding
from pollstation.services.forms.station_account import (
    BoxRecord,
    ContestAccount,
    DayEvent,
    HandOver,
    StationAccountForm,
)
from pollstation.services.guards import own_stream, this_day
from pollstation.services.ports import Reading


def opening_record(unit: Reading) -> OpeningRecordForm:
    """The opening: what was checked, the boxes sealed, and the counters as the zero report found them."""
    acts = unit.entries(own_stream(unit))
    checks = {entry.public["item"]: entry for entry in acts if entry.kind == Kind.CHECK_DONE}
    opened = next((entry for entry in acts if entry.kind == Kind.OPENED), None)
    return OpeningRecordForm(
        head=form_head(unit),
        opened_at=local_time(opened) if opened else None,
        registered=this_day(unit).registered,
        voters_marked=0 if _zero_report(acts) else participants(unit.totals()),
        checklist=tuple(_checked(unit, item, checks.get(item)) for item in opening.checklist(unit)),
        boxes=tuple(sealed for box in unit.plan.station.boxes for sealed in _sealed(unit, box)),
        contests=tuple(_counters(unit, contest, _zero_report(acts)) for contest in unit.plan.contests),
    )


def _zero_report(acts: Sequence[Entry]) -> Entry | None:
    return next((entry for entry in acts if entry.kind == Kind.ZERO_REPORTED), None)


def _checked(unit: Reading, item: str, entry: Entry | None) -> CheckedItem:
    if entry is None:
        return CheckedItem(item=item)
    (name,) = people_of(unit, unit.plan.station.id, entry, entry.actor)
    return CheckedItem(item=item, done_by=name, done_at=local_time(entry))


def _sealed(unit: Reading, box: BallotBox) -> list[SealedBox]:
    """The box as it was first shown empty and sealed; none when it was not."""
    links = [link for link in _custody(unit, box) if link.shown_empty]
    return [
        SealedBox(
            box=painted(unit, box),
            mobile=box.kind is BoxKind.MOBILE,
            seals=first.seals,
            sealed_by=first.people,
            sealed_at=first.time,
        )
        for first in links[:1]
    ]


def _counters(unit: Reading, contest: Contest, zero: Entry | None) -> OpeningCounters:
    """As the zero report found them, which is refused unless all stand at zero; before it, as they are."""
    now = figures(contest, unit.totals())
    return OpeningCounters(
        level=contest.office,
        constituency=constituency_named(contest),
        received=zero.public["received"][contest.id] if zero else now.received,
        issued=0 if zero else now.issued,
        spoilt=0 if zero else now.spoilt,
        collected=0 if zero else now.collected,
    )


def station_account(unit: Reading) -> StationAccountForm:
    """The account as it stands: every equation with its explanations, every box with its custody."""
    totals = unit.totals()
    by_channel = {channel: totals.get(f"participants/{channel}", 0) for channel in Channel}
    boxes = unit.plan.counted_boxes or unit.plan.station.boxes
    lines = account_lines(unit)
    return StationAccountForm(
        head=form_head(unit),
        registered=totals.get("registered", 0),
        added=totals.get("added", 0),
        struck=totals.get("struck", 0),
        assisted=None
        if this_day(unit).phase in (DayPhase.PREPARED, DayPhase.OPEN)
        else totals.get("assisted", 0),
        participants=participants(totals),
        in_person=by_channel[Channel.IN_PERSON],
        proxies=by_channel[Channel.PROXY],
        mobile=by_channel[Channel.MOBILE],
        contests=tuple(
            ContestAccount(
                level=contest.office,
                constituency=constituency_named(contest),
                lines=tuple(line for line in lines if line.equation.contest == contest.id),
            )
            for contest in unit.plan.contests
        ),
        boxes=tuple(box_record(unit, box) for box in boxes if unit.state(box_stream(box.id), Box).custody),
        findings=site_findings(unit),
        events=tuple(_event(unit, entry) for entry in unit.entries(own_stream(unit)) if entry.kind in EVENTS),
    )


EVENTS = (Kind.OPENED, Kind.PAUSED, Kind.RESUMED, Kind.CLOSED, Kind.REOPENED, Kind.INCIDENT)
"""Acts of the station itself that its record tells of."""


def _event(unit: Reading, entry: Entry) -> DayEvent:
    private = entry.private.facts if entry.private else {}
    return DayEvent(
        kind=Kind(entry.kind),
        incident=entry.public.get("kind", ""),
        time=local_time(entry),
        people=people_of(unit, unit.plan.station.id, entry, entry.actor, entry.witness),
        text=str(private.get("what", private.get("reason", ""))),
        concerned=str(private.get("people", "")),
        measures=str(private.get("measures", "")),
    )


def account_lines(unit: Reading) -> list[AccountLine]:
    """Every equation as it stands, with what was written about it."""
    written = _written(unit)
    return [
        AccountLine(
            equation=line.equation,
            standing=line.standing,
            box=painted(unit, unit.plan.box(line.equation.box)) if line.equation.box else "",
            explanations=tuple(written.get(line.equation.key, ())),
        )
        for line in closing.account(unit)
    ]


def site_findings(unit: Reading, contest: str = "") -> tuple[Finding, ...]:
    """Warnings over the boxes counted here (of one contest), each with what was written about it."""
    written = _written(unit)
    return tuple(
        Finding(finding=_of_painted_box(unit, each), explanations=tuple(written.get(each.key, ())))
        for each in site_checks.findings(unit, contest)
    )


def _of_painted_box(unit: Reading, finding: SiteFinding) -> SiteFinding:
    if not finding.box:
        return finding
    box = painted(unit, unit.plan.box(finding.box))
    return msgspec.structs.replace(finding, facts=finding.facts | {"box": box})


def _written(unit: Reading) -> dict[str, list[Explanation]]:
    """What each station last wrote about each equation, by its key, since its polling was last reopened."""
    stations = dict.fromkeys((unit.plan.station.id, *(station.id for station in unit.plan.counted)))
    written: dict[str, list[Explanation]] = {}
    for station in stations:
        last: dict[str, Entry] = {}
        for entry in unit.entries(day_stream(station)):
            if entry.kind == Kind.REOPENED:
                last.clear()
            elif entry.kind == Kind.DIFFERENCE_EXPLAINED:
                last[entry.public["code"]] = entry
        for key, entry in last.items():
            written.setdefault(key, []).append(explanation(unit, station, entry))
    return written


def box_record(unit: Reading, box: BallotBox) -> BoxRecord:
    """A box from shown empty to counted, and what two people wrote about it."""
    return BoxRecord(
        box=painted(unit, box),
        mobile=box.kind is BoxKind.MOBILE,
        custody=tuple(_custody(unit, box)),
        exceptions=unit.state(box_stream(box.id), Box).exceptions,
        explanations=tuple(
            explanation(unit, box.station, entry)
            for entry in unit.entries(box_stream(box.id))
            if entry.kind == Kind.DIFFERENCE_EXPLAINED
        ),
    )


def _custody(unit: Reading, box: BallotBox) -> list[HandOver]:
    """The box's chain of custody; each of its links is one entry that moves a box on."""
    stream = box_stream(box.id)
    moves = [entry for entry in unit.entries(stream) if entry.kind in NEXT]
    links = unit.state(stream, Box).custody
    return [
        HandOver(
            state=link.state,
            shown_empty=entry.public.get("empty", False),
            on_the_way=entry.kind == Kind.BOX_HANDED_OVER,
            time=datetime.fromisoformat(link.at).astimezone() if link.at else local_time(entry),
            place=str(entry.private.facts.get("place", "")) if entry.private else "",
            people=people_of(unit, box.station, entry, *link.people),
            seals=link.seals,
            intact=link.intact,
        )
        for entry, link in zip(moves, links, strict=True)
    ]
