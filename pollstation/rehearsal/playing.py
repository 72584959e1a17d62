"""The whole day: every station's polling, every site's count, and the committee's sum of the bundles."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from zipfile import ZipFile

import msgspec

from pollstation.bundles.election_folder import read_folder
from pollstation.bundles.folder_writing import write_folder
from pollstation.bundles.manifest import FORMS
from pollstation.bundles.next_election import grow
from pollstation.bundles.result_bundle import read_counting
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.register import Voter
from pollstation.i18n import _
from pollstation.rehearsal.counting import CountingEvening
from pollstation.rehearsal.irregularities import Mischief, Planted
from pollstation.rehearsal.people import STRANGER
from pollstation.rehearsal.place import Place, RehearsalClock
from pollstation.rehearsal.polling import PollingDay
from pollstation.rehearsal.rounds import choices, scenario_of
from pollstation.rehearsal.scenario import RoundFigures, Scenario, StationFigures
from pollstation.rehearsal.summary import astray, summary
from pollstation.rehearsal.world import Orders, World, keep_root, orders, passphrases
from pollstation.services.consolidating import Consolidated, consolidate
from pollstation.workplace import Workplace

Progress = Callable[[str], None]
"""Is told in words how far the rehearsal has come."""

PROCESSES = 2

BUNDLES, DOCUMENTS, PACKAGES, STATIONS = "bundles", "documents", "packages", "stations"
ROOT, PASSPHRASES, SUMMARY = "committee-root.pem", "passphrases.json", "summary.json"
COMMITTEE, COMMITTEE_KEY, ROUND = "committee", "committee-key", "round-{number}"
"""What a rehearsal writes into its folder; the last three only where further rounds follow."""
WEEK = timedelta(days=7)
"""From one round to the next."""


class SitePlayed(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one counting site and its stations."""

    bundles: list[str]
    """Paths, relative to the folder; the site's own last."""
    documents: list[str]
    entries: int
    """Journal entries that all its laptops wrote."""
    planted: list[Planted]


def rehearse(scenario: Scenario, out: Path, progress: Progress) -> dict[str, object]:
    """Play the whole day and every round after it, and write everything that they produce into ``out``.

    Returns:
        The summary, as it is written to ``summary.json``.

    Raises:
        Refusal: REHEARSAL_EXISTS, REHEARSAL_WENT_ASTRAY, or whatever blocked the day and was not planted.
    """
    if any((out / name).exists() for name in (BUNDLES, DOCUMENTS, PACKAGES, STATIONS, SUMMARY)):
        raise Refusal(Code.REHEARSAL_EXISTS, folder=str(out))
    given = orders(scenario, out)
    document, whole = _play_day(given, progress)
    if scenario.rounds:
        keep_root(given, out / COMMITTEE_KEY)
        rounds = []
        for number, figures in enumerate(scenario.rounds, start=2):
            given = _next_orders(given, whole, figures, out / ROUND.format(number=number))
            played, whole = _play_day(given, progress)
            rounds.append(played)
        document["rounds"] = rounds
        _write_summary(out, document)
    return document


def _next_orders(given: Orders, whole: Consolidated, figures: RoundFigures, out: Path) -> Orders:
    """The committee prepares the next round a week later, from its own folder and the result."""
    write_folder(given.prepared, given.out / COMMITTEE)
    prepared, _warnings = read_folder(given.out / COMMITTEE)
    chosen = choices(figures, prepared.contests)
    grown = grow(prepared, whole, chosen, prepared.election.day + WEEK).prepared
    scenario = scenario_of(given.scenario, grown.contests, figures)
    return msgspec.structs.replace(given, scenario=scenario, prepared=grown, out=out)


def _play_day(given: Orders, progress: Progress) -> tuple[dict[str, object], Consolidated]:
    """Play one election day into the folder of its orders.

    Returns:
        Its summary, and the result of all sites together.
    """
    scenario, out = given.scenario, given.out
    for folder in (BUNDLES, DOCUMENTS, PACKAGES, STATIONS):
        (out / folder).mkdir(parents=True)
    (out / ROOT).write_bytes(given.root_certificate)
    (out / PASSPHRASES).write_bytes(_json(passphrases(scenario)))
    played: dict[str, SitePlayed] = {}
    for site, result in _play_sites(given, progress):
        played[site] = result
        sites = len(scenario.sites)
        progress(_("{site} has counted ({done} of {sites}).", site=site, done=len(played), sites=sites))
    in_order = [played[site] for site in scenario.sites]
    counted = [each.bundles[-1] for each in in_order]
    whole = consolidate(
        read_counting((out / path).read_bytes(), given.root_certificate, path) for path in counted
    )
    document = summary(scenario, whole) | {
        "journal_entries": sum(each.entries for each in in_order),
        "bundles": sorted(path for each in in_order for path in each.bundles),
        "documents": sorted(path for each in in_order for path in each.documents),
        "trust_root": ROOT,
        "planted": _in_order(scenario, [one for each in in_order for one in each.planted]),
    }
    _write_summary(out, document)
    if wrong := astray(scenario, document):
        raise Refusal(Code.REHEARSAL_WENT_ASTRAY, what=wrong)
    return document, whole


def _write_summary(out: Path, document: dict[str, object]) -> None:
    (out / SUMMARY).write_bytes(_json(document) + b"\n")


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def _in_order(scenario: Scenario, planted: Sequence[Planted]) -> list[dict[str, object]]:
    """The results in the order in which the scenario plants them."""
    left = list(planted)
    documents = []
    for irregularity in scenario.irregularities:
        result = next(each for each in left if each.irregularity == irregularity)
        left.remove(result)
        documents.append(result.as_document())
    return documents


def _play_sites(given: Orders, progress: Progress) -> Iterator[tuple[str, SitePlayed]]:
    """Play every site with its stations; they need nothing of each other, so two at a time."""
    sites = given.scenario.sites
    if len(sites) == 1:
        world = World(given)
        for site in sites:
            yield site, play_site(world, site, progress)
        return
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), _begin, (given,)) as pool:
        try:
            yield from pool.map(_play_in_process, sites)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


_world: list[World] = []
"""Of this process, when it is one of those that play sites."""


def _begin(given: Orders) -> None:
    _world.append(World(given))


def _play_in_process(site: str) -> tuple[str, SitePlayed]:
    return site, play_site(_world[0], site, lambda _text: None)


def play_site(world: World, site: str, progress: Progress) -> SitePlayed:
    """Play the polling of every station counted at ``site``, then the count there."""
    scenario = world.scenario
    stations = scenario.sites[site]
    here = {site, *(station.id for station in stations)}
    mischief = Mischief([each for each in scenario.irregularities if each.place in here])
    leaving = _Leaving(world)
    polling: list[bytes] = []
    for station in stations:
        progress(_("{station} is voting.", station=station.id))
        place = _prepare(world, station.id)
        PollingDay(place, station, mischief, _strangers(world, station)).play()
        if station.id == site:
            own = place
        else:
            polling.append(leaving.hand_over(place))
    if site not in {station.id for station in stations}:
        own = _prepare(world, site)
    progress(_("{site} is counting.", site=site))
    CountingEvening(own, stations, world.papers, mischief).play(polling)
    leaving.hand_over(own)
    return SitePlayed(
        bundles=leaving.bundles,
        documents=leaving.documents,
        entries=leaving.entries,
        planted=mischief.results(),
    )


def _prepare(world: World, station: str) -> Place:
    """The laptop of a station, made from its package."""
    package = world.package(station)
    (world.out / PACKAGES / f"{station}.zip").write_bytes(package)
    clock = RehearsalClock(world.day)
    workplace = Workplace.prepare(
        world.out / STATIONS / f"{station}.pollstation",
        package,
        world.passphrase(station),
        world.root_certificate,
        clock,
    )
    return Place(workplace, clock, world.scenario)


def _strangers(world: World, station: StationFigures) -> Sequence[Voter]:
    """Voters of another station, best of the same constituency; of nowhere, when there is but one."""
    others = [each for each in world.scenario.stations if each.id != station.id]
    others.sort(key=lambda other: set(other.contests).isdisjoint(station.contests))
    return world.prepared.register[others[0].id] if others else (STRANGER,)


class _Leaving:
    """What leaves the laptops: bundles, and the forms in them."""

    def __init__(self, world: World) -> None:
        self._out = world.out
        self.bundles: list[str] = []
        self.documents: list[str] = []
        self.entries = 0

    def hand_over(self, place: Place) -> bytes:
        """Hand over a station's bundle, keep it and its forms, and close the laptop."""
        place.clock.wait(300)
        left = place.workplace.hand_over(*place.two).value
        self._keep(f"{BUNDLES}/{left.name}", left.data, self.bundles)
        with ZipFile(BytesIO(left.data)) as bundle:
            for name in bundle.namelist():
                if name.startswith(FORMS):
                    path = f"{DOCUMENTS}/{place.id}/{name.removeprefix(FORMS)}"
                    self._keep(path, bundle.read(name), self.documents)
        last = place.ask(lambda unit: unit.head())
        self.entries += last.number if last else 0
        place.workplace.close()
        return left.data

    def _keep(self, path: str, data: bytes, paths: list[str]) -> None:
        file = self._out / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
        paths.append(path)
