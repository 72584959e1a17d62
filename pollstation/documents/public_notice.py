"""公告: the result of one contest as the committee posts it, valid or not, complete or not."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from pollstation.documents.layout import Block, Text, figure, gap, known, together
from pollstation.documents.letters import about, letter, paragraph
from pollstation.documents.paper import LaidOut, Paper
from pollstation.documents.result_sheet import name_of
from pollstation.domain.contests import Level
from pollstation.domain.rules import Outcome, ReasonKind, Result
from pollstation.i18n import N_, _
from pollstation.services.forms.announcement import PublicNoticeForm
from pollstation.services.turnout import per_cent
from pollstation.wording import one_after_another
from pollstation.wording.forms import STANDINGS
from pollstation.wording.reasons import in_words

_RESULT = N_("Public notice of the election result")
_INVALID = N_("Public notice: election invalid, to be run again")
TITLES = {
    Outcome.REVOTE: N_("Public notice of the election result and of a re-vote"),
    Outcome.FRESH_ELECTION: N_("Public notice of the election result and of a fresh election"),
    Outcome.INVALID_TURNOUT: _INVALID,
    Outcome.INVALID_EXCESS: _INVALID,
}
"""What the notice is called where people vote again."""

_OPENING = N_("The result of the election of {day} ({round}) in {constituency} is announced: {office}.")
_VALID = N_("The election is valid.")
_TURNOUT = N_(
    "No more than half of the registered voters took part. The election is invalid and is run again."
)
_EXCESS = N_("More ballots were collected than voters took part. The election is invalid and is run again.")
_ELECTED = N_("Elected: {names}.")
_CONFIRMED = {
    False: N_(
        "Confirmed by the election committee under article 46 of the Electoral Law. This is hereby announced."
    ),
    True: N_(
        "Confirmed by the villagers' election committee under article 18 of the Organic Law of Villagers' "
        "Committees and announced on the spot."
    ),
}
"""By whether a village elected its committee."""
_DECISIONS = {
    Outcome.ELECTED: N_("All seats are filled."),
    Outcome.REVOTE: N_(
        "{tied} have equal votes. A re-vote is held among them for the seats left: {seats}; most votes win."
    ),
    Outcome.FRESH_ELECTION: N_(
        "Fewer are elected than there are seats. A fresh election is held for the missing seats: {seats}; "
        "candidates: {candidates}."
    ),
    Outcome.VACANT: N_("Seats that stay vacant: {seats}."),
    Outcome.INVALID_TURNOUT: _TURNOUT,
    Outcome.INVALID_EXCESS: _EXCESS,
}
_INVALID_OUTCOMES = (Outcome.INVALID_TURNOUT, Outcome.INVALID_EXCESS)


def lay_out(form: PublicNoticeForm, languages: Sequence[str]) -> LaidOut:
    """The public notice, in one or both languages."""
    paper = Paper(TITLES.get(form.result.outcome, _RESULT), form.head, languages, by_itself=True)

    def make(height: float) -> list[Block]:
        return [
            paper.centred(Text((form.head.election,), 14)),
            gap(2 * mm),
            paper.centred(Text(paper.say(paper.title), 22, bold=True)),
            gap(2 * mm),
            *paragraph(about(paper, _OPENING), 12.5),
            *paper.rounds_before(height),
            *_figures(paper, form, height * 0.9),
            *_votes(paper, form, height * 0.75),
            *together(_decision(paper, form)),
        ]

    return letter(paper, make, form.head.committee, form.confirmed_on)


def _figures(paper: Paper, form: PublicNoticeForm, height: float) -> list[Block]:
    figures = form.figures
    shown: list[tuple[str, int | str | None]] = [
        (N_("Seats"), form.seats),
        (N_("Registered voters"), figures.registered),
        (N_("Took part"), figures.participants),
        (N_("Turnout"), f"{per_cent(figures.participants, figures.registered)}%"),
        (N_("Net issued"), figures.issued),
        (N_("Collected"), figures.collected),
        (N_("Valid"), figures.valid),
        (N_("Void"), figures.void),
    ]
    return [*paper.section(N_("Voters and their ballots")), *paper.band(height, shown)]


def _votes(paper: Paper, form: PublicNoticeForm, height: float) -> list[Block]:
    heads = paper.labels((N_("No."), N_("Name"), N_("For ○"), N_("Against ×"), N_("Abstain"), N_("Outcome")))
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
    return [*paper.section(N_("Votes")), *paper.table(shares, heads, rows, height)]


def _decision(paper: Paper, form: PublicNoticeForm) -> list[Block]:
    """What follows: who is elected, what is voted on again, and the articles it follows from."""
    articles = [one for one in form.result.reasons if one.kind not in _NOT_POSTED]
    village = form.head.level not in (Level.COUNTY, Level.TOWNSHIP)
    return [
        *paper.section(N_("What is decided")),
        *paragraph(paper.each(lambda: one_after_another(_decided(form.result))), 12.5, bold=True),
        *paragraph(paper.each(lambda: one_after_another([in_words(one) for one in articles])), 10.5),
        *paragraph(paper.say(_CONFIRMED[village]), 12.5),
    ]


_NOT_POSTED = (
    *(ReasonKind.ELECTED, ReasonKind.PROPOSAL),
    *(ReasonKind.BASES_AGREE, ReasonKind.BASIS_COLLECTED),
)
"""Reasons that the notice says in words of its own, and those that are the committee's business alone."""


def _decided(result: Result) -> list[str]:
    """The decision, sentence by sentence, in the spoken language."""
    sentences = [] if result.outcome in _INVALID_OUTCOMES else [_(_VALID)]
    if result.elected:
        sentences.append(_(_ELECTED, names="、".join(result.elected)))
    tied, candidates = "、".join(result.tied), "、".join(result.fresh_candidates)
    decision = _DECISIONS[result.outcome]
    sentences.append(_(decision, tied=tied, candidates=candidates, seats=result.seats_left))
    if result.outcome in TITLES:
        sentences.append(_("Day and places of the voting will be announced."))
    return sentences
