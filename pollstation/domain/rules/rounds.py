"""The three kinds of vote, each from a valid case to its finding (reasons of this round only)."""

from typing import NamedTuple

import msgspec

from pollstation.domain.profiles import Profile, StillShort
from pollstation.domain.rules.cases import Case, Facts, Outcome, Reason, ReasonKind, Result, Round


class Standing(NamedTuple):
    """A name and the votes for it."""

    name: str
    votes: int


def candidate_range(seats: int) -> tuple[int, int]:
    """Fewest and most candidates for ``seats``: a third to once more than seats; two for one seat."""
    return (2, 2) if seats == 1 else (-(-4 * seats // 3), 2 * seats)


def needed(case: Case, participants: int) -> int | None:
    """Votes a winner needs: a majority of those who voted, a third of the ballots, or (None) the most."""
    if case.round is Round.FIRST:
        return participants // 2 + 1
    if case.round is Round.FRESH:
        return max(-(-case.collected // 3), 1)
    return None


def first_ballot(case: Case, rules: Profile, participants: int) -> Result:
    """A majority elects; too many: the highest; a tie that decides: re-vote; too few: fresh election."""
    article = rules.articles.election
    majority = participants // 2 + 1
    with_majority = [one for one in _order(case) if one.votes >= majority]
    elected, tied = _highest(with_majority, case.seats)
    seats_left = case.seats - len(elected)
    figures: Facts = {"participants": participants, "needed": majority}
    reasons = [Reason(article, ReasonKind.MAJORITY_NEEDED, figures)]
    if len(with_majority) > case.seats:
        surplus: Facts = {"count": len(with_majority), "seats": case.seats}
        reasons.append(Reason(article, ReasonKind.MAJORITY_SURPLUS, surplus))
    if elected:
        reasons.append(Reason(article, ReasonKind.ELECTED, {"names": elected}))
    if tied:
        reasons.append(Reason(article, ReasonKind.TIE_REVOTE, {"names": tied, "seats": seats_left}))
    finding = Result(
        id=case.id,
        outcome=Outcome.REVOTE if tied else Outcome.ELECTED,
        needed=majority,
        elected=elected,
        tied=tied,
        seats_left=seats_left,
        reasons=reasons,
    )
    return _with_list(case, rules, finding) if seats_left and not tied else finding


def re_vote(case: Case, rules: Profile, _participants: int) -> Result:
    """Most votes win among those tied, no majority needed; another tie that decides: the committee."""
    article = rules.articles.election
    highest, tied = _highest(_order(case), case.seats)
    elected = [name for name in highest if case.votes[name]]
    seats_left = case.seats - len(elected)
    reasons = [Reason(article, ReasonKind.MOST_VOTES)]
    if elected:
        reasons.append(Reason(article, ReasonKind.ELECTED, {"names": elected}))
    if tied:
        reasons.append(Reason(article, ReasonKind.TIE_COMMITTEE, {"names": tied, "seats": seats_left}))
    elif seats_left:
        reasons.append(Reason(article, ReasonKind.REVOTE_SHORT, {"seats": seats_left}))
    return Result(
        id=case.id,
        outcome=Outcome.COMMITTEE_DECIDES if seats_left else Outcome.ELECTED,
        elected=elected,
        tied=tied,
        seats_left=seats_left,
        reasons=reasons,
    )


def fresh_election(case: Case, rules: Profile, participants: int) -> Result:
    """Most votes win with at least a third of the ballots cast; seats still short: the profile's policy."""
    article = rules.articles.election
    third = needed(case, participants) or 1
    with_third = [one for one in _order(case) if one.votes >= third]
    elected, tied = _highest(with_third, case.seats)
    seats_left = case.seats - len(elected)
    reasons = [Reason(article, ReasonKind.ONE_THIRD, {"collected": case.collected, "needed": third})]
    if elected:
        reasons.append(Reason(article, ReasonKind.ELECTED, {"names": elected}))
    outcome = Outcome.ELECTED
    if tied:
        outcome = Outcome.COMMITTEE_DECIDES
        reasons.append(Reason(article, ReasonKind.TIE_COMMITTEE, {"names": tied, "seats": seats_left}))
    elif seats_left and rules.still_short is StillShort.VACANT:
        outcome = Outcome.VACANT
        reasons.append(Reason(article, ReasonKind.LEFT_VACANT, {"seats": seats_left}))
    finding = Result(
        id=case.id,
        outcome=outcome,
        needed=third,
        elected=elected,
        tied=tied,
        seats_left=seats_left,
        reasons=reasons,
    )
    another = seats_left and not tied and rules.still_short is StillShort.ANOTHER_ROUND
    return _with_list(case, rules, finding) if another else finding


def _order(case: Case) -> list[Standing]:
    """Those who can be elected, in vote order; equal ones in ballot order, write-ins after."""
    tally = case.votes if case.round is Round.REVOTE else case.votes | case.write_ins
    standing = [Standing(name, votes) for name, votes in tally.items() if name not in case.ineligible]
    return sorted(standing, key=lambda one: -one.votes)


def _highest(order: list[Standing], places: int) -> tuple[list[str], list[str]]:
    """The first ``places`` names, and those whose equal votes cross that line (in neither then)."""
    if len(order) <= places or order[places - 1].votes > order[places].votes:
        return [one.name for one in order[:places]], []
    line = order[places].votes
    above = [one.name for one in order if one.votes > line]
    return above, [one.name for one in order if one.votes == line]


def _with_list(case: Case, rules: Profile, short: Result) -> Result:
    """``short`` with the list of those who stand in the fresh election for the seats it leaves.

    Electoral Law art. 31 lets 4s/3 (rounded up) to 2s candidates stand for s seats, and two for one seat.
    The list is filled to 2s in vote order. When equal votes stand across its end none of them is on it,
    and the committee chooses within that range.
    """
    seats = short.seats_left
    remaining = [one for one in _order(case) if one.name not in short.elected]
    candidates, tied = _highest(remaining, 2 * seats)
    article = rules.articles.election
    reasons = [*short.reasons, Reason(article, ReasonKind.SEATS_SHORT, {"seats": seats})]
    if candidates:
        in_range = ReasonKind.LIST_OF_TWO if seats == 1 else ReasonKind.LIST_IN_RANGE
        kind = in_range if rules.range_bound else ReasonKind.LIST
        least, most = candidate_range(seats)
        facts: Facts = {"names": candidates, "seats": seats, "least": least, "most": most}
        reasons.append(Reason(article, kind, facts))
    if tied:
        reasons.append(Reason(article, ReasonKind.LIST_TIE, {"names": tied}))
    return msgspec.structs.replace(
        short, outcome=Outcome.FRESH_ELECTION, tied=tied, fresh_candidates=candidates, reasons=reasons
    )
