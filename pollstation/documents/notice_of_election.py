"""当选通知书: the letter of the committee to one person who is elected."""

from collections.abc import Sequence

from reportlab.lib.units import mm

from pollstation.documents.layout import Text, gap
from pollstation.documents.letters import about, left, letter, paragraph
from pollstation.documents.paper import LaidOut, Paper
from pollstation.domain.contests import Level
from pollstation.i18n import N_
from pollstation.services.forms.announcement import NoticeOfElectionForm

TITLE = N_("Notice of election")

_ELECTED = N_(
    "At the election of {day} ({round}) in {constituency} you were elected: {office}. "
    "{votes} votes were cast for you; {participants} voters took part."
)
_CONFIRMED = {
    False: N_(
        "The election committee has confirmed and published the result under article 46 of the Electoral Law "
        "of the National People's Congress and Local People's Congresses. "
        "The credentials committee reviews your credentials under article 47."
    ),
    True: N_(
        "The villagers' election committee has confirmed and announced the result under article 18 "
        "of the Organic Law of Villagers' Committees."
    ),
}
"""By whether a village elected its committee."""


def lay_out(form: NoticeOfElectionForm, languages: Sequence[str]) -> LaidOut:
    """The letter, its pages numbered by themselves."""
    head = form.head
    paper = Paper(TITLE, head, languages, by_itself=True)
    village = head.level not in (Level.COUNTY, Level.TOWNSHIP)
    elected = about(paper, _ELECTED, votes=form.votes, participants=form.participants)
    blocks = [
        gap(8 * mm),
        paper.centred(Text((head.election,), 14)),
        gap(4 * mm),
        paper.centred(Text(paper.say(TITLE), 30, bold=True)),
        gap(12 * mm),
        left(Text(paper.say(N_("To {person}:"), person=form.person), 16, True, "left")),
        gap(3 * mm),
        *paragraph(elected, 15),
        *paragraph(paper.say(_CONFIRMED[village]), 15),
        *paragraph(paper.say(N_("You are hereby notified.")), 15),
    ]
    return letter(paper, lambda _height: blocks, head.committee, form.confirmed_on)
