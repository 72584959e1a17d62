"""Forms filled from a station's journal: what the day adds up to, on its way to paper.

Names are those of the people appointed here. At a counting site the acts of another station's people are
shown by that station's id and theirs, and explanations in free words stay at the station that wrote them: its
journal came without its private parts.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pollstation.documents import make
from pollstation.documents.form_parts import (
    constituency_named,
    explanation,
    form_head,
    local_time,
    painted,
    people_of,
)
from pollstation.documents.sheet_filling import count_sheet
from pollstation.domain.accounts import Standing, figures, participants
from pollstation.domain.ballots import Channel
from pollstation.domain.boxes import NEXT, Box, box_stream
from pollstation.domain.contests import BallotBox, BoxKind, Contest
from pollstation.domain.day import DayPhase, day_stream
from pollstation.domain.journal import Entry, Kind
from pollstation.domain.rules import Outcome, Result, holders
from pollstation.domain.site_findings import SiteFinding
from pollstation.services import closing, counting, forms, opening, site_checks
from pollstation.services.bundle_content import BundleContent
from pollstation.services.determining import ContestResult, results
from pollstation.services.guards import own_stream, require_contest, this_day
from pollstation.services.ports import Reading


def bundle_forms(unit: Reading, content: BundleContent, languages: Sequence[str]) -> dict[str, bytes]:
    """Every PDF of a bundle by file name: forms of the polling, of the count, or of both.

    Args:
        languages: of the forms; two make bilingual forms.
    """
    account = station_account(unit)
    told = tuple(msgspec.structs.replace(each, text="", concerned="", measures="") for each in account.events)
    account = msgspec.structs.replace(account, events=told)  # a bundle is open: no free words about people
    printed = {"station-account.pdf": make(languages, account)}
    if content.plan.station.polls:
        printed["opening-record.pdf"] = make(languages, opening_record(unit))
    for result in content.results:
        sheet = _result_sheet(unit, result)
        printed[f"result-{result.contest.id}.pdf"] = make(languages, sheet)
    filled = [_public(count_sheet(unit, sheet.id)) for sheet in counting.sheets(unit) if sheet.approved]
    if filled:
        printed["count-sheets.pdf"] = make(languages, *filled)
    return printed


def _public(sheet: forms.CountSheetForm) -> forms.CountSheetForm:
    """The sheet without free words about single ballots and about who asked for a recount."""
    replace = msgspec.structs.replace
    return replace(
        sheet,
        doubtful=tuple(replace(each, mark="") for each in sheet.doubtful),
        recounts=tuple(replace(each, order=replace(each.order, text="")) for each in sheet.recounts),
    )


def opening_record(unit: Reading) -> forms.OpeningRecordForm:
    """The opening: what was checked, the boxes sealed, and the counters as the zero report found them."""
    acts = unit.entries(own_stream(unit))
    checks = {entry.public["item"]: entry for entry in acts if entry.kind == Kind.CHECK_DONE}
    opened = next((entry for entry in acts if entry.kind == Kind.OPENED), None)
    return forms.OpeningRecordForm(
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


def _checked(unit: Reading, item: str, entry: Entry | None) -> forms.CheckedItem:
    if entry is None:
        return forms.CheckedItem(item=item)
    (name,) = people_of(unit, unit.plan.station.id, entry, entry.actor)
    return forms.CheckedItem(item=item, done_by=name, done_at=local_time(entry))


def _sealed(unit: Reading, box: BallotBox) -> list[forms.SealedBox]:
    """The box as it was first shown empty and sealed; none when it was not."""
    links = [link for link in _custody(unit, box) if link.shown_empty]
    return [
        forms.SealedBox(
            box=painted(unit, box),
            mobile=box.kind is BoxKind.MOBILE,
            seals=first.seals,
            sealed_by=first.people,
            sealed_at=first.time,
        )
        for first in links[:1]
    ]


def _counters(unit: Reading, contest: Contest, zero: Entry | None) -> forms.OpeningCounters:
    """As the zero report found them, which is refused unless all stand at zero; before it, as they are."""
    now = figures(contest, unit.totals())
    return forms.OpeningCounters(
        level=contest.office,
        constituency=constituency_named(contest),
        received=zero.public["received"][contest.id] if zero else now.received,
        issued=0 if zero else now.issued,
        spoilt=0 if zero else now.spoilt,
        collected=0 if zero else now.collected,
    )


def station_account(unit: Reading) -> forms.StationAccountForm:
    """The account as it stands: every equation with its explanations, every box with its custody."""
    totals = unit.totals()
    by_channel = {channel: totals.get(f"participants/{channel}", 0) for channel in Channel}
    boxes = unit.plan.counted_boxes or unit.plan.station.boxes
    lines = account_lines(unit)
    return forms.StationAccountForm(
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
            forms.ContestAccount(
                level=contest.office,
                constituency=constituency_named(contest),
                lines=tuple(line for line in lines if line.equation.contest == contest.id),
            )
            for contest in unit.plan.contests
        ),
        boxes=tuple(box_record(unit, box) for box in boxes if unit.state(box_stream(box.id), Box).custody),
        findings=_site_findings(unit),
        events=tuple(_event(unit, entry) for entry in unit.entries(own_stream(unit)) if entry.kind in EVENTS),
    )


EVENTS = (Kind.OPENED, Kind.PAUSED, Kind.RESUMED, Kind.CLOSED, Kind.REOPENED, Kind.INCIDENT)
"""Acts of the station itself that its record tells of."""


def _event(unit: Reading, entry: Entry) -> forms.DayEvent:
    private = entry.private.facts if entry.private else {}
    return forms.DayEvent(
        kind=Kind(entry.kind),
        incident=entry.public.get("kind", ""),
        time=local_time(entry),
        people=people_of(unit, unit.plan.station.id, entry, entry.actor, entry.witness),
        text=str(private.get("what", private.get("reason", ""))),
        concerned=str(private.get("people", "")),
        measures=str(private.get("measures", "")),
    )


def account_lines(unit: Reading) -> list[forms.AccountLine]:
    """Every equation as it stands, with what was written about it."""
    written = _written(unit)
    return [
        forms.AccountLine(
            equation=line.equation,
            standing=line.standing,
            box=painted(unit, unit.plan.box(line.equation.box)) if line.equation.box else "",
            explanations=tuple(written.get(line.equation.key, ())),
        )
        for line in closing.account(unit)
    ]


def _site_findings(unit: Reading, contest: str = "") -> tuple[forms.Finding, ...]:
    """Warnings over the boxes counted here (of one contest), each with what was written about it."""
    written = _written(unit)
    return tuple(
        forms.Finding(finding=_of_painted_box(unit, each), explanations=tuple(written.get(each.key, ())))
        for each in site_checks.findings(unit, contest)
    )


def _of_painted_box(unit: Reading, finding: SiteFinding) -> SiteFinding:
    if not finding.box:
        return finding
    box = painted(unit, unit.plan.box(finding.box))
    return msgspec.structs.replace(finding, facts=finding.facts | {"box": box})


def _written(unit: Reading) -> dict[str, list[forms.Explanation]]:
    """What each station last wrote about each equation, by its key, since its polling was last reopened."""
    stations = dict.fromkeys((unit.plan.station.id, *(station.id for station in unit.plan.counted)))
    written: dict[str, list[forms.Explanation]] = {}
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


def box_record(unit: Reading, box: BallotBox) -> forms.BoxRecord:
    """A box from shown empty to counted, and what two people wrote about it."""
    return forms.BoxRecord(
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


def _custody(unit: Reading, box: BallotBox) -> list[forms.HandOver]:
    """The box's chain of custody; each of its links is one entry that moves a box on."""
    stream = box_stream(box.id)
    moves = [entry for entry in unit.entries(stream) if entry.kind in NEXT]
    links = unit.state(stream, Box).custody
    return [
        forms.HandOver(
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


def result_sheet(unit: Reading, contest_id: str) -> forms.ResultSheetForm:
    """The result of one contest as approved sheets stand now; CONTEST_UNKNOWN when there is none such."""
    contest = require_contest(unit, contest_id)
    return _result_sheet(unit, next(each for each in results(unit) if each.contest == contest))


def _result_sheet(unit: Reading, judged: ContestResult) -> forms.ResultSheetForm:
    contest, counted, result = judged.contest, judged.figures, judged.result
    lines = [line for line in account_lines(unit) if line.equation.contest == contest.id]
    return forms.ResultSheetForm(
        head=form_head(unit, contest),
        seats=contest.seats,
        registered=counted.registered,
        participants=counted.participants,
        in_person=counted.in_person,
        proxies=counted.proxies,
        mobile=counted.mobile,
        received=counted.received,
        issued=counted.issued,
        spoilt=counted.spoilt,
        unused=counted.unused,
        collected=counted.collected,
        valid=counted.valid,
        void=counted.void,
        people=_persons(judged),
        outcome=result.outcome if result else None,
        needed=result.needed if result else None,
        elected=tuple(result.elected) if result else (),
        pending=tuple(result.pending) if result else (),
        seats_left=result.seats_left if result else 0,
        bases=_bases(result) if result else (),
        reasons=tuple(result.reasons) if result else (),
        differences=tuple(line for line in lines if line.standing in (Standing.DIFFERS, Standing.EXPLAINED)),
        findings=_site_findings(unit, contest.id),
    )


def _persons(judged: ContestResult) -> tuple[forms.PersonResult, ...]:
    """Candidates in ballot order, then names written in, the most votes first."""
    counted = judged.figures
    candidates = [
        forms.PersonResult(
            name=name,
            votes_for=votes,
            against=counted.against[name],
            abstain=counted.abstain[name],
            standing=_standing(name, judged.result),
        )
        for name, votes in counted.votes.items()
    ]
    others = [
        forms.PersonResult(name=name, write_in=True, votes_for=votes, standing=_standing(name, judged.result))
        for name, votes in sorted(counted.write_ins.items(), key=lambda each: (-each[1], each[0]))
    ]
    return (*candidates, *others)


_OPEN_TO_ALL = frozenset({Outcome.BASIS_DEPENDENT, Outcome.INVALID_INPUT})


def _standing(name: str, result: Result | None) -> str:
    """Where one person stands, as a key of ``wording.forms.STANDINGS``."""
    if result is None or result.outcome in _OPEN_TO_ALL:
        return "undecided"
    if name in result.pending:
        return "pending"
    if name in result.elected:
        return "elected"
    if name in holders(result):
        return "higher_post"
    if name in result.tied:
        return "revote" if result.outcome is Outcome.REVOTE else "undecided"
    return "fresh" if name in result.fresh_candidates else "not_elected"


def _bases(result: Result) -> tuple[forms.BasisResult, ...]:
    both = (("issued", result.by_issued), ("collected", result.by_collected))
    return tuple(
        forms.BasisResult(basis=basis, outcome=each.outcome, elected=tuple(each.elected))
        for basis, each in both
        if isinstance(each, Result)
    )
