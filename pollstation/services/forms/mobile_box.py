"""流动票箱登记表: what the run sheet and the record of a mobile box show."""

from datetime import datetime

import msgspec

from pollstation.domain.contests import Office
from pollstation.services.forms.parts import AccountLine, FormHead
from pollstation.services.forms.station_account import BoxRecord


class VoterToVisit(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the list that voters sign; the ground of the request is nobody's business on the way."""

    name: str
    card: str
    address: str
    stop: str = ""
    wish: str = ""
    contests: int
    """Ballots that are due to the voter."""


class RunSheetForm(msgspec.Struct, frozen=True, kw_only=True):
    """What the crew of a mobile box takes along: its way and the voters to visit, with room to sign."""

    head: FormHead
    box: str
    area: str
    stops: tuple[str, ...]
    crew: tuple[str, ...]
    due: datetime | None
    voters: tuple[VoterToVisit, ...]


class ServedVoter(msgspec.Struct, frozen=True, kw_only=True):
    """One voter who was served at the box."""

    name: str
    card: str
    ballots: int
    time: datetime
    from_list: bool
    """Written down from the signed paper list; else live on the way."""
    unrequested: bool
    """Served without an approved request, with a written reason."""


class MobileBallots(msgspec.Struct, frozen=True, kw_only=True):
    """One ballot paper on its way with the box."""

    level: Office
    constituency: str
    taken: int
    issued: int
    blank: int
    spoilt: int
    signed: int | None
    """Signatures on the list; None where nobody counted them."""
    lines: tuple[AccountLine, ...]
    """The equations of this box and ballot paper, with what two people wrote."""


class MobileRecordForm(msgspec.Struct, frozen=True, kw_only=True):
    """The record of one mobile box: crew, way, voters, ballots out, used and back, seals, custody."""

    head: FormHead
    box: str
    area: str
    stops: tuple[str, ...]
    crew: tuple[str, ...]
    voters: tuple[ServedVoter, ...]
    open_requests: int
    """Approved requests of this box that nobody served."""
    ballots: tuple[MobileBallots, ...]
    record: BoxRecord
