"""The file of the day, continued, and its journal (R-118, J)."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

_STOP = N_("Write nothing more to this file. Keep it and its copy, and call the election committee.")

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.FILE_OUT_OF_REACH: (
        N_("The file cannot be reached."),
        N_("Check that the disk or USB drive is plugged in and that you may write to its folder."),
    ),
    Code.JOURNAL_GAP: (
        N_("The journal of device {device} has a gap before entry {number}."),
        _STOP,
    ),
    Code.JOURNAL_CHAIN_BROKEN: (
        N_("The journal of device {device} does not continue at entry {number}."),
        _STOP,
    ),
    Code.JOURNAL_ENTRY_ALTERED: (
        N_("Entry {number} of device {device} was changed after it was written."),
        _STOP,
    ),
    Code.JOURNAL_PRIVATE_ALTERED: (
        N_("The names or reasons in entry {number} of device {device} were changed after it was written."),
        _STOP,
    ),
    Code.JOURNAL_TIME_REORDERED: (
        N_("Entry {number} of device {device} bears an earlier time than the entry before it."),
        _STOP,
    ),
    Code.JOURNAL_KIND_UNKNOWN: (
        N_("Entry {number} of device {device} is of a kind that this version does not know."),
        N_("Install the version of pollstation that the election committee names, then open it again."),
    ),
    Code.JOURNAL_CHECKPOINT_WRONG: (
        N_("A signature over the journal does not fit the journal."),
        _STOP,
    ),
    Code.JOURNAL_PROJECTION_DIFFERS: (
        N_("A figure on the screen does not agree with the journal: {name}."),
        N_("Have the figures made anew from the journal; the journal itself is whole."),
    ),
}
