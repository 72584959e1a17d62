"""The result by law: a proposal with reasons by article, never more (Electoral Law art. 44-46)."""

from collections.abc import Mapping, Sequence

import msgspec

from pollstation.domain.accounts import Figures, Totals, figures
from pollstation.domain.boxes import BoxState
from pollstation.domain.contests import Contest, Election, Plan, Post
from pollstation.domain.count_sheets import CountSheet, Phase
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.profiles import rules_of
from pollstation.domain.rules import Case, Result, Round, determine, determine_posts
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.domain.write_ins import WriteIns
from pollstation.services import site_checks
from pollstation.services.checkpoints import checkpoint
from pollstation.services.closing import box_exceptions, differences
from pollstation.services.counting_site import boxes
from pollstation.services.guards import own_stream, require_phase
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.services.write_ins import decisions

PARTIAL = "PARTIAL"
"""Written instead of an outcome where other sites count the same contest."""


class ContestResult(msgspec.Struct, frozen=True, kw_only=True):
    """One contest: its figures, and what the law makes of them where they are complete here."""

    contest: Contest
    figures: Figures
    result: Result | None
    """None where other sites count the same contest: the committee adds the sites up."""


def results(unit: Reading) -> list[ContestResult]:
    """Figures and outcome of every contest as approved sheets stand now, in ballot order."""
    known = {contest.id: decisions(unit, contest.id) for contest in unit.plan.contests}
    return judge(unit.plan, unit.plan.contests, unit.totals(), known)


def judge(
    plan: Plan, contests: Sequence[Contest], totals: Totals, known: Mapping[str, WriteIns]
) -> list[ContestResult]:
    """What the law makes of ``contests``, in their order, as far as they are counted at the plan's station.

    A village of which other sites count a post as well is left to the committee with all of its posts.

    Args:
        known: by contest, which names written in count as one, and who of them was confirmed or rejected.
    """
    counted = {each.id: figures(each, totals, known.get(each.id)) for each in contests}
    whole = [
        contest
        for group in _groups(contests)
        if {site for each in group for site in each.counting_sites} <= {plan.station.id}
        for contest in group
    ]
    found = by_law(plan.election, whole, counted, known)
    return [
        ContestResult(contest=each, figures=counted[each.id], result=found.get(each.id)) for each in contests
    ]


def by_law(
    election: Election,
    contests: Sequence[Contest],
    counted: Mapping[str, Figures],
    known: Mapping[str, WriteIns],
) -> dict[str, Result]:
    """What the law makes of complete figures, by contest; the posts of one village are judged together.

    Args:
        counted: the figures of all sites together, by contest.
        known: by contest, who of those written in was confirmed or rejected.
    """
    rules = rules_of(election)
    found: dict[str, Result] = {}
    for group in _groups(contests):
        cases = [
            case_of(rules.name, contest, counted[contest.id], known.get(contest.id, WriteIns()))
            for contest in group
        ]
        results = determine_posts(cases, rules) if group[0].post else [determine(cases[0], rules)]
        found |= {contest.id: result for contest, result in zip(group, results, strict=True)}
    return found


def _groups(contests: Sequence[Contest]) -> list[list[Contest]]:
    """Contests that are judged together: the posts of one village, the highest first; else each alone."""
    posts = [*Post]
    villages: dict[str, list[Contest]] = {}
    for contest in contests:
        if contest.post:
            villages.setdefault(contest.constituency, []).append(contest)
    alone = [[contest] for contest in contests if not contest.post]
    return alone + [sorted(group, key=lambda each: posts.index(each.post)) for group in villages.values()]


def case_of(profile: str, contest: Contest, counted: Figures, names: WriteIns) -> Case:
    """The figures as a case of the rules.

    Whether ballots issued or collected count as those who voted is left to both readings. More ballots than
    voters are invalid on either (art. 44), so then the voters marked in the register are named.
    """
    return Case(
        id=contest.id,
        profile=profile,
        round=Round(contest.round),
        seats=contest.seats,
        registered=counted.registered,
        participants=counted.participants if counted.collected > counted.participants else None,
        issued=counted.issued,
        collected=counted.collected,
        void=counted.void,
        votes=counted.votes,
        write_ins=counted.write_ins,
        eligible=names.judged(counted.write_ins, eligible=True),
        ineligible=names.judged(counted.write_ins, eligible=False),
    )


def obstacles(unit: Reading) -> list[Refusal]:
    """Everything that still stands against a result: boxes, sheets, differences."""
    against: list[Refusal] = []
    for line in boxes(unit):
        if line.state.state is not BoxState.COUNTED:
            against.append(Refusal(Code.BOX_NOT_COUNTED, box=line.box.id))
        against += box_exceptions(line.state)
    open_sheets = [
        sheet for sheet in unit.states("sheet:", CountSheet).values() if sheet.phase is not Phase.APPROVED
    ]
    if open_sheets:
        against.append(Refusal(Code.SHEETS_OPEN, count=len(open_sheets), sheet=open_sheets[0].id))
    against += differences(unit)
    against += [
        Refusal(Code.SITE_FINDING_UNEXPLAINED, finding=each.code, key=each.key, figures=each.facts)
        for each in site_checks.unexplained(unit)
    ]
    return against


def propose(unit: UnitOfWork, by: Session, witness: Session) -> list[ContestResult]:
    """Write the proposed outcomes to the journal once nothing stands against them."""
    require(by, Act.DETERMINE)
    require_two(by, witness)
    require_phase(unit, DayPhase.COUNTING)
    if against := obstacles(unit):
        raise against[0]
    proposed = results(unit)
    outcomes = {each.contest.id: each.result.outcome if each.result else PARTIAL for each in proposed}
    unit.append(Kind.RESULT_PROPOSED, own_stream(unit), by=by, witness=witness, public={"outcomes": outcomes})
    checkpoint(unit, "count")
    return proposed


def release(unit: UnitOfWork, by: Session) -> None:
    """Let the figures of the proposed result be shown to everybody in the room."""
    require(by, Act.DETERMINE)
    day = require_phase(unit, DayPhase.DETERMINED, DayPhase.HANDED_OVER)
    if day.released:
        raise Refusal(Code.ALREADY_DONE)
    unit.append(Kind.RESULT_RELEASED, own_stream(unit), by=by)
