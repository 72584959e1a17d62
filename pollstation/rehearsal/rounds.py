"""Rounds after the first day: who stands and for how many seats follows by law from the day before."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from pollstation.bundles.next_election import DECIDED
from pollstation.domain.accounts import Figures
from pollstation.domain.contests import Contest, Election
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.next_round import Choice, held_elsewhere, next_round
from pollstation.domain.profiles import rules_of
from pollstation.rehearsal.scenario import (
    ContestFigures,
    RoundFigures,
    Scenario,
    StationFigures,
)
from pollstation.services.determining import by_law

Wrong = tuple[Code, str, dict[str, object]]
"""A fault without its file: code, field, facts."""


def first_name(contest: Contest) -> str:
    """The id by which a scenario calls a contest in all of its rounds."""
    return contest.earlier[0].contest if contest.earlier else contest.id


def choices(figures: RoundFigures, contests: Sequence[Contest]) -> dict[str, Choice]:
    """What the committee decides before the round, by the ids of the contests that it grows from."""
    chosen = {each.id: each.candidates for each in figures.contests if each.candidates}
    return {
        contest.id: Choice(candidates=chosen[first_name(contest)])
        for contest in contests
        if first_name(contest) in chosen
    }


def standing_by_law(
    scenario: Scenario, contests: Sequence[Contest], figures: RoundFigures, election: Election
) -> tuple[tuple[Contest, ...], list[Wrong]]:
    """The contests of the round after the day that ``scenario`` and ``contests`` describe.

    Returns:
        The contests, and what keeps them from being.
    """
    found: list[Contest] = []
    wrong: list[Wrong] = []
    chosen = choices(figures, contests)
    results = by_law(election, contests, {each.id: _counted(scenario, each) for each in contests}, {})
    for contest in contests:
        result = results[contest.id]
        if result.outcome in DECIDED:
            continue
        try:
            found.append(
                next_round(
                    contest,
                    result,
                    chosen.get(contest.id, Choice()),
                    rules_of(election),
                    election=election.id,
                    day=election.day,
                    bundles=(),
                    elsewhere=held_elsewhere(contest, [(each, results[each.id]) for each in contests]),
                )
            )
        except Refusal as refusal:
            if refusal.code is Code.HIGHER_POST_WAITS:
                continue
            wrong.append((refusal.code, f"contest[{first_name(contest)}]", refusal.facts))
    return tuple(found), wrong


def _counted(scenario: Scenario, contest: Contest) -> Figures:
    """What the scenario's day comes to in ``contest``."""
    read = next(each for each in scenario.contests if each.id == contest.id)
    stations = [each for each in scenario.stations if contest.id in each.contests]
    part, collected = sum(each.participants for each in stations), scenario.collected(contest.id)
    return Figures(
        contest=contest.id,
        registered=sum(each.voters for each in stations),
        participants=part,
        in_person=0,
        proxies=0,
        mobile=0,
        received=0,
        issued=part,
        spoilt=0,
        unused=0,
        collected=collected,
        valid=collected - read.void,
        void=read.void,
        votes={name: read.votes.get(name, 0) for name in contest.candidates},
        against={},
        abstain={},
        write_ins={name: votes for name, votes in read.write_ins.items() if votes},
    )


def scenario_of(scenario: Scenario, contests: Sequence[Contest], figures: RoundFigures) -> Scenario:
    """The day of the round as a scenario of its own: ``contests`` with the votes in ``figures``."""
    read = {each.id: each for each in figures.contests}
    grown = {contest.earlier[-1].contest: contest for contest in contests}
    return msgspec.structs.replace(
        scenario,
        contests=tuple(
            ContestFigures(
                id=contest.id,
                level=contest.level,
                post=contest.post,
                seats=contest.seats,
                candidates=contest.candidates,
                votes=read[first_name(contest)].votes,
                write_ins=read[first_name(contest)].write_ins,
                void=read[first_name(contest)].void,
            )
            for contest in contests
        ),
        stations=tuple(_stations(scenario, grown, figures)),
        irregularities=(),
        rounds=(),
    )


def _stations(
    scenario: Scenario, grown: Mapping[str, Contest], figures: RoundFigures
) -> Iterator[StationFigures]:
    """The stations that vote once more, with the same voters and sites."""
    read = {each.id: each for each in figures.stations}
    for station in scenario.stations:
        ids = tuple(grown[each].id for each in station.contests if each in grown)
        if ids:
            own = msgspec.structs.asdict(read[station.id])
            yield msgspec.structs.replace(station, contests=ids, **own)


def missing(scenario: Scenario, contests: Sequence[Contest], figures: RoundFigures) -> Iterator[Wrong]:
    """Contests and stations of the round that the scenario says nothing of, and those that have no part."""
    again = {contest.earlier[-1].contest for contest in contests}
    needed = {
        "contest": [first_name(each) for each in contests],
        "station": [each.id for each in scenario.stations if again & set(each.contests)],
    }
    given = {
        "contest": [each.id for each in figures.contests],
        "station": [each.id for each in figures.stations],
    }
    for table, names in given.items():
        for name in names:
            if name not in needed[table]:
                facts: dict[str, object] = {"value": name, "known": needed[table]}
                yield Code.SCENARIO_NAME_UNKNOWN, f"{table}[{name}]", facts
            elif names.count(name) > 1:
                yield Code.SCENARIO_NAME_TWICE, f"{table}[{name}]", {"value": name, "first": name}
        for name in needed[table]:
            if name not in names:
                yield Code.SCENARIO_FIELD_MISSING, f"{table}[{name}]", {}
