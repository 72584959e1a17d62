"""The marked register (选民名册): every voter, who took part, and room to go on by pen when the laptop fails.

Registers are long: a line is drawn in one go, at one height, what is too wide in smaller type.
"""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from pollstation.documents import fonts
from pollstation.documents.layout import LEFT, PADDING, WIDTH, Block, gap, pages, row
from pollstation.documents.paper import LaidOut, Paper
from pollstation.i18n import N_, _
from pollstation.services.forms.marked_register import MarkedRegisterForm
from pollstation.services.marked_register import Mark, RegisterLine
from pollstation.wording import terms
from pollstation.wording.facts import clock_time

TITLE = N_("Marked register of voters")

_HEADS = (N_("No."), N_("Name"), N_("Voter card"), N_("Took part"), N_("Marked by pen: time, initials"))
_SHARES = (0.8, 2, 1.7, 3.1, 2.4)
_HEIGHT = 7.2 * mm
_SIZE = 10.0
_ROLES = (N_("Officer"), N_("Scrutineer"))


def lay_out(form: MarkedRegisterForm, languages: Sequence[str]) -> LaidOut:
    """One section of the marked register."""
    paper = Paper(TITLE, form.head, languages)
    details: list[tuple[str, Sequence[str]]] = [
        (N_("Registered voters"), (str(len(form.section.lines)),)),
        (N_("Marked as voting"), (str(form.section.marked),)),
    ]
    head = row(list(zip(_SHARES, paper.labels(_HEADS), strict=True)), 0)._replace(keep=True)
    rows = [_line(line, _marked(paper, line), head) for line in form.section.lines]
    signatures = paper.signatures(_ROLES, seal=False)
    blocks = [*paper.opening(8.5 * mm, details), gap(3 * mm), head, *rows]
    blocks[-1] = blocks[-1]._replace(keep=True)
    return LaidOut(paper, pages([*blocks, signatures]), signatures)


def _marked(paper: Paper, line: RegisterLine) -> str:
    """What stands in the column of those who took part, empty for those who have not."""
    said = [_mark(paper, mark) for mark in line.marks]
    if line.authority:
        said.append(paper.inline(N_("authority {number}"), number=line.authority))
    if line.struck:
        said.append(paper.inline(N_("struck off the list")))
    if line.conflict:
        said.append(paper.inline(N_("conflict")))
    return "; ".join(said)


def _mark(paper: Paper, mark: Mark) -> str:
    words = [clock_time(mark.time), *paper.each(lambda: terms.word(mark.channel))]
    if mark.contests:
        words.append(f"({', '.join(mark.contests)})")
    if mark.from_paper:
        words += paper.each(lambda: _("(from paper)"))
    return " ".join(words)


def _line(line: RegisterLine, marked: str, head: Block) -> Block:
    edges = [LEFT]
    for share in _SHARES:
        edges.append(edges[-1] + WIDTH * share / sum(_SHARES))
    texts = (str(line.number), line.name, line.card, marked)

    def draw(canvas: Canvas, top: float) -> None:
        canvas.setLineWidth(0.4)
        canvas.grid(edges, (top, top - _HEIGHT))
        for at, text in enumerate(texts):
            _draw_text(canvas, text, edges[at], top, edges[at + 1] - edges[at], bold=at == 1)

    return Block(_HEIGHT, draw, head=head)


def _draw_text(canvas: Canvas, text: str, x: float, top: float, width: float, *, bold: bool) -> None:
    """One line at the left of its cell; smaller where it would not fit."""
    shown, font = fonts.printable(text), fonts.BOLD if bold else fonts.REGULAR
    if not shown:
        return
    room = width - 2 * PADDING
    size = min(_SIZE, _SIZE * room / max(fonts.width(shown, font, _SIZE), 1))
    canvas.setFont(font, size)
    canvas.drawString(x + PADDING, top - _HEIGHT / 2 - size * 0.36, shown)
