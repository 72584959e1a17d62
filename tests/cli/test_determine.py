"""``pollstation determine`` as a user meets it: a file in, JSON out, words on stderr, an exit status."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

VECTORS = Path(__file__).parent.parent / "data" / "result_vectors.json"
FIELDS = [
    "id",
    "outcome",
    "needed",
    "elected",
    "pending",
    "tied",
    "seats_left",
    "fresh_candidates",
    "reasons",
]
CASE = {
    "id": "甲区",
    "profile": "npc-2020",
    "round": "first",
    "seats": 1,
    "registered": 1000,
    "participants": 800,
    "collected": 800,
    "votes": {"A": 450, "B": 300},
}


def pollstation(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pollstation", "--language", "en", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60)


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "cases.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def judged(folder: Path, *cases: object, status: int = 0) -> list[dict[str, Any]]:
    ended = pollstation("determine", written(folder, json.dumps({"cases": cases}, ensure_ascii=False)))
    assert ended.returncode == status, ended.stderr.decode()
    results: list[dict[str, Any]] = json.loads(ended.stdout.decode("utf-8"))["results"]
    return results


def agree(found: dict[str, Any], expected: dict[str, Any]) -> None:
    for field, value in expected.items():
        if isinstance(value, dict):
            agree(found[field], value)
        else:
            assert found[field] == value, field


def test_all_worked_cases_agree_in_their_order() -> None:
    ended = pollstation("determine", VECTORS)
    assert (ended.returncode, ended.stderr) == (0, b"")
    cases = json.loads(VECTORS.read_bytes())["cases"]
    results = json.loads(ended.stdout.decode("utf-8"))["results"]
    assert [result["id"] for result in results] == [case["id"] for case in cases]
    for case, result in zip(cases, results, strict=True):
        agree(result, case["expect"])


def test_a_result_has_the_fields_of_the_contract_in_order(tmp_path: Path) -> None:
    (result,) = judged(tmp_path, CASE)
    assert [*result] == FIELDS
    assert result["id"] == "甲区"
    assert {"article": "45", "text": "Elected: A."} in result["reasons"]


def test_differing_bases_hold_two_whole_results(tmp_path: Path) -> None:
    case = {name: value for name, value in CASE.items() if name != "participants"} | {"issued": 900}
    (result,) = judged(tmp_path, case)
    assert result["outcome"] == "BASIS_DEPENDENT"
    assert [*result] == [*FIELDS, "by_issued", "by_collected"]
    assert [*result["by_issued"]] == [*result["by_collected"]] == FIELDS


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"registered": -1}, "registered"),
        ({"votes": {"A": 801}}, "votes"),
        ({"profile": "npc-1953"}, "profile"),
        ({"seats": "one"}, "seats"),
        ({"round": "last"}, "round"),
    ],
)
def test_a_case_that_is_none_names_its_field_and_the_others_are_judged(
    tmp_path: Path, change: dict[str, object], field: str
) -> None:
    wrong, right = judged(tmp_path, CASE | change, CASE, status=1)
    assert (wrong["id"], wrong["outcome"], right["outcome"]) == ("甲区", "INVALID_INPUT", "ELECTED")
    assert any(reason["text"].startswith(field) for reason in wrong["reasons"])


def test_a_missing_field_is_named_and_the_case_on_stderr_too(tmp_path: Path) -> None:
    case = {name: value for name, value in CASE.items() if name != "collected"}
    file = written(tmp_path, json.dumps({"cases": [case, 7]}))
    ended = pollstation("determine", file)
    results = json.loads(ended.stdout.decode("utf-8"))["results"]
    assert results[0]["reasons"] == [{"article": "", "text": "collected: this field is missing."}]
    assert results[1]["outcome"] == "INVALID_INPUT"
    assert "number 2" in ended.stderr.decode()
    assert ended.returncode == 1


def test_a_name_given_twice_is_not_silently_dropped(tmp_path: Path) -> None:
    text = json.dumps({"cases": [CASE]}).replace('"B": 300', '"A": 300')
    ended = pollstation("determine", written(tmp_path, text))
    (result,) = json.loads(ended.stdout)["results"]
    assert (ended.returncode, result["outcome"]) == (1, "INVALID_INPUT")
    assert result["reasons"][0]["text"].startswith("votes:")


def test_rare_and_broken_characters_come_back_as_json(tmp_path: Path) -> None:
    text = json.dumps({"cases": [CASE | {"votes": {"𠮷\ud800": 450}}]})
    ended = pollstation("determine", written(tmp_path, text))
    assert json.loads(ended.stdout.decode("utf-8"))["results"][0]["elected"] == ["𠮷\ud800"]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    ended = pollstation("determine", written(tmp_path, b"\xef\xbb\xbf" + json.dumps({"cases": []}).encode()))
    assert (ended.returncode, json.loads(ended.stdout)) == (0, {"results": []})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"cases": [', "S-011"),
        (b'{"cases": ["\xff"]}', "S-011"),
        ("[" * 200_000, "S-011"),
        ("9" * 5000, "S-011"),
        ('{"results": []}', "S-012"),
        ('{"cases": {}}', "S-012"),
        ("[]", "S-012"),
    ],
)
def test_a_file_without_cases_is_refused_in_words(tmp_path: Path, content: str | bytes, code: str) -> None:
    ended = pollstation("determine", written(tmp_path, content))
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.decode().startswith(code)
    assert "Traceback" not in ended.stderr.decode()


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    ended = pollstation("determine", tmp_path / "none.json")
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.decode().startswith("S-010")
    assert pollstation("determine", tmp_path).returncode == 1


def test_a_wrong_use_ends_with_status_2() -> None:
    assert pollstation("determine").returncode == 2
    assert pollstation("determine", "--no-such-option", VECTORS).returncode == 2
    assert pollstation("no-such-command").returncode == 2


def test_help_and_version_need_no_command() -> None:
    assert b"determine" in pollstation().stdout
    assert pollstation("--version").stdout.startswith(b"pollstation")
    assert b"FILE" in pollstation("determine", "--help").stdout
