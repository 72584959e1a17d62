"""The committee's own papers, filled from the verified bundles of all counting sites together."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from pollstation.documents import AnyForm
from pollstation.documents.announcing import letters, posted
from pollstation.documents.form_parts import constituency_named, grown_rounds
from pollstation.documents.result_filling import persons
from pollstation.domain.contests import Contest
from pollstation.domain.journal import short_code
from pollstation.domain.rules import Round
from pollstation.domain.write_ins import WriteIns
from pollstation.services.confirming import is_decided
from pollstation.services.consolidating import Consolidated
from pollstation.services.determining import ContestResult
from pollstation.services.forms.parts import FormHead
from pollstation.services.forms.statistics import StatisticsForm
from pollstation.services.forms.summary import SummaryForm
from pollstation.services.statistics import of_elected, of_turnout
from pollstation.services.summing import StationShare, contest_in_bundles


class Paper(NamedTuple):
    """One file: its name, and the forms in it."""

    name: str
    forms: list[AnyForm]


def papers(whole: Consolidated, now: datetime) -> Iterator[Paper]:
    """Everything that the committee posts and sends: summaries, statistics and, of what is decided, notices.

    Args:
        whole: the results of all sites together.
        now: when the committee announces them, aware.
    """
    for judged in whole.contests:
        yield from _of_contest(whole, judged, now)
    shares = [
        StationShare(station=station, totals=source.by_station.get(station.id, {}))
        for source in whole.sources
        for station in source.plan.counted
    ]
    statistics = StatisticsForm(
        head=_head(whole, None, now),
        confirmed=all(each.result is not None and is_decided(each.result) for each in whole.contests),
        elected=of_elected(whole.election.day, whole.contests),
        turnout=of_turnout(shares),
    )
    yield Paper("statistics.pdf", [statistics])


def _of_contest(whole: Consolidated, judged: ContestResult, now: datetime) -> Iterator[Paper]:
    contest = judged.contest
    head = _head(whole, contest, now)
    stations = contest_in_bundles(contest, whole.sources_of(contest))
    summary = SummaryForm(head=head, seats=contest.seats, stations=tuple(stations), total=judged.figures)
    yield Paper(f"summary-{contest.id}.pdf", [summary])
    if judged.result is None or not is_decided(judged.result):
        return
    # spellings that a site joined are named on that site's own sheet
    people = persons(judged, WriteIns(), {})
    yield Paper(f"public-notice-{contest.id}.pdf", [posted(head, judged, people, now.date())])
    if judged.result.elected:
        yield Paper(f"notices-of-election-{contest.id}.pdf", [*letters(head, judged, now.date())])


def _head(whole: Consolidated, contest: Contest | None, now: datetime) -> FormHead:
    """The head of a form of the committee: the code of the bundles in the place of the journal's."""
    sources = whole.sources_of(contest) if contest else whole.sources
    digest = hashlib.sha256("".join(each.sha256 for each in sources).encode()).hexdigest()
    return FormHead(
        election=whole.election.title,
        committee=whole.election.committee,
        level=contest.office if contest else None,
        constituency=constituency_named(contest) if contest else "",
        station_id="",
        station="",
        polls=False,
        day=whole.election.day,
        round=Round(contest.round) if contest else None,
        grown=grown_rounds([contest] if contest else [each.contest for each in whole.contests]),
        rehearsal=whole.election.rehearsal,
        journal_code=short_code(digest),
        journal_position=", ".join(each.site for each in sources),
        printed_at=now,
    )
