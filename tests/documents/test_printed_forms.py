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
from pollstation.domain import findings
from pollstation.domain.accounts import Equation, Figures, Rule, Standing
from pollstation.domain.boxes import BoxException, BoxState
from pollstation.domain.contests import EarlierRound, Level
from pollstation.domain.errors import Code
from pollstation.domain.rules import Outcome, Reason, ReasonKind, Round
from pollstation.services.forms.count_sheet import CandidateVotes, CountSheetForm, SheetFigures, WriteIn
from pollstation.services.forms.mobile_box import (
    MobileBallots,
    MobileRecordForm,
    RunSheetForm,
    ServedVoter,
    VoterToVisit,
)
from pollstation.services.forms.opening_record import (
    CheckedItem,
    OpeningCounters,
    OpeningRecordForm,
    SealedBox,
)
from pollstation.services.forms.parts import AccountLine, Explanation, Finding, FormHead, FormRound
from pollstation.services.forms.result_sheet import PersonResult, ResultSheetForm
from pollstation.services.forms.station_account import BoxRecord, ContestAccount, HandOver, StationAccountForm

Read = Callable[[bytes], list[str]]

BEIJING = timezone(timedelta(hours=8))
BEGAN = datetime(2026, 11, 22, 6, 31, tzinfo=BEIJING)
CHINESE, ENGLISH, BOTH = ("zh_CN",), ("en",), ("zh_CN", "en")
CONSTITUENCY = "学府街道第三选区（师范学院、第一中学、机械厂家属区、柳树巷居民委员会、河东新村联合选区）"
NAMES = (
    *("欧阳𬭸", "阿依古丽·买买提艾力", "王秀兰", "𫍽建国", "张伟", "刘洋"),
    *("陈静", "杨丽", "赵敏", "黄强", "周磊", "吴霞"),
)
HEAD = FormHead(
    election="学府街第三选区 区人大代表选举",
    level=Level.COUNTY,
    constituency=CONSTITUENCY,
    station_id="S01",
    station="师范学院体育馆投票站",
    day=date(2026, 11, 22),
    round=Round.FIRST,
    rehearsal=False,
    journal_code="7K4M-Q2XD",
    journal_position="S01-4132",
    printed_at=datetime(2026, 11, 22, 18, 5, tzinfo=BEIJING),
)
STATION_HEAD = msgspec.structs.replace(HEAD, level=None, constituency="", round=None)


def earlier(round_: Round, day: int, outcome: Outcome, *elected: str, sites: int = 1) -> EarlierRound:
    return EarlierRound(
        election="e-1",
        contest="county-3",
        day=date(2026, 10, day),
        round=round_,
        seats=3,
        outcome=outcome,
        elected=elected,
        bundles=tuple(f"{site:08d}{'0' * 56}" for site in range(sites)),
    )


GROWN = FormRound(
    level=Level.COUNTY,
    constituency=CONSTITUENCY,
    round=Round.FRESH,
    held_again=True,
    earlier=(
        earlier(Round.FIRST, 1, Outcome.INVALID_TURNOUT),
        earlier(Round.FIRST, 8, Outcome.FRESH_ELECTION, *NAMES[:2], sites=31),
        earlier(Round.FRESH, 15, Outcome.INVALID_EXCESS, sites=31),
    ),
)


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
        approved_by=("G-01", "J-01"),
    )
    finding = Finding(
        finding=findings.Finding(code=Code.VOID_MANY, fields=("void",), facts={"void": 3, "ballots": 100}),
        explanations=(Explanation(text="经两人重新点票确认", people=("T-02", "J-01")),),
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
        figures=Figures(
            contest="county-3",
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
            votes={person.name: person.votes_for for person in people},
            against={},
            abstain={},
            write_ins={"钱学文": 6},
        ),
        people=(*people, PersonResult(name="钱学文", write_in=True, votes_for=6, standing="not_elected")),
        outcome=Outcome.ELECTED,
        needed=978,
        elected=NAMES[:3],
        reasons=(
            Reason("45", ReasonKind.TURNOUT_MET, {"participants": 1955, "registered": 2041}),
            Reason("45", ReasonKind.ELECTED, {"names": [*NAMES[:3]]}),
        ),
    )


STOCK = AccountLine(
    equation=Equation(
        rule=Rule.STOCK,
        contest="county-3",
        left=2100,
        right={"issued": 1959, "unused": 141, "damaged": 0, "transferred": 0, "on_boxes": 0},
    ),
    standing=Standing.HOLDS,
)
SHORT_BOX = AccountLine(
    equation=Equation(
        rule=Rule.BOX,
        contest="county-3",
        box="M1",
        left=60,
        right={"issued_on_way": 55, "blank_back": 4, "spoilt_back": 0},
    ),
    standing=Standing.DIFFERS,
    box="M1",
)


def explained(text: str) -> AccountLine:
    explanation = Explanation(text=text, people=("王秀兰", "张伟"))
    return msgspec.structs.replace(SHORT_BOX, standing=Standing.EXPLAINED, explanations=(explanation,))


def hand_over(state: BoxState, *seals: str) -> HandOver:
    return HandOver(
        state=state,
        time=datetime(2026, 11, 22, 6, 52, tzinfo=BEIJING),
        people=("王秀兰", "张伟"),
        seals=seals,
    )


def station_account(*lines: AccountLine) -> StationAccountForm:
    return StationAccountForm(
        head=STATION_HEAD,
        registered=2041,
        participants=1955,
        in_person=1802,
        proxies=98,
        mobile=55,
        contests=tuple(
            ContestAccount(level=level, constituency=place, lines=lines)
            for level, place in ((Level.COUNTY, CONSTITUENCY), (Level.TOWNSHIP, "第七选区"))
        ),
        boxes=(
            BoxRecord(
                box="1号票箱", mobile=False, custody=(hand_over(BoxState.CLOSED, "A-10231", "A-10232"),)
            ),
            BoxRecord(box="M1", mobile=True, custody=(hand_over(BoxState.BACK, "A-10233"),)),
        ),
    )


def opening_record(issued: int = 0) -> OpeningRecordForm:
    return OpeningRecordForm(
        head=STATION_HEAD,
        opened_at=datetime(2026, 11, 22, 6, 40, tzinfo=BEIJING),
        registered=2041,
        voters_marked=0,
        checklist=(
            CheckedItem(item="boxes-empty", done_by="王秀兰", done_at=BEGAN),
            CheckedItem(item="staff-present"),
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
                level=Level.COUNTY,
                constituency=CONSTITUENCY,
                received=2100,
                issued=issued,
                spoilt=0,
                collected=0,
            ),
        ),
    )


def run_sheet(voters: int = 14) -> RunSheetForm:
    return RunSheetForm(
        head=STATION_HEAD,
        box="M1",
        area="东村、西村和养老院",
        stops=("养老院", "东村村委会", "西村水库值班室"),
        crew=("王秀兰", "阿依古丽·买买提艾力"),
        due=datetime(2026, 11, 22, 11, 30, tzinfo=BEIJING),
        voters=tuple(
            VoterToVisit(
                name=NAMES[number % len(NAMES)],
                card=f"20{number:06d}",
                address=f"学府街道柳树巷居民委员会第{number}号楼2单元",
                stop="养老院",
                wish="上午十点以后",
                contests=2,
            )
            for number in range(voters)
        ),
    )


def mobile_record(voters: int = 14) -> MobileRecordForm:
    return MobileRecordForm(
        head=STATION_HEAD,
        box="M1",
        area="东村、西村和养老院",
        stops=("养老院", "东村村委会", "西村水库值班室"),
        crew=("王秀兰", "张伟"),
        voters=tuple(
            ServedVoter(
                name=NAMES[number % len(NAMES)],
                card=f"20{number:06d}",
                ballots=2,
                time=BEGAN,
                from_list=number % 2 == 0,
                unrequested=number == 3,
            )
            for number in range(voters)
        ),
        open_requests=1,
        ballots=tuple(
            MobileBallots(
                level=level,
                constituency=place,
                taken=60,
                issued=55,
                blank=4,
                spoilt=0,
                signed=55,
                lines=(explained("途中淋湿一张，当场销毁"),),
            )
            for level, place in ((Level.COUNTY, CONSTITUENCY), (Level.TOWNSHIP, "第七选区"))
        ),
        record=BoxRecord(
            box="M1",
            mobile=True,
            custody=(
                hand_over(BoxState.SEALED, "A-10233", "A-10234"),
                hand_over(BoxState.OUT, "A-10233", "A-10234"),
                msgspec.structs.replace(
                    hand_over(BoxState.OUT, "A-10233", "A-10239"),
                    on_the_way=True,
                    place="东村村委会门口",
                    intact=False,
                ),
                hand_over(BoxState.BACK, "A-10233", "A-10234"),
            ),
            exceptions=(BoxException.SEAL_DIFFERS, BoxException.SEAL_DAMAGED),
            explanations=(Explanation(text="封条受潮，当众补贴", people=("王秀兰", "张伟")),),
        ),
    )


def later_result() -> ResultSheetForm:
    form = result_sheet(12)
    return msgspec.structs.replace(
        form, head=msgspec.structs.replace(HEAD, round=Round.FRESH, grown=(GROWN,))
    )


def later_account() -> StationAccountForm:
    form = station_account()
    return msgspec.structs.replace(form, head=msgspec.structs.replace(STATION_HEAD, grown=(GROWN, GROWN)))


ALL_FORMS: tuple[AnyForm, ...] = (
    later_result(),
    later_account(),
    count_sheet(2),
    count_sheet(12),
    count_sheet(4, filled=True),
    count_sheet(12, filled=True),
    result_sheet(),
    result_sheet(12),
    station_account(STOCK, SHORT_BOX),
    opening_record(),
    run_sheet(),
    mobile_record(),
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
    text = "".join(read(documents.make(languages, form)))
    figures = [v for v in msgspec.structs.asdict(form.figures).values() if isinstance(v, int)]
    figures += [form.seats, form.needed or 0]
    for person in form.people:
        assert person.name in text
        figures += [v for v in (person.votes_for, person.against, person.abstain) if v is not None]
    assert len(figures) > 20
    assert [v for v in figures if str(v) not in text] == []
    assert "95.8%" in text
    assert CONSTITUENCY in text
    assert "、".join(form.elected) in text
    turnout = (
        "1955of2041registeredvoterstookpart" if languages == ENGLISH else "登记选民2041人，参加投票1955人"
    )
    assert turnout in text


def test_the_result_sheet_speaks_the_languages_asked_for(read: Read) -> None:
    texts = {
        languages: read(documents.make(languages, result_sheet()))[0]
        for languages in (CHINESE, ENGLISH, BOTH)
    }
    assert "选举结果报告单" in texts[CHINESE]
    assert "Electionresult" not in texts[CHINESE]
    assert "Electionresultreportsheet" in texts[ENGLISH]
    assert "选举结果报告单" not in texts[ENGLISH]
    assert texts[BOTH].index("选举结果报告单") < texts[BOTH].index("Electionresultreportsheet")
    assert "2026年11月22日2026-11-22" in texts[BOTH]


def test_characters_beyond_the_first_plane_are_copied_out_right(read: Read) -> None:
    text = "".join(read(documents.make(CHINESE, count_sheet(4))))
    assert "欧阳𬭸" in text
    assert "𫍽建国" in text


def test_a_character_the_typeface_lacks_is_given_by_its_number(read: Read) -> None:
    form = msgspec.structs.replace(count_sheet(2), candidates=("𠮷田", "张伟"))
    assert "[U+20BB7]田" in "".join(read(documents.make(CHINESE, form)))


def test_every_font_is_embedded(tmp_path: Path) -> None:
    file = tmp_path / "form.pdf"
    file.write_bytes(documents.make(BOTH, result_sheet()))
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
        "print(hashlib.sha256(t.documents.make(t.BOTH, t.result_sheet())).hexdigest())"
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
    blank = "".join(read(documents.make(CHINESE, count_sheet(4))))
    filled = "".join(read(documents.make(CHINESE, count_sheet(4, filled=True))))
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
        "W-201",
        "经两人重新点票确认",
    ):
        assert figure not in blank
        assert figure in filled


def test_a_blank_count_sheet_for_four_candidates_is_one_page(read: Read) -> None:
    assert len(read(documents.make(CHINESE, count_sheet(4)))) == 1


@pytest.mark.parametrize("form", [count_sheet(12), count_sheet(12, filled=True), result_sheet(12)])
def test_twelve_candidates_all_have_their_row_and_each_page_its_table_head(read: Read, form: AnyForm) -> None:
    pages = read(documents.make(BOTH, form))
    assert [name for name in NAMES if not any(name in page for page in pages)] == []
    for page in pages:
        if any(name in page for name in NAMES[:-1]):
            assert "序" in page


@pytest.mark.parametrize("languages", [CHINESE, ENGLISH, BOTH])
@pytest.mark.parametrize("form", ALL_FORMS)
def test_signatures_never_stand_alone_on_a_page(
    read: Read, form: AnyForm, languages: tuple[str, ...]
) -> None:
    pages = read(documents.make(languages, form))
    scrutineer = "监票人" if "zh_CN" in languages else "Scrutineer"
    assert scrutineer in pages[-1]
    assert len(pages[-1]) > 120


@pytest.mark.parametrize("languages", [CHINESE, ENGLISH, BOTH])
@pytest.mark.parametrize("form", ALL_FORMS)
def test_no_words_overlap_or_leave_the_page(
    tmp_path: Path, form: AnyForm, languages: tuple[str, ...]
) -> None:
    boxes = poppler(tmp_path, documents.make(languages, form), "pdftotext", "-bbox")
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


def test_the_form_of_a_contest_tells_the_rounds_before(read: Read) -> None:
    chinese, english = (
        read(documents.make(languages, later_result()))[0] for languages in (CHINESE, ENGLISH)
    )
    assert "另行选举（重新进行）" in chinese
    assert "2026年10月1日第一次投票：选举无效" in chinese
    assert "Firstballot,heldagain,2026-10-08:2of3seatsfilled;result000000000000000100000002…" in english
    assert "Freshelection,2026-10-15:invalid" in english


def test_the_form_of_a_station_tells_the_round_of_each_contest(read: Read) -> None:
    text = read(documents.make(ENGLISH, later_account()))[0]
    assert "Freshelection,heldagain(firstballoton2026-10-01)" in text
    assert CONSTITUENCY in text


def test_every_page_says_its_number_its_place_and_the_journal_code(read: Read) -> None:
    pages = read(documents.make(ENGLISH, result_sheet(12)))
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
    for page in read(documents.make(BOTH, rehearsed)):
        assert "演练用表，不具法律效力" in page
        assert "REHEARSAL" in page
    assert not any("演练" in page or "REHEARSAL" in page for page in read(documents.make(BOTH, real)))


def test_the_account_says_of_each_equation_whether_it_agrees(read: Read) -> None:
    agrees = "".join(read(documents.make(CHINESE, station_account(STOCK))))
    assert "相符" in agrees
    assert "相差" not in agrees
    differs = "".join(read(documents.make(CHINESE, station_account(STOCK, SHORT_BOX))))
    assert "相差+1" in differs
    assert "已说明" not in differs


def test_an_explained_difference_stays_visible_with_its_explanation(read: Read) -> None:
    text = "".join(read(documents.make(CHINESE, station_account(explained("途中一张选票浸湿销毁")))))
    assert "已说明" in text
    assert "相差+1" in text
    assert "途中一张选票浸湿销毁（王秀兰、张伟）" in text


def test_the_account_of_a_station_lists_boxes_with_every_hand_over_and_its_seals(read: Read) -> None:
    text = "".join(read(documents.make(CHINESE, station_account(STOCK))))
    assert "1号票箱固定票箱投票口加封06:52王秀兰、张伟A-10231、A-10232" in text
    assert "M1流动票箱带回06:52王秀兰、张伟A-10233" in text


def test_the_opening_record_says_zero_only_when_all_counters_are(read: Read) -> None:
    zero = "".join(read(documents.make(CHINESE, opening_record())))
    assert "各项计数均为零" in zero
    assert "王秀兰、张伟06:52" in zero
    assert "是王秀兰06:31" in zero
    issued = "".join(read(documents.make(CHINESE, opening_record(issued=1))))
    assert "各项计数均为零" not in issued
    assert "有计数不为零" in issued


def test_a_form_of_many_boxes_goes_on_overleaf_with_its_head(read: Read) -> None:
    form = station_account(STOCK)
    boxes = tuple(msgspec.structs.replace(form.boxes[1], box=f"M{n:02}") for n in range(60))
    pages = read(documents.make(CHINESE, msgspec.structs.replace(form, boxes=boxes)))
    assert len(pages) > 2
    assert [b.box for b in boxes if not any(b.box in page for page in pages)] == []
    assert all("封条号" in page for page in pages if "带回" in page)


def test_an_explanation_of_several_lines_is_printed_whole(read: Read) -> None:
    told = "第一行：封条完好。\n第二行：两人重新清点，\t结果一致。" * 8
    text = "".join(read(documents.make(CHINESE, station_account(explained(told)))))
    assert re.sub(r"\s", "", told) in text
    assert "[U+" not in text


def test_the_run_sheet_lists_who_is_to_be_visited_with_room_to_sign_and_without_the_ground(
    read: Read,
) -> None:
    (first, *_more) = pages = read(documents.make(BOTH, run_sheet()))
    whole = "".join(pages)
    assert all(f"20{number:06d}" in whole for number in range(14))
    assert "养老院→东村村委会→西村水库值班室" in first
    assert "11:30" in first
    assert "选民签名或按手印" in first
    assert not any(ground in whole for ground in ("生病", "行动不便", "羁押"))


def test_the_record_shows_ballots_custody_voters_and_what_was_explained(read: Read) -> None:
    whole = "".join(read(documents.make(CHINESE, mobile_record())))
    assert "流动票箱登记表" in whole
    for shown in ("东村村委会门口", "A-10239", "途中移交", "破损", "封条受潮，当众补贴（王秀兰、张伟）"):
        assert shown in whole, shown
    assert "E-407" in whole and "\N{MINUS SIGN}1" not in whole and "+1" in whole
    assert "无申请" in whole
