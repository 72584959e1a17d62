"""Warnings over boxes: what is strange is named, and a cause hides its symptoms."""

from hypothesis import given
from hypothesis import strategies as st

from pollstation.domain.contests import BallotBox, BoxKind, Contest, Level
from pollstation.domain.errors import Code
from pollstation.domain.profiles import NPC_2020
from pollstation.domain.site_findings import SiteFinding, site_findings

CONTEST = Contest(id="c", level=Level.COUNTY, seats=1, candidates=("甲", "乙"))
BOXES = [BallotBox(id=f"B{n}", kind=BoxKind.FIXED, label=str(n), station="S") for n in range(5)]


def totals(votes: list[int], valid: int = 100, issued: int | None = None) -> dict[str, int]:
    """The first candidate's votes by box; every box holds ``valid`` ballots, all counted and approved."""
    sums = {"sheets/c": len(votes), "sheets_approved/c": len(votes)}
    for box, count in zip(BOXES, votes, strict=False):
        sums |= {
            f"box_issued/{box.id}/c": valid if issued is None else issued,
            f"counted/{box.id}/c": valid,
            f"box_counted/{box.id}": 1,
            f"box_valid/{box.id}/c": valid,
            f"box_for/{box.id}/c/0": count,
            f"box_for/{box.id}/c/1": valid // 3,
        }
    return {name: count for name, count in sums.items() if count}


def found(sums: dict[str, int], boxes: int = 5) -> list[SiteFinding]:
    return site_findings([CONTEST], BOXES[:boxes], sums, NPC_2020)


def test_boxes_that_agree_give_no_warning() -> None:
    assert found(totals([50, 55, 47, 60, 52])) == []


def test_one_box_far_from_the_rest_is_named_with_its_figures() -> None:
    (one,) = found(totals([50, 55, 5, 53, 52]))
    assert (one.code, one.key, one.size) == (Code.BOX_FAR_FROM_REST, "W-208/c/B2/1", 5)
    assert one.facts["rest_votes"] == 210 and one.facts["rest_valid"] == 400


def test_a_candidate_without_a_vote_in_one_box_only_is_not_said_to_be_far_there_too() -> None:
    assert [one.code for one in found(totals([50, 55, 0, 53, 52]))] == [Code.NO_VOTE_IN_ONE_BOX]
    assert found(totals([4, 5, 0, 3, 6])) == []


def test_boxes_are_compared_only_once_all_sheets_are_approved() -> None:
    assert found(totals([50, 55, 5, 53, 52]) | {"sheets_approved/c": 4}) == []


def test_ballots_not_returned_are_improbable_from_share_and_number_on() -> None:
    assert found(totals([50] * 5, issued=102)) == []
    (one,) = found(totals([50] * 5, issued=103))
    assert (one.code, one.key, one.size) == (Code.NOT_RETURNED_MANY, "W-203/c", 15)


def test_a_box_in_use_without_a_ballot_is_named_unless_ballots_are_missing_from_it() -> None:
    sums = {"box_counted/B0": 1}
    assert [(one.code, one.key) for one in found(sums)] == [(Code.BOX_WITHOUT_BALLOTS, "W-205/B0")]
    assert found(sums | {"box_issued/B0/c": 3}) == []


@given(st.lists(st.integers(0, 100), min_size=5, max_size=5), st.permutations(range(5)))
def test_the_order_of_boxes_changes_nothing(votes: list[int], order: list[int]) -> None:
    sums = totals(votes)
    again = site_findings([CONTEST], [BOXES[n] for n in order], sums, NPC_2020)
    assert {one.key for one in again} == {one.key for one in found(sums)}


@given(st.integers(0, 100), st.integers(3, 5))
def test_equal_boxes_are_never_strange(votes: int, boxes: int) -> None:
    assert found(totals([votes] * boxes), boxes) == []
