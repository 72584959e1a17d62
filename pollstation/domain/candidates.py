"""What a committee posts about its candidates beside their names, for the statistics of those elected.

Electoral Law art. 32 and 34: the committee posts the list of candidates and introduces them to the voters.
What is kept here is of such lists; what a list leaves out is not stated, never guessed.
"""

from datetime import date
from enum import StrEnum

import msgspec

from pollstation.domain.register import age_on


class Education(StrEnum):
    """The highest schooling completed, as lists of candidates put it."""

    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"
    COLLEGE = "college"
    BACHELOR = "bachelor"
    POSTGRADUATE = "postgraduate"


class AgeBand(StrEnum):
    """The age bands that reports of those elected use."""

    YOUNG = "up-to-35"
    MIDDLE = "36-to-55"
    OLDER = "over-55"


class AboutCandidate(msgspec.Struct, frozen=True, kw_only=True):
    """One candidate, as far as the committee states it."""

    sex: str = ""
    """``male``, ``female`` or empty."""
    birth: date | None = None
    education: Education | None = None
    party_member: bool | None = None
    """Of the Communist Party of China."""
    re_elected: bool | None = None
    """Held the seat or post in the term before."""

    def age_band(self, day: date) -> AgeBand | None:
        """The band of the candidate's age on ``day``."""
        if self.birth is None:
            return None
        age = age_on(self.birth, day)
        if age <= 35:
            return AgeBand.YOUNG
        return AgeBand.MIDDLE if age <= 55 else AgeBand.OLDER
