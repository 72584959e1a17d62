"""Results of all counting sites together, and the round that follows from them (P-3)."""

from pollstation.domain.errors import Code
from pollstation.i18n import N_

SENTENCES: dict[Code, tuple[str, str]] = {
    Code.RESULT_SITES_MISSING: (
        N_("Result bundles are missing from counting sites that count the same contests: {stations}."),
        N_("Add the bundle of each of these sites; only all of them together are a result."),
    ),
    Code.RESULT_TWICE: (
        N_("There are two result bundles of {stations}, and neither corrects the other."),
        N_("Ask the counting site which one it handed over last, and leave the other out."),
    ),
    Code.RESULT_OTHER_ELECTION: (
        N_("The bundles are from different elections: {elections}."),
        N_("Choose the bundles of one election day only."),
    ),
    Code.RESULT_PLANS_DIFFER: (
        N_("The sites {stations} did not work to one plan: contests, seats, candidates or stations differ."),
        N_("Find out which package each site loaded; its figures cannot be added to the others."),
    ),
    Code.WRITE_IN_JUDGED_TWO_WAYS: (
        N_("In contest {contest} one site confirmed {name} and another did not ({stations})."),
        N_("Decide who is right; the other site corrects its decision and hands over a new bundle."),
    ),
}
