"""The program itself: bugs, and files given on the command line."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.BUG: (
        N_("pollstation made a mistake it does not know; what was recorded before is kept."),
        N_("Try again. If it stays, send the file {log} to support: it holds no personal data."),
    ),
    Code.BUG_WITHOUT_LOG: (
        N_("pollstation made a mistake it does not know, and could not write its log."),
        N_("Check that the disk is not full and try again. What was recorded before is kept."),
    ),
    Code.INPUT_UNREADABLE: (
        N_("The file {file} cannot be read."),
        N_("Check its name, its folder and whether you may read it."),
    ),
    Code.INPUT_NOT_JSON: (
        N_("This is not JSON in UTF-8."),
        N_("Save it as JSON in UTF-8 and try again."),
    ),
    Code.INPUT_NO_CASES: (
        N_("The file {file} holds no cases: it must be one JSON object with a list “cases”."),
        N_("Put the cases into the list “cases” and try again."),
    ),
}
