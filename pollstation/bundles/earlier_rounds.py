"""Whether a bundle's contests grew by law from the bundles of the round before."""

from collections.abc import Iterator, Mapping, Sequence

from pollstation.bundles.manifest import MANIFEST
from pollstation.domain.contests import Contest, Plan
from pollstation.domain.errors import Code, Fault, Refusal
from pollstation.domain.next_round import Choice, next_round
from pollstation.domain.profiles import rules_of
from pollstation.services.consolidating import Consolidated, CountingBundle, consolidate

_GROWN = ("round", "seats", "candidates", "level", "post", "constituency", "earlier")
"""What of a contest follows from the round before."""


def check_growth(plan: Plan, previous: Sequence[CountingBundle], source: str) -> list[Fault]:
    """Everything in ``plan`` that does not follow from the result of ``previous``.

    The result is computed anew, and the next round from it; what the committee chose must lie within the law.

    Raises:
        Refusal: the bundles of the round before are not one result (codes P-30x).
    """
    whole = consolidate(previous)
    faults = []
    if plan.election.profile != whole.election.profile:
        faults.append(_differs(source, "election.profile", plan.election.profile, whole.election.profile))
    bases = {one.earlier[-1].contest: one.earlier[-1].basis for one in plan.contests if one.earlier}
    for contest in plan.contests:
        faults += _check_contest(contest, whole, bases, source)
    return faults


def _check_contest(
    contest: Contest, whole: Consolidated, bases: Mapping[str, str], source: str
) -> Iterator[Fault]:
    where = f"{MANIFEST} {contest.id}"
    known = {each.contest.id: each for each in whole.contests}
    if not contest.earlier or contest.earlier[-1].contest not in known:
        facts: dict[str, object] = {"contest": contest.id, "known": list(known)}
        yield Fault(code=Code.BUNDLE_ROUND_WITHOUT_ORIGIN, file=source, field=where, facts=facts)
        return
    stated = contest.earlier[-1]
    before = known[stated.contest]
    bundles = tuple(each.sha256 for each in whole.sources_of(before.contest))
    if stated.election != whole.election.id or set(stated.bundles) != set(bundles):
        facts = {"contest": contest.id, "stated": stated.bundles or "—", "given": bundles}
        yield Fault(code=Code.BUNDLE_ROUND_OF_OTHER_BUNDLES, file=source, field=where, facts=facts)
        return
    if before.result is None:
        raise AssertionError("complete figures were not judged")
    try:
        due = next_round(
            before.contest,
            before.result,
            Choice(candidates=contest.candidates, basis=stated.basis),
            rules_of(whole.election),
            election=whole.election.id,
            day=whole.election.day,
            bundles=stated.bundles,
            elsewhere=whole.held_elsewhere(before.contest, bases),
        )
    except Refusal as refusal:
        facts = {"contest": contest.id, "finding": refusal.code, "candidates": contest.candidates}
        yield Fault(code=Code.BUNDLE_ROUND_AGAINST_LAW, file=source, field=where, facts=facts)
        return
    for name in _GROWN:
        if getattr(contest, name) != getattr(due, name):
            yield _differs(source, f"{contest.id}.{name}", getattr(contest, name), getattr(due, name))


def _differs(source: str, field: str, stated: object, computed: object) -> Fault:
    return Fault(
        code=Code.BUNDLE_ROUND_DIFFERS,
        file=source,
        field=f"{MANIFEST} {field}",
        facts={"stated": str(stated), "computed": str(computed)},
    )
