"""People, passphrases and files of the day."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.WRONG_PASSPHRASE: (
        N_("The passphrase is not right."),
        N_("Check the keyboard layout and Caps Lock, and type it again."),
    ),
    Code.UNKNOWN_PERSON: (
        N_("Nobody of this name works at this station."),
        N_("Check the spelling against the staff list of the election package."),
    ),
    Code.NOT_ALLOWED: (
        N_("{role}: this role may not do this ({act})."),
        N_("Ask somebody whose role allows it to sign in."),
    ),
    Code.SAME_PERSON: (
        N_("This needs two people, and both signatures are from the same person."),
        N_("Ask a second person to sign with their own passphrase."),
    ),
    Code.FILE_WRONG_PASSPHRASE: (
        N_("The station file does not open with this passphrase."),
        N_("Type the station's passphrase again; it is not the passphrase of a person."),
    ),
    Code.FILE_FOREIGN: (
        N_("This is not a station file of pollstation."),
        N_("Choose another file; station files are made from an election package."),
    ),
    Code.FILE_NEWER: (
        N_("The file was made by a newer version of pollstation."),
        N_("Open it with that version, or install that version here; nothing was changed."),
    ),
    Code.FILE_DAMAGED: (
        N_("The file is damaged."),
        N_("Do not write to it. Go on with the second copy, and keep this file for the election committee."),
    ),
    Code.FILE_EXISTS: (
        N_("There is already a file of this name, and it was left as it is."),
        N_("Open it, or choose another name."),
    ),
    Code.FILE_MISSING: (
        N_("The file is not there."),
        N_("Check the name and the folder, and whether the USB drive is plugged in."),
    ),
    Code.FILE_BUSY: (
        N_("Another program is using the file."),
        N_("Close the other window of pollstation and try again."),
    ),
    Code.DISK_FULL: (
        N_("The disk is full; the last act was not recorded."),
        N_("Make room on the disk, then do the last act again."),
    ),
}
