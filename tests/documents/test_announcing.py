"""The papers of a finished count, filled from a small day's journal and read back as the public would."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import msgspec
import pytest

from pollstation.documents import announcing, make, result_filling
from pollstation.domain.candidates import AboutCandidate, Education
from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.services import recounting, write_ins
from pollstation.services.counting import sheets
from pollstation.services.determining import results
from pollstation.services.guards import own_stream
from pollstation.services.ports import Package
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, WITNESS
from tests.documents.test_filling import CHINESE, ENGLISH, Forms, approve, bundle, counted, read, station
from tests.station import PASSPHRASE, TickingClock, package

__all__ = ["counted", "read", "station"]
Read = Callable[[bytes], str]


@pytest.fixture
def confirmed(counted: StationFile) -> StationFile:
    """The same, confirmed by the committee: two deputies to the county, one to the township."""
    acts.confirm(counted, "county-1", "town-1")
    return counted


def test_the_summary_of_one_station_is_the_result_itself(counted: StationFile, read: Read) -> None:
    form = counted.read(lambda unit: announcing.summary(unit, "county-1"))
    (line,) = form.stations
    assert line.figures == form.total == counted.read(lambda unit: results(unit)[0].figures)
    text = read(make(CHINESE, form))
    # registered 30, took part 19, in person 15, proxy 1, mobile 3, issued 19, spoilt 0, collected 18, not
    # returned 1, valid 16, void 2; votes 16, 14, 0, other names 2
    for row in ("1.第一投票站", "合计"):
        assert f"{row}30191513190181162" in text
        assert f"{row}161402" in text


def test_before_the_committee_confirms_nothing_is_announced(counted: StationFile) -> None:
    for fill in (announcing.public_notice, announcing.notices_of_election):
        with pytest.raises(Refusal) as refusal:
            counted.read(partial(fill, contest_id="county-1"))
        assert refusal.value.code is Code.RESULT_UNCONFIRMED


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        (
            CHINESE,
            (
                "选举结果公告",
                "现将2026年12月6日举行的第一选区县级人民代表大会代表选举（第一次投票）的结果公告如下",
                "本次选举有效。当选：甲一、乙二。应选名额已全部选出。",
                "登记选民30人，参加投票19人，超过半数，选举有效。",
                "依照选举法第四十六条确认。特此公告。选举委员会（盖章处）2026年12月6日",
            ),
        ),
        (
            ENGLISH,
            (
                "Publicnoticeoftheelectionresult",
                "Theelectionisvalid.Elected:甲一、乙二.Allseatsarefilled.",
                "underarticle46oftheElectoralLaw.Thisisherebyannounced.选举委员会Seal2026-12-06",
            ),
        ),
    ],
)
def test_the_public_notice_has_everybodys_votes_and_what_is_decided(
    confirmed: StationFile, read: Read, languages: tuple[str, ...], words: tuple[str, ...]
) -> None:
    text = read(make(languages, confirmed.read(partial(announcing.public_notice, contest_id="county-1"))))
    for each in words:
        assert each in text
    # seats, registered, took part, turnout, issued, collected, valid, void
    assert "2301963.3%1918162" in text
    for person in ("1甲一1600", "2乙二1420", "3丙三0016", "4己六"):
        assert person in text


def test_everybody_elected_gets_a_letter_of_their_own(confirmed: StationFile, read: Read) -> None:
    forms = confirmed.read(partial(announcing.notices_of_election, contest_id="county-1"))
    pages = read(make(CHINESE, *forms)).split("\f")[:-1]
    for page, (name, votes) in zip(pages, (("甲一", 16), ("乙二", 14)), strict=True):
        assert f"当选通知书{name}：" in page
        assert f"参加投票的选民19人，您得赞成票{votes}票，当选为县级人民代表大会代表。" in page
        assert "第四十六条" in page
        assert "第四十七条" in page
        assert "第1页共1页" in page


def told() -> Package:
    """Two of the three who will be elected, with what the committee lists about them."""
    made = package()
    county, town = made.plan.contests
    about = {
        "甲一": AboutCandidate(
            sex="female",
            birth=date(1991, 12, 6),
            education=Education.BACHELOR,
            party_member=True,
            re_elected=False,
        ),
        "丙三": AboutCandidate(sex="male"),
    }
    county = msgspec.structs.replace(county, about=about)
    return msgspec.structs.replace(made, plan=msgspec.structs.replace(made.plan, contests=(county, town)))


@pytest.fixture
def told_day(tmp_path: Path) -> Iterator[StationFile]:
    with StationFile.create(tmp_path / "day", PASSPHRASE, told(), TickingClock()) as file:
        acts.prepare(file)
        acts.open_day(file)
        acts.vote(file, *range(1, 18))
        acts.close_day(file)
        acts.open_boxes(file)
        acts.count_everything(file)
        acts.propose(file)
        yield file


def test_the_statistics_group_those_elected_and_say_what_is_not_stated(
    told_day: StationFile, read: Read
) -> None:
    text = read(make(CHINESE, told_day.read(announcing.statistics)))
    for line in (
        "当选21",
        "35岁以下（含）1(50.0%)0(0.0%)",  # thirty-five on election day itself
        "未注明1(50.0%)1(100.0%)",
        "大学本科1(50.0%)0(0.0%)",
        "女1(50.0%)0(0.0%)",
        "中共党员1(50.0%)0(0.0%)",
        "新当选1(50.0%)0(0.0%)",
        "按提出的结果统计，选举委员会尚未全部确认。",
        "第一投票站301756.7%17(100.0%)0(0.0%)0(0.0%)",
    ):
        assert line in text
    acts.confirm(told_day, "county-1", "town-1")
    assert "尚未全部确认" not in read(make(CHINESE, told_day.read(announcing.statistics)))


def test_the_archive_record_counts_what_is_handed_over(confirmed: StationFile, read: Read) -> None:
    before = read(make(CHINESE, confirmed.read(announcing.archive)))
    for line in (
        "县级人民代表大会代表第一选区1有效票162无效票23污损票和退回的选票04剩余选票（已作废）205残损选票0",
        "乡级人民代表大会代表第一选区6有效票177无效票08污损票和退回的选票1",
        "计票单（已签名）4",
        "选举结果报告单（已签名）2",
        "委托书1",
        "流动票箱登记表及签名名单1",
        "E2026-S01-counting.zip",
        "尚未上报",
    ):
        assert line in before, line
    sha256 = "0123456789abcdef" * 4
    public = {"role": "counting", "sha256": sha256, "supersedes": ""}
    confirmed.write(
        lambda unit: unit.append(Kind.HANDED_OVER, own_stream(unit), by=BOSS, witness=WITNESS, public=public)
    )
    after = read(make(CHINESE, confirmed.read(announcing.archive)))
    assert sha256 in after
    assert "尚未上报" not in after


def test_a_confirmed_bundle_carries_the_summaries_and_the_notices(counted: StationFile, read: Read) -> None:
    def names(forms: Forms) -> list[str]:
        return sorted(name for name in forms if name.startswith(("summary", "public", "statistics")))

    proposed = ["statistics.pdf", "summary-county-1.pdf", "summary-town-1.pdf"]
    assert names(bundle(counted, read, CHINESE)) == proposed
    acts.confirm(counted, "county-1")
    forms = bundle(counted, read, CHINESE)
    assert names(forms) == ["public-notice-county-1.pdf", *proposed]
    assert "当选：甲一、乙二。" in forms["public-notice-county-1.pdf"]


def test_spellings_that_were_joined_stand_on_the_result_sheet(counted: StationFile, read: Read) -> None:
    sheet = next(each for each in counted.read(sheets) if each.contest == "county-1")
    counted.write(lambda unit: recounting.order(unit, BOSS, WITNESS, [sheet.id], "写法不一"))
    again = counted.read(lambda unit: next(each for each in sheets(unit) if each.id == sheet.id))
    acts.enter_sheet(counted, again, lambda one: misspelt(one.ballots))

    approve(counted, sheet.id)
    counted.write(lambda unit: write_ins.join(unit, BOSS, "county-1", "己陆", "己六", "同一人"))
    text = read(make(CHINESE, counted.read(lambda unit: result_filling.result_sheet(unit, "county-1"))))
    assert "另选他人姓名合并情况计入计票人读取的写法及得票累计己六己六1、己陆12" in text
    english = read(make(ENGLISH, counted.read(lambda unit: result_filling.result_sheet(unit, "county-1"))))
    assert "Spellingsofwritten-innamesthatwerejoined" in english


def misspelt(ballots: int) -> dict[str, int]:
    """As ``test_filling`` counts the county, but the name is read 己陆."""
    valid = ballots - 1
    return {
        **{"for/0": valid, "for/1": valid - 1, "against/1": 1, "abstain/2": valid},
        **{"write_in/己陆": 1, "valid": valid, "void": 1},
    }
