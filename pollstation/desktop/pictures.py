"""``pollstation pictures``: a small invented station is played up to four moments of its day, and every page
of the window is photographed at the moment when it matters, in both languages, without a screen."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click
import msgspec
from PySide6.QtWidgets import QApplication

from pollstation import i18n, paths
from pollstation.desktop.page import Page
from pollstation.desktop.pages.check_in import CheckIn
from pollstation.desktop.pages.counting import CountingPage
from pollstation.desktop.program import Program
from pollstation.desktop.theme import DARK, Theme
from pollstation.domain.boxes import Box, box_stream
from pollstation.domain.staff import Act, Session
from pollstation.i18n import N_
from pollstation.rehearsal.counting import CountingEvening
from pollstation.rehearsal.irregularities import Mischief
from pollstation.rehearsal.place import COUNTERS, OFFICER, SUPERVISOR, Place, RehearsalClock
from pollstation.rehearsal.polling import CLOSES, PollingDay
from pollstation.rehearsal.scenario_checks import read_scenario
from pollstation.rehearsal.world import World, orders
from pollstation.services import counting, counting_site, issuing
from pollstation.services.ports import Reading
from pollstation.workplace import Workplace

SCENARIO = "small-station.toml"
SIZE = (1366, 768)


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """One moment of the day: how to get there, and who looks at which pages then."""

    name: str
    play: Callable[[World, Place], None]
    pages: Mapping[str, tuple[str, ...]]
    """Duties by the person who looks at them."""


def _morning(_world: World, place: Place) -> None:
    place.sign_in(SUPERVISOR, OFFICER)


def _polling(until: float) -> Callable[[World, Place], None]:
    def play(world: World, place: Place) -> None:
        PollingDay(place, world.scenario.stations[0], Mischief([]), ()).play(until=until)

    return play


def _counting(world: World, place: Place) -> None:
    """The fixed box is open; the first sheet is read once, and the second counter has begun."""
    _polling(24.0)(world, place)
    place.sign_in(*COUNTERS)
    place.do(counting_site.start_count, *place.two)
    box = place.plan.fixed_box.id
    seals = place.ask(lambda unit: unit.state(box_stream(box), Box)).seals
    place.do(counting_site.open_box, *place.two, box, seals_seen=seals)
    issued = next(line.issued for line in place.ask(counting_site.boxes) if line.box.id == box)
    place.do(counting_site.count_box, *place.two, box, issued)
    sheet = place.ask(counting.sheets)[0]
    first, second = (place.who(counter) for counter in COUNTERS)
    whole = {"for/0": 22, "against/0": 4, "abstain/0": sheet.ballots - 26, "valid": sheet.ballots}
    place.do(counting.enter, first, sheet.id, dict.fromkeys(sheet.missing({}), 0) | whole)
    place.do(counting.complete, first, sheet.id)
    place.do(counting.enter, second, sheet.id, {"for/0": 22, "against/0": 5, "abstain/0": 4})


def _night(world: World, place: Place) -> None:
    _polling(24.0)(world, place)
    CountingEvening(place, world.scenario.stations, world.papers, Mischief([])).play([])


MOMENTS = (
    Moment(name="morning", play=_morning, pages={SUPERVISOR: ("opening",)}),
    Moment(
        name="midday",
        play=_polling(11.0),
        pages={
            SUPERVISOR: ("today", "proxies", "incidents", "outage"),
            OFFICER: ("check-in", "mobile-boxes", "stock"),
        },
    ),
    Moment(name="evening", play=_polling(CLOSES), pages={SUPERVISOR: ("close",)}),
    Moment(name="count", play=_counting, pages={SUPERVISOR: ("count",), COUNTERS[1]: ("count",)}),
    Moment(name="night", play=_night, pages={SUPERVISOR: ("result", "hand-over", "journal")}),
)


@click.command(
    help=N_("Photograph every page of the window, in both languages, at the moments of an invented day.")
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help=N_("Folder for the pictures (PNG)."),
)
def pictures(out: Path) -> None:
    """Play, photograph, and name each picture on stderr."""
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    for file in photograph(app, out):
        click.echo(str(file), err=True)


def photograph(app: QApplication, out: Path) -> Iterator[Path]:
    """Take every picture; yields each file as it is written."""
    folder = out / "stations"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    given = orders(read_scenario(paths.resources() / "rehearsals" / SCENARIO), folder)
    world = World(given)
    for moment in MOMENTS:
        clock = RehearsalClock(world.day)
        program = Program(app, clock)
        program.window.resize(*SIZE)
        program.window.show()
        if moment is MOMENTS[0]:
            program.tasks.wait_idle()
            yield from _in_languages(program, out, "start")
        people = _open(program, world, clock, folder, moment)
        for person, duties in moment.pages.items():
            program.desk.sign(people[person])
            program.tasks.wait_idle(60)
            for duty in duties:
                program.window.go(duty)
                _arrange(program, program.pages[duty])
                name = duty if len(moment.pages) == 1 or moment.name != "count" else f"{duty}-{person}"
                yield from _in_languages(program, out, name)
        program.close()
        program.window.close()
    shutil.rmtree(folder)


def _open(
    program: Program, world: World, clock: RehearsalClock, folder: Path, moment: Moment
) -> dict[str, Session]:
    """Play the station up to ``moment`` on the worker, which then owns its file."""
    people: dict[str, Session] = {}
    station = world.scenario.stations[0].id

    def make() -> Workplace:
        workplace = Workplace.prepare(
            folder / f"{moment.name}.pollstation",
            world.package(station),
            world.passphrase(station),
            world.root_certificate,
            clock,
        )
        place = Place(workplace, clock, world.scenario)
        moment.play(world, place)
        place.sign_in(*moment.pages)
        people.update({person: place.who(person) for person in moment.pages})
        return workplace

    program.desk.open_day(make, lambda: None)
    program.tasks.wait_idle(120)
    return people


def _arrange(program: Program, page: Page) -> None:
    """Bring a page to what its user sees in the middle of work."""
    program.tasks.wait_idle(60)
    if isinstance(page, CheckIn):
        program.desk.read(_proxy_who_comes, page.search.field.edit.setText)
        program.tasks.wait_idle(60)
        page.search.search(page.search.text)
    elif isinstance(page, CountingPage) and program.desk.may(Act.ENTER_SHEET):
        page.overview.act()
    program.tasks.wait_idle(60)


def _proxy_who_comes(unit: Reading) -> str:
    """The name of somebody who has not voted yet and will vote for others as well."""
    cards = (issuing.card(unit, voter.token) for voter in unit.voters())
    return next(card.voter.name for card in cards if card.ready and card.principals)


def _in_languages(program: Program, out: Path, name: str) -> Iterator[Path]:
    for language in i18n.LANGUAGES:
        program.window.speak(language)
        yield _picture(program, out / f"{name}-{language}.png")
    if name == CheckIn.duty:
        program.window.wear(Theme(DARK))
        yield _picture(program, out / f"{name}-dark.png")
        program.window.wear(Theme())


def _picture(program: Program, file: Path) -> Path:
    program.tasks.wait_idle(60)
    QApplication.processEvents()
    program.tasks.wait_idle(60)
    QApplication.processEvents()
    program.window.grab().save(str(file))
    return file
