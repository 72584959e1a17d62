"""票箱标签: two labels a sheet, to be cut apart and stuck on the boxes; the code is for scanners."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from pollstation.documents.codes import Code
from pollstation.documents.layout import Block, Content, Text, gap, pages, row, stack
from pollstation.documents.paper import LaidOut, Paper
from pollstation.domain.contests import BoxKind
from pollstation.i18n import N_
from pollstation.services.box_labels import BoxLabel, BoxLabelsForm

TITLE = N_("Labels of the ballot boxes")

NAMES = {BoxKind.FIXED: N_("Fixed box {label}"), BoxKind.MOBILE: N_("Mobile box {label}")}
NAME_HEIGHT: float = 72 * mm
FACT_HEIGHT: float = 11 * mm
TO_CUT: float = 7 * mm


def lay_out(form: BoxLabelsForm, languages: Sequence[str]) -> LaidOut:
    """The labels, without signatures: they say what a box is, not what was done."""
    paper = Paper(TITLE, form.head, languages)
    blocks = [part for label in form.labels for part in (_label(paper, form, label), gap(TO_CUT))]
    return LaidOut(paper, pages(blocks), gap(0))


def _label(paper: Paper, form: BoxLabelsForm, label: BoxLabel) -> Block:
    head, box = form.head, label.box
    facts: list[tuple[str, Sequence[str]]] = [
        (N_("Polling station"), (f"{head.station_id}  {head.station}",)),
        (N_("Constituency"), ("、".join(form.constituencies),)),
        (N_("Election"), (head.election, *paper.day(head.day)[:1])),
        (N_("Box code"), (label.code,)),
    ]
    name: list[tuple[float, Content]] = [
        (5, Text(paper.say(NAMES[box.kind], label=box.label), 40, bold=True)),
        (4, Code(label.code, 58 * mm)),
    ]
    return stack(
        row(name, NAME_HEIGHT),
        *(
            row([(1.6, paper.label(message)), (7.4, Text(value, 13, bold=True, equal=True))], FACT_HEIGHT)
            for message, value in facts
        ),
    )
