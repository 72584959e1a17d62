"""The turnout slip filled from a station's journal."""

from pollstation.documents.form_parts import form_head
from pollstation.services.forms import ContestTurnout, TurnoutSlipForm
from pollstation.services.ports import Reading
from pollstation.services.turnout import turnout


def turnout_slip(unit: Reading) -> TurnoutSlipForm:
    """The turnout as it stands now."""
    now = turnout(unit)
    named = {contest.id: contest for contest in unit.plan.contests}
    return TurnoutSlipForm(
        head=form_head(unit),
        until=now.now,
        registered=now.registered,
        voted=now.voted,
        hours=now.hours,
        contests=tuple(
            ContestTurnout(
                level=named[line.name].office,
                constituency=form_head(unit, named[line.name]).constituency,
                registered=line.registered,
                voted=line.voted,
            )
            for line in now.contests
        ),
    )
