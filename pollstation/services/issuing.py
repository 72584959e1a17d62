"""At the desk: find the voter, see what they are entitled to, issue ballots."""

from collections.abc import Sequence

import msgspec

from pollstation.domain.ballots import Authority, Channel, VoterRecord, voter_stream
from pollstation.domain.contests import Contest
from pollstation.domain.day import DayPhase
from pollstation.domain.directory import Directory
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Facts, Kind
from pollstation.domain.register import Voter, query_key
from pollstation.domain.staff import Act, Session, require
from pollstation.services.guards import require_contest, require_phase
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.services.stock import require_stock

CARD_PREFIX, LETTER_PREFIX = "PS1:", "PS2:"
"""What the code on a voter card begins with (the card's number follows), and that on a proxy letter."""
_TOKEN_DIGITS = 6
"""Digits of the principal's token on a letter: a number alone could be guessed."""

_GONE = {
    Channel.IN_PERSON: Code.ALREADY_VOTED,
    Channel.PROXY: Code.VOTED_BY_PROXY,
    Channel.MOBILE: Code.SERVED_BY_MOBILE,
}


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Voters that fit what was typed."""

    voters: tuple["Card", ...]
    count: int
    """How many fit in all; more than ``voters`` when the list was cut."""
    elsewhere: str = ""
    """Where nobody fits: the station of the constituency to which a card of that number belongs."""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """All that the desk needs to know about one voter."""

    voter: Voter
    record: VoterRecord
    ready: tuple[Contest, ...]
    """Contests for which a ballot may be issued now."""
    holder_name: str = ""
    """Name of the voter's proxy, where there is one."""
    principals: tuple["Principal", ...] = ()
    """Voters for whom this one holds a written authority."""


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody whose proxy stands at the desk."""

    voter: Voter
    number: str
    """Number of the written authority."""
    ready: tuple[Contest, ...]


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """What was handed over the desk in one act."""

    voter: Voter
    own: tuple[str, ...]
    """Contests of the voter's own ballots."""
    for_others: dict[str, tuple[str, ...]]
    """Contests of ballots for those who authorised the voter, by their token."""

    @property
    def count(self) -> int:
        """Ballots handed over."""
        return len(self.own) + sum(len(contests) for contests in self.for_others.values())


def find(unit: Reading, text: str, limit: int = 50) -> Found:
    """Voters by name, pinyin, initials, card number, or the last digits of the identity number."""
    key = query_key(text)
    if not key:
        return Found(voters=(), count=0)
    voters, count = unit.voters_with_key(key, limit)
    if not count:
        return Found(voters=(), count=0, elsewhere=other_station(unit, text))
    return Found(voters=tuple(_line(unit, voter) for voter in voters), count=count)


def find_scanned(unit: Reading, code: str) -> Card:
    """The voter whose card was scanned.

    Raises:
        Refusal: OTHER_STATION where it belongs to another station of the constituency, else CARD_INVENTED.
    """
    number = code.removeprefix(CARD_PREFIX)
    if voter := voter_of_card(unit, number):
        return card(unit, voter.token)
    if station := other_station(unit, number):
        raise Refusal(Code.OTHER_STATION, card=number, station=station)
    raise Refusal(Code.CARD_INVENTED, card=number)


def voter_of_card(unit: Reading, number: str) -> Voter | None:
    """The voter of this register who has the card of that number."""
    key = query_key(number)
    voters, _ = unit.voters_with_key(key, 5)
    return next((voter for voter in voters if key and query_key(voter.card) == key), None)


def other_station(unit: Reading, number: str) -> str:
    """Id and name of the constituency's other station to which a card belongs; empty when it is none's."""
    try:
        known = msgspec.json.decode(unit.setting("directory"), type=Directory)
    except KeyError:
        return ""
    station = known.station_of(number)
    return f"{station} {known.names.get(station, '')}".strip()


def letter_code(authority: Authority) -> str:
    """What the code on a proxy letter holds: the authority's number, and of whose stream it is."""
    return f"{LETTER_PREFIX}{authority.number}-{authority.principal[:_TOKEN_DIGITS]}"


def find_letter(unit: Reading, code: str) -> tuple[Card, str]:
    """The holder of the letter that was scanned, and the token of the voter who gave it.

    Raises:
        Refusal: PROXY_UNAPPROVED where the committee has not consented, PROXY_LETTER_UNKNOWN where no such
            authority stands (never written down here, or taken back).
    """
    for state in ("held", "asked"):
        for name in unit.totals(f"{state}/"):
            _, holder, principal = name.split("/")
            record = unit.state(voter_stream(principal), VoterRecord)
            authority = record.authority if state == "held" else record.application
            if authority and letter_code(authority) == code:
                if state == "asked":
                    raise Refusal(Code.PROXY_UNAPPROVED, number=authority.number)
                return card(unit, holder), principal
    raise Refusal(Code.PROXY_LETTER_UNKNOWN, number=code.removeprefix(LETTER_PREFIX))


def _line(unit: Reading, voter: Voter) -> Card:
    record = unit.state(voter_stream(voter.token), VoterRecord)
    return Card(voter=voter, record=record, ready=_ready(unit, voter, record))


def card(unit: Reading, token: str) -> Card:
    """The person card of one voter: entitlement, what was issued, and for whom else they may vote."""
    voter = known_voter(unit, token)
    record = unit.state(voter_stream(token), VoterRecord)
    holder = record.authority.holder if record.authority else ""
    return Card(
        voter=voter,
        record=record,
        ready=_ready(unit, voter, record),
        holder_name=_name(unit, holder) if holder else "",
        principals=_principals(unit, token),
    )


def _name(unit: Reading, token: str) -> str:
    """The voter's name, or a dash: a crew's laptop knows its own voters only."""
    try:
        return unit.voter(token).name
    except KeyError:
        return "—"


def known_voter(unit: Reading, token: str) -> Voter:
    """The voter of that token; else NOT_ON_LIST."""
    try:
        return unit.voter(token)
    except KeyError:
        raise Refusal(Code.NOT_ON_LIST) from None


def _ready(unit: Reading, voter: Voter, record: VoterRecord) -> tuple[Contest, ...]:
    return tuple(
        contest
        for contest in unit.plan.contests
        if contest.id in voter.contests and record.issued(contest.id) is None and not record.struck
    )


def _principals(unit: Reading, holder: str) -> tuple[Principal, ...]:
    principals = []
    for name in unit.totals(f"held/{holder}/"):
        try:
            voter = unit.voter(name.rpartition("/")[2])
        except KeyError:  # not on the crew's list, so nothing to vote for on the way
            continue
        record = unit.state(voter_stream(voter.token), VoterRecord)
        if record.authority and record.authority.holder == holder:
            ready = _ready(unit, voter, record)
            principals.append(Principal(voter=voter, number=record.authority.number, ready=ready))
    return tuple(sorted(principals, key=lambda each: each.number))


def issue_ballots(
    unit: UnitOfWork,
    by: Session,
    token: str,
    *,
    contests: Sequence[str] | None = None,
    principals: Sequence[str] = (),
    assisted: bool = False,
) -> Issued:
    """Issue a voter one ballot for each contest, and ballots for those who authorised them (art. 37, 42).

    Args:
        contests: which contests; None for all the voter is entitled to and has not taken.
        principals: tokens of voters for whom the voter holds a written authority, shown at the desk.
        assisted: whether a scribe writes for the voter (art. 40); kept private, counted at the close.

    Raises:
        Refusal: ALREADY_VOTED, VOTED_BY_PROXY, SERVED_BY_MOBILE, STRUCK_OFF with when and where;
            PROXY_PENDING, PROXY_UNAPPROVED, PROXY_ABSENT, NOT_ENTITLED, STOCK_TOO_SMALL, PAUSED, WRONG_PHASE.
    """
    require(by, Act.CHECK_IN)
    require_voting(unit)
    box = unit.plan.fixed_box.id
    person = card(unit, token)
    require_on_list(unit, token)
    own = _entitled(unit, person, contests, with_principals=bool(principals))
    if person.record.authority and own:
        raise Refusal(Code.PROXY_PENDING, number=person.record.authority.number, holder=person.holder_name)
    private = {"assisted": True} if assisted else {}
    if own:
        for contest in own:
            require_stock(unit, contest, 1)
        append_issue(unit, by, token, own, Channel.IN_PERSON, box, private=private)
    held = {each.voter.token: each for each in person.principals}
    for_others: dict[str, tuple[str, ...]] = {}
    for principal in principals:
        if principal not in held:
            raise _no_authority(unit, principal)
        ready = tuple(contest.id for contest in held[principal].ready)
        if not ready:
            require_not_voted(unit, principal, None)
        for contest in ready:
            require_stock(unit, contest, 1)
        append_issue(unit, by, principal, ready, Channel.PROXY, box, holder=token)
        for_others[principal] = ready
    return Issued(voter=person.voter, own=own, for_others=for_others)


def _no_authority(unit: Reading, principal: str) -> Refusal:
    """Why nobody votes for this voter now."""
    require_on_list(unit, principal)
    asked = unit.state(voter_stream(principal), VoterRecord).application
    return Refusal(Code.PROXY_UNAPPROVED, number=asked.number) if asked else Refusal(Code.PROXY_ABSENT)


def require_voting(unit: Reading) -> None:
    """Refuse before the opening, during a pause and after the close."""
    if require_phase(unit, DayPhase.OPEN).paused:
        raise Refusal(Code.PAUSED)


def _entitled(
    unit: Reading, person: Card, contests: Sequence[str] | None, *, with_principals: bool
) -> tuple[str, ...]:
    ready = tuple(contest.id for contest in person.ready)
    if person.record.in_conflict:
        raise Refusal(Code.IN_CONFLICT)
    if contests is None:
        if not ready and not with_principals:
            require_not_voted(unit, person.voter.token, None)
            raise Refusal(Code.NOT_ENTITLED, contest="")
        return () if person.record.authority and with_principals else ready
    for contest in contests:
        require_contest(unit, contest)
        if contest not in person.voter.contests:
            raise Refusal(Code.NOT_ENTITLED, contest=contest)
        require_not_voted(unit, person.voter.token, contest)
    return tuple(contests)


def require_not_voted(unit: Reading, token: str, contest: str | None) -> None:
    """Refuse, with when and where, when a ballot was issued to the voter (for ``contest``, or at all).

    So it does when the voter was struck off the list.
    """
    require_on_list(unit, token)
    record = unit.state(voter_stream(token), VoterRecord)
    issue = record.issued(contest) if contest else next(iter(record.issues), None)
    if issue:
        raise Refusal(_GONE[issue.channel], time=issue.time, desk=issue.device, box=issue.box)


def require_on_list(unit: Reading, token: str) -> None:
    """Refuse with STRUCK_OFF, with when, where and on which decision, a voter who was taken off the list."""
    record = unit.state(voter_stream(token), VoterRecord)
    if not record.struck:
        return
    struck = [entry for entry in unit.entries(voter_stream(token)) if entry.kind == Kind.VOTER_STRUCK][-1]
    decision = struck.private.facts["decision"] if struck.private else ""
    raise Refusal(Code.STRUCK_OFF, time=struck.time, desk=struck.device, decision=decision)


def append_issue(
    unit: UnitOfWork,
    by: Session,
    token: str,
    contests: Sequence[str],
    channel: Channel,
    box: str,
    *,
    holder: str = "",
    carried: bool = False,
    from_list: bool = False,
    unrequested: bool = False,
    private: Facts | None = None,
) -> None:
    """Write one voter's ballots to the journal; the caller has checked that they may be issued."""
    public: dict[str, object] = {"contests": list(contests), "channel": channel, "box": box}
    if holder:
        public["holder"] = holder
    if carried:
        public["carried"] = True
    if from_list:
        public["from_list"] = True
    if unrequested:
        public["unrequested"] = True
    unit.append(Kind.BALLOTS_ISSUED, voter_stream(token), by=by, public=public, private=private)
