"""Doubtful ballots: what was decided about each, and the grounds that the rules know.

A decision names the sheet and a running number written on the ballot's slip, never a voter.
"""

from enum import StrEnum

import msgspec


class Judgement(StrEnum):
    """Why a doubtful ballot was decided as it was (rules of judgement, provincial practice)."""

    CLEAR_INTENT = "clear-intent"
    PART_UNCLEAR = "part-unclear"
    ILLEGIBLE = "illegible"
    TOO_MANY_NAMES = "too-many-names"
    TWO_POSTS = "two-posts"
    """One person is marked for two posts on one paper (Zhejiang; villages only)."""
    OTHER = "other"


class Doubtful(msgspec.Struct, frozen=True, kw_only=True):
    """What was last decided about one doubtful ballot of a sheet."""

    number: int
    """Runs from 1 within the sheet."""
    judgement: str
    valid: bool
