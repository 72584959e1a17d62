"""Results of all counting sites together, and the round that follows from them (P-3, B-24)."""

from collections.abc import Iterable, Sequence

from pollstation.domain.contests import Contest, EarlierRound, Office
from pollstation.domain.errors import Code
from pollstation.domain.next_round import AGAIN
from pollstation.domain.rules import Outcome, Round
from pollstation.i18n import N_, _, n_
from pollstation.wording import terms

HELD_AGAIN = {
    Round.FIRST: N_("First ballot, held again"),
    Round.REVOTE: N_("Re-vote, held again"),
    Round.FRESH: N_("Fresh election, held again"),
}
_BUNDLES_NAMED = 3
"""A county's contest may have been counted at dozens of sites; the package names all of them."""

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
    Code.NO_ROUND_FOLLOWS: (
        N_("No further round follows in contest {contest}. {outcome}"),
        N_("Check that these are the bundles you meant."),
    ),
    Code.BASIS_NOT_CHOSEN: (
        N_("The outcome of contest {contest} depends on which ballots count as those who voted."),
        N_("The election committee decides: by the ballots issued, or by those collected."),
    ),
    Code.CANDIDATES_NOT_CHOSEN: (
        N_("In contest {contest} equal votes leave open who stands: {names}."),
        N_("The election committee names everybody who stands, {least} to {most} in all."),
    ),
    Code.CANDIDATES_AGAINST_LAW: (
        N_(
            "In contest {contest} these cannot be the candidates: {chosen}."
            " In any case {certain} stand; those equal in votes are {names}."
        ),
        N_(
            "Name {least} to {most} candidates: those who stand in any case, the others from among the equal."
        ),
    ),
    Code.WRITE_INS_UNSETTLED: (
        N_("In contest {contest} it is not decided whether {names} may be elected."),
        N_("Check their eligibility; the counting site records the decision and hands over a new bundle."),
    ),
    Code.HIGHER_POST_WAITS: (
        N_("Contest {contest} waits: who is elected there depends on a higher post that is still open."),
        N_("Hold the next round for the higher post; then the committee decides this one."),
    ),
    Code.FOLDER_NOT_OF_RESULT: (
        N_("The folder ({election}) is not the one from which this result ({result}) came."),
        N_("Choose the folder as it was on election day: contests, seats, candidates and day unchanged."),
    ),
    Code.ROUND_DAY_TOO_EARLY: (
        N_("The next round cannot be held on {day}: the last one was on {before}."),
        N_("Give a later day."),
    ),
    Code.NOTHING_LEFT_TO_VOTE: (
        N_("In election {election} every contest in these bundles is decided."),
        N_("There is nothing to prepare; the committee confirms and publishes the result."),
    ),
    Code.STAFF_IS_CANDIDATE: (
        N_("People on the staff list stand in the next round: {names}."),
        N_("Whoever stands resigns from every duty; take them off the list. Mark a namesake as one."),
    ),
    Code.STAFF_IS_RELATIVE: (
        N_("{person} is a close relative of {name}, who stands in the next round."),
        N_("Appoint somebody else: close relatives do not preside, scrutinise or count."),
    ),
    Code.CANDIDATES_NEW: (
        N_("Standing for the first time in contest {contest}: {names}."),
        N_("Ask everybody on the staff list whether they are close relatives, and mark those who are."),
    ),
    Code.REGISTER_CHANGED_ON_DAY: (
        N_(
            "Station {station}, contest {contest}: the register lists {listed} voters, the day ended with"
            " {registered} ({added} added, {struck} struck off)."
        ),
        N_("Bring the register up to date from the station's own record before you build the packages."),
    ),
    Code.BUNDLE_ROUND_WITHOUT_ORIGIN: (
        N_("Contest {contest} did not grow from any contest of the round before ({known})."),
        N_("Check which bundles belong together; compare the package with the committee's folder."),
    ),
    Code.BUNDLE_ROUND_OF_OTHER_BUNDLES: (
        N_("Contest {contest} says that it grew from {stated}; the bundles given are {given}."),
        N_("Give exactly the bundles it names. If one was corrected since, tell the election committee."),
    ),
    Code.BUNDLE_ROUND_AGAINST_LAW: (
        N_(
            "Contest {contest} with {candidates} does not follow by law from the result of the round"
            " before ({finding})."
        ),
        N_("Do not use the result. Tell the election committee, and keep both rounds' bundles."),
    ),
    Code.BUNDLE_ROUND_DIFFERS: (
        N_("{field}: stated is {stated}, the result of the round before gives {computed}."),
        N_("Do not use the result. Tell the election committee, and keep both rounds' bundles."),
    ),
}


def round_name(one: Round, *, held_again: bool) -> str:
    """Which round it is; of one that is held again, because the vote before came to nothing, that too."""
    return _(HELD_AGAIN[one]) if held_again else terms.word(one)


def what_follows(one: Round, seats: int, *, again: bool) -> str:
    """A round that is still to come, and for how many seats."""
    round_ = round_name(one, held_again=again)
    return n_("{round} for one seat", "{round} for {count} seats", seats, round=round_)


def hint(outcome: Outcome, held: Round, seats: int, seats_left: int, names: Sequence[str]) -> str:
    """What comes after a result, for those who see it first; empty where nothing does or it is not known yet.

    Args:
        held: the round that the result is of, for ``seats``.
        names: who goes on, as far as that is certain.
    """
    if outcome in AGAIN:
        what = what_follows(held, seats, again=True)
    elif outcome is Outcome.REVOTE:
        what = what_follows(Round.REVOTE, seats_left, again=False)
    elif outcome is Outcome.FRESH_ELECTION:
        what = what_follows(Round.FRESH, seats_left, again=False)
    else:
        return ""
    if names:
        what = _("{round}; standing: {names}", round=what, names=_(", ").join(names))
    return _("Next: {round}. The committee prepares it on the first page, from the bundles.", round=what)


def earlier_rounds(earlier: Sequence[EarlierRound]) -> list[str]:
    """The rounds before, one sentence each, the first ballot first."""
    before = ["", *(one.round for one in earlier)]
    return [_earlier(one, held_again=one.round == last) for one, last in zip(earlier, before, strict=False)]


def rounds_of(contests: Iterable[Contest]) -> str:
    """The rounds that are voted on at a station, where it is not a first ballot throughout."""
    names = [round_name(Round(each.round), held_again=each.held_again) for each in contests if each.earlier]
    return _(", ").join(dict.fromkeys(names))


def _earlier(one: EarlierRound, *, held_again: bool) -> str:
    round_ = round_name(Round(one.round), held_again=held_again)
    day = _("{year}-{month:02}-{day:02}", year=one.day.year, month=one.day.month, day=one.day.day)
    bundles = " ".join(sha256[:8] for sha256 in one.bundles[:_BUNDLES_NAMED])
    bundles += " …" if len(one.bundles) > _BUNDLES_NAMED else ""
    if one.outcome in AGAIN:
        return _("{round}, {day}: invalid; result {bundles}", round=round_, day=day, bundles=bundles)
    return _(
        "{round}, {day}: {filled} of {seats} seats filled; result {bundles}",
        round=round_,
        day=day,
        filled=len(one.elected),
        seats=one.seats,
        bundles=bundles,
    )


def in_short(office: Office, constituency: str, round_: str, earlier: Sequence[EarlierRound]) -> str:
    """A contest's round, and of which election it continues the work."""
    first = earlier[0].day
    day = _("{year}-{month:02}-{day:02}", year=first.year, month=first.month, day=first.day)
    return _(
        "{office}, {constituency}: {round} (first ballot on {day})",
        office=terms.word(office),
        constituency=constituency,
        round=round_,
        day=day,
    )
