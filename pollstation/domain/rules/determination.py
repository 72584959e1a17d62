"""Who is elected, and why: the law's arithmetic for a first ballot, a re-vote and a fresh election.

Sources: Electoral Law of the NPC and local people's congresses (2020), articles 31, 41, 44 and 45; Organic
Law of Villagers' Committees (2025), article 18. What their text leaves to a reader is settled as follows.

* More than half of the registered voters must take part in every round, the re-vote included; a committee
  may settle that a re-vote asks for no turnout (``Profile.revote_needs_turnout``).
* More ballots than voters voting, or than voters registered, make any round invalid.
* Votes for a name found ineligible elect nobody: the next name in order moves up, and without a next one
  the seat is short. The ballots still count among those cast.
* In a re-vote only those tied stand, all of them on the ballot: write-ins elect nobody.
* Nobody is elected without a single vote, however few were cast.
"""

import msgspec

from pollstation.domain.profiles import Profile, profile
from pollstation.domain.rules import rounds
from pollstation.domain.rules.cases import Case, Facts, Outcome, Reason, ReasonKind, Result, Round
from pollstation.domain.rules.contradictions import contradictions

ROUNDS = {
    Round.FIRST: rounds.first_ballot,
    Round.REVOTE: rounds.re_vote,
    Round.FRESH: rounds.fresh_election,
}


def determine(case: Case, rules: Profile | None = None) -> Result:
    """Judge ``case`` by ``rules``, or by those of its profile.

    Without ``participants`` those who voted are the ballots issued or the ballots collected; where the two
    readings part, the outcome is BASIS_DEPENDENT and holds both results. Where they agree, the result by
    ballots issued stands: it asks for the more votes.

    Returns:
        The proposal with its reasons; INVALID_INPUT with a reason for each field that cannot be.
    """
    faults = contradictions(case)
    if faults:
        return Result(id=case.id, outcome=Outcome.INVALID_INPUT, reasons=faults)
    return determine_possible(case, rules or profile(case.profile))


def determine_possible(case: Case, rules: Profile) -> Result:
    """The same for a case that is known to hold no contradiction."""
    if case.participants is not None:
        return _judge(case, rules, case.participants)
    article = rules.articles.election
    by_collected = _judge(case, rules, case.collected)
    if case.issued is None:
        return led_by(Reason(article, ReasonKind.BASIS_COLLECTED), by_collected)
    by_issued = _judge(case, rules, case.issued)
    bases: Facts = {"issued": case.issued, "collected": case.collected}
    if decision(by_issued) == decision(by_collected):
        return led_by(Reason(article, ReasonKind.BASES_AGREE, bases), by_issued)
    return Result(
        id=case.id,
        outcome=Outcome.BASIS_DEPENDENT,
        seats_left=case.seats,
        reasons=[Reason(article, ReasonKind.BASES_DIFFER, bases)],
        by_issued=by_issued,
        by_collected=by_collected,
    )


def decision(result: Result) -> tuple[object, ...]:
    """What a reader of the result would act on."""
    bases = (result.by_issued, result.by_collected)
    return (
        result.outcome,
        sorted(result.elected),
        sorted(result.tied),
        result.seats_left,
        sorted(result.fresh_candidates),
        *(decision(each) for each in bases if isinstance(each, Result)),
    )


def led_by(reason: Reason, result: Result) -> Result:
    """``result`` with ``reason`` before its others."""
    return msgspec.structs.replace(result, reasons=[reason, *result.reasons])


def _judge(case: Case, rules: Profile, participants: int) -> Result:
    """Judge a case without contradictions, ``participants`` of whose voters voted."""
    asked = rules.revote_needs_turnout or case.round is not Round.REVOTE
    met = 2 * participants > case.registered
    missed = asked and not met
    excess = _excess(case, participants)
    turnout: Facts = {"participants": participants, "registered": case.registered}
    unmet = ReasonKind.TURNOUT_MISSED if asked else ReasonKind.TURNOUT_NOT_ASKED
    kind = ReasonKind.TURNOUT_MET if met else unmet
    reasons = [Reason(rules.articles.election, kind, turnout)]
    if excess:
        reasons.append(Reason(rules.articles.excess, ReasonKind.EXCESS, excess))
    if missed or excess:
        result = Result(
            id=case.id,
            outcome=Outcome.INVALID_TURNOUT if missed else Outcome.INVALID_EXCESS,
            needed=rounds.needed(case, participants),
            seats_left=case.seats,
        )
    else:
        result = ROUNDS[case.round](case, rules, participants)
        reasons += [*_left_out(case, rules), *result.reasons]
    unchecked = [name for name in case.write_ins if name not in {*case.eligible, *case.ineligible}]
    named = {*result.elected, *result.tied, *result.fresh_candidates}
    open_names = [name for name in unchecked if name in named]
    if open_names:
        reasons.append(Reason(rules.articles.write_in, ReasonKind.UNCHECKED, {"names": open_names}))
    reasons.append(Reason(rules.articles.confirmation, ReasonKind.PROPOSAL))
    pending = [name for name in result.elected if name in unchecked]
    return msgspec.structs.replace(result, pending=pending, reasons=reasons)


def _excess(case: Case, participants: int) -> Facts:
    """The ballots cast and the voters who can have cast them, if there are more ballots than voters."""
    voters = min(participants, case.registered)
    return {"collected": case.collected, "voters": voters} if case.collected > voters else {}


def _left_out(case: Case, rules: Profile) -> list[Reason]:
    """Names that got votes and yet cannot be elected."""
    ineligible = [name for name in (*case.votes, *case.write_ins) if name in case.ineligible]
    reasons = []
    if ineligible:
        reasons.append(Reason(rules.articles.write_in, ReasonKind.INELIGIBLE, {"names": ineligible}))
    if case.round is Round.REVOTE and case.write_ins:
        names: Facts = {"names": [*case.write_ins]}
        reasons.append(Reason(rules.articles.election, ReasonKind.NOT_STANDING, names))
    return reasons
