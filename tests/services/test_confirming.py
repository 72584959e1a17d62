"""Only the committee confirms, two people sign it, and a recount takes it back."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec
import pytest

from pollstation.domain.count_sheets import CountSheet
from pollstation.domain.errors import Code, Refusal
from pollstation.services import closing, confirming, recounting, write_ins
from pollstation.services.counting import sheets
from pollstation.services.guards import this_day
from pollstation.services.ports import Package
from pollstation.store import StationFile
from tests import acts
from tests.station import PASSPHRASE, TickingClock, package


@pytest.fixture
def polled(tmp_path: Path) -> Iterator[StationFile]:
    with StationFile.create(tmp_path / "day", PASSPHRASE, package(), TickingClock()) as file:
        poll(file)
        yield file


def poll(file: StationFile) -> None:
    acts.prepare(file)
    acts.open_day(file)
    acts.vote(file, *range(1, 18))
    acts.close_day(file)
    acts.open_boxes(file)


def refused(file: StationFile, contest: str = "county-1") -> Code:
    with pytest.raises(Refusal) as refusal:
        acts.confirm(file, contest)
    return refusal.value.code


def written_in(sheet: CountSheet) -> Mapping[str, int]:
    """In the county nobody on the ballot has a majority but the first; one written in has one too."""
    if sheet.contest != "county-1":
        return acts.unanimous(sheet)
    most, few = sheet.ballots - 2, 2
    return {
        **{"for/0": sheet.ballots, "against/1": sheet.ballots, "against/2": most, "abstain/2": few},
        **{"write_in/己六": most, "valid": sheet.ballots, "void": 0},
    }


def test_the_committee_confirms_each_contest_once(polled: StationFile) -> None:
    acts.count_everything(polled)
    assert refused(polled) is Code.WRONG_PHASE
    acts.propose(polled)
    acts.confirm(polled, "county-1")
    confirmed = polled.read(this_day).confirmed
    assert {name: each.elected for name, each in confirmed.items()} == {"county-1": ("甲一", "乙二")}
    assert refused(polled) is Code.ALREADY_DONE
    acts.confirm(polled, "town-1")
    assert set(polled.read(this_day).confirmed) == {"county-1", "town-1"}


def test_nobody_but_the_committee_confirms_and_nobody_alone(polled: StationFile) -> None:
    acts.count_everything(polled)
    acts.propose(polled)
    for by, witness, code in (
        (acts.BOSS, acts.WITNESS, Code.NOT_ALLOWED),
        (acts.WITNESS, acts.BOSS, Code.NOT_ALLOWED),
        (acts.COMMITTEE, acts.COMMITTEE, Code.SAME_PERSON),
        (acts.COMMITTEE, acts.OFFICER, Code.NOT_ALLOWED),
    ):
        with pytest.raises(Refusal) as refusal:
            polled.write(partial(confirming.confirm, by=by, witness=witness, contest_id="county-1"))
        assert refusal.value.code is code
    assert polled.read(this_day).confirmed == {}


def test_a_recount_takes_the_confirmation_back(polled: StationFile) -> None:
    acts.count_everything(polled)
    acts.propose(polled)
    acts.confirm(polled, "county-1", "town-1")
    sheet = polled.read(sheets)[0].id
    polled.write(lambda unit: recounting.order(unit, acts.BOSS, acts.WITNESS, [sheet], "有人提出异议"))
    assert polled.read(this_day).confirmed == {}


def test_a_name_written_in_is_checked_before_the_result_is_confirmed(polled: StationFile) -> None:
    acts.count_everything(polled, written_in)
    acts.propose(polled)
    assert refused(polled) is Code.WRITE_INS_UNCHECKED

    polled.write(
        partial(
            write_ins.judge,
            by=acts.COMMITTEE,
            witness=acts.WITNESS,
            contest_id="county-1",
            name="己六",
            eligible=True,
            reason="登记在册",
        )
    )
    assert refused(polled) is Code.WRONG_PHASE  # the proposal that rested on it is withdrawn
    acts.propose(polled)
    acts.confirm(polled, "county-1")
    assert polled.read(this_day).confirmed["county-1"].elected == ("甲一", "己六")


def test_one_of_several_sites_has_nothing_to_confirm(tmp_path: Path) -> None:
    with StationFile.create(tmp_path / "day", PASSPHRASE, two_sites(), TickingClock()) as file:
        poll(file)
        acts.count_everything(file)
        acts.propose(file)
        assert refused(file) is Code.RESULT_COUNTED_ELSEWHERE
        acts.confirm(file, "town-1")


def two_sites() -> Package:
    """The county's ballots are counted at another site too."""
    made = package()
    county, town = made.plan.contests
    county = msgspec.structs.replace(county, counting_sites=("S01", "S02"))
    return msgspec.structs.replace(made, plan=msgspec.structs.replace(made.plan, contests=(county, town)))


def test_what_the_law_leaves_to_the_committee_is_not_confirmed_here(tmp_path: Path) -> None:
    """Fifteen of thirty ballots came back: not more than half, while sixteen issued were."""
    with StationFile.create(tmp_path / "day", PASSPHRASE, package(), TickingClock()) as file:
        acts.prepare(file)
        acts.open_day(file)
        acts.vote(file, *range(1, 17))
        acts.close_day(file)
        acts.open_boxes(file, {("S01-F", "county-1"): 15})
        key = "collected/county-1/S01-F"
        file.write(lambda unit: closing.explain(unit, acts.BOSS, acts.WITNESS, key, "一人领票未投"))
        acts.count_everything(file)
        acts.propose(file)
        assert refused(file) is Code.RESULT_UNDECIDED
