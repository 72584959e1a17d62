"""What the real duties refuse, as the officer reads it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pollstation import i18n
from pollstation.domain.errors import Code, Refusal
from pollstation.services import closing, counting_site, issuing, mobile_boxes, opening, proxies, stock
from pollstation.services.ports import UnitOfWork
from pollstation.store import StationFile
from pollstation.wording import sentence
from pollstation.wording.facts import spoken
from tests import station
from tests.wording import whole_day
from tests.wording.whole_day import CHIEF, COMMITTEE, FIRST, OFFICER, VOTERS, WITNESS

Duty = Callable[[UnitOfWork], object]


@pytest.fixture(autouse=True)
def english_in_beijing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    i18n.use("en")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def polling(tmp_path: Path) -> Iterator[StationFile]:
    """The small station, open for voters."""
    clock = station.TickingClock()
    path = tmp_path / "day.station"
    with StationFile.create(path, station.PASSPHRASE, whole_day.package(), clock, "S01-a1b2") as file:
        file.write(whole_day.prepare)
        yield file


def refused(file: StationFile, duty: Duty) -> str:
    with pytest.raises(Refusal) as caught:
        file.write(duty)
    return sentence(caught.value.code, caught.value.facts)[0]


def test_already_voted_says_when_by_the_local_clock_and_where(polling: StationFile) -> None:
    polling.write(lambda unit: issuing.issue_ballots(unit, OFFICER, VOTERS[0]))
    said = refused(polling, lambda unit: issuing.issue_ballots(unit, OFFICER, VOTERS[0]))
    assert said == "Already voted at 08:00, desk S01-a1b2."


def test_a_proxy_who_holds_too_many_is_told_how_many(polling: StationFile) -> None:
    def authorise_four(unit: UnitOfWork) -> None:
        for principal in VOTERS[1:5]:
            proxies.authorise(unit, COMMITTEE, principal, VOTERS[0], consent="7", reason="away")

    said = refused(polling, authorise_four)
    assert said == f"{station.voter(1).name} already votes for 3 others; at most 3 are allowed."


@pytest.mark.parametrize(
    ("duty", "said"),
    [
        (
            lambda unit: issuing.issue_ballots(unit, FIRST, VOTERS[0]),
            "Counter: this role may not do this (issue ballots).",
        ),
        (
            lambda unit: opening.report_zero(unit, CHIEF, WITNESS),
            "This cannot be done now. The day stands at: voting. It must stand at: prepared, not opened.",
        ),
        (
            lambda unit: counting_site.open_box(unit, CHIEF, WITNESS, "S01-F", seals_seen=[]),
            "This cannot be done now. The day stands at: voting. It must stand at: counting.",
        ),
        (
            lambda unit: mobile_boxes.take_back(
                unit, OFFICER, WITNESS, "S01-M1", blank={}, spoilt={}, seals_seen=[]
            ),
            "Box S01-M1 stands at: sealed, in use. Not possible now: take the box back.",
        ),
        (
            lambda unit: closing.explain(unit, CHIEF, WITNESS, "box/county-1/S01-M1", "lost"),
            "Nothing has to be explained here: taken along = issued on the way + brought back blank + "
            "brought back spoilt (county-1, S01-M1).",
        ),
        (
            lambda unit: stock.damage(unit, CHIEF, WITNESS, "county-1", 1, " "),
            "Something has to be filled in: the reason.",
        ),
        (
            lambda unit: stock.damage(unit, CHIEF, WITNESS, "county-1", 101, "wet"),
            "Not enough blank ballots of contest county-1: 101 needed, 100 in stock.",
        ),
        (
            lambda unit: opening.seal_box(unit, CHIEF, WITNESS, "S02-F", ["C-1", "C-1"]),
            "Seal C-1 is already in use (box: this one).",
        ),
    ],
)
def test_what_is_refused_reads_well(polling: StationFile, duty: Duty, said: str) -> None:
    assert refused(polling, duty) == said


def test_obstacles_of_the_close_name_the_equation_and_its_difference(polling: StationFile) -> None:
    polling.write(
        lambda unit: stock.receive(unit, CHIEF, WITNESS, "town-1", stated=10, counted=12, packets="1-10")
    )
    against = polling.read(closing.obstacles)
    said = [sentence(each.code, each.facts)[0] for each in against]
    assert "Does not agree (E-403): packing slips = received (town-1). Difference: −2." in said
    assert "The unused ballots of contest county-1 are not counted yet." in said


@pytest.mark.parametrize(
    ("code", "facts", "said"),
    [
        (
            Code.FIELD_TOO_LARGE,
            {"field": "against/2", "count": 123456, "most": 99999},
            "Against, candidate 3: 123456 is too large; no box holds more than 99999 ballots.",
        ),
        (
            Code.ACCOUNT_DIFFERS,
            {"finding": Code.SEAL_DIFFERS, "key": "seal-differs/S01-M1", "difference": 1},
            "Does not agree (E-411): seal numbers differ (box S01-M1). Difference: +1.",
        ),
        (
            Code.SHEETS_OPEN,
            {"count": 2, "sheet": "sheet:S01-F/county-1/3"},
            "Count sheets not approved yet: 2. The first is S01-F (county-1, batch 3).",
        ),
        (
            Code.SHEET_WRONG_PHASE,
            {"phase": "differs"},
            "This cannot be done with the sheet now. It stands at: the entries differ.",
        ),
        (
            Code.NOT_ZERO,
            {"what": "issued/county-1/in_person", "count": 1},
            "A counter does not stand at zero before the first voter: "
            "issued (county-1/in_person) stands at 1.",
        ),
    ],
)
def test_names_of_the_house_become_words(code: Code, facts: dict[str, object], said: str) -> None:
    assert sentence(code, facts)[0] == said


@pytest.mark.parametrize("name", ["time", "role", "act", "phase", "state", "key", "field", "item", "what"])
def test_a_fact_that_no_list_knows_is_said_as_it_stands(name: str) -> None:
    assert spoken({name: "something new"}) == {name: "something new"}
