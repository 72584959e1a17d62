"""The close (R-6)."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.BOX_STILL_OUT: (
        N_("Mobile box {box} has not come back."),
        N_("Wait for the box, or call its crew. Then take it back and count its blank ballots."),
    ),
    Code.CONFLICT_OPEN: (
        N_("Voters served by two desks and not yet decided: {count}."),
        N_("Supervisor and witness decide each of them; the reason is written down."),
    ),
    Code.ACCOUNT_DIFFERS: (
        N_("Does not agree ({finding}): {key}. Difference: {difference}."),
        N_("Count again. If the difference stays, supervisor and witness explain it in writing."),
    ),
    Code.UNUSED_NOT_COUNTED: (
        N_("The unused ballots of contest {contest} are not counted yet."),
        N_("Count them with a second person, cancel them (cut the corner), and type in how many there are."),
    ),
    Code.NOTHING_TO_EXPLAIN: (
        N_("Nothing has to be explained here: {key}."),
        N_("It agrees, or it is explained already. An error must be corrected; it cannot be explained."),
    ),
    Code.BOX_NOT_CLOSED: (
        N_("The slot of box {box} is not sealed."),
        N_("Read its seals with a second person, seal the slot, and type in the number of the new seal."),
    ),
}
