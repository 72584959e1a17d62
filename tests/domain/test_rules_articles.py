"""Each article on cases worked by hand."""

import msgspec
import pytest

from pollstation.domain import profiles
from pollstation.domain.profiles import StillShort, profile
from pollstation.domain.rules import Case, Outcome, ReasonKind, Result, Round, determine, judge
from pollstation.domain.rules.rounds import fresh_election

FIRST = Case(
    id="x",
    profile="npc-2020",
    round=Round.FIRST,
    seats=1,
    registered=1000,
    participants=800,
    collected=800,
    votes={"甲": 450, "乙": 300},
)


def result(**changes: object) -> Result:
    return determine(msgspec.structs.replace(FIRST, **changes))


def kinds(found: Result) -> set[ReasonKind]:
    return {reason.kind for reason in found.reasons}


def faulty_fields(found: Result) -> list[object]:
    assert found.outcome is Outcome.INVALID_INPUT
    return [reason.facts["field"] for reason in found.reasons]


def test_half_the_votes_is_no_majority() -> None:
    assert result(votes={"甲": 400, "乙": 300}).outcome is Outcome.FRESH_ELECTION
    assert result(votes={"甲": 401, "乙": 300}).outcome is Outcome.ELECTED


def test_half_the_voters_is_no_turnout() -> None:
    assert result(participants=500, collected=500, votes={"甲": 400}).outcome is Outcome.INVALID_TURNOUT
    assert result(participants=501, collected=501, votes={"甲": 400}).outcome is Outcome.ELECTED


def test_void_and_unreturned_ballots_count_among_those_who_voted() -> None:
    found = result(participants=900, collected=800, void=350, votes={"甲": 450})
    assert (found.outcome, found.needed) == (Outcome.FRESH_ELECTION, 451)


def test_more_ballots_than_voters_is_said_beside_a_missed_turnout() -> None:
    found = result(participants=400, collected=401, votes={"甲": 390})
    assert found.outcome is Outcome.INVALID_TURNOUT
    assert {ReasonKind.TURNOUT_MISSED, ReasonKind.EXCESS} <= kinds(found)


def test_more_ballots_than_registered_voters_is_an_excess_also_without_participants() -> None:
    found = result(participants=None, collected=1001, votes={"甲": 700})
    assert found.outcome is Outcome.INVALID_EXCESS


def test_a_tie_among_the_elected_is_harmless() -> None:
    found = result(seats=2, votes={"甲": 500, "乙": 500, "丙": 450})
    assert (found.outcome, found.elected, found.tied) == (Outcome.ELECTED, ["甲", "乙"], [])


def test_a_tie_of_all_for_too_few_seats_leaves_every_seat_to_the_revote() -> None:
    found = result(seats=2, votes={"甲": 500, "乙": 500, "丙": 500})
    assert (found.outcome, found.elected, found.seats_left) == (Outcome.REVOTE, [], 2)
    assert found.tied == ["甲", "乙", "丙"]


def test_a_revote_needs_no_majority_but_the_turnout() -> None:
    assert result(round=Round.REVOTE, votes={"甲": 20, "乙": 10}).elected == ["甲"]
    missed = result(round=Round.REVOTE, participants=500, collected=500, votes={"甲": 20, "乙": 10})
    assert missed.outcome is Outcome.INVALID_TURNOUT


def test_a_second_tie_is_left_to_the_committee() -> None:
    found = result(round=Round.REVOTE, seats=2, votes={"甲": 300, "乙": 200, "丙": 200})
    assert (found.outcome, found.elected, found.tied) == (Outcome.COMMITTEE_DECIDES, ["甲"], ["乙", "丙"])
    assert (found.seats_left, found.needed) == (1, None)


def test_in_a_revote_a_name_written_in_wins_nothing() -> None:
    found = result(round=Round.REVOTE, votes={"甲": 20, "乙": 10}, write_ins={"丙": 500})
    assert found.elected == ["甲"]
    assert ReasonKind.NOT_STANDING in kinds(found)


def test_nobody_is_elected_without_a_vote() -> None:
    revote = result(round=Round.REVOTE, seats=2, votes={"甲": 20, "乙": 0})
    assert (revote.outcome, revote.elected, revote.seats_left) == (Outcome.COMMITTEE_DECIDES, ["甲"], 1)
    fresh = result(round=Round.FRESH, collected=0, votes={"甲": 0, "乙": 0})
    assert (fresh.outcome, fresh.elected, fresh.needed) == (Outcome.VACANT, [], 1)


@pytest.mark.parametrize(("collected", "needed"), [(1500, 500), (1501, 501), (1502, 501)])
def test_a_third_of_the_ballots_is_rounded_up(collected: int, needed: int) -> None:
    found = result(
        round=Round.FRESH, registered=2000, participants=1600, collected=collected, votes={"甲": 500}
    )
    assert found.needed == needed
    assert found.outcome is (Outcome.ELECTED if needed == 500 else Outcome.VACANT)


def test_a_fresh_election_that_fills_some_seats_leaves_the_rest_vacant() -> None:
    found = result(round=Round.FRESH, seats=2, votes={"甲": 300, "乙": 266, "丙": 266})
    assert (found.outcome, found.elected, found.seats_left) == (Outcome.VACANT, ["甲"], 1)
    assert found.fresh_candidates == []


def test_a_tie_below_a_third_in_a_fresh_election_decides_nothing() -> None:
    found = result(round=Round.FRESH, votes={"甲": 266, "乙": 266})
    assert (found.outcome, found.tied) == (Outcome.VACANT, [])


def test_a_tie_for_the_last_seat_of_a_fresh_election_is_left_to_the_committee() -> None:
    found = result(round=Round.FRESH, votes={"甲": 300, "乙": 300, "丙": 20})
    assert (found.outcome, found.tied) == (Outcome.COMMITTEE_DECIDES, ["甲", "乙"])


def test_a_province_may_order_another_round_instead_of_a_vacancy() -> None:
    another = msgspec.structs.replace(profiles.NPC_2020, still_short=StillShort.ANOTHER_ROUND)
    case = msgspec.structs.replace(FIRST, round=Round.FRESH, votes={"甲": 200, "乙": 100, "丙": 50})
    found = fresh_election(case, another, 800)
    assert (found.outcome, found.fresh_candidates) == (Outcome.FRESH_ELECTION, ["甲", "乙"])


def test_the_list_of_a_fresh_election_holds_two_names_a_seat_and_no_tie_across_its_end() -> None:
    full = result(seats=2, votes={"甲": 390, "乙": 380, "丙": 200, "丁": 100, "戊": 50})
    assert full.fresh_candidates == ["甲", "乙", "丙", "丁"]
    cut = result(seats=2, votes={"甲": 390, "乙": 380, "丙": 100, "丁": 100, "戊": 100})
    assert (cut.fresh_candidates, cut.tied) == (["甲", "乙"], ["丙", "丁", "戊"])
    assert cut.outcome is Outcome.FRESH_ELECTION


def test_the_range_of_article_31_is_told() -> None:
    found = result(seats=3, votes={"甲": 300, "乙": 290, "丙": 280, "丁": 270})
    listing = next(reason for reason in found.reasons if reason.kind is ReasonKind.LIST_IN_RANGE)
    assert (listing.facts["least"], listing.facts["most"]) == (4, 6)


def test_a_written_in_winner_awaits_the_check_until_found_eligible() -> None:
    assert result(write_ins={"丙": 460}, seats=2).pending == ["丙"]
    checked = result(write_ins={"丙": 460}, seats=2, eligible=["丙"])
    assert (checked.elected, checked.pending) == (["丙", "甲"], [])


def test_an_ineligible_name_gives_its_seat_to_the_next_with_a_majority() -> None:
    found = result(seats=1, votes={"甲": 401, "乙": 10}, write_ins={"丙": 380}, ineligible=["丙"])
    assert found.elected == ["甲"]
    passed_on = result(seats=2, votes={"甲": 500, "乙": 420}, write_ins={"丙": 450}, ineligible=["丙"])
    assert passed_on.elected == ["甲", "乙"]
    assert ReasonKind.INELIGIBLE in kinds(passed_on)


def test_an_ineligible_majority_without_a_next_leads_to_a_fresh_election_without_that_name() -> None:
    found = result(votes={"甲": 200, "乙": 100}, write_ins={"丙": 450}, ineligible=["丙"])
    assert (found.outcome, found.fresh_candidates) == (Outcome.FRESH_ELECTION, ["甲", "乙"])


def test_an_ineligible_name_ties_with_nobody() -> None:
    found = result(votes={"甲": 401}, write_ins={"丙": 401}, seats=2, ineligible=["丙"], participants=801)
    assert found.tied == []


def test_a_village_follows_its_own_article_and_may_fill_more_seats() -> None:
    found = result(profile="village-2025", seats=5, votes={"甲": 450, "乙": 300})
    assert found.outcome is Outcome.FRESH_ELECTION
    assert {reason.article for reason in found.reasons} == {"18"}
    assert result(profile="village-2025", participants=500).outcome is Outcome.INVALID_TURNOUT


def test_without_participants_the_ballots_collected_may_be_all_there_is() -> None:
    found = result(participants=None)
    assert (found.outcome, found.needed) == (Outcome.ELECTED, 401)
    assert ReasonKind.BASIS_COLLECTED in kinds(found)


def test_bases_that_agree_give_one_result_with_the_stricter_figure() -> None:
    found = result(participants=None, issued=810)
    assert (found.outcome, found.needed) == (Outcome.ELECTED, 406)
    assert found.by_issued is msgspec.UNSET


@pytest.mark.parametrize(
    ("changes", "by_issued", "by_collected"),
    [
        ({"issued": 900}, Outcome.FRESH_ELECTION, Outcome.ELECTED),
        ({"issued": 799}, Outcome.INVALID_EXCESS, Outcome.ELECTED),
        ({"issued": 501, "collected": 500, "votes": {"甲": 450}}, Outcome.ELECTED, Outcome.INVALID_TURNOUT),
        (
            {"issued": 840, "votes": {"甲": 421, "乙": 420}, "seats": 2},
            Outcome.FRESH_ELECTION,
            Outcome.ELECTED,
        ),
    ],
)
def test_bases_that_differ_are_both_shown(
    changes: dict[str, object], by_issued: Outcome, by_collected: Outcome
) -> None:
    found = result(participants=None, **changes)
    assert found.outcome is Outcome.BASIS_DEPENDENT
    assert isinstance(found.by_issued, Result)
    assert isinstance(found.by_collected, Result)
    assert (found.by_issued.outcome, found.by_collected.outcome) == (by_issued, by_collected)
    assert (found.elected, found.seats_left) == (
        [],
        found.by_issued.seats_left + len(found.by_issued.elected),
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"profile": "npc-1953"}, "profile"),
        ({"seats": 0}, "seats"),
        ({"seats": 4}, "seats"),
        ({"registered": -1}, "registered"),
        ({"participants": -1}, "participants"),
        ({"participants": 1001}, "participants"),
        ({"participants": None, "issued": 1001}, "issued"),
        ({"collected": -1}, "collected"),
        ({"void": 801}, "void"),
        ({"votes": {"甲": 801}}, "votes"),
        ({"votes": {"甲": 450}, "void": 351}, "votes"),
        ({"votes": {"甲": 450, "乙": 351}}, "votes"),
        ({"votes": {"甲": -1}}, "votes.甲"),
        ({"write_ins": {"丙": -1}}, "write_ins.丙"),
        ({"write_ins": {"甲": 1}}, "write_ins"),
        ({"write_ins": {" ": 1}}, "write_ins"),
        ({"eligible": ["丙"], "ineligible": ["丙"]}, "ineligible"),
    ],
)
def test_figures_that_cannot_be_name_their_field(changes: dict[str, object], field: str) -> None:
    assert field in faulty_fields(result(**changes))


RAW: dict[str, object] = {
    "id": "r",
    "profile": "npc-2020",
    "round": "first",
    "seats": 1,
    "registered": 1000,
    "collected": 800,
    "votes": {"甲": 450},
}


@pytest.mark.parametrize("field", RAW)
def test_a_missing_field_is_named(field: str) -> None:
    raw = {name: value for name, value in RAW.items() if name != field}
    assert faulty_fields(judge(raw)) == [field]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("seats", "1"),
        ("seats", True),
        ("registered", 1000.5),
        ("collected", None),
        ("round", "second"),
        ("id", ["r"]),
        ("profile", 2020),
        ("votes", [450]),
        ("votes", {"甲": None}),
        ("write_ins", {"丙": 1.5}),
        ("eligible", "丙"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(field: str, value: object) -> None:
    assert faulty_fields(judge(RAW | {field: value})) == [field]


def test_what_the_contract_does_not_name_is_passed_over_and_null_counts_as_left_out() -> None:
    noted = RAW | {"note": "invented", "expect": {"outcome": "VACANT"}, "void": None, "write_ins": None}
    assert judge(noted) == judge(RAW)


@pytest.mark.parametrize("raw", [None, 5, "case", [RAW]])
def test_what_is_no_object_is_no_case(raw: object) -> None:
    found = judge(raw)
    assert (found.outcome, found.id) == (Outcome.INVALID_INPUT, None)


def test_an_unknown_profile_is_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        profile("npc-1953")
