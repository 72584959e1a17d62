"""The result report sheet filled from a station's journal."""

from collections.abc import Mapping

from pollstation.documents.filling import account_lines, site_findings
from pollstation.documents.form_parts import form_head
from pollstation.domain.accounts import Standing, figures
from pollstation.domain.rules import Outcome, Result, holders
from pollstation.domain.write_ins import WriteIns
from pollstation.services.determining import ContestResult, results
from pollstation.services.forms.result_sheet import BasisResult, PersonResult, ResultSheetForm
from pollstation.services.guards import require_contest
from pollstation.services.ports import Reading
from pollstation.services.write_ins import decisions


def result_sheet(unit: Reading, contest_id: str) -> ResultSheetForm:
    """The result of one contest as approved sheets stand now; CONTEST_UNKNOWN when there is none such."""
    contest = require_contest(unit, contest_id)
    return filled_result(unit, next(each for each in results(unit) if each.contest == contest))


def filled_result(unit: Reading, judged: ContestResult) -> ResultSheetForm:
    """The result sheet of a contest that is judged already."""
    contest, counted, result = judged.contest, judged.figures, judged.result
    lines = [line for line in account_lines(unit) if line.equation.contest == contest.id]
    return ResultSheetForm(
        head=form_head(unit, contest),
        seats=contest.seats,
        figures=counted,
        people=persons(judged, decisions(unit, contest.id), unit.totals()),
        outcome=result.outcome if result else None,
        needed=result.needed if result else None,
        elected=tuple(result.elected) if result else (),
        pending=tuple(result.pending) if result else (),
        seats_left=result.seats_left if result else 0,
        bases=_bases(result) if result else (),
        reasons=tuple(result.reasons) if result else (),
        differences=tuple(line for line in lines if line.standing in (Standing.DIFFERS, Standing.EXPLAINED)),
        findings=site_findings(unit, contest.id),
    )


def persons(judged: ContestResult, names: WriteIns, totals: Mapping[str, int]) -> tuple[PersonResult, ...]:
    """Candidates in ballot order, then names written in, the most votes first, with the spellings joined.

    Args:
        names: which spellings count as one.
        totals: of the journal, where every spelling stands as the counters read it.
    """
    counted = judged.figures
    readings = figures(judged.contest, totals).write_ins
    candidates = [
        PersonResult(
            name=name,
            votes_for=votes,
            against=counted.against[name],
            abstain=counted.abstain[name],
            standing=_standing(name, judged.result),
        )
        for name, votes in counted.votes.items()
    ]
    others = [
        PersonResult(
            name=name,
            write_in=True,
            votes_for=votes,
            spellings=_spellings(name, readings, names),
            standing=_standing(name, judged.result),
        )
        for name, votes in sorted(counted.write_ins.items(), key=lambda each: (-each[1], each[0]))
    ]
    return (*candidates, *others)


def _spellings(name: str, readings: Mapping[str, int], names: WriteIns) -> dict[str, int]:
    """Every reading that counts for ``name`` with its votes; empty where it was read in one way only."""
    own = {reading: votes for reading, votes in readings.items() if names.name_of(reading) == name}
    return {} if own.keys() <= {name} else own


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


def _bases(result: Result) -> tuple[BasisResult, ...]:
    both = (("issued", result.by_issued), ("collected", result.by_collected))
    return tuple(
        BasisResult(basis=basis, outcome=each.outcome, elected=tuple(each.elected))
        for basis, each in both
        if isinstance(each, Result)
    )
