"""Random counts against a shadow model: whatever people do to a sheet, no reading is lost or made up.

Fields are typed, emptied and typed again; the batch and its box are counted again and restated.
"""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.doubtful import Judgement
from pollstation.domain.errors import Code, Refusal
from pollstation.services import closing, counting, doubtful, recounting
from tests import acts
from tests.acts import BOSS, COUNTERS, WITNESS
from tests.services.shadow import Shadowed, plays
from tests.station import package

SHEET = "sheet:S01-F/county-1/1"
BALLOTS = 8
counter = st.integers(0, 1)
REFUSED = {Code.SAME_COUNTER_TWICE, Code.BATCH_ENTERED_ALREADY, Code.SHEET_WRONG_PHASE}


class RandomCount(Shadowed):
    """The shadow knows the readings of this round, the figures settled, and the rounds approved before."""

    @initialize()
    def open(self) -> None:
        self.open_station(package(12), 20)
        acts.vote(self.file, *range(1, BALLOTS + 1))
        acts.close_day(self.file)
        acts.open_boxes(self.file)
        self.begin_anew()
        self.rounds: list[dict[str, int]] = []
        self.decided: dict[int, bool] = {}
        self.figures = acts.unanimous(self.sheet)
        self.required = set(self.sheet.missing({}))
        self.ballots = self.found = BALLOTS

    def begin_anew(self) -> None:
        self.readings: dict[int, dict[str, int]] = {}
        self.done: list[int] = []
        self.settled: dict[str, int] = {}
        self.approved = False

    @property
    def sheet(self) -> CountSheet:
        return self.file.read(lambda unit: unit.state(SHEET, CountSheet))

    @property
    def open_differences(self) -> set[str]:
        if len(self.done) < 2:
            return set()
        first, second = (self.readings[who] for who in self.readings)
        names = {*first, *second}
        return {name for name in names if first.get(name, 0) != second.get(name, 0)}

    def may_enter(self, who: int) -> bool:
        if who in self.readings:
            return who not in self.done
        return len(self.readings) < 2 and len(self.done) == len(self.readings)

    @rule(who=counter, slip=st.booleans())
    def enter(self, who: int, *, slip: bool) -> None:
        fields = self.figures | ({"for/0": BALLOTS - 1, "against/0": 1} if slip else {})
        try:
            self.file.write(lambda unit: counting.enter(unit, COUNTERS[who], SHEET, fields))
        except Refusal as refusal:
            assert not self.may_enter(who) and refusal.code in REFUSED
            return
        assert self.may_enter(who)
        self.readings[who] = self.readings.get(who, {}) | fields

    @rule(who=counter, name=st.sampled_from(["for/0", "abstain/2", "valid", "write_in/庚六"]))
    def empty(self, who: int, name: str) -> None:
        try:
            self.file.write(lambda unit: counting.enter(unit, COUNTERS[who], SHEET, {name: None}))
        except Refusal as refusal:
            assert not self.may_enter(who) and refusal.code in REFUSED
            return
        assert self.may_enter(who)
        self.readings[who] = {n: count for n, count in self.readings.get(who, {}).items() if n != name}

    @rule(who=counter)
    def complete(self, who: int) -> None:
        try:
            self.file.write(lambda unit: counting.complete(unit, COUNTERS[who], SHEET))
        except Refusal as refusal:
            if self.may_enter(who):
                assert refusal.code is Code.SHEET_INCOMPLETE
                assert self.required - self.readings.get(who, {}).keys()
            else:
                assert refusal.code in REFUSED
            return
        assert self.may_enter(who) and not self.required - self.readings[who].keys()
        self.done.append(who)

    @rule(ballots=st.integers(BALLOTS - 1, BALLOTS + 1))
    def restate_batch(self, ballots: int) -> None:
        try:
            self.file.write(
                lambda unit: recounting.restate_batch(unit, BOSS, WITNESS, SHEET, ballots, "两张粘连")
            )
        except Refusal as refusal:
            assert self.approved or (ballots == self.ballots and refusal.code is Code.NOTHING_TO_RESTATE)
            return
        assert not self.approved and ballots != self.ballots
        self.ballots = ballots

    @rule(ballots=st.integers(BALLOTS - 1, BALLOTS + 1))
    def restate_box(self, ballots: int) -> None:
        found = {"county-1": ballots}
        try:
            self.file.write(
                lambda unit: recounting.restate_box(unit, BOSS, WITNESS, "S01-F", found, "箱底一张")
            )
        except Refusal as refusal:
            assert ballots == self.found and refusal.code is Code.NOTHING_TO_RESTATE
            return
        assert ballots != self.found
        self.found = ballots

    @rule(right=st.booleans())
    def settle(self, *, right: bool) -> None:
        chosen = self.figures if right else self.figures | {"for/0": BALLOTS - 1, "against/0": 1}
        fields = {name: chosen.get(name, 0) for name in sorted(self.open_differences)}
        try:
            self.file.write(lambda unit: counting.settle(unit, BOSS, SHEET, fields, "再读一遍"))
        except Refusal as refusal:
            assert refusal.code is Code.SHEET_WRONG_PHASE and (len(self.done) < 2 or self.approved)
            return
        assert len(self.done) == 2 and not self.approved
        self.settled |= fields

    @rule()
    def approve(self) -> None:
        try:
            self.file.write(lambda unit: counting.approve(unit, BOSS, WITNESS, SHEET))
        except Refusal as refusal:
            void = sum(not valid for valid in self.decided.values())
            waits = len(self.done) < 2 or self.approved or bool(self.open_differences - self.settled.keys())
            otherwise = self.ballots != BALLOTS and refusal.code is Code.SHEET_HAS_ERRORS
            assert waits or otherwise or (void and refusal.code is Code.WARNING_UNEXPLAINED)
            return
        assert len(self.done) == 2 and not self.approved and self.ballots == BALLOTS
        self.approved = True

    @rule(slip=st.booleans())
    def finish(self, *, slip: bool) -> None:
        """Honest staff carry the round to its end, so that recounts of recounts come about."""
        self.restate_batch(ballots=BALLOTS)
        for who in (0, 1):
            self.enter(who=who, slip=slip and who == 1)
            self.complete(who=who)
        self.settle(right=True)
        self.approve()

    @rule()
    def send_back(self) -> None:
        try:
            self.file.write(lambda unit: counting.send_back(unit, BOSS, SHEET, "重录"))
        except Refusal as refusal:
            assert not self.readings and refusal.code is Code.SHEET_WRONG_PHASE
            return
        self.begin_anew()

    @rule()
    def recount(self) -> None:
        try:
            self.file.write(lambda unit: recounting.order(unit, BOSS, WITNESS, [SHEET], "重计"))
        except Refusal as refusal:
            assert not self.approved and refusal.code is Code.NOTHING_TO_RECOUNT
            return
        assert self.approved
        self.rounds.append(self.last_count())
        self.begin_anew()
        self.decided = {}

    @rule(valid=st.booleans())
    def doubt(self, *, valid: bool) -> None:
        ground = Judgement.CLEAR_INTENT if valid else Judgement.ILLEGIBLE
        try:
            number = self.file.write(
                lambda unit: doubtful.decide(
                    unit, BOSS, WITNESS, SHEET, mark="模糊", judgement=ground, valid=valid
                )
            ).value
        except Refusal as refusal:
            assert self.approved and refusal.code is Code.SHEET_WRONG_PHASE
            return
        assert not self.approved and number == len(self.decided) + 1
        self.decided[number] = valid

    def last_count(self) -> dict[str, int]:
        first = next(iter(self.readings.values()), {})
        return {name: count for name, count in {**first, **self.settled}.items() if count}

    @invariant()
    def the_sheet_holds_what_people_entered_and_the_result_the_last_approved_count(self) -> None:
        if not hasattr(self, "file"):
            return
        sheet = self.sheet
        assert [reading.fields for reading in sheet.readings] == list(self.readings.values())
        assert [reading.done for reading in sheet.readings] == [who in self.done for who in self.readings]
        assert sheet.approved is self.approved
        assert set(sheet.open_differences) == self.open_differences - self.settled.keys()
        assert {one.number: one.valid for one in sheet.doubtful} == self.decided
        kept = [{name: n for name, n in count.fields.items() if n} for count in sheet.earlier]
        assert kept == self.rounds
        counted = self.last_count() if self.approved else (self.rounds or [{}])[-1]
        total = self.file.read(lambda unit: unit.total("for/county-1/0"))
        assert total == counted.get("for/0", 0)
        assert (sheet.ballots, sheet.planned) == (self.ballots, BALLOTS)
        account = {line.equation.key: line.equation for line in self.file.read(closing.account)}
        assert account["collected/county-1/S01-F"].difference == BALLOTS - self.found
        assert account["batched/county-1/S01-F"].difference == self.found - self.ballots


TestRandomCount = RandomCount.TestCase
TestRandomCount.settings = plays(12, 40)
