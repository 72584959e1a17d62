"""What each printed form shows: figures, names and times, and nothing of how they look.

``pollstation.documents.filling`` fills these from a station's journal, its other modules draw them.
Equations, reasons and findings are those of the domain; ``pollstation.wording`` says them in the reader's
language.
"""

from datetime import date, datetime

import msgspec

from pollstation.domain import findings
from pollstation.domain.accounts import Equation, Standing
from pollstation.domain.boxes import BoxException, BoxState
from pollstation.domain.contests import Office
from pollstation.domain.journal import Kind
from pollstation.domain.rules import Outcome, Reason, Round
from pollstation.services.marked_register import Section
from pollstation.services.turnout import HourLine


class FormHead(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when a form belongs, and which state of the journal it witnesses.

    ``level``, ``constituency`` and ``round`` are left out on forms of a whole station. ``polls`` is
    false where votes are only counted. ``journal_code`` is the short code of the journal's head,
    ``journal_position`` says in figures which head that was.
    """

    election: str
    level: Office | None = None
    constituency: str = ""
    station_id: str
    station: str
    polls: bool = True
    day: date
    round: Round | None = None
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


# --- Count sheet (计票单) ---------------------------------------------------------------------------------


class CandidateVotes(msgspec.Struct, frozen=True, kw_only=True):
    """The three figures of one candidate on one sheet, in ballots."""

    votes_for: int
    against: int
    abstain: int

    @property
    def total(self) -> int:
        """All valid ballots, when the sheet is right."""
        return self.votes_for + self.against + self.abstain


class WriteIn(msgspec.Struct, frozen=True, kw_only=True):
    """A name voters wrote themselves, and its votes."""

    name: str
    votes: int


class SheetFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What the counters entered from one sheet; ``votes`` in ballot order, sums as read from the paper."""

    votes: tuple[CandidateVotes, ...]
    write_ins: tuple[WriteIn, ...] = ()
    valid: int
    void: int
    sum_for: int
    sum_against: int
    sum_abstain: int
    entered_by: tuple[str, str]
    approved_by: tuple[str, ...] = ()


class DoubtfulBallot(msgspec.Struct, frozen=True, kw_only=True):
    """What two people decided about one doubtful ballot; ``judgement`` is of ``domain.doubtful``."""

    number: int
    mark: str
    judgement: str
    valid: bool
    people: tuple[str, ...]


class Recount(msgspec.Struct, frozen=True, kw_only=True):
    """Why a sheet was counted again, and the figures that came out otherwise: by field, before and then."""

    order: Explanation
    changed: dict[str, tuple[int, int]]


class CountSheetForm(msgspec.Struct, frozen=True, kw_only=True):
    """One batch of ballots of one box. Without ``figures`` the form is blank, to be filled with strokes."""

    head: FormHead
    box: str
    batch: int
    batch_size: int
    seats: int
    candidates: tuple[str, ...]
    figures: SheetFigures | None = None
    doubtful: tuple[DoubtfulBallot, ...] = ()
    recounts: tuple[Recount, ...] = ()
    findings: tuple[Finding, ...] = ()


# --- Station account (投票站结果单) -----------------------------------------------------------------------


class ContestAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The equations of one ballot paper."""

    level: Office
    constituency: str
    lines: tuple[AccountLine, ...]


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """One link of a box's chain of custody: what was done, when, by which two people, the seals they saw."""

    state: BoxState
    shown_empty: bool = False
    on_the_way: bool = False
    time: datetime
    place: str = ""
    """Where it was handed over; empty where that stayed at another station."""
    people: tuple[str, ...]
    seals: tuple[str, ...]
    intact: bool = True


class BoxRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One box from shown empty to counted, and what does not add up about it."""

    box: str
    mobile: bool
    custody: tuple[HandOver, ...]
    exceptions: tuple[BoxException, ...] = ()
    explanations: tuple[Explanation, ...] = ()


class DayEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An opening, interruption, resumption, close or reopening of the voting, or an incident.

    ``incident`` is its kind; ``text`` is the reason, or what happened.
    """

    kind: Kind
    incident: str = ""
    time: datetime
    people: tuple[str, ...]
    text: str = ""
    concerned: str = ""
    measures: str = ""


class StationAccountForm(msgspec.Struct, frozen=True, kw_only=True):
    """The closing account of a station; voters by the way they voted.

    ``registered`` holds those ``added`` to the list at the station, not those ``struck`` off it; ``assisted``
    had a scribe write for them; they are counted at the close.
    """

    head: FormHead
    registered: int
    added: int = 0
    struck: int = 0
    assisted: int | None = None
    participants: int
    in_person: int
    proxies: int
    mobile: int
    contests: tuple[ContestAccount, ...]
    boxes: tuple[BoxRecord, ...]
    findings: tuple[Finding, ...] = ()
    events: tuple[DayEvent, ...] = ()


# --- Result report sheet (选举结果报告单) ----------------------------------------------------------------


class PersonResult(msgspec.Struct, frozen=True, kw_only=True):
    """Votes of one person. ``standing`` is a key of ``wording.forms.STANDINGS``.

    A write-in has no ``against`` and ``abstain``.
    """

    name: str
    write_in: bool = False
    votes_for: int
    against: int | None = None
    abstain: int | None = None
    standing: str


class BasisResult(msgspec.Struct, frozen=True, kw_only=True):
    """What the law makes of the figures when the ballots ``issued`` or ``collected`` are those who voted."""

    basis: str
    outcome: Outcome
    elected: tuple[str, ...]


class ResultSheetForm(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one contest, as a proposal to the election committee.

    Voters: ``registered``, ``participants`` and of those ``in_person``, ``proxies``, ``mobile``. Ballots:
    ``issued`` is net (spoilt ballots that were replaced are in ``spoilt``). ``outcome`` is left out where the
    committee adds up several sites; ``needed`` the votes a winner needs, where the law sets a number;
    ``bases`` both outcomes where they depend on whether ballots issued or collected count. ``differences``
    are the lines of this contest's account that do not hold by themselves, ``findings`` warnings over boxes.
    """

    head: FormHead
    seats: int
    registered: int
    participants: int
    in_person: int
    proxies: int
    mobile: int
    received: int
    issued: int
    spoilt: int
    unused: int
    collected: int
    valid: int
    void: int
    people: tuple[PersonResult, ...]
    outcome: Outcome | None
    needed: int | None = None
    elected: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    seats_left: int = 0
    bases: tuple[BasisResult, ...] = ()
    reasons: tuple[Reason, ...] = ()
    differences: tuple[AccountLine, ...] = ()
    findings: tuple[Finding, ...] = ()


# --- Opening record (票箱封启记录) -----------------------------------------------------------------------


class CheckedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the opening checklist of the rule profile: who looked at it and when, once done."""

    item: str
    done_by: str = ""
    done_at: datetime | None = None


class SealedBox(msgspec.Struct, frozen=True, kw_only=True):
    """A box shown empty and sealed by two named people."""

    box: str
    mobile: bool
    seals: tuple[str, ...]
    sealed_by: tuple[str, ...]
    sealed_at: datetime


class OpeningCounters(msgspec.Struct, frozen=True, kw_only=True):
    """One ballot paper at the opening: ballots received, and the counters that must stand at zero."""

    level: Office
    constituency: str
    received: int
    issued: int
    spoilt: int
    collected: int


class OpeningRecordForm(msgspec.Struct, frozen=True, kw_only=True):
    """The zero report: nothing issued, nobody marked, boxes empty and sealed; no time before the opening."""

    head: FormHead
    opened_at: datetime | None
    registered: int
    voters_marked: int
    checklist: tuple[CheckedItem, ...]
    boxes: tuple[SealedBox, ...]
    contests: tuple[OpeningCounters, ...]

    @property
    def all_zero(self) -> bool:
        """Whether every counter stands at zero."""
        return not self.voters_marked and not any(c.issued or c.spoilt or c.collected for c in self.contests)


# --- Marked register (选民名册) ---------------------------------------------------------------------------


class MarkedRegisterForm(msgspec.Struct, frozen=True, kw_only=True):
    """One section of the register with its marks."""

    head: FormHead
    section: Section


# --- Mobile box: run sheet and record (流动票箱登记表) ----------------------------------------------------


class VoterToVisit(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list that voters sign; the ground of the request is nobody's business on the way."""

    name: str
    card: str
    address: str
    stop: str = ""
    wish: str = ""
    contests: int
    """Ballots that are due to the voter."""


class RunSheetForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the crew of a mobile box takes along: its way and the voters to visit, with room to sign."""

    head: FormHead
    box: str
    area: str
    stops: tuple[str, ...]
    crew: tuple[str, ...]
    due: datetime | None
    voters: tuple[VoterToVisit, ...]


class ServedVoter(msgspec.Struct, frozen=True, kw_only=True):
    """One voter who was served at the box."""

    name: str
    card: str
    ballots: int
    time: datetime
    from_list: bool
    """Written down from the signed paper list; else live on the way."""
    unrequested: bool
    """Served without an approved request, with a written reason."""


class MobileBallots(msgspec.Struct, frozen=True, kw_only=True):
    """One ballot paper on its way with the box."""

    level: Office
    constituency: str
    taken: int
    issued: int
    blank: int
    spoilt: int
    signed: int | None
    """Signatures on the list; None where nobody counted them."""
    lines: tuple[AccountLine, ...]
    """The equations of this box and ballot paper, with what two people wrote."""


class MobileRecordForm(msgspec.Struct, frozen=True, kw_only=True):
    """The record of one mobile box: crew, way, voters, ballots out, used and back, seals, custody."""

    head: FormHead
    box: str
    area: str
    stops: tuple[str, ...]
    crew: tuple[str, ...]
    voters: tuple[ServedVoter, ...]
    open_requests: int
    """Approved requests of this box that nobody served."""
    ballots: tuple[MobileBallots, ...]
    record: BoxRecord


# --- Turnout slip (参选情况报告单) -------------------------------------------------------------------------


class ContestTurnout(msgspec.Struct, frozen=True, kw_only=True):
    """Voters entitled to one ballot paper, and those who took part."""

    level: Office
    constituency: str
    registered: int
    voted: int


class TurnoutSlipForm(msgspec.Struct, frozen=True, kw_only=True):
    """The turnout at one moment, by ballot paper and by the hour."""

    head: FormHead
    until: datetime
    registered: int
    voted: int
    hours: tuple[HourLine, ...]
    contests: tuple[ContestTurnout, ...]
