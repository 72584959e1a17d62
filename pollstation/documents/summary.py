"""汇总表: one contest over all its polling stations, adding up to the result report sheet."""

from collections.abc import Iterator, Sequence

from pollstation.documents.layout import ACROSS, Block, Content, Text
from pollstation.documents.paper import LaidOut, Paper
from pollstation.domain.accounts import Figures
from pollstation.i18n import N_
from pollstation.services.forms.summary import SummaryForm

TITLE = N_("Summary over polling stations")

_ROLES = (N_("Chair"), N_("Chief scrutineer"), N_("Scrutineer"), N_("Teller"))
_NAMES_BESIDE = 12
"""Candidates in one block of columns; further ones stand in a block of their own below."""


def lay_out(form: SummaryForm, languages: Sequence[str]) -> LaidOut:
    """The summary, on pages that lie across."""
    paper = Paper(TITLE, form.head, languages, ACROSS)

    def make(height: float) -> list[Block]:
        details = [
            (N_("Seats"), (str(form.seats),)),
            (N_("Candidates"), (str(len(form.total.votes)),)),
        ]
        return [
            *paper.opening(height * 0.85, details),
            *_voters_and_ballots(paper, form, height * 0.8),
            *_votes(paper, form, height * 0.8),
        ]

    return paper.laid_out(make, paper.signatures(_ROLES))


def _lines(form: SummaryForm) -> Iterator[tuple[str, Figures]]:
    """What each row is called, and its figures; the total comes last, without a name."""
    for number, each in enumerate(form.stations, start=1):
        yield f"{number}. {each.station.name}", each.figures
    yield "", form.total


def _row(paper: Paper, name: str, numbers: Sequence[int]) -> list[Content]:
    total = not name
    words = paper.say(N_("Total")) if total else (name,)
    cells = [Text((str(number),), 10, bold=total) for number in numbers]
    return [Text(words, 9.5, bold=total, align="left"), *cells]


def _heads(paper: Paper, messages: Sequence[str]) -> list[Content]:
    return [Text(paper.say(message), 8.5) for message in messages]


def _voters_and_ballots(paper: Paper, form: SummaryForm, height: float) -> list[Block]:
    heads = _heads(
        paper,
        (
            *(N_("Polling station"), N_("Registered"), N_("Took part"), N_("In person"), N_("By proxy")),
            *(N_("On mobile boxes"), N_("Net issued"), N_("Spoilt"), N_("Collected"), N_("Not returned")),
            *(N_("Valid"), N_("Void")),
        ),
    )
    rows = [
        _row(
            paper,
            name,
            (
                *(line.registered, line.participants, line.in_person, line.proxies, line.mobile),
                *(line.issued, line.spoilt, line.collected, line.not_returned, line.valid, line.void),
            ),
        )
        for name, line in _lines(form)
    ]
    shares = (3.2, *[1] * (len(heads) - 1))
    return [*paper.section(N_("Voters and their ballots")), *paper.table(shares, heads, rows, height)]


def _votes(paper: Paper, form: SummaryForm, height: float) -> list[Block]:
    """Votes for every candidate, and last those for all other names together."""
    names = list(form.total.votes)
    blocks = paper.section(N_("Votes for each candidate"))
    for first in range(0, len(names), _NAMES_BESIDE):
        beside = names[first : first + _NAMES_BESIDE]
        last = first + _NAMES_BESIDE >= len(names)
        heads = [
            *_heads(paper, (N_("Polling station"),)),
            *(Text((name,), 9) for name in beside),
            *(_heads(paper, (N_("Other names"),)) if last else ()),
        ]
        rows = [
            _row(
                paper,
                name,
                [*(line.votes[one] for one in beside), *([sum(line.write_ins.values())] if last else [])],
            )
            for name, line in _lines(form)
        ]
        blocks += paper.table((3.2, *[1] * (len(heads) - 1)), heads, rows, height)
    return blocks
