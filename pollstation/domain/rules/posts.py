"""Several posts of one village: chair, vice-chairs and members, each on a ballot paper of its own.

Sources: Organic Law of Villagers' Committees (2025), articles 6 and 18; Zhejiang's rules for a person marked
for two posts. A person may stand for several posts but holds one. It is settled here as follows.

* Posts are judged from the highest down. Who is elected to a higher post is left out of the lower ones: their
  votes there elect nobody, and the next in order moves up. A fresh election for a lower post is held among
  the unelected with the most votes there, so they are not on its list either.
* While a higher post is open (a re-vote, a fresh or a repeated election, the committee, a winner's
  eligibility still to be checked), every way in which it can end is followed. Where all lead to the same
  below, that is the result. Otherwise those elected in every one of them are elected; the rest waits for the
  committee.
  A vote still to come can be won by those who stand in it as things are; a winner written in there, and one
  who only stands because a listed name is found ineligible, are the committee's matter.
* Down-adding (``Profile.down_adding``, off unless the election settles it): votes for a higher post of a
  person not elected to it are added to their votes for every lower post for which they were voted. Only votes
  of the same day are added, and none of a vote that was invalid.
* A name means one person in all posts, as the committee writes namesakes apart on the ballots.

One paper that carries several posts is issued, collected and counted as one ballot of each of them: its
contests then have equal figures, and every account holds as it does for papers apart. More is not modelled.
One person marked for two posts there is a doubtful ballot, void on a ground of its own
(``Judgement.TWO_POSTS``); on papers apart nobody can see it, and no ballot may be linked to another.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import NamedTuple

import msgspec

from pollstation.domain.profiles import Profile
from pollstation.domain.rules.cases import Case, Facts, Outcome, Reason, ReasonKind, Result
from pollstation.domain.rules.contradictions import contradictions
from pollstation.domain.rules.determination import decision, determine, determine_possible, led_by

INVALID = (Outcome.INVALID_TURNOUT, Outcome.INVALID_EXCESS, Outcome.INVALID_INPUT)


class Way(NamedTuple):
    """One way in which the higher posts can end."""

    held: frozenset[str] = frozenset()
    """Who holds one of them."""
    added: tuple[tuple[str, int], ...] = ()
    """Votes for them that count further down, by name; one name may come several times."""


def determine_posts(cases: Sequence[Case], rules: Profile) -> list[Result]:
    """Judge the posts of one village together.

    Args:
        cases: one for each post, the highest first.

    Returns:
        The proposal for each post, in the order of ``cases``.
    """
    ways, results = [Way()], []
    for place, case in enumerate(cases):
        below = {name for lower in cases[place + 1 :] for name in _names(lower)}
        if contradictions(case):
            results.append(determine(case))
            ends = {way: _ends(case, rules, results[-1], below) for way in ways}
        else:
            judged = {way: determine_possible(_without(case, way), rules) for way in ways}
            results.append(_together(case, rules, judged))
            ends = {way: _ends(_without(case, way), rules, each, below) for way, each in judged.items()}
        carried = _votes(case) if rules.down_adding else {}
        ways = list(
            dict.fromkeys(
                _below(way, held, carried if valid else {}, below)
                for way in ways
                for held, valid in ends[way]
            )
        )
    return results


def holders(result: Result) -> list[str]:
    """Who was voted for in this post and is left out, because they are elected to a higher one."""
    found = [each.facts["names"] for each in result.reasons if each.kind is ReasonKind.HIGHER_POST]
    return [name for names in found if isinstance(names, list) for name in names]


def _names(case: Case) -> Iterable[str]:
    return chain(case.votes, case.write_ins)


def _votes(case: Case) -> dict[str, int]:
    return case.votes | case.write_ins


def _below(way: Way, held: frozenset[str], carried: dict[str, int], below: set[str]) -> Way:
    """``way`` one post further down, where ``held`` won this one; only who stands further down matters."""
    out = (way.held & below) | held
    added = (*way.added, *carried.items())
    return Way(out, tuple(one for one in added if one[0] in below - out))


def _without(case: Case, way: Way) -> Case:
    """The case with nobody who holds a higher post, and with the votes that are added to it."""
    sums: dict[str, int] = {}
    for name, votes in way.added:
        sums[name] = sums.get(name, 0) + votes

    def standing(tally: dict[str, int]) -> dict[str, int]:
        return {name: n + sums.get(name, 0) for name, n in tally.items() if name not in way.held}

    return msgspec.structs.replace(case, votes=standing(case.votes), write_ins=standing(case.write_ins))


def _together(case: Case, rules: Profile, judged: dict[Way, Result]) -> Result:
    """The result that all ways lead to, or what they have in common and who waits for the higher posts."""
    ways, found = [*judged], [*judged.values()]
    if all(decision(one) == decision(found[0]) for one in found):
        result = found[0]
    else:
        result = _open(case, rules, judged)
    article, own = rules.articles.election, _votes(case)
    out = [name for name in own if own[name] and all(name in way.held for way in ways)]
    sure = {name: {_stake(name, way) for way in ways} for name in own}
    added = [
        f"{name} {own[name]}+{votes}"
        for name, stakes in sure.items()
        for _held, votes in stakes
        if len(stakes) == 1 and votes
    ]
    if added:
        result = led_by(Reason(article, ReasonKind.VOTES_ADDED, {"names": added}), result)
    if out:
        result = led_by(Reason(article, ReasonKind.HIGHER_POST, {"names": out}), result)
    return result


def _open(case: Case, rules: Profile, judged: dict[Way, Result]) -> Result:
    """What holds however the higher posts end; everybody else who may win is named as undecided."""
    found = [*judged.values()]
    surely = [name for name in found[0].elected if all(name in one.elected for one in found)]
    winners = {name for one in found for name in _winners(one)} - {*surely}
    asked = [
        name for name in _names(case) if name in winners and len({_stake(name, way) for way in judged}) > 1
    ]
    seats_left = case.seats - len(surely)
    article = rules.articles.election
    facts: Facts = {"names": asked, "seats": seats_left}
    shared = [
        each
        for each in found[0].reasons
        if each.kind is not ReasonKind.ELECTED and all(each in one.reasons for one in found)
    ]
    last = next((at for at, each in enumerate(shared) if each.kind is ReasonKind.PROPOSAL), len(shared))
    certain = [Reason(article, ReasonKind.ELECTED, {"names": surely})] if surely else []
    shared[last:last] = [*certain, Reason(article, ReasonKind.HIGHER_POST_OPEN, facts)]
    return Result(
        id=case.id,
        outcome=Outcome.COMMITTEE_DECIDES,
        needed=found[0].needed if len({one.needed for one in found}) == 1 else None,
        elected=surely,
        pending=[name for name in surely if any(name in one.pending for one in found)],
        tied=[name for name in _names(case) if name in winners],
        seats_left=seats_left,
        reasons=shared,
    )


def _stake(name: str, way: Way) -> tuple[bool, int]:
    """What a way means for one person further down: whether they are out, and the votes added to theirs."""
    return name in way.held, sum(votes for one, votes in way.added if one == name)


def _winners(result: Result) -> Iterator[str]:
    """Everybody who is elected by ``result`` or may be by what follows from it."""
    yield from chain(result.elected, result.tied, result.fresh_candidates)
    for each in (result.by_issued, result.by_collected):
        if isinstance(each, Result):
            yield from _winners(each)


def _ends(case: Case, rules: Profile, result: Result, below: set[str]) -> list[tuple[frozenset[str], bool]]:
    """Every way in which a post can still end: who of ``below`` holds it then, and if the vote was valid.

    A vote still to come may fill every seat that is left, or fewer.
    """
    change = msgspec.structs.replace
    if isinstance(result.by_issued, Result) and isinstance(result.by_collected, Result):
        by_issued = _ends(change(case, participants=case.issued), rules, result.by_issued, below)
        by_collected = _ends(change(case, participants=case.collected), rules, result.by_collected, below)
        return by_issued + by_collected
    if result.pending:
        ends = []
        for rejected in _choices(result.pending, len(result.pending)):
            confirmed = [name for name in result.pending if name not in rejected]
            checked = change(
                case,
                eligible=[*case.eligible, *confirmed],
                ineligible=[*case.ineligible, *rejected],
            )
            ends += _ends(checked, rules, determine_possible(checked, rules), below)
        return ends
    elected, valid = below.intersection(result.elected), result.outcome not in INVALID
    still = {*result.tied, *result.fresh_candidates} if valid else {*case.votes} - {*case.ineligible}
    seats = case.seats - len(result.elected)
    return [(frozenset(elected.union(chosen)), valid) for chosen in _choices(sorted(still & below), seats)]


def _choices(names: Sequence[str], most: int) -> Iterator[tuple[str, ...]]:
    """Every choice of names, from none to ``most`` of them."""
    sizes = range(max(min(most, len(names)), 0) + 1)
    return chain.from_iterable(combinations(names, size) for size in sizes)
