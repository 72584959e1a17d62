"""当选通知书, 公告: what the committee tells those elected, and what it tells everybody.

Electoral Law art. 46: the committee determines whether the result is valid, announces it, and publishes who
is elected; art. 47: credentials are reviewed afterwards. Organic Law of Villagers' Committees art. 18: the
result is announced on the spot. A public notice shows what provinces ask for: registered voters,
participants, valid and void ballots, and everybody's votes.
"""

from datetime import date

import msgspec

from pollstation.domain.accounts import Figures
from pollstation.domain.rules import Result
from pollstation.services.forms.parts import FormHead
from pollstation.services.forms.result_sheet import PersonResult


class NoticeOfElectionForm(msgspec.Struct, frozen=True, kw_only=True):
    """The letter to one person who is elected."""

    head: FormHead
    person: str
    votes: int
    participants: int
    confirmed_on: date


class PublicNoticeForm(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one contest as it is posted, whatever it is."""

    head: FormHead
    seats: int
    figures: Figures
    people: tuple[PersonResult, ...]
    result: Result
    confirmed_on: date
