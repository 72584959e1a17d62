"""当选人和参选情况统计表: who was elected, in groups, and how many took part, and how."""

import msgspec

from pollstation.services.forms.parts import FormHead
from pollstation.services.statistics import ElectedCounts, StationTurnout


class StatisticsForm(msgspec.Struct, frozen=True, kw_only=True):
    """Groups of those elected, by body, and turnout by station; ``confirmed`` when every contest is."""

    head: FormHead
    confirmed: bool
    elected: tuple[ElectedCounts, ...]
    turnout: tuple[StationTurnout, ...]
