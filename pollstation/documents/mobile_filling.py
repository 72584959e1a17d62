"""The forms of a mobile box filled from a station's journal: the run sheet and the record."""

from datetime import datetime

from pollstation.documents.filling import account_lines, box_record
from pollstation.documents.form_parts import (
    constituency_named,
    form_head,
    local_time,
    names_of_people,
    painted,
)
from pollstation.domain.ballots import VoterRecord, voter_stream
from pollstation.domain.boxes import Box, box_stream
from pollstation.domain.journal import Kind
from pollstation.services import forms, mobile_boxes, visits
from pollstation.services.ports import Reading


def run_sheet(unit: Reading, box_id: str) -> forms.RunSheetForm:
    """What the crew of a mobile box takes along: approved requests not yet served, in the route's order."""
    box, state = unit.plan.box(box_id), unit.state(box_stream(box_id), Box)
    stops = mobile_boxes.route(unit, box_id)
    return forms.RunSheetForm(
        head=form_head(unit),
        box=painted(unit, box),
        area=box.area,
        stops=stops,
        crew=_crew(unit, state),
        due=datetime.fromisoformat(state.due).astimezone() if state.due else None,
        voters=tuple(
            forms.VoterToVisit(
                name=line.voter.name,
                card=line.voter.card,
                address=line.voter.address,
                stop=stops[line.visit.stop - 1] if 0 < line.visit.stop <= len(stops) else "",
                wish=line.wish,
                contests=len(line.voter.contests),
            )
            for line in visits.visits_of(unit, box_id)
            if not line.served
        ),
    )


def _crew(unit: Reading, state: Box) -> tuple[str, ...]:
    names = names_of_people(unit)
    return tuple(names.get(each, each) for each in state.crew)


def mobile_record(unit: Reading, box_id: str) -> forms.MobileRecordForm:
    """The record of one mobile box as it stands: crew, way, voters, ballots, seals and custody."""
    box, state = unit.plan.box(box_id), unit.state(box_stream(box_id), Box)
    requests = visits.visits_of(unit, box_id)
    return forms.MobileRecordForm(
        head=form_head(unit),
        box=painted(unit, box),
        area=box.area,
        stops=mobile_boxes.route(unit, box_id),
        crew=_crew(unit, state),
        voters=_served(unit, box_id),
        open_requests=sum(line.open for line in requests),
        ballots=_mobile_ballots(unit, box_id, state),
        record=box_record(unit, box),
    )


def _served(unit: Reading, box: str) -> tuple[forms.ServedVoter, ...]:
    """Voters served at the box, in the order in which they were written down."""
    served = [
        (entry, voter)
        for voter in unit.voters()
        if any(issue.box == box for issue in unit.state(voter_stream(voter.token), VoterRecord).issues)
        for entry in unit.entries(voter_stream(voter.token))
        if entry.kind == Kind.BALLOTS_ISSUED and entry.public["box"] == box
    ]
    return tuple(
        forms.ServedVoter(
            name=voter.name,
            card=voter.card,
            ballots=len(entry.public["contests"]),
            time=local_time(entry),
            from_list=entry.public.get("from_list", False),
            unrequested=entry.public.get("unrequested", False),
        )
        for entry, voter in sorted(served, key=lambda each: each[0].order())
    )


def _mobile_ballots(unit: Reading, box: str, state: Box) -> tuple[forms.MobileBallots, ...]:
    lines = [line for line in account_lines(unit) if line.equation.box == box]
    return tuple(
        forms.MobileBallots(
            level=contest.office,
            constituency=constituency_named(contest),
            taken=state.taken[contest.id],
            issued=unit.total(f"box_issued/{box}/{contest.id}"),
            blank=state.blank.get(contest.id, 0),
            spoilt=state.spoilt.get(contest.id, 0),
            signed=None if state.signed is None else state.signed.get(contest.id, 0),
            lines=tuple(line for line in lines if line.equation.contest == contest.id),
        )
        for contest in unit.plan.contests
        if contest.id in state.taken
    )
