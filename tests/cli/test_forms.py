"""The forms on the command line: a station's own, and what the committee prints of two sites together."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pollstation.cli import pollstation
from tests.documents.test_announcing import Read
from tests.documents.test_filling import read

__all__ = ["read"]

SCENARIO = """
title = "两处计票"
profile = "npc-2020"
seed = 3

[[contest]]
id = "county-1"
level = "county"
seats = 2
candidates = ["甲", "乙", "丙"]
votes = { "甲" = 60, "乙" = 45, "丙" = 20 }
void = 2

[[contest]]
id = "town-1"
level = "township"
seats = 1
candidates = ["丁", "己"]
votes = { "丁" = 15, "己" = 15 }
void = 0

[[station]]
id = "S01"
voters = 60
contests = ["county-1"]
in_person = 45
proxies = 3
mobile = { "M1" = 2 }
counting_site = "C1"

[[station]]
id = "S02"
voters = 40
contests = ["county-1", "town-1"]
in_person = 30
counting_site = "S02"
"""


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """The rehearsed day's root, and the bundles of both sites."""
    folder = tmp_path_factory.mktemp("two-sites")
    (folder / "day.toml").write_text(SCENARIO, "utf-8")
    done = run("rehearse", folder / "day.toml", "--out", folder / "out")
    summary = json.loads(done.stdout)
    bundles = [folder / "out" / name for name in summary["bundles"] if name.endswith("counting.zip")]
    return folder / "out" / summary["trust_root"], bundles


def run(*arguments: str | Path, environment: dict[str, str] | None = None) -> Any:
    return CliRunner().invoke(pollstation, ["--language", "en", *map(str, arguments)], env=environment)


def test_the_committee_announces_what_both_sites_counted(
    played: tuple[Path, list[Path]], tmp_path: Path, read: Read
) -> None:
    root, bundles = played
    assert len(bundles) == 2
    out = tmp_path / "papers"
    done = run("committee", "announce", *bundles, "--trust", root, "--out", out, "--form-language", "both")
    answer = json.loads(done.stdout)
    assert answer["contests"]["county-1"] == {"outcome": "ELECTED", "elected": ["甲", "乙"]}
    assert answer["files"] == sorted(path.name for path in out.iterdir())
    text = {path.name: read(path.read_bytes()) for path in out.iterdir()}
    summary = text["summary-county-1.pdf"]
    # 100 registered, 80 took part: 75, 3 and 2; 80 issued, 0 spoilt, 80 collected, 0 missing; 78 valid
    assert "合计Total100807532800800782" in summary
    assert "合计Total6045200" in summary
    notice = text["public-notice-county-1.pdf"]
    assert "当选：甲、乙。" in notice
    assert "Elected:甲、乙." in notice
    assert text["notices-of-election-county-1.pdf"].count("当选通知书") == 2
    assert "选举结果暨另行选举公告" in text["public-notice-town-1.pdf"]
    assert "notices-of-election-town-1.pdf" not in text
    assert "合计Total1008080.0%75(93.8%)2(2.5%)3(3.8%)" in text["statistics.pdf"]


def test_one_site_alone_is_no_result(played: tuple[Path, list[Path]], tmp_path: Path) -> None:
    root, bundles = played
    alone = run("committee", "announce", bundles[0], "--trust", root, "--out", tmp_path / "papers")
    assert alone.exit_code == 1
    assert alone.stderr.startswith("P-301")
    assert not (tmp_path / "papers").exists()


def test_nothing_is_written_over(played: tuple[Path, list[Path]], tmp_path: Path) -> None:
    root, bundles = played
    (tmp_path / "summary-county-1.pdf").write_bytes(b"signed already")
    again = run("committee", "announce", *bundles, "--trust", root, "--out", tmp_path)
    assert again.stderr.startswith("R-114")
    assert (tmp_path / "summary-county-1.pdf").read_bytes() == b"signed already"
    assert [path.name for path in tmp_path.iterdir()] == ["summary-county-1.pdf"]


def test_the_days_forms_come_out_of_the_station_file(
    played: tuple[Path, list[Path]], tmp_path: Path, read: Read
) -> None:
    root, _bundles = played
    words = json.loads((root.parent / "passphrases.json").read_text("utf-8"))["files"]
    file = root.parent / "stations" / "S02.pollstation"
    done = run(
        "forms", file, "--out", tmp_path / "forms", environment={"POLLSTATION_PASSPHRASE": words["S02"]}
    )
    assert json.loads(done.stdout)["files"] == [
        "archive-record.pdf",
        "count-sheets.pdf",
        "opening-record.pdf",
        "public-notice-town-1.pdf",
        "result-county-1.pdf",
        "result-town-1.pdf",
        "station-account.pdf",
        "statistics.pdf",
        "summary-county-1.pdf",
        "summary-town-1.pdf",
    ]
    text = read((tmp_path / "forms" / "archive-record.pdf").read_bytes())
    assert "counting.zip" in text
    assert "剩余选票（已作废）" in text
