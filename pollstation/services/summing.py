"""The count station by station: what the summary of a counting site and of the committee adds up."""

from collections.abc import Iterable

import msgspec

from pollstation.domain.accounts import Figures, figures
from pollstation.domain.contests import Contest, Station
from pollstation.domain.folds import fold_all
from pollstation.domain.station_totals import owners, totals_by_station
from pollstation.domain.write_ins import WriteIns
from pollstation.services.consolidating import CountingBundle
from pollstation.services.ports import Reading


class StationShare(msgspec.Struct, frozen=True, kw_only=True):
    """What one polling station contributed to a count."""

    station: Station
    totals: dict[str, int]


class StationFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one contest at one polling station."""

    station: Station
    figures: Figures


def shares(unit: Reading) -> list[StationShare]:
    """The totals of every station counted here, or of this one where the count is elsewhere.

    With several stations the whole journal is read: ask once for all contests.
    """
    plan = unit.plan
    stations = plan.counted or (plan.station,)
    if len(stations) == 1:
        return [StationShare(station=stations[0], totals=unit.totals())]
    entries = unit.entries()
    states, _totals = fold_all(entries)
    # a desk that has written of nobody but voters is one of this station's
    owner = dict.fromkeys((entry.device for entry in entries), plan.station.id) | owners(entries)
    by_station = totals_by_station(plan, states, entries, owner)
    return [StationShare(station=each, totals=by_station.get(each.id, {})) for each in stations]


def contest_at_stations(
    contest: Contest, counted: Iterable[StationShare], names: WriteIns
) -> list[StationFigures]:
    """The contest at every station that has it.

    Args:
        counted: as :func:`shares` divides a count.
        names: which spellings of names written in count as one.
    """
    return [
        StationFigures(station=share.station, figures=figures(contest, share.totals, names))
        for share in counted
        if contest.id in share.station.contests
    ]


def contest_in_bundles(contest: Contest, sources: Iterable[CountingBundle]) -> list[StationFigures]:
    """The contest at every station of the sites that handed over ``sources``, site by site."""
    return [
        StationFigures(
            station=station,
            figures=figures(contest, source.by_station.get(station.id, {}), source.names.get(contest.id)),
        )
        for source in sources
        for station in source.plan.counted
        if contest.id in station.contests
    ]
