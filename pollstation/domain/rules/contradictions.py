"""Figures that cannot be: a case with any of these is no case, and each fault names its field.

More ballots than voters is *not* among them: that can happen, and the law has its answer (INVALID_EXCESS).
"""

from collections.abc import Iterator

from pollstation.domain.profiles import PROFILES
from pollstation.domain.rules.cases import Case, Reason, ReasonKind

COUNTS = ("registered", "participants", "issued", "collected", "void")


def contradictions(case: Case) -> list[Reason]:
    """Everything in ``case`` that cannot be; empty when it can be judged."""
    impossible = [*_signs(case), *_names(case)]
    return impossible or [*_limits(case), *_votes(case)]


def _fault(kind: ReasonKind, field: str, article: str = "", /, **facts: int | str | list[str]) -> Reason:
    return Reason(article, kind, {"field": field, **facts})


def _signs(case: Case) -> Iterator[Reason]:
    profile = PROFILES.get(case.profile)
    if profile is None:
        yield _fault(ReasonKind.PROFILE_UNKNOWN, "profile", value=case.profile, known=list(PROFILES))
    elif profile.seats_most is not None and case.seats > profile.seats_most:
        article = profile.articles.seats
        yield _fault(ReasonKind.SEATS_RANGE, "seats", article, value=case.seats, most=profile.seats_most)
    if case.seats < 1:
        yield _fault(ReasonKind.NEGATIVE, "seats", value=case.seats, least=1)
    for field in COUNTS:
        value = getattr(case, field)
        if value is not None and value < 0:
            yield _fault(ReasonKind.NEGATIVE, field, value=value, least=0)
    for field, tally in (("votes", case.votes), ("write_ins", case.write_ins)):
        for name, votes in tally.items():
            if votes < 0:
                yield _fault(ReasonKind.NEGATIVE, f"{field}.{name}", value=votes, least=0)


def _names(case: Case) -> Iterator[Reason]:
    for field in ("votes", "write_ins", "eligible", "ineligible"):
        if any(not name.strip() for name in getattr(case, field)):
            yield _fault(ReasonKind.NAMELESS, field)
    for name in case.write_ins:
        if name in case.votes:
            yield _fault(ReasonKind.NAME_TWICE, "write_ins", name=name, other="votes")
    for name in sorted(set(case.eligible) & set(case.ineligible)):
        yield _fault(ReasonKind.NAME_TWICE, "ineligible", name=name, other="eligible")


def _limits(case: Case) -> Iterator[Reason]:
    limits = [("void", case.void, "collected", case.collected)]
    if case.participants is not None:
        limits.append(("participants", case.participants, "registered", case.registered))
    else:
        limits.append(("issued", case.issued, "registered", case.registered))
    for field, value, other, most in limits:
        if value is not None and value > most:
            yield _fault(ReasonKind.MORE_THAN, field, value=value, other=other, most=most)


def _votes(case: Case) -> Iterator[Reason]:
    """A valid ballot gives a name one vote at most, and all names together as many as there are seats."""
    valid = max(case.collected - (case.void or 0), 0)
    for field, tally in (("votes", case.votes), ("write_ins", case.write_ins)):
        for name, votes in tally.items():
            if votes > valid:
                yield _fault(ReasonKind.VOTES_FOR_ONE, field, name=name, votes=votes, valid=valid)
    total = sum(case.votes.values()) + sum(case.write_ins.values())
    if total > case.seats * valid:
        yield _fault(ReasonKind.VOTES_FOR_ALL, "votes", votes=total, most=case.seats * valid)
