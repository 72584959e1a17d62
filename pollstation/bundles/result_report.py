"""The result in the common data format of NIST SP 1500-100 version 2, as JSON.

The format counts votes for a candidate only. Votes against and abstentions, which Chinese ballots have, stand
beside them as counts of type ``other`` named ``pollstation:AgainstVotes`` and ``pollstation:AbstainVotes``;
the proposed outcome stands as an identifier of the contest named ``pollstation:Outcome``; where other rounds
came before, so do this round and the contests and bundles (SHA-256) that it grew from.
"""

from collections.abc import Iterable, Sequence

from pollstation.domain.accounts import Figures
from pollstation.domain.contests import Contest, Plan
from pollstation.services.determining import PARTIAL, ContestResult

Json = dict[str, object]
ROUND, EARLIER, GREW_FROM = "pollstation:Round", "pollstation:EarlierRound", "pollstation:GrewFrom"
AGAINST, ABSTAIN, OUTCOME = "pollstation:AgainstVotes", "pollstation:AbstainVotes", "pollstation:Outcome"


def election_report(plan: Plan, results: Sequence[ContestResult], moment: str, *, correction: bool) -> Json:
    """The ElectionReport of one counting site.

    Args:
        moment: when the result was handed over, ISO 8601 in UTC.
        correction: it replaces a report sent before.
    """
    partial = any(each.result is None for each in results)
    status = "unofficial-partial" if partial else "unofficial-complete"
    return _typed(
        "ElectionReport",
        Format="summary-contest",
        GeneratedDate=moment,
        IsTest=plan.election.rehearsal,
        Issuer=plan.election.committee or plan.station.name,
        IssuerAbbreviation=plan.station.id,
        SequenceStart=1,
        SequenceEnd=1,
        Status="correction" if correction else status,
        VendorApplicationId="pollstation",
        GpUnit=[_site(plan), *(_district(each) for each in results)],
        Election=[_election(plan, results)],
    )


def outcome_of(result: ContestResult) -> str:
    """The outcome's name, or that other sites count the same contest."""
    return result.result.outcome.value if result.result else PARTIAL


def _typed(kind: str, **fields: object) -> Json:
    return {"@type": f"ElectionResults.{kind}", **fields}


def _text(content: str) -> Json:
    return _typed("InternationalizedText", Text=[_typed("LanguageString", Language="zh-CN", Content=content)])


def _site_id(plan: Plan) -> str:
    return f"site-{plan.station.id}"


def _district_id(contest: Contest) -> str:
    return f"district-{contest.id}"


def _site(plan: Plan) -> Json:
    return _typed(
        "ReportingUnit",
        **{"@id": _site_id(plan)},
        Type="polling-place" if plan.station.polls else "vote-center",
        Name=_text(plan.station.name),
    )


def _district(result: ContestResult) -> Json:
    return _typed(
        "ReportingUnit",
        **{"@id": _district_id(result.contest)},
        Type="other",
        OtherType="constituency",
        Name=_text(result.contest.constituency or result.contest.id),
        VotersRegistered=result.figures.registered,
        VotersParticipated=result.figures.participants,
    )


def _election(plan: Plan, results: Sequence[ContestResult]) -> Json:
    day = plan.election.day.isoformat()
    return _typed(
        "Election",
        ElectionScopeId=_site_id(plan),
        Name=_text(plan.election.title),
        StartDate=day,
        EndDate=day,
        Type="general",
        ExternalIdentifier=[_named("pollstation:Election", plan.election.id)],
        BallotCounts=[_ballots(each) for each in results],
        Candidate=[candidate for each in results for candidate in _candidates(each)],
        Contest=[_contest(plan, each) for each in results],
    )


def _named(kind: str, value: str) -> Json:
    return _typed("ExternalIdentifier", Type="other", OtherType=kind, Value=value)


def _ballots(result: ContestResult) -> Json:
    """Collected and void; one line for each contest, which has a ballot paper of its own."""
    figures = result.figures
    return _typed(
        "BallotCounts",
        GpUnitId=_district_id(result.contest),
        Type="total",
        BallotsCast=figures.collected,
        BallotsRejected=figures.void,
        BallotsOutstanding=figures.not_returned,
    )


def _names(figures: Figures) -> Iterable[tuple[int, str, bool]]:
    """Everybody voted for: their place, name, and whether voters wrote them in."""
    everybody = [(name, False) for name in figures.votes] + [(name, True) for name in figures.write_ins]
    return ((place, name, written_in) for place, (name, written_in) in enumerate(everybody))


def _candidates(result: ContestResult) -> Iterable[Json]:
    outcome = result.result
    for place, name, _ in _names(result.figures):
        fields: Json = {"@id": f"candidate-{result.contest.id}-{place}", "BallotName": _text(name)}
        if outcome and name in (*outcome.elected, *outcome.pending):
            fields["PostElectionStatus"] = "projected-winner"
        elif outcome and name in outcome.tied:
            fields["PostElectionStatus"] = "advanced-to-runoff"
        yield _typed("Candidate", **fields)


def _contest(plan: Plan, result: ContestResult) -> Json:
    contest = result.contest
    return _typed(
        "CandidateContest",
        **{"@id": f"contest-{contest.id}"},
        Name=contest.title or contest.id,
        ElectionDistrictId=_district_id(contest),
        VotesAllowed=contest.seats,
        NumberElected=contest.seats,
        VoteVariation="n-of-m",
        ExternalIdentifier=[_named(OUTCOME, outcome_of(result)), *_rounds(contest)],
        ContestSelection=list(_selections(plan, result)),
    )


def _rounds(contest: Contest) -> Iterable[Json]:
    """Which round this is and what it grew from; nothing at a first ballot."""
    if contest.earlier:
        yield _named(ROUND, contest.round)
        yield from (_named(EARLIER, f"{one.election}/{one.contest}") for one in contest.earlier)
        yield from (_named(GREW_FROM, sha256) for sha256 in contest.earlier[-1].bundles)


def _selections(plan: Plan, result: ContestResult) -> Iterable[Json]:
    figures = result.figures

    def count(number: int, other: str = "") -> Json:
        kind = {"Type": "other", "OtherType": other} if other else {"Type": "total"}
        return _typed("VoteCounts", GpUnitId=_site_id(plan), Count=number, **kind)

    for place, name, written_in in _names(figures):
        if written_in:
            counts = [count(figures.write_ins[name])]
        else:
            counts = [
                count(figures.votes[name]),
                count(figures.against[name], AGAINST),
                count(figures.abstain[name], ABSTAIN),
            ]
        yield _typed(
            "CandidateSelection",
            **{"@id": f"selection-{result.contest.id}-{place}"},
            CandidateIds=[f"candidate-{result.contest.id}-{place}"],
            IsWriteIn=written_in,
            VoteCounts=counts,
        )
