"""Posts of one village: worked by hand, and against a slow reading of the articles in every world."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pollstation.domain.profiles import VILLAGE_2025
from pollstation.domain.rules import (
    Case,
    Outcome,
    ReasonKind,
    Result,
    Round,
    determine,
    determine_posts,
    holders,
)
from tests.domain.test_rules_properties import read

ADDING = msgspec.structs.replace(VILLAGE_2025, down_adding=True)
NAMES = "甲乙丙丁戊"


def post(seats: int, collected: int = 100, **changes: object) -> Case:
    case = Case(
        id="p",
        profile="village-2025",
        round=Round.FIRST,
        seats=seats,
        registered=120,
        participants=100,
        collected=collected,
        votes={},
    )
    return msgspec.structs.replace(case, **changes)


def kinds(result: Result) -> set[ReasonKind]:
    return {reason.kind for reason in result.reasons}


def test_who_becomes_chair_is_left_out_below_and_the_next_moves_up() -> None:
    chair = post(1, votes={"甲": 70, "乙": 30})
    members = post(2, votes={"甲": 80, "乙": 60, "丙": 55})
    first, second = determine_posts([chair, members], VILLAGE_2025)
    assert (first.elected, second.elected, second.outcome) == (["甲"], ["乙", "丙"], Outcome.ELECTED)
    assert holders(second) == ["甲"]


def test_who_holds_no_higher_post_keeps_the_votes_for_the_lower() -> None:
    chair = post(1, votes={"甲": 70, "乙": 30})
    members = post(1, votes={"乙": 80, "丙": 20})
    assert [one.elected for one in determine_posts([chair, members], VILLAGE_2025)] == [["甲"], ["乙"]]


def test_the_fresh_election_below_is_held_without_those_elected_above() -> None:
    chair = post(1, votes={"甲": 70, "乙": 30})
    members = post(1, votes={"甲": 60, "乙": 20, "丙": 10, "丁": 9})
    second = determine_posts([chair, members], VILLAGE_2025)[1]
    assert (second.outcome, second.fresh_candidates) == (Outcome.FRESH_ELECTION, ["乙", "丙"])


def test_an_open_chair_leaves_open_below_only_what_depends_on_it() -> None:
    chair = post(1, votes={"甲": 45, "乙": 40})
    members = post(2, votes={"甲": 80, "丙": 60, "丁": 55})
    first, second = determine_posts([chair, members], VILLAGE_2025)
    assert first.outcome is Outcome.FRESH_ELECTION
    assert (second.outcome, second.elected, second.tied) == (
        Outcome.COMMITTEE_DECIDES,
        ["丙"],
        ["甲", "丁"],
    )
    reason = next(each for each in second.reasons if each.kind is ReasonKind.HIGHER_POST_OPEN)
    assert reason.facts == {"names": ["甲"], "seats": 1}
    assert second.reasons[-1].kind is ReasonKind.PROPOSAL


def test_who_is_elected_in_any_case_is_told_once() -> None:
    chair = post(1, votes={"甲": 45, "乙": 40})
    members = post(3, votes={"丙": 60, "丁": 45, "甲": 44, "戊": 30, "乙": 20, "己": 10})
    second = determine_posts([chair, members], VILLAGE_2025)[1]
    assert (second.elected, second.outcome) == (["丙"], Outcome.COMMITTEE_DECIDES)
    assert [each.kind for each in second.reasons].count(ReasonKind.ELECTED) == 1


def test_whoever_may_move_up_by_two_places_waits_too() -> None:
    deputies = post(2, votes={"甲": 45, "乙": 44, "丁": 43, "戊": 20})
    members = post(2, votes={"丙": 70, "甲": 55, "乙": 54, "己": 15})
    second = determine_posts([deputies, members], VILLAGE_2025)[1]
    assert (second.elected, second.tied, second.seats_left) == (["丙"], ["甲", "乙", "己"], 1)


def test_an_open_chair_does_not_matter_to_a_post_that_its_candidates_cannot_win() -> None:
    chair = post(1, votes={"甲": 45, "乙": 40})
    members = post(2, votes={"丙": 90, "丁": 80, "甲": 20})
    assert determine_posts([chair, members], VILLAGE_2025)[1] == determine(members)


def test_a_written_in_chair_still_to_be_checked_leaves_the_member_open() -> None:
    chair = post(1, votes={"甲": 20}, write_ins={"戊": 60})
    members = post(1, votes={"戊": 60, "丙": 20})
    second = determine_posts([chair, members], VILLAGE_2025)[1]
    assert second.outcome is Outcome.COMMITTEE_DECIDES
    for confirmed, expected in ({"eligible": ["戊"]}, []), ({"ineligible": ["戊"]}, ["戊"]):
        checked = msgspec.structs.replace(chair, **confirmed)
        assert determine_posts([checked, members], VILLAGE_2025)[1].elected == expected


def test_bases_that_give_different_chairs_leave_the_member_open() -> None:
    chair = post(1, participants=None, issued=101, votes={"甲": 51, "乙": 40})
    assert determine(chair).outcome is Outcome.ELECTED
    chair = post(1, participants=None, issued=102, votes={"甲": 51, "乙": 40})
    first, second = determine_posts([chair, post(1, votes={"甲": 55, "丙": 45})], VILLAGE_2025)
    assert (first.outcome, second.outcome) == (Outcome.BASIS_DEPENDENT, Outcome.COMMITTEE_DECIDES)


def test_votes_for_the_chair_are_added_below_only_where_the_election_settles_so() -> None:
    chair = post(1, votes={"甲": 60, "乙": 40})
    members = post(1, votes={"乙": 20, "丙": 45})
    assert determine_posts([chair, members], VILLAGE_2025)[1].outcome is Outcome.FRESH_ELECTION
    second = determine_posts([chair, members], ADDING)[1]
    assert second.elected == ["乙"]
    assert next(each for each in second.reasons if each.kind is ReasonKind.VOTES_ADDED).facts == {
        "names": ["乙 20+40"]
    }


def test_votes_are_added_through_two_posts_and_only_to_those_voted_for_below() -> None:
    cases = [
        post(1, votes={"甲": 60, "乙": 10, "丙": 30}),
        post(1, votes={"丁": 60, "丙": 20}),
        post(1, votes={"乙": 45, "丙": 10, "甲": 30}),
    ]
    third = determine_posts(cases, ADDING)[2]
    assert third.elected == ["丙"]
    assert holders(third) == ["甲"]
    added = next(each for each in third.reasons if each.kind is ReasonKind.VOTES_ADDED)
    assert added.facts == {"names": ["乙 45+10", "丙 10+50"]}


def test_an_invalid_vote_gives_no_votes_to_add_and_may_still_be_won_by_anybody_on_its_ballot() -> None:
    chair = post(1, collected=101, votes={"甲": 60, "乙": 30})
    first, second = determine_posts([chair, post(1, votes={"乙": 55, "丙": 20})], ADDING)
    assert first.outcome is Outcome.INVALID_EXCESS
    assert (second.outcome, second.tied) == (Outcome.COMMITTEE_DECIDES, ["乙", "丙"])
    other = determine_posts([chair, post(1, votes={"丙": 55})], ADDING)[1]
    assert other.elected == ["丙"]


def test_figures_that_cannot_be_spoil_their_own_post_alone() -> None:
    for chair in (post(1, votes={"甲": 160}), post(-1, votes={"甲": 60})):
        first, second = determine_posts([chair, post(1, votes={"丙": 55})], VILLAGE_2025)
        assert (first.outcome, second.outcome) == (Outcome.INVALID_INPUT, Outcome.ELECTED)


def test_a_revote_asks_for_the_turnout_unless_settled_otherwise() -> None:
    revote = post(1, round=Round.REVOTE, participants=60, collected=60, votes={"甲": 20, "乙": 10})
    assert determine(revote).outcome is Outcome.INVALID_TURNOUT
    lenient = msgspec.structs.replace(VILLAGE_2025, revote_needs_turnout=False)
    found = determine(revote, lenient)
    assert found.elected == ["甲"]
    assert ReasonKind.TURNOUT_NOT_ASKED in kinds(found)
    first = msgspec.structs.replace(revote, round=Round.FIRST)
    assert determine(first, lenient).outcome is Outcome.INVALID_TURNOUT


# --- Every possible village --------------------------------------------------------------------------------


@st.composite
def villages(draw: st.DrawFn, posts: int = 3) -> list[Case]:
    """Posts of one day, with so few voters that ties, exact halves and short seats are common.

    Who counts as having voted is left open of the highest post now and then.
    """
    registered = draw(st.integers(4, 9))
    participants = draw(st.integers(registered // 2, registered))
    kind = draw(st.sampled_from(list(Round)))
    cases = []
    for place in range(draw(st.integers(2, posts))):
        most = min(participants + draw(st.integers(0, 1)), registered)
        collected = draw(st.integers(max(participants - 1, 0), most))
        seats = 1 if place == 0 else draw(st.integers(1, 2))
        room = seats * collected
        votes: dict[str, int] = {}
        for name in draw(st.permutations(NAMES))[: draw(st.integers(1, 5))]:
            votes[name] = draw(st.integers(0, min(collected, room)))
            room -= votes[name]
        written = draw(st.integers(0, 1)) if kind is not Round.REVOTE else 0
        cases.append(
            Case(
                id=place,
                profile="village-2025",
                round=kind,
                seats=seats,
                registered=registered,
                participants=participants if place or draw(st.booleans()) else None,
                issued=participants,
                collected=collected,
                votes=dict([*votes.items()][written:]),
                write_ins=dict([*votes.items()][:written]),
                eligible=draw(st.lists(st.sampled_from(NAMES), max_size=1)),
            )
        )
    return cases


World = tuple[frozenset[str], ...]
"""Who holds each of the higher posts."""


def worlds(cases: list[Case], *, adding: bool) -> Iterator[tuple[World, list[Case]]]:
    """Every way in which all posts but the last can end, and the cases as they are to be judged then.

    Read from the articles: whoever got a higher post is no longer elected below; a re-vote is won by those
    tied, a fresh election by those on its list, a repeated one by those on the ballot.
    """

    def onward(held: World, judged: list[Case]) -> Iterator[tuple[World, list[Case]]]:
        place = len(judged)
        case = cases[place]
        gone = {name for post in held for name in post}
        valid = [higher for higher in judged if read(higher)[0] not in VOID]
        now = msgspec.structs.replace(
            case,
            votes={
                name: votes + adding * sum(source(cases, higher).get(name, 0) for higher in valid)
                for name, votes in case.votes.items()
                if name not in gone
            },
            write_ins={
                name: votes + adding * sum(source(cases, higher).get(name, 0) for higher in valid)
                for name, votes in case.write_ins.items()
                if name not in gone
            },
        )
        if place == len(cases) - 1:
            yield held, [*judged, now]
            return
        for checked in (each for basis in on_each_basis(now) for each in answered(basis)):
            outcome, elected, tied, listed = read(checked)
            hopes = set(checked.votes) if outcome in VOID else tied | listed
            for many in range(min(len(hopes), case.seats - len(elected)) + 1):
                for luck in combinations(sorted(hopes), many):
                    yield from onward((*held, frozenset(elected | {*luck})), [*judged, checked])

    yield from onward((), [])


def on_each_basis(case: Case) -> list[Case]:
    """The case with those who voted said: by ballots issued and by ballots collected where it is open."""
    if case.participants is not None:
        return [case]
    return [msgspec.structs.replace(case, participants=n) for n in (case.issued, case.collected)]


def answered(case: Case) -> Iterator[Case]:
    """The case once the committee has said of every winner written in whether they may be elected."""
    for name in read(case)[1]:
        if name in case.write_ins and name not in case.eligible:
            yield from answered(msgspec.structs.replace(case, eligible=[*case.eligible, name]))
            yield from answered(msgspec.structs.replace(case, ineligible=[*case.ineligible, name]))
            return
    yield case


VOID = (Outcome.INVALID_TURNOUT, Outcome.INVALID_EXCESS)


def source(cases: list[Case], judged: Case) -> dict[str, int]:
    """The votes as they were cast for the post that ``judged`` is of."""
    case = next(each for each in cases if each.id == judged.id)
    return case.votes | case.write_ins


def as_read(cases: list[Case], *, adding: bool) -> tuple[Outcome, set[str], set[str], set[str]]:
    """The last post's outcome, read in every world."""
    last = [judged[-1] for _world, judged in worlds(cases, adding=adding)]
    readings = [read(each) for case in last for each in on_each_basis(case)]
    if all(one == readings[0] for one in readings):
        return readings[0]
    if len(cases) == 1:
        return Outcome.BASIS_DEPENDENT, set(), set(), set()
    surely = set.intersection(*(elected for _outcome, elected, _tied, _listed in readings))
    maybe = set.union(*(elected | tied | listed for _outcome, elected, tied, listed in readings))
    return Outcome.COMMITTEE_DECIDES, surely, maybe - surely, set()


@pytest.mark.parametrize("adding", [False, True])
@given(cases=villages())
def test_the_articles_read_in_every_world_give_the_same(cases: list[Case], adding: bool) -> None:
    found = determine_posts(cases, ADDING if adding else VILLAGE_2025)
    for place, one in enumerate(found, start=1):
        expected = as_read(cases[:place], adding=adding)
        assert (one.outcome, {*one.elected}, {*one.tied}, {*one.fresh_candidates}) == expected


@pytest.mark.parametrize("adding", [False, True])
@given(cases=villages())
def test_nobody_holds_two_posts_and_no_seat_comes_from_nowhere(cases: list[Case], adding: bool) -> None:
    found = determine_posts(cases, ADDING if adding else VILLAGE_2025)
    everybody = [name for one in found for name in one.elected]
    assert len(everybody) == len(set(everybody))
    for case, one in zip(cases, found, strict=True):
        assert len(one.elected) + one.seats_left == case.seats
        assert not {*one.elected} & {*one.tied, *one.fresh_candidates, *holders(one)}
        own = sum(((case.votes | case.write_ins).get(name, 0) > 0) for name in one.elected)
        assert adding or own == len(one.elected)
        assert {*one.elected} <= {*case.votes, *case.write_ins}


@given(cases=villages(), others=st.permutations(NAMES), chance=st.randoms(use_true_random=False))
def test_neither_a_name_nor_a_place_on_the_ballot_brings_luck(
    cases: list[Case], others: list[str], chance: Random
) -> None:
    renamed = dict(zip(NAMES, others, strict=True))

    def twin(case: Case) -> Case:
        mixed = [*case.votes.items()]
        chance.shuffle(mixed)
        return msgspec.structs.replace(
            case,
            votes={renamed[name]: votes for name, votes in mixed},
            write_ins={renamed[name]: votes for name, votes in case.write_ins.items()},
            eligible=[renamed[name] for name in case.eligible],
        )

    mirror = determine_posts([twin(case) for case in cases], VILLAGE_2025)
    for one, other in zip(determine_posts(cases, VILLAGE_2025), mirror, strict=True):
        assert (one.outcome, one.seats_left, one.needed) == (other.outcome, other.seats_left, other.needed)
        for part in ("elected", "pending", "tied", "fresh_candidates"):
            assert {renamed[name] for name in getattr(one, part)} == set(getattr(other, part))


@given(cases=villages())
def test_a_vote_moved_to_somebody_elected_never_costs_them_every_post(cases: list[Case]) -> None:
    """With a vote more for a post its winner still wins it, unless they now win a higher one instead.

    A vote for a lower post cannot cost a higher one: the lower is never looked at there.
    """
    found = determine_posts(cases, VILLAGE_2025)
    for place, (case, one) in enumerate(zip(cases, found, strict=True)):
        for winner in one.elected:
            for loser, votes in case.votes.items():
                tally = case.votes | case.write_ins
                if loser == winner or not votes or tally[winner] >= case.collected:
                    continue
                field = "votes" if winner in case.votes else "write_ins"
                moved = {"votes": {**case.votes, loser: votes - 1}, "write_ins": dict(case.write_ins)}
                moved[field][winner] = tally[winner] + 1
                changed = [*cases]
                changed[place] = msgspec.structs.replace(case, **moved)
                again = determine_posts(changed, VILLAGE_2025)
                assert winner in again[place].elected
                assert [each.elected for each in again[:place]] == [each.elected for each in found[:place]]
