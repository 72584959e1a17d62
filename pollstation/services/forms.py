"""What each printed form shows: figures, names and times, and nothing of how they look.

Services fill these; ``pollstation.documents`` draws them. Kinds and states are the stable words of the trade
(``county``, ``first``, ``elected``); ``pollstation.wording.forms`` says them in the reader's language.
"""

from datetime import date, datetime

import msgspec


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence still to be said in the reader's language: an English msgid and the facts it needs."""

    message: str
    facts: dict[str, object] = {}


class FormHead(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when a form belongs, and which state of the journal it witnesses.

    ``level`` (``county``, ``township``, ``village``), ``constituency`` and ``round`` (``first``, ``revote``,
    ``fresh``) are empty on forms of a whole station. ``journal_code`` is the short code of the journal's
    head, ``journal_position`` says in figures which head that was.
    """

    election: str
    level: str = ""
    constituency: str = ""
    station_id: str
    station: str
    day: date
    round: str = ""
    rehearsal: bool
    journal_code: str
    journal_position: str
    printed_at: datetime


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that did not add up, and what two people wrote about it."""

    code: str
    message: Phrase
    explanation: str = ""
    explained_by: tuple[str, ...] = ()


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
    approved_by: str = ""


class CountSheetForm(msgspec.Struct, frozen=True, kw_only=True):
    """One batch of ballots of one box. Without ``figures`` the form is blank, to be filled with strokes."""

    head: FormHead
    box: str
    batch: int
    batch_size: int
    seats: int
    candidates: tuple[str, ...]
    figures: SheetFigures | None = None
    findings: tuple[Finding, ...] = ()


# --- Station account (投票站结果单) -----------------------------------------------------------------------


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of an equation; ``name`` is a key of ``wording.forms.TERMS``."""

    name: str
    count: int
    minus: bool = False


class Equation(msgspec.Struct, frozen=True, kw_only=True):
    """One equation of the account, with both sides as counted.

    ``name`` is a key of ``wording.forms.EQUATIONS``; ``subject`` says of what (a box) where there are
    several. ``at_most`` asks for left <= right instead of equality.
    """

    name: str
    subject: str = ""
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    at_most: bool = False
    explanation: str = ""
    explained_by: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """Left minus right."""
        return _sum(self.left) - _sum(self.right)

    @property
    def holds(self) -> bool:
        """Whether the figures agree, without any explanation."""
        return self.difference <= 0 if self.at_most else self.difference == 0


def _sum(terms: tuple[Term, ...]) -> int:
    return sum(-term.count if term.minus else term.count for term in terms)


class ContestAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The equations of one ballot paper."""

    level: str
    constituency: str
    equations: tuple[Equation, ...]


class BoxAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One box at the close: ballots issued into it, collected from it (None: not opened yet), its seals."""

    box: str
    mobile: bool
    issued: int
    collected: int | None = None
    seals: tuple[str, ...]


class StationAccountForm(msgspec.Struct, frozen=True, kw_only=True):
    """The closing account of a station; voters by the way they voted."""

    head: FormHead
    registered: int
    participants: int
    in_person: int
    proxies: int
    mobile: int
    contests: tuple[ContestAccount, ...]
    boxes: tuple[BoxAccount, ...]


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


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the law's reasoning: the article and what follows from it."""

    article: str
    text: Phrase


class ResultSheetForm(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one contest, as a proposal to the election committee.

    Voters: ``registered``, ``participants`` and of those ``in_person``, ``proxies``, ``mobile``. Ballots:
    ``issued`` is net (spoilt ballots that were replaced are in ``spoilt``). ``outcome`` is a key of
    ``wording.forms.OUTCOMES``; ``needed`` the votes a winner needs, where the law sets a number.
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
    outcome: str
    needed: int | None = None
    elected: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    seats_left: int = 0
    reasons: tuple[Reason, ...] = ()
    findings: tuple[Finding, ...] = ()


# --- Opening record (票箱封启记录) -----------------------------------------------------------------------


class CheckedItem(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the opening checklist."""

    text: Phrase
    done: bool
    note: str = ""


class SealedBox(msgspec.Struct, frozen=True, kw_only=True):
    """A box shown empty and sealed by two named people."""

    box: str
    mobile: bool
    seals: tuple[str, ...]
    sealed_by: tuple[str, str]
    sealed_at: datetime


class OpeningCounters(msgspec.Struct, frozen=True, kw_only=True):
    """One ballot paper at the opening: ballots received, and the counters that must stand at zero."""

    level: str
    constituency: str
    received: int
    issued: int
    spoilt: int
    collected: int


class OpeningRecordForm(msgspec.Struct, frozen=True, kw_only=True):
    """The zero report: nothing issued, nobody marked, boxes empty and sealed."""

    head: FormHead
    opened_at: datetime
    registered: int
    voters_marked: int
    checklist: tuple[CheckedItem, ...]
    boxes: tuple[SealedBox, ...]
    contests: tuple[OpeningCounters, ...]

    @property
    def all_zero(self) -> bool:
        """Whether every counter stands at zero."""
        return not self.voters_marked and not any(c.issued or c.spoilt or c.collected for c in self.contests)
