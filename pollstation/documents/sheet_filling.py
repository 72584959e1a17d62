"""Count sheets filled from a station's journal: figures, doubtful ballots, recounts, what was explained."""

from collections.abc import Sequence
from itertools import pairwise

from pollstation.documents.form_parts import (
    explanation,
    form_head,
    names_of_people,
    painted,
    people_of,
)
from pollstation.domain.contests import Contest
from pollstation.domain.count_sheets import CountSheet, Phase, paper_order
from pollstation.domain.findings import Finding
from pollstation.domain.journal import Entry, Kind
from pollstation.services import counting
from pollstation.services.forms.count_sheet import (
    CandidateVotes,
    CountSheetForm,
    DoubtfulBallot,
    Recount,
    SheetFigures,
    WriteIn,
)
from pollstation.services.forms.parts import Explanation
from pollstation.services.forms.parts import Finding as FormFinding
from pollstation.services.guards import require_contest
from pollstation.services.ports import Reading


def count_sheet(unit: Reading, sheet_id: str, blank: bool = False) -> CountSheetForm:
    """One planned sheet: with its agreed figures once two readings agree, else (or ``blank``) for the pen."""
    sheet = unit.state(sheet_id, CountSheet)
    contest = require_contest(unit, sheet.contest)
    found = () if blank else counting.final_findings(unit, sheet_id)
    return _filled(unit, sheet, contest, found, blank)


def count_sheets(unit: Reading, chosen: Sequence[CountSheet], blank: bool = False) -> list[CountSheetForm]:
    """Many sheets at once, each as :func:`count_sheet` fills it."""
    found = {} if blank else counting.survey(unit)
    return [
        _filled(unit, sheet, require_contest(unit, sheet.contest), found.get(sheet.id, ()), blank)
        for sheet in chosen
    ]


def _filled(
    unit: Reading, sheet: CountSheet, contest: Contest, found: Sequence[Finding], blank: bool
) -> CountSheetForm:
    empty = blank or sheet.phase not in (Phase.AGREED, Phase.APPROVED)
    return CountSheetForm(
        head=form_head(unit, contest),
        box=painted(unit, unit.plan.box(sheet.box)),
        batch=sheet.batch,
        batch_size=sheet.ballots,
        seats=contest.seats,
        candidates=contest.candidates,
        figures=None if empty else _figures(unit, sheet),
        doubtful=() if empty else _doubtful(unit, sheet),
        recounts=() if empty else _recounts(unit, sheet),
        findings=() if empty else _findings(unit, sheet, found),
    )


def blank_sheets(unit: Reading, box: str) -> list[CountSheetForm]:
    """Blank sheets for every batch of a counted box, to be printed before the calling begins."""
    return [count_sheet(unit, sheet.id, blank=True) for sheet in counting.sheets(unit) if sheet.box == box]


def _figures(unit: Reading, sheet: CountSheet) -> SheetFigures:
    fields = sheet.fields
    votes = tuple(
        CandidateVotes(
            votes_for=fields.get(f"for/{n}", 0),
            against=fields.get(f"against/{n}", 0),
            abstain=fields.get(f"abstain/{n}", 0),
        )
        for n in range(sheet.candidates)
    )
    own = unit.entries(sheet.id)
    approval = next((entry for entry in reversed(own) if entry.kind == Kind.SHEET_APPROVED), None)
    names = names_of_people(unit)
    first, second = (names.get(reading.by, reading.by) for reading in sheet.readings)
    return SheetFigures(
        votes=votes,
        write_ins=tuple(
            WriteIn(name=name.partition("/")[2], votes=count)
            for name, count in sorted(fields.items())
            if name.startswith("write_in/") and count
        ),
        valid=fields.get("valid", 0),
        void=fields.get("void", 0),
        sum_for=sum(each.votes_for for each in votes),
        sum_against=sum(each.against for each in votes),
        sum_abstain=sum(each.abstain for each in votes),
        entered_by=(first, second),
        approved_by=tuple(names.get(id_, id_) for id_ in (approval.actor, approval.witness))
        if approval and sheet.approved
        else (),
    )


def _doubtful(unit: Reading, sheet: CountSheet) -> tuple[DoubtfulBallot, ...]:
    """The register of doubtful ballots since the last recount, each as it was last decided."""
    last: dict[int, Entry] = {}
    for entry in unit.entries(sheet.id):
        if entry.kind == Kind.DOUBTFUL_DECIDED:
            last[entry.public["number"]] = entry
        elif entry.kind == Kind.RECOUNT_ORDERED:
            last.clear()
    return tuple(
        DoubtfulBallot(
            number=number,
            mark=str(entry.private.facts["mark"]) if entry.private else "",
            judgement=entry.public["judgement"],
            valid=entry.public["valid"],
            people=people_of(unit, unit.plan.station.id, entry, entry.actor, entry.witness),
        )
        for number, entry in sorted(last.items())
    )


def _recounts(unit: Reading, sheet: CountSheet) -> tuple[Recount, ...]:
    """Why the sheet was counted again, each time, and what came out otherwise."""
    orders = [entry for entry in unit.entries(sheet.id) if entry.kind == Kind.RECOUNT_ORDERED]
    counts = pairwise([*(each.fields for each in sheet.earlier), sheet.fields])
    return tuple(
        Recount(
            order=explanation(unit, unit.plan.station.id, entry, "reason"),
            changed={
                name: (before.get(name, 0), then.get(name, 0))
                for name in paper_order({**before, **then}, sheet.candidates)
                if before.get(name, 0) != then.get(name, 0)
            },
        )
        for entry, (before, then) in zip(orders, counts, strict=False)
    )


def _findings(unit: Reading, sheet: CountSheet, found: Sequence[Finding]) -> tuple[FormFinding, ...]:
    """Findings of the agreed figures with what two people wrote since the sheet was last begun anew."""
    written: dict[str, list[Explanation]] = {}
    for entry in unit.entries(sheet.id):
        if entry.kind in (Kind.SHEET_SENT_BACK, Kind.RECOUNT_ORDERED, Kind.BATCH_RESTATED):
            written = {}
        elif entry.kind == Kind.FINDING_EXPLAINED:
            said = explanation(unit, unit.plan.station.id, entry)
            written.setdefault(entry.public["code"], []).append(said)
    return tuple(FormFinding(finding=each, explanations=tuple(written.get(each.code, ()))) for each in found)
