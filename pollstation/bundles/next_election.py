"""The next election day as the committee's folder holds it, grown from the last one and its result.

Only contests that need another round, their stations and their voters go on; register, staff, boxes and
everything settled locally stay as they were.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from pollstation.bundles.election_folder import Preparation
from pollstation.bundles.staff_table import Appointment
from pollstation.domain.contests import Contest, Station
from pollstation.domain.errors import Code, Fault, Faults, Refusal
from pollstation.domain.next_round import Choice, next_round, round_id
from pollstation.domain.profiles import rules_of
from pollstation.domain.register import Voter
from pollstation.domain.rules import Outcome
from pollstation.services.consolidating import Consolidated
from pollstation.services.determining import ContestResult

DECIDED = frozenset({Outcome.ELECTED, Outcome.VACANT})
"""Nothing follows from these."""


class NextElection(msgspec.Struct, frozen=True, kw_only=True):
    """What was prepared for the next round."""

    prepared: Preparation
    warnings: list[Fault]
    """What the committee should look at before the packages are built."""


def needs_round(result: ContestResult) -> bool:
    """Whether a contest is not decided yet."""
    return result.result is None or result.result.outcome not in DECIDED


def grow(
    prepared: Preparation, whole: Consolidated, choices: Mapping[str, Choice], day: date
) -> NextElection:
    """Prepare the next round of every contest in ``whole`` that needs one.

    Args:
        prepared: what ``whole`` is the result of.
        choices: by contest, where the law leaves something to the committee.
        day: when the next round is held.

    Raises:
        Refusal: FOLDER_NOT_OF_RESULT, ROUND_DAY_TOO_EARLY, NOTHING_LEFT_TO_VOTE, STAFF_IS_CANDIDATE, or
            FOLDER_CONTEST_UNKNOWN for a choice about a contest that is not there.
        Faults: every contest for which the committee has to decide something first (codes P-31x).
    """
    _require_same(prepared, whole, choices)
    if day < whole.election.day:
        raise Refusal(Code.ROUND_DAY_TOO_EARLY, day=day.isoformat(), before=whole.election.day.isoformat())
    contests, waiting = _contests(whole, choices)
    if not contests:
        raise Refusal(Code.NOTHING_LEFT_TO_VOTE, election=whole.election.id)
    register = {
        station: kept for station, voters in prepared.register.items() if (kept := _voters(voters, contests))
    }
    stations = _stations(prepared.stations, contests, register)
    staff = _staff(prepared.staff, stations)
    rounds = tuple(contests.values())
    if barred := [one.name for one in staff if any(one.name in each.candidates for each in rounds)]:
        raise Refusal(Code.STAFF_IS_CANDIDATE, names=barred)
    election = msgspec.structs.replace(
        prepared.election, id=round_id(prepared.election.id, len(rounds[0].earlier) + 1), day=day
    )
    grown = Preparation(election=election, contests=rounds, stations=stations, register=register, staff=staff)
    warnings = [*waiting, *_changed_register(prepared, whole, contests), *_kin(whole, contests, staff)]
    return NextElection(prepared=grown, warnings=warnings)


def _require_same(prepared: Preparation, whole: Consolidated, choices: Mapping[str, Choice]) -> None:
    known = {contest.id: contest for contest in prepared.contests}
    counted = [each.contest for each in whole.contests]
    same = prepared.election == whole.election and all(known.get(each.id) == each for each in counted)
    if not same:
        facts = {"election": prepared.election.id, "result": whole.election.id}
        raise Refusal(Code.FOLDER_NOT_OF_RESULT, **facts)
    if unknown := sorted(choices.keys() - {each.id for each in counted}):
        raise Refusal(Code.FOLDER_CONTEST_UNKNOWN, value=unknown, known=[each.id for each in counted])


def _contests(whole: Consolidated, choices: Mapping[str, Choice]) -> tuple[dict[str, Contest], list[Fault]]:
    """The contests of the next round by the ids of those they grow from, and those that have to wait."""
    contests: dict[str, Contest] = {}
    waiting: list[Fault] = []
    faults: list[Fault] = []
    for each in filter(needs_round, whole.contests):
        try:
            contests[each.contest.id] = _next(whole, each, choices)
        except Refusal as refusal:
            fault = Fault(code=refusal.code, field=each.contest.id, facts=refusal.facts)
            (waiting if refusal.code is Code.HIGHER_POST_WAITS else faults).append(fault)
    if faults or (waiting and not contests):
        raise Faults(faults + waiting)
    return contests, waiting


def _next(whole: Consolidated, found: ContestResult, choices: Mapping[str, Choice]) -> Contest:
    if found.result is None:
        raise AssertionError("complete figures were not judged")
    contest = found.contest
    bases = {name: choice.basis for name, choice in choices.items()}
    return next_round(
        contest,
        found.result,
        choices.get(contest.id, Choice()),
        rules_of(whole.election),
        election=whole.election.id,
        day=whole.election.day,
        bundles=tuple(source.sha256 for source in whole.sources_of(contest)),
        elsewhere=whole.held_elsewhere(contest, bases),
    )


def _voters(voters: Sequence[Voter], contests: Mapping[str, Contest]) -> tuple[Voter, ...]:
    """Those entitled to a ballot of the next round."""
    renamed = (msgspec.structs.replace(each, contests=_renamed(each.contests, contests)) for each in voters)
    return tuple(voter for voter in renamed if voter.contests)


def _renamed(ids: Sequence[str], contests: Mapping[str, Contest]) -> tuple[str, ...]:
    return tuple(contests[each].id for each in ids if each in contests)


def _stations(
    stations: Sequence[Station], contests: Mapping[str, Contest], register: Mapping[str, object]
) -> tuple[Station, ...]:
    """The stations that poll or count once more; one that only counts now has no boxes."""
    kept = []
    for station in stations:
        counts = tuple(each for each in station.counts if each in register)
        counted = [each for each in stations if each.id in counts]
        own = station.id in register
        ids = station.contests if own else tuple(dict.fromkeys(i for each in counted for i in each.contests))
        if own or counts:
            kept.append(
                msgspec.structs.replace(
                    station,
                    contests=_renamed(ids, contests),
                    boxes=station.boxes if own else (),
                    counts=counts,
                )
            )
    return tuple(kept)


def _staff(staff: Sequence[Appointment], stations: Sequence[Station]) -> tuple[Appointment, ...]:
    known = {station.id for station in stations}
    placed = (
        msgspec.structs.replace(one, stations=tuple(each for each in one.stations if each in known))
        for one in staff
    )
    return tuple(one for one in placed if one.stations)


def _changed_register(
    prepared: Preparation, whole: Consolidated, contests: Mapping[str, Contest]
) -> Iterator[Fault]:
    """Stations whose list was changed on the day: a bundle tells how often, and never whose names."""
    by_station = {station: own for source in whole.sources for station, own in source.by_station.items()}
    for station, voters in prepared.register.items():
        totals = by_station.get(station, {})
        added, struck = totals.get("added", 0), totals.get("struck", 0)
        for contest in contests:
            listed = sum(contest in voter.contests for voter in voters)
            registered = totals.get(f"registered/{contest}", 0)
            if listed != registered or (registered and (added or struck)):
                facts: dict[str, object] = {
                    "station": station,
                    "contest": contest,
                    "listed": listed,
                    "registered": registered,
                    "added": added,
                    "struck": struck,
                }
                yield Fault(code=Code.REGISTER_CHANGED_ON_DAY, field=contest, facts=facts)


def _kin(
    whole: Consolidated, contests: Mapping[str, Contest], staff: Sequence[Appointment]
) -> Iterator[Fault]:
    """Close relatives of candidates preside, scrutinise and count nowhere (Electoral Law art. 43)."""
    for old, contest in contests.items():
        for one in staff:
            if one.relative_of in contest.candidates:
                facts: dict[str, object] = {"person": one.name, "name": one.relative_of}
                yield Fault(code=Code.STAFF_IS_RELATIVE, field=contest.id, facts=facts)
        stood = whole.result(old).contest.candidates
        if new := [name for name in contest.candidates if name not in stood]:
            facts = {"contest": contest.id, "names": new}
            yield Fault(code=Code.CANDIDATES_NEW, field=contest.id, facts=facts)
