"""Random ways of a mobile box against a shadow: who may be served, what the list shows, what is wrong."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from pollstation.domain.boxes import BoxException, BoxState
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.visits import Ground, VisitState
from pollstation.services import mobile_boxes, visits
from pollstation.store import StationFile
from pollstation.workplace import Workplace
from tests import acts
from tests.acts import BOSS, CREW, OFFICER, WITNESS, token
from tests.services.shadow import Shadowed, plays
from tests.station import package, session, voter

VOTERS, TAKEN = 8, 3
BOX, WORD = "S01-M1", "on the way 7"
FIRST, SECOND = (session(person) for person in CREW)
someone = st.integers(1, VOTERS)


class RandomBox(Shadowed):
    """The shadow knows who asked, who was approved, who voted where, and what is wrong about the box."""

    @initialize()
    def open(self) -> None:
        self.open_station(package(VOTERS))
        self.requests: dict[int, VisitState] = {}
        self.desk: set[int] = set()
        self.box: set[int] = set()
        self.unrequested: set[int] = set()
        self.wrong: set[BoxException] = set()
        self.out = False
        self.carried = dict.fromkeys(("county-1", "town-1"), 0)
        self.signed = dict.fromkeys(self.carried, 0)
        self.crew: StationFile | None = None
        self.live: set[int] = set()
        self.known: set[int] = set()

    @rule(number=someone)
    def ask(self, number: int) -> None:
        may = self.requests.get(number) in (None, VisitState.REFUSED) and number not in self.desk | self.box
        try:
            self.file.write(lambda unit: visits.ask(unit, OFFICER, token(number), Ground.ILL))
        except Refusal:
            assert not may
            return
        assert may
        self.requests[number] = VisitState.REQUESTED

    @rule(number=someone, yes=st.booleans())
    def decide(self, number: int, yes: bool) -> None:
        open_now = self.requests.get(number) in (VisitState.REQUESTED, VisitState.APPROVED)
        may = open_now and number not in self.desk | self.box
        try:
            if yes:
                self.file.write(lambda unit: visits.approve(unit, BOSS, token(number), BOX, 1))
            else:
                self.file.write(lambda unit: visits.refuse(unit, BOSS, token(number), "住得近"))
        except Refusal:
            assert not may
            return
        assert may
        self.requests[number] = VisitState.APPROVED if yes else VisitState.REFUSED

    @rule(number=someone)
    def come_to_the_desk(self, number: int) -> None:
        try:
            acts.vote(self.file, number)
        except Refusal:
            assert number in self.desk | self.box
            return
        self.desk.add(number)

    @precondition(lambda self: not self.out)
    @rule()
    def send(self) -> None:
        try:
            acts.send_mobile(self.file, TAKEN)
        except Refusal as refusal:
            assert refusal.code is Code.STOCK_TOO_SMALL
            return
        self.out = True
        self.carried = {contest: count + TAKEN for contest, count in self.carried.items()}

    @precondition(lambda self: self.out)
    @rule(number=someone, reason=st.sampled_from(["", "当场请求"]))
    def serve(self, number: int, reason: str) -> None:
        asked = self.requests.get(number) is VisitState.APPROVED
        enough = all(self.carried[contest] > 0 for contest in voter(number).contests)
        may = number not in self.desk | self.box and enough and (asked or bool(reason))
        try:
            self.file.write(lambda unit: mobile_boxes.serve(unit, OFFICER, BOX, token(number), reason=reason))
        except Refusal:
            assert not may
            return
        assert may
        self.box.add(number)
        self.unrequested |= set() if asked else {number}
        for contest in voter(number).contests:
            self.carried[contest] -= 1

    @precondition(lambda self: self.out)
    @rule(seal=st.sampled_from(["0002", "0009"]), intact=st.booleans())
    def hand_over(self, seal: str, intact: bool) -> None:
        self.file.write(
            lambda unit: mobile_boxes.hand_over(
                unit, FIRST, SECOND, BOX, label="2", place="桥头", seals_seen=[seal], intact=intact
            )
        )
        self.wrong |= {BoxException.SEAL_DIFFERS} if seal != "0002" else set()
        self.wrong |= set() if intact else {BoxException.SEAL_DAMAGED}

    @precondition(lambda self: self.out and not self.live)
    @rule()
    def come_back(self) -> None:
        """Everything is counted right; no equation differs."""
        signed = {
            contest: sum(contest in voter(number).contests for number in self.box) - self.signed[contest]
            for contest in self.carried
        }
        blank = dict(self.carried)
        self.file.write(
            lambda unit: mobile_boxes.take_back(
                unit, OFFICER, WITNESS, BOX, blank=blank, spoilt={}, seals_seen=["0002"], signed=signed
            )
        )
        self.out, self.carried = False, dict.fromkeys(self.carried, 0)
        self.signed = {contest: count + signed[contest] for contest, count in self.signed.items()}
        assert self.file.read(acts.differing) == set()

    @precondition(lambda self: self.out and self.crew is None)
    @rule()
    def take_a_laptop_along(self) -> None:
        waiting = {
            number
            for number, state in self.requests.items()
            if state is VisitState.APPROVED and number not in self.desk | self.box
        }
        path = self.folder / "crew"
        try:
            Workplace(self.file).crew_file(OFFICER, WITNESS, BOX, path, WORD, self.clock)
        except Refusal as refusal:
            assert refusal.code is Code.CREW_FILE_EMPTY and not waiting
            return
        assert waiting
        self.crew = self.stack.enter_context(StationFile.open(path, WORD, self.clock))
        self.known = waiting

    @precondition(lambda self: self.crew is not None and self.out)
    @rule(data=st.data())
    def serve_live(self, data: st.DataObject) -> None:
        """The crew does not hear what the desk does meanwhile, nor what is typed in at the station."""
        number = data.draw(st.sampled_from(sorted(self.known)))
        crew = self.crew
        assert crew is not None
        # both write from the same ballots: keep within what is really in the box
        if any(self.carried[contest] - len(self.live - self.box) < 1 for contest in self.carried):
            return
        try:
            crew.write(lambda unit: mobile_boxes.serve(unit, FIRST, BOX, token(number), from_list=False))
        except Refusal as refusal:
            assert number in self.live or refusal.code is Code.BOX_EMPTY_OF_BALLOTS
            return
        assert number not in self.live
        self.live.add(number)

    def teardown(self) -> None:
        if not hasattr(self, "file"):
            return
        if self.crew is not None and self.live:
            self.crew.close()
            Workplace(self.file).take_in_crew(OFFICER, WITNESS, BOX, self.folder / "crew", WORD, self.clock)
            twice = self.live & (self.desk | self.box)
            assert self.file.read(lambda unit: unit.total("conflicts")) == len(twice)
            for number in self.live:
                assert any(issue.box == BOX for issue in acts.record_of(self.file, number).issues)
        super().teardown()

    @invariant()
    def the_list_and_the_box_show_what_happened(self) -> None:
        if not hasattr(self, "file"):
            return
        lines = self.file.read(visits.visits)
        assert {line.voter.number: line.visit.state for line in lines} == self.requests
        assert {line.voter.number for line in lines if line.served} == set(self.requests) & (
            self.desk | self.box
        )
        (line,) = self.file.read(mobile_boxes.mobile_boxes)
        assert line.unrequested == len(self.unrequested)
        # a crew's file that did not come back with its box is looked for
        missed = {BoxException.CREW_FILE_OPEN} if self.crew is not None and not self.out else set()
        assert set(line.state.unexplained) == self.wrong | missed
        assert (line.state.state is BoxState.OUT) == self.out
        if self.out:
            assert line.left == self.carried


TestRandomBox = RandomBox.TestCase
TestRandomBox.settings = plays(10, 20)
