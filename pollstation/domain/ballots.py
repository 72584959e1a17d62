"""Ballots on their way: out of the stock, to a voter, back when spoilt.

A voter's stream (``voter:<token>``) holds what was issued to that voter; a contest's stock
(``stock:<station>/<contest>``) what came in packets and what was left over. Which way a ballot was marked
is nowhere.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum

import msgspec

from pollstation.domain.journal import Entry, Kind
from pollstation.domain.visits import Visit, VisitState, step_visit


class Channel(StrEnum):
    """How a voter takes part."""

    IN_PERSON = "in_person"
    PROXY = "proxy"
    MOBILE = "mobile"


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """One ballot issued for one contest."""

    contest: str
    channel: Channel
    box: str
    """The box it belongs in."""
    holder: str
    """Token of the proxy it was handed to; empty where the voter took it."""
    carried: bool = False
    """Whether it came out of the ballots that a mobile box had with it, not out of the stock."""
    time: str
    device: str
    from_paper: bool = False
    """Keyed in from the paper register after an outage; the time is that on the paper."""


class Returned(msgspec.Struct, frozen=True, kw_only=True):
    """A ballot that a voter handed back without voting; it is cancelled and kept with the spoilt ones."""

    issue: Issue
    replaced: int
    """Spoilt ballots replaced before it."""
    later: bool = False
    """Whether its mobile box was back already, so that it did not come with the box's spoilt ones."""


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """A written authority to vote for somebody (Electoral Law art. 42)."""

    number: str
    """Such as ``P-0031-7f3a``: counted, and the digits of the device that wrote it."""
    principal: str
    """Token of the voter who gave it."""
    holder: str
    """Token of the proxy."""
    time: str


class VoterRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to one voter on the day."""

    added: tuple[str, ...] = ()
    """Contests for which the voter was entered on the list at the station."""
    struck: tuple[str, ...] = ()
    """Contests the voter lost when struck off the list."""
    struck_at: str = ""
    issues: tuple[Issue, ...] = ()
    replaced: dict[str, int] = {}
    """Spoilt ballots replaced, by contest."""
    returned: tuple[Returned, ...] = ()
    application: Authority | None = None
    """Asked for, and not yet decided by the election committee."""
    declined: Authority | None = None
    """The last application that the committee refused."""
    authority: Authority | None = None
    authorisations: int = 0
    """Applications and authorities ever written for this voter, refused and revoked ones included."""
    authorised_twice: bool = False
    """Two desks wrote an authority for the same voter."""
    visit: Visit | None = None
    """A request that a mobile box comes to the voter."""
    unrequested: str = ""
    """The mobile box that served the voter without an approved request, with a written reason."""
    decided: bool = False
    """A supervisor and a witness decided the conflict."""

    def issued(self, contest: str) -> Issue | None:
        """The first ballot issued for ``contest``."""
        return next((issue for issue in self.issues if issue.contest == contest), None)

    @property
    def contests(self) -> tuple[str, ...]:
        """Contests in which the voter took part, in order of issue."""
        return tuple(dict.fromkeys(issue.contest for issue in self.issues))

    @property
    def in_conflict(self) -> bool:
        """Whether two desks did what excludes each other for this voter, and nobody has decided yet."""
        twice = len(self.contests) < len(self.issues)
        gone = bool(self.struck and self.issues)
        return (twice or gone or self.authorised_twice) and not self.decided


def voter_stream(token: str) -> str:
    """The name of a voter's stream in the journal."""
    return f"voter:{token}"


def stock_stream(station: str, contest: str) -> str:
    """The name of a stock's stream in the journal."""
    return f"stock:{station}/{contest}"


def step_voter(record: VoterRecord, entry: Entry) -> VoterRecord:
    """The record after one more act on this voter. A second issue stands beside the first."""
    fact = entry.public
    change = msgspec.structs.replace
    match entry.kind:
        case Kind.BALLOTS_ISSUED:
            more = tuple(
                Issue(
                    contest=contest,
                    channel=Channel(fact["channel"]),
                    box=fact["box"],
                    holder=fact.get("holder", ""),
                    carried=fact.get("carried", False),
                    time=fact.get("paper_time", entry.time),
                    device=entry.device,
                    from_paper=fact.get("from_paper", False),
                )
                for contest in fact["contests"]
            )
            return change(
                record,
                issues=record.issues + more,
                unrequested=fact["box"] if fact.get("unrequested") else record.unrequested,
            )
        case Kind.BALLOT_REPLACED:
            contest = fact["contest"]
            replaced = {**record.replaced, contest: record.replaced.get(contest, 0) + 1}
            return change(record, replaced=replaced)
        case Kind.ISSUE_UNDONE:
            gone = set(fact["contests"])
            return change(
                record,
                issues=tuple(issue for issue in record.issues if issue.contest not in gone),
                replaced={contest: n for contest, n in record.replaced.items() if contest not in gone},
            )
        case Kind.BALLOT_RETURNED:
            back = set(fact["contests"])
            return change(
                record,
                issues=tuple(issue for issue in record.issues if issue.contest not in back),
                replaced={contest: n for contest, n in record.replaced.items() if contest not in back},
                returned=(*record.returned, *_handed_back(record, back, later=fact.get("later", False))),
            )
        case Kind.VOTER_ADDED:
            return change(record, added=tuple(fact["contests"]))
        case Kind.VOTER_STRUCK:
            return change(
                record,
                struck=tuple(fact["contests"]),
                struck_at=entry.time,
                authority=None,
                application=None,
            )
        case Kind.VOTER_RESTORED:
            return change(record, struck=(), struck_at="")
        case Kind.PROXY_APPLIED | Kind.PROXY_AUTHORISED | Kind.PROXY_REFUSED | Kind.PROXY_REVOKED:
            return _step_authority(record, entry)
        case Kind.CONFLICT_DECIDED:
            return change(record, decided=True)
        case Kind.VISIT_REQUESTED | Kind.VISIT_APPROVED | Kind.VISIT_REFUSED:
            return change(record, visit=step_visit(record.visit, entry))
    return record


def _handed_back(record: VoterRecord, contests: set[str], *, later: bool) -> Iterator[Returned]:
    """The ballots handed back; those replaced before stay with the first of their contest."""
    for issue in record.issues:
        if issue.contest in contests:
            first = issue is record.issued(issue.contest)
            replaced = record.replaced.get(issue.contest, 0) if first else 0
            yield Returned(issue=issue, replaced=replaced, later=later and issue.carried)


def _step_authority(record: VoterRecord, entry: Entry) -> VoterRecord:
    """Applied for -> consented or refused -> taken back; where no consent is needed, written at once."""
    fact, change = entry.public, msgspec.structs.replace
    if entry.kind == Kind.PROXY_REFUSED:
        return change(record, application=None, declined=record.application)
    if entry.kind == Kind.PROXY_REVOKED:
        return change(record, application=None, authority=None, authorised_twice=False)
    authority = Authority(
        number=fact["number"],
        principal=entry.stream.partition(":")[2],
        holder=fact["holder"],
        time=entry.time,
    )
    asked = record.application
    again = asked is not None and asked.number == authority.number
    record = change(record, authorisations=record.authorisations + (not again))
    if entry.kind == Kind.PROXY_APPLIED:
        return change(record, application=authority, declined=None)
    if record.authority:
        return change(record, application=None, authorised_twice=True)
    return change(record, application=None, declined=None, authority=authority)


def voter_totals(record: VoterRecord) -> Mapping[str, int]:
    """Ballots, voters, those keyed in from paper, authorities, and who came onto the list or off it."""
    sums: Counter[str] = Counter()
    for issue in record.issues:
        sums[f"issued/{issue.contest}/{issue.channel}"] += 1
        sums[f"box_issued/{issue.box}/{issue.contest}"] += 1
        if not issue.carried:
            sums[f"on_hand/{issue.contest}"] -= 1
    for contest, count in record.replaced.items():
        first = record.issued(contest)
        sums[f"replaced/{contest}"] += count
        sums[f"spoilt/{contest}"] += count
        if first:
            sums[f"box_spoilt/{first.box}/{contest}"] += count
        if first and not first.carried:
            sums[f"on_hand/{contest}"] -= count
    for back in record.returned:
        contest, gone = back.issue.contest, back.replaced + 1
        sums[f"returned/{contest}"] += 1
        sums[f"replaced/{contest}"] += back.replaced
        sums[f"spoilt/{contest}"] += back.replaced
        sums[f"box_spoilt/{back.issue.box}/{contest}"] += gone
        if not back.issue.carried:
            sums[f"on_hand/{contest}"] -= gone
        if back.later:
            sums[f"handed_back_later/{back.issue.box}/{contest}"] += 1
    for contest in record.contests:
        sums[f"marked/{contest}"] += 1
    if record.issues:
        sums[f"participants/{record.issues[0].channel}"] += 1
        sums[f"turnout/{record.issues[0].time[:13]}"] += 1
    if any(issue.from_paper for issue in record.issues):
        sums["keyed_in"] = 1
    if record.authorisations:
        sums["authorities_written"] = record.authorisations
    if record.authority:
        sums[f"held/{record.authority.holder}/{record.authority.principal}"] += 1
    if record.visit:
        sums[f"visit/{record.visit.voter}"] = 1
        if not record.issues and record.visit.state is not VisitState.REFUSED:
            sums["visits_open"] = 1
    if record.unrequested and record.issues:
        sums[f"unrequested/{record.unrequested}"] = 1
    for state, one in (("asked", record.application), ("declined", record.declined)):
        if one:
            sums[f"{state}/{one.holder}/{one.principal}"] += 1
    for name, sign, contests in (("added", 1, record.added), ("struck", -1, record.struck)):
        if contests:
            sums[name] += 1
            sums["registered"] += sign
            sums.update({f"registered/{contest}": sign for contest in contests})
    if record.in_conflict:
        sums["conflicts"] += 1
    return sums


class StockFigure(StrEnum):
    """A figure of the stock that two people may correct by another entry."""

    STATED = "stated"
    RECEIVED = "received"
    DAMAGED = "damaged"
    TRANSFERRED = "transferred"


class Stock(msgspec.Struct, frozen=True, kw_only=True):
    """Ballot papers of one contest at this station."""

    contest: str = ""
    stated: int = 0
    """What the packing slips say."""
    received: int = 0
    """What two people counted in."""
    damaged: int = 0
    transferred: int = 0
    unused: int | None = None
    """What two people counted and cancelled after the close; None before."""
    packets: tuple[str, ...] = ()
    """Packets counted in, by their numbers."""
    desks: dict[str, int] = {}
    """Blank ballots handed to each desk and not given back."""


def step_stock(stock: Stock, entry: Entry) -> Stock:
    """The stock after one more act on it."""
    fact = entry.public
    change = msgspec.structs.replace
    match entry.kind:
        case Kind.BALLOTS_RECEIVED:
            return change(
                stock,
                contest=entry.stream.partition("/")[2],
                stated=stock.stated + fact["stated"],
                received=stock.received + fact["counted"],
                packets=(*stock.packets, *fact.get("packets", ())),
            )
        case Kind.BALLOTS_DAMAGED:
            return change(stock, damaged=stock.damaged + fact["count"])
        case Kind.BALLOTS_TRANSFERRED:
            return change(stock, transferred=stock.transferred + fact["count"])
        case Kind.UNUSED_CANCELLED:
            return change(stock, unused=fact["count"])
        case Kind.BALLOTS_MOVED:
            desks = Counter(stock.desks)
            desks[fact["origin"]] -= fact["count"]
            desks[fact["to"]] += fact["count"]
            return change(stock, desks={desk: n for desk, n in sorted(desks.items()) if desk and n})
        case Kind.STOCK_CORRECTED:
            figure = fact["figure"]
            return change(stock, **{figure: getattr(stock, figure) + fact["difference"]})
    return stock


def stock_totals(stock: Stock) -> Mapping[str, int]:
    """The contest's stock under the names of the account."""
    contest = stock.contest
    if not contest:
        return {}
    sums = {
        f"stated/{contest}": stock.stated,
        f"received/{contest}": stock.received,
        f"damaged/{contest}": stock.damaged,
        f"transferred/{contest}": stock.transferred,
        f"on_hand/{contest}": stock.received - stock.damaged - stock.transferred,
    }
    if stock.unused is not None:
        sums[f"unused/{contest}"] = stock.unused
        sums[f"unused_counted/{contest}"] = 1
    return sums
