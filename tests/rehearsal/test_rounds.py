"""A first ballot without enough winners is carried through further rounds to its end."""

import json
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import msgspec
import pytest
from click.testing import CliRunner, Result

from pollstation.bundles.earlier_rounds import check_growth
from pollstation.bundles.election_folder import Preparation, read_folder
from pollstation.bundles.folder_writing import write_folder
from pollstation.bundles.next_election import grow
from pollstation.bundles.result_bundle import read_counting
from pollstation.cli import pollstation
from pollstation.domain.contests import Contest, Plan
from pollstation.domain.errors import Code, Faults, Refusal
from pollstation.domain.next_round import Choice
from pollstation.rehearsal.scenario_checks import read_scenario
from pollstation.services.consolidating import Consolidated, CountingBundle, consolidate
from tests.bundles.conftest import public_tools_hold

TOP = Path(__file__).resolve().parents[2]
FRESH = TOP / "resources" / "rehearsals" / "fresh-election.toml"
Summary = dict[str, Any]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(pollstation, ["--language", "en", *map(str, arguments)])


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Summary]:
    """The first day and the round after it."""
    out = tmp_path_factory.mktemp("rounds") / "out"
    result = run("rehearse", FRESH, "--out", out)
    assert result.exit_code == 0, result.stderr
    return out, json.loads(result.stdout)


def counted(out: Path) -> list[Path]:
    return sorted((out / "bundles").glob("*-counting.zip"))


def given(out: Path) -> list[object]:
    """The result bundles of the first day and the root, as the command line is given them."""
    results = [word for bundle in counted(out) for word in ("--result", bundle)]
    return [*results, "--trust", out / "committee-root.pem"]


@pytest.fixture(scope="session")
def before(played: tuple[Path, Summary]) -> list[CountingBundle]:
    out, _ = played
    root = (out / "committee-root.pem").read_bytes()
    return [read_counting(bundle.read_bytes(), root) for bundle in counted(out)]


@pytest.fixture(scope="session")
def plan(played: tuple[Path, Summary]) -> Plan:
    """Of the site that counts both contests of the second round."""
    out, _ = played
    root = (out / "committee-root.pem").read_bytes()
    return read_counting(counted(out / "round-2")[0].read_bytes(), root).plan


def test_the_missing_seats_are_filled_in_the_second_round(played: tuple[Path, Summary]) -> None:
    out, summary = played
    [second] = summary["rounds"]
    assert {name: (each["outcome"], each["elected"]) for name, each in summary["contests"].items()} == {
        "county-5": ("FRESH_ELECTION", ["甲", "乙"]),
        "town-2": ("REVOTE", ["庚"]),
        "town-3": ("ELECTED", ["子"]),
    }
    assert {name: (each["outcome"], each["elected"]) for name, each in second["contests"].items()} == {
        "county-5-r2": ("ELECTED", ["丙"]),
        "town-2-r2": ("ELECTED", ["辛"]),
    }
    assert json.loads((out / "summary.json").read_text("utf-8")) == summary
    assert json.loads((out / "round-2" / "summary.json").read_text("utf-8")) == second
    assert (second["registered"], second["participants"]) == (110, 82)


def test_every_bundle_of_both_rounds_holds_by_public_tools(
    played: tuple[Path, Summary], tmp_path: Path
) -> None:
    out, summary = played
    bundles = [out / path for path in summary["bundles"]]
    bundles += [out / "round-2" / path for path in summary["rounds"][0]["bundles"]]
    assert len(bundles) == 6
    for number, bundle in enumerate(bundles):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert public_tools_hold(bundle.read_bytes(), (out / "committee-root.pem").read_bytes(), folder)


def test_every_paper_of_the_second_round_tells_what_came_before(played: tuple[Path, Summary]) -> None:
    out, summary = played
    for path in summary["rounds"][0]["documents"]:
        file = out / "round-2" / path
        text = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True).stdout.decode()
        assert "另行选举" in text or "再次投票" in text, path
        assert "第一次投票" in text, path
    for path in summary["documents"]:
        text = subprocess.run(["pdftotext", out / path, "-"], check=True, capture_output=True).stdout.decode()
        assert "此前各轮" not in text


def test_the_result_in_the_common_format_names_what_the_round_grew_from(
    played: tuple[Path, Summary], before: list[CountingBundle]
) -> None:
    out, _ = played
    with ZipFile(counted(out / "round-2")[0]) as bundle:
        report = json.loads(bundle.read("result.json"))
    contest = report["Election"][0]["Contest"][0]
    named = [(each["OtherType"], each["Value"]) for each in contest["ExternalIdentifier"]]
    assert ("pollstation:Round", "fresh") in named
    assert {value for kind, value in named if kind == "pollstation:GrewFrom"} == {
        source.sha256 for source in before
    }


def test_the_second_round_is_verified_to_follow_from_the_first(played: tuple[Path, Summary]) -> None:
    out, _ = played
    previous = [word for bundle in counted(out) for word in ("--previous", bundle)]
    for bundle in (out / "round-2" / "bundles").iterdir():
        result = run("verify", bundle, "--trust", out / "committee-root.pem", *previous, "--json")
        assert result.exit_code == 0, result.stderr
        report = json.loads(result.stdout)
        assert len(report["grown_from"]["county-5-r2"]) == 2
        assert "follows by law" in result.stderr


def test_a_bundle_of_the_first_round_follows_from_nothing(played: tuple[Path, Summary]) -> None:
    out, _ = played
    bundle = counted(out)[0]
    previous = [word for each in counted(out) for word in ("--previous", each)]
    result = run("verify", bundle, "--trust", out / "committee-root.pem", *previous)
    assert (result.exit_code, Code.BUNDLE_ROUND_WITHOUT_ORIGIN.value in result.stdout) == (1, True)


def test_every_site_of_the_round_before_is_needed(played: tuple[Path, Summary]) -> None:
    out, _ = played
    result = run(
        *("verify", counted(out / "round-2")[0], "--trust", out / "committee-root.pem"),
        *("--previous", counted(out)[0]),
    )
    assert (result.exit_code, Code.RESULT_SITES_MISSING.value in result.stdout) == (1, True)


def of_contest(change: Callable[[Contest], Contest]) -> Callable[[Plan], Plan]:
    """The plan with its first contest changed."""
    return lambda plan: msgspec.structs.replace(plan, contests=(change(plan.contests[0]), *plan.contests[1:]))


def earlier(**facts: object) -> Callable[[Plan], Plan]:
    """The plan with the round before told otherwise."""
    replace = msgspec.structs.replace
    return of_contest(
        lambda contest: replace(
            contest, earlier=(*contest.earlier[:-1], replace(contest.earlier[-1], **facts))
        )
    )


def contest(**facts: object) -> Callable[[Plan], Plan]:
    return of_contest(lambda contest: msgspec.structs.replace(contest, **facts))


FORGERIES = {
    "one seat more": (contest(seats=2), Code.BUNDLE_ROUND_DIFFERS),
    "a re-vote instead": (contest(round="revote"), Code.BUNDLE_ROUND_DIFFERS),
    "another order": (contest(candidates=("丁", "丙")), Code.BUNDLE_ROUND_DIFFERS),
    "somebody else stands": (contest(candidates=("丙", "己")), Code.BUNDLE_ROUND_AGAINST_LAW),
    "somebody elected stands": (contest(candidates=("甲", "丙")), Code.BUNDLE_ROUND_AGAINST_LAW),
    "one candidate alone": (contest(candidates=("丙",)), Code.BUNDLE_ROUND_AGAINST_LAW),
    "no round before": (contest(earlier=()), Code.BUNDLE_ROUND_WITHOUT_ORIGIN),
    "grown from another contest": (earlier(contest="county-9"), Code.BUNDLE_ROUND_WITHOUT_ORIGIN),
    "grown from a decided contest": (earlier(contest="town-3"), Code.BUNDLE_ROUND_OF_OTHER_BUNDLES),
    "another election before": (earlier(election="E1"), Code.BUNDLE_ROUND_OF_OTHER_BUNDLES),
    "another bundle before": (earlier(bundles=("0" * 64,)), Code.BUNDLE_ROUND_OF_OTHER_BUNDLES),
    "others elected before": (earlier(elected=("甲", "丁")), Code.BUNDLE_ROUND_DIFFERS),
    "a basis that was not needed": (earlier(basis="issued"), Code.BUNDLE_ROUND_DIFFERS),
    "another law": (
        lambda plan: msgspec.structs.replace(
            plan, election=msgspec.structs.replace(plan.election, profile="village-2025")
        ),
        Code.BUNDLE_ROUND_DIFFERS,
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_round_that_does_not_follow_is_found(
    forgery: str, plan: Plan, before: list[CountingBundle]
) -> None:
    change, code = FORGERIES[forgery]
    assert check_growth(plan, before, "b.zip") == []
    found = check_growth(change(plan), before, "b.zip")
    assert {fault.code for fault in found} == {code}
    assert all(fault.file == "b.zip" for fault in found)


def test_the_command_prepares_the_folder_of_the_next_round(
    played: tuple[Path, Summary], plan: Plan, tmp_path: Path
) -> None:
    out, _ = played
    day = plan.election.day.isoformat()
    result = run("package", "next", out / "committee", *given(out), "--day", day, "--out", tmp_path / "new")
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert [(each["id"], each["seats"], each["candidates"]) for each in document["rounds"]] == [
        ("county-5-r2", 1, ["丙", "丁"]),
        ("town-2-r2", 1, ["辛", "壬"]),
    ]
    assert (document["decided"], document["without_result"], document["faults"]) == (["town-3"], [], [])
    prepared, warnings = read_folder(tmp_path / "new")
    assert (prepared.contests, prepared.election, warnings) == (plan.contests, plan.election, [])
    old, _ = read_folder(out / "committee")
    assert [voter.card for voter in prepared.register["S02"]] == [voter.card for voter in old.register["S02"]]
    assert prepared.register["S02"][0].contests == ("county-5-r2",)
    assert prepared.staff == old.staff
    again = run("package", "next", out / "committee", *given(out), "--day", day, "--out", tmp_path / "new")
    assert (again.exit_code, again.stdout, again.stderr[:5]) == (1, "", Code.FILE_EXISTS.value)


def test_nothing_is_written_where_the_choice_is_against_the_law(
    played: tuple[Path, Summary], plan: Plan, tmp_path: Path
) -> None:
    out, _ = played
    result = run(
        *("package", "next", out / "committee", *given(out), "--day", plan.election.day.isoformat()),
        *("--out", tmp_path / "new", "--candidates", "county-5=甲、丙"),
    )
    assert result.exit_code == 1
    assert [fault["code"] for fault in json.loads(result.stdout)["faults"]] == [
        Code.CANDIDATES_AGAINST_LAW.value
    ]
    assert list(tmp_path.iterdir()) == []


def faults_of(folder: Path, *changes: tuple[str, str]) -> set[tuple[Code, str]]:
    text = FRESH.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = folder / "changed.toml"
    file.write_text(text, "utf-8")
    with pytest.raises((Faults, Refusal)) as caught:
        read_scenario(file)
    assert isinstance(caught.value, Faults)
    return {(fault.code, fault.field) for fault in caught.value.faults}


ROUND = "round[1]."


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ('"丙" = 44, "丁" = 36', '"甲" = 44', Code.SCENARIO_NAME_UNKNOWN, "contest[county-5-r2].votes"),
        ('"丙" = 44', '"丙" = 84', Code.SCENARIO_VOTES_FOR_ONE, "contest[county-5-r2].votes"),
        ('"丁" = 36 }', '"丁" = 46 }', Code.SCENARIO_VOTES_FOR_ALL, "contest[county-5-r2].votes"),
        ("in_person = 45", "in_person = 65", Code.SCENARIO_PARTICIPANTS_MANY, "station[S01].voters"),
        ("in_person = 45", "in_persons = 45", Code.SCENARIO_FIELD_UNKNOWN, "station[S01].in_persons"),
        ("[[round]]", "[[round]]\nday = 1", Code.SCENARIO_FIELD_UNKNOWN, "day"),
        (
            '    [[round.station]]\n    id = "S02"\n    in_person = 31\n',
            "",
            Code.SCENARIO_FIELD_MISSING,
            "station[S02]",
        ),
        ('    id = "town-2"', '    id = "town-3"', Code.SCENARIO_NAME_UNKNOWN, "contest[town-3]"),
        (
            'votes = { "辛"',
            'candidates = ["辛"]\n    votes = { "辛"',
            Code.CANDIDATES_AGAINST_LAW,
            "contest[town-2]",
        ),
    ],
)
def test_a_round_that_cannot_be_is_refused(
    old: str, new: str, code: Code, field: str, tmp_path: Path
) -> None:
    assert (code, ROUND + field) in faults_of(tmp_path, (old, new))


MORE = """
[[round]]
[[round.contest]]
id = "county-5"
votes = {}
[[round.station]]
id = "S01"
in_person = 1
"""


def test_a_round_after_everything_is_decided_is_refused(tmp_path: Path) -> None:
    found = faults_of(tmp_path, ("in_person = 31\n", "in_person = 31\n" + MORE))
    assert (Code.SCENARIO_NAME_UNKNOWN, "round[2].contest[county-5]") in found


class Ready(NamedTuple):
    """What the committee has on the evening of the first day."""

    prepared: Preparation
    whole: Consolidated

    @property
    def day(self) -> date:
        return self.prepared.election.day


@pytest.fixture(scope="session")
def ready(played: tuple[Path, Summary], before: list[CountingBundle]) -> Ready:
    prepared, _warnings = read_folder(played[0] / "committee")
    return Ready(prepared, consolidate(before))


def refused(ready: Ready, prepared: Preparation, day: date | None = None, **choices: Choice) -> Refusal:
    with pytest.raises(Refusal) as caught:
        grow(prepared, ready.whole, choices, day or ready.day)
    return caught.value


def with_staff(ready: Ready, **facts: str) -> Preparation:
    """The first scrutineer with other facts."""
    staff = [
        msgspec.structs.replace(one, **facts) if one.id == "scrutineer-01" else one
        for one in ready.prepared.staff
    ]
    return msgspec.structs.replace(ready.prepared, staff=tuple(staff))


def test_whoever_stands_does_no_duty(ready: Ready) -> None:
    refusal = refused(ready, with_staff(ready, name="丁"))
    assert (refusal.code, refusal.facts["names"]) == (Code.STAFF_IS_CANDIDATE, ["丁"])
    assert grow(with_staff(ready, name="甲"), ready.whole, {}, ready.day).warnings == []


def test_close_relatives_of_candidates_are_named(ready: Ready) -> None:
    [warning] = grow(with_staff(ready, relative_of="丁"), ready.whole, {}, ready.day).warnings
    assert (warning.code, warning.facts["name"]) == (Code.STAFF_IS_RELATIVE, "丁")
    assert grow(with_staff(ready, relative_of="甲"), ready.whole, {}, ready.day).warnings == []


def test_a_list_changed_on_the_day_is_said_with_its_figures(ready: Ready) -> None:
    source = ready.whole.sources[0]
    totals = source.by_station["S01"] | {"added": 2, "struck": 1, "registered/county-5": 71}
    changed = msgspec.structs.replace(source, by_station={"S01": totals})
    whole = msgspec.structs.replace(ready.whole, sources=(changed, *ready.whole.sources[1:]))
    first, second = grow(ready.prepared, whole, {}, ready.day).warnings
    assert (first.code, first.facts) == (
        Code.REGISTER_CHANGED_ON_DAY,
        {
            "station": "S01",
            "contest": "county-5",
            "listed": 70,
            "registered": 71,
            "added": 2,
            "struck": 1,
        },
    )
    assert second.facts["contest"] == "town-2"


def test_another_folder_or_an_earlier_day_is_refused(ready: Ready) -> None:
    replace = msgspec.structs.replace
    contest = replace(ready.prepared.contests[0], candidates=("丁", "丙", "乙", "甲"))
    turned = replace(ready.prepared, contests=(contest, *ready.prepared.contests[1:]))
    assert refused(ready, turned).code is Code.FOLDER_NOT_OF_RESULT
    election = replace(ready.prepared.election, id="E1")
    assert refused(ready, replace(ready.prepared, election=election)).code is Code.FOLDER_NOT_OF_RESULT
    assert refused(ready, ready.prepared, ready.day - timedelta(days=1)).code is Code.ROUND_DAY_TOO_EARLY
    unknown = refused(ready, ready.prepared, None, **{"county-9": Choice()})
    assert unknown.code is Code.FOLDER_CONTEST_UNKNOWN


def test_nothing_is_prepared_where_everything_is_decided(ready: Ready) -> None:
    decided = tuple(each for each in ready.whole.contests if each.contest.id == "town-3")
    whole = msgspec.structs.replace(ready.whole, contests=decided)
    with pytest.raises(Refusal) as caught:
        grow(ready.prepared, whole, {}, ready.day)
    assert caught.value.code is Code.NOTHING_LEFT_TO_VOTE


def test_stations_voters_and_staff_without_a_further_round_stay_at_home(ready: Ready) -> None:
    """Only the township contest of the first station goes on."""
    again = tuple(each for each in ready.whole.contests if each.contest.id != "county-5")
    grown = grow(ready.prepared, msgspec.structs.replace(ready.whole, contests=again), {}, ready.day).prepared
    assert [(station.id, station.contests, len(station.boxes)) for station in grown.stations] == [
        ("S01", ("town-2-r2",), 2),
        ("C1", ("town-2-r2",), 0),
    ]
    assert list(grown.register) == ["S01"]
    assert {one.stations for one in grown.staff} == {("S01", "C1")}
    assert grown.contests[0].counting_sites == ("C1",)


def test_a_folder_that_cannot_be_is_not_left_behind(ready: Ready, tmp_path: Path) -> None:
    prepared = grow(ready.prepared, ready.whole, {}, ready.day).prepared
    alone = msgspec.structs.replace(prepared, staff=prepared.staff[:1])
    with pytest.raises(Faults) as caught:
        write_folder(alone, tmp_path / "new")
    assert {fault.code for fault in caught.value.faults} == {Code.STAFF_SHORT}
    assert list(tmp_path.iterdir()) == []


THREE_ROUNDS = """
title = "三轮演练"
profile = "npc-2020"
seed = 4

[[contest]]
id = "town-1"
level = "township"
seats = 2
candidates = ["甲", "乙", "丙"]
votes = { "甲" = 9, "乙" = 5 }

[[station]]
id = "S01"
voters = 20
contests = ["town-1"]
in_person = 10

[[round]]
[[round.contest]]
id = "town-1"
votes = { "甲" = 12, "乙" = 7, "丙" = 6 }
[[round.station]]
id = "S01"
in_person = 14

[[round]]
[[round.contest]]
id = "town-1"
votes = { "乙" = 7, "丙" = 4 }
write_ins = { "甲" = 2 }
[[round.station]]
id = "S01"
in_person = 13
"""


def test_a_vote_of_too_few_is_held_again_and_then_carried_to_its_end(tmp_path: Path) -> None:
    file, out = tmp_path / "three.toml", tmp_path / "out"
    file.write_text(THREE_ROUNDS, "utf-8")
    result = run("rehearse", file, "--out", out)
    assert result.exit_code == 0, result.stderr
    summary = json.loads(result.stdout)
    contests = [summary["contests"], *(each["contests"] for each in summary["rounds"])]
    assert [(name, each[name]["outcome"], each[name]["elected"]) for each in contests for name in each] == [
        ("town-1", "INVALID_TURNOUT", []),
        ("town-1-r2", "FRESH_ELECTION", ["甲"]),
        ("town-1-r3", "ELECTED", ["乙"]),
    ]
    previous = counted(out / "round-2")[0]
    last = counted(out / "round-3")[0]
    verified = run("verify", last, "--trust", out / "committee-root.pem", "--previous", previous)
    assert verified.exit_code == 0, verified.stdout
    skipped = run("verify", last, "--trust", out / "committee-root.pem", "--previous", counted(out)[0])
    assert (skipped.exit_code, Code.BUNDLE_ROUND_WITHOUT_ORIGIN.value in skipped.stdout) == (1, True)
    form = out / "round-3" / "documents" / "S01" / "result-town-1-r3.pdf"
    text = subprocess.run(["pdftotext", form, "-"], check=True, capture_output=True).stdout.decode()
    assert "选举无效" in text
    assert "第一次投票（重新选举）" in text


VILLAGE = """
title = "村委会两轮演练"
profile = "village-2025"
seed = 6

[[contest]]
id = "chair"
level = "village"
post = "chair"
seats = 1
candidates = ["甲", "乙"]
votes = { "甲" = 14, "乙" = 5 }

[[contest]]
id = "member"
level = "village"
post = "member"
seats = 2
candidates = ["丙", "丁", "戊", "甲"]
votes = { "丙" = 12, "丁" = 8, "戊" = 6, "甲" = 9 }

[[station]]
id = "V01"
voters = 30
contests = ["chair", "member"]
in_person = 20

[[round]]
[[round.contest]]
id = "member"
votes = { "丁" = 7, "戊" = 5 }
write_ins = { "甲" = 6 }
[[round.station]]
id = "V01"
in_person = 18
"""


def test_a_village_fills_its_lower_post_in_a_second_round(tmp_path: Path) -> None:
    file, out = tmp_path / "village.toml", tmp_path / "out"
    file.write_text(VILLAGE, "utf-8")
    result = run("rehearse", file, "--out", out)
    assert result.exit_code == 0, result.stderr
    summary = json.loads(result.stdout)
    [second] = summary["rounds"]
    assert summary["contests"]["member"]["elected"] == ["丙"]
    assert list(second["contests"]) == ["member-r2"]
    assert second["contests"]["member-r2"]["elected"] == ["丁"]
    bundle = counted(out / "round-2")[0]
    verified = run("verify", bundle, "--trust", out / "committee-root.pem", "--previous", counted(out)[0])
    assert verified.exit_code == 0, verified.stdout
    root = (out / "committee-root.pem").read_bytes()
    plan = read_counting(bundle.read_bytes(), root).plan
    before = [read_counting(counted(out)[0].read_bytes(), root)]
    assert check_growth(plan, before, "") == []
    found = check_growth(earlier(elsewhere=())(plan), before, "")
    assert [fault.code for fault in found] == [Code.BUNDLE_ROUND_DIFFERS]
