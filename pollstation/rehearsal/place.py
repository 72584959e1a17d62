"""A laptop in a rehearsal: its workplace, a clock that is moved on by hand, and the team signed in."""

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Concatenate, ParamSpec, TypeVar

from pollstation.domain.staff import Session
from pollstation.rehearsal.people import passphrase
from pollstation.rehearsal.scenario import Scenario
from pollstation.services import staff
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.workplace import Workplace

P = ParamSpec("P")
T = TypeVar("T")

SUPERVISOR, OFFICER, WITNESS = "supervisor-01", "officer-01", "scrutineer-01"
COUNTERS = ("counter-01", "counter-02")
COMMITTEE = "committee-01"


class RehearsalClock:
    """The clock of one laptop: starts at six in the morning of election day and stands still until moved."""

    def __init__(self, day: date) -> None:
        # the clock on this machine's wall, as people will read the times on screen and paper
        self._midnight = datetime.combine(day, time()).astimezone()
        self._now = self.at(6)

    def now(self) -> datetime:
        """The time it was moved to."""
        return self._now

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._now += timedelta(seconds=seconds)

    def wait_until(self, moment: datetime) -> None:
        """Let time pass until ``moment``; it never runs back."""
        self._now = max(self._now, moment)

    def at(self, hour: float) -> datetime:
        """The moment of election day at ``hour``, such as 7.5 for half past seven."""
        return self._midnight + timedelta(hours=hour)


class Place:
    """One station or counting site while it is played."""

    def __init__(self, workplace: Workplace, clock: RehearsalClock, scenario: Scenario) -> None:
        self.workplace = workplace
        self.clock = clock
        self.scenario = scenario
        self.plan = workplace.read(lambda unit: unit.plan)
        self.id = self.plan.station.id
        self.chance = random.Random(f"{scenario.seed}/day/{self.id}")
        self._sessions: dict[str, Session] = {}

    def do(self, duty: Callable[Concatenate[UnitOfWork, P], T], *args: P.args, **facts: P.kwargs) -> T:
        """One act, written to the journal."""
        return self.workplace.write(lambda unit: duty(unit, *args, **facts)).value

    def ask(self, query: Callable[Concatenate[Reading, P], T], *args: P.args, **facts: P.kwargs) -> T:
        """One look at how things stand."""
        return self.workplace.read(lambda unit: query(unit, *args, **facts))

    def sign_in(self, *people: str) -> None:
        """The members of the team come and sign in with their own passphrases."""
        for person in people:
            if person not in self._sessions:
                word = passphrase(self.scenario.seed, person)
                self._sessions[person] = self.do(staff.sign_in, person, word)
                self.clock.wait(self.chance.uniform(20, 60))

    def who(self, person: str) -> Session:
        """Somebody who signed in."""
        return self._sessions[person]

    @property
    def two(self) -> tuple[Session, Session]:
        """The supervisor and the scrutineer who witnesses."""
        return self._sessions[SUPERVISOR], self._sessions[WITNESS]
