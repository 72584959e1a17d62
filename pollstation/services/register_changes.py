"""The voter list changed after it was printed: a voter struck off, restored, or entered late; two people."""

import secrets
from datetime import date

import msgspec

from pollstation.domain import identity_numbers
from pollstation.domain.ballots import VoterRecord, voter_stream
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.profiles import rules_of
from pollstation.domain.register import Voter, age_on, query_key, voter_facts
from pollstation.domain.staff import Act, Session, require, require_two
from pollstation.services.guards import require_contest, require_phase, require_text
from pollstation.services.issuing import known_voter, other_station, require_not_voted, voter_of_card
from pollstation.services.ports import Reading, UnitOfWork

VOTING_AGE = 18
"""Electoral Law art. 4."""


class Newcomer(msgspec.Struct, frozen=True, kw_only=True):
    """A voter who was left out of the list, as the papers they show say."""

    name: str
    card: str
    """Number of the voter card that is made out now."""
    id_number: str
    """Resident identity number."""
    address: str = ""
    contests: tuple[str, ...]


def strike_off(
    unit: UnitOfWork, by: Session, witness: Session, token: str, *, decision: str, reason: str
) -> Voter:
    """Take a voter off the list, on a decision of the committee or a court; two people.

    Their written authority, given or asked for, falls with it.

    Raises:
        Refusal: ALREADY_VOTED and the like where a ballot was issued; STRUCK_OFF where it is done already.
    """
    _require_change(unit, by, witness)
    voter = known_voter(unit, token)
    require_not_voted(unit, token, None)
    _append(
        unit, by, witness, Kind.VOTER_STRUCK, token, decision, reason, public={"contests": [*voter.contests]}
    )
    return voter


def restore(
    unit: UnitOfWork, by: Session, witness: Session, token: str, *, decision: str, reason: str
) -> Voter:
    """Put a voter who was struck off by mistake back on the list; two people.

    Raises:
        Refusal: NOT_STRUCK.
    """
    _require_change(unit, by, witness)
    voter = known_voter(unit, token)
    if not unit.state(voter_stream(token), VoterRecord).struck:
        raise Refusal(Code.NOT_STRUCK, name=voter.name)
    _append(unit, by, witness, Kind.VOTER_RESTORED, token, decision, reason, public={})
    return voter


def enter_late(
    unit: UnitOfWork, by: Session, witness: Session, newcomer: Newcomer, *, decision: str, reason: str
) -> Voter:
    """Enter a voter who was left out on the list, where the election's rules allow it; two people.

    From then on they are found and served like everybody else, and count as registered.

    Raises:
        Refusal: LATE_REGISTRATION_OFF, TEXT_MISSING, VOTER_ID_NUMBER_WRONG, VOTER_TOO_YOUNG, ALREADY_ON_LIST,
            CARD_BELONGS_TO another station, LATE_WITHOUT_CONTEST, CONTEST_UNKNOWN.
    """
    _require_change(unit, by, witness)
    if not rules_of(unit.plan.election).late_registration:
        raise Refusal(Code.LATE_REGISTRATION_OFF)
    voter = _checked(unit, newcomer)
    _append(
        unit,
        by,
        witness,
        Kind.VOTER_ADDED,
        voter.token,
        decision,
        reason,
        public={"contests": [*voter.contests]},
        voter=voter,
    )
    return unit.voter(voter.token)


def _require_change(unit: Reading, by: Session, witness: Session) -> None:
    require(by, Act.CHANGE_REGISTER)
    require_two(by, witness)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)


def _append(
    unit: UnitOfWork,
    by: Session,
    witness: Session,
    kind: Kind,
    token: str,
    decision: str,
    reason: str,
    *,
    public: dict[str, object],
    voter: Voter | None = None,
) -> None:
    private: dict[str, object] = {
        "decision": require_text(decision, "decision"),
        "reason": require_text(reason, "reason"),
    }
    if voter:
        private["voter"] = voter_facts(voter)
    unit.append(kind, voter_stream(token), by=by, witness=witness, public=public, private=private)


def _checked(unit: Reading, newcomer: Newcomer) -> Voter:
    """The newcomer as a line of the register; its place is given when it is written."""
    name, card = require_text(newcomer.name, "name"), require_text(newcomer.card, "card")
    id_number = require_text(newcomer.id_number, "id_number").upper()
    birth = _birth(id_number)
    day = unit.plan.election.day
    if age_on(birth, day) < VOTING_AGE:
        raise Refusal(Code.VOTER_TOO_YOUNG, name=name, age=VOTING_AGE)
    _require_new(unit, card, id_number)
    if not newcomer.contests:
        raise Refusal(Code.LATE_WITHOUT_CONTEST, name=name)
    for contest in newcomer.contests:
        require_contest(unit, contest)
    return Voter(
        token=secrets.token_hex(16),
        number=0,
        name=name,
        sex=identity_numbers.sex_of(id_number),
        birth=birth,
        group="",
        address=newcomer.address.strip(),
        card=card,
        id_number=id_number,
        contests=newcomer.contests,
    )


def _birth(id_number: str) -> date:
    """The birth date in a sound identity number (GB 11643)."""
    sound = (
        identity_numbers.well_formed(id_number)
        and identity_numbers.check_character(id_number[:17]) == id_number[17]
    )
    birth = identity_numbers.birth_of(id_number) if sound else None
    if birth is None:
        raise Refusal(Code.VOTER_ID_NUMBER_WRONG)
    return birth


def _require_new(unit: Reading, card: str, id_number: str) -> None:
    """Nobody has this card or this identity number, here or, as far as it is known, at another station."""
    same_end, _ = unit.voters_with_key(query_key(id_number), 100)
    known = [voter for voter in same_end if voter.id_number.upper() == id_number]
    known += filter(None, [voter_of_card(unit, card)])
    if known:
        raise Refusal(Code.ALREADY_ON_LIST, name=known[0].name, number=known[0].number)
    if station := other_station(unit, card):
        raise Refusal(Code.CARD_BELONGS_TO, card=card, station=station)
