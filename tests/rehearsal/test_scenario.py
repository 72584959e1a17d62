"""A scenario that cannot be is refused before anything is played, with every fault named."""

from pathlib import Path

import pytest

from pollstation.domain.errors import Code, Faults, Refusal
from pollstation.rehearsal.scenario_checks import read_scenario
from tests.rehearsal.conftest import SMALL


def faults_of(folder: Path, text: str) -> set[tuple[Code, str]]:
    file = folder / "scenario.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Faults) as caught:
        read_scenario(file)
    return {(fault.code, fault.field) for fault in caught.value.faults}


def changed(*changes: tuple[str, str]) -> str:
    text = SMALL
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return text


def test_the_scenarios_that_come_with_the_program_are_sound() -> None:
    folder = Path(__file__).resolve().parents[2] / "resources" / "rehearsals"
    for name in ("xuefu-3", "town-2021", "village"):
        assert read_scenario(folder / f"{name}.toml").stations


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    text = changed(
        ('"npc-2020"', '"npc-1999"'),
        ("seed = 5", "seed = 5\ncolour = 1"),
        ("void = 4", "void = -4"),
        ("in_person = 200", "in_person = 300"),
        ("proxies = 3", "proxies = 34"),
        ('["county-1", "town-1"]', '["county-1", "town-9"]'),
    )
    assert faults_of(tmp_path, text) == {
        (Code.SCENARIO_NAME_UNKNOWN, "profile"),
        (Code.SCENARIO_FIELD_UNKNOWN, "colour"),
        (Code.SCENARIO_FIELD_WRONG, "contest[county-1].void"),
        (Code.SCENARIO_PARTICIPANTS_MANY, "station[S01].voters"),
        (Code.SCENARIO_PARTICIPANTS_MANY, "station[S02].voters"),
        (Code.SCENARIO_PROXIES_MANY, "station[S02].proxies"),
        (Code.SCENARIO_NAME_UNKNOWN, "station[S02].contests"),
        (Code.SCENARIO_CONTEST_NOWHERE, "contest[town-1]"),
    }


CONTEST, STATION = "contest[county-1].", "station[S01]."


@pytest.mark.parametrize(
    ("before", "after", "code", "field"),
    [
        ("voters = 240\n", "", Code.SCENARIO_FIELD_MISSING, STATION + "voters"),
        ("voters = 240", 'voters = "240"', Code.SCENARIO_FIELD_WRONG, STATION + "voters"),
        ("voters = 240", "voters = 240.0", Code.SCENARIO_FIELD_WRONG, STATION + "voters"),
        ('"M1" = 7', '"M1" = -7', Code.SCENARIO_FIELD_WRONG, STATION + "mobile.M1"),
        ('"M1" = 7', '"M/1" = 7', Code.SCENARIO_ID_UNUSABLE, STATION + "mobile.M/1"),
        ('"M1" = 7', '"f" = 7', Code.SCENARIO_NAME_TWICE, STATION + "mobile.f"),
        ('id = "S01"', 'id = "S:1"', Code.SCENARIO_ID_UNUSABLE, "station[S:1].id"),
        ('id = "S02"', 'id = "s01"', Code.SCENARIO_NAME_TWICE, "station[s01]"),
        ('"甲", "乙", "丙"', '"甲", "乙", "丙", "乙"', Code.SCENARIO_NAME_TWICE, CONTEST + "candidates"),
        ('"甲", "乙", "丙"', '"甲", "乙", "丙", "𠮷"', Code.SCENARIO_UNPRINTABLE, CONTEST + "candidates"),
        ('"戊" = 3', '"丙" = 3', Code.SCENARIO_WRITE_IN_IS_CANDIDATE, CONTEST + "write_ins"),
        ('"丙" = 60', '"丁" = 60', Code.SCENARIO_NAME_UNKNOWN, CONTEST + "votes"),
        ('"甲" = 190', '"甲" = 225', Code.SCENARIO_VOTES_FOR_ONE, CONTEST + "votes"),
        ('"丙" = 60', '"丙" = 106', Code.SCENARIO_VOTES_FOR_ALL, CONTEST + "votes"),
        ("void = 4", "void = 229", Code.SCENARIO_VOID_MANY, CONTEST + "void"),
        ("seats = 2", "seats = 4", Code.SCENARIO_SEATS_MANY, CONTEST + "seats"),
        ("spoilt = 2", "spoilt = 216", Code.SCENARIO_BALLOTS_FEW, STATION + "spoilt"),
        ("not_returned = 1", "not_returned = 216", Code.SCENARIO_BALLOTS_FEW, STATION + "not_returned"),
        (
            'counting_site = "C1"',
            'counting_site = "S02"',
            Code.SCENARIO_SITE_COUNTS_NOT,
            STATION + "counting_site",
        ),
    ],
)
def test_what_cannot_be_is_named(tmp_path: Path, before: str, after: str, code: Code, field: str) -> None:
    assert (code, field) in faults_of(tmp_path, changed((before, after)))


@pytest.mark.parametrize(
    ("before", "after", "code", "field"),
    [
        ("village-2025", "npc-2020", Code.SCENARIO_POST_NOT_HERE, "contest[member].post"),
        ('level = "village"', 'level = "county"', Code.SCENARIO_POST_NOT_HERE, "contest[chair].post"),
        ('post = "member"', 'post = "chair"', Code.SCENARIO_POST_TWICE, "contest[member].post"),
        ("seats = 1", "seats = 2", Code.SCENARIO_SEATS_MANY, "contest[chair].seats"),
        ('"vice-chair", "member"]', '"vice-chair"]', Code.SCENARIO_POSTS_APART, "contest[member]"),
    ],
)
def test_posts_that_cannot_be_are_named(
    tmp_path: Path, before: str, after: str, code: Code, field: str
) -> None:
    village = Path(__file__).resolve().parents[2] / "resources" / "rehearsals" / "village.toml"
    text = village.read_text("utf-8")
    assert before in text
    assert (code, field) in faults_of(tmp_path, text.replace(before, after, 1))


@pytest.mark.parametrize(
    ("lines", "code", "field"),
    [
        ('kind = "theft"\nstation = "S01"', Code.SCENARIO_NAME_UNKNOWN, "kind"),
        ('kind = "broken_seal"\nstation = "S09"', Code.SCENARIO_NAME_UNKNOWN, "station"),
        ('kind = "broken_seal"\ncounting_site = "C1"', Code.SCENARIO_FIELD_MISSING, "station"),
        ('kind = "sum_misread"\nstation = "S01"', Code.SCENARIO_FIELD_MISSING, "counting_site"),
        ('kind = "crew_of_one"\nstation = "S02"', Code.SCENARIO_NO_ROOM_FOR, "kind"),
    ],
)
def test_an_irregularity_that_cannot_be_planted_is_named(
    tmp_path: Path, lines: str, code: Code, field: str
) -> None:
    kind = lines.split('"')[1]
    found = faults_of(tmp_path, f"{SMALL}\n[[irregularity]]\n{lines}\n")
    assert (code, f"irregularity[{kind}].{field}") in found


def test_a_file_that_is_no_toml_or_not_there_is_refused(tmp_path: Path) -> None:
    assert faults_of(tmp_path, "title = ") == {(Code.SCENARIO_NOT_TOML, "")}
    with pytest.raises(Refusal) as caught:
        read_scenario(tmp_path / "missing.toml")
    assert caught.value.code is Code.INPUT_UNREADABLE


def test_an_irregularity_of_the_count_needs_a_sheet(tmp_path: Path) -> None:
    text = changed(
        ("in_person = 200", "in_person = 0"),
        ("proxies = 8", "proxies = 0"),
        ('"M1" = 7', '"M1" = 0'),
        ("spoilt = 2", "spoilt = 0"),
        ("not_returned = 1", "not_returned = 0"),
        ('counting_site = "C1"', 'counting_site = "C2"'),
        ('"甲" = 190, "乙" = 150, "丙" = 60', '"甲" = 5'),
        ("void = 4", "void = 0"),
    )
    text += '\n[[irregularity]]\nkind = "same_person_twice"\ncounting_site = "C2"\n'
    assert faults_of(tmp_path, text) == {(Code.SCENARIO_NO_ROOM_FOR, "irregularity[same_person_twice].kind")}
