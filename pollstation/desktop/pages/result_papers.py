"""The papers that the result page offers, each filled from the journal when it is asked for."""

from collections.abc import Callable, Sequence

from pollstation.documents import AnyForm, announcing, result_filling
from pollstation.domain.day import Day
from pollstation.i18n import N_, _
from pollstation.services.ports import Reading

NAMES = {
    "result": N_("Election result report sheet"),
    "summary": N_("Summary over polling stations"),
    "statistics": N_("Statistics of those elected and of the turnout"),
    "public": N_("Public notice"),
    "letters": N_("Notices of election"),
}
"""In the order in which they are offered."""


def offered(day: Day, contest: str) -> list[tuple[str, str]]:
    """Key and name of each paper that can be had now; what is announced only after the confirmation."""
    confirmed = day.confirmed.get(contest)
    wanting = {"public": confirmed is None, "letters": confirmed is None or not confirmed.elected}
    return [(key, _(name)) for key, name in NAMES.items() if not wanting.get(key)]


def filling(key: str, contest: str) -> Callable[[Reading], Sequence[AnyForm]]:
    """How to fill one of them."""

    def fill(unit: Reading) -> Sequence[AnyForm]:
        match key:
            case "summary":
                return [announcing.summary(unit, contest)]
            case "statistics":
                return [announcing.statistics(unit)]
            case "public":
                return [announcing.public_notice(unit, contest)]
            case "letters":
                return announcing.notices_of_election(unit, contest)
        return [result_filling.result_sheet(unit, contest)]

    return fill
