"""What is judged and what comes of it, in the words of the ``determine`` contract."""

from enum import StrEnum, unique

import msgspec

Facts = dict[str, int | str | list[str]]


@unique
class Round(StrEnum):
    """Which vote a case is about; each is a day of its own with its own figures."""

    FIRST = "first"
    REVOTE = "revote"
    FRESH = "fresh"


@unique
class Outcome(StrEnum):
    """What the figures come to. A proposal: only the election committee confirms it."""

    ELECTED = "ELECTED"
    REVOTE = "REVOTE"
    FRESH_ELECTION = "FRESH_ELECTION"
    INVALID_TURNOUT = "INVALID_TURNOUT"
    INVALID_EXCESS = "INVALID_EXCESS"
    BASIS_DEPENDENT = "BASIS_DEPENDENT"
    COMMITTEE_DECIDES = "COMMITTEE_DECIDES"
    VACANT = "VACANT"
    INVALID_INPUT = "INVALID_INPUT"


@unique
class ReasonKind(StrEnum):
    """Why: each kind has its sentence in :mod:`pollstation.wording.reasons`."""

    TURNOUT_MET = "turnout met"
    TURNOUT_MISSED = "turnout missed"
    TURNOUT_NOT_ASKED = "turnout not asked"
    EXCESS = "excess"
    MAJORITY_NEEDED = "majority needed"
    MAJORITY_SURPLUS = "majority surplus"
    TIE_REVOTE = "tie: re-vote"
    SEATS_SHORT = "seats short"
    LIST = "list"
    LIST_OF_TWO = "list of two"
    LIST_IN_RANGE = "list in range"
    LIST_TIE = "list tie"
    MOST_VOTES = "most votes"
    ONE_THIRD = "one third"
    ELECTED = "elected"
    TIE_COMMITTEE = "tie: committee"
    REVOTE_SHORT = "re-vote short"
    LEFT_VACANT = "left vacant"
    INELIGIBLE = "ineligible"
    NOT_STANDING = "not standing"
    UNCHECKED = "unchecked"
    HIGHER_POST = "higher post"
    HIGHER_POST_OPEN = "higher post open"
    VOTES_ADDED = "votes added"
    BASIS_COLLECTED = "basis: collected"
    BASES_AGREE = "bases agree"
    BASES_DIFFER = "bases differ"
    PROPOSAL = "proposal"
    NOT_A_CASE = "not a case"
    FIELD_MISSING = "field missing"
    NOT_WHOLE = "not whole"
    NOT_TEXT = "not text"
    NOT_TALLY = "not a tally"
    NOT_NAMES = "not names"
    NEGATIVE = "negative"
    ROUND_UNKNOWN = "round unknown"
    PROFILE_UNKNOWN = "profile unknown"
    NAMELESS = "nameless"
    SEATS_RANGE = "seats range"
    MORE_THAN = "more than"
    VOTES_FOR_ONE = "votes for one"
    VOTES_FOR_ALL = "votes for all"
    NAME_TWICE = "name twice"


class Reason(msgspec.Struct, frozen=True):
    """One step of the judgement: the article it rests on (empty: bare arithmetic), what, and the figures."""

    article: str
    kind: ReasonKind
    facts: Facts = {}


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one contest in one round, all counted in persons or ballots.

    Args:
        participants: voters who voted; None: judge by ``issued`` and by ``collected``.
        issued: net ballots issued (spoilt and replaced ones taken off).
        collected: ballots found in the boxes, void ones included.
        votes: votes for each name on the ballot, in ballot order.
        write_ins: votes for names that voters wrote themselves.
        eligible: write-ins found eligible.
        ineligible: names found ineligible; votes for them elect nobody.
    """

    id: str | int
    profile: str
    round: Round
    seats: int
    registered: int
    participants: int | None = None
    issued: int | None = None
    collected: int
    void: int | None = None
    votes: dict[str, int]
    write_ins: dict[str, int] = {}
    eligible: list[str] = []
    ineligible: list[str] = []


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What a case comes to.

    Args:
        id: the case's own; None where it has none.
        needed: votes a winner needs; None where no figure decides (a re-vote, differing bases, no case).
        elected: names in vote order, equal ones in ballot order.
        pending: those elected whose eligibility is still to be checked.
        tied: names whose equal votes stand across the line that decides; of posts also those of whom a
            higher post decides.
        seats_left: seats that nobody has won.
        fresh_candidates: who stands in the fresh election, in vote order.
        by_issued: the whole result with the ballots issued as those who voted; only when bases differ.
        by_collected: the same by the ballots collected.
    """

    id: str | int | None
    outcome: Outcome
    needed: int | None = None
    elected: list[str] = []
    pending: list[str] = []
    tied: list[str] = []
    seats_left: int = 0
    fresh_candidates: list[str] = []
    reasons: list[Reason] = []
    by_issued: "Result | msgspec.UnsetType" = msgspec.UNSET
    by_collected: "Result | msgspec.UnsetType" = msgspec.UNSET
