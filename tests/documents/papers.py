"""Forms of the result as a committee may have to print them: 2 or 12 candidates, 1 station or 40."""

from datetime import date

import msgspec

from pollstation.domain.accounts import Figures
from pollstation.domain.contests import Station
from pollstation.services.forms.summary import SummaryForm
from pollstation.services.summing import StationFigures
from tests.documents.test_printed_forms import HEAD, NAMES

SITE = msgspec.structs.replace(HEAD, station_id="C1", station="师范学院中心会场", polls=False)
DAY = date(2026, 11, 22)


def station_names(count: int) -> list[str]:
    """Names as they are given to polling stations, some of them long."""
    places = (
        "师范学院体育馆",
        "第一中学",
        "机械厂家属区",
        "柳树巷居民委员会",
        "河东新村联合选区流动人口服务中心",
    )
    return [f"{places[at % len(places)]}第{at + 1}投票站" for at in range(count)]


def figures_of(candidates: int, at: int = 0) -> Figures:
    """The figures of one station; every one of them another number."""
    names = NAMES[:candidates]
    base = 1000 + 31 * at
    return Figures(
        contest="county-3",
        registered=base,
        participants=base - 86,
        in_person=base - 240,
        proxies=98 + at,
        mobile=56 - at,
        received=base + 59,
        issued=base - 85,
        spoilt=4 + at,
        unused=141,
        collected=base - 87,
        valid=base - 102,
        void=15,
        votes={name: base - 150 - 61 * place for place, name in enumerate(names)},
        against={name: 40 + 61 * place for place, name in enumerate(names)},
        abstain=dict.fromkeys(names, 8),
        write_ins={"钱学文": 6 + at},
    )


def added(many: list[Figures]) -> Figures:
    """The figures of several stations in one."""

    def total(values: list[object]) -> object:
        first = values[0]
        if isinstance(first, int):
            return sum(value for value in values if isinstance(value, int))
        if isinstance(first, dict):
            return {name: sum(v[name] for v in values if isinstance(v, dict)) for name in first}
        return first

    fields = Figures.__struct_fields__
    return msgspec.convert({name: total([getattr(each, name) for each in many]) for name in fields}, Figures)


def summary(candidates: int, stations: int) -> SummaryForm:
    lines = [
        StationFigures(
            station=Station(id=f"S{at + 1:02}", name=name, contests=("county-3",)),
            figures=figures_of(candidates, at),
        )
        for at, name in enumerate(station_names(stations))
    ]
    return SummaryForm(
        head=SITE, seats=3, stations=tuple(lines), total=added([line.figures for line in lines])
    )
