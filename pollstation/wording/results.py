"""The committee's confirmation of a result (R-82)."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.RESULT_COUNTED_ELSEWHERE: (
        N_("Other sites count ballots of contest {contest} too, so there is no whole result here."),
        N_("Hand over this site's bundle; the committee adds all sites up with “committee announce”."),
    ),
    Code.WRITE_INS_UNCHECKED: (
        N_("Written-in names of contest {contest} have not been checked yet: {names}."),
        N_("Check under “Other names” whether they may be elected; then propose the result again."),
    ),
    Code.RESULT_UNDECIDED: (
        N_("The law leaves the result of contest {contest} to the committee. {outcome}"),
        N_("The committee decides in its meeting and publishes its own document; nothing is confirmed here."),
    ),
    Code.RESULT_UNCONFIRMED: (
        N_("The election committee has not confirmed the result of contest {contest}."),
        N_("Notices are printed after the confirmation: propose the result, then the committee confirms it."),
    ),
}
