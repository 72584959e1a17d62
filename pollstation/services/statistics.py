"""Statistics of those elected and of the turnout, as the reports of an election give them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from pollstation.domain.accounts import participants
from pollstation.domain.ballots import Channel
from pollstation.domain.candidates import AboutCandidate
from pollstation.domain.contests import Contest, Office
from pollstation.services.determining import ContestResult
from pollstation.services.summing import StationShare

UNSTATED = ""
"""The group of those about whom the committee stated nothing."""


class ElectedCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Those elected to one body, by group: the number of people by the name of the group, unstated last."""

    level: Office
    elected: int
    age: dict[str, int]
    """By ``AgeBand``, on election day."""
    education: dict[str, int]
    sex: dict[str, int]
    party: dict[str, int]
    """``yes``: members of the Communist Party of China; ``no``."""
    re_elected: dict[str, int]


class StationTurnout(msgspec.Struct, frozen=True, kw_only=True):
    """Voters registered at one station, those who took part, and how."""

    station: str
    registered: int
    participants: int
    in_person: int
    proxies: int
    mobile: int


def of_elected(day: date, results: Sequence[ContestResult]) -> tuple[ElectedCounts, ...]:
    """Those elected, body by body in the order of the contests; who is written in counts as unstated.

    Args:
        day: election day, on which ages are taken.
    """
    levels = dict.fromkeys(each.contest.office for each in results)
    return tuple(
        _counts(level, day, [each for each in results if each.contest.office is level]) for level in levels
    )


def _counts(level: Office, day: date, results: Iterable[ContestResult]) -> ElectedCounts:
    people = [about for each in results for about in _elected(each.contest, each)]
    return ElectedCounts(
        level=level,
        elected=len(people),
        age=_grouped(about.age_band(day) or UNSTATED for about in people),
        education=_grouped(about.education or UNSTATED for about in people),
        sex=_grouped(about.sex for about in people),
        party=_grouped(_yes_or_no(about.party_member) for about in people),
        re_elected=_grouped(_yes_or_no(about.re_elected) for about in people),
    )


def _elected(contest: Contest, judged: ContestResult) -> list[AboutCandidate]:
    names = judged.result.elected if judged.result else []
    return [contest.about.get(name, AboutCandidate()) for name in names]


def _yes_or_no(stated: bool | None) -> str:
    return UNSTATED if stated is None else ("yes" if stated else "no")


def _grouped(groups: Iterable[str]) -> dict[str, int]:
    return dict(Counter(str(group) for group in groups))


def of_turnout(shares: Iterable[StationShare]) -> tuple[StationTurnout, ...]:
    """Turnout of every polling station, counted in voters."""
    return tuple(
        StationTurnout(
            station=share.station.name,
            registered=share.totals.get("registered", 0),
            participants=participants(share.totals),
            in_person=share.totals.get(f"participants/{Channel.IN_PERSON}", 0),
            proxies=share.totals.get(f"participants/{Channel.PROXY}", 0),
            mobile=share.totals.get(f"participants/{Channel.MOBILE}", 0),
        )
        for share in shares
    )
