"""The forms as an officer, a copier of text and a printer meet them: made, then read back with poppler."""

import itertools
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from pollstation import documents
from pollstation.documents import AnyForm
from pollstation.services.forms import (
    BoxAccount,
    CandidateVotes,
    CheckedItem,
    ContestAccount,
    CountSheetForm,
    Equation,
    Finding,
    FormHead,
    OpeningCounters,
    OpeningRecordForm,
    PersonResult,
    Phrase,
    Reason,
    ResultSheetForm,
    SealedBox,
    SheetFigures,
    StationAccountForm,
    Term,
    WriteIn,
)

Read = Callable[[bytes], list[str]]

BEIJING = timezone(timedelta(hours=8))
CHINESE, ENGLISH, BOTH = ("zh_CN",), ("en",), ("zh_CN", "en")
CONSTITUENCY = "学府街道第三选区（师范学院、第一中学、机械厂家属区、柳树巷居民委员会、河东新村联合选区）"
NAMES = (
    *("欧阳𬭸", "阿依古丽·买买提艾力", "王秀兰", "𫍽建国", "张伟", "刘洋"),
    *("陈静", "杨丽", "赵敏", "黄强", "周磊", "吴霞"),
)
HEAD = FormHead(
    election="学府街第三选区 区人大代表选举",
    level="county",
    constituency=CONSTITUENCY,
    station_id="S01",
    station="师范学院体育馆投票站",
    day=date(2026, 11, 22),
    round="first",
    rehearsal=False,
    journal_code="7K4M-Q2XD",
    journal_position="S01-4132",
    printed_at=datetime(2026, 11, 22, 18, 5, tzinfo=BEIJING),
)
STATION_HEAD = msgspec.structs.replace(HEAD, level="", constituency="", round="")


def count_sheet(candidates: int, filled: bool = False) -> CountSheetForm:
    figures = SheetFigures(
        votes=tuple(CandidateVotes(votes_for=70 + i, against=20 - i, abstain=7) for i in range(candidates)),
        write_ins=(WriteIn(name="钱学文", votes=2),),
        valid=97,
        void=3,
        sum_for=288,
        sum_against=74,
        sum_abstain=28,
        entered_by=("T-02", "T-05"),
        approved_by="G-01",
    )
    finding = Finding(
        code="F-203",
        message=Phrase(message="{n} votes too many", facts={"n": 1}),
        explanation="经两人重新点票确认",
        explained_by=("T-02", "J-01"),
    )
    return CountSheetForm(
        head=HEAD,
        box="M1",
        batch=3,
        batch_size=100,
        seats=3,
        candidates=NAMES[:candidates],
        figures=figures if filled else None,
        findings=(finding,) if filled else (),
    )


def result_sheet(candidates: int = 4) -> ResultSheetForm:
    people = [
        PersonResult(
            name=name,
            votes_for=1700 - 101 * at,
            against=200 + 100 * at,
            abstain=40 + at,
            standing="elected" if at < 3 else "not_elected",
        )
        for at, name in enumerate(NAMES[:candidates])
    ]
    return ResultSheetForm(
        head=HEAD,
        seats=3,
        registered=2041,
        participants=1955,
        in_person=1802,
        proxies=98,
        mobile=55,
        received=2100,
        issued=1956,
        spoilt=4,
        unused=141,
        collected=1954,
        valid=1939,
        void=15,
        people=(*people, PersonResult(name="钱学文", write_in=True, votes_for=6, standing="not_elected")),
        outcome="ELECTED",
        needed=978,
        elected=NAMES[:3],
        reasons=(
            Reason(article="45", text=Phrase(message="{p} of {e} took part.", facts={"p": 1955, "e": 2041})),
        ),
    )


def term(name: str, count: int, minus: bool = False) -> Term:
    return Term(name=name, count=count, minus=minus)


STOCK = Equation(
    name="stock",
    left=(term("received", 2100),),
    right=(term("issued", 1959), term("unused", 141), term("damaged", 0), term("transferred_out", 0)),
)
SHORT_BOX = Equation(
    name="box",
    subject="M1",
    left=(term("taken_out", 60),),
    right=(term("issued_on_the_way", 55), term("returned_blank", 4), term("spoilt", 0)),
)


def station_account(*equations: Equation) -> StationAccountForm:
    return StationAccountForm(
        head=STATION_HEAD,
        registered=2041,
        participants=1955,
        in_person=1802,
        proxies=98,
        mobile=55,
        contests=tuple(
            ContestAccount(level=level, constituency=place, equations=equations)
            for level, place in (("county", CONSTITUENCY), ("township", "第七选区"))
        ),
        boxes=(
            BoxAccount(
                box="1号票箱", mobile=False, issued=1900, collected=1899, seals=("A-10231", "A-10232")
            ),
            BoxAccount(box="M1", mobile=True, issued=55, seals=("A-10233",)),
        ),
    )


def opening_record(issued: int = 0) -> OpeningRecordForm:
    return OpeningRecordForm(
        head=STATION_HEAD,
        opened_at=datetime(2026, 11, 22, 6, 40, tzinfo=BEIJING),
        registered=2041,
        voters_marked=0,
        checklist=(
            CheckedItem(text=Phrase(message="Notices posted"), done=False, note="公告栏损坏，已改贴于正门"),
        ),
        boxes=(
            SealedBox(
                box="1号票箱",
                mobile=False,
                seals=("A-10231",),
                sealed_by=("王秀兰", "张伟"),
                sealed_at=datetime(2026, 11, 22, 6, 52, tzinfo=BEIJING),
            ),
        ),
        contests=(
            OpeningCounters(
                level="county", constituency=CONSTITUENCY, received=2100, issued=issued, spoilt=0, collected=0
            ),
        ),
    )


ALL_FORMS: tuple[AnyForm, ...] = (
    count_sheet(2),
    count_sheet(12),
    count_sheet(4, filled=True),
    count_sheet(12, filled=True),
    result_sheet(),
    result_sheet(12),
    station_account(STOCK, SHORT_BOX),
    opening_record(),
)


def poppler(tmp_path: Path, pdf: bytes, *command: str) -> str:
    file = tmp_path / "form.pdf"
    file.write_bytes(pdf)
    return subprocess.run([*command, file, "-"], check=True, capture_output=True).stdout.decode()


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Text of each page as copied out of the PDF, white space left out."""

    def pages(pdf: bytes) -> list[str]:
        return [
            re.sub(r"\s", "", page) for page in poppler(tmp_path, pdf, "pdftotext", "-raw").split("\f")[:-1]
        ]

    return pages


@pytest.mark.parametrize("languages", [CHINESE, ENGLISH, BOTH])
def test_the_result_sheet_shows_every_figure_it_was_given(read: Read, languages: tuple[str, ...]) -> None:
    form = result_sheet()
    text = "".join(read(documents.make(form, languages)))
    figures = [v for v in msgspec.structs.asdict(form).values() if isinstance(v, int)]
    for person in form.people:
        assert person.name in text
        figures += [v for v in (person.votes_for, person.against, person.abstain) if v is not None]
    assert len(figures) > 20
    assert [v for v in figures if str(v) not in text] == []
    assert "95.8%" in text
    assert CONSTITUENCY in text
    assert "、".join(form.elected) in text
    assert "1955of2041tookpart." in text


def test_the_result_sheet_speaks_the_languages_asked_for(read: Read) -> None:
    texts = {
        languages: read(documents.make(result_sheet(), languages))[0]
        for languages in (CHINESE, ENGLISH, BOTH)
    }
    assert "选举结果报告单" in texts[CHINESE]
    assert "Electionresult" not in texts[CHINESE]
    assert "Electionresultreportsheet" in texts[ENGLISH]
    assert "选举结果报告单" not in texts[ENGLISH]
    assert texts[BOTH].index("选举结果报告单") < texts[BOTH].index("Electionresultreportsheet")
    assert "2026年11月22日2026-11-22" in texts[BOTH]


def test_characters_beyond_the_first_plane_are_copied_out_right(read: Read) -> None:
    text = "".join(read(documents.make(count_sheet(4), CHINESE)))
    assert "欧阳𬭸" in text
    assert "𫍽建国" in text


def test_a_character_the_typeface_lacks_is_given_by_its_number(read: Read) -> None:
    form = msgspec.structs.replace(count_sheet(2), candidates=("𠮷田", "张伟"))
    assert "[U+20BB7]田" in "".join(read(documents.make(form, CHINESE)))


def test_every_font_is_embedded(tmp_path: Path) -> None:
    file = tmp_path / "form.pdf"
    file.write_bytes(documents.make(result_sheet(), BOTH))
    fonts = subprocess.run(
        ["pdffonts", file], check=True, capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert fonts
    for font in fonts:
        assert "NotoSansSC" in font
        assert font.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, with a map to copy text by


def test_equal_forms_give_equal_bytes_in_any_process() -> None:
    program = (
        "import hashlib, test_printed_forms as t;"
        "print(hashlib.sha256(t.documents.make(t.result_sheet(), t.BOTH)).hexdigest())"
    )
    folders = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[2])])
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONPATH": folders, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_a_blank_count_sheet_has_names_and_no_figures_and_a_filled_one_has_both(read: Read) -> None:
    blank = "".join(read(documents.make(count_sheet(4), CHINESE)))
    filled = "".join(read(documents.make(count_sheet(4, filled=True), CHINESE)))
    for name in NAMES[:4]:
        assert name in blank
        assert name in filled
    assert "画“正”计票" in blank
    assert "画“正”计票" not in filled
    for figure in (
        "70",
        "73",
        "97",
        "288",
        "74",
        "28",
        "钱学文",
        "T-02",
        "T-05",
        "G-01",
        "F-203",
        "经两人重新点票确认",
    ):
        assert figure not in blank
        assert figure in filled


def test_a_blank_count_sheet_for_four_candidates_is_one_page(read: Read) -> None:
    assert len(read(documents.make(count_sheet(4), CHINESE))) == 1


@pytest.mark.parametrize("form", [count_sheet(12), count_sheet(12, filled=True), result_sheet(12)])
def test_twelve_candidates_all_have_their_row_and_each_page_its_table_head(read: Read, form: AnyForm) -> None:
    pages = read(documents.make(form, BOTH))
    assert [name for name in NAMES if not any(name in page for page in pages)] == []
    for page in pages:
        if any(name in page for name in NAMES[:-1]):
            assert "序号" in page


@pytest.mark.parametrize("languages", [CHINESE, ENGLISH, BOTH])
@pytest.mark.parametrize("form", ALL_FORMS)
def test_signatures_never_stand_alone_on_a_page(
    read: Read, form: AnyForm, languages: tuple[str, ...]
) -> None:
    pages = read(documents.make(form, languages))
    scrutineer = "监票人" if "zh_CN" in languages else "Scrutineer"
    assert scrutineer in pages[-1]
    assert len(pages[-1]) > 200


@pytest.mark.parametrize("languages", [CHINESE, ENGLISH, BOTH])
@pytest.mark.parametrize("form", ALL_FORMS)
def test_no_words_overlap_or_leave_the_page(
    tmp_path: Path, form: AnyForm, languages: tuple[str, ...]
) -> None:
    boxes = poppler(tmp_path, documents.make(form, languages), "pdftotext", "-bbox")
    for page in ElementTree.fromstring(re.sub(' xmlns="[^"]+"', "", boxes)).iter("page"):
        words = [
            [float(word.attrib[edge]) for edge in ("xMin", "yMin", "xMax", "yMax")]
            for word in page.iter("word")
        ]
        assert words
        for left, top, right, bottom in words:
            assert left > 40
            assert right < 595 - 40
            assert top > 20
            assert bottom < 842 - 20
        for one, other in itertools.combinations(words, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert across < 1 or down < 6, (one, other)  # a font's box is higher than its characters


def test_every_page_says_its_number_its_place_and_the_journal_code(read: Read) -> None:
    pages = read(documents.make(result_sheet(12), ENGLISH))
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Page{number}of{len(pages)}" in page
        assert "Journalcode7K4M-Q2XD" in page
        assert "S01-4132" in page
        assert "2026-11-2218:05" in page
        assert CONSTITUENCY in page


def test_a_rehearsal_is_marked_on_every_page_and_a_real_day_on_none(read: Read) -> None:
    real = result_sheet(12)
    rehearsed = msgspec.structs.replace(real, head=msgspec.structs.replace(HEAD, rehearsal=True))
    for page in read(documents.make(rehearsed, BOTH)):
        assert "演练用表，不具法律效力" in page
        assert "REHEARSAL" in page
    assert not any("演练" in page or "REHEARSAL" in page for page in read(documents.make(real, BOTH)))


def test_the_account_says_of_each_equation_whether_it_agrees(read: Read) -> None:
    agrees = "".join(read(documents.make(station_account(STOCK), CHINESE)))
    assert "相符" in agrees
    assert "相差" not in agrees
    differs = "".join(read(documents.make(station_account(STOCK, SHORT_BOX), CHINESE)))
    assert "相差+1" in differs
    assert "已说明" not in differs


def test_an_explained_difference_stays_visible_with_its_explanation(read: Read) -> None:
    explained = msgspec.structs.replace(
        SHORT_BOX, explanation="途中一张选票浸湿销毁", explained_by=("王秀兰", "张伟")
    )
    text = "".join(read(documents.make(station_account(explained), CHINESE)))
    assert "已说明" in text
    assert "相差+1" in text
    assert "说明（王秀兰、张伟）：途中一张选票浸湿销毁" in text


def test_at_most_holds_below_the_limit_and_not_above_it() -> None:
    below = Equation(
        name="returned", left=(term("collected", 9),), right=(term("net_issued", 10),), at_most=True
    )
    above = msgspec.structs.replace(below, left=(term("collected", 11),))
    assert below.holds
    assert not above.holds


def test_the_account_of_a_station_lists_boxes_with_seals_and_a_dash_for_what_is_not_known_yet(
    read: Read,
) -> None:
    text = "".join(read(documents.make(station_account(STOCK), CHINESE)))
    assert "1号票箱固定票箱19001899A-10231、A-10232" in text
    assert "M1流动票箱55—A-10233" in text


def test_the_opening_record_says_zero_only_when_all_counters_are(read: Read) -> None:
    zero = "".join(read(documents.make(opening_record(), CHINESE)))
    assert "各项计数均为零" in zero
    assert "王秀兰、张伟06:52" in zero
    assert "公告栏损坏，已改贴于正门" in zero
    issued = "".join(read(documents.make(opening_record(issued=1), CHINESE)))
    assert "各项计数均为零" not in issued
    assert "有计数不为零" in issued


def test_a_form_of_many_boxes_goes_on_overleaf_with_its_head(read: Read) -> None:
    form = station_account(STOCK)
    boxes = tuple(msgspec.structs.replace(form.boxes[1], box=f"M{n:02}") for n in range(60))
    pages = read(documents.make(msgspec.structs.replace(form, boxes=boxes), CHINESE))
    assert len(pages) > 2
    assert [b.box for b in boxes if not any(b.box in page for page in pages)] == []
    assert all("封条号" in page for page in pages if "流动票箱55" in page)


def test_an_explanation_of_several_lines_is_printed_whole(read: Read) -> None:
    told = "第一行：封条完好。\n第二行：两人重新清点，\t结果一致。" * 8
    explained = msgspec.structs.replace(SHORT_BOX, explanation=told, explained_by=("王秀兰", "张伟"))
    text = "".join(read(documents.make(station_account(explained), CHINESE)))
    assert re.sub(r"\s", "", told) in text
    assert "[U+" not in text
