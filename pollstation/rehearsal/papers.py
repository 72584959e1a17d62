"""The marked ballots of a rehearsal: invented so that the tellers read exactly the scenario's totals.

They exist on the rehearsal's own table only. What the program is told is what people would tell it: how many
lay in a box, and what a sheet says.
"""

import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum

from pollstation.domain.count_sheets import FIGURES
from pollstation.rehearsal.scenario import ContestFigures, Scenario


class Mark(IntEnum):
    """What a voter put beside a candidate; the places of ``FIGURES``."""

    FOR = 0
    AGAINST = 1
    ABSTAIN = 2


Ballot = tuple[tuple[Mark, ...], tuple[str, ...]] | None
"""The marks in ballot order and the names written in; None for a void ballot."""

Papers = dict[tuple[str, str], list[Ballot]]
"""The ballots in each box of each contest, by box and contest, in the order in which they come to hand."""


def deal(scenario: Scenario) -> Papers:
    """All ballots of all contests, in their boxes; the same for one scenario."""
    papers: Papers = {}
    for contest in scenario.contests:
        chance = random.Random(f"{scenario.seed}/papers/{contest.id}")
        ballots = _ballots(contest, scenario.collected(contest.id), chance)
        for station in scenario.stations:
            if contest.id in station.contests:
                for box, count in scenario.box_ballots(station, contest.id).items():
                    papers[box, contest.id] = [ballots.pop() for _ in range(count)]
    return papers


def _ballots(contest: ContestFigures, collected: int, chance: random.Random) -> list[Ballot]:
    """``collected`` ballots with the contest's totals, shuffled.

    Each person's votes go to as many valid ballots in a row, where the last person's ended and round again at
    the end: so nobody is named twice on a ballot, and no ballot names more than an even share of all votes,
    rounded up, which is at most the seats.
    """
    valid = collected - contest.void
    for_whom: list[list[str]] = [[] for _ in range(valid)]
    place = 0
    for name, votes in (*contest.votes.items(), *contest.write_ins.items()):
        for _ in range(votes):
            for_whom[place % valid].append(name)
            place += 1
    ballots: list[Ballot] = [_marked(contest, names, chance) for names in for_whom]
    ballots += [None] * contest.void
    chance.shuffle(ballots)
    return ballots


def _marked(contest: ContestFigures, names: Sequence[str], chance: random.Random) -> Ballot:
    """A valid ballot for ``names``; beside the other candidates against, or nothing."""
    marks = tuple(
        Mark.FOR if candidate in names else chance.choice((Mark.AGAINST, Mark.ABSTAIN))
        for candidate in contest.candidates
    )
    return marks, tuple(name for name in names if name not in contest.candidates)


def tally(ballots: Iterable[Ballot], candidates: int) -> dict[str, int]:
    """What caller and teller write on the count sheet of ``ballots``, every field of the sheet."""
    fields = {f"{figure}/{n}": 0 for n in range(candidates) for figure in FIGURES}
    fields |= {"valid": 0, "void": 0}
    for ballot in ballots:
        if ballot is None:
            fields["void"] += 1
            continue
        marks, write_ins = ballot
        fields["valid"] += 1
        for n, mark in enumerate(marks):
            fields[f"{FIGURES[mark]}/{n}"] += 1
        for name in write_ins:
            fields[f"write_in/{name}"] = fields.get(f"write_in/{name}", 0) + 1
    return fields


def sheets(
    papers: Papers, boxes: Collection[str], candidates: Mapping[str, int], size: int
) -> Iterator[dict[str, int]]:
    """The count sheets that the ballots in ``boxes`` will make.

    Args:
        candidates: how many stand on the ballot, by contest.
        size: ballots in a batch.
    """
    for (box, contest), ballots in papers.items():
        if box in boxes:
            for first in range(0, len(ballots), size):
                yield tally(ballots[first : first + size], candidates[contest])
