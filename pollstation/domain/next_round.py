"""The round that follows by law from a result: who stands, for how many seats, and what is left to decide.

Sources: Electoral Law of the NPC and local people's congresses (2020), articles 31, 44 and 45; Organic Law of
Villagers' Committees (2025), articles 15 and 18. A re-run (重新选举) repeats an invalid vote as it was, a
re-vote (再次投票) is among those tied, a fresh election (另行选举) is for the seats still empty.
"""

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from pollstation.domain.contests import Contest, EarlierRound
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.profiles import Profile
from pollstation.domain.rules import Outcome, ReasonKind, Result, Round, candidate_range

AGAIN = frozenset({Outcome.INVALID_TURNOUT, Outcome.INVALID_EXCESS})
"""After these the same vote is held once more."""

_NUMBERED = re.compile(r"(.+)-r\d+")


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What the committee decided where the law leaves it to it."""

    candidates: tuple[str, ...] = ()
    """Everybody who stands, where equal votes stand across the end of the list; else left out."""
    basis: str = ""
    """``issued`` or ``collected`` where the outcome depends on which ballots count as those who voted."""


class Prospect(msgspec.Struct, frozen=True, kw_only=True):
    """What follows from a result before the committee has chosen anything."""

    round: Round
    again: bool
    """The same vote once more, because it was invalid."""
    seats: int
    candidates: tuple[str, ...]
    """Those who stand in any case, in the order of the law."""
    open: tuple[str, ...] = ()
    """Equal in votes: from among them the committee chooses."""
    least: int
    most: int
    """How many candidates may stand in all."""


def settled(contest: Contest, result: Result, choice: Choice) -> Result:
    """The result on the basis that the committee chose.

    Raises:
        Refusal: BASIS_NOT_CHOSEN where it depends on it and none, or none that there is, was chosen.
    """
    found = on_basis(result, choice.basis)
    if found.outcome is Outcome.BASIS_DEPENDENT:
        raise Refusal(Code.BASIS_NOT_CHOSEN, contest=contest.id, basis=choice.basis)
    return found


def on_basis(result: Result, basis: str) -> Result:
    """The result on a basis, where it depends on it and there is such a one; else the result itself."""
    found = {"issued": result.by_issued, "collected": result.by_collected}.get(basis)
    return found if isinstance(found, Result) else result


def held_elsewhere(contest: Contest, results: Iterable[tuple[Contest, Result]]) -> tuple[str, ...]:
    """Who was elected to another post of the same village: nobody holds two (``rules.posts``)."""
    return tuple(
        name
        for other, result in results
        if contest.post and other.post and other.id != contest.id
        if other.constituency == contest.constituency
        for name in result.elected
    )


def prospect(contest: Contest, result: Result, rules: Profile, elsewhere: tuple[str, ...] = ()) -> Prospect:
    """What follows from ``result``, which does not depend on a basis any more.

    Args:
        elsewhere: who was elected to another post of the village.

    Raises:
        Refusal: NO_ROUND_FOLLOWS; HIGHER_POST_WAITS where a higher post of the village has to be filled
            first; WRITE_INS_UNSETTLED where the eligibility of somebody who is elected or would stand was
            not decided.
    """
    if any(reason.kind is ReasonKind.HIGHER_POST_OPEN for reason in result.reasons):
        raise Refusal(Code.HIGHER_POST_WAITS, contest=contest.id)
    seats = result.seats_left
    if unsettled := [name for reason in result.reasons for name in _unchecked(reason.kind, reason.facts)]:
        raise Refusal(Code.WRITE_INS_UNSETTLED, contest=contest.id, names=unsettled)
    if result.outcome in AGAIN:
        standing = tuple(name for name in contest.candidates if name not in elsewhere)
        return Prospect(
            round=Round(contest.round),
            again=True,
            seats=contest.seats,
            candidates=standing,
            least=len(standing),
            most=len(standing),
        )
    if result.outcome is Outcome.REVOTE:
        tied = tuple(result.tied)
        return Prospect(
            round=Round.REVOTE, again=False, seats=seats, candidates=tied, least=len(tied), most=len(tied)
        )
    if result.outcome is Outcome.COMMITTEE_DECIDES:
        # another vote is one thing it may decide; nobody stands before it does
        names = tuple(result.tied or [name for name in contest.candidates if name not in result.elected])
        return Prospect(
            round=Round.REVOTE,
            again=False,
            seats=seats,
            candidates=(),
            open=names,
            least=len(names),
            most=len(names),
        )
    if result.outcome is Outcome.FRESH_ELECTION:
        return _fresh(result, rules)
    raise Refusal(Code.NO_ROUND_FOLLOWS, contest=contest.id, outcome=result.outcome)


def _unchecked(kind: ReasonKind, facts: object) -> list[str]:
    return list(facts["names"]) if kind is ReasonKind.UNCHECKED and isinstance(facts, dict) else []


def _fresh(result: Result, rules: Profile) -> Prospect:
    seats, certain, tied = result.seats_left, tuple(result.fresh_candidates), tuple(result.tied)
    least, most = candidate_range(seats) if rules.range_bound else (seats + 1, 2 * seats)
    there = len(certain) + len(tied)
    return Prospect(
        round=Round.FRESH,
        again=False,
        seats=seats,
        candidates=certain,
        open=tied,
        least=min(least, there),
        most=min(most, there),
    )


def standing(contest: Contest, ahead: Prospect, choice: Choice) -> tuple[str, ...]:
    """Who stands: those who do in any case, and those whom the committee chose, in the order of the law.

    Raises:
        Refusal: CANDIDATES_NOT_CHOSEN, or CANDIDATES_AGAINST_LAW where the choice leaves somebody out who
            stands in any case, names somebody else, or is too long or too short.
    """
    chosen, certain = set(choice.candidates), set(ahead.candidates)
    facts = {
        "contest": contest.id,
        "names": ahead.open or "—",
        "least": ahead.least,
        "most": ahead.most,
    }
    if ahead.open and not chosen:
        raise Refusal(Code.CANDIDATES_NOT_CHOSEN, **facts)
    chosen = chosen or certain
    fits = certain <= chosen <= certain | set(ahead.open) and ahead.least <= len(chosen) <= ahead.most
    if not fits or len(choice.candidates) > len(chosen):
        raise Refusal(
            Code.CANDIDATES_AGAINST_LAW, chosen=choice.candidates, certain=ahead.candidates or "—", **facts
        )
    return tuple(name for name in (*ahead.candidates, *ahead.open) if name in chosen)


def next_round(
    contest: Contest,
    result: Result,
    choice: Choice,
    rules: Profile,
    *,
    election: str,
    day: date,
    bundles: tuple[str, ...],
    elsewhere: tuple[str, ...] = (),
) -> Contest:
    """The contest that grows from ``contest`` and its result: its own id, the law's seats and candidates.

    Args:
        election: id of the election that ``result`` is of.
        day: its day.
        bundles: SHA-256 of the counting bundles that the result was computed from.
        elsewhere: who was elected to another post of the village.

    Raises:
        Refusal: as :func:`settled`, :func:`prospect` and :func:`standing`.
    """
    found = settled(contest, result, choice)
    ahead = prospect(contest, found, rules, elsewhere)
    earlier = EarlierRound(
        election=election,
        contest=contest.id,
        day=day,
        round=contest.round,
        seats=contest.seats,
        outcome=found.outcome,
        basis=choice.basis if found is not result else "",
        elected=tuple(found.elected),
        elsewhere=elsewhere,
        bundles=bundles,
    )
    chain = (*contest.earlier, earlier)
    candidates = standing(contest, ahead, choice)
    return msgspec.structs.replace(
        contest,
        id=round_id(contest.id, len(chain) + 1),
        round=ahead.round,
        seats=ahead.seats,
        candidates=candidates,
        about={name: about for name, about in contest.about.items() if name in candidates},
        earlier=chain,
    )


def round_id(old: str, number: int) -> str:
    """The id of the same election or contest in its round of that number, such as ``county-3-r2``."""
    numbered = _NUMBERED.fullmatch(old)
    return f"{numbered[1] if numbered else old}-r{number}"
