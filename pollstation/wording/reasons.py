"""The reasons of a result in full sentences, and the whole result ready for JSON."""

import msgspec

from pollstation.domain.rules import Reason, ReasonKind, Result
from pollstation.i18n import N_, _
from pollstation.wording import in_a_row

SENTENCES: dict[ReasonKind, str] = {
    ReasonKind.TURNOUT_MET: N_(
        "{participants} of {registered} registered voters took part, more than half: the election is valid."
    ),
    ReasonKind.TURNOUT_MISSED: N_(
        "{participants} of {registered} registered voters took part, not more than half: "
        "the election is invalid and must be run again."
    ),
    ReasonKind.TURNOUT_NOT_ASKED: N_(
        "{participants} of {registered} registered voters took part, not more than half; "
        "by the local rules a re-vote is valid all the same."
    ),
    ReasonKind.EXCESS: N_(
        "{collected} ballots were collected but at most {voters} voters voted: "
        "more ballots than voters, so the election is invalid and must be run again."
    ),
    ReasonKind.MAJORITY_NEEDED: N_(
        "A winner needs the votes of more than half of the {participants} who voted: at least {needed}."
    ),
    ReasonKind.MAJORITY_SURPLUS: N_(
        "More persons have a majority ({count}) than there are seats ({seats}): the most votes decide."
    ),
    ReasonKind.ELECTED: N_("Elected: {names}."),
    ReasonKind.TIE_REVOTE: N_(
        "{names} have equal votes across the last seat: a re-vote among them decides (seats open: {seats})."
    ),
    ReasonKind.SEATS_SHORT: N_(
        "Too few persons have a majority: a fresh election fills the missing seats ({seats})."
    ),
    ReasonKind.LIST: N_("Those not elected with the most votes stand in the fresh election: {names}."),
    ReasonKind.LIST_OF_TWO: N_(
        "In the order of votes these stand in the fresh election: {names} (two candidates for one seat)."
    ),
    ReasonKind.LIST_IN_RANGE: N_(
        "In the order of votes these stand in the fresh election: {names} "
        "(seats: {seats}; candidates by article 31: {least} to {most})."
    ),
    ReasonKind.LIST_TIE: N_(
        "{names} have equal votes across the end of the list: the election committee decides who stands."
    ),
    ReasonKind.MOST_VOTES: N_("In a re-vote the most votes win; no majority is needed."),
    ReasonKind.ONE_THIRD: N_(
        "In a fresh election the most votes win, with at least one third of the {collected} ballots cast: "
        "{needed} votes."
    ),
    ReasonKind.TIE_COMMITTEE: N_(
        "{names} have equal votes across the last seat: the election committee decides (seats open: {seats})."
    ),
    ReasonKind.REVOTE_SHORT: N_(
        "Fewer persons got votes than there are seats: the election committee decides (seats open: {seats})."
    ),
    ReasonKind.LEFT_VACANT: N_(
        "Nobody else has one third of the ballots cast: the remaining seats stay vacant ({seats})."
    ),
    ReasonKind.INELIGIBLE: N_(
        "{names}: not eligible, so votes for them elect nobody; the next in order moves up, "
        "and the ballots still count as cast."
    ),
    ReasonKind.NOT_STANDING: N_("{names}: written in; in a re-vote only those tied can be elected."),
    ReasonKind.UNCHECKED: N_(
        "{names}: written in by voters; the election committee has still to check their eligibility."
    ),
    ReasonKind.HIGHER_POST: N_(
        "{names}: elected to a higher post, so votes for them here elect nobody, "
        "and the next in order moves up."
    ),
    ReasonKind.HIGHER_POST_OPEN: N_(
        "{names}: also standing for a higher post that is still open, and who wins here depends on it. "
        "The election committee decides once the higher post is settled (seats open: {seats})."
    ),
    ReasonKind.VOTES_ADDED: N_(
        "By the local rules votes for a higher post, to which they were not elected, are added here: {names}."
    ),
    ReasonKind.BASIS_COLLECTED: N_("The ballots collected count as those who voted."),
    ReasonKind.BASES_AGREE: N_(
        "Judged by {issued} ballots issued and by {collected} collected: the outcome is the same; "
        "the figures here are by ballots issued."
    ),
    ReasonKind.BASES_DIFFER: N_(
        "Judged by {issued} ballots issued and by {collected} collected: the outcomes differ; "
        "the election committee decides which counts."
    ),
    ReasonKind.PROPOSAL: N_(
        "This is a proposal; only the election committee confirms and announces the result."
    ),
    ReasonKind.NOT_A_CASE: N_("A case must be a JSON object with the fields id, profile, round and so on."),
    ReasonKind.FIELD_MISSING: N_("{field}: this field is missing."),
    ReasonKind.NOT_WHOLE: N_("{field}: this must be given once, as a whole number."),
    ReasonKind.NOT_TEXT: N_("{field}: this must be given once, as a text."),
    ReasonKind.NOT_TALLY: N_("{field}: this must give each name once, with a whole number of votes."),
    ReasonKind.NOT_NAMES: N_("{field}: this must be a list of names."),
    ReasonKind.NEGATIVE: N_("{field}: {value} is too small; it must be at least {least}."),
    ReasonKind.ROUND_UNKNOWN: N_("{field}: the round must be one of {known}."),
    ReasonKind.PROFILE_UNKNOWN: N_("{field}: there is no profile “{value}”; known are {known}."),
    ReasonKind.NAMELESS: N_("{field}: a name is empty."),
    ReasonKind.SEATS_RANGE: N_("{field}: {value} is too many; a constituency elects at most {most}."),
    ReasonKind.MORE_THAN: N_("{field}: {value} is more than {other} ({most})."),
    ReasonKind.VOTES_FOR_ONE: N_(
        "{field}: {name} has {votes} votes, but there are only {valid} valid ballots."
    ),
    ReasonKind.VOTES_FOR_ALL: N_(
        "{field}: {votes} votes in all are more than the valid ballots can hold ({most})."
    ),
    ReasonKind.NAME_TWICE: N_(
        "{field}: {name} also stands in {other}; a name may stand in one of them only."
    ),
}


def in_words(reason: Reason) -> str:
    """``reason`` as one full sentence of the spoken language, without its article."""
    return _(SENTENCES[reason.kind], **{name: in_a_row(fact) for name, fact in reason.facts.items()})


def as_document(result: Result) -> dict[str, object]:
    """``result`` as the ``determine`` contract prints it: in its order, reasons as article and text."""
    document: dict[str, object] = {}
    for name in Result.__struct_fields__:
        value = getattr(result, name)
        if isinstance(value, Result):
            document[name] = as_document(value)
        elif value is not msgspec.UNSET:
            document[name] = value
    document["reasons"] = [{"article": one.article, "text": in_words(one)} for one in result.reasons]
    return document
