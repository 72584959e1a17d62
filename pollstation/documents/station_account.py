"""投票站结果单: the closing account of a station, every equation with both its sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from pollstation.documents import fonts
from pollstation.documents.count_sheet import finding
from pollstation.documents.layout import Block, Text, figure, gap, hour, known, row, stack, table, together
from pollstation.documents.paper import LaidOut, Paper
from pollstation.domain.accounts import Equation, Rule, Standing
from pollstation.domain.journal import Kind
from pollstation.i18n import N_, _
from pollstation.services.forms.parts import AccountLine
from pollstation.services.forms.station_account import (
    BoxRecord,
    ContestAccount,
    DayEvent,
    HandOver,
    StationAccountForm,
)
from pollstation.wording.forms import CUSTODY, EQUATIONS, EVENTS, HANDED_OVER, SHOWN_EMPTY, WHOLES
from pollstation.wording.terms import incident_kind

TITLE = N_("Station account")
TITLE_OF_COUNT = N_("Counting site account")

_COUNTED = (Rule.COLLECTED, Rule.BATCHED)
"""Equations of a single box, which follow each other in the account."""

_GRAVEST = (Standing.DIFFERS, Standing.OPEN, Standing.EXPLAINED, Standing.HOLDS)
_ROLES = (N_("Chair"), N_("Chief scrutineer"), N_("Scrutineer"), N_("Scrutineer"))


def lay_out(form: StationAccountForm, languages: Sequence[str]) -> LaidOut:
    """The station account."""
    paper = Paper(TITLE if form.head.polls else TITLE_OF_COUNT, form.head, languages)

    def make(height: float) -> list[Block]:
        return [
            *paper.opening(height),
            *_voters(paper, form, height),
            *(block for contest in form.contests for block in _contest(paper, contest, height)),
            *_boxes(paper, form, height),
            *paper.findings(height, [(finding(paper, each), each.explanations) for each in form.findings]),
            *_events(paper, form, height),
        ]

    return paper.laid_out(make, paper.signatures(_ROLES))


def _voters(paper: Paper, form: StationAccountForm, height: float) -> list[Block]:
    return [
        *paper.section(N_("Voters")),
        *paper.band(
            height,
            [
                (N_("Registered voters"), form.registered),
                (N_("Participants"), form.participants),
                (N_("In person"), form.in_person),
                (N_("By proxy"), form.proxies),
                (N_("On mobile boxes"), form.mobile),
            ],
        ),
        *paper.band(
            height,
            [
                (N_("Added to the list here"), form.added),
                (N_("Struck off the list"), form.struck),
                (N_("A scribe wrote for them"), form.assisted),
            ],
        ),
    ]


@dataclass(frozen=True)
class _Sides:
    """Both sides of an equation on one line: each figure below its word, the signs between them."""

    terms: Sequence[tuple[Text, Text]]
    signs: Sequence[str]

    def _rooms(self, width: float) -> list[float]:
        """The width of each term: what its word asks for, and an equal part of what is left or lacking."""
        asked = [word.natural_width() for word, _number in self.terms]
        more = (width - sum(asked)) / len(asked)
        return [room + more for room in asked]

    def height(self, width: float) -> float:
        """Words and figures one above the other."""
        rooms = self._rooms(width)
        return max(word.height(w) + n.height(w) for (word, n), w in zip(self.terms, rooms, strict=True))

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Draw the terms side by side, words on one line, figures on the next."""
        rooms = self._rooms(width)
        words = max(word.height(w) for (word, _number), w in zip(self.terms, rooms, strict=True))
        for (word, number), sign, room in zip(self.terms, self.signs, rooms, strict=True):
            word.draw(canvas, x, top, room, words)
            number.draw(canvas, x, top - words, room, height - words - 3)
            canvas.setFont(fonts.REGULAR, 13)
            canvas.drawCentredString(x, top - words - (height - words - 3) / 2 - 4.5, sign)
            x += room


def _sides(paper: Paper, equation: Equation) -> _Sides:
    words = [paper.say(WHOLES[equation.rule]), *(paper.term(name) for name in equation.right)]
    counts = [equation.left, *equation.right.values()]
    signs = ["", "=", *["+"] * (len(counts) - 2)]
    return _Sides([(Text(w, 9.5), figure(n)) for w, n in zip(words, counts, strict=True)], signs)


def _contest(paper: Paper, contest: ContestAccount, height: float) -> list[Block]:
    shares = (1.5, 6, 1.3)
    title = _contest_title(paper, contest)
    heads = paper.labels((N_("Equation"), N_("Figures"), N_("Check")))
    head = stack(title, row(list(zip(shares, heads, strict=True)), 0))._replace(keep=True)
    blocks = [*paper.section(N_("Ballot account")), head]
    for line in contest.lines:
        if line.equation.rule in _COUNTED:
            continue
        cells = (_name(paper, line), _sides(paper, line.equation), _check(paper, line))
        equation = row(list(zip(shares, cells, strict=True)), height * 1.15, head)
        if not line.explanations:
            blocks.append(equation)
            continue
        said = [(1.5, paper.label(N_("Explanation"))), (7.3, paper.explanations(line.explanations))]
        blocks += together([equation, row(said, 0, head)])
    return blocks + _counted(paper, contest, height)


def _contest_title(paper: Paper, contest: ContestAccount) -> Block:
    words = f"{'  '.join(paper.word(contest.level))}　{contest.constituency}"
    return row([(1, Text((words,), 11, bold=True, align="left"))], 0)


def _counted(paper: Paper, contest: ContestAccount, height: float) -> list[Block]:
    """The ballots of each box on one row: issued, found, laid out in batches."""
    lines = [line for line in contest.lines if line.equation.rule in _COUNTED]
    if not lines:
        return []
    shares = (2.6, 1.6, 1.6, 1.6, 1.8)
    heads = (N_("Box"), N_("Issued into it"), N_("Collected"), N_("In batches"), N_("Check"))
    columns = row(list(zip(shares, paper.labels(heads), strict=True)), 0)
    head = stack(_contest_title(paper, contest), columns)._replace(keep=True)
    blocks = [gap(2 * mm), head]
    for collected, batched in zip(lines[::2], lines[1::2], strict=True):
        counted = collected.standing is not Standing.OPEN
        cells = (
            Text((collected.box,), 11, bold=True),
            figure(collected.equation.left),
            known(batched.equation.left if counted else None),
            known(batched.equation.right["batches"] if counted else None),
            _check(paper, min(collected, batched, key=lambda line: _GRAVEST.index(line.standing))),
        )
        box = row(list(zip(shares, cells, strict=True)), height, head)
        written = (*collected.explanations, *batched.explanations)
        said = [row([(1.5, paper.label(N_("Explanation"))), (7.7, paper.explanations(written))], 0, head)]
        blocks += together([box, *(said if written else ())])
    return blocks


def _name(paper: Paper, line: AccountLine) -> Text:
    first, *further = paper.say(EQUATIONS[line.equation.rule])
    return Text((f"{first} {line.box}".strip(), *further), 10)


def difference(paper: Paper, line: AccountLine) -> Text:
    """An equation that does not hold by itself, in one sentence."""

    def say() -> str:
        name = f"{_(EQUATIONS[line.equation.rule])} {line.box}".strip()
        return _("{equation}: differs by {difference}", equation=name, difference=_signed(line))

    return Text(paper.each(say), 10, align="left")


def _signed(line: AccountLine) -> str:
    return f"{line.equation.difference:+d}".replace("-", "\N{MINUS SIGN}")


def _differs(paper: Paper, line: AccountLine) -> tuple[str, ...]:
    return paper.say(N_("Differs by {difference}"), difference=_signed(line))


def _check(paper: Paper, line: AccountLine) -> Text:
    match line.standing:
        case Standing.HOLDS:
            return Text(paper.say(N_("Agrees")), 10.5)
        case Standing.OPEN:
            return Text(paper.say(N_("Not complete yet")), 10)
        case Standing.EXPLAINED:
            return Text((*paper.say(N_("Explained")), *_differs(paper, line)), 10.5, bold=True)
        case Standing.DIFFERS:
            return Text(_differs(paper, line), 10.5, bold=True)


def _boxes(paper: Paper, form: StationAccountForm, height: float) -> list[Block]:
    heads = (N_("Step"), N_("Time"), N_("By"), N_("Seals"))
    shares = (2.4, 1, 3.6, 3)
    head = row(list(zip(shares, paper.labels(heads), strict=True)), 0)._replace(keep=True)
    blocks = [*paper.section(N_("Boxes and their seals")), head]
    for box in form.boxes:
        kind = paper.inline(N_("Mobile box") if box.mobile else N_("Fixed box"))
        title = row([(1, Text((f"{box.box}　{kind}",), 11, bold=True, align="left"))], 0, head)
        links = [
            (
                Text(paper.say(custody_step(link)), 10),
                Text((hour(link.time),), 11),
                Text(("、".join(link.people),), 10.5),
                Text(("、".join(link.seals),), 11),
            )
            for link in box.custody
        ]
        chain = [row(list(zip(shares, cells, strict=True)), height * 0.8, head) for cells in links]
        blocks += together([title, *chain, *_exceptions(paper, box, head)])
    return blocks


def custody_step(link: HandOver) -> str:
    """What was done to a box, as a msgid."""
    if link.on_the_way:
        return HANDED_OVER
    return SHOWN_EMPTY if link.shown_empty else CUSTODY[link.state]


def _events(paper: Paper, form: StationAccountForm, height: float) -> list[Block]:
    """The course of the day: when the voting was open, interrupted and opened again, and every incident."""
    if not form.events:
        return []
    heads = (N_("Time"), N_("Event"), N_("What happened, measures taken"), N_("By"))
    rows = [
        (
            Text((hour(event.time),), 11),
            Text(paper.each(partial(_event, event)), 10),
            Text(_told(paper, event), 10, align="left", equal=True),
            Text(("、".join(event.people),), 10),
        )
        for event in form.events
    ]
    shares = (1, 2.4, 4.4, 2.2)
    return [
        *paper.section(N_("Course of the day")),
        *table(shares, paper.labels(heads), rows, height * 0.8),
    ]


def _event(event: DayEvent) -> str:
    if event.kind is Kind.INCIDENT:
        return incident_kind(event.incident)
    return _(EVENTS[event.kind])


def _told(paper: Paper, event: DayEvent) -> tuple[str, ...]:
    """Free words stand as they were written, their labels in the first language."""
    said = [event.text] if event.text else []
    if event.concerned:
        said += paper.say(N_("Concerned: {people}"), people=event.concerned)[:1]
    if event.measures:
        said += paper.say(N_("Done: {measures}"), measures=event.measures)[:1]
    return tuple(said) or ("—",)


def _exceptions(paper: Paper, box: BoxRecord, head: Block) -> list[Block]:
    if not box.exceptions:
        return []
    what = [line for each in box.exceptions for line in paper.word(each)]
    found = Text(what, 10, bold=True, align="left", equal=True)
    return [row([(3.4, found), (6.6, paper.explanations(box.explanations))], 0, head)]
