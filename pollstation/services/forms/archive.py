"""档案移交单: what is handed over to be kept, with its numbers, from whom to whom."""

from enum import StrEnum

import msgspec

from pollstation.domain.contests import Office
from pollstation.services.forms.parts import FormHead


class Kept(StrEnum):
    """What lies in the packets and folders that are handed over."""

    VALID = "valid-ballots"
    VOID = "void-ballots"
    SPOILT = "spoilt-ballots"
    UNUSED = "unused-ballots"
    DAMAGED = "damaged-ballots"
    COUNT_SHEETS = "count-sheets"
    RESULT_SHEETS = "result-sheets"
    STATION_ACCOUNT = "station-account"
    OPENING_RECORD = "opening-record"
    REGISTER = "marked-register"
    PROXY_PAPERS = "proxy-papers"
    MOBILE_RECORDS = "mobile-records"
    INCIDENTS = "incidents"


class BallotPackets(msgspec.Struct, frozen=True, kw_only=True):
    """Ballots of one kind and contest, to be sealed in packets."""

    kept: Kept
    level: Office
    constituency: str
    ballots: int


class Papers(msgspec.Struct, frozen=True, kw_only=True):
    """Forms and lists of one kind."""

    kept: Kept
    sheets: int


class ArchiveForm(msgspec.Struct, frozen=True, kw_only=True):
    """The hand-over record; ``sha256`` is empty before a bundle was handed over."""

    head: FormHead
    ballots: tuple[BallotPackets, ...]
    papers: tuple[Papers, ...]
    bundle: str
    sha256: str
