"""What only the printed forms say; words of the trade are in :mod:`pollstation.wording.terms`."""

from pollstation.domain.accounts import Rule
from pollstation.domain.boxes import BoxState
from pollstation.domain.journal import Kind
from pollstation.i18n import N_

EQUATIONS = {
    Rule.RECEIVED: N_("Ballots received"),
    Rule.STOCK: N_("Ballot stock"),
    Rule.ISSUED: N_("Ballots issued"),
    Rule.VOTERS: N_("Voters and ballots"),
    Rule.BOX: N_("Mobile box"),
    Rule.SIGNED: N_("Signatures"),
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
    Rule.SIGNED: N_("Signed the list"),
    Rule.TALLIED: N_("Collected"),
}
"""What stands on the left of an equation that is printed as one."""

CUSTODY = {
    BoxState.SEALED: N_("Sealed"),
    BoxState.OUT: N_("Sent out"),
    BoxState.BACK: N_("Came back"),
    BoxState.CLOSED: N_("Slot sealed"),
    BoxState.MOVED: N_("Left for the count"),
    BoxState.ARRIVED: N_("Arrived, seals checked"),
    BoxState.OPENED: N_("Opened"),
    BoxState.COUNTED: N_("Ballots counted"),
}
"""What was done to a box, by the state it was in afterwards."""

EVENTS = {
    Kind.OPENED: N_("Voting opened"),
    Kind.PAUSED: N_("Voting interrupted"),
    Kind.RESUMED: N_("Voting resumed"),
    Kind.CLOSED: N_("Voting closed"),
    Kind.REOPENED: N_("Voting opened again"),
}
"""What the record of a station tells of besides incidents."""

SHOWN_EMPTY = N_("Shown empty, sealed")
HANDED_OVER = N_("Handed over on the way")

PARTIAL = N_("Counted at several sites: the election committee adds the sites up.")
"""Instead of an outcome."""

BASES = {
    "issued": N_("By ballots issued"),
    "collected": N_("By ballots collected"),
}

STANDINGS = {
    "elected": N_("Elected"),
    "not_elected": N_("Not elected"),
    "higher_post": N_("Holds a higher post"),
    "pending": N_("Eligibility to be checked"),
    "revote": N_("To the re-vote"),
    "fresh": N_("To the fresh election"),
    "undecided": N_("To be decided"),
}
