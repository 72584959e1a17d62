"""参选情况报告单: what the turnout slip shows."""

from datetime import datetime

import msgspec

from pollstation.domain.contests import Office
from pollstation.services.forms.parts import FormHead
from pollstation.services.turnout import HourLine


class ContestTurnout(msgspec.Struct, frozen=True, kw_only=True):
    """Voters entitled to one ballot paper, and those who took part."""

    level: Office
    constituency: str
    registered: int
    voted: int


class TurnoutSlipForm(msgspec.Struct, frozen=True, kw_only=True):
    """The turnout at one moment, by ballot paper and by the hour."""

    head: FormHead
    until: datetime
    registered: int
    voted: int
    hours: tuple[HourLine, ...]
    contests: tuple[ContestTurnout, ...]
