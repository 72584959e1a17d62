"""When the laptop fails: the second copy, the marked register, keying in from paper (R-9)."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_, _, n_
from pollstation.services.second_copy import CopyState, Restored
from pollstation.wording.facts import clock_time

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.COPY_ABSENT: (
        N_("There is no second copy in {folder}."),
        N_("Look on the medium for the folder that holds files ending in .second-copy."),
    ),
    Code.COPY_SEVERAL: (
        N_("The folder holds second copies of several laptops: {devices}."),
        N_("Choose whose copy to restore (on the command line with --device)."),
    ),
    Code.COPY_FOLDER_UNFIT: (
        N_("The second copy cannot be written into {folder}."),
        N_("See whether the medium is locked against writing, or choose another folder."),
    ),
    Code.COPY_MEDIUM_MISSING: (
        N_("The medium of the second copy is not there: {folder}."),
        N_("Put it back in. Voting goes on meanwhile; the copy catches up by itself."),
    ),
    Code.COPY_MEDIUM_FULL: (
        N_("The medium of the second copy is full: {folder}."),
        N_("Make room on it or choose another medium. Voting goes on meanwhile."),
    ),
    Code.PAPER_TIME_AHEAD: (
        N_("The time from the paper register, {time}, is still to come."),
        N_("Read the time beside the voter's name again, and look at this computer's clock."),
    ),
    Code.PAPER_TIME_TOO_EARLY: (
        N_("The time from the paper register, {time}, is before the opening at {opened}."),
        N_("Read the time beside the voter's name again."),
    ),
    Code.PAPER_LINE_TWICE: (
        N_("{name} was keyed in from paper already, with the time {time}."),
        N_("Leave this line out, and go on with the next line of the paper register."),
    ),
    Code.PAPER_LINES_MISSING: (
        N_("No line of the paper register was typed in."),
        N_("Find each voter who is marked on the paper and type in the time beside the mark."),
    ),
}

COPY_STATES = {
    CopyState.HEALTHY: N_("Second copy: healthy"),
    CopyState.BEHIND: N_("Second copy: behind"),
    CopyState.MISSING: N_("Second copy: missing"),
}
"""What the chip at the top says."""


def restored_in_words(restored: Restored) -> list[str]:
    """What came back from a second copy, line by line."""
    lines = [
        n_(
            "One journal entry came back; its chain holds.",
            "{count} journal entries came back; their chain holds.",
            restored.entries,
        ),
        _(
            "The last is of {time}, journal code {code}. Compare it with the last printed form.",
            time=clock_time(restored.last),
            code=restored.code,
        ),
    ]
    if restored.dropped:
        lines.append(
            n_(
                "The last record of the copy is torn and was left out: it was being written when the "
                "medium was lost.",
                "{count} records at the end of the copy cannot be read and were left out. What they held "
                "must be keyed in from paper.",
                restored.dropped,
            )
        )
    lines.append(_("Do not go on with the old file on the old laptop."))
    return lines
