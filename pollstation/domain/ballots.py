"""Ballots on their way: out of the stock, to a voter, back when spoilt.

A voter's stream (``voter:<token>``) holds what was issued to that voter; a contest's stock
(``stock:<station>/<contest>``) what came in packets and what was left over. Which way a ballot was marked
is nowhere.
"""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from pollstation.domain.journal import Entry, Kind


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


class Authority(msgspec.Struct, frozen=True, kw_only=True):
    """A written authority to vote for somebody (Electoral Law art. 42)."""

    number: str
    """Such as ``P-0031``."""
    principal: str
    """Token of the voter who gave it."""
    holder: str
    """Token of the proxy."""
    time: str


class VoterRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to one voter on the day."""

    issues: tuple[Issue, ...] = ()
    replaced: dict[str, int] = {}
    """Spoilt ballots replaced, by contest."""
    authority: Authority | None = None
    authorisations: int = 0
    """Authorities ever written for this voter, revoked ones included."""
    authorised_twice: bool = False
    """Two desks wrote an authority for the same voter."""
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
        """Whether two desks served the same voter and nobody has decided yet."""
        twice = len(self.contests) < len(self.issues)
        return (twice or self.authorised_twice) and not self.decided


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
            return change(record, issues=record.issues + more)
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
        case Kind.PROXY_AUTHORISED:
            written = record.authorisations + 1
            if record.authority:
                return change(record, authorised_twice=True, authorisations=written)
            authority = Authority(
                number=fact["number"],
                principal=entry.stream.partition(":")[2],
                holder=fact["holder"],
                time=entry.time,
            )
            return change(record, authority=authority, authorisations=written)
        case Kind.PROXY_REVOKED:
            return change(record, authority=None, authorised_twice=False)
        case Kind.CONFLICT_DECIDED:
            return change(record, decided=True)
    return record


def voter_totals(record: VoterRecord) -> Mapping[str, int]:
    """Ballots and voters by channel, box, contest and hour (UTC); keyed in from paper; authorities held."""
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
