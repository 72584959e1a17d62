"""What must hold for every possible case, and agreement with the articles read word by word."""

from itertools import combinations
from random import Random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from pollstation.domain.accounts import add_totals, figures
from pollstation.domain.contests import Contest, Level
from pollstation.domain.rules import Case, Outcome, Result, Round, determine

NAMES = "甲乙丙丁戊己庚辛"


@st.composite
def cases(draw: st.DrawFn, rounds: tuple[Round, ...] = tuple(Round)) -> Case:
    """Possible cases with few different figures, so that ties and exact halves are common."""
    registered = draw(st.integers(1, 24))
    participants = draw(st.integers(registered // 3, registered))
    collected = draw(st.integers(max(participants - 2, 0), participants + 1))
    void = draw(st.integers(0, min(2, collected)))
    seats = draw(st.integers(1, 3))
    votes: dict[str, int] = {}
    room = seats * (collected - void)
    for name in NAMES[: draw(st.integers(0, 8))]:
        votes[name] = draw(st.integers(0, min(collected - void, room)))
        room -= votes[name]
    written = draw(st.integers(0, len(votes)))
    return Case(
        id="p",
        profile=draw(st.sampled_from(["npc-2020", "village-2025"])),
        round=draw(st.sampled_from(rounds)),
        seats=seats,
        registered=registered,
        participants=participants,
        collected=collected,
        void=void,
        votes=dict([*votes.items()][written:]),
        write_ins=dict([*votes.items()][:written]),
        eligible=draw(st.lists(st.sampled_from(NAMES[:4]), max_size=1)),
        ineligible=draw(st.lists(st.sampled_from(NAMES[4:]), max_size=1)),
    )


@given(cases())
def test_no_seat_comes_from_nowhere_and_none_is_lost(case: Case) -> None:
    found = determine(case)
    assert len(found.elected) + found.seats_left == case.seats
    assert (found.outcome is Outcome.ELECTED) == (found.seats_left == 0)
    assert len(set(found.elected)) == len(found.elected)
    assert not set(found.elected) & {*found.tied, *found.fresh_candidates, *case.ineligible}
    assert not set(found.tied) & set(found.fresh_candidates)
    assert set(found.pending) == set(found.elected) & set(case.write_ins) - set(case.eligible)
    assert len(found.fresh_candidates) <= 2 * found.seats_left


@given(cases(), st.permutations(NAMES))
def test_a_name_brings_no_luck(case: Case, others: list[str]) -> None:
    """Renaming everybody renames the result and changes nothing else."""
    renamed = dict(zip(NAMES, others, strict=True))
    twin = msgspec.structs.replace(
        case,
        votes={renamed[name]: votes for name, votes in case.votes.items()},
        write_ins={renamed[name]: votes for name, votes in case.write_ins.items()},
        eligible=[renamed[name] for name in case.eligible],
        ineligible=[renamed[name] for name in case.ineligible],
    )
    found, mirrored = determine(case), determine(twin)
    assert (found.outcome, found.seats_left, found.needed) == (
        mirrored.outcome,
        mirrored.seats_left,
        mirrored.needed,
    )
    for part in ("elected", "pending", "tied", "fresh_candidates"):
        assert [renamed[name] for name in getattr(found, part)] == getattr(mirrored, part)


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_on_the_ballot_decides_nothing(case: Case, chance: Random) -> None:
    mixed = [*case.votes.items()]
    chance.shuffle(mixed)
    found, other = determine(case), determine(msgspec.structs.replace(case, votes=dict(mixed)))
    assert (found.outcome, found.seats_left) == (other.outcome, other.seats_left)
    for part in ("elected", "pending", "tied", "fresh_candidates"):
        assert set(getattr(found, part)) == set(getattr(other, part))


@given(cases())
def test_one_vote_more_never_costs_a_seat(case: Case) -> None:
    """The vote is one that another name got before, so that the case stays possible."""
    for winner in determine(case).elected:
        for loser, votes in case.votes.items():
            tally = case.votes if winner in case.votes else case.write_ins
            if loser == winner or not votes or tally[winner] >= case.collected - (case.void or 0):
                continue
            moved = {
                name: dict(part) for name, part in (("votes", case.votes), ("write_ins", case.write_ins))
            }
            moved["votes"][loser] -= 1
            moved["votes" if winner in case.votes else "write_ins"][winner] += 1
            assert winner in determine(msgspec.structs.replace(case, **moved)).elected


@given(cases())
def test_one_voter_more_for_a_winner_never_costs_the_seat(case: Case) -> None:
    """They come and vote for the winner alone. Others may lose by it: one ballot more raises the majority."""
    assert case.participants is not None
    if case.participants == case.registered:
        return
    for winner in determine(case).elected:
        field = "votes" if winner in case.votes else "write_ins"
        tally = getattr(case, field)
        joined = msgspec.structs.replace(
            case,
            participants=case.participants + 1,
            collected=case.collected + 1,
            **{field: {**tally, winner: tally[winner] + 1}},
        )
        assert winner in determine(joined).elected


@given(cases(), st.data())
def test_the_order_in_which_boxes_are_added_up_decides_nothing(case: Case, data: st.DataObject) -> None:
    """Who cast a ballot, and in which box, leaves no trace: only the sums are judged."""
    contest = Contest(id="c", level=Level.VILLAGE, seats=case.seats, candidates=tuple(case.votes))
    parts = data.draw(st.integers(2, 4))
    boxes: list[dict[str, int]] = [{} for _ in range(parts)]
    sums = {"collected/c": case.collected, "valid/c": case.collected - (case.void or 0)}
    sums |= {f"for/c/{place}": votes for place, votes in enumerate(case.votes.values())}
    sums |= {f"write_in/c/{name}": votes for name, votes in case.write_ins.items()}
    for name, whole in sums.items():
        for box in boxes[:-1]:
            box[name] = data.draw(st.integers(0, whole - sum(other.get(name, 0) for other in boxes)))
        boxes[-1][name] = whole - sum(other.get(name, 0) for other in boxes)
    for order in (boxes, data.draw(st.permutations(boxes))):
        counted = figures(contest, add_totals(order))
        again = msgspec.structs.replace(case, votes=counted.votes, write_ins=counted.write_ins)
        found, expected = determine(again), determine(case)
        assert found.outcome is expected.outcome
        assert {*found.elected} == {*expected.elected}


@given(cases(), st.integers(0, 26))
def test_bases_part_only_where_their_results_do(case: Case, issued: int) -> None:
    issued = min(issued, case.registered)
    by_issued = determine(msgspec.structs.replace(case, participants=issued))
    by_collected = determine(msgspec.structs.replace(case, participants=min(case.collected, case.registered)))
    both = determine(msgspec.structs.replace(case, participants=None, issued=issued))
    same = all(
        getattr(by_issued, part) == getattr(by_collected, part)
        for part in ("outcome", "elected", "tied", "seats_left", "fresh_candidates")
    )
    assert both.outcome is (by_issued.outcome if same else Outcome.BASIS_DEPENDENT)


@given(cases())
def test_the_articles_read_word_by_word_give_the_same(case: Case) -> None:
    found = determine(case)
    assert (found.outcome, set(found.elected), set(found.tied), set(found.fresh_candidates)) == read(case)


Reading = tuple[Outcome, set[str], set[str], set[str]]


def read(case: Case) -> Reading:
    """The articles as sentences about sets of people: which sets of winners would break none of them?"""
    assert case.participants is not None
    if not case.participants > case.registered - case.participants:
        return Outcome.INVALID_TURNOUT, set(), set(), set()
    if case.collected > case.participants:
        return Outcome.INVALID_EXCESS, set(), set(), set()
    standing = dict(case.votes)
    if case.round is not Round.REVOTE:
        standing.update(case.write_ins)
    standing = {name: votes for name, votes in standing.items() if name not in case.ineligible}
    able = {name: votes for name, votes in standing.items() if enough(case, votes)}
    elected, tied = settled(able, case.seats)
    elected = {name for name in elected if standing[name]}
    if len(elected) == case.seats:
        return Outcome.ELECTED, elected, set(), set()
    if case.round is Round.FIRST and not tied:
        missing = case.seats - len(elected)
        others = {name: votes for name, votes in standing.items() if name not in elected}
        listed, cut_off = settled(others, 2 * missing)
        return Outcome.FRESH_ELECTION, elected, cut_off, listed
    short = {
        Round.FIRST: Outcome.REVOTE,
        Round.REVOTE: Outcome.COMMITTEE_DECIDES,
        Round.FRESH: Outcome.VACANT,
    }
    return (
        Outcome.COMMITTEE_DECIDES if tied and case.round is Round.FRESH else short[case.round],
        elected,
        tied,
        set(),
    )


def enough(case: Case, votes: int) -> bool:
    """May somebody with so many votes be elected at all?"""
    assert case.participants is not None
    if case.round is Round.FIRST:
        return votes > case.participants - votes
    return case.round is Round.REVOTE or (votes > 0 and votes + votes + votes >= case.collected)


def settled(votes: dict[str, int], places: int) -> tuple[set[str], set[str]]:
    """Who is in every possible choice of the highest, and who only in some."""
    choices = [
        set(choice)
        for choice in combinations(votes, min(places, len(votes)))
        if all(votes[inside] >= votes[outside] for inside in choice for outside in set(votes) - set(choice))
    ]
    surely = set.intersection(*choices)
    return surely, set.union(*choices) - surely


def test_a_result_says_the_same_twice() -> None:
    case = Case(
        id="p",
        profile="npc-2020",
        round=Round.FIRST,
        seats=2,
        registered=10,
        collected=9,
        issued=10,
        votes={"甲": 5, "乙": 5},
    )
    assert msgspec.json.encode(determine(case)) == msgspec.json.encode(determine(case))
    assert isinstance(determine(case).by_issued, Result)
