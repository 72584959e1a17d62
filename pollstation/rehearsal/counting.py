"""One counting site's evening: boxes received, opened and counted, every sheet read twice, the result."""

from collections.abc import Mapping, Sequence
from functools import partial

from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.contests import BoxKind
from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.errors import Code
from pollstation.domain.profiles import rules_of
from pollstation.rehearsal.count_slips import SheetSlips, swapped
from pollstation.rehearsal.irregularities import COUNT, Mischief, answer_to
from pollstation.rehearsal.papers import Ballot, Papers, tally
from pollstation.rehearsal.place import COUNTERS, SUPERVISOR, WITNESS, Place
from pollstation.rehearsal.scenario import Irregularity, Kind, StationFigures
from pollstation.services import closing, counting, counting_site, determining, site_checks

HONEST_SLIPS = 0.04
"""Share of sheets on which the second counter makes a slip that no sum shows."""

_NOT_RETURNED = "选民领票后未投入票箱，经清点现场和询问工作人员确认"
_LOST = "票箱内少于发出数，现场及沿途查找未获，原因不明"
_TOO_MANY = "票箱内多于发出数，已逐张核对，原因不明"
_SEAL = "封条号码与登记不符，已与投票站主持人和监票人核对，箱体完好"
_READ_AGAIN = "再次核对纸质计票单"
_BOX_CHECKED = "已与各票箱计票单逐一核对，计数无误"
_WARNING = "已对照选票重新核对，计数无误"


class CountingEvening:
    """The count of one site, from its first bundle to the proposed result."""

    def __init__(
        self, place: Place, stations: Sequence[StationFigures], papers: Papers, mischief: Mischief
    ) -> None:
        self.place = place
        self.stations = stations
        self.papers = papers
        self.mischief = mischief
        self.slips = SheetSlips(place, mischief)

    def play(self, polling: Sequence[bytes]) -> None:
        """The whole evening; a refusal that nobody planted ends it.

        Args:
            polling: the bundles of the stations whose boxes are brought here.
        """
        place = self.place
        place.clock.wait_until(place.clock.at(18))
        place.sign_in(SUPERVISOR, WITNESS, *COUNTERS)
        for bundle in polling:
            place.clock.wait(120)
            place.workplace.receive_polling(*place.two, bundle)
        boxes = [line.box.id for line in place.ask(counting_site.boxes)]
        for box in boxes:
            self._take_in(box)
        place.do(counting_site.start_count, *place.two)
        late = boxes[-1:] if self.mischief.has(place.id, Kind.BOX_FORGOTTEN) else []
        self._count(boxes[: len(boxes) - len(late)])
        if late:
            answer = answer_to(partial(place.do, determining.propose, *place.two))
            self.mischief.record_all(place.id, Kind.BOX_FORGOTTEN, answer, COUNT)
            self._count(late)
        self.slips.enter_again()
        self._propose()
        if rules_of(place.plan.election).result_on_the_spot:
            place.do(determining.release, place.two[0])

    # Boxes

    def _take_in(self, box: str) -> None:
        """Two people read the seals of a box that was brought; a foreign one is written down as it is."""
        place, state = self.place, self._box(box)
        if state.state is BoxState.MOVED:
            place.clock.wait(60)
            seals = self._as_read(box, state)
            place.do(counting_site.take_in_box, *place.two, box, seals_seen=seals)

    def _as_read(self, box: str, state: Box) -> list[str]:
        """The seals as they are read now: on a box whose seal was broken one number is another."""
        seals = list(state.seals)
        if self._broken(box):
            seals[0] = f"{seals[0]}0"
        return seals

    def _broken(self, box: str) -> bool:
        planned = self.place.plan.box(box)
        return planned.kind is BoxKind.FIXED and self.mischief.has(planned.station, Kind.BROKEN_SEAL)

    def _count(self, boxes: Sequence[str]) -> None:
        for box in boxes:
            self._open(box)
        for box in boxes:
            self._count_box(box)
        for box in boxes:
            sheets = [sheet for sheet in self.place.ask(counting.sheets) if sheet.box == box]
            for contest in dict.fromkeys(sheet.contest for sheet in sheets):
                own = [sheet for sheet in sheets if sheet.contest == contest]
                ballots = iter(self.papers[box, contest])
                for sheet in sorted(own, key=lambda each: each.batch):
                    self._read(sheet, [next(ballots) for _ in range(sheet.ballots)])

    def _open(self, box: str) -> None:
        place = self.place
        place.clock.wait(60)
        for planted in self.mischief.at(place.id, Kind.BOX_OPENED_UNSEALED):
            unsealed = partial(place.do, counting_site.open_box, *place.two, box, seals_seen=[])
            self.mischief.record(planted, answer_to(unsealed), COUNT)
        arrived = self._box(box)
        if arrived.unexplained:
            opened = partial(place.do, counting_site.open_box, *place.two, box, seals_seen=arrived.seals)
            self._explain_seal(box, answer_to(opened))
        seals = self._as_read(box, self._box(box))
        place.do(counting_site.open_box, *place.two, box, seals_seen=seals)

    def _count_box(self, box: str) -> None:
        place = self.place
        ballots = {contest: len(papers) for (own, contest), papers in self.papers.items() if own == box}
        place.clock.wait(2 * sum(ballots.values()) + 30)
        if self._box(box).unexplained:
            count = partial(place.do, counting_site.count_box, *place.two, box, ballots)
            self._explain_seal(box, answer_to(count))
        place.do(counting_site.count_box, *place.two, box, ballots)

    def _explain_seal(self, box: str, answer: Code | None) -> None:
        """Two people explain the foreign seal that was planted; any other exception blocks the count."""
        if not self._broken(box):
            return
        place = self.place
        self.mischief.record_all(place.plan.box(box).station, Kind.BROKEN_SEAL, answer, COUNT)
        place.do(closing.explain_box, *place.two, box, _SEAL)

    def _box(self, box: str) -> Box:
        return self.place.ask(lambda unit: unit.state(box_stream(box), Box))

    # Sheets

    def _read(self, sheet: CountSheet, ballots: Sequence[Ballot]) -> None:
        """Two counters read one paper sheet, unseen by each other; supervisor and scrutineer approve it."""
        place = self.place
        paper = tally(ballots, sheet.candidates)
        if not self.slips.play(sheet, paper):
            slip = place.chance.random() < HONEST_SLIPS
            self.slips.enter(COUNTERS[0], sheet.id, paper)
            self.slips.enter(COUNTERS[1], sheet.id, swapped(paper, place.chance) if slip else paper)
        self._settle(sheet.id, paper)
        self._approve(sheet.id)

    def _settle(self, sheet_id: str, paper: Mapping[str, int]) -> None:
        place = self.place
        supervisor = place.who(SUPERVISOR)
        differing = place.ask(counting.differences, supervisor, sheet_id)
        if differing:
            place.clock.wait(60)
            right = {each.field: paper.get(each.field, 0) for each in differing}
            place.do(counting.settle, supervisor, sheet_id, right, _READ_AGAIN)

    def _approve(self, sheet_id: str) -> None:
        place = self.place
        for finding in place.ask(counting.final_findings, sheet_id):
            if not finding.is_error:
                place.do(counting.explain_finding, *place.two, sheet_id, finding.code, _WARNING)
        place.clock.wait(20)
        place.do(counting.approve, *place.two, sheet_id)

    # What does not add up

    def _propose(self) -> None:
        """Propose the result once what is known to be missing is explained; anything else blocks it."""
        place = self.place
        propose = partial(place.do, determining.propose, *place.two)
        planted = [
            each
            for station in self.stations
            for each in self.mischief.at(station.id, Kind.BALLOT_LOST, Kind.EXTRA_BALLOT)
        ]
        if planted:
            if answer_to(propose) is None:
                return
            for each in planted:
                self.mischief.record(each, self._finding(each), COUNT)
        expected = self._expected()
        for line in place.ask(closing.account):
            difference, text = expected.get(line.equation.key, (0, ""))
            if difference and line.equation.difference == difference:
                place.do(closing.explain, *place.two, line.equation.key, text)
        for warning in place.ask(site_checks.unexplained):
            place.do(site_checks.explain, *place.two, warning.key, _BOX_CHECKED)
        propose()

    def _finding(self, planted: Irregularity) -> Code | None:
        """The code that stands against the result because of a box of the station concerned."""
        wanted = Code.BOX_SHORT if planted.kind is Kind.BALLOT_LOST else Code.BOX_TOO_FULL
        boxes = next(each.boxes for each in self.stations if each.id == planted.place)
        against = self.place.ask(determining.obstacles)
        keys = [str(each.facts["key"]) for each in against if each.facts.get("finding") is wanted]
        return wanted if any(key.endswith(f"/{box}") for key in keys for box in boxes) else None

    def _expected(self) -> dict[str, tuple[int, str]]:
        """Ballots known to be missing from boxes, or found beyond those issued, by key of the equation."""
        expected = {}
        for station in self.stations:
            for contest in station.contests:
                for box, found in self.place.scenario.box_ballots(station, contest).items():
                    missing = station.boxes[box] - found
                    lost = contest == station.contests[0] and self.mischief.has(station.id, Kind.BALLOT_LOST)
                    text = _TOO_MANY if missing < 0 else _LOST if lost else _NOT_RETURNED
                    expected[f"collected/{contest}/{box}"] = (missing, text)
        return expected
