"""What in a scenario cannot be: every contradiction is named before anything is played."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pollstation.bundles.printable import unprintable
from pollstation.domain.contests import Level, Post
from pollstation.domain.errors import Code, Fault, Faults
from pollstation.domain.profiles import PROFILES
from pollstation.rehearsal.count_slips import ON_SHEETS, fits
from pollstation.rehearsal.papers import deal, sheets
from pollstation.rehearsal.scenario import (
    OF_THE_COUNT,
    ContestFigures,
    Draft,
    Irregularity,
    Kind,
    Scenario,
    StationFigures,
    place_of,
    read_draft,
)

USABLE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")

PROXIES_MOST = 3
"""A voter holds at most three proxies (Electoral Law art. 42; Organic Law art. 18)."""

_NEEDS_MOBILE = frozenset({Kind.CREW_OF_ONE, Kind.CREW_CANDIDATE, Kind.MOBILE_RETURNS_SHORT})
_SHOWN = 60

_Wrong = tuple[Code, str, dict[str, object]]
"""A fault without its file: code, field, facts."""


def read_scenario(file: Path) -> Scenario:
    """The scenario in ``file``.

    Raises:
        Refusal: INPUT_UNREADABLE.
        Faults: everything wrong with it, each with its field (codes S-1xx).
    """
    draft, faults = read_draft(file)
    wrong = list(_wrong(draft))
    if not (faults or wrong):
        wrong = list(_no_sheet_for(draft.scenario))
    faults += [Fault(code=code, file=str(file), field=field, facts=facts) for code, field, facts in wrong]
    if faults:
        raise Faults([_shortened(fault) for fault in faults])
    return draft.scenario


def _shortened(fault: Fault) -> Fault:
    facts = {name: str(fact)[:_SHOWN] if name == "value" else fact for name, fact in fault.facts.items()}
    return Fault(code=fault.code, file=fault.file, field=fault.field, facts=facts)


def _wrong(draft: Draft) -> Iterator[_Wrong]:
    scenario = draft.scenario
    if scenario.profile not in PROFILES:
        yield Code.SCENARIO_NAME_UNKNOWN, "profile", {"value": scenario.profile, "known": sorted(PROFILES)}
    yield from _ids(scenario)
    yield from _shown_names(scenario)
    for at, station in enumerate(scenario.stations, start=1):
        where = place_of("station", station, at)
        yield from _wrong_station(station, where, draft)
    for at, contest in enumerate(scenario.contests, start=1):
        yield from _wrong_names(scenario, contest, place_of("contest", contest, at))
    yield from _wrong_posts(scenario)
    for at, irregularity in enumerate(scenario.irregularities, start=1):
        yield from _wrong_irregularity(scenario, irregularity, place_of("irregularity", irregularity, at))
    if draft.stations_whole:
        for at, contest in enumerate(scenario.contests, start=1):
            if any(contest.id in station.contests for station in scenario.stations):
                yield from _wrong_votes(scenario, contest, place_of("contest", contest, at))


def _ids(scenario: Scenario) -> Iterator[_Wrong]:
    """Boxes that cannot be files, and ids given twice: on Windows case alone makes no difference."""
    contests = [(place_of("contest", each, at), each.id) for at, each in enumerate(scenario.contests, 1)]
    stations = [(place_of("station", each, at), each.id) for at, each in enumerate(scenario.stations, 1)]
    boxes = [
        (f"{place_of('station', each, at)}.mobile.{name}", name)
        for at, each in enumerate(scenario.stations, 1)
        for name in each.mobile
    ]
    sites = [
        (f"{place_of('station', each, at)}.counting_site", each.counting_site)
        for at, each in enumerate(scenario.stations, 1)
        if each.counting_site
    ]
    for where, own in boxes:
        if not USABLE_ID.fullmatch(own):
            yield Code.SCENARIO_ID_UNUSABLE, where, {"value": own}
    for group in (contests, stations):
        yield from _twice(group)
    for at, station in enumerate(scenario.stations, 1):
        where = place_of("station", station, at)
        own_boxes = [(f"{where}.fixed", "F"), *((f"{where}.mobile.{name}", name) for name in station.mobile)]
        yield from _twice(own_boxes)
    known = {each.id for each in scenario.stations}
    folded = {each.casefold(): each for each in known}
    for where, site in sites:
        if site not in known and site.casefold() in folded:
            yield Code.SCENARIO_NAME_TWICE, where, {"value": site, "first": folded[site.casefold()]}


def _twice(named: Iterable[tuple[str, str]]) -> Iterator[_Wrong]:
    seen: dict[str, str] = {}
    for where, name in named:
        if (key := name.casefold()) in seen:
            yield Code.SCENARIO_NAME_TWICE, where, {"value": name, "first": seen[key]}
        seen.setdefault(key, name)


def _shown_names(scenario: Scenario) -> Iterator[_Wrong]:
    texts = [("title", scenario.title)]
    for at, contest in enumerate(scenario.contests, start=1):
        where = place_of("contest", contest, at)
        texts += [(f"{where}.candidates", name) for name in contest.candidates]
        texts += [(f"{where}.write_ins", name) for name in contest.write_ins]
    for where, text in texts:
        if missing := unprintable(text):
            yield Code.SCENARIO_UNPRINTABLE, where, {"value": text, "characters": missing}


def _wrong_station(station: StationFigures, where: str, draft: Draft) -> Iterator[_Wrong]:
    for contest in station.contests:
        if contest not in draft.contest_ids:
            known = sorted(draft.contest_ids)
            yield Code.SCENARIO_NAME_UNKNOWN, f"{where}.contests", {"value": contest, "known": known}
    for contest in {each for each in station.contests if station.contests.count(each) > 1}:
        yield Code.SCENARIO_NAME_TWICE, f"{where}.contests", {"value": contest, "first": contest}
    part = station.participants
    if part > station.voters:
        facts: dict[str, object] = {"participants": part, "voters": station.voters}
        yield Code.SCENARIO_PARTICIPANTS_MANY, f"{where}.voters", facts
    if station.proxies > PROXIES_MOST * station.in_person:
        facts = {"proxies": station.proxies, "most": PROXIES_MOST * station.in_person, "each": PROXIES_MOST}
        yield Code.SCENARIO_PROXIES_MANY, f"{where}.proxies", facts
    for name, count in (("spoilt", station.spoilt), ("not_returned", station.not_returned)):
        if count > part:
            yield Code.SCENARIO_BALLOTS_FEW, f"{where}.{name}", {"count": count, "ballots": part}
    host = next((each for each in draft.scenario.stations if each.id == station.counting_site), None)
    if host and host is not station and host.site != host.id:
        yield Code.SCENARIO_SITE_COUNTS_NOT, f"{where}.counting_site", {"value": host.id, "other": host.site}


def _wrong_names(scenario: Scenario, contest: ContestFigures, where: str) -> Iterator[_Wrong]:
    for name in {each for each in contest.candidates if contest.candidates.count(each) > 1}:
        yield Code.SCENARIO_NAME_TWICE, f"{where}.candidates", {"value": name, "first": name}
    for name in contest.votes:
        if name not in contest.candidates:
            known = list(contest.candidates)
            yield Code.SCENARIO_NAME_UNKNOWN, f"{where}.votes", {"value": name, "known": known}
    for name in contest.write_ins:
        if name in contest.candidates:
            yield Code.SCENARIO_WRITE_IN_IS_CANDIDATE, f"{where}.write_ins", {"name": name}
        if not name.strip() or name != name.strip():
            yield Code.SCENARIO_FIELD_WRONG, f"{where}.write_ins", {"value": name}
    rules = PROFILES.get(scenario.profile)
    if rules and rules.seats_most and contest.seats > rules.seats_most:
        facts: dict[str, object] = {"seats": contest.seats, "most": rules.seats_most}
        yield Code.SCENARIO_SEATS_MANY, f"{where}.seats", facts
    if not any(contest.id in station.contests for station in scenario.stations):
        yield Code.SCENARIO_CONTEST_NOWHERE, where, {"contest": contest.id}


def _wrong_posts(scenario: Scenario) -> Iterator[_Wrong]:
    """Each post once, for a village, at the same stations; one chair."""
    rules = PROFILES.get(scenario.profile)
    with_post = [(at, each) for at, each in enumerate(scenario.contests, start=1) if each.post]
    seen: dict[Post | None, str] = {}
    for at, contest in with_post:
        where = place_of("contest", contest, at)
        if contest.level is not Level.VILLAGE or (rules and not rules.posts):
            yield Code.SCENARIO_POST_NOT_HERE, f"{where}.post", {"profile": scenario.profile}
        if contest.post is Post.CHAIR and contest.seats > 1:
            yield Code.SCENARIO_SEATS_MANY, f"{where}.seats", {"seats": contest.seats, "most": 1}
        if (first := seen.setdefault(contest.post, contest.id)) != contest.id:
            yield Code.SCENARIO_POST_TWICE, f"{where}.post", {"first": first}
        other = with_post[0][1].id
        if any((contest.id in each.contests) != (other in each.contests) for each in scenario.stations):
            yield Code.SCENARIO_POSTS_APART, where, {"contest": contest.id, "first": other}


def _wrong_votes(scenario: Scenario, contest: ContestFigures, where: str) -> Iterator[_Wrong]:
    collected = scenario.collected(contest.id)
    valid = collected - contest.void
    if valid < 0:
        yield Code.SCENARIO_VOID_MANY, f"{where}.void", {"void": contest.void, "collected": collected}
        return
    named = [("votes", *one) for one in contest.votes.items()]
    named += [("write_ins", *one) for one in contest.write_ins.items()]
    for field, name, votes in named:
        if votes > valid:
            facts: dict[str, object] = {"name": name, "votes": votes, "valid": valid}
            yield Code.SCENARIO_VOTES_FOR_ONE, f"{where}.{field}", facts
    total = sum(votes for _, _, votes in named)
    if total > contest.seats * valid:
        facts = {"votes": total, "most": contest.seats * valid, "seats": contest.seats, "valid": valid}
        yield Code.SCENARIO_VOTES_FOR_ALL, f"{where}.votes", facts


def _wrong_irregularity(scenario: Scenario, planted: Irregularity, where: str) -> Iterator[_Wrong]:
    wanted, other = ("station", "counting_site")
    known = {each.id for each in scenario.stations}
    if planted.kind in OF_THE_COUNT:
        wanted, other, known = other, wanted, set(scenario.sites)
    if getattr(planted, other):
        yield Code.SCENARIO_FIELD_UNKNOWN, f"{where}.{other}", {}
    if not getattr(planted, wanted):
        yield Code.SCENARIO_FIELD_MISSING, f"{where}.{wanted}", {}
    elif planted.place not in known:
        yield (
            Code.SCENARIO_NAME_UNKNOWN,
            f"{where}.{wanted}",
            {"value": planted.place, "known": sorted(known)},
        )
    elif planted.kind not in OF_THE_COUNT:
        station = next(each for each in scenario.stations if each.id == planted.place)
        if not _possible(scenario, station, planted.kind):
            yield Code.SCENARIO_NO_ROOM_FOR, f"{where}.kind", {"kind": str(planted.kind), "place": station.id}


def _no_sheet_for(scenario: Scenario) -> Iterator[_Wrong]:
    """Irregularities that no count sheet of their site has room for; known once the ballots are dealt."""
    planted = [each for each in scenario.irregularities if each.kind in ON_SHEETS]
    papers = deal(scenario) if planted else {}
    candidates = {contest.id: len(contest.candidates) for contest in scenario.contests}
    for each in planted:
        boxes = {box for station in scenario.sites[each.counting_site] for box in station.boxes}
        size = PROFILES[scenario.profile].batch_size
        if not fits(each.kind, sheets(papers, boxes, candidates, size)):
            facts: dict[str, object] = {"kind": str(each.kind), "place": each.counting_site}
            yield Code.SCENARIO_NO_ROOM_FOR, f"irregularity[{each.kind}].kind", facts


def _possible(scenario: Scenario, station: StationFigures, kind: Kind) -> bool:
    """Whether the station has what the irregularity is done with."""
    match kind:
        case Kind.SECOND_ATTEMPT:
            return station.in_person > 0
        case Kind.VOTED_BY_PROXY_COMES:
            return station.proxies > 0
        case Kind.PROXY_AFTER_VOTING:
            return station.in_person > 0 and station.voters > 1
        case Kind.FOURTH_PROXY:
            return station.voters > PROXIES_MOST + 1
        case Kind.UNAPPROVED_PROXY:
            return station.voters > 1
        case Kind.BALLOT_LOST:
            return scenario.box_ballots(station, station.contests[0])[station.fixed_box] >= 0
        case _ if kind in _NEEDS_MOBILE:
            return bool(station.mobile)
    return True
