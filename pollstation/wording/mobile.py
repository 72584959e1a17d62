"""Mobile boxes on their way: requests, route, hand-overs, crew files (R-520 to R-569)."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.VISIT_EXISTS: (
        N_("The mobile box was already asked for by this voter; the request stands at: {state}."),
        N_("Look at the list of requests. To change it, the supervisor decides on it there."),
    ),
    Code.VISIT_UNKNOWN: (
        N_("This voter has not asked for the mobile box."),
        N_("Write the request down first, with its ground."),
    ),
    Code.VISIT_NOT_APPROVED: (
        N_("No approved request says that this box comes to this voter."),
        N_("Serve nobody without an approved request: write the request down and have it approved first."),
    ),
    Code.VISIT_NEEDS_REASON: (
        N_("No approved request says that this box comes to this voter."),
        N_("If the crew served the voter all the same, type in why; it stays marked in the record."),
    ),
    Code.RETURN_IN_PAST: (
        N_("The box cannot be expected back at {time}: that is past."),
        N_("Type in when the box is to be back today."),
    ),
    Code.TIME_IN_FUTURE: (
        N_("{time} has not come yet."),
        N_("Type in when the box was handed over. If the time is right, look at this computer's clock."),
    ),
    Code.TIME_BEFORE_LEAVING: (
        N_("At {time} the box had not left yet, or stood before its last hand-over."),
        N_("Read the time again on the crew's paper."),
    ),
    Code.BOX_LABEL_DIFFERS: (
        N_("The label read is {label}, not that of box {box}."),
        N_("Read the label again. If another box stands here, choose that one in the list."),
    ),
    Code.CREW_IS_RELATIVE: (
        N_("{person} is a close relative of candidate {candidate} and may not go with a mobile box."),
        N_("Choose somebody else for the crew."),
    ),
    Code.CREW_FILE_EMPTY: (
        N_("No approved request is open for box {box}, so its crew file would hold no voter."),
        N_("Approve the requests for this box first."),
    ),
    Code.CREW_FILE_FOREIGN: (
        N_("This crew file ({device}) was not made here for box {box}."),
        N_("Choose the box for which it was made, or the file that came with this box."),
    ),
    Code.CREW_ENTRY_FOREIGN: (
        N_("The crew file {device} holds an act that no crew may do: {act} (entry {number})."),
        N_("Nothing was taken in. Keep the laptop as it is, call the supervisor and write an incident."),
    ),
    Code.CREW_FILE_KNOWN: (
        N_("Everything in crew file {device} has been taken in already."),
        N_("Nothing needs to be done."),
    ),
    Code.CREW_FILE_OPEN: (
        N_("A file made for the crew of this box has not been taken in."),
        N_(
            "Take it in from the crew's laptop (F3 on the page of mobile boxes). If it is lost, explain that."
        ),
    ),
}
