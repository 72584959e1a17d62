"""The turnout slip (参选情况报告单): the hourly figures on paper, with the journal's code."""

from collections.abc import Sequence

from pollstation.documents.layout import Block, Text, figure, row, table
from pollstation.documents.paper import LaidOut, Paper
from pollstation.i18n import N_
from pollstation.services.forms.turnout_slip import TurnoutSlipForm
from pollstation.services.turnout import per_cent
from pollstation.wording.turnout import over_the_phone

TITLE = N_("Turnout slip")

_ROLES = (N_("Chair"), N_("Officer"))


def lay_out(form: TurnoutSlipForm, languages: Sequence[str]) -> LaidOut:
    """The turnout slip."""
    paper = Paper(TITLE, form.head, languages)
    code = form.head.journal_code

    def sentence() -> str:
        return over_the_phone(form.until, form.voted, form.registered, code)

    def make(height: float) -> list[Block]:
        share = f"{per_cent(form.voted, form.registered)} %"
        return [
            *paper.opening(height, [(N_("At"), (f"{form.until.astimezone():%H:%M}",))]),
            *paper.section(N_("Turnout")),
            *paper.band(
                height,
                [
                    (N_("Registered voters"), form.registered),
                    (N_("Voted"), form.voted),
                    (N_("Share"), share),
                ],
            ),
            row([(1, Text(paper.each(sentence), 11.5, bold=True))], height),
            *_contests(paper, form, height),
            *_hours(paper, form, height),
        ]

    return paper.laid_out(make, paper.signatures(_ROLES, seal=False))


def _contests(paper: Paper, form: TurnoutSlipForm, height: float) -> list[Block]:
    heads = (N_("Ballot paper"), N_("Registered voters"), N_("Voted"), N_("Share"))
    rows = [
        (
            Text((each.constituency, *paper.word(each.level)), 10.5),
            figure(each.registered),
            figure(each.voted),
            Text((f"{per_cent(each.voted, each.registered)} %",), 12),
        )
        for each in form.contests
    ]
    return [
        *paper.section(N_("By ballot paper")),
        *table((4.2, 2, 2, 1.8), paper.labels(heads), rows, height),
    ]


def _hours(paper: Paper, form: TurnoutSlipForm, height: float) -> list[Block]:
    heads = (N_("Until"), N_("Within the hour"), N_("In all"), N_("Share"))
    rows = [
        (
            Text((f"{each.until.astimezone():%H:%M}",), 12),
            figure(each.within),
            figure(each.voted),
            Text((f"{per_cent(each.voted, form.registered)} %",), 12),
        )
        for each in form.hours
    ]
    if not rows:
        return []
    return [*paper.section(N_("By the hour")), *table((2, 2, 2, 2), paper.labels(heads), rows, height * 0.8)]
