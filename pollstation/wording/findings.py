"""What a finding on a count sheet says to the supervisor; the counter hears its :func:`wording.sentence`."""

from collections.abc import Mapping

from pollstation.domain.errors import Code
from pollstation.wording import filled
from pollstation.wording.counting import SUPERVISOR


def supervisor_advice(code: Code, facts: Mapping[str, object]) -> str:
    """The likely cause, and under it the numbered actions, one a line, in the spoken language.

    Args:
        code: an error (E) or warning (W).
        facts: as the finding brings them.
    """
    return filled(SUPERVISOR[code], facts)
