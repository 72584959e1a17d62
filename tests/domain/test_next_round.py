"""Whatever a round comes to, the next has the seats that are left and those whom the law lets stand."""

from datetime import date

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pollstation.domain.contests import Contest, Level, Post
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.next_round import Choice, held_elsewhere, next_round, prospect, round_id, settled
from pollstation.domain.profiles import PROFILES
from pollstation.domain.rules import Case, Outcome, Result, Round, candidate_range, determine, determine_posts
from tests.domain.test_rules_properties import cases

RULES = PROFILES["npc-2020"]
CONTEST = Contest(id="county-3", level=Level.COUNTY, seats=3, candidates=("甲", "乙", "丙", "丁"))


def case(contest: Contest, votes: dict[str, int], **facts: object) -> Case:
    figures: dict[str, object] = {"registered": 100, "participants": 90, "collected": 90} | facts
    return msgspec.convert(
        {"id": "x", "profile": "npc-2020", "round": contest.round, "seats": contest.seats, "votes": votes}
        | figures,
        Case,
    )


def grown(contest: Contest, result: Result, *candidates: str, basis: str = "") -> Contest:
    return next_round(
        contest,
        result,
        Choice(candidates=candidates, basis=basis),
        RULES,
        election="E1",
        day=date(2026, 12, 8),
        bundles=("3f9a",),
    )


def after(contest: Contest, votes: dict[str, int], *candidates: str, **facts: object) -> Contest:
    return grown(contest, determine(case(contest, votes, **facts)), *candidates)


def refused(contest: Contest, result: Result, *candidates: str, basis: str = "") -> Code:
    with pytest.raises(Refusal) as refusal:
        grown(contest, result, *candidates, basis=basis)
    return refusal.value.code


def test_a_fresh_election_is_for_the_seats_left_among_those_with_most_votes() -> None:
    found = after(CONTEST, {"甲": 80, "乙": 60, "丙": 30, "丁": 40})
    assert (found.round, found.seats, found.candidates) == ("fresh", 1, ("丁", "丙"))
    assert (found.id, found.held_again) == ("county-3-r2", False)
    assert found.elected_before == {"甲", "乙"}
    [before] = found.earlier
    assert (before.election, before.contest, before.seats, before.seats_left) == ("E1", "county-3", 3, 1)
    assert before.bundles == ("3f9a",)


def test_a_re_vote_is_among_those_tied() -> None:
    found = after(CONTEST, {"甲": 80, "乙": 60, "丙": 50, "丁": 50})
    assert (found.round, found.seats, found.candidates) == ("revote", 1, ("丙", "丁"))


def test_an_invalid_vote_is_held_again_as_it_was() -> None:
    found = after(CONTEST, {"甲": 40}, registered=100, participants=50, collected=50)
    assert (found.round, found.seats, found.candidates) == ("first", 3, CONTEST.candidates)
    assert found.held_again
    once_more = after(found, {"甲": 80, "乙": 60, "丙": 20, "丁": 10})
    assert (once_more.id, once_more.round, once_more.held_again) == ("county-3-r3", "fresh", False)
    assert [one.outcome for one in once_more.earlier] == ["INVALID_TURNOUT", "FRESH_ELECTION"]


def test_nothing_follows_once_every_seat_is_filled_or_stays_vacant() -> None:
    elected = determine(case(CONTEST, {"甲": 80, "乙": 60, "丙": 50, "丁": 0}))
    assert refused(CONTEST, elected) is Code.NO_ROUND_FOLLOWS
    fresh = msgspec.structs.replace(CONTEST, round="fresh", seats=2, candidates=("丙", "丁", "戊"))
    vacant = determine(case(fresh, {"丙": 50, "丁": 10, "戊": 5}))
    assert vacant.outcome is Outcome.VACANT
    assert refused(fresh, vacant) is Code.NO_ROUND_FOLLOWS


def test_where_equal_votes_stand_across_the_end_of_the_list_the_committee_chooses_within_the_law() -> None:
    two = msgspec.structs.replace(CONTEST, seats=2, candidates=("甲", "乙", "丙"))
    result = determine(
        case(two, {"甲": 20, "乙": 15, "丙": 10}, write_ins={"戊": 10, "己": 10}, eligible=["戊", "己"])
    )
    assert (result.fresh_candidates, result.tied) == (["甲", "乙"], ["丙", "戊", "己"])
    assert refused(two, result) is Code.CANDIDATES_NOT_CHOSEN
    assert grown(two, result, "己", "甲", "乙").candidates == ("甲", "乙", "己")
    assert grown(two, result, "甲", "乙", "丙", "己").candidates == ("甲", "乙", "丙", "己")
    for wrong in (("甲", "乙"), ("丙", "己", "戊"), ("甲", "乙", "丙", "戊", "己"), ("甲", "乙", "庚")):
        assert refused(two, result, *wrong) is Code.CANDIDATES_AGAINST_LAW
    assert refused(two, result, "甲", "乙", "己", "己") is Code.CANDIDATES_AGAINST_LAW


def test_nobody_else_can_be_put_on_a_list_that_the_law_fills() -> None:
    result = determine(case(CONTEST, {"甲": 80, "乙": 60, "丙": 30, "丁": 40}))
    assert refused(CONTEST, result, "丙", "戊") is Code.CANDIDATES_AGAINST_LAW
    assert grown(CONTEST, result, "丙", "丁").candidates == ("丁", "丙")


def test_a_result_that_depends_on_the_basis_waits_for_the_committee() -> None:
    figures = {"participants": None, "issued": 90, "collected": 80}
    result = determine(case(CONTEST, {"甲": 70, "乙": 60, "丙": 42, "丁": 30}, **figures))
    assert result.outcome is Outcome.BASIS_DEPENDENT
    assert refused(CONTEST, result) is Code.BASIS_NOT_CHOSEN
    assert refused(CONTEST, result, basis="voters") is Code.BASIS_NOT_CHOSEN
    assert refused(CONTEST, result, basis="collected") is Code.NO_ROUND_FOLLOWS
    found = grown(CONTEST, result, basis="issued")
    assert (found.round, found.candidates, found.earlier[0].basis) == ("fresh", ("丙", "丁"), "issued")


def test_another_tie_is_voted_on_once_more_when_the_committee_says_so() -> None:
    again = after(CONTEST, {"甲": 80, "乙": 60, "丙": 50, "丁": 50})
    result = determine(case(again, {"丙": 45, "丁": 45}))
    assert result.outcome is Outcome.COMMITTEE_DECIDES
    assert refused(again, result) is Code.CANDIDATES_NOT_CHOSEN
    assert refused(again, result, "丙") is Code.CANDIDATES_AGAINST_LAW
    found = grown(again, result, "丁", "丙")
    assert (found.round, found.seats, found.candidates) == ("revote", 1, ("丙", "丁"))


def test_somebody_written_in_stands_only_once_eligible() -> None:
    two = msgspec.structs.replace(CONTEST, seats=1, candidates=("甲", "乙"))
    votes = {"甲": 30, "乙": 10}
    open_ = determine(case(two, votes, write_ins={"戊": 20}))
    assert refused(two, open_) is Code.WRITE_INS_UNSETTLED
    assert after(two, votes, write_ins={"戊": 20}, eligible=["戊"]).candidates == ("甲", "戊")
    assert after(two, votes, write_ins={"戊": 20}, ineligible=["戊"]).candidates == ("甲", "乙")


def test_rounds_are_numbered() -> None:
    assert [round_id("a", 2), round_id("a-r2", 3), round_id("a-road", 2)] == ["a-r2", "a-r3", "a-road-r2"]


@given(cases(rounds=(Round.FIRST,)), st.data())
def test_a_chain_of_rounds_loses_no_seat_and_elects_nobody_twice(first: Case, data: st.DataObject) -> None:
    """Whatever is voted, round after round."""
    assume(first.votes)
    contest = Contest(id="c", level=Level.COUNTY, seats=first.seats, candidates=tuple(first.votes))
    case_ = msgspec.structs.replace(first, profile="npc-2020", eligible=[*first.write_ins], ineligible=[])
    for _ in range(4):
        result = determine(case_)
        if result.outcome in (Outcome.ELECTED, Outcome.VACANT, Outcome.INVALID_INPUT):
            break
        ahead = prospect(contest, settled(contest, result, Choice()), RULES)
        more = data.draw(st.integers(ahead.least, ahead.most)) - len(ahead.candidates) if ahead.open else 0
        chosen = (*ahead.candidates, *ahead.open[: max(more, 0)])
        assume(chosen)
        grown_ = grown(contest, result, *chosen)
        assert len(grown_.elected_before) + grown_.seats == first.seats
        assert not grown_.elected_before & set(grown_.candidates)
        assert len(set(grown_.candidates)) == len(grown_.candidates)
        if grown_.round == Round.FRESH:
            assert len(grown_.candidates) <= candidate_range(grown_.seats)[1]
            assert set(grown_.candidates) <= {*case_.votes, *case_.write_ins}
            votes = [{**case_.votes, **case_.write_ins}[name] for name in grown_.candidates]
            assert votes == sorted(votes, reverse=True)
        contest = grown_
        case_ = msgspec.structs.replace(
            case_,
            round=Round(contest.round),
            seats=contest.seats,
            votes={name: data.draw(st.integers(0, case_.collected // 3)) for name in contest.candidates},
            write_ins={},
            eligible=[],
            void=0,
        )


CHAIR = Contest(
    id="chair",
    level=Level.VILLAGE,
    post=Post.CHAIR,
    constituency="王家村",
    seats=1,
    candidates=("甲", "乙"),
)
MEMBER = Contest(
    id="member",
    level=Level.VILLAGE,
    post=Post.MEMBER,
    constituency="王家村",
    seats=2,
    candidates=("丙", "丁", "戊", "甲"),
)


def village(chair: dict[str, int], member: dict[str, int], *, member_voters: int = 90) -> list[Result]:
    cases = [
        msgspec.structs.replace(case(one, votes), profile="village-2025")
        for one, votes in ((CHAIR, chair), (MEMBER, member))
    ]
    cases[1] = msgspec.structs.replace(cases[1], participants=member_voters, collected=member_voters)
    return determine_posts(cases, PROFILES["village-2025"])


def test_whoever_holds_a_higher_post_does_not_stand_for_a_lower_one() -> None:
    chair, member = village({"甲": 60, "乙": 20}, {"丙": 50, "丁": 30, "戊": 20, "甲": 40})
    elsewhere = held_elsewhere(MEMBER, [(CHAIR, chair), (MEMBER, member)])
    assert elsewhere == ("甲",)
    found = next_round(
        MEMBER,
        member,
        Choice(),
        PROFILES["village-2025"],
        election="V1",
        day=date(2026, 12, 8),
        bundles=(),
        elsewhere=elsewhere,
    )
    assert (found.round, found.seats, found.candidates) == ("fresh", 1, ("丁", "戊"))
    assert found.elected_before == {"丙", "甲"}


def test_a_vote_held_again_is_held_without_those_who_hold_another_post() -> None:
    chair, member = village({"甲": 60, "乙": 20}, {"丙": 30, "甲": 10}, member_voters=40)
    assert (chair.outcome, member.outcome) == (Outcome.ELECTED, Outcome.INVALID_TURNOUT)
    ahead = prospect(MEMBER, member, PROFILES["village-2025"], ("甲",))
    assert (ahead.again, ahead.candidates) == (True, ("丙", "丁", "戊"))


def test_a_lower_post_waits_for_the_round_of_a_higher_one() -> None:
    chair, member = village({"甲": 40, "乙": 30}, {"丙": 50, "丁": 30, "戊": 20, "甲": 60})
    assert grown(CHAIR, chair).candidates == ("甲", "乙")
    assert refused(MEMBER, member) is Code.HIGHER_POST_WAITS
