"""A counting site with two stations, through the window and by keyboard alone, from bundles to its own."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from pollstation.bundles.result_bundle import verify_bundle
from pollstation.desktop.pages.closing import ClosingPage
from pollstation.desktop.pages.counting import CountingPage
from pollstation.desktop.pages.handing_over import HandingOverPage
from pollstation.desktop.pages.result import ResultPage
from pollstation.desktop.widgets.simple_table import SimpleTable
from pollstation.desktop.widgets.witness_dialog import WitnessDialog
from pollstation.domain.boxes import Box, BoxState, box_stream
from pollstation.domain.count_sheets import Phase
from pollstation.domain.day import DayPhase
from pollstation.domain.errors import Code
from pollstation.services import counting, counting_site
from pollstation.services.guards import this_day
from pollstation.wording import sentence
from tests import acts
from tests.desktop.counting_places import CountingPlaces
from tests.desktop.day_window import DayWindow, prepared
from tests.desktop.desk_kit import visible_text
from tests.desktop.test_pages_evening import texts
from tests.station import package

BOXES = ("S01-F", "S01-M1", "S02-F")


@pytest.fixture
def places(tmp_path: Path) -> CountingPlaces:
    return CountingPlaces(tmp_path)


@pytest.fixture
def site(qtbot: QtBot, tmp_path: Path, places: CountingPlaces) -> Iterator[DayWindow]:
    (tmp_path / "C1").mkdir()
    made = DayWindow(
        tmp_path / "C1",
        lambda desk: [CountingPage(desk), ResultPage(desk), HandingOverPage(desk)],
        places.package("C1"),
        places.words_of,
    )
    made.play(places.begin)
    made.sign_in("supervisor-01")
    yield made
    made.close()


def box(day: DayWindow, name: str) -> Box:
    return day.read(lambda unit: unit.state(box_stream(name), Box))


def choose(day: DayWindow, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """F4, and that file in the dialog of the system."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_asked: (str(path), ""))
    day.press(Qt.Key.Key_F4)


def asked_to_sign(day: DayWindow) -> bool:
    return any(one.isVisible() for one in day.window.findChildren(WitnessDialog))


def take_in(day: DayWindow, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    choose(day, monkeypatch, path)
    assert asked_to_sign(day)
    day.sign()


def test_bundles_that_are_damaged_foreign_known_or_superseded_are_refused_before_anybody_signs(
    site: DayWindow, places: CountingPlaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    station = places.poll("S02")
    first, later = places.bundle(station), places.bundle(station)
    station.workplace.close()
    elsewhere = places.another_election()
    stranger = elsewhere.poll("S02")
    foreign = elsewhere.bundle(stranger)
    stranger.workplace.close()
    damaged = places.folder / "damaged.zip"
    damaged.write_bytes(first.read_bytes()[:-40_000])
    site.go("count")
    for path, code in (
        (damaged, Code.SEAL_NOT_ZIP),
        (foreign, Code.SEAL_SIGNER_UNKNOWN),
        (places.folder / "nowhere.zip", Code.FILE_OUT_OF_REACH),
    ):
        choose(site, monkeypatch, path)
        assert not asked_to_sign(site), path.name
        assert sentence(code, {"file": path.name})[1] in site.strip
    take_in(site, monkeypatch, first)
    assert "The bundle is taken in" in site.strip
    choose(site, monkeypatch, first)
    assert site.window.strip.property("kind") == "wrong"
    assert not asked_to_sign(site)
    take_in(site, monkeypatch, later)
    entries = len(site.read(lambda unit: unit.entries()))
    choose(site, monkeypatch, first)
    site.sign()
    assert site.strip.startswith("A later bundle of station S02 has been taken in already.")
    assert len(site.read(lambda unit: unit.entries())) == entries
    stations = texts(site.named(SimpleTable, "Stations counted here"))
    assert [line.split()[-2:] for line in stations] == [["投票站", "missing"], ["taken", "in"]]


def test_two_stations_are_counted_from_their_bundles_to_that_of_the_site(
    site: DayWindow, places: CountingPlaces, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site.go("count")
    for name in ("S01", "S02"):
        station = places.poll(name)
        take_in(site, monkeypatch, places.bundle(station))
        if name == "S02":  # it found something to correct
            take_in(site, monkeypatch, places.bundle(station))
        station.workplace.close()
    receive_boxes(site, places)
    site.window.page.setFocus()
    site.enter()
    site.sign()
    assert site.read(this_day).phase is DayPhase.COUNTING
    open_boxes(site, places)
    count_boxes(site, places)
    enter_and_approve(site)
    site.go("result")
    assert "Elected: 甲, 乙" in visible_text(site.window.page)
    site.window.page.setFocus()
    site.enter()
    site.sign()
    assert site.read(this_day).phase is DayPhase.DETERMINED
    (tmp_path / "usb").mkdir()
    site.go("hand-over")
    site.named(QLineEdit, "Folder to write to, best on a USB drive").setFocus()
    site.press(Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    site.write(str(tmp_path / "usb"))
    site.enter()
    site.sign()
    (bundle,) = (tmp_path / "usb").glob("*.zip")
    report = verify_bundle(bundle.read_bytes(), places.root, bundle.name)
    assert report.stations == ["C1", "S01", "S02"]
    assert report.outcomes == {"county-3": "ELECTED", "town-1": "ELECTED"}
    assert (report.totals["collected/county-3"], report.totals["collected/town-1"]) == (14, 8)


def receive_boxes(site: DayWindow, places: CountingPlaces) -> None:
    """All arrive; the number of a seal differs on one, which two people explain before anything else."""
    for name in BOXES:
        assert site.focus.accessibleName() == "Seal numbers read on the box", name
        seals = list(places.seals[name])
        if name == "S01-M1":
            seals[0] = "7777"
        site.say(" ".join(seals))
        site.sign()
        if name == "S01-M1":
            assert "seal numbers differ" in "\n".join(texts(site.named(SimpleTable, "Boxes")))
            assert site.focus.accessibleName() == "Explanation"
            site.say("two digits were exchanged in the record")
            site.sign()
            assert box(site, name).explained == ("seal-differs",)
    assert {box(site, name).state for name in BOXES} == {BoxState.ARRIVED}


def open_boxes(site: DayWindow, places: CountingPlaces) -> None:
    """All are opened together before any is counted."""
    table = site.named(SimpleTable, "Boxes")
    for place, name in enumerate(BOXES):
        table.setCurrentCell(place, 0)
        site.named(QLineEdit, "Seal numbers read on the box").setFocus()
        site.say(" ".join(box(site, name).seals))
        site.sign()
    assert {box(site, name).state for name in BOXES} == {BoxState.OPENED}


def count_boxes(site: DayWindow, places: CountingPlaces) -> None:
    """Ballots of two levels from one box go to their contests; what the box cannot hold is not asked for."""
    assert site.focus.accessibleName().startswith("县级")
    for name in (BOXES[-1], *BOXES[:-1]):
        held = places.ballots[name]
        for contest, count in held.items():
            assert site.focus.accessibleName().startswith(("县级", "乡级")), (name, contest)
            site.say(str(count))
        site.sign()
        assert box(site, name).counted == dict(held)
    assert not [one for one in site.window.page.findChildren(QLineEdit) if one.isVisible()]
    sheets = {(one.box, one.contest): one.ballots for one in site.read(counting.sheets)}
    assert sheets == {(name, paper): n for name, held in places.ballots.items() for paper, n in held.items()}


def enter_and_approve(site: DayWindow) -> None:
    """Two counters enter every sheet, a supervisor and a scrutineer approve it."""
    for person in ("counter-01", "counter-02"):
        site.sign_in(person)
        site.go("count")
        for one in site.read(counting.sheets):
            site.window.page.setFocus()
            site.enter()
            figures = acts.unanimous(one)
            site.say(*(str(figures[name]) for name in one.missing({})))
            site.press(Qt.Key.Key_Return, held=Qt.KeyboardModifier.ControlModifier)
    site.sign_in("supervisor-01")
    for _sheet in site.read(counting.sheets):
        site.window.page.setFocus()
        site.enter()
        site.enter()
        site.sign()
    assert {one.phase for one in site.read(counting.sheets)} == {Phase.APPROVED}


def test_a_count_does_not_begin_before_the_last_bundle_and_no_box_is_opened_before_it_arrived(
    site: DayWindow, places: CountingPlaces, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.go("count")
    station = places.poll("S02")
    take_in(site, monkeypatch, places.bundle(station))
    station.workplace.close()
    page = site.window.page
    assert isinstance(page, CountingPage)
    assert not page.overview.main.isVisible()
    assert "bundle not here yet" in "\n".join(texts(site.named(SimpleTable, "Boxes")))
    assert [line.box.id for line in site.read(counting_site.boxes) if line.state.state is BoxState.MOVED] == [
        "S02-F"
    ]


def test_a_station_that_does_not_count_hands_its_boxes_on_before_its_bundle(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = package()
    station = msgspec.structs.replace(made.plan.station, counts=())
    plan = msgspec.structs.replace(made.plan, station=station, counted=())
    given = msgspec.structs.replace(made, plan=plan)
    day = prepared(DayWindow(tmp_path, lambda desk: [ClosingPage(desk), HandingOverPage(desk)], given))
    day.play(acts.open_day)
    day.play(lambda file: acts.vote(file, 1, 2, 3))
    day.play(acts.close_day)
    day.go("hand-over")
    day.named(QLineEdit, "Folder to write to, best on a USB drive").setFocus()
    day.press(Qt.Key.Key_A, held=Qt.KeyboardModifier.ControlModifier)
    day.write(str(tmp_path))
    day.enter()
    day.sign()
    assert day.strip.startswith("Box 1 is still here, but it is counted elsewhere.")
    day.go("close")
    day.named(QLineEdit, "Seal numbers read on the box").setFocus()
    day.say("0001 9000")
    day.sign()
    assert box(day, "S01-F").state is BoxState.MOVED
    day.close()
