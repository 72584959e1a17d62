"""The turnout as one sentence, to be read out over the telephone."""

from datetime import datetime

from pollstation.i18n import _
from pollstation.services.turnout import per_cent


def over_the_phone(until: datetime, voted: int, registered: int, code: str) -> str:
    """``At 11:00: 1,234 of 2,041 voters, 60.5 %, code 7K4M-Q2XD``, by the clock of this computer."""
    return _(
        "At {time}: {voted} of {registered} voters, {share} %, code {code}",
        time=f"{until.astimezone():%H:%M}",
        voted=f"{voted:,}",
        registered=f"{registered:,}",
        share=per_cent(voted, registered),
        code=code,
    )
