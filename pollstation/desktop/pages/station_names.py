"""Contests, boxes and people as they stand in headings, tables and at the beginning of sentences."""

from collections.abc import Sequence

from pollstation.domain.contests import BallotBox, BoxKind, Contest, Plan
from pollstation.domain.staff import Person
from pollstation.i18n import _
from pollstation.wording import terms


def contest_title(contest: Contest) -> str:
    """What stands on the ballot paper, and its colour, by which officers tell papers apart."""
    title = terms.paper(contest)
    if contest.paper_colour:
        return _("{title} ({colour})", title=title, colour=contest.paper_colour)
    return title


def contest_titled(plan: Plan, contest: str) -> str:
    """The same by the contest's id."""
    return contest_title(plan.contest(contest))


def box_title(box: BallotBox) -> str:
    """A box by what is painted on it."""
    if box.kind is BoxKind.MOBILE:
        return _("Mobile box {label}", label=box.label)
    return _("Fixed box {label}", label=box.label)


def box_titled(plan: Plan, box: str) -> str:
    """The same by the box's id; boxes of other stations are named with their station."""
    known = plan.box(box)
    if known.station == plan.station.id:
        return box_title(known)
    return _("{box} of station {station}", box=box_title(known), station=known.station)


def person_named(people: Sequence[Person], person: str) -> str:
    """A person's name by their id."""
    return next((one.name for one in people if one.id == person), person)


def known_names(plan: Plan, people: Sequence[Person]) -> dict[str, str]:
    """Names of people, contests and boxes by their ids, as acts of the journal are told with."""
    contests = {contest.id: contest_title(contest) for contest in plan.contests}
    boxes = {
        box.id: box.label if box.station == plan.station.id else f"{box.station} {box.label}"
        for box in (*plan.station.boxes, *plan.counted_boxes)
    }
    return {person.id: person.name for person in people} | contests | boxes


def split_seals(text: str) -> list[str]:
    """The numbers of several seals as people type them: with spaces or any comma between."""
    for mark in ",，、;；":
        text = text.replace(mark, " ")
    return text.split()
