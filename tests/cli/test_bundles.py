"""The committee's and the stranger's commands, as they are typed."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pollstation import i18n
from pollstation.bundles.certificates import Authority, certificate_pem
from pollstation.bundles.package import open_package
from pollstation.cli import pollstation
from tests.bundles.test_election_folder import ELECTION, HEADINGS, STAFF, VOTERS, as_csv

SECRETS = {
    "POLLSTATION_COMMITTEE_PASSPHRASE": "correct horse battery",
    "POLLSTATION_STATION_PASSPHRASE": "staple in the box",
}


def run(*arguments: str | Path, environment: dict[str, str] | None = None) -> Result:
    runner = CliRunner()
    texts: Sequence[str] = ["--language", "en", *map(str, arguments)]
    return runner.invoke(pollstation, texts, env=SECRETS if environment is None else environment)


@pytest.fixture(autouse=True)
def english() -> None:
    i18n.use("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    prepared = tmp_path / "election"
    prepared.mkdir()
    (prepared / "election.toml").write_text(ELECTION, "utf-8")
    as_csv(prepared / "register", [HEADINGS, *VOTERS])
    as_csv(prepared / "staff", STAFF)
    return prepared


@pytest.fixture
def key(tmp_path: Path) -> Path:
    made = run("committee", "new-key", "--name", "区选举委员会", "--out", tmp_path / "key")
    assert made.exit_code == 0, made.stderr
    return Path(json.loads(made.stdout)["key"])


def test_a_new_key_is_made_once(key: Path) -> None:
    again = run("committee", "new-key", "--name", "x", "--out", key.parent)
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.startswith("B-304")


def test_a_passphrase_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("another horse battery\n", "utf-8")
    made = run(
        "committee",
        "new-key",
        "--name",
        "x",
        "--out",
        tmp_path / "k",
        "--passphrase-file",
        secret,
        environment={},
    )
    assert made.exit_code == 0
    assert "another horse" not in made.output


def test_packages_of_all_stations_are_built_with_passphrases_of_their_own(
    folder: Path, key: Path, tmp_path: Path
) -> None:
    built = run("package", "build", folder, "--key", key, "--out", tmp_path / "out")
    assert built.exit_code == 0, built.stderr
    document = json.loads(built.stdout)
    assert [each["station"] for each in document["packages"]] == ["S01", "C1"]
    table = (tmp_path / "out" / "passphrases.csv").read_text("utf-8-sig").splitlines()
    secrets = dict(line.split(",") for line in table[1:])
    root = key.with_name("committee-root.pem").read_bytes()
    for each in document["packages"]:
        opened = open_package(Path(each["file"]).read_bytes(), secrets[each["station"]], root)
        assert opened.plan.station.id == each["station"]
    assert not any(secret in built.output for secret in secrets.values())
    again = run("package", "build", folder, "--key", key, "--out", tmp_path / "out")
    assert again.stderr.startswith("R-114")


def test_a_package_of_one_station_is_built_with_the_passphrase_given(
    folder: Path, key: Path, tmp_path: Path
) -> None:
    built = run("package", "build", folder, "--station", "S01", "--key", key, "--out", tmp_path / "a.zip")
    assert built.exit_code == 0, built.stderr
    root = key.with_name("committee-root.pem").read_bytes()
    opened = open_package((tmp_path / "a.zip").read_bytes(), SECRETS["POLLSTATION_STATION_PASSPHRASE"], root)
    assert len(opened.voters) == 3


def test_a_wrong_passphrase_and_an_unknown_station_build_nothing(
    folder: Path, key: Path, tmp_path: Path
) -> None:
    wrong = {**SECRETS, "POLLSTATION_COMMITTEE_PASSPHRASE": "wrong"}
    ended = run("package", "build", folder, "--key", key, "--out", tmp_path / "out", environment=wrong)
    assert (ended.exit_code, ended.stderr[:5]) == (1, "B-301")
    ended = run("package", "build", folder, "--station", "S9", "--key", key, "--out", tmp_path / "a.zip")
    assert (ended.exit_code, ended.stderr[:5]) == (1, "P-110")
    assert not (tmp_path / "a.zip").exists()
    assert not any((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_faults_of_a_folder_are_listed_for_machines_and_people(folder: Path) -> None:
    assert json.loads(run("package", "check", folder).stdout)["stations"]["S01"]["voters"] == 3
    line = [*VOTERS[1]]
    line[2] = "x"
    as_csv(folder / "register", [HEADINGS, VOTERS[0], line, VOTERS[0]])
    ended = run("package", "check", folder)
    faults = json.loads(ended.stdout)["faults"]
    assert ended.exit_code == 1
    assert [(each["code"], each["row"], each["field"]) for each in faults] == [
        ("P-115", 3, "sex"),
        ("P-120", 4, "card"),
        ("P-120", 4, "number"),
    ]
    assert (
        "P-115 register.csv, row 3, sex: x is no sex.\n    Write 男 or 女, or leave it empty." in ended.stderr
    )


@pytest.fixture
def trust(root: Authority, tmp_path: Path) -> Path:
    file = tmp_path / "root.pem"
    file.write_bytes(certificate_pem(root.certificate))
    return file


@pytest.fixture
def bundle(own_count: bytes, tmp_path: Path) -> Path:
    file = tmp_path / "bundle.zip"
    file.write_bytes(own_count)
    return file


def test_a_bundle_that_holds_is_told_in_words_and_as_json(bundle: Path, trust: Path) -> None:
    words = run("verify", bundle, "--trust", trust)
    assert words.exit_code == 0
    assert "The bundle holds: count of 第一投票站 (S01)." in words.stdout
    assert "all equal" in words.stdout
    assert "Confirmed by the committee for county-1: 甲一, 乙二" in words.stdout
    report = json.loads(run("verify", bundle, "--trust", trust, "--json").stdout)
    assert report["confirmed"] == {"county-1": ["甲一", "乙二"]}
    assert (report["ok"], report["station"], report["totals"]["for/county-1/0"]) == (True, "S01", 17)


def test_a_changed_bundle_is_refused_with_its_codes(bundle: Path, trust: Path) -> None:
    bundle.write_bytes(bundle.read_bytes().replace(b"S01-F", b"S01-G", 1))
    words = run("verify", bundle, "--trust", trust)
    assert (words.exit_code, words.stdout) == (1, "bundle.zip does NOT hold: B-101\n")
    assert words.stderr.startswith("B-101 bundle.zip:")
    ended = run("verify", bundle, "--trust", trust, "--json")
    assert ended.exit_code == 1
    assert [each["code"] for each in json.loads(ended.stdout)["faults"]] == ["B-101"]


def test_files_that_are_not_there_or_no_root_are_refused(bundle: Path, trust: Path, tmp_path: Path) -> None:
    assert "R-115" in run("verify", tmp_path / "none", "--trust", trust).stdout
    (tmp_path / "text.pem").write_text("x", "utf-8")
    assert "B-310" in run("verify", bundle, "--trust", tmp_path / "text.pem").stdout
    assert run("verify", bundle).exit_code == 2
