"""The file of the day and its journal: what may be found wrong in them."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.FILE_OUT_OF_REACH: (
        N_("The folder or the disk of the file {file} cannot be read or written."),
        N_("Check that the drive is plugged in and may be written to, then do the last act again."),
    ),
    Code.JOURNAL_GAP: (
        N_("Entries are missing before entry {number} of device {device}."),
        N_("Fetch the whole journal of that device again; if it stays, call the election committee."),
    ),
    Code.JOURNAL_CHAIN_BROKEN: (
        N_("Entry {number} of device {device} does not continue the entry before it."),
        N_("Keep the file as it is, go on with the second copy, and call the election committee."),
    ),
    Code.JOURNAL_ENTRY_ALTERED: (
        N_("Entry {number} of device {device} is not what was written."),
        N_("Keep the file as it is, go on with the second copy, and call the election committee."),
    ),
    Code.JOURNAL_PRIVATE_ALTERED: (
        N_("The private part of entry {number} of device {device} is not what was written."),
        N_("Keep the file as it is, go on with the second copy, and call the election committee."),
    ),
    Code.JOURNAL_TIME_REORDERED: (
        N_("Entry {number} of device {device} bears an earlier time than the entry before it."),
        N_("Keep the file as it is, go on with the second copy, and call the election committee."),
    ),
    Code.JOURNAL_KIND_UNKNOWN: (
        N_("Entry {number} of device {device} is of a kind this version of pollstation does not know."),
        N_("Install the version that wrote it, and read it again."),
    ),
    Code.JOURNAL_CHECKPOINT_WRONG: (
        N_("The checkpoint in entry {number} of device {device} is not signed by the station's key."),
        N_("Compare the short code with the printed forms of that moment, and call the election committee."),
    ),
    Code.JOURNAL_PROJECTION_DIFFERS: (
        N_("What is shown for {name} is not what the journal adds up to."),
        N_("Rebuild the file from its journal; the journal itself is sound."),
    ),
}
