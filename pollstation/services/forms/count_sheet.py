"""计票单: what a count sheet shows, blank or filled."""

import msgspec

from pollstation.services.forms.parts import Explanation, Finding, FormHead


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
