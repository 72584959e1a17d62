"""Whole days, played through the command line as people do, and what they leave behind."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from click.testing import CliRunner

from pollstation.bundles.result_bundle import verify_bundle
from pollstation.cli import pollstation
from pollstation.domain.errors import Code, Refusal
from pollstation.rehearsal.playing import rehearse
from pollstation.rehearsal.scenario import OF_THE_COUNT, Kind
from pollstation.rehearsal.scenario_checks import read_scenario
from tests.rehearsal.conftest import SMALL

TOP = Path(__file__).resolve().parents[2]
Summary = dict[str, Any]


def play(file: Path, out: Path) -> Summary:
    """The summary, which stdout and summary.json give alike."""
    result = CliRunner().invoke(pollstation, ["--language", "en", "rehearse", str(file), "--out", str(out)])
    assert result.exit_code == 0, result.stderr
    printed: Summary = json.loads(result.stdout)
    assert printed == json.loads((out / "summary.json").read_text("utf-8"))
    return printed


@pytest.fixture(scope="module")
def played(small: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    out = tmp_path_factory.mktemp("played") / "out"
    return out, play(small, out)


def test_the_day_ends_as_the_scenario_says(played: tuple[Path, Summary]) -> None:
    _, summary = played
    contests = summary.pop("contests")
    assert {
        name: summary[name] for name in ("registered", "participants", "turnout", "proxies", "mobile")
    } == {
        "registered": 260,
        "participants": 229,
        "turnout": 88.1,
        "proxies": 11,
        "mobile": 7,
    }
    assert (summary["boxes"], summary["planted"]) == (3, [])
    assert contests["county-1"] == {
        "registered": 260,
        "participants": 229,
        "issued": 229,
        "spoilt": 2,
        "collected": 228,
        "valid": 224,
        "void": 4,
        "not_returned": 1,
        "votes": {"甲": 190, "乙": 150, "丙": 60},
        "write_ins": {"戊": 3},
        "outcome": "ELECTED",
        "elected": ["甲", "乙"],
    }
    assert contests["town-1"]["collected"] == 14
    assert contests["town-1"]["elected"] == ["丁"]


def test_every_bundle_verifies_and_every_document_is_a_pdf(played: tuple[Path, Summary]) -> None:
    out, summary = played
    root = (out / summary["trust_root"]).read_bytes()
    reports = [verify_bundle((out / path).read_bytes(), root) for path in summary["bundles"]]
    assert sorted((report.role, report.station) for report in reports) == [
        ("counting", "C1"),
        ("polling", "S01"),
        ("polling", "S02"),
    ]
    assert any("collected/county-1/S01-F" in report.explained for report in reports)
    assert "documents/C1/count-sheets.pdf" in summary["documents"]
    assert all((out / path).read_bytes().startswith(b"%PDF") for path in summary["documents"])


def test_a_bundle_holds_by_public_tools_alone(played: tuple[Path, Summary], tmp_path: Path) -> None:
    out, summary = played
    root = out / summary["trust_root"]
    for path in summary["bundles"]:
        folder = tmp_path / Path(path).stem
        subprocess.run(["unzip", "-q", str(out / path), "-d", str(folder)], check=True)
        subprocess.run(["sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=True)
        command = (
            "openssl cms -verify -binary -inform DER -in SHA256SUMS.p7s -content SHA256SUMS -purpose any"
        )
        subprocess.run(
            [*command.split(), "-CAfile", str(root), "-out", "/dev/null"],
            cwd=folder,
            check=True,
            capture_output=True,
        )


def test_the_journal_says_how_many_entries_there_are(played: tuple[Path, Summary]) -> None:
    out, summary = played
    words = json.loads((out / "passphrases.json").read_text("utf-8"))["files"]
    entries = 0
    for station in ("S01", "S02", "C1"):
        result = CliRunner().invoke(
            pollstation,
            ["journal", "check", str(out / "stations" / f"{station}.pollstation")],
            env={"POLLSTATION_PASSPHRASE": words[station]},
        )
        devices = json.loads(result.stdout)["devices"]
        entries += next(each["entries"] for name, each in devices.items() if name.startswith(station))
    assert entries == summary["journal_entries"]


def test_a_station_file_is_rebuilt_to_the_same_figures(played: tuple[Path, Summary]) -> None:
    out, _ = played
    words = json.loads((out / "passphrases.json").read_text("utf-8"))["files"]
    result = CliRunner().invoke(
        pollstation,
        ["rebuild", str(out / "stations" / "C1.pollstation")],
        env={"POLLSTATION_PASSPHRASE": words["C1"]},
    )
    rebuilt = json.loads(result.stdout)
    assert (rebuilt["corrected"], rebuilt["totals"]["for/county-1/0"]) == (0, 190)


def test_the_journal_is_listed_by_kind_and_person(played: tuple[Path, Summary]) -> None:
    out, _ = played
    words = json.loads((out / "passphrases.json").read_text("utf-8"))["files"]
    command = ["journal", "list", str(out / "stations" / "S01.pollstation"), "--limit", "3"]
    result = CliRunner().invoke(
        pollstation,
        [*command, "--kind", "ballots-issued", "--person", "officer-01"],
        env={"POLLSTATION_PASSPHRASE": words["S01"]},
    )
    listed = json.loads(result.stdout)
    assert len(listed["entries"]) == 3
    assert listed["count"] > 150
    assert all("private" not in entry for entry in listed["entries"])


def test_a_byte_changed_in_a_bundles_journal_is_found_by_its_chain(
    played: tuple[Path, Summary], tmp_path: Path
) -> None:
    out, summary = played
    sound = (out / summary["bundles"][0]).read_bytes()
    assert b'"kind":"opened"' in sound
    bundle = tmp_path / "changed.zip"
    # in the stored file, so that the ZIP's own checksum would betray it as well
    bundle.write_bytes(sound.replace(b'"kind":"opened"', b'"kind":"closed"'))
    assert CliRunner().invoke(pollstation, ["journal", "check", str(bundle)]).exit_code == 1


def test_the_same_seed_gives_the_same_people_and_times(
    played: tuple[Path, Summary], small: Path, tmp_path: Path
) -> None:
    _, summary = played
    again = play(small, tmp_path / "out")
    assert again["journal_entries"] == summary["journal_entries"]
    assert again["documents"] == summary["documents"]


def test_a_folder_with_a_rehearsal_in_it_is_left_alone(played: tuple[Path, Summary], small: Path) -> None:
    out, _ = played
    with pytest.raises(Refusal) as caught:
        rehearse(read_scenario(small), out, lambda _text: None)
    assert caught.value.code is Code.REHEARSAL_EXISTS


def test_xuefu_3_elects_three_of_four(tmp_path: Path) -> None:
    summary = play(TOP / "resources" / "rehearsals" / "xuefu-3.toml", tmp_path / "out")
    contest = summary["contests"]["district-xuefu-3"]
    assert (summary["participants"], summary["turnout"]) == (1955, 95.8)
    assert (contest["outcome"], contest["elected"]) == ("ELECTED", ["甲", "乙", "丙"])
    assert contest["votes"] == {"甲": 1700, "乙": 1500, "丙": 1200, "丁": 900}


def test_a_village_elects_nobody_to_two_posts_and_says_so_on_paper(tmp_path: Path) -> None:
    out = tmp_path / "out"
    contests = play(TOP / "resources" / "rehearsals" / "village.toml", out)["contests"]
    assert {name: (each["outcome"], each["elected"]) for name, each in contests.items()} == {
        "chair": ("ELECTED", ["甲"]),
        "vice-chair": ("ELECTED", ["乙"]),
        "member": ("ELECTED", ["丁", "戊", "己"]),
    }
    assert contests["member"]["votes"]["甲"] > contests["member"]["votes"]["己"]
    with pypdfium2.PdfDocument(out / "documents" / "V01" / "result-member.pdf") as printed:
        words = "".join(page.get_textpage().get_text_range() for page in printed)
    assert "村民委员会委员" in words
    assert words.count("Holds a higher post") == 2


def test_stations_that_count_themselves_are_played_side_by_side(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(SMALL.replace('counting_site = "C1"\n', ""), encoding="utf-8")
    summary = play(file, tmp_path / "out")
    assert [Path(path).stem.split("-", 3)[3] for path in summary["bundles"]] == [
        "S01-counting",
        "S02-counting",
    ]
    assert summary["contests"]["county-1"]["votes"] == {"甲": 190, "乙": 150, "丙": 60}


CAUGHT = {
    Kind.SECOND_ATTEMPT: (Code.ALREADY_VOTED, "voting"),
    Kind.VOTED_BY_PROXY_COMES: (Code.VOTED_BY_PROXY, "voting"),
    Kind.FOURTH_PROXY: (Code.PROXY_HOLDS_TOO_MANY, "voting"),
    Kind.PROXY_AFTER_VOTING: (Code.ALREADY_VOTED, "voting"),
    Kind.UNAPPROVED_PROXY: (Code.PROXY_WITHOUT_CONSENT, "voting"),
    Kind.WRONG_STATION: (Code.OTHER_STATION, "voting"),
    Kind.INVENTED_CARD: (Code.CARD_INVENTED, "voting"),
    Kind.STOCK_PACKET_SHORT: (Code.PACKETS_DIFFER, "close"),
    Kind.BALLOT_LOST: (Code.BOX_SHORT, "count"),
    Kind.EXTRA_BALLOT: (Code.BOX_TOO_FULL, "count"),
    Kind.BROKEN_SEAL: (Code.SEAL_DIFFERS, "count"),
    Kind.CREW_OF_ONE: (Code.CREW_TOO_SMALL, "voting"),
    Kind.CREW_CANDIDATE: (Code.CREW_IS_CANDIDATE, "voting"),
    Kind.MOBILE_RETURNS_SHORT: (Code.MOBILE_BOX_DIFFERS, "close"),
    Kind.TRANSPOSED_DIGITS: (Code.DIGITS_TRANSPOSED, "count"),
    Kind.SHIFTED_COLUMN: (Code.COLUMN_SHIFTED, "count"),
    Kind.BATCH_ENTERED_TWICE: (Code.BATCH_LOOKS_REPEATED, "count"),
    Kind.SAME_PERSON_TWICE: (Code.SAME_COUNTER_TWICE, "count"),
    Kind.BOX_FORGOTTEN: (Code.BOX_NOT_COUNTED, "count"),
    Kind.SUM_MISREAD: (Code.VALID_MISREAD, "count"),
    Kind.MORE_VOTES_THAN_BALLOTS: (Code.FIGURE_TOO_LARGE, "count"),
    Kind.BOX_OPENED_UNSEALED: (Code.BOX_CUSTODY_INCOMPLETE, "count"),
}


def planted(kind: Kind) -> str:
    where = 'counting_site = "C1"' if kind in OF_THE_COUNT else 'station = "S01"'
    return f'\n[[irregularity]]\nkind = "{kind}"\n{where}\n'


@pytest.mark.parametrize("kind", Kind)
def test_each_irregularity_is_caught_and_the_day_goes_on(kind: Kind, tmp_path: Path) -> None:
    file = tmp_path / "irregular.toml"
    file.write_text(SMALL + planted(kind), encoding="utf-8")
    summary = rehearse(read_scenario(file), tmp_path / "out", lambda _text: None)
    code, phase = CAUGHT[kind]
    where = {"counting_site": "C1"} if kind in OF_THE_COUNT else {"station": "S01"}
    assert summary["planted"] == [{"kind": kind.value, **where, "caught": code.value, "phase": phase}]


def test_a_batch_entered_twice_is_named_where_no_box_has_a_second_batch(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    small = Path(__file__).resolve().parents[2] / "resources" / "rehearsals" / "small-station.toml"
    text = planted(Kind.BATCH_ENTERED_TWICE).replace("C1", "S01")
    file.write_text(small.read_text("utf-8") + text, encoding="utf-8")
    summary: Summary = rehearse(read_scenario(file), tmp_path / "out", lambda _text: None)
    assert [each["caught"] for each in summary["planted"]] == [Code.BATCH_ENTERED_ALREADY.value]


def test_all_irregularities_together_are_caught(tmp_path: Path) -> None:
    file = tmp_path / "irregular.toml"
    kinds = [kind for kind in Kind if kind is not Kind.BALLOT_LOST]
    file.write_text(SMALL + "".join(map(planted, kinds)), encoding="utf-8")
    summary: Summary = rehearse(read_scenario(file), tmp_path / "out", lambda _text: None)
    assert [each["caught"] for each in summary["planted"]] == [CAUGHT[kind][0].value for kind in kinds]


def test_one_ballot_more_than_voters_elects_nobody_without_the_committee(tmp_path: Path) -> None:
    file = tmp_path / "irregular.toml"
    text = SMALL.replace("not_returned = 1", "not_returned = 0") + planted(Kind.EXTRA_BALLOT)
    file.write_text(text, encoding="utf-8")
    summary: Summary = rehearse(read_scenario(file), tmp_path / "out", lambda _text: None)
    assert summary["contests"]["county-1"]["elected"] == []
    assert summary["contests"]["county-1"]["not_returned"] == -1
