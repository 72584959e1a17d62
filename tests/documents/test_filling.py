"""The forms of a small day, filled from its journal and read back as an officer would."""

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec
import pytest

from pollstation.documents import bundle_filling, filling, filling_turnout, make, sheet_filling
from pollstation.domain.boxes import Box
from pollstation.domain.contests import Station
from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.journal import Entry
from pollstation.services import (
    closing,
    corrections,
    counting,
    counting_site,
    determining,
    handing_over,
    issuing,
    opening,
    preparing,
    proxies,
)
from pollstation.services.bundle_content import BundleContent
from pollstation.services.checkpoints import journal_code
from pollstation.services.counting_site import PollingBundle
from pollstation.services.ports import Reading, UnitOfWork
from pollstation.store import StationFile
from tests import acts
from tests.acts import BOSS, OFFICER, WITNESS, token
from tests.station import PASSPHRASE, TickingClock, package, plan, session

CHINESE, ENGLISH = ("zh_CN",), ("en",)
LOST, MISREAD, STAYED, JUDGED = "途中淋湿一张，当场销毁", "抄错号码，封条完好", "一人领票未投", "三人复核无误"

Forms = Mapping[str, str]


def readings(sheet: CountSheet) -> Mapping[str, int]:
    """In every batch of the county one ballot is void and one names 己六."""
    if sheet.contest != "county-1":
        return acts.unanimous(sheet)
    valid = sheet.ballots - 1
    return dict.fromkeys(sheet.missing({}), 0) | {
        "for/0": valid,
        "for/1": valid - 1,
        "against/1": 1,
        "abstain/2": valid,
        "write_in/己六": 1,
        "valid": valid,
        "void": 1,
    }


def poll(file: StationFile) -> None:
    """A polling that is closed with a lost ballot and a seal misread, both explained."""
    acts.prepare(file)
    acts.open_day(file)
    acts.vote(file, *range(1, 15))
    file.write(
        lambda unit: proxies.authorise(unit, BOSS, token(17), token(16), consent="2026-17", reason="病")
    )
    file.write(lambda unit: issuing.issue_ballots(unit, OFFICER, token(16), principals=[token(17)]))
    file.write(lambda unit: corrections.replace_spoilt(unit, OFFICER, token(1), "town-1", "涂写错误"))
    acts.send_mobile(file)
    acts.serve_mobile(file, 20, 21, 22)
    acts.return_mobile(file, {"county-1": 1, "town-1": 3}, seals=["0003"])
    acts.cancel_unused(file)
    acts.close_boxes(file)
    file.write(lambda unit: closing.explain(unit, BOSS, WITNESS, "box/county-1/S01-M1", LOST))
    file.write(lambda unit: closing.explain_box(unit, BOSS, WITNESS, "S01-M1", MISREAD))
    file.write(lambda unit: closing.close_polling(unit, BOSS, WITNESS))


@pytest.fixture
def station(tmp_path: Path) -> Iterator[StationFile]:
    """A station whose polling was closed with a lost ballot and a seal misread, both explained."""
    with StationFile.create(tmp_path / "day.pollstation", PASSPHRASE, package(), TickingClock()) as file:
        poll(file)
        yield file


def approve(file: StationFile, sheet: str) -> None:
    """Every warning is explained, then the sheet is approved."""

    def explain(unit: UnitOfWork) -> None:
        for found in counting.final_findings(unit, sheet):
            counting.explain_finding(unit, BOSS, WITNESS, sheet, found.code, JUDGED)

    file.write(explain)
    file.write(lambda unit: counting.approve(unit, BOSS, WITNESS, sheet))


@pytest.fixture
def counted(station: StationFile) -> StationFile:
    """The same, counted: a ballot short in the fixed box, warnings explained, the result proposed."""
    acts.open_boxes(station, {("S01-F", "county-1"): 15})
    station.write(lambda unit: closing.explain(unit, BOSS, WITNESS, "collected/county-1/S01-F", STAYED))
    for sheet in station.read(counting.sheets):
        acts.enter_sheet(station, sheet, readings)
        approve(station, sheet.id)
    acts.propose(station)
    return station


@pytest.fixture
def read(tmp_path: Path) -> Callable[[bytes], str]:
    """The text of a PDF as copied out of it, white space left out but for the ends of pages."""

    def text(pdf: bytes) -> str:
        path = tmp_path / "form.pdf"
        path.write_bytes(pdf)
        out = subprocess.run(
            ["pdftotext", "-raw", path, "-"], check=True, capture_output=True
        ).stdout.decode()
        return "\f".join(re.sub(r"\s", "", page) for page in out.split("\f"))

    return text


def bundle(file: StationFile, read: Callable[[bytes], str], languages: tuple[str, ...]) -> Forms:
    """Every form of the station's bundle, as text by file name."""

    def printed(unit: Reading) -> dict[str, bytes]:
        return bundle_filling.bundle_forms(unit, content(unit), languages)

    return {name: read(pdf) for name, pdf in file.read(printed).items()}


def content(unit: Reading) -> BundleContent:
    """What the bundle holds, as far as forms are concerned."""
    role = handing_over.role_of(unit.plan)
    return BundleContent(
        role=role,
        plan=unit.plan,
        entries=(),
        totals=unit.totals(),
        results=tuple(determining.results(unit)) if role == handing_over.COUNTING else (),
        certificates={},
        head="",
    )


def test_a_bundle_of_a_station_that_counts_itself_has_the_forms_of_both(
    counted: StationFile, read: Callable[[bytes], str]
) -> None:
    forms = bundle(counted, read, CHINESE)
    assert sorted(forms) == [
        "count-sheets.pdf",
        "opening-record.pdf",
        "result-county-1.pdf",
        "result-town-1.pdf",
        "station-account.pdf",
        "statistics.pdf",
        "summary-county-1.pdf",
        "summary-town-1.pdf",
    ]
    code = counted.read(journal_code)
    assert all(f"日志校验码{code}" in page for text in forms.values() for page in text.split("\f")[:-1])


def test_before_the_count_there_is_an_account_of_the_polling_and_no_result(
    station: StationFile, read: Callable[[bytes], str]
) -> None:
    forms = station.read(filling.station_account)
    rules = {line.equation.rule for contest in forms.contests for line in contest.lines}
    assert rules == {"received", "stock", "issued", "voters", "box"}
    assert f"{LOST}（工作人员supervisor-01、工作人员scrutineer-01）" in read(make(CHINESE, forms))


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        (CHINESE, ("已说明相差+1", "县级人民代表大会代表", "选票总账", "当众验空加封")),
        (ENGLISH, ("ExplainedDiffersby+1", "countypeople'scongress", "Ballotstock", "Shownempty,sealed")),
    ],
)
def test_the_account_shows_figures_seals_and_what_two_people_explained(
    counted: StationFile,
    read: Callable[[bytes], str],
    languages: tuple[str, ...],
    words: tuple[str, ...],
) -> None:
    text = bundle(counted, read, languages)["station-account.pdf"]
    assert "30191513" in text  # registered, participants, in person, by proxy, on mobile boxes
    for each in (*words, LOST, STAYED, MISREAD, "0003", "0002、9001", "0001、9000"):
        assert each in text


def test_the_result_sheet_has_every_candidate_with_votes_and_reasons_by_article(
    counted: StationFile, read: Callable[[bytes], str]
) -> None:
    text = bundle(counted, read, CHINESE)["result-county-1.pdf"]
    assert "1甲一1600当选2乙二1420当选3丙三0016未当选4己六另选人2——未当选" in text
    assert "401902018162" in text  # received, net issued, spoilt, unused, collected, valid, void
    assert "当选甲一、乙二当选所需票数10" in text
    assert "第45条登记选民30人，参加投票19人" in text
    assert STAYED in text
    assert LOST in text


def test_a_result_that_other_sites_complete_says_so(
    counted: StationFile, read: Callable[[bytes], str]
) -> None:
    judged = counted.read(lambda unit: determining.results(unit)[0])
    other = BundleContent(
        role="counting",
        plan=plan(),
        entries=(),
        totals={},
        results=(determining.ContestResult(contest=judged.contest, figures=judged.figures, result=None),),
        certificates={},
        head="",
    )
    forms = counted.read(lambda unit: bundle_filling.bundle_forms(unit, other, CHINESE))
    text = read(forms["result-county-1.pdf"])
    assert "由选举委员会汇总后确定结果" in text
    assert "甲一1600待定" in text
    assert "当选甲一" not in text


def test_count_sheets_are_one_document_numbered_through(
    counted: StationFile, read: Callable[[bytes], str]
) -> None:
    pages = bundle(counted, read, CHINESE)["count-sheets.pdf"].split("\f")[:-1]
    assert len(pages) == 4
    assert [f"第{n}页共4页" in page for n, page in enumerate(pages, start=1)] == [True] * 4
    first = pages[0]
    assert "1甲一140014" in first
    assert "1己六1" in first
    assert "工作人员counter-01工作人员counter-02工作人员supervisor-01、工作人员scrutineer-01" in first
    assert "W-201无效票较多" in first
    assert JUDGED in first


def test_blank_sheets_keep_the_agreed_figures_to_themselves(
    counted: StationFile, read: Callable[[bytes], str]
) -> None:
    sheets = counted.read(lambda unit: sheet_filling.blank_sheets(unit, "S01-F"))
    assert [(sheet.batch_size, sheet.figures) for sheet in sheets] == [(15, None), (15, None)]
    text = read(make(CHINESE, *sheets))
    assert JUDGED not in text
    assert "己六" not in text


def test_a_sheet_that_waits_for_its_second_entry_is_printed_blank(station: StationFile) -> None:
    acts.open_boxes(station, {("S01-F", "county-1"): 16})
    sheet = station.read(counting.sheets)[0]
    counter = session("counter-01")
    station.write(lambda unit: counting.enter(unit, counter, sheet.id, readings(sheet)))
    station.write(lambda unit: counting.complete(unit, counter, sheet.id))
    assert station.read(lambda unit: sheet_filling.count_sheet(unit, sheet.id)).figures is None


def test_the_opening_record_stays_what_it_was_in_the_morning(
    counted: StationFile, read: Callable[[bytes], str]
) -> None:
    record = counted.read(filling.opening_record)
    assert [(box.box, box.seals) for box in record.boxes] == [("1", ("0001",)), ("2", ("0002",))]
    assert record.all_zero
    assert [contest.received for contest in record.contests] == [40, 40]
    assert {check.done_by for check in record.checklist} == {"工作人员supervisor-01"}
    text = read(make(CHINESE, record))
    assert "各项计数均为零" in text
    assert "工作人员supervisor-01、工作人员scrutineer-01" in text


def test_before_the_opening_the_record_shows_what_is_still_to_be_done(tmp_path: Path) -> None:
    with StationFile.create(tmp_path / "day.pollstation", PASSPHRASE, package(), TickingClock()) as file:
        acts.prepare(file)
        record = file.read(filling.opening_record)
    assert record.opened_at is None
    assert not any(check.done_at for check in record.checklist)
    assert record.boxes == ()


def test_a_box_sealed_again_when_the_polling_reopens_was_not_shown_empty(
    station: StationFile, read: Callable[[bytes], str]
) -> None:
    station.write(lambda unit: closing.reopen(unit, BOSS, WITNESS, seals=["0001"], reason="钟表快了"))
    account = station.read(filling.station_account)
    assert [link.shown_empty for link in account.boxes[0].custody] == [True, False, False]
    assert read(make(CHINESE, account)).count("当众验空加封") == 2  # each box once


def test_an_explanation_from_before_the_polling_was_reopened_is_not_printed(station: StationFile) -> None:
    station.write(lambda unit: closing.reopen(unit, BOSS, WITNESS, seals=["0001"], reason="钟表快了"))
    county = station.read(filling.station_account).contests[0]
    box = next(line for line in county.lines if line.equation.rule == "box")
    assert (box.standing, box.explanations) == ("differs", ())


def test_the_station_itself_keeps_names_and_words_from_the_counting_site(
    tmp_path: Path, read: Callable[[bytes], str]
) -> None:
    site = Station(id="C1", name="中心会场", contests=plan().station.contests, counts=("S01", "S02"))
    polls = msgspec.structs.replace(plan().station, counts=())
    other = msgspec.structs.replace(polls, id="S02", name="第二投票站", boxes=())
    at_station = msgspec.structs.replace(
        package(), plan=msgspec.structs.replace(plan(), station=polls, counted=())
    )
    at_site = msgspec.structs.replace(
        package(0), plan=msgspec.structs.replace(plan(), station=site, counted=(polls, other))
    )
    with StationFile.create(tmp_path / "S01", PASSPHRASE, at_station, TickingClock()) as file:
        poll(file)
        file.write(send)
        assert sorted(bundle(file, read, CHINESE)) == ["opening-record.pdf", "station-account.pdf"]
        entries = tuple(entry.opened() for entry in file.read(lambda unit: unit.entries()))
    with StationFile.create(tmp_path / "C1", PASSPHRASE, at_site, TickingClock()) as file:
        file.write(preparing.load)
        file.write(lambda unit: receive(unit, entries))
        forms = bundle(file, read, CHINESE)
    assert "opening-record.pdf" not in forms
    account = forms["station-account.pdf"]
    assert "第一投票站2" in account
    assert "说明见该投票站的结果单（S01/supervisor-01、S01/scrutineer-01）" in account
    assert "送达并验封" in account
    assert LOST not in account


def send(unit: UnitOfWork) -> None:
    """Both boxes leave for the counting site."""
    for box in ("S01-F", "S01-M1"):
        closing.send_box(unit, BOSS, WITNESS, box, seals_seen=unit.state(f"box:{box}", Box).seals)


def receive(unit: UnitOfWork, entries: tuple[Entry, ...]) -> None:
    """The counting site takes in the journal and the boxes of S01; at S02 nobody came."""
    for name, own in (("S01", entries), ("S02", ())):
        polling = PollingBundle(
            election="E2026", station=name, sha256=name, head="", certificate=b"", entries=own
        )
        counting_site.receive_polling(unit, BOSS, WITNESS, polling)
    counting_site.start_count(unit, BOSS, WITNESS)
    for box in ("S01-F", "S01-M1"):
        seals = unit.state(f"box:{box}", Box).seals
        counting_site.take_in_box(unit, BOSS, WITNESS, box, seals_seen=seals)


def test_interruptions_reopenings_and_incidents_stand_in_the_station_account(
    station: StationFile, read: Callable[[bytes], str]
) -> None:
    station.write(lambda unit: closing.reopen(unit, BOSS, WITNESS, seals=["0001"], reason="门口还有人排队"))
    station.write(lambda unit: opening.pause(unit, BOSS, "停电"))
    station.write(
        lambda unit: opening.record_incident(unit, BOSS, "equipment", "全楼停电", "李某", "点蜡烛照明")
    )
    station.write(lambda unit: opening.resume(unit, BOSS))
    account = read(make(ENGLISH, station.read(filling.station_account)))
    for words in (
        "Courseoftheday",
        "Votingopened",
        "Votingclosed",
        "Votingopenedagain门口还有人排队",
        "Votinginterrupted停电",
        "Votingresumed",
        "Powerorequipmentfailed全楼停电",
        "Concerned:李某",
        "Done:点蜡烛照明",
    ):
        assert words in account


def test_an_open_bundle_tells_of_incidents_but_not_of_the_people_concerned(
    station: StationFile, read: Callable[[bytes], str]
) -> None:
    station.write(lambda unit: opening.record_incident(unit, BOSS, "identity", "冒名领票", "李某", "报告"))
    forms = station.read(lambda unit: bundle_filling.bundle_forms(unit, content(unit), ENGLISH))
    printed = read(forms["station-account.pdf"])
    assert "Identityofavoterindoubt" in printed
    assert "李某" not in printed
    assert "冒名领票" not in printed


def test_the_turnout_slip_says_hours_contests_and_the_sentence(
    station: StationFile, read: Callable[[bytes], str]
) -> None:
    slip = read(make(ENGLISH, station.read(filling_turnout.turnout_slip)))
    code = station.read(journal_code)
    assert f"19of30voters,63.3%,code{code}" in slip
    assert "Turnoutslip" in slip
    assert "Withinthehour" in slip
    assert "Deputiestothetownshippeople'scongress" in slip
