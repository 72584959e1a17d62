"""The committee prepares the next round at the real window, by keyboard alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from pollstation.bundles.election_folder import read_folder
from pollstation.bundles.package import open_package
from pollstation.cli import pollstation
from pollstation.desktop.pages.next_round import NextRound
from pollstation.desktop.pages.next_round_law import LawView
from pollstation.desktop.program import Program
from pollstation.domain.contests import Contest
from pollstation.domain.next_round import Choice
from pollstation.domain.write_ins import WriteIns
from pollstation.i18n import _
from pollstation.services.consolidating import Consolidated, consolidate
from tests.desktop.desk_kit import visible_text
from tests.desktop.hands import Hands, Keyboard, Mouse
from tests.services.test_consolidating import OWN, bundle, totals

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What lies on the committee's table after a first ballot without enough winners."""
    out = tmp_path_factory.mktemp("next") / "out"
    scenario = TOP / "resources" / "rehearsals" / "fresh-election.toml"
    result = CliRunner().invoke(pollstation, ["rehearse", str(scenario), "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    return out


def give(hands: Hands, out: Path, *bundles: Path, day: str) -> None:
    """Fill in the first step."""
    hands.fill(_("The committee's folder"), str(out / "committee"))
    hands.fill(_("Result bundles"), "; ".join(map(str, bundles)))
    hands.fill(_("Root certificate of the committee"), str(out / "committee-root.pem"))
    hands.fill(_("Day of the next round"), day)
    hands.enter()


def counted(out: Path) -> list[Path]:
    return sorted((out / "bundles").glob("*-counting.zip"))


@pytest.mark.parametrize(("kind", "language"), [(Keyboard, "zh_CN"), (Mouse, "en")])
def test_from_the_first_page_to_the_packages(
    kind: type[Hands], language: str, program: Program, played: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program.window.speak(language)
    hands = kind(qtbot, program)
    hands.press(_("Prepare the next round"))
    day = read_folder(played / "committee")[0].election.day.isoformat()
    give(hands, played, *counted(played), day=day)
    page = program.next_round
    assert isinstance(page, NextRound)
    assert hands.main == _("Write the folder")
    assert hands.sees("丙")
    hands.mark(_("Contests"), "town-2")
    assert hands.sees("壬")
    hands.read_everything()
    hands.fill(_("New folder"), str(tmp_path / "second"))
    hands.enter()
    assert hands.main == _("Build the packages")
    assert hands.sees(str(tmp_path / "second"))
    words = json.loads((played / "passphrases.json").read_text("utf-8"))["committee"]["key"]
    hands.fill(_("The committee's key"), str(played / "committee-key" / "committee-key.pem"))
    hands.fill(_("Passphrase of the committee's key"), words)
    hands.read_everything()
    hands.enter()
    assert "3" in hands.strip
    assert page.passphrase.text() == ""
    assert program.window.page is program.start
    prepared = read_folder(tmp_path / "second")[0]
    assert [(each.round, each.seats, each.candidates) for each in prepared.contests] == [
        ("fresh", 1, ("丙", "丁")),
        ("revote", 1, ("辛", "壬")),
    ]
    packages = tmp_path / "second-packages"
    lines = (packages / "passphrases.csv").read_text("utf-8-sig").split()[1:]
    secrets = dict(line.split(",") for line in lines)
    assert sorted(secrets) == ["C1", "S01", "S02"]
    package = packages / f"{prepared.election.id}-S01.package.zip"
    opened = open_package(package.read_bytes(), secrets["S01"], (played / "committee-root.pem").read_bytes())
    assert opened.plan.contests == prepared.contests
    assert hands.strange == set()


def test_what_is_wrong_is_said_and_nothing_is_lost(
    program: Program, played: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    hands = Keyboard(qtbot, program)
    hands.press("Prepare the next round")
    give(hands, played, counted(played)[0], day="tomorrow")
    assert hands.sees("tomorrow is no date.")
    hands.fill("Day of the next round", "2020-01-01")
    hands.enter()
    assert hands.sees("P-301")
    hands.fill("Result bundles", "; ".join(map(str, counted(played))))
    hands.enter()
    hands.fill("New folder", str(tmp_path / "second"))
    hands.enter()
    assert hands.sees("P-321")
    assert not (tmp_path / "second").exists()
    hands.key(Qt.Key.Key_Escape)
    assert hands.main == "Check the bundles"
    assert hands.field("Result bundles").text().endswith(counted(played)[-1].name)
    hands.key(Qt.Key.Key_Escape)
    assert program.window.page is program.start


class AtLaw:
    """The second step alone, over a made-up result."""

    def __init__(self, qtbot: QtBot, contest: Contest, figures: dict[str, int], names: WriteIns) -> None:
        self.whole: Consolidated = consolidate([bundle("C1", figures, contest, names={contest.id: names})])
        self.view = LawView()
        qtbot.addWidget(self.view)
        self.view.resize(1000, 600)
        with qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()
        self.view.show_result(self.whole)
        QApplication.processEvents()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.view, key)
        QApplication.processEvents()

    @property
    def ticks(self) -> list[QCheckBox]:
        return [each for each in self.view.findChildren(QCheckBox) if each.isVisible()]


def test_among_equal_votes_the_committee_ticks_who_stands(qtbot: QtBot) -> None:
    figures = totals("town-1", 20, 10, write_ins={"己": 10, "庚": 10})
    at = AtLaw(qtbot, OWN, figures, WriteIns(eligible={"己": True, "庚": True}))
    assert "Fresh election for one seat" in visible_text(at.view)
    assert [each.text() for each in at.ticks] == ["戊", "己", "庚"]
    assert at.view.choices() == {}
    at.view.setFocus()
    for _tab in range(10):
        if QApplication.focusWidget() in at.ticks:
            break
        at.key(Qt.Key.Key_Tab)
    at.key(Qt.Key.Key_Tab)
    at.key(Qt.Key.Key_Space)
    assert at.view.choices() == {"town-1": Choice(candidates=("丁", "己"))}
    at.key(Qt.Key.Key_Space)
    assert at.view.choices() == {"town-1": Choice()}


def test_where_the_basis_decides_the_committee_chooses_it(qtbot: QtBot) -> None:
    figures = totals("town-1", 30, 12) | {"collected/town-1": 58, "valid/town-1": 58}
    at = AtLaw(qtbot, OWN, figures, WriteIns())
    assert at.view.basis.isVisible()
    assert "depends on which ballots" in visible_text(at.view)
    at.view.basis.setFocus()
    at.key(Qt.Key.Key_Down)
    assert at.view.choices() == {"town-1": Choice(basis="issued")}
    assert "fresh election" in at.view.banner.sentence
    at.key(Qt.Key.Key_Down)
    assert at.view.choices() == {"town-1": Choice(basis="collected")}
    assert "All seats are filled" in at.view.banner.sentence


def test_a_name_not_yet_judged_holds_everything_up(qtbot: QtBot) -> None:
    at = AtLaw(qtbot, OWN, totals("town-1", 20, 10, write_ins={"己": 15}), WriteIns())
    assert "己" in visible_text(at.view)
    assert at.ticks == []
