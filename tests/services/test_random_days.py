"""Random days against a shadow model: whatever people do, nobody votes twice and the account holds."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from pollstation.domain.errors import Code, Refusal
from pollstation.domain.folds import fold_all
from pollstation.services import corrections, issuing, mobile_boxes, proxies, stock
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, OFFICER, WITNESS, token
from tests.station import PASSPHRASE, TickingClock, package, voter

VOTERS = 12
BALLOTS = 12
someone = st.integers(1, VOTERS)
HAS_VOTED = {Code.ALREADY_VOTED, Code.VOTED_BY_PROXY, Code.SERVED_BY_MOBILE}


class RandomDay(RuleBasedStateMachine):
    """The shadow knows only who has voted, who votes for whom, and how many papers are left."""

    @initialize()
    def open(self) -> None:
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        file = StationFile.create(folder / "day", PASSPHRASE, package(VOTERS), TickingClock())
        self.file = self.stack.enter_context(file)
        acts.prepare(self.file)
        acts.open_day(self.file, BALLOTS)
        self.voted: dict[int, str] = {}
        self.proxy: dict[int, int] = {}
        self.papers = {"county-1": BALLOTS, "town-1": BALLOTS}
        self.carried: dict[str, int] = {}
        self.out = False

    def take(self, number: int) -> dict[str, int]:
        return {contest: self.papers[contest] - 1 for contest in voter(number).contests}

    @rule(number=someone)
    def come(self, number: int) -> None:
        left = self.take(number)
        try:
            acts.vote(self.file, number)
        except Refusal as refusal:
            if number in self.voted:
                assert refusal.code in HAS_VOTED
            elif number in self.proxy:
                assert refusal.code is Code.PROXY_PENDING
            else:
                assert refusal.code is Code.STOCK_TOO_SMALL and min(left.values()) < 0
            return
        assert number not in self.voted and number not in self.proxy and min(left.values()) >= 0
        self.voted[number] = "in_person"
        self.papers |= left

    @rule(principal=someone, holder=someone)
    def authorise(self, principal: int, holder: int) -> None:
        try:
            self.file.write(
                lambda unit: proxies.authorise(
                    unit, BOSS, token(principal), token(holder), consent="1", reason="病"
                )
            )
        except Refusal:
            held = sum(each == holder for each in self.proxy.values())
            assert principal == holder or principal in self.voted or principal in self.proxy or held == 3
            return
        assert principal not in self.voted and principal != holder
        self.proxy[principal] = holder
        assert sum(each == holder for each in self.proxy.values()) <= 3

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
            assert principal in self.voted or refusal.code is Code.STOCK_TOO_SMALL
            return
        assert principal not in self.voted
        self.papers |= self.take(principal)
        self.voted[principal] = "proxy"

    @rule(number=someone)
    def revoke(self, number: int) -> None:
        try:
            self.file.write(lambda unit: proxies.revoke(unit, BOSS, token(number), "回来了"))
        except Refusal:
            assert number not in self.proxy or number in self.voted
            return
        del self.proxy[number]

    @rule(number=someone, contest=st.sampled_from(["county-1", "town-1"]))
    def spoil(self, number: int, contest: str) -> None:
        try:
            self.file.write(
                lambda unit: corrections.replace_spoilt(unit, OFFICER, token(number), contest, "污损")
            )
        except Refusal:
            spoiler = self.voted.get(number)
            left = (self.carried if spoiler == "mobile" else self.papers)[contest]
            assert not spoiler or contest not in voter(number).contests or left == 0
            return
        own = self.carried if self.voted[number] == "mobile" else self.papers
        own[contest] -= 1

    @rule(contest=st.sampled_from(["county-1", "town-1"]), count=st.integers(-1, 3))
    def damage(self, contest: str, count: int) -> None:
        try:
            self.file.write(lambda unit: stock.damage(unit, OFFICER, WITNESS, contest, count, "受潮"))
        except Refusal:
            assert count < 1 or self.papers[contest] < count
            return
        self.papers[contest] -= count

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
            needed = voter(number).contests
            assert (
                number in self.voted
                or number in self.proxy
                or any(self.carried.get(contest, 0) < 1 for contest in needed)
            )
            return
        self.voted[number] = "mobile"
        for contest in voter(number).contests:
            self.carried[contest] -= 1

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
            voted = sum(contest in voter(number).contests for number in self.voted)
            assert totals.get(f"marked/{contest}", 0) == voted

    def teardown(self) -> None:
        if not hasattr(self, "file"):
            return
        live = self.file.read(lambda unit: unit.totals())
        _, stranger = fold_all([entry.opened() for entry in self.file.read(lambda unit: unit.entries())])
        assert stranger == live
        assert self.file.check() == []
        self.stack.close()


TestRandomDay = RandomDay.TestCase
TestRandomDay.settings = settings(
    # Without shrinking: a failing day is short enough to read, and shrinking one takes minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
