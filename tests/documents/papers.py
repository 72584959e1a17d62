"""Forms of the result as a committee may have to print them: 2 or 12 candidates, 1 station or 40."""

from datetime import date

import msgspec

from pollstation.domain.accounts import Figures
from pollstation.domain.contests import Level, Office, Station
from pollstation.domain.rules import Outcome, Reason, ReasonKind, Result
from pollstation.services.forms.announcement import NoticeOfElectionForm, PublicNoticeForm
from pollstation.services.forms.archive import ArchiveForm, BallotPackets, Kept, Papers
from pollstation.services.forms.result_sheet import PersonResult
from pollstation.services.forms.statistics import StatisticsForm
from pollstation.services.forms.summary import SummaryForm
from pollstation.services.statistics import ElectedCounts, StationTurnout
from pollstation.services.summing import StationFigures
from tests.documents.test_printed_forms import CONSTITUENCY, HEAD, NAMES, STATION_HEAD

SITE = msgspec.structs.replace(
    HEAD, committee="学府街道选举委员会", station_id="C1", station="师范学院中心会场", polls=False
)
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


def people_of(candidates: int, elected: int = 3) -> tuple[PersonResult, ...]:
    """Votes of everybody, the first ones elected; one name written in."""
    figures = figures_of(candidates)
    people = [
        PersonResult(
            name=name,
            votes_for=votes,
            against=figures.against[name],
            abstain=figures.abstain[name],
            standing="elected" if place < elected else "not_elected",
        )
        for place, (name, votes) in enumerate(figures.votes.items())
    ]
    return (*people, PersonResult(name="钱学文", write_in=True, votes_for=6, standing="not_elected"))


def public_notice(candidates: int, outcome: Outcome = Outcome.ELECTED) -> PublicNoticeForm:
    figures = figures_of(candidates)
    valid = outcome not in (Outcome.INVALID_TURNOUT, Outcome.INVALID_EXCESS)
    elected = (
        NAMES[: {Outcome.ELECTED: min(candidates, 3), Outcome.REVOTE: 1}.get(outcome, 1)] if valid else ()
    )
    turnout = {"participants": figures.participants, "registered": figures.registered}
    result = Result(
        id="county-3",
        outcome=outcome,
        needed=458,
        elected=list(elected),
        tied=list(NAMES[1:3]) if outcome is Outcome.REVOTE else [],
        seats_left=3 - len(elected),
        fresh_candidates=list(NAMES[1:5]) if outcome is Outcome.FRESH_ELECTION else [],
        reasons=[
            Reason("45", ReasonKind.TURNOUT_MET, dict(turnout)),
            Reason("45", ReasonKind.ELECTED, {"names": list(elected)}),
            Reason("46", ReasonKind.PROPOSAL),
        ],
    )
    return PublicNoticeForm(
        head=SITE,
        seats=3,
        figures=figures,
        people=people_of(candidates, len(elected)),
        result=result,
        confirmed_on=DAY,
    )


def notice(person: str = NAMES[0], level: Office = Level.COUNTY) -> NoticeOfElectionForm:
    return NoticeOfElectionForm(
        head=msgspec.structs.replace(SITE, level=level),
        person=person,
        votes=850,
        participants=914,
        confirmed_on=DAY,
    )


def statistics(stations: int, confirmed: bool = True) -> StatisticsForm:
    def counts(level: Level, **groups: dict[str, int]) -> ElectedCounts:
        return ElectedCounts(level=level, elected=sum(groups["sex"].values()), **groups)

    return StatisticsForm(
        head=STATION_HEAD,
        confirmed=confirmed,
        elected=(
            counts(
                Level.COUNTY,
                age={"up-to-35": 2, "36-to-55": 5, "over-55": 2},
                education={"bachelor": 5, "postgraduate": 1, "college": 3},
                sex={"male": 5, "female": 4},
                party={"yes": 6, "no": 3},
                re_elected={"yes": 4, "no": 5},
            ),
            counts(
                Level.TOWNSHIP,
                age={"up-to-35": 11, "36-to-55": 30, "over-55": 11, "": 1},
                education={"bachelor": 20, "senior": 22, "junior": 9, "primary": 1, "": 1},
                sex={"male": 29, "female": 23, "": 1},
                party={"yes": 31, "no": 21, "": 1},
                re_elected={"yes": 17, "no": 35, "": 1},
            ),
        ),
        turnout=tuple(
            StationTurnout(
                station=name,
                registered=1000 + at,
                participants=914 + at,
                in_person=760 + at,
                proxies=98,
                mobile=56,
            )
            for at, name in enumerate(station_names(stations))
        ),
    )


def archive(sealed: bool = True) -> ArchiveForm:
    counts = {Kept.VALID: 1939, Kept.VOID: 15, Kept.SPOILT: 4, Kept.UNUSED: 141, Kept.DAMAGED: 0}
    papers = {kept: at + 2 for at, kept in enumerate(Kept) if kept not in counts}
    return ArchiveForm(
        head=STATION_HEAD,
        ballots=tuple(
            BallotPackets(kept=kept, level=level, constituency=place, ballots=ballots)
            for level, place in ((Level.COUNTY, CONSTITUENCY), (Level.TOWNSHIP, "第七选区"))
            for kept, ballots in counts.items()
        ),
        papers=tuple(Papers(kept=kept, sheets=sheets) for kept, sheets in papers.items()),
        bundle="xuefu-2021-S01-counting.zip",
        sha256="0123456789abcdef" * 4 if sealed else "",
    )
