"""The register with its marks: who took part, when and how, in register order or by voters' group."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import groupby

import msgspec

from pollstation.domain.ballots import Channel, VoterRecord, voter_stream
from pollstation.domain.register import Voter
from pollstation.services.ports import Reading

SECTION_OF = 200
"""Voters in one section of a register in register order."""


class Order(StrEnum):
    """How the sections of a marked register are made."""

    GROUP = "group"
    NUMBER = "number"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One act of taking part."""

    time: str
    """In the journal's form."""
    channel: Channel
    contests: tuple[str, ...]
    """Contests it was for, where not all that the voter is entitled to."""
    from_paper: bool


class RegisterLine(msgspec.Struct, frozen=True, kw_only=True):
    """One voter and their marks."""

    number: int
    name: str
    card: str
    marks: tuple[Mark, ...] = ()
    authority: str = ""
    """Number of a written authority that has not been used yet."""
    conflict: bool = False
    struck: bool = False
    """Struck off the list on the day."""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the register that is printed, and printed again, as one."""

    place: int
    """From 1."""
    name: str
    """Of the group, or the numbers it goes from and to."""
    lines: tuple[RegisterLine, ...]

    @property
    def marked(self) -> int:
        """Voters who took part."""
        return sum(bool(line.marks) for line in self.lines)


def marked_register(unit: Reading, order: Order) -> list[Section]:
    """The whole register, section by section."""
    keeper = RegisterKeeper(unit, order)
    return keeper.everything()


class RegisterKeeper:
    """A marked register that is kept up to date by what changed; reads the register once."""

    def __init__(self, unit: Reading, order: Order) -> None:
        self._titles = {contest.id: contest.title or contest.id for contest in unit.plan.contests}
        records = unit.states("voter:", VoterRecord)
        self._voters: dict[str, Voter] = {}
        self._lines: dict[str, RegisterLine] = {}
        self._section_of: dict[str, int] = {}
        self._sections: list[tuple[str, list[str]]] = []
        for place, (name, voters) in enumerate(_dealt_out(unit.voters(), order), start=1):
            self._sections.append((name, [voter.token for voter in voters]))
            for voter in voters:
                self._voters[voter.token] = voter
                self._section_of[voter.token] = place
                self._lines[voter.token] = self._line(voter, records.get(voter_stream(voter.token)))

    def everything(self) -> list[Section]:
        """Every section as it stands."""
        return [self._section(place) for place in range(1, len(self._sections) + 1)]

    def knows(self, streams: Iterable[str]) -> bool:
        """Whether all of these voters stood in the register when it was read; late ones do not."""
        return all(stream.removeprefix("voter:") in self._voters for stream in streams)

    def changed(self, unit: Reading, streams: Iterable[str]) -> list[Section]:
        """The sections that are not what they were, now that ``streams`` have changed."""
        places = set()
        for stream in streams:
            token = stream.removeprefix("voter:")
            self._lines[token] = self._line(self._voters[token], unit.state(stream, VoterRecord))
            places.add(self._section_of[token])
        return [self._section(place) for place in sorted(places)]

    def _section(self, place: int) -> Section:
        name, tokens = self._sections[place - 1]
        return Section(place=place, name=name, lines=tuple(self._lines[token] for token in tokens))

    def _line(self, voter: Voter, record: VoterRecord | None) -> RegisterLine:
        line = RegisterLine(number=voter.number, name=voter.name, card=voter.card)
        if record is None:
            return line
        return msgspec.structs.replace(
            line,
            marks=tuple(self._marks(voter, record)),
            authority=record.authority.number if record.authority and not record.issues else "",
            conflict=record.in_conflict,
            struck=bool(record.struck),
        )

    def _marks(self, voter: Voter, record: VoterRecord) -> Iterable[Mark]:
        """One mark for the ballots of one act."""
        acts = groupby(record.issues, lambda issue: (issue.time, issue.channel, issue.from_paper))
        for (time, channel, from_paper), issues in acts:
            contests = tuple(issue.contest for issue in issues)
            some = () if set(contests) == set(voter.contests) else contests
            titles = tuple(self._titles.get(contest, contest) for contest in some)
            yield Mark(time=time, channel=channel, contests=titles, from_paper=from_paper)


def _dealt_out(voters: Sequence[Voter], order: Order) -> list[tuple[str, list[Voter]]]:
    if order is Order.GROUP:
        groups: dict[str, list[Voter]] = {}
        for voter in voters:
            groups.setdefault(voter.group, []).append(voter)
        return list(groups.items())
    parts = [list(voters[at : at + SECTION_OF]) for at in range(0, len(voters), SECTION_OF)]
    return [(f"{part[0].number}–{part[-1].number}", part) for part in parts]
