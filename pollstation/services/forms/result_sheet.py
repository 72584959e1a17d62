"""选举结果报告单: what the result report sheet of one contest shows."""

import msgspec

from pollstation.domain.accounts import Figures
from pollstation.domain.rules import Outcome, Reason
from pollstation.services.forms.parts import AccountLine, Finding, FormHead


class PersonResult(msgspec.Struct, frozen=True, kw_only=True):
    """Votes of one person. ``standing`` is a key of ``wording.forms.STANDINGS``.

    A write-in has no ``against`` and ``abstain``; ``spellings`` are the votes by what the counters read,
    where several readings were joined.
    """

    name: str
    write_in: bool = False
    votes_for: int
    against: int | None = None
    abstain: int | None = None
    spellings: dict[str, int] = {}
    standing: str


class BasisResult(msgspec.Struct, frozen=True, kw_only=True):
    """What the law makes of the figures when the ballots ``issued`` or ``collected`` are those who voted."""

    basis: str
    outcome: Outcome
    elected: tuple[str, ...]


class ResultSheetForm(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one contest, as a proposal to the election committee.

    ``outcome`` is left out where the committee adds up several sites; ``needed`` the votes a winner needs,
    where the law sets a number; ``bases`` both outcomes where they depend on whether ballots issued or
    collected count. ``differences`` are the lines of this contest's account that do not hold by themselves,
    ``findings`` warnings over boxes.
    """

    head: FormHead
    seats: int
    figures: Figures
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
