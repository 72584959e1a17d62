"""选举结果报告单: the result of one contest, as chair and scrutineers sign it for the committee."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from pollstation.documents.count_sheet import finding
from pollstation.documents.layout import Block, Content, Text, figure, known, row, table, together
from pollstation.documents.paper import LaidOut, Paper
from pollstation.documents.station_account import difference
from pollstation.domain.rules import Reason, ReasonKind
from pollstation.i18n import N_
from pollstation.services.forms.result_sheet import PersonResult, ResultSheetForm
from pollstation.wording.forms import BASES, PARTIAL, STANDINGS
from pollstation.wording.reasons import in_words

TITLE = N_("Election result report sheet")

_ROLES = (
    N_("Chair"),
    N_("Chief scrutineer"),
    N_("Scrutineer"),
    N_("Scrutineer"),
    N_("Teller"),
    N_("Teller"),
)


def lay_out(form: ResultSheetForm, languages: Sequence[str]) -> LaidOut:
    """The result report sheet, in one or both languages."""
    paper = Paper(TITLE, form.head, languages)

    def make(height: float) -> list[Block]:
        return [
            *paper.opening(
                height, [(N_("Seats"), (str(form.seats),)), (N_("Candidates"), (str(_candidates(form)),))]
            ),
            *_turnout(paper, form, height),
            *_ballots(paper, form, height),
            *_votes(paper, form, height),
            *_spellings(paper, form, height),
            *_outcome(paper, form, height),
            *paper.findings(
                height,
                [
                    *((difference(paper, line), line.explanations) for line in form.differences),
                    *((finding(paper, each), each.explanations) for each in form.findings),
                ],
            ),
        ]

    return paper.laid_out(make, paper.signatures(_ROLES))


def _candidates(form: ResultSheetForm) -> int:
    return sum(not person.write_in for person in form.people)


def _turnout(paper: Paper, form: ResultSheetForm, height: float) -> list[Block]:
    percent = Decimal(form.figures.participants * 100) / (form.figures.registered or 1)
    return [
        *paper.section(N_("Voters")),
        *paper.band(
            height,
            [
                (N_("Registered voters"), form.figures.registered),
                (N_("Participants"), form.figures.participants),
                (N_("Turnout"), f"{percent.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"),
                (N_("In person"), form.figures.in_person),
                (N_("By proxy"), form.figures.proxies),
                (N_("On mobile boxes"), form.figures.mobile),
            ],
        ),
    ]


def _ballots(paper: Paper, form: ResultSheetForm, height: float) -> list[Block]:
    return [
        *paper.section(N_("Ballots")),
        *paper.band(
            height,
            [
                (N_("Received"), form.figures.received),
                (N_("Net issued"), form.figures.issued),
                (N_("Spoilt, replaced"), form.figures.spoilt),
                (N_("Unused"), form.figures.unused),
                (N_("Collected"), form.figures.collected),
                (N_("Valid"), form.figures.valid),
                (N_("Void"), form.figures.void),
            ],
        ),
    ]


def _votes(paper: Paper, form: ResultSheetForm, height: float) -> list[Block]:
    heads = (N_("No."), N_("Name"), N_("For ○"), N_("Against ×"), N_("Abstain"), N_("Outcome"))
    rows = [
        (
            Text((str(number),), 11),
            name_of(paper, person),
            figure(person.votes_for),
            known(person.against),
            known(person.abstain),
            Text(paper.say(STANDINGS[person.standing]), 10.5, bold=person.standing == "elected"),
        )
        for number, person in enumerate(form.people, start=1)
    ]
    shares = (0.7, 3, 1.5, 1.5, 1.5, 2.3)
    return [*paper.section(N_("Votes")), *table(shares, paper.labels(heads), rows, height)]


def _spellings(paper: Paper, form: ResultSheetForm, height: float) -> list[Block]:
    """Which readings of the counters were joined under one name, each with its votes."""
    joined = [person for person in form.people if person.spellings]
    if not joined:
        return []
    rows = [
        (
            Text((person.name,), 12.5),
            Text(("、".join(f"{one} {votes}" for one, votes in person.spellings.items()),), 11, align="left"),
            figure(person.votes_for),
        )
        for person in joined
    ]
    heads = (N_("Counts as"), N_("As read by the counters, with votes"), N_("In all"))
    return [
        *paper.section(N_("Spellings of written-in names that were joined")),
        *table((2, 5, 1), paper.labels(heads), rows, height),
    ]


def name_of(paper: Paper, person: PersonResult) -> Text:
    """A person's name, and that voters wrote it in where they did."""
    return Text((person.name, *(paper.say(N_("write-in")) if person.write_in else ())), 12.5)


def _outcome(paper: Paper, form: ResultSheetForm, height: float) -> list[Block]:
    """What the law makes of the figures, with the reason for each step; a proposal, never more."""
    people = "、".join
    outcome = Text(paper.word(form.outcome) if form.outcome else paper.say(PARTIAL), 11, True, "left")
    facts = []
    if form.pending:
        facts.append(
            (paper.label(N_("Eligibility to be checked")), Text((people(form.pending),), 12, False, "left"))
        )
    if form.seats_left:
        facts.append((paper.label(N_("Seats left")), Text((str(form.seats_left),), 12, True, "left")))
    for basis in form.bases:
        words = [f"{each} {people(basis.elected)}" for each in paper.word(basis.outcome)]
        facts.append((paper.label(BASES[basis.basis]), Text(words, 10, False, "left")))
    facts += [(_article(paper, reason), _reason(paper, reason)) for reason in form.reasons]
    needed = "—" if form.needed is None else str(form.needed)
    elected: list[tuple[float, Content]] = [
        (1, paper.label(N_("Elected"))),
        (3, Text((people(form.elected) or "—",), 12.5, True, "left")),
        (1, paper.label(N_("Votes needed"))),
        (0.6, Text((needed,), 12.5, True)),
    ]
    note = N_("A proposal. Only the election committee confirms and publishes the result.")
    if not any(reason.kind is ReasonKind.PROPOSAL for reason in form.reasons):
        facts.append((paper.label(N_("Note")), paper.label(note, "left")))
    return [
        *paper.section(N_("Outcome and reasons")),
        *together(
            [
                row([(1, paper.label(N_("Validity and outcome"))), (4.6, outcome)], height),
                row(elected, height),
                *(row([(1, label), (4.6, fact)], height) for label, fact in facts),
            ]
        ),
    ]


def _article(paper: Paper, reason: Reason) -> Text:
    return Text(paper.say(N_("Article {article}"), article=reason.article) if reason.article else ("—",), 10)


def _reason(paper: Paper, reason: Reason) -> Text:
    return Text(paper.each(lambda: in_words(reason)), 10, align="left")
