"""How the result stands, and the tables in which the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pollstation.desktop.theme import Kind
from pollstation.desktop.widgets.simple_table import Cell, Chip
from pollstation.documents import result_filling
from pollstation.domain.day import Day
from pollstation.domain.errors import Refusal
from pollstation.i18n import _
from pollstation.services import determining, write_ins
from pollstation.services.forms.result_sheet import ResultSheetForm
from pollstation.services.guards import this_day
from pollstation.services.ports import Reading
from pollstation.services.write_ins import WrittenName
from pollstation.wording.forms import STANDINGS
from pollstation.wording.rounds import hint

STANDING_KINDS = {
    "elected": Kind.GOOD,
    "pending": Kind.CAUTION,
    "revote": Kind.CAUTION,
    "fresh": Kind.CAUTION,
}


@dataclass(frozen=True)
class Standing:
    """How the result stands: each contest as its sheet shows it, and what still stands against it."""

    day: Day
    sheets: dict[str, ResultSheetForm]
    written: dict[str, list[WrittenName]]
    """Names written in, by contest, each with the spellings that count for it."""
    against: list[Refusal]


def standing(unit: Reading) -> Standing:
    """Read it, all of one moment."""
    contests = [each.id for each in unit.plan.contests]
    return Standing(
        day=this_day(unit),
        sheets={contest: result_filling.result_sheet(unit, contest) for contest in contests},
        written={contest: write_ins.written_names(unit, contest) for contest in contests},
        against=determining.obstacles(unit),
    )


def next_round(sheet: ResultSheetForm) -> str:
    """Which round comes after this result, if one does."""
    if sheet.outcome is None or sheet.head.round is None:
        return ""
    names = [each.name for each in sheet.people if each.standing in ("revote", "fresh")]
    return hint(sheet.outcome, sheet.head.round, sheet.seats, sheet.seats_left, names)


def _spelt(written: Sequence[WrittenName]) -> dict[str, str]:
    """Names under which several spellings are counted, with how often each was read."""
    return {
        one.name: _(", ").join(
            _("{name} {count}", name=spelling, count=votes) for spelling, votes in one.readings.items()
        )
        for one in written
        if list(one.readings) != [one.name]
    }


def people(
    sheet: ResultSheetForm, written: Sequence[WrittenName], *, complete: bool
) -> tuple[list[str], list[list[Cell]]]:
    """Headings and rows of everybody voted for; nobody's standing is told before all is ``complete``."""
    lines: list[list[Cell]] = []
    spelt = _spelt(written)
    for person in sheet.people:
        name = _("Other name: {name}", name=person.name) if person.write_in else person.name
        if person.write_in and person.name in spelt:
            name = _("{name} (as written: {spellings})", name=name, spellings=spelt[person.name])
        against = "" if person.against is None else person.against
        abstain = "" if person.abstain is None else person.abstain
        where = person.standing if complete else "undecided"
        chip = Chip(_(STANDINGS[where]), STANDING_KINDS.get(where, Kind.PLAIN))
        lines.append([name, person.votes_for, against, abstain, chip])
    return [_("Name"), _("For ○"), _("Against ×"), _("Abstain"), _("Standing")], lines


def figures(sheet: ResultSheetForm) -> list[list[Cell]]:
    """Voters and ballots, two figures in a row."""
    counted = sheet.figures
    pairs = [
        (_("Registered"), counted.registered),
        (_("Took part"), counted.participants),
        (_("Net issued"), counted.issued),
        (_("Collected"), counted.collected),
        (_("Valid"), counted.valid),
        (_("Void"), counted.void),
        (_("Not returned"), counted.not_returned),
        (_("Seats"), sheet.seats),
    ]
    return [[*pairs[place], *pairs[place + 1]] for place in range(0, len(pairs), 2)]
