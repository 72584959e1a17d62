"""The forms of a finished count filled from a station's journal: summary, notices, statistics, archive."""

from collections.abc import Mapping, Sequence
from datetime import date

from pollstation.documents.form_parts import constituency_named, form_head
from pollstation.documents.result_filling import persons
from pollstation.domain.accounts import figures
from pollstation.domain.boxes import Box, box_stream
from pollstation.domain.contests import BoxKind, Contest
from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import time_of
from pollstation.services.determining import ContestResult, results
from pollstation.services.forms.announcement import NoticeOfElectionForm, PublicNoticeForm
from pollstation.services.forms.archive import ArchiveForm, BallotPackets, Kept, Papers
from pollstation.services.forms.parts import FormHead
from pollstation.services.forms.result_sheet import PersonResult
from pollstation.services.forms.statistics import StatisticsForm
from pollstation.services.forms.summary import SummaryForm
from pollstation.services.guards import require_contest, this_day
from pollstation.services.handing_over import bundle_name
from pollstation.services.ports import Reading
from pollstation.services.statistics import of_elected, of_turnout
from pollstation.services.summing import StationShare, contest_at_stations, shares
from pollstation.services.write_ins import decisions


def summary(unit: Reading, contest_id: str, counted: Sequence[StationShare] | None = None) -> SummaryForm:
    """One contest over all stations counted here, as approved sheets stand now.

    Args:
        counted: the count divided among the stations, where somebody has it at hand.
    """
    contest = require_contest(unit, contest_id)
    stations = contest_at_stations(contest, counted or shares(unit), decisions(unit, contest.id))
    return SummaryForm(
        head=form_head(unit, contest),
        seats=contest.seats,
        stations=tuple(stations),
        total=_judged(unit, contest).figures,
    )


def notices_of_election(unit: Reading, contest_id: str) -> list[NoticeOfElectionForm]:
    """A letter to everybody whom the committee confirmed as elected; RESULT_UNCONFIRMED before."""
    contest = require_contest(unit, contest_id)
    return letters(form_head(unit, contest), _judged(unit, contest), _confirmed_on(unit, contest))


def public_notice(unit: Reading, contest_id: str) -> PublicNoticeForm:
    """What is posted about a contest that the committee confirmed; RESULT_UNCONFIRMED before."""
    contest = require_contest(unit, contest_id)
    day, judged = _confirmed_on(unit, contest), _judged(unit, contest)
    people = persons(judged, decisions(unit, contest.id), unit.totals())
    return posted(form_head(unit, contest), judged, people, day)


def letters(head: FormHead, judged: ContestResult, day: date) -> list[NoticeOfElectionForm]:
    """A letter to everybody who is elected by a result confirmed on ``day``, in vote order."""
    votes = {**judged.figures.votes, **judged.figures.write_ins}
    return [
        NoticeOfElectionForm(
            head=head,
            person=name,
            votes=votes[name],
            participants=judged.figures.participants,
            confirmed_on=day,
        )
        for name in (judged.result.elected if judged.result else ())
    ]


def posted(
    head: FormHead, judged: ContestResult, people: Sequence[PersonResult], day: date
) -> PublicNoticeForm:
    """The public notice of a result confirmed on ``day``; RESULT_UNCONFIRMED where there is no whole one."""
    if judged.result is None:
        raise Refusal(Code.RESULT_UNCONFIRMED, contest=judged.contest.id)
    return PublicNoticeForm(
        head=head,
        seats=judged.contest.seats,
        figures=judged.figures,
        people=tuple(people),
        result=judged.result,
        confirmed_on=day,
    )


def _judged(unit: Reading, contest: Contest) -> ContestResult:
    return next(each for each in results(unit) if each.contest == contest)


def _confirmed_on(unit: Reading, contest: Contest) -> date:
    confirmed = this_day(unit).confirmed.get(contest.id)
    if confirmed is None:
        raise Refusal(Code.RESULT_UNCONFIRMED, contest=contest.id)
    return time_of(confirmed.time).astimezone().date()


def statistics(unit: Reading, counted: Sequence[StationShare] | None = None) -> StatisticsForm:
    """Those elected by group, as confirmed or else proposed, and the turnout of every station here."""
    confirmed = this_day(unit).confirmed
    return StatisticsForm(
        head=form_head(unit),
        confirmed=all(contest.id in confirmed for contest in unit.plan.contests),
        elected=of_elected(unit.plan.election.day, results(unit)),
        turnout=of_turnout(counted or shares(unit)),
    )


def archive(unit: Reading) -> ArchiveForm:
    """What is handed over to be kept, counted from the journal, and the last bundle that left.

    Stations whose boxes were counted here hand over by themselves what stayed with them.
    """
    own = next((each.totals for each in shares(unit) if each.station == unit.plan.station), {})
    return ArchiveForm(
        head=form_head(unit),
        ballots=tuple(packets for contest in unit.plan.contests for packets in _packets(unit, contest, own)),
        papers=tuple(Papers(kept=kept, sheets=count) for kept, count in _papers(unit, own).items() if count),
        bundle=bundle_name(unit.plan),
        sha256=this_day(unit).handed_over,
    )


def _packets(unit: Reading, contest: Contest, own: Mapping[str, int]) -> list[BallotPackets]:
    """Ballots by kind: those counted here, and those of this station that were in no box."""
    counted, here = _judged(unit, contest).figures, figures(contest, own)
    boxes = {Kept.VALID: counted.valid, Kept.VOID: counted.void}
    stock = {
        Kept.SPOILT: here.spoilt,
        Kept.UNUSED: here.unused,
        Kept.DAMAGED: own.get(f"damaged/{contest.id}", 0),
    }
    counts = (boxes if unit.plan.counted else {}) | (stock if unit.plan.station.polls else {})
    place = constituency_named(contest)
    return [
        BallotPackets(kept=kept, level=contest.office, constituency=place, ballots=count)
        for kept, count in counts.items()
    ]


def _papers(unit: Reading, own: Mapping[str, int]) -> dict[Kept, int]:
    """How many papers of each kind the day has made, as far as the journal knows."""
    plan, sheets = unit.plan, unit.states("sheet:", CountSheet).values()
    mobile = [box.id for box in plan.station.boxes if box.kind is BoxKind.MOBILE]
    return {
        Kept.COUNT_SHEETS: sum(sheet.approved for sheet in sheets),
        Kept.RESULT_SHEETS: len(plan.contests) if plan.counted else 0,
        Kept.STATION_ACCOUNT: 1,
        Kept.OPENING_RECORD: int(plan.station.polls),
        Kept.REGISTER: int(plan.station.polls),
        Kept.PROXY_PAPERS: sum(name.startswith("held/") for name in own),
        Kept.MOBILE_RECORDS: sum(bool(unit.state(box_stream(box), Box).taken) for box in mobile),
        Kept.INCIDENTS: this_day(unit).incidents,
    }
