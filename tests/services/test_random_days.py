"""Random days against a shadow model: whatever people do, nobody votes twice and the account holds."""

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from pollstation.domain.ballots import StockFigure
from pollstation.domain.errors import Code, Refusal
from pollstation.services import corrections, issuing, mobile_boxes, proxies, register_changes, stock
from tests import acts
from tests.acts import BOSS, OFFICER, WITNESS, token
from tests.services.shadow import Shadowed, plays
from tests.station import newcomer, package, voter

VOTERS = 12
BALLOTS = 12
someone = st.integers(1, VOTERS)
HAS_VOTED = {Code.ALREADY_VOTED, Code.VOTED_BY_PROXY, Code.SERVED_BY_MOBILE}


class RandomDay(Shadowed):
    """The shadow knows only who has voted, who votes for whom, who is on the list, and the papers left.

    ``voted`` may hold less than the voter is entitled to, where a ballot was handed back and not taken again.
    """

    @initialize()
    def open(self) -> None:
        self.open_station(package(VOTERS, late_registration=True), BALLOTS)
        self.voted: dict[int, tuple[set[str], dict[str, str]]] = {}
        self.late_voted: set[str] = set()
        self.returned: dict[str, int] = {}
        self.proxy: dict[int, int] = {}
        self.asked: dict[int, int] = {}
        self.struck: set[int] = set()
        self.late: dict[int, str] = {}
        self.papers = {"county-1": BALLOTS, "town-1": BALLOTS}
        self.carried: dict[str, int] = {}
        self.out = False

    def due(self, number: int) -> set[str]:
        """Contests in which the voter has no ballot."""
        return set(voter(number).contests) - self.voted.get(number, (set(), {}))[0]

    def take(self, number: int) -> dict[str, int]:
        return {contest: self.papers[contest] - 1 for contest in self.due(number)}

    @rule(number=someone)
    def come(self, number: int) -> None:
        left = self.take(number)
        try:
            acts.vote(self.file, number)
        except Refusal as refusal:
            if number in self.struck:
                assert refusal.code is Code.STRUCK_OFF
            elif not left:
                assert refusal.code in HAS_VOTED
            elif number in self.proxy:
                assert refusal.code is Code.PROXY_PENDING
            else:
                assert refusal.code is Code.STOCK_TOO_SMALL and min(left.values()) < 0
            return
        assert left and number not in self.struck and number not in self.proxy and min(left.values()) >= 0
        self.hand_out(number, "in_person")

    def hand_out(self, number: int, channel: str) -> None:
        """Ballots of every contest that is due leave the stock, or the mobile box."""
        source = self.carried if channel == "mobile" else self.papers
        had = self.voted.get(number, (set(), {}))
        due = self.due(number)
        for contest in due:
            source[contest] -= 1
        self.voted[number] = (had[0] | due, {**had[1], **dict.fromkeys(due, channel)})

    @rule(number=someone)
    def strike_off(self, number: int) -> None:
        try:
            self.file.write(
                lambda unit: register_changes.strike_off(
                    unit, BOSS, WITNESS, token(number), decision="3", reason="重登"
                )
            )
        except Refusal as refusal:
            assert refusal.code in HAS_VOTED | {Code.STRUCK_OFF}
            assert number in self.struck or number in self.voted
            return
        assert number not in self.voted
        self.struck.add(number)
        self.proxy.pop(number, None)
        self.asked.pop(number, None)

    @rule(number=someone)
    def restore(self, number: int) -> None:
        try:
            self.file.write(
                lambda unit: register_changes.restore(
                    unit, BOSS, WITNESS, token(number), decision="4", reason="更正"
                )
            )
        except Refusal:
            assert number not in self.struck
            return
        self.struck.remove(number)

    @rule(number=st.integers(1, 3))
    def enter_late(self, number: int) -> None:
        try:
            answer = self.file.write(
                lambda unit: register_changes.enter_late(
                    unit, BOSS, WITNESS, newcomer(number), decision="5", reason="漏登"
                )
            )
        except Refusal as refusal:
            assert refusal.code is Code.ALREADY_ON_LIST and number in self.late
            return
        assert number not in self.late
        self.late[number] = answer.value.token

    @precondition(lambda self: self.late)
    @rule(data=st.data())
    def a_late_voter_comes(self, data: st.DataObject) -> None:
        who = self.late[data.draw(st.sampled_from(sorted(self.late)))]
        try:
            self.file.write(lambda unit: issuing.issue_ballots(unit, OFFICER, who))
        except Refusal as refusal:
            short = min(self.papers.values()) < 1
            assert who in self.late_voted or (short and refusal.code is Code.STOCK_TOO_SMALL)
            return
        assert who not in self.late_voted
        self.late_voted.add(who)
        self.papers = {contest: left - 1 for contest, left in self.papers.items()}

    @rule(number=someone, contest=st.sampled_from(["county-1", "town-1"]))
    def hand_back(self, number: int, contest: str) -> None:
        try:
            self.file.write(
                lambda unit: corrections.take_returned(
                    unit, OFFICER, WITNESS, token(number), [contest], "不愿投票"
                )
            )
        except Refusal as refusal:
            assert refusal.code is Code.NOTHING_TO_RETURN
            assert number not in self.voted or contest not in self.voted[number][0]
            return
        contests, channels = self.voted.pop(number)
        assert contest in contests
        self.returned[contest] = self.returned.get(contest, 0) + 1
        if contests - {contest}:
            self.voted[number] = (contests - {contest}, channels)

    @rule(principal=someone, holder=someone)
    def apply(self, principal: int, holder: int) -> None:
        hands = [*self.proxy.values(), *self.asked.values()]
        try:
            self.file.write(
                lambda unit: proxies.apply(unit, BOSS, token(principal), token(holder), reason="病")
            )
        except Refusal:
            assert (
                principal == holder
                or principal in self.voted
                or principal in self.proxy
                or principal in self.asked
                or {principal, holder} & self.struck
                or hands.count(holder) == 3
            )
            return
        assert principal not in self.voted and principal != holder and hands.count(holder) < 3
        self.asked[principal] = holder

    @rule(principal=someone, yes=st.booleans())
    def decide(self, principal: int, yes: bool) -> None:
        try:
            if yes:
                self.file.write(lambda unit: proxies.grant(unit, BOSS, token(principal), consent="1"))
            else:
                self.file.write(
                    lambda unit: proxies.decline(unit, BOSS, token(principal), decision="2", reason="不符")
                )
        except Refusal:
            assert principal not in self.asked or (yes and principal in self.voted)
            return
        holder = self.asked.pop(principal)
        if yes:
            self.proxy[principal] = holder

    @precondition(lambda self: self.proxy)
    @rule(data=st.data())
    def vote_for_another(self, data: st.DataObject) -> None:
        principal = data.draw(st.sampled_from(sorted(self.proxy)))
        holder = self.proxy[principal]
        try:
            self.file.write(
                lambda unit: issuing.issue_ballots(
                    unit, OFFICER, token(holder), contests=[], principals=[token(principal)]
                )
            )
        except Refusal as refusal:
            assert not self.due(principal) or holder in self.struck or refusal.code is Code.STOCK_TOO_SMALL
            return
        assert self.due(principal) and holder not in self.struck
        self.hand_out(principal, "proxy")

    @rule(number=someone)
    def revoke(self, number: int) -> None:
        try:
            self.file.write(lambda unit: proxies.revoke(unit, BOSS, token(number), "回来了"))
        except Refusal:
            waits = number in self.proxy or number in self.asked
            assert not waits or number in self.voted
            return
        self.proxy.pop(number, None)
        self.asked.pop(number, None)

    @rule(number=someone, contest=st.sampled_from(["county-1", "town-1"]))
    def spoil(self, number: int, contest: str) -> None:
        try:
            self.file.write(
                lambda unit: corrections.replace_spoilt(unit, OFFICER, token(number), contest, "污损")
            )
        except Refusal:
            contests, channels = self.voted.get(number, (set(), {}))
            source = self.carried if channels.get(contest) == "mobile" else self.papers
            assert contest not in contests or source[contest] == 0
            return
        own = self.carried if self.voted[number][1][contest] == "mobile" else self.papers
        own[contest] -= 1

    @rule(contest=st.sampled_from(["county-1", "town-1"]), count=st.integers(-1, 3))
    def damage(self, contest: str, count: int) -> None:
        try:
            self.file.write(lambda unit: stock.damage(unit, OFFICER, WITNESS, contest, count, "受潮"))
        except Refusal:
            assert count < 1 or self.papers[contest] < count
            return
        self.papers[contest] -= count

    @rule(contest=st.sampled_from(["county-1", "town-1"]), change=st.integers(-2, 4))
    def correct(self, contest: str, change: int) -> None:
        damaged = next(line.damaged for line in self.file.read(stock.stock) if line.contest == contest)
        try:
            self.file.write(
                lambda unit: stock.correct(
                    unit, OFFICER, WITNESS, contest, StockFigure.DAMAGED, damaged + change, "复点"
                )
            )
        except Refusal:
            assert change == 0 or damaged + change < 0 or self.papers[contest] < change
            return
        self.papers[contest] -= change

    @rule(count=st.integers(0, 4))
    def send(self, count: int) -> None:
        try:
            acts.send_mobile(self.file, count)
        except Refusal:
            assert self.out or count == 0 or min(self.papers.values()) < count
            return
        self.out = True
        self.carried = {contest: self.carried.get(contest, 0) + count for contest in self.papers}
        self.papers = {contest: left - count for contest, left in self.papers.items()}

    @rule(number=someone)
    def serve(self, number: int) -> None:
        try:
            acts.serve_mobile(self.file, number)
        except Refusal:
            due = self.due(number)
            assert (
                not due
                or number in self.proxy
                or number in self.struck
                or any(self.carried.get(contest, 0) < 1 for contest in due)
            )
            return
        assert number not in self.struck
        self.hand_out(number, "mobile")

    @precondition(lambda self: self.out)
    @rule()
    def come_back(self) -> None:
        box = self.file.read(mobile_boxes.mobile_boxes)[0]
        left = box.left
        assert left == self.carried
        acts.return_mobile(self.file, left)
        self.out = False
        for contest, count in left.items():
            self.papers[contest] += count
            self.carried[contest] -= count

    @invariant()
    def nobody_votes_twice_and_no_paper_is_lost(self) -> None:
        if not hasattr(self, "file"):
            return
        totals = self.file.read(lambda unit: unit.totals())
        assert not totals.get("conflicts")
        for contest, left in self.papers.items():
            assert totals.get(f"on_hand/{contest}", 0) == left >= 0
            voted = sum(contest in contests for contests, _ in self.voted.values()) + len(self.late_voted)
            assert totals.get(f"marked/{contest}", 0) == voted
            assert totals.get(f"returned/{contest}", 0) == self.returned.get(contest, 0)
        assert totals["registered"] == VOTERS + len(self.late) - len(self.struck)
        assert not self.file.read(acts.differing)


TestRandomDay = RandomDay.TestCase
TestRandomDay.settings = plays(12, 25)
