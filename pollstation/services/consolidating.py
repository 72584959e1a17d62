"""The committee's result: verified bundles of all counting sites, added up to one result per contest."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from pollstation.domain.accounts import Figures, add_totals, figures
from pollstation.domain.contests import Contest, Election, Plan
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.next_round import held_elsewhere, on_basis
from pollstation.domain.write_ins import WriteIns
from pollstation.services.determining import ContestResult, by_law


class CountingBundle(msgspec.Struct, frozen=True, kw_only=True):
    """What a verified bundle of a counting site says."""

    plan: Plan
    sha256: str
    supersedes: str
    """SHA-256 of the bundle that this one corrects; empty for the first."""
    totals: dict[str, int]
    """Every total of the site by name, recomputed."""
    by_station: dict[str, dict[str, int]]
    """The same totals, divided among the stations whose voters, stock, boxes and sheets they are of."""
    names: dict[str, WriteIns]
    """What the site decided about names written in, by contest."""

    @property
    def site(self) -> str:
        """Id of the counting site."""
        return self.plan.station.id

    def counts(self, contest: Contest) -> bool:
        """Whether ballots of ``contest`` were counted at the site."""
        return contest in self.plan.contests and self.site in (contest.counting_sites or (self.site,))


class Consolidated(msgspec.Struct, frozen=True, kw_only=True):
    """The result of every contest that the bundles are about, each judged on all of its sites together."""

    election: Election
    contests: tuple[ContestResult, ...]
    sources: tuple[CountingBundle, ...]
    """One bundle of each site, in the order of their ids."""

    def result(self, contest_id: str) -> ContestResult:
        """The result of one contest; KeyError when the bundles are not about it."""
        for each in self.contests:
            if each.contest.id == contest_id:
                return each
        raise KeyError(contest_id)

    def held_elsewhere(self, contest: Contest, bases: Mapping[str, str]) -> tuple[str, ...]:
        """Who was elected to another post of the contest's village.

        Args:
            bases: ``issued`` or ``collected``, where the committee chose one, by contest.
        """
        found = [
            (each.contest, on_basis(each.result, bases.get(each.contest.id, "")))
            for each in self.contests
            if each.result
        ]
        return held_elsewhere(contest, found)

    def sources_of(self, contest: Contest) -> tuple[CountingBundle, ...]:
        """The bundles whose figures are in the result of ``contest``."""
        return tuple(source for source in self.sources if source.counts(contest))


def consolidate(bundles: Iterable[CountingBundle]) -> Consolidated:
    """Add up what the counting sites of one election found.

    Spellings of names written in are joined as each site decided before the sites are added. A bundle that
    another one corrects counts no more.

    Raises:
        Refusal: RESULT_OTHER_ELECTION, RESULT_TWICE, RESULT_PLANS_DIFFER, RESULT_SITES_MISSING, or
            WRITE_IN_JUDGED_TWO_WAYS where one site confirmed a name and another rejected it.
    """
    sources = _one_of_each_site({each.sha256: each for each in bundles})
    election = sources[0].plan.election
    contests = _contests(sources)
    _require_sites(contests, sources)
    sites = {each.id: [source for source in sources if source.counts(each)] for each in contests}
    counted = {each.id: _figures(each, sites[each.id]) for each in contests}
    known = {each.id: WriteIns(eligible=_eligible(each, sites[each.id])) for each in contests}
    judged = by_law(election, contests, counted, known)
    results = tuple(
        ContestResult(contest=each, figures=counted[each.id], result=judged[each.id]) for each in contests
    )
    return Consolidated(election=election, contests=results, sources=tuple(sources))


def _one_of_each_site(bundles: dict[str, CountingBundle]) -> list[CountingBundle]:
    """Bundles by SHA-256, without those that another one corrects; each of another site, of one election."""
    if not bundles:
        raise Refusal(Code.RESULT_SITES_MISSING, stations=[])
    elections = sorted({each.plan.election.id for each in bundles.values()})
    if len(elections) > 1:
        raise Refusal(Code.RESULT_OTHER_ELECTION, elections=elections)
    corrected = {each.supersedes for each in bundles.values()}
    valid = sorted(
        (each for each in bundles.values() if each.sha256 not in corrected), key=lambda each: each.site
    )
    sites = [each.site for each in valid]
    if twice := sorted({site for site in sites if sites.count(site) > 1}):
        raise Refusal(Code.RESULT_TWICE, stations=twice)
    return valid


def _contests(sources: Sequence[CountingBundle]) -> list[Contest]:
    """Every contest once; all sites must have worked to the same plan and shared the stations among them."""
    contests = {contest.id: contest for source in sources for contest in source.plan.contests}
    counted = [station for source in sources for station in source.plan.station.counts]
    agreed = all(
        source.plan.election == sources[0].plan.election
        and all(contests[contest.id] == contest for contest in source.plan.contests)
        for source in sources
    )
    if not agreed or len(set(counted)) < len(counted):
        raise Refusal(Code.RESULT_PLANS_DIFFER, stations=[source.site for source in sources])
    return list(contests.values())


def _require_sites(contests: Sequence[Contest], sources: Sequence[CountingBundle]) -> None:
    needed = {site for contest in contests for site in contest.counting_sites}
    if missing := sorted(needed - {source.site for source in sources}):
        raise Refusal(Code.RESULT_SITES_MISSING, stations=missing)


def _figures(contest: Contest, sources: Sequence[CountingBundle]) -> Figures:
    whole = figures(contest, add_totals(source.totals for source in sources))
    written = add_totals(
        figures(contest, source.totals, source.names.get(contest.id)).write_ins for source in sources
    )
    return msgspec.structs.replace(whole, write_ins=dict(sorted(written.items())))


def _eligible(contest: Contest, sources: Sequence[CountingBundle]) -> dict[str, bool]:
    eligible: dict[str, bool] = {}
    for source in sources:
        for name, decision in source.names.get(contest.id, WriteIns()).eligible.items():
            if eligible.setdefault(name, decision) is not decision:
                stations = [each.site for each in sources]
                raise Refusal(Code.WRITE_IN_JUDGED_TWO_WAYS, name=name, contest=contest.id, stations=stations)
    return eligible
