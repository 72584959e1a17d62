"""汇总表: what the summary of one contest over its polling stations shows."""

import msgspec

from pollstation.domain.accounts import Figures
from pollstation.services.forms.parts import FormHead
from pollstation.services.summing import StationFigures


class SummaryForm(msgspec.Struct, frozen=True, kw_only=True):
    """One line for each polling station, and the ``total`` that stands on the result report sheet."""

    head: FormHead
    seats: int
    stations: tuple[StationFigures, ...]
    total: Figures
