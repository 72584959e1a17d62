"""The committee adds the counting sites up: nothing is left out, nothing counts twice."""

import msgspec
import pytest

from pollstation.domain.contests import Contest, EarlierRound, Level, Plan, Station
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.rules import Outcome
from pollstation.domain.write_ins import WriteIns
from pollstation.services.consolidating import Consolidated, CountingBundle, consolidate
from tests import station as small

SHARED = Contest(
    id="county-1",
    level=Level.COUNTY,
    seats=2,
    candidates=("甲", "乙", "丙"),
    counting_sites=("C1", "C2"),
)
OWN = Contest(id="town-1", level=Level.TOWNSHIP, seats=1, candidates=("丁", "戊"), counting_sites=("C1",))


def totals(
    contest: str, *votes: int, write_ins: dict[str, int] | None = None, voters: int = 60
) -> dict[str, int]:
    """A count in which 60 of 100 voters vote at a site, all of them validly."""
    return {
        f"registered/{contest}": 100,
        f"marked/{contest}": voters,
        f"issued/{contest}/in_person": voters,
        f"collected/{contest}": voters,
        f"valid/{contest}": voters,
        **{f"for/{contest}/{place}": count for place, count in enumerate(votes)},
        **{f"write_in/{contest}/{name}": count for name, count in (write_ins or {}).items()},
    }


def bundle(
    site: str,
    figures: dict[str, int],
    *contests: Contest,
    names: dict[str, WriteIns] | None = None,
    supersedes: str = "",
    sha256: str = "",
) -> CountingBundle:
    ids = tuple(contest.id for contest in contests)
    polling = Station(id=f"S-{site}", name="投票站", contests=ids)
    place = Station(id=site, name="计票点", contests=ids, counts=(polling.id,))
    return CountingBundle(
        plan=Plan(election=small.plan().election, station=place, contests=contests, counted=(polling,)),
        sha256=sha256 or f"sha-{site}",
        supersedes=supersedes,
        totals=figures,
        by_station={polling.id: figures},
        names=names or {},
    )


FIRST = bundle("C1", totals("county-1", 40, 20, 5) | totals("town-1", 40, 9), SHARED, OWN)
SECOND = bundle("C2", totals("county-1", 39, 25, 9), SHARED)


def refused(*bundles: CountingBundle) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        consolidate(bundles)
    return refusal.value


def votes(whole: Consolidated) -> dict[str, int]:
    return whole.result("county-1").figures.votes


def test_the_sites_of_a_contest_are_added_and_judged_together() -> None:
    whole = consolidate([SECOND, FIRST])
    assert votes(whole) == {"甲": 79, "乙": 45, "丙": 14}
    county, town = (whole.result(name).result for name in ("county-1", "town-1"))
    assert county and town
    assert (county.outcome, county.elected, county.seats_left) == (Outcome.FRESH_ELECTION, ["甲"], 1)
    assert (town.outcome, town.elected) == (Outcome.ELECTED, ["丁"])
    assert [source.site for source in whole.sources] == ["C1", "C2"]
    assert [source.site for source in whole.sources_of(OWN)] == ["C1"]


def test_a_contest_counted_at_one_site_is_complete_by_itself() -> None:
    alone = bundle("C1", totals("town-1", 40, 9), OWN)
    assert [each.contest.id for each in consolidate([alone]).contests] == ["town-1"]


def test_a_missing_site_is_named() -> None:
    refusal = refused(FIRST)
    assert (refusal.code, refusal.facts["stations"]) == (Code.RESULT_SITES_MISSING, ["C2"])
    assert refused().code is Code.RESULT_SITES_MISSING


def test_the_same_bundle_given_twice_counts_once() -> None:
    assert votes(consolidate([FIRST, SECOND, FIRST])) == votes(consolidate([FIRST, SECOND]))


def test_a_correction_counts_instead_of_what_it_corrects() -> None:
    again = bundle("C2", totals("county-1", 30, 25, 9), SHARED, supersedes=SECOND.sha256, sha256="again")
    once_more = bundle("C2", totals("county-1", 20, 25, 9), SHARED, supersedes="again", sha256="third")
    assert votes(consolidate([once_more, FIRST, SECOND, again]))["甲"] == 60


def test_two_bundles_of_one_site_that_do_not_know_each_other_are_refused() -> None:
    other = bundle("C2", totals("county-1", 30, 25, 9), SHARED, sha256="other")
    refusal = refused(FIRST, SECOND, other)
    assert (refusal.code, refusal.facts["stations"]) == (Code.RESULT_TWICE, ["C2"])


def test_bundles_of_another_election_are_refused() -> None:
    election = msgspec.structs.replace(SECOND.plan.election, id="E2027")
    other = msgspec.structs.replace(SECOND, plan=msgspec.structs.replace(SECOND.plan, election=election))
    assert refused(FIRST, other).code is Code.RESULT_OTHER_ELECTION


def test_sites_that_worked_to_different_plans_are_not_added() -> None:
    turned = msgspec.structs.replace(SHARED, candidates=("乙", "甲", "丙"))
    assert (
        refused(FIRST, bundle("C2", totals("county-1", 39, 25, 9), turned)).code is Code.RESULT_PLANS_DIFFER
    )
    plan = msgspec.structs.replace(SECOND.plan, station=FIRST.plan.station)
    same_stations = msgspec.structs.replace(
        plan, station=msgspec.structs.replace(plan.station, id="C2"), contests=(SHARED,)
    )
    assert (
        refused(FIRST, msgspec.structs.replace(SECOND, plan=same_stations)).code is Code.RESULT_PLANS_DIFFER
    )


def test_spellings_are_joined_at_their_own_site_before_the_sites_are_added() -> None:
    one = bundle(
        "C1",
        totals("county-1", 10, 5, 5, write_ins={"庚六": 20, "庚陆": 15}),
        SHARED,
        names={"county-1": WriteIns(joined={"庚陆": "庚六"}, eligible={"庚六": True})},
    )
    two = bundle(
        "C2",
        totals("county-1", 10, 5, 5, write_ins={"庚六": 30, "庚陆": 1}),
        SHARED,
        names={"county-1": WriteIns()},
    )
    found = consolidate([one, two]).result("county-1")
    assert found.figures.write_ins == {"庚六": 65, "庚陆": 1}
    assert found.result
    assert (found.result.elected, found.result.pending) == (["庚六"], [])


def test_a_name_that_two_sites_judge_differently_is_refused() -> None:
    one, two = (
        bundle(
            site,
            totals("county-1", 10, 5, 5, write_ins={"庚六": 20}),
            SHARED,
            names={"county-1": WriteIns(eligible={"庚六": eligible})},
        )
        for site, eligible in (("C1", True), ("C2", False))
    )
    refusal = refused(one, two)
    assert (refusal.code, refusal.facts["name"]) == (Code.WRITE_IN_JUDGED_TWO_WAYS, "庚六")


def test_whoever_was_elected_in_an_earlier_round_is_not_elected_once_more() -> None:
    before = EarlierRound(
        election="E1",
        contest="town-1",
        day=small.plan().election.day,
        round="first",
        seats=2,
        outcome="FRESH_ELECTION",
        elected=("庚六",),
        bundles=("0" * 64,),
    )
    fresh = msgspec.structs.replace(OWN, round="fresh", earlier=(before,))
    figures = totals("town-1", 25, 5, write_ins={"庚六": 30})
    names = {"town-1": WriteIns(eligible={"庚六": True})}
    found = consolidate([bundle("C1", figures, fresh, names=names)]).result("town-1").result
    assert found
    assert (found.outcome, found.elected) == (Outcome.ELECTED, ["丁"])
