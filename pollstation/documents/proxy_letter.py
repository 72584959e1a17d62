"""委托书: the letter with which a voter lets another one vote, to be signed by both; its code finds it."""

from collections.abc import Sequence

from pollstation.documents.codes import Code
from pollstation.documents.layout import LEFT, PADDING, WIDTH, Block, Content, Text, gap, row, stack
from pollstation.documents.paper import LaidOut, Paper
from pollstation.i18n import N_, _
from pollstation.services.proxy_forms import Ballot, ProxyLetterForm, ProxyPerson
from pollstation.wording import terms

TITLE = N_("Written authority to vote (proxy letter)")

_ROLES = (N_("Voter who gives it"), N_("Proxy"), N_("Election committee"), N_("Date"))


def lay_out(form: ProxyLetterForm, languages: Sequence[str]) -> LaidOut:
    """The letter."""
    paper = Paper(TITLE, form.head, languages)

    def make(height: float) -> list[Block]:
        return [
            *paper.opening(height),
            gap(height / 5),
            _number(paper, form, height),
            *_person(paper, N_("Voter who gives it"), form.principal, height),
            *_person(paper, N_("Proxy"), form.holder, height),
            *paper.section(N_("Ballots to be received and cast")),
            *(_contest(paper, contest, height) for contest in form.contests),
            gap(height / 5),
            _words(paper, form),
        ]

    return paper.laid_out(make, paper.signatures(_ROLES))


def _number(paper: Paper, form: ProxyLetterForm, height: float) -> Block:
    consent: tuple[str, ...] = (form.consent,)
    if form.needs_consent and not form.consent:
        consent = paper.say(N_("Not valid without the committee's consent. Its number:"))
    cells: list[tuple[float, Content]] = [
        (0.9, paper.label(N_("Number"))),
        (1.9, Text((form.number,), 17, bold=True)),
        (2, paper.label(N_("Consent of the election committee"))),
        (3, Text(consent if form.needs_consent else paper.say(N_("not needed")), 10.5)),
        (1.9, Code(form.code)),
    ]
    return row(cells, height)


def _person(paper: Paper, role: str, person: ProxyPerson, height: float) -> list[Block]:
    facts = (
        (N_("Name"), person.name, 14, True),
        (N_("Voter card"), person.card, 11.5, False),
        (N_("Identity number"), person.id_end, 11.5, False),
    )
    cells: list[tuple[float, Content]] = []
    for message, fact, size, bold in facts:
        cells += [(1.1, paper.label(message)), (2, Text((fact,), size, bold))]
    where: list[tuple[float, Content]] = [
        (1.1, paper.label(N_("Address"))),
        (8.2, Text((person.place,), 11, align="left")),
    ]
    return [*paper.section(role), stack(row(cells, height), row(where, height))]


def _contest(paper: Paper, contest: Ballot, height: float) -> Block:
    return row(
        [
            (3, Text((contest.constituency,), 11.5, bold=True)),
            (6.3, Text(paper.each(lambda: terms.word(contest.level)), 10.5, align="left")),
        ],
        height * 0.8,
    )


def _words(paper: Paper, form: ProxyLetterForm) -> Block:
    def say() -> str:
        return _(
            "I cannot come to vote ({reason}). I authorise the proxy named above to receive my ballots and "
            "to mark them as I wish. The proxy shows this letter and my voter card. One proxy votes for at "
            "most {most} voters; the letter ends when I vote myself or take it back.",
            reason=form.reason,
            most=form.most,
        )

    words = Text(paper.each(say), 11.5, align="left")
    width = WIDTH + 2 * PADDING
    height = words.height(width)
    return Block(height, lambda canvas, top: words.draw(canvas, LEFT - PADDING, top, width, height))
