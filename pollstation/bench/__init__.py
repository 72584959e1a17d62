"""``pollstation bench``: measured speed, each figure beside a bare baseline of the same run.

What counts is the ratio: a machine that is busy or slow is so for both. Nothing here is ever asserted.
"""

import compileall
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import click

from pollstation.bench.measuring import raw_commits as _raw_commits
from pollstation.bench.measuring import seconds as _seconds
from pollstation.bench.measuring import spread as _spread
from pollstation.bench.sheets import sheets
from pollstation.bundles.result_bundle import verify_bundle
from pollstation.domain.contests import Level
from pollstation.domain.register import Voter
from pollstation.i18n import N_, _
from pollstation.rehearsal.irregularities import Mischief
from pollstation.rehearsal.place import OFFICER, Place, RehearsalClock
from pollstation.rehearsal.playing import rehearse
from pollstation.rehearsal.polling import OPENS, PollingDay
from pollstation.rehearsal.scenario import ContestFigures, Scenario, StationFigures
from pollstation.rehearsal.world import World, orders
from pollstation.services import issuing, journal_reading, tracing, turnout
from pollstation.services.ports import UnitOfWork
from pollstation.workplace import Workplace

ISSUES, SEARCHES, WINDOWS, READS = 1_000, 1_000, 5, 10

_BARE_WINDOW = """
import time
from PySide6.QtWidgets import QApplication, QWidget
class Bare(QWidget):
    def paintEvent(self, event):
        print(time.time(), flush=True)
        QApplication.quit()
app = QApplication([])
window = Bare()
window.resize(1366, 768)
window.show()
app.exec()
"""
_OUR_WINDOW = "from pollstation.desktop.program import show_first_paint; show_first_paint()"


@click.command(help=N_("Measure speed and memory against bare baselines and print the figures as JSON."))
@click.option(
    "--voters", default=100_000, show_default=True, help=N_("Size of the large register."), type=int
)
def bench(voters: int) -> None:
    """Measure everything and print one JSON object."""
    with tempfile.TemporaryDirectory(prefix="pollstation-bench-", dir=Path.cwd()) as folder:
        figures = {
            "check_in": [_check_in(size, Path(folder)) for size in (1_000, voters)],
            "long_day": _long_day(voters, Path(folder)),
            "first_window": _first_window(),
            "verify": _verify(Path(folder)),
            "sheets": sheets(Path(folder)),
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    click.echo(json.dumps(figures, ensure_ascii=False, indent=1))


def _check_in(voters: int, folder: Path) -> dict[str, object]:
    """Durable issues beside raw one-row commits, turn by turn; then searches."""
    click.echo(_("Check-in with {voters} voters …", voters=voters), err=True)
    out = folder / f"register-{voters}"
    out.mkdir()
    scenario = _scenario(voters, min(voters, ISSUES))
    began = time.perf_counter()
    place, register = _open_station(scenario, out)
    loaded = time.perf_counter() - began
    raw = _raw_commits(out / "raw.sqlite")
    officer = place.who(OFFICER)
    issued, bare = [], []
    for voter in random.Random(1).sample(register, min(voters, ISSUES)):
        bare.append(_seconds(raw))
        issued.append(_seconds(partial(place.do, issuing.issue_ballots, officer, voter.token)))
    searches = [_seconds(partial(place.ask, issuing.find, text)) for text in _typed(register)]
    place.workplace.close()
    return {
        "voters": voters,
        "load_seconds": round(loaded, 1),
        "issue": _spread(issued),
        "raw_commit": _spread(bare),
        "issues_per_second": round(len(issued) / sum(issued)),
        "raw_commits_per_second": round(len(bare) / sum(bare)),
        "ratio": round(sum(bare) / sum(issued), 2),
        "search": _spread(searches),
    }


def _long_day(voters: int, folder: Path) -> dict[str, object]:
    """Nine voters of ten came: reading their journal, and check-ins while somebody reads without a pause."""
    click.echo(_("Journal of {voters} voters …", voters=voters), err=True)
    out = folder / "long-day"
    out.mkdir()
    place, register = _open_station(_scenario(voters, voters), out)
    officer, (boss, _witness) = place.who(OFFICER), place.two

    def issue(unit: UnitOfWork, some: Sequence[Voter]) -> None:
        for voter in some:
            issuing.issue_ballots(unit, officer, voter.token)

    came = len(register) * 9 // 10
    for at in range(0, came, 1_000):
        place.do(issue, register[at : min(at + 1_000, came)])
    later = iter(register[came:])
    equation = "stock/county-1"
    study = place.workplace.study
    reads: dict[str, Callable[[], object]] = {
        "page": partial(place.ask, journal_reading.journal, boss),
        "trace": partial(study, lambda unit: tracing.trace(unit, boss, equation)),
        "groups": partial(study, lambda unit: turnout.GroupKeeper(unit).lines()),
    }
    figures = {name: _spread([_seconds(read) for _turn in range(READS)]) for name, read in reads.items()}

    def check_ins() -> list[float]:
        some = islice(later, min(ISSUES, (len(register) - came) // 2))
        return [_seconds(partial(place.do, issuing.issue_ballots, officer, voter.token)) for voter in some]

    alone = _spread(check_ins())
    with _reading([reads["trace"], reads["groups"]]):
        beside = _spread(check_ins())
    place.workplace.close()
    return {
        "entries": came,
        **figures,
        "issue": alone,
        "issue_while_reading": beside,
        "ratio_of_p99": round(beside["p99_ms"] / alone["p99_ms"], 2),
    }


@contextmanager
def _reading(reads: Sequence[Callable[[], object]]) -> Iterator[None]:
    """Somebody reads one thing after another."""
    enough = threading.Event()

    def read() -> None:
        for each in cycle(reads):
            each()
            if enough.is_set():
                return

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield
    finally:
        enough.set()
        reader.join()


def _scenario(voters: int, in_person: int) -> Scenario:
    contests = ("county-1", "town-1")
    return Scenario(
        title="bench",
        profile="npc-2020",
        seed=1,
        contests=tuple(
            ContestFigures(
                id=contest,
                level=level,
                seats=2,
                candidates=("甲", "乙", "丙"),
                votes={"甲": in_person, "乙": in_person * 2 // 3},
            )
            for contest, level in zip(contests, (Level.COUNTY, Level.TOWNSHIP), strict=True)
        ),
        stations=(StationFigures(id="S01", voters=voters, contests=contests, in_person=in_person),),
    )


def _open_station(scenario: Scenario, out: Path) -> tuple[Place, Sequence[Voter]]:
    world = World(orders(scenario, out))
    station = scenario.stations[0]
    clock = RehearsalClock(world.day)
    passphrase = world.passphrase(station.id)
    workplace = Workplace.prepare(
        out / "station", world.package(station.id), passphrase, world.root_certificate, clock
    )
    place = Place(workplace, clock, scenario)
    PollingDay(place, station, Mischief([]), ()).play(until=OPENS)
    return place, place.ask(lambda unit: unit.voters())


def _typed(register: Sequence[Voter]) -> list[str]:
    """What officers type: names, their beginnings, card numbers, last digits, two or three letters."""
    chance = random.Random(2)
    letters = "abcdefghjklmnpqrstwxyz"
    texts = []
    for voter in chance.choices(register, k=SEARCHES):
        texts.append(
            chance.choice(
                (
                    voter.name,
                    voter.name[:2],
                    voter.card,
                    voter.id_number[-4:],
                    "".join(chance.choices(letters, k=chance.choice((2, 3)))),
                )
            )
        )
    return texts


def _first_window() -> dict[str, object]:
    """From the start of the process to the first paint: a bare PySide6 window and ours, in turn."""
    click.echo(_("First window …"), err=True)
    # as an installed program has it: compiled once, not at every start
    compileall.compile_dir(Path(__file__).parent.parent, quiet=2)
    bare, ours = [], []
    for _turn in range(WINDOWS + 1):
        bare.append(_until_painted(_BARE_WINDOW))
        ours.append(_until_painted(_OUR_WINDOW))
    bare, ours = bare[1:], ours[1:]
    return {
        "bare_seconds": round(statistics.median(bare), 3),
        "seconds": round(statistics.median(ours), 3),
        "ratio": round(statistics.median(ours) / statistics.median(bare), 2),
    }


def _until_painted(code: str) -> float:
    platform = {} if os.environ.get("DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"}
    began = time.time()
    painted = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **platform},
        capture_output=True,
        check=True,
        text=True,
    )
    return float(painted.stdout.split()[0]) - began


def _verify(folder: Path) -> dict[str, object]:
    """A counting bundle of a whole day with a thousand voters, verified five times."""
    click.echo(_("Verify …"), err=True)
    out = folder / "day"
    document = rehearse(_scenario(1_000, 900), out, lambda _text: None)
    root = (out / str(document["trust_root"])).read_bytes()
    data = next((out / "bundles").glob("*counting.zip")).read_bytes()
    report = verify_bundle(data, root)
    times = [_seconds(partial(verify_bundle, data, root)) for _turn in range(5)]
    return {"entries": report.entries, "bytes": len(data), "seconds": round(statistics.median(times), 3)}
