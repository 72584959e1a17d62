"""A committee's folder is read whole, or every fault is named by file, row and field."""

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from pollstation.bundles.election_folder import Preparation, read_folder
from pollstation.domain.contests import Post
from pollstation.domain.errors import Code, Fault, Faults
from pollstation.domain.identity_numbers import check_character
from pollstation.domain.profiles import StillShort, rules_of
from pollstation.domain.staff import Role

ELECTION = """
[election]
id = "d-2026"
title = "区人民代表大会代表选举"
profile = "npc-2020"
day = 2026-12-08
committee = "区选举委员会"

[[contest]]
id = "county-3"
level = "county"
seats = 2
candidates = ["甲", "乙", "丙"]

[[contest]]
id = "town-1"
level = "township"
seats = 1
candidates = ["丁", "戊"]

[[station]]
id = "S01"
name = "第一投票站"
contests = ["county-3", "town-1"]
counting_site = "C1"

    [[station.box]]
    id = "S01-F"
    kind = "fixed"
    label = "1"

    [[station.box]]
    id = "S01-M1"
    kind = "mobile"
    label = "流动 1"

[[station]]
id = "C1"
name = "中心会场"
"""
Lines = Sequence[Sequence[object]]
HEADINGS: list[object] = [
    "序号",
    "姓名",
    "性别",
    "出生日期",
    "选民小组",
    "住址",
    "选民证号",
    "身份证号",
    "投票站",
    "选区",
]


def id_number(first_seventeen: str) -> str:
    return first_seventeen + check_character(first_seventeen)


VOTERS: list[list[object]] = [
    ["1", "单 小明", "男", "1980-01-31", "一组", "人民路 1 号", "K001", "", "S01", "county-3、town-1"],
    ["2", "李𬭚", "女", "1949年12月31日", "一组", "", "", "11010519491231002x", "S01", "county-3"],
    ["3", "阿依古丽·买买提", "", "", "", "", "K003", id_number("11010519900307891"), "S01", "town-1"],
]
STAFF: list[list[object]] = [
    ["编号", "姓名", "职务", "投票站", "口令"],
    ["sup", "王主", "负责人", "S01;C1", "一个长的口令"],
    ["scr1", "王监", "监票人", "S01、C1", "abcdefg"],
    ["scr2", "李监", "scrutineer", "S01 C1", "abcdefg"],
    ["cnt1", "王计", "计票人", "C1", "abcdefg"],
    ["cnt2", "李计", "计票员", "C1", "abcdefg"],
]


def as_csv(file: Path, rows: Lines, encoding: str = "utf-8") -> None:
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    file.with_suffix(".csv").write_bytes(text.getvalue().encode(encoding))


def as_xlsx(file: Path, rows: Lines) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(file.with_suffix(".xlsx"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "election.toml").write_text(ELECTION, "utf-8")
    as_csv(tmp_path / "register", [HEADINGS, *VOTERS])
    as_csv(tmp_path / "staff", STAFF)
    return tmp_path


def faults_in(folder: Path) -> list[Fault]:
    with pytest.raises(Faults) as refused:
        read_folder(folder)
    return refused.value.faults


def places(folder: Path) -> set[tuple[Code, str, int, str]]:
    return {(fault.code, fault.file, fault.row, fault.field) for fault in faults_in(folder)}


def test_a_folder_becomes_plans_register_and_staff(folder: Path) -> None:
    prepared, warnings = read_folder(folder)
    assert warnings == []
    polling, counting = prepared.plan("S01"), prepared.plan("C1")
    assert (polling.station.counts, polling.counted) == ((), ())
    assert (counting.station.counts, counting.station.contests) == (("S01",), ("county-3", "town-1"))
    assert [box.id for box in counting.counted_boxes] == ["S01-F", "S01-M1"]
    assert polling.contest("town-1").counting_sites == ("C1",)
    first, second, third = prepared.register["S01"]
    assert (first.name, first.sex, first.contests) == ("单小明", "male", ("county-3", "town-1"))
    assert (second.birth, second.id_number) == (date(1949, 12, 31), "11010519491231002X")
    assert (third.name, third.birth) == ("阿依古丽·买买提", date(1990, 3, 7))
    assert [person.role for person in prepared.staff][:2] == [Role.SUPERVISOR, Role.SCRUTINEER]
    assert prepared.staff[2].stations == ("S01", "C1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_register_is_read_in_every_encoding_that_spreadsheets_write(folder: Path, encoding: str) -> None:
    as_csv(folder / "register", [HEADINGS, *VOTERS], encoding)
    assert read_folder(folder)[0].register["S01"][1].name == "李𬭚"


def test_close_relatives_of_candidates_are_marked_where_the_list_has_the_column(folder: Path) -> None:
    assert not any(person.relative_of for person in read_folder(folder)[0].staff)
    as_csv(
        folder / "staff",
        [[*STAFF[0], "近亲属候选人"], *([*row, "甲"] if row[0] == "scr1" else row for row in STAFF[1:])],
    )
    marked = {person.id: person.relative_of for person in read_folder(folder)[0].staff}
    assert (marked["scr1"], marked["scr2"]) == ("甲", "")


def settle(folder: Path, rules: str) -> None:
    committee = 'committee = "区选举委员会"\n'
    text = ELECTION.replace(committee, f"{committee}local_rules = {rules}\n")
    (folder / "election.toml").write_text(text, "utf-8")


def test_a_committee_settles_what_the_profile_leaves_to_it(folder: Path) -> None:
    assert not rules_of(read_folder(folder)[0].election).late_registration
    settle(folder, '{ late_registration = true, proxies_posted = true, still_short = "another round" }')
    rules = rules_of(read_folder(folder)[0].election)
    assert (rules.late_registration, rules.proxies_posted, rules.proxy_bars_staff) == (True, True, False)
    assert rules.needs_committee_consent
    assert rules.still_short is StillShort.ANOTHER_ROUND


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ("{ seats_most = false }", "election.local_rules.seats_most"),
        ('{ late_registration = "yes" }', "election.local_rules.late_registration"),
        ("{ late_registration = 1 }", "election.local_rules.late_registration"),
        ("{ crew_minimum = 1 }", "election.local_rules.crew_minimum"),
        ("{ batch_size = true }", "election.local_rules.batch_size"),
        ('{ still_short = "by lot" }', "election.local_rules.still_short"),
    ],
)
def test_a_local_rule_that_is_none_is_a_fault(folder: Path, rules: str, field: str) -> None:
    settle(folder, rules)
    assert places(folder) == {(Code.FIELD_INVALID, "election.toml", 0, field)}


def test_a_spreadsheet_gives_the_same_as_text(folder: Path) -> None:
    from_text = read_folder(folder)[0]
    (folder / "register.csv").unlink()
    rows: list[list[object]] = [HEADINGS, *([int(str(row[0])), *row[1:]] for row in VOTERS)]
    rows[1][3] = datetime.combine(date(1980, 1, 31), time())
    as_xlsx(folder / "register", rows)
    assert read_folder(folder)[0] == from_text


def test_english_headings_serve_as_well(folder: Path) -> None:
    english = [
        "number",
        "Name",
        "sex",
        "birth",
        "group",
        "address",
        "card",
        "ID_number",
        "station",
        "contests",
    ]
    as_csv(folder / "register", [english, *VOTERS])
    assert len(read_folder(folder)[0].register["S01"]) == 3


def test_without_a_column_of_contests_everybody_votes_in_all(folder: Path) -> None:
    as_csv(folder / "register", [HEADINGS[:-1], *(row[:-1] for row in VOTERS)])
    assert {voter.contests for voter in read_folder(folder)[0].register["S01"]} == {("county-3", "town-1")}


BAD_LINES: list[tuple[Code, str, list[object]]] = [
    (Code.FIELD_MISSING, "name", ["9", " ", "男", "", "", "", "K9", "", "S01", "town-1"]),
    (Code.FIELD_MISSING, "number", ["", "王明", "男", "", "", "", "K9", "", "S01", "town-1"]),
    (Code.FIELD_INVALID, "number", ["九", "王明", "男", "", "", "", "K9", "", "S01", "town-1"]),
    (Code.DUPLICATE_VALUE, "number", ["1", "王明", "男", "", "", "", "K9", "", "S01", "town-1"]),
    (Code.DUPLICATE_VALUE, "card", ["9", "王明", "男", "", "", "", "K001", "", "S01", "town-1"]),
    (
        Code.DUPLICATE_VALUE,
        "id_number",
        ["9", "王明", "女", "", "", "", "", "11010519491231002X", "S01", "town-1"],
    ),
    (
        Code.ID_NUMBER_LENGTH,
        "id_number",
        ["9", "王明", "", "", "", "", "", "110105491231002", "S01", "town-1"],
    ),
    (
        Code.ID_NUMBER_CHECK_DIGIT,
        "id_number",
        ["9", "王明", "", "", "", "", "", "110105194912310021", "S01", "town-1"],
    ),
    (
        Code.ID_NUMBER_BIRTH,
        "birth",
        ["9", "王明", "男", "1990-03-08", "", "", "", id_number("11010519900307001"), "S01", "town-1"],
    ),
    (Code.VOTER_UNIDENTIFIED, "card", ["9", "王明", "", "", "", "", "", "", "S01", "town-1"]),
    (Code.VOTER_UNDER_AGE, "birth", ["9", "王明", "", "2008-12-09", "", "", "K9", "", "S01", "town-1"]),
    (Code.DATE_UNREADABLE, "birth", ["9", "王明", "", "1980-02-30", "", "", "K9", "", "S01", "town-1"]),
    (Code.SEX_UNKNOWN, "sex", ["9", "王明", "甲", "", "", "", "K9", "", "S01", "town-1"]),
    (Code.FOLDER_STATION_UNKNOWN, "station", ["9", "王明", "", "", "", "", "K9", "", "S09", "town-1"]),
    (Code.FOLDER_STATION_UNKNOWN, "station", ["9", "王明", "", "", "", "", "K9", "", "C1", "town-1"]),
    (Code.FIELD_MISSING, "station", ["9", "王明", "", "", "", "", "K9", "", "", "town-1"]),
    (Code.FOLDER_CONTEST_UNKNOWN, "contests", ["9", "王明", "", "", "", "", "K9", "", "S01", "town-2"]),
    (Code.FIELD_MISSING, "contests", ["9", "王明", "", "", "", "", "K9", "", "S01", ""]),
    (Code.CHARACTER_UNPRINTABLE, "name", ["9", "王\U000323af", "", "", "", "", "K9", "", "S01", "town-1"]),
]


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_every_fault_of_a_register_is_named_by_row_and_field(
    folder: Path, write: Callable[[Path, Lines], None]
) -> None:
    (folder / "register.csv").unlink()
    # numbers and cards of their own, but for the lines that are about them
    fresh = {"9": "1{}", "K9": "K9{}"}
    lines = [
        [fresh.get(str(cell), str(cell)).format(at) for cell in line]
        for at, (_, _, line) in enumerate(BAD_LINES)
    ]
    rows: list[Sequence[object]] = [HEADINGS, *VOTERS, [""] * len(HEADINGS), *lines]
    write(folder / "register", rows)
    file = f"register{'.csv' if write is as_csv else '.xlsx'}"
    assert places(folder) == {
        (code, file, row, field) for row, (code, field, _) in enumerate(BAD_LINES, start=6)
    }


def test_an_identity_number_in_a_numeric_cell_is_a_fault_that_says_so(folder: Path) -> None:
    (folder / "register.csv").unlink()
    line = [*VOTERS[1]]
    line[7] = 110105199003078915
    as_xlsx(folder / "register", [HEADINGS, line])
    assert places(folder) == {(Code.ID_NUMBER_NOT_TEXT, "register.xlsx", 2, "id_number")}


def test_a_sex_that_the_identity_number_contradicts_is_said_and_not_refused(folder: Path) -> None:
    line = [*VOTERS[1]]
    line[2] = "男"
    as_csv(folder / "register", [HEADINGS, line])
    _, warnings = read_folder(folder)
    assert [(each.code, each.row) for each in warnings] == [(Code.ID_NUMBER_SEX, 2)]


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ('profile = "npc-2020"', 'profile = "npc"', Code.PROFILE_UNKNOWN, "election.profile"),
        ("day = 2026-12-08", 'day = "tomorrow"', Code.FIELD_INVALID, "election.day"),
        ('id = "d-2026"', 'id = "区 2026"', Code.NAME_UNFIT, "election.id"),
        ('title = "区', 'tilte = "区', Code.FIELD_INVALID, "election.tilte"),
        ("seats = 2", "seats = 4", Code.SEATS_BEYOND_LAW, "contest[0].seats"),
        ("seats = 2", 'seats = "two"', Code.FIELD_INVALID, "contest[0].seats"),
        ('"乙", "丙"', '"乙", "甲"', Code.CANDIDATE_TWICE, "contest[0].candidates"),
        ('"乙", "丙"', '"乙", " "', Code.FIELD_MISSING, "contest[0].candidates"),
        ('level = "township"', 'level = "town"', Code.FIELD_INVALID, "contest[1].level"),
        ('id = "town-1"', 'id = "county-3"', Code.DUPLICATE_VALUE, "contest[1].id"),
        ('id = "town-1"', 'id = "town/1"', Code.NAME_UNFIT, "contest[1].id"),
        ('"county-3", "town-1"', '"county-3", "town-9"', Code.FOLDER_CONTEST_UNKNOWN, "station[0].contests"),
        (
            'counting_site = "C1"',
            'counting_site = "C9"',
            Code.FOLDER_STATION_UNKNOWN,
            "station[0].counting_site",
        ),
        ('counting_site = "C1"', "", Code.STATION_IDLE, "station[1]"),
        ('id = "S01-M1"', 'id = "S01-F"', Code.DUPLICATE_VALUE, "station[0].box[1].id"),
        ('kind = "mobile"', 'kind = "fixed"', Code.STATION_BOXES, "station[0].box"),
        ('kind = "mobile"', 'kind = "round"', Code.FIELD_INVALID, "station[0].box[1].kind"),
        ("第一投票站", "第\U000323af投票站", Code.CHARACTER_UNPRINTABLE, "station[0].name"),
    ],
)
def test_every_fault_of_the_plan_is_named_by_field(
    folder: Path, old: str, new: str, code: Code, field: str
) -> None:
    assert old in ELECTION
    (folder / "election.toml").write_text(ELECTION.replace(old, new, 1), "utf-8")
    assert (code, "election.toml", 0, field) in places(folder)


VILLAGE = (
    ELECTION.replace("npc-2020", "village-2025")
    .replace('level = "county"\nseats = 2', 'level = "village"\npost = "chair"\nseats = 1')
    .replace('level = "township"', 'level = "village"\npost = "member"')
)


def test_posts_of_a_village_are_read(folder: Path) -> None:
    (folder / "election.toml").write_text(VILLAGE, "utf-8")
    prepared, _ = read_folder(folder)
    assert [contest.post for contest in prepared.contests] == [Post.CHAIR, Post.MEMBER]


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("village-2025", "npc-2020", Code.POST_NOT_HERE, "contest[0].post"),
        ('level = "village"', 'level = "county"', Code.POST_NOT_HERE, "contest[0].post"),
        ('post = "chair"', 'post = "mayor"', Code.FIELD_INVALID, "contest[0].post"),
        ('post = "chair"', 'post = "member"', Code.POST_TWICE, "contest[1].post"),
        ("seats = 1", "seats = 2", Code.SEATS_BEYOND_LAW, "contest[0].seats"),
        ('"county-3", "town-1"', '"county-3"', Code.POSTS_APART, "contest[1].post"),
    ],
)
def test_posts_that_cannot_be_are_named_by_field(
    folder: Path, old: str, new: str, code: Code, field: str
) -> None:
    assert old in VILLAGE
    (folder / "election.toml").write_text(VILLAGE.replace(old, new, 1), "utf-8")
    assert (code, "election.toml", 0, field) in places(folder)


def test_two_villages_have_a_chair_each(folder: Path) -> None:
    two = VILLAGE.replace('post = "member"', 'post = "chair"\nconstituency = "二村"')
    (folder / "election.toml").write_text(two, "utf-8")
    assert [contest.post for contest in read_folder(folder)[0].contests] == [Post.CHAIR] * 2


@pytest.mark.parametrize(("candidates", "fit"), [(2, False), (3, True), (4, True), (5, False)])
def test_too_few_or_too_many_candidates_are_said_and_not_refused(
    folder: Path, candidates: int, fit: bool
) -> None:
    names = ", ".join(f'"候选人{n}"' for n in range(candidates))
    (folder / "election.toml").write_text(ELECTION.replace('"甲", "乙", "丙"', names), "utf-8")
    _, warnings = read_folder(folder)
    assert [each.code for each in warnings] == ([] if fit else [Code.CANDIDATES_OUT_OF_RANGE])


def test_a_plan_that_is_no_toml_is_refused_with_its_line(folder: Path) -> None:
    (folder / "election.toml").write_text("[election]\nid = \n", "utf-8")
    assert places(folder) == {(Code.FOLDER_FILE_UNREADABLE, "election.toml", 2, "")}


@pytest.mark.parametrize("name", ["election.toml", "register.csv", "staff.csv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert (Code.FOLDER_FILE_MISSING, name, 0, "") in places(folder)


def test_two_registers_are_one_too_many(folder: Path) -> None:
    as_xlsx(folder / "register", [HEADINGS, *VOTERS])
    assert (Code.FOLDER_FILE_TWICE, "register.csv", 0, "") in places(folder)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xff\xff\xff", bytes(100)])
def test_a_damaged_spreadsheet_is_refused(folder: Path, data: bytes) -> None:
    (folder / "register.csv").unlink()
    (folder / "register.xlsx").write_bytes(data)
    assert {fault.file for fault in faults_in(folder)} == {"register.xlsx"}


def test_missing_and_double_columns_are_named(folder: Path) -> None:
    as_csv(folder / "register", [["序号", "姓名", "姓名", "投票站"], ["1", "王", "王", "S01"]])
    assert places(folder) == {
        (Code.COLUMN_TWICE, "register.csv", 1, "name"),
        (Code.COLUMN_MISSING, "register.csv", 1, "sex"),
        (Code.COLUMN_MISSING, "register.csv", 1, "birth"),
        (Code.COLUMN_MISSING, "register.csv", 1, "card"),
    }


def test_a_register_without_lines_is_refused(folder: Path) -> None:
    as_csv(folder / "register", [HEADINGS])
    assert places(folder) == {(Code.TABLE_EMPTY, "register.csv", 0, "")}


def test_every_fault_of_the_staff_is_named(folder: Path) -> None:
    rows: list[list[object]] = [
        *STAFF,
        ["sup", "赵", "负责人", "S01", "abcdefg"],
        ["x1", "", "负责人", "S01", "abcdefg"],
        ["x2", "赵", "厨师", "S01", "abcdefg"],
        ["x3", "赵", "负责人", "S09", "abcdefg"],
        ["x4", "赵", "负责人", "S01", "abc"],
    ]
    as_csv(folder / "staff", rows)
    assert places(folder) == {
        (Code.DUPLICATE_VALUE, "staff.csv", 7, "id"),
        (Code.FIELD_MISSING, "staff.csv", 8, "name"),
        (Code.ROLE_UNKNOWN, "staff.csv", 9, "role"),
        (Code.FOLDER_STATION_UNKNOWN, "staff.csv", 10, "station"),
        (Code.STAFF_PASSPHRASE_SHORT, "staff.csv", 11, "passphrase"),
    }


def test_a_station_without_two_scrutineers_is_refused(folder: Path) -> None:
    as_csv(folder / "staff", [row for row in STAFF if row[0] != "scr2"])
    short = [fault for fault in faults_in(folder) if fault.code is Code.STAFF_SHORT]
    assert [(fault.facts["station"], fault.facts["there"]) for fault in short] == [("S01", 1), ("C1", 1)]


def test_no_passphrase_and_no_identity_number_stands_in_a_fault(folder: Path) -> None:
    as_csv(
        folder / "register",
        [HEADINGS, *VOTERS, ["9", "王", "", "", "", "", "", "11010519491231002X", "S01", ""]],
    )
    as_csv(folder / "staff", [*STAFF, ["sup", "赵", "厨师", "S09", "geheim"]])
    with pytest.raises(Faults) as refused:
        read_folder(folder)
    for secret in ("11010519491231002X", "geheim"):
        assert secret not in str(refused.value) + repr(refused.value.faults)


def test_a_whole_town_is_read_quickly_and_in_order(folder: Path) -> None:
    rows = [
        [str(n), "王明", "男", "1980-01-31", "", "", f"K{n}", "", "S01", "town-1"] for n in range(2000, 0, -1)
    ]
    as_csv(folder / "register", [HEADINGS, *rows])
    prepared: Preparation = read_folder(folder)[0]
    assert [voter.number for voter in prepared.register["S01"]] == list(range(1, 2001))


@given(
    digits=st.from_regex(r"[1-9][0-9]{16}", fullmatch=True), place=st.integers(0, 16), step=st.integers(1, 9)
)
def test_one_mistyped_digit_of_an_identity_number_is_always_found(digits: str, place: int, step: int) -> None:
    mistyped = digits[:place] + str((int(digits[place]) + step) % 10) + digits[place + 1 :]
    assert check_character(mistyped) != check_character(digits)
