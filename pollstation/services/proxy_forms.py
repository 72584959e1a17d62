"""What the letter of a proxy and the list for posting show; see :mod:`pollstation.services.forms`."""

import msgspec

from pollstation.domain.ballots import VoterRecord, voter_stream
from pollstation.domain.contests import Contest, Office
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.profiles import rules_of
from pollstation.domain.register import Voter
from pollstation.services.forms import FormHead
from pollstation.services.issuing import known_voter, letter_code
from pollstation.services.ports import Reading
from pollstation.services.proxies import ProxyState, authorities

_SHOWN = 4


class ProxyPerson(msgspec.Struct, frozen=True, kw_only=True):
    """The voter who gives an authority, or the one who holds it; of the identity number the last four."""

    name: str
    card: str
    id_end: str
    place: str


class Ballot(msgspec.Struct, frozen=True, kw_only=True):
    """A ballot that the proxy is to receive."""

    level: Office
    constituency: str


class ProxyLetterForm(msgspec.Struct, frozen=True, kw_only=True):
    """委托书. ``consent`` is empty before the committee decided; ``code`` is what its QR code holds."""

    head: FormHead
    number: str
    code: str
    needs_consent: bool
    consent: str
    principal: ProxyPerson
    holder: ProxyPerson
    contests: tuple[Ballot, ...]
    reason: str
    most: int


class PostedProxy(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list for posting: names and groups, nothing else of anybody.

    The authority's number is left out: it stands in the public journal, and with it everybody could look up
    there when a voter of that name was voted for.
    """

    principal: str
    principal_group: str
    holder: str
    holder_group: str


class ProxyListForm(msgspec.Struct, frozen=True, kw_only=True):
    """委托投票公示名单: who votes for whom, posted where the rules ask for it."""

    head: FormHead
    lines: tuple[PostedProxy, ...]


def proxy_letter(unit: Reading, principal: str, head: FormHead) -> ProxyLetterForm:
    """The letter of the voter with that token, asked for or consented to; else PROXY_ABSENT."""
    giver = known_voter(unit, principal)
    record = unit.state(voter_stream(principal), VoterRecord)
    authority = record.authority or record.application
    if authority is None:
        raise Refusal(Code.PROXY_ABSENT)
    taker, rules = known_voter(unit, authority.holder), rules_of(unit.plan.election)
    written = _written(unit, principal)
    return ProxyLetterForm(
        head=head,
        number=authority.number,
        code=letter_code(authority),
        needs_consent=rules.needs_committee_consent,
        consent=written.get("consent", "") if record.authority else "",
        principal=_person(giver),
        holder=_person(taker),
        contests=tuple(_ballot(contest) for contest in unit.plan.contests if contest.id in giver.contests),
        reason=written.get("reason", ""),
        most=rules.proxies_per_holder,
    )


def _written(unit: Reading, principal: str) -> dict[str, str]:
    """Reason and consent of the authority that stands, from the private parts."""
    said: dict[str, str] = {}
    for entry in unit.entries(voter_stream(principal)):
        if entry.kind in (Kind.PROXY_APPLIED, Kind.PROXY_AUTHORISED) and entry.private:
            said |= {name: str(words) for name, words in entry.private.facts.items()}
    return said


def _person(voter: Voter) -> ProxyPerson:
    end = f"****{voter.id_number[-_SHOWN:]}" if voter.id_number else ""
    place = "  ".join(part for part in (voter.group, voter.address) if part)
    return ProxyPerson(name=voter.name, card=voter.card, id_end=end, place=place)


def _ballot(contest: Contest) -> Ballot:
    return Ballot(level=contest.office, constituency=contest.constituency or contest.title or contest.id)


def proxy_list(unit: Reading, head: FormHead) -> ProxyListForm:
    """Every authority that stands, in the order of the register, which tells nothing of the numbers."""
    lines = [line for line in authorities(unit) if line.state in (ProxyState.GIVEN, ProxyState.VOTED)]
    return ProxyListForm(
        head=head,
        lines=tuple(
            PostedProxy(
                principal=line.principal.name,
                principal_group=line.principal.group,
                holder=line.holder.name,
                holder_group=line.holder.group,
            )
            for line in sorted(lines, key=lambda line: line.principal.number)
        ),
    )
