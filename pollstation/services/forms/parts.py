"""What every form begins with, and what several forms say: differences, findings, explanations."""

from datetime import date, datetime

import msgspec

from pollstation.domain import findings
from pollstation.domain.accounts import Equation, Standing
from pollstation.domain.contests import EarlierRound, Office
from pollstation.domain.rules import Round


class FormRound(msgspec.Struct, frozen=True, kw_only=True):
    """Which round of its contest is voted on, and the rounds before it."""

    level: Office
    constituency: str
    round: Round
    held_again: bool
    earlier: tuple[EarlierRound, ...]


class FormHead(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when a form belongs, and which state of the journal it witnesses.

    ``level``, ``constituency`` and ``round`` are left out on forms of a whole station. ``polls`` is
    false where votes are only counted. ``grown`` holds the form's contests that other rounds came before.
    ``journal_code`` is the short code of the journal's head, ``journal_position`` says in figures which head
    that was. A form of the ``committee`` itself names no
    station; its code is that of the bundles it was added up from, its position the sites they came from.
    """

    election: str
    committee: str = ""
    level: Office | None = None
    constituency: str = ""
    station_id: str
    station: str
    polls: bool = True
    day: date
    round: Round | None = None
    grown: tuple[FormRound, ...] = ()
    rehearsal: bool
    journal_code: str
    journal_position: str
    printed_at: datetime


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """What two people wrote about something that does not add up.

    ``text`` is empty where they did so at another station: the words stand on that station's own form.
    """

    text: str
    people: tuple[str, ...]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the figures of a sheet, or those of several boxes, betray, and how it was explained."""

    finding: findings.Finding
    explanations: tuple[Explanation, ...] = ()


class AccountLine(msgspec.Struct, frozen=True, kw_only=True):
    """One equation of the ballot account and where it stands; ``box`` as it is painted on the box."""

    equation: Equation
    standing: Standing
    box: str = ""
    explanations: tuple[Explanation, ...] = ()
