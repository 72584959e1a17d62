"""票箱封启记录: the zero report of the opening, signed before the first ballot is issued."""

from collections.abc import Sequence

from pollstation.documents.layout import Block, Text, figure, hour, row, table, together
from pollstation.documents.paper import LaidOut, Paper
from pollstation.i18n import N_
from pollstation.services.forms.opening_record import CheckedItem, OpeningRecordForm
from pollstation.wording.terms import checklist_item

TITLE = N_("Ballot box sealing record and zero report")

_ROLES = (N_("Chair"), N_("Chief scrutineer"), N_("Scrutineer"), N_("Scrutineer"))


def lay_out(form: OpeningRecordForm, languages: Sequence[str]) -> LaidOut:
    """The opening record."""
    paper = Paper(TITLE, form.head, languages)

    def make(height: float) -> list[Block]:
        details = [
            (N_("Opened at"), (hour(form.opened_at),)),
            (N_("Registered voters"), (str(form.registered),)),
        ]
        return [
            *paper.opening(height, details),
            *_checklist(paper, form, height),
            *_boxes(paper, form, height),
            *_counters(paper, form, height),
        ]

    return paper.laid_out(make, paper.signatures(_ROLES))


def _checklist(paper: Paper, form: OpeningRecordForm, height: float) -> list[Block]:
    heads = (N_("No."), N_("Item"), N_("Done"), N_("Checked by"), N_("Time"))
    rows = [
        (
            Text((str(number),), 11),
            _item(paper, check),
            Text(paper.say(N_("Yes") if check.done_at else N_("No")), 10.5, bold=not check.done_at),
            Text((check.done_by,), 10.5),
            Text((hour(check.done_at),), 11),
        )
        for number, check in enumerate(form.checklist, start=1)
    ]
    return [
        *paper.section(N_("Checklist")),
        *table((0.7, 5, 1.2, 2, 1.2), paper.labels(heads), rows, height),
    ]


def _item(paper: Paper, check: CheckedItem) -> Text:
    return Text(paper.each(lambda: checklist_item(check.item)), 10.5, align="left")


def _boxes(paper: Paper, form: OpeningRecordForm, height: float) -> list[Block]:
    heads = (N_("Box"), N_("Kind"), N_("Seals"), N_("Sealed by"), N_("Time"))
    rows = [
        (
            Text((box.box,), 11, bold=True),
            Text(paper.say(N_("Mobile box") if box.mobile else N_("Fixed box")), 10),
            Text(("、".join(box.seals),), 11),
            Text(("、".join(box.sealed_by),), 11),
            Text((hour(box.sealed_at),), 11),
        )
        for box in form.boxes
    ]
    shares = (1.6, 1.6, 2.8, 3, 1.2)
    return [
        *paper.section(N_("Boxes shown empty and sealed")),
        *table(shares, paper.labels(heads), rows, height),
    ]


def _counters(paper: Paper, form: OpeningRecordForm, height: float) -> list[Block]:
    heads = (N_("Ballot paper"), N_("Ballots received"), N_("Issued"), N_("Spoilt"), N_("Collected"))
    rows = [
        (
            Text((contest.constituency, *paper.word(contest.level)), 10.5),
            *(figure(n) for n in (contest.received, contest.issued, contest.spoilt, contest.collected)),
        )
        for contest in form.contests
    ]
    verdict = (
        N_("All counters stand at zero. The boxes were shown empty and sealed in public.")
        if form.all_zero
        else N_("Not all counters stand at zero.")
    )
    marked = [(4.2, paper.label(N_("Voters marked as voting"))), (5.8, figure(form.voters_marked))]
    return together(
        [
            *paper.section(N_("Counters before voting")),
            *table((4.2, 1.6, 1.4, 1.4, 1.4), paper.labels(heads), rows, height),
            row(marked, height),
            row([(1, Text(paper.say(verdict), 11, bold=True))], height),
        ]
    )
