"""One polling station's day: everybody is checked in one by one, through the duties of the day."""

import heapq
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from pollstation.domain.boxes import Box, box_stream
from pollstation.domain.contests import BoxKind
from pollstation.domain.register import Voter
from pollstation.domain.visits import Ground
from pollstation.rehearsal.desk import Desk
from pollstation.rehearsal.irregularities import CLOSE, VOTING, Mischief, answer_to
from pollstation.rehearsal.people import CANDIDATE_SCRUTINEER
from pollstation.rehearsal.place import OFFICER, SUPERVISOR, WITNESS, Place
from pollstation.rehearsal.scenario import Kind, StationFigures
from pollstation.rehearsal.voting_mischief import at_the_desk, before_the_opening
from pollstation.services import (
    checkpoints,
    closing,
    corrections,
    issuing,
    mobile_boxes,
    opening,
    stock,
    visits,
)

OPENS, LAST_ARRIVAL, CLOSES = 7.0, 16.5, 17.0
"""Hours of the day."""

SPARE = 5
"""Blank ballots that a mobile box takes along beyond those it will need."""

_CREW = ("scrutineer-02", "scrutineer-03")
_STOPS = ("村民小组活动室", "养老院", "行动不便选民住处")
_WISHES = ("上午在家", "下午三点以后", "养老院二楼", "")
_SPOILT = ("写错", "撕破", "沾了墨水", "圈错了人")
_PACKET_SHORT = "与装箱单不符，已当面清点两遍，少一张"
_MOBILE_SHORT = "流动票箱途中遗失空白选票一张，沿途查找未获"


class PollingDay:
    """The day of one station, from six in the morning to its closed boxes."""

    def __init__(
        self, place: Place, station: StationFigures, mischief: Mischief, strangers: Sequence[Voter]
    ) -> None:
        self.place = place
        self.station = station
        self.desk = Desk(place, station, strangers)
        self.mischief = mischief
        self._events: list[tuple[datetime, int, Callable[[], object]]] = []
        self._order = count()
        self._seals = count(1)
        # more desks where more voters come, so that everybody is served on the same day
        self._pace = min(1.0, (LAST_ARRIVAL - OPENS) * 3600 / (12 * max(1, station.in_person)))

    def play(self, until: float | None = None) -> None:
        """The whole day; a refusal that nobody planted ends it.

        Args:
            until: the hour at which to leave the day as it stands; before the close, nothing is closed.
        """
        self._open()
        self._expect_voters()
        self._expect_boxes()
        for hour in range(int(OPENS) + 1, int(CLOSES) + 1):
            self._at(hour, partial(self.place.do, checkpoints.checkpoint, "hourly"))
        self._at(LAST_ARRIVAL + 0.25, partial(at_the_desk, self.desk, self.mischief))
        end = None if until is None else self.place.clock.at(until)
        while self._events and (end is None or self._events[0][0] <= end):
            moment, _, event = heapq.heappop(self._events)
            self.place.clock.wait_until(moment)
            event()
        if until is None or until > CLOSES:
            self._close()

    def _at(self, hour: float, event: Callable[[], object]) -> None:
        self._expect(self.place.clock.at(hour), event)

    def _expect(self, moment: datetime, event: Callable[[], object]) -> None:
        heapq.heappush(self._events, (moment, next(self._order), event))

    # Before the first voter

    def _open(self) -> None:
        place, station = self.place, self.station
        place.sign_in(SUPERVISOR, WITNESS, OFFICER)
        for contest in station.contests:
            stated = self._ballots_needed()
            counted = stated
            if contest == station.contests[0]:
                counted -= len(self.mischief.at(station.id, Kind.STOCK_PACKET_SHORT))
            place.clock.wait(240)
            place.do(
                stock.receive, *place.two, contest, stated=stated, counted=counted, packets=f"1-{stated}"
            )
        for box in place.plan.station.boxes:
            place.do(opening.seal_box, *place.two, box.id, [self._new_seal(), self._new_seal()])
            place.clock.wait(90)
        for item in place.ask(opening.checklist):
            place.do(opening.tick, place.who(SUPERVISOR), item)
        self._authorise_proxies()
        place.do(opening.report_zero, *place.two)
        place.clock.wait_until(place.clock.at(OPENS))
        place.do(opening.open_polling, *place.two)

    def _ballots_needed(self) -> int:
        """For everybody who comes and every spoilt ballot, for the boxes on the way, and a reserve."""
        needed = self.station.participants + self.station.spoilt + SPARE * len(self.station.mobile)
        return -(-(needed + 10) // 50) * 50

    def _new_seal(self) -> str:
        return f"{self.station.id}-{next(self._seals):04d}"

    def _authorise_proxies(self) -> None:
        """Every holder votes in person and holds at most three."""
        desk = self.desk
        before_the_opening(desk, self.mischief)
        hands = [voter for voter in desk.in_person for _ in range(3)]
        holders = self.place.chance.sample(hands, len(desk.principals))
        for number, (principal, holder) in enumerate(zip(desk.principals, holders, strict=True), start=1):
            desk.authorise(principal, holder, f"选委会批复〔{number}〕号")

    # Voters at the desk

    def _expect_voters(self) -> None:
        place = self.place
        hours = LAST_ARRIVAL - OPENS
        for voter in self.desk.in_person:
            hour = OPENS + hours * place.chance.betavariate(1.4, 2.6)
            self._at(hour, partial(self._arrive, voter))

    def _arrive(self, voter: Voter) -> None:
        """A voter comes with card or identity card, and gets all they are entitled to."""
        place, chance = self.place, self.place.chance
        card = self.desk.find(voter)
        principals = [each.voter.token for each in card.principals]
        place.clock.wait(chance.uniform(5, 12) * self._pace)
        place.do(
            issuing.issue_ballots,
            place.who(OFFICER),
            voter.token,
            principals=principals,
            assisted=chance.random() < 0.02,
        )
        for token in (voter.token, *principals):
            for contest in self.desk.spoilt.get(token, ()):
                self._expect(place.clock.now(), partial(self._replace, token, contest))

    def _replace(self, token: str, contest: str) -> None:
        place = self.place
        place.clock.wait(place.chance.uniform(30, 90))
        reason = place.chance.choice(_SPOILT)
        place.do(corrections.replace_spoilt, place.who(OFFICER), token, contest, reason)

    # Mobile boxes

    def _expect_boxes(self) -> None:
        for number, box in enumerate(self.desk.by_box):
            hour = min(OPENS + 1 + 0.2 * number, LAST_ARRIVAL - 2)
            self._at(hour - 0.5, partial(self._approve_visits, box))
            self._at(hour, partial(self._send_out, box, number))

    def _approve_visits(self, box: str) -> None:
        """Families asked for the box; the supervisor approves, and its way is planned."""
        place = self.place
        for stop, voter in enumerate(self.desk.by_box[box]):
            ground = place.chance.choice((Ground.ILL, Ground.IMMOBILE, Ground.REMOTE))
            wish = place.chance.choice(_WISHES)
            place.do(visits.ask, place.who(OFFICER), voter.token, ground, wish=wish)
            place.do(visits.approve, place.who(SUPERVISOR), voter.token, box, stop % len(_STOPS) + 1)
        due = max(place.clock.at(LAST_ARRIVAL), place.clock.now() + timedelta(hours=1))
        place.do(mobile_boxes.plan_route, place.who(OFFICER), box, _STOPS, due)

    def _hand_on(self, box: str) -> None:
        """On its way the box goes from hand to hand; both people read label and seals."""
        place = self.place
        place.do(
            mobile_boxes.hand_over,
            place.who(OFFICER),
            place.who(WITNESS),
            box,
            label=f"{mobile_boxes.LABEL_PREFIX}{box}",
            place=_STOPS[0],
            seals_seen=self.seals(box),
        )

    def _send_out(self, box: str, number: int) -> None:
        place, voters = self.place, self.desk.by_box[box]
        spoilt = self.desk.spoilt_by(voters)
        taken = {contest: len(voters) + spoilt[contest] + SPARE for contest in self.station.contests}

        def dispatch(crew: Sequence[str]) -> None:
            seals = self.seals(box)
            place.do(
                mobile_boxes.dispatch,
                place.who(OFFICER),
                place.who(WITNESS),
                box,
                crew=crew,
                ballots=taken,
                seals_seen=seals,
            )

        if number == 0:
            for kind, crew in (
                (Kind.CREW_OF_ONE, _CREW[:1]),
                (Kind.CREW_CANDIDATE, (_CREW[0], CANDIDATE_SCRUTINEER)),
            ):
                for planted in self.mischief.at(self.station.id, kind):
                    self.mischief.record(planted, answer_to(partial(dispatch, crew)), VOTING)
        dispatch(_CREW)
        self._at(min(OPENS + 2 + 0.3 * number, LAST_ARRIVAL - 1), partial(self._hand_on, box))
        hour = min(OPENS + 3 + 0.4 * number + len(voters) / 60, LAST_ARRIVAL)
        self._at(hour, partial(self._take_back, box, taken, number))

    def _take_back(self, box: str, taken: dict[str, int], number: int) -> None:
        """The box is back: voters are written down from the signed list, then the ballots are counted."""
        place, voters = self.place, self.desk.by_box[box]
        for voter in voters:
            place.clock.wait(place.chance.uniform(3, 8))
            place.do(mobile_boxes.serve, place.who(OFFICER), box, voter.token)
            for contest in self.desk.spoilt.get(voter.token, ()):
                self._replace(voter.token, contest)
        spoilt = self.desk.spoilt_by(voters)
        blank = {contest: taken[contest] - len(voters) - spoilt[contest] for contest in taken}
        if number == 0:
            blank[self.station.contests[0]] -= self._missing_blank
        place.do(
            mobile_boxes.take_back,
            place.who(OFFICER),
            place.who(WITNESS),
            box,
            blank=blank,
            spoilt=spoilt,
            seals_seen=self.seals(box),
            signed=dict.fromkeys(taken, len(voters)),
        )

    @property
    def _missing_blank(self) -> int:
        return min(SPARE, len(self.mischief.at(self.station.id, Kind.MOBILE_RETURNS_SHORT)))

    def seals(self, box: str) -> tuple[str, ...]:
        """The numbers that two people read on a box."""
        return self.place.ask(lambda unit: unit.state(box_stream(box), Box)).seals

    # The close

    def _close(self) -> None:
        place = self.place
        place.clock.wait_until(place.clock.at(CLOSES))
        for line in place.ask(stock.stock):
            if line.contest in self.station.contests:
                place.clock.wait(180)
                place.do(stock.cancel_unused, *place.two, line.contest, line.on_hand)
        for box in place.plan.station.boxes:
            place.do(
                closing.close_box,
                *place.two,
                box.id,
                seals_seen=self.seals(box.id),
                slot_seal=self._new_seal(),
            )
        close = partial(place.do, closing.close_polling, *place.two)
        for kind, key, text in self._known_differences():
            self.mischief.record_all(self.station.id, kind, answer_to(close), CLOSE)
            place.do(closing.explain, *place.two, key, text)
        close()
        if not place.plan.station.counts_itself:
            for box in place.plan.station.boxes:
                place.do(closing.send_box, *place.two, box.id, seals_seen=self.seals(box.id))

    def _known_differences(self) -> list[tuple[Kind, str, str]]:
        """What was planted and shows in the account: kind, key of the equation, what two people write."""
        contest, known = self.station.contests[0], []
        if self.mischief.has(self.station.id, Kind.STOCK_PACKET_SHORT):
            known.append((Kind.STOCK_PACKET_SHORT, f"received/{contest}", _PACKET_SHORT))
        if self._missing_blank:
            box = next(box.id for box in self.place.plan.station.boxes if box.kind is BoxKind.MOBILE)
            known.append((Kind.MOBILE_RETURNS_SHORT, f"box/{contest}/{box}", _MOBILE_SHORT))
        return known
