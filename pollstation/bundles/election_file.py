"""``election.toml``: what is elected, and where. ::

[election]
id = "district-2026"
title = "区人民代表大会代表选举"
profile = "npc-2020"
day = 2026-12-08
committee = "区选举委员会"
local_rules = { late_registration = true, crew_minimum = 3 }    # settled within the profile; may be left out

[[contest]]
id = "county-3"
level = "county"
seats = 2
candidates = ["甲", "乙", "丙"]
# post = "chair"              # of a village: "chair", "vice-chair" or "member", a contest for each
# constituency = "王家村"      # contests of one constituency belong together then

[[station]]
id = "S01"
name = "第一投票站"
contests = ["county-3"]
counting_site = "C1"          # left out: it counts its own boxes

    [[station.box]]
    id = "S01-F"
    kind = "fixed"
    label = "1"

[[station]]
id = "C1"                     # no boxes: a place that only counts
name = "中心会场"
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pollstation.bundles.printable import unprintable
from pollstation.domain.contests import BallotBox, BoxKind, Contest, Election, Level, Post, Station
from pollstation.domain.errors import Code, Fault, Faults
from pollstation.domain.profiles import PROFILES, Profile, unfit_rules
from pollstation.domain.rules import Round

ELECTION_FILE = "election.toml"
T = TypeVar("T", bound=msgspec.Struct)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
_PROBLEM = re.compile(r"(?P<problem>.*?)(?: - at `\$\.?(?P<path>[^`]*)`)?")
_TOML_LINE = re.compile(r"line (\d+)")


def read_election(folder: Path) -> tuple[Election, tuple[Contest, ...], tuple[Station, ...], list[Fault]]:
    """The election, its contests and stations, and what is improbable in them.

    Raises:
        Faults: everything wrong with the file.
    """
    raw = _read_toml(folder / ELECTION_FILE)
    faults = [
        _wrong(Code.FIELD_INVALID, name, value=name)
        for name in sorted(raw.keys() - {"election", "contest", "station"})
    ]
    election = _convert(raw.get("election"), Election, "election", faults)
    contests = [_convert(each, Contest, where, faults) for where, each in _tables(raw, "contest", faults)]
    stations = [_station(each, where, faults) for where, each in _tables(raw, "station", faults)]
    if election is None or None in contests or None in stations:
        raise Faults(faults)
    every_contest = tuple(contest for contest in contests if contest)
    every_station = _with_counts(
        [each for each in stations if each], {contest.id for contest in every_contest}, faults
    )
    faults += _check_names(election, every_contest, every_station)
    if election.profile in PROFILES:
        faults += [
            _wrong(Code.FIELD_INVALID, f"election.local_rules.{name}", value=election.local_rules[name])
            for name in unfit_rules(election)
        ]
    for at, contest in enumerate(every_contest):
        faults += _check_contest(contest, f"contest[{at}]")
        if election.profile in PROFILES:
            faults += _check_law(PROFILES[election.profile], contest, f"contest[{at}]")
    faults += _check_posts(election.profile, every_contest, every_station)
    if any(not fault.code.value.startswith("W") for fault in faults):
        raise Faults(faults)
    return election, _with_sites(every_contest, every_station), every_station, faults


def candidate_range(seats: int) -> tuple[int, int]:
    """Fewest and most candidates for ``seats``: a third to once more than seats; two for one seat."""
    return (2, 2) if seats == 1 else (-(-4 * seats // 3), 2 * seats)


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise Faults([_wrong(Code.FOLDER_FILE_MISSING, "")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = _TOML_LINE.search(str(error))
        row = int(line[1]) if line else 0
        raise Faults([Fault(code=Code.FOLDER_FILE_UNREADABLE, file=ELECTION_FILE, row=row)]) from None


def _wrong(code: Code, field: str, **facts: object) -> Fault:
    return Fault(code=code, file=ELECTION_FILE, field=field, facts=facts)


def _tables(raw: Mapping[str, Any], name: str, faults: list[Fault]) -> Iterator[tuple[str, object]]:
    tables = raw.get(name)
    if not isinstance(tables, list) or not tables:
        faults.append(_wrong(Code.FIELD_MISSING, name))
        return
    for at, table in enumerate(tables):
        yield f"{name}[{at}]", table


def _convert(raw: object, kind: type[T], where: str, faults: list[Fault]) -> T | None:
    if raw is None:
        faults.append(_wrong(Code.FIELD_MISSING, where))
        return None
    if isinstance(raw, dict):
        unknown = sorted(raw.keys() - set(kind.__struct_fields__))
        faults += [_wrong(Code.FIELD_INVALID, f"{where}.{name}", value=name) for name in unknown]
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        match = _PROBLEM.fullmatch(str(error))
        path = match["path"] if match else ""
        problem = match["problem"] if match else str(error)
        faults.append(_wrong(Code.FIELD_INVALID, f"{where}.{path}".rstrip("."), value=problem))
        return None


def _station(raw: object, where: str, faults: list[Fault]) -> tuple[Station, str] | None:
    """A station as written, and where its boxes are counted."""
    if not isinstance(raw, dict):
        faults.append(_wrong(Code.FIELD_INVALID, where, value=raw))
        return None
    fields = dict(raw)
    site, boxes = fields.pop("counting_site", fields.get("id", "")), fields.pop("box", [])
    own = str(fields.get("id", ""))
    read = [
        _convert(
            {**box, "station": own} if isinstance(box, dict) else box, BallotBox, f"{where}.box[{at}]", faults
        )
        for at, box in enumerate(boxes if isinstance(boxes, list) else [boxes])
    ]
    station = _convert({"name": own, "contests": [], **fields}, Station, where, faults)
    if station is None or None in read:
        return None
    fixed = sum(1 for box in read if box and box.kind is BoxKind.FIXED)
    if read and fixed != 1:
        faults.append(_wrong(Code.STATION_BOXES, f"{where}.box", station=own, fixed=fixed))
    if read and not station.contests:
        faults.append(_wrong(Code.FIELD_MISSING, f"{where}.contests"))
    return msgspec.structs.replace(station, boxes=tuple(box for box in read if box)), str(site)


def _with_counts(
    sites: list[tuple[Station, str]], contests: set[str], faults: list[Fault]
) -> tuple[Station, ...]:
    """The stations, each knowing whose boxes it counts."""
    by_id = {station.id: station for station, _ in sites}
    counts: dict[str, list[Station]] = {}
    for at, (station, site) in enumerate(sites):
        for contest in station.contests:
            if contest not in contests:
                facts: dict[str, object] = {"value": contest, "known": ", ".join(sorted(contests))}
                faults.append(_wrong(Code.FOLDER_CONTEST_UNKNOWN, f"station[{at}].contests", **facts))
        if station.polls and site not in by_id:
            facts = {"value": site, "known": ", ".join(by_id)}
            faults.append(_wrong(Code.FOLDER_STATION_UNKNOWN, f"station[{at}].counting_site", **facts))
        if station.polls:
            counts.setdefault(site, []).append(station)
    whole = []
    for at, (station, _) in enumerate(sites):
        counted = counts.get(station.id, [])
        if not (station.polls or counted):
            faults.append(_wrong(Code.STATION_IDLE, f"station[{at}]", station=station.id))
        served = station.contests or dict.fromkeys(contest for each in counted for contest in each.contests)
        whole.append(
            msgspec.structs.replace(
                station, contests=tuple(served), counts=tuple(each.id for each in counted)
            )
        )
    return tuple(whole)


def _with_sites(contests: Iterable[Contest], stations: Sequence[Station]) -> tuple[Contest, ...]:
    """The contests, each knowing every site that counts it."""
    by_id = {station.id: station for station in stations}
    return tuple(
        msgspec.structs.replace(
            contest,
            counting_sites=tuple(
                site.id
                for site in stations
                if any(contest.id in by_id[station].contests for station in site.counts)
            ),
        )
        for contest in contests
    )


def _check_law(rules: Profile, contest: Contest, where: str) -> Iterator[Fault]:
    """Seats and candidates against the law's limits (Electoral Law art. 25, 30 and 31)."""
    facts: dict[str, object] = {"contest": contest.id, "seats": contest.seats}
    if contest.seats < 1 or (rules.seats_most and contest.seats > rules.seats_most):
        yield _wrong(Code.SEATS_BEYOND_LAW, f"{where}.seats", **facts, most=rules.seats_most or "")
    elif contest.round == Round.FIRST and rules.range_bound:
        least, most = candidate_range(contest.seats)
        count = len(contest.candidates)
        if not least <= count <= most:
            facts |= {"count": count, "least": least, "most": most}
            yield _wrong(Code.CANDIDATES_OUT_OF_RANGE, f"{where}.candidates", **facts)


def _check_posts(
    election_profile: str, contests: Sequence[Contest], stations: Sequence[Station]
) -> Iterator[Fault]:
    """Each post of a village once and at the same stations, one chair (Organic Law art. 6 and 18)."""
    known = [name for name, rules in PROFILES.items() if rules.posts]
    seen: dict[tuple[str, Post | None], Contest] = {}
    villages: dict[str, Contest] = {}
    for at, contest in enumerate(contests):
        if not contest.post:
            continue
        where, facts = f"contest[{at}].post", {"contest": contest.id}
        if contest.level is not Level.VILLAGE or election_profile not in known:
            yield _wrong(Code.POST_NOT_HERE, where, **facts, known=", ".join(known))
        if contest.post is Post.CHAIR and contest.seats > 1:
            yield _wrong(Code.SEATS_BEYOND_LAW, f"contest[{at}].seats", **facts, seats=contest.seats, most=1)
        if (twin := seen.setdefault((contest.constituency, contest.post), contest)) is not contest:
            yield _wrong(Code.POST_TWICE, where, **facts, first=twin.id)
        first = villages.setdefault(contest.constituency, contest)
        if any((contest.id in each.contests) != (first.id in each.contests) for each in stations):
            yield _wrong(Code.POSTS_APART, where, **facts, first=first.id)


def _check_contest(contest: Contest, where: str) -> Iterator[Fault]:
    if contest.round not in set(Round):
        yield _wrong(Code.FIELD_INVALID, f"{where}.round", value=contest.round)
    if not contest.candidates or not all(name.strip() for name in contest.candidates):
        yield _wrong(Code.FIELD_MISSING, f"{where}.candidates")
    for name, times in Counter(contest.candidates).items():
        if times > 1:
            yield _wrong(Code.CANDIDATE_TWICE, f"{where}.candidates", value=name)


def _check_names(
    election: Election, contests: Sequence[Contest], stations: Sequence[Station]
) -> Iterator[Fault]:
    """Ids that can stand in streams and file names and come once; names that can be printed."""
    if election.profile not in PROFILES:
        known = ", ".join(PROFILES)
        yield _wrong(Code.PROFILE_UNKNOWN, "election.profile", value=election.profile, known=known)
    seen: dict[tuple[str, str], str] = {}
    for kind, where, name in _ids(election, contests, stations):
        if not _ID.fullmatch(name):
            yield _wrong(Code.NAME_UNFIT, where, value=name)
        if seen.setdefault((kind, name), where) != where:
            yield _wrong(Code.DUPLICATE_VALUE, where, first=seen[kind, name])
    for where, text in _shown(election, contests, stations):
        missing = unprintable(text)
        if missing:
            points = " ".join(f"U+{ord(c):04X}" for c in missing)
            yield _wrong(Code.CHARACTER_UNPRINTABLE, where, characters=missing, points=points)


def _ids(
    election: Election, contests: Sequence[Contest], stations: Sequence[Station]
) -> Iterator[tuple[str, str, str]]:
    yield "election", "election.id", election.id
    for at, contest in enumerate(contests):
        yield "contest", f"contest[{at}].id", contest.id
    for at, station in enumerate(stations):
        yield "station", f"station[{at}].id", station.id
        for number, box in enumerate(station.boxes):
            yield "box", f"station[{at}].box[{number}].id", box.id


def _shown(
    election: Election, contests: Sequence[Contest], stations: Sequence[Station]
) -> Iterator[tuple[str, str]]:
    yield "election.title", election.title
    yield "election.committee", election.committee
    for at, contest in enumerate(contests):
        yield f"contest[{at}].title", contest.title
        yield f"contest[{at}].constituency", contest.constituency
        for name in contest.candidates:
            yield f"contest[{at}].candidates", name
    for at, station in enumerate(stations):
        yield f"station[{at}].name", station.name
        for number, box in enumerate(station.boxes):
            yield f"station[{at}].box[{number}].label", box.label
            yield f"station[{at}].box[{number}].area", box.area
