"""The ballot account: equations over totals that hold at every station, live, and say by how much if not.

Everything here is computed from totals by name, so the same functions serve one station, a counting site, a
whole county, and a stranger with an open bundle.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from pollstation.domain.ballots import Channel
from pollstation.domain.contests import BallotBox, BoxKind, Contest
from pollstation.domain.errors import Code
from pollstation.domain.write_ins import WriteIns

Totals = Mapping[str, int]


class Rule(StrEnum):
    """Which equation of the account."""

    RECEIVED = "received"
    STOCK = "stock"
    ISSUED = "issued"
    VOTERS = "voters"
    BOX = "box"
    SIGNED = "signed"
    COLLECTED = "collected"
    BATCHED = "batched"
    TALLIED = "tallied"


class Standing(StrEnum):
    """Whether an equation holds now."""

    HOLDS = "holds"
    DIFFERS = "differs"
    EXPLAINED = "explained"
    OPEN = "open"
    """Cannot be judged before the next act (a box is out, a count is not finished)."""


FINDINGS: dict[Rule, tuple[Code, Code]] = {
    Rule.RECEIVED: (Code.PACKETS_DIFFER, Code.PACKETS_DIFFER),
    Rule.STOCK: (Code.STOCK_DIFFERS, Code.STOCK_DIFFERS),
    Rule.ISSUED: (Code.ISSUE_DIFFERS, Code.ISSUE_DIFFERS),
    Rule.VOTERS: (Code.VOTERS_DIFFER, Code.VOTERS_DIFFER),
    Rule.BOX: (Code.MOBILE_BOX_DIFFERS, Code.MOBILE_BOX_DIFFERS),
    Rule.SIGNED: (Code.SIGNATURES_DIFFER, Code.SIGNATURES_DIFFER),
    Rule.COLLECTED: (Code.BOX_SHORT, Code.BOX_TOO_FULL),
    Rule.BATCHED: (Code.BATCHES_DIFFER, Code.BATCHES_DIFFER),
    Rule.TALLIED: (Code.TALLY_DIFFERS, Code.TALLY_DIFFERS),
}
"""The code of a difference: left larger than right, and the other way round."""


class Equation(msgspec.Struct, frozen=True, kw_only=True):
    """One equation: what stands on the left, the terms on the right that must add up to it."""

    rule: Rule
    contest: str
    box: str = ""
    left: int
    right: dict[str, int]
    """Terms by name, in the order they are read."""
    open: bool = False

    @property
    def key(self) -> str:
        """Its name in the journal when it is explained: rule, contest and box."""
        return "/".join(part for part in (self.rule, self.contest, self.box) if part)

    @property
    def difference(self) -> int:
        """Left minus right, in ballots; 0 when the equation holds."""
        return self.left - sum(self.right.values())

    @property
    def finding(self) -> Code:
        """The code of its difference."""
        return FINDINGS[self.rule][self.difference < 0]

    def standing(self, explained: Mapping[str, int]) -> Standing:
        """Where it stands, given the differences that two people explained (each by its size)."""
        if self.open:
            return Standing.OPEN
        if self.difference == 0:
            return Standing.HOLDS
        if explained.get(self.key) == self.difference:
            return Standing.EXPLAINED
        return Standing.DIFFERS


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one contest as its result sheet shows them."""

    contest: str
    registered: int
    participants: int
    """Voters marked as voting, by themselves, through a proxy or at a mobile box."""
    in_person: int
    proxies: int
    mobile: int
    received: int
    issued: int
    """Net: spoilt ballots that were replaced, and ballots handed back, are not in it."""
    spoilt: int
    """Spoilt ballots that were replaced, and ballots handed back by voters who went without voting."""
    unused: int
    collected: int
    valid: int
    void: int
    votes: dict[str, int]
    """For, by candidate in ballot order."""
    against: dict[str, int]
    abstain: dict[str, int]
    write_ins: dict[str, int]

    @property
    def not_returned(self) -> int:
        """Ballots issued that were in no box; negative when boxes held more than was issued."""
        return self.issued - self.collected


def _sum(totals: Totals, prefix: str) -> int:
    return sum(count for name, count in totals.items() if name.startswith(prefix))


def add_totals(many: Iterable[Totals]) -> dict[str, int]:
    """Totals of several stations or sites, added by name."""
    sums: dict[str, int] = {}
    for totals in many:
        for name, count in totals.items():
            sums[name] = sums.get(name, 0) + count
    return sums


def figures(contest: Contest, totals: Totals, names: WriteIns | None = None) -> Figures:
    """The contest's figures out of the totals of a station, a site, or several added up.

    Args:
        names: which spellings of names written in count as one.
    """
    c = contest.id
    by_channel = {channel: totals.get(f"issued/{c}/{channel}", 0) for channel in Channel}

    def per_candidate(figure: str) -> dict[str, int]:
        return {name: totals.get(f"{figure}/{c}/{n}", 0) for n, name in enumerate(contest.candidates)}

    write_in = f"write_in/{c}/"
    readings = {name.removeprefix(write_in): n for name, n in totals.items() if name.startswith(write_in)}
    return Figures(
        contest=c,
        registered=totals.get(f"registered/{c}", 0),
        participants=totals.get(f"marked/{c}", 0),
        in_person=by_channel[Channel.IN_PERSON],
        proxies=by_channel[Channel.PROXY],
        mobile=by_channel[Channel.MOBILE],
        received=totals.get(f"received/{c}", 0),
        issued=sum(by_channel.values()),
        spoilt=totals.get(f"spoilt/{c}", 0) + totals.get(f"returned/{c}", 0),
        unused=totals.get(f"unused/{c}", 0),
        collected=totals.get(f"collected/{c}", 0),
        valid=totals.get(f"valid/{c}", 0),
        void=totals.get(f"void/{c}", 0),
        votes=per_candidate("for"),
        against=per_candidate("against"),
        abstain=per_candidate("abstain"),
        write_ins=(names or WriteIns()).tally(readings),
    )


def participants(totals: Totals) -> int:
    """Voters who took part in any contest."""
    return _sum(totals, "participants/")


def on_hand(contest: str, totals: Totals) -> int:
    """Blank ballots that must now lie in the station's stock."""
    return totals.get(f"on_hand/{contest}", 0)


def in_box(box: str, contest: str, totals: Totals) -> int:
    """Blank ballots that a mobile box must still carry."""
    return totals.get(f"taken/{box}/{contest}", 0) - sum(
        (
            totals.get(f"box_issued/{box}/{contest}", 0),
            totals.get(f"box_spoilt/{box}/{contest}", 0),
            totals.get(f"blank_back/{box}/{contest}", 0),
        )
    )


def _away(contest: str, totals: Totals) -> int:
    """Ballots taken along by boxes and neither issued, spoilt nor brought back: on the way, or missing."""
    boxes = {
        name.split("/")[1] for name in totals if name.startswith("taken/") and name.endswith(f"/{contest}")
    }
    return sum(in_box(box, contest, totals) for box in boxes)


def polling_account(
    contests: Sequence[Contest], boxes: Sequence[BallotBox], boxes_out: frozenset[str], totals: Totals
) -> list[Equation]:
    """The equations of a polling station (domain of the day: stock, issued, voters, box), contest by contest.

    Args:
        boxes_out: ids of mobile boxes that have not come back; their equation stays open.
    """
    account: list[Equation] = []
    for contest in (each.id for each in contests):
        counted = f"unused_counted/{contest}" in totals
        issued = {channel.value: totals.get(f"issued/{contest}/{channel}", 0) for channel in Channel}
        replaced = totals.get(f"replaced/{contest}", 0)
        returned = totals.get(f"returned/{contest}", 0)
        unused = totals.get(f"unused/{contest}", 0) if counted else on_hand(contest, totals)
        account += [
            Equation(
                rule=Rule.RECEIVED,
                contest=contest,
                left=totals.get(f"stated/{contest}", 0),
                right={"received": totals.get(f"received/{contest}", 0)},
            ),
            Equation(
                rule=Rule.STOCK,
                contest=contest,
                left=totals.get(f"received/{contest}", 0),
                right={
                    "issued": sum(issued.values()) + replaced + returned,
                    "unused": unused,
                    "damaged": totals.get(f"damaged/{contest}", 0),
                    "transferred": totals.get(f"transferred/{contest}", 0),
                    "on_boxes": _away(contest, totals),
                },
            ),
            Equation(
                rule=Rule.ISSUED,
                contest=contest,
                left=sum(totals.get(f"box_issued/{box.id}/{contest}", 0) for box in boxes)
                + replaced
                + returned,
                right={**issued, "replaced": replaced, **({"returned": returned} if returned else {})},
            ),
            Equation(
                rule=Rule.VOTERS,
                contest=contest,
                left=sum(issued.values()),
                right={"marked": totals.get(f"marked/{contest}", 0)},
            ),
        ]
        for box in boxes:
            if box.kind is BoxKind.MOBILE and f"taken/{box.id}/{contest}" in totals:
                account += _on_the_way(contest, box.id, box.id in boxes_out, totals)
    return account


def _on_the_way(contest: str, box: str, out: bool, totals: Totals) -> list[Equation]:
    """Of a mobile box: its ballots and, where signatures were counted, the voters who signed the list."""
    issued = {"issued_on_way": totals.get(f"box_issued/{box}/{contest}", 0)}
    if later := totals.get(f"handed_back_later/{box}/{contest}", 0):
        issued["handed_back_later"] = later
    ballots = Equation(
        rule=Rule.BOX,
        contest=contest,
        box=box,
        left=totals.get(f"taken/{box}/{contest}", 0),
        right={
            **issued,
            "blank_back": totals.get(f"blank_back/{box}/{contest}", 0),
            "spoilt_back": totals.get(f"spoilt_back/{box}/{contest}", 0),
        },
        open=out,
    )
    if f"signed_counted/{box}" not in totals:
        return [ballots]
    signed = Equation(
        rule=Rule.SIGNED,
        contest=contest,
        box=box,
        left=totals.get(f"signed/{box}/{contest}", 0),
        right=issued,
        open=out,
    )
    return [ballots, signed]


def counting_account(
    contests: Sequence[Contest], boxes: Sequence[BallotBox], totals: Totals
) -> list[Equation]:
    """The equations of a count: per box, ballots found against issued and against batches; then the tally."""
    account: list[Equation] = []
    for contest in (each.id for each in contests):
        for box in (each.id for each in boxes):
            if f"box_issued/{box}/{contest}" not in totals and f"counted/{box}/{contest}" not in totals:
                continue
            counted = f"box_counted/{box}" in totals
            found = totals.get(f"counted/{box}/{contest}", 0)
            account += [
                Equation(
                    rule=Rule.COLLECTED,
                    contest=contest,
                    box=box,
                    left=totals.get(f"box_issued/{box}/{contest}", 0),
                    right={"counted": found},
                    open=not counted,
                ),
                Equation(
                    rule=Rule.BATCHED,
                    contest=contest,
                    box=box,
                    left=found,
                    right={"batches": totals.get(f"batched/{box}/{contest}", 0)},
                    open=not counted,
                ),
            ]
        sheets = totals.get(f"sheets/{contest}", 0)
        account.append(
            Equation(
                rule=Rule.TALLIED,
                contest=contest,
                left=totals.get(f"collected/{contest}", 0),
                right={
                    "valid": totals.get(f"valid/{contest}", 0),
                    "void": totals.get(f"void/{contest}", 0),
                },
                open=sheets == 0 or totals.get(f"sheets_approved/{contest}", 0) < sheets,
            )
        )
    return account
