"""Proxy votes: a written authority, with the committee's consent (Electoral Law art. 42)."""

import msgspec

from pollstation.domain.ballots import Authority, VoterRecord, voter_stream
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.profiles import profile
from pollstation.domain.register import Voter
from pollstation.domain.staff import Act, Session, require
from pollstation.services.guards import require_phase, require_text
from pollstation.services.issuing import known_voter, require_not_voted
from pollstation.services.ports import Reading, UnitOfWork


class ProxyLine(msgspec.Struct, frozen=True, kw_only=True):
    """One written authority as the list shows it."""

    principal: Voter
    holder: Voter
    authority: Authority
    voted: bool


def authorise(
    unit: UnitOfWork,
    by: Session,
    principal: str,
    holder: str,
    *,
    consent: str,
    reason: str,
) -> Authority:
    """Record a written authority that was shown, with the committee's consent.

    Args:
        principal: token of the voter who will not come.
        holder: token of the voter who will vote for them.
        consent: number or words of the committee's consent.
        reason: why the principal cannot come.

    Raises:
        Refusal: PROXY_WITHOUT_CONSENT, PROXY_OF_ONESELF, PROXY_EXISTS, PROXY_HOLDS_TOO_MANY,
            PROXY_OTHER_CONSTITUENCY, PROXY_IS_CANDIDATE (where the profile bars candidates), and, with when
            and where, that the principal already took part.
    """
    require(by, Act.AUTHORISE_PROXY)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    giver, taker = known_voter(unit, principal), known_voter(unit, holder)
    rules = profile(unit.plan.election.profile)
    if rules.needs_committee_consent and not consent.strip():
        raise Refusal(Code.PROXY_WITHOUT_CONSENT, principal=giver.name)
    reason = require_text(reason, "reason")
    if principal == holder:
        raise Refusal(Code.PROXY_OF_ONESELF, principal=giver.name)
    require_not_voted(unit, principal, None)
    existing = unit.state(voter_stream(principal), VoterRecord).authority
    if existing:
        raise Refusal(
            Code.PROXY_EXISTS, number=existing.number, holder=known_voter(unit, existing.holder).name
        )
    if not set(giver.contests) & set(taker.contests):
        raise Refusal(Code.PROXY_OTHER_CONSTITUENCY, holder=taker.name)
    if rules.proxy_bars_candidates and taker.name in _candidates(unit):
        raise Refusal(Code.PROXY_IS_CANDIDATE, holder=taker.name)
    held = len(unit.totals(f"held/{holder}/"))
    if held >= rules.proxies_per_holder:
        raise Refusal(Code.PROXY_HOLDS_TOO_MANY, holder=taker.name, held=held, most=rules.proxies_per_holder)
    number = f"P-{unit.total('authorities_written') + 1:04d}"
    unit.append(
        Kind.PROXY_AUTHORISED,
        voter_stream(principal),
        by=by,
        public={"number": number, "holder": holder},
        private={"consent": consent.strip(), "reason": reason},
    )
    written = unit.state(voter_stream(principal), VoterRecord).authority
    if written is None:
        raise AssertionError("an authority that was just written is not there")
    return written


def revoke(unit: UnitOfWork, by: Session, principal: str, reason: str) -> None:
    """Take an authority back, before the proxy has voted, because the principal comes or wishes it."""
    require(by, Act.AUTHORISE_PROXY)
    require_phase(unit, DayPhase.PREPARED, DayPhase.OPEN)
    reason = require_text(reason, "reason")
    known_voter(unit, principal)
    require_not_voted(unit, principal, None)
    if unit.state(voter_stream(principal), VoterRecord).authority is None:
        raise Refusal(Code.PROXY_ABSENT)
    unit.append(Kind.PROXY_REVOKED, voter_stream(principal), by=by, private={"reason": reason})


def authorities(unit: Reading) -> list[ProxyLine]:
    """Every written authority of the day, by number."""
    lines = []
    for name in unit.totals("held/"):
        _, holder, principal = name.split("/")
        record = unit.state(voter_stream(principal), VoterRecord)
        if record.authority:
            lines.append(
                ProxyLine(
                    principal=unit.voter(principal),
                    holder=unit.voter(holder),
                    authority=record.authority,
                    voted=bool(record.issues),
                )
            )
    return sorted(lines, key=lambda line: line.authority.number)


def _candidates(unit: Reading) -> set[str]:
    return {name for contest in unit.plan.contests for name in contest.candidates}
