"""A village's result on the screen: two bases, and posts that depend on one another."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from pollstation.desktop.pages.result import ResultPage
from pollstation.desktop.tasks import Tasks
from pollstation.domain.count_sheets import CountSheet
from pollstation.services import closing
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, WITNESS
from tests.desktop.desk_kit import AtWork, visible_text
from tests.station import village


def one_ballot_lost(file: StationFile) -> None:
    """18 came, 17 ballots for the chair were found, 9 of them for 甲一: half of 18, most of 17."""
    acts.open_day(file)
    acts.vote(file, *range(1, 19))
    acts.close_day(file)
    acts.open_boxes(file, {("S01-F", "chair"): 17})
    acts.count_everything(file, figures)
    file.write(lambda unit: closing.explain(unit, BOSS, WITNESS, "collected/chair/S01-F", "一张未投入"))
    acts.propose(file)


def figures(sheet: CountSheet) -> dict[str, int]:
    fields = acts.unanimous(sheet)
    if sheet.contest == "chair":
        fields |= {"for/0": 9, "against/0": 8, "for/1": 8, "against/1": 9}
    return fields


def test_both_bases_are_told_and_who_waits_for_the_higher_post(
    qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    at_work = AtWork(
        qtbot,
        tasks,
        tmp_path / "day.pollstation",
        ResultPage,
        person="supervisor-01",
        before=one_ballot_lost,
        package=village(),
    )
    page = at_work.window.page
    assert isinstance(page, ResultPage)
    assert [page.tabs.tabText(place) for place in range(3)] == [
        "Chair ballot",
        "Vice-chair ballot",
        "Member ballot",
    ]
    chair = visible_text(page.reasons)
    assert "By ballots issued" in chair
    assert "Valid. Too few elected: fresh election for the missing seats." in chair
    assert "Elected: 甲一" in chair.partition("By ballots collected")[2]
    page.tabs.setCurrentIndex(2)
    at_work.settle()
    assert "甲一: also standing for a higher post that is still open" in visible_text(page.reasons)
    at_work.window.speak("zh_CN")
    at_work.settle()
    assert "甲一：同时竞选尚未确定的较高职务" in visible_text(page.reasons)
    at_work.close()
