"""计票单: one batch of one box, blank with room for the strokes of 正, or filled with what was entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.pdfgen.canvas import Canvas

from pollstation.documents.layout import Block, Content, Text, figure, row, table, together
from pollstation.documents.paper import LaidOut, Paper
from pollstation.i18n import N_
from pollstation.services.forms.count_sheet import CountSheetForm, SheetFigures
from pollstation.services.forms.parts import Finding
from pollstation.wording import sentence, terms

TITLE = N_("Count sheet")

_ROLES = (N_("Caller"), N_("Teller"), N_("Scrutineer"), N_("Scrutineer"))
_VOTES_PER_CHARACTER = 5  # strokes of 正
_CHARACTERS_PER_LINE = 20
_BLANK_WRITE_INS = 3
_MARK, _TALLY, _VOTES = 0.14, 0.73, 0.13  # shares of a lane's width


def lay_out(form: CountSheetForm, languages: Sequence[str]) -> LaidOut:
    """The count sheet: blank without figures, filled with them."""
    paper = Paper(TITLE, form.head, languages)

    def make(height: float) -> list[Block]:
        details = [
            (N_("Box"), (form.box,)),
            (N_("Batch"), (str(form.batch),)),
            (N_("Ballots in this batch"), (str(form.batch_size),)),
            (N_("Seats"), (str(form.seats),)),
        ]
        figures = form.figures
        return [
            *paper.opening(height * 0.85, details),
            *(_filled(paper, form, figures, height) if figures else _blank(paper, form, height)),
            *_doubtful(paper, form, height),
            *_recounts(paper, form, height),
            *paper.findings(height, [(finding(paper, each), each.explanations) for each in form.findings]),
        ]

    return paper.laid_out(make, paper.signatures(_ROLES, seal=False))


def finding(paper: Paper, one: Finding) -> Text:
    """A finding by its code, in one sentence."""
    code, facts = one.finding.code, dict[str, object](one.finding.facts)
    return Text(paper.each(lambda: f"{code}  {sentence(code, facts)[0]}"), 10, align="left")


@dataclass(frozen=True)
class _Lanes:
    """Lanes to tally in: what is counted, a box for each 正, and the place for the number of votes."""

    marks: Sequence[Content]
    characters: int
    lane: float

    @property
    def _lines(self) -> int:
        return -(-self.characters // _CHARACTERS_PER_LINE)

    def height(self, width: float) -> float:
        """Every lane has the same height for each of its lines of boxes."""
        marks = max(mark.height(width * _MARK) for mark in self.marks)
        return len(self.marks) * max(self.lane * self._lines, marks)

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Draw the lanes one below the other."""
        lane = height / len(self.marks)
        tally = x + width * _MARK
        votes = tally + width * _TALLY
        for at, mark in enumerate(self.marks):
            y = top - at * lane
            mark.draw(canvas, x, y, width * _MARK, lane)
            self._draw_boxes(canvas, tally, y, width * _TALLY, lane)
            if at:
                canvas.line(x, y, x + width, y)
        for edge in (tally, votes):
            canvas.line(edge, top, edge, top - height)

    def _draw_boxes(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Faint boxes, one for each 正, with a firmer line after every fifth: twenty-five votes."""
        box, line = width / _CHARACTERS_PER_LINE, height / self._lines
        canvas.saveState()
        for at in range(self.characters):
            left, upper = x + at % _CHARACTERS_PER_LINE * box, top - at // _CHARACTERS_PER_LINE * line
            firm = (at + 1) % 5 == 0
            canvas.setStrokeGray(0.35 if firm else 0.75)
            canvas.setLineWidth(0.7 if firm else 0.35)
            canvas.line(left + box, upper, left + box, upper - line)
        canvas.setStrokeGray(0.75)
        canvas.setLineWidth(0.35)
        for at in range(1, self._lines):
            canvas.line(x, top - at * line, x + width, top - at * line)
        canvas.restoreState()


@dataclass(frozen=True)
class _LaneHeads:
    """The words above the lanes, in the lanes' own columns."""

    words: Sequence[Content]

    def height(self, width: float) -> float:
        """As high as the fullest."""
        return max(t.height(width * s) for t, s in zip(self.words, (_MARK, _TALLY, _VOTES), strict=True))

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Draw them side by side."""
        for words, share in zip(self.words, (_MARK, _TALLY, _VOTES), strict=True):
            words.draw(canvas, x, top, width * share, height)
            x += width * share
            if words is not self.words[-1]:
                canvas.line(x, top, x, top - height)


def _blank(paper: Paper, form: CountSheetForm, height: float) -> list[Block]:
    lane = height * 0.72
    characters = -(-form.batch_size // _VOTES_PER_CHARACTER)
    marks = paper.labels((N_("For ○"), N_("Against ×"), N_("Abstain")))
    lane_heads = paper.labels((N_("Mark"), N_("Tally: one stroke of 正 a vote"), N_("Count")))
    rows: list[Sequence[Content]] = [
        (Text((str(number),), 11), Text((name,), 13, bold=True), _Lanes(marks, characters, lane))
        for number, name in enumerate(form.candidates, start=1)
    ]
    other = (paper.label(N_("Write-in")), Text(("",)), _Lanes(marks[:1], _CHARACTERS_PER_LINE, lane * 1.2))
    rows += [other] * _BLANK_WRITE_INS
    heads = [*paper.labels((N_("No."), N_("Name"))), _LaneHeads(lane_heads)]
    rule = Text(
        paper.say(N_("A ballot with more than {seats} names marked for is void."), seats=form.seats), 10
    )
    return [
        *paper.section(N_("Votes")),
        *table((0.08, 0.17, 0.75), heads, rows, 0),
        *paper.section(N_("Result of the batch")),
        *together([*_sums(paper, None, height), row([(1, rule)], 0)]),
    ]


def _filled(paper: Paper, form: CountSheetForm, figures: SheetFigures, height: float) -> list[Block]:
    heads = (N_("No."), N_("Candidate"), N_("For ○"), N_("Against ×"), N_("Abstain"), N_("Total"))
    rows = [
        (
            Text((str(number),), 11),
            Text((name,), 13),
            *(figure(n) for n in (votes.votes_for, votes.against, votes.abstain, votes.total)),
        )
        for number, (name, votes) in enumerate(zip(form.candidates, figures.votes, strict=True), start=1)
    ]
    others = [
        (Text((str(number),), 11), Text((other.name,), 13), figure(other.votes))
        for number, other in enumerate(figures.write_ins, start=1)
    ]
    blocks = [
        *paper.section(N_("Votes")),
        *table((0.7, 3, 1.5, 1.5, 1.5, 1.5), paper.labels(heads), rows, height),
    ]
    if others:
        blocks += paper.section(N_("Other names written in"))
        blocks += table((0.7, 3, 6), paper.labels((N_("No."), N_("Name"), N_("Count"))), others, height)
    blocks += [*paper.section(N_("Result of the batch")), *_sums(paper, figures, height)]
    return blocks + _entries(paper, figures, height)


def _sums(paper: Paper, figures: SheetFigures | None, height: float) -> list[Block]:
    """Sums read from the paper; empty places on a blank sheet."""
    words = (
        N_("Valid"),
        N_("Void"),
        N_("Valid and void"),
        N_("For, in all"),
        N_("Against, in all"),
        N_("Abstain, in all"),
    )
    if figures is None:
        return paper.band(height, [(word, None) for word in words])
    ballots = (figures.valid, figures.void, figures.valid + figures.void)
    marks = (figures.sum_for, figures.sum_against, figures.sum_abstain)
    return paper.band(height, list(zip(words, ballots + marks, strict=True)))


def _entries(paper: Paper, figures: SheetFigures, height: float) -> list[Block]:
    """Who entered the sheet, first and second, and who approved it."""
    people: list[tuple[str, int | str | None]] = [
        *zip((N_("First entry"), N_("Second entry")), figures.entered_by, strict=False)
    ]
    if figures.approved_by:
        people.append((N_("Approved by"), "、".join(figures.approved_by)))
    return [*paper.section(N_("Entries")), *paper.band(height, people)]


def _doubtful(paper: Paper, form: CountSheetForm, height: float) -> list[Block]:
    """The register of doubtful ballots: what was decided, on what ground, by whom."""
    if not form.doubtful:
        return []
    heads = (N_("No."), N_("The mark"), N_("Ground"), N_("Decision"), N_("Decided by"))
    rows = [
        (
            Text((str(one.number),), 11),
            Text((one.mark or "—",), 10.5, align="left"),
            Text(paper.each(partial(terms.judgement, one.judgement)), 10, align="left"),
            paper.label(N_("valid") if one.valid else N_("void")),
            Text(("、".join(one.people),), 10.5),
        )
        for one in form.doubtful
    ]
    return [
        *paper.section(N_("Doubtful ballots")),
        *table((0.7, 3, 3, 1, 2.3), paper.labels(heads), rows, height),
    ]


def _recounts(paper: Paper, form: CountSheetForm, height: float) -> list[Block]:
    """Every recount: who ordered it and why, and the figures that it changed."""
    blocks: list[Block] = []
    heads = (N_("Figure"), N_("Count before"), N_("Recount"))
    for recount in form.recounts:
        blocks += paper.section(N_("Counted again"))
        blocks.append(row([(1, paper.label(N_("Reason"))), (6, paper.explanations([recount.order]))], 0))
        rows = [
            (
                Text(paper.each(partial(terms.field, name, form.candidates)), 10.5, align="left"),
                figure(before),
                figure(then),
            )
            for name, (before, then) in recount.changed.items()
        ]
        same = [row([(1, paper.label(N_("The recount found the same figures.")))], 0)]
        blocks += table((4, 1.5, 1.5), paper.labels(heads), rows, height) if rows else same
    return blocks
