"""Count sheets measured: a field stored, a thousand sheets compared and judged, a thousand printed."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import click
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pollstation.bench.measuring import raw_commits, seconds, spread
from pollstation.documents import fonts, make, sheet_filling
from pollstation.domain.boxes import Box, box_stream
from pollstation.domain.contests import Level
from pollstation.domain.count_sheets import CountSheet
from pollstation.i18n import _
from pollstation.rehearsal.irregularities import Mischief
from pollstation.rehearsal.place import COUNTERS, Place, RehearsalClock
from pollstation.rehearsal.polling import PollingDay
from pollstation.rehearsal.scenario import ContestFigures, Scenario, StationFigures
from pollstation.rehearsal.world import World, orders
from pollstation.services import counting, counting_site
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.workplace import Workplace

SHEETS, FIELDS, PAGES = 1_000, 1_000, 1_000
CANDIDATES = tuple("甲乙丙丁戊己庚辛壬癸子丑")
WORDS, ROWS = 6, 20
"""A bare page holds about as many words and rules as a count sheet of twelve candidates."""


def sheets(folder: Path) -> dict[str, object]:
    """One box of a thousand ballots, each a batch of its own, on sheets of twelve candidates."""
    click.echo(_("Count sheets …"), err=True)
    out = folder / "sheets"
    out.mkdir()
    place = _counting_place(out)
    planned = place.ask(counting.sheets)
    stored, bare = _fields_stored(place, planned, raw_commits(out / "raw.sqlite"))
    place.workplace.write(partial(_enter_everything, place=place, planned=planned))
    compared = seconds(lambda: place.ask(_compared))
    filled = place.ask(lambda unit: sheet_filling.count_sheets(unit, counting.sheets(unit)))[:PAGES]
    bare_pages = PAGES / seconds(_bare_pages)
    pages = len(filled) / seconds(lambda: make(("zh_CN",), *filled))
    place.workplace.close()
    return {
        "field_stored": spread(stored),
        "raw_commit": spread(bare),
        "stored_ratio": round(sum(bare) / sum(stored), 2),
        "compared": len(planned),
        "compared_seconds": round(compared, 3),
        "pages_per_second": round(pages),
        "bare_pages_per_second": round(bare_pages),
        "pages_ratio": round(pages / bare_pages, 2),
    }


def _counting_place(out: Path) -> Place:
    """A station that has voted, its only box open and laid out in batches of one ballot."""
    figures = ContestFigures(
        id="county-1",
        level=Level.COUNTY,
        seats=2,
        candidates=CANDIDATES,
        votes=dict.fromkeys(CANDIDATES[:2], SHEETS),
    )
    station = StationFigures(id="S01", voters=SHEETS, contests=("county-1",), in_person=SHEETS)
    scenario = Scenario(title="bench", profile="npc-2020", seed=1, contests=(figures,), stations=(station,))
    world = World(orders(scenario, out))
    clock = RehearsalClock(world.day)
    workplace = Workplace.prepare(
        out / "station", world.package("S01"), world.passphrase("S01"), world.root_certificate, clock
    )
    place = Place(workplace, clock, scenario)
    PollingDay(place, station, Mischief([]), ()).play()
    place.sign_in(*COUNTERS)
    place.do(counting_site.start_count, *place.two)
    box = place.plan.fixed_box.id
    seals = place.ask(lambda unit: unit.state(box_stream(box), Box)).seals
    place.do(counting_site.open_box, *place.two, box, seals_seen=seals)
    place.do(counting_site.count_box, *place.two, box, {"county-1": SHEETS}, 1)
    return place


def _figures(sheet: CountSheet) -> dict[str, int]:
    """Everybody votes for the first two and against the others."""
    columns = {f"{'for' if n < 2 else 'against'}/{n}": 1 for n in range(sheet.candidates)}
    return dict.fromkeys(sheet.missing({}), 0) | columns | {"valid": 1}


def _fields_stored(
    place: Place, planned: list[CountSheet], commit: Callable[[], None]
) -> tuple[list[float], list[float]]:
    """Field by field as a counter leaves them, beside raw one-row commits, turn by turn."""
    first = place.who(COUNTERS[0])
    fields = [(sheet.id, name, count) for sheet in planned for name, count in _figures(sheet).items()]
    stored, bare = [], []
    for sheet, name, count in fields[:FIELDS]:
        bare.append(seconds(commit))
        stored.append(seconds(partial(place.do, counting.enter, first, sheet, {name: count})))
    return stored, bare


def _enter_everything(unit: UnitOfWork, place: Place, planned: list[CountSheet]) -> None:
    """Both readings of every sheet; one in twenty differs in one field."""
    for at, sheet in enumerate(planned):
        for counter in COUNTERS:
            slip = {"abstain/11": 1} if at % 20 == 0 and counter == COUNTERS[1] else {}
            counting.enter(unit, place.who(counter), sheet.id, _figures(sheet) | slip)
            counting.complete(unit, place.who(counter), sheet.id)


def _compared(unit: Reading) -> int:
    """What the supervisor's list needs: every sheet's differences and findings, read from the file."""
    differing = sum(bool(sheet.open_differences) for sheet in counting.sheets(unit))
    return differing + len(counting.survey(unit))


def _bare_pages() -> None:
    """The same number of pages by reportlab alone: words in the middle of ruled cells."""
    fonts.load()
    canvas = Canvas(BytesIO(), pagesize=A4, invariant=1)
    width, height = A4[0] / WORDS, A4[1] / (ROWS + 2)
    for page in range(PAGES):
        for row in range(ROWS):
            top = A4[1] - (row + 1) * height
            canvas.setLineWidth(0.6)
            canvas.rect(0, top - height, A4[0], height)
            for column in range(WORDS):
                canvas.setFont(fonts.BOLD if column % 2 else fonts.REGULAR, 11)
                canvas.drawCentredString(
                    (column + 0.5) * width, top - height / 2, f"{CANDIDATES[column]}{page}"
                )
                canvas.line(column * width, top, column * width, top - height)
        canvas.showPage()
    canvas.save()
