"""What every form filled from a journal begins with: its head, names of people and boxes, explanations."""

from datetime import datetime

from pollstation.domain.contests import BallotBox, Contest
from pollstation.domain.journal import Entry
from pollstation.domain.rules import Round
from pollstation.services import forms
from pollstation.services.checkpoints import journal_code
from pollstation.services.ports import Reading


def form_head(unit: Reading, contest: Contest | None = None) -> forms.FormHead:
    """Where and when a form of this station belongs, and the journal's code now."""
    election, station, last = unit.plan.election, unit.plan.station, unit.head()
    return forms.FormHead(
        election=election.title,
        level=contest.office if contest else None,
        constituency=constituency_named(contest) if contest else "",
        station_id=station.id,
        station=station.name,
        polls=station.polls,
        day=election.day,
        round=Round(contest.round) if contest else None,
        rehearsal=election.rehearsal,
        journal_code=journal_code(unit),
        journal_position=f"{last.device}-{last.number}" if last else "",
        printed_at=unit.now.astimezone(),
    )


def constituency_named(contest: Contest) -> str:
    """The constituency of a ballot paper as forms name it."""
    return contest.constituency or contest.title or contest.id


def painted(unit: Reading, box: BallotBox) -> str:
    """What is painted on the box; where boxes of several stations come together, its station's name too."""
    if len(unit.plan.counted) < 2:
        return box.label
    station = next(each for each in unit.plan.counted if each.id == box.station)
    return f"{station.name} {box.label}"


def names_of_people(unit: Reading) -> dict[str, str]:
    """Names of those appointed here, by id."""
    return {person.id: person.name for person in unit.people()}


def people_of(unit: Reading, station: str, entry: Entry, *ids: str) -> tuple[str, ...]:
    """Names of those who did ``entry``; ids where they are of another ``station``, which kept the names."""
    if entry.private is None:
        return tuple(f"{station}/{each}" for each in ids if each)
    names = names_of_people(unit)
    return tuple(names.get(each, each) for each in ids if each)


def local_time(entry: Entry) -> datetime:
    """When an entry was written, on this computer's clock."""
    return entry.moment().astimezone()


def explanation(unit: Reading, station: str, entry: Entry, words: str = "text") -> forms.Explanation:
    """What two people of ``station`` wrote, kept under ``words``."""
    return forms.Explanation(
        text=str(entry.private.facts[words]) if entry.private else "",
        people=people_of(unit, station, entry, entry.actor, entry.witness),
    )
