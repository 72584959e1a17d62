"""Invented people and ballots: as a register and a box would hold them, and never anybody real."""

import pickle
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pollstation.bundles.printable import unprintable
from pollstation.domain.contests import Level
from pollstation.domain.errors import Code, Fault, Faults, Refusal
from pollstation.domain.identity_numbers import birth_of, check_character, sex_of, well_formed
from pollstation.rehearsal.papers import deal, tally
from pollstation.rehearsal.people import voters
from pollstation.rehearsal.scenario import ContestFigures, Scenario, StationFigures
from pollstation.rehearsal.scenario_checks import read_scenario

TOP = Path(__file__).resolve().parents[2]
DAY = date(2026, 12, 6)


def test_a_towns_voters_are_of_age_and_their_numbers_are_their_own() -> None:
    scenario = read_scenario(TOP / "resources" / "rehearsals" / "town-2021.toml")
    town = [voter for _, own in voters(scenario.stations, 1, DAY, ()) for voter in own]
    assert len({voter.card for voter in town}) == len({voter.id_number for voter in town}) == 13_875
    for voter in town:
        assert well_formed(voter.id_number)
        assert voter.id_number[17] == check_character(voter.id_number[:17])
        assert (birth_of(voter.id_number), sex_of(voter.id_number)) == (voter.birth, voter.sex)
        assert voter.birth is not None
        assert voter.birth <= DAY.replace(year=DAY.year - 18)
    names = [voter.name for voter in town]
    assert len(set(names)) < len(names), "no namesakes in a whole town"
    assert unprintable("".join(names)) == ""
    assert set("𬭸㛃䶮㐂𬱖𫖯𬍛") <= set("".join(names))


def test_nobody_is_named_like_a_candidate() -> None:
    station = StationFigures(id="S01", voters=500, contests=("c",), in_person=0)
    (_, first), *_ = voters([station], 1, DAY, ())
    taken = {voter.name for voter in first}
    (_, others), *_ = voters([station], 1, DAY, taken)
    assert taken.isdisjoint(voter.name for voter in others)


@st.composite
def contests(draw: st.DrawFn) -> tuple[ContestFigures, int]:
    """A contest whose votes fit its ballots, and how many ballots there are."""
    seats, valid = draw(st.integers(1, 4)), draw(st.integers(1, 60))
    void = draw(st.integers(0, 10))
    names = ("甲", "乙", "丙", "丁", "戊")[: draw(st.integers(1, 5))]
    room = seats * valid
    votes = {}
    for name in (*names, "己"):
        votes[name] = draw(st.integers(0, min(valid, room)))
        room -= votes[name]
    write_ins = {"己": votes.pop("己")}
    contest = ContestFigures(
        id="c", level=Level.COUNTY, seats=seats, candidates=names, votes=votes, write_ins=write_ins, void=void
    )
    return contest, valid + void


@given(contests(), st.integers())
@settings(max_examples=60)
def test_tellers_read_the_scenarios_totals_off_valid_ballots(
    given_contest: tuple[ContestFigures, int], seed: int
) -> None:
    contest, ballots = given_contest
    station = StationFigures(id="S01", voters=ballots, contests=("c",), in_person=ballots)
    papers = deal(
        Scenario(title="t", profile="npc-2020", seed=seed, contests=(contest,), stations=(station,))
    )
    dealt = papers["S01-F", "c"]
    fields = tally(dealt, len(contest.candidates))
    assert (fields["void"], fields["valid"]) == (contest.void, ballots - contest.void)
    for n, name in enumerate(contest.candidates):
        assert fields[f"for/{n}"] == contest.votes[name]
        assert sum(fields[f"{figure}/{n}"] for figure in ("for", "against", "abstain")) == fields["valid"]
    assert fields.get("write_in/己", 0) == contest.write_ins["己"]
    for ballot in dealt:
        if ballot is not None:
            marks, names = ballot
            assert sum(mark == 0 for mark in marks) + len(names) <= contest.seats


def test_refusals_and_faults_come_back_from_another_process() -> None:
    refusal = pickle.loads(pickle.dumps(Refusal(Code.BOX_STILL_OUT, box="1")))
    assert (refusal.code, refusal.facts) == (Code.BOX_STILL_OUT, {"box": "1"})
    faults = pickle.loads(pickle.dumps(Faults([Fault(code=Code.SEAL_NOT_ZIP, file="a.zip")])))
    assert faults.faults == [Fault(code=Code.SEAL_NOT_ZIP, file="a.zip")]
