"""投票站结果单: the closing account of a station, every equation with both its sides."""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from pollstation.documents import fonts
from pollstation.documents.layout import Block, Text, figure, known, row, stack, table, together
from pollstation.documents.paper import Paper
from pollstation.i18n import N_
from pollstation.services.forms import ContestAccount, Equation, StationAccountForm
from pollstation.wording.forms import EQUATIONS, LEVELS, TERMS

TITLE = N_("Station account")

_ROLES = (N_("Chair"), N_("Chief scrutineer"), N_("Scrutineer"), N_("Scrutineer"))


def render(form: StationAccountForm, languages: Sequence[str]) -> bytes:
    """The station account as PDF."""
    paper = Paper(TITLE, form.head, languages)

    def make(height: float) -> list[Block]:
        return [
            *paper.opening(height),
            *_voters(paper, form, height),
            *(block for contest in form.contests for block in _contest(paper, contest, height)),
            *_boxes(paper, form, height),
        ]

    return paper.printed(make, paper.signatures(_ROLES))


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
    ]


@dataclass(frozen=True)
class _Sides:
    """Both sides of an equation on one line: each figure below its word, the signs between them."""

    terms: Sequence[tuple[Text, Text]]
    signs: Sequence[str]

    def height(self, width: float) -> float:
        """Words and figures one above the other."""
        room = width / len(self.terms)
        return max(word.height(room) + number.height(room) for word, number in self.terms)

    def draw(self, canvas: Canvas, x: float, top: float, width: float, height: float) -> None:
        """Draw the terms side by side, each as wide as the other."""
        room = width / len(self.terms)
        words = max(word.height(room) for word, _number in self.terms)
        for at, ((word, number), sign) in enumerate(zip(self.terms, self.signs, strict=True)):
            left = x + at * room
            word.draw(canvas, left, top, room, words)
            number.draw(canvas, left, top - words, room, height - words - 3)
            canvas.setFont(fonts.REGULAR, 13)
            canvas.drawCentredString(left, top - words - (height - words - 3) / 2 - 4.5, sign)


def _sides(paper: Paper, equation: Equation) -> _Sides:
    relation = "≤" if equation.at_most else "="
    terms = [*equation.left, *equation.right]
    signs = ["−" if term.minus else "+" for term in terms]
    signs[0] = "−" if equation.left[0].minus else ""
    signs[len(equation.left)] = relation
    return _Sides([(Text(paper.say(TERMS[t.name]), 9.5), figure(t.count)) for t in terms], signs)


def _contest(paper: Paper, contest: ContestAccount, height: float) -> list[Block]:
    shares = (1.5, 6, 1.3)
    level = Text(
        (f"{paper.inline(LEVELS[contest.level])}　{contest.constituency}",), 11, bold=True, align="left"
    )
    heads = paper.labels((N_("Equation"), N_("Figures"), N_("Check")))
    head = stack(row([(1, level)], 0), row(list(zip(shares, heads, strict=True)), 0))
    blocks = [*paper.section(N_("Ballot account")), head]
    for equation in contest.equations:
        words = [*paper.say(EQUATIONS[equation.name])]
        name = Text((f"{words[0]} {equation.subject}".strip(), *words[1:]), 10)
        cells = (name, _sides(paper, equation), _check(paper, equation))
        blocks.append(row(list(zip(shares, cells, strict=True)), height * 1.15, head))
        if equation.explanation:
            said = paper.say(
                N_("Explained by {people}: {explanation}"),
                people="、".join(equation.explained_by),
                explanation=equation.explanation,
            )
            blocks.append(row([(1, Text(said[:1], 10, align="left"))], 0, head))
    return together(blocks)


def _check(paper: Paper, equation: Equation) -> Text:
    if equation.holds:
        return Text(paper.say(N_("Agrees")), 10.5)
    differs = paper.say(N_("Differs by {difference}"), difference=f"{equation.difference:+d}")
    if equation.explanation:
        return Text((*paper.say(N_("Explained")), *differs), 10.5, bold=True)
    return Text(differs, 10.5, bold=True)


def _boxes(paper: Paper, form: StationAccountForm, height: float) -> list[Block]:
    heads = (N_("Box"), N_("Kind"), N_("Ballots issued into it"), N_("Collected"), N_("Seals"))
    rows = [
        (
            Text((box.box,), 11, bold=True),
            Text(paper.say(N_("Mobile box") if box.mobile else N_("Fixed box")), 10),
            figure(box.issued),
            known(box.collected),
            Text(("、".join(box.seals),), 11),
        )
        for box in form.boxes
    ]
    return [
        *paper.section(N_("Boxes")),
        *table((1.6, 1.6, 1.8, 1.6, 3), paper.labels(heads), rows, height),
    ]
