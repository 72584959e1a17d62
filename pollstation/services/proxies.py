"""Proxy votes: a written application, the committee's consent, a letter (Electoral Law art. 42).

```mermaid
stateDiagram-v2
    [*] --> asked: application, where consent is needed
    asked --> given: the committee consents
    asked --> refused: the committee refuses
    [*] --> given: where no consent is needed
    asked --> [*]: taken back
    given --> [*]: taken back before the proxy has voted
    given --> voted: the proxy takes the ballots
```

Desks that cannot reach each other number their authorities apart: the number ends in the device's own digits.
A merge keeps every one under its number, so each letter already printed still names its authority. Two
authorities of one voter become a conflict; more than a holder may have stay and bar that holder from another.
"""

from enum import StrEnum

import msgspec

from pollstation.domain.ballots import Authority, Channel, VoterRecord, voter_stream
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.profiles import rules_of
from pollstation.domain.register import Voter
from pollstation.domain.staff import Act, Session, require
from pollstation.services.guards import require_phase, require_text
from pollstation.services.issuing import known_voter, require_not_voted, require_on_list
from pollstation.services.ports import Reading, UnitOfWork


class ProxyState(StrEnum):
    """How an authority stands."""

    ASKED = "asked"
    """Applied for; the committee has not decided."""
    GIVEN = "given"
    VOTED = "voted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    """The voter has voted themselves, before the committee decided."""


class ProxyLine(msgspec.Struct, frozen=True, kw_only=True):
    """One application or written authority as the list shows it."""

    principal: Voter
    holder: Voter
    authority: Authority
    state: ProxyState


def apply(unit: UnitOfWork, by: Session, principal: str, holder: str, *, reason: str) -> Authority:
    """Write down that a voter asks to be represented; where no consent is needed, this is the authority.

    Args:
        principal: token of the voter who will not come.
        holder: token of the voter who will vote for them.
        reason: why the principal cannot come.

    Raises:
        Refusal: PROXY_OF_ONESELF, PROXY_EXISTS, PROXY_HOLDS_TOO_MANY, PROXY_OTHER_CONSTITUENCY,
            PROXY_IS_CANDIDATE, PROXY_IS_STAFF (where the rules bar them), STRUCK_OFF, and, with when and
            where, that the principal already took part.
    """
    require(by, Act.AUTHORISE_PROXY)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    giver, taker = known_voter(unit, principal), known_voter(unit, holder)
    reason = require_text(reason, "reason")
    if principal == holder:
        raise Refusal(Code.PROXY_OF_ONESELF, principal=giver.name)
    require_not_voted(unit, principal, None)
    require_on_list(unit, holder)
    record = unit.state(voter_stream(principal), VoterRecord)
    if existing := record.authority or record.application:
        raise Refusal(
            Code.PROXY_EXISTS, number=existing.number, holder=known_voter(unit, existing.holder).name
        )
    _require_may_hold(unit, giver, taker)
    needs_consent = rules_of(unit.plan.election).needs_committee_consent
    unit.append(
        Kind.PROXY_APPLIED if needs_consent else Kind.PROXY_AUTHORISED,
        voter_stream(principal),
        by=by,
        public={"number": _next_number(unit), "holder": holder},
        private={"reason": reason},
    )
    return _written(unit, principal)


def _next_number(unit: Reading) -> str:
    """Such as ``P-0031-7f3a``: counted over all that is known here, and this device's last digits.

    The count never falls, so no device gives a number twice; and no two devices end in the same digits.
    """
    last = unit.head()
    device = last.device.rpartition("-")[2] if last else ""
    return f"P-{unit.total('authorities_written') + 1:04d}-{device}"


def _require_may_hold(unit: Reading, giver: Voter, taker: Voter) -> None:
    rules = rules_of(unit.plan.election)
    if not set(giver.contests) & set(taker.contests):
        raise Refusal(Code.PROXY_OTHER_CONSTITUENCY, holder=taker.name)
    candidates = {name for contest in unit.plan.contests for name in contest.candidates}
    if rules.proxy_bars_candidates and taker.name in candidates:
        raise Refusal(Code.PROXY_IS_CANDIDATE, holder=taker.name)
    if rules.proxy_bars_staff and taker.name in {person.name for person in unit.people()}:
        raise Refusal(Code.PROXY_IS_STAFF, holder=taker.name)
    held = len(unit.totals(f"held/{taker.token}/")) + len(unit.totals(f"asked/{taker.token}/"))
    if held >= rules.proxies_per_holder:
        raise Refusal(Code.PROXY_HOLDS_TOO_MANY, holder=taker.name, held=held, most=rules.proxies_per_holder)


def _written(unit: Reading, principal: str) -> Authority:
    record = unit.state(voter_stream(principal), VoterRecord)
    written = record.authority or record.application
    if written is None:
        raise AssertionError("an authority that was just written is not there")
    return written


def grant(unit: UnitOfWork, by: Session, principal: str, *, consent: str) -> Authority:
    """Write down that the committee consents: from now on the proxy may vote.

    Args:
        consent: number or words of the committee's consent.

    Raises:
        Refusal: PROXY_WITHOUT_CONSENT where no number is given, PROXY_NOT_APPLIED, and, with when and where,
            that the principal already took part.
    """
    asked = _asked(unit, by, principal)
    require_not_voted(unit, principal, None)
    if not consent.strip():
        raise Refusal(Code.PROXY_WITHOUT_CONSENT, principal=known_voter(unit, principal).name)
    unit.append(
        Kind.PROXY_AUTHORISED,
        voter_stream(principal),
        by=by,
        public={"number": asked.number, "holder": asked.holder},
        private={"consent": consent.strip()},
    )
    return _written(unit, principal)


def decline(unit: UnitOfWork, by: Session, principal: str, *, decision: str, reason: str) -> Authority:
    """Write down that the committee refuses an application.

    Args:
        decision: number of its decision.

    Raises:
        Refusal: PROXY_NOT_APPLIED, TEXT_MISSING.
    """
    asked = _asked(unit, by, principal)
    unit.append(
        Kind.PROXY_REFUSED,
        voter_stream(principal),
        by=by,
        public={"number": asked.number},
        private={"decision": require_text(decision, "decision"), "reason": require_text(reason, "reason")},
    )
    return asked


def _asked(unit: Reading, by: Session, principal: str) -> Authority:
    """The application that the committee has to decide on."""
    require(by, Act.AUTHORISE_PROXY)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    giver = known_voter(unit, principal)
    asked = unit.state(voter_stream(principal), VoterRecord).application
    if asked is None:
        raise Refusal(Code.PROXY_NOT_APPLIED, principal=giver.name)
    return asked


def authorise(
    unit: UnitOfWork, by: Session, principal: str, holder: str, *, consent: str, reason: str
) -> Authority:
    """Write down an application and the consent that lies beside it, in one act; see the two of them."""
    asked = apply(unit, by, principal, holder, reason=reason)
    if unit.state(voter_stream(principal), VoterRecord).application is None:
        return asked
    return grant(unit, by, principal, consent=consent)


def revoke(unit: UnitOfWork, by: Session, principal: str, reason: str) -> None:
    """Take an application or authority back, before the proxy has voted: the principal comes or wishes it."""
    require(by, Act.AUTHORISE_PROXY)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    reason = require_text(reason, "reason")
    known_voter(unit, principal)
    require_not_voted(unit, principal, None)
    record = unit.state(voter_stream(principal), VoterRecord)
    if record.authority is None and record.application is None:
        raise Refusal(Code.PROXY_ABSENT)
    unit.append(Kind.PROXY_REVOKED, voter_stream(principal), by=by, private={"reason": reason})


def authorities(unit: Reading) -> list[ProxyLine]:
    """Every application and written authority of the day, by number."""
    principals = {
        name.split("/")[2] for state in ("held", "asked", "declined") for name in unit.totals(f"{state}/")
    }
    lines = (_line(unit, principal) for principal in principals)
    return sorted(lines, key=lambda line: line.authority.number)


def _line(unit: Reading, principal: str) -> ProxyLine:
    record = unit.state(voter_stream(principal), VoterRecord)
    standing = record.authority or record.application or record.declined
    if standing is None:
        raise AssertionError("a total names an authority that is not there")
    return ProxyLine(
        principal=unit.voter(principal),
        holder=unit.voter(standing.holder),
        authority=standing,
        state=_state(record),
    )


def _state(record: VoterRecord) -> ProxyState:
    if record.authority:
        voted = any(issue.channel is Channel.PROXY for issue in record.issues)
        return ProxyState.VOTED if voted else ProxyState.GIVEN
    if record.application:
        return ProxyState.LAPSED if record.issues else ProxyState.ASKED
    return ProxyState.DECLINED
