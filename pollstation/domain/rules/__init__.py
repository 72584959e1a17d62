"""The law's arithmetic: from figures to an outcome with its reasons. Pure, integers only."""

from pollstation.domain.rules.cases import Case, Outcome, Reason, ReasonKind, Result, Round
from pollstation.domain.rules.determination import determine
from pollstation.domain.rules.posts import determine_posts, holders
from pollstation.domain.rules.reading import judge

__all__ = [
    "Case",
    "Outcome",
    "Reason",
    "ReasonKind",
    "Result",
    "Round",
    "determine",
    "determine_posts",
    "holders",
    "judge",
]
