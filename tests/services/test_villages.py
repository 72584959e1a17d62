"""A village's day: three posts judged together, announced on the spot, and checked by a stranger."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest

from pollstation.domain.accounts import Totals
from pollstation.domain.contests import Plan
from pollstation.domain.doubtful import Judgement
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.profiles import PROFILES, rules_of
from pollstation.domain.rules import Outcome, Result
from pollstation.services import determining, handing_over
from pollstation.services.bundle_content import BundleContent
from pollstation.services.ports import Reading
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, WITNESS
from tests.station import PASSPHRASE, TickingClock, village


@pytest.fixture
def proposed(tmp_path: Path) -> Iterator[StationFile]:
    """18 of 30 came; everybody chose the first candidates, so 甲一 twice; the result is proposed."""
    package = village()
    package.settings["station-certificate"] = b""
    with StationFile.create(tmp_path / "day.pollstation", PASSPHRASE, package, TickingClock()) as file:
        acts.prepare(file)
        acts.open_day(file)
        acts.vote(file, *range(1, 19))
        acts.close_day(file)
        acts.open_boxes(file)
        acts.count_everything(file)
        acts.propose(file)
        yield file


def found(file: StationFile) -> dict[str, Result | None]:
    return {each.contest.id: each.result for each in file.read(determining.results)}


def test_the_chair_is_no_member_and_another_election_fills_the_seat(proposed: StationFile) -> None:
    chair, vice, member = found(proposed).values()
    assert chair is not None and vice is not None and member is not None
    assert (chair.elected, vice.elected) == (["甲一"], ["乙二"])
    assert (member.outcome, member.elected, member.fresh_candidates) == (
        Outcome.FRESH_ELECTION,
        ["丁四"],
        ["戊五"],
    )


def sealed(_unit: Reading, _content: BundleContent) -> bytes:
    return b"bundle"


def test_nothing_is_handed_over_before_the_result_was_announced_on_the_spot(proposed: StationFile) -> None:
    leave = partial(handing_over.hand_over, by=BOSS, witness=WITNESS, seal=sealed)
    with pytest.raises(Refusal) as early:
        proposed.write(leave)
    assert early.value.code is Code.RESULT_NOT_ANNOUNCED
    proposed.write(lambda unit: determining.release(unit, BOSS))
    assert proposed.write(leave).value.data == b"bundle"


def judged(plan: Plan, sums: Totals) -> dict[str, Result | None]:
    results = determining.judge(plan, plan.contests, sums, {})
    return {each.contest.id: each.result for each in results}


def totals(ending: str = "") -> dict[str, int]:
    """20 of 30 came: 甲一 becomes chair, and nobody has a majority for vice-chair."""
    sums: dict[str, int] = {}
    for post in (f"{each}{ending}" for each in ("chair", "vice", "member")):
        sums |= {f"registered/{post}": 30, f"marked/{post}": 20, f"issued/{post}/in_person": 20}
        sums |= {f"collected/{post}": 20, f"valid/{post}": 20}
    votes = {"chair": (13, 7), "vice": (8, 10)}
    return sums | {
        f"for/{post}{ending}/{place}": count
        for post, counts in votes.items()
        for place, count in enumerate(counts)
    }


def test_a_post_that_other_sites_count_too_leaves_the_whole_village_to_the_committee() -> None:
    plan = village().plan
    chair = msgspec.structs.replace(plan.contests[0], counting_sites=("S01", "S02"))
    assert set(
        judged(msgspec.structs.replace(plan, contests=(chair, *plan.contests[1:])), totals()).values()
    ) == {None}


def test_two_villages_counted_at_one_place_do_not_mix() -> None:
    plan = village().plan
    others = tuple(
        msgspec.structs.replace(each, id=f"{each.id}-2", constituency="二村") for each in plan.contests
    )
    both = msgspec.structs.replace(plan, contests=(*plan.contests, *others))
    results = judged(both, totals() | totals("-2"))
    assert [*results] == ["chair", "vice", "member", "chair-2", "vice-2", "member-2"]
    assert [each.elected for each in (results["chair"], results["chair-2"]) if each] == [["甲一"]] * 2


def test_down_adding_is_a_setting_of_the_election() -> None:
    usual, adding = village().plan, village(down_adding=True).plan
    assert (rules_of(usual.election).down_adding, rules_of(adding.election).down_adding) == (False, True)
    as_usual, added = judged(usual, totals())["vice"], judged(adding, totals())["vice"]
    assert as_usual is not None and as_usual.outcome is Outcome.FRESH_ELECTION
    assert added is not None and added.elected == ["乙二"]


def test_a_person_marked_for_two_posts_voids_a_ballot_in_villages_alone() -> None:
    allowed = {name for name, rules in PROFILES.items() if rules.allows(Judgement.TWO_POSTS, valid=False)}
    assert allowed == {"village-2025"}
    assert not any(rules.allows(Judgement.TWO_POSTS, valid=True) for rules in PROFILES.values())
