"""A small day at the real window, from the first start to a bundle that a stranger can check."""

import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pollstation import i18n, paths
from pollstation.bundles.result_bundle import BundleReport, verify_bundle
from pollstation.desktop.program import Program
from pollstation.domain.errors import Code
from pollstation.i18n import _
from pollstation.wording import sentence
from tests.desktop.hands import Hands, Keyboard, Mouse
from tests.desktop.small_day import COUNTERS, COUNTY, OFFICER, RECEIVED, SHEETS, SUPERVISOR, TOWN, SmallDay
from tests.desktop.small_place import SmallPlace

UNUSED = {COUNTY: RECEIVED - 8 - 1, TOWN: RECEIVED - 8}
CHECK = Path(__file__).resolve().parents[2] / "installers" / "check-bundle"


@pytest.fixture
def place(tmp_path: Path) -> SmallPlace:
    """The committee's envelope."""
    return SmallPlace(tmp_path)


def live(day: SmallDay, folder: Path) -> Path:
    """The whole day; the answer is the bundle."""
    voters = day.place.voters
    day.load_package()
    day.open()
    day.authorise(voters[5], voters[4], "2026-01")
    day.authorise(voters[6], voters[4], "2026-02")
    day.change_to(OFFICER)
    day.hands.go("check-in")
    day.check_in(voters[0], voters[0].name)
    day.check_in(voters[1], "dzh")
    day.scan(voters[2])
    day.scan(voters[3])
    day.replace_spoilt(COUNTY)
    day.hold_proxies(voters[4], ["P-0001", "P-0002"])
    day.visit(voters[7])
    day.change_to(SUPERVISOR)
    day.close(UNUSED)
    day.open_boxes()
    day.enter_sheets(COUNTERS[0])
    day.enter_sheets(COUNTERS[1], misread=True)
    day.approve_sheets()
    day.propose()
    return day.hand_over(folder)


def check(bundle: Path, place: SmallPlace) -> BundleReport:
    """As a stranger checks it: with public tools, then with pollstation."""
    subprocess.run([CHECK, bundle, place.root], check=True, capture_output=True)
    return verify_bundle(bundle.read_bytes(), place.root.read_bytes(), bundle.name)


def what_was_done() -> dict[str, int]:
    """The totals of the day as it was clicked and typed, contest by contest."""
    totals = {
        "registered": 12,
        "participants/in_person": 5,
        "participants/proxy": 2,
        "participants/mobile": 1,
    }
    totals |= {f"spoilt/{COUNTY}": 1, f"replaced/{COUNTY}": 1}
    for contest in (COUNTY, TOWN):
        sheets = [read for (_box, of), read in SHEETS.items() if of == contest]
        totals |= {
            f"received/{contest}": RECEIVED,
            f"marked/{contest}": 8,
            f"issued/{contest}/in_person": 5,
            f"issued/{contest}/proxy": 2,
            f"issued/{contest}/mobile": 1,
            f"unused/{contest}": UNUSED[contest],
            f"collected/{contest}": 8,
            f"valid/{contest}": sum(valid for _figures, valid, _void in sheets),
            f"void/{contest}": sum(void for _figures, _valid, void in sheets),
        }
        for place, figure in enumerate(("for", "against", "abstain")):
            for candidate in range(len(sheets[0][0]) // 3):
                votes = sum(figures[3 * candidate + place] for figures, _valid, _void in sheets)
                totals[f"{figure}/{contest}/{candidate}"] = votes
    return totals


@pytest.mark.parametrize(("hands", "language"), [(Mouse, "en"), (Keyboard, "zh_CN")])
def test_a_small_day_is_done_from_sign_in_to_a_bundle_that_checks(
    qtbot: QtBot, tmp_path: Path, place: SmallPlace, program: Program, hands: type[Hands], language: str
) -> None:
    program.window.speak(language)
    (tmp_path / "usb").mkdir()
    day = SmallDay(hands(qtbot, program), place)
    report = check(live(day, tmp_path / "usb"), place)
    done = what_was_done()
    assert {name: report.totals.get(name, 0) for name in done} == done
    assert report.outcomes == {COUNTY: "ELECTED", TOWN: "ELECTED"}
    assert (report.station, report.explained, day.hands.strange) == ("S01", [], set())


@pytest.fixture(params=[Mouse, Keyboard])
def day(request: pytest.FixtureRequest, qtbot: QtBot, program: Program, place: SmallPlace) -> SmallDay:
    """Nothing has been done yet."""
    return SmallDay(request.param(qtbot, program), place)


def test_a_wrong_passphrase_and_a_foreign_file_are_refused_and_leave_nothing_behind(
    day: SmallDay, place: SmallPlace
) -> None:
    hands = day.hands
    hands.press(_("Load an election package"))
    day.try_package(place.package, "not the passphrase")
    assert hands.sees(sentence(Code.PACKAGE_WRONG_PASSPHRASE, {"file": place.package.name})[0])
    assert hands.focus is hands.field(_("Passphrase of the station"))
    day.try_package(place.root, place.passphrase)
    assert hands.sees(sentence(Code.SEAL_NOT_ZIP, {"file": place.root.name})[0])
    day.try_package(place.root.with_name("nowhere.zip"), place.passphrase)
    assert hands.sees(sentence(Code.FILE_MISSING, {"file": "nowhere.zip"})[0])
    assert list(paths.days().iterdir()) == []
    day.try_package(place.package, place.passphrase)
    assert day.at_sign_in()


def test_a_lock_in_the_middle_of_a_word_loses_nothing_of_it(day: SmallDay, place: SmallPlace) -> None:
    hands = day.hands
    day.load_package()
    day.look_around()
    hands.fill(_("Numbers of its seals"), "00")
    hands.press(_("Lock"))
    assert not hands.sees(_("Numbers of its seals"))
    hands.fill(_("Passphrase"), "guess")
    hands.press(_("Unlock"))
    hands.fill(_("Passphrase"), place.envelopes[SUPERVISOR])
    hands.press(_("Unlock"))
    assert hands.focus is hands.field(_("Numbers of its seals"))
    hands.type("01")
    hands.press(_("Seal the box"))
    day.witness()
    assert hands.sees("0001")


def test_the_language_changes_in_the_middle_of_the_work(day: SmallDay) -> None:
    hands = day.hands
    day.load_package()
    day.look_around()
    hands.fill(_("Numbers of its seals"), "00")
    hands.key(Qt.Key.Key_F9)
    hands.read_everything()
    assert i18n.language() == "zh_CN"
    assert hands.focus is hands.field(_("Numbers of its seals"))
    hands.type("01")
    hands.press(_("Seal the box"))
    hands.read_everything()
    day.witness()
    day.change_to(OFFICER)
    assert hands.strange == set()
    assert hands.sees("0001")
