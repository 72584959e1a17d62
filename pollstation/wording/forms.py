"""Kinds and states as the printed forms name them."""

from pollstation.domain.accounts import Rule
from pollstation.domain.boxes import BoxException, BoxState
from pollstation.i18n import N_
from pollstation.services.determining import PARTIAL

LEVELS = {
    "county": N_("Deputies to the county people's congress"),
    "township": N_("Deputies to the township people's congress"),
    "village": N_("Members of the villagers' committee"),
}

ROUNDS = {
    "first": N_("First ballot"),
    "revote": N_("Re-vote"),
    "fresh": N_("Fresh election"),
}

EQUATIONS = {
    Rule.RECEIVED: N_("Ballots received"),
    Rule.STOCK: N_("Ballot stock"),
    Rule.ISSUED: N_("Ballots issued"),
    Rule.VOTERS: N_("Voters and ballots"),
    Rule.BOX: N_("Mobile box"),
    Rule.COLLECTED: N_("Issued and collected"),
    Rule.BATCHED: N_("Ballots in batches"),
    Rule.TALLIED: N_("Ballots collected"),
}
"""What each equation of the account is called."""

WHOLES = {
    Rule.RECEIVED: N_("By packing slip"),
    Rule.STOCK: N_("Received"),
    Rule.ISSUED: N_("Issued, in all"),
    Rule.VOTERS: N_("Net issued"),
    Rule.BOX: N_("Taken out"),
    Rule.COLLECTED: N_("Issued into it"),
    Rule.BATCHED: N_("Collected"),
    Rule.TALLIED: N_("Collected"),
}
"""What stands on the left of each equation."""

TERMS = {
    "received": N_("Received"),
    "issued": N_("Issued"),
    "unused": N_("Unused"),
    "damaged": N_("Damaged"),
    "transferred": N_("Transferred out"),
    "on_boxes": N_("On boxes"),
    "in_person": N_("In person"),
    "proxy": N_("By proxy"),
    "mobile": N_("On mobile boxes"),
    "replaced": N_("Replacements"),
    "marked": N_("Voters marked"),
    "issued_on_way": N_("Issued on the way"),
    "blank_back": N_("Returned blank"),
    "spoilt_back": N_("Spoilt, returned"),
    "counted": N_("Collected"),
    "batches": N_("In batches"),
    "valid": N_("Valid"),
    "void": N_("Void"),
}
"""What stands on the right, by the names the domain gives the terms."""

CUSTODY = {
    BoxState.SEALED: N_("Shown empty, sealed"),
    BoxState.OUT: N_("Sent out"),
    BoxState.BACK: N_("Came back"),
    BoxState.CLOSED: N_("Slot sealed"),
    BoxState.MOVED: N_("Left for the count"),
    BoxState.ARRIVED: N_("Arrived, seals checked"),
    BoxState.OPENED: N_("Opened"),
    BoxState.COUNTED: N_("Ballots counted"),
}
"""What was done to a box, by the state it was in afterwards."""

EXCEPTIONS = {
    BoxException.SEAL_DIFFERS: N_("The seal numbers read are not those put on."),
    BoxException.CUSTODY_BROKEN: N_("A link of the chain of custody is missing."),
}

CHECKLIST = {
    "boxes-empty": N_("The boxes are empty"),
    "booths-ready": N_("The secret marking places are ready"),
    "register-posted": N_("The voter list is posted"),
    "forms-ready": N_("Forms, seals and pens are at hand"),
    "staff-present": N_("The staff are present"),
}

OUTCOMES = {
    "ELECTED": N_("Valid. All seats are filled."),
    "REVOTE": N_("Valid. A tie for the last seat: re-vote among those tied."),
    "FRESH_ELECTION": N_("Valid. Too few elected: fresh election for the missing seats."),
    "VACANT": N_("Valid. Seats stay vacant."),
    "INVALID_TURNOUT": N_("Invalid. No more than half of the voters took part: the election is run again."),
    "INVALID_EXCESS": N_("Invalid. More ballots collected than voters who voted: the election is run again."),
    "BASIS_DEPENDENT": N_(
        "To be decided by the election committee: ballots issued and collected give different outcomes."
    ),
    "COMMITTEE_DECIDES": N_("To be decided by the election committee."),
    "INVALID_INPUT": N_("The figures contradict each other: there is no outcome."),
    PARTIAL: N_("Counted at several sites: the election committee adds the sites up."),
}

BASES = {
    "issued": N_("By ballots issued"),
    "collected": N_("By ballots collected"),
}

STANDINGS = {
    "elected": N_("Elected"),
    "not_elected": N_("Not elected"),
    "pending": N_("Eligibility to be checked"),
    "revote": N_("To the re-vote"),
    "fresh": N_("To the fresh election"),
    "undecided": N_("To be decided"),
}
