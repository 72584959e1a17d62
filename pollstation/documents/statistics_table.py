"""当选人和参选情况统计表: those elected by group, and the turnout by station and by way of voting."""

from collections.abc import Mapping, Sequence

from pollstation.documents.layout import Block, Content, Text, figure, row
from pollstation.documents.paper import LaidOut, Paper
from pollstation.domain.candidates import AgeBand, Education
from pollstation.i18n import N_
from pollstation.services.forms.statistics import StatisticsForm
from pollstation.services.statistics import UNSTATED, ElectedCounts, StationTurnout
from pollstation.services.turnout import per_cent

TITLE = N_("Statistics of those elected and of the turnout")

_ROLES = (N_("Drawn up by"), N_("Verified by"))
_NOT_STATED = N_("not stated")
_GROUPS: dict[str, tuple[str, Mapping[str, str]]] = {
    "age": (
        N_("Age on election day"),
        {
            AgeBand.YOUNG: N_("35 and younger"),
            AgeBand.MIDDLE: N_("36 to 55"),
            AgeBand.OLDER: N_("56 and older"),
        },
    ),
    "education": (
        N_("Education"),
        {
            Education.POSTGRADUATE: N_("postgraduate"),
            Education.BACHELOR: N_("university"),
            Education.COLLEGE: N_("college"),
            Education.SENIOR: N_("senior secondary"),
            Education.JUNIOR: N_("junior secondary"),
            Education.PRIMARY: N_("primary or less"),
        },
    ),
    "sex": (N_("Sex"), {"male": N_("male"), "female": N_("female")}),
    "party": (
        N_("Party membership"),
        {"yes": N_("member of the Communist Party of China"), "no": N_("not a member")},
    ),
    "re_elected": (N_("Re-elected"), {"yes": N_("re-elected"), "no": N_("elected for the first time")}),
}
"""By the field of ``ElectedCounts``: what is counted, and its groups in the order of the reports."""


def lay_out(form: StatisticsForm, languages: Sequence[str]) -> LaidOut:
    """The statistics, in one or both languages."""
    paper = Paper(TITLE, form.head, languages)

    def make(height: float) -> list[Block]:
        return [
            *paper.opening(height * 0.85),
            *_elected(paper, form, height * 0.75),
            *_turnout(paper, form, height * 0.75),
        ]

    return paper.laid_out(make, paper.signatures(_ROLES))


def _elected(paper: Paper, form: StatisticsForm, height: float) -> list[Block]:
    bodies = form.elected
    shares = (2, 2.6, *[2.4] * len(bodies))
    heads = [
        *paper.labels((N_("Counted by"), N_("Category"))),
        *(Text(paper.word(each.level), 9.5) for each in bodies),
    ]
    rows: list[Sequence[Content]] = [
        [Text(("",)), paper.label(N_("Elected")), *(figure(each.elected) for each in bodies)]
    ]
    for field, (title, groups) in _GROUPS.items():
        stated = [getattr(each, field) for each in bodies]
        known, unknown = [*groups.items()], [(UNSTATED, _NOT_STATED)]
        names = (known if any(set(groups) & set(n) for n in stated) else []) + (
            unknown if any(UNSTATED in n for n in stated) else []
        )
        rows += [
            [
                paper.label(title) if at == 0 else Text(("",)),
                paper.label(name, "left"),
                *(_share(each, counts.get(group, 0)) for each, counts in zip(bodies, stated, strict=True)),
            ]
            for at, (group, name) in enumerate(names)
        ]
    note = N_("Of the proposed result: the election committee has not confirmed all of it yet.")
    return [
        *paper.section(N_("Those elected")),
        *([] if form.confirmed else [row([(1, paper.label(note))], 0)._replace(keep=True)]),
        *paper.table(shares, heads, rows, height),
    ]


def _share(body: ElectedCounts, count: int) -> Text:
    if not body.elected:
        return Text(("—",))
    return Text((f"{count} ({per_cent(count, body.elected)}%)",), 11, bold=count > 0)


def _turnout(paper: Paper, form: StatisticsForm, height: float) -> list[Block]:
    """Every station; of those who took part, how many in each way, with their share."""
    heads = (
        *(N_("Polling station"), N_("Registered"), N_("Took part"), N_("Turnout")),
        *(N_("In person"), N_("On mobile boxes"), N_("By proxy")),
    )
    lines = [*form.turnout, *([_whole(form.turnout)] if len(form.turnout) > 1 else [])]
    rows = [
        (
            Text((line.station,) if line.station else paper.say(N_("Total")), 10, not line.station, "left"),
            *(figure(number, 11) for number in (line.registered, line.participants)),
            Text((f"{per_cent(line.participants, line.registered)}%",), 11, bold=True),
            *(_way(line, number) for number in (line.in_person, line.mobile, line.proxies)),
        )
        for line in lines
    ]
    shares = (2.9, 1.35, 1.35, 1.2, 1.9, 1.9, 1.9)
    return [
        *paper.section(N_("Turnout by polling station, and how people voted")),
        *paper.table(shares, paper.labels(heads), rows, height),
    ]


def _way(line: StationTurnout, number: int) -> Text:
    return Text((f"{number} ({per_cent(number, line.participants)}%)",), 9.5)


def _whole(lines: Sequence[StationTurnout]) -> StationTurnout:
    return StationTurnout(
        station="",
        registered=sum(line.registered for line in lines),
        participants=sum(line.participants for line in lines),
        in_person=sum(line.in_person for line in lines),
        proxies=sum(line.proxies for line in lines),
        mobile=sum(line.mobile for line in lines),
    )
