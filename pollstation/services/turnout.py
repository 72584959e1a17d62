"""Turnout: by the hour, by contest, by voters' group. Only the groups need the register."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from pollstation.domain.accounts import participants
from pollstation.domain.ballots import VoterRecord
from pollstation.services.checkpoints import journal_code
from pollstation.services.ports import Reading

HOUR = timedelta(hours=1)


class HourLine(msgspec.Struct, frozen=True, kw_only=True):
    """How many voters had taken part by ``until`` (aware): in the hour before it, and in all."""

    until: datetime
    within: int
    voted: int


class ShareLine(msgspec.Struct, frozen=True, kw_only=True):
    """Voters of one contest (by its id) or of one group (by its name), and how many took part."""

    name: str
    registered: int
    voted: int


class Turnout(msgspec.Struct, frozen=True, kw_only=True):
    """The turnout of one moment; nothing in it is about a person."""

    now: datetime
    registered: int
    voted: int
    hours: tuple[HourLine, ...]
    """From the first voter on; the last line stands at this moment where its hour is not over."""
    contests: tuple[ShareLine, ...]
    code: str
    """Short code of the journal's head."""


def turnout(unit: Reading) -> Turnout:
    """The turnout now, from totals alone."""
    return Turnout(
        now=unit.now,
        registered=unit.total("registered"),
        voted=participants(unit.totals("participants/")),
        hours=hours(unit.totals("turnout/"), unit.now),
        contests=tuple(
            ShareLine(
                name=contest.id,
                registered=unit.total(f"registered/{contest.id}"),
                voted=unit.total(f"marked/{contest.id}"),
            )
            for contest in unit.plan.contests
        ),
        code=journal_code(unit),
    )


def hours(totals: Mapping[str, int], now: datetime) -> tuple[HourLine, ...]:
    """Hour by hour out of totals such as ``turnout/2026-12-06T03`` (UTC), hours without voters included."""
    counts = {_hour(name): count for name, count in totals.items() if name.startswith("turnout/")}
    lines: list[HourLine] = []
    at, voted = min(counts, default=now), 0
    while counts and at <= max(counts):
        within = counts.get(at, 0)
        voted += within
        end = at + HOUR
        until = now if at <= now < end else end
        lines.append(HourLine(until=until, within=within, voted=voted))
        at = end
    return tuple(lines)


def _hour(name: str) -> datetime:
    return datetime.strptime(name.partition("/")[2], "%Y-%m-%dT%H").replace(tzinfo=UTC)


class GroupKeeper:
    """Turnout by voters' group, kept up to date by what changed; goes through the register once."""

    def __init__(self, unit: Reading) -> None:
        self._group = dict(unit.groups())
        self._took_part = set(unit.took_part())

    def lines(self) -> tuple[ShareLine, ...]:
        """Every group in the order of the register."""
        voted = Counter(map(self._group.get, self._took_part))
        return tuple(
            ShareLine(name=group, registered=count, voted=voted[group])
            for group, count in Counter(self._group.values()).items()
        )

    def changed(self, unit: Reading, streams: Iterable[str]) -> None:
        """Look again at the voters among ``streams``, those who came onto the list among them."""
        for stream in streams:
            concept, _, token = stream.partition(":")
            if concept == "voter":
                self._group[token] = unit.voter(token).group
                took_part = bool(unit.state(stream, VoterRecord).issues)
                (self._took_part.add if took_part else self._took_part.discard)(token)


def per_cent(voted: int, registered: int) -> str:
    """The share with one decimal place, rounded half up, such as ``60.5``; of nobody it is ``0.0``."""
    tenths = (voted * 2000 + registered) // (2 * registered) if registered else 0
    return f"{tenths // 10}.{tenths % 10}"
