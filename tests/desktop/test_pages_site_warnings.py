"""Warnings over the boxes of a count, on the page of the result: each is named and explained by two."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.result import ResultPage
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.domain.contests import BallotBox, BoxKind
from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.day import DayPhase
from pollstation.services import closing, mobile_boxes, opening
from pollstation.services.guards import this_day
from pollstation.services.ports import Package
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, CREW, OFFICER, WITNESS, token
from tests.desktop.day_window import DayWindow, prepared
from tests.desktop.desk_kit import visible_text
from tests.desktop.test_pages_evening import texts
from tests.station import package

SECOND = BallotBox(id="S01-M2", kind=BoxKind.MOBILE, label="3", station="S01", area="东村")
BALLOTS = {"county-1": 30, "town-1": 30}


def with_two_mobile_boxes() -> Package:
    made = package(80)
    station = msgspec.structs.replace(made.plan.station, boxes=(*made.plan.station.boxes, SECOND))
    return msgspec.structs.replace(
        made, plan=msgspec.structs.replace(made.plan, station=station, counted=(station,))
    )


@pytest.fixture
def day(qtbot: QtBot, tmp_path: Path) -> Iterator[DayWindow]:
    made = prepared(DayWindow(tmp_path, lambda desk: [ResultPage(desk)], with_two_mobile_boxes()))
    yield made
    made.close()


def poll(file: StationFile, *, served: bool = True) -> None:
    """24 voters at each of three boxes; or both mobile boxes come back as they went."""
    file.write(lambda unit: opening.seal_box(unit, BOSS, WITNESS, SECOND.id, ["0003"]))
    acts.open_day(file, 100)
    acts.vote(file, *range(1, 25))
    for box, seal, first in (("S01-M1", "0002", 25), (SECOND.id, "0003", 49)):
        carry(file, box, seal, range(first, first + 24) if served else range(0))
    acts.cancel_unused(file)
    acts.close_boxes(file)
    file.write(
        lambda unit: closing.close_box(unit, BOSS, WITNESS, SECOND.id, seals_seen=["0003"], slot_seal="9002")
    )
    file.write(lambda unit: closing.close_polling(unit, BOSS, WITNESS))


def carry(file: StationFile, box: str, seal: str, voters: range) -> None:
    """A mobile box goes out, serves those voters, and comes back."""
    file.write(
        lambda unit: mobile_boxes.dispatch(
            unit, OFFICER, WITNESS, box, crew=CREW, ballots=BALLOTS, seals_seen=[seal]
        )
    )
    for voter in voters:
        file.write(partial(mobile_boxes.serve, by=OFFICER, box=box, token=token(voter), reason="现场请求"))
    issued = file.read(lambda unit: {paper: unit.total(f"box_issued/{box}/{paper}") for paper in BALLOTS})
    blank = {paper: taken - issued[paper] for paper, taken in BALLOTS.items()}
    file.write(
        lambda unit: mobile_boxes.take_back(
            unit, OFFICER, WITNESS, box, blank=blank, spoilt={}, seals_seen=[seal]
        )
    )


def first_candidate(votes: int, sheet: CountSheet) -> Mapping[str, int]:
    """In the second mobile box the county's first candidate has ``votes``; elsewhere every vote there is."""
    figures = acts.unanimous(sheet)
    if (sheet.box, sheet.contest) == (SECOND.id, "county-1"):
        figures |= {"for/0": votes, "against/0": sheet.ballots - votes}
    return figures


def explain(day: DayWindow, said: str) -> None:
    """The first thing that is still open is the one expected; two people explain it."""
    page = day.window.page
    assert isinstance(page, ResultPage)
    assert said in texts(day.named(SimpleTable, "Still open"))[0]
    page.text.setFocus()
    day.say("compared with the paper, it is right")
    day.sign()


def propose(day: DayWindow) -> None:
    day.window.page.setFocus()
    day.enter()
    day.sign()
    assert day.read(this_day).phase is DayPhase.DETERMINED


@pytest.mark.parametrize(
    ("votes", "code", "said"),
    [
        (2, "W-208", "甲一: 2 votes on 24 ballots of box 3, but 48 on 48 in the other boxes."),
        (0, "W-209", "甲一: no vote on 24 ballots of box 3, but 48 on 48 in the others."),
    ],
)
def test_a_box_unlike_the_others_is_named_explained_and_then_proposed(
    day: DayWindow, votes: int, code: str, said: str
) -> None:
    day.play(poll)
    day.play(acts.open_boxes)
    day.play(lambda file: acts.count_everything(file, lambda sheet: dict(first_candidate(votes, sheet))))
    day.go("result")
    assert code in visible_text(day.window.page)
    explain(day, said)
    propose(day)


def test_a_box_that_was_out_and_held_nothing_is_named_explained_and_then_proposed(day: DayWindow) -> None:
    day.play(lambda file: poll(file, served=False))
    day.play(acts.open_boxes)
    day.play(acts.count_everything)
    day.go("result")
    assert "W-205" in visible_text(day.window.page)
    explain(day, "Box 2 was in use and held no ballot.")
    explain(day, "Box 3 was in use and held no ballot.")
    propose(day)


def test_many_ballots_that_did_not_come_back_are_named_beside_the_difference(day: DayWindow) -> None:
    day.play(poll)
    day.play(lambda file: acts.open_boxes(file, {("S01-F", "county-1"): 8}))
    day.play(acts.count_everything)
    day.go("result")
    explain(day, "difference +16")
    assert "W-203" in visible_text(day.window.page)
    explain(day, "Many ballots did not come back: 16 of 72 issued.")
    propose(day)
