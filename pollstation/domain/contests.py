"""What is voted on and where: election, contests, stations and boxes, as the committee's package says."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import msgspec

LocalRules = Mapping[str, bool | int | str]


class Level(StrEnum):
    """The body that is elected."""

    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


class Post(StrEnum):
    """What villagers elect to (Organic Law of Villagers' Committees, art. 6), the highest first."""

    CHAIR = "chair"
    VICE_CHAIR = "vice-chair"
    MEMBER = "member"


Office = Level | Post


class BoxKind(StrEnum):
    """A box that stays at the station, or one that is carried to voters."""

    FIXED = "fixed"
    MOBILE = "mobile"


class Contest(msgspec.Struct, frozen=True, kw_only=True):
    """One ballot paper: a constituency's vote for ``seats`` deputies (Electoral Law art. 25: 1 to 3)."""

    id: str
    level: Level
    seats: int
    candidates: tuple[str, ...]
    """In ballot order."""
    title: str = ""
    constituency: str = ""
    post: Post | None = None
    """Of a village: contests of one constituency with a post belong together (``rules.posts``)."""
    round: str = "first"
    """``first``, ``revote`` or ``fresh``."""
    paper_colour: str = ""
    counting_sites: tuple[str, ...] = ()
    """Every site that counts ballots of this contest."""

    @property
    def office(self) -> Office:
        """What it elects to, as people call it: the post where it has one, else the body."""
        return self.post or self.level


class BallotBox(msgspec.Struct, frozen=True, kw_only=True):
    """A box; its id is unique in the election (``S01-F``, ``S01-M1``), its label is what is painted on it."""

    id: str
    kind: BoxKind
    label: str
    station: str
    area: str = ""


class Station(msgspec.Struct, frozen=True, kw_only=True):
    """A polling station, a counting site, or both."""

    id: str
    name: str
    contests: tuple[str, ...]
    boxes: tuple[BallotBox, ...] = ()
    """Its own boxes; a site that only counts has none."""
    counts: tuple[str, ...] = ()
    """Stations whose boxes are counted here; its own id where it counts itself."""

    @property
    def polls(self) -> bool:
        """Whether voters come here."""
        return any(box.kind is BoxKind.FIXED for box in self.boxes)

    @property
    def counts_itself(self) -> bool:
        """Whether its own boxes are opened here."""
        return self.id in self.counts


class Election(msgspec.Struct, frozen=True, kw_only=True):
    """One election day."""

    id: str
    title: str
    profile: str
    day: date
    committee: str = ""
    rehearsal: bool = False
    local_rules: LocalRules = {}
    """What the committee settles within the profile; names of ``profiles.LOCAL_RULES``."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a station is told before the day: the election, its own part in it, and its ballot papers."""

    election: Election
    station: Station
    contests: tuple[Contest, ...]
    counted: tuple[Station, ...] = ()
    """The stations whose boxes are counted here, itself included where it counts its own."""

    @property
    def is_share_of_crew(self) -> bool:
        """Whether this is what the crew of a mobile box takes along: its box, and not the station's own."""
        return bool(self.station.boxes) and not self.station.polls

    @property
    def counted_boxes(self) -> tuple[BallotBox, ...]:
        """Every box that is opened here."""
        return tuple(box for station in self.counted for box in station.boxes)

    def contest(self, contest_id: str) -> Contest:
        """The contest of that id; KeyError when the station has none."""
        for contest in self.contests:
            if contest.id == contest_id:
                return contest
        raise KeyError(contest_id)

    def box(self, box_id: str) -> BallotBox:
        """The box of that id, of this station or of one counted here; KeyError when there is none."""
        for box in (*self.station.boxes, *self.counted_boxes):
            if box.id == box_id:
                return box
        raise KeyError(box_id)

    @property
    def fixed_box(self) -> BallotBox:
        """The box that stands at the station."""
        return next(box for box in self.station.boxes if box.kind is BoxKind.FIXED)
