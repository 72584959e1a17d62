"""Kinds and states as the printed forms name them."""

from pollstation.i18n import N_

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
    "stock": N_("Ballot stock"),
    "issued": N_("Ballots issued"),
    "net": N_("Net issued"),
    "voters": N_("Voters and ballots"),
    "box": N_("Mobile box"),
    "collected": N_("Ballots collected"),
    "returned": N_("Issued and collected"),
    "sheet": N_("Count sheets"),
    "seats": N_("Votes and seats"),
}

TERMS = {
    "received": N_("Received"),
    "issued": N_("Issued"),
    "unused": N_("Unused"),
    "damaged": N_("Damaged"),
    "transferred_out": N_("Transferred out"),
    "in_person": N_("In person"),
    "by_proxy": N_("By proxy"),
    "on_mobile_boxes": N_("On mobile boxes"),
    "replacements": N_("Replacements"),
    "net_issued": N_("Net issued"),
    "spoilt": N_("Spoilt, returned"),
    "voters_marked": N_("Voters marked"),
    "taken_out": N_("Taken out"),
    "issued_on_the_way": N_("Issued on the way"),
    "returned_blank": N_("Returned blank"),
    "collected": N_("Collected"),
    "valid": N_("Valid"),
    "void": N_("Void"),
    "not_returned": N_("Not returned"),
    "votes_for": N_("For"),
    "against": N_("Against"),
    "abstain": N_("Abstain"),
    "write_ins": N_("Write-ins"),
    "seats_times_valid": N_("Seats × valid"),
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
}

STANDINGS = {
    "elected": N_("Elected"),
    "not_elected": N_("Not elected"),
    "pending": N_("Eligibility to be checked"),
    "ineligible": N_("Not eligible"),
    "revote": N_("To the re-vote"),
    "fresh": N_("To the fresh election"),
    "undecided": N_("To be decided"),
}
