"""流动票箱登记表 and the run sheet: what the crew of a mobile box takes along, and what it brings back."""

from collections.abc import Sequence

from pollstation.documents.layout import Block, Content, Text, figure, hour, known, row, table, together
from pollstation.documents.paper import LaidOut, Paper
from pollstation.documents.station_account import custody_step
from pollstation.domain.accounts import Standing
from pollstation.i18n import N_, _
from pollstation.services.forms.mobile_box import (
    MobileBallots,
    MobileRecordForm,
    RunSheetForm,
    ServedVoter,
    VoterToVisit,
)
from pollstation.services.forms.parts import AccountLine, Explanation
from pollstation.services.forms.station_account import HandOver
from pollstation.wording.forms import EQUATIONS

RUN_SHEET = N_("Run sheet of the mobile box")
RECORD = N_("Mobile box record")

_ROLES = (N_("Scrutineer"), N_("Scrutineer"), N_("Officer"), N_("Chair"))
_LINES_FOR_THE_PEN = 4
"""Empty lines on the run sheet: for who asks on the way."""


def run_sheet(form: RunSheetForm, languages: Sequence[str]) -> LaidOut:
    """The list of voters to visit, in the order of the route, with a column to sign."""
    paper = Paper(RUN_SHEET, form.head, languages)

    def make(height: float) -> list[Block]:
        details = [
            (N_("Mobile box"), (form.box,)),
            (N_("Area"), (form.area or "—",)),
            (N_("Back by"), (hour(form.due) or "—",)),
            (N_("Voters to visit"), (str(len(form.voters)),)),
        ]
        return [
            *paper.opening(height, details),
            *_way(paper, form.crew, form.stops, height),
            *_to_visit(paper, form, height),
            *_for_the_pen(paper, height),
        ]

    return paper.laid_out(make, paper.signatures(_ROLES))


def _way(paper: Paper, crew: Sequence[str], stops: Sequence[str], height: float) -> list[Block]:
    lines = [(N_("Crew"), "、".join(crew) or "—"), (N_("Route"), " → ".join(stops) or "—")]
    return [
        row([(1, paper.label(name)), (5.4, Text((words,), 11, align="left"))], height)
        for name, words in lines
    ]


def _to_visit(paper: Paper, form: RunSheetForm, height: float) -> list[Block]:
    heads = (
        *(N_("No."), N_("Name"), N_("Voter card"), N_("Where, and wish")),
        *(N_("Papers"), N_("Signature or fingerprint of the voter")),
    )
    rows = [
        (
            Text((str(number),), 11),
            Text((voter.name,), 12, bold=True),
            Text((voter.card,), 10),
            Text(_where(voter), 9.5, align="left", equal=True),
            figure(voter.contests),
            Text(("",)),
        )
        for number, voter in enumerate(form.voters, start=1)
    ]
    return [
        *paper.section(N_("Voters to visit, in this order")),
        *table((0.7, 1.7, 1.7, 3, 0.9, 2.6), paper.labels(heads), rows, height),
    ]


def _where(voter: VoterToVisit) -> tuple[str, ...]:
    return tuple(filter(None, (voter.stop, voter.address, voter.wish))) or ("—",)


def _for_the_pen(paper: Paper, height: float) -> list[Block]:
    heads = (
        N_("Name and voter card"),
        N_("Why without a request"),
        N_("Signature or fingerprint of the voter"),
    )
    empty = (Text(("",)),) * len(heads)
    return [
        *paper.section(N_("Others who ask on the way (the reason is written down)")),
        *table((3, 3, 2.6), paper.labels(heads), [empty] * _LINES_FOR_THE_PEN, height),
        *together(_counts_for_the_pen(paper, height)),
    ]


def _counts_for_the_pen(paper: Paper, height: float) -> list[Block]:
    asked = (N_("Signatures"), N_("Blank ballots brought back"), N_("Spoilt ballots brought back"))
    return [*paper.section(N_("Counted at the return")), *paper.band(height, [(one, None) for one in asked])]


def lay_out(form: MobileRecordForm, languages: Sequence[str]) -> LaidOut:
    """The mobile box record."""
    paper = Paper(RECORD, form.head, languages)

    def make(height: float) -> list[Block]:
        details = [
            (N_("Mobile box"), (form.box,)),
            (N_("Area"), (form.area or "—",)),
            (N_("Voters written down"), (str(len(form.voters)),)),
            (N_("Approved requests not served"), (str(form.open_requests),)),
        ]
        return [
            *paper.opening(height, details),
            *_way(paper, form.crew, form.stops, height),
            *_ballots(paper, form.ballots, height),
            *_custody(paper, form.record.custody, height),
            *paper.findings(height, _findings(paper, form)),
            *_served(paper, form.voters, height),
        ]

    return paper.laid_out(make, paper.signatures(_ROLES))


def _ballots(paper: Paper, ballots: Sequence[MobileBallots], height: float) -> list[Block]:
    heads = (
        *(N_("Ballot paper"), N_("Taken out"), N_("Issued on the way"), N_("Blank back")),
        *(N_("Spoilt back"), N_("Signatures"), N_("Check")),
    )
    rows = [
        (
            Text((each.constituency, *paper.word(each.level)), 10),
            *(figure(n) for n in (each.taken, each.issued, each.blank, each.spoilt)),
            known(each.signed),
            Text(_check(paper, each.lines), 10, equal=True),
        )
        for each in ballots
    ]
    return [
        *paper.section(N_("Ballots out, used and back")),
        *table((2.8, 1, 1.1, 1.1, 1.1, 1.3, 1.6), paper.labels(heads), rows, height),
    ]


def _check(paper: Paper, lines: Sequence[AccountLine]) -> tuple[str, ...]:
    """Whether the box's equations agree; one that does not is named under the findings."""
    standings = {line.standing for line in lines}
    for standing, words in (
        (Standing.DIFFERS, N_("Differs")),
        (Standing.OPEN, N_("Not complete yet")),
        (Standing.EXPLAINED, N_("Explained")),
    ):
        if standing in standings:
            return paper.say(words)
    return paper.say(N_("Agrees"))


def _custody(paper: Paper, links: Sequence[HandOver], height: float) -> list[Block]:
    heads = (N_("Time"), N_("Step"), N_("Place"), N_("By"), N_("Seals"))
    rows = [
        (
            Text((hour(link.time),), 11),
            Text(paper.say(custody_step(link)), 10),
            Text((link.place or "—",), 10),
            Text(("、".join(link.people),), 10),
            Text(("、".join(link.seals), *(() if link.intact else paper.say(N_("damaged")))), 10, equal=True),
        )
        for link in links
    ]
    shares = (0.9, 2.1, 2.2, 2.6, 2.2)
    return [
        *paper.section(N_("Seals and custody")),
        *table(shares, paper.labels(heads), rows, height * 0.8),
    ]


def _findings(paper: Paper, form: MobileRecordForm) -> list[tuple[Content, Sequence[Explanation]]]:
    """What does not add up about ballots, signatures, seals and custody, with what two people wrote."""
    found: list[tuple[Content, Sequence[Explanation]]] = [
        (_difference(paper, line), line.explanations)
        for each in form.ballots
        for line in each.lines
        if line.standing in (Standing.DIFFERS, Standing.EXPLAINED)
    ]
    if form.record.exceptions:
        what = [words for each in form.record.exceptions for words in paper.word(each)]
        found.append((Text(what, 10, align="left", equal=True), form.record.explanations))
    return found


def _difference(paper: Paper, line: AccountLine) -> Text:
    """The equation's name, its code, and by how much it differs."""
    equation = line.equation
    size = f"{equation.difference:+d}".replace("-", "\N{MINUS SIGN}")

    said = paper.each(
        lambda: _("{what}: differs by {difference}", what=_(EQUATIONS[equation.rule]), difference=size)
    )
    return Text((f"{equation.finding}  {said[0]}", *said[1:]), 10, align="left")


def _served(paper: Paper, voters: Sequence[ServedVoter], height: float) -> list[Block]:
    heads = (
        *(N_("No."), N_("Name"), N_("Voter card"), N_("Papers"), N_("Time"), N_("Written down")),
        N_("Signature or fingerprint of the voter"),
    )
    rows = [
        (
            Text((str(number),), 11),
            Text((voter.name,), 11),
            Text((voter.card,), 10),
            figure(voter.ballots, 11),
            Text((hour(voter.time),), 11),
            Text(_how(paper, voter), 9.5, equal=True),
            Text(("",)),
        )
        for number, voter in enumerate(voters, start=1)
    ]
    return [
        *paper.section(N_("Voters written down")),
        *table((0.7, 1.7, 1.7, 0.9, 0.9, 2.2, 2.3), paper.labels(heads), rows, height * 0.8),
    ]


def _how(paper: Paper, voter: ServedVoter) -> tuple[str, ...]:
    how = paper.inline(N_("from the signed list") if voter.from_list else N_("live on the way"))
    return (how, paper.inline(N_("without a request"))) if voter.unrequested else (how,)
